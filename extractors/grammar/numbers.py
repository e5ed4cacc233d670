"""Numbers: lexemes → values with their unit, range, sign and comparator.

`Numbers` reads a number wherever it begins: digits with thousands groups and decimals, number words, multipliers
("2,4 miljoonaa"), halves ("kaksi ja puoli"). `amounts` finds what is counted or measured in a run of lexemes.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.grammar.cursor import Cursor
from extractors.grammar.lexemes import MAX_DIGITS, Lexeme
from lexicons import Entry, needs

_PERCENT = needs("units", groups=["percent"])
_COMPARATORS = needs("units", groups=["comparator"])


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written: `first`..`last` are its lexemes with sign and unit, `number_last` its own last one.

    `value` is the lower end of a range, `value_max` its upper end. `unit` is an entry of `units` and `unit_text` the
    term found, None where nothing beside the number names one. `is_fraction` says that a share is told in words.
    """

    first: int
    last: int
    number_last: int
    value: float
    value_max: float | None = None
    unit: Entry | None = None
    unit_text: str | None = None
    in_words: bool = False
    is_fraction: bool = False


@dataclass(frozen=True, slots=True)
class Comparator:
    """noin, yli, alle ... before a number: its value in `units` and the first of its lexemes."""

    value: str
    first: int


class Numbers(Cursor):
    """Reads numbers off a list of lexemes; every method gives the value and the index behind it, or None."""

    def glued(self, index: int) -> bool:
        item = self.at(index)
        return item is not None and item.glued

    def number(self, index: int) -> tuple[float, int] | None:
        """A number with its multiplier: 1 327 · 0,36 · kaksisataa · 2,4 miljoonaa · kaksi ja puoli."""
        found = self.digits(index) if self.kind(index) == "num" else self.words(index)
        if found is None:
            return None
        value, after = found
        while after < found[1] + 2 and (scale := self._scale(after)) is not None:
            value, after = value * scale, after + 1
        half = self.at(after + 1)
        if self.kind(after) == "and" and half is not None and half.form.number == 0.5:
            return value + 0.5, after + 2
        return value, after

    def _scale(self, index: int) -> float | None:
        item = self.at(index)
        return item.form.scale if item is not None else None

    def digits(self, index: int) -> tuple[float, int] | None:
        """128 000 · 1 327,5 · 0,36 · 0.36; a decimal sign stands between digits without white space."""
        text, after = self.lexemes[index].text, index + 1
        if len(text) <= 3 and text[0] != "0":
            while self._is_thousands(after) and len(text) < MAX_DIGITS - 3:
                text, after = text + self.lexemes[after].text, after + 1
        if self.kind(after) in ("comma", "dot") and self.kind(after + 1) == "num":
            if not (self.glued(after) and self.glued(after + 1)):
                return float(text), after
            decimals = self.lexemes[after + 1].text
            goes_on = (
                self.kind(after + 2) in ("comma", "dot") and self.kind(after + 3) == "num" and self.glued(after + 3)
            )
            if goes_on and self.glued(after + 2):
                return None  # a date, a version, an address
            return float(f"{text}.{decimals}"), after + 2
        return float(text), after

    def _is_thousands(self, index: int) -> bool:
        """Whether a lexeme is a group of three digits behind one space: 1 327."""
        item, before = self.at(index), self.at(index - 1)
        if item is None or before is None or item.kind != "num" or len(item.text) != 3:
            return False
        return item.start - before.end == 1

    def words(self, index: int) -> tuple[float, int] | None:
        """seitsemän · sata · miljoona"""
        item = self.at(index)
        if item is None:
            return None
        if item.form.number is not None and item.kind in ("number", "word", "vague"):
            doubtful = item.form.number in (0.5, 1.0) or item.form.case == "Ine"
            if doubtful and not (self._is_unit(index + 1) or self._agrees(index)):
                return None  # puolella, yhdessä, yhteen: also words of other meanings
            return item.form.number, index + 1
        if item.form.scale is not None and not item.form.plural and item.kind == "number":
            return item.form.scale, index + 1
        return None

    def _agrees(self, index: int) -> bool:
        """Whether the word behind a number word stands in its case, or in the partitive behind its base form."""
        case, behind = self.lexemes[index].form.case, self.at(index + 1)
        if behind is None or behind.form.case is None:
            return case != "Ine" and self.lexemes[index].form.number != 0.5
        return behind.form.case == case

    def _is_unit(self, index: int) -> bool:
        item = self.at(index)
        if item is None:
            return False
        return item.form.unit is not None or item.form.time_unit is not None or item.form.scale is not None

    def span(self, index: int) -> tuple[float, float | None, int] | None:
        """A number or a range of two: 4–6 · kahdesta kolmeen · 0-7."""
        head = self.number(index)
        if head is None:
            return None
        value, after = head
        if self.kind(after) == "dash" and (tail := self.number(after + 1)) is not None:
            gap = self.lexemes[after + 1].start - self.lexemes[after - 1].end
            if gap < 4 and tail[0] > value and not self._is_cut(after + 1, tail[1]):
                return self._scaled_down(value, after, tail), tail[0], tail[1]
        if self._leads_to(index, after) and (tail := self.number(after)) is not None and tail[0] > value:
            return self._scaled_down(value, after, tail), tail[0], tail[1]
        return value, None, after

    def _scaled_down(self, value: float, after: int, tail: tuple[float, int]) -> float:
        """The lower end with the multiplier that only the upper one names: 2–3 miljoonaa."""
        scale = self._scale(tail[1] - 1)
        return value * scale if scale is not None and self._scale(after - 1) is None else value

    def _is_cut(self, index: int, after: int) -> bool:
        """Whether the number behind a dash goes on as a date: 1-2/21."""
        return self.kind(after) == "slash" and self.glued(after) and self.kind(after + 1) == "num"

    def _leads_to(self, index: int, after: int) -> bool:
        """kahdesta kolmeen: from one number word in the elative to one in the illative"""
        first, last = self.lexemes[index].form, self.at(after)
        return first.case == "Ela" and last is not None and last.form.case == "Ill" and last.kind == "number"


