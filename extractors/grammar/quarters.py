"""Quarters and halves of a year, in every way that they are written; a rule a written form."""

from __future__ import annotations

from dataclasses import replace

from extractors.grammar.calendar import Grain, Point
from extractors.grammar.cursor import Cursor, Read
from extractors.grammar.lexemes import ROMAN, Lexeme
from extractors.grammar.years import MARKED_SHORT_YEARS, is_short_year, is_year, year_of

_GRAINS: dict[str, Grain] = {"quarter": "quarter", "half": "half"}

_HOW_MANY = {"quarter": 4, "half": 2}
"""Quarters and halves of a year."""


def marked_part(cursor: Cursor, index: int) -> Read[Point] | None:
    """A mark or a word with its number, then the year.

    Q3/2022 → 2022-Q3
    Q3 2022 → 2022-Q3
    Q4/14 → 2014-Q4
    4Q14 → 2014-Q4
    4Q/2014 → 2014-Q4
    kvartaali 3/2022 → 2022-Q3
    H1/2022 → 2022-H1
    2H21 → 2021-H2
    Q4 vuonna 2022 → 2022-Q4
    """
    found = _marked(cursor, index)
    if found is None:
        return None
    part, after = found
    at = cursor.behind(after, "slash", "year")
    year = cursor.at(at)
    is_marked = (at > after or year.glued) and is_short_year(year, MARKED_SHORT_YEARS)
    return (replace(part, year=year_of(year)), at + 1) if is_year(year) or is_marked else None


def bare_mark(cursor: Cursor, index: int) -> Read[Point] | None:
    """A mark of a quarter without its year; of a half only with a case ending or a postposition.

    Q3 ja Q4 vuonna 2022 → XXXX-Q3, 2022-Q4
    Q1:n aikana → XXXX-Q1
    H2:n aikana → XXXX-H2
    """
    found, before = mark(cursor, index), cursor.at(index - 1)
    if (
        found is None
        or cursor.kind(found[1]) == "slash"
        or (index > 1 and before.kind == "word" and before.text[0].isupper())
    ):
        return None  # Audi Q3
    has_ending = cursor.kinds(found[1], "colon", "word") and cursor.at(found[1] + 1).glued
    is_sure = found[0].grain == "quarter" or has_ending or cursor.kind(found[1]) == "during"
    return found if is_sure and cursor.kind(index) != "num" else None


def year_and_part(cursor: Cursor, index: int) -> Read[Point] | None:
    """The year, then a mark with its number or a Roman numeral.

    2022/Q3 → 2022-Q3
    2022 Q3 → 2022-Q3
    2022Q3 → 2022-Q3
    2022-Q3 → 2022-Q3
    2022/II → 2022-Q2
    2021 H2 → 2021-H2
    """
    if not is_year(cursor.at(index)):
        return None
    at = cursor.behind(index + 1, "slash", "dash")
    if at > index + 1 and not cursor.joined(index, 3):
        return None
    found = _marked(cursor, at) if _is_mark(cursor.at(at)) else None
    if found is None and cursor.kind(index + 1) == "slash":
        found = _roman(cursor, at)
    if found is None or is_year(cursor.at(found[1])):
        return None
    return replace(found[0], year=year_of(cursor.at(index))), found[1]


def roman_part(cursor: Cursor, index: int) -> Read[Point] | None:
    """A Roman numeral and the year around a slash: a quarter's up to four, a month's beyond.

    III/2022 → 2022-Q3
    IV/21 → 2021-Q4
    I/2022 → 2022-Q1
    XII/2021 → 2021-12
    V/2023 → 2023-05
    """
    found, year, before = _roman(cursor, index, months=True), cursor.at(index + 2), cursor.at(index - 1)
    if found is None or cursor.kind(index + 1) != "slash" or not cursor.joined(index, 3):
        return None
    if (
        before.kind == "reference"
        or (cursor.at(index).glued and before.kind != "dash")
        or _goes_on(cursor.at(index + 3))
    ):
        return None
    is_told = is_year(year) or (is_short_year(year) and found[0].grain == "quarter")
    return (replace(found[0], year=year_of(year)), index + 3) if is_told else None


def _goes_on(item: Lexeme) -> bool:
    return item.glued and item.kind in ("slash", "num")


