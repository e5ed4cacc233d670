"""Points written in words: toukokuussa 2021, viime vuonna, juhannuksena, vuoden lopulla; a rule a written form."""

from __future__ import annotations

from dataclasses import replace

from extractors.grammar.calendar import LAST_WEEK, Grain, Point
from extractors.grammar.cursor import Cursor, Read
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.numeric_points import numeric_day
from extractors.grammar.quarters import part_of_year, relative_part
from extractors.grammar.years import (
    EARLIEST_YEAR,
    behind_month,
    is_abbreviated,
    is_part,
    is_short_year,
    is_year,
    named_month,
    next_year,
    with_part,
    with_year,
    year_number,
    year_of,
)


def worded_day(cursor: Cursor, index: int) -> Read[Point] | None:
    """A day before its month.

    3. toukokuuta 2021 → 2021-05-03
    15 elokuuta 2021 → 2021-08-15
    28 maalis → XXXX-03-28
    1. päivänä tammikuuta 2022 → 2022-01-01
    kolmantena päivänä toukokuuta → XXXX-05-03
    """
    item = cursor.at(index)
    day = item.integer if item.kind == "ordinal" else cursor.small(index, 1, 99)
    is_dotted = item.kind == "num" and cursor.kind(index + 1) == "dot"
    after = index + 2 if is_dotted else index + 1
    at = cursor.behind(after, "day")
    month = _month_of_day(cursor, at, index if at == after else None)
    if day is None or month is None or not (at > after or is_dotted or item.kind == "num"):
        return None
    return with_year(cursor, Point("day", None, month, day), behind_month(cursor, at))


def _month_of_day(cursor: Cursor, index: int, day_at: int | None) -> int | None:
    """The month behind a day: its word, in the partitive where the day has no full stop; its stem.

    3 elokuuta → XXXX-08-03
    3. kesä peräkkäin → 3
    """
    item, month = cursor.at(index), named_month(cursor.at(index))
    is_plain = day_at is not None and cursor.kind(day_at) == "num" and index == day_at + 1
    if item.kind == "month":
        return month if not is_plain or item.sense.case == "Par" or behind_month(cursor, index) > index + 1 else None
    if cursor.kind(index + 1) == "dash" or (not is_plain and not is_year(cursor.at(index + 1))):
        return None
    return month


def day_of_this_month(cursor: Cursor, index: int) -> Read[Point] | None:
    """A day of a month that is told from now.

    4. tässä kuussa → XXXX-XX-XX shift=0
    15. päivänä ensi kuuta → XXXX-XX-XX shift=1
    """
    day, after = cursor.small(index, 1, 31), cursor.behind(index + 2, "day")
    if day is None or cursor.kind(index + 1) != "dot":
        return None
    if cursor.kind(after) not in ("relative", "told") or cursor.kind(after + 1) != "month_noun":
        return None
    return Point("day", day=day, shift=cursor.at(after).integer, told=cursor.kind(after) == "told"), after + 2


def this_month(cursor: Cursor, index: int) -> Read[Point] | None:
    """A part of this month.

    kuun loppuun → XXXX-XX END shift=0
    joka kuun alussa → nothing
    """
    if cursor.at(index).value != "short" or not is_part(cursor, index + 1) or cursor.kind(index - 1) == "each":
        return None
    return Point("month", shift=0, mod=str(cursor.at(index + 1).value)), index + 2


def month_and_day(cursor: Cursor, index: int) -> Read[Point] | None:
    """A month before its day.

    tammikuun 12. päivänä 2021 → 2021-01-12
    tammikuun 12:ntena päivänä → XXXX-01-12
    syyskuu 13, 2010 → 2010-09-13
    huhti 16, 2015 → 2015-04-16
    toukokuun 2:sta alkaen vuonna 2022 → 2022-05-02
    toukokuun 3. ja kesäkuun 2. → XXXX-05-03, XXXX-06-02
    """
    month, day = named_month(cursor.at(index)), cursor.small(index + 1, 1, 99)
    if month is None or day is None:
        return None
    if cursor.kind(index + 2) == "comma" and is_year(cursor.at(index + 3)):
        return Point("day", year_of(cursor.at(index + 3)), month, day), index + 4
    if cursor.kind(index) != "month":
        return None
    has_ending = cursor.kinds(index + 2, "colon", "word") and cursor.joined(index + 1, 3)
    after = index + 4 if has_ending else cursor.behind(index + 2, "dot")
    ends = after == index + 3 and cursor.kind(after) in ("edge", "and", "comma", "dash", "since")
    if cursor.kind(after) != "day" and not has_ending and not (ends and cursor.case(index) == "Gen"):
        return None
    return with_year(cursor, Point("day", None, month, day), cursor.behind(after, "day"))


