"""`import poimuri`: what people use from Python, in a checkout and from an installed wheel."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import poimuri
import pyarrow as pa
import pytest

from extractors.records import TABLES
from tests.conftest import ROOT, SAMPLES

TEXT = "Tavoiteltu muutos\nHoitoon pääsee keväällä 2021, ja 40 % asioi etänä.\n"


def test_bytes_become_typed_records() -> None:
    result = poimuri.process(TEXT.encode(), "a.txt")
    assert [record.value for record in result.of(poimuri.records.DateRecord)] == ["2021-SP"]
    assert [record.value for record in result.of(poimuri.records.PercentageRecord)] == [40.0]
    only = poimuri.process(TEXT.encode(), "a.txt", [poimuri.records.DateRecord])
    assert list(only.records) == ["dates"]


def test_a_file_is_analysed_to_its_outline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    document = poimuri.analyse(tmp_path / "a.txt")
    assert document.text == TEXT
    assert [section.heading_text for section in document.sections] == ["Tavoiteltu muutos"]
    assert "pääsee" in [token.text for token in document.tokens]


def test_what_gives_no_document_is_a_reject() -> None:
    with pytest.raises(poimuri.Reject, match="empty"):
        poimuri.process(b"", "a.txt")


def test_tables_are_read_when_asked_for(tables: Path) -> None:
    found = poimuri.read_tables(tables)
    assert list(found) == [table.TABLE for table in TABLES]
    assert (found["documents"].num_rows, "dates" in found, "nothing" in found) == (len(SAMPLES) + 4, True, False)
    assert found["dates"].schema.field("start_date").metadata[b"meaning"].startswith(b"first day")
    first = next(found.of(poimuri.records.DateRecord))
    assert isinstance(first, poimuri.records.DateRecord)
    assert isinstance(first.start_date, date)
    answer = found.sql("SELECT count(*) AS n FROM reports")
    assert isinstance(answer, pa.Table)
    assert answer.to_pylist() == [{"n": found["documents"].num_rows}]
    with pytest.raises(KeyError, match="no table nothing"):
        found["nothing"]


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(poimuri.UserError, match="has no tables"):
        poimuri.read_tables(tmp_path)


def test_the_import_loads_no_library_that_takes_time() -> None:
    told = (
        "import sys, poimuri; print([name for name in ('pyarrow', 'spacy', 'duckdb', 'numpy') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
