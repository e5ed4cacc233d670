"""Durations, repeated times, ages and times of day: the time expressions that are no points of the calendar.

Values follow TIMEX3: `P3M`, `PT20M`, `P4W/P6W` for a range, `PXY` where the amount is vague; sets `XXXX-WXX-1`; times
`T14:30`, `TEV`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from extractors.document import Span
from extractors.grammar.calendar import Grain, Point
from extractors.grammar.cursor import Cursor, Read
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.numbers import figure
from extractors.grammar.ranges import NEVER_FIRST, Expression, read_at
from extractors.grammar.years import is_year

Type = Literal["DURATION", "SET", "TIME", "AGE"]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long, how often, how old, at what hour: its type, value and stretch of the source.

    `first`..`last` are its lexemes. `amount` and `amount_max` are the number of units where it is told, `unit` the
    TIMEX3 unit; `is_bare` says that the unit stands alone ("vuoden"); `times` is how often a set happens in its unit
    ("kaksi kertaa vuodessa").
    """

    span: Span
    type: Type
    value: str
    first: int
    last: int
    amount: float | None = None
    amount_max: float | None = None
    unit: str | None = None
    is_bare: bool = False
    times: float | None = None


_Forms = tuple[Callable[[Cursor, int], Expression | Timing | None], ...]


def times(items: Sequence[Lexeme]) -> Iterator[Expression | Timing]:
    """The time expressions of a run of lexemes; where two readings begin together the longer one holds."""
    cursor = Cursor(items)
    index = 0
    while index < len(items):
        if items[index].kind in NEVER_FIRST and items[index].sense.group is None:
            index += 1
            continue
        found = _longer(read_at(cursor, index), _timing_at(cursor, index))
        if found is not None:
            yield found
        index = found.last + 1 if found is not None else index + 1


def _timing_at(cursor: Cursor, index: int) -> Expression | Timing | None:
    """What the first form reads that a lexeme of this kind may begin."""
    for form in _FORMS.get(cursor.kind(index), _ANYWHERE):
        if (found := form(cursor, index)) is not None:
            return found
    return None


def _longer(point: Expression | None, other: Expression | Timing | None) -> Expression | Timing | None:
    """The longer of two readings that begin together; the point where they are equally long."""
    return other if other is not None and (point is None or other.last > point.last) else point


def _timing(cursor: Cursor, type_: Type, value: str, first: int, after: int, unit: str | None = None) -> Timing:
    span = Span(cursor.at(first).start, cursor.at(after - 1).end)
    return Timing(span, type_, value, first, after - 1, unit=unit)


def _group(cursor: Cursor, index: int) -> str | None:
    return cursor.at(index).sense.group


def _unit(cursor: Cursor, index: int) -> str | None:
    """The TIMEX3 unit that a lexeme names."""
    return cursor.at(index).sense.time_unit


# Times of day


def clock(cursor: Cursor, index: int) -> Timing | None:
    """An hour, or two around a dash; without the word kello only with minutes behind a colon.

    klo 14.30 → TIME T14:30
    klo. 9 → TIME T09
    14:30 → TIME T14:30
    klo 8–16 → TIME T08/T16
    kello kuusi → TIME T06
    """
    named = cursor.kind(index) == "clock"
    hour = _named_hour if named else _hour_and_minute
    begin = hour(cursor, cursor.behind(index + 1, "dot") if named else index)
    if begin is None:
        return None
    end = hour(cursor, begin[1] + 1) if cursor.kind(begin[1]) == "dash" else None
    value, after = (begin[0], begin[1]) if end is None else (f"{begin[0]}/{end[0]}", end[1])
    return _timing(cursor, "TIME", value, index, after)


LAST_HOUR, LAST_MINUTE = 24, 59


