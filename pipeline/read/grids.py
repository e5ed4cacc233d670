"""Cells with their spans become a table's grid, whatever spans a file claims: what html and Word files share."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.read.compose import Grid, GridCell, Paragraph

MAX_SPAN = 1000
"""Columns that one cell may cover, as in browsers; Word has 63 in all."""

MAX_COLS = 1000
"""Columns of a table in which cells begin; what stands beyond them is no cell of it."""

MAX_REACHING = 300
"""Cells of rows above that reach into a row; more are taken to end where they stand."""


class _Reach(NamedTuple):
    """Columns that a cell of a row above covers, before a row from which on they are free."""

    start: int
    end: int
    until: int


@dataclass
class GridBuilder:
    """Takes a table's cells row by row. A column in which no cell begins is none, so that spans cost nothing."""

    cells: list[GridCell] = field(default_factory=list)
    _row: int = -1
    _col: int = 0
    _reaching: list[_Reach] = field(default_factory=list)
    _passed: int = 0
    _begun: list[_Reach] = field(default_factory=list)

    def row(self, before: int = 0) -> None:
        """Begin the next row, behind so many empty columns."""
        self._row += 1
        self._col, self._passed = before, 0
        still = [reach for reach in (*self._reaching, *self._begun) if reach.until > self._row]
        self._reaching, self._begun = sorted(still[:MAX_REACHING]), []

    @property
    def n_rows(self) -> int:
        return self._row + 1

    def place(self) -> int:
        """The column of the next cell: the first that no cell of a row above reaches into."""
        while self._passed < len(self._reaching) and self._reaching[self._passed].start <= self._col:
            self._col = max(self._col, self._reaching[self._passed].end)
            self._passed += 1
        return self._col

    def skip(self, span: int) -> None:
        """Leave so many columns to the cell above or before."""
        self._col += span

    def add(self, paragraphs: list[Paragraph], col_span: int = 1, row_span: int = 1) -> GridCell:
        """Add a cell."""
        cell = GridCell(self._row, self.place(), row_span, max(1, min(col_span, MAX_SPAN)), paragraphs)
        self.cells.append(cell)
        self._col = cell.col + cell.col_span
        if row_span > 1:
            self._begun.append(_Reach(cell.col, self._col, self._row + row_span))
        return cell

    def grid(self) -> tuple[Grid | None, list[GridCell]]:
        """The table and the cells beyond its last column; no table where it has less than two columns."""
        starts = sorted({cell.col for cell in self.cells})[:MAX_COLS]
        if len(starts) < 2:
            return None, []
        inside = [cell for cell in self.cells if cell.col <= starts[-1]]
        return Grid(self.n_rows, len(starts), [self._fitted(cell, starts) for cell in inside]), [
            cell for cell in self.cells if cell.col > starts[-1]
        ]

    def _fitted(self, cell: GridCell, starts: list[int]) -> GridCell:
        """A cell by the columns in which cells begin, ending where the table ends."""
        col = bisect_left(starts, cell.col)
        end = bisect_left(starts, cell.col + cell.col_span)
        return replace(cell, col=col, col_span=end - col, row_span=min(cell.row_span, self.n_rows - cell.row))

    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs of the cells, in order."""
        return [paragraph for cell in self.cells for paragraph in cell.paragraphs]
