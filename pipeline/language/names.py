"""Names of persons by their forms: what Voikko takes one for, its base forms, whether it is a form of another."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import regex

from pipeline.language.lemmatiser import word_readings
from pipeline.language.morphology import MAX_WORD
from pipeline.language.voikko import CACHE_SIZE, parses

Kind = Literal["given", "family", "place", "common", "unknown"]

_CLASSES: dict[str, Kind] = {"ee": "given", "es": "family", "ep": "place"}
_CLASS = regex.compile(r"\[L(\w+)\]")

_ENDING = regex.compile(
    r"(?:[aeiouyäöå]{0,2}(?:n|t|a|ä|ta|tä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|na|nä|hin|h[aeiouyäö]n|seen|en))?"
    r"(?:kin|kaan|kään|ko|kö)?"
)

_SHORTEST = 3
"""Letters of a base from which on a longer word may be a form of it by its ending."""


@lru_cache(CACHE_SIZE)
def kinds(word: str) -> frozenset[Kind]:
    """What a word can be as Voikko reads it: `common` is any word but a name, `unknown` one that it has not.

    Capitals throughout count as one at the beginning. Raises VoikkoMissing where there is no Voikko.
    """
    return frozenset(_kind(tags) for tags, _ in _parses(word)) or frozenset(("unknown",))


def _parses(word: str) -> list[tuple[str, str]]:
    shown = word.capitalize() if word.isupper() else word
    return [(parse.tags, parse.base) for parse in parses(shown)] if len(shown) <= MAX_WORD else []


def _kind(tags: str) -> Kind:
    match = _CLASS.match(tags)
    return _CLASSES.get(match[1], "common") if match else "common"


@lru_cache(CACHE_SIZE)
def bases(word: str) -> frozenset[str]:
    """A name's base forms, lower case, and the word itself: as a person's where it can be one, else as any word."""
    found = [(_kind(tags), base) for tags, base in _parses(word)]
    persons = [base for kind, base in found if kind in ("given", "family")]
    told = persons or [base for _, base in found] or [one.lemma for one in word_readings(word)[0]]
    return frozenset({word.lower(), *(base.lower() for base in told)})


def is_base(word: str) -> bool:
    """Whether a word stands in its base form, as far as Voikko has it."""
    found = [base.lower() for _, base in _parses(word)]
    return not found or word.lower() in found


def is_form_of(word: str, base: str) -> bool:
    """Whether a word may be a base form with a case ending, where no dictionary tells: Soukkiolle of Soukkio."""
    changed = {"nen": f"{base[:-3]}s", "i": f"{base[:-1]}e"}  # Virtanen, Virtase-; Vuori, Vuore-
    stems = (base, *(stem for ending, stem in changed.items() if base.endswith(ending)))
    return any(
        len(stem) >= _SHORTEST and word.startswith(stem) and _ENDING.fullmatch(word, len(stem)) is not None
        for stem in stems
    )


def plain(name: str) -> str:
    """A name in small letters as addresses spell it: hakoköngäs is hakokongas."""
    return name.translate(_PLAIN)


_PLAIN = str.maketrans("äöåéáóüšž", "aoaeaousz")