def _named_hour(cursor: Cursor, index: int) -> Read[str] | None:
    """An hour behind the word kello, in digits or in words."""
    if with_minute := _hour_and_minute(cursor, index, ("colon", "dot", "comma")):
        return with_minute
    spelled = cursor.at(index).sense.number if cursor.kind(index) == "number" else None
    hour = int(spelled) if spelled is not None and 1 <= spelled <= LAST_HOUR else cursor.small(index, 0, LAST_HOUR)
    return (f"T{hour:02d}", index + 1) if hour is not None else None


def _hour_and_minute(cursor: Cursor, index: int, signs: Sequence[str] = ("colon",)) -> Read[str] | None:
    hour, minute = cursor.small(index, 0, LAST_HOUR), cursor.small(index + 2, 0, LAST_MINUTE)
    if hour is None or minute is None or cursor.kind(index + 1) not in signs:
        return None
    if len(cursor.at(index + 2).text) != 2 or not cursor.joined(index, 3):
        return None
    return f"T{hour:02d}:{minute:02d}", index + 3


def day_time(cursor: Cursor, index: int) -> Timing | None:
    """A part of the day, with the weekday that it belongs to.

    aamulla → TIME TMO
    perjantai-iltana → TIME XXXX-WXX-5TEV
    perjantai – iltana → TIME XXXX-WXX-5TEV
    tänä iltana → TIME TEV
    """
    item = cursor.at(index)
    if item.kind == "day_part":
        return replace(_timing(cursor, "TIME", f"T{item.value}", index, index + 1), is_bare=True)
    if item.kind == "day_time":
        text = str(item.value)
        day = f"XXXX-WXX-{text[0]}" if text[0].isdigit() else ""
        return _timing(cursor, "TIME", f"{day}T{text.lstrip('1234567')}", index, index + 1)
    if cursor.kinds(index, "weekday", "dash", "day_part"):
        return _timing(cursor, "TIME", f"XXXX-WXX-{item.value}T{cursor.at(index + 2).value}", index, index + 3)
    if item.kind in ("relative", "told", "ordinal") and cursor.kind(index + 1) == "day_part":
        return _timing(cursor, "TIME", f"T{cursor.at(index + 1).value}", index, index + 2)
    return None


# Ages and adjectives of length


def age(cursor: Cursor, index: int) -> Timing | None:
    """An age in years.

    17-vuotias → AGE P17Y
    16–44 vuotiaita → AGE P16Y/P44Y
    kuusivuotiaat → AGE P6Y
    """
    item = cursor.at(index)
    if item.kind == "age" and item.sense.number is not None:
        return _lasting(cursor, "AGE", item.sense.number, None, "1Y", index, index + 1)
    return _with_tail(cursor, "AGE", "age", index)


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
        return _timing(cursor, "DURATION", _vaguely(unit), index, index + 1, unit)
    return _lasting(cursor, "DURATION", item.sense.number, None, unit, index, index + 1)


def _with_tail(cursor: Cursor, type_: Type, group: str, index: int) -> Timing | None:
    """A number and an adjective of age or length that a hyphen may join."""
    read = figure(cursor, index) if cursor.kind(index) in ("num", "number") else None
    if read is None:
        return None
    tail = cursor.behind(read.after, "dash")
    if _group(cursor, tail) != group:
        return None
    unit = cursor.at(tail).value if type_ == "DURATION" else "1Y"
    return _lasting(cursor, type_, read.low, read.high, str(unit), index, tail + 1) if unit is not None else None


def _lasting(cursor: Cursor, type_: Type, low: float, high: float | None, unit: str, first: int, after: int) -> Timing:
    found = _timing(cursor, type_, _length(low, high, unit), first, after, unit)
    return replace(found, amount=low, amount_max=high)


