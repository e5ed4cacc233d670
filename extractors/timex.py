"""Find time expressions: a small grammar over typed lexemes, driven by `lexicons/time_words.yaml`.

Three steps. `lexemes` turns tokens into typed lexemes (month, season, year word, number, dash ...). The `_point`
readers each know one written form of a point in time. `scan` joins points into ranges. What an expression means in
days is told by `interval`; which year a bare month takes is decided in `dates`, which knows the document.

Values, modifiers and spans follow TIMEX3 as the data contract defines them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

import regex

from extractors.document import AnalysedDocument, Span, Token
from lexicons import Entry, load

MAX_DIGITS = 15
"""Longer runs of digits are identifiers, no numbers."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
SHORT_YEARS = range(17, 40)
"""Two-digit years that are read as 20xx: the reform's own decades. Others are scores, ages and parts."""

Grain = Literal["day", "month", "season", "quarter", "half", "year", "turn", "decade"]

_PARTS_OF_YEAR: tuple[Grain, ...] = ("quarter", "half")

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""Each season's first month; winter begins in the year before."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time as it is written. `year` is None where the expression does not name it.

    `unit` is the month 1..12, the quarter, the half, or None; `shift` is -1, 0 or 1 for "viime", "tämä", "ensi".
    """

    grain: Grain
    year: int | None = None
    unit: int | None = None
    day: int | None = None
    season: str | None = None
    mod: str | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression and its stretch of the source: a point, or a range when `end` is set."""

    span: Span
    begin: Point
    end: Point | None = None


class Lexeme(NamedTuple):
    """A typed piece of text. `kind` is num, dot, slash, dash, comma, word, unit, comparator, or a group of the
    lexicon.

    `value` is the number or the lexicon's value, `mod` a part named inside a compound (loppuvuosi → END), `glued`
    whether it follows the lexeme before without white space, `case` a word's case.
    """

    kind: str
    start: int
    end: int
    value: int | str | None
    text: str
    mod: str | None
    glued: bool
    case: str | None = None


# Lexemes


@cache
def _words() -> dict[str, Entry]:
    return {term.text: entry for entry in load("time_words").entries for term in entry.terms}


@cache
def _units() -> frozenset[str]:
    """Words that count: behind a number in the partitive they make it a quantity and no year."""
    groups = (load("units").group("unit"), load("units").group("percent"))
    return frozenset(term.text.lower() for group in groups for entry in group for term in entry.terms)


@cache
def _comparators() -> frozenset[str]:
    terms = [term.text for entry in load("units").group("comparator") for term in entry.terms]
    return frozenset(term.lower() for term in terms if " " not in term)


_DASHES = frozenset("-–—−‐‑")
_PUNCTUATION = {".": "dot", "/": "slash", ",": "comma"}
_DIGITS = regex.compile(r"\p{Nd}+|[.,/]")


def lexemes(tokens: Sequence[Token]) -> list[Lexeme]:
    """The typed lexemes of a run of tokens."""
    found: list[Lexeme] = []
    end = -1
    for token in tokens:
        for lexeme in _of_token(token):
            found.append(lexeme._replace(glued=lexeme.start == end))
            end = lexeme.end
    return found


def _of_token(token: Token) -> Iterator[Lexeme]:
    text = token.text
    if text[0].isdecimal():
        yield from _of_digits(token)
    elif text in _DASHES:
        yield Lexeme("dash", token.start, token.end, None, text, None, False)
    elif text in _PUNCTUATION:
        yield Lexeme(_PUNCTUATION[text], token.start, token.end, None, text, None, False)
    elif text[0].isalpha() and text[-1] in "0123456789":
        head = text.rstrip("0123456789")
        cut = token.end - (len(text) - len(head))
        group = _words().get(head.lower())
        kind = group.group if group and group.group in ("year", "quarter") else "word"
        if kind != "word" and len(text) - len(head) <= MAX_DIGITS:
            yield Lexeme(str(kind), token.start, cut, None, head, None, False)
            yield Lexeme("num", cut, token.end, int(text[len(head) :]), text[len(head) :], None, True)
        else:
            yield Lexeme("word", token.start, token.end, None, text, None, False)
    else:
        yield _of_word(token)


