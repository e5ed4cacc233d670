"""Durations, repeated times, ages and times of day: the time expressions that are no points of the calendar.

Values follow TIMEX3: `P3M`, `PT20M`, `P4W/P6W` for a range, `PXY` where the amount is vague; sets `XXXX-WXX-1`; times
`T14:30`, `TEV`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.document import Span
from extractors.grammar.calendar import Grain, Point
from extractors.grammar.cursor import Cursor, TimeCursor
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.numbers import Numbers
from extractors.grammar.ranges import Expression, read_at

Type = Literal["DURATION", "SET", "TIME", "AGE"]


@dataclass(frozen=True, slots=True)
class Period:
    """A time expression that is no point: its type, value and stretch of the source; `first`..`last` are its lexemes.

    `amount` and `amount_max` are the number of units where it is told, `unit` the TIMEX3 unit; `is_bare` says that the
    unit stands alone ("vuoden"); `times` is how often a set happens in its unit ("kaksi kertaa vuodessa").
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


def times(items: Sequence[Lexeme]) -> Iterator[Expression | Period]:
    """The time expressions of a run of lexemes; where two readings begin together the longer one holds."""
    reader, periods = TimeCursor(items), _Periods(items)
    index = 0
    while index < len(items):
        if items[index].kind in _NEVER_FIRST and items[index].form.group is None:
            index += 1
            continue
        point, period = read_at(reader, index), periods.read(index)
        found: Expression | Period | None = point
        if period is not None and (point is None or period.last > point.last):
            found = period
        if found is not None:
            yield found
            index = found.last + 1
        else:
            index += 1


_NEVER_FIRST = frozenset(("word", "comparator", "and", "dot", "comma", "slash", "colon", "part", "percent"))

QUALIFIERS = 3
"""Words that may stand between the parts of a duration."""

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


