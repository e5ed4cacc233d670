"""Our expressions as OntoNotes-style entity labels: the one place where the two are made comparable.

The corpus (TurkuONE, Luoma et al. 2021) marks more as DATE than the data contract does, and other spans:

| ours | label |
|---|---|
| DATE; DURATION and ages of a day or more | DATE |
| TIME; DURATION of less than a day | TIME |
| SET | none |
| number with a percent unit | PERCENT |
| number with a currency | MONEY |
| number with a unit of measure | QUANTITY |
| ordinal word, number with a full stop that numbers a line | ORDINAL |
| any other number, fractions in words | CARDINAL |

Spans take in a comparator right before them (noin, yli, n.), a case ending behind them (7 %:n), and a day joined to
a time of day (perjantaina illalla); of the parts of a month only its late one (elokuun lopulla, but elokuun | alussa).
Days that share a month ("27. ja 28. lokakuuta"), the ends of a range told in words and the parts of a length (6 vuotta
6 kuukautta) are one. A year that names an event (vaalit 2023) and a number behind a name (Windows 10) are no entities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.grammar.cursor import first_case
from extractors.grammar.lexemes import LemmaToken, Lexeme, Sense
from extractors.grammar.lexer import lexemes
from extractors.grammar.numbers import Amount, amounts, comparator_before
from extractors.grammar.ranges import Expression
from extractors.grammar.timings import Timing, times

LABELS = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")


class Entity(NamedTuple):
    """A labelled stretch of a sentence: token indexes, `end` exclusive."""

    start: int
    end: int
    label: str


class _Mark(NamedTuple):
    """A labelled run of lexemes, `last` inclusive."""

    first: int
    last: int
    label: str
    kind: str
    joined: bool = False


_INERT = frozenset(
    (
        "word",
        "during",
        "unit",
        "comparator",
        "dot",
        "comma",
        "colon",
        "slash",
        "dash",
        "and",
        "or",
        "part",
        "reference",
        "event",
    )
)


def may_begin(sense: Sense) -> bool:
    """Whether an expression can begin with a word, by its sense alone: a sentence without such a word has none."""
    is_percent = sense.unit is not None and sense.unit.group == "percent"
    return sense.kind not in _INERT or bool(sense.group or sense.time_unit or sense.scale or is_percent)


def entities(words: Sequence[LemmaToken]) -> list[Entity]:
    """The entities of a sentence's tokens, in order, without overlap."""
    items = lexemes(words)
    marks = _joined(items, list(_marks(items)))
    return list(_on_tokens(words, items, marks))


def _marks(items: Sequence[Lexeme]) -> list[_Mark]:
    expressions = list(times(items))
    taken = {index for time in expressions for index in range(time.first, time.last + 1)}
    found = [mark for time in expressions if (mark := _of_time(items, time)) is not None]
    for amount in amounts(items, taken):
        mark = _of_amount(items, amount)
        if mark.label == "CARDINAL" and not amount.in_words and _is_product(items, mark.first):
            continue
        if amount.first == amount.last == 0 and len(items) > 1 and items[1].kind == "dot" and items[0].kind == "num":
            mark = _Mark(0, 1, "ORDINAL", "")  # the number of a line
        found.append(mark)
        taken.update(range(mark.first, mark.last + 1))
    found += _vague_amounts(items, taken)
    found += [_Mark(i, i, "ORDINAL", "") for i in range(len(items)) if i not in taken and _is_ordinal(items[i])]
    return sorted(found)


_POSSESSIVE = ("nsa", "nsä", "aan", "mme", "nne", "een")


def _is_ordinal(item: Lexeme) -> bool:
    """An ordinal word; not the pronouns that toinen also is (toisensa, toiset, toisin)."""
    if item.kind != "ordinal":
        return False
    return item.value != 2 or not (item.sense.plural or item.text.endswith(_POSSESSIVE) or item.sense.case is None)


def _of_time(items: Sequence[Lexeme], time: Expression | Timing) -> _Mark | None:
    if isinstance(time, Expression):
        return _of_date(items, time)
    if time.type == "SET" or (items[time.first].kind == "whole" and time.value == "P1D"):
        return None
    short = time.type == "TIME" or (time.unit or "").startswith("T") or time.value.startswith("PT")
    first = _with_comparator(items, time.first)
    return _Mark(first, _with_ending(items, time.last), "TIME" if short else "DATE", time.type)


def _of_date(items: Sequence[Lexeme], time: Expression) -> _Mark | None:
    if time.first == time.last and (_is_theme(items[time.first]) or _is_name(items, time.first)):
        return None
    if items[time.first].value == "short":
        return None  # kuun lopussa: of any month
    if time.begin.grain == "year" and not time.begin.is_relative and _names_event(items, time):
        return None
    last = time.last
    if time.begin.grain == "month" and items[last].kind == "part" and not _is_late(items[last]):
        last -= 1
    return _Mark(_date_begins(items, time), _with_ending(items, last), "DATE", time.begin.grain)


