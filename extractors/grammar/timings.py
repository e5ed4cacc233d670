"""Time expressions in a run of lexemes: points and ranges of the calendar, durations, repeated times, times of day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors.grammar.clock import clock, day_time, hour_of_day, told_hour, weekday_hours
from extractors.grammar.cursor import Cursor
from extractors.grammar.durations import age, counted, length, qualifies
from extractors.grammar.figures import figure
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.ranges import NEVER_FIRST, Expression, read_at
from extractors.grammar.timing import Timing, length_value, time_unit, timing, vague_value
from extractors.grammar.years import is_year

__all__ = ["Timing", "times"]

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


def repeated(cursor: Cursor, index: int) -> Timing | None:
    """How often something happens.

    vuosittain → SET P1Y
    maanantaisin → SET XXXX-WXX-1
    joka vuosi → SET P1Y
    joka toinen viikko → SET P2W
    joka maanantai → SET XXXX-WXX-1
    joka kuun ensimmäisenä tiistaina → SET P1M
    """
    if cursor.kind(index) == "each" and (found := day_of_any_month(cursor, index + 1)) is not None:
        return timing(cursor, "SET", found.value, index, found.last + 1)
    item, following = cursor.at(index), cursor.at(index + 1)
    if cursor.kinds(index, "each", "ordinal") and (unit := time_unit(cursor, index + 2)) is not None:
        return timing(cursor, "SET", length_value(following.integer, None, unit), index, index + 3, unit)
    if item.kind == "set":
        return timing(cursor, "SET", str(item.value), index, index + 1)
    if item.kind != "each" or is_year(cursor.at(index + 2)):
        return None
    if following.sense.time_unit is not None:
        return timing(
            cursor, "SET", length_value(1, None, following.sense.time_unit), index, index + 2, following.sense.time_unit
        )
    if following.kind == "weekday":
        return timing(cursor, "SET", f"XXXX-WXX-{following.value}", index, index + 2)
    return None


def day_of_any_month(cursor: Cursor, index: int) -> Timing | None:
    """A day by its place in a month that is not named.

    kuun ensimmäisenä tiistaina → SET P1M
    kuukauden viimeisenä päivänä → SET P1M
    kuukauden 15. päivänä → SET P1M
    """
    if cursor.kind(index) != "month_noun" or cursor.case(index) != "Gen":
        return None
    if cursor.kinds(index + 1, "num", "dot", "day"):
        return timing(cursor, "SET", MONTHLY, index, index + 4)
    if cursor.kind(index + 1) not in ("ordinal", "last") or cursor.kind(index + 2) not in ("weekday", "day"):
        return None
    return timing(cursor, "SET", MONTHLY, index, index + 3)


MONTHLY = length_value(1, None, "1M")


def times_in(cursor: Cursor, index: int) -> Timing | None:
    """How many times in a unit of time.

    kerran viikossa → SET P1W times=1
    kaksi kertaa vuodessa → SET P1Y times=2
    4 x vuodessa → SET P1Y times=4
    kerran kuussa → SET P1M times=1
    kolmesti vuodessa → SET P1Y times=3
    kerran kahdessa viikossa → SET P2W times=1
    """
    at, count = index, 1.0
    if cursor.kind(index) in ("num", "number"):
        read = figure(cursor, index)
        if read is None:
            return None
        count, at = read.low, read.after
    elif cursor.kind(index) == "n_times":
        count = float(cursor.at(index).integer)
    if cursor.kind(at) not in ("times", "n_times"):
        return None
    size = figure(cursor, at + 1) if cursor.case(at + 1) == "Ine" or cursor.kind(at + 1) == "num" else None
    last = size.after if size is not None else at + 1
    unit = "1M" if cursor.kind(last) == "month_noun" else time_unit(cursor, last)
    if unit is None or cursor.case(last) not in ("Ine", None):
        return None
    length = length_value(size.low if size is not None else 1, None, unit)
    return replace(timing(cursor, "SET", length, index, last + 1, unit), times=count)


def nth(cursor: Cursor, index: int) -> Timing | None:
    """A stretch by its place in a row.

    kolmantena päivänä → DURATION P1D
    ensimmäisen vuoden → DURATION P1Y
    viimeisen viikon → DURATION P1W
    """
    if cursor.kind(index) not in ("ordinal", "last", "told"):
        return None
    at = index + 2 if qualifies(cursor, index + 1) else index + 1
    noun, unit = cursor.at(at), time_unit(cursor, at)
    if unit is None or len(noun.text) < 3 or cursor.case(index) not in (None, noun.sense.case):
        return None
    return timing(cursor, "DURATION", length_value(1, None, unit), index, at + 1, unit)


def long_time(cursor: Cursor, index: int) -> Timing | None:
    """A stretch of no told length.

    vuosikausia → DURATION PXY
    lähivuosina → DURATION PXY
    viime vuosina → DURATION PXY
    tuntikausia → DURATION PTXH
    """
    item, noun = cursor.at(index), cursor.at(index + 1).sense
    if item.kind in ("long_time", "near_time"):
        return timing(cursor, "DURATION", vague_value(str(item.value)), index, index + 1, str(item.value))
    is_qualified = item.kind in ("relative", "told") or qualifies(cursor, index)
    if is_qualified and noun.plural and noun.time_unit:
        return timing(cursor, "DURATION", vague_value(noun.time_unit), index, index + 2, noun.time_unit)
    return None


_ANYWHERE: _Forms = (told_hour, counted, long_time)
"""The forms that a lexeme of any kind may begin: a qualifier, a vague word, a unit."""

_FORMS: dict[str, _Forms] = {
    "num": (clock, age, length, counted, times_in),
    "number": (told_hour, age, counted, times_in),
    "weekday_short": (weekday_hours,),
    "weekdays": (weekday_hours,),
    "clock": (clock,),
    "age": (age,),
    "years_long": (length,),
    "set": (repeated,),
    "each": (repeated,),
    "month_noun": (day_of_any_month, counted, long_time),
    "times": (times_in,),
    "n_times": (times_in,),
    "ordinal": (counted, nth, long_time, day_time),
    "last": (counted, nth, long_time),
    "told": (counted, nth, long_time, day_time),
    "relative": (counted, long_time, day_time),
    "weekday": (counted, day_time),
    "day_part": (hour_of_day, counted, day_time),
    "day_time": (counted, day_time),
}
"""The forms that a lexeme of a kind may begin, in the order in which they are tried."""
