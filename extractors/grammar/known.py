"""What each of the lexicons knows of a word, by its base forms; `senses` chooses among it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extractors.grammar.lexemes import LemmaToken
from extractors.grammar.number_words import number_word, rough_number
from extractors.grammar.terms import SHORTEST_HIDDEN, find, is_fixed, terms, unit_terms
from lexicons import Entry, needs
from lexicons.matcher import stands_as

_ADJECTIVES = needs("durations", groups=["age", "years_long"])


class Known(NamedTuple):
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


def known_of(token: LemmaToken) -> Known:
    lemma = token.lemma.lower().strip("-")
    reference = _reference(token, lemma)
    unit, unit_text = (None, None) if _is_mark(token, lemma) else _unit(token, lemma)
    adjective = _compound_adjective(lemma)
    duration = adjective[0] if adjective is not None else _duration(token, lemma)
    return Known(token, lemma, adjective, duration, unit, unit_text, reference, **_numbers(token, lemma))  # type: ignore[arg-type]


_ASIDE = ("form", "rough", "phrase", "ordinal_ending")
"""Groups of `numbers` whose terms are no number words by themselves."""


def _numbers(token: LemmaToken, lemma: str) -> dict[str, float]:
    """The fields `number`, `scale`, `ordinal` and `fraction` of a word; empty for words that are none of these."""
    found: dict[str, float] = {}
    text = token.text.lower()
    hidden = sorted(token.lemmas) if token.pos not in ("ADV", "VERB", "NOUN") else ()
    for keys in ((lemma, text), hidden):
        for key in keys:
            entry = terms("numbers").get(key)
            if entry is not None and entry.group not in _ASIDE and isinstance(entry.value, float | int):
                name = entry.group or "number"
                found.setdefault(name, int(entry.value) if name == "ordinal" else float(entry.value))
        if not found and (token.pos not in ("ADV", "VERB", "PROPN") or (text == token.text and rough_number(text))):
            total = number_word(lemma) or number_word(text) or rough_number(text)
            found = {"number": total} if total is not None else {}
    return found


def _unit(token: LemmaToken, lemma: str) -> tuple[Entry | None, str | None]:
    """The unit or comparator that a word is, and the term; short ones only by the lemma or as they stand."""
    sure = (lemma, token.text.lower())
    for key in (*sure, *sorted(token.lemmas)):
        entry, text = unit_terms().get(key, (None, None))
        is_sure = key in sure or len(key) >= SHORTEST_HIDDEN
        if text is not None and text != text.lower() and text != token.text:
            continue  # Me are millions of euros, me is a pronoun
        if entry is not None and is_sure and (not is_fixed("units", key) or stands_as(key, token.text)):
            return entry, text
    return None, None


def _is_mark(token: LemmaToken, lemma: str) -> bool:
    """Whether a word is a mark that is no unit despite its base form: MM beside mm, N:o beside n.

    5 mm → 5 mm
    5 MM → 5
    """
    references, text = terms("references"), token.text.lower()
    if text in references and text not in unit_terms():
        return True
    return token.text.isupper() and len(text) == 2 and lemma in references


def _reference(token: LemmaToken, lemma: str) -> str | None:
    """The group of a word beside which numbers are identifiers; marks of documents (HE, MmVM) have capitals."""
    entry = find("references", token, (lemma, token.text.lower()))
    if entry is None or (entry.value == "capitals" and sum(map(str.isupper, token.text)) < 2):
        return None
    return str(entry.group)


def _duration(token: LemmaToken, lemma: str) -> Entry | None:
    """The entry of `durations` that a word is a form of; by other readings no abbreviation (vrk, min)."""
    text = token.text.lower()
    if len(text) == 1 and token.text.isupper():
        return None  # 5 V, 20 T
    return (
        find("durations", token, (lemma, text))
        or _tail_adjective(text.lstrip("-"))
        or find("durations", token, (key for key in sorted(token.lemmas) if len(key) > SHORTEST_HIDDEN))
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


class Claim(NamedTuple):
    """What a word is to be read as."""

    kind: str
    value: int | str | None = None
    mod: str | None = None
