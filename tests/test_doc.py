"""Word files from before 2007: by LibreOffice where there is one, told with a cure where there is none."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

import docx
import poimuri
import pytest

from pipeline.read import libreoffice, read
from pipeline.rejects import Reject
from pipeline.run import Options, run
from tests.conftest import ROOT
from tests.twins.compound import compound
from tests.twins.office import rtf

OLD = compound({"WordDocument": bytes(600)})


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place that a test writes; without it there is none."""
    folder = tmp_path / "bin"
    folder.mkdir()
    found = folder / "soffice"
    monkeypatch.setattr(libreoffice, "program", lambda: str(found) if found.exists() else None)
    return found


def script(path: Path, lines: str) -> None:
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)


def refusal(data: bytes = OLD) -> Reject:
    with pytest.raises(Reject) as caught:
        read(data, "muistio.doc")
    assert caught.value.stage == "read" and ";" in caught.value.message
    return caught.value


def test_without_libreoffice_the_reject_says_how_to_mend_it(soffice: Path) -> None:
    found = refusal()
    assert found.code == "libreoffice_missing"
    assert "save it as .docx" in found.message and "libreoffice-writer" in found.message


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in LibreOffice's place may write down here what it sees."""
    monkeypatch.setattr("pipeline.bounds.isolate", lambda _folders: None)


def test_libreoffice_makes_a_word_file_of_it_on_a_profile_of_its_own(
    soffice: Path, tmp_path: Path, watched: None
) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(word("Hoitoon pääsi viikossa."))
    told = tmp_path / "told"
    script(soffice, f'mkdir out; cp {made} out/in.docx; echo "$PWD $HOME $@" >{told}; cat profile/user/*.xcu >>{told}')
    assert read(OLD, "muistio.doc").text == "Hoitoon pääsi viikossa."
    said = told.read_text(encoding="utf-8")
    place, home, *arguments = said.split("\n")[0].split()
    assert place == home and not Path(place).exists()
    assert f"-env:UserInstallation=file://{place}/profile" in arguments
    assert "DisableMacrosExecution" in said and "<value>true</value>" in said


def test_libreoffice_that_gives_nothing_or_hangs_is_told(
    soffice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watched: None
) -> None:
    script(soffice, "exit 1")
    assert refusal().code == "broken_doc"
    monkeypatch.setattr(libreoffice, "SECONDS", 0.5)
    script(soffice, f"sleep 60 & echo $! >{tmp_path}/pid; wait")
    started = time.monotonic()
    assert refusal().code == "too_slow"
    assert time.monotonic() - started < 20
    child = int((tmp_path / "pid").read_text())
    assert not Path(f"/proc/{child}").exists() or "zombie" in Path(f"/proc/{child}/status").read_text()


def test_what_only_has_the_name_is_read_as_what_it_is(soffice: Path) -> None:
    assert read(word("Oikeasti docx."), "a.doc").text == "Oikeasti docx."
    assert read(rtf("Oikeasti rtf."), "a.doc").text == "Oikeasti rtf."
    assert read(b"<html><body><p>Oikeasti html.</p></body></html>", "a.doc").text == "Oikeasti html."
    assert refusal(b"vanha").code == "wrong_format"
    assert refusal(OLD + "EncryptedPackage".encode("utf-16-le")).code == "encrypted"


def test_a_run_waits_for_libreoffice_and_reads_the_file_once_it_is_there(
    soffice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.batch.index.SETTLED_NS", 0)
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "muistio.doc").write_bytes(OLD)
    assert [one.code for one in run(raw, out).rejects] == ["libreoffice_missing"]
    assert not run(raw, out).is_new
    made = tmp_path / "made.docx"
    made.write_bytes(word("Hoitoon pääsi viikossa."))
    script(soffice, f"mkdir out; cp {made} out/in.docx")
    again = run(raw, out)
    assert (again.rows["documents"], again.rejects) == (1, ())


@pytest.mark.skipif(not libreoffice.program(), reason="LibreOffice is not installed")
def test_the_real_libreoffice_reads_a_real_file_in_a_reader_that_may_write_nowhere(tmp_path: Path) -> None:
    (sample,) = (ROOT / "data" / "raw").glob("*.docx")
    old = libreoffice.converted(sample.read_bytes(), ".docx", "doc")
    assert old[:4] == OLD[:4]
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.doc").write_bytes(old)
    run(raw, tmp_path / "out", Options())
    assert poimuri.read_tables(tmp_path / "out")["rejects"].to_pylist() == []
    (document,) = poimuri.read_tables(tmp_path / "out")["documents"].to_pylist()
    assert (document["format"], document["report_date"]) == ("doc", date(2022, 11, 1))
