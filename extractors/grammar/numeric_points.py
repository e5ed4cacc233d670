"""Points written in digits: 15.11.2021, 5/21, 2021-11-15, 2022/II, 2021, 1990-luvulla; a function a written form."""

from __future__ import annotations

from extractors.grammar.calendar import Grain, Point
from extractors.grammar.cursor import EARLIEST_YEAR, Found, TimeCursor, is_short_year, is_year, year_of

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def before_christ(cursor: TimeCursor, index: int) -> Found | None:
    """vuonna 121 eaa. · 63 eaa."""
    at = index + 1 if cursor.kind(index) == "year" else index
    if not cursor.kinds(at, "num", "era") or len(cursor.lexemes[at].text) > 4:
        return None
    year = int(cursor.lexemes[at].value or 0)
    after = at + 3 if cursor.kind(at + 2) == "dot" and not cursor.lexemes[at + 1].text.endswith(".") else at + 2
    return Point("year", -year if cursor.lexemes[at + 1].value == "BC" else year), after


def iso(cursor: TimeCursor, index: int) -> Found | None:
    """2021-11-15"""
    if not (is_year(cursor.at(index)) and cursor.kinds(index, "num", "dash", "num", "dash", "num")):
        return None
    month, day = cursor.number(index + 2, 1, 12), cursor.number(index + 4, 1, 31)
    if month is None or day is None or not cursor.glued(index, 5) or len(cursor.lexemes[index + 2].text) != 2:
        return None
    return Point("day", year_of(cursor.lexemes[index]), month, day), index + 5


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
        return Point("day", year_of(cursor.lexemes[index + 4]), *_day_month(cursor, index)), index + 5
    if day is None or month is None:
        return None
    if full and is_short_year(year) and cursor.glued(index, 5) and _ends(cursor, index + 5):
        return Point("day", year_of(cursor.lexemes[index + 4]), month, day), index + 5
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
    if month > 12 and (_goes_on(cursor, index + 3) or month > 31 or not is_short_year(year)):
        return None
    if is_year(year) or is_short_year(year):
        return Point("month", year_of(cursor.lexemes[index + 2]), month), index + 3
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
    year = year_of(cursor.lexemes[index])
    if item.kind == "season":
        return Point("season", year, season=str(item.value)), index + 2
    return Point("month", year, int(item.value or 0)), index + 2


def quarter(cursor: TimeCursor, index: int) -> Found | None:
    """Q3/2022 · 4Q14 · 2022/II · III/2022 · vuoden 2022 kolmannella neljänneksellä is read by `_narrower`"""
    if cursor.kinds(index, "quarter", "num") and (unit := cursor.number(index + 1, 1, 4)):
        after = index + 3 if cursor.kind(index + 2) == "slash" else index + 2
        if is_year(cursor.at(after)) or (after == index + 3 and is_short_year(cursor.at(after))):
            return Point("quarter", year_of(cursor.lexemes[after]), unit), after + 1
    if is_year(cursor.at(index)) and cursor.kinds(index + 1, "slash") and cursor.glued(index, 3):
        roman = cursor.at(index + 2)
        if roman is not None and roman.text in _ROMAN:
            return Point("quarter", year_of(cursor.lexemes[index]), _ROMAN[roman.text]), index + 3
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
            return Point("year", year_of(item)), index + 2
    return cursor.with_part(Point("year", year_of(item)), index + 1)


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
    if not (cursor.kinds(index, "dash", "num") and is_short_year(cursor.at(index + 1)) and cursor.glued(index, 2)):
        return None
    if cursor.lexemes[index].glued or not cursor.kinds(index + 2, "part"):
        return None
    return cursor.with_part(Point("year", year_of(cursor.lexemes[index + 1])), index + 2)
