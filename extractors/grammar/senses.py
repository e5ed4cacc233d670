"""What a spelling stands for, wherever it stands: word forms as senses, by the lexicons.

A sense depends on its spelling and base form alone and is kept for the process; most words are passed over by their
first letters (`openings`).
"""

from __future__ import annotations

from extractors.grammar.calendar_words import as_calendar
from extractors.grammar.known import Claim, Known, known_of
from extractors.grammar.lexemes import DASHES, ROMAN, LemmaToken, Sense
from extractors.grammar.openings import may_be_term
from extractors.grammar.terms import month_stems, plain, terms
from lexicons import needs

# The groups become kinds of lexemes, by which the rules of the grammar know them.
needs(
    "time_words",
    groups=[
        "month",
        "months",
        "month_short",
        "month_prefix",
        "month_noun",
        "season",
        "year",
        "turn",
        "turn_word",
        "since",
    ],
)
needs(
    "time_words",
    groups=[
        "during",
        "week_mark",
        "budget",
        "relative",
        "told",
        "relative_year",
        "relative_quarter",
        "deictic",
        "quarter",
        "half",
    ],
)
needs(
    "time_words", groups=["before", "toward", "last", "day", "week", "weekend", "decade", "ten_years", "hundred_years"]
)
needs("time_words", groups=["thousand_years", "and", "or", "whole", "new", "eve", "era", "weekday", "weekday_short"])
needs("time_words", groups=["holiday", "to_hour", "clock"])
needs(
    "durations",
    groups=[
        "time_unit",
        "long_time",
        "near_time",
        "ago",
        "later",
        "set",
        "each",
        "times",
        "n_times",
        "vague",
        "age_year",
        "of_age",
    ],
)
needs("durations", groups=["last_n", "next_n", "interval", "between", "between_two", "within"])
needs("numbers", groups=["scale", "ordinal", "fraction", "form", "rough"])
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
        return Sense("word", None, text, case=token.case, plural=token.number == "Plur")
    key = (text, token.lemma, token.pos, token.case, token.number)
    sense = _SENSES.get(key)
    if sense is None:
        if len(_SENSES) >= KEPT:
            _SENSES.clear()
        sense = _SENSES[key] = _sense(token)
    return sense


def _sense(token: LemmaToken) -> Sense:
    known = known_of(token)
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


def _month_before_dash(token: LemmaToken, claim: Claim) -> int | None:
    """The month that a word names before a dash: tammi, toukokuu-, kesä."""
    if claim.kind == "month_stem":
        return int(claim.value or 0)
    return month_stems().get(token.text.lower().rstrip("-"))


def _as_tail(known: Known) -> Claim | None:
    """-vuotinen, -ohjelma: the tail of a compound"""
    return _as_word(known) if known.token.text[0] in DASHES else None


def _as_word(known: Known) -> Claim:
    is_length = known.duration is not None and known.duration.group == "years_long"
    return Claim("word", plain(known.duration.value) if known.duration is not None and is_length else None)


def _as_set(known: Known) -> Claim | None:
    """vuosittain"""
    is_set = known.duration is not None and known.duration.group == "set"
    return Claim("set", plain(known.duration.value)) if known.duration is not None and is_set else None


_ASIDE = frozenset(("time_unit", "last_n", "next_n", "vague", "age", "years_long", "of_age"))
"""Groups of `durations` whose words are also others; they stand in `group` alone."""


def _as_duration(known: Known) -> Claim | None:
    """sitten, kerta, vuosikausi"""
    if known.duration is None or known.duration.group in _ASIDE:
        return None
    return Claim(str(known.duration.group), plain(known.duration.value))


def _as_unit(known: Known) -> Claim | None:
    """kpl, euro; noin"""
    if known.unit is None:
        return None
    return Claim("comparator" if known.unit.group == "comparator" else "unit")


def _as_ordinal(known: Known) -> Claim | None:
    """kolmas"""
    return Claim("ordinal", known.ordinal) if known.ordinal is not None and not known.is_counted else None


def _as_number(known: Known) -> Claim | None:
    """kolme, miljoona"""
    return Claim("number") if known.is_counted else None


def _as_fraction(known: Known) -> Claim | None:
    """viidesosa"""
    return Claim("fraction") if known.fraction is not None else None


def _as_vague(known: Known) -> Claim | None:
    """muutama"""
    is_vague = known.duration is not None and known.duration.group == "vague"
    return Claim("vague", plain(known.duration.value)) if known.duration is not None and is_vague else None


def _as_adjective(known: Known) -> Claim | None:
    """kuusivuotias, monivuotinen: an age or a length with its number inside"""
    if known.adjective is None:
        return None
    entry, _ = known.adjective
    return Claim(str(entry.group), plain(entry.value))


def _as_reference(known: Known) -> Claim | None:
    """laki, nro; vaalit"""
    if known.reference is None:
        return None
    return Claim("event" if known.reference == "event" else "reference", known.reference)


def _as_roman(known: Known) -> Claim | None:
    """III"""
    number = ROMAN.get(known.token.text)
    return Claim("roman", number) if number is not None else None


_CLAIMS = (
    _as_tail,
    _as_set,
    as_calendar,
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
