"""Numbers in their place: what is counted or measured in a run of lexemes, with unit, sign and comparator."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from extractors.grammar.cursor import Cursor
from extractors.grammar.figures import HALF, LONGEST_DASH, figure, words
from extractors.grammar.lexemes import DASHES, Lexeme
from extractors.grammar.terms import terms
from lexicons import Entry, needs

_PERCENT = needs("units", groups=["percent"])
_PERCENT_WORDS = needs("units", "percent", "percentage_point")
_MONEY = needs("units", groups=["money"])
_BEHIND = needs("units", groups=["comparator_behind"])
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


def amounts(lexemes: Sequence[Lexeme], taken: Container[int] = ()) -> Iterator[Amount]:
    """The numbers of a run of lexemes, with their units, but for those `taken` by dates and times."""
    found = list(_unshared(lexemes, taken))
    for index in range(len(found) - 2, -1, -1):
        found[index] = _sharing(lexemes, found[index], found[index + 1])
    cursor, index = Cursor(lexemes), 0
    while index < len(found):
        pair = _between(cursor, found[index], found[index + 1]) if index + 1 < len(found) else None
        yield pair or found[index]
        index += 2 if pair is not None else 1


def _unshared(lexemes: Sequence[Lexeme], taken: Container[int]) -> Iterator[Amount]:
    """The numbers with the units right behind them."""
    cursor = Cursor(lexemes)
    index = 0
    while index < len(lexemes):
        is_free = index not in taken and lexemes[index].kind not in _NO_NUMBERS
        found = _amount(cursor, index, taken) if is_free else None
        if found is not None:
            yield found
        index = found.last + 1 if found is not None else index + 1


def _sharing(lexemes: Sequence[Lexeme], one: Amount, other: Amount) -> Amount:
    """A bare number of a list with the percent unit that the last one names: 10, 20 ja 30 %, 45/60 %, 80->85 %."""
    if one.unit is not None or one.in_words or other.unit is None or other.unit.group != "percent" or one.is_fraction:
        return one
    between = [item.text for item in lexemes[one.last + 1 : other.first]]
    kinds = [item.kind for item in lexemes[one.last + 1 : other.first]]
    is_list = kinds in (["and"], ["or"], ["comma"], ["slash"]) or between in _ARROWS
    if is_list and kinds in (["and"], ["or"]) and _counts_things(lexemes, one.first):
        return one
    return replace(one, unit=other.unit, unit_text=other.unit_text) if is_list else one


CLAUSE = 8
"""Lexemes before a number in which the plural that it counts is looked for."""


def _counts_things(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether a number counts what stands before it in the plural: "Soittoja on tehty 151 ja 31 % auttoi"."""
    for item in reversed(lexemes[max(0, index - CLAUSE) : index]):
        if item.kind in ("dot", "comma"):
            return False
        if item.sense.plural and item.sense.case == "Par":
            return True
    return False


_ARROWS = (["-", ">"], ["–", ">"], ["→"])
"""From a value to another, as the lexemes between the two."""


def _between(cursor: Cursor, one: Amount, other: Amount) -> Amount | None:
    """A range told in words: 10 ja 20 prosentin välillä → 10–20 percent"""
    follows = cursor.at(other.last + 1).sense.group == "between" and cursor.kinds(one.last + 1, "and")
    is_pair = one.last == one.number_last and one.unit is not None and one.unit == other.unit
    if not follows or not is_pair or one.value_max is not None or other.value_max is not None:
        return None
    return replace(other, first=one.first, value=one.value, value_max=other.value)


def _amount(cursor: Cursor, index: int, taken: Container[int]) -> Amount | None:
    """What the first form reads whose number nothing else has taken."""
    for form in _AMOUNTS:
        found = form(cursor, index)
        if found is not None and not any(i in taken for i in range(index, found.number_last + 1)):
            return found
    return None


_NO_NUMBERS = frozenset(
    ("word", "roman", "dot", "comma", "slash", "colon", "dash", "and", "comparator", "month", "season", "year")
)


def share_word(cursor: Cursor, index: int) -> Amount | None:
    """A share in one word.

    puolet → share 0.5
    viidesosalla → share 0.2
    neljännes vastasi → share 0.25
    """
    item = cursor.at(index)
    if item.sense.fraction is None or (item.kind == "quarter" and item.sense.case != "Nom"):
        return None
    return Amount(index, index, index, item.sense.fraction, in_words=True, is_fraction=True)


