"""Cells with their spans become a table's grid, whatever spans a file claims: what html and Word files share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.read.compose import Grid, GridCell, Paragraph

MAX_COLS = 1000
"""Columns of a table; what stands beyond them is no cell of it. Word has 63, a web page 1,000 in one span."""


@dataclass
class GridBuilder:
    """Takes a table's cells row by row. A column in which no cell begins is none, so that spans cost nothing."""

    cells: list[GridCell] = field(default_factory=list)
    beyond: list[Paragraph] = field(default_factory=list)
    _row: int = -1
    _col: int = 0
    _free_from: list[int] = field(default_factory=lambda: [0] * MAX_COLS)

    def row(self, before: int = 0) -> None:
        """Begin the next row, behind so many empty columns."""
        self._row += 1
        self._col = min(before, MAX_COLS)

    @property
    def n_rows(self) -> int:
        return self._row + 1

    def place(self) -> int:
        """The column of the next cell: the first that no cell of a row above reaches into."""
        while self._col < MAX_COLS and self._free_from[self._col] > self._row:
            self._col += 1
        return self._col

    def skip(self, span: int) -> None:
        """Leave so many columns to the cell above or before."""
        self._col = min(self._col + span, MAX_COLS)

    def add(self, paragraphs: list[Paragraph], col_span: int = 1, row_span: int = 1) -> GridCell | None:
        """Add a cell; None where it stands beyond the last column, its paragraphs then among those `beyond`."""
        col = self.place()
        if col == MAX_COLS:
            self.beyond += paragraphs
            return None
        span = max(1, min(col_span, MAX_COLS - col))
        cell = GridCell(self._row, col, row_span, span, paragraphs)
        self.cells.append(cell)
        if row_span > 1:
            self._free_from[col : col + span] = [self._row + row_span] * span
        self._col = col + span
        return cell

    def grid(self) -> Grid | None:
        """The table; None where it has less than two columns, and is a frame around its paragraphs."""
        starts = sorted({cell.col for cell in self.cells})
        if len(starts) < 2:
            return None
        place = {col: number for number, col in enumerate(starts)}
        ends = _ranks(starts)
        cells = [replace(cell, col=place[cell.col], col_span=ends[cell.col + cell.col_span] - place[cell.col],
                         row_span=min(cell.row_span, self.n_rows - cell.row)) for cell in self.cells]  # fmt: skip
        return Grid(self.n_rows, len(starts), cells)

    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs of the cells, in order."""
        return [paragraph for cell in self.cells for paragraph in cell.paragraphs]


def _ranks(starts: list[int]) -> list[int]:
    """For each column how many columns in which cells begin stand before it."""
    ranks, wanted = [], set(starts)
    before = 0
    for col in range(MAX_COLS + 1):
        ranks.append(before)
        before += col in wanted
    return ranks
