"""Each document with all its records, as the evidence pane shows it: one chunk a document, loaded when it is opened."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from extractors.records import Record, SectionRecord
from pipeline.load.schema import columns
from pipeline.research.reviews import REVIEWED, Mark, correctable, latest

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

N_ID_CHUNKS = 16
"""Chunks that say in which documents a record stands, by the first digit of its id."""

_LEFT_OUT = ("doc_id", "section_id", "parent_id")
_ROWS = 2_000


def sources(
    connection: DuckDBPyConnection, marks: list[Mark], paths: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every document's id with its text and records, in the order of the ids.

    Offsets are in UTF-16 code units, as scripts count them. `paths` are the documents' paths by their ids.
    """
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mark in latest(marks):
        told = {"table": mark.table, "id": mark.record_id, "verdict": mark.verdict, "reviewer": mark.reviewer}
        said[mark.source_path].append(told)
    tables = [(table.TABLE, _columns(table), _Grouped(connection, table)) for table in REVIEWED]
    for doc_id, text in _rows(connection, "SELECT doc_id, text FROM documents ORDER BY doc_id"):
        units = _Units(text)
        found = {}
        for name, names, grouped in tables:
            rows = [units.of(names, row) for row in grouped.of(doc_id)]
            if rows:
                found[name] = {"columns": names, "rows": rows}
        yield doc_id, {"text": text, "records": found, "marks": said.get(paths[doc_id], [])}


def places(connection: DuckDBPyConnection, numbers: Mapping[str, int]) -> Iterator[tuple[str, dict[str, list[int]]]]:
    """By the first digit of their ids, the records with the numbers of the documents that they stand in."""
    found: dict[str, dict[str, list[int]]] = {f"{digit:x}": {} for digit in range(N_ID_CHUNKS)}
    for record_id, doc_ids in _rows(connection, "SELECT record_id, list(DISTINCT doc_id) FROM records GROUP BY ALL"):
        found[record_id[0]][record_id] = sorted(numbers[doc_id] for doc_id in doc_ids)
    yield from found.items()


def forms() -> dict[str, dict[str, dict[str, str]]]:
    """The columns of each table that a person may correct, with their types in SQL and their meanings.

    Offsets are not among them: the page counts in other units, and nobody corrects them by hand.
    """
    found = {}
    for table in REVIEWED:
        kinds = correctable(table)
        told = {column.name: column.meaning for column in columns(table)}
        found[table.TABLE] = {
            name: {"type": kind, "meaning": told[name]} for name, kind in kinds.items() if not _is_offset(name, kind)
        }
    return found


def _is_offset(name: str, kind: str) -> bool:
    return kind == "INTEGER" and name.endswith(("_start", "_end"))


def _columns(table: type[Record]) -> list[str]:
    """The columns of a table that the pane needs; a section's own words stand in the document."""
    left_out = (*_LEFT_OUT, "text") if table is SectionRecord else _LEFT_OUT
    return [column.name for column in columns(table) if column.name not in left_out]


def _rows(connection: DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, some at a time, beside others that are read."""
    cursor = connection.cursor().execute(sql)
    while rows := cursor.fetchmany(_ROWS):
        yield from rows


class _Grouped:
    """A table's rows, handed out document by document in the order of the ids."""

    def __init__(self, connection: DuckDBPyConnection, table: type[Record]) -> None:
        sql = f"SELECT doc_id, {', '.join(_columns(table))} FROM {table.TABLE} ORDER BY doc_id, char_start, char_end"
        self._groups = groupby(_rows(connection, sql), key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, doc_id: str) -> list[tuple[Any, ...]]:
        """The rows of one document, without its id; documents are asked for in the order of their ids."""
        if self._next is None or self._next[0] != doc_id:
            return []
        rows = [row[1:] for row in self._next[1]]
        self._next = next(self._groups, None)
        return rows


class _Units:
    """Offsets in a text, from code points to UTF-16 code units.

    >>> _Units("😀 ä").of(["char_start", "percent"], (2, 2))
    [3, 2]
    """

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [at for at, letter in enumerate(text) if letter > "\uffff"]

    def of(self, names: list[str], row: tuple[Any, ...]) -> list[Any]:
        """A row with its offsets turned."""
        if not self._wide:
            return list(row)
        return [
            value + bisect_left(self._wide, value)
            if isinstance(value, int) and name.endswith(("_start", "_end"))
            else value
            for name, value in zip(names, row, strict=True)
        ]
