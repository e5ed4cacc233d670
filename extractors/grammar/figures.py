"""Numbers by themselves: digits with thousands groups and decimals, number words, multipliers, halves, ranges."""

from __future__ import annotations

from typing import NamedTuple

from extractors.grammar.cursor import Cursor, Read
from extractors.grammar.lexemes import MAX_DIGITS, Sense

HALF = 0.5


class Figure(NamedTuple):
    """A number or a range of two, and the index behind it."""

    low: float
    high: float | None
    after: int


def figure(cursor: Cursor, index: int) -> Figure | None:
    """A number or a range of two.

    4–6 → 4–6
    kahdesta kolmeen → 2–3
    2–3 miljoonaa → 2000000–3000000
    30-2/21 → 30, 2021-02
    """
    if index not in cursor.figures:
        cursor.figures[index] = _figure(cursor, index)
    found: Figure | None = cursor.figures[index]
    return found


def _figure(cursor: Cursor, index: int) -> Figure | None:
    head = number(cursor, index)
    if head is None:
        return None
    low, after = head
    tail = _behind_dash(cursor, after) or _behind_elative(cursor, index, after)
    if tail is None or tail[0] <= low:
        return Figure(low, None, after)
    scale = cursor.at(tail[1] - 1).sense.scale or (
        cursor.at(tail[1] - 2).sense.scale if cursor.kind(tail[1] - 1) == "dot" else None
    )
    if scale is not None and cursor.at(after - 1).sense.scale is None:
        low *= scale  # the multiplier that only the upper end names
    return Figure(low, tail[0], tail[1])


LONGEST_DASH = 3
"""Characters between the two numbers of a range: a dash with a space on either side."""


def _behind_dash(cursor: Cursor, index: int) -> Read[float] | None:
    """The number behind a dash, unless it goes on as a date."""
    tail = number(cursor, index + 1) if cursor.kind(index) == "dash" else None
    if tail is None or cursor.at(index + 1).start - cursor.at(index - 1).end > LONGEST_DASH:
        return None
    is_date = cursor.kinds(tail[1], "slash", "num") and cursor.at(tail[1]).glued
    return None if is_date else tail


def _behind_elative(cursor: Cursor, index: int, after: int) -> Read[float] | None:
    """From one number word in the elative to one in the illative.

    kahdesta viiteen → 2–5
    """
    if cursor.case(index) != "Ela" or cursor.case(after) != "Ill" or cursor.kind(after) != "number":
        return None
    return number(cursor, after)


MULTIPLIERS = 2
"""Multipliers that may follow each other: tuhat miljoonaa."""


def number(cursor: Cursor, index: int) -> Read[float] | None:
    """A number with its multiplier.

    2,4 miljoonaa → 2400000
    kaksi ja puoli → 2.5
    kolme ja puoli miljoonaa → 3500000
    kaksi tuhatta viisisataa → 2500
    tuhat kaksisataa → 1200
    sata kaksikymmentä → 120
    """
    found = _fraction(cursor, index) if cursor.kind(index + 1) == "slash" else None
    if found is None:
        found = digits(cursor, index) if cursor.kind(index) == "num" else words(cursor, index)
    if found is None:
        return None
    value, after = found
    if cursor.kind(after) == "and" and cursor.at(after + 1).sense.number == HALF:
        value, after = value + HALF, after + 2
    until = after + MULTIPLIERS
    while after < until and (scale := cursor.at(after).sense.scale) is not None:
        value, after = value * scale, _behind_scale(cursor, after)
    return _with_rest(cursor, value, after)


LARGEST_WHOLE = 10
"""Parts that a fraction of a unit has at most: 3/4 tuntia."""


def _fraction(cursor: Cursor, index: int) -> Read[float] | None:
    """A fraction in digits, of a unit of time or a measure.

    1/2 vuotta → DURATION P0.5Y
    3/4 litraa → 0.75 litra
    """
    if not cursor.kinds(index, "num", "slash", "num") or not cursor.joined(index, 3) or cursor.at(index).glued:
        return None
    part, whole, unit = cursor.at(index).integer, cursor.at(index + 2).integer, cursor.at(index + 3)
    is_measure = unit.sense.unit is not None and unit.sense.unit.group in ("measure", "duration")
    if not (unit.sense.time_unit or is_measure) or not 0 < part < whole <= LARGEST_WHOLE:
        return None
    return part / whole, index + 3


HUNDRED = 100


def _with_rest(cursor: Cursor, value: float, after: int) -> Read[float]:
    """A number of thousands with the words of what remains: tuhat | kaksisataa."""
    last = cursor.at(after - 1)
    scale = last.sense.scale
    if last.sense.number is not None and last.sense.number % HUNDRED == 0 and last.sense.number < 10 * HUNDRED:
        scale = float(HUNDRED) if cursor.case(after) in (last.sense.case, None) else None
    rest = number(cursor, after) if scale is not None and cursor.kind(after) == "number" else None
    if rest is None or rest[0] >= (scale or 0) or not rest[0].is_integer():
        return value, after
    return value + rest[0], rest[1]


