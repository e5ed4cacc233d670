"""goal_status: the readiness of numbered goals by reporting period, from tables and from lines in prose.

Each cell is read by itself: a percentage, or a stage on the scale that the document explains, by number or by name; the
legend then says what the stage means in percent, if it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors import rows
from extractors.document import AnalysedDocument, Cell, Span, Table
from extractors.facts.goal_rows import GoalRow, goal_rows
from extractors.facts.legends import scale
from extractors.facts.periods import period_columns
from extractors.facts.readiness_lines import readiness_lines
from extractors.facts.scales import MAX_STAGE, Readiness, Stage, percent_figure, read
from extractors.outline.tables import Columns, columns
from extractors.readings import cell_tokens
from extractors.records import GoalStatusRecord, MeasureRecord, ProcessGoalRecord
from lexicons import needs

_STAGE = needs("readiness", "stage")
_PERCENT = needs("readiness", "percent")


def extract(document: AnalysedDocument) -> Iterator[GoalStatusRecord]:
    """The filled period cells of every numbered goal, and what prose under a goal says of its readiness."""
    goals = rows(document, ProcessGoalRecord)
    ids: dict[str | int, str] = {goal.char_start: goal.goal_id for goal in goals}
    ids |= {goal.code: goal.goal_id for goal in goals if goal.code and goal.origin == "current"}
    stages = scale(document)
    measures = {measure.char_start: measure.measure_id for measure in rows(document, MeasureRecord)}
    for row in goal_rows(document):
        measure = measures.get(row.deed.start) if row.deed is not None else None
        bare = _bare(document, row.table, row.cells, stages)
        for column, cell in row.values:
            raw = document.cell_wording(cell)
            found = read(raw, stages, bare)
            for code, goal_id in _goals(document, row, ids):
                span = Span(cell.start, cell.end)
                yield _record(document, goal_id, code, str(column.period), raw, found, span, measure)
    for line in readiness_lines(document):
        raw = document.wording(*line.span)
        goal_id = ids.get(line.code or line.goal or "")
        yield _record(document, goal_id, line.code, line.period, raw, read(raw, stages), line.span, None)


def _record(
    document: AnalysedDocument,
    goal_id: str | None,
    code: str | None,
    period: str,
    raw: str,
    found: Readiness,
    span: Span,
    measure: str | None,
) -> GoalStatusRecord:
    return GoalStatusRecord(
        goal_id=goal_id,
        doc_id=document.doc_id,
        code=code,
        measure_id=measure,
        period=period,
        **period_columns(period),
        raw=raw,
        percent=found.percent,
        stage=found.stage,
        char_start=span.start,
        char_end=span.end,
    )


def _goals(
    document: AnalysedDocument, row: GoalRow, ids: dict[str | int, str]
) -> Iterator[tuple[str | None, str | None]]:
    """The code and the id of each of a row's goals; in a table without goals, of those that its section reports on."""
    section = document.section_at(row.table.start)
    codes = [goal.code for goal in row.goals if goal.code]
    if not row.goals and section is not None:
        codes = list(next((above.goal_codes for above in document.ancestors(section) if above.goal_codes), ()))
    yield from ((code, ids.get(code)) for code in codes)
    if not codes:
        yield from ((None, ids.get(goal.span.start)) for goal in row.goals if goal.span is not None)


def _bare(document: AnalysedDocument, table: Table, row: Sequence[Cell], stages: Sequence[Stage]) -> str | None:
    """What a bare number means in a row: what its scale's cell or the heading says, else what other cells show."""
    layout = columns(document, table)
    scale_column = layout.role("scale")
    told = [cell for cell in row if cell.col == scale_column]
    told += [cell for line in table.rows[: layout.n_header] for cell in line if _heads_values(layout, cell)]
    for cell in told:
        words = cell_tokens(document, cell)
        if _PERCENT.stand_in(words) or "%" in document.cell_wording(cell):
            return "percent"
        if _STAGE.stand_in(words):
            return "stage"
    cells = [
        document.cell_wording(cell) for line in goal_rows(document) if line.table is table for _, cell in line.values
    ]
    numbers = [int(text) for text in cells if text.isdecimal()]
    counts_to_100 = bool(numbers) and MAX_STAGE < max(numbers) <= 100
    has_percents = counts_to_100 or any(percent_figure().search(text) for text in cells)
    if stages:
        return "either" if has_percents else "stage"
    return "percent" if has_percents else None


def _heads_values(layout: Columns, cell: Cell) -> bool:
    """Whether a heading stands over columns of readiness: a note in the goals' heading says nothing of numbers."""
    above = layout.by_index[cell.col : cell.col + cell.col_span]
    return any(column.period is not None or column.role == "readiness" for column in above)
