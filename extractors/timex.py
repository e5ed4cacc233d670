"""The grammar of time expressions: typed lexemes (`lexemes`) → points and ranges of the calendar.

`Reader` knows the written forms of a point in time, one a method, and joins points into ranges; `scan` finds them in a
run of tokens. What an expression means in days is told by `interval`; which year a bare month takes is decided in
`dates`, which knows the document. Durations, repeated times and times of day are read by `durations`.

Values, modifiers and spans follow TIMEX3 as the data contract defines them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from extractors.document import AnalysedDocument, Span
from extractors.lexemes import Cursor, Lexeme, Word, lexemes
from lexicons import load

FIRST_YEAR, LAST_YEAR = 1900, 2100
EARLIEST_YEAR = 1000
"""Between this and FIRST_YEAR a number is a year only where a word or a month beside it says so."""

SHORT_YEARS = range(17, 40)
"""Two-digit years that are read as 20xx: the reform's own decades. Others are scores, ages and parts."""

Grain = Literal[
    "day", "week", "weekend", "month", "season", "quarter", "half", "year", "turn", "decade", "century", "millennium"
]

_PARTS_OF_YEAR: dict[str, Grain] = {"quarter": "quarter", "half": "half"}

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


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression and its stretch of the source: a point, or a range when `end` is set.

    `first`..`last` are its lexemes. `is_name` says that it names a time without telling when ("kesää odottaa moni").
    """

    span: Span
    begin: Point
    end: Point | None = None
    first: int = 0
    last: int = 0
    is_name: bool = False


# Points


def is_year(lexeme: Lexeme | None, first: int = FIRST_YEAR) -> bool:
    """Whether a lexeme is a number of four digits in the range of years."""
    return (
        lexeme is not None
        and lexeme.kind == "num"
        and len(lexeme.text) == 4
        and first <= int(lexeme.value or 0) <= LAST_YEAR
    )


def _is_short_year(lexeme: Lexeme | None) -> bool:
    return (
        lexeme is not None and lexeme.kind == "num" and len(lexeme.text) == 2 and int(lexeme.value or 0) in SHORT_YEARS
    )


def _year(lexeme: Lexeme) -> int:
    value = int(lexeme.value or 0)
    return value if value > 99 else 2000 + value


def _part_number(ordinal: Lexeme, grain: Grain) -> int:
    """Which quarter or half an ordinal means; the last half is the second."""
    number = int(ordinal.value or 0)
    return min(number, 2) if grain == "half" else number


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}

Found = tuple[Point, int]
"""A point and the index behind it."""


class TimeCursor(Cursor):
    """Reads points and ranges off a list of lexemes; every form gives what it read and the index behind it, or None."""

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        super().__init__(lexemes)
        self.is_quantity = _quantities(lexemes)
        self._month_at: dict[int, int] = {}

    def case(self, index: int) -> str | None:
        return self.lexemes[index].form.case if 0 <= index < len(self.lexemes) else None

    def kinds(self, index: int, *kinds: str) -> bool:
        return all((item := self.at(index + i)) is not None and item.kind == kind for i, kind in enumerate(kinds))

    def glued(self, index: int, count: int) -> bool:
        """Whether `count` lexemes from `index` on stand without white space between."""
        return all((item := self.at(index + i)) is not None and item.glued for i in range(1, count))

    def number(self, index: int, low: int, high: int) -> int | None:
        item = self.at(index)
        if item is None or item.kind != "num" or len(item.text) > 2 or not low <= int(item.value or 0) <= high:
            return None
        return int(item.value or 0)

    def is_digits(self, index: int) -> bool:
        return self.kind(index) == "num"

    def with_year(self, point: Point, index: int, short: bool = False) -> Found:
        """A month, season or day with the part word and the year behind it, in either order."""
        point, index = self.with_part(point, index)
        item, after = self.at(index), index
        if item is not None and item.kind == "year" and item.form.mod is None and is_year(self.at(index + 1)):
            return replace(point, year=_year(self.lexemes[index + 1])), index + 2
        if (
            point.grain == "day"
            and self.kind(index) == "comma"
            and is_year(self.at(index + 1))
            and self.closes(index + 2)
        ):
            return replace(point, year=_year(self.lexemes[index + 1])), index + 2  # 21. joulukuuta, 2005
        if index not in self.is_quantity and self._names_year(index, short):
            after = index + 1
        elif short and self.kinds(index, "dash", "num") and self._is_clipped(index):
            index, after = index + 1, index + 2
        if after == index or (after == index + 1 and not self.is_digits(index)):
            return point, index
        return self.with_part(replace(point, year=_year(self.lexemes[index])), after)

    def closes(self, index: int) -> bool:
        """Whether a sentence or a phrase in brackets ends at a lexeme."""
        item = self.at(index)
        return item is None or item.kind in ("dot", "comma") or item.text in ")]"

    def _names_year(self, index: int, short: bool) -> bool:
        item = self.at(index)
        if not short and is_year(item, EARLIEST_YEAR):
            return True
        return is_year(item) or (short and _is_short_year(item) and not self._is_day_or_more(index))

    def _is_clipped(self, index: int) -> bool:
        """Whether a dash opens a clipped year: "syksyn -21"."""
        dash, year = self.lexemes[index], self.lexemes[index + 1]
        return not dash.glued and year.glued and _is_short_year(year)

    def _is_day_or_more(self, index: int) -> bool:
        """Whether a two-digit number goes on as something else than a year: 12.5., 22/23, 22. ja 25. päivänä."""
        after = self.at(index + 1)
        if self.kind(index + 1) == "dot" and self.kind(index + 2) in ("and", "comma", "dash", "day"):
            return True
        return after is not None and after.glued and after.kind in ("slash", "comma") and self.is_digits(index + 2)

    def with_part(self, point: Point, index: int) -> Found:
        item = self.at(index)
        """A point with the part of it that follows: "vuoden 2021 lopulla", "elokuun alussa"."""
        item = self.at(index)
        if item is not None and item.kind == "part" and point.mod is None and self.is_part(index):
            return replace(point, mod=str(item.value)), index + 1
        return point, index

    def is_part(self, index: int) -> bool:
        """Whether a part word is a noun in a place case behind a genitive or a year, and not "alkaen" or an adverb."""
        return self.case(index) is not None and (self.case(index - 1) == "Gen" or self.kind(index - 1) == "num")


def point(cursor: TimeCursor, index: int) -> Found | None:
    """The point that begins at a lexeme, by the first form that fits, with the point inside it that follows."""
    for form in _FORMS.get(cursor.kind(index) or "", ()):
        if found := form(cursor, index):
            return _narrower(cursor, found)
    return None


def before_christ(cursor: TimeCursor, index: int) -> Found | None:
    """vuonna 121 eaa. · 63 eaa."""
    at = index + 1 if cursor.kind(index) == "year" else index
    if not cursor.kinds(at, "num", "era") or len(cursor.lexemes[at].text) > 4:
        return None
    year = int(cursor.lexemes[at].value or 0)
    after = at + 3 if cursor.kind(at + 2) == "dot" and not cursor.lexemes[at + 1].text.endswith(".") else at + 2
    return Point("year", -year if cursor.lexemes[at + 1].value == "BC" else year), after


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


def iso(cursor: TimeCursor, index: int) -> Found | None:
    """2021-11-15"""
    if not (is_year(cursor.at(index)) and cursor.kinds(index, "num", "dash", "num", "dash", "num")):
        return None
    month, day = cursor.number(index + 2, 1, 12), cursor.number(index + 4, 1, 31)
    if month is None or day is None or not cursor.glued(index, 5) or len(cursor.lexemes[index + 2].text) != 2:
        return None
    return Point("day", _year(cursor.lexemes[index]), month, day), index + 5


def numeric_day(cursor: TimeCursor, index: int, named: bool = False) -> Found | None:
    """15.11.2021 · 15.11. 2021 · 15.11.21 · 7.6. · 15.11 · 31.2.2022, of no month or year's days but a date

    `named` says that a weekday stands before it, so that it is no list number.
    """
    if not cursor.kinds(index, "num", "dot", "num") or not cursor.lexemes[index + 1].glued:
        return None
    day, month, year = cursor.number(index, 1, 31), cursor.number(index + 2, 1, 12), cursor.at(index + 4)
    before = cursor.at(index - 1)
    if before is not None and cursor.lexemes[index].glued and before.kind not in ("dash", "word", "year"):
        return None
    full = cursor.kinds(index + 3, "dot", "num") and cursor.number(index, 0, 99) is not None
    if (
        full
        and cursor.number(index + 2, 0, 99) is not None
        and is_year(year, EARLIEST_YEAR)
        and _ends(cursor, index + 5)
    ):
        return Point("day", _year(cursor.lexemes[index + 4]), *_day_month(cursor, index)), index + 5
    if day is None or month is None:
        return None
    if full and _is_short_year(year) and cursor.glued(index, 5) and _ends(cursor, index + 5):
        return Point("day", _year(cursor.lexemes[index + 4]), month, day), index + 5
    if cursor.kinds(index + 3, "dot") and cursor.lexemes[index + 3].glued:
        after = cursor.at(index + 4)
        if after is not None and after.kind == "num" and after.glued:
            return None  # a version
        closes = after is None or after.text[0].isupper()
        if not closes or day > 12 or named:
            return Point("day", None, month, day), index + 4
    if _is_reference(cursor, index, ("number", "goal", "label")) or _is_behind_name(cursor, index):
        return None  # versio 10.04, Ubuntu 13.10
    if len(cursor.lexemes[index].text) == 2 and len(cursor.lexemes[index + 2].text) == 2:
        return Point("day", None, month, day), index + 3
    return None


def _is_behind_name(cursor: TimeCursor, index: int) -> bool:
    """Whether a word in capitals that opens no sentence stands before a number."""
    before = cursor.at(index - 1)
    return before is not None and index > 1 and before.kind == "word" and before.text[0].isupper()


def _day_month(cursor: TimeCursor, index: int) -> tuple[int, int]:
    """Month and day of "15.11.", whatever they are."""
    return int(cursor.lexemes[index + 2].value or 0), int(cursor.lexemes[index].value or 0)


def _ends(cursor: TimeCursor, index: int) -> bool:
    """Whether digits do not go on after a date: 1.2.2021.3 is none."""
    return not (cursor.kinds(index, "dot", "num") and cursor.glued(index - 1, 3))


def worded_day(cursor: TimeCursor, index: int) -> Found | None:
    """3. toukokuuta 2021 · 1. päivänä tammikuuta 2022 · tammikuun 12. päivänä 2021 · syyskuu 13, 2010"""
    day = cursor.number(index, 1, 99)
    if day is None and cursor.kind(index) == "ordinal":
        day = int(cursor.lexemes[index].value or 0)
    after = index + 2 if cursor.kinds(index, "num", "dot") else index + 1
    if cursor.kind(index) == "month":
        day = cursor.number(index + 1, 1, 99)
        if day is not None and cursor.kind(index + 2) == "comma" and is_year(cursor.at(index + 3)):
            year = _year(cursor.lexemes[index + 3])  # syyskuu 13, 2010
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


def month_fraction(cursor: TimeCursor, index: int) -> Found | None:
    """5/21 · 11/2021 · 13/21, of no month but a date"""
    if (
        not cursor.kinds(index, "num", "slash", "num")
        or not cursor.glued(index, 3)
        or cursor.number(index, 1, 99) is None
    ):
        return None
    year, after, before = cursor.at(index + 2), cursor.at(index + 3), cursor.at(index - 1)
    if after is not None and after.glued and after.kind in ("slash", "num"):
        return None
    if cursor.lexemes[index].glued and before is not None and before.kind in ("slash", "num", "dot", "comma"):
        return None
    month = int(cursor.lexemes[index].value or 0)
    if _is_reference(cursor, index, ("law", "document", "number")):
        return None
    if month > 12 and (_goes_on(cursor, index + 3) or month > 31 or not _is_short_year(year)):
        return None
    if is_year(year) or _is_short_year(year):
        return Point("month", _year(cursor.lexemes[index + 2]), month), index + 3
    return None


def _is_reference(cursor: TimeCursor, index: int, groups: tuple[str, ...] = ("law", "document")) -> bool:
    """Whether a number names a statute or a document: HE 6/2021, asetus (28/2006), lehden numero 1/2015."""
    before = cursor.at(index - 1)
    if before is not None and before.text in "([`":
        before = cursor.at(index - 2)
    return before is not None and before.kind == "reference" and before.value in groups


def _is_in_name(cursor: TimeCursor, index: int) -> bool:
    """Whether a year belongs to a name: Suomi 2030 -ohjelma, KOM (2005) 606."""
    behind, following = cursor.at(index + 1), cursor.at(index + 2)
    if behind is None:
        return False
    if behind.kind == "word" and behind.text[0] in "-–" and len(behind.text) > 1:
        return True
    if following is None:
        return False
    if behind.kind == "dash" and behind.glued and following.glued and following.kind == "word":
        return following.text[0].isalpha()
    before = cursor.at(index - 1)
    return before is not None and before.text == "(" and behind.text == ")" and following.kind == "num"


def _goes_on(cursor: TimeCursor, index: int) -> bool:
    """Whether a word follows in the same breath: "13/21 kuntaa" is a share and no month."""
    item = cursor.at(index)
    return item is not None and item.kind != "and" and item.text[0].isalpha() and item.text[0].islower()


def year_first(cursor: TimeCursor, index: int) -> Found | None:
    """2021 kevät · 2022 toukokuu"""
    item = cursor.at(index + 1)
    if not is_year(cursor.at(index)) or item is None or item.kind not in ("season", "month") or item.form.case != "Nom":
        return None
    if item.form.mod or is_year(cursor.at(index + 2)) or index in cursor.is_quantity:
        return None
    year = _year(cursor.lexemes[index])
    if item.kind == "season":
        return Point("season", year, season=str(item.value)), index + 2
    return Point("month", year, int(item.value or 0)), index + 2


def quarter(cursor: TimeCursor, index: int) -> Found | None:
    """Q3/2022 · 4Q14 · 2022/II · III/2022 · vuoden 2022 kolmannella neljänneksellä is read by `_narrower`"""
    if cursor.kinds(index, "quarter", "num") and (unit := cursor.number(index + 1, 1, 4)):
        after = index + 3 if cursor.kind(index + 2) == "slash" else index + 2
        if is_year(cursor.at(after)) or (after == index + 3 and _is_short_year(cursor.at(after))):
            return Point("quarter", _year(cursor.lexemes[after]), unit), after + 1
    if is_year(cursor.at(index)) and cursor.kinds(index + 1, "slash") and cursor.glued(index, 3):
        roman = cursor.at(index + 2)
        if roman is not None and roman.text in _ROMAN:
            return Point("quarter", _year(cursor.lexemes[index]), _ROMAN[roman.text]), index + 3
    return None


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
        return replace(point, year=_year(cursor.lexemes[index + 2])), index + 3
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
        if is_year(year) or _is_short_year(year):
            return replace(point, year=_year(cursor.lexemes[after + 2])), after + 3
    if cursor.kind(after + 1) == "year" and is_year(cursor.at(after + 2)):
        return replace(point, year=_year(cursor.lexemes[after + 2])), after + 3
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


def whole(cursor: TimeCursor, index: int) -> Found | None:
    """koko vuoden 2021"""
    following = point(cursor, index + 1) if cursor.kind(index + 1) == "year" else None
    is_year_named = following is not None and following[0].grain == "year" and following[0].year is not None
    return following if is_year_named else None


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
            return Point("turn", _year(cursor.lexemes[first + 1]) - 1), first + 2
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
        if is_year(second) or (_is_short_year(second) and cursor.glued(index, 3)):
            return _year(cursor.lexemes[index]), index + 3
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
        return Point("year", _year(cursor.lexemes[index + 2])), index + 3
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
            return Point("year", _year(cursor.lexemes[after + 1]), mod=mod), after + 2
        return (Point("year", mod=mod), after + 1) if cursor.is_part(after) else None
    if _is_named_year(cursor, index, after):
        return cursor.with_part(Point("year", _year(cursor.lexemes[after]), mod=word.form.mod), after + 1)
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


def bare_year(cursor: TimeCursor, index: int) -> Found | None:
    """2021 · 2022 lopulla · 2022 vuoden · 2020-luvulla"""
    item = cursor.at(index)
    if item is None or index in cursor.is_quantity:
        return None
    if cursor.kinds(index + 1, "dash", "decade") and cursor.glued(index, 3) and item.text.endswith("0"):
        return decade(cursor, int(item.value or 0), index + 3) if len(item.text) in (2, 3, 4) else None
    if not is_year(item):
        return None
    before, after = cursor.at(index - 1), cursor.at(index + 1)
    if before is not None and before.kind == "num" and len(before.text) == 3:
        return None  # a telephone number's last group
    if before is not None and before.kind == "comparator":
        return None  # noin 2000 ihmistä
    if _is_reference(cursor, index) or _is_in_name(cursor, index):
        return None
    if before is not None and item.glued and before.kind in ("slash", "dot", "comma", "num"):
        return None
    if (
        after is not None
        and after.glued
        and (
            _is_fraction(cursor, index)
            or (after.kind == "comma" and cursor.is_digits(index + 2) and cursor.glued(index, 3))
        )
    ):
        return None
    if (
        after is not None
        and after.glued
        and after.kind == "dot"
        and cursor.is_digits(index + 2)
        and cursor.glued(index, 3)
    ):
        return None
    if after is not None and after.kind == "year" and after.form.mod is None and not after.glued:
        following = cursor.at(index + 2)
        if following is None or not is_year(following):
            return Point("year", _year(item)), index + 2
    return cursor.with_part(Point("year", _year(item)), index + 1)


def _is_fraction(cursor: TimeCursor, index: int) -> bool:
    """Whether a slash follows that opens no next year: 2021/5, but 2005/06."""
    if cursor.kind(index + 1) != "slash":
        return False
    following = cursor.number(index + 2, 0, 99)
    return following is None or following != (int(cursor.lexemes[index].value or 0) + 1) % 100


def decade(cursor: TimeCursor, year: int, index: int) -> Found:
    """1990-luvulla · 70-luvun alussa · 1800-luvulla: a century where the number is a full hundred before 2000"""
    year = 1900 + year if year < 100 else year
    grain: Grain = "century" if year % 100 == 0 and year < 2000 else "decade"
    return cursor.with_part(Point(grain, year), index)


def clipped_year(cursor: TimeCursor, index: int) -> Found | None:
    """-22 alusta · syksyn -21"""
    if not (cursor.kinds(index, "dash", "num") and _is_short_year(cursor.at(index + 1)) and cursor.glued(index, 2)):
        return None
    if cursor.lexemes[index].glued or not cursor.kinds(index + 2, "part"):
        return None
    return cursor.with_part(Point("year", _year(cursor.lexemes[index + 1])), index + 2)


def expression(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """A point or a range that begins at a lexeme."""
    for form in (month_pair, day_pair, stem_pair, decades):
        if found := form(cursor, index):
            return found
    head = point(cursor, index)
    if head is None:
        return None
    begin, after = head
    if (inner := stem_pair(cursor, after)) and begin.grain == "year" and opens_inner(cursor, after):
        return _within_year(cursor, begin, inner)
    last_week = cursor.number(after + 1, 1, 53) if begin.grain == "week" and cursor.kind(after) == "dash" else None
    if last_week is not None and begin.unit is not None and begin.unit < last_week:
        return begin, replace(begin, unit=last_week), after + 2  # viikoilla 12–14
    if begin.grain == "year" and cursor.kind(after) == "slash" and cursor.glued(after - 1, 3):
        following = cursor.number(after + 1, 0, 99)
        if following is not None and following == ((begin.year or 0) + 1) % 100:
            return begin, Point("year", (begin.year or 0) + 1), after + 2  # 2005/06
    if cursor.kind(after) == "dash" and begin.grain != "turn":
        tail = point(cursor, after + 1)
        if (
            tail is None
            and begin.grain == "year"
            and (cursor.glued(after - 1, 3) or (begin.year or 0) < FIRST_YEAR)
            and _is_year_after(cursor, begin, after + 1)
        ):
            number = int(cursor.lexemes[after + 1].value or 0)
            tail = Point("year", number if number > 99 else (begin.year or 0) // 100 * 100 + number), after + 2
        if tail is not None and _may_join(begin, tail[0]):
            end = tail[0]
            if begin.year is None and not begin.is_relative and end.year is not None:
                begin = replace(begin, year=_year_before(begin, end))
            return begin, end, tail[1]
    return begin, None, after


def _is_year_after(cursor: TimeCursor, begin: Point, index: int) -> bool:
    """Whether a number is a year behind a year and a dash: 2020–23, 2008–09, 1676–1678."""
    following, year = cursor.at(index), begin.year or 0
    if following is None or following.kind != "num" or index in cursor.is_quantity:
        return False
    number = int(following.value or 0)
    if len(following.text) == 2:
        return _is_short_year(following) or number == (year + 1) % 100
    return len(following.text) == len(str(year)) and year < number < FIRST_YEAR


def _within_year(
    cursor: TimeCursor, year: Point, pair: tuple[Point, Point | None, int]
) -> tuple[Point, Point | None, int]:
    """viime vuoden tammi-heinäkuussa"""
    begin, end, after = pair
    if end is None or end.year is not None:
        return pair
    own = {"year": year.year, "outer": year.shift, "told": year.told}
    return replace(begin, **own), replace(end, **own), after  # type: ignore[arg-type]


def is_name(cursor: TimeCursor, index: int, after: int, point: Point) -> bool:
    """Whether a lone word names a time without telling when: in the partitive ("kesää"), as a subject ("syksy")."""
    if after != index + 1 or point.year is not None or point.is_relative:
        return False
    lexeme = cursor.lexemes[index]
    if lexeme.kind in ("weekend", "weekday", "holiday"):
        return lexeme.form.case in ("Par", "Nom", "Gen")
    return lexeme.form.case in ("Par", "Nom") and not (lexeme.text.isupper() and lexeme.kind in ("month", "season"))


def month_pair(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """1-2/21 · 09-11/2021"""
    first, last = cursor.number(index, 1, 12), cursor.number(index + 2, 1, 12)
    if first is None or last is None or not cursor.kinds(index, "num", "dash", "num", "slash", "num"):
        return None
    year = cursor.at(index + 4)
    if not (is_year(year) or _is_short_year(year)) or not cursor.glued(index + 2, 3) or first >= last:
        return None
    number = _year(cursor.lexemes[index + 4])
    return Point("month", number, first), Point("month", number, last), index + 5


def day_pair(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """12.–14.5.2022 · 1.9.–31.10.2021 · 8.–10. huhtikuuta · kesäkuun 25.–26. päivänä"""
    if cursor.kind(index) == "month" and (first := cursor.number(index + 1, 1, 31)) is not None:
        dash = index + 3 if cursor.kind(index + 2) == "dot" else index + 2
        last = cursor.number(dash + 1, first + 1, 31) if cursor.kind(dash) == "dash" else None
        after = dash + 3 if cursor.kind(dash + 2) == "dot" else dash + 2
        if last is None or cursor.kind(after) != "day":
            return None
        end, after = cursor.with_year(Point("day", None, int(cursor.lexemes[index].value or 0), last), after + 1)
        return replace(end, day=first), end, after
    first = cursor.number(index, 1, 31)
    if first is None:
        return None
    dash = index + 2 if cursor.kind(index + 1) == "dot" else index + 1
    if cursor.kind(dash) == "dash" and cursor.kind(dash + 1) == "num":
        tail = worded_day(cursor, dash + 1) or (numeric_day(cursor, dash + 1) if dash == index + 2 else None)
        if tail is not None and tail[0].grain == "day":
            end = tail[0]
            if first < int(end.day or 0) and (end.year is not None or end.unit is not None):
                return replace(end, day=first), end, tail[1]
    head = numeric_day(cursor, index)
    if head is not None and head[0].year is None and cursor.kind(head[1]) == "dash":
        tail = numeric_day(cursor, head[1] + 1)
        if tail is not None and (tail[0].year is not None or _order(head[0]) < _order(tail[0])):
            year = _year_before(head[0], tail[0]) if tail[0].year is not None else None
            return replace(head[0], year=year), tail[0], tail[1]
    return None


def day_list(cursor: TimeCursor, index: int, depth: int = 0) -> Found | None:
    """27. ja 28. lokakuuta 2021: the first day, of the month and year that the last one names"""
    first = cursor.number(index, 1, 31)
    if first is None or not cursor.kinds(index, "num", "dot") or cursor.kind(index + 2) not in ("and", "comma"):
        return None
    rest = worded_day(cursor, index + 3) if cursor.kind(index + 3) == "num" else None
    if rest is None and depth < 3 and (more := day_list(cursor, index + 3, depth + 1)):
        rest = more
    if rest is None or rest[0].unit is None or (rest[0].day or 0) <= first:
        return None
    return replace(rest[0], day=first), index + 2


def month_list(cursor: TimeCursor, index: int) -> Found | None:
    """kesäkuun 19. ja 25. päivänä: one day after the other, all of the month that opens the list"""
    month = cursor._month_at.get(index)
    day_at = index
    if month is None and cursor.kind(index) == "month":
        month, day_at = int(cursor.lexemes[index].value or 0), index + 1
    day = cursor.number(day_at, 1, 31)
    if month is None or day is None or cursor.kind(day_at + 1) != "dot":
        return None
    if cursor.kind(day_at + 2) == "day":
        return cursor.with_year(Point("day", None, month, day), day_at + 3) if index in cursor._month_at else None
    joint = day_at + 2
    while joint < day_at + 4 and cursor.kind(joint) in ("comma", "and"):
        joint += 1
    last = cursor.number(joint, day + 1, 31)
    if joint == day_at + 2 or last is None or cursor.kind(joint + 1) != "dot" or cursor.kind(joint + 2) == "num":
        return None
    cursor._month_at[joint] = month
    return Point("day", None, month, day), day_at + 2


def decades(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """1960–1980-luvuilla"""
    if not cursor.kinds(index, "num", "dash", "num", "dash", "decade"):
        return None
    first, last = cursor.lexemes[index], cursor.lexemes[index + 2]
    if not (first.text.endswith("0") and last.text.endswith("0") and len(first.text) == len(last.text) <= 4):
        return None
    end, after = decade(cursor, int(last.value or 0), index + 5)
    return decade(cursor, int(first.value or 0), index)[0], end, after


def suspended(cursor: TimeCursor, index: int) -> tuple[Point, int] | None:
    """1980- ja 1990-luvuilla: the first decade"""
    year = cursor.at(index)
    if year is None or not cursor.kinds(index, "num", "dash", "and", "num", "dash", "decade") or len(year.text) > 4:
        return None
    return (decade(cursor, int(year.value or 0), index + 2)[0], index + 2) if year.text.endswith("0") else None


def stem_pair(cursor: TimeCursor, index: int) -> tuple[Point, Point | None, int] | None:
    """elo-syyskuussa 2022 · tammi- helmikuussa 2021 · heinä–syyskuussa 2021 · touko- ja kesäkuussa"""
    item = cursor.at(index)
    if item is not None and item.kind == "months":
        first, last = (int(part) for part in str(item.value).split("-"))
        end, after = cursor.with_year(Point("month", None, last), index + 1, short=True)
    elif item is not None and (item.kind == "month_stem" or (item.kind == "season" and item.value in ("SU", "FA"))):
        joint = cursor.at(index + 1)
        month = index + 2 if joint is not None and joint.kind in ("dash", "and", "slash") else index + 1
        if cursor.kind(index + 1) == "dash" and cursor.kind(index + 2) in ("slash", "and"):
            month = index + 3
        if month == index + 1 and not item.text.endswith("-"):
            return None
        target = cursor.at(month)
        if target is None or target.kind != "month" or (item.kind == "season" and not _stem_before(cursor, index)):
            return None
        first = {"SU": 6, "FA": 9}[str(item.value)] if item.kind == "season" else int(item.value or 0)
        end, after = cursor.with_year(Point("month", None, int(target.value or 0)), month + 1, short=True)
    else:
        return None
    begin = replace(end, unit=first, mod=None)
    if end.year is not None and first > int(end.unit or 0):
        begin = replace(begin, year=end.year - 1)
    return begin, end, after


def _stem_before(cursor: TimeCursor, index: int) -> bool:
    """Whether kesä or syys stands as a month's stem: its bare form right before a dash."""
    is_stem = cursor.lexemes[index].text.lower().rstrip("-") in _season_stems()
    return is_stem and (cursor.kind(index + 1) == "dash" or cursor.lexemes[index].text.endswith("-"))


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