# Counted units of time


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
    """
    shown = _vaguely(phrase.unit) if phrase.low is None else _length(phrase.low, phrase.high, phrase.unit)
    is_set = _group(cursor, phrase.after) == "interval"
    after = phrase.after + 1 if is_set else phrase.after
    found = _timing(cursor, "SET" if is_set else "DURATION", shown, phrase.first, after, phrase.unit)
    return replace(found, amount=phrase.low, amount_max=phrase.high, is_bare=phrase.is_bare)


def since_now(cursor: Cursor, phrase: _Counted) -> Expression | Timing | None:
    """A point by its distance from now; a duration where it is reckoned from something that is told.

    kolme vuotta sitten → XXXX shift=-3
    kahden viikon kuluttua → XXXX-WXX shift=2
    viikon päästä → XXXX-WXX shift=1
    kahden viikon kuluttua yhteydenotosta → DURATION PXW
    kolme vuotta aiemmin → DURATION PXY
    seitsemässä päivässä päästä hoitoon → DURATION P7D
    """
    word, unit = cursor.at(phrase.after), phrase.unit
    if not _is_distance(cursor, phrase.after - 1):
        return None
    grain, count = _GRAINS.get(unit), phrase.low
    is_told = "told" in (word.kind, word.value) or _counts_from_event(cursor, phrase.after + 1)
    if is_told or grain is None or count is None or not count.is_integer():
        return _timing(cursor, "DURATION", _vaguely(unit), phrase.first, phrase.after + 1, unit)
    span = Span(cursor.at(phrase.first).start, word.end)
    shift = int(count) if word.sense.group == "later" else -int(count)
    return Expression(span, Point(grain, shift=shift), None, phrase.first, phrase.after)


def _is_distance(cursor: Cursor, unit_at: int) -> bool:
    """Whether sitten, kuluttua or the like stand behind a unit of time, and the unit in a case that they govern."""
    return _group(cursor, unit_at + 1) in ("ago", "later") and cursor.case(unit_at) in _GOVERNED


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
    unit = _unit(cursor, unit_at)
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
    while index < until and _qualifies(cursor, index):
        index += 1
    return index


def _qualifies(cursor: Cursor, index: int) -> bool:
    item = cursor.at(index)
    if item.sense.group not in ("last_n", "next_n") or item.sense.case == "Tra":
        return False
    return item.kind != "word" or item.sense.plural or item.sense.case not in (None, "Nom")


def _is_whole(cursor: Cursor, index: int) -> bool:
    """koko vuoden"""
    return (
        cursor.kind(index) == "whole"
        and cursor.at(index + 1).sense.mod is None
        and _unit(cursor, index + 1) is not None
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
    has_ending = cursor.kind(read.after) == "colon" and cursor.at(read.after + 1).text.isalpha()
    return read.low, read.high, read.after + 2 if has_ending else read.after


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
    vuosi sitten → XXXX shift=-1
    lähes vuosi → about DURATION P1Y
    """
    item, before = cursor.at(index), cursor.at(index - 1)
    if len(item.text) < 3:
        return False
    if _is_distance(cursor, index):
        return True
    if item.sense.time_unit in ("1D", "T1S"):
        return False
    if before.kind == "comparator" and not item.sense.plural:
        return item.sense.fraction is None  # lähes vuosi, but not "yli neljännes"
    if item.kind == "word":
        return False
    if item.sense.plural:
        return item.sense.case in ("Par", "Gen", "Ill") or _is_whole(cursor, index - 1)
    return item.sense.case == "Gen" or _is_whole(cursor, index - 1)


# Repeated times, and stretches told by their place


def repeated(cursor: Cursor, index: int) -> Timing | None:
    """How often something happens.

    vuosittain → SET P1Y
    maanantaisin → SET XXXX-WXX-1
    joka vuosi → SET P1Y
    joka toinen viikko → SET P2W
    joka maanantai → SET XXXX-WXX-1
    """
    item, following = cursor.at(index), cursor.at(index + 1)
    if cursor.kinds(index, "each", "ordinal") and (unit := _unit(cursor, index + 2)) is not None:
        return _timing(cursor, "SET", _length(following.integer, None, unit), index, index + 3, unit)
    if item.kind == "set":
        return _timing(cursor, "SET", str(item.value), index, index + 1)
    if item.kind != "each" or is_year(cursor.at(index + 2)):
        return None
    if following.sense.time_unit is not None:
        return _timing(
            cursor, "SET", _length(1, None, following.sense.time_unit), index, index + 2, following.sense.time_unit
        )
    if following.kind == "weekday":
        return _timing(cursor, "SET", f"XXXX-WXX-{following.value}", index, index + 2)
    return None