def amounts(lexemes: Sequence[Lexeme], taken: Container[int] = ()) -> Iterator[Amount]:
    """The numbers of a run of lexemes, with their units, but for those `taken` by dates and times."""
    numbers = Numbers(lexemes)
    index = 0
    while index < len(lexemes):
        found = None
        if index not in taken and lexemes[index].kind not in _NO_NUMBERS:
            found = _fraction(numbers, index, taken) or _amount(numbers, index, taken)
        if found is not None:
            yield found
            index = found.last + 1
        else:
            index += 1


_NO_NUMBERS = frozenset(
    ("word", "dot", "comma", "slash", "colon", "dash", "and", "comparator", "month", "season", "year")
)


def _amount(numbers: Numbers, index: int, taken: Container[int]) -> Amount | None:
    items = numbers.lexemes
    alone = items[index].form.unit
    if alone is not None and alone.group == "money" and not items[index].text[0].isalpha():
        found = _amount(numbers, index + 1, taken) if numbers.kind(index + 1) == "num" else None  # $ 10,000
        if found is None or found.unit is not None:
            return None
        return Amount(index, found.last, found.number_last, found.value, found.value_max, alone, items[index].text)
    read = numbers.span(index)
    if read is None or any(i in taken for i in range(index, read[2])):
        return None
    value, value_max, after = read
    first = index
    if value_max is None and _is_minus(items, index):
        first, value = index - 1, -value
        if numbers.kind(after) == "dash" and numbers.kind(after + 1) == "dash":
            return None  # -30--45: a range whose ends are told apart by nothing
    number_last = after - 1
    if _in_reference(items, index, after):
        return None
    unit_at = _behind_ending(numbers, after)
    unit, unit_text, last = _unit_at(numbers, unit_at)
    if unit is None:
        last = number_last
    in_words = items[index].kind != "num"
    return Amount(first, last, number_last, value, value_max, unit, unit_text, in_words)


REACH = 8
"""Lexemes on either side of a number in which the rest of an identifier is looked for."""


def _in_reference(items: Sequence[Lexeme], index: int, after: int) -> bool:
    """Whether a number is part of an identifier: 2003/634/EY, N:o 2407/92, HE 241/2020, versio 8.10.14219."""
    first = index
    while (
        index - first < REACH
        and first >= 2
        and items[first - 1].kind in ("slash", "dot", "colon")
        and items[first].glued
        and items[first - 1].glued
    ):
        first -= 2
    last = after
    while (
        last - after < REACH
        and last + 1 < len(items)
        and items[last].kind in ("slash", "dot")
        and items[last].glued
        and items[last + 1].glued
    ):
        last += 2
    slashes = sum(items[i].kind == "slash" for i in range(first, min(last, len(items))))
    if slashes > 1 or (last > after and slashes == 0):
        return True
    return (
        slashes == 1
        and first > 0
        and items[first - 1].kind in ("reference", "colon", "word")
        and items[first - 1].text.lower() in ("o", "nro", "dnro")
    )


