r"""Tables of a Rich Text file: rows of cells whose columns are known by their right edges only (`\cellx2835`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from pipeline.read.compose import Grid, GridCell, Paragraph
from pipeline.read.packages import MAX_CELLS, too_many_cells

SAME_EDGE = 60
"""Twips (1,440 an inch) by which edges of one column differ from row to row: a millimetre."""


@dataclass(slots=True)
class CellEdge:
    """A cell of a row's definition: its right edge, and how it is merged with its neighbours."""

    right: int = 0
    opens_rows: bool = False
    goes_on_rows: bool = False
    opens_cols: bool = False
    goes_on_cols: bool = False

    WORDS: ClassVar[dict[str, str]] = {
        "clvmgf": "opens_rows",
        "clvmrg": "goes_on_rows",
        "clmgf": "opens_cols",
        "clmrg": "goes_on_cols",
    }
    """The control words that say so."""


@dataclass(slots=True)
class _Row:
    edges: list[CellEdge]
    cells: list[list[Paragraph]]


@dataclass(slots=True)
class RtfTable:
    """A table while it is read: rows that are whole, and the one that is not."""

    rows: list[_Row] = field(default_factory=list)
    edges: list[CellEdge] = field(default_factory=list)
    cells: list[list[Paragraph]] = field(default_factory=list)
    open_cell: list[Paragraph] = field(default_factory=list)
    next_edge: CellEdge = field(default_factory=CellEdge)
    is_open: bool = False
    n_cells: int = 0

    def begin_row(self) -> None:
        """A row is defined from here on; programs define it before its cells, or behind them again."""
        self.edges, self.next_edge, self.is_open = [], CellEdge(), True

    def edge(self, right: int) -> None:
        """A cell's definition ends with its right edge."""
        self.next_edge.right = right
        self.edges.append(self.next_edge)
        self.next_edge = CellEdge()

    def add(self, paragraphs: Sequence[Paragraph]) -> None:
        """Add to the open cell."""
        self.open_cell += paragraphs

    def end_cell(self) -> None:
        """The open cell is whole. Raises Reject where there are too many."""
        self.cells.append(self.open_cell)
        self.open_cell = []
        self.n_cells += 1
        if self.n_cells > MAX_CELLS:
            raise too_many_cells(".rtf")

    def end_row(self) -> None:
        """The open row is whole; a definition without cells is none."""
        if self.cells:
            self.rows.append(_Row(self.edges, self.cells))
        self.cells, self.is_open = [], False

    def items(self) -> Iterator[Paragraph | Grid]:
        """The table as a grid, or its paragraphs where it is a frame of one column; what no row took up, behind it."""
        if self.cells:
            self.end_row()
        edges = _columns(self.rows)
        cells: list[GridCell] = []
        open_cells: dict[int, GridCell] = {}
        for number, row in enumerate(self.rows):
            for col, span, edge, paragraphs in _placed(row, edges):
                above = open_cells.get(col)
                if edge.goes_on_rows and above is not None:
                    above.row_span = number - above.row + 1
                    above.paragraphs += paragraphs
                    continue
                open_cells[col] = GridCell(number, col, 1, span, list(paragraphs))
                cells.append(open_cells[col])
        n_cols = max((cell.col + cell.col_span for cell in cells), default=0)
        if n_cols > 1:
            yield Grid(len(self.rows), n_cols, cells)
        else:
            for cell in cells:
                yield from cell.paragraphs
        yield from self.open_cell


def _columns(rows: Sequence[_Row]) -> list[int]:
    """The right edges of a table's columns, from all its rows."""
    found: list[int] = []
    for right in sorted(edge.right for row in rows for edge in row.edges):
        if not found or right - found[-1] > SAME_EDGE:
            found.append(right)
    return found


def _placed(row: _Row, columns: Sequence[int]) -> Iterator[tuple[int, int, CellEdge, list[Paragraph]]]:
    """A row's cells with their first column and their columns; cells merged into the one before are part of that."""
    col = 0
    waiting: tuple[int, int, CellEdge, list[Paragraph]] | None = None
    for number, paragraphs in enumerate(row.cells):
        edge = row.edges[number] if number < len(row.edges) else CellEdge(right=0)
        behind = max(bisect_left(columns, edge.right - SAME_EDGE) + 1, col + 1) if edge.right else col + 1
        if edge.goes_on_cols and waiting is not None:
            first, _, opened, held = waiting
            waiting = first, behind - first, opened, [*held, *paragraphs]
        else:
            if waiting is not None:
                yield waiting
            waiting = col, behind - col, edge, paragraphs
        col = behind
    if waiting is not None:
        yield waiting
