"""A file that moves under the reader: tried once more, then told as what it is."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.batch import source
from pipeline.batch.source import Stat, load
from pipeline.rejects import Reject


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(source, "PAUSE", 0)
    path = tmp_path / "raportti.txt"
    path.write_text("Syksy 2021", encoding="utf-8")
    return path


def moved(monkeypatch: pytest.MonkeyPatch, act: list[object]) -> None:
    """Before each reading of an opened file the next act is done on it, while there are any."""
    fstat = os.fstat
    calls = iter(range(100))

    def then(handle: int) -> os.stat_result:
        found = fstat(handle)
        if next(calls) % 2 == 0 and act:
            act.pop(0)()  # type: ignore[operator]
        return found

    monkeypatch.setattr(os, "fstat", then)


def test_the_bytes_come_with_what_tells_the_file_apart(file: Path) -> None:
    assert load(file) == (b"Syksy 2021", Stat.of(file.stat()))


def test_a_file_that_grows_once_is_read_whole_at_the_second_try(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved(monkeypatch, [lambda: file.write_text("Syksy 2021 ja kevät 2022", encoding="utf-8")])
    data, stat = load(file)
    assert data.decode() == "Syksy 2021 ja kevät 2022"
    assert stat.size == len(data)


def test_a_file_that_goes_on_growing_is_rejected_as_changed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved(monkeypatch, [lambda: file.write_text("a" * 20), lambda: file.write_text("a" * 30)])
    with pytest.raises(Reject) as caught:
        load(file)
    assert (caught.value.stage, caught.value.code) == ("read", "changed")


def test_a_file_of_the_same_size_written_anew_meanwhile_has_changed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rewrite(second: int) -> None:
        file.write_text("Syksy 2022", encoding="utf-8")
        os.utime(file, (second, second))

    moved(monkeypatch, [lambda: rewrite(1), lambda: rewrite(2)])
    with pytest.raises(Reject) as caught:
        load(file)
    assert caught.value.code == "changed"


def test_a_file_that_is_gone_is_rejected_as_vanished(file: Path) -> None:
    file.unlink()
    with pytest.raises(Reject) as caught:
        load(file)
    assert (caught.value.stage, caught.value.code) == ("read", "vanished")
    assert "gone; run again" in caught.value.message


def test_a_file_that_is_back_after_a_moment_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = file.read_bytes()
    file.unlink()
    monkeypatch.setattr(time, "sleep", lambda seconds: file.write_bytes(data))
    assert load(file)[0] == data