def stem_and_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """A month's bare stem before its year; kesä is the season.

    joulu 2021 → 2021-12
    huhti 2022 → 2022-04
    """
    month, year = named_month(cursor.at(index)), cursor.at(index + 1)
    if month is None or not is_year(year) or cursor.counts(index + 1):
        return None
    return Point("month", year_of(year), month), index + 2


def worded_month(cursor: Cursor, index: int) -> Read[Point] | None:
    """A month, or a part of it, with its year.

    toukokuussa 2021 → 2021-05
    loppukesäkuusta 2022 → 2022-06 END
    elokuussa → XXXX-08
    helmik. 2022 → 2022-02
    """
    month = cursor.at(index)
    if month.kind != "month":
        return None
    point = Point("month", None, month.integer, mod=month.sense.mod)
    return with_year(cursor, point, behind_month(cursor, index), short=True)


def worded_season(cursor: Cursor, index: int) -> Read[Point] | None:
    """A season, or a part of it, with its year.

    syksyllä 2021 → 2021-FA
    syksyn 22 → 2022-FA
    loppukesästä → XXXX-SU END
    talvella 2021–2022 → 2022-WI
    talvikaudella 2021/22 → 2022-WI
    """
    season = cursor.at(index)
    if season.kind != "season":
        return None
    if season.value == "WI" and (after := next_year(cursor, index + 1)) is not None:
        return Point("season", cursor.at(index + 1).integer + 1, season="WI", mod=season.sense.mod), after
    return with_year(cursor, Point("season", season=str(season.value), mod=season.sense.mod), index + 1, short=True)


def weekday(cursor: Cursor, index: int) -> Read[Point] | None:
    """A weekday, with the day that it belongs to.

    perjantaina → XXXX-WXX-5
    maanantaina 3. toukokuuta 2021 → 2021-05-03
    keskiviikkona 7.4. → XXXX-04-07
    ma 3.5.2021 → 2021-05-03
    ma. 3.5.2021 → 2021-05-03
    tiistaina, 27. lokakuuta 2015 → 2015-10-27
    to huhti 16, 2015 → 2015-04-16
    """
    day = cursor.at(index)
    is_short = day.kind == "weekday_short"
    after = index + 2 if is_short and cursor.kind(index + 1) == "dot" else index + 1
    at = cursor.behind(after, "comma")
    if cursor.kind(at) == "num" and (dated := worded_day(cursor, at) or numeric_day(cursor, at, named=True)):
        return dated
    if dated := month_and_day(cursor, after):
        return dated
    return None if is_short else (Point("day", weekday=day.integer), index + 1)


def week(cursor: Cursor, index: int) -> Read[Point] | None:
    """A week by its number.

    viikolla 12 → XXXX-W12
    vko 12/2023 → 2023-W12
    viikko 43 vuonna 2007 → 2007-W43
    viikolla 12 (2023) → 2023-W12
    viikko 12, 2023 → 2023-W12
    """
    at = _number_at(cursor, index)
    number = cursor.small(at, 1, LAST_WEEK)
    if number is None or _is_length(cursor, index, at):
        return None
    return week_number(cursor, at)


