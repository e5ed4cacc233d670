"""indicators: indicator tables (mittarit), one row per non-empty cell of a period, baseline or target column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractors.document import AnalysedDocument, Cell, Span, Table, once_a_document
from extractors.facts.identifiers import identifier_at
from extractors.facts.periods import period_columns
from extractors.facts.units import Unit, code_of, unit_beside, unit_of
from extractors.grammar.numbers import Amount, amounts
from extractors.grammar.ranges import Expression
from extractors.ids import record_id, section_id_at
from extractors.outline.enumerators import enumerator
from extractors.outline.labels import squeeze
from extractors.outline.national_goals import benefit_goal_at
from extractors.outline.table_headers import Column, cell_at, is_empty
from extractors.outline.tables import (
    Columns,
    body_rows,
    columns,
    group_cell,
    group_goals,
    is_indicator_table,
    is_package,
    national_goal,
    period_cells,
)
from extractors.readings import Reading, readings
from extractors.records import IndicatorRecord


def extract(document: AnalysedDocument) -> Iterator[IndicatorRecord]:
    """The filled cells of every indicator table."""
    ids: dict[tuple[str, int | None, str], str] = {}
    for table in document.tables:
        if is_indicator_table(document, table):
            for row in _rows(document, table):
                key = (squeeze(row.name), row.goal, squeeze(row.goal_text or ""))
                indicator_id = ids.setdefault(key, record_id(document.doc_id, "i", len(ids) + 1))
                for column, cell in period_cells(document, table, row.cells):
                    yield _record(document, row, indicator_id, column, cell)


class _Row(NamedTuple):
    """An indicator's row: what it is called, what it serves, where its figures come from."""

    table: Table
    cells: tuple[Cell, ...]
    name: str
    goal: int | None
    goal_text: str | None
    work_package: str | None
    source: str | None


def _rows(document: AnalysedDocument, table: Table) -> Iterator[_Row]:
    layout = columns(document, table)
    served, package = benefit_goal_at(document, table.start), None
    own: Cell | None = None
    for row in body_rows(document, table):
        if (group := group_cell(document, table, row)) is not None:
            goals = group_goals(document, group)
            served, own = (goals[0], None) if goals else (served, own)
            package = document.cell_wording(group) if is_package(document, group) else package
            continue
        own = _filled(document, cell_at(row, layout.role("benefit_goal", "goal"))) or own
        package = _text(document, cell_at(row, layout.role("work_package"))) or package
        name = _text(document, cell_at(row, layout.role("indicator")))
        if name is None:
            continue
        named = national_goal(document, own) if own is not None else None
        yield _Row(
            table,
            row,
            name,
            named or served,
            _goal_text(document, own) if own is not None else None,
            package,
            _text(document, cell_at(row, layout.role("source"))),
        )


def _record(document: AnalysedDocument, row: _Row, indicator_id: str, column: Column, cell: Cell) -> IndicatorRecord:
    figure = figure_in(document, cell)
    unit = figure.unit or _told_unit(document, row, cell) if figure.number is not None else None
    due = column.due[0] if column.role == "target" and column.due is not None else None
    return IndicatorRecord(
        indicator_id=indicator_id,
        doc_id=document.doc_id,
        section_id=section_id_at(document, row.table.start),
        benefit_goal=row.goal,
        benefit_goal_text=row.goal_text,
        indicator=row.name,
        work_package=row.work_package,
        source=row.source,
        period=column.period or str(column.role),
        **period_columns(column.period or due),
        target_period=due,
        raw=document.cell_wording(cell),
        number=figure.number,
        number_max=figure.number_max,
        unit=unit.text if unit is not None else None,
        unit_code=unit.code if unit is not None else None,
        char_start=cell.start,
        char_end=cell.end,
    )


# The goal that an indicator serves


def _goal_text(document: AnalysedDocument, cell: Cell) -> str | None:
    """A goal's words; None where its cell has but the national goal's number."""
    text = document.cell_wording(cell)
    numbered = enumerator(document.text, cell.start, cell.end)
    is_number = text.isdecimal() or (numbered is not None and numbered.end >= cell.end)
    return None if is_number else text


