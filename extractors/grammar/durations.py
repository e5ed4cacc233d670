"""Durations: counted units of time, ages, adjectives of length, distances from now; a rule a written form."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from extractors.document import Span
from extractors.grammar.calendar import Grain, Point
from extractors.grammar.cursor import Cursor
from extractors.grammar.figures import figure
from extractors.grammar.ranges import Expression
from extractors.grammar.timing import Timing, Type, group_at, length_value, time_unit, timing, vague_value


def age(cursor: Cursor, index: int) -> Timing | None:
    """An age in years.

    17-vuotias → AGE P17Y
    16–44 vuotiaita → AGE P16Y/P44Y
    kuusivuotiaat → AGE P6Y
    23 vuotta täyttäneet → AGE P23Y
    70v ikäihmiset → AGE P70Y
    18 ikävuoteen → AGE P18Y
    """
    item = cursor.at(index)
    if item.kind == "age" and item.sense.number is not None:
        return _lasting(cursor, "AGE", item.sense.number, None, "1Y", index, index + 1)
    return _with_tail(cursor, "AGE", "age", index) or _years_of_age(cursor, index)


def _years_of_age(cursor: Cursor, index: int) -> Timing | None:
    """Years that a word beside them says to be of age."""
    read = figure(cursor, index) if cursor.kind(index) in ("num", "number") else None
    if read is None:
        return None
    at = _behind_ending(cursor, read.after)
    is_year = time_unit(cursor, at) == "1Y" and group_at(cursor, at + 1) == "of_age"
    if not is_year and group_at(cursor, at) != "age_year":
        return None
    return _lasting(cursor, "AGE", read.low, read.high, "1Y", index, at + 1)


def _behind_ending(cursor: Cursor, index: int) -> int:
    """The index behind a case ending: 150:tä."""
    return index + 2 if cursor.kind(index) == "colon" and cursor.at(index + 1).text.isalpha() else index


def length(cursor: Cursor, index: int) -> Timing | None:
    """An adjective of length.

    kolmivuotinen → DURATION P3Y
    kolmikuukautinen → DURATION P3M
    20-vuotinen → DURATION P20Y
    monivuotinen → DURATION PXY
    moniviikkoista → DURATION PXW
    monikuukautisen → DURATION PXM
    """
    item = cursor.at(index)
    if item.kind != "years_long":
        return _with_tail(cursor, "DURATION", "years_long", index) if item.kind == "num" else None
    unit = str(item.value)
    if item.sense.number is None:
        return timing(cursor, "DURATION", vague_value(unit), index, index + 1, unit)
    return _lasting(cursor, "DURATION", item.sense.number, None, unit, index, index + 1)


def _with_tail(cursor: Cursor, type_: Type, group: str, index: int) -> Timing | None:
    """A number and an adjective of age or length that a hyphen may join."""
    read = figure(cursor, index) if cursor.kind(index) in ("num", "number") else None
    if read is None:
        return None
    tail = cursor.behind(read.after, "dash")
    if group_at(cursor, tail) != group:
        return None
    unit = cursor.at(tail).value if type_ == "DURATION" else "1Y"
    return _lasting(cursor, type_, read.low, read.high, str(unit), index, tail + 1) if unit is not None else None


def _lasting(cursor: Cursor, type_: Type, low: float, high: float | None, unit: str, first: int, after: int) -> Timing:
    found = timing(cursor, type_, length_value(low, high, unit), first, after, unit)
    return replace(found, amount=low, amount_max=high)


class _Counted(NamedTuple):
    """A unit of time with its number: where the phrase, the unit and what follows stand.

    `low` is None where the number is vague or left open; `is_bare` says that the unit stands alone.
    """

    first: int
    unit_at: int
    after: int
    unit: str
    low: float | None
    high: float | None
    is_bare: bool


def counted(cursor: Cursor, index: int) -> Expression | Timing | None:
    """A number of units of time, or a unit alone where it tells a stretch.

    3 kk → DURATION P3M
    kahden vuoden → DURATION P2Y
    viimeisen 15 vuoden → DURATION P15Y
    seuraavat viisi vuotta → DURATION P5Y
    muutaman viikon → DURATION PXW
    vuoden tai kaksi → DURATION PXY
    seitsemässä päivässä → DURATION P7D
    päivän → nothing
    kk → nothing
    """
    phrase = _counted(cursor, index)
    if phrase is None:
        return None
    if (found := since_now(cursor, phrase)) is not None:
        return found
    if phrase.low is None and cursor.case(phrase.unit_at) == "Ess":
        return None  # jonakin päivänä
    return _stretch(cursor, phrase)


def _stretch(cursor: Cursor, phrase: _Counted) -> Timing:
    """A duration, or a set by its interval.

    kolme viikkoa → DURATION P3W
    kahden viikon välein → SET P2W
    1 vuosi ja 6 kuukautta → DURATION P1Y6M
    2 h 15 min → DURATION PT2H15M
    1,5 v:n ajan → DURATION P1.5Y
    kolme varttia → DURATION PT45M
    5 kk – 6 kk → DURATION P5M/P6M
    """
    if (found := _of_two_units(cursor, phrase)) is not None:
        return found
    if (last := _end_of_lengths(cursor, phrase)) is not None:
        phrase = phrase._replace(after=last.after, high=last.low)
    shown = vague_value(phrase.unit) if phrase.low is None else length_value(phrase.low, phrase.high, phrase.unit)
    is_set = group_at(cursor, phrase.after) == "interval"
    after = phrase.after + 1 if is_set else phrase.after
    found = timing(cursor, "SET" if is_set else "DURATION", shown, phrase.first, after, phrase.unit)
    return replace(found, amount=phrase.low, amount_max=phrase.high, is_bare=phrase.is_bare)


def _end_of_lengths(cursor: Cursor, phrase: _Counted) -> _Counted | None:
    """The longer length of a range whose unit stands twice: 5 kk – 6 kk."""
    if phrase.low is None or phrase.high is not None or not cursor.kinds(phrase.after, "dash", "num"):
        return None
    if cursor.at(phrase.after).glued != cursor.at(phrase.after + 1).glued:
        return None
    last = _counted(cursor, phrase.after + 1)
    is_longer = last is not None and last.unit == phrase.unit and last.high is None and (last.low or 0) > phrase.low
    return last if is_longer else None


_SMALLER = {"1Y": ("1M", 12), "T1H": ("T1M", 60), "1W": ("1D", 7), "T1M": ("T1S", 60), "1M": ("1D", None)}
"""The unit that a length goes on with, and how many of it the larger one is; months have no fixed number of days."""


def _of_two_units(cursor: Cursor, phrase: _Counted) -> Timing | None:
    """A length of a unit and the next smaller one, told in the smaller."""
    smaller, size = _SMALLER.get(phrase.unit, (None, None))
    at = cursor.behind(phrase.after, "and")
    if smaller is None or phrase.low is None or phrase.high is not None or cursor.kind(at) not in ("num", "number"):
        return None
    rest = _counted(cursor, at)
    if rest is None or rest.unit != smaller or rest.low is None or rest.high is not None or rest.is_bare:
        return None
    if group_at(cursor, rest.after) in ("ago", "later", "interval"):
        return None
    head, tail = length_value(phrase.low, None, phrase.unit), length_value(rest.low, None, smaller)
    value = head + tail.removeprefix("PT" if smaller.startswith("T") else "P")
    found = timing(cursor, "DURATION", value, phrase.first, rest.after, smaller)
    return replace(found, amount=phrase.low * size + rest.low if size is not None else None)


def since_now(cursor: Cursor, phrase: _Counted) -> Expression | Timing | None:
    """A point by its distance from now; a duration where it is reckoned from something that is told.

    kolme vuotta sitten → XXXX shift=-3
    2 v. sitten → XXXX shift=-2
    8 pvää sitten → XXXX-XX-XX shift=-8
    kahden viikon kuluttua → XXXX-WXX shift=2
    viikon päästä → DURATION P1W
    vuosi sitten → XXXX shift=-1
    kahden viikon kuluttua yhteydenotosta → DURATION PXW
    kolme vuotta aiemmin → DURATION PXY
    seitsemässä päivässä päästä hoitoon → DURATION P7D
    """
    at = _behind_unit(cursor, phrase.unit_at) if phrase.after == phrase.unit_at + 1 else phrase.after
    word, unit = cursor.at(at), phrase.unit
    if not _is_distance(cursor, phrase.after - 1):
        return None
    grain, count = GRAINS.get(unit), phrase.low
    is_told = "told" in (word.kind, word.value) or _counts_from_event(cursor, at + 1)
    if is_told or grain is None or count is None or not count.is_integer():
        return timing(cursor, "DURATION", vague_value(unit), phrase.first, at + 1, unit)
    if phrase.is_bare and word.sense.group == "later":
        return timing(cursor, "DURATION", length_value(count, None, unit), phrase.first, at + 1, unit)  # of any day
    span = Span(cursor.at(phrase.first).start, word.end)
    shift = int(count) if word.sense.group == "later" else -int(count)
    return Expression(span, Point(grain, shift=shift), None, phrase.first, at)


def _behind_unit(cursor: Cursor, index: int) -> int:
    """The index behind a unit of time, and behind the full stop of its abbreviation before a distance: 2 v. sitten."""
    is_cut = len(cursor.at(index).text) <= LONGEST_SHORT and group_at(cursor, index + 2) in ("ago", "later")
    return index + 2 if is_cut and cursor.kind(index + 1) == "dot" else index + 1


LONGEST_SHORT = 3
"""Letters of an abbreviated unit: v, kk, pv, vko, min."""


def _is_distance(cursor: Cursor, unit_at: int) -> bool:
    """Whether sitten, kuluttua or the like stand behind a unit of time, and the unit in a case that they govern."""
    return group_at(cursor, _behind_unit(cursor, unit_at)) in ("ago", "later") and cursor.case(unit_at) in _GOVERNED


_GOVERNED = (None, "Nom", "Gen", "Par")
"""Cases before sitten (kolme vuotta), kuluttua, päästä (kahden viikon); before others they are verbs of their own."""


def _counts_from_event(cursor: Cursor, index: int) -> bool:
    """Whether the event is named from which a distance counts: kahden viikon kuluttua | yhteydenotosta."""
    return cursor.kind(index) == "word" and cursor.case(index) == "Ela"


def _counted(cursor: Cursor, index: int) -> _Counted | None:
    """A unit of time with its number and the qualifiers around them: viimeisen 15 vuoden, koko vuoden."""
    is_whole = _is_whole(cursor, index)
    at = index + 1 if is_whole else _behind_qualifiers(cursor, index, index + QUALIFIERS)
    amount = _amount(cursor, at)
    if amount is None:
        return None
    low, high, after = amount
    unit_at = _behind_qualifiers(cursor, after, after + QUALIFIERS)
    unit = time_unit(cursor, unit_at)
    if unit is None:
        return None
    if unit_at > at:
        if not _agrees(cursor, after - 1, unit_at):
            return None
    elif not _can_stand_alone(cursor, unit_at) or (at > index and not (low is None or is_whole)):
        return None
    end = unit_at + 1
    if unit_at == at and cursor.kinds(end, "or", "number"):
        end, low = end + 2, None  # vuoden tai kaksi
    return _Counted(index, unit_at, end, unit, low, high, unit_at == index)


QUALIFIERS = 3
"""Words that may stand between the parts of a duration."""


def _behind_qualifiers(cursor: Cursor, index: int, until: int) -> int:
    """The index behind words that say where a counted time lies: viimeisen, seuraavat."""
    while index < until and qualifies(cursor, index):
        index += 1
    return index


def qualifies(cursor: Cursor, index: int) -> bool:
    item = cursor.at(index)
    if item.sense.group not in ("last_n", "next_n") or item.sense.case == "Tra":
        return False
    return item.kind != "word" or item.sense.plural or item.sense.case not in (None, "Nom")


def _is_whole(cursor: Cursor, index: int) -> bool:
    """koko vuoden"""
    return (
        cursor.kind(index) == "whole"
        and cursor.at(index + 1).sense.mod is None
        and time_unit(cursor, index + 1) is not None
    )


def _amount(cursor: Cursor, index: int) -> tuple[float | None, float | None, int] | None:
    """The number before a unit (None where it is vague), its upper end, and the index behind it."""
    sense = cursor.at(index).sense
    if sense.time_unit is not None and sense.number is None:
        return None if sense.plural else 1.0, None, index  # the unit alone: several, or one
    if sense.group == "vague":
        return None, None, _behind_numbers(cursor, index + 1)
    if (sense.scale or sense.number) and sense.plural and cursor.kind(index) == "number":
        return None, None, index + 1  # satoja vuosia
    read = figure(cursor, index)
    if read is None:
        return None
    return read.low, read.high, _behind_ending(cursor, read.after)


def _behind_numbers(cursor: Cursor, index: int) -> int:
    """The index behind the number words of a vague amount.

    muutama sata vuotta → DURATION PXY
    """
    while cursor.at(index).sense.scale is not None or cursor.at(index).sense.number is not None:
        index += 1
    return index


def _agrees(cursor: Cursor, at: int, unit_at: int) -> bool:
    """Whether a number and its unit are of one phrase.

    kolme vuotta → DURATION P3Y
    150:tä päivää → DURATION P150D
    yhdessä vuoden 2003 kanssa → 2003
    """
    word, unit = cursor.at(at), cursor.at(unit_at)
    following = cursor.at(unit_at + 1)
    if unit.sense.time_unit == "1Y" and following.kind == "num" and len(following.text) == 4:
        return False
    if word.text[-2:] == unit.text[-2:]:
        return True
    case, of_unit = word.sense.case, unit.sense.case
    if word.kind == "number" and case is None:
        return of_unit == "Par"
    return word.kind == "num" or case is None or of_unit in (None, case, "Par")


def _can_stand_alone(cursor: Cursor, index: int) -> bool:
    """Whether a unit without a number is a time: a plural, a stretch, before "sitten"; no abbreviation, none of the
    calendar's.

    vuosia → DURATION PXY
    viikon → DURATION P1W
    viikossa → DURATION P1W
    koko päivän → DURATION P1D
    vuosi sitten → XXXX shift=-1
    lähes vuosi → about DURATION P1Y
    """
    item, before = cursor.at(index), cursor.at(index - 1)
    if len(item.text) < 3:
        return False
    if _is_distance(cursor, index):
        return True
    if _is_whole(cursor, index - 1):
        return True
    if item.sense.time_unit in ("1D", "T1S"):
        return False
    if before.kind == "comparator" and not item.sense.plural:
        return item.sense.fraction is None  # lähes vuosi, but not "yli neljännes"
    if item.kind == "word":
        return False
    if item.sense.plural:
        return item.sense.case in ("Par", "Gen", "Ill")
    is_first = before.kind in ("edge", "dot", "comma") and cursor.kind(index + 1) not in ("num", "number", "times")
    return item.sense.case == "Gen" or (item.sense.case == "Ine" and is_first)


GRAINS: dict[str, Grain] = {
    "1Y": "year",
    "1M": "month",
    "1W": "week",
    "1D": "day",
    "10Y": "decade",
    "100Y": "century",
    "1000Y": "millennium",
    "3M": "quarter",
}
"""The grains of the calendar by the units that are as long."""
