"""goal_status: the readiness of numbered goals by reporting period, from readiness tables.

A cell gives a percentage, or a stage on a scale that the document states ("3. Hyvässä vauhdissa (50 %)"), by number or
by name; the scale then says what the stage means in percent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractors.document import AnalysedDocument, Cell, Table, once_a_document
from extractors.facts.units import cell_tokens
from extractors.grammar.lexer import lexemes
from extractors.grammar.numbers import amounts
from extractors.outline.labels import squeeze
from extractors.outline.table_columns import body_rows, cell_at, goal_column, is_status_table, period_cells
from extractors.percentages import is_percentage
from extractors.process_goals import extract as process_goals
from extractors.process_goals import goal_cell
from extractors.records import GoalStatusRecord

_NUMBER_CELL = regex.compile(r"(?<number>\d{1,3}(?:[,.]\d+)?)")
_STAGE_LINE = regex.compile(
    r"(?P<stage>[1-9])(?:\s*[.):=–-]\s*|\s+(?=\p{L}))(?P<name>[^()\d%]*?)\s*[(=:–,-]*\s*(?P<percent>\d{1,3})\s*%"
)
_STAGE_CELL = regex.compile(r"(?:(?P<word>\p{L}+)\s+)?(?P<stage>[1-9])(?:\s*/\s*[1-9])?(?=$|\s*[(.,:–-]|\s+\p{L})")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a document's own scale, and what it means in percent (0..100)."""

    number: int
    name: str
    percent: float


@once_a_document
def scale(document: AnalysedDocument) -> tuple[Stage, ...]:
    """The scale that a document states, stage by stage; empty where it has none."""
    found: dict[int, Stage] = {}
    for block in document.blocks:
        text = document.clean(block.start, block.end)
        marked = f"{block.marker} {text}" if block.marker else text
        for match in _STAGE_LINE.finditer(marked):
            number = int(match["stage"])
            if number == len(found) + 1:
                found[number] = Stage(number, squeeze(match["name"]), float(match["percent"]))
        if len(found) == 1 and len(text) > 400:
            found.clear()
    return tuple(found.values()) if len(found) >= 3 else ()


def extract(document: AnalysedDocument) -> Iterator[GoalStatusRecord]:
    """The filled period cells of every numbered goal."""
    ids = {goal.code: goal.goal_id for goal in process_goals(document) if goal.code and goal.origin == "current"}
    for table in document.tables:
        if not is_status_table(document, table):
            continue
        index = goal_column(document, table)
        in_percent = _in_percent(document, table)
        for row in body_rows(document, table):
            goal = cell_at(row, index)
            if goal is None or not goal.spans:
                continue
            codes = [code for code, _ in goal_cell(document, goal.start, goal.end) if code]
            for column, cell in period_cells(document, table, row):
                if column.period is None:
                    continue
                raw = document.cell_wording(cell)
                percent, stage = reading(raw, scale(document), _percent(document, cell), in_percent)
                for code in codes:
                    yield GoalStatusRecord(
                        goal_id=ids.get(code),
                        doc_id=document.doc_id,
                        code=code,
                        period=column.period,
                        raw=raw,
                        percent=percent,
                        stage=stage,
                        char_start=cell.start,
                        char_end=cell.end,
                    )


def _in_percent(document: AnalysedDocument, table: Table) -> bool:
    """Whether a table's cells are percentages: some say so, and then a bare number means one too."""
    return any(
        _percent(document, cell) is not None
        for row in body_rows(document, table)
        for _, cell in period_cells(document, table, row)
    )


@once_a_document
def _percent(document: AnalysedDocument, cell: Cell) -> float | None:
    """The first percentage in a cell; of a range the upper end, which the goal has reached at best."""
    found = amounts(lexemes(cell_tokens(document, cell)))
    amount = next(filter(is_percentage, found), None)
    return None if amount is None else amount.value if amount.value_max is None else amount.value_max


def reading(
    raw: str, stages: tuple[Stage, ...], percent: float | None = None, in_percent: bool = False
) -> tuple[float | None, int | None]:
    """Percent and stage that a cell gives, `percent` being the percentage in it; a bare number is one too where the
    table is `in_percent`.

    >>> reading("lähtötilanne 50 %", (), 50.0)
    (50.0, None)
    >>> reading("vaihe 3", (Stage(1, "", 0.0), Stage(2, "", 25.0), Stage(3, "", 50.0)))
    (50.0, 3)
    """
    if percent is not None:
        named = next((stage.number for stage in stages if len(stage.name) > 2 and stage.name in squeeze(raw)), None)
        return percent, named
    by_number = {stage.number: stage for stage in stages}
    if (match := _STAGE_CELL.match(raw)) and int(match["stage"]) in by_number:
        stage = by_number[int(match["stage"])]
        return stage.percent, stage.number
    if in_percent and (match := _NUMBER_CELL.fullmatch(raw)) and float(match["number"].replace(",", ".")) <= 100:
        return float(match["number"].replace(",", ".")), None
    wanted = squeeze(raw)
    for stage in stages:
        if len(stage.name) > 2 and wanted.startswith(stage.name):
            return stage.percent, stage.number
    return None, None
