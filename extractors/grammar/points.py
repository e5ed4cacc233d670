"""A point in time at a lexeme: the first written form that fits, with the point inside it that follows.

A form is a function from a cursor and an index to the point and the index behind it, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractors.grammar.calendar import Point
from extractors.grammar.cursor import Found, TimeCursor, is_year
from extractors.grammar.numeric_points import (
    bare_year,
    before_christ,
    clipped_year,
    iso,
    month_fraction,
    numeric_day,
    quarter,
    year_first,
)
from extractors.grammar.worded_points import (
    deictic,
    new_year,
    part_of_year,
    relative,
    relative_quarter,
    relative_year,
    turn,
    week,
    weekday,
    weekend,
    worded_day,
    worded_holiday,
    worded_month,
    worded_season,
    worded_year,
)


def point(cursor: TimeCursor, index: int) -> Found | None:
    """The point that begins at a lexeme, by the first form that fits, with the point inside it that follows."""
    for form in _FORMS.get(cursor.kind(index) or "", ()):
        if found := form(cursor, index):
            return _narrower(cursor, found)
    return None


def _narrower(cursor: TimeCursor, found: Found) -> Found:
    """A point with the point inside it that follows: "viime vuoden" + "lokakuussa", "ensi viikon" + "torstaina"."""
    outer, after = found
    if outer.mod or outer.grain not in ("year", "week", "month") or not opens_inner(cursor, after):
        return found
    if (within := _ordinal_within(cursor, outer, after)) and within[0].grain != "day":
        return within
    ordinal = part_of_year(cursor, after) or within
    inner = ordinal or _month_or_weekday(cursor, after)
    if inner is None:
        return found
    point, end = inner
    if outer.grain == "week":
        return (replace(point, year=outer.year, unit=outer.unit, outer=outer.shift), end) if point.weekday else found
    if outer.grain == "month":
        return (replace(point, year=outer.year, unit=outer.unit, shift=outer.shift), end) if ordinal else found
    if point.year is not None or point.is_relative:
        return found
    return replace(point, year=outer.year, outer=outer.shift, told=outer.told), end


def opens_inner(cursor: TimeCursor, index: int) -> bool:
    """Whether the point before a lexeme is in the genitive: the word itself, or the one before its year."""
    return cursor.case(index - 1) == "Gen" or (is_year(cursor.at(index - 1)) and cursor.case(index - 2) == "Gen")


def _month_or_weekday(cursor: TimeCursor, index: int) -> Found | None:
    kind = cursor.kind(index)
    if kind in ("month", "season"):
        return worded_month(cursor, index) or worded_season(cursor, index)
    return weekday(cursor, index) if kind == "weekday" else None


def _ordinal_within(cursor: TimeCursor, outer: Point, index: int) -> Found | None:
    """kesäkuun kolmannella viikolla · vuoden viimeisenä päivänä: a point of the month or year, not reckoned."""
    if cursor.kind(index) not in ("ordinal", "last") or cursor.kind(index + 1) not in ("week", "day"):
        return None
    number = int(cursor.lexemes[index].value or 0)
    if outer.grain == "month" and cursor.kind(index + 1) == "day" and cursor.kind(index) == "ordinal" and number <= 31:
        return Point("day", day=number), index + 2
    return replace(outer, mod="END" if cursor.kind(index) == "last" else None), index + 2


def whole(cursor: TimeCursor, index: int) -> Found | None:
    """koko vuoden 2021"""
    following = point(cursor, index + 1) if cursor.kind(index + 1) == "year" else None
    is_year_named = following is not None and following[0].grain == "year" and following[0].year is not None
    return following if is_year_named else None


_FORMS: dict[str, tuple[Callable[[TimeCursor, int], Found | None], ...]] = {
    "num": (
        before_christ,
        iso,
        numeric_day,
        worded_day,
        month_fraction,
        quarter,
        turn,
        year_first,
        bare_year,
    ),
    "month": (worded_day, worded_month),
    "season": (worded_season,),
    "year": (before_christ, turn, quarter, worded_year),
    "turn": (turn,),
    "relative": (relative,),
    "told": (relative,),
    "relative_year": (relative_year,),
    "relative_quarter": (relative_quarter,),
    "deictic": (deictic,),
    "quarter": (quarter, part_of_year),
    "half": (part_of_year,),
    "ordinal": (worded_day, part_of_year),
    "last": (part_of_year,),
    "weekday": (weekday,),
    "weekday_short": (weekday,),
    "week": (week,),
    "weekend": (weekend,),
    "holiday": (worded_holiday,),
    "dash": (clipped_year,),
    "whole": (whole,),
    "new": (new_year,),
}
"""The forms that a lexeme of a kind may begin, in the order in which they are tried."""
