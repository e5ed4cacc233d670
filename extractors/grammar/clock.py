"""Times of day: hours and minutes, parts of the day; a rule a written form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.grammar.cursor import Cursor, Read
from extractors.grammar.timing import Timing, timing


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
    return timing(cursor, "TIME", value, index, after)


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
