"""Points written in words: toukokuussa 2021, viime vuonna, juhannuksena, vuoden lopulla; a function a written form."""

from __future__ import annotations

from dataclasses import replace

from extractors.grammar.calendar import Grain, Point
from extractors.grammar.cursor import EARLIEST_YEAR, Found, TimeCursor, is_short_year, is_year, year_of
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.numeric_points import numeric_day

_PARTS_OF_YEAR: dict[str, Grain] = {"quarter": "quarter", "half": "half"}


def _part_number(ordinal: Lexeme, grain: Grain) -> int:
    """Which quarter or half an ordinal means; the last half is the second."""
    number = int(ordinal.value or 0)
    return min(number, 2) if grain == "half" else number


def worded_day(cursor: TimeCursor, index: int) -> Found | None:
    """3. toukokuuta 2021 · 1. päivänä tammikuuta 2022 · tammikuun 12. päivänä 2021 · syyskuu 13, 2010"""
    day = cursor.number(index, 1, 99)
    if day is None and cursor.kind(index) == "ordinal":
        day = int(cursor.lexemes[index].value or 0)
    after = index + 2 if cursor.kinds(index, "num", "dot") else index + 1
    if cursor.kind(index) == "month":
        day = cursor.number(index + 1, 1, 99)
        if day is not None and cursor.kind(index + 2) == "comma" and is_year(cursor.at(index + 3)):
            year = year_of(cursor.lexemes[index + 3])  # syyskuu 13, 2010
            return Point("day", year, int(cursor.lexemes[index].value or 0), day), index + 4
        dot = index + 3 if cursor.kinds(index + 2, "dot") else index + 2
        if cursor.kinds(index + 2, "colon", "word") and cursor.glued(index + 1, 3):
            dot = index + 4
        if day is not None and cursor.kind(dot) == "day":
            return cursor.with_year(Point("day", None, int(cursor.lexemes[index].value or 0), day), dot + 1)
        return None
    if day is None:
        return None
    by_day = cursor.kind(after) == "day"
    after = after + 1 if by_day else after
    month = cursor.at(after)
    if month is None or month.kind != "month" or month.form.mod or not (by_day or after == index + 2):
        return None
    return cursor.with_year(Point("day", None, int(month.value or 0), day), after + 1)


def part_of_year(cursor: TimeCursor, index: int) -> Found | None:
    """kolmannella neljänneksellä · viimeisellä puoliskolla · neljänneksellä"""
    grain = _PARTS_OF_YEAR.get(cursor.kind(index + 1) or "")
    alone = _PARTS_OF_YEAR.get(cursor.kind(index) or "")
    if alone is not None and cursor.case(index) == "Ade":
        return Point(alone, shift=0), index + 1  # (tällä) neljänneksellä
    if cursor.kind(index) not in ("ordinal", "last") or grain is None:
        return None
    point = Point(grain, unit=_part_number(cursor.lexemes[index], grain))
    year = cursor.at(index + 2)
    if is_year(year) and index + 2 not in cursor.is_quantity:
        return replace(point, year=year_of(cursor.lexemes[index + 2])), index + 3
    return point, index + 2


def worded_month(cursor: TimeCursor, index: int) -> Found | None:
    """toukokuussa 2021 · kesäkuussa 22 · elokuun lopussa · tammikuun 2022 alusta · elokuussa"""
    month = cursor.at(index)
    if month is None or month.kind != "month":
        return None
    return cursor.with_year(Point("month", None, int(month.value or 0), mod=month.form.mod), index + 1, short=True)


def worded_season(cursor: TimeCursor, index: int) -> Found | None:
    """syksyllä 2021 · syksyn 22 · loppukesästä · keväällä"""
    season = cursor.at(index)
    if season is None or season.kind != "season":
        return None
    return cursor.with_year(Point("season", season=str(season.value), mod=season.form.mod), index + 1, short=True)


def weekday(cursor: TimeCursor, index: int) -> Found | None:
    """perjantaina · maanantaina 3. toukokuuta · keskiviikkona 7.4. · ma 3.5.2021"""
    day = cursor.at(index)
    if day is None:
        return None
    after = index + 2 if cursor.kinds(index + 1, "dot", "num") and day.kind == "weekday_short" else index + 1
    if cursor.kind(after) == "num" and (dated := worded_day(cursor, after) or numeric_day(cursor, after, named=True)):
        return dated
    if day.kind == "weekday_short":
        return None
    return Point("day", weekday=int(day.value or 0)), index + 1


