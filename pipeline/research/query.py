"""A question in SQL and its answer: one SELECT, its rows with the names and types of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from lexicons.errors import UserError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Statement

FETCHED = 10_000
"""Rows that are fetched at a time."""


class QueryError(UserError):
    """A query that cannot be answered; the message is one line: what is wrong and what may have been meant."""


class Answer(NamedTuple):
    """The names of an answer's columns, and its rows: worked out when asked for, as tuples or as Arrow batches."""

    names: list[str]
    connection: DuckDBPyConnection
    statement: Statement

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows in order. Raises QueryError where a value cannot be worked out."""
        with _in_one_line(self.connection):
            self.connection.execute(self.statement)
            while rows := self.connection.fetchmany(FETCHED):
                yield from rows

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows as Arrow batches, at least one. Raises QueryError as `rows`."""
        with _in_one_line(self.connection):
            reader = self.connection.sql(self.statement).to_arrow_reader(FETCHED)
            yield pa.RecordBatch.from_pylist([], schema=reader.schema)
            yield from reader


def asked(connection: DuckDBPyConnection, sql: str) -> Answer:
    """The answer to one SELECT (or FROM, DESCRIBE, SUMMARIZE …). Raises QueryError."""
    import duckdb

    with _in_one_line(connection):
        statements = connection.extract_statements(sql)
        if len(statements) != 1:
            raise QueryError(f"one query at a time; there are {len(statements) or 'none'} here")
        if statements[0].type != duckdb.StatementType.SELECT:
            raise QueryError(_refusal(statements[0].type.name))
        return Answer(connection.sql(statements[0]).columns, connection, statements[0])
    raise AssertionError


@contextmanager
def _in_one_line(connection: DuckDBPyConnection) -> Iterator[None]:
    """DuckDB's errors as ours."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise QueryError(_told(connection, str(error))) from None


def _refusal(kind: str) -> str:
    if kind == "MULTI":
        return "PIVOT needs its columns named: PIVOT … ON mod IN ('START', 'END') USING count(*)"
    return f"a query only reads: begin with SELECT, FROM or WITH, not {kind}; --csv, --parquet and --xlsx write answers"


def _told(connection: DuckDBPyConnection, message: str) -> str:
    """DuckDB's message as one line, with the names that are nearest to one that it does not know."""
    first = message.split("\n\nLINE", 1)[0].split("\n", 1)[0].strip()
    kind, _, what = first.partition(": ")
    what = what or kind
    place = re.search(r"\nLINE (\d+): (.*)\n( *)\^", message)
    if "file system operations are disabled" in message or "disabled through configuration" in message:
        return f"{what.split(' - ')[0]}: a query reads only the tables of OUT; `poimuri query OUT --list` names them"
    if unknown := re.search(r'(?:Table|View)[^"]*? with name "?([^"\s]+)"? does not exist', message):
        return f"there is no table {unknown[1]}; {_hint(unknown[1], _tables(connection))}"
    if unknown := re.search(
        r'(?:Referenced column|(?:Table|Values list) "([^"]*)" does not have a column named) "([^"]+)"', message
    ):
        where = f"in {unknown[1]}" if unknown[1] else "here"
        return f"there is no column {unknown[2]} {where}; {_hint(unknown[2], _columns(connection, message))}"
    meant = re.search(r'Did you mean "([^"]+)"', message)
    near = f" near “{place[2][max(0, len(place[3]) - len(f'LINE {place[1]}: ')) :][:30]}”" if place else ""
    hint = f"do you mean {meant[1]}?" if meant else "`poimuri query OUT --list` names tables and columns"
    return f"{what}{near}; {hint}"


def _hint(name: str, known: list[str]) -> str:
    near = get_close_matches(name.lower(), [one for one in known if one != name.lower()], n=3, cutoff=0.5)
    return f"do you mean {' or '.join(near)}?" if near else "`poimuri query OUT --list` names all"


def _tables(connection: DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal "
        "UNION ALL SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY 1"
    ).fetchall()
    return [name for (name,) in found]


def _columns(connection: DuckDBPyConnection, message: str) -> list[str]:
    """The columns that DuckDB found near, else all there are."""
    near = re.search(r"Candidate bindings: (.*)", message)
    named = re.findall(r'"([^"]+)"', near[1]) if near else []
    if named:
        return [name.rpartition(".")[2] for name in named]
    found = connection.execute("SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal ORDER BY 1")
    return [name for (name,) in found.fetchall()]
