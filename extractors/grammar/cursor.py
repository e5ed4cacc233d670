"""Looking at a run of lexemes by index: what the grammars of numbers and of time share.

A written form is a *rule*: a function from a cursor and an index to what it reads there, mostly with the index behind
it, or None. Rules of one kind stand in a table and are tried in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from extractors.grammar.lexemes import EDGE, Lexeme

T = TypeVar("T")

Read = tuple[T, int]
"""What was read, and the index behind it."""


LONGEST_SIGN = 2
"""Characters of a sign of money: €, e, mk."""


class Cursor:
    """Looks at a run of lexemes by index; beyond its ends stands `EDGE`.

    `listed_month` and `listed_week` are what `ranges` remembers while it reads on in a list: the month of the day at an
    index, the index of the next week.
    """

    __slots__ = ("figures", "lexemes", "listed_month", "listed_week")

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        self.lexemes = lexemes
        self.figures: dict[int, Any] = {}
        self.listed_month: dict[int, int] = {}
        self.listed_week = -1

    def at(self, index: int) -> Lexeme:
        return self.lexemes[index] if 0 <= index < len(self.lexemes) else EDGE

    def kind(self, index: int) -> str:
        return self.lexemes[index].kind if 0 <= index < len(self.lexemes) else EDGE.kind

    def case(self, index: int) -> str | None:
        return self.lexemes[index].sense.case if 0 <= index < len(self.lexemes) else None

    def kinds(self, index: int, *kinds: str) -> bool:
        """Whether the lexemes from an index on are of these kinds, one after the other."""
        items = self.lexemes
        if index < 0 or index + len(kinds) > len(items):
            return False
        for offset, kind in enumerate(kinds, index):  # noqa: SIM110 — a plain loop: this is asked at every lexeme
            if items[offset].kind != kind:
                return False
        return True

    def joined(self, index: int, count: int) -> bool:
        """Whether `count` lexemes from an index on stand without white space between."""
        return all(self.at(offset).glued for offset in range(index + 1, index + count))

    def small(self, index: int, low: int, high: int) -> int | None:
        """A number of one or two digits, if it lies between two bounds."""
        item = self.at(index)
        return item.integer if item.kind == "num" and len(item.text) <= 2 and low <= item.integer <= high else None

    def counts(self, index: int) -> bool:
        """Whether a number counts something: a percent sign, or a unit in the partitive or without case, is behind.

        A numeral governs the singular: "2022 käyntejä" is a year and a subject, "2022 käyntiä" a count.
        """
        if self.kind(index) != "num":
            return False
        following = self.at(index + 1)
        unit = following.sense.unit
        if unit is None or unit.group == "comparator":
            return following.kind == "percent"
        if unit.group == "money" and len(following.text) <= LONGEST_SIGN:
            return True
        is_singular = not (following.sense.plural and following.sense.case == "Par")
        return is_singular and following.sense.case in ("Par", None) and following.text[0].islower()

    def behind(self, index: int, *kinds: str) -> int:
        """The index behind a lexeme of one of these kinds; the index itself where there is none."""
        return index + 1 if self.kind(index) in kinds else index


def first_case(lexemes: Sequence[Lexeme], first: int, last: int) -> str | None:
    """The case of the first inflected word of `first`..`last`."""
    cases = (lexemes[index].sense.case for index in range(first, last + 1))
    return next((case for case in cases if case is not None), None)


def first_read(rules: Iterable[Callable[[Cursor, int], T | None]], cursor: Cursor, index: int) -> T | None:
    """What the first rule that fits reads at an index."""
    for rule in rules:
        if (found := rule(cursor, index)) is not None:
            return found
    return None