def week(cursor: TimeCursor, index: int) -> Found | None:
    """viikolla 12 · vko 12/2023 · viikko 43 vuonna 2007"""
    after = index + 2 if cursor.kinds(index + 1, "dot", "num") else index + 1
    number = cursor.number(after, 1, 53)
    word = cursor.at(index)
    if word is not None and word.form.mod:
        return Point("week", shift=0, mod=word.form.mod), index + 1
    if word is not None and number is None and word.form.case == "Ade" and not word.form.plural:
        return Point("week", shift=0), index + 1  # aiemmin viikolla
    if number is None or word is None or word.form.case in ("Par", "Tra", "Ine") or after in cursor.is_quantity:
        return None
    if cursor.kinds(after + 1, "dot", "num") and cursor.glued(after, 3):
        return None
    point = Point("week", unit=number)
    if cursor.kinds(after + 1, "slash", "num") and cursor.glued(after, 3):
        year = cursor.at(after + 2)
        if is_year(year) or is_short_year(year):
            return replace(point, year=year_of(cursor.lexemes[after + 2])), after + 3
    if cursor.kind(after + 1) == "year" and is_year(cursor.at(after + 2)):
        return replace(point, year=year_of(cursor.lexemes[after + 2])), after + 3
    return point, after + 1


def weekend(cursor: TimeCursor, index: int) -> Found | None:
    """viikonloppuna"""
    return Point("weekend"), index + 1


def worded_holiday(cursor: TimeCursor, index: int) -> Found | None:
    """juhannuksena · jouluna 2021 · pääsiäisen 2022"""
    day = cursor.lexemes[index]
    point = Point("day", holiday=str(day.value))
    if day.form.mod:
        return None
    if cursor.kind(index + 1) == "eve":
        return Point("day", holiday=f"eve of {day.value}"), index + 2
    return cursor.with_year(point, index + 1)


def deictic(cursor: TimeCursor, index: int) -> Found | None:
    """tänään · eilen · eilisen päivän"""
    if cursor.kind(index + 1) == "day" and cursor.case(index) and cursor.case(index) == cursor.case(index + 1):
        return Point("day", shift=int(cursor.lexemes[index].value or 0)), index + 2
    return Point("day", shift=int(cursor.lexemes[index].value or 0)), index + 1


def relative_year(cursor: TimeCursor, index: int) -> Found | None:
    """edellisvuonna · vuodentakaisesta"""
    return cursor.with_part(Point("year", shift=int(cursor.lexemes[index].value or 0)), index + 1)


def relative_quarter(cursor: TimeCursor, index: int) -> Found | None:
    """edellisneljännestä"""
    return Point("quarter", shift=int(cursor.lexemes[index].value or 0)), index + 1


def new_year(cursor: TimeCursor, index: int) -> Found | None:
    """uuden vuoden · uutena vuotena"""
    if cursor.kind(index + 1) != "year" or cursor.case(index + 1) not in ("Gen", "Ess"):
        return None
    if cursor.kind(index + 2) == "eve":
        return Point("day", holiday="12-31"), index + 3
    return Point("day", holiday="01-01"), index + 2


def turn(cursor: TimeCursor, index: int) -> Found | None:
    """vuodenvaihteessa 2021–2022 · 2022–2023 vuoden vaihteen · v. 2021, 2022 vaihteessa · vuoden vaihteessa"""
    first = index
    if cursor.kinds(first, "year", "turn_word"):
        first += 1
    if cursor.kinds(first, "turn") or (first > index and cursor.kinds(first, "turn_word")):
        years = _two_years(cursor, first + 1)
        if years:
            return Point("turn", years[0]), years[1]
        if is_year(cursor.at(first + 1)):
            return Point("turn", year_of(cursor.lexemes[first + 1]) - 1), first + 2
        return Point("turn"), first + 1
    if cursor.kinds(first, "year"):
        first += 2 if cursor.kinds(first + 1, "dot") else 1
    years = _two_years(cursor, first)
    if years:
        after = years[1] + 1 if cursor.kinds(years[1], "year", "turn_word") else years[1]
        if cursor.kinds(after, "turn") or cursor.kinds(after, "turn_word"):
            return Point("turn", years[0]), after + 1
    return None


def _two_years(cursor: TimeCursor, index: int) -> tuple[int, int] | None:
    joint = cursor.at(index + 1)
    if is_year(cursor.at(index)) and joint is not None and joint.kind in ("dash", "comma", "slash", "and"):
        second = cursor.at(index + 2)
        if is_year(second) or (is_short_year(second) and cursor.glued(index, 3)):
            return year_of(cursor.lexemes[index]), index + 3
    return None


