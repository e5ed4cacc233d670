"""The terms of the grammars' lexicons, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from extractors.grammar.lexemes import LemmaToken
from extractors.grammar.openings import LEXICONS
from lexicons import Entry, needs
from lexicons.matcher import stands_as

_MONTH_STEMS = needs("time_words", groups=["month_prefix"])
_SHORT_MONTHS = needs("time_words", groups=["month_short"])


@cache
def terms(lexicon: str) -> dict[str, Entry]:
    """The entries of a lexicon by their terms; where a term stands twice the later entry holds."""
    return {term.text: entry for entry in LEXICONS[lexicon].entries for term in entry.terms}


@cache
def unit_terms() -> dict[str, tuple[Entry, str]]:
    """Unit words and comparators of one word, with their own spelling."""
    return {
        term.text.lower(): (entry, term.text)
        for entry in LEXICONS["units"].entries
        for term in entry.terms
        if " " not in term.text and entry.group not in ("index_name", "comparator_behind")
    }


@cache
def month_stems() -> dict[str, int]:
    """The stems of the months, some of them words of their own: kesä, joulu."""
    return {term.text: int(entry.value or 0) for entry in _MONTH_STEMS.entries for term in entry.terms}


@cache
def short_months() -> frozenset[str]:
    """The abbreviations of the months."""
    return frozenset(_SHORT_MONTHS.texts)


SHORTEST_HIDDEN = 3
"""Letters of a term that is found by another of a word's readings; shorter ones (h, kk, v) are abbreviations.
Those of `durations` have up to as many (vrk, min)."""


@cache
def _fixed(lexicon: str) -> frozenset[str]:
    """The terms of a lexicon that stand for this very form of theirs: päästä and not päässeet."""
    fixed = {term.text: bool(term.fixed) for entry in LEXICONS[lexicon].entries for term in entry.terms}
    return frozenset(text for text, is_fixed in fixed.items() if is_fixed)


def is_fixed(lexicon: str, term: str) -> bool:
    """Whether a term is found as it stands only."""
    return term in _fixed(lexicon)


def find(lexicon: str, token: LemmaToken, keys: Iterable[str]) -> Entry | None:
    """The entry of the first of some base forms that is a term; a fixed one only as it stands in the text."""
    known = terms(lexicon)
    for key in keys:
        entry = known.get(key)
        if entry is not None and (not is_fixed(lexicon, key) or stands_as(key, token.text)):
            return entry
    return None


def plain(value: float | str | bool | None) -> int | str | None:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return int(value)
    return value if isinstance(value, str) else None