def week_number(cursor: Cursor, index: int) -> Read[Point] | None:
    """A week's number with its year behind it."""
    number = cursor.small(index, 1, LAST_WEEK)
    if number is None:
        return None
    point, sign, year = Point("week", unit=number), cursor.at(index + 1), cursor.at(index + 2)
    if cursor.kinds(index + 1, "slash", "num") and cursor.joined(index, 3) and (is_year(year) or is_short_year(year)):
        return replace(point, year=year_of(year)), index + 3
    if is_year(sign) and not cursor.counts(index + 1):
        return replace(point, year=sign.integer), index + 2
    if not is_year(year):
        return point, index + 1
    if sign.text == "(" and cursor.at(index + 3).text == ")":
        return replace(point, year=year.integer), index + 4
    is_beside = sign.kind == "year" or (sign.kind == "comma" and cursor.kind(index + 3) in ("edge", "dot"))
    return (replace(point, year=year.integer), index + 3) if is_beside else (point, index + 1)


def ordinal_week(cursor: Cursor, index: int) -> Read[Point] | None:
    """A week by its number in a row.

    30. viikolla → XXXX-W30
    30. viikko 2022 → 2022-W30
    """
    number, year = cursor.small(index, 1, LAST_WEEK), cursor.at(index + 3)
    if (
        number is None
        or not cursor.kinds(index + 1, "dot", "week")
        or cursor.case(index + 2) not in ("Ade", "Nom", "Gen")
    ):
        return None
    if is_year(year) and not cursor.counts(index + 3):
        return Point("week", year_of(year), number), index + 4
    return (Point("week", unit=number), index + 3) if cursor.case(index + 2) == "Ade" else None


def iso_week(cursor: Cursor, index: int) -> Read[Point] | None:
    """2024-W30 → 2024-W30"""
    number = cursor.small(index + 3, 1, LAST_WEEK)
    if number is None or not cursor.kinds(index, "num", "dash", "week_mark") or not cursor.joined(index, 4):
        return None
    return (Point("week", year_of(cursor.at(index)), number), index + 4) if is_year(cursor.at(index)) else None


def _number_at(cursor: Cursor, index: int) -> int:
    """Where the number behind the word viikko or its abbreviation stands."""
    return index + 2 if cursor.kinds(index + 1, "dot", "num") else index + 1


def _is_length(cursor: Cursor, index: int, at: int) -> bool:
    """Whether a number behind the word viikko is none of a week: it counts, or has decimals.

    viikossa 12 kertaa → 12 krt
    """
    if cursor.at(index).sense.mod or cursor.case(index) in ("Par", "Tra", "Ine") or cursor.counts(at):
        return True
    return cursor.kinds(at + 1, "dot", "num") and cursor.joined(at, 3)


def current_week(cursor: Cursor, index: int) -> Read[Point] | None:
    """A week without a number: this one.

    aiemmin viikolla → XXXX-WXX shift=0
    loppuviikosta → XXXX-WXX END shift=0
    """
    word = cursor.at(index)
    if word.sense.mod:
        return Point("week", shift=0, mod=word.sense.mod), index + 1
    if (
        word.sense.case != "Ade"
        or word.sense.plural
        or cursor.small(_number_at(cursor, index), 1, LAST_WEEK) is not None
    ):
        return None
    return Point("week", shift=0), index + 1


def weekend(cursor: Cursor, index: int) -> Read[Point] | None:
    """A weekend, or its day.

    viikonloppuna → XXXX-WXX-WE
    viikonloppuna 3.9.2022 → 2022-09-03
    """
    at = index + 1
    if cursor.kind(at) == "num" and (day := worded_day(cursor, at) or numeric_day(cursor, at, named=True)):
        return day
    return Point("weekend"), index + 1


def worded_holiday(cursor: Cursor, index: int) -> Read[Point] | None:
    """A holiday, or its eve.

    juhannuksena → XXXX-XX-XX
    jouluna 2021 → 2021-12-25
    pääsiäisen 2022 → 2022-04-17
    juhannuksen aattona 2022 → 2022-06-24
    """
    day = cursor.at(index)
    if day.sense.mod:
        return None
    is_eve = cursor.kind(index + 1) == "eve"
    rule = f"eve of {day.value}" if is_eve else str(day.value)
    return with_year(cursor, Point("day", holiday=rule), index + 2 if is_eve else index + 1)


def deictic(cursor: Cursor, index: int) -> Read[Point] | None:
    """A day told from today.

    tänään → XXXX-XX-XX shift=0
    eilen → XXXX-XX-XX shift=-1
    eilisen päivän → XXXX-XX-XX shift=-1
    """
    agrees = cursor.kind(index + 1) == "day" and cursor.case(index) and cursor.case(index) == cursor.case(index + 1)
    return Point("day", shift=cursor.at(index).integer), index + 2 if agrees else index + 1