def _date_begins(items: Sequence[Lexeme], time: Expression) -> int:
    """A date with a comparator before it, where it counts (noin kaksi vuotta sitten), or a comparing adverb."""
    first = _with_comparator(items, time.first)
    unit = items[first].sense.unit
    counted = items[time.last].sense.group in ("ago", "later")
    if not counted and (unit is None or unit.value != "about" or time.begin.is_relative):
        first = time.first
    if first and time.begin.is_relative and items[first - 1].kind in ("ago", "later"):
        first -= 1  # myöhemmin tänä vuonna
    return first


def _is_late(part: Lexeme) -> bool:
    """lopulla, loppupuolella, the parts of a month that the corpus takes in more often than not (5 of 7 in train)."""
    return part.value == "END" and part.sense.case == "Ade"


def _is_theme(item: Lexeme) -> bool:
    """Whether a season or a holiday is spoken of without telling when: vappua, kesäksi, talvet."""
    if item.kind == "holiday":
        return item.sense.case in ("Nom", "Par", "Tra")
    return item.kind == "season" and (item.sense.case in ("Par", "Tra") or item.sense.plural)


def _is_name(items: Sequence[Lexeme], index: int) -> bool:
    """Whether a season or a holiday is part of a name (Kevät, Vappu) or of a compound (kesä- ja talvirenkaat)."""
    item = items[index]
    if item.kind not in ("season", "holiday"):
        return False
    behind = items[index + 1] if index + 1 < len(items) else None
    compound = behind is not None and behind.kind == "dash" and behind.glued
    names = item.sense.case in ("Nom", "Gen", "Par") and item.text.istitle()
    return compound or (index > 0 and names and items[index - 1].text[-1].isalpha())


def _names_event(items: Sequence[Lexeme], time: Expression) -> bool:
    """Whether a year is part of an event's name: eduskuntavaalit 2023, vuoden 2020 olympialaiset."""
    beside = (time.first - 1, time.last + 1)
    return any(0 <= index < len(items) and items[index].kind == "event" for index in beside)


def _is_product(items: Sequence[Lexeme], first: int) -> bool:
    """Whether a number belongs to a name before it: Windows 10."""
    return first > 0 and items[first - 1].kind == "word" and items[first - 1].text[0].isupper() and first > 1


def _of_amount(items: Sequence[Lexeme], amount: Amount) -> _Mark:
    label = {"percent": "PERCENT", "share": "PERCENT", "money": "MONEY", "measure": "QUANTITY"}.get(
        str(amount.unit.group) if amount.unit else "", "CARDINAL"
    )
    if label == "PERCENT" and amount.last == amount.number_last and not amount.in_words:
        label = "CARDINAL"  # 10 of "10 ja 20 %"
    last = amount.last if label != "CARDINAL" else amount.number_last
    first = amount.first
    if label == "CARDINAL" and _is_early_year(items, amount):
        return _Mark(first, last, "DATE", "year")
    signs = _SIGNS if label == "PERCENT" else _MINUS if label == "QUANTITY" else ()
    if first and items[first - 1].text in signs:
        first -= 1
    if label == "QUANTITY" and last + 1 < len(items) and _is_pace(items[last + 1]):
        last += 1  # 300 kilometriä tunnissa
    return _Mark(_with_comparator(items, first), _with_ending(items, last), label, "")


def _is_pace(item: Lexeme) -> bool:
    """tunnissa, sekunnissa"""
    return item.sense.case == "Ine" and (item.sense.time_unit or "").startswith("T")


SHORTEST_UNIT = 4
"""Letters of a unit's word; shorter ones are abbreviations, which stand behind digits."""


def _vague_amounts(items: Sequence[Lexeme], taken: set[int]) -> Iterator[_Mark]:
    """Money and measures whose number is not told: tuhansia euroja, muutama kymmenen kilometriä."""
    for index, item in enumerate(items):
        unit = item.sense.unit
        if index in taken or unit is None or unit.group not in ("money", "measure") or len(item.text) < SHORTEST_UNIT:
            continue
        first = index
        while first and first - 1 not in taken and _is_vague(items[first - 1]):
            first -= 1
        if first < index:
            yield _Mark(_with_comparator(items, first), index, "MONEY" if unit.group == "money" else "QUANTITY", "")


def _is_vague(item: Lexeme) -> bool:
    """muutama; kymmeniä, tuhansia"""
    is_number = item.sense.number is not None or item.sense.scale is not None
    return item.sense.group == "vague" or (is_number and item.sense.plural)


