"""The date that a report gives as its own: on its cover, in its heading, else its latest filled reporting period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from extractors.document import AnalysedDocument, Span, Token, once_a_document
from extractors.grammar.calendar import Days, Point, interval, value
from extractors.outline.contents import contents
from extractors.outline.fields import cover_fields, cover_lines, table_cover
from extractors.outline.labels import is_time_label
from extractors.outline.tables import filled_periods
from extractors.readings import points_in
from lexicons import needs

_REPORT_DAY = needs("reporting", "report_day")
_HANDED_OVER = needs("reporting", "handed_over")
_REPORT = needs("cover_words", "report")
_OF_PROJECT = needs("reporting", "of_project")

OPENING_BLOCKS = 12
"""Blocks at the beginning of a document, its contents list apart, in which its own date is looked for."""

LONGEST_LABEL = 80
"""Code points of a line or sentence that says little but a day."""


@dataclass(frozen=True, slots=True)
class ReportDate:
    """A report's date: its first and last day (the same unless only a month or a season is known), and its text."""

    first_day: date
    last_day: date
    text: str


@once_a_document
def report_date(document: AnalysedDocument) -> ReportDate | None:
    """The report's own date, or None."""
    return cover_date(document) or _stated_date(document) or _latest_period(document)


def cover_date(document: AnalysedDocument) -> ReportDate | None:
    """The date on a report's cover: behind its label, else a line of its own that holds little but a day."""
    for field in ("raportin_paivays", "muu"):
        for span in cover_fields(document).get(field, ()):
            if found := _first_day(document, span):
                return found
    for line in _opening_lines(document):
        tokens = document.tokens_in(*line)
        is_label = (
            bool(tokens) and line.end - line.start < LONGEST_LABEL and (is_time_label(tokens) or _names_day(tokens))
        )
        if is_label and (found := _first_day(document, line)):
            return found
    return _handed_over(document)


def _handed_over(document: AnalysedDocument) -> ReportDate | None:
    """The latest day of the cover's lines that say in their words that the report was finished or given: "Luovutettu
    tilaajalle 30. marraskuuta 2023". What precedes a report, as a decision does, is no later than it."""
    lines = [line for line in cover_lines(document) if len(line.of(document.text)) < LONGEST_LABEL]
    rows = [
        Span(row[0].start, row[-1].end)
        for table in document.tables[:2]
        if table_cover(document, table)
        for row in table.rows
    ]
    found = [
        day
        for line in (*lines, *rows)
        if _HANDED_OVER.stand_in(tokens := document.tokens_in(*line)) and not _names_other(tokens)
        if (day := _first_day(document, line)) and day.first_day == day.last_day
    ]
    return max(found, key=lambda day: day.first_day, default=None)


def _names_other(tokens: Sequence[Token]) -> bool:
    """Whether a line tells of something but the report: its project or a decision, or any other noun as subject."""
    subjects = [token for token in tokens if token.pos in ("NOUN", "PROPN") and token.case == "Nom"]
    return _OF_PROJECT.stand_in(tokens) or not all(_REPORT.stand_in((token,)) for token in subjects)


def _stated_date(document: AnalysedDocument) -> ReportDate | None:
    """The date that a short sentence of the opening lines gives: "Raportti on päivitetty 31.5.2022."."""
    for line in _opening_lines(document):
        for sentence in document.sentences_in(*line):
            is_short = sentence.end - sentence.start < LONGEST_LABEL
            if is_short and _names_day(document.tokens_in(*sentence)) and (found := _first_day(document, sentence)):
                return found
    return None


def _opening_lines(document: AnalysedDocument) -> Iterator[Span]:
    entries = contents(document).blocks
    opening = (block for number, block in enumerate(document.blocks) if number not in entries)
    for block in islice(opening, OPENING_BLOCKS):
        yield from block.lines


def _first_day(document: AnalysedDocument, span: Span) -> ReportDate | None:
    for expression in points_in(document, *span):
        days = interval(expression.begin)
        if days and expression.end is None:
            return ReportDate(*days, expression.span.of(document.text))
    return None


def _names_day(tokens: Sequence[Token]) -> bool:
    return _REPORT_DAY.stand_in(tokens)


def _latest_period(document: AnalysedDocument) -> ReportDate | None:
    found = [period for table in document.tables for period in filled_periods(document, table)]
    if not found:
        return None
    latest = max(found, key=lambda period: period.days)
    return ReportDate(*latest.days, latest.text)


def round_period(document: AnalysedDocument, offset: int) -> tuple[str, Days] | None:
    """The period of the assessment in which a place stands: that which its heading names, of a day its month."""
    section = document.section_at(offset)
    day = section.evaluation_date if section is not None else None
    if section is None or day is None:
        return None
    for above in document.ancestors(section):
        for point in points_in(document, *above.heading):
            days = interval(point.begin)
            if point.end is None and days is not None and days[0] == day and point.begin.grain != "day":
                return value(point.begin), days
    month = Point("month", day.year, day.month)
    days = interval(month)
    return (value(month), days) if days is not None else None