def every_nth(cursor: Cursor, index: int) -> Amount | None:
    """One of so many; none of what comes again: every second Friday, every first child.

    joka viides → share 0.2
    joka toinen perjantai → nothing
    jokaiselle ensimmäistä → nothing
    """
    if not cursor.kinds(index, "each", "ordinal"):
        return None
    nth, behind = cursor.at(index + 1).integer, cursor.at(index + 2)
    if nth < 2 or behind.kind == "weekday" or behind.sense.time_unit is not None:
        return None
    return Amount(index, index + 1, index + 1, 1 / nth, in_words=True, is_fraction=True)


def shares(cursor: Cursor, index: int) -> Amount | None:
    """So many parts, in one case or counted.

    kaksi viidesosaa → share 0.4
    kahdessa kolmasosassa → share 0.6666666667
    """
    head = words(cursor, index) if cursor.kind(index) == "number" else None
    if head is None:
        return None
    value, after = head
    part = cursor.at(after).sense
    is_inflected = part.case is not None and part.case == cursor.at(index).sense.case != "Nom"
    if part.fraction is None or part.fraction >= HALF or not (part.case == "Par" or is_inflected):
        return None
    return Amount(index, after, after, value * part.fraction, in_words=True, is_fraction=True)


def so_many_of(cursor: Cursor, index: int) -> Amount | None:
    """So many of so many, what they are between them or behind.

    kolme neljästä → share 0.75
    kahdessa tapauksessa kolmesta → share 0.6666666667
    kolme hoitajaa viidestä → share 0.6
    """
    head = words(cursor, index) if cursor.kind(index) == "number" else None
    if head is None:
        return None
    value, after = head
    if cursor.kind(after) != "number" and cursor.case(after + 1) == "Ela" and cursor.case(after + 2) != "Ela":
        after = after + 1 if _is_counted_by(cursor, after, index) else after
    whole = cursor.at(after)
    if whole.kind != "number" or whole.sense.case != "Ela" or whole.sense.number is None or value >= whole.sense.number:
        return None
    return Amount(index, after, after, value / whole.sense.number, in_words=True, is_fraction=True)


def _is_counted_by(cursor: Cursor, index: int, number: int) -> bool:
    """Whether a noun stands as a number word before it asks: in its case, or counted in the partitive."""
    noun = cursor.at(index).sense
    counted = noun.case == "Par" and cursor.case(number) == "Nom"
    return not noun.plural and noun.case is not None and (counted or noun.case == cursor.case(number) != "Nom")


def one_percent(cursor: Cursor, index: int) -> Amount | None:
    """One percent, its number left out.

    prosentin verran → 1 percent
    prosenttiyksikön → 1 percentage_point
    noin prosentti → about 1 percent
    """
    item, before = cursor.at(index), cursor.at(index - 1)
    unit, case = item.sense.unit, item.sense.case
    if unit is None or unit.id not in _PERCENT_WORDS.ids or not item.text.isalpha() or item.sense.plural:
        return None
    if before.kind in ("num", "number", "vague", "unit", "ordinal") or item.glued:
        return None
    if case != "Gen" and before.kind != "comparator":
        return None
    return Amount(index, index, index, 1.0, unit=unit, unit_text=item.sense.unit_text, in_words=True)


def money_first(cursor: Cursor, index: int) -> Amount | None:
    """$ 10,5 → 10.5 $"""
    sign = cursor.at(index)
    is_sign = sign.sense.unit is not None and sign.sense.unit.group == "money" and not sign.text[0].isalpha()
    found = measured(cursor, index + 1) if is_sign and cursor.kind(index + 1) == "num" else None
    if found is None or found.unit is not None:
        return None
    return Amount(index, found.last, found.number_last, found.value, found.value_max, sign.sense.unit, sign.text)


def measured(cursor: Cursor, index: int) -> Amount | None:
    """A number with the unit behind it, which a case ending or a hyphen may join.

    1 327 kpl → 1327 kpl
    -1,5 % → -1.5 percent
    +4,2 % → 4.2 percent
    150:tä henkilöä → 150 henkilö
    35 milj. € → 35000000 €
    2,3–2,5 mrd. euroa → 2300000000–2500000000 €
    1 250 t€ → 1250000 €
    35 Me → 35000000 €
    500 000 Kanadan dollaria → 500000 $
    5-litrainen → 5 litrainen
    seitsemän prosenttia → 7 percent
    30 %–40 % → 30–40 percent
    """
    read = figure(cursor, index)
    if read is None or _is_in_identifier(cursor, index, read.after):
        return None
    first, value = index, read.low
    if read.high is None and _is_plus(cursor, index - 1):
        first = index - 1
    if read.high is None and _is_minus(cursor, index - 1):
        first, value = index - 1, -value
        if cursor.kinds(read.after, "dash", "dash"):
            return None  # -30--45: a range whose ends are told apart by nothing
    unit = unit_at(cursor, _behind_ending(cursor, read.after))
    high = read.high
    if unit is not None and (scaled := scaled_unit(unit.entry)) is not None:
        size, entry = scaled
        value, high, unit = value * size, high * size if high is not None else None, unit._replace(entry=entry)
    last = unit.last if unit is not None else read.after - 1
    if high is None and unit is not None and (end := _end_of_range(cursor, unit, value)) is not None:
        return Amount(first, end.last, end.number_last, value, end.value, unit.entry, unit.text)
    return Amount(
        first,
        last,
        read.after - 1,
        value,
        high,
        unit.entry if unit is not None else None,
        unit.text if unit is not None else None,
        in_words=cursor.kind(index) != "num",
    )


