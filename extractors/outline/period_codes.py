"""Reporting periods in a short form that only a document as a whole explains.

K21, S-22, KV21 are times in a document that uses them as labels of its periods; elsewhere a letter with a number is a
code. I/2022 and II/2022 are half-years in a document that counts no further, months in one that counts beyond five;
else they are quarters.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Span, once_a_document
from extractors.grammar.calendar import Days, Point
from extractors.grammar.lexemes import ROMAN
from extractors.outline.labels import period_days

YEARS = range(2015, 2036)
"""Years that reports of this kind speak of; K01 is a code."""

_CODE = regex.compile(r"(?<![\w/.-])\p{L}{1,3}\.?[ ]?[-–/'’]?(?:20)?\d\d(?![\w/%]|[.,]\d)")


class PeriodCode(NamedTuple):
    """A short label of a season where it stands."""

    span: Span
    value: str
    days: Days


@once_a_document
def period_codes(document: AnalysedDocument) -> tuple[PeriodCode, ...]:
    """The short labels of seasons in a document that uses them as periods: alone in a cell, or for either half of a
    year."""
    found = list(_codes(document))
    cells = {Span(cell.start, cell.end) for table in document.tables for cell in table.cells if cell.spans}
    seasons = {code.value.rpartition("-")[2] for code in found}
    is_used = len(seasons) > 1 or any(code.span in cells for code in found)
    return tuple(found) if is_used else ()


def _codes(document: AnalysedDocument) -> list[PeriodCode]:
    found = []
    for match in _CODE.finditer(document.text, 0, document.body_length):
        period = period_days(match.group())
        if period is not None and period[1] is not None and period[1][0].year in YEARS and match.group()[0].isupper():
            found.append(PeriodCode(Span(*match.span()), period[0], period[1]))
    return found


_ROMAN = regex.compile(
    r"(?<![\w/.-])(?:[IVX]{1,4}\s?[–-]\s?)?(?P<number>[IVX]{1,4})\s?/\s?(?P<year>(?:20)?\d\d)(?![\w/]|[.,]\d)"
)
_DAY = regex.compile(r"(?<![\w/.-])\d{1,2}\.(?P<number>[IVX]{1,4})\.(?=\s?[–-]|(?:20)\d\d(?!\w))")

FIVE = 5
"""A number that is no quarter's, and by itself no month's either: V is a word for year too."""


@once_a_document
def _roman_numbers(document: AnalysedDocument) -> frozenset[int]:
    """The Roman numbers that stand before years; those of days (15.II.2024) are months, as are those of
    a document that counts beyond five."""
    read = [
        (pattern is _DAY, ROMAN.get(match["number"], 0))
        for pattern in (_ROMAN, _DAY)
        for match in pattern.finditer(document.text, 0, document.body_length)
    ]
    months = any(is_day for is_day, _ in read)
    return frozenset(number for is_day, number in read if not is_day) | ({MONTHS} if months else frozenset())


MONTHS = 12


def roman_period(document: AnalysedDocument, text: str) -> Point | None:
    """What I/2021 is, by how far the document counts: a half-year's I and II, a month where a number is above five or
    days are written so; None where it is a quarter, or no such number."""
    match = _ROMAN.fullmatch(text)
    number = ROMAN.get(match["number"]) if match is not None and text.startswith(match["number"]) else None
    if match is None or number is None:
        return None
    year, counted = 2000 + int(match["year"][-2:]), _roman_numbers(document)
    if counted == {1, 2}:
        return Point("half", year, unit=number)
    return Point("month", year, number) if max(counted) > FIVE else None


def is_code(document: AnalysedDocument, text: str) -> bool:
    """Whether V/2021 is no time: a code, or a group's, where the document counts no months by Roman numbers."""
    match = _ROMAN.fullmatch(text)
    return match is not None and ROMAN.get(match["number"]) == FIVE and max(_roman_numbers(document)) <= FIVE