def _is_early_year(items: Sequence[Lexeme], amount: Amount) -> bool:
    """1846 · 1248–1302: numbers of the second half of the last millennium, or ranges of it, that count nothing.

    The contract has no such dates: a lone number before 1900 is a count in its documents.
    """
    numbers = items[amount.first : amount.number_last + 1]
    behind = items[amount.last + 1].kind if amount.last + 1 < len(items) else ""
    sized = any(0 <= i < len(items) and items[i].text in ("x", "×") for i in (amount.first - 1, amount.last + 1))
    if _is_product(items, amount.first) or behind in ("slash", "dash") or sized:
        return False
    if comparator_before(items, amount.first) is not None:
        return False
    earliest = 1500 if amount.value_max is None else 1000
    return (
        not amount.in_words
        and len(numbers) == (1 if amount.value_max is None else 3)
        and len(numbers[0].text) == 4
        and earliest <= amount.value < 1900
        and (amount.value_max or 0) < 1900
    )


_MINUS = frozenset(("-", "−"))
_SIGNS = _MINUS | {"+", "±"}
"""Signs of a figure; an en dash is punctuation in running text."""


def _with_comparator(items: Sequence[Lexeme], first: int) -> int:
    comparator = comparator_before(items, first)
    one_word = comparator is not None and items[comparator.first].kind == "comparator"
    return comparator.first if comparator is not None and one_word else first


def _with_ending(items: Sequence[Lexeme], last: int) -> int:
    """Takes in a case ending: 7 %:n."""
    if last + 2 < len(items) and items[last + 1].kind == "colon" and items[last + 1].glued:
        ending = items[last + 2]
        if ending.glued and ending.text.isalpha() and ending.text.islower() and len(ending.text) < 6:
            return last + 2
    return last


def _joined(items: Sequence[Lexeme], marks: Sequence[_Mark]) -> list[_Mark]:
    """The marks in order, without overlap, those that are one expression as one."""
    joined: list[_Mark] = []
    for mark in marks:
        before = joined[-1] if joined else None
        if before is None or mark.first > before.last:
            one = _as_one(items, before, mark) if before is not None else None
            if one is not None:
                joined.pop()
            joined.append(one or mark)
    return joined


def _as_one(items: Sequence[Lexeme], one: _Mark, other: _Mark) -> _Mark | None:
    """A day and the time of day beside it as one TIME; days that share a month, the ends of a range as one DATE."""
    if other.first == one.last + 1 and {one.kind, other.kind} == {"day", "TIME"}:
        return _Mark(one.first, other.last, "TIME", "TIME")
    if _are_one(items, one, other):
        return _Mark(one.first, other.last, "DATE", other.kind)
    if other.first != one.last + 2:
        return None
    between = items[one.last + 1].kind
    if one.kind == other.kind == "day" and between in ("and", "comma") and _lacks_month(items, one):
        return _Mark(one.first, other.last, "DATE", "day", True)
    follows = items[other.last + 1].sense.group if other.last + 1 < len(items) else None
    joins = follows == "between" or (follows == "between_two" and {one.kind, other.kind} == {"month"})
    if one.label == other.label == "DATE" and between == "and" and joins:
        return _Mark(one.first, other.last + (follows == "between"), "DATE", other.kind)
    return None


def _lacks_month(items: Sequence[Lexeme], day: _Mark) -> bool:
    """27. of 27. ja 28. lokakuuta"""
    n_numbers = sum(items[index].kind == "num" for index in range(day.first, day.last + 1))
    return items[day.last].kind == "dot" and (n_numbers == 1 or day.joined)


def _are_one(items: Sequence[Lexeme], one: _Mark, other: _Mark) -> bool:
    """Decades with a shared tail (1980- ja 1990-luvuilla), the parts of a length, the ends of a range."""
    if other.first == one.last + 2 and items[one.last].kind == "dash":
        return {one.kind, other.kind} <= {"decade", "century", "AGE"}
    if other.first != one.last + 1 or not one.label == other.label == "DATE":
        return False
    return one.kind == other.kind == "DURATION" or _leads_to(items, one, other)


def _leads_to(items: Sequence[Lexeme], one: _Mark, other: _Mark) -> bool:
    """Whether two dates are the ends of a range: vuodesta 2019 vuoteen 2021."""
    opens, closes = (first_case(items, mark.first, mark.last) for mark in (one, other))
    return opens in ("Ela", "Abl") and closes in ("Ill", "All")


def _on_tokens(words: Sequence[LemmaToken], items: Sequence[Lexeme], marks: Sequence[_Mark]) -> Iterator[Entity]:
    """Runs of lexemes as runs of the corpus' tokens."""
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index for index, word in enumerate(words)}
    for mark in marks:
        start, end = starts.get(items[mark.first].start), ends.get(items[mark.last].end)
        if start is not None and end is not None:
            yield Entity(start, end + 1, mark.label)
