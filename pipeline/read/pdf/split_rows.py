"""A ruled table's row that holds several: where rules part the heading from the body alone, its words tell the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Box
from pipeline.read.pdf.page import TextLine
from pipeline.read.pdf.ruled_tables import RuledCell, RuledTable
from pipeline.read.pdf.table_rows import FIGURES, Part, bands, is_drawn_by_columns, is_figure, rows, sure_ends

FEW_ROWS = 3
"""Rows of a table whose rules part the heading, the body and a sum alone."""

FEWEST_ENDS = 2
"""Ends of rows that must be sure within a row of words that is to be several; of figures one is enough."""


def split_rows(table: RuledTable) -> RuledTable:
    """The table with those of its rows parted that hold several."""
    for row in range(len(table.rows) - 2, -1, -1):
        groups = _groups(table, row)
        if len(groups) > 1:
            table = _parted(table, row, groups)
    return table


def _groups(table: RuledTable, row: int) -> list[list[Part]]:
    cells = [cell for cell in table.cells if cell.row == row and cell.row_span == 1]
    parts = [
        Part((line.indexes[0], 0), cell.col, cell.col + cell.col_span, line) for cell in cells for line in cell.lines
    ]
    if len(cells) < 2 or len(parts) <= len(cells):
        return []
    found = bands(parts)
    figures = _are_figures([part.line for part in parts if part.col])
    if is_drawn_by_columns(found) or sum(sure_ends(found)) < (1 if figures else FEWEST_ENDS):
        return []
    if len(table.rows) - 1 > FEW_ROWS and not figures:
        return []
    return rows(found, (), table.columns)


def _are_figures(lines: Sequence[TextLine]) -> bool:
    return sum(is_figure(line.text) for line in lines) >= FIGURES * len(lines)


def _parted(table: RuledTable, row: int, groups: Sequence[Sequence[Part]]) -> RuledTable:
    """The table with one of its rows as several."""
    more = len(groups) - 1
    tops = [table.rows[row], *(min(part.line.top for part in group) - 1 for group in groups[1:]), table.rows[row + 1]]
    cells = []
    for cell in table.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + more))
        elif cell.row + cell.row_span <= row:
            cells.append(cell)
        elif cell.row < row or cell.row_span > 1:
            cells.append(replace(cell, row_span=cell.row_span + more))
        else:
            cells += _parted_cell(cell, groups, tops)
    places = [*table.rows[:row], *tops, *table.rows[row + 2 :]]
    return replace(table, rows=places, cells=sorted(cells, key=lambda cell: (cell.row, cell.col)), row_paths={})


def _parted_cell(cell: RuledCell, groups: Sequence[Sequence[Part]], tops: Sequence[float]) -> list[RuledCell]:
    return [
        replace(
            cell,
            row=cell.row + number,
            box=Box(cell.box.x0, tops[number], cell.box.x1, tops[number + 1]),
            lines=[part.line for part in group if part.col == cell.col],
        )
        for number, group in enumerate(groups)
    ]