@cache
def _season_stems() -> frozenset[str]:
    """Stems of months that are also words of their own: kesä-, syys-."""
    return frozenset(term.text for entry in load("time_words").group("month_prefix") for term in entry.terms)


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


def _order(point: Point) -> tuple[int, int]:
    """Month and day, for comparison."""
    return point.unit or 0, point.day or 0


def _may_join(begin: Point, end: Point) -> bool:
    """Whether two points around a dash are one range: the end names its year, or both leave it open."""
    if end.year is None:
        return begin.year is None and begin.grain == end.grain and begin.grain in ("month", "season")
    if begin.grain == "turn" or end.grain == "turn" or begin.grain == "decade":
        return False
    return begin.year is None or begin.year <= end.year


def _year_before(begin: Point, end: Point) -> int:
    """The year of a range's begin that leaves it out: the end's, or the one before where it would come after."""
    year = int(end.year or 0)
    same = interval(replace(begin, year=year))
    other = interval(end)
    return year - 1 if same and other and same[0] > other[0] else year


# Scanning


def scan(tokens: Sequence[Word]) -> Iterator[Expression]:
    """The points and ranges of a run of tokens that tell when, in order."""
    reader = TimeCursor(lexemes(tokens))
    index = 0
    while index < len(reader.lexemes):
        found = read_at(reader, index)
        if found is not None and not found.is_name:
            yield found
        index = found.last + 1 if found is not None else index + 1


