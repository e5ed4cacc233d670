"""What people who looked at records say of them: right, wrong, or corrected; kept beside the runs.

A mark knows its record by table, file and `record_id`, which stay the same when the document is edited elsewhere and
when the record is found anew. Nothing extracted is changed: views `<table>_reviewed` show the corrected values.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from extractors.records import TABLES, PlacedRecord, Record, TokenRecord
from lexicons.errors import UserError
from pipeline.files import write_whole
from pipeline.load.schema import columns
from pipeline.load.snapshot import RUNS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = ".reviews.jsonl"
"""Beside the runs, so that it outlives each of them."""

RIGHT, WRONG, CORRECTED = VERDICTS = ("right", "wrong", "corrected")

REVIEWED = tuple(table for table in TABLES if issubclass(table, PlacedRecord) and table is not TokenRecord)
"""The tables whose records can be marked."""

_SQL = {
    **{pa.string(): "VARCHAR", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"},
    **{pa.int32(): "INTEGER", pa.int64(): "BIGINT"},
}
_FIXED = {"record_id", "char_start", "char_end", "page", "x0", "top", "x1", "bottom"}

CONFIDENCE = 1.96
"""Standard deviations of a normal distribution that hold 95 %."""


class ReviewError(UserError):
    """A file of marks that cannot be taken; the message names the line, what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one person says of one record. `corrected` holds the right values by column, as text; null empties one."""

    table: str
    record_id: str
    source_path: str
    verdict: str
    corrected: dict[str, str | None] = field(default_factory=dict)
    reviewer: str | None = None
    reviewed: str | None = None
    note: str | None = None

    @property
    def record(self) -> tuple[str, str, str]:
        """What the record is known by."""
        return (self.table, self.source_path, self.record_id)


class Score(NamedTuple):
    """How many records of a table were marked, and the share that is right with its 95 % interval (Wilson's)."""

    table: str
    n_right: int
    n_wrong: int
    n_corrected: int
    precision: float
    low: float
    high: float


def reviews(out: Path) -> list[Mark]:
    """The marks of a folder of tables, the earliest first. Raises ReviewError where their file is spoiled."""
    path = out / RUNS / NAME
    return list(_marks(path)) if path.exists() else []


def latest(marks: Iterable[Mark]) -> list[Mark]:
    """Of the marks of each record the last."""
    return list({mark.record: mark for mark in marks}.values())


def take(connection: DuckDBPyConnection, out: Path, file: Path) -> list[Mark]:
    """Add a file's marks to those of a folder; a person's later mark of a record replaces the earlier.

    All or none are taken. Raises ReviewError where a line is no mark, or its record or column is not in the tables.
    """
    new = list(_marks(file))
    known = _known(connection, {mark.table for mark in new})
    for mark in new:
        if mark.record not in known:
            raise ReviewError(
                f"{file}: {mark.table} has no record {mark.record_id} of {mark.source_path}; "
                "review the tables that are there now"
            )
    kept = {(*mark.record, mark.reviewer): mark for mark in [*reviews(out), *new]}
    lines = (json.dumps(asdict(mark), ensure_ascii=False) for mark in kept.values())
    write_whole(out / RUNS / NAME, "".join(f"{line}\n" for line in lines))
    return new


def scores(connection: DuckDBPyConnection, marks: Iterable[Mark]) -> Iterator[Score]:
    """The measured precision by table, of the records that are still there."""
    current = latest(marks)
    known = _known(connection, {mark.table for mark in current})
    counts = Counter((mark.table, mark.verdict) for mark in current if mark.record in known)
    for table in REVIEWED:
        n_right, n_wrong, n_corrected = (counts[table.TABLE, verdict] for verdict in VERDICTS)
        if n := n_right + n_wrong + n_corrected:
            low, high = wilson(n_right, n)
            yield Score(table.TABLE, n_right, n_wrong, n_corrected, n_right / n, low, high)


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927).

    >>> [round(bound, 3) for bound in wilson(9, 10)]
    [0.596, 0.982]
    """
    z = CONFIDENCE**2
    middle = (right + z / 2) / (n + z)
    half = CONFIDENCE * sqrt(right * (n - right) / n + z / 4) / (n + z)
    return max(0.0, middle - half), min(1.0, middle + half)


def declare(connection: DuckDBPyConnection, marks: Iterable[Mark]) -> None:
    """Put the marks into a database as table `reviews`, and views `<table>_reviewed` over them."""
    connection.execute(
        "CREATE TABLE reviews (table_name VARCHAR, source_path VARCHAR, record_id VARCHAR, verdict VARCHAR, "
        "corrected MAP(VARCHAR, VARCHAR), reviewer VARCHAR, reviewed VARCHAR, note VARCHAR)"
    )
    for mark in latest(marks):
        names, values = list(mark.corrected), list(mark.corrected.values())
        connection.execute(
            "INSERT INTO reviews VALUES (?, ?, ?, ?, map(?::VARCHAR[], ?::VARCHAR[]), ?, ?, ?)",
            [*mark.record, mark.verdict, names, values, mark.reviewer, mark.reviewed, mark.note],
        )
    for statement in (*_MEANINGS, *(_view(table) for table in REVIEWED)):
        connection.execute(statement)


_MEANINGS = (
    "COMMENT ON TABLE reviews IS 'what people said of records: of each the last mark'",
    "COMMENT ON COLUMN reviews.table_name IS 'table that the record stands in'",
    "COMMENT ON COLUMN reviews.verdict IS 'right, wrong or corrected'",
    "COMMENT ON COLUMN reviews.corrected IS 'the right values by column, as text'",
    "COMMENT ON COLUMN reviews.reviewer IS 'who said it'",
    "COMMENT ON COLUMN reviews.reviewed IS 'when, as the file of marks has it'",
    "COMMENT ON COLUMN reviews.note IS 'why'",
)


def _view(table: type[Record]) -> str:
    """A table without what is marked wrong, with corrected values in place of extracted ones."""
    name = table.TABLE
    values = [
        f"CASE WHEN map_contains(r.corrected, '{column}') THEN CAST(r.corrected['{column}'] AS {kind}) "
        f"ELSE t.{column} END AS {column}"
        for column, kind in correctable(table).items()
    ]
    meaning = f"{name} without records marked wrong, with corrected values in place of extracted ones"
    return (
        f"CREATE VIEW {name}_reviewed AS SELECT t.* REPLACE ({', '.join(values)}), r.verdict, r.reviewer, r.note "
        f"FROM {name} t JOIN documents d USING (doc_id) LEFT JOIN reviews r ON r.table_name = '{name}' "
        f"AND r.source_path = d.source_path AND r.record_id = t.record_id WHERE r.verdict IS DISTINCT FROM '{WRONG}'; "
        f"COMMENT ON VIEW {name}_reviewed IS '{meaning}'"
    )


def correctable(table: type[Record]) -> dict[str, str]:
    """The columns that a person may correct, with their types in SQL: all but ids, places and lists."""
    found = {column.name: _SQL.get(column.type) for column in columns(table)}
    return {
        name: kind for name, kind in found.items() if kind and name not in _FIXED and not name.endswith(("_id", "_by"))
    }


def _known(connection: DuckDBPyConnection, tables: Iterable[str]) -> set[tuple[str, str, str]]:
    """The records of some tables as marks know them."""
    found: set[tuple[str, str, str]] = set()
    for table in sorted(tables):
        sql = f"SELECT d.source_path, t.record_id FROM {table} t JOIN documents d USING (doc_id)"
        found.update((table, path, record_id) for path, record_id in connection.execute(sql).fetchall())
    return found


def _marks(path: Path) -> Iterator[Mark]:
    """The marks of a file, a JSON object a line. Raises ReviewError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewError(f"{path}: {getattr(error, 'strerror', None) or error}; give a file of marks") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _mark(json.loads(line))
            except (ValueError, TypeError) as error:
                raise ReviewError(f"{path}:{number}: {error}; mend that line") from None