def relative(cursor: TimeCursor, index: int) -> Found | None:
    """viime vuonna · ensi keväänä · edellisen vuoden lopussa · viime toukokuussa · tällä viikolla"""
    word, noun = cursor.lexemes[index], cursor.at(index + 1)
    if noun is None:
        return None
    if noun.kind in ("ordinal", "last", "quarter", "half"):
        return _relative_part(cursor, word, index + 1)
    grain = _RELATIVE_NOUNS.get(noun.kind)
    if grain is None or (word.kind == "told" and grain == "season"):
        return None
    if (noun.form.plural and noun.kind != "weekday") or (
        noun.kind == "year" and noun.text.lower().startswith("v") and len(noun.text) < 3
    ):
        return None
    agrees = word.form.case in (None, "Nom", noun.form.case) or word.text[-2:] == noun.text[-2:]
    if not agrees and noun.form.case is not None:
        return None
    point = Point(grain, shift=int(word.value or 0), mod=noun.form.mod, told=word.kind == "told")
    if noun.kind == "season":
        point = replace(point, season=str(noun.value))
    elif noun.kind == "month":
        point = replace(point, unit=int(noun.value or 0))
    elif noun.kind == "weekday":
        point = replace(point, weekday=int(noun.value or 0))
    elif noun.kind == "holiday":
        point = replace(point, holiday=str(noun.value))
    if noun.kind == "year" and is_year(cursor.at(index + 2)) and cursor.lexemes[index + 2].text != "2000":
        return Point("year", year_of(cursor.lexemes[index + 2])), index + 3
    return cursor.with_part(point, index + 2)


def _relative_part(cursor: TimeCursor, word: Lexeme, index: int) -> Found | None:
    """kuluvalla neljänneksellä · edellisestä neljänneksestä"""
    grain = _PARTS_OF_YEAR.get(cursor.kind(index) or "")
    if grain is None:
        return None
    return Point(grain, shift=int(word.value or 0), told=word.kind == "told"), index + 1


def worded_year(cursor: TimeCursor, index: int) -> Found | None:
    """vuonna 2021 · v. 2022 · loppuvuodesta 2021 · vuoden 2021 lopulla · vuoden alussa · vuonna 1878"""
    word = cursor.lexemes[index]
    after = index + 1
    is_short_form = word.text.lower().rstrip(".") in ("v", "vv")
    if is_short_form and cursor.kinds(after, "dot"):
        after += 1
    if cursor.kind(after) == "part" and not is_short_form and not word.form.mod and word.form.case == "Gen":
        mod = str(cursor.lexemes[after].value)
        if is_year(cursor.at(after + 1)):
            return Point("year", year_of(cursor.lexemes[after + 1]), mod=mod), after + 2
        return (Point("year", mod=mod), after + 1) if cursor.is_part(after) else None
    if _is_named_year(cursor, index, after):
        return cursor.with_part(Point("year", year_of(cursor.lexemes[after]), mod=word.form.mod), after + 1)
    if word.form.mod:
        return Point("year", mod=word.form.mod), after
    if word.form.case == "Gen" and (inner := part_of_year(cursor, after) or _calendar_end(cursor, after)):
        return inner
    return None


def _is_named_year(cursor: TimeCursor, index: int, after: int) -> bool:
    """Whether a number behind the word vuosi is a year; an early one (vuonna 786) only beside it."""
    number = cursor.at(after)
    if is_year(number, EARLIEST_YEAR):
        return True
    early = number is not None and number.kind == "num" and len(number.text) == 3
    return early and cursor.case(index) not in ("Par", "Ine") and after not in cursor.is_quantity


def _calendar_end(cursor: TimeCursor, index: int) -> Found | None:
    """(vuoden) viimeisenä päivänä"""
    if cursor.kind(index) == "last" and cursor.kind(index + 1) == "day":
        return Point("day", unit=12, day=31), index + 2
    return None


_RELATIVE_NOUNS: dict[str, Grain] = {
    "year": "year",
    "season": "season",
    "month": "month",
    "month_noun": "month",
    "week": "week",
    "weekend": "weekend",
    "day": "day",
    "weekday": "day",
    "holiday": "day",
    "ten_years": "decade",
    "hundred_years": "century",
    "thousand_years": "millennium",
}
"""What "viime", "ensi" and the like may stand before, and the grain that it then shifts."""