def _of_digits(token: Token) -> Iterator[Lexeme]:
    for match in _DIGITS.finditer(token.text):
        start, end, text = token.start + match.start(), token.start + match.end(), match.group()
        if text.isdecimal():
            if len(text) > MAX_DIGITS:
                yield Lexeme("word", start, end, None, text, None, False)
                continue
            yield Lexeme("num", start, end, int(text), text, None, False)
        else:
            yield Lexeme(_PUNCTUATION[text], start, end, None, text, None, False)


def _of_word(token: Token) -> Lexeme:
    """A word by its lemma; a compound by its last part, its first part giving the modifier."""
    text, lemma = token.text, token.lemma.lower().strip("-")
    words = _words()
    kind, value, mod = "word", None, None
    if entry := words.get(lemma) or _other_reading(token):
        kind, value = _kind(entry, token), entry.value
    elif months := _two_months(lemma):
        return Lexeme("months", token.start, token.end, months, text, None, False, token.case)
    elif with_part := _with_part_inside(token):
        mod, entry = with_part
        kind, value = str(entry.group), entry.value
    if kind in ("month", "month_prefix") and text.endswith("-"):
        kind = "month_stem"
    number = int(value) if isinstance(value, float | int) and not isinstance(value, bool) else value
    if text[0] == "-":
        kind = "word"
    if kind == "word" and token.case in ("Par", None) and not token.lemmas.isdisjoint(_units()):
        kind = "unit"
    if kind == "word" and not token.lemmas.isdisjoint(_comparators()):
        kind = "comparator"
    value = number if isinstance(number, int | str) else None
    return Lexeme(kind, token.start, token.end, value, text, mod, False, token.case)


def _two_months(lemma: str) -> str | None:
    """elo-syyskuu → 8-9"""
    head, _, tail = lemma.rpartition("-")
    first, last = _words().get(head), _words().get(tail)
    if first is None or last is None or last.group != "month" or first.group not in ("month", "month_prefix", "season"):
        return None
    return f"{_month_of(first)}-{last.value}"


def _with_part_inside(token: Token) -> tuple[str, Entry] | None:
    """The part and the time word of a compound by any reading: alkuvuoteen → START, vuosi."""
    for lemma in sorted(token.lemmas):
        for part in load("time_words").group("part"):
            for term in part.terms:
                rest = _words().get(lemma.removeprefix(term.text)) if lemma.startswith(term.text) else None
                if rest is not None and rest.group in ("month", "season", "year"):
                    return str(part.value), rest
    return None


def _other_reading(token: Token) -> Entry | None:
    """The entry of another of the word's base forms; only parts (alusta: alku) and years are that often hidden."""
    if token.compound_parts:
        return None
    for key in sorted(token.lemmas):
        entry = _words().get(key)
        if entry is not None and entry.group in ("part", "year", "and", "season") and len(key) > 2:
            return entry
    return None


def _month_of(entry: Entry) -> int:
    if entry.group == "season":
        return {"SU": 6, "FA": 9}.get(str(entry.value), 0)
    return int(entry.value or 0)


def _kind(entry: Entry, token: Token) -> str:
    """A word's group. Month stems (heinä) count only before a dash; parts only as nouns in a place case."""
    group = str(entry.group)
    is_stem = group == "month_prefix" or (
        group == "month" and token.lemma.lower() != entry.id and "kuu" not in token.lemma
    )
    if is_stem:
        return "month_stem"
    if group == "part" and token.pos == "VERB":
        return "word"
    return group


# Points