LONGEST_SCALE = 4
"""Letters of an abbreviated multiplier: milj, mrd."""


def _behind_scale(cursor: Cursor, index: int) -> int:
    """The index behind a multiplier, and behind the full stop of its abbreviation where a unit or a range follows."""
    following = cursor.at(index + 2)
    is_cut = len(cursor.at(index).text) <= LONGEST_SCALE and cursor.kind(index + 1) == "dot"
    goes_on = following.sense.unit is not None or following.kind == "dash" or (following.text[:1].islower())
    return index + 2 if is_cut and goes_on else index + 1


THOUSANDS = 3
"""Digits of a group of thousands."""


def digits(cursor: Cursor, index: int) -> Read[float] | None:
    """Digits in groups of thousands, with decimals behind a sign without white space; no dates, versions, addresses.

    128 000 → 128000
    1 327,5 → 1327.5
    0,36 → 0.36
    0.36 → 0.36
    350.000 euroa → 350000 €
    22.500,00 € → 22500 €
    1.200.000 → 1200000
    1.2.3 → nothing
    """
    text, after = cursor.at(index).text, index + 1
    if cursor.kind(after) == "dot" and (pointed := _pointed_thousands(cursor, index)):
        return pointed
    if len(text) <= THOUSANDS and text[0] != "0":
        while _is_thousands(cursor, after) and len(text) < MAX_DIGITS - THOUSANDS:
            text, after = text + cursor.at(after).text, after + 1
    if cursor.kinds(after, "comma", "num", "percent") and not cursor.at(after).glued:
        return float(f"{text}.{cursor.at(after + 1).text}"), after + 2  # 38 , 5 %
    if not _is_decimal_sign(cursor, after) or not (cursor.at(after).glued and cursor.at(after + 1).glued):
        return float(text), after
    if _is_decimal_sign(cursor, after + 2) and cursor.at(after + 2).glued and cursor.at(after + 3).glued:
        return None
    return float(f"{text}.{cursor.at(after + 1).text}"), after + 2


def _pointed_thousands(cursor: Cursor, index: int) -> Read[float] | None:
    """Digits in groups of thousands with full stops, where a count, money, decimals or a second group says so."""
    text, after = cursor.at(index).text, index + 1
    if len(text) > THOUSANDS or text[0] == "0":
        return None
    while (
        cursor.kinds(after, "dot", "num")
        and cursor.joined(after - 1, 3)
        and len(cursor.at(after + 1).text) == THOUSANDS
    ):
        text, after = text + cursor.at(after + 1).text, after + 2
        if len(text) > MAX_DIGITS - THOUSANDS:
            return None
    n_groups = (after - index) // 2
    if cursor.kinds(after, "comma", "num") and cursor.joined(after - 1, 3) and n_groups:
        return float(f"{text}.{cursor.at(after + 1).text}"), after + 2
    if not n_groups or (cursor.kinds(after, "dot", "num") and cursor.joined(after - 1, 3)):
        return None
    following = cursor.at(after)
    unit = following.sense.unit
    is_counted = unit is not None and unit.group in ("count", "money")
    is_counted = is_counted or (following.kind == "word" and following.sense.case == "Par")
    return (float(text), after) if is_counted or n_groups > 1 else None


def _is_decimal_sign(cursor: Cursor, index: int) -> bool:
    """Whether a comma or a full stop stands before digits."""
    return cursor.kind(index) in ("comma", "dot") and cursor.kind(index + 1) == "num"


def _is_thousands(cursor: Cursor, index: int) -> bool:
    """Whether a lexeme is a group of three digits behind one space."""
    item = cursor.at(index)
    return item.kind == "num" and len(item.text) == THOUSANDS and item.start - cursor.at(index - 1).end == 1


def words(cursor: Cursor, index: int) -> Read[float] | None:
    """A number word.

    seitsemän → 7
    miljoona → 1000000
    kaksisataaviisi → 205
    yhdessä → nothing
    """
    item = cursor.at(index)
    if item.sense.number is not None and item.kind in ("number", "word", "vague"):
        return None if _means_else(cursor, index) else (item.sense.number, index + 1)
    scale = item.sense.scale
    if scale is None or len(item.text) <= LONGEST_SCALE or item.sense.plural or item.kind != "number":
        return None
    return scale, index + 1


def _means_else(cursor: Cursor, index: int) -> bool:
    """Whether a number word is one of other meanings.

    puolella → nothing
    """
    sense, before = cursor.at(index).sense, cursor.at(index - 1)
    if sense.number not in (HALF, 1.0):
        return False
    if before.kind == "number" and before.sense.scale is not None:
        return False
    behind = cursor.at(index + 1).sense
    is_unit = behind.unit is not None or behind.time_unit is not None or behind.scale is not None
    return not is_unit and not _agrees(sense, behind)


def _agrees(word: Sense, behind: Sense) -> bool:
    """Whether the word behind a number word stands in its case; uninflected it may stand behind a base form."""
    if behind.case is None:
        return word.case != "Ine" and word.number != HALF
    return behind.case == word.case
