"""Reporting periods in a short form that only a document as a whole explains.

K21, S-22, KV21 are times in a document that uses them as labels of its periods; elsewhere a letter with a number is a
code. I/2022 and II/2022 are half-years in a document that counts no further; else they are quarters.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Span, once_a_document
from extractors.grammar.calendar import Days, Point
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


_ROMAN = regex.compile(r"(?<![\w/.-])(?P<number>I{1,3}|IV)\s?/\s?(?P<year>(?:20)?\d\d)(?![\w/]|[.,]\d)")


@once_a_document
def _roman_numbers(document: AnalysedDocument) -> frozenset[str]:
    """The Roman numbers that stand before years."""
    return frozenset(match["number"] for match in _ROMAN.finditer(document.text, 0, document.body_length))


def half_year(document: AnalysedDocument, text: str) -> Point | None:
    """The half-year that I/2021 or II/2021 is in a document that has both and counts no further; else None."""
    match = _ROMAN.fullmatch(text)
    if match is None or _roman_numbers(document) != {"I", "II"}:
        return None
    return Point("half", 2000 + int(match["year"][-2:]), unit=len(match["number"]))
