"""quantities: counts, money, durations, rates, shares told in words and index figures, with what they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.document import AnalysedDocument, once_a_document
from extractors.facts.amounts import amounts_of, without_twins
from extractors.facts.clauses import is_auxiliary
from extractors.facts.context import figure_columns
from extractors.facts.identifiers import identifier_at
from extractors.grammar.lexemes import DASHES, Lexeme
from extractors.grammar.numbers import Amount, comparator_behind
from extractors.grammar.ranges import Expression
from extractors.grammar.timings import Timing
from extractors.percentages import is_percentage
from extractors.process_goals import goal_spans
from extractors.readings import Reading, readings
from extractors.records import QuantityRecord
from lexicons import needs

_MERE_UNITS = needs("units", "kpl", "kerta")
"""Units that say that something is counted and not what."""

_YEAR = needs("units", "vuosi")
_MONTH = needs("units", "kuukausi")
_PHRASES = needs("numbers", groups=["phrase"])
_PART = needs("figure_words", "part")
_INDEX_NAMES = needs("units", groups=["index_name"])

needs("units", groups=["count", "money", "duration", "index", "share", "comparator"])

NEAR = 4
"""Words before a number in which the name of an index is looked for."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written: its lexemes, value, unit, kind and what it counts."""

    first: int
    last: int
    value: float
    value_max: float | None
    unit: str | None
    kind: str
    counts: str | None
    is_fraction: bool = False


def extract(document: AnalysedDocument) -> Iterator[QuantityRecord]:
    """The quantities of a document in text order."""
    yield from quantities_of(document)


@once_a_document
def quantities_of(document: AnalysedDocument) -> tuple[QuantityRecord, ...]:
    """The same as a tuple, found once for all that ask."""
    records = [
        _record(document, reading, quantity)
        for reading in readings(document)
        for quantity in _of_reading(document, reading)
    ]
    return tuple(without_twins(records))


def _of_reading(document: AnalysedDocument, reading: Reading) -> Iterator[Quantity]:
    for time in reading.times:
        counted = isinstance(time, Timing) and time.type in ("DURATION", "AGE") and time.amount is not None
        if isinstance(time, Timing) and counted and not time.is_bare:
            yield _duration(reading, time)
    yield from _ratios(reading)
    last = -1
    for amount in amounts_of(document, reading):
        items = reading.lexemes
        if is_percentage(amount) or identifier_at(document, items[amount.first].start, items[amount.number_last].end):
            continue
        quantity = _of_amount(reading, amount)
        if quantity is not None and amount.first > last:
            last = quantity.last
            yield quantity


def _ratios(reading: Reading) -> Iterator[Quantity]:
    """9/13 kylätoimipisteessä, vastaajista 2/3: a share of what the noun beside it names; without one it is a score."""
    items = reading.lexemes
    dated = {index for time in reading.times for index in range(time.first, time.last + 1)}
    for index in range(len(items) - 3):
        if index in dated or not _is_part_of_whole(items[index : index + 4]):
            continue
        part, whole = float(items[index].value or 0), float(items[index + 2].value or 0)
        behind = index + 5 if items[index + 3].kind == "colon" and items[index + 4].text.isalpha() else index + 3
        token = reading.token_at(items[behind].start) if behind < len(items) else None
        before = reading.token_at(items[index - 1].start) if index else None
        if before is not None and before.case == "Ela" and before.number == "Plur" and part < whole:
            yield Quantity(index, index + 2, part / whole, None, None, "share", before.lemma)
        elif token is not None and token.pos == "NOUN" and token.text.islower() and token.case not in (None, "Gen"):
            yield Quantity(index, index + 2, part / whole, None, None, "share", token.lemma)


def _is_part_of_whole(items: Sequence[Lexeme]) -> bool:
    """Whether four lexemes are a number, a slash, a number of two or more, and a word that is no point of a scale."""
    part, slash, whole, behind = items
    if (part.kind, slash.kind, whole.kind) != ("num", "slash", "num"):
        return False
    joined = slash.glued and whole.glued and (not behind.glued or behind.kind == "colon")
    fits = len(whole.text) <= 3 and float(whole.value or 0) >= max(2.0, float(part.value or 0))
    is_scale = behind.sense.unit is not None and behind.sense.unit.group == "index"  # 4/5 pistettä
    return joined and fits and not is_scale