def part_of_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """A quarter or a half told in words, with its year behind it where it is named.

    kolmannella neljänneksellä → XXXX-Q3
    viimeisellä puoliskolla → XXXX-H2
    3. neljännes 2022 → 2022-Q3
    III kvartaali 2022 → 2022-Q3
    2. vuosineljännes/2023 → 2023-Q2
    tällä neljänneksellä → XXXX-QXX shift=0
    neljänneksillä → nothing
    """
    current = _GRAINS.get(cursor.kind(index))
    if current and cursor.case(index) == "Ade" and not cursor.at(index).sense.plural:
        return Point(current, shift=0), index + 1
    ordinal = _ordinal(cursor, index)
    if ordinal is None:
        return None
    number, at = ordinal
    grain = _GRAINS.get(cursor.kind(at))
    if grain is None or _is_mark(cursor.at(at)) or number > _HOW_MANY[grain]:
        return None
    part = Point(grain, unit=number or _HOW_MANY[grain])
    year_at = cursor.behind(at + 1, "slash")
    if is_year(cursor.at(year_at)) and not cursor.counts(year_at):
        return replace(part, year=year_of(cursor.at(year_at))), year_at + 1
    return part, at + 1


def quarter_pair(cursor: Cursor, index: int) -> Read[tuple[Point, Point | None]] | None:
    """Two quarters or halves around a dash, and their year behind the second.

    Q1–Q3/2022 → 2022-Q1/2022-Q3
    Q1-Q2 2022 → 2022-Q1/2022-Q2
    I–III/2022 → 2022-Q1/2022-Q3
    I–X/2022 → 2022-01/2022-10
    """
    first = _marked(cursor, index) or _roman(cursor, index, months=True)
    if first is None or cursor.kind(first[1]) != "dash":
        return None
    last = marked_part(cursor, first[1] + 1) or roman_part(cursor, first[1] + 1)
    if last is not None and last[0].grain == "month" and cursor.kind(index) == "roman":
        month = cursor.at(index).integer
        return ((replace(last[0], unit=month), last[0]), last[1]) if month < (last[0].unit or 0) else None
    if last is None or last[0].grain != first[0].grain or (first[0].unit or 0) >= (last[0].unit or 0):
        return None
    return (replace(last[0], unit=first[0].unit), last[0]), last[1]


def mark(cursor: Cursor, index: int) -> Read[Point] | None:
    """A mark with its number, of a year that is told before it.

    viime vuoden Q3:lla → XXXX-Q3 outer=-1
    """
    return _marked(cursor, index) if _is_mark(cursor.at(index)) else None


def relative_part(cursor: Cursor, index: int) -> Grain | None:
    """The quarter or half that a relative word may stand before: kuluvalla | neljänneksellä."""
    return _GRAINS.get(cursor.kind(index))


def _marked(cursor: Cursor, index: int) -> Read[Point] | None:
    """Q3, 3Q, kvartaali 3"""
    item, following = cursor.at(index), cursor.at(index + 1)
    if item.kind in _GRAINS:
        grain, number = _GRAINS[item.kind], cursor.small(index + 1, 1, _HOW_MANY[item.kind])
    elif _is_mark(following) and following.glued:
        grain, number = _GRAINS[following.kind], cursor.small(index, 1, _HOW_MANY[following.kind])
    else:
        return None
    return (Point(grain, unit=number), index + 2) if number is not None else None


def _is_mark(item: Lexeme) -> bool:
    """Q, H"""
    return item.kind in _GRAINS and item.value == "mark"


def _roman(cursor: Cursor, index: int, months: bool = False) -> Read[Point] | None:
    """A quarter by a Roman numeral; `months` says that a larger one may be a month's."""
    item = cursor.at(index)
    number = ROMAN.get(item.text) if item.kind in ("roman", "year") else None  # V is a word for year too
    if number is None or (number > _HOW_MANY["quarter"] and not months):
        return None
    is_quarter = number <= _HOW_MANY["quarter"]
    return Point("quarter", unit=number) if is_quarter else Point("month", unit=number), index + 1


def _ordinal(cursor: Cursor, index: int) -> Read[int] | None:
    """kolmas, 3., III; viimeinen is 0"""
    item = cursor.at(index)
    if item.kind in ("ordinal", "roman", "last"):
        return item.integer, index + 1
    number = cursor.small(index, 1, _HOW_MANY["quarter"])
    return (number, index + 2) if number is not None and cursor.kind(index + 1) == "dot" else None
