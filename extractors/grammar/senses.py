"""What a spelling stands for, wherever it stands: word forms as senses, by the lexicons.

A sense depends on its spelling and base form alone and is kept for the process; most words are passed over by their
first letters (`openings`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from extractors.grammar.lexemes import DASHES, ROMAN, LemmaToken, Sense
from extractors.grammar.number_words import number_word
from extractors.grammar.openings import LEXICONS, may_be_term
from lexicons import Entry, Words, needs
from lexicons.matcher import stands_as

_MONTH_STEMS = needs("time_words", groups=["month_prefix"])
_PARTS = needs("time_words", groups=["part"])
_DAY_PARTS = needs("time_words", groups=["day_part"])
_ADJECTIVES = needs("durations", groups=["age", "years_long"])

# The groups become kinds of lexemes, by which the rules of the grammar know them.
needs("time_words", groups=["month", "month_prefix", "month_noun", "season", "year", "turn", "turn_word", "since"])
needs("time_words", groups=["relative", "told", "relative_year", "relative_quarter", "deictic", "quarter", "half"])
needs("time_words", groups=["last", "day", "week", "weekend", "decade", "ten_years", "hundred_years"])
needs("time_words", groups=["thousand_years", "and", "or", "whole", "new", "eve", "era", "weekday", "weekday_short"])
needs("time_words", groups=["holiday", "clock"])
needs("durations", groups=["time_unit", "long_time", "near_time", "ago", "later", "set", "each", "times", "vague"])
needs("durations", groups=["last_n", "next_n", "interval", "between", "between_two", "within"])
needs("numbers", groups=["scale", "ordinal", "fraction"])
needs("units", groups=["share", "count", "money", "duration", "index", "measure"])
needs("references", groups=["law", "document", "number", "goal", "label", "event", "phone", "address"])

KEPT = 100_000
"""Word forms whose senses are kept; a region's exports hold a fifth of this."""

_SENSES: dict[tuple[str, str, str, str | None, str | None], Sense] = {}


def forget_senses() -> None:
    """Begin anew, as a process does: for benchmarks."""
    _SENSES.clear()


def sense_of(token: LemmaToken) -> Sense:
    """The sense of a word, by its base forms; kept for the spelling, the lemma, its class, case and number."""
    text = token.text
    if not may_be_term(text):
        return Sense("word", None, text, case=token.case)
    key = (text, token.lemma, token.pos, token.case, token.number)
    sense = _SENSES.get(key)
    if sense is None:
        if len(_SENSES) >= KEPT:
            _SENSES.clear()
        sense = _SENSES[key] = _sense(token)
    return sense


# Terms


@cache
def terms(lexicon: str) -> dict[str, Entry]:
    """The entries of a lexicon by their terms; where a term stands twice the later entry holds."""
    return {term.text: entry for entry in LEXICONS[lexicon].entries for term in entry.terms}


@cache
def _units() -> dict[str, tuple[Entry, str]]:
    """Unit words and comparators of one word, with their own spelling."""
    return {
        term.text.lower(): (entry, term.text)
        for entry in LEXICONS["units"].entries
        for term in entry.terms
        if " " not in term.text and entry.group != "index_name"
    }


@cache
def month_stems() -> dict[str, int]:
    """The stems of the months, some of them words of their own: kesä, joulu."""
    return {term.text: int(entry.value or 0) for entry in _MONTH_STEMS.entries for term in entry.terms}


@cache
def _fixed(lexicon: str) -> frozenset[str]:
    """The terms of a lexicon that stand for this very form of theirs: päästä and not päässeet."""
    fixed = {term.text: bool(term.fixed) for entry in LEXICONS[lexicon].entries for term in entry.terms}
    return frozenset(text for text, is_fixed in fixed.items() if is_fixed)


def _found(lexicon: str, token: LemmaToken, keys: Iterable[str]) -> Entry | None:
    """The entry of the first of some base forms that is a term; a fixed one only as it stands in the text."""
    known = terms(lexicon)
    for key in keys:
        entry = known.get(key)
        if entry is not None and (key not in _fixed(lexicon) or stands_as(key, token.text)):
            return entry
    return None


# What the lexicons know of a word


class _Known(NamedTuple):
    """What each lexicon knows of a word.

    `adjective` is the one of age or length that ends a compound, with the number inside it, None for a vague one.
    `number`, `scale`, `ordinal` and `fraction` are those of the number word that it is.
    """

    token: LemmaToken
    lemma: str
    adjective: tuple[Entry, float | None] | None
    duration: Entry | None
    unit: Entry | None
    unit_text: str | None
    reference: str | None
    number: float | None = None
    scale: float | None = None
    ordinal: int | None = None
    fraction: float | None = None

    @property
    def is_counted(self) -> bool:
        return self.number is not None or self.scale is not None