def relative_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """A year told from this one in one word.

    edellisvuonna → XXXX shift=-1
    vuodentakaisesta → XXXX shift=-1
    """
    return with_part(cursor, Point("year", shift=cursor.at(index).integer), index + 1)


def relative_quarter(cursor: Cursor, index: int) -> Read[Point] | None:
    """edellisneljännestä → XXXX-QXX shift=-1"""
    return Point("quarter", shift=cursor.at(index).integer), index + 1


def new_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """The first day of a year, or its eve.

    uuden vuoden → XXXX-01-01
    uutena vuotena → XXXX-01-01
    uuden vuoden aattona → XXXX-12-31
    """
    if cursor.kind(index + 1) != "year" or cursor.case(index + 1) not in ("Gen", "Ess"):
        return None
    is_eve = cursor.kind(index + 2) == "eve"
    return Point("day", holiday="12-31" if is_eve else "01-01"), index + 3 if is_eve else index + 2


def turn(cursor: Cursor, index: int) -> Read[Point] | None:
    """The turn of a year, its word first.

    vuodenvaihteessa 2021–2022 → 2021-12/2022-01
    vuodenvaihteessa 2022 → 2021-12/2022-01
    vuoden vaihteessa → XXXX-12/XXXX-01
    vuoden 2023 vaihteessa → 2022-12/2023-01
    """
    if cursor.kinds(index, "year", "num", "turn_word") and is_year(cursor.at(index + 1)):
        return Point("turn", cursor.at(index + 1).integer - 1), index + 3
    in_two_words = cursor.kinds(index, "year", "turn_word")
    after = index + 2 if in_two_words else index + 1
    if not in_two_words and cursor.kind(index) != "turn":
        return None
    if years := _two_years(cursor, after):
        return Point("turn", years[0]), years[1]
    if is_year(cursor.at(after)):
        return Point("turn", year_of(cursor.at(after)) - 1), after + 1
    return Point("turn"), after


def years_and_turn(cursor: Cursor, index: int) -> Read[Point] | None:
    """The turn of a year, its years first.

    2022–2023 vuoden vaihteen → 2022-12/2023-01
    v. 2021, 2022 vaihteessa → 2021-12/2022-01
    """
    first = cursor.behind(index + 1, "dot") if cursor.kind(index) == "year" else index
    years = _two_years(cursor, first)
    if years is None:
        return None
    year, after = years
    after = after + 1 if cursor.kinds(after, "year", "turn_word") else after
    return (Point("turn", year), after + 1) if cursor.kind(after) in ("turn", "turn_word") else None


def _two_years(cursor: Cursor, index: int) -> Read[int] | None:
    """The first of two years with a dash, a comma, a slash or "ja" between.

    vuodenvaihteessa 2021/22 → 2021-12/2022-01
    vuosien 2021 ja 2022 vaihteessa → 2021-12/2022-01
    """
    first, second = cursor.at(index), cursor.at(index + 2)
    if not is_year(first) or cursor.kind(index + 1) not in ("dash", "comma", "slash", "and"):
        return None
    is_second = is_year(second) or (is_short_year(second) and cursor.joined(index, 3))
    return (year_of(first), index + 3) if is_second else None


def relative(cursor: Cursor, index: int) -> Read[Point] | None:
    """A time told from now, or (`told`) from what was told before.

    viime vuonna → XXXX shift=-1
    ensi keväänä → XXXX-SP shift=1
    viime toukokuussa → XXXX-05 shift=-1
    edellisen vuoden lopussa → XXXX END shift=-1
    seuraavana vuonna → XXXX shift=1 told
    kuluvalla neljänneksellä → XXXX-QXX shift=0
    tänä vuonna 2022 → 2022
    """
    word, noun = cursor.at(index), cursor.at(index + 1)
    told = word.kind == "told"
    if part := relative_part(cursor, index + 1):
        return Point(part, shift=word.integer, told=told), index + 2
    grain = _RELATIVE_NOUNS.get(noun.kind)
    if grain is None or (told and grain == "season") or not _is_one(noun) or not _agree(word, noun):
        return None
    if noun.kind == "year" and is_year(cursor.at(index + 2)) and cursor.at(index + 2).integer != ROUND_YEAR:
        return Point("year", year_of(cursor.at(index + 2))), index + 3
    point = Point(grain, shift=word.integer, mod=noun.sense.mod, told=told)
    return with_part(cursor, _named_by(noun, point), index + 2)