def _is_year(lexeme: Lexeme | None) -> bool:
    return (
        lexeme is not None
        and lexeme.kind == "num"
        and len(lexeme.text) == 4
        and FIRST_YEAR <= int(lexeme.value or 0) <= LAST_YEAR
    )


def _is_short_year(lexeme: Lexeme | None) -> bool:
    return (
        lexeme is not None and lexeme.kind == "num" and len(lexeme.text) == 2 and int(lexeme.value or 0) in SHORT_YEARS
    )


def _year(lexeme: Lexeme) -> int:
    value = int(lexeme.value or 0)
    return value if value > 99 else 2000 + value


def _part_number(ordinal: Lexeme, grain: Grain) -> int:
    """Which quarter or half an ordinal means; the last half is the second."""
    number = int(ordinal.value or 0)
    return min(number, 2) if grain == "half" else number


class _Reader:
    """Reads points off a list of lexemes; every `_form` gives the point and the index behind it, or None."""

    def __init__(self, lexemes: Sequence[Lexeme], is_quantity: frozenset[int]) -> None:
        self.lexemes = lexemes
        self.is_quantity = is_quantity

    def at(self, index: int) -> Lexeme | None:
        return self.lexemes[index] if 0 <= index < len(self.lexemes) else None

    def kinds(self, index: int, *kinds: str) -> bool:
        return all((item := self.at(index + i)) is not None and item.kind == kind for i, kind in enumerate(kinds))

    def glued(self, index: int, count: int) -> bool:
        """Whether `count` lexemes from `index` on stand without white space between."""
        return all((item := self.at(index + i)) is not None and item.glued for i in range(1, count))

    def number(self, index: int, low: int, high: int) -> int | None:
        item = self.at(index)
        if item is None or item.kind != "num" or len(item.text) > 2 or not low <= int(item.value or 0) <= high:
            return None
        return int(item.value or 0)

    def point(self, index: int) -> tuple[Point, int] | None:
        """The point that begins at a lexeme, by the first form that fits."""
        for form in (self.iso, self.numeric_day, self.worded_day, self.month_fraction, self.quarter, self.worded_month):
            if found := form(index):
                return found
        for form in (self.turn, self.worded_season, self.relative, self.worded_year, self.year_first, self.bare_year):
            if found := form(index):
                return found
        return self.clipped_year(index)

    def iso(self, index: int) -> tuple[Point, int] | None:
        """2021-11-15"""
        if not (_is_year(self.at(index)) and self.kinds(index, "num", "dash", "num", "dash", "num")):
            return None
        month, day = self.number(index + 2, 1, 12), self.number(index + 4, 1, 31)
        if month is None or day is None or not self.glued(index, 5) or len(self.lexemes[index + 2].text) != 2:
            return None
        return Point("day", _year(self.lexemes[index]), month, day), index + 5

    def numeric_day(self, index: int) -> tuple[Point, int] | None:
        """15.11.2021 · 15.11. 2021 · 15.11.21 · 7.6. · 15.11"""
        day, month = self.number(index, 1, 31), self.number(index + 2, 1, 12)
        if day is None or month is None or not self.kinds(index, "num", "dot", "num"):
            return None
        before = self.at(index - 1)
        if before is not None and self.lexemes[index].glued and before.kind not in ("dash", "word", "year"):
            return None
        if not self.lexemes[index + 1].glued:
            return None
        year = self.at(index + 4)
        if self.kinds(index + 3, "dot", "num") and (_is_year(year) or (_is_short_year(year) and self.glued(index, 5))):
            return Point("day", _year(self.lexemes[index + 4]), month, day), index + 5
        if self.kinds(index + 3, "dot") and self.lexemes[index + 3].glued:
            after = self.at(index + 4)
            closes = after is None or after.text[0].isupper()
            if not closes:
                return Point("day", None, month, day), index + 4
        if len(self.lexemes[index].text) == 2 and len(self.lexemes[index + 2].text) == 2:
            return Point("day", None, month, day), index + 3
        return None

    def worded_day(self, index: int) -> tuple[Point, int] | None:
        """3. toukokuuta 2021 · 1. päivänä tammikuuta 2022 · tammikuun 12. päivänä 2021"""
        day = self.number(index, 1, 31)
        if day is not None and self.kinds(index, "num", "dot"):
            after = index + 3 if self.kinds(index + 2, "day") else index + 2
            month = self.at(after)
            if month is not None and month.kind == "month":
                return self._with_year(Point("day", None, int(month.value or 0), day), after + 1)
        month = self.at(index)
        day = self.number(index + 1, 1, 31)
        if month is not None and month.kind == "month" and day is not None and self.kinds(index + 2, "dot", "day"):
            return self._with_year(Point("day", None, int(month.value or 0), day), index + 4)
        return None

    def month_fraction(self, index: int) -> tuple[Point, int] | None:
        """5/21 · 11/2021"""
        month, year = self.number(index, 1, 12), self.at(index + 2)
        if month is None or not self.kinds(index, "num", "slash", "num") or not self.glued(index, 3):
            return None
        after = self.at(index + 3)
        if after is not None and after.glued and after.kind in ("slash", "num"):
            return None
        if _is_year(year) or _is_short_year(year):
            return Point("month", _year(self.lexemes[index + 2]), month), index + 3
        return None

    def year_first(self, index: int) -> tuple[Point, int] | None:
        """2021 kevät · 2022 toukokuu"""
        item = self.at(index + 1)
        if not _is_year(self.at(index)) or item is None or item.kind not in ("season", "month") or item.case != "Nom":
            return None
        if item.mod or _is_year(self.at(index + 2)) or index in self.is_quantity:
            return None
        year = _year(self.lexemes[index])
        if item.kind == "season":
            return Point("season", year, season=str(item.value)), index + 2
        return Point("month", year, int(item.value or 0)), index + 2

    def quarter(self, index: int) -> tuple[Point, int] | None:
        """Q3/2022 · vuoden 2022 kolmannella neljänneksellä · vuoden 2022 ensimmäisellä puoliskolla"""
        if self.kinds(index, "quarter", "num") and (unit := self.number(index + 1, 1, 4)):
            after = index + 3 if self.kinds(index + 2, "slash") else index + 2
            if _is_year(self.at(after)):
                return Point("quarter", _year(self.lexemes[after]), unit), after + 1
        first = index + 1 if self.kinds(index, "year") else index
        for grain in _PARTS_OF_YEAR:
            if _is_year(self.at(first)) and self.kinds(first + 1, "ordinal", grain):
                return Point(grain, _year(self.lexemes[first]), _part_number(self.lexemes[first + 1], grain)), first + 3
        return None

    def worded_month(self, index: int) -> tuple[Point, int] | None:
        """toukokuussa 2021 · kesäkuussa 22 · elokuun lopussa · tammikuun 2022 alusta · elokuussa"""
        month = self.at(index)
        if month is None or month.kind != "month":
            return None
        return self._with_year(Point("month", None, int(month.value or 0), mod=month.mod), index + 1, short=True)

    def worded_season(self, index: int) -> tuple[Point, int] | None:
        """syksyllä 2021 · syksyn 22 · loppukesästä · keväällä"""
        season = self.at(index)
        if season is None or season.kind != "season":
            return None
        return self._with_year(Point("season", None, season=str(season.value), mod=season.mod), index + 1, short=True)

    def turn(self, index: int) -> tuple[Point, int] | None:
        """vuodenvaihteessa 2021–2022 · 2022–2023 vuoden vaihteen · v. 2021, 2022 vaihteessa · vuoden vaihteessa"""
        first = index
        if self.kinds(first, "year", "turn_word"):
            first += 1
        if self.kinds(first, "turn") or (first > index and self.kinds(first, "turn_word")):
            years = self._two_years(first + 1)
            if years:
                return Point("turn", years[0]), years[1]
            if _is_year(self.at(first + 1)):
                return Point("turn", _year(self.lexemes[first + 1]) - 1), first + 2
            return Point("turn"), first + 1
        if self.kinds(first, "year"):
            first += 2 if self.kinds(first + 1, "dot") else 1
        years = self._two_years(first)
        if years:
            after = years[1] + 1 if self.kinds(years[1], "year", "turn_word") else years[1]
            if self.kinds(after, "turn") or self.kinds(after, "turn_word"):
                return Point("turn", years[0]), after + 1
        return None

    def _two_years(self, index: int) -> tuple[int, int] | None:
        joint = self.at(index + 1)
        if _is_year(self.at(index)) and joint is not None and joint.kind in ("dash", "comma", "slash", "and"):
            second = self.at(index + 2)
            if _is_year(second) or (_is_short_year(second) and self.glued(index, 3)):
                return _year(self.lexemes[index]), index + 3
        return None

    def relative(self, index: int) -> tuple[Point, int] | None:
        """viime vuonna · ensi keväänä · edellisen vuoden lopussa · viime toukokuussa"""
        word = self.at(index)
        if word is None or word.kind != "relative":
            return None
        noun, shift = self.at(index + 1), int(word.value or 0)
        if noun is None:
            return None
        if noun.kind == "year" and self.kinds(index + 2, "ordinal"):
            for grain in _PARTS_OF_YEAR:
                if self.kinds(index + 3, grain):
                    return Point(grain, unit=_part_number(self.lexemes[index + 2], grain), shift=shift), index + 4
        if noun.kind == "year":
            return self._with_part(Point("year", shift=shift, mod=noun.mod), index + 2)
        if noun.kind == "season":
            return self._with_part(Point("season", season=str(noun.value), shift=shift, mod=noun.mod), index + 2)
        if noun.kind == "month":
            return self._with_part(Point("month", unit=int(noun.value or 0), shift=shift, mod=noun.mod), index + 2)
        return None

    def worded_year(self, index: int) -> tuple[Point, int] | None:
        """vuonna 2021 · v. 2022 · loppuvuodesta 2021 · vuoden 2021 lopulla · loppuvuoden · vuoden alussa"""
        word = self.at(index)
        if word is None or word.kind != "year":
            return None
        after = index + 1
        is_short_form = word.text.lower().rstrip(".") in ("v", "vv")
        if is_short_form and self.kinds(after, "dot"):
            after += 1
        if self.kinds(after, "part") and not is_short_form and not word.mod:
            mod = str(self.lexemes[after].value)
            if _is_year(self.at(after + 1)):
                return Point("year", _year(self.lexemes[after + 1]), mod=mod), after + 2
            return Point("year", mod=mod), after + 1
        if _is_year(self.at(after)):
            return self._with_part(Point("year", _year(self.lexemes[after]), mod=word.mod), after + 1)
        if word.mod:
            return Point("year", mod=word.mod), after
        return None

    def bare_year(self, index: int) -> tuple[Point, int] | None:
        """2021 · 2022 lopulla · 2022 vuoden · 2020-luvulla"""
        item = self.at(index)
        if not _is_year(item) or item is None or index in self.is_quantity:
            return None
        before, after = self.at(index - 1), self.at(index + 1)
        if before is not None and before.kind == "num" and len(before.text) == 3:
            return None  # a telephone number's last group
        if before is not None and before.kind == "comparator":
            return None  # noin 2000 ihmistä
        if before is not None and item.glued and before.kind in ("slash", "dot", "comma", "num"):
            return None
        if (
            after is not None
            and after.glued
            and (after.kind == "slash" or (after.kind == "comma" and self._digit(index + 2)))
        ):
            return None
        if (
            after is not None
            and after.glued
            and after.kind == "dot"
            and self._digit(index + 2)
            and self.glued(index, 3)
        ):
            return None
        if self.kinds(index + 1, "dash", "decade") and self.glued(index, 3):
            return Point("decade", _year(item)), index + 3
        if after is not None and after.kind == "year" and after.mod is None and not after.glued:
            following = self.at(index + 2)
            if following is None or not _is_year(following):
                return Point("year", _year(item)), index + 2
        return self._with_part(Point("year", _year(item)), index + 1)

    def _digit(self, index: int) -> bool:
        item = self.at(index)
        return item is not None and item.kind == "num"

    def clipped_year(self, index: int) -> tuple[Point, int] | None:
        """-22 alusta · syksyn -21"""
        if not (self.kinds(index, "dash", "num") and _is_short_year(self.at(index + 1)) and self.glued(index, 2)):
            return None
        if self.lexemes[index].glued or not self.kinds(index + 2, "part"):
            return None
        return self._with_part(Point("year", _year(self.lexemes[index + 1])), index + 2)

    def _with_year(self, point: Point, index: int, short: bool = False) -> tuple[Point, int]:
        """A month, season or day with the part word and the year behind it, in either order."""
        point, index = self._with_part(point, index)
        item, after = self.at(index), index
        if item is not None and item.kind == "year" and item.mod is None and _is_year(self.at(index + 1)):
            return replace(point, year=_year(self.lexemes[index + 1])), index + 2
        if index not in self.is_quantity and self._names_year(index, short):
            after = index + 1
        elif short and self.kinds(index, "dash", "num") and self._is_clipped(index):
            index, after = index + 1, index + 2
        if after == index or (after == index + 1 and not self._digit(index)):
            return point, index
        return self._with_part(replace(point, year=_year(self.lexemes[index])), after)

    def _names_year(self, index: int, short: bool) -> bool:
        item = self.at(index)
        return _is_year(item) or (short and _is_short_year(item) and not self._is_day_or_more(index))

    def _is_clipped(self, index: int) -> bool:
        """Whether a dash opens a clipped year: "syksyn -21"."""
        dash, year = self.lexemes[index], self.lexemes[index + 1]
        return not dash.glued and year.glued and _is_short_year(year)

    def _is_day_or_more(self, index: int) -> bool:
        """Whether a two-digit number goes on as something else than a year: 12.5., 22/23, 22 %."""
        after = self.at(index + 1)
        return after is not None and after.glued and after.kind in ("slash", "comma") and self._digit(index + 2)

    def _with_part(self, point: Point, index: int) -> tuple[Point, int]:
        item = self.at(index)
        if item is not None and item.kind == "part" and point.mod is None and not item.text.lower().startswith("alka"):
            return replace(point, mod=str(item.value)), index + 1
        return point, index

    # Ranges

    def expression(self, index: int) -> tuple[Point, Point | None, int] | None:
        """A point or a range that begins at a lexeme."""
        for form in (self.turn_only, self.month_pair, self.day_pair, self.stem_pair):
            if found := form(index):
                return found
        head = self.point(index)
        if head is None:
            return None
        begin, after = head
        if begin.year is None and begin.shift is None and after == index + 1 and not self._is_adverbial(index):
            return None
        if self.kinds(after, "dash"):
            tail = self.point(after + 1)
            if (
                tail is None
                and begin.grain == "year"
                and _is_short_year(self.at(after + 1))
                and self.glued(after - 1, 3)
            ):
                tail = Point("year", _year(self.lexemes[after + 1])), after + 2
            if tail is not None and _may_join(begin, tail[0]):
                end = tail[0]
                if begin.year is None and begin.shift is None and end.year is not None:
                    begin = replace(begin, year=_year_before(begin, end))
                return begin, end, tail[1]
        return begin, None, after

    def _is_adverbial(self, index: int) -> bool:
        """Whether a bare month or season can tell when: not in the partitive ("kesää"), not as a subject ("syksy")."""
        lexeme = self.lexemes[index]
        return lexeme.case not in ("Par", "Nom") or lexeme.text.isupper()

    def turn_only(self, index: int) -> tuple[Point, Point | None, int] | None:
        found = self.turn(index)
        return (found[0], None, found[1]) if found else None

    def month_pair(self, index: int) -> tuple[Point, Point | None, int] | None:
        """1-2/21 · 09-11/2021"""
        first, last = self.number(index, 1, 12), self.number(index + 2, 1, 12)
        if first is None or last is None or not self.kinds(index, "num", "dash", "num", "slash", "num"):
            return None
        year = self.at(index + 4)
        if not (_is_year(year) or _is_short_year(year)) or not self.glued(index + 2, 3) or first >= last:
            return None
        number = _year(self.lexemes[index + 4])
        return Point("month", number, first), Point("month", number, last), index + 5

    def day_pair(self, index: int) -> tuple[Point, Point | None, int] | None:
        """12.–14.5.2022 · 1.9.–31.10.2021"""
        first = self.number(index, 1, 31)
        if first is None or not self.kinds(index, "num", "dot"):
            return None
        if self.kinds(index + 2, "dash") and (tail := self.numeric_day(index + 3)) and tail[0].grain == "day":
            end = tail[0]
            if end.year is not None and first < int(end.day or 0):
                return replace(end, day=first), end, tail[1]
        head = self.numeric_day(index)
        if head is not None and head[0].year is None and self.kinds(head[1], "dash"):
            tail = self.numeric_day(head[1] + 1)
            if tail is not None and tail[0].year is not None:
                return replace(head[0], year=_year_before(head[0], tail[0])), tail[0], tail[1]
        return None

    def stem_pair(self, index: int) -> tuple[Point, Point | None, int] | None:
        """elo-syyskuussa 2022 · tammi- helmikuussa 2021 · heinä–syyskuussa 2021 · touko- ja kesäkuussa"""
        item = self.at(index)
        if item is not None and item.kind == "months":
            first, last = (int(part) for part in str(item.value).split("-"))
            end, after = self._with_year(Point("month", None, last), index + 1, short=True)
        elif item is not None and (item.kind == "month_stem" or (item.kind == "season" and item.value in ("SU", "FA"))):
            joint = self.at(index + 1)
            month = index + 2 if joint is not None and joint.kind in ("dash", "and") else index + 1
            if month == index + 1 and not item.text.endswith("-"):
                return None
            target = self.at(month)
            if target is None or target.kind != "month" or (item.kind == "season" and not self._stem_before(index)):
                return None
            first = {"SU": 6, "FA": 9}[str(item.value)] if item.kind == "season" else int(item.value or 0)
            end, after = self._with_year(Point("month", None, int(target.value or 0)), month + 1, short=True)
        else:
            return None
        begin = replace(end, unit=first, mod=None)
        if end.year is not None and first > int(end.unit or 0):
            begin = replace(begin, year=end.year - 1)
        return begin, end, after

    def _stem_before(self, index: int) -> bool:
        """Whether kesä or syys stands as a month's stem: its bare form right before a dash."""
        return self.lexemes[index].text.lower().rstrip("-") in ("kesä", "syys") and (
            self.kinds(index + 1, "dash") or self.lexemes[index].text.endswith("-")
        )