def _known(token: LemmaToken) -> _Known:
    lemma = token.lemma.lower().strip("-")
    reference = _reference(token, lemma)
    unit, unit_text = (None, None) if _is_mark(token, lemma) else _unit(token, lemma)
    adjective = _compound_adjective(lemma)
    duration = adjective[0] if adjective is not None else _duration(token, lemma)
    return _Known(token, lemma, adjective, duration, unit, unit_text, reference, **_numbers(token, lemma))  # type: ignore[arg-type]


def _numbers(token: LemmaToken, lemma: str) -> dict[str, float]:
    """The fields `number`, `scale`, `ordinal` and `fraction` of a word; empty for words that are none of these."""
    found: dict[str, float] = {}
    hidden = sorted(token.lemmas) if token.pos not in ("ADV", "VERB") else ()
    for key in (lemma, token.text.lower(), *hidden):
        if (entry := terms("numbers").get(key)) is not None and isinstance(entry.value, float | int):
            name = entry.group or "number"
            found.setdefault(name, int(entry.value) if name == "ordinal" else float(entry.value))
    if not found and (total := number_word(lemma)) is not None:
        found["number"] = total
    return found


def _unit(token: LemmaToken, lemma: str) -> tuple[Entry | None, str | None]:
    """The unit or comparator that a word is, and the term; short ones only by the lemma or as they stand."""
    sure = (lemma, token.text.lower())
    for key in (*sure, *sorted(token.lemmas)):
        entry, text = _units().get(key, (None, None))
        if (
            entry is not None
            and (len(key) > 2 or key in sure)
            and (key not in _fixed("units") or stands_as(key, token.text))
        ):
            return entry, text
    return None, None


def _is_mark(token: LemmaToken, lemma: str) -> bool:
    """Whether a word is a mark that is no unit despite its base form: MM beside mm, N:o beside n.

    5 mm → 5 mm
    """
    references, text = terms("references"), token.text.lower()
    if text in references and text not in _units():
        return True
    return token.text.isupper() and len(text) == 2 and lemma in references


def _reference(token: LemmaToken, lemma: str) -> str | None:
    """The group of a word beside which numbers are identifiers; marks of documents (HE, MmVM) have capitals."""
    entry = _found("references", token, (lemma, token.text.lower()))
    if entry is None or (entry.value == "capitals" and sum(map(str.isupper, token.text)) < 2):
        return None
    return str(entry.group)


def _duration(token: LemmaToken, lemma: str) -> Entry | None:
    """The entry of `durations` that a word is a form of; of other readings only longer words."""
    text = token.text.lower()
    return (
        _found("durations", token, (lemma, text))
        or _tail_adjective(text.lstrip("-"))
        or _found("durations", token, (key for key in sorted(token.lemmas) if len(key) > 3))
    )


def _compound_adjective(lemma: str) -> tuple[Entry, float | None] | None:
    """An adjective of age or length and the number inside it: kuusivuotias; None for a vague one: monivuotinen."""
    for term, entry in _adjectives():
        if lemma.endswith(term) and (head := lemma.removesuffix(term).partition("-")[0]):
            vague = terms("durations").get(head)
            number = number_word(head)
            if number is not None or (vague is not None and vague.group == "vague" and entry.group == "years_long"):
                return entry, number
    return None


@cache
def _adjectives() -> tuple[tuple[str, Entry], ...]:
    """vuotias, vuotinen, kuukautinen: adjectives of age and length."""
    return tuple((term.text, entry) for entry in _ADJECTIVES.entries for term in entry.terms)


_ADJECTIVE_ENDINGS = {"age": "s", "years_long": "nen"}
"""What the base form of an adjective of age or length has behind its stem."""

_STEM_ENDINGS = frozenset("snait")
"""The first letters of the endings behind that stem: vuoti-lle, vuoti-s, vuoti-ta; vuoti-sen, vuoti-nen."""

LONGEST_ENDING = 6
"""Letters of an ending: vuoti|sestaan."""