def _filled(document: AnalysedDocument, cell: Cell | None) -> Cell | None:
    return cell if _text(document, cell) is not None else None


def _text(document: AnalysedDocument, cell: Cell | None) -> str | None:
    text = document.cell_wording(cell) if cell is not None else ""
    return None if is_empty(text) else text


# Figures


class Figure(NamedTuple):
    """What a cell measures: the first figure in it, the upper end of a range, the unit beside it."""

    number: float | None = None
    number_max: float | None = None
    unit: Unit | None = None


@once_a_document
def _by_cell(document: AnalysedDocument) -> dict[Cell, Reading]:
    return {reading.unit.cell: reading for reading in readings(document) if reading.unit.cell is not None}


def figure_in(document: AnalysedDocument, cell: Cell) -> Figure:
    """The first figure of a cell that is no date, no share in words and no part of a name, with the unit beside it.

    670 kpl → 670, kpl · 3 vrk, tavoite täyttyi → 3, vrk · 75–80 % → 75 to 80, % · -30--45 → nothing: which is it?
    """
    reading = _by_cell(document).get(cell)
    if reading is None:
        return Figure()
    dated = _dated(reading)
    for amount in amounts(reading.lexemes, dated):
        start, end = reading.lexemes[amount.first].start, reading.lexemes[amount.number_last].end
        if amount.is_fraction or identifier_at(document, start, end):
            continue
        before = enumerate(reading.lexemes[: amount.first])
        if any(item.kind == "num" and index not in dated for index, item in before):
            return Figure()  # a number stands before it that nothing reads
        return Figure(amount.value, amount.value_max, _unit_behind(document, reading, amount))
    return Figure()


def _dated(reading: Reading) -> set[int]:
    """The lexemes of a cell that are dates and times of day; its lengths of time are figures."""
    times = (time for time in reading.times if isinstance(time, Expression) or time.type == "TIME")
    return {index for time in times for index in range(time.first, time.last + 1)}


def _unit_behind(document: AnalysedDocument, reading: Reading, amount: Amount) -> Unit | None:
    """The unit behind a figure, with what it is counted against: 12 €/asukas."""
    if amount.unit is None:
        return _counted_behind(reading, amount)
    items = reading.lexemes
    last = amount.last
    if last + 2 < len(items) and items[last + 1].kind == "slash" and items[last + 1].glued and items[last + 2].glued:
        last += 2
    first = min(amount.number_last + 1, amount.last)
    span = Span(items[first].start, items[last].end)
    return unit_of(document, span) or Unit(document.wording(*span), code_of(amount.unit))


def _counted_behind(reading: Reading, amount: Amount) -> Unit | None:
    """The noun that a figure counts, as it is written: 140 perhettä."""
    items = reading.lexemes
    token = reading.token_at(items[amount.last + 1].start) if amount.last + 1 < len(items) else None
    is_counted = token is not None and token.pos == "NOUN" and token.case == "Par" and token.text.islower()
    return Unit(token.text, "count") if token is not None and is_counted else None


def _told_unit(document: AnalysedDocument, row: _Row, cell: Cell) -> Unit | None:
    """The unit of a bare number: its own column's, the one in the indicator's name, else the one in the heading."""
    layout = columns(document, row.table)
    own = _filled(document, cell_at(row.cells, layout.role("scale")))
    if own is not None and (unit := unit_of(document, Span(own.start, own.end))) is not None:
        return unit
    name = cell_at(row.cells, layout.role("indicator"))
    headings = _headings(layout, row.table, cell) + (_headings(layout, row.table, name) if name is not None else [])
    beside = (unit_beside(document, one) for one in (*([name] if name is not None else []), *headings))
    return next((unit for unit in beside if unit is not None), None)


def _headings(layout: Columns, table: Table, cell: Cell) -> list[Cell]:
    """The headings above a cell, the nearest first."""
    above = [cell_at(row, cell.col) for row in reversed(table.rows[: layout.n_header])]
    return [one for one in above if one is not None and one.spans]
