"""The days of a reporting period and the round that it belongs to, for every table that has a `period`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TypedDict

import regex

from extractors.grammar.calendar import Days, Grain, Point, interval

_VALUE = regex.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<season>SP|SU|FA|WI)|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
)

KEPT = 500
"""Values whose days are kept: a corpus has few periods, again and again."""

LAST_OF_SPRING = 6
"""The month in which a year's first half ends."""


class PeriodColumns(TypedDict):
    """The columns that say when a period is; all null where it names no time."""

    period_start: date | None
    period_end: date | None
    reporting_round: str | None


def period_columns(period: str | None) -> PeriodColumns:
    """The days of a period and the half-year in which it ends, by its TIMEX3 value.

    >>> period_columns("2021-SP")["reporting_round"], period_columns("2021-11")["reporting_round"]
    ('2021-H1', '2021-H2')
    >>> period_columns("baseline")["period_start"] is None
    True
    """
    days = days_of(period) if period is not None else None
    if days is None:
        return PeriodColumns(period_start=None, period_end=None, reporting_round=None)
    half = 1 if days[1].month <= LAST_OF_SPRING else 2
    return PeriodColumns(period_start=days[0], period_end=days[1], reporting_round=f"{days[1].year}-H{half}")


@lru_cache(KEPT)
def days_of(period: str) -> Days | None:
    """First and last day of a TIMEX3 value, of a range from its first end to its last; None for what names no days."""
    first, _, last = period.partition("/")
    begin, end = _days(first), _days(last or first)
    return (begin[0], end[1]) if begin is not None and end is not None else None


def _days(text: str) -> Days | None:
    match = _VALUE.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    if match["season"]:
        return interval(Point("season", year, season=match["season"]))
    if match["day"]:
        return interval(Point("day", year, int(match["month"]), int(match["day"])))
    parts: tuple[Grain, ...] = ("quarter", "half", "month")
    for grain in parts:
        if match[grain]:
            return interval(Point(grain, year, int(match[grain])))
    return interval(Point("year", year))