def read_at(reader: TimeCursor, index: int) -> Expression | None:
    """The point or range that begins at a lexeme."""
    items = reader.lexemes
    if items[index].kind in _NEVER_FIRST:
        return None
    listed = day_list(reader, index) or month_list(reader, index) or suspended(reader, index)
    found = (listed[0], None, listed[1]) if listed is not None else expression(reader, index)
    if found is None:
        return None
    begin, end, after = found
    span = Span(items[index].start, items[after - 1].end)
    names_only = end is None and is_name(reader, index, after, begin)
    return Expression(span, begin, end, index, after - 1, names_only)


_NEVER_FIRST = frozenset(
    ("word", "unit", "comparator", "and", "dot", "comma", "slash", "colon", "part", "day", "number")
)


def _quantities(items: Sequence[Lexeme]) -> frozenset[int]:
    """Indexes of numbers that count something: a unit or a percent sign stands behind them."""
    return frozenset(index for index, item in enumerate(items[:-1]) if item.kind == "num" and _counts(items[index + 1]))


def _counts(item: Lexeme) -> bool:
    """Whether a word counts what the number before it says: a unit in the partitive or without case."""
    if item.kind == "percent":
        return True
    return (
        item.form.unit is not None
        and item.form.unit.group != "comparator"
        and (item.form.case in ("Par", None) and item.text[0].islower())
    )