def _tail_adjective(text: str) -> Entry | None:
    """The adjective of age or length that a form is of (vuotiaille, vuotisen): known by its stem, for dictionaries
    have it as the tail of a compound only."""
    for term, entry in _adjectives():
        stem = term.removesuffix(_ADJECTIVE_ENDINGS[str(entry.group)])
        ending = text.removeprefix(stem)
        if ending != text and ending[:1] in _STEM_ENDINGS and len(ending) <= LONGEST_ENDING:
            return entry
    return None


# Which of them a word is


class _Claim(NamedTuple):
    """What a word is to be read as."""

    kind: str
    value: int | str | None = None
    mod: str | None = None


def _sense(token: LemmaToken) -> Sense:
    known = _known(token)
    claim = next((found for rule in _CLAIMS if (found := rule(known)) is not None), _as_word(known))
    return Sense(
        claim.kind,
        claim.value,
        token.text,
        claim.mod,
        token.case if claim.mod or not _is_hidden(known.lemma, claim.kind) else None,
        token.number == "Plur",
        str(known.duration.value) if known.duration is not None and known.duration.group == "time_unit" else None,
        known.adjective[1] if known.adjective is not None else known.number,
        known.scale,
        known.fraction,
        known.unit,
        known.unit_text,
        str(known.duration.group) if known.duration is not None else None,
        _month_before_dash(token, claim),
    )


def _is_hidden(lemma: str, kind: str) -> bool:
    """Whether a word is a year or a week by another reading than the one whose case the token tells (vuoteen)."""
    return kind in ("year", "week", "month_noun") and lemma not in terms("time_words")


def _month_before_dash(token: LemmaToken, claim: _Claim) -> int | None:
    """The month that a word names before a dash: tammi, toukokuu-, kesä."""
    if claim.kind == "month_stem":
        return int(claim.value or 0)
    return month_stems().get(token.text.lower().rstrip("-"))


def _as_tail(known: _Known) -> _Claim | None:
    """-vuotinen, -ohjelma: the tail of a compound"""
    return _as_word(known) if known.token.text[0] in DASHES else None


def _as_word(known: _Known) -> _Claim:
    is_length = known.duration is not None and known.duration.group == "years_long"
    return _Claim("word", _plain(known.duration.value) if known.duration is not None and is_length else None)


def _as_set(known: _Known) -> _Claim | None:
    """vuosittain"""
    is_set = known.duration is not None and known.duration.group == "set"
    return _Claim("set", _plain(known.duration.value)) if known.duration is not None and is_set else None


def _as_calendar(known: _Known) -> _Claim | None:
    """toukokuu, alkuvuosi, elo-syyskuu, perjantai-ilta; a compound by its parts"""
    if known.number:
        return None
    token, lemma = known.token, known.lemma
    keys = (lemma, token.text, token.text.lower())
    entry = _found("time_words", token, keys) or _other_reading(token)
    if entry is not None:
        return _calendar_word(entry, token)
    if months := _two_months(lemma):
        return _Claim("months", months)
    if with_part := _with_part_inside(token):
        mod, entry = with_part
        return _Claim(str(entry.group), _plain(entry.value), mod)
    if day_time := _with_day_inside(lemma):
        return _Claim("day_time", day_time)
    return None


_ASIDE = frozenset(("time_unit", "last_n", "next_n", "vague", "age", "years_long"))
"""Groups of `durations` whose words are also others; they stand in `group` alone."""


def _as_duration(known: _Known) -> _Claim | None:
    """sitten, kerta, vuosikausi"""
    if known.duration is None or known.duration.group in _ASIDE:
        return None
    return _Claim(str(known.duration.group), _plain(known.duration.value))


def _as_unit(known: _Known) -> _Claim | None:
    """kpl, euro; noin"""
    if known.unit is None:
        return None
    return _Claim("comparator" if known.unit.group == "comparator" else "unit")


def _as_ordinal(known: _Known) -> _Claim | None:
    """kolmas"""
    return _Claim("ordinal", known.ordinal) if known.ordinal is not None and not known.is_counted else None


def _as_number(known: _Known) -> _Claim | None:
    """kolme, miljoona"""
    return _Claim("number") if known.is_counted else None


def _as_fraction(known: _Known) -> _Claim | None:
    """viidesosa"""
    return _Claim("fraction") if known.fraction is not None else None


def _as_vague(known: _Known) -> _Claim | None:
    """muutama"""
    is_vague = known.duration is not None and known.duration.group == "vague"
    return _Claim("vague", _plain(known.duration.value)) if known.duration is not None and is_vague else None


def _as_adjective(known: _Known) -> _Claim | None:
    """kuusivuotias, monivuotinen: an age or a length with its number inside"""
    if known.adjective is None:
        return None
    entry, _ = known.adjective
    return _Claim(str(entry.group), _plain(entry.value))


