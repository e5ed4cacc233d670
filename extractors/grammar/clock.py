"""Times of day: hours and minutes, parts of the day; a rule a written form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.grammar.cursor import Cursor, Read
from extractors.grammar.figures import HALF
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.timing import Timing, timing


def clock(cursor: Cursor, index: int) -> Timing | None:
    """An hour, or two around a dash; without the word kello only with minutes behind a colon.

    klo 14.30 → TIME T14:30
    klo. 9 → TIME T09
    14:30 → TIME T14:30
    klo 8–16 → TIME T08/T16
    kello kuusi → TIME T06
    kello puoli kymmenen → TIME T09:30
    klo 9:15:30 → TIME T09:15:30
    klo 8 illalla → TIME T20
    """
    named = cursor.kind(index) == "clock"
    if named and (spelled := spelled_hour(cursor, index + 1)) is not None:
        return timing(cursor, "TIME", spelled[0], index, spelled[1])
    hour = _named_hour if named else _hour_and_minute
    begin = hour(cursor, cursor.behind(index + 1, "dot") if named else index)
    if begin is None:
        return None
    end = hour(cursor, begin[1] + 1) if cursor.kind(begin[1]) == "dash" else None
    value, after = (begin[0], begin[1]) if end is None else (f"{begin[0]}/{end[0]}", end[1])
    if named and end is None and cursor.kind(after) == "day_part" and cursor.case(after) in _WHEN:
        value, after = _of_day(value, cursor.at(after)), after + 1
    return timing(cursor, "TIME", value, index, after)


_WHEN = ("Ade", "Ess")
"""Cases of a part of the day that tells when: illalla, iltana."""

LAST_HOUR, LAST_MINUTE = 24, 59
NOON = 12


def _of_day(hour: str, part: Lexeme) -> str:
    """An hour up to noon, of the afternoon or the evening: T05 of iltapäivä is T17."""
    number = int(hour[1:3])
    return f"T{number + NOON:02d}{hour[3:]}" if part.value in ("AF", "EV") and number < NOON else hour


def hour_of_day(cursor: Cursor, index: int) -> Timing | None:
    """A part of the day and the hour.

    iltapäivällä klo 5 → TIME T17
    illalla klo 8 → TIME T20
    aamulla kello 8.30 → TIME T08:30
    """
    part = cursor.at(index)
    if part.kind != "day_part" or cursor.case(index) not in _WHEN or cursor.kind(index + 1) != "clock":
        return None
    hour = clock(cursor, index + 1)
    if hour is None or "/" in hour.value:
        return None
    return timing(cursor, "TIME", _of_day(hour.value, part), index, hour.last + 1)


def weekday_hours(cursor: Cursor, index: int) -> Timing | None:
    """The hours of weekdays.

    ma–pe 8-15 → TIME T08/T15
    ma–to klo 8.00–15.30 → TIME T08:00/T15:30
    ma-pe klo 9–16 → TIME T09/T16
    pe 8–15 → TIME T08/T15
    """
    in_parts = cursor.kinds(index, "weekday_short", "dash", "weekday_short")
    at = cursor.behind(index + (3 if in_parts else 1), "clock")
    begin = _named_hour(cursor, at)
    end = _named_hour(cursor, begin[1] + 1) if begin is not None and cursor.kind(begin[1]) == "dash" else None
    if begin is None or end is None or (cursor.kind(end[1]) in ("dot", "slash") and cursor.kind(end[1] + 1) == "num"):
        return None
    return timing(cursor, "TIME", f"{begin[0]}/{end[0]}", index, end[1])


def told_hour(cursor: Cursor, index: int) -> Timing | None:
    """An hour told in words without the word kello.

    puoli kymmeneltä → TIME T09:30
    kymmenen yli kolme → TIME T03:10
    varttia vaille kolme → TIME T02:45
    """
    if cursor.kind(index) != "number" and cursor.at(index).sense.time_unit != QUARTER_HOUR:
        return None
    found = spelled_hour(cursor, index)
    is_half = cursor.at(index).sense.number == HALF
    if found is None or (is_half and cursor.case(found[1] - 1) != "Abl"):
        return None
    following = cursor.at(found[1])
    is_count = following.sense.unit is not None or following.sense.case == "Par" or following.sense.scale is not None
    return None if is_count else timing(cursor, "TIME", found[0], index, found[1])


def spelled_hour(cursor: Cursor, index: int) -> Read[str] | None:
    """An hour by its half, or by the minutes before or after it."""
    item = cursor.at(index)
    if item.sense.number == HALF and (hour := _spelled(cursor, index + 1)) is not None:
        return f"T{(hour - 2) % NOON + 1:02d}:30", index + 2
    minutes = _minutes(item)
    side, hour = cursor.at(index + 1), _spelled(cursor, index + 2)
    if minutes is None or hour is None:
        return None
    if side.kind == "to_hour":
        return f"T{(hour - 2) % NOON + 1:02d}:{60 - minutes:02d}", index + 3
    is_past = side.kind == "comparator" and side.sense.unit is not None and side.sense.unit.value == "over"
    return (f"T{hour:02d}:{minutes:02d}", index + 3) if is_past else None


def _minutes(item: Lexeme) -> int | None:
    """Minutes told in a word: kymmenen, vartti."""
    if item.sense.time_unit == QUARTER_HOUR:
        return 15
    is_number = item.kind == "number" and item.sense.number in (5.0, 10.0, 15.0, 20.0, 25.0)
    return int(item.sense.number or 0) if is_number else None


QUARTER_HOUR = "T15M"


def _spelled(cursor: Cursor, index: int) -> int | None:
    """An hour of the clock's face in a word."""
    item = cursor.at(index)
    number = item.sense.number if item.kind == "number" else None
    return int(number) if number is not None and number.is_integer() and 1 <= number <= NOON else None


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
    second = cursor.small(index + 4, 0, LAST_MINUTE)
    if second is not None and "dot" in signs and cursor.kind(index + 3) in ("colon", "dot") and cursor.joined(index, 5):
        return f"T{hour:02d}:{minute:02d}:{second:02d}", index + 5
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
        return replace(timing(cursor, "TIME", f"T{item.value}", index, index + 1), is_bare=True)
    if item.kind == "day_time":
        text = str(item.value)
        day = f"XXXX-WXX-{text[0]}" if text[0].isdigit() else ""
        return timing(cursor, "TIME", f"{day}T{text.lstrip('1234567')}", index, index + 1)
    if cursor.kinds(index, "weekday", "dash", "day_part"):
        return timing(cursor, "TIME", f"XXXX-WXX-{item.value}T{cursor.at(index + 2).value}", index, index + 3)
    if item.kind in ("relative", "told", "ordinal") and cursor.kind(index + 1) == "day_part":
        return timing(cursor, "TIME", f"T{cursor.at(index + 1).value}", index, index + 2)
    return None