def _may_join(begin: Point, end: Point) -> bool:
    """Whether two points around a dash are one range: the end names its year, or both leave it open."""
    if end.year is None:
        return begin.year is None and begin.grain == end.grain and begin.grain in ("month", "season")
    if begin.grain == "turn" or end.grain == "turn" or begin.grain == "decade":
        return False
    return begin.year is None or begin.year <= end.year


def _year_before(begin: Point, end: Point) -> int:
    """The year of a range's begin that leaves it out: the end's, or the one before where it would come after."""
    year = int(end.year or 0)
    same = interval(replace(begin, year=year))
    other = interval(end)
    return year - 1 if same and other and same[0] > other[0] else year


# Scanning


def scan(tokens: Sequence[Token]) -> Iterator[Expression]:
    """The time expressions of a run of tokens, in order."""
    items = lexemes(tokens)
    reader = _Reader(items, _quantities(items))
    index = 0
    while index < len(items):
        found = reader.expression(index) if items[index].kind not in _NEVER_FIRST else None
        if found is None:
            index += 1
            continue
        begin, finish, after = found
        yield Expression(Span(items[index].start, items[after - 1].end), begin, finish)
        index = after


_NEVER_FIRST = frozenset(("word", "unit", "comparator", "and", "dot", "comma", "slash", "part", "day", "ordinal"))


