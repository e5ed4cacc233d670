"""What a table's columns hold: their roles by `lexicons/table_columns.yaml`, their reporting periods by their dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import regex

from extractors.document import AnalysedDocument, Cell, Table, once_a_document
from extractors.grammar.calendar import interval, value
from extractors.grammar.ranges import scan
from extractors.outline.goal_codes import numbered_texts
from extractors.outline.labels import exact_label, inner_label, is_period_label, leading_label
from lexicons import needs

_COLUMNS = needs("table_columns")
_DATED = needs("table_columns", "readiness", "status", "results")
"""Columns of a reporting period where their headings hold its date."""

needs("table_columns", "process_goal", "indicator", "baseline", "project", "development_area", "goals")

MAX_HEADER_ROWS = 3

_EMPTY = regex.compile(r"[-–—−\s]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role, and where it is a reporting period's, the period, its days and its heading."""

    role: str | None = None
    period: str | None = None
    days: tuple[date, date] | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period whose column is filled."""

    days: tuple[date, date]
    text: str


@dataclass(frozen=True)
class Columns:
    """The columns of a table and the number of header rows above its body."""

    by_index: tuple[Column, ...]
    n_header: int

    def role(self, role: str) -> int | None:
        """The index of the first column of a role."""
        return next((index for index, column in enumerate(self.by_index) if column.role == role), None)

    def has(self, *roles: str) -> bool:
        return all(self.role(role) is not None for role in roles)

    @property
    def periods(self) -> list[tuple[int, Column]]:
        return [(index, column) for index, column in enumerate(self.by_index) if column.period is not None]


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: no words, or only a dash."""
    return _EMPTY.fullmatch(text) is not None


@once_a_document
def columns(document: AnalysedDocument, table: Table) -> Columns:
    """The columns of a table, from its header rows or as its reader knew them."""
    if table.roles is not None:
        return Columns(tuple(Column(role) for role in table.roles), 0)
    found = [Column() for _ in range(table.n_cols)]
    n_header = 0
    for row in table.rows[:MAX_HEADER_ROWS]:
        labels = [(cell, _label(document, cell, is_first=not n_header)) for cell in row if cell.spans]
        known = [label for _, label in labels if label is not None]
        if not known or len(known) * 2 < len(labels) or (n_header and len(known) < len(labels)):
            break
        n_header += 1
        for cell, label in labels:
            for index in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                if label is not None and (found[index].role is None or label.period or cell.col_span == 1):
                    found[index] = label
    return Columns(tuple(found), n_header)


def _label(document: AnalysedDocument, cell: Cell, is_first: bool) -> Column | None:
    """What a header cell says: a period, or the role of its column.

    Inside a cell's words a role is looked for in the first row only; below, a goal's wording may hold such words.
    """
    text = document.clean(cell.start, cell.end)
    tokens = document.tokens_in(cell.start, cell.end)
    entry = exact_label(_COLUMNS, text)
    if entry is None and len(text) < 120:
        entry = leading_label(_COLUMNS, text)
    expressions = [item for item in scan(tokens) if item.end is None and interval(item.begin) is not None]
    is_period = len(expressions) == 1 and is_period_label(tokens)
    if entry is None and not is_period and is_first and len(text) < 60:
        entry = inner_label(_COLUMNS, text)
    dates = entry is None or entry.id in _DATED.ids
    if dates and len(expressions) == 1 and len(text) < 60 and (entry is not None or is_period):
        point, span = expressions[0].begin, expressions[0].span
        return Column("period", value(point), interval(point), span.of(document.text))
    return Column(entry.id, text=text) if entry else None


def body_rows(document: AnalysedDocument, table: Table) -> Iterator[tuple[Cell, ...]]:
    """The rows below the header; a header that a page break repeats is left out."""
    layout = columns(document, table)
    header = {_row_text(document, row) for row in table.rows[: layout.n_header]}
    for row in table.rows[layout.n_header :]:
        if _row_text(document, row) not in header:
            yield row


def _row_text(document: AnalysedDocument, row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(cell.text(document.text) for cell in row)


def is_project_table(document: AnalysedDocument, table: Table) -> bool:
    layout = columns(document, table)
    return layout.has("project") and (layout.has("development_area") or layout.has("results") or layout.has("goals"))


def is_status_table(document: AnalysedDocument, table: Table) -> bool:
    """Whether a table gives the readiness of process goals by period."""
    return goal_column(document, table) is not None and not columns(document, table).has("indicator")


@once_a_document
def goal_column(document: AnalysedDocument, table: Table) -> int | None:
    """The column of a readiness table that holds the process goals: by its heading, else by the goals' numbers."""
    layout = columns(document, table)
    if layout.has("process_goal") or table.roles is not None or not layout.periods:
        return layout.role("process_goal")
    rows = list(body_rows(document, table))
    for index in range(min(3, table.n_cols)):
        cells = [cell_at(row, index) for row in rows]
        numbered = sum(
            cell is not None and bool(numbered_texts(document.text[cell.start : cell.end])) for cell in cells
        )
        if rows and numbered * 2 >= len(rows):
            return index
    return None


def is_indicator_table(document: AnalysedDocument, table: Table) -> bool:
    layout = columns(document, table)
    return layout.has("indicator") and (bool(layout.periods) or layout.has("baseline"))


def cell_at(row: tuple[Cell, ...], index: int | None) -> Cell | None:
    """The cell of a row that covers a column."""
    if index is None:
        return None
    return next((cell for cell in row if cell.col <= index < cell.col + cell.col_span), None)


def period_cells(document: AnalysedDocument, table: Table, row: tuple[Cell, ...]) -> Iterator[tuple[Column, Cell]]:
    """The filled period and baseline cells of a row; a merged cell takes its first such column."""
    layout = columns(document, table)
    for cell in row:
        if not cell.spans or is_empty(cell.text(document.text)):
            continue
        for index in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
            column = layout.by_index[index]
            if column.period is not None or column.role == "baseline":
                yield column, cell
                break


def filled_periods(document: AnalysedDocument, table: Table) -> Iterator[Period]:
    """The reporting periods under which a status or indicator table has anything."""
    if not (is_status_table(document, table) or is_indicator_table(document, table)):
        return
    for row in body_rows(document, table):
        for column, _ in period_cells(document, table, row):
            if column.days is not None:
                yield Period(column.days, column.text)


def area_cells(document: AnalysedDocument, table: Table) -> Iterator[Cell]:
    """The development areas that open a block of rows in a project table."""
    layout = columns(document, table)
    index = layout.role("development_area")
    if index is None or not layout.has("project"):
        return
    for row in body_rows(document, table):
        cell = cell_at(row, index)
        if cell is not None and cell.spans and cell.row == row[0].row:
            yield cell