def first_date(document: AnalysedDocument, span: Span) -> date | None:
    """The first day of the first expression in a stretch that names its own year."""
    for expression in scan(document.tokens_in(*span)):
        days = interval(expression.begin)
        if days is not None:
            return days[0]
    return None


# Meaning


def interval(point: Point) -> tuple[date, date] | None:
    """First and last day of a point, narrowed by its modifier; None without a year or where the day does not exist."""
    if point.year is None or point.year < 1:
        return None
    days = _whole(point)
    return _narrowed(point, *days) if days and point.mod else days


def _whole(point: Point) -> tuple[date, date] | None:
    year = int(point.year or 0)
    if point.grain == "day":
        day = _day_of(point, year)
        return (day, day) if day is not None else None
    if point.grain in ("week", "weekend"):
        return _week_of(point, year)
    if point.grain == "season":
        month = SEASON_MONTHS[str(point.season)]
        return _months(year - 1 if point.season == "WI" else year, month, 3)
    if point.grain == "turn":
        return _months(year, 12, 2)
    if point.grain == "month" and not 1 <= (point.unit or 1) <= 12:
        return None
    first, count = {
        "month": (point.unit or 1, 1),
        "quarter": (3 * (point.unit or 1) - 2, 3),
        "half": (6 * (point.unit or 1) - 5, 6),
        "year": (1, 12),
        "decade": (1, 120),
        "century": (1, 1200),
        "millennium": (1, 12000),
    }[point.grain]
    return _months(year, first, count)