class _Periods(Cursor):
    """Reads durations, sets, ages and times of day off a list of lexemes."""

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        super().__init__(lexemes)
        self.numbers = Numbers(lexemes)

    def unit(self, index: int) -> str | None:
        """The TIMEX3 unit that a lexeme names."""
        item = self.at(index)
        return item.form.time_unit if item is not None else None

    def _group(self, index: int) -> str | None:
        item = self.at(index)
        return item.form.group if item is not None else None

    def read(self, index: int) -> Expression | Period | None:
        """The expression that begins at a lexeme, by the first form that fits."""
        for form in (
            self.clock,
            self.age,
            self.length,
            self.counted,
            self.repeated,
            self.nth,
            self.long_time,
            self.day_time,
        ):
            if (found := form(index)) is not None:
                return found
        return None

    def _period(self, type_: Type, value: str, first: int, after: int, **more: object) -> Period:
        span = Span(self.lexemes[first].start, self.lexemes[after - 1].end)
        return Period(span, type_, value, first, after - 1, **more)  # type: ignore[arg-type]

    def clock(self, index: int) -> Period | None:
        """klo 14.30 · kello 9 · klo 8–16 · 14:30 · kello kuusi"""
        item = self.lexemes[index]
        after = index
        if item.kind == "clock":
            after = index + 2 if self.kind(index + 1) == "dot" else index + 1
        begin = self._clock_time(after, named=item.kind == "clock")
        if begin is None:
            return None
        value, after = begin
        if self.kind(after) == "dash" and (end := self._clock_time(after + 1, named=item.kind == "clock")) is not None:
            value, after = f"{value}/{end[0]}", end[1]
        return self._period("TIME", value, index, after)

    def _clock_time(self, index: int, named: bool) -> tuple[str, int] | None:
        hour = self.at(index)
        if hour is None:
            return None
        if named and hour.kind == "number" and hour.form.number is not None and 1 <= hour.form.number <= 24:
            return f"T{int(hour.form.number):02d}", index + 1
        if hour.kind != "num" or len(hour.text) > 2 or int(hour.value or 0) > 24:
            return None
        minute, signs = self.at(index + 2), ("colon", "dot", "comma") if named else ("colon",)
        if self.kind(index + 1) in signs and minute is not None and minute.kind == "num" and len(minute.text) == 2:
            joined = minute.glued and self.lexemes[index + 1].glued
            if joined and int(minute.value or 0) < 60:
                return f"T{int(hour.value or 0):02d}:{minute.text}", index + 3
        return (f"T{int(hour.value or 0):02d}", index + 1) if named else None

    def age(self, index: int) -> Period | None:
        """17-vuotias · 16–44 vuotiaita · kuusivuotias"""
        item = self.lexemes[index]
        if item.kind == "age" and item.form.number is not None:
            years = item.form.number
            return self._period("AGE", _length(years, None, "1Y"), index, index + 1, amount=years, unit="1Y")
        read = self.numbers.span(index) if item.kind in ("num", "number") else None
        if read is None:
            return None
        value, value_max, after = read
        after = after + 1 if self.kind(after) == "dash" else after
        if self._group(after) != "age":
            return None
        return self._period(
            "AGE", _length(value, value_max, "1Y"), index, after + 1, amount=value, amount_max=value_max, unit="1Y"
        )

    def length(self, index: int) -> Period | None:
        """kolmivuotinen · 20-vuotinen · monivuotinen"""
        item = self.lexemes[index]
        if item.kind == "years_long" and item.form.number is not None:
            inside, unit = item.form.number, str(item.value)
            return self._period("DURATION", _length(inside, None, unit), index, index + 1, amount=inside, unit=unit)
        read = self.numbers.span(index) if item.kind == "num" else None
        if read is None:
            return None
        value, value_max, after = read
        after = after + 1 if self.kind(after) == "dash" else after
        if self._group(after) != "years_long" or self.lexemes[after].value is None:
            return None
        unit = str(self.lexemes[after].value)
        return self._period(
            "DURATION", _length(value, value_max, unit), index, after + 1, amount=value, amount_max=value_max, unit=unit
        )

    def counted(self, index: int) -> Expression | Period | None:
        """3 kk · kahden vuoden · viimeisen 15 vuoden · seuraavat viisi vuotta · pari vuotta sitten · vuosi sitten"""
        at = index
        if self._is_whole(at):
            at += 1
        else:
            while at < index + QUALIFIERS and self._qualifies(at):
                at += 1
        amount = self._amount(at)
        if amount is None:
            return None
        value, value_max, after, is_vague = amount
        while after < amount[2] + QUALIFIERS and self._qualifies(after) and self.kind(after - 2) != "colon":
            after += 1
        unit = self.unit(after)
        if unit is None or (after == at > index and not (is_vague or self._is_whole(index))):
            return None
        if after > at and not self._agrees(amount[2] - 1, after):
            return None
        bare = after == at
        if bare and not self._can_stand_alone(after):
            return None
        end = after + 1
        if bare and self.kind(end) == "or" and self.kind(end + 1) == "number":
            end, is_vague = end + 2, True  # vuoden tai kaksi
        if self._group(end) in ("ago", "later"):
            return self._from_now(index, end, unit, value, is_vague)
        if is_vague and self.lexemes[after].form.case == "Ess":
            return None  # jonakin päivänä
        is_set = self._group(end) == "interval"
        shown = "PX" + unit[-1] if is_vague or value is None else _length(value, value_max, unit)
        if is_vague and unit.startswith("T"):
            shown = "PTX" + unit[-1]
        return self._period(
            "SET" if is_set else "DURATION",
            shown,
            index,
            end + 1 if is_set else end,
            amount=None if is_vague else value,
            amount_max=None if is_vague else value_max,
            unit=unit,
            is_bare=bare and at == index,
        )

    def _qualifies(self, index: int) -> bool:
        """viimeisen, seuraavat: words that say where a counted time lies"""
        item = self.at(index)
        if item is None or item.form.group not in ("last_n", "next_n") or item.form.case == "Tra":
            return False
        if item.kind != "word" or item.form.plural:
            return True
        return item.form.case not in (None, "Nom")

    def _is_whole(self, index: int) -> bool:
        """koko vuoden"""
        unit = self.at(index + 1)
        if self.kind(index) != "whole" or unit is None:
            return False
        return unit.form.mod is None and unit.form.time_unit is not None

    def _amount(self, index: int) -> tuple[float | None, float | None, int, bool] | None:
        """The number before a unit and the index behind it; 1 for a unit alone, vague for "muutama" or a plural."""
        item = self.at(index)
        if item is None:
            return None
        if item.form.time_unit is not None and item.form.number is None:
            return 1.0, None, index, item.form.plural
        if item.form.group == "vague":
            after = index + 1
            while (more := self.at(after)) is not None and (
                more.form.scale is not None or more.form.number is not None
            ):
                after += 1
            return None, None, after, True
        if (item.form.scale or item.form.number) and item.form.plural and item.kind == "number":
            return None, None, index + 1, True  # satoja vuosia
        read = self.numbers.span(index)
        if read is None:
            return None
        value, value_max, after = read
        if self.kind(after) == "colon" and (ending := self.at(after + 1)) is not None and ending.text.isalpha():
            after += 2
        return value, value_max, after, False

    def _agrees(self, at: int, after: int) -> bool:
        """Whether a number and its unit are of one phrase: kolme vuotta, kahden vuoden; not "yhdessä vuoden 2003"."""
        case, unit = self.lexemes[at].form.case, self.lexemes[after].form
        if unit.time_unit == "1Y" and self.kind(after + 1) == "num" and len(self.lexemes[after + 1].text) == 4:
            return False
        if self.lexemes[at].text[-2:] == self.lexemes[after].text[-2:]:
            return True
        if self.lexemes[at].kind == "number" and case is None:
            return unit.case == "Par"
        if self.lexemes[at].kind == "num" or case is None or unit.case is None:
            return True
        return unit.case == case or unit.case == "Par" or (case == "Nom" and unit.case == "Nom")

    def _can_stand_alone(self, index: int) -> bool:
        """Whether a unit without a number is a time: a plural ("vuosia"), a stretch ("vuoden", "viikon"), before
        "sitten"; not one of the calendar's ("päivä")."""
        item = self.lexemes[index]
        if self._group(index + 1) in ("ago", "later"):
            return len(item.text) > 2
        if len(item.text) < 3 or item.form.time_unit in ("1D", "T1S"):
            return False
        if self.kind(index - 1) == "comparator" and not item.form.plural:
            return item.form.fraction is None  # lähes vuosi, but not "yli neljännes"
        if item.kind == "word":
            return False
        if self._is_whole(index - 1):
            return True
        return item.form.case == "Gen" if not item.form.plural else item.form.case in ("Par", "Gen", "Ill")

    def _from_now(self, first: int, at: int, unit: str, value: float | None, is_vague: bool) -> Expression | Period:
        """A point by its distance from now: kolme vuotta sitten, kahden viikon kuluttua."""
        grain = _GRAINS.get(unit)
        word = self.lexemes[at]
        shift = -1 if word.form.group == "ago" else 1
        told = word.kind == "told" or word.value == "told" or self._counts_from_event(at)
        if told or grain is None or is_vague or value is None or value != int(value):
            return self._period("DURATION", "PX" + unit[-1], first, at + 1, unit=unit)
        span = Span(self.lexemes[first].start, word.end)
        return Expression(span, Point(grain, shift=shift * int(value)), None, first, at)

    def _counts_from_event(self, at: int) -> bool:
        """Whether the distance is from an event that is named: "kahden viikon kuluttua yhteydenotosta"."""
        event = self.at(at + 1)
        return event is not None and event.kind == "word" and event.form.case == "Ela"

    def repeated(self, index: int) -> Period | None:
        """vuosittain · maanantaisin · joka vuosi · kerran viikossa · kaksi kertaa vuodessa"""
        item = self.lexemes[index]
        if item.kind == "set":
            return self._period("SET", str(item.value), index, index + 1)
        if item.kind == "each" and (unit := self.unit(index + 1)) is not None:
            return self._period("SET", _length(1, None, unit), index, index + 2, unit=unit)
        if item.kind == "each" and self.kind(index + 1) == "weekday":
            return self._period("SET", f"XXXX-WXX-{self.lexemes[index + 1].value}", index, index + 2)
        after, times = index, 1.0
        if item.kind in ("num", "number"):
            read = self.numbers.span(index)
            if read is None:
                return None
            times, after = read[0], read[2]
        if self.kind(after) == "times" and self.unit(after + 1) is not None:
            case = self.lexemes[after + 1].form.case
            if case in ("Ine", None):
                unit = str(self.unit(after + 1))
                return self._period("SET", _length(1, None, unit), index, after + 2, unit=unit, times=times)
        return None

    def nth(self, index: int) -> Period | None:
        """kolmantena päivänä · ensimmäisen vuoden · viimeisen viikon: a stretch by its place in a row"""
        if self.kind(index) not in ("ordinal", "last", "told"):
            return None
        at = index + 2 if self._qualifies(index + 1) else index + 1
        unit = self.unit(at)
        if unit is None:
            return None
        item, noun = self.lexemes[index], self.lexemes[at]
        if item.form.case not in (None, noun.form.case) or len(noun.text) < 3:
            return None
        return self._period("DURATION", _length(1, None, unit), index, at + 1, unit=unit, amount=None)

    def long_time(self, index: int) -> Period | None:
        """vuosikausia · lähivuosina · viime vuosina · lähipäivinä"""
        item = self.lexemes[index]
        if item.kind in ("long_time", "near_time"):
            unit = str(item.value)
            return self._period("DURATION", f"P{'T' if unit[0] == 'T' else ''}X{unit[-1]}", index, index + 1, unit=unit)
        noun = self.at(index + 1)
        qualified = item.kind in ("relative", "told") or self._qualifies(index)
        if qualified and noun is not None and noun.form.plural and noun.form.time_unit:
            return self._period("DURATION", f"PX{noun.form.time_unit[-1]}", index, index + 2, unit=noun.form.time_unit)
        return None

    def day_time(self, index: int) -> Period | None:
        """aamulla · perjantai-iltana · tänä iltana · ensimmäisenä iltana"""
        item = self.lexemes[index]
        if item.kind == "day_part":
            return self._period("TIME", f"T{item.value}", index, index + 1, is_bare=True)
        if item.kind == "day_time":
            text = str(item.value)
            day = f"XXXX-WXX-{text[0]}" if text[0].isdigit() else ""
            return self._period("TIME", f"{day}T{text.lstrip('1234567')}", index, index + 1)
        if item.kind == "weekday" and self.kind(index + 1) == "dash" and self.kind(index + 2) == "day_part":
            return self._period("TIME", f"XXXX-WXX-{item.value}T{self.lexemes[index + 2].value}", index, index + 3)
        if item.kind in ("relative", "told", "ordinal") and self.kind(index + 1) == "day_part":
            return self._period("TIME", f"T{self.lexemes[index + 1].value}", index, index + 2)
        return None


def _length(value: float, value_max: float | None, unit: str) -> str:
    """The TIMEX3 value of a duration: 3, 1M → P3M; 4..6, 1W → P4W/P6W; 20, T1M → PT20M; 1, 10Y → P10Y."""
    clock, rest = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    digits = "".join(ch for ch in rest if ch.isdigit())
    letters = rest[len(digits) :]
    low = f"P{clock}{_plain(value * int(digits))}{letters}"
    return low if value_max is None else f"{low}/P{clock}{_plain(value_max * int(digits))}{letters}"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)
