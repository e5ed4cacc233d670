"""Years as they are written: which numbers are years, and the year that stands behind a month, a season or a day."""

from __future__ import annotations

from dataclasses import replace

from extractors.grammar.calendar import Point
from extractors.grammar.cursor import Cursor, Read
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.terms import short_months

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""A bare number of four digits between these is a year: what reports of our time speak of."""

EARLIEST_YEAR = 1000
"""Between this and FIRST_YEAR a number is a year only where a word or a month beside it says so."""

SHORT_YEARS = range(17, 40)
"""Two-digit years that are read as 20xx: the reform's own decades. Others are scores, ages and parts."""

MARKED_SHORT_YEARS = range(0, 50)
"""Two-digit years that are read as 20xx where a sign such as Q says that they are years."""


def is_year(lexeme: Lexeme, first: int = FIRST_YEAR) -> bool:
    """Whether a lexeme is a number of four digits in the range of years."""
    return lexeme.kind == "num" and len(lexeme.text) == 4 and first <= lexeme.integer <= LAST_YEAR


def is_short_year(lexeme: Lexeme, years: range = SHORT_YEARS) -> bool:
    """Whether a lexeme is a number of two digits that is read as a year."""
    return lexeme.kind == "num" and len(lexeme.text) == 2 and lexeme.integer in years


def year_of(lexeme: Lexeme) -> int:
    """The year that a number of two or four digits means."""
    return lexeme.integer if lexeme.integer > 99 else 2000 + lexeme.integer


def is_year_word(lexeme: Lexeme) -> bool:
    """The word vuosi itself, or its abbreviation; not with a part inside (loppuvuosi)."""
    return lexeme.kind == "year" and lexeme.sense.mod is None


def is_abbreviated(lexeme: Lexeme) -> bool:
    """v., vv.: the word vuosi in its abbreviation."""
    return lexeme.kind == "year" and lexeme.value == "abbreviation"


def named_month(item: Lexeme) -> int | None:
    """The month that a lexeme names by its word or its bare stem: elokuuta, elo."""
    if item.kind == "month":
        return item.integer if item.sense.mod is None else None
    return item.sense.month if item.text.isalpha() else None


def behind_month(cursor: Cursor, index: int) -> int:
    """The index behind the month at an index, and behind the full stop of its abbreviation: helmik."""
    is_short = cursor.at(index).text.lower() in short_months()
    return cursor.behind(index + 1, "dot") if is_short else index + 1


def with_year(cursor: Cursor, point: Point, index: int, short: bool = False) -> Read[Point]:
    """A month, season or day with the part word and the year behind it, in either order.

    `short` says that the year may have two digits. Behind a day with the year in brackets of commas:

    elokuun lopussa → XXXX-08 END
    tammikuun 2022 alusta → 2022-01 START
    toukokuussa vuonna 2021 → 2021-05
    21. joulukuuta, 2005 → 2005-12-21
    kesäkuussa 22 → 2022-06
    syksyn -21 → 2021-FA
    kesällä '21 → 2021-SU
    maaliskuun aikana 2023 → 2023-03
    """
    point, index = with_part(cursor, point, index)
    at = _year_behind(cursor, point, index, short)
    return (point, index) if at is None else with_part(cursor, replace(point, year=year_of(cursor.at(at))), at + 1)


def _year_behind(cursor: Cursor, point: Point, index: int, short: bool) -> int | None:
    """The index of the year that belongs to a point before an index."""
    if is_year_word(cursor.at(index)) and (year_at := year_number(cursor, index + 1)) is not None:
        return year_at
    if cursor.kind(index) in ("during", "since") and point.grain != "year":
        return _year_behind_postposition(cursor, index + 1)
    if point.grain == "day" and _is_year_of_day(cursor, index):
        return index + 1
    if not cursor.counts(index) and _names_year(cursor, index, short):
        return index
    if not short:
        return None
    return index + 1 if is_clipped_year(cursor, index) else _apostrophe_year(cursor, index)


def year_number(cursor: Cursor, index: int) -> int | None:
    """The index of the number of a year at an index: 2022, '22."""
    return index if is_year(cursor.at(index)) else _apostrophe_year(cursor, index)


