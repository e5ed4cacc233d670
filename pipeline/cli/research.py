"""Commands for researchers on finished tables: query, export, report, review."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.base import app, fail

Out = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")]


@app.command()
def query(
    out: Out,
    sql: Annotated[
        str | None, typer.Argument(metavar="[SQL]", help="One SELECT, in quotes; - reads it from standard input.")
    ] = None,
    list_all: Annotated[
        bool,
        typer.Option(
            "--list", help="Tables and views with columns, meanings, numbers of rows; or just one: NAME --list."
        ),
    ] = False,
    whole: Annotated[bool, typer.Option("--all", help="Print all rows, and long texts whole.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON line a row.")] = False,
    parquet: Annotated[Path | None, typer.Option("--parquet", help="Write the answer here as Parquet.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write the answer here as a workbook.")] = None,
) -> None:
    """Ask the tables in SQL (DuckDB).

    Views answer the usual questions: goal_progress, percent_facts, indicator_series, timeline, topic_matrix, coverage,
    and evidence('record_id') for the words and the place of any record. A query only reads, and only OUT.

    Example: poimuri query tables/ "SELECT region, sentence FROM percent_facts WHERE role = 'result'"
    """
    from pipeline.show.answers import show_answer, show_catalogue

    if list_all:
        show_catalogue(out, as_json, sql)
        return
    if sql is None:
        fail("give a query in quotes, or --list to see what can be asked")
    if sum((as_csv, as_json, parquet is not None, xlsx is not None)) > 1:
        fail("--csv, --json, --parquet and --xlsx are different answers; give one of them")
    show_answer(
        out,
        sys.stdin.read() if sql == "-" else sql,
        whole=whole,
        as_csv=as_csv,
        as_json=as_json,
        parquet=parquet,
        xlsx=xlsx,
    )


class Form(StrEnum):
    """What an export can be."""

    XLSX = "xlsx"
    DUCKDB = "duckdb"
    CSV = "csv"
    QDPX = "qdpx"


@app.command()
def export(
    out: Out,
    form: Annotated[
        Form,
        typer.Option(
            "--to", help="A workbook, a DuckDB file, CSV files, or a REFI-QDA project (Atlas.ti, NVivo, MAXQDA)."
        ),
    ],
    target: Annotated[
        Path | None, typer.Option("-o", "--out", help="A new folder; else poimuri-xlsx and the like in this one.")
    ] = None,
) -> None:
    """Write the tables into a folder to send on.

    With them README.md, CITATION.cff and datapackage.json. In a workbook each fact has its sentence and headings beside
    it; in a REFI-QDA project sections, goals and facts are codings of the reports' texts.
    Example: poimuri export tables/ --to xlsx -o sent/
    """
    from pipeline.research.export import export as write

    target = target or Path(f"poimuri-{form.value}")
    write(out, form.value, target)
    print(f"written to {target}")


@app.command()
def report(
    out: Out,
    target: Annotated[Path, typer.Option("-o", "--out", help="A new folder, or a report of ours to replace.")] = Path(
        "poimuri-report"
    ),
    raw: Annotated[
        Path | None,
        typer.Option("--raw", help="Where the exports are now, to draw pages of PDFs; else where they were read."),
    ] = None,
) -> None:
    """Write a page that shows the tables, with the evidence of every fact.

    index.html opens in a browser from the disk, without a network. Readiness, indicators, dates and goals by region
    and round; each mark leads to its words in the source or its box on a PDF's page. People mark there what is right;
    `poimuri review` takes these marks.
    Example: poimuri report tables/ -o report/
    """
    from pipeline.research.report.build import report as write

    if raw is not None and not raw.is_dir():
        fail(f"{raw} is not a folder; give the one that holds the exports")
    written = write(out, target, raw)
    pictures = f", {written.n_pictures:,} pages of PDFs" if written.n_pictures else ""
    print(f"{target / 'index.html'}: {written.n_documents:,} documents{pictures}; open it in a browser")
    if written.undrawn:
        print(
            f"PDFs without pictures of their pages: {len(written.undrawn):,} (such as {written.undrawn[0]}), not found "
            "where they were read or changed since; --raw FOLDER says where they are now"
        )


@app.command()
def review(
    out: Out,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Marks, a JSON line each (reviews.jsonl).")
    ] = None,
    score: Annotated[bool, typer.Option("--score", help="Print the measured precision by table.")] = False,
) -> None:
    """Take what people say of records: right, wrong, or corrected.

    A line of FILE: {"table": "percentages", "record_id": "…", "source_path": "a.txt", "verdict": "corrected",
    "corrected": {"value": 72}, "reviewer": "…", "note": "…"}. Marks outlive the next runs; views like
    percentages_reviewed show corrected values and leave out what is wrong. Nothing extracted is changed.
    """
    from pipeline.show.reviews import show_scores, take_reviews

    if file is None and not score:
        fail("give a file of marks, or --score")
    if file is not None:
        take_reviews(out, file)
    if score:
        show_scores(out)
