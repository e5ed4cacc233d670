"""A run's tables as a DuckDB database: each table and each view of `views/`, with its meaning as a comment.

Nothing is copied: a table is read from its Parquet file where a query needs it. Once all is declared the database is
shut, so that no query can reach another file or write one.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.records import TABLES
from lexicons.errors import UserError
from pipeline.installed import how_to_add
from pipeline.load.schema import columns
from pipeline.load.snapshot import PART, current_run
from pipeline.research.reviews import declare, reviews

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VIEWS = (
    "macros",
    "reports",
    "heading_paths",
    "records",
    "evidence",
    "percent_facts",
    "timeline",
    "topic_matrix",
    "region_topics",
    "topic_activities",
    "coverage",
    "goal_progress",
    "indicator_values",
    "indicator_series",
)
"""The files of `views/`, each after those that it reads."""

EXTRA = "research"
"""The extra that brings what this room needs."""


class ResearchMissing(UserError):
    """A package of the extra is not installed; the message says how to get it."""

    def __init__(self, package: str) -> None:
        super().__init__(f"this needs the package {package}; run: {how_to_add(EXTRA)}")


def run_of(out: Path) -> Path:
    """The run that a folder of tables shows now, with all links resolved. Raises UserError where there is none."""
    run = current_run(out)
    if run is None:
        raise UserError(f"{out} has no tables; give the folder that `poimuri run` wrote to")
    return run.resolve()


def opened(out: Path, run: Path | None = None) -> DuckDBPyConnection:
    """The database of a run, else of the one that the folder shows now, shut for anything but reading it.

    The run stays the same while the connection lives, also when a new one is published meanwhile.

    Raises UserError where there is no run or it lacks a table, ResearchMissing where DuckDB is not installed.
    """
    run = run or run_of(out)
    try:
        import duckdb
    except ImportError:
        raise ResearchMissing("duckdb") from None
    connection = duckdb.connect()
    files = {table.TABLE: run / table.TABLE / PART for table in TABLES}
    for name, path in files.items():
        if not path.is_file():
            raise UserError(f"{out} has no table {name}: it was written by an older version; run `poimuri run` again")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({quoted(str(path))})")
    for statement in declarations():
        connection.execute(statement)
    declare(connection, reviews(out))
    _shut(connection, list(files.values()))
    return connection


def declarations(kind: str = "VIEW") -> Iterator[str]:
    """The statements that, where the tables stand as views or tables, say what these mean and make the other views."""
    for table in TABLES:
        yield f"COMMENT ON {kind} {table.TABLE} IS {quoted(table.MEANING)}"
        for column in columns(table):
            yield f"COMMENT ON COLUMN {table.TABLE}.{column.name} IS {quoted(column.meaning)}"
    for name in VIEWS:
        yield view_file(name)


def view_file(name: str) -> str:
    """The SQL of a view, as it stands in its file."""
    return (resources.files(__package__) / "views" / f"{name}.sql").read_text(encoding="utf-8")


def _shut(connection: DuckDBPyConnection, files: list[Path]) -> None:
    """Leave only the tables' files readable, whatever a query asks for; settings cannot be changed back."""
    readable = ", ".join(quoted(str(path)) for path in files)
    for setting in (
        f"allowed_paths = [{readable}]",
        "enable_external_access = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"
