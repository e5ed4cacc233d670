"""goal_status: the readiness of numbered goals by reporting period, from tables and from lines in prose.

Each cell is read by itself: a percentage, or a stage on the scale that the document explains, by number or by name; the
legend then says what the stage means in percent, if it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractors import rows
from extractors.document import AnalysedDocument, Block, Cell, Section, Span, Table, once_a_document
from extractors.facts.goal_rows import GoalRow, goal_rows, value_words
from extractors.facts.scales import MAX_STAGE, Readiness, Stage, percent_figure, read, scale
from extractors.grammar.calendar import interval, value
from extractors.outline.labels import period_days, squeeze
from extractors.outline.tables import columns
from extractors.readings import cell_tokens, points_in
from extractors.records import GoalStatusRecord, MeasureRecord, ProcessGoalRecord
from lexicons import needs

_LABEL_WORDS = needs("readiness", "label")
_STAGE = needs("readiness", "stage")
_PERCENT = needs("readiness", "percent")
_BESIDE = needs("readiness", "beside")
_CONJUNCTION = needs("numbering", "conjunction")

MAX_LABEL = 40
"""Code points of a label before the readiness of a goal in prose."""

_LABEL = regex.compile(rf"(?P<label>\p{{L}}[^:\n]{{2,{MAX_LABEL}}}?)\s*:\s*(?P<rest>\S.*)", regex.DOTALL)
_SHORT = regex.compile(r"\b\p{L}{1,3}\.?\s?[-–'’]?(?:20)?\d\d\b")


def extract(document: AnalysedDocument) -> Iterator[GoalStatusRecord]:
    """The filled period cells of every numbered goal, and what prose under a goal says of its readiness."""
    goals = rows(document, ProcessGoalRecord)
    ids = {goal.code: goal.goal_id for goal in goals if goal.code and goal.origin == "current"}
    stages = scale(document, _words(document))
    measures = {measure.char_start: measure.measure_id for measure in rows(document, MeasureRecord)}
    for row in goal_rows(document):
        measure = measures.get(row.deed.start) if row.deed is not None else None
        bare = _bare(document, row.table, row.cells, stages)
        for column, cell in row.values:
            raw = document.cell_wording(cell)
            found = read(raw, stages, bare)
            for code in _codes(document, row):
                yield _record(document, ids, code, str(column.period), raw, found, Span(cell.start, cell.end), measure)
    for section in document.sections:
        for code in section.goal_codes:
            for period, raw, span in _in_prose(document, section):
                yield _record(document, ids, code, period, raw, read(raw, stages), span, None)


def _record(
    document: AnalysedDocument,
    ids: dict[str, str],
    code: str,
    period: str,
    raw: str,
    found: Readiness,
    span: Span,
    measure: str | None,
) -> GoalStatusRecord:
    return GoalStatusRecord(
        goal_id=ids.get(code),
        doc_id=document.doc_id,
        code=code,
        measure_id=measure,
        period=period,
        raw=raw,
        percent=found.percent,
        stage=found.stage,
        char_start=span.start,
        char_end=span.end,
    )


def _codes(document: AnalysedDocument, row: GoalRow) -> list[str]:
    """The codes of a row's goals; in a table without them, of the goal that its section reports on."""
    codes = [goal.code for goal in row.goals if goal.code]
    section = document.section_at(row.table.start)
    if codes or row.goals or section is None:
        return codes
    return list(next((above.goal_codes for above in document.ancestors(section) if above.goal_codes), ()))


@once_a_document
def _words(document: AnalysedDocument) -> tuple[str, ...]:
    """The words by which the document's cells and lines tell readiness, squeezed."""
    lines = [raw for section in document.sections if section.goal_codes for _, raw, _ in _in_prose(document, section)]
    told = {squeeze(text) for text in lines if not any(map(str.isdigit, text))}
    return tuple(sorted(told | set(value_words(document))))


def _bare(document: AnalysedDocument, table: Table, row: Sequence[Cell], stages: Sequence[Stage]) -> str | None:
    """What a bare number means in a row: what its scale's cell or the heading says, else what other cells show."""
    layout = columns(document, table)
    scale_column = layout.role("scale")
    told = [cell for cell in row if cell.col == scale_column]
    told += [cell for line in table.rows[: layout.n_header] for cell in line]
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


# Prose


def _in_prose(document: AnalysedDocument, section: Section) -> Iterator[tuple[str, str, Span]]:
    """Period, words and place of each readiness that a labelled line of a goal's own body tells."""
    for block in document.blocks:
        if not section.body.start <= block.start < section.body.end or block.kind == "list_item":
            continue
        match = _LABEL.fullmatch(document.text, block.start, block.end)
        if match is not None and _is_label(document, block, match):
            yield from _told(document, Span(match.start("rest"), match.end("rest")))


def _is_label(document: AnalysedDocument, block: Block, match: regex.Match[str]) -> bool:
    tokens = [token for token in document.tokens_in(block.start, match.end("label")) if token.is_word]
    named = list(_LABEL_WORDS.find(tokens))
    return bool(named) and len(tokens) <= 4 and named[-1].last == len(tokens) - 1


@cache
def _parts() -> regex.Pattern[str]:
    """Where the parts of a line begin that may each tell a period: "Kevät 2021: 20 %, syksy 2021: 40 % ja ..."."""
    return regex.compile(rf",(?!\d)|;|\.\s|\s(?={_CONJUNCTION.pattern}\s)")


def _told(document: AnalysedDocument, line: Span) -> Iterator[tuple[str, str, Span]]:
    """A line's readings, each with the period that stands in the same part of the sentence."""
    position = line.start
    cuts = [match.start() for match in _parts().finditer(document.text, line.start, line.end)]
    for cut in [*cuts, line.end]:
        part = Span(position, cut)
        position = cut
        period, dated = _period_in(document, part)
        if period is None:
            continue
        span = _reading_in(document, part, dated)
        if span is not None:
            yield period, document.wording(*span), span


def _period_in(document: AnalysedDocument, part: Span) -> tuple[str | None, Span]:
    for point in points_in(document, *part):
        if interval(point.begin) is not None and point.begin.grain != "day":
            return value(point.begin), point.span
    for match in _SHORT.finditer(document.text, *part):
        found = period_days(match.group())
        if found is not None:
            return found[0], Span(*match.span())
    return None, part


def _reading_in(document: AnalysedDocument, part: Span, dated: Span) -> Span | None:
    """What of a part is the readiness: its percentage, else its words without the period and words beside it."""
    figure = percent_figure().search(document.text, *part)
    if figure is not None:
        return Span(*figure.span())
    pieces = [Span(part.start, dated.start), Span(dated.end, part.end)]
    best = max(pieces, key=lambda piece: sum(map(str.isalnum, piece.of(document.text))))
    text = best.of(document.text)
    start, end = best.start, best.end
    while start < end and not document.text[start].isalnum():
        start += 1
    while end > start and not (document.text[end - 1].isalnum() or document.text[end - 1] == "%"):
        end -= 1
    words = regex.split(r"\s+", document.text[start:end])
    while words and words[0].lower() in _beside():
        start += len(words[0])
        start += len(document.text[start:end]) - len(document.text[start:end].lstrip())
        words = words[1:]
    return Span(start, end) if text and any(map(str.isalnum, document.text[start:end])) else None


@cache
def _beside() -> frozenset[str]:
    return frozenset(_BESIDE.texts)
