"""indicators: indicator tables (mittarit), one row per non-empty cell of a period or baseline column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.document import AnalysedDocument, Cell, Table, Token
from extractors.grammar.lexer import lexemes
from extractors.grammar.numbers import amounts, comparator_before
from extractors.ids import section_id_at
from extractors.outline.national_goals import benefit_goal_at, heading_goals
from extractors.outline.table_headers import cell_at, is_empty
from extractors.outline.tables import body_rows, columns, is_group, is_indicator_table, period_cells
from extractors.readings import cell_tokens
from extractors.records import IndicatorRecord
from lexicons import needs

_ABOUT = needs("units", "about")
"""The comparator that leaves a number what it is."""


def extract(document: AnalysedDocument) -> Iterator[IndicatorRecord]:
    """The filled cells of every indicator table."""
    for table in document.tables:
        if is_indicator_table(document, table):
            yield from _of_table(document, table)


def _of_table(document: AnalysedDocument, table: Table) -> Iterator[IndicatorRecord]:
    layout = columns(document, table)
    carried: dict[str, str | None] = {"benefit_goal": None, "work_package": None}
    served = benefit_goal_at(document, table.start)
    for row in body_rows(document, table):
        if is_group(document, table, row):
            served = _group_goal(document, row) or served
            continue
        for role in carried:
            carried[role] = _text(document, cell_at(row, layout.role(role))) or carried[role]
        indicator = _text(document, cell_at(row, layout.role("indicator")))
        if indicator is None:
            continue
        for column, cell in period_cells(document, table, row):
            number, unit = reading(cell_tokens(document, cell))
            yield IndicatorRecord(
                doc_id=document.doc_id,
                section_id=section_id_at(document, table.start),
                benefit_goal=_number_of(carried["benefit_goal"]) or served,
                benefit_goal_text=None if _number_of(carried["benefit_goal"]) else carried["benefit_goal"],
                indicator=indicator,
                work_package=carried["work_package"],
                source=_text(document, cell_at(row, layout.role("source"))),
                period=column.period or str(column.role),
                raw=document.cell_wording(cell),
                number=number,
                unit=unit,
                char_start=cell.start,
                char_end=cell.end,
            )


def _number_of(text: str | None) -> int | None:
    """A national goal's number that a cell holds and nothing else."""
    return int(text) if text is not None and text in ("1", "2", "3", "4", "5") else None


def _group_goal(document: AnalysedDocument, row: tuple[Cell, ...]) -> int | None:
    """The national goal that a row heading other rows names."""
    cell = next(cell for cell in row if cell.spans)
    goals = heading_goals(document.tokens_in(cell.start, cell.end), None)
    return goals[0] if goals else None


def _text(document: AnalysedDocument, cell: Cell | None) -> str | None:
    text = document.cell_wording(cell) if cell is not None else ""
    return None if is_empty(text) else text


def reading(tokens: Sequence[Token]) -> tuple[float | None, str | None]:
    """The value and unit of a cell that is one number, with or without a unit; else None, None.

    670 kpl → 670, kpl · n. 40 % → 40, % · -15 → -15 · -30--45 → nothing, it is two
    """
    items = lexemes(tokens)
    found = list(amounts(items))
    if len(found) != 1 or found[0].value_max is not None or found[0].is_fraction:
        return None, None
    amount = found[0]
    comparator = comparator_before(items, amount.first)
    is_about = comparator is not None and comparator.value in _ABOUT.ids
    before = items[: comparator.first if comparator is not None and is_about else amount.first]
    if before or any(item.kind != "dot" for item in items[amount.last + 1 :]):
        return None, None
    return amount.value, "".join(item.text for item in items[amount.number_last + 1 : amount.last + 1]) or None