def _duration(reading: Reading, period: Timing) -> Quantity:
    unit = reading.lexemes[period.last].sense.unit
    if (unit is None or unit.group != "duration") and period.unit == "1Y":
        unit = _YEAR.entries[0]  # a calendar year, an age
    name = str(unit.value) if unit is not None and unit.group == "duration" else None
    return Quantity(period.first, period.last, float(period.amount or 0), period.amount_max, name, "duration", None)


LARGEST_PRONOUN = 10
"""Number words up to this may stand for somebody: kaksi heistä, kolmas."""


_UNCOUNTED = needs("numbers", groups=["uncounted_ending"])
"""Endings of "yksikään", which counts nothing, and of "neljättä", which is the fourth."""

ONE_OF = 8
"""Words behind "on yksi" among which those stand that it is one of."""


def _is_none_or_ordinal(word: str) -> bool:
    return word.lower().endswith(_UNCOUNTED.texts)


def _is_article(reading: Reading, amount: Amount) -> bool:
    """Whether "yksi" only introduces something: "yhtenä tavoitteena", "on yksi parhaista keinoista", "yhtä aikaa"."""
    item = reading.lexemes[amount.first]
    if amount.value != 1:
        return False
    behind = reading.around(item.start, 0, ONE_OF)
    if item.sense.case == "Ess" or _PHRASES.stand_in(behind[:2]):
        return True
    before = reading.around(item.start, 1, 0)
    is_predicate = item.sense.case == "Nom" and bool(before) and is_auxiliary(before[0])
    group = next((token for token in behind[1:] if token.text in ",.;:" or token.tense == "present"), None)
    inside = behind[1 : behind.index(group)] if group is not None else behind[1:]
    is_one_of = any(token.case == "Ela" and token.number == "Plur" for token in inside) or _PART.stand_in(inside)
    return is_predicate and is_one_of


class _Counted(NamedTuple):
    """What a number counts: its unit, its kind, the noun behind it."""

    unit: str | None
    kind: str
    counts: str | None


def _of_amount(reading: Reading, amount: Amount) -> Quantity | None:
    items, first, last = reading.lexemes, amount.first, amount.last
    if amount.is_fraction:
        inside = reading.token_at(items[first + 1].start) if last == first + 2 else None
        behind = _noun(reading, last + 1) if comparator_behind(items, last) is None else None
        counts = inside.lemma if inside is not None and inside.pos == "NOUN" else behind
        return Quantity(first, last, amount.value, None, None, "share", counts, is_fraction=True)
    if amount.in_words and (_is_article(reading, amount) or _is_none_or_ordinal(items[first].text)):
        return None
    counted = _counted(reading, amount)
    if counted is None:
        return None
    unit, kind, counts = counted
    rate = _per(reading, last + 1 if counts is None or amount.unit is not None else last + 2)
    if rate is not None:
        per, last = rate
        unit, kind = f"{unit or counts or ''}/{per}", "rate"
    return Quantity(first, last, amount.value, amount.value_max, unit, kind, counts)


def _counted(reading: Reading, amount: Amount) -> _Counted | None:
    """What an amount counts; None where a number word is a pronoun."""
    counts = _noun(reading, amount.last + 1) if amount.unit is None or amount.unit.group == "count" else None
    if amount.unit is not None:
        unit = str(amount.unit.value) if amount.unit.value is not None else amount.unit_text
        kind = str(amount.unit.group) if amount.unit.group in ("money", "duration", "index", "share") else "count"
        names_counted = amount.unit.group == "count" and amount.unit.id not in _MERE_UNITS.ids
        if names_counted and counts is None:
            counts = reading.lexemes[amount.last].sense.unit_text
        return _Counted(unit, kind, counts)
    if (other := _shared(reading, amount.last + 1)) is not None:
        return _Counted(other.unit, other.kind, other.counts)
    if _names_index(reading, reading.lexemes[amount.first].start):
        return _Counted(None, "index", None)
    is_pronoun = counts is None and amount.in_words and amount.value <= LARGEST_PRONOUN  # "yksi tärkeimmistä"
    return None if is_pronoun else _Counted(None, "count", counts)


