"""Tables whose grid is not that of one table with its headings above: several run together, or one turned.

A text export runs two tables together that nothing parts, and an author may put all of a chapter into one grid. A table
may have its headings in the first column: the reporting periods down, or a card of labels and values for each goal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from extractors.document import AnalysedDocument, Cell, Table
from extractors.outline.table_headers import header, heading_labels, is_heading_row, role_of
from extractors.outline.tables import kind

VALUES = ("baseline", "target")
"""Roles that, like a period, may stand in the first column of a turned table."""

FEWEST_TURNED = 2
"""Headings of values in the first column from which on a table may be turned."""


def regridded(document: AnalysedDocument) -> AnalysedDocument:
    """The same document, each table cut where a heading row of other columns begins, and turned where its headings
    stand in the first column; as it was where no kind of table comes of it."""
    for change in (_spread, _parts, _turned):
        document = _changed(document, change)
    return document


def _changed(
    document: AnalysedDocument, change: Callable[[AnalysedDocument, Table], Sequence[Table]]
) -> AnalysedDocument:
    """The document with the tables that a change makes, where all of them are of a kind that is known."""
    made = {table: found for table in document.tables if (found := change(document, table))}
    if not made:
        return document
    trial = _with(document, made)
    known = {table: found for table, found in made.items() if all(kind(trial, one) != "other" for one in found)}
    return trial if len(known) == len(made) else _with(document, known)


def _with(document: AnalysedDocument, made: dict[Table, Sequence[Table]]) -> AnalysedDocument:
    tables = (one for table in document.tables for one in made.get(table, (table,)))
    return replace(document, tables=tuple(tables))


# Merged headings of a text


def _spread(document: AnalysedDocument, table: Table) -> list[Table]:
    """A text's table whose heading has a merged cell, which the text does not tell from the others: not that of one
    target or one indicator, but the one that speaks of values ("Lähtötaso | Toteuma | Tavoite" over six columns)."""
    if document.format != "txt" or table.n_rows < FEWEST_TURNED or len(table.rows[1]) < table.n_cols:
        return []
    heading = table.rows[0]
    wide = [place for place, cell in enumerate(heading) if cell.col_span > 1]
    values = [place for place, cell in enumerate(heading) if role_of(document, cell) in SPREAD]
    if len(wide) != 1 or len(values) != 1 or wide == values or role_of(document, heading[wide[0]]) in SPREAD:
        return []
    spans = [cell.col_span for cell in heading]
    spans[values[0]], spans[wide[0]] = spans[wide[0]], 1
    starts = [sum(spans[:place]) for place in range(len(spans))]
    moved = {
        cell: replace(cell, col=start, col_span=span) for cell, start, span in zip(heading, starts, spans, strict=True)
    }
    return [replace(table, cells=tuple(moved.get(cell, cell) for cell in table.cells))]


SPREAD = ("results", "status", "readiness")
"""Roles of a heading that stands over the columns of several periods."""


# Several run together


def _parts(document: AnalysedDocument, table: Table) -> list[Table]:
    """A table's parts: the first with the header, the others from heading rows on that say something else."""
    n_header = header(document, table).n_rows
    above = {_texts(document, row) for row in table.rows[:n_header]}
    below = range(n_header + 1, table.n_rows - 1) if n_header else ()
    starts = [
        number
        for number in below
        if is_heading_row(document, table.rows[number]) and _texts(document, table.rows[number]) not in above
    ]
    ends = [*starts, table.n_rows]
    return [_cut(table, first, end) for first, end in zip([0, *starts], ends, strict=True)] if starts else []


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
    return _table(cells, len(rows), len(heading) if first else table.n_cols)


def _column_of(heading: Sequence[Cell], col: int) -> int:
    """Which of the heading's cells stands over a column of the whole."""
    return max((place for place, cell in enumerate(heading) if cell.col <= col), default=0)


def _table(cells: Iterable[Cell], n_rows: int, n_cols: int) -> Table:
    ordered = tuple(cells)
    start, end = min(cell.start for cell in ordered), max(cell.end for cell in ordered)
    return Table(start, end, n_rows, n_cols, ordered)


# Turned


def _turned(document: AnalysedDocument, table: Table) -> list[Table]:
    """A table with its first column as its heading row, where it looks like one and the first row does not."""
    if kind(document, table) != "other" or table.roles is not None:
        return []
    first = [cell for cell in table.cells if cell.col == 0 and cell.col_span == 1]
    if len(first) < FEWEST_TURNED or len(first) < table.n_rows:
        return []
    is_card = table.n_cols == FEWEST_TURNED and is_heading_row(document, first)
    if not is_card and not _are_values(document, first[1:]):
        return []
    corner = table.at(0, 0)
    keeps_corner = is_card or bool({"goal", "indicator"} & set(_roles(document, first[:1])))
    cells = [
        replace(
            cell,
            row=cell.col,
            col=cell.row,
            row_span=cell.col_span,
            col_span=cell.row_span,
            spans=cell.spans if cell is not corner or keeps_corner else (),
        )
        for cell in table.cells
    ]
    return [_table(sorted(cells, key=lambda cell: (cell.row, cell.col)), table.n_cols, table.n_rows)]


def _are_values(document: AnalysedDocument, column: Sequence[Cell]) -> bool:
    """Whether all cells of a column name periods, the baseline or the target, and no two the same."""
    labels = heading_labels(document, column)
    named = [label.period or label.role for label in labels if label is not None]
    sure = [name for name in named if name != "goal"]
    is_value = all(label is not None and (label.period or label.role in (*VALUES, "goal")) for label in labels)
    return is_value and len(sure) >= FEWEST_TURNED and len(set(named)) == len(named)


def _roles(document: AnalysedDocument, cells: Sequence[Cell]) -> list[str | None]:
    return [label.role for label in heading_labels(document, cells) if label is not None]