_APOSTROPHES = frozenset("'’‘´`")


def _apostrophe_year(cursor: Cursor, index: int) -> int | None:
    """vuonna '22 → 2022"""
    year = cursor.at(index + 1)
    is_clipped = cursor.at(index).text in _APOSTROPHES and year.glued and is_short_year(year, MARKED_SHORT_YEARS)
    return index + 1 if is_clipped else None


def _year_behind_postposition(cursor: Cursor, index: int) -> int | None:
    """The index of a year, perhaps behind its word, that ends what a postposition parts from its month.

    toukokuun aikana 2022 → 2022-05
    """
    at = cursor.behind(index, "year")
    if not is_year(cursor.at(at)) or cursor.counts(at) or is_abbreviated(cursor.at(index)):
        return None
    following = cursor.at(at + 1)
    return None if following.kind == "word" and following.sense.case == "Par" else at


def _is_year_of_day(cursor: Cursor, index: int) -> bool:
    """A comma and a year that ends the phrase."""
    return cursor.kind(index) == "comma" and is_year(cursor.at(index + 1)) and _closes(cursor.at(index + 2))


def _closes(item: Lexeme) -> bool:
    """Whether a sentence or a phrase in brackets ends at a lexeme."""
    return item.kind in ("edge", "dot", "comma") or item.text in ")]"


def _names_year(cursor: Cursor, index: int, short: bool) -> bool:
    item = cursor.at(index)
    if is_year(item) or (not short and is_year(item, EARLIEST_YEAR)):
        return True
    return short and is_short_year(item) and not _goes_on(cursor, index)


def next_year(cursor: Cursor, index: int) -> int | None:
    """The index behind the year after the one at an index, with a dash or a slash between: 2021–2022, 2021/22."""
    year, sign, following = cursor.at(index), cursor.kind(index + 1), cursor.at(index + 2)
    if not is_year(year) or sign not in ("dash", "slash") or following.kind != "num":
        return None
    is_next = following.text in (str(year.integer + 1), f"{(year.integer + 1) % 100:02d}")
    return index + 3 if is_next else None


def is_clipped_year(cursor: Cursor, index: int) -> bool:
    """Whether a dash opens a clipped year.

    syksyn -21 → 2021-FA
    """
    year = cursor.at(index + 1)
    return cursor.kind(index) == "dash" and not cursor.at(index).glued and year.glued and is_short_year(year)


def _goes_on(cursor: Cursor, index: int) -> bool:
    """Whether a two-digit number goes on as something else than a year.

    kesäkuussa 22. ja 25. päivänä → XXXX-06-22, XXXX-06-25
    elokuussa 22,5 % → XXXX-08, 22.5 percent
    marraskuussa 37-vuotiaana → XXXX-11, AGE P37Y
    """
    if cursor.at(cursor.behind(index + 1, "dash")).sense.group == "age":
        return True
    if cursor.kind(index + 1) == "dot":
        return cursor.kind(index + 2) in ("and", "comma", "dash", "day")
    after = cursor.at(index + 1)
    return after.glued and after.kind in ("slash", "comma") and cursor.kind(index + 2) == "num"


def with_part(cursor: Cursor, point: Point, index: int) -> Read[Point]:
    """A point with the part of it that follows.

    vuoden 2021 lopulla → 2021 END
    elokuun alussa → XXXX-08 START
    vuoden 2021 alkaen → 2021
    vuoden 2023 alkupuoliskolla → 2023-H1
    elokuun loppupuoliskolla → XXXX-08 END
    """
    if point.mod is None and point.grain == "year" and is_part(cursor, index, "half_part"):
        return replace(point, grain="half", unit=1 if cursor.at(index).value == "START" else 2), index + 1
    if point.mod is None and (is_part(cursor, index) or is_part(cursor, index, "half_part")):
        return replace(point, mod=str(cursor.at(index).value)), index + 1
    return point, index


def is_part(cursor: Cursor, index: int, kind: str = "part") -> bool:
    """Whether a part word is a noun in a place case behind a genitive or a year, and no adverb."""
    if cursor.kind(index) != kind or cursor.case(index) is None:
        return False
    return cursor.case(index - 1) == "Gen" or cursor.kind(index - 1) == "num"
