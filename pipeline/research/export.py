"""Tables to send on: a folder with the data in one form, what describes them, how to cite them.

Beside the data stand `README.md`, `CITATION.cff` and `datapackage.json` (Frictionless Data Package), the same from the
same run.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.records import TABLES, PlacedRecord, Record
from lexicons.errors import UserError
from pipeline.files import whole_folder
from pipeline.load.schema import columns
from pipeline.load.snapshot import PART
from pipeline.load.verify import LEADS_TO, OWNERS
from pipeline.research.catalogue import relations
from pipeline.research.database import declarations, opened, quoted, run_of
from pipeline.research.qda import write_project
from pipeline.research.reviews import Mark, declare, reviews
from pipeline.research.workbook import CUT, LONGEST, Workbook

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHEETS = ("goal_progress", "indicator_series", "percent_facts", "coverage")
"""The views that a workbook holds beside the tables."""

FIELD_TYPES = {"string": "string", "double": "number", "bool": "boolean", "date32[day]": "date"}
"""Types of Table Schema by those of Arrow; lists are arrays, other numbers integers."""

EXPLAINED = (
    (
        "How to trace a fact",
        "sentence and heading_path stand beside it; source_path, page and record_id say where it is.",
    ),
    ("Offsets", "char_start and char_end count characters of the document's text from 0; char_end is exclusive."),
    ("Periods", "period_start and period_end sort them; reporting_round is the half-year in which one ends."),
    ("Copies", "documents.same_content_as names the document that counts for one; the views count each report once."),
    ("Series", "series follows a goal, indicator or project through reports; its number is no identity."),
    ("Cells", f"Control characters are left out; texts of more than {LONGEST:,} characters end in “{CUT.strip()}”."),
)


def export(out: Path, kind: str, target: Path) -> None:
    """Write the tables that a folder shows into a new folder, as `xlsx`, `duckdb`, `csv` or `qdpx`.

    The folder appears when all is written. Raises UserError where it holds something, or cannot be written,
    ResearchMissing where a package is not installed.
    """
    run = run_of(out)
    with whole_folder(target) as folder:
        connection = opened(out)
        manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        files = WRITERS[kind](connection, run, folder, reviews(out))
        _write_json(folder / "datapackage.json", _package(manifest, files))
        (folder / "CITATION.cff").write_text(_citation(manifest), encoding="utf-8")
        (folder / "README.md").write_text(_readme(connection, manifest, files), encoding="utf-8")


def _workbook(connection: DuckDBPyConnection, run: Path, folder: Path, marks: list[Mark]) -> list[dict[str, Any]]:
    """A sheet that explains, one a table with the words beside each fact, one for each of some views."""
    book = Workbook()
    listed = {relation.name: relation for relation in relations(connection)}
    sheets = [*(table.TABLE for table in TABLES), *SHEETS]
    told: list[Sequence[Any]] = [("run", run.name, None), *((title, text, None) for title, text in EXPLAINED)]
    told += [(name, listed[name].meaning, listed[name].n_rows) for name in sheets]
    told += [(f"{name}.{c.name}", c.meaning, None) for name in sheets for c in listed[name].columns]
    declared = (column for table in TABLES for column in columns(table))
    told += [(f"{c.table}.{c.name}: {code}", said, None) for c in declared for code, said in c.codes.items()]
    book.add("README", ("what", "meaning", "rows"), told)
    for name in sheets:
        found = connection.sql(_with_evidence(name))
        left = book.add(name, found.columns, _rows(connection, _with_evidence(name)))
        if left:
            raise UserError(f"{name} has {left:,} rows more than a sheet holds; export --to csv or duckdb")
    book.save(folder / "poimuri.xlsx")
    return [{"name": "poimuri", "path": "poimuri.xlsx", "format": "xlsx", "mediatype": _XLSX}]


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _with_evidence(name: str) -> str:
    """The rows of a table with the sentence and headings of each fact, and the file that it stands in."""
    table = next((table for table in TABLES if name == table.TABLE), None)
    if table is None or name in ("documents", "rejects"):
        return f"SELECT * FROM {name}"
    if not issubclass(table, PlacedRecord) or name == "tokens":
        return f"SELECT t.*, d.source_path FROM {name} t JOIN documents d USING (doc_id)"
    return (
        f"SELECT t.*, e.sentence, e.heading_path, e.region, e.source_path FROM {name} t "
        f"JOIN (SELECT * FROM evidence WHERE table_name = '{name}') e USING (doc_id, record_id) "
        "ORDER BY e.source_path, t.char_start, t.char_end"
    )


def _rows(connection: DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
    connection.execute(sql)
    while rows := connection.fetchmany(10_000):
        yield from rows


def _csv_files(connection: DuckDBPyConnection, run: Path, folder: Path, marks: list[Mark]) -> list[dict[str, Any]]:
    """A file a table, exactly as it is: lists as JSON, nothing for null."""
    found = []
    for table in TABLES:
        with (folder / f"{table.TABLE}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.name for column in columns(table)])
            for row in _rows(connection, f"SELECT * FROM {table.TABLE}"):
                writer.writerow([_csv_value(value) for value in row])
        found.append(
            {
                **{"name": table.TABLE, "path": f"{table.TABLE}.csv", "profile": "tabular-data-resource"},
                **{"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "description": table.MEANING},
                "schema": _table_schema(table),
            }
        )
    return found


def _csv_value(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _table_schema(table: type[Record]) -> dict[str, Any]:
    """The Table Schema of a table: its columns with their meanings, and where its ids lead."""
    fields, keys = [], []
    for column in columns(table):
        arrow = str(column.type)
        kind = "array" if arrow.startswith("list") else FIELD_TYPES.get(arrow, "integer")
        fields.append({"name": column.name, "type": kind, "description": column.described})
        owned = LEADS_TO.get(column.name, column.name)
        owner = OWNERS.get(owned)
        if owner is not None and table.TABLE != "rejects" and (owner, owned) != (table.TABLE, column.name):
            resource = "" if owner == table.TABLE else owner
            keys.append({"fields": [column.name], "reference": {"resource": resource, "fields": [owned]}})
    own = [name for name, owner in OWNERS.items() if owner == table.TABLE]
    return {
        "fields": fields,
        "missingValues": [""],
        **({"primaryKey": own} if own else {}),
        **({"foreignKeys": keys} if keys else {}),
    }


def _database(_connection: DuckDBPyConnection, run: Path, folder: Path, marks: list[Mark]) -> list[dict[str, Any]]:
    """A DuckDB file with the tables in it, and the views."""
    import duckdb

    with duckdb.connect(str(folder / "poimuri.duckdb")) as database:
        for table in TABLES:
            path = quoted(str(run / table.TABLE / PART))
            database.execute(f"CREATE TABLE {table.TABLE} AS SELECT * FROM read_parquet({path})")
        for statement in declarations("TABLE"):
            database.execute(statement)
        declare(database, marks)
    return [{"name": "poimuri", "path": "poimuri.duckdb", "format": "duckdb"}]


def _project(connection: DuckDBPyConnection, run: Path, folder: Path, marks: list[Mark]) -> list[dict[str, Any]]:
    """A REFI-QDA project: each report as a source, its sections and facts as codings."""
    write_project(connection, folder / "poimuri.qdpx", run.name)
    return [{"name": "poimuri", "path": "poimuri.qdpx", "format": "qdpx", "mediatype": "application/zip"}]


WRITERS: dict[str, Callable[[DuckDBPyConnection, Path, Path, list[Mark]], list[dict[str, Any]]]] = {
    "xlsx": _workbook,
    "duckdb": _database,
    "csv": _csv_files,
    "qdpx": _project,
}
"""The forms of an export; each writes its files and describes them as resources of a data package."""


def _package(manifest: dict[str, Any], resources: list[dict[str, Any]]) -> dict[str, Any]:
    is_tabular = all("schema" in resource for resource in resources)
    return {
        "profile": "tabular-data-package" if is_tabular else "data-package",
        "name": f"poimuri-{manifest['run_id'].lower()}",
        "title": TITLE,
        "description": f"Run {manifest['run_id']} of poimuri {manifest['poimuri']}; tables' contract "
        f"{manifest['schema_version']}.",
        "version": manifest["schema_version"],
        "created": manifest["finished"],
        "resources": resources,
    }


TITLE = "Facts from Finnish social and health care reform reports (Innokylä exports)"


def _citation(manifest: dict[str, Any]) -> str:
    """A CITATION.cff of the tables; those who publish them name themselves in it."""
    return f"""cff-version: 1.2.0
message: Please cite these tables as below, and the reports that they were extracted from. Name yourselves as authors.
type: dataset
title: "{TITLE}"
authors:
  - name: "Extracted by poimuri {manifest["poimuri"]}"
version: "{manifest["run_id"]}"
date-released: {manifest["finished"][:10]}
"""


def _readme(connection: DuckDBPyConnection, manifest: dict[str, Any], resources: list[dict[str, Any]]) -> str:
    files = ", ".join(f"`{resource['path']}`" for resource in resources)
    lines = [
        f"# {TITLE}",
        "",
        f"Run {manifest['run_id']} of poimuri {manifest['poimuri']} over {manifest['files']:,} files; "
        f"tables' contract {manifest['schema_version']}. Data: {files}.",
        "",
        *(f"- **{title}**: {text}" for title, text in EXPLAINED),
        "- **Persons**: `documents` holds names and addresses of contact persons as the reports print them.",
        "",
        "| table | rows | one row per |",
        "|---|---|---|",
    ]
    for relation in relations(connection):
        lines.append(f"| `{relation.name}` | {relation.n_rows:,} | {relation.meaning} |")
    return "\n".join([*lines, ""])


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
