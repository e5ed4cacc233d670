"""Points written in digits: 15.11.2021, 5/21, 2021-11-15, 2022/II, 2021, 1990-luvulla; a rule a written form.

Behind the rules stand the guards: what looks like a point and is none.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.grammar.calendar import Grain, Point
from extractors.grammar.cursor import Cursor, Read
from extractors.grammar.lexemes import DASHES, Lexeme
from extractors.grammar.years import (
    EARLIEST_YEAR,
    is_clipped_year,
    is_short_year,
    is_year,
    is_year_word,
    with_part,
    year_of,
)


def before_christ(cursor: Cursor, index: int) -> Read[Point] | None:
    """A year with its era.

    vuonna 121 eaa. → BC0121
    63 eaa → BC0063
    vuonna 98 jaa. → 0098
    """
    at = cursor.behind(index, "year")
    if not cursor.kinds(at, "num", "era") or len(cursor.at(at).text) > 4:
        return None
    year, era = cursor.at(at).integer, cursor.at(at + 1)
    after = at + 2 if era.text.endswith(".") else cursor.behind(at + 2, "dot")
    return Point("year", -year if era.value == "BC" else year), after


def iso(cursor: Cursor, index: int) -> Read[Point] | None:
    """2021-11-15 → 2021-11-15"""
    if not (is_year(cursor.at(index)) and cursor.kinds(index, "num", "dash", "num", "dash", "num")):
        return None
    month, day = cursor.small(index + 2, 1, 12), cursor.small(index + 4, 1, 31)
    if month is None or day is None or not cursor.joined(index, 5) or len(cursor.at(index + 2).text) != 2:
        return None
    return Point("day", year_of(cursor.at(index)), month, day), index + 5


def year_and_month(cursor: Cursor, index: int) -> Read[Point] | None:
    """A year and a month of two digits around a dash or a slash, unless it is the next year.

    2022-03 → 2022-03
    2022/03 → 2022-03
    """
    year, sign, month = cursor.at(index), cursor.kind(index + 1), cursor.small(index + 2, 1, 12)
    if not is_year(year) or sign not in ("dash", "slash") or month is None or not cursor.joined(index, 3):
        return None
    if len(cursor.at(index + 2).text) != 2 or is_next_year(year.integer, cursor.at(index + 2)):
        return None  # 2011-12: two years
    if cursor.at(index).glued or _goes_on_in_digits(cursor, index) or _follows_mark(cursor, index):
        return None
    return Point("month", year_of(year), month), index + 3


def _follows_mark(cursor: Cursor, index: int) -> bool:
    """Whether the mark of a document or of a series stands before a number: STM 2012/18.

    julkaisu STM 2012/03 → 2012, 3
    """
    before = cursor.at(index - 1)
    return before.kind == "reference" or (len(before.text) > 1 and before.text.isalpha() and before.text.isupper())


def month_and_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """A month and its year around a full stop.

    3.2022 → 2022-03
    """
    month, year = cursor.small(index, 1, 12), cursor.at(index + 2)
    if month is None or cursor.kind(index + 1) != "dot" or not is_year(year) or not cursor.joined(index, 3):
        return None
    is_longer = cursor.kinds(index + 3, "dot", "num") and cursor.joined(index + 2, 3)
    if is_longer or cursor.counts(index + 2) or _goes_on_from(cursor, index) or _is_numbered_issue(cursor, index):
        return None
    return Point("month", year_of(year), month), index + 3


def slash_day(cursor: Cursor, index: int) -> Read[Point] | None:
    """A day, a month and a year between slashes.

    5/3/2022 → 2022-03-05
    """
    day, month, year = cursor.small(index, 1, 31), cursor.small(index + 2, 1, 12), cursor.at(index + 4)
    if day is None or month is None or not cursor.kinds(index + 1, "slash", "num", "slash") or not is_year(year):
        return None
    if not cursor.joined(index, 5) or cursor.at(index).glued or _is_numbered_issue(cursor, index):
        return None
    if cursor.kind(index + 5) == "slash" and cursor.at(index + 5).glued:
        return None
    return Point("day", year_of(year), month, day), index + 5


def numeric_day(cursor: Cursor, index: int, named: bool = False) -> Read[Point] | None:
    """A day and a month between full stops, with or without a year.

    `named` says that a weekday stands before it, so that it is no list number.
    """
    if not cursor.kinds(index, "num", "dot", "num") or not cursor.at(index + 1).glued or _goes_on_from(cursor, index):
        return None
    return (
        full_day(cursor, index)
        or short_day(cursor, index)
        or clipped_day(cursor, index)
        or dotted_day(cursor, index, named)
        or two_digit_day(cursor, index)
    )


def full_day(cursor: Cursor, index: int) -> Read[Point] | None:
    """A day with its whole year, also one that no calendar has.

    15.11.2021 → 2021-11-15
    15.11. 2021 → 2021-11-15
    31.2.2022 → 2022-02-31
    7.13.2021 → 2021-13-07
    """
    if cursor.small(index, 0, 99) is None or cursor.small(index + 2, 0, 99) is None:
        return None
    if not _is_year_of_day(cursor, index) or not is_year(cursor.at(index + 4), EARLIEST_YEAR):
        return None
    return Point("day", year_of(cursor.at(index + 4)), *_month_day(cursor, index)), index + 5


def short_day(cursor: Cursor, index: int) -> Read[Point] | None:
    """15.11.21 → 2021-11-15"""
    if not _exists(cursor, index) or not _is_year_of_day(cursor, index):
        return None
    if not is_short_year(cursor.at(index + 4)) or not cursor.joined(index, 5):
        return None
    return Point("day", year_of(cursor.at(index + 4)), *_month_day(cursor, index)), index + 5


def clipped_day(cursor: Cursor, index: int) -> Read[Point] | None:
    """1.10.-22 → 2022-10-01"""
    if not _exists(cursor, index) or not cursor.kinds(index + 3, "dot", "dash", "num") or not cursor.joined(index, 6):
        return None
    if not is_short_year(cursor.at(index + 5)) or cursor.kinds(index + 6, "dot", "num"):
        return None
    return Point("day", year_of(cursor.at(index + 5)), *_month_day(cursor, index)), index + 6


LAST_LIST_NUMBER = 12
"""Chapters and list items are numbered "7.6." up to about here; a higher number before a sentence is a day."""


def dotted_day(cursor: Cursor, index: int, named: bool = False) -> Read[Point] | None:
    """A day and a month with both their full stops, unless it may number what follows.

    7.6. alkaen → XXXX-06-07
    Se alkoi 17.4. Sitten se loppui. → XXXX-04-17
    Haku päättyi 7.6. Sitten alkoi arviointi → XXXX-06-07
    Kokous on 3.10. → XXXX-10-03
    """
    if not _exists(cursor, index) or cursor.kind(index + 3) != "dot" or not cursor.at(index + 3).glued:
        return None
    may_number = cursor.at(index).integer <= LAST_LIST_NUMBER and not named and _may_number(cursor, index)
    if _is_version(cursor, index) or may_number or cursor.kinds(index - 2, "num", "dash"):
        return None  # 2.3–4.3. is no range of days
    return Point("day", None, *_month_day(cursor, index)), index + 4


def _may_number(cursor: Cursor, index: int) -> bool:
    """Whether "7.6." may number what follows or be the version of what stands before: no verb can stand there.

    Erityistavoite: 7.1. Tuottavuuden parantaminen → 7.1
    Käytössä on Omaolo 3.1. → 3.1
    """
    following, before = cursor.at(index + 4), cursor.at(index - 1)
    if following.text and not following.text[0].isupper():
        return False
    numbers = bool(following.text) and before.kind in ("edge", "dot", "colon")
    return numbers or (_is_behind_name(cursor, index) and before.sense.case in ("Nom", None))


def two_digit_day(cursor: Cursor, index: int) -> Read[Point] | None:
    """15.11 → XXXX-11-15"""
    if not _exists(cursor, index) or _is_version(cursor, index) or cursor.counts(index + 2):
        return None  # 12.10 e
    if len(cursor.at(index).text) != 2 or len(cursor.at(index + 2).text) != 2:
        return None
    if _is_reference(cursor, index, ("number", "goal", "label")) or _is_behind_name(cursor, index):
        return None
    return Point("day", None, *_month_day(cursor, index)), index + 3


def month_fraction(cursor: Cursor, index: int) -> Read[Point] | None:
    """A month and its year around a slash, also one that no calendar has.

    5/21 → 2021-05
    11/2021 → 2021-11
    13/21 → 2021-13
    """
    if not cursor.kinds(index, "num", "slash", "num") or not cursor.joined(index, 3):
        return None
    year, month = cursor.at(index + 2), cursor.small(index, 1, 99)
    if month is None or any(guard(cursor, index) for guard in _NO_MONTHS):
        return None
    is_whole_year = is_year(year) and month <= 12
    return (Point("month", year_of(year), month), index + 3) if is_whole_year or is_short_year(year) else None


def year_first(cursor: Cursor, index: int) -> Read[Point] | None:
    """A year before its season or month.

    2021 kevät → 2021-SP
    2022 toukokuu → 2022-05
    2024 syksyn aikana → 2024-FA
    2022 toukokuussa → 2022-05
    """
    item = cursor.at(index + 1)
    if not is_year(cursor.at(index)) or item.kind not in ("season", "month") or item.sense.case == "Par":
        return None
    if is_year(cursor.at(index + 2)) or item.sense.plural or is_year_word(cursor.at(index - 1)):
        return None
    year, mod = year_of(cursor.at(index)), item.sense.mod
    if item.kind == "season":
        return Point("season", year, season=str(item.value), mod=mod), index + 2
    return with_part(cursor, Point("month", year, item.integer, mod=mod), index + 2)


def bare_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """A number that is a year by itself, with the word vuosi or a part of it behind.

    2021 → 2021
    2022 lopulla → 2022 END
    2022 vuoden puolelle → 2022
    2021 vuoden lopulla → 2021 END
    """
    if not is_year(cursor.at(index)) or any(guard(cursor, index) for guard in _NO_YEARS):
        return None
    year, word = Point("year", year_of(cursor.at(index))), cursor.at(index + 1)
    if is_year_word(word) and not word.glued and not is_year(cursor.at(index + 2)):
        return with_part(cursor, year, index + 2)
    return with_part(cursor, year, index + 1)


def decade(cursor: Cursor, index: int) -> Read[Point] | None:
    """A decade; a century where the number is a full hundred before 2000.

    1990-luvulla → 199
    70-luvun alussa → 197 START
    1800-luvulla → 18
    2020-luvulla → 202
    1980-luvun alkuvuosina → 198 START
    """
    if not cursor.kinds(index, "num", "dash", "decade") or not cursor.joined(index, 3):
        return None
    number, years = cursor.at(index), cursor.at(index + 3)
    if not names_decade(number):
        return None
    if years.kind == "year" and years.sense.mod is not None and years.sense.plural:
        return replace(decade_of(number), mod=years.sense.mod), index + 4
    return with_part(cursor, decade_of(number), index + 3)


def names_decade(number: Lexeme) -> bool:
    """Whether a number of two to four digits may name a decade: it ends in a nought."""
    return number.kind == "num" and number.text.endswith("0") and 2 <= len(number.text) <= 4


def decade_of(number: Lexeme) -> Point:
    """The decade or century that a number names; two digits are of the last century."""
    year = 1900 + number.integer if number.integer < 100 else number.integer
    grain: Grain = "century" if year % 100 == 0 and year < 2000 else "decade"
    return Point(grain, year)


def clipped_year(cursor: Cursor, index: int) -> Read[Point] | None:
    """-22 alusta → 2022 START"""
    if not is_clipped_year(cursor, index) or cursor.kind(index + 2) != "part":
        return None
    return with_part(cursor, Point("year", year_of(cursor.at(index + 1))), index + 2)


def _month_day(cursor: Cursor, index: int) -> tuple[int, int]:
    """Month and day of "15.11.", whatever they are."""
    return cursor.at(index + 2).integer, cursor.at(index).integer


def _exists(cursor: Cursor, index: int) -> bool:
    """Whether day and month can be ones of the calendar.

    31.12. alkaen → XXXX-12-31
    """
    return cursor.small(index, 1, 31) is not None and cursor.small(index + 2, 1, 12) is not None


def _is_year_of_day(cursor: Cursor, index: int) -> bool:
    """Whether a full stop and a number that ends the date stand behind day and month.

    1.2.2021.3 → nothing
    """
    ends = not (cursor.kinds(index + 5, "dot", "num") and cursor.joined(index + 4, 3))
    return cursor.kinds(index + 3, "dot", "num") and ends


def _goes_on_from(cursor: Cursor, index: int) -> bool:
    """Whether a number is joined to what stands before it, and that is no dash, word or "v.".

    7/12.11.2021 → 7, 11.2021
    v12.11.2021 → 2021-11-12
    """
    return cursor.at(index).glued and cursor.kind(index - 1) not in ("edge", "dash", "word", "roman", "year")


def _is_version(cursor: Cursor, index: int) -> bool:
    """Whether "2.1." goes on in digits.

    versio 12.10.3 → nothing
    """
    return cursor.kinds(index + 3, "dot", "num") and cursor.joined(index + 2, 3)


def _is_behind_name(cursor: Cursor, index: int) -> bool:
    """Whether a word in capitals that opens no sentence stands before a number.

    Käytössä on Ubuntu 13.10 → 13.1
    """
    before = cursor.at(index - 1)
    return index > 1 and before.kind in ("word", "roman", "times") and before.text[0].isupper()


def _is_reference(cursor: Cursor, index: int, groups: tuple[str, ...] = ("law", "document")) -> bool:
    """Whether a number names a statute or a document, also in brackets behind its word.

    HE 6/2021 → nothing
    asetus (28/2006) → 28, 2006
    """
    before = cursor.at(index - 1)
    if before.text in ("(", "[", "`"):
        before = cursor.at(index - 2)
    return before.kind == "reference" and before.value in groups


def _is_numbered_issue(cursor: Cursor, index: int) -> bool:
    """lehden numero 1/2015 → nothing"""
    return _is_reference(cursor, index, ("law", "document", "number"))


def _goes_on_in_digits(cursor: Cursor, index: int) -> bool:
    """Whether a fraction is part of a longer run.

    1/2/21 → nothing
    1.5/21 → 1.5, 21
    """
    after = cursor.at(index + 3)
    if after.glued and after.kind in ("slash", "num"):
        return True
    return cursor.at(index).glued and cursor.kind(index - 1) in ("slash", "num", "dot", "comma")


def _is_share(cursor: Cursor, index: int) -> bool:
    """Whether a number over 12 before a slash is a share of something, or too high for a mistyped month.

    13/21 kuntaa → 13, 21
    """
    month = cursor.at(index).integer
    return month > 12 and (month > 31 or _speaks_on(cursor.at(index + 3)))


def _speaks_on(item: Lexeme) -> bool:
    """Whether a word follows in the same breath."""
    return item.kind != "and" and item.text[:1].isalpha() and item.text[0].islower()


_NO_MONTHS = (_goes_on_in_digits, _is_numbered_issue, _is_share)


def _is_counted(cursor: Cursor, index: int) -> bool:
    """2020 euroa → 2020 €"""
    return cursor.counts(index)


def _is_end_of_counts(cursor: Cursor, index: int) -> bool:
    """2000–2500 asiakasta → 2000–2500 asiakas"""
    last = index + 2
    return cursor.kinds(index + 1, "dash", "num") and (cursor.counts(last) or _counts_noun(cursor, last))


LONGEST_COUNTED = 6
"""Words from a number to the noun that it counts: sosiaali- ja terveydenhuollon uutta ammattilaista."""

LONGEST_YEARS = 50
"""Years apart that the ends of a range lie at most; numbers further apart that a noun follows are counts."""


def _counts_noun(cursor: Cursor, index: int) -> bool:
    """Whether a number governs a noun: it stands in the partitive singular, behind nothing but what belongs to it.

    2035 ihmistä → 2035
    2022 sosiaali- ja terveydenhuollon uutta ammattilaista → 2022
    1900–2100 asukasta → 1900–2100
    """
    first = index
    while index - first < 2 * LISTED_YEARS and _follows_year(cursor, first):
        first -= 2
    years = [cursor.at(at).integer for at in range(first, index + 1, 2)]
    if first < index and max(years) - min(years) <= LONGEST_YEARS:
        return False
    before = cursor.at(first - 1)
    if before.kind in ("reference", *_YEAR_TAKERS) or before.sense.time_unit == "1Y":
        return False
    return _governs(cursor, index)


LISTED_YEARS = 5
"""Years of a list or a range that are looked at together."""


def _follows_year(cursor: Cursor, index: int) -> bool:
    """Whether another year stands before a number, with a sign or "ja" between."""
    return cursor.kind(index - 1) in ("and", "or", "dash", "comma", "slash") and is_year(cursor.at(index - 2))


_YEAR_TAKERS = ("month", "months", "season", "year", "holiday", "part", "turn", "turn_word")
"""Kinds of lexemes that a year behind them belongs to."""


def _governs(cursor: Cursor, index: int) -> bool:
    """Whether the next noun behind a number that is no genitive stands in the partitive singular."""
    for at in range(index + 1, index + LONGEST_COUNTED):
        item, before = cursor.at(at), cursor.at(at - 1)
        if item.kind in ("word", "new", "unit") and item.sense.case == "Par":
            return not item.sense.plural and item.text[0].islower()
        is_suspended = item.text.endswith("-") or (item.kind == "and" and before.text.endswith("-"))
        if not is_suspended and item.sense.case != "Gen":
            return False
    return False


def _is_phone(cursor: Cursor, index: int) -> bool:
    """Whether a number is a telephone number's last group.

    050 123 2021 → 50, 123, 2021
    """
    return cursor.kind(index - 1) == "num" and len(cursor.at(index - 1).text) == 3


def _is_compared(cursor: Cursor, index: int) -> bool:
    """noin 2000 ihmistä → about 2000"""
    return cursor.kind(index - 1) == "comparator"


def _is_in_name(cursor: Cursor, index: int) -> bool:
    """Whether a year belongs to a name.

    Suomi 2030 -ohjelma → 2030
    Suomi 2030-ohjelma → 2030
    """
    behind, following = cursor.at(index + 1), cursor.at(index + 2)
    if behind.kind == "word" and len(behind.text) > 1 and behind.text[0] in DASHES:
        return True
    is_joined = behind.kind == "dash" and behind.glued and following.glued
    return is_joined and following.kind == "word" and following.text[0].isalpha()


def _is_in_publication(cursor: Cursor, index: int) -> bool:
    """Whether a year stands in the mark of a publication or a register: behind its initials or its dash.

    STM 2012:18 → 2012, 18
    """
    before, last = cursor.at(index - 1), cursor.at(index + 2)
    if cursor.kinds(index + 1, "colon", "num") and cursor.at(index + 1).glued and last.glued:
        return True
    is_mark = before.kind == "dash" and before.glued and cursor.at(index).glued and cursor.kind(index - 2) == "word"
    return is_mark and cursor.kinds(index + 1, "dash", "num") and cursor.joined(index, 3)


LONGEST_SOURCE = 8
"""Words of the source of a citation."""


def _is_citation(cursor: Cursor, index: int) -> bool:
    """Whether a year dates a source in brackets: names stand between the bracket and it, and it ends the reference.

    Työ muuttuu (Konttinen ym. 2019; Opetusvirasto 2024) → 2019, 2024
    Konttinen ym. (2019) kuvaa työtä → 2019
    """
    if cursor.at(index - 1).text == "(" and cursor.at(index + 1).text == ")":
        source = index - 3 if cursor.kind(index - 2) == "dot" else index - 2
        return cursor.at(source).value == "citation"
    after = cursor.at(index + 1)
    if after.text not in (")", ";") and after.kind not in ("comma", "colon"):
        return False
    has_name = False
    for at in range(index - 1, index - LONGEST_SOURCE, -1):
        item = cursor.at(at)
        if item.text in ("(", ";"):
            return has_name
        is_name = item.kind in ("word", "unit") and item.text[:1].isupper() and item.sense.case in ("Nom", None)
        if not (is_name or item.value == "citation" or item.kind in ("and", "dot", "comma") or item.text == "&"):
            return False
        has_name = has_name or is_name
    return False


def _is_in_mark(cursor: Cursor, index: int) -> bool:
    """Whether a year in brackets stands before the number of a document.

    komission ehdotus (2005) 606 → 2005, 606
    """
    return cursor.at(index - 1).text == "(" and cursor.at(index + 1).text == ")" and cursor.kind(index + 2) == "num"


def _goes_on_from_digits(cursor: Cursor, index: int) -> bool:
    """Whether a number is joined to digits or a slash before it.

    131/2021 → 131, 2021
    1,2021 → 1.2021
    """
    return cursor.at(index).glued and cursor.kind(index - 1) in ("slash", "dot", "comma", "num")


def _goes_on_as_number(cursor: Cursor, index: int) -> bool:
    """Whether decimals are joined to a number.

    2021,5 → 2021.5
    2021.3 → 2021.3
    """
    is_decimal_sign = cursor.kind(index + 1) in ("comma", "dot")
    return is_decimal_sign and cursor.kind(index + 2) == "num" and cursor.joined(index, 3)


def _goes_on_as_fraction(cursor: Cursor, index: int) -> bool:
    """Whether a slash follows that opens no next year.

    2021/5 → 2021, 5
    2021/V → 2021
    """
    if cursor.kind(index + 1) != "slash" or not cursor.at(index + 1).glued:
        return False
    return not is_next_year(cursor.at(index).integer, cursor.at(index + 2))


def is_next_year(year: int, following: Lexeme) -> bool:
    """Whether two digits name the year after a year.

    2005/06 → 2005/2006
    1999/00 → 1999/2000
    """
    return following.kind == "num" and len(following.text) <= 2 and following.integer == (year + 1) % 100


_NO_YEARS = (
    _is_counted,
    _is_end_of_counts,
    _counts_noun,
    _is_phone,
    _is_compared,
    _is_reference,
    _is_in_name,
    _is_in_publication,
    _is_citation,
    _is_in_mark,
    _goes_on_from_digits,
    _goes_on_as_number,
    _goes_on_as_fraction,
)
