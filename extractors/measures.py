"""measures: development measures (kehittämistoimenpiteet) reported under a goal.

One row a bullet, or a sentence where there are no bullets, or a row of a table whose rows are measures. State labels
("Valmistuneet"), lead-ins and lines that tell a goal's readiness are no rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from extractors.document import AnalysedDocument, Block, Cell, Section, Span, once_a_document
from extractors.facts.figure_roles import states_readiness
from extractors.facts.goal_rows import BULLET, GoalRow, goal_rows, items
from extractors.facts.legends import legend, legend_lines, scale
from extractors.facts.readiness_lines import readiness_lines
from extractors.facts.scales import Stage, read
from extractors.facts.state_signs import Sign, Told, signs
from extractors.facts.statuses import State, weigh
from extractors.facts.timed import timed
from extractors.ids import record_id, section_id_at
from extractors.outline.fields import LABEL_VALUE
from extractors.outline.goal_lines import goal_lines
from extractors.outline.goal_prose import goal_prose
from extractors.outline.labels import only_state, state_label, state_of
from extractors.outline.numbering import numbering
from extractors.outline.state_labels import label_of
from extractors.outline.tables import columns
from extractors.percentages import percentages_of
from extractors.readings import cell_tokens
from extractors.records import MeasureRecord
from lexicons import needs

_DEEDS = needs("measure_words", "deeds")
_PERCENT = needs("readiness", "percent")
_CONJUNCTION = needs("numbering", "conjunction")


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure found: where it stands, its goals, its state, its percent, and the signs that were weighed for its
    state (none where a cell tells it)."""

    span: Span
    codes: tuple[str | None, ...]
    state: State
    percent: float | None
    signs: tuple[Sign, ...] = ()
    responsible: str | None = None
    schedule: str | None = None


def extract(document: AnalysedDocument) -> Iterator[MeasureRecord]:
    """The measures of a document in text order; under a heading of several goals each measure is a row of each."""
    number = 0
    for measure in _found(document):
        for code in measure.codes:
            number += 1
            yield MeasureRecord(
                measure_id=record_id(document.doc_id, "m", number),
                doc_id=document.doc_id,
                section_id=section_id_at(document, measure.span.start),
                goal_code=code,
                status=measure.state.status,
                status_source=measure.state.source,
                status_start=measure.state.span.start if measure.state.span else None,
                status_end=measure.state.span.end if measure.state.span else None,
                responsible=measure.responsible,
                schedule=measure.schedule,
                text=document.wording(*measure.span),
                percent=measure.percent,
                char_start=measure.span.start,
                char_end=measure.span.end,
            )


def weighed(document: AnalysedDocument) -> Iterator[tuple[Span, tuple[Sign, ...]]]:
    """The measures whose state is weighed, in text order, with their signs: what the weights are fitted to."""
    return ((measure.span, measure.signs) for measure in _found(document) if measure.signs)


def _found(document: AnalysedDocument) -> list[_Measure]:
    found = [measure for section in document.sections for measure in _in_section(document, section)]
    found += [measure for row in goal_rows(document) for measure in _in_row(document, row)]
    return sorted(found, key=lambda measure: measure.span)


def _codes(document: AnalysedDocument, section: Section) -> tuple[str, ...]:
    """The numbered goals that a section reports on: its own heading's or those of a heading above."""
    return next((above.goal_codes for above in document.ancestors(section) if above.goal_codes), ())


# Lists and prose


def _in_section(document: AnalysedDocument, section: Section) -> Iterator[_Measure]:
    above_codes = _codes(document, section)
    paragraph: Told | None = None
    for span, label, is_item, codes in _stretches(document, section, above_codes):
        percent = _readiness(document, span)
        above = paragraph if is_item else None
        told = signs(document.tokens_in(*span), label, timed(document, span), above, percent)
        found = weigh(told)
        if not is_item:
            paragraph = Told(found.status, span) if found.status is not None else None
        yield _Measure(span, _named_codes(document, span, codes), found, percent, told)