ROUND_YEAR = 2000
"""Behind a year that is told already ("viime vuonna 2000 asukasta") this number is a count more often than the year."""


def _is_one(noun: Lexeme) -> bool:
    """Whether a noun names one time, not several; weekdays are told in the plural too (ensi maanantaiden)."""
    return not is_abbreviated(noun) and (not noun.sense.plural or noun.kind == "weekday")


def _agree(word: Lexeme, noun: Lexeme) -> bool:
    """Whether a relative word and a noun stand in one case; viime and ensi have none."""
    if word.sense.case in (None, "Nom", noun.sense.case) or noun.sense.case is None:
        return True
    return word.text[-2:] == noun.text[-2:]


def _named_by(noun: Lexeme, point: Point) -> Point:
    """A relative point with what its noun names: the season, the month, the weekday, the holiday."""
    if noun.kind == "season":
        return replace(point, season=str(noun.value))
    if noun.kind == "month":
        return replace(point, unit=noun.integer)
    if noun.kind == "weekday":
        return replace(point, weekday=noun.integer)
    return replace(point, holiday=str(noun.value)) if noun.kind == "holiday" else point


def worded_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """A year behind its word, or a part of one.

    vuonna 2021 → 2021
    v. 2022 → 2022
    loppuvuodesta 2021 → 2021 END
    vuoden 2021 lopulla → 2021 END
    vuonna 1878 → 1878
    vuonna 786 → 0786
    vuonna '22 → 2022
    alkuvuonna → XXXX START
    """
    word = cursor.at(index)
    after = cursor.behind(index + 1, "dot") if is_abbreviated(word) else index + 1
    if (at := year_number(cursor, after)) is not None:
        return with_part(cursor, Point("year", year_of(cursor.at(at)), mod=word.sense.mod), at + 1)
    if _is_named_year(cursor, index, after):
        return with_part(cursor, Point("year", year_of(cursor.at(after)), mod=word.sense.mod), after + 1)
    return (Point("year", mod=word.sense.mod), after) if word.sense.mod else None


def part_then_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """The word vuosi, its part, and perhaps the year.

    vuoden lopussa 2021 → 2021 END
    vuoden alussa → XXXX START
    vuoden jälkipuoliskolla → XXXX-H2
    """
    word, part, year = cursor.at(index), cursor.at(index + 1), cursor.at(index + 2)
    if is_abbreviated(word) or word.sense.mod or word.sense.case != "Gen" or part.kind not in ("part", "half_part"):
        return None
    if part.kind == "part":
        point = Point("year", mod=str(part.value))
    else:
        point = Point("half", unit=1 if part.value == "START" else 2)
    if is_year(year):
        return replace(point, year=year_of(year)), index + 3
    return (point, index + 2) if is_part(cursor, index + 1, part.kind) else None


def within_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """A quarter, a half or the last day of a year that is not named.

    vuoden kolmannella neljänneksellä → XXXX-Q3
    vuoden viimeisenä päivänä → XXXX-12-31
    """
    if cursor.case(index) != "Gen":
        return None
    if cursor.kinds(index + 1, "last", "day"):
        return Point("day", unit=12, day=31), index + 3
    return part_of_year(cursor, index + 1)


def _is_named_year(cursor: Cursor, index: int, after: int) -> bool:
    """Whether a number behind the word vuosi is a year; an early one only beside it.

    vuonna 786 → 0786
    vuonna 786 asiakasta → 786 asiakas
    """
    number = cursor.at(after)
    if is_year(number, EARLIEST_YEAR):
        return True
    is_early = number.kind == "num" and len(number.text) == 3
    return is_early and cursor.case(index) not in ("Par", "Ine") and not cursor.counts(after)


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
