"""The calendar: points in time, and the days that they mean.

A point is what a written time names (`Point`); `interval` tells its days, `value` its TIMEX3 value as the data contract
defines it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal[
    "day", "week", "weekend", "month", "season", "quarter", "half", "year", "turn", "decade", "century", "millennium"
]

LAST_WEEK = 53
"""Weeks of an ISO year: 52, or 53 where it has that many Thursdays."""

Days = tuple[date, date]
"""First and last day, inclusive."""

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""Each season's first month; winter begins in the year before."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time as it is written. `year` is None where the expression does not name it.

    `unit` is the month 1..12, the week, the quarter, the half, or None; `weekday` 1..7; `holiday` the lexicon's rule.
    `shift` counts units of the grain from now ("viime" -1, "tämä" 0, "kolme vuotta sitten" -3); `outer` does so for the
    year that holds the point ("viime vuoden lokakuussa") or, for a weekday, the week. `told` says that now is what was
    told before ("seuraavana vuonna").
    """

    grain: Grain
    year: int | None = None
    unit: int | None = None
    day: int | None = None
    season: str | None = None
    mod: str | None = None
    shift: int | None = None
    outer: int | None = None
    weekday: int | None = None
    holiday: str | None = None
    told: bool = False

    @property
    def is_relative(self) -> bool:
        return self.shift is not None or self.outer is not None


def interval(point: Point) -> Days | None:
    """First and last day of a point, narrowed by its modifier; None without a year or where the day does not exist."""
    if point.year is None or point.year < 1:
        return None
    days = _whole(point)
    return _narrowed(point, *days) if days and point.mod else days


def _whole(point: Point) -> Days | None:
    year = int(point.year or 0)
    if point.grain == "day":
        day = _day_of(point, year)
        return (day, day) if day is not None else None
    if point.grain in ("week", "weekend"):
        return _week_of(point, year)
    if point.grain == "month" and not 1 <= (point.unit or 1) <= 12:
        return None
    return _months(*_first_month(point, year), MONTHS[point.grain])


MONTHS = {
    "month": 1,
    "turn": 2,
    "season": 3,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12000,
}
"""How many months a point of a grain is long."""


def _first_month(point: Point, year: int) -> tuple[int, int]:
    """Year and month in which a point of one or more months begins."""
    if point.grain == "season":
        return year - 1 if point.season == "WI" else year, SEASON_MONTHS[str(point.season)]
    if point.grain == "turn":
        return year, 12
    if point.grain in ("month", "quarter", "half"):
        return year, ((point.unit or 1) - 1) * MONTHS[point.grain] + 1
    return year, 1


def _day_of(point: Point, year: int) -> date | None:
    try:
        if point.holiday is not None:
            return holiday(point.holiday, year)
        if point.weekday is not None:
            return date.fromisocalendar(year, int(point.unit or 0), point.weekday)
        return date(year, int(point.unit or 0), int(point.day or 0))
    except ValueError:
        return None


