"""What can be asked: tables, views and macros with their columns, meanings and numbers of rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from extractors.records import TABLES

REVIEWED = "_reviewed"
"""How the name of a view ends that shows a table with people's corrections: its columns mean what the table's do."""

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Listed(NamedTuple):
    """A column of a table or view: its DuckDB type and its meaning, empty where none is declared."""

    name: str
    type: str
    meaning: str


class Relation(NamedTuple):
    """A table or view: what a row of it is, how many there are, its columns in order."""

    name: str
    is_view: bool
    meaning: str
    n_rows: int
    columns: list[Listed]


def relations(connection: DuckDBPyConnection) -> Iterator[Relation]:
    """The tables in the order of the data contract, then the views in that of their names."""
    order = {table.TABLE: number for number, table in enumerate(TABLES)}
    known = _known_meanings(connection)
    found = connection.execute(
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal "
        "UNION ALL SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal"
    ).fetchall()
    for name, meaning in sorted(found, key=lambda row: (order.get(row[0], len(order)), row[0])):
        ((n_rows,),) = connection.execute(f"SELECT count(*) FROM {name}").fetchall()
        listed = connection.execute(
            "SELECT c.column_name, c.data_type, coalesce(c.comment, t.comment, '') FROM duckdb_columns() c "
            "LEFT JOIN duckdb_columns() t ON t.table_name = ? AND t.column_name = c.column_name "
            "WHERE c.table_name = ? AND NOT c.internal ORDER BY c.column_index",
            [name.removesuffix(REVIEWED), name],
        ).fetchall()
        described = [Listed(column, kind, said or known.get(column, "")) for column, kind, said in listed]
        yield Relation(name, name not in order, meaning or "", n_rows, described)


def _known_meanings(connection: DuckDBPyConnection) -> dict[str, str]:
    """What columns of a name mean where at least half of the tables and views that declare one say the same: views that
    pass it on need not say it again."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    declared = (
        "SELECT column_name, comment FROM duckdb_columns() WHERE NOT internal AND comment IS NOT NULL "
        "ORDER BY table_name = 'documents' DESC, table_name"
    )
    for name, meaning in connection.execute(declared).fetchall():
        found[name][meaning] += 1
    usual = {name: said.most_common(1)[0] for name, said in found.items()}
    return {name: meaning for name, (meaning, number) in usual.items() if 2 * number >= found[name].total()}