def _as_reference(known: _Known) -> _Claim | None:
    """laki, nro; vaalit"""
    if known.reference is None:
        return None
    return _Claim("event" if known.reference == "event" else "reference", known.reference)


def _as_roman(known: _Known) -> _Claim | None:
    """III"""
    number = ROMAN.get(known.token.text)
    return _Claim("roman", number) if number is not None else None


_CLAIMS = (
    _as_tail,
    _as_set,
    _as_calendar,
    _as_duration,
    _as_unit,
    _as_ordinal,
    _as_number,
    _as_fraction,
    _as_vague,
    _as_adjective,
    _as_reference,
    _as_roman,
)
"""What a word is read as: the first of these that it may be."""


def _plain(value: float | str | bool | None) -> int | str | None:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return int(value)
    return value if isinstance(value, str) else None


# Words of the calendar

_HIDDEN = frozenset(
    (
        "part",
        "year",
        "and",
        "season",
        "weekday",
        "day_part",
        "relative",
        "told",
        "week",
        "day",
        "holiday",
        "turn",
        "month_noun",
    )
)
"""Groups of the calendar whose words are found by any reading: their forms often have another (alusta, talven)."""


def _other_reading(token: LemmaToken) -> Entry | None:
    """The entry of another of the word's base forms, of the groups whose forms often have one."""
    if token.pos in ("CCONJ", "SCONJ", "NUM"):
        return None
    return _found("time_words", token, (key for key in sorted(token.lemmas) if _is_hidden_term(key)))


def _is_hidden_term(key: str) -> bool:
    entry = terms("time_words").get(key)
    return entry is not None and entry.group in _HIDDEN and len(key) > 2


def _calendar_word(entry: Entry, token: LemmaToken) -> _Claim | None:
    """A word of the calendar. Month stems (heinä) count only before a dash; parts are no verbs, told words no adverbs.

    aiemmin viikolla → XXXX-WXX shift=0
    samalla viikko päättyi → nothing
    """
    if (entry.group == "part" and token.pos == "VERB") or (entry.group == "told" and token.case is None):
        return None
    is_month = entry.group in ("month", "month_prefix")
    is_stem = is_month and (entry.group == "month_prefix" or token.text.endswith("-"))
    return _Claim("month_stem" if is_stem else str(entry.group), _plain(entry.value))


def _two_months(lemma: str) -> str | None:
    """The months from one to another in one word, as numbers around a dash.

    heinä-elokuussa → XXXX-07/XXXX-08
    """
    head, dash, tail = lemma.rpartition("-")
    last = terms("time_words").get(tail)
    if not dash or last is None or last.group not in ("month", "month_prefix"):
        return None
    named = terms("time_words").get(head)
    first = month_stems().get(head) or (named.value if named is not None and named.group == "month" else None)
    return f"{first}-{last.value}" if first is not None else None


_TAILS = frozenset(("month", "season", "year", "week", "weekend", "day_part", "month_noun", "holiday"))
"""Groups of the calendar whose words may have a part inside: alkuvuosi, loppukesä."""


def _with_part_inside(token: LemmaToken) -> tuple[str, Entry] | None:
    """The part and the time word of a compound by any reading; of alkuvuoteen START and vuosi."""
    openings = tuple(text for text, _ in _terms_of(_PARTS))
    for lemma in sorted(token.lemmas):
        if not lemma.startswith(openings):
            continue
        for text, value in _terms_of(_PARTS):
            rest = terms("time_words").get(lemma.removeprefix(text)) if lemma.startswith(text) else None
            if rest is not None and rest.group in _TAILS:
                return value, rest
    return None


@cache
def _terms_of(words: Words) -> tuple[tuple[str, str], ...]:
    """Wordings with their values."""
    return tuple((term.text, str(entry.value)) for entry in words.entries for term in entry.terms)


def _with_day_inside(lemma: str) -> str | None:
    """The weekday and the part of the day in one word; of another day only the part.

    perjantai-iltana → TIME XXXX-WXX-5TEV
    jouluyönä → TIME TNI
    """
    for text, value in _terms_of(_DAY_PARTS):
        day = terms("time_words").get(lemma.removesuffix(text).rstrip("-")) if lemma.endswith(text) else None
        if day is not None and day.group in ("weekday", "holiday", "month_prefix"):
            return f"{day.value if day.group == 'weekday' else ''}{value}"
    return None
