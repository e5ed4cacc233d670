"""measures: development measures (kehittämistoimenpiteet) reported under a numbered goal.

One row a bullet, or a sentence where there are no bullets. State labels ("Valmistuneet") and lead-ins are no rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.document import AnalysedDocument, Block, Section, Span, Token
from extractors.facts.dated import dates_of
from extractors.facts.statuses import State, Timing, state
from extractors.ids import record_id, section_id_at
from extractors.outline.labels import state_label
from extractors.outline.report_date import report_date
from extractors.percentages import percentages_of
from extractors.records import MeasureRecord
from lexicons import needs

_UNTIL = needs("tense_words", "until")
_READINESS = needs("readiness", "readiness")
_BETWEEN = (needs("readiness", "between"), needs("units", "about"))
_COMPLETE = needs("readiness", "complete")


def extract(document: AnalysedDocument) -> Iterator[MeasureRecord]:
    """The measures of a document in text order; under a heading of several goals each measure is a row of each."""
    number = 0
    for section in document.sections:
        codes = _codes(document, section)
        paragraph: str | None = None
        for span, label, is_item in _measures(document, section) if codes else ():
            tokens = document.tokens_in(*span)
            status = state(tokens, label, _timing(document, span), paragraph if is_item else None)
            percent = _readiness(document, span)
            if status.status == "done" and percent is not None and percent < 100:
                status = State("in_progress", "text")
            if not is_item:
                paragraph = status.status
            for code in codes:
                number += 1
                yield MeasureRecord(
                    measure_id=record_id(document.doc_id, "m", number),
                    doc_id=document.doc_id,
                    section_id=section_id_at(document, span.start),
                    goal_code=code,
                    status=status.status,
                    status_source=status.source,
                    text=document.wording(*span),
                    percent=percent,
                    char_start=span.start,
                    char_end=span.end,
                )


def _codes(document: AnalysedDocument, section: Section) -> tuple[str, ...]:
    """The numbered goals that a section reports on: its own heading's or those of a heading above."""
    return next((above.goal_codes for above in document.ancestors(section) if above.goal_codes), ())


def _timing(document: AnalysedDocument, span: Span) -> Timing:
    """How the dates that a measure names lie against the report's own."""
    report = report_date(document)
    dates = dates_of(document)
    first, end = (bisect_left(dates, place, key=lambda record: record.char_start) for place in span)
    found = [record for record in dates[first:end] if record.start_date and record.end_date]
    if report is None or not found:
        return Timing()
    until = any(_is_until(document, record.char_start, record.char_end) for record in found)
    later = all(record.start_date > report.last_day for record in found if record.start_date)
    current = any(
        record.start_date <= report.last_day and record.end_date >= report.first_day
        for record in found
        if record.start_date and record.end_date
    )
    return Timing(later and not until, current or until)


def _is_until(document: AnalysedDocument, start: int, end: int) -> bool:
    """Whether a date tells how long something goes on: in the illative, or with "asti" behind it."""
    following = document.tokens_in(end, end + 12)[:1]
    if _UNTIL.stand_in(following):
        return True
    return any(token.case == "Ill" for token in document.tokens_in(start, end))


def _measures(document: AnalysedDocument, section: Section) -> Iterator[tuple[Span, str | None, bool]]:
    """The measures of a section's own body with the state label above each, and whether it is a list item."""
    label: str | None = None
    blocks = document.blocks
    first, end = (bisect_left(blocks, place, key=lambda block: block.start) for place in section.body)
    for block in blocks[first:end]:
        if (named := state_label(document.tokens_in(block.start, block.end))) is not None:
            label = named
        elif block.kind == "list_item":
            yield Span(block.start, block.end), label, True
        else:
            for sentence in _sentences(document, block):
                yield sentence, label, False


def _sentences(document: AnalysedDocument, block: Block) -> Iterator[Span]:
    """The sentences of a paragraph without a lead-in that opens a list."""
    for sentence in document.sentences_in(block.start, block.end):
        if document.text[sentence.end - 1] in ":;":
            continue
        if any(token.is_word for token in document.tokens_in(*sentence)):
            yield sentence


REACH = 5
"""Tokens before a percentage in which the word for readiness is looked for: valmiusaste on nyt noin 60 %."""


def _readiness(document: AnalysedDocument, span: Span) -> float | None:
    """The readiness that a measure states of itself, in percent: "Valmiusaste on 60 %", "Kuvaus on 60 % valmis"."""
    figures = percentages_of(document)
    first, end = (bisect_left(figures, place, key=lambda record: record.char_start) for place in span)
    for figure in figures[first:end]:
        before = document.tokens_in(span.start, figure.char_start)[-REACH:]
        behind = document.tokens_in(figure.char_end, span.end)[:1]
        if figure.value_max is None and (_leads_to_figure(before) or _COMPLETE.stand_in(behind)):
            return figure.value
    return None


def _leads_to_figure(before: Sequence[Token]) -> bool:
    """Whether the last word before a figure is one for readiness, but for "on", "noin" and marks between."""
    while before and (not before[-1].is_word or any(words.stand_in(before[-1:]) for words in _BETWEEN)):
        before = before[:-1]
    return _READINESS.stand_in(before[-1:])
