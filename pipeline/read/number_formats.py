"""How a spreadsheet shows a number, by its format's code (ECMA-376 18.8.31), as in a Finnish Excel.

>>> shown(0.545, "0.0%"), shown(44348, "d.m.yyyy"), shown(1234567, "#,##0"), shown(-3.5, "0.00;[Red]-0.00")
('54,5%', '1.6.2021', '1 234 567', '-3,50')
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import regex

from lexicons import needs

_MONTHS = needs("time_words", groups=["month"])
_MONTH_PARTS = needs("time_words", groups=["month_prefix"])
_WEEKDAYS = needs("time_words", groups=["weekday"])

GENERAL = "General"

BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0 %",
    10: "0.00 %",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "d.m.yyyy",
    15: "d.mmm.yy",
    16: "d.mmm",
    17: "mmm.yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "d.m.yyyy h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
"""The formats that files name by number only; those that follow the reader's country, as Finland has them."""

MAX_SERIAL = 2_958_465
"""The last day that a spreadsheet knows, 31 December 9999."""

_TOKEN = regex.compile(
    r"""
      "(?P<literal>[^"]*)"? | \\(?P<literal>.) | [_*](?P<filler>.) | \[(?P<bracket>[^\]]*)\] | (?P<general>General)
    | (?P<half>am/pm|a/p) | (?P<exponent>e[+-](?=[0\#?])) | (?P<time>y+|m+|d+|h+|s+(?:\.0+)?) | (?P<place>[0\#?]+)
    | (?P<mark>[.,%/;@]) | (?P<literal>.)
    """,
    regex.VERBOSE | regex.IGNORECASE | regex.DOTALL,
)
_ELAPSED = regex.compile(r"h+|m+|s+", regex.IGNORECASE)
_CONDITION = regex.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_MARK = "mark"
_MOST_DECIMALS = 30
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
"""Digits enough for the largest number with all its decimals."""


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    """What shows some of a format's numbers, and which: those for which a condition holds, where it has one."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, float] | None

    @property
    def is_time(self) -> bool:
        return any(token.kind in ("time", "elapsed") for token in self.tokens)

    def holds(self, value: float) -> bool:
        return self.condition is not None and _HOLDS[self.condition[0]](value, self.condition[1])


def shown(value: float, code: str, *, since_1904: bool = False) -> str:
    """A number as its cell shows it. `since_1904`: days are counted from 1904, as old files of a Macintosh do."""
    if not math.isfinite(value):
        return ""
    section, value = _chosen(_sections(code), value)
    if section.is_time:
        moment = _moment(value + (_DAYS_TO_1904 if since_1904 else 0))
        if moment is None:
            return general(value)
        return _time(section.tokens, moment, value)
    return _number(section.tokens, value)


def is_time(code: str) -> bool:
    """Whether a format shows dates, times or durations."""
    return any(section.is_time for section in _sections(code))


def general(value: float) -> str:
    """A number as a cell without a format shows it."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",").upper()