def _day_of(point: Point, year: int) -> date | None:
    try:
        if point.holiday is not None:
            return holiday(point.holiday, year)
        if point.weekday is not None:
            return date.fromisocalendar(year, int(point.unit or 0), point.weekday)
        return date(year, int(point.unit or 0), int(point.day or 0))
    except ValueError:
        return None


def _week_of(point: Point, year: int) -> tuple[date, date] | None:
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
    "eve of" a rule the day before.

    >>> holiday("sat 06-20", 2022), holiday("easter+39", 2022)
    (datetime.date(2022, 6, 25), datetime.date(2022, 5, 26))
    """
    if rule.startswith("eve of "):
        return holiday(rule.removeprefix("eve of "), year) - timedelta(days=1)
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


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from a month on."""
    last = year * 12 + month - 1 + count - 1
    last_year, last_month = divmod(last, 12)
    return date(year, month, 1), date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])


def _narrowed(point: Point, start: date, end: date) -> tuple[date, date]:
    """The first, middle or last third: of a year 4 months, of a season 1, of a month days 1-10, 11-20, 21-last."""
    third = {"START": 0, "MID": 1, "END": 2}[str(point.mod)]
    if point.grain == "month":
        first_day = 1 + 10 * third
        return start.replace(day=first_day), end if third == 2 else start.replace(day=first_day + 9)
    months = {"year": 4, "season": 1, "quarter": 1, "half": 2, "decade": 40, "century": 400}.get(point.grain)
    if months is None:
        return start, end
    first = start.year * 12 + start.month - 1 + months * third
    return _months(first // 12, first % 12 + 1, months)


def value(point: Point) -> str:
    """The TIMEX3 value of a point; `XXXX` stands for an unknown year."""
    year = f"{point.year:04d}" if point.year is not None else "XXXX"
    if point.year is not None and point.year < 0:
        return f"BC{-point.year:04d}"
    if point.grain == "day":
        return _day_value(point, year)
    if point.grain in ("week", "weekend"):
        week = f"{year}-W{point.unit:02d}" if point.unit is not None else f"{year}-WXX"
        return week if point.grain == "week" else f"{week}-WE"
    if point.grain == "turn":
        return f"{year}-12/{point.year + 1:04d}-01" if point.year is not None else "XXXX-12/XXXX-01"
    if point.grain in ("decade", "century", "millennium"):
        return year[: {"decade": 3, "century": 2, "millennium": 1}[point.grain]]
    if point.grain == "season":
        return f"{year}-{point.season}"
    if point.grain == "year":
        return year
    unit = f"{point.unit:02d}" if point.unit is not None else "XX"
    return f"{year}-{unit}" if point.grain == "month" else f"{year}-{point.grain[0].upper()}{unit.lstrip('0')}"


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
