"""A point in time at a lexeme: the first written form that fits, with the point inside it that follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractors.grammar.calendar import Point
from extractors.grammar.cursor import Cursor, Read, first_read
from extractors.grammar.numeric_points import (
    bare_year,
    before_christ,
    clipped_year,
    decade,
    iso,
    month_and_year,
    month_fraction,
    numeric_day,
    slash_day,
    year_and_month,
    year_first,
)
from extractors.grammar.quarters import bare_mark, mark, marked_part, part_of_year, roman_part, year_and_part
from extractors.grammar.worded_points import (
    current_week,
    day_of_this_month,
    deictic,
    iso_week,
    month_and_day,
    new_year,
    ordinal_week,
    part_then_year,
    relative,
    relative_quarter,
    relative_year,
    stem_and_year,
    this_month,
    turn,
    week,
    weekday,
    weekend,
    within_year,
    worded_day,
    worded_holiday,
    worded_month,
    worded_season,
    worded_year,
    years_and_turn,
)
from extractors.grammar.years import is_year, with_year


def point(cursor: Cursor, index: int) -> Read[Point] | None:
    """The point that begins at a lexeme, by the first form that fits, with the point inside it that follows."""
    kind = cursor.kind(index)
    forms = _OF_NUMBERS.get(cursor.kind(index + 1), _NUMBERS) if kind == "num" else _FORMS.get(kind, ())
    found = first_read(forms, cursor, index)
    return _narrower(cursor, found) if found is not None else None


def _narrower(cursor: Cursor, found: Read[Point]) -> Read[Point]:
    """A point with the point inside it that follows.

    viime vuoden lokakuussa → XXXX-10 outer=-1
    ensi viikon torstaina → XXXX-WXX-4 outer=1
    vuoden 2022 kolmannella neljänneksellä → 2022-Q3
    vuoden 2022 toukokuun 2. päivänä → 2022-05-02
    vuoden 2023 viikolla 12 → 2023-W12
    vuoden 2013 viimeisenä perjantaina → 2013-12-27
    vuoden 2021 ensimmäinen maanantai → 2021-01-04
    kesäkuun kolmannella viikolla → XXXX-06
    """
    outer, after = found
    if outer.mod or outer.grain not in _INNER or not opens_inner(cursor, after):
        return found
    return _INNER[outer.grain](cursor, outer, after) or found


def opens_inner(cursor: Cursor, index: int) -> bool:
    """Whether the point before a lexeme is in the genitive: the word itself, or the one before its year."""
    return cursor.case(index - 1) == "Gen" or (is_year(cursor.at(index - 1)) and cursor.case(index - 2) == "Gen")


def _inside_year(cursor: Cursor, year: Point, index: int) -> Read[Point] | None:
    """vuoden 2021 kesällä → 2021-SU"""
    month = replace(year, grain="month", unit=12 if cursor.kind(index) == "last" else 1)
    if cursor.kind(index + 1) in ("weekday", "day") and (day := _nth_weekday(cursor, month, index)) is not None:
        return day
    if _is_last_or_nth(cursor, index):
        return _loosely_within(cursor, year, index)
    inner = first_read((part_of_year, mark, month_and_day, worded_month, worded_season), cursor, index)
    if inner is None and cursor.kind(index) == "week":
        inner = week(cursor, index)
    if inner is None and cursor.kind(index) == "weekday":
        inner = weekday(cursor, index)
    if inner is None or inner[0].year is not None or inner[0].is_relative:
        return None
    point = replace(inner[0], year=year.year, outer=year.shift, told=year.told)
    return _narrower(cursor, (point, inner[1])) if point.grain == "month" else (point, inner[1])


def _inside_month(cursor: Cursor, month: Point, index: int) -> Read[Point] | None:
    """A day of a month, or a week or a last day of it, which is not reckoned.

    kesäkuun kolmantena päivänä → XXXX-06-03
    kesäkuun viimeinen päivä 2022 → 2022-06-30
    kesäkuun viimeisellä viikolla → XXXX-06 END
    kesäkuun ensimmäisellä viikolla 2022 → 2022-06
    maaliskuun 1. viikko 2022 → 2022-03
    lokakuun kolmas → XXXX-10-03
    kesäkuun seitsemäntenä 2022 → 2022-06-07
    lokakuun kolmas kokous → XXXX-10
    syyskuun kolmantena torstaina 2012 → 2012-09-20
    """
    if (found := _nth_weekday(cursor, month, index)) is not None:
        return with_year(cursor, *found) if found[0].year is None else found
    if _is_last_or_nth(cursor, index) and not cursor.kinds(index, "ordinal", "day"):
        return _loosely_within(cursor, month, index)
    day = cursor.at(index)
    if (
        day.kind != "ordinal"
        or day.integer > 31
        or not (cursor.kind(index + 1) == "day" or _stands_alone(cursor, index))
    ):
        return None
    point = replace(Point("day", month.year, month.unit, day.integer), shift=month.shift)
    after = cursor.behind(index + 1, "day")
    return with_year(cursor, point, after) if point.year is None else (point, after)


def _stands_alone(cursor: Cursor, index: int) -> bool:
    """Whether an ordinal goes with no noun behind it."""
    following = cursor.at(index + 1)
    return following.kind != "word" or following.sense.case is None or following.sense.case != cursor.case(index)


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _nth_weekday(cursor: Cursor, month: Point, index: int) -> Read[Point] | None:
    """The nth or the last of a month's weekdays, as the rule of a holiday.

    toukokuun ensimmäinen maanantai 2022 → 2022-05-02
    helmikuun viimeisenä perjantaina 2024 → 2024-02-23
    """
    nth, day = cursor.at(index), cursor.at(index + 1)
    if nth.kind not in ("ordinal", "last") or month.is_relative or nth.integer > 4:
        return None
    if nth.kind == "last" and day.kind == "day":
        return Point("day", month.year, holiday=f"last day {month.unit:02d}"), index + 2
    if day.kind != "weekday":
        return None
    weekday = _WEEKDAYS[day.integer - 1]
    first = f"{weekday} {month.unit:02d}-{7 * nth.integer - 6:02d}"
    rule = first if nth.kind == "ordinal" else f"last {weekday} {month.unit:02d}"
    return Point("day", month.year, holiday=rule), index + 2


def _inside_week(cursor: Cursor, week: Point, index: int) -> Read[Point] | None:
    """ensi viikon torstaina → XXXX-WXX-4 outer=1"""
    if _is_last_or_nth(cursor, index):
        return _loosely_within(cursor, week, index)
    inner = weekday(cursor, index) if cursor.kind(index) == "weekday" else None
    if inner is None or not inner[0].weekday:
        return None
    return replace(inner[0], year=week.year, unit=week.unit, outer=week.shift), inner[1]


def _is_last_or_nth(cursor: Cursor, index: int) -> bool:
    if cursor.small(index, 1, 5) is not None and cursor.kinds(index + 1, "dot", "week"):
        return True
    return cursor.kind(index) in ("ordinal", "last") and cursor.kind(index + 1) in ("week", "day")


def _loosely_within(cursor: Cursor, outer: Point, index: int) -> Read[Point]:
    """A week or a day by its place in a month or a year is not reckoned: it lies in the whole, or at its end."""
    after = index + 3 if cursor.kind(index) == "num" else index + 2
    point = replace(outer, mod="END" if cursor.kind(index) == "last" else None)
    return with_year(cursor, point, after) if point.year is None and point.grain == "month" else (point, after)


_INNER = {"year": _inside_year, "month": _inside_month, "week": _inside_week}
"""Who reads what follows a point of a grain in the genitive."""


def whole(cursor: Cursor, index: int) -> Read[Point] | None:
    """koko vuoden 2021 → 2021"""
    following = point(cursor, index + 1) if cursor.kind(index + 1) == "year" else None
    is_year_named = following is not None and following[0].grain == "year" and following[0].year is not None
    return following if is_year_named else None


_Forms = tuple[Callable[[Cursor, int], Read[Point] | None], ...]

_NUMBERS: _Forms = (before_christ, worded_day, marked_part, year_and_part, years_and_turn, year_first, bare_year)
"""The forms that a number may begin, in the order in which they are tried; by the sign behind it where one is."""

_OF_NUMBERS: dict[str, _Forms] = {
    "dot": (
        ordinal_week,
        numeric_day,
        worded_day,
        day_of_this_month,
        month_and_year,
        part_of_year,
        bare_year,
    ),
    "slash": (year_and_month, slash_day, month_fraction, year_and_part, years_and_turn, bare_year),
    "dash": (iso, iso_week, year_and_month, year_and_part, years_and_turn, decade, bare_year),
}

_FORMS: dict[str, _Forms] = {
    "roman": (roman_part, part_of_year),
    "month": (month_and_day, worded_month),
    "month_noun": (this_month,),
    "month_stem": (month_and_day, stem_and_year),
    "season": (month_and_day, worded_season),
    "year": (roman_part, before_christ, turn, years_and_turn, part_then_year, worded_year, within_year),
    "turn": (turn,),
    "relative": (relative,),
    "told": (relative,),
    "relative_year": (relative_year,),
    "relative_quarter": (relative_quarter,),
    "deictic": (deictic,),
    "quarter": (marked_part, bare_mark, part_of_year),
    "half": (marked_part, bare_mark, part_of_year),
    "ordinal": (worded_day, part_of_year),
    "last": (part_of_year,),
    "weekday": (weekday,),
    "weekday_short": (weekday,),
    "week": (week, current_week),
    "weekend": (weekend,),
    "holiday": (month_and_day, stem_and_year, worded_holiday),
    "dash": (clipped_year,),
    "whole": (whole,),
    "new": (new_year,),
}
"""The forms that a lexeme of a kind may begin, in the order in which they are tried."""
