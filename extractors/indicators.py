"""indicators: indicator tables (mittarit), one row per non-empty cell of a period or baseline column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extractors.document import AnalysedDocument, Cell, Table
from extractors.ids import section_id_at
from extractors.outline.national_goals import benefit_goal_at, heading_goals
from extractors.outline.table_headers import cell_at, is_empty
from extractors.outline.tables import body_rows, columns, is_group, is_indicator_table, period_cells
from extractors.records import IndicatorRecord
from lexicons import load


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
            raw = document.cell_wording(cell)
            number, unit = reading(raw)
            yield IndicatorRecord(
                doc_id=document.doc_id,
                section_id=section_id_at(document, table.start),
                benefit_goal=_number_of(carried["benefit_goal"]) or served,
                benefit_goal_text=None if _number_of(carried["benefit_goal"]) else carried["benefit_goal"],
                indicator=indicator,
                work_package=carried["work_package"],
                source=_text(document, cell_at(row, layout.role("source"))),
                period=column.period or str(column.role),
                raw=raw,
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


@cache
def _number() -> regex.Pattern[str]:
    terms = [
        t.text
        for group in ("count", "money", "duration", "index", "percent")
        for e in load("units").group(group)
        for t in e.terms
    ]
    units = "|".join(regex.escape(term) for term in sorted(terms, key=len, reverse=True))
    return regex.compile(
        r"(?:(?:n\.|noin)\s*)?(?P<number>[-−+]?(?:\d{1,3}(?:[\s\u00a0\u202f]\d{3})+|\d+)(?:,\d+|\.\d+)?)"
        rf"\s*(?P<unit>(?:{units})\p{{L}}*)?\.?",
        regex.IGNORECASE,
    )


def reading(raw: str) -> tuple[float | None, str | None]:
    """The value and unit of a cell that is one number, with or without a unit; else None, None.

    >>> reading("670 kpl"), reading("-15"), reading("-30--45"), reading("1 327")
    ((670.0, 'kpl'), (-15.0, None), (None, None), (1327.0, None))
    """
    match = _number().fullmatch(raw)
    if match is None:
        return None, None
    digits = regex.sub(r"\s", "", match["number"]).replace("−", "-").replace(",", ".")
    return float(digits), match["unit"]
