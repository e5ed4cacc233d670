"""Tables that hold several, one below the other: each part has a heading row and columns of its own.

A text export runs two tables together that nothing parts, and an author may put all of a chapter into one grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.document import AnalysedDocument, Cell, Table
from extractors.outline.table_headers import header, is_heading_row
from extractors.outline.tables import kind


def part(document: AnalysedDocument) -> AnalysedDocument:
    """The same document with each table cut where a heading row of other columns begins."""
    cut = {table: found for table in document.tables if len(found := list(_parts(document, table))) > 1}
    if not cut:
        return document
    tables = [one for table in document.tables for one in cut.get(table, [table])]
    parted = replace(document, tables=tuple(tables))
    whole = {table for table, found in cut.items() if any(kind(parted, one) == "other" for one in found)}
    if not whole:
        return parted
    tables = [one for table in document.tables for one in ([table] if table in whole else cut.get(table, [table]))]
    return replace(document, tables=tuple(tables))


def _parts(document: AnalysedDocument, table: Table) -> Iterator[Table]:
    """A table's parts: the first with the header, the others from heading rows on that say something else."""
    n_header = header(document, table).n_rows
    above = {_texts(document, row) for row in table.rows[:n_header]}
    starts = [
        number
        for number in range(n_header + 1, table.n_rows - 1)
        if n_header
        and is_heading_row(document, table.rows[number])
        and _texts(document, table.rows[number]) not in above
    ]
    if not starts:
        return
    for first, end in zip([0, *starts], [*starts, table.n_rows], strict=True):
        yield _cut(table, first, end)


def _texts(document: AnalysedDocument, row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(document.cell_wording(cell) for cell in row if cell.spans)


def _cut(table: Table, first: int, end: int) -> Table:
    """The rows `first`..`end` as a table of its own; below the first part the heading row's cells are the columns."""
    rows = table.rows[first:end]
    heading = rows[0]
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        is_full = len(row) == len(heading)
        for place, cell in enumerate(row):
            moved = replace(cell, row=number, row_span=min(cell.row_span, end - first - number))
            if first:
                col = place if is_full else _column_of(heading, cell.col)
                span = 1 if is_full else _column_of(heading, cell.col + cell.col_span - 1) - col + 1
                moved = replace(moved, col=col, col_span=span)
            cells.append(moved)
    last = max(cell.end for cell in cells)
    return Table(cells[0].start, last, len(rows), len(heading) if first else table.n_cols, tuple(cells))


def _column_of(heading: Sequence[Cell], col: int) -> int:
    """Which of the heading's cells stands over a column of the whole."""
    return max((place for place, cell in enumerate(heading) if cell.col <= col), default=0)