def times_in(cursor: Cursor, index: int) -> Timing | None:
    """How many times in a unit of time.

    kerran viikossa → SET P1W times=1
    kaksi kertaa vuodessa → SET P1Y times=2
    """
    at, count = index, 1.0
    if cursor.kind(index) in ("num", "number"):
        read = figure(cursor, index)
        if read is None:
            return None
        count, at = read.low, read.after
    unit = _unit(cursor, at + 1)
    if cursor.kind(at) != "times" or unit is None or cursor.case(at + 1) not in ("Ine", None):
        return None
    return replace(_timing(cursor, "SET", _length(1, None, unit), index, at + 2, unit), times=count)


def nth(cursor: Cursor, index: int) -> Timing | None:
    """A stretch by its place in a row.

    kolmantena päivänä → DURATION P1D
    ensimmäisen vuoden → DURATION P1Y
    viimeisen viikon → DURATION P1W
    """
    if cursor.kind(index) not in ("ordinal", "last", "told"):
        return None
    at = index + 2 if _qualifies(cursor, index + 1) else index + 1
    noun, unit = cursor.at(at), _unit(cursor, at)
    if unit is None or len(noun.text) < 3 or cursor.case(index) not in (None, noun.sense.case):
        return None
    return _timing(cursor, "DURATION", _length(1, None, unit), index, at + 1, unit)


def long_time(cursor: Cursor, index: int) -> Timing | None:
    """A stretch of no told length.

    vuosikausia → DURATION PXY
    lähivuosina → DURATION PXY
    viime vuosina → DURATION PXY
    tuntikausia → DURATION PTXH
    """
    item, noun = cursor.at(index), cursor.at(index + 1).sense
    if item.kind in ("long_time", "near_time"):
        return _timing(cursor, "DURATION", _vaguely(str(item.value)), index, index + 1, str(item.value))
    is_qualified = item.kind in ("relative", "told") or _qualifies(cursor, index)
    if is_qualified and noun.plural and noun.time_unit:
        return _timing(cursor, "DURATION", _vaguely(noun.time_unit), index, index + 2, noun.time_unit)
    return None


_ANYWHERE: _Forms = (counted, long_time)
"""The forms that a lexeme of any kind may begin: a qualifier, a vague word, a unit."""

_FORMS: dict[str, _Forms] = {
    "num": (clock, age, length, counted, times_in),
    "number": (age, counted, times_in),
    "clock": (clock,),
    "age": (age,),
    "years_long": (length,),
    "set": (repeated,),
    "each": (repeated,),
    "times": (times_in,),
    "ordinal": (counted, nth, long_time, day_time),
    "last": (counted, nth, long_time),
    "told": (counted, nth, long_time, day_time),
    "relative": (counted, long_time, day_time),
    "weekday": (counted, day_time),
    "day_part": (counted, day_time),
    "day_time": (counted, day_time),
}
"""The forms that a lexeme of a kind may begin, in the order in which they are tried."""

# TIMEX3

_GRAINS: dict[str, Grain] = {
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


def _length(low: float, high: float | None, unit: str) -> str:
    """The TIMEX3 value of a duration.

    >>> _length(3, None, "1M"), _length(4, 6, "1W"), _length(20, None, "T1M"), _length(1.5, None, "10Y")
    ('P3M', 'P4W/P6W', 'PT20M', 'P15Y')
    """
    clock, rest = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    letters = rest.lstrip("0123456789")
    size = int(rest.removesuffix(letters))
    return "/".join(f"P{clock}{_plain(value * size)}{letters}" for value in (low, high) if value is not None)


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _vaguely(unit: str) -> str:
    """The TIMEX3 value of a duration whose amount is not told: PXY, PTXM."""
    return f"P{'T' if unit.startswith('T') else ''}X{unit[-1]}"
