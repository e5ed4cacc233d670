"""Rows of tables about goals and measures: which goal a row is of, its deed, its state, its periods.

A goal's cell may be merged over several rows or stand in the first of them; its code may have a column of its own; a
row that is nothing but a goal's code or name heads the rows below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from extractors.document import AnalysedDocument, Cell, Span, Table, once_a_document
from extractors.outline.enumerators import enumerator
from extractors.outline.numbering import NumberedText, goals_in
from extractors.outline.report_date import round_period
from extractors.outline.table_headers import IN_STATE, STATE_MARK, Column, cell_at, filled
from extractors.outline.tables import Columns, body_rows, columns, group_cell, period_cells

KINDS = ("readiness", "goals", "deeds")

_CODE = regex.compile(r"\p{Lu}{0,3}[\s.-]?\d{1,3}(?:(?:\.\d{1,3})*|[a-h])\.?")


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal that a row names: its code, its words; either may be missing."""

    code: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row. `goals` are those it belongs to, `opens` says that it names them itself; cells are None where empty."""

    table: Table
    cells: tuple[Cell, ...]
    goals: tuple[Goal, ...]
    opens: bool
    deed: Cell | None
    status: Cell | None
    readiness: Cell | None
    responsible: Cell | None
    schedule: Cell | None
    values: tuple[tuple[Column, Cell], ...]


@once_a_document
def goal_rows(document: AnalysedDocument) -> tuple[GoalRow, ...]:
    """The rows of all readiness, goal and measure tables, in order."""
    return tuple(row for table in document.tables if _has_goals(document, table) for row in _rows(document, table))


def _has_goals(document: AnalysedDocument, table: Table) -> bool:
    """Whether a table's rows are of goals: by its kind, or by goals and deeds beside indicators."""
    layout = columns(document, table)
    return layout.kind in KINDS or (layout.kind == "indicators" and layout.has("goal", "deed"))


def _rows(document: AnalysedDocument, table: Table) -> Iterator[GoalRow]:
    layout = columns(document, table)
    held: tuple[Goal, ...] = ()
    for row in body_rows(document, table):
        group = group_cell(document, table, row)
        if group is not None and layout.by_index[group.col].role == IN_STATE:
            group = None  # the only deed of a goal whose cell is merged
        own = _own_goals(document, layout, row) if group is None else _named(document, group)
        held = own or held
        if group is not None:
            if own and own[0].span is not None:
                yield GoalRow(table, row, held, True, None, None, None, None, None, ())
            continue
        found = GoalRow(
            table=table,
            cells=row,
            goals=held,
            opens=bool(own),
            deed=filled(document, cell_at(row, layout.role("deed"))),
            status=_marked(document, table, row) or filled(document, cell_at(row, layout.role("status", "readiness"))),
            readiness=filled(document, cell_at(row, layout.role("readiness"))),
            responsible=filled(document, cell_at(row, layout.role("responsible"))),
            schedule=filled(document, cell_at(row, layout.role("schedule"))),
            values=_values(document, table, layout, row),
        )
        in_states = list(_below_states(document, table, row, IN_STATE))
        yield from (replace(found, deed=cell, status=head, opens=False) for head, cell in in_states)
        if found.opens or not in_states:
            yield found


def _marked(document: AnalysedDocument, table: Table, row: tuple[Cell, ...]) -> Cell | None:
    """The heading of the state whose column a row marks."""
    return next((head for head, _ in _below_states(document, table, row, STATE_MARK)), None)


def _below_states(
    document: AnalysedDocument, table: Table, row: tuple[Cell, ...], role: str
) -> Iterator[tuple[Cell, Cell]]:
    """The deeds or marks of a row that stand in columns of states, each behind the heading that names its state."""
    layout = columns(document, table)
    for index, column in enumerate(layout.by_index):
        cell = filled(document, cell_at(row, index)) if column.role == role else None
        head = table.at(layout.n_header - 1, index)
        if cell is not None and head is not None:
            yield head, cell


def _values(
    document: AnalysedDocument, table: Table, layout: Columns, row: tuple[Cell, ...]
) -> tuple[tuple[Column, Cell], ...]:
    found = tuple((c, cell) for c, cell in period_cells(document, table, row) if c.period is not None)
    if layout.kind == "indicators":
        return ()  # figures of the indicators beside the goals
    if found or layout.kind != "readiness" or layout.has("deed"):
        return found
    index = layout.role("readiness", "status")
    cell, told = filled(document, cell_at(row, index)), round_period(document, table.start)
    if index is None or cell is None or told is None or cell.row != row[0].row:
        return ()
    return ((replace(layout.by_index[index], period=told[0], days=told[1], value="readiness"), cell),)


def _named(document: AnalysedDocument, cell: Cell) -> tuple[Goal, ...]:
    """The goals that a heading row names by their codes, perhaps with their words."""
    text = document.cell_wording(cell)
    if _CODE.fullmatch(text):
        return (Goal(plain_code(text), None),)
    found = enumerator(document.text, cell.start, cell.end)
    may_be = found is not None and found.prefix_kind in (None, "goal") and (found.prefix or len(found.parts) > 1)
    goals = goals_in(document, cell.start, cell.end, assume=bool(may_be))
    return tuple(_goal(goal) for goal in goals)


def _goal(goal: NumberedText) -> Goal:
    return Goal(goal.code, Span(goal.start, goal.end) if goal.start < goal.end else None)


def plain_code(text: str) -> str:
    """A code that stands alone in a cell: "1.1." → 1.1, "A 2" → A2."""
    found = enumerator(text)
    return found.code if found is not None else regex.sub(r"\s|\.$", "", text)


def _own_goals(document: AnalysedDocument, layout: Columns, row: tuple[Cell, ...]) -> tuple[Goal, ...]:
    """The goals that a row's own cells name."""
    cell = filled(document, cell_at(row, layout.role("goal")))
    coded = filled(document, cell_at(row, layout.role("code")))
    is_own = cell is not None and cell.row == row[0].row
    if coded is not None and coded.row == row[0].row:
        code = plain_code(document.cell_wording(coded))
        return (Goal(code, Span(cell.start, cell.end) if cell is not None and is_own else None),)
    if cell is None or not is_own:
        return ()
    goals = goals_in(document, cell.start, cell.end, assume=True)
    if not goals:
        return (Goal(None, Span(cell.start, cell.end)),)
    return tuple(_goal(goal) for goal in goals)


BULLET = regex.compile(r"\s*(?:[•·▪●○◦‣∙*]|[-–—](?=\s))\s*")


def items(document: AnalysedDocument, cell: Cell) -> list[Span]:
    """A cell as one stretch, or its bullets."""
    marked = [(span, BULLET.match(document.text, *span)) for span in cell.spans]
    if marked and all(match is not None for _, match in marked):
        return [Span(match.end(), span.end) for span, match in marked if match is not None]
    return [Span(cell.start, cell.end)]
