"""Finding and installing libvoikko: what is found works, and what is missing is said in one line with its cure."""

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import libvoikko
import pytest

from pipeline.language import native


@pytest.fixture
def no_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without pyvoikko."""
    monkeypatch.setattr(native, "is_installed", lambda: False)


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without libvoikko, neither in the system nor in the folder."""

    def refuse(path: str | None = None) -> None:
        raise OSError("libvoikko.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(libvoikko.VoikkoLibrary, "open", refuse)
    monkeypatch.setenv(native.FOLDER_VARIABLE, str(tmp_path / "none"))


@pytest.fixture
def no_dictionary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with the library but without a Finnish dictionary, as Debian's libvoikko1 alone leaves it."""

    class WithoutDictionary(libvoikko.Voikko):  # type: ignore[misc]  # the binding is untyped
        def __init__(self, language: str, path: str | None = None) -> None:
            raise libvoikko.VoikkoException("Initialization of Voikko failed: Specified dictionary was not found")

        def __del__(self) -> None: ...

    monkeypatch.setattr(libvoikko, "Voikko", WithoutDictionary)
    monkeypatch.setenv(native.FOLDER_VARIABLE, str(tmp_path / "none"))


def on_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda command: f"/usr/bin/{command}")


def on_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(shutil, "which", lambda command: None)


def test_a_compound_is_analysed() -> None:
    analyses = native.open_voikko().analyze("terveyskeskuksessa")
    noun = next(analysis for analysis in analyses if analysis["CLASS"] == "nimisana")
    assert noun["BASEFORM"] == "terveyskeskus"
    assert noun["SIJAMUOTO"] == "sisaolento"
    assert noun["STRUCTURE"] == "=ppppppp=ppppppppppp"


@pytest.mark.usefixtures("no_library", "no_embedded")
def test_a_missing_library_is_one_line_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    on_debian(monkeypatch)
    with pytest.raises(native.VoikkoMissing) as caught:
        native.open_voikko()
    assert str(caught.value) == (
        "the library libvoikko is missing; run: make setup, or: sudo apt-get install libvoikko1 voikko-fi"
        "; or, slower: pip install pyvoikko==0.6"
    )


@pytest.mark.usefixtures("no_dictionary", "no_embedded")
def test_a_missing_dictionary_is_one_line_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    on_debian(monkeypatch)
    with pytest.raises(native.VoikkoMissing) as caught:
        native.open_voikko()
    assert str(caught.value) == (
        "the Finnish dictionary of libvoikko is missing; run: make setup, or: sudo apt-get install libvoikko1 voikko-fi"
        "; or, slower: pip install pyvoikko==0.6"
    )


@pytest.mark.usefixtures("no_library", "no_embedded")
def test_where_there_is_no_apt_the_command_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_macos(monkeypatch)
    assert native.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "error: libvoikko or its Finnish dictionary is missing; run: brew install libvoikko"
        "; or, slower: pip install pyvoikko==0.6\n"
    )


@pytest.mark.usefixtures("no_library", "no_embedded")
def test_a_failure_of_apt_is_quoted_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(command: list[str], folder: Path | None = None) -> str:
        raise subprocess.CalledProcessError(100, command, stderr="W: old\nE: Unable to locate package voikko-fi\n")

    on_debian(monkeypatch)
    monkeypatch.setattr(native, "_run", fail)
    assert native.main() == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "(E: Unable to locate package voikko-fi)" in error
    assert "sudo apt-get install libvoikko1 voikko-fi" in error


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(native.FOLDER_VARIABLE, raising=False)
    assert native.local_folder() == Path(native.__file__).resolve().parents[2] / ".voikko"
    monkeypatch.setenv(native.FOLDER_VARIABLE, str(tmp_path))
    assert native.local_folder() == tmp_path


def test_a_library_in_the_folder_is_loaded_after_what_it_needs_and_nothing_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    needs = {
        "libvoikko.so.1": ["libhfstospell.so.11"],
        "libhfstospell.so.11": ["libarchive.so.13"],
        "libarchive.so.13": [],
        "libunrelated.so.2": [],
    }
    for name in needs:
        (tmp_path / name).touch()
    loaded: list[str] = []

    def load(path: str) -> None:
        name = Path(path).name
        for need in needs[name]:
            if need not in loaded:
                raise OSError(f"{need}: cannot open shared object file: No such file or directory")
        loaded.append(name)

    monkeypatch.setattr(ctypes, "CDLL", load)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(native.FOLDER_VARIABLE, str(tmp_path))
    assert list(native._library_places()) == [None, tmp_path]
    assert loaded == ["libarchive.so.13", "libhfstospell.so.11", "libvoikko.so.1"]

    loaded.clear()
    (tmp_path / "libarchive.so.13").unlink()
    assert list(native._library_places()) == [None]
    assert loaded == []


def test_a_dictionary_in_the_folder_is_named_by_the_folder_above_its_format(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "usr/lib/voikko/5/mor-standard").mkdir(parents=True)
    monkeypatch.setenv(native.FOLDER_VARIABLE, str(tmp_path))
    assert native._local_dictionaries() == [tmp_path / "usr/lib/voikko"]


def test_only_packages_that_the_system_lacks_are_downloaded() -> None:
    plan = """\
Inst libc6 [2.36-9+deb12u10] (2.36-9+deb12u13 Debian:12.12/oldstable [amd64])
Inst libhfstospell11 (0.5.3-1+b2 Debian:12.12/oldstable [amd64])
Inst voikko-fi (2.5-1 Debian:12.12/oldstable [amd64])
Conf libhfstospell11 (0.5.3-1+b2 Debian:12.12/oldstable [amd64])
"""
    assert native._new_packages(plan) == ["libhfstospell11=0.5.3-1+b2", "voikko-fi=2.5-1"]