def _quantities(items: Sequence[Lexeme]) -> frozenset[int]:
    """Indexes of numbers that count something: a unit or a percent sign stands behind them."""
    return frozenset(
        index
        for index, item in enumerate(items[:-1])
        if item.kind == "num" and items[index + 1].kind == "unit" and items[index + 1].text[0].islower()
    )


def first_date(document: AnalysedDocument, span: Span) -> date | None:
    """The first day of the first expression in a stretch that names its own year."""
    for expression in scan(document.tokens_in(*span)):
        days = interval(expression.begin)
        if days is not None:
            return days[0]
    return None


# Meaning


def interval(point: Point) -> tuple[date, date] | None:
    """First and last day of a point, narrowed by its modifier; None without a year or where the day does not exist."""
    if point.year is None:
        return None
    days = _whole(point)
    return _narrowed(point, *days) if days and point.mod else days


def _whole(point: Point) -> tuple[date, date] | None:
    year = int(point.year or 0)
    if point.grain == "day":
        try:
            day = date(year, int(point.unit or 0), int(point.day or 0))
        except ValueError:
            return None
        return day, day
    if point.grain == "season":
        month = SEASON_MONTHS[str(point.season)]
        return _months(year - 1 if point.season == "WI" else year, month, 3)
    if point.grain == "turn":
        return _months(year, 12, 2)
    first, count = {
        "month": (point.unit or 1, 1),
        "quarter": (3 * (point.unit or 1) - 2, 3),
        "half": (6 * (point.unit or 1) - 5, 6),
        "year": (1, 12),
        "decade": (1, 1200 if year % 100 == 0 and year < 2000 else 120),
    }[point.grain]
    return _months(year, first, count)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from a month on."""
    last = year * 12 + month - 1 + count - 1
    last_year, last_month = divmod(last, 12)
    return date(year, month, 1), date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])


def _narrowed(point: Point, start: date, end: date) -> tuple[date, date]:
    """The first, middle or last third: of a year 4 months, of a season 1, of a month days 1-10, 11-20, 21-last."""
    third = {"START": 0, "MID": 1, "END": 2}[str(point.mod)]
    if point.grain == "month":
        first_day = 1 + 10 * third
        return start.replace(day=first_day), end if third == 2 else start.replace(day=first_day + 9)
    months = {"year": 4, "season": 1, "quarter": 1, "half": 2}.get(point.grain)
    if months is None:
        return start, end
    first = start.year * 12 + start.month - 1 + months * third
    return _months(first // 12, first % 12 + 1, months)


def value(point: Point) -> str:
    """The TIMEX3 value of a point; `XXXX` stands for an unknown year."""
    year = f"{point.year:04d}" if point.year is not None else "XXXX"
    if point.grain == "day":
        return f"{year}-{point.unit:02d}-{point.day:02d}"
    if point.grain == "month":
        return f"{year}-{point.unit:02d}"
    if point.grain == "season":
        return f"{year}-{point.season}"
    if point.grain == "quarter":
        return f"{year}-Q{point.unit}"
    if point.grain == "half":
        return f"{year}-H{point.unit}"
    if point.grain == "turn":
        return f"{year}-12/{point.year + 1:04d}-01" if point.year is not None else "XXXX-12/XXXX-01"
    if point.grain == "decade":
        return year[:2] if year.endswith("00") and year < "2000" else year[:3]
    return year