def _end_of_range(cursor: Cursor, unit: Unit, low: float) -> Amount | None:
    """The upper end of a range whose unit stands twice: 30 %–40 %, 10 € – 20 €."""
    at = unit.last + 2
    if cursor.kind(at - 1) != "dash" or cursor.kind(at) != "num":
        return None
    if cursor.at(at).start - cursor.at(unit.last).end > LONGEST_DASH or cursor.at(at).glued != cursor.at(at - 1).glued:
        return None
    end = measured(cursor, at)
    is_same = end is not None and end.unit == unit.entry and end.value_max is None and end.value > low
    return end if is_same else None


@cache
def scaled_unit(unit: Entry) -> tuple[float, Entry] | None:
    """The size and the single unit of one that stands for many: t€ is 1000 and €."""
    size, _, single = str(unit.value).partition(" ")
    if not size.isdecimal() or not single:
        return None
    return float(size), next(entry for entry in _MONEY.entries if entry.value == single)


_AMOUNTS = (share_word, every_nth, shares, so_many_of, one_percent, money_first, measured)


def _is_minus(cursor: Cursor, index: int) -> bool:
    """Whether a minus sign stands right before a number and nothing but a bracket right before the sign.

    (-1,5 %) → -1.5 percent
    """
    return cursor.kind(index) == "dash" and _is_sign(cursor, index)


def _is_sign(cursor: Cursor, index: int) -> bool:
    is_first = not cursor.at(index).glued or cursor.at(index - 1).text in _OPENED
    return cursor.at(index + 1).glued and is_first


_OPENED = frozenset("([/")
"""Signs right behind which a number's sign may stand."""


def _is_plus(cursor: Cursor, index: int) -> bool:
    """+4,2 % → 4.2 percent"""
    return cursor.at(index).text == "+" and _is_sign(cursor, index)


def _behind_ending(cursor: Cursor, index: int) -> int:
    """The index behind a case ending: 150:tä."""
    ending = cursor.at(index + 1)
    is_ending = cursor.kind(index) == "colon" and cursor.at(index).glued and ending.glued and ending.text.isalpha()
    return index + 2 if is_ending else index


YEAR_DIGITS = 4

REACH = 8
"""Lexemes on either side of a number in which the rest of an identifier is looked for."""


def _is_in_identifier(cursor: Cursor, index: int, after: int) -> bool:
    """Whether a number is part of an identifier.

    2003/634/EY → nothing
    versio 8.10.14219 → nothing
    Asetus N:o 2407/92 → nothing
    dnro 241/20 → nothing
    nro 12/19 → nothing
    """
    first, last = _run_before(cursor, index), _run_behind(cursor, after)
    slashes = sum(cursor.kind(i) == "slash" for i in range(first, last))
    if slashes == 0:
        return (last > after and not cursor.kinds(after - 2, "comma", "num")) or (
            first < index and cursor.kinds(index - 2, "num", "dot")
        )
    return slashes > 1 or _is_numbering(cursor, first - 1)


def _run_before(cursor: Cursor, index: int) -> int:
    """Where the run of joined numbers begins that a number stands in."""
    first = index
    while index - first < REACH and cursor.kind(first - 1) in ("slash", "dot", "colon"):
        if first < 2 or not (cursor.at(first).glued and cursor.at(first - 1).glued):
            break
        first -= 2
    return first


def _run_behind(cursor: Cursor, after: int) -> int:
    """Where the run of joined numbers ends that a number stands in."""
    last = after
    while last - after < REACH and cursor.kind(last) in ("slash", "dot"):
        if not (cursor.at(last).glued and cursor.at(last + 1).glued):
            break
        last += 2
    return last


def _is_numbering(cursor: Cursor, index: int) -> bool:
    """Whether a word says that a number behind it is one of a document: nro, HE; N:o also where it is cut apart."""
    item = cursor.at(index)
    if item.kind == "reference":
        return item.value in _NUMBERING
    pieces = (cursor.at(i).text for i in range(index - 2, index + 1))
    word = terms("references").get("".join(pieces).lower()) if cursor.joined(index - 2, 3) else None
    return word is not None and word.group in _NUMBERING