def _named_codes(document: AnalysedDocument, span: Span, codes: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Of the goals that a section reports on those that a measure names itself: "Ajanvaraus yhtenäistetty (OT1)"."""
    if len(codes) < MANY:
        return codes
    text = document.text[span.start : span.end]
    named = tuple(
        code for code in codes if code and regex.search(rf"(?<![\w.]){regex.escape(code)}(?![\w]|\.\d)", text)
    )
    return named or codes


MANY = 2
"""Goals of one section among which a measure may name its own."""


def _stretches(
    document: AnalysedDocument, section: Section, above: tuple[str, ...]
) -> Iterator[tuple[Span, Told | None, bool, tuple[str | None, ...]]]:
    """The measures of a section's own body with the state label above each, whether it is a list item, and its goals:
    those that its paragraph opens with, else those `above` it."""
    label: Told | None = None
    blocks = document.blocks
    first, end = (bisect_left(blocks, place, key=lambda block: block.start) for place in section.body)
    of_goal = {line.block for line in readiness_lines(document)}
    own = [block for block in blocks[first:end] if block.start not in of_goal]
    told = [block for block in own if (part := _labelled(document, block)) and part[0] == "deeds"]
    explained = legend_lines(document)
    goals: tuple[str | None, ...] = above
    in_table = any(section.body.start <= start < section.body.end for start in _deed_tables(document))
    is_assessed = section.evaluation_date is not None and any(one.benefit_goals for one in document.ancestors(section))
    for block in own:
        if block.start in goal_prose(document):
            code, prose = goal_prose(document)[block.start]
            for sentence in document.sentences_in(*prose):
                yield sentence, None, False, (code,)
            continue
        if block.start in goal_lines(document):
            goals, label = (None,), None
            continue
        is_report = goals or (is_assessed and _reports_by_state(document))
        if not is_report or block.start in explained or numbering(document).kind_at(block.start) == "caption":
            continue
        named = label_of(document, block)
        if named is not None:
            label = Told(named, Span(block.start, block.end))
        elif block.kind == "list_item":
            if goals or label is not None:
                yield Span(block.start, block.end), label, True, goals or (None,)
        elif goals:
            part = _labelled(document, block)
            if in_table and part is None and label is None:
                continue  # what introduces a table of measures
            if (told and part is None) or (part is not None and part[0] != "deeds"):
                continue
            for sentence in _sentences(document, block, part[1] if part else block.start):
                yield sentence, label, False, goals


FEWEST_STATES = 2
"""Different states that labels over lists name from which on an assessment reports its measures by state."""


@once_a_document
def _reports_by_state(document: AnalysedDocument) -> bool:
    """Whether labels over lists name several states: what they head is measures, also under no numbered goal."""
    over_lists = (block for block, below in pairwise(document.blocks) if below.kind == "list_item")
    states = {label_of(document, block) for block in over_lists if block.kind != "list_item"}
    return len(states - {None}) >= FEWEST_STATES


@once_a_document
def _deed_tables(document: AnalysedDocument) -> frozenset[int]:
    """Where the tables begin whose rows are measures."""
    return frozenset(row.table.start for row in goal_rows(document) if row.deed is not None)


def _labelled(document: AnalysedDocument, block: Block) -> tuple[str, int] | None:
    """What a line of a label and its value is (`deeds`, or `other`) and where the value begins; None: no such line."""
    match = LABEL_VALUE.fullmatch(document.text, block.start, block.end)
    if match is None or block.kind == "list_item":
        return None
    tokens = [token for token in document.tokens_in(block.start, match.end("label")) if token.is_word]
    if len(tokens) > 3 or state_of(tokens) is not None:
        return None
    return ("deeds" if _DEEDS.stand_in(tokens) else "other"), match.start("value")


def _sentences(document: AnalysedDocument, block: Block, start: int) -> Iterator[Span]:
    """The sentences of a paragraph without a lead-in that opens a list."""
    for sentence in document.sentences_in(start, block.end):
        if document.text[sentence.end - 1] in ":;":
            continue
        if any(token.is_word for token in document.tokens_in(*sentence)):
            yield sentence


# Tables


def _in_row(document: AnalysedDocument, row: GoalRow) -> Iterator[_Measure]:
    """The measures of a table's row: its deed's cell, or the items of it."""
    if row.deed is None or row.deed.row != row.cells[0].row:
        return
    codes: tuple[str | None, ...] = tuple(goal.code for goal in row.goals if goal.code)
    section = document.section_at(row.table.start)
    codes = codes or (_codes(document, section) if section is not None else ()) or (None,) * bool(row.goals)
    found, percent = _row_state(document, row)
    for span, label in _items(document, row.deed):
        readiness = percent if percent is not None else _readiness(document, span)
        told: tuple[Sign, ...] = ()
        if found.status is None:
            told = signs(document.tokens_in(*span), label, timed(document, span), None, readiness)
        own = weigh(told) if told else found
        yield _Measure(
            span, codes, own, readiness, told, _wording(document, row.responsible), _wording(document, row.schedule)
        )


def _items(document: AnalysedDocument, cell: Cell) -> Iterator[tuple[Span, Told | None]]:
    """The measures of a cell: all of it, its bullets, or its bullets each under the label of a state above them."""
    labels = {
        span: state_label(document.tokens_in(*span)) or state_of(document.tokens_in(*span)) for span in cell.spans
    }
    heads = [span for span in cell.spans if BULLET.match(document.text, *span) is None]
    if not heads or heads == list(cell.spans) or any(labels[span] is None for span in heads):
        yield from ((span, None) for span in items(document, cell))
        return
    label: Told | None = None
    for span in cell.spans:
        match = BULLET.match(document.text, *span)
        if match is None:
            label = Told(str(labels[span]), span)
        else:
            yield Span(match.end(), span.end), label


def _row_state(document: AnalysedDocument, row: GoalRow) -> tuple[State, float | None]:
    """What a row's own cells say: the state's cell, else the latest filled period."""
    stages = scale(document)
    if row.status is not None:
        found, percent = _cell_state(document, row.status, stages)
        if percent is None and row.readiness is not None:
            percent = _percent_beside(document, row, row.readiness)
        if found.status is not None or percent is not None:
            return found, percent
    if row.values and row.deed is not None and columns(document, row.table).has("deed"):
        _, cell = max(row.values, key=lambda value: (value[0].days is not None, value[0].days))
        return _cell_state(document, cell, stages)
    return State(None), None


def _percent_beside(document: AnalysedDocument, row: GoalRow, cell: Cell) -> float | None:
    """The percent of a readiness column beside the state's; a bare number is one below a heading in percent."""
    raw = document.cell_wording(cell)
    top = row.table.at(0, cell.col)
    heading = document.tokens_in(top.start, top.end) if top is not None else ()
    is_percent = _PERCENT.stand_in(heading) or (top is not None and "%" in document.cell_wording(top))
    return read(raw, (), "percent" if is_percent else None).percent


def _cell_state(document: AnalysedDocument, cell: Cell, stages: Sequence[Stage]) -> tuple[State, float | None]:
    """The state and the percent that a cell tells: by a figure, a stage, its words."""
    tokens, span = cell_tokens(document, cell), Span(cell.start, cell.end)
    raw = document.cell_wording(cell)
    reading = read(raw, stages, "stage" if stages and "%" not in raw else None)
    if reading.percent is not None or reading.stage is not None:
        explained = _explained(document).get(reading.stage) if reading.stage is not None else None
        by_reading = explained or _by_reading(reading.percent, reading.stage, stages)
        return State(by_reading, "cell", span), reading.percent if "%" in raw else None
    label = only_state(tokens)
    told = weigh(signs(tokens))
    status = label or (told.status if told.source in ("text", "label", "date") else state_of(tokens))
    return State(status, "cell", span) if status is not None else State(None), _readiness(document, span)


@once_a_document
def _explained(document: AnalysedDocument) -> dict[int, str]:
    """The states by which a legend explains stages that it only names: "vihreä = valmis ja siirretty linjaan"."""
    found = legend(document)
    states: dict[int, str] = {}
    for stage, span in zip(found.stages, found.spans, strict=True) if found is not None else ():
        name, sign, words = span.of(document.text).partition("=")
        if not sign or any(map(str.isdecimal, name)):
            continue
        start = span.end - len(words)
        parts = [Span(start + part.start(), start + part.end()) for part in _parts().finditer(words)]
        told = (state_of(document.tokens_in(*part)) for part in parts)
        state = next((one for one in told if one is not None), None)
        if state is not None:
            states[stage.number] = state
    return states


@cache
def _parts() -> regex.Pattern[str]:
    """The parts of a phrase between commas and conjunctions."""
    return regex.compile(rf"(?:[^,;\s]|\s(?!{_CONJUNCTION.pattern}\b))+")


def _by_reading(percent: float | None, stage: int | None, stages: Sequence[Stage]) -> str:
    """A state by readiness: nothing done, all done, or between."""
    if stage is not None and stages:
        share = 0.0 if stage == 1 else 1.0 if stage == stages[-1].number else 0.5
    else:
        share = (percent or 0.0) / 100
    return "not_started" if share <= 0 else "done" if share >= 1 else "in_progress"


def _wording(document: AnalysedDocument, cell: Cell | None) -> str | None:
    return (document.cell_wording(cell) or None) if cell is not None else None


# Percent


def _readiness(document: AnalysedDocument, span: Span) -> float | None:
    """The readiness that a measure states of itself, in percent: "Valmiusaste on 60 %", "Kuvaus on 60 % valmis"."""
    figures = percentages_of(document)
    first, end = (bisect_left(figures, place, key=lambda record: record.char_start) for place in span)
    for figure in figures[first:end]:
        if figure.value_max is None and states_readiness(document, span, Span(figure.char_start, figure.char_end)):
            return figure.value
    return None
