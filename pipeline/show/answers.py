"""Answers of queries: as a table on the terminal, as CSV, JSON, Parquet or a workbook; and what can be asked."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from lexicons.errors import UserError
from pipeline.research.catalogue import relations
from pipeline.research.database import opened
from pipeline.research.query import Answer, asked
from pipeline.research.workbook import Workbook
from pipeline.show.stream import data_output

SHOWN_ROWS = 200
"""Rows of an answer that are printed as a table."""

NARROWEST = 20
"""Characters of the last column that are kept together however narrow the terminal is."""

SHOWN_WIDTH = 100
"""Characters of a value that are printed in a table."""


def show_answer(
    out: Path,
    sql: str,
    *,
    whole: bool = False,
    as_csv: bool = False,
    as_json: bool = False,
    parquet: Path | None = None,
    xlsx: Path | None = None,
) -> None:
    """Print the answer to a query, or write it to files. Raises UserError."""
    answer = asked(opened(out), sql)
    if parquet is not None:
        _write_parquet(answer, parquet)
    elif xlsx is not None:
        book = Workbook()
        left = book.add("answer", answer.names, answer.rows())
        book.save(xlsx)
        if left:
            print(f"poimuri: {left:,} rows do not fit on a sheet; --parquet takes all", file=sys.stderr)
    elif as_csv:
        _print_csv(answer)
    elif as_json:
        for row in answer.rows():
            print(json.dumps(dict(zip(answer.names, row, strict=True)), ensure_ascii=False, default=str))
    else:
        _print_table(answer, whole)


def show_catalogue(out: Path, as_json: bool, only: str | None = None) -> None:
    """Print every table and view, or only one, with its columns, meanings and number of rows. Raises UserError."""
    known = list(relations(opened(out)))
    if only is not None and only not in (names := [relation.name for relation in known]):
        raise UserError(f"there is no table or view {only}; there are {', '.join(names)}")
    for relation in known:
        if only not in (None, relation.name):
            continue
        if as_json:
            columns = [column._asdict() for column in relation.columns]
            print(json.dumps({**relation._asdict(), "columns": columns}, ensure_ascii=False))
            continue
        kind = "view" if relation.is_view else "table"
        print(_wrapped(f"{relation.name} ({kind}, {relation.n_rows:,} rows): {relation.meaning}", 2))
        wide = max(len(column.name) for column in relation.columns)
        for column in relation.columns:
            print(_wrapped(f"  {column.name:<{wide}}  {column.type:<9}  {column.meaning}".rstrip(), wide + 15))
        print()


def _width() -> int | None:
    """Characters of a line on the terminal; None where a file or another program takes what is printed."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _wrapped(line: str, indent: int) -> str:
    """A line cut at blanks to the terminal's width, its other lines indented; whole where no terminal shows it."""
    width = _width()
    if width is None or len(line) <= width:
        return line
    opening = len(line) - len(line.lstrip())
    told, rest = line[:indent], line[indent:]
    lines = textwrap.wrap(rest, max(width - indent, NARROWEST), break_long_words=False, break_on_hyphens=False)
    return ("\n" + " " * max(indent, opening)).join([told + lines[0], *lines[1:]])


def _print_table(answer: Answer, whole: bool) -> None:
    """A table, or a block a row where a terminal is too narrow for the table."""
    rows = answer.rows()
    shown = [[_shown(value, whole) for value in row] for row in (rows if whole else islice(rows, SHOWN_ROWS))]
    lines = list(table_lines(answer.names, shown))
    width = _width()
    if width is not None and shown and max(map(len, lines)) > width:
        lines = list(_blocks(answer.names, shown))
    for line in lines:
        print(line)
    if not whole and (left := sum(1 for _ in rows)):
        print(f"poimuri: {left:,} more rows; --all prints them, --csv and --xlsx write them", file=sys.stderr)


def table_lines(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of text, its columns as wide as their longest value; figures stand at the right."""
    wide = [max(len(name), *(len(row[number]) for row in rows), 0) for number, name in enumerate(names)]
    at_right = [bool(rows) and all(_is_figure(row[number]) for row in rows) for number in range(len(names))]
    for row in [names, ["─" * width for width in wide], *rows]:
        cells = zip(row, wide, at_right, strict=True)
        yield "  ".join(f"{cell:>{width}}" if right else f"{cell:<{width}}" for cell, width, right in cells).rstrip()


def _blocks(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Each row as lines of a name and its value; what is empty is left out."""
    wide = max(map(len, names))
    for number, row in enumerate(rows, 1):
        yield f"─── row {number}"
        yield from (
            _wrapped(f"{name:<{wide}}  {value}", wide + 2) for name, value in zip(names, row, strict=True) if value
        )


def _is_figure(text: str) -> bool:
    return not text or text.lstrip("-").replace(".", "", 1).isdigit()


def _shown(value: Any, whole: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    text = "".join(character if character.isprintable() else " " for character in " ".join(str(value).split()))
    return text if whole or len(text) <= SHOWN_WIDTH else f"{text[: SHOWN_WIDTH - 1]}…"


def _print_csv(answer: Answer) -> None:
    line, out = io.StringIO(), data_output()
    writer = csv.writer(line, lineterminator="\n")
    for row in _with_first(answer.names, answer.rows()):
        line.seek(0)
        line.truncate()
        writer.writerow("; ".join(map(str, value)) if isinstance(value, list | tuple) else value for value in row)
        out.write(line.getvalue())


def _with_first(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield names
    yield from rows


def _write_parquet(answer: Answer, path: Path) -> None:
    """The file appears whole or not at all: a value that cannot be worked out may come late."""
    import pyarrow.parquet as pq

    with _whole_file(path) as fresh:
        batches = answer.batches()
        first = next(batches)
        with pq.ParquetWriter(fresh, first.schema, compression="zstd") as writer:
            for batch in (first, *batches):
                writer.write_batch(batch)


@contextmanager
def _whole_file(path: Path) -> Iterator[Path]:
    fresh = path.with_name(f".{path.name}.new")
    try:
        yield fresh
        fresh.replace(path)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}; give a file in a folder you may write to") from None
    finally:
        fresh.unlink(missing_ok=True)
