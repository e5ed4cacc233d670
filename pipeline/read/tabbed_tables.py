"""Rebuild the tables of a text in which a row is a line and TABs part its cells, as spreadsheets and editors copy them.

A cell may hold line breaks, so a row ends where its TABs are complete. Lists of contents, which lead to a page number
by a TAB, are no tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.document import Cell, Span, Table
from pipeline.read.layout import without_leftovers

FEWEST_ROWS = 2
"""Lines with as many TABs each from which on they are a table; with one TAB a line more than that."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def n_tabs(self) -> int:
        return self.text.count("\t")


def find_tabbed(text: str) -> list[Table]:
    """The tables whose rows are lines with TABs, in text order."""
    found: list[Table] = []
    for run in _runs(text):
        n_tabs = _usual_tabs(run)
        if n_tabs:
            first = next(index for index, line in enumerate(run) if line.n_tabs)
            rows = list(_rows(run[first:], n_tabs))
            found.append(_table(text, rows, n_tabs + 1))
    return found


def _runs(text: str) -> Iterator[list[_Line]]:
    """Lines without an empty line between; one empty line between lines of as many TABs is none."""
    run: list[_Line] = []
    offset = gap = 0
    for line in text.replace("\f", "\n").split("\n"):
        if line.strip():
            goes_on = gap == 0 or (gap == 1 and 0 < line.count("\t") == run[-1].n_tabs > 1) if run else True
            if not goes_on:
                yield run
                run = []
            run.append(_Line(offset, line))
            gap = 0
        else:
            gap += 1
        offset += len(line) + 1
    if run:
        yield run


def _usual_tabs(run: Sequence[_Line]) -> int:
    """How many TABs a row of a run has; 0 where the run is no table."""
    whole = Counter(line.n_tabs for line in run if line.n_tabs and not line.text.startswith("\t"))
    counts = Counter(line.n_tabs for line in run if line.n_tabs)
    n_tabs = max((number for number in whole if counts[number] >= FEWEST_ROWS), default=0)
    if n_tabs != 1:
        return n_tabs
    rows = [line.text.split("\t") for line in run if line.n_tabs == 1]
    named = sum(sum(map(str.isalpha, first)) > 1 and not first.rstrip().endswith(":") for first, _ in rows)
    numbered = sum(second.strip().isdecimal() for _, second in rows)  # a list of contents, with pages
    return 1 if len(rows) > FEWEST_ROWS and named > len(rows) / 2 > numbered else 0


def _rows(run: Sequence[_Line], n_tabs: int) -> Iterator[list[_Line]]:
    """The lines of each row."""
    row: list[_Line] = []
    for index, line in enumerate(run):
        held = sum(one.n_tabs for one in row)
        if row and (held + line.n_tabs > n_tabs or (held == n_tabs and not _continues(run, index))):
            yield row
            row = []
        if not row and not any(one.n_tabs for one in run[index:]):
            return  # prose right below the table
        row.append(line)
    if row:
        yield row


def _continues(run: Sequence[_Line], index: int) -> bool:
    """Whether a line behind a complete row goes on in its last cell, and does not open the next row's first one."""
    behind = run[index + 1 :]
    return run[index].text[0].islower() and any(line.n_tabs for line in behind)


def _table(text: str, rows: Sequence[Sequence[_Line]], n_cols: int) -> Table:
    cells = [cell for number, row in enumerate(rows) for cell in _cells(text, number, row)]
    end = rows[-1][-1].start + len(rows[-1][-1].text)
    return Table(rows[0][0].start, end, len(rows), n_cols, tuple(cells))


def _cells(text: str, number: int, row: Sequence[_Line]) -> Iterator[Cell]:
    """A row's cells: pieces between TABs, line breaks inside them being no ends."""
    spans: list[Span] = []
    col, anchor = 0, row[0].start
    for line in row:
        position = line.start
        for index, piece in enumerate(line.text.split("\t")):
            if index:
                yield Cell(number, col, tuple(spans), anchor)
                spans, col, anchor = [], col + 1, position - 1
            if span := without_leftovers(text, position, position + len(piece)):
                spans.append(span)
            position += len(piece) + 1
    yield Cell(number, col, tuple(spans), anchor)
