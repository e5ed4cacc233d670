"""No bytes and no text raise anything but a reject, and every record's offsets hold what it says.

A few mutants and drawn examples of what `make fuzz` does at large, and whatever a run of it found.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Document
from pipeline.process import process
from pipeline.read import read
from pipeline.read.formats import FORMATS
from pipeline.read.plain import plain, twin
from pipeline.rejects import Reject
from pipeline.repair import repair
from tests import fuzz
from tests.texts import REPORT

quick = settings(max_examples=40, deadline=None, derandomize=True, database=None)

FOUND: tuple[fuzz.Mutant, ...] = ()
"""Mutants that once were faults."""


@pytest.mark.parametrize("name", fuzz.FORMATS)
def test_mutants_give_documents_or_clear_rejects(name: str) -> None:
    outcomes = [fuzz.tried(fuzz.Mutant(name, 0, number)) for number in range(4)]
    assert [one for one in outcomes if one.code in fuzz.FAULTS] == []


@pytest.mark.parametrize("name", fuzz.FORMATS)
def test_the_samples_that_mutants_are_made_of_are_read(name: str) -> None:
    for data in fuzz.samples(name):
        assert process(data, f"a.{name}").records["sections"]


@pytest.mark.parametrize("one", FOUND, ids=str)
def test_what_was_a_fault_is_none(one: fuzz.Mutant) -> None:
    assert fuzz.tried(one).code not in fuzz.FAULTS


def test_a_mutant_is_known_by_its_number() -> None:
    assert fuzz.mutant("html", 3, 5) == fuzz.mutant("html", 3, 5) != fuzz.mutant("html", 3, 6)
    assert fuzz.mutant("html", 4, 5) != fuzz.mutant("html", 3, 5)


def test_a_fault_is_told_and_kept(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = fuzz.Outcome("internal_error", "read: KeyError", 90_000_000)
    monkeypatch.setattr(fuzz, "fuzz", lambda *_: iter([(fuzz.Mutant("txt", 1, 2), told)]))
    assert fuzz.main(["-n", "1", "txt", "--keep", str(tmp_path)]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "txt 1 2: internal_error: read: KeyError"
    assert shown[1].startswith("txt: 1 internal_error; 90 MB at most; ")
    assert (tmp_path / "txt_1_2.txt").read_bytes() == fuzz.mutant("txt", 1, 2)  # type: ignore[operator]


READERS: dict[str, Callable[..., object]] = {
    item.name: import_module(f"pipeline.read.{item.module}").read for item in FORMATS if item.name != "doc"
}
OPENINGS = tuple(b"|PK\x03\x04|%PDF-1.7\n|{\\rtf1|<html>|\xd0\xcf\x11\xe0|From: a\n\n|\xff\xfe|bplist00".split(b"|"))
"""What files of each format begin with."""


@pytest.mark.parametrize("name", READERS)
@given(data=st.tuples(st.sampled_from(OPENINGS), st.binary(max_size=300)).map(b"".join))
@quick
def test_a_reader_raises_nothing_but_a_reject(name: str, data: bytes) -> None:
    try:
        READERS[name](data)
    except Reject as reject:
        assert reject.stage == "read" and ";" in reject.message


lines = st.sampled_from([*REPORT.split("\n"), "", "Kevät 2021: 40 %", "\t5", "1.2 a", *fuzz.HURTFUL])
texts = st.lists(st.one_of(lines, st.text(max_size=20)), max_size=12).map("\n".join)


@given(text=texts)
@quick
def test_every_record_of_any_text_holds_its_evidence(text: str) -> None:
    try:
        result = process(text.encode("utf-8", "ignore"), "a.txt")
    except Reject as reject:
        assert reject.code not in fuzz.FAULTS, reject.message
    else:
        assert list(fuzz.wrong_evidence(result)) == []


@given(text=texts)
@quick
def test_the_repaired_twin_leads_back_into_the_text(text: str) -> None:
    try:
        document: Document = read(text.encode("utf-8", "ignore"), "a.txt")
        found = repair(document)
    except Reject:
        return
    places = [found.twin.source_span(start, start + 1) for start in range(len(found.twin.text))]
    assert all(0 <= place.start <= place.end <= len(document.text) for place in places)
    assert [place.start for place in places] == sorted(place.start for place in places)


@given(text=st.text(alphabet="aä\u0308\u030a\u00ad\u200b\ufeff\u00a05 \nfi\ufb01\u202e", max_size=40))
@quick
def test_the_plain_twin_leads_back_into_the_text(text: str) -> None:
    found = twin(text)
    assert found.text == plain(text) and len(found.text) <= len(text) + text.count("\ufb01")
    for start in range(len(found.text)):
        span = found.source_span(start, start + 1)
        assert 0 <= span.start <= span.end <= len(text)
        assert found.text[start] in plain(span.of(text)) + "- \u00a0"
