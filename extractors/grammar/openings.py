"""Which words may be terms of the grammars' lexicons, by their first letters alone: most words of a text are not.

A filter before the look-up, for speed: it must let every form of a term through and may let others through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from extractors.grammar.lexemes import ROMAN
from lexicons import Entry, needs

KEPT = 100_000
"""Word forms whose answer is kept: a region's exports hold a fifth of this."""

LEXICONS = {name: needs(name) for name in ("time_words", "durations", "numbers", "units", "references")}

_GRADES = {"k": "kvjh", "p": "pvm", "t": "tdlnr", "s": "sdt"}
"""What a letter near a word's end may become when it is inflected (luku, luvun; sata, sadan; uusi, uuden)."""

_PRONOUNS = ("each", "relative", "vague")
"""Groups of which only two letters are sure: tämä, tähän; joka, jossa."""

_AFTER_TWO_LETTERS = "nhtslik"
"""What an ending begins with behind a word of two letters: yö, yön, yöhön, yötä, yössä, yöllä, yöiden, yöksi."""

_ABBREVIATIONS = ("units", "references", "durations")
"""Lexicons whose terms of three letters are abbreviations, which are found as they stand."""


@lru_cache(KEPT)
def may_be_term(text: str) -> bool:
    """Whether a word may be a form of any term: False for most words of a text."""
    lower = text.lower().partition(":")[0] or text
    if lower in _whole() or not lower[0].isalpha() or text in ROMAN:
        return True
    if lower[-1] in ("a", "ä", "n") and lower[:-1] in _whole():
        return True  # hlöä, pvää
    if lower.partition("-")[0] in _whole():
        return True  # ma-pe
    return any(lower[:length] in openings for length, openings in _openings())


@cache
def _whole() -> frozenset[str]:
    """The terms themselves: abbreviations and fixed forms are found in no other form."""
    return frozenset(term for term, _, _ in _terms())


@cache
def _openings() -> tuple[tuple[int, frozenset[str]], ...]:
    """What the inflected forms of terms begin with, by length."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for term, entry, lexicon in _terms():
        for opening in _openings_of(term, entry, lexicon):
            found[len(opening)].add(opening)
    return tuple((length, frozenset(openings)) for length, openings in sorted(found.items()))


@cache
def _terms() -> tuple[tuple[str, Entry, str], ...]:
    return tuple(
        (term.text.lower(), entry, name)
        for name, words in LEXICONS.items()
        for entry in words.entries
        for term in entry.terms
        if term.text[0].isalpha()
    )


def _openings_of(term: str, entry: Entry, lexicon: str) -> Iterable[str]:
    """What the forms of a term begin with: as many letters as no inflection changes."""
    if len(term) < 4 and (lexicon in _ABBREVIATIONS or (len(term) < 3 and term[-1] not in "öuy")):
        return ()
    if len(term) < 3:
        return [term + letter for letter in _AFTER_TWO_LETTERS]
    if entry.group in _PRONOUNS and len(term) < 6:
        return [term[:2]]
    if term[1:3] == "ks":
        return [term[:3], term[0] + "hd", term[0] + "ht"]  # yksi, yhden, yhtä
    if len(term) < 6 and term[2] in _GRADES:
        return [term[:2] + letter for letter in _GRADES[term[2]] + term[3:4]]
    return [term[: _unchanged(term)]]


def _unchanged(term: str) -> int:
    """How many first letters of a term stay as they are in every form."""
    if len(term) > 7:
        return 5
    return 4 if len(term) > 5 or (len(term) == 5 and term[3] in "jlmnrv") else 3
