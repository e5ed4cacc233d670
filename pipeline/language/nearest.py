"""The word of the dictionary that a misspelt base form was probably meant to be: one letter away, and in common use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.language.frequencies import RARE, zipf_values
from pipeline.language.lemmatiser import pieces
from pipeline.language.morphology import frozen_readings
from pipeline.language.voikko import CACHE_SIZE, Parse, parses

SHORTEST = 7
"""Letters of a word from which on it is doubted: shorter unknown ones are mostly names and abbreviations."""

USED, PART_USED = 2.5, 3.5
"""Zipf values from which on a word counts as common, and each part of a compound that is not listed itself."""

_LETTERS = "abcdefghijklmnoprstuvyäö"


@lru_cache(maxsize=CACHE_SIZE)
def nearest(word: str) -> str | None:
    """The likeliest base form for a word that Voikko lacks; None for known ones and where none is near.

    >>> nearest("terveyskesus"), nearest("yhdenvertasuus"), nearest("terveyskeskus"), nearest("kymsote")
    ('terveyskeskus', 'yhdenvertaisuus', None, None)

    Raises VoikkoMissing where there is no Voikko.
    """
    if len(word) < SHORTEST or not word.isalpha() or is_known(word):
        return None
    found = {close: use for close in _spellings(word) if (use := _use(close)) >= USED}
    return max(found, key=lambda close: (found[close], close)) if found else None


def is_known(word: str) -> bool:
    """Whether a dictionary has the word, or people write it often."""
    if parses(word) or parses(word.title()) or frozen_readings(word):
        return True
    return zipf_values().get(word.lower(), RARE) >= USED


def _spellings(word: str) -> Iterator[str]:
    """What is one letter away, the first letter as it stands: one more, one less, another, two changed about."""
    for cut in range(1, len(word) + 1):
        head, tail = word[:cut], word[cut:]
        yield from (head + letter + tail for letter in _LETTERS)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS if letter != tail[0])
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]


def _use(word: str) -> float:
    """How common a base form is; of a compound that is not listed, as common as its rarest part, if that is common."""
    own = [parse for parse in parses(word) if parse.base.lower() == word]
    if not own:
        return 0.0
    listed = zipf_values().get(word, RARE)
    return listed if listed >= USED else max(_use_of_parts(parse) for parse in own)


def _use_of_parts(parse: Parse) -> float:
    parts = [part.strip("-") for part in pieces(parse.base.lower(), parse.structure)]
    use = min((zipf_values().get(part, RARE) for part in parts), default=0.0)
    return USED if len(parts) > 1 and use >= PART_USED else 0.0
