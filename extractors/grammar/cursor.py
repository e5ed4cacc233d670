"""Looking at a run of lexemes by index: what the grammars of numbers and of time share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.grammar.calendar import Point
from extractors.grammar.lexemes import Lexeme


class Cursor:
    """Looks at a run of lexemes by index; beyond its ends there is nothing. The grammars build on it."""

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        self.lexemes = lexemes

    def at(self, index: int) -> Lexeme | None:
        return self.lexemes[index] if 0 <= index < len(self.lexemes) else None

    def kind(self, index: int) -> str | None:
        return self.lexemes[index].kind if 0 <= index < len(self.lexemes) else None


def first_case(lexemes: Sequence[Lexeme], first: int, last: int) -> str | None:
    """The case of the first inflected word of `first`..`last`."""
    cases = (lexemes[index].form.case for index in range(first, last + 1))
    return next((case for case in cases if case is not None), None)


FIRST_YEAR, LAST_YEAR = 1900, 2100

EARLIEST_YEAR = 1000
"""Between this and FIRST_YEAR a number is a year only where a word or a month beside it says so."""

SHORT_YEARS = range(17, 40)
"""Two-digit years that are read as 20xx: the reform's own decades. Others are scores, ages and parts."""


def is_year(lexeme: Lexeme | None, first: int = FIRST_YEAR) -> bool:
    """Whether a lexeme is a number of four digits in the range of years."""
    return (
        lexeme is not None
        and lexeme.kind == "num"
        and len(lexeme.text) == 4
        and first <= int(lexeme.value or 0) <= LAST_YEAR
    )


def is_short_year(lexeme: Lexeme | None) -> bool:
    return (
        lexeme is not None and lexeme.kind == "num" and len(lexeme.text) == 2 and int(lexeme.value or 0) in SHORT_YEARS
    )


def year_of(lexeme: Lexeme) -> int:
    value = int(lexeme.value or 0)
    return value if value > 99 else 2000 + value


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
            return replace(point, year=year_of(self.lexemes[index + 1])), index + 2
        if (
            point.grain == "day"
            and self.kind(index) == "comma"
            and is_year(self.at(index + 1))
            and self.closes(index + 2)
        ):
            return replace(point, year=year_of(self.lexemes[index + 1])), index + 2  # 21. joulukuuta, 2005
        if index not in self.is_quantity and self._names_year(index, short):
            after = index + 1
        elif short and self.kinds(index, "dash", "num") and self._is_clipped(index):
            index, after = index + 1, index + 2
        if after == index or (after == index + 1 and not self.is_digits(index)):
            return point, index
        return self.with_part(replace(point, year=year_of(self.lexemes[index])), after)

    def closes(self, index: int) -> bool:
        """Whether a sentence or a phrase in brackets ends at a lexeme."""
        item = self.at(index)
        return item is None or item.kind in ("dot", "comma") or item.text in ")]"

    def _names_year(self, index: int, short: bool) -> bool:
        item = self.at(index)
        if not short and is_year(item, EARLIEST_YEAR):
            return True
        return is_year(item) or (short and is_short_year(item) and not self._is_day_or_more(index))

    def _is_clipped(self, index: int) -> bool:
        """Whether a dash opens a clipped year: "syksyn -21"."""
        dash, year = self.lexemes[index], self.lexemes[index + 1]
        return not dash.glued and year.glued and is_short_year(year)

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
