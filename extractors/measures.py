"""measures: development measures (kehittämistoimenpiteet) reported under a numbered goal.

One row a bullet, or a sentence where there are no bullets. State labels ("Valmistuneet") and lead-ins are no rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import regex

from extractors.document import AnalysedDocument, Block, Section, Span
from extractors.facts.dated import dates_of
from extractors.facts.statuses import State, Timing, state
from extractors.ids import record_id, section_id_at
from extractors.outline.labels import state_label
from extractors.outline.report_date import report_date
from extractors.records import MeasureRecord
from lexicons import load
from lexicons.matcher import matcher


def extract(document: AnalysedDocument) -> Iterator[MeasureRecord]:
    """The measures of a document in text order; under a heading of several goals each measure is a row of each."""
    number = 0
    for section in document.sections:
        codes = _codes(document, section)
        paragraph: str | None = None
        for span, label, is_item in _measures(document, section) if codes else ():
            tokens = document.tokens_in(*span)
            status = state(tokens, label, _timing(document, span), paragraph if is_item else None)
            percent = _readiness(document.clean(*span))
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
    if any(hit.entry.id == "until" for hit in matcher("layout_words").find(following)):
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


@cache
def _readiness_pattern() -> regex.Pattern[str]:
    def words(entry: str) -> str:
        return "|".join(regex.escape(term.text) for term in load("goal_words").entry(entry).terms)

    percent = r"(?P<percent>\d{1,3}(?:,\d+)?)\s*%"
    before = rf"(?:{words('readiness')})\p{{L}}*\W{{0,3}}(?:on\s+|noin\s+|n\.\s*)*{percent}"
    return regex.compile(rf"{before}|{percent}\s+(?:{words('complete')})\b", regex.IGNORECASE)


def _readiness(text: str) -> float | None:
    """The readiness that a measure states of itself, in percent.

    >>> _readiness("Kuvaus on tekeillä. Valmiusaste 60 %.")
    60.0
    """
    match = _readiness_pattern().search(text)
    return float(match["percent"].replace(",", ".")) if match else None