def _week_of(point: Point, year: int) -> Days | None:
    """Monday to Sunday of an ISO week, Saturday and Sunday of its end."""
    try:
        monday = date.fromisocalendar(year, int(point.unit or 0), 1)
    except ValueError:
        return None
    sunday = monday + timedelta(days=6)
    return (sunday - timedelta(days=1) if point.grain == "weekend" else monday), sunday


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def holiday(rule: str, year: int) -> date:
    """The day of a holiday by its rule in the lexicon.

    `12-24` is a day, `easter+39` a distance from Easter Sunday, `sat 06-20` the first Saturday from that day on, and
    "eve of" a rule the day before; `last fri 02` is the last Friday of February, `last day 02` its
    last day.

    >>> holiday("sat 06-20", 2022), holiday("easter+39", 2022), holiday("last fri 02", 2024)
    (datetime.date(2022, 6, 25), datetime.date(2022, 5, 26), datetime.date(2024, 2, 23))
    """
    if rule.startswith("eve of "):
        return holiday(rule.removeprefix("eve of "), year) - timedelta(days=1)
    if rule.startswith("last "):
        name, month = rule.split()[1:]
        last = date(year, int(month), monthrange(year, int(month))[1])
        return last - timedelta(days=(last.weekday() - _WEEKDAYS.index(name)) % 7 if name in _WEEKDAYS else 0)
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    weekday, _, day = rule.rpartition(" ")
    first = date(year, int(day[:2]), int(day[3:]))
    return first + timedelta(days=(_WEEKDAYS.index(weekday) - first.weekday()) % 7) if weekday else first


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, chapter 8).

    >>> easter(2022), easter(2024)
    (datetime.date(2022, 4, 17), datetime.date(2024, 3, 31))
    """
    century, rest = divmod(year, 100)
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _months(year: int, month: int, count: int) -> Days:
    """First and last day of `count` months from a month on."""
    last = year * 12 + month - 1 + count - 1
    last_year, last_month = divmod(last, 12)
    return date(year, month, 1), date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])


_THIRDS = {"START": 0, "MID": 1, "END": 2}

_DAYS_OF_THIRD = 10
"""Days in the first two thirds of a month; the last one has the rest."""


def _narrowed(point: Point, start: date, end: date) -> Days:
    """The first, middle or last third: of a year 4 months, of a season 1, of a month days 1-10, 11-20, 21-last."""
    third = _THIRDS[str(point.mod)]
    if point.grain == "month":
        first_day = 1 + _DAYS_OF_THIRD * third
        return start.replace(day=first_day), end if third == 2 else start.replace(day=first_day + _DAYS_OF_THIRD - 1)
    months = MONTHS.get(point.grain, 0) // 3
    if not months:
        return start, end
    first = start.year * 12 + start.month - 1 + months * third
    return _months(first // 12, first % 12 + 1, months)


def value(point: Point) -> str:
    """The TIMEX3 value of a point; `XXXX` stands for an unknown year.

    >>> value(Point("month", 2021, 5)), value(Point("quarter", 2021, 3)), value(Point("decade", 1990))
    ('2021-05', '2021-Q3', '199')
    >>> value(Point("day", 2021, 5)), value(Point("day", day=3)), value(Point("day", 2021, 5, 3))
    ('2021-XX-XX', 'XXXX-XX-XX', '2021-05-03')
    """
    if point.year is not None and point.year < 0:
        return f"BC{-point.year:04d}"
    year = f"{point.year:04d}" if point.year is not None else "XXXX"
    return _VALUES[point.grain](point, year)


def _week_value(point: Point, year: str) -> str:
    return f"{year}-W{point.unit:02d}" if point.unit is not None else f"{year}-WXX"


def _turn_value(point: Point, year: str) -> str:
    return f"{year}-12/{point.year + 1:04d}-01" if point.year is not None else "XXXX-12/XXXX-01"


def _part_value(point: Point, year: str) -> str:
    """A quarter or a half: 2021-Q3, 2021-H1"""
    return f"{year}-{point.grain[0].upper()}{point.unit if point.unit is not None else 'XX'}"


def _day_value(point: Point, year: str) -> str:
    if point.holiday is not None and point.year is None:
        return f"{year}-{point.holiday}" if point.holiday[0].isdigit() else f"{year}-XX-XX"
    if point.holiday is not None or (point.weekday is not None and point.year is not None):
        day = _day_of(point, int(point.year or 0))
        return day.isoformat() if day is not None else f"{year}-XX-XX"
    if point.weekday is not None:
        return f"{year}-WXX-{point.weekday}"
    if point.unit is None or point.day is None:
        return f"{year}-XX-XX"
    return f"{year}-{point.unit:02d}-{point.day:02d}"


_VALUES: dict[Grain, Callable[[Point, str], str]] = {
    "day": _day_value,
    "week": _week_value,
    "weekend": lambda point, year: f"{_week_value(point, year)}-WE",
    "month": lambda point, year: f"{year}-{point.unit:02d}" if point.unit is not None else f"{year}-XX",
    "season": lambda point, year: f"{year}-{point.season}",
    "quarter": _part_value,
    "half": _part_value,
    "year": lambda point, year: year,
    "turn": _turn_value,
    "decade": lambda point, year: year[:3],
    "century": lambda point, year: year[:2],
    "millennium": lambda point, year: year[:1],
}
"""The TIMEX3 value by grain, with the year in four characters."""