def _shared(reading: Reading, index: int) -> Quantity | None:
    """The quantity behind "ja" whose unit a bare number before it shares: 55- ja 64-vuotiaat, 2 ja 3 kk."""
    items = reading.lexemes
    index = index + 1 if index < len(items) and items[index].kind == "dash" else index
    if index >= len(items) or items[index].kind != "and":
        return None
    first = index + 2 if index + 1 < len(items) and items[index + 1].kind == "comparator" else index + 1
    for time in reading.times:
        if isinstance(time, Timing) and time.amount is not None and time.first == first:
            return _duration(reading, time)
    other = next((amount for amount in reading.amounts if amount.first == first and amount.unit is not None), None)
    return _of_amount(reading, other) if other is not None and not is_percentage(other) else None


BEHIND = 4
"""Words behind a number among which the noun that it counts is looked for."""


def _noun(reading: Reading, index: int) -> str | None:
    """The base form of the noun that a number counts: the first one behind it that is no genitive before another noun.

    An adjective stands for a noun where none follows ("96 vanhempaa").
    """
    found: str | None = None
    start = _behind_suspended(reading, index)
    dated = [time.first for time in reading.times if isinstance(time, Expression) and not time.is_name]
    for at, item in enumerate(reading.lexemes[start : start + BEHIND], start):
        token = reading.token_at(item.start)
        if item.text[0].isupper() and (tail := _tail_of_name(reading, at + 1)) is not None:
            return tail
        if token is None or not token.text[0].isalpha() or at in dated:
            break
        if token.pos in ("NOUN", "PROPN") and token.case is not None:
            if token.case == "Ine" and item.sense.time_unit is not None:
                break  # 25 euroa päivässä
            if token.case != "Gen":
                return token.lemma
            found = found or token.lemma
        elif token.pos == "ADJ":
            found = token.lemma if found is None and token.case == "Par" else found
        elif token.pos not in ("NUM", "PRON"):
            break
    return found


def _tail_of_name(reading: Reading, index: int) -> str | None:
    """The base form of the noun behind a hyphen that ends a name: uutta Cool Kids | -osaajaa."""
    for item in reading.lexemes[index : index + BEHIND]:
        if item.text[0] in DASHES and len(item.text) > 1:
            token = reading.token_at(item.start)
            return token.lemma.lstrip("".join(DASHES)) if token is not None else None
    return None


def _behind_suspended(reading: Reading, index: int) -> int:
    """The index behind a word whose end the next one has: sosiaali- ja | terveydenhuollon ammattilaista."""
    items = reading.lexemes
    while index + 2 < len(items) and items[index].text.endswith("-") and items[index + 1].kind == "and":
        index += 2
    return index


def _per(reading: Reading, index: int) -> tuple[str, int] | None:
    """What a rate is counted against, and its last lexeme: €/kk, euroa kuussa, kertaa vuodessa."""
    items = reading.lexemes
    joined = index + 1 < len(items) and items[index].kind == "slash" and items[index].glued
    if joined and items[index + 1].kind == "num" and (noun := _noun(reading, index + 2)) is not None:
        return f"{items[index + 1].text} {noun}", index + 2
    if joined and items[index + 1].text[0].isalpha():
        item = items[index + 1]
        token = reading.token_at(item.start)
        return _unit_name(item) or (token.lemma if token is not None else item.text), index + 1
    if (
        index < len(items)
        and items[index].sense.case == "Ine"
        and (items[index].sense.time_unit or items[index].kind == "month_noun")
    ):
        return _unit_name(items[index]) or str(_MONTH.entries[0].value), index
    return None


def _unit_name(item: Lexeme) -> str | None:
    unit = item.sense.unit
    return str(unit.value) if unit is not None and unit.value is not None and unit.group != "comparator" else None


def _names_index(reading: Reading, start: int) -> bool:
    """Whether a word such as indeksi or keskiarvo stands right before a number."""
    before = reading.around(start, NEAR, 0)
    return _INDEX_NAMES.stand_in(before)


def _record(document: AnalysedDocument, reading: Reading, quantity: Quantity) -> QuantityRecord:
    return QuantityRecord(
        **figure_columns(document, reading, quantity.first, quantity.last, goal_spans(document)),
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        unit_kind=quantity.kind,
        counts=quantity.counts,
        percentage_start=_figure_behind(reading, quantity) if quantity.is_fraction else None,
    )


def _figure_behind(reading: Reading, quantity: Quantity) -> int | None:
    """Where the percentage in brackets behind a fraction begins: noin viidennes (22 %)."""
    items = reading.lexemes
    for amount in reading.amounts:
        if is_percentage(amount) and 0 < amount.first - quantity.last <= NEAR and items[amount.first - 1].text == "(":
            return items[amount.first].start
    return None