def _is_minus(items: Sequence[Lexeme], index: int) -> bool:
    """Whether a minus sign stands right before a number and nothing right before the sign."""
    return index > 0 and items[index - 1].kind == "dash" and items[index].glued and not items[index - 1].glued


def _behind_ending(numbers: Numbers, index: int) -> int:
    """The index behind a case ending: 150:tä."""
    item = numbers.at(index + 1)
    if (
        numbers.kind(index) == "colon"
        and numbers.glued(index)
        and item is not None
        and item.glued
        and item.text.isalpha()
    ):
        return index + 2
    return index


def _unit_at(numbers: Numbers, index: int) -> tuple[Entry | None, str | None, int]:
    """The unit that stands at an index, the term found, and its last lexeme. A hyphen may join it: 5-litrainen."""
    item = numbers.at(index)
    if item is None:
        return None, None, index
    if item.kind == "percent":
        return _percent(numbers, index)
    joined = numbers.at(index + 1)
    if item.kind == "dash" and item.glued and joined is not None and joined.glued:
        unit = joined.form.unit
        return (
            (unit, joined.form.unit_text, index + 1)
            if unit is not None and unit.group != "comparator"
            else (None, None, 0)
        )
    unit = item.form.unit
    if unit is None or unit.group in ("comparator", "per") or item.text[0] in "-–":
        return None, None, index
    last = index
    if unit.group == "money" and numbers.kind(index) == "number":
        return None, None, index
    return unit, item.form.unit_text, last


def _percent(numbers: Numbers, index: int) -> tuple[Entry | None, str | None, int]:
    """% · %-yksikköä"""
    tail = numbers.at(index + 1)
    units = _percent_units()
    if tail is not None and tail.glued and tail.kind != "percent":
        text = tail.text.lower()
        if tail.kind == "dash" and (more := numbers.at(index + 2)) is not None and more.glued:
            text, last = f"-{more.text.lower()}", index + 2
        else:
            last = index + 1
        for term, entry in units:
            if term.startswith("%-") and text.startswith(term[1:-2]):
                return entry, term, last
    return next(((entry, term, index) for term, entry in units if term == "%"), (None, None, index))


@cache
def _percent_units() -> tuple[tuple[str, Entry], ...]:
    return tuple((term.text, entry) for entry in _PERCENT.entries for term in entry.terms)


def _fraction(numbers: Numbers, index: int, taken: Container[int]) -> Amount | None:
    """puolet · viidesosa · kaksi kolmasosaa · kolme neljästä · joka viides"""
    items = numbers.lexemes
    item = items[index]
    if item.form.fraction is not None and (item.kind != "quarter" or item.form.case == "Nom"):
        return Amount(index, index, index, item.form.fraction, in_words=True, is_fraction=True)
    if item.kind == "each" and (nth := numbers.at(index + 1)) is not None and nth.kind == "ordinal":
        return Amount(index, index + 1, index + 1, 1 / max(1, int(nth.value or 1)), in_words=True, is_fraction=True)
    if item.kind != "number":
        return None
    head = numbers.words(index)
    if head is None or index + 1 in taken:
        return None
    value, after = head
    part = numbers.at(after)
    if part is None:
        return None
    if part.form.fraction is not None and part.form.fraction < 0.5 and part.form.case == "Par":
        return Amount(index, after, after, value * part.form.fraction, in_words=True, is_fraction=True)
    whole = part.form.number
    if part.kind == "number" and part.form.case == "Ela" and whole is not None and value < whole:
        return Amount(index, after, after, value / whole, in_words=True, is_fraction=True)
    return None


def comparator_before(lexemes: Sequence[Lexeme], index: int) -> Comparator | None:
    """The comparator directly before a lexeme: noin, yli, n., enemmän kuin."""
    back = index - 1
    if back >= 0 and lexemes[back].kind == "dot" and back >= 1 and lexemes[back - 1].kind == "comparator":
        back -= 1
    if back < 0 or lexemes[back].kind in ("num", "dot", "comma"):
        return None
    entry = lexemes[back].form.unit
    if lexemes[back].glued and back >= 1 and lexemes[back - 1].kind == "colon":
        return None  # a case ending: FCC:n
    if lexemes[back].kind == "comparator" and entry is not None:
        return Comparator(str(entry.value), back)
    if back >= 1 and (two := _two_words(lexemes[back - 1].text.lower(), lexemes[back].text.lower())):
        return Comparator(two, back - 1)
    return None


@cache
def _long_comparators() -> dict[str, str]:
    return {term.text: str(entry.value) for entry in _COMPARATORS.entries for term in entry.terms if " " in term.text}


def _two_words(first: str, second: str) -> str | None:
    return _long_comparators().get(f"{first} {second}")