def _mark(told: Any) -> Mark:
    """A mark from its JSON object. Raises ValueError that says what is wrong."""
    if not isinstance(told, dict):
        raise ValueError("a mark is an object: {table, record_id, source_path, verdict, …}")
    fields = set(Mark.__dataclass_fields__)
    if unknown := sorted(set(told) - fields):
        raise ValueError(f"there is no field {unknown[0]}; there are {', '.join(sorted(fields))}")
    for name in ("table", "record_id", "source_path", "verdict"):
        if not isinstance(told.get(name), str):
            raise ValueError(f"{name} is missing")
    table = next((one for one in REVIEWED if told["table"] == one.TABLE), None)
    if table is None:
        raise ValueError(f"there is no table {told['table']}; there are {', '.join(one.TABLE for one in REVIEWED)}")
    if told["verdict"] not in VERDICTS:
        raise ValueError(f"verdict {told['verdict']} is not one of {', '.join(VERDICTS)}")
    corrected = told.get("corrected") or {}
    if bool(corrected) != (told["verdict"] == CORRECTED):
        raise ValueError("corrected holds the right values by column where the verdict is corrected, else nothing")
    for name, value in corrected.items():
        _check_value(table, name, value)
    return Mark(**{**told, "corrected": {name: _as_text(value) for name, value in corrected.items()}})


def _check_value(table: type[Record], name: str, value: Any) -> None:
    """Raise ValueError where a column cannot be corrected, or not to this value."""
    kinds = correctable(table)
    if name not in kinds:
        raise ValueError(f"{table.TABLE}.{name} cannot be corrected; those that can: {', '.join(kinds)}")
    if value is None:
        return
    arrow = next(column.type for column in columns(table) if column.name == name)
    try:
        pa.array([_as_text(value)]).cast(arrow)
    except pa.ArrowInvalid:
        raise ValueError(f"{table.TABLE}.{name} is of type {arrow}, which {value!r} is not") from None


def _as_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)