@lru_cache(maxsize=500)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[_Token]] = [[]]
    conditions: list[tuple[str, float] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "literal"
        token = _Token(kind, match[kind])
        if token == (_MARK, ";"):
            sections.append([])
            conditions.append(None)
        elif kind == "bracket":
            found = _CONDITION.fullmatch(token.text)
            if found:
                conditions[-1] = found[1], float(found[2])
            elif _ELAPSED.fullmatch(token.text):
                sections[-1].append(_Token("elapsed", token.text.lower()))
            elif token.text.startswith("$"):
                sections[-1].append(_Token("literal", token.text[1:].partition("-")[0]))
        elif kind != "filler":
            sections[-1].append(token)
    return tuple(_Section(tuple(tokens), condition) for tokens, condition in zip(sections, conditions, strict=True))


def _chosen(sections: Sequence[_Section], value: float) -> tuple[_Section, float]:
    """The section that shows a number, and the number without the sign that the section itself has."""
    for section in sections:
        if section.holds(value):
            return section, value
    plain = [section for section in sections[:3] if section.condition is None] or list(sections[:1])
    if len(plain) < len(sections[:3]):
        return plain[-1], value
    if value < 0 and len(plain) > 1:
        return plain[1], -value
    if value == 0 and len(plain) > 2:
        return plain[2], value
    return plain[0], value


# Numbers


def _number(tokens: Sequence[_Token], value: float) -> str:
    marks = [token.text for token in tokens if token.kind == _MARK]
    if not any(token.kind in ("place", "general") for token in tokens):
        return "".join(_literal(token) for token in tokens).strip()
    sign = "-" if value < 0 else ""
    amount = _EXACT.scaleb(Decimal(repr(abs(value))), 2 * min(marks.count("%"), 3))
    if any(token.kind == "exponent" for token in tokens):
        return sign + _scientific(tokens, amount)
    if "/" in marks and (fraction := _fraction(tokens, amount)) is not None:
        return sign + fraction
    whole, decimals, thousands, scale = _shape(tokens)
    amount = _EXACT.quantize(_EXACT.scaleb(amount, -3 * min(scale, 5)), Decimal(1).scaleb(-len(decimals)))
    integer, _, rest = f"{amount:f}".partition(".")
    integer = integer.lstrip("0").rjust(whole.count("0"), "0")
    if thousands:
        integer = _grouped(integer)
    while rest and rest[-1] == "0" and decimals[len(rest) - 1] != "0":
        rest = rest[:-1]
    if not amount:
        sign = ""
    return (sign + _placed(tokens, f"{integer},{rest}" if rest else integer, general(abs(value)))).strip()


def _placed(tokens: Sequence[_Token], number: str, plain: str) -> str:
    """The number where the format's first place stands, and what the format has around it."""
    parts: list[str] = []
    places = [number for number, token in enumerate(tokens) if token.kind == "place"]
    for index, token in enumerate(tokens):
        if places and places[0] < index < places[-1] and token.text.isspace():
            continue
        if token.kind == "general":
            parts.append(plain)
        elif token.kind == "place":
            parts.append(number)
            number = ""
        else:
            parts.append(_literal(token))
    return "".join(parts)


def _literal(token: _Token) -> str:
    if token.kind == _MARK:
        return token.text if token.text in "%/" else ""
    return token.text if token.kind == "literal" else ""


def _shape(tokens: Sequence[_Token]) -> tuple[str, str, bool, int]:
    """A format's places before and behind the decimal point, whether thousands are parted, how many are left out."""
    whole = decimals = ""
    thousands, scale, behind = False, 0, False
    last = max((number for number, token in enumerate(tokens) if token.kind == "place"), default=0)
    for number, token in enumerate(tokens):
        if token.kind == "place":
            thousands, scale = thousands or (scale > 0 and not behind), 0 if not behind else scale
            whole, decimals = (whole, decimals + token.text) if behind else (whole + token.text, decimals)
        elif token == (_MARK, ",") or (token.text.isspace() and whole and not behind and number < last):
            scale += bool(whole)
        elif token == (_MARK, "."):
            behind = True
    return whole, decimals[:_MOST_DECIMALS], thousands, scale


def _grouped(digits: str) -> str:
    first = len(digits) % 3
    groups = [digits[:first], *(digits[start : start + 3] for start in range(first, len(digits), 3))]
    return " ".join(filter(None, groups))


def _scientific(tokens: Sequence[_Token], amount: Decimal) -> str:
    at = next(number for number, token in enumerate(tokens) if token.kind == "exponent")
    _, decimals, _, _ = _shape(tokens[:at])
    places = next((token.text for token in tokens[at:] if token.kind == "place"), "0")
    mantissa, _, exponent = f"{amount:.{len(decimals)}E}".partition("E")
    sign = "-" if exponent.startswith("-") else "+" if tokens[at].text.endswith("+") else ""
    return f"{mantissa.replace('.', ',')}E{sign}{exponent.lstrip('+-').rjust(len(places), '0')}"


def _fraction(tokens: Sequence[_Token], amount: Decimal) -> str | None:
    """A number as a fraction: "1 1/2"; None where the format has no places for one."""
    places = [token.text for token in tokens if token.kind == "place"]
    at = tokens.index(_Token(_MARK, "/"))
    below = next((token.text for token in tokens[at:] if token.kind in ("place", "literal")), "")
    if len(places) < 2 or not below:
        return None
    has_whole = len(places) - (1 if tokens[at + 1].kind == "place" else 0) > 1
    whole, rest = divmod(amount, 1) if has_whole else (Decimal(0), amount)
    part = Fraction(rest).limit_denominator(10 ** min(len(below), 4) - 1)
    whole, part = whole + part.numerator // part.denominator if has_whole else whole, part % 1 if has_whole else part
    shown = [f"{whole:f}"] if whole or not part else []
    return " ".join([*shown, f"{part.numerator}/{part.denominator}"] if part else shown)


# Dates and times


_DAYS_TO_1904 = 1462


def _moment(serial: float) -> datetime | None:
    """The moment that a count of days means; None where a spreadsheet knows none."""
    if not 0 <= serial < MAX_SERIAL + 1:
        return None
    days = int(serial)
    start = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)  # the count has a 29 February 1900
    return start + timedelta(days=days, milliseconds=round((serial - days) * 86_400_000))


