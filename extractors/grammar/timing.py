"""How long, how often, how old, at what hour: the type of what is no point of the calendar, and its TIMEX3 value.

`P3M`, `PT20M`, `P4W/P6W` for a range, `PXY` where the amount is vague; sets `XXXX-WXX-1`; times `T14:30`, `TEV`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.document import Span
from extractors.grammar.cursor import Cursor

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


def timing(cursor: Cursor, type_: Type, value: str, first: int, after: int, unit: str | None = None) -> Timing:
    """A timing of the lexemes from the first to the one before `after`."""
    span = Span(cursor.at(first).start, cursor.at(after - 1).end)
    return Timing(span, type_, value, first, after - 1, unit=unit)


def group_at(cursor: Cursor, index: int) -> str | None:
    """The group of `durations` that a lexeme is of."""
    return cursor.at(index).sense.group


def time_unit(cursor: Cursor, index: int) -> str | None:
    """The TIMEX3 unit that a lexeme names."""
    return cursor.at(index).sense.time_unit


def length_value(low: float, high: float | None, unit: str) -> str:
    """The TIMEX3 value of a duration.

    >>> length_value(3, None, "1M"), length_value(4, 6, "1W"), length_value(20, None, "T1M")
    ('P3M', 'P4W/P6W', 'PT20M')
    """
    clock, rest = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    letters = rest.lstrip("0123456789")
    size = int(rest.removesuffix(letters))
    return "/".join(f"P{clock}{_plain(value * size)}{letters}" for value in (low, high) if value is not None)


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def vague_value(unit: str) -> str:
    """The TIMEX3 value of a duration whose amount is not told: PXY, PTXM."""
    return f"P{'T' if unit.startswith('T') else ''}X{unit[-1]}"
