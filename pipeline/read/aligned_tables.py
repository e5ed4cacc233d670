"""Rebuild the tables of a text whose columns are aligned by blanks, as e-mail and plain text have them.

A column's edge is a run of blanks that stands in the same place in nearly all lines. A line without figures goes on in
the row above; bars between columns and rules below a heading are no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.document import Cell, Span, Table
from pipeline.read.layout import Line

FEWEST_LINES = 3
"""Lines from which on aligned columns are a table: a heading and two rows."""

MAX_SHORT = 20
"""Code points of a cell that is a figure, a period or a state; a column of these makes its lines rows."""

MOST = 0.6
"""Share of lines that must have words in nearly every column, and of cells that must be short."""

CROSSING = 8
"""Of so many lines one may have words where the others have a column's edge: a heading over several columns."""

MAX_BETWEEN = 2
"""Lines in a row without a column's edge that may stand within a table: the rest of a wrapped cell."""

_EDGE = regex.compile(r"(?:\s{2,}|\s*[|│]\s*)")
_RULE = regex.compile(r"[-=_+|│─\s]{3,}")
_FIELD = regex.compile(r"[^\s|│]+(?:[ \u00a0][^\s|│]+)*")
_FIGURE = regex.compile(r"\d|^[-–—]$")


@dataclass(frozen=True, slots=True)
class _Row:
    """A physical line: where it begins, and its runs of words without two blanks in between, by place in the line."""

    start: int
    fields: tuple[Span, ...]


def find_aligned(text: str, lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables of aligned columns among a text's lines, and the lines that stand outside them."""
    tables = [table for run in _runs(text, lines) if (table := _table(text, run)) is not None]
    places = [(table.start, table.end) for table in tables]
    outside = [line for line in lines if not any(line.start < end and start < line.end for start, end in places)]
    return tables, outside


def _runs(text: str, lines: Sequence[Line]) -> Iterator[list[_Row]]:
    """Lines below each other that have column edges, with the wrapped rests between them."""
    run: list[_Row] = []
    between: list[_Row] = []
    for line in lines:
        start = text.rfind("\n", 0, line.start) + 1
        fields = tuple(
            Span(match.start() - start, match.end() - start) for match in _FIELD.finditer(text, start, line.end)
        )
        row = _Row(start, fields)
        is_rule = _RULE.fullmatch(text, line.start, line.end) is not None
        if run and (line.gap or len(between) > MAX_BETWEEN):
            yield run
            run, between = [], []
        if is_rule or (not run and len(fields) < 2):
            continue
        if len(fields) > 1:
            run += [*between, row]
            between = []
        else:
            between.append(row)
    if run:
        yield run


def _table(text: str, rows: Sequence[_Row]) -> Table | None:
    """A run of lines as a table; None where its columns are not those of one."""
    columns = _columns(rows)
    if len(rows) < FEWEST_LINES or len(columns) < 2:
        return None
    placed = [_placed(row, columns) for row in rows]
    if not _is_table(text, rows, placed, len(columns)):
        return None
    short = _short_columns(text, rows, placed, len(columns))
    grid: list[list[tuple[int, int, list[Span]]]] = []
    for row, cells in zip(rows, placed, strict=True):
        own = [(first, last, Span(row.start + field.start, row.start + field.end)) for first, last, field in cells]
        if grid and _continues(text, own, short):
            _join(grid[-1], own)
        else:
            grid.append([(first, last, [span]) for first, last, span in own])
    if len(grid) < FEWEST_LINES:
        return None
    return _assemble(grid, len(columns))


def _columns(rows: Sequence[_Row]) -> list[Span]:
    """The stretches of a line between the blanks that nearly all lines share."""
    width = max(row.fields[-1].end for row in rows)
    filled = [0] * (width + 1)
    for row in rows:
        for field in row.fields:
            for place in range(*field):
                filled[place] += 1
    most = len(rows) // CROSSING
    found: list[Span] = []
    start: int | None = None
    for place, count in enumerate([*filled[:width], 0, 0]):
        if count > most:
            start = place if start is None else start
        elif start is not None and all(one <= most for one in filled[place : place + 2]):
            found.append(Span(start, place))
            start = None
    return found


def _placed(row: _Row, columns: Sequence[Span]) -> list[tuple[int, int, Span]]:
    """A line's fields with the first and the last column that each covers."""
    placed = []
    for field in row.fields:
        covered = [number for number, one in enumerate(columns) if one.start < field.end and field.start < one.end]
        if covered:
            placed.append((covered[0], covered[-1], field))
    return placed


_Placed = Sequence[tuple[int, int, Span]]


def _is_table(text: str, rows: Sequence[_Row], placed: Sequence[_Placed], n_cols: int) -> bool:
    """Whether most lines fill nearly all columns and nothing speaks against a table: a list of contents, labels with
    their values, two columns of prose."""
    full = sum(len(cells) >= max(2, n_cols - 1) for cells in placed)
    if full < max(FEWEST_LINES, MOST * len(rows)) or any(
        one[1] >= other[0] for cells in placed for one, other in pairwise(cells)
    ):
        return False
    first = [text[rows[0].start + field.start : rows[0].start + field.end] for field in rows[0].fields]
    if first[-1].isdecimal():
        return False
    short = _short_columns(text, rows, placed, n_cols)
    labels = [text[row.start + row.fields[0].end - 1] for row in rows]
    return bool(short - {0}) and labels.count(":") < MOST * len(labels)


def _short_columns(text: str, rows: Sequence[_Row], placed: Sequence[_Placed], n_cols: int) -> set[int]:
    """The columns of figures, periods and states: their cells are short."""
    lengths: list[list[bool]] = [[] for _ in range(n_cols)]
    for row, cells in zip(rows, placed, strict=True):
        for first, _, field in cells:
            words = text[row.start + field.start : row.start + field.end]
            lengths[first].append(len(words) <= MAX_SHORT and (" " not in words or _FIGURE.search(words) is not None))
    return {column for column, seen in enumerate(lengths) if seen and sum(seen) >= MOST * len(seen)}


def _continues(text: str, own: Sequence[tuple[int, int, Span]], short: set[int]) -> bool:
    """Whether a line goes on in the row above: it has nothing in a column of figures, and no new beginning."""
    if any(first in short - {0} for first, _, _ in own):
        return False
    return not (len(own) == 1 and own[0][0] == 0 and not text[own[0][2].start].islower())


def _join(row: list[tuple[int, int, list[Span]]], own: Sequence[tuple[int, int, Span]]) -> None:
    for first, last, span in own:
        for column, _, spans in row:
            if column == first:
                spans.append(span)
                break
        else:
            row.append((first, last, [span]))
    row.sort(key=lambda cell: cell[0])


def _assemble(grid: Sequence[Sequence[tuple[int, int, list[Span]]]], n_cols: int) -> Table:
    cells: list[Cell] = []
    for number, row in enumerate(grid):
        anchor = row[0][2][0].start
        column = 0
        for first, last, spans in row:
            cells += [Cell(number, empty, (), anchor) for empty in range(column, first)]
            cells.append(Cell(number, first, tuple(spans), spans[0].start, col_span=last - first + 1))
            column, anchor = last + 1, spans[-1].end
        cells += [Cell(number, empty, (), anchor) for empty in range(column, n_cols)]
    spans = [span for cell in cells for span in cell.spans]
    return Table(min(span.start for span in spans), max(span.end for span in spans), len(grid), n_cols, tuple(cells))
