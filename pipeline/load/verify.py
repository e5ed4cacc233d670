"""Whether a run's tables are what they say: files, check sums, schema, counts, keys, offsets in texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.records import TABLES, Record
from pipeline.load.schema import arrow_schema
from pipeline.load.snapshot import PART

OWNERS = {
    "doc_id": "documents",
    "section_id": "sections",
    "goal_id": "process_goals",
    "measure_id": "measures",
    "project_id": "projects",
    "series_id": "series",
}
"""The table in which each id stands once; wherever else a column of that name is filled, it leads there."""

LEADS_TO = {
    "parent_id": "section_id",
    "same_content_as": "doc_id",
    "from_series": "series_id",
    "to_series": "series_id",
}
"""Columns of other names that hold ids."""

VERBATIM = (
    "sections",
    "dates",
    "percentages",
    "quantities",
    "uncovered",
    "repairs",
    "tokens",
    "lexicon_hits",
    "topics",
    "activities",
)
"""Tables whose `text` is the document's stretch as it stands; others fold or join pieces."""

NAMED = 3
"""Faults of a kind that are named before the rest is counted."""


def faults(run: Path) -> Iterator[str]:
    """What is wrong with the tables of a run's folder, a line each; nothing where all is well."""
    try:
        manifest: dict[str, Any] = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"manifest.json cannot be read: {error}"
        return
    broken = [fault for table in TABLES for fault in _broken(run, table, manifest)]
    yield from broken
    if broken:
        return
    yield from _wrong_counts(run, manifest)
    ids = {name: _ids(run, table, name) for name, table in OWNERS.items()}
    for name, found in ids.items():
        if len(set(found)) < len(found):
            yield f"{OWNERS[name]}: {len(found) - len(set(found)):,} rows have a {name} that another row has too"
    known = {name: frozenset(found) for name, found in ids.items()}
    texts = {doc_id: text for batch in _batches(run, "documents", ["doc_id", "text"]) for doc_id, text in _rows(batch)}
    for table in TABLES:
        yield from _summed(f"{table.TABLE}: ", _lost_keys(run, table, known))
        yield from _summed(f"{table.TABLE}: ", _wrong_places(run, table, texts))


def _broken(run: Path, table: type[Record], manifest: dict[str, Any]) -> Iterator[str]:
    """Why a table's file cannot be read as what it should be."""
    path = run / table.TABLE / PART
    try:
        file = pq.ParquetFile(path, page_checksum_verification=True)
        schema, n_rows = file.schema_arrow, sum(batch.num_rows for batch in file.iter_batches())
    except (OSError, pa.ArrowException) as error:
        yield f"{table.TABLE}: {str(error).splitlines()[0]}"
        return
    expected = arrow_schema(table)
    if not schema.equals(expected):
        differing = [name for name in {*schema.names, *expected.names} if _type(schema, name) != _type(expected, name)]
        yield f"{table.TABLE}: columns differ from the schema: {', '.join(sorted(differing)) or 'their order'}"
    if n_rows != manifest["rows"][table.TABLE]:
        yield f"{table.TABLE}: {n_rows:,} rows, the manifest says {manifest['rows'][table.TABLE]:,}"


def _type(schema: pa.Schema, name: str) -> tuple[pa.DataType, bool] | None:
    return (schema.field(name).type, schema.field(name).nullable) if name in schema.names else None


def _wrong_counts(run: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Every file is a document or a reject."""
    rows = manifest["rows"]
    if "files" in manifest and rows["documents"] + rows["rejects"] != manifest["files"]:
        yield f"{rows['documents']:,} documents and {rows['rejects']:,} rejects are not the {manifest['files']:,} files"
    paths = [path for name in ("documents", "rejects") for path in _ids(run, name, "source_path")]
    if len(set(paths)) < len(paths):
        yield f"{len(paths) - len(set(paths)):,} files stand twice in documents and rejects"


def _lost_keys(run: Path, table: type[Record], known: dict[str, frozenset[str]]) -> Iterator[str]:
    """Ids of a table that lead nowhere; those of rejects are of files that have no document."""
    names = [name for name in arrow_schema(table).names if LEADS_TO.get(name, name) in OWNERS]
    for name in names if table.TABLE != "rejects" else []:
        owned = known[LEADS_TO.get(name, name)]
        for value in _ids(run, table.TABLE, name):
            if value not in owned:
                yield f"{name} {value} leads nowhere"


def _wrong_places(run: Path, table: type[Record], texts: dict[str, str]) -> Iterator[str]:
    """Rows whose offsets lie outside their document, or whose text does not stand there."""
    names = arrow_schema(table).names
    if "char_start" not in names:
        return
    has_text = table.TABLE in VERBATIM
    for batch in _batches(run, table.TABLE, ["doc_id", "char_start", "char_end", *(["text"] if has_text else [])]):
        for doc_id, start, end, *text in _rows(batch):
            document = texts.get(doc_id, "")
            if not 0 <= start <= end <= len(document):
                yield f"{doc_id} {start}–{end} lies outside the document"
            elif text and document[start:end] != text[0]:
                yield f"{doc_id} {start}–{end} is not {text[0][:40]!r}"


def _summed(name: str, found: Iterator[str]) -> Iterator[str]:
    """The first faults of a kind, and how many more there are."""
    shown = 0
    for fault in found:
        if shown < NAMED:
            yield name + fault
        shown += 1
    if shown > NAMED:
        yield f"{name}{shown - NAMED:,} more like these"


def _ids(run: Path, table: str, name: str) -> list[str]:
    """The filled values of a column."""
    values = (value for batch in _batches(run, table, [name]) for (value,) in _rows(batch))
    return [value for value in values if value is not None]


def _batches(run: Path, table: str, names: list[str]) -> Iterator[pa.RecordBatch]:
    yield from pq.ParquetFile(run / table / PART).iter_batches(columns=names)


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