_NUMBERING = ("document", "number")


class Unit(NamedTuple):
    """A unit beside a number: its entry, the term found and its last lexeme."""

    entry: Entry
    text: str | None
    last: int


def unit_at(cursor: Cursor, index: int) -> Unit | None:
    """The unit that stands at an index; a hyphen may join it: 5-litrainen."""
    item, joined = cursor.at(index), cursor.at(index + 1)
    if item.kind == "percent":
        return _percent(cursor, index)
    if item.kind == "dash" and item.glued and joined.glued:
        return _named(joined, index + 1, ("comparator",))
    if item.text[:1] in DASHES or (item.kind == "number" and _is_money(item)):
        return None
    if item.kind == "word" and item.text[0].isupper() and item.sense.case == "Gen" and _is_money(joined):
        return _named(joined, index + 1, ("comparator", "per"))  # Kanadan dollaria
    if item.sense.time_unit == "1Y" and joined.kind == "num" and len(joined.text) == YEAR_DIGITS:
        return None  # 212 vuonna 2022
    return _named(item, index, ("comparator", "per"))


def _named(item: Lexeme, index: int, but: Container[str | None]) -> Unit | None:
    unit = item.sense.unit
    return Unit(unit, item.sense.unit_text, index) if unit is not None and unit.group not in but else None


def _is_money(item: Lexeme) -> bool:
    return item.sense.unit is not None and item.sense.unit.group == "money"


def _percent(cursor: Cursor, index: int) -> Unit | None:
    """The percent sign, or a word that it opens.

    50 % → 50 percent
    3 %-yksikköä → 3 percentage_point
    3 %-yks. → 3 percentage_point
    """
    sign, opened = _percent_units()
    last = index + 2 if cursor.kind(index + 1) == "dash" and cursor.at(index + 2).glued else index + 1
    tail = cursor.at(last).text.lower().lstrip("-")
    if cursor.at(index + 1).glued:
        for beginning, term, entry in opened:
            if tail.startswith(beginning):
                is_short = tail == beginning and cursor.kind(last + 1) == "dot" and cursor.at(last + 1).glued
                return Unit(entry, term, last + is_short)  # the stop of "%-yks." is part of it
    return Unit(sign, "%", index)


@cache
def _percent_units() -> tuple[Entry, tuple[tuple[str, str, Entry], ...]]:
    """The entry of the sign itself, and the words that it opens: what their forms begin with, term, entry."""
    terms = [(term.text, entry) for entry in _PERCENT.entries for term in entry.terms]
    opened = ((text.removeprefix("%-"), text, entry) for text, entry in terms if text.startswith("%-"))
    return dict(terms)["%"], tuple(opened)


def comparator_before(lexemes: Sequence[Lexeme], index: int) -> Comparator | None:
    """The comparator directly before a lexeme, of one word or two.

    noin 50 % → about 50 percent
    n. 50 % → about 50 percent
    enemmän kuin 50 % → over 50 percent
    >= 50 % → at_least 50 percent
    THL:n 50 → 50
    """
    cursor, back = Cursor(lexemes), index - 1
    if cursor.kind(back) == "dot" and cursor.kind(back - 1) == "comparator":
        back -= 1
    word, before = cursor.at(back), cursor.at(back - 1)
    if word.kind in ("edge", "num", "dot", "comma") or (word.glued and before.kind == "colon"):
        return None  # behind a colon a case ending: FCC:n
    if word.glued and before.kind == "dash":
        return None  # 80->85: an arrow
    if word.glued and (sign := _long_comparators().get(f"{before.text} {word.text}")) is not None:
        return Comparator(sign, back - 1)
    if word.kind == "comparator" and word.sense.unit is not None:
        return Comparator(str(word.sense.unit.value), back)
    two = _long_comparators().get(f"{before.text} {word.text}".lower())
    return Comparator(two, back - 1) if two is not None else None


def comparator_behind(lexemes: Sequence[Lexeme], index: int) -> str | None:
    """The comparator directly behind a lexeme, a case ending between: 50 %:n paikkeilla, 50 % tai enemmän."""
    cursor = Cursor(lexemes)
    at = _behind_ending(cursor, index + 1)
    word = cursor.at(at).text.lower()
    return _behind().get(word) or _behind().get(f"{word} {cursor.at(at + 1).text.lower()}")


@cache
def _behind() -> dict[str, str]:
    return {term.text: str(entry.value) for entry in _BEHIND.entries for term in entry.terms}


@cache
def _long_comparators() -> dict[str, str]:
    """The comparators of two words."""
    return {term.text: str(entry.value) for entry in _COMPARATORS.entries for term in entry.terms if " " in term.text}
