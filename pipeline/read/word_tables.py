"""Rebuild the tables of a word-processor file that came out as text.

Such an export prints a cell a line behind a TAB, an empty line between rows, a lone TAB for an empty cell. Cells hold
line breaks and empty lines of their own, and merged cells are simply missing, so rows are told by the table's width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import regex

from extractors.document import Cell, Span, Table
from pipeline.read.layout import Line, without_leftovers
from pipeline.read.tabbed_tables import find_tabbed

_LINE_ENDS = regex.compile(r"[\n\f]")
_TAKEN = 9
"""Empty lines that a table of another kind counts for."""

_MAX_CELL_LINES = 8
"""Lines after an empty line that may still belong to a cell; more is prose between two tables."""


_LONG = 40
"""Code points of a column's cells from which on they are texts."""


_OVER = 8
"""Code points over its column's usual length from which on a cell looks merged."""


_LIKE = 3
"""Groups of cells of one length in a row that are rows of a table of their own."""


@dataclass
class _RawCell:
    """A cell as it is read: where its TAB stands, and its lines."""

    anchor: int
    spans: list[Span] = field(default_factory=list)


@dataclass
class _Item:
    """A physical line: its place, whether a TAB opens it, and the empty lines above."""

    start: int
    end: int
    is_cell: bool
    gap: int