def _time(tokens: Sequence[_Token], moment: datetime, serial: float) -> str:
    tokens = _day_first(tokens)
    has_day = any(token.kind == "time" and token.text[0] in "dD" for token in tokens)
    if not any("." in token.text for token in tokens if token.kind == "time"):
        moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    is_halved = any(token.kind == "half" for token in tokens)
    parts: list[str] = []
    for number, token in enumerate(tokens):
        if token.kind == "time":
            parts.append(_part_of(token.text, moment, is_minute=_is_minute(tokens, number), is_halved=is_halved))
        elif token.kind == "elapsed":
            parts.append(_elapsed(token.text, serial))
        elif token.kind == "half":
            parts.append("AM" if moment.hour < 12 else "PM")
        elif token.kind == _MARK:
            parts.append("." if token.text == "/" and has_day else token.text.strip("@"))
        elif token.kind != "general":
            parts.append(token.text)
    return "".join(parts).strip()


def _day_first(tokens: Sequence[_Token]) -> Sequence[_Token]:
    """A month in numbers before its day and year is turned: a Finnish reader would take it for the day."""
    places = [n for n, one in enumerate(tokens) if one.kind == "time" and one.text[0] in "mdyMDY"]
    if [tokens[place].text[0].lower() for place in places[:3]] != ["m", "d", "y"] or len(tokens[places[0]].text) > 2:
        return tokens
    turned = list(tokens)
    turned[places[0]], turned[places[1]] = tokens[places[1]], tokens[places[0]]
    return turned


def _is_minute(tokens: Sequence[_Token], number: int) -> bool:
    """Whether an m stands beside hours or seconds."""
    kinds = [(n, one.text[0].lower()) for n, one in enumerate(tokens) if one.kind in ("time", "elapsed")]
    at = next(place for place, (n, _) in enumerate(kinds) if n == number)
    before = kinds[at - 1][1] if at else ""
    behind = kinds[at + 1][1] if at + 1 < len(kinds) else ""
    return before == "h" or behind == "s"


def _part_of(text: str, moment: datetime, *, is_minute: bool, is_halved: bool) -> str:
    letter, length = text[0].lower(), len(text)
    if letter == "y":
        return f"{moment.year % 100:02d}" if length < 3 else f"{moment.year:04d}"
    if letter == "m" and not is_minute:
        return _month(moment.month, length)
    if letter == "d":
        return _padded(moment.day, length) if length < 3 else _weekday(moment.weekday(), length)
    if letter == "s" and "." in text:
        seconds, _, places = text.partition(".")
        return f"{_padded(moment.second, len(seconds))},{f'{moment.microsecond:06d}'[: len(places)]}"
    value = {"h": moment.hour, "m": moment.minute, "s": moment.second}[letter]
    if letter == "h" and is_halved:
        value = value % 12 or 12
    return _padded(value, length)


def _padded(value: int, length: int) -> str:
    return f"{value:02d}" if length > 1 else str(value)


def _month(month: int, length: int) -> str:
    if length < 3:
        return _padded(month, length)
    words = _MONTH_PARTS if length == 3 else _MONTHS
    word = next(entry.terms[0].text for entry in words.entries if entry.value == month)
    return word[:1].upper() if length == 5 else word


def _weekday(number: int, length: int) -> str:
    word = next(entry.terms[0].text for entry in _WEEKDAYS.entries if entry.value == number + 1)
    return word if length > 3 else word[:2]


def _elapsed(text: str, serial: float) -> str:
    """Hours, minutes or seconds counted beyond a day."""
    seconds = round(serial * 86_400)
    return _padded(seconds // {"h": 3600, "m": 60, "s": 1}[text[0]], len(text))
