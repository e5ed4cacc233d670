"""The dates that a stretch names, and how each lies against the day on which it was told."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from extractors.document import AnalysedDocument, Span
from extractors.facts.dated import dates_of
from extractors.facts.state_signs import Timed, When
from extractors.outline.report_date import report_date
from lexicons import needs

_UNTIL = needs("tense_words", "until")
_BY = needs("tense_words", "by")


def time_of_writing(document: AnalysedDocument, span: Span) -> tuple[date, date] | None:
    """The first and last day on which a stretch was told: of its round where a report has several, else of the
    report."""
    section, report = document.section_at(span.start), report_date(document)
    own = section.evaluation_date if section is not None else None
    if own is not None and (report is None or not report.first_day <= own <= report.last_day):
        return own, own
    return (report.first_day, report.last_day) if report is not None else None


def timed(document: AnalysedDocument, span: Span) -> Iterator[Timed]:
    """The dates that a stretch names, and how each lies against the report's own."""
    report = time_of_writing(document, span)
    dates = dates_of(document)
    first, end = (bisect_left(dates, place, key=lambda record: record.char_start) for place in span)
    for record in dates[first:end]:
        place = Span(record.char_start, record.char_end)
        when: When | None = None
        if report is not None and record.start_date is not None and record.end_date is not None:
            first_day, last_day = report
            is_later = record.start_date > last_day and not is_until(document, *place)
            when = "later" if is_later else "past" if record.end_date < first_day else "current"
        yield Timed(place, when)


def is_until(document: AnalysedDocument, start: int, end: int) -> bool:
    """Whether a date tells how long something goes on: in the illative, or with "asti" behind it."""
    following = document.tokens_in(end, end + 12)[:1]
    if _UNTIL.stand_in(following):
        return True
    return not _BY.stand_in(following) and any(token.case == "Ill" for token in document.tokens_in(start, end))