def find_tables(text: str, lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables of a text, and the lines that stand outside them."""
    if "\t" not in text:
        return [], list(lines)
    tables = find_tabbed(text)
    items = _items(text, tables)
    index = 0
    while index < len(items):
        if not items[index].is_cell:
            index += 1
            continue
        table, index = _read_table(text, items, index)
        tables.append(table)
    tables.sort(key=lambda table: table.start)
    outside, position = [], 0
    for line in lines:
        while position < len(tables) and tables[position].end <= line.start:
            position += 1
        if position == len(tables) or line.end <= tables[position].start:
            outside.append(line)
    return tables, outside


def _items(text: str, taken: Sequence[Table]) -> list[_Item]:
    """The physical lines; those of tables that are already `taken` end what stands above them."""
    items, offset, gap = [], 0, 0
    inside = iter([*taken, None])
    table = next(inside)
    for line in _LINE_ENDS.split(text):
        while table is not None and table.end <= offset:
            table = next(inside)
        if table is not None and table.start <= offset:
            gap = _TAKEN
        elif line.startswith("\t"):
            for number, piece in enumerate(line[1:].split("\t")):
                items.append(_Item(offset, offset + len(piece) + 1, True, gap if number == 0 else 0))
                offset += len(piece) + 1
            offset += 1
            gap = 0
            continue
        elif line.strip():
            items.append(_Item(offset, offset + len(line), False, gap))
            gap = 0
        else:
            gap += 1
        offset += len(line) + 1
    return items


def _group_length(items: Sequence[_Item], index: int) -> int:
    """How many cells follow from `index` on before an empty line."""
    count = 0
    for position in range(index, len(items)):
        if items[position].gap and position > index:
            break
        count += items[position].is_cell
    return count


def _width(items: Sequence[_Item], index: int) -> int:
    """The widest group of cells up to the first prose behind an empty line."""
    width = 0
    for position in range(index, len(items)):
        item = items[position]
        if item.gap and (not item.is_cell or (item.gap >= _TAKEN and position > index)):
            break
        if width and _starts_other_table(items, position, width, width):
            break
        if item.gap or position == index:
            width = max(width, _group_length(items, position))
    return width


def _read_table(text: str, items: Sequence[_Item], index: int) -> tuple[Table, int]:
    """Read the table that begins at `index`; also the index of the first item behind it."""
    width = _width(items, index)
    rows: list[list[_RawCell]] = [[]]
    first = index
    while index < len(items):
        item = items[index]
        row = rows[-1]
        if item.gap >= _TAKEN and index > first:
            break
        if item.is_cell:
            if item.gap and row and not _completes(items, index, len(row), width, bool(row[-1].spans)):
                if _starts_other_table(items, index, len(row), width):
                    break
                rows.append([])
            elif len(row) >= width and row:
                rows.append([])
            cell = _RawCell(anchor=item.start)
            rows[-1].append(cell)
            _add(text, cell, item)
        elif not item.gap or _continues(items, index, len(row), width):
            _add(text, row[-1], item)
        else:
            break
        index += 1
    return _assemble(items[first].start, rows, width), index


def _add(text: str, cell: _RawCell, item: _Item) -> None:
    span = without_leftovers(text, item.start, item.end)
    if span:
        cell.spans.append(span)


def _completes(items: Sequence[_Item], index: int, n_cells: int, width: int, has_text: bool) -> bool:
    """Whether the empty line before `index` lies inside a cell: the next group just fills the row.

    Behind wider blank space a run of groups as long as this one is another table, below a row that broke off.
    """
    length = _group_length(items, index)
    if not has_text or n_cells >= width or n_cells + length != width:
        return False
    starts = [place for place in range(index, len(items)) if items[place].gap and items[place].is_cell]
    lengths = [_group_length(items, place) for place in starts[:_LIKE]]
    return items[index].gap < 2 or lengths != [length] * _LIKE


def _continues(items: Sequence[_Item], index: int, n_cells: int, width: int) -> bool:
    """Whether prose behind an empty line belongs to the open cell: more cells follow and just fill the row."""
    if n_cells >= width:
        return False
    for position in range(index, min(index + _MAX_CELL_LINES, len(items))):
        if items[position].is_cell:
            return not items[position].gap and n_cells + _group_length(items, position) == width
    return False


def _starts_other_table(items: Sequence[_Item], index: int, n_cells: int, width: int) -> bool:
    """Whether another table begins at `index`: wider blank space, and two groups of another width."""
    if items[index].gap < 2 or n_cells != width or (length := _group_length(items, index)) == width:
        return False
    following = next((p for p in range(index + 1, len(items)) if items[p].gap), None)
    return following is not None and items[following].is_cell and _group_length(items, following) == length


def _assemble(start: int, rows: list[list[_RawCell]], width: int) -> Table:
    width = max([width, *map(len, rows)])
    usual = _usual_lengths([row for row in rows if len(row) == width], width)
    cells = []
    for number, row in enumerate(rows):
        wide = _merged_cell(row, width, usual, is_first=number == 0)
        col = 0
        for position, raw in enumerate(row):
            span = 1 + (width - len(row) if position == wide else 0)
            cells.append(Cell(number, col, tuple(raw.spans), raw.anchor, col_span=span))
            col += span
    ends = [span.end for row in rows for raw in row for span in raw.spans]
    last = rows[-1][-1].anchor + 1
    return Table(start, max([*ends, last]), len(rows), width, tuple(cells))


def _length(raw: _RawCell) -> int:
    return sum(span.end - span.start for span in raw.spans)


def _usual_lengths(rows: list[list[_RawCell]], width: int) -> list[float]:
    """The median length of a column's cells over the full rows."""
    return [median(_length(row[position]) for row in rows) if rows else 0.0 for position in range(width)]


def _merged_cell(row: list[_RawCell], width: int, usual: list[float], is_first: bool) -> int:
    """Which cell of a short row is merged: the one most over its column's length, else the last; no cell of a column of
    long texts where others have figures, no dash where others are filled."""
    if len(row) == width:
        return -1
    if is_first:
        return len(row) - 1
    candidates = range(1, len(row)) if len(row) > 2 else range(len(row))
    narrow = [position for position in candidates if usual[position] <= _LONG] or candidates
    filled = [position for position in narrow if _length(row[position]) > 1] or narrow
    over = [position for position in filled if _length(row[position]) - usual[position] >= _OVER]
    return max(over, key=lambda position: _length(row[position]) - usual[position], default=filled[-1])
