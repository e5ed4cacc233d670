"""What is kept from run to run: whole or not there, bounded, the same values back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pyarrow as pa
import pytest

from extractors.document import AnalysedDocument, Table
from extractors.records import EXTRACTED, DocumentRecord
from pipeline.batch import analyses, store
from pipeline.batch.columnar import arrow_type, from_column, to_column
from pipeline.batch.store import Store, StoreError
from pipeline.process import CHAIN, extracted, staged
from tests.conftest import ROOT

KEY = "ab" + "c" * 62
BATCH = pa.record_batch({"luku": [1, 2, 3], "sana": ["yksi", None, "kolme"]})


def test_an_entry_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    kept.save("rows", KEY, {"dates": BATCH}, sketch=[1, 2])
    found = kept.load("rows", KEY)
    assert found is not None
    assert (list(found.names()), found.header["sketch"]) == (["dates"], [1, 2])
    assert found.batch("dates", BATCH.schema) == BATCH
    assert found.batch("tokens", BATCH.schema) is None
    assert kept.load("analysis", KEY) is None


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:-1] + b"\0", lambda data: b"", bytes.upper]
)
def test_a_spoiled_entry_counts_as_none(tmp_path: Path, spoil: Any) -> None:
    kept = Store(tmp_path)
    kept.save("rows", KEY, {"dates": BATCH})
    (path,) = tmp_path.glob("*/*.rows")
    path.write_bytes(spoil(path.read_bytes()))
    assert kept.load("rows", KEY) is None


def test_what_is_not_in_use_goes_oldest_first_beyond_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Store(tmp_path)
    names = [f"{number:02}" + "c" * 62 for number in range(6)]
    for name in names:
        kept.save("rows", name, {"dates": BATCH})
    size = next(tmp_path.glob("*/*.rows")).stat().st_size
    monkeypatch.setattr(store, "LEAST_BYTES", 0)
    kept.shrink({("rows", names[0])})
    assert [name for name in names if kept.has("rows", name)] == [names[0], names[4], names[5]]
    monkeypatch.setattr(store, "LEAST_BYTES", 10 * size)
    kept.shrink(set())
    assert kept.has("rows", names[4])


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("muuta", encoding="utf-8")
    with pytest.raises(StoreError, match=r"cannot write to .*store.*; make room"):
        Store(tmp_path / "store").save("rows", KEY, {"dates": BATCH})


class Inner(NamedTuple):
    text: str
    when: date | None


@dataclass(frozen=True)
class Outer:
    kind: Literal["list_item", "heading"]
    many: tuple[Inner, ...]
    words: frozenset[str]
    inner: Inner | None
    flags: tuple[bool, ...] | None
    share: float | None = None


def test_typed_values_come_back_from_columns() -> None:
    values = [
        Outer(
            "heading", (Inner("a", date(2021, 5, 1)), Inner("", None)), frozenset({"ä", "b"}), Inner("x", None), None
        ),
        Outer("list_item", (), frozenset(), None, (True, False), 0.5),
    ]
    column = to_column(Outer, values)
    assert column.type == arrow_type(Outer)
    assert from_column(Outer, column) == values
    assert from_column(Outer, to_column(Outer, [])) == []


def comparable(value: Any) -> Any:
    """A field's value as it can be compared: tables and places compare by identity."""
    if isinstance(value, tuple) and value and isinstance(value[0], Table):
        return [(one.start, one.end, one.n_rows, one.n_cols, one.cells, one.roles) for one in value]
    return list(value.words()) if hasattr(value, "words") else value


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "raw").glob("*oma-arviointi*")), ids=lambda path: str(path.name)
)
def test_an_analysed_document_comes_back_and_gives_the_same_records(path: Path, tmp_path: Path) -> None:
    kept = Store(tmp_path)
    *_, (_, document), (_, with_outline) = staged(path.read_bytes(), f"vanha_{path.name}")
    assert isinstance(document, AnalysedDocument) and isinstance(with_outline, AnalysedDocument)
    analyses.save(kept, KEY, document)
    found = analyses.load(kept, KEY, path.name)
    assert found is not None and found.source_path == path.name
    for item in fields(AnalysedDocument):
        if item.name not in ("source_path", "text_answers"):
            assert comparable(getattr(found, item.name)) == comparable(getattr(document, item.name)), item.name
    again = CHAIN["outline"](found)
    assert isinstance(again, AnalysedDocument)
    tables = [table for table in EXTRACTED if table is not DocumentRecord]
    assert extracted(again, tables).records == extracted(with_outline, tables).records
