"""Tables of a text that is laid out as on the page: columns of prose side by side, whose cells go on below each other.

`pdftotext -layout` and its like write landscape tables so. Blanks that stand in the same places in line after line part
the columns; empty lines part the rows, else a line on which the column that names the rows begins anew. Rows go on over
pages, behind the running lines of a page and behind headings that are printed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.document import Cell, Span, Table
from pipeline.read.layout import Line

FEWEST_COLUMNS = 3
"""Columns from which on words side by side are a table; two may be labels with values, or columns of prose."""

FEWEST_LINES = 4
"""Lines below the headings that a table has at least."""

LONGEST_HEADING = 40
"""Code points of a column's heading."""

EMPTY = 0.12
"""Share of places without words at least: columns of prose side by side are full to the end."""

FLUSH = 0.6
"""Share of a column's pieces that must begin where the column does, or end where it does."""

MOST_GAP = 4
"""Empty lines within a table; a page's end leaves more only where its running lines stand."""

NAMES_ROWS = 0.75
"""How often the column that names rows must have words, beside the fullest column."""

_FIELD = regex.compile(r"\S+(?:[ \u00a0]\S+)*")


@dataclass(slots=True)
class _Row:
    """A physical line: where it begins, its runs of words by place in the line, and whether an empty line or a page's
    end stands above it."""

    line: Line
    start: int
    fields: list[Span]
    is_apart: bool


@dataclass(slots=True)
class _Run:
    """Lines below each other that leave the same blanks free; `gaps` are the free places between the columns."""

    rows: list[_Row]
    gaps: list[Span]


def find_laid_out(text: str, lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables of columns of prose among a text's lines, and the lines that stand outside them."""
    tables: list[Table] = []
    outside: list[Line] = []
    index = 0
    while index < len(lines):
        run = _run(text, lines, index)
        table = _table(text, run) if run is not None else None
        if run is None or table is None:
            outside.append(lines[index])
            index += 1
        else:
            tables.append(table)
            index += len(run.rows)
    return tables, outside


def _row(text: str, line: Line) -> _Row:
    start = text.rfind("\n", 0, line.start) + 1
    start = max(start, text.rfind("\f", 0, line.start) + 1)
    fields = [Span(m.start() - start, m.end() - start) for m in _FIELD.finditer(text, line.start, line.end)]
    return _Row(line, start, fields, line.gap > 0 or line.starts_page)


def _run(text: str, lines: Sequence[Line], index: int) -> _Run | None:
    """The lines from one on that could be the headings of a table, as far as they leave its blanks free."""
    first = _row(text, lines[index])
    if not _is_heading(text, first):
        return None
    run = _Run([first], [Span(one.end, other.start) for one, other in pairwise(first.fields)])
    for line in lines[index + 1 :]:
        row = _row(text, line)
        gaps = [free for gap in run.gaps if (free := _still_free(gap, row.fields)) is not None]
        if len(gaps) < len(run.gaps) or line.gap > MOST_GAP:
            break
        run.rows.append(row)
        run.gaps = gaps
    while len(run.rows) > 1 and len(run.rows[-1].fields) == 1 and run.rows[-1].fields[0].start < run.gaps[0].start:
        run.rows.pop()  # text below the table, as short as a cell
    return run


def _is_heading(text: str, row: _Row) -> bool:
    """Whether a line may hold the headings of a table's columns: several short ones, none a label or a sentence."""
    words = [text[row.start + one.start : row.start + one.end] for one in row.fields]
    return len(words) >= FEWEST_COLUMNS and all(
        len(word) <= LONGEST_HEADING and word[-1] not in ".:;,!" and any(map(str.isalpha, word)) for word in words
    )


def _still_free(gap: Span, fields: Sequence[Span]) -> Span | None:
    """The widest stretch of a gap that a line's words leave free; None where they cover it."""
    free = [gap]
    for one in fields:
        free = [
            piece
            for stretch in free
            for piece in (
                Span(stretch.start, min(stretch.end, one.start)),
                Span(max(stretch.start, one.end), stretch.end),
            )
            if piece.start < piece.end
        ]
    return max(free, key=lambda piece: piece.end - piece.start, default=None)


def _table(text: str, run: _Run) -> Table | None:
    """A run of lines as a table; None where its columns are not those of one."""
    edges = [gap.end for gap in run.gaps]
    placed = [[(sum(edge <= one.start for edge in edges), one) for one in row.fields] for row in run.rows]
    n_cols = len(edges) + 1
    if len(run.rows) <= FEWEST_LINES or not _is_table(placed, n_cols):
        return None
    grid = _grid(text, run.rows, placed, n_cols)
    return _assembled(grid, n_cols) if len(grid) > 1 + 1 else None


_Placed = Sequence[tuple[int, Span]]


def _is_table(placed: Sequence[_Placed], n_cols: int) -> bool:
    """Whether columns are flush, each has words below its heading, and some places are empty."""
    body = placed[1:]
    for column in range(n_cols):
        found = [one for row in body for place, one in row if place == column]
        if not found:
            return False
        left, right = min(one.start for one in found), max(one.end for one in found)
        flush = max(sum(one.start <= left + 1 for one in found), sum(one.end >= right - 1 for one in found))
        if flush < FLUSH * len(found):
            return False
    filled = sum(len({place for place, _ in row}) for row in body)
    return filled <= (1 - EMPTY) * n_cols * len(body)


_Cells = dict[int, list[Span]]


def _grid(text: str, rows: Sequence[_Row], placed: Sequence[_Placed], n_cols: int) -> list[_Cells]:
    """The table's rows, the headings first: lines together as far as no empty line or new beginning parts them."""
    groups = _groups(text, rows, placed)
    head = [text[rows[0].start + one.start : rows[0].start + one.end] for _, one in placed[0]]
    key = _names_rows(groups, n_cols)
    grid: list[_Cells] = []
    for cells in groups:
        words = [text[spans[0].start : spans[0].end] for _, spans in sorted(cells.items())]
        if grid and words[: len(head)] == head:
            continue  # the headings once more, on the next page
        if len(grid) > 1 and min(cells) > key:
            for column, spans in cells.items():
                grid[-1].setdefault(column, []).extend(spans)
        else:
            grid.append(cells)
    return grid


def _groups(text: str, rows: Sequence[_Row], placed: Sequence[_Placed]) -> list[_Cells]:
    """Lines that belong together, cell by cell."""
    parted = sum(row.is_apart for row in rows[1:]) > 1
    groups: list[_Cells] = []
    for index, (row, cells) in enumerate(zip(rows, placed, strict=True)):
        first = cells[0]
        begins = row.is_apart if parted else index < 2 or (first[0] == 0 and text[row.start + first[1].start].isupper())
        if begins or not groups:
            groups.append({})
        for column, one in cells:
            groups[-1].setdefault(column, []).append(Span(row.start + one.start, row.start + one.end))
    return groups


def _names_rows(groups: Sequence[_Cells], n_cols: int) -> int:
    """The first column that nearly as many rows fill as any other: a row without it goes on from the one above."""
    filled = [sum(column in row for row in groups[1:]) for column in range(n_cols)]
    return next(column for column in range(n_cols) if filled[column] >= NAMES_ROWS * max(filled))


def _assembled(grid: Sequence[_Cells], n_cols: int) -> Table:
    cells: list[Cell] = []
    for number, row in enumerate(grid):
        anchor = min(spans[0].start for spans in row.values())
        for column in range(n_cols):
            spans = tuple(row.get(column, ()))
            cells.append(Cell(number, column, spans, spans[0].start if spans else anchor))
    places = [span for cell in cells for span in cell.spans]
    start, end = min(span.start for span in places), max(span.end for span in places)
    return Table(start, end, len(grid), n_cols, tuple(cells))
