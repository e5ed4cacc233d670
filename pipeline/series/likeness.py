"""How alike two wordings are: the share of their words that one finds in the other, rare words counting more.

Inflected forms, compounds and lost dots are met by comparing how words begin: "soittopyyntöön" and "soittopyyntöihin",
"asiakkaiden tyytyväisyys" and "asiakastyytyväisyys", "lääkehoito" and "laakehoito".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import log, sqrt

_WORD = re.compile(r"[^\W_]+")
_DOTS = str.maketrans("äöå", "aoa")

STEM = 5
"""Letters by which words count as one where their rarity is told."""

WHOLE = 4
"""Letters from which on a word counts fully: "ja", "kpl" and "75" say little."""

SHORTEST_START = 3
"""Letters that two words must begin with alike."""

SHORTEST_PART = 4
"""Letters of a word's stem that are looked for inside a compound."""

ENDING = 3
"""Letters at a word's end that its inflection may change."""

SURE_WORD = 0.4
"""Likeness below which two words have nothing to do with each other."""

INSIDE = 0.8
"""What a word that is a later part of a compound counts, before the other parts' share is taken off."""

PAIRS = 200_000
"""Pairs of words whose likeness is kept."""


Words = tuple[str, ...]


class Likeness:
    """The likeness of wordings among all those that are compared, which tell how rare a word is."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {text: tuple(words(text)) for text in texts}
        self._starting: dict[str, dict[str, float]] = {}
        self._known: dict[tuple[Words, Words], float] = {}
        distinct = set(self._words.values())
        holding = Counter(stem for found in distinct for stem in {word[:STEM] for word in found})
        rarity = {stem: 0.3 + log((len(distinct) + 1) / (number + 0.5)) for stem, number in holding.items()}
        self._weights = {
            word: rarity[word[:STEM]] * min(1.0, len(word) / WHOLE) for found in distinct for word in found
        }

    def of(self, one: str, other: str) -> float:
        """The likeness of two of the texts, 0..1.

        >>> told = Likeness(["Puheluun vastataan heti", "Puheluihin vastataan heti", "Jonot puretaan heti"])
        >>> told.of("Puheluun vastataan heti", "Puheluihin vastataan heti") > 0.85
        True
        >>> told.of("Puheluun vastataan heti", "Jonot puretaan heti") < 0.3
        True
        """
        pair = (self._words[one], self._words[other])
        if pair[0] == pair[1]:
            return 1.0
        if pair not in self._known:
            self._known[pair] = (self._covered(*pair) + self._covered(*reversed(pair))) / 2
        return self._known[pair]

    def covered(self, text: str, by: str) -> float:
        """The share of a text's words, by weight, that another has: 1 for a part of it."""
        return self._covered(self._words[text], self._words[by])

    def _covered(self, text: Words, by: Words) -> float:
        found = whole = 0.0
        for word in text:
            weight = self._weights[word]
            whole += weight
            found += weight if word in by else weight * max([alike(word, other) for other in by], default=0.0)
        return found / whole if whole else 0.0

    def keys(self, text: str) -> set[str]:
        """The beginnings of a text's words, but for little ones: texts that share none are hardly alike."""
        return set(self._starts(text))

    def at_most(self, one: str, other: str) -> float:
        """What the likeness of two texts is at most, but for words that are later parts of compounds; quickly told."""
        starts, others = self._starts(one), self._starts(other)
        shared = starts.keys() & others.keys()
        return (sum(starts[key] for key in shared) + sum(others[key] for key in shared)) / 2

    def _starts(self, text: str) -> dict[str, float]:
        """The beginnings of a text's words with the share of its weight that they have."""
        if text not in self._starting:
            found: dict[str, float] = defaultdict(float)
            own = self._words[text]
            longer = [word for word in own if len(word) >= WHOLE] or own
            for word in longer:
                found[word[:SHORTEST_START]] += self._weights[word]
            whole = sum(found.values())
            self._starting[text] = {key: weight / whole for key, weight in found.items()}
        return self._starting[text]


def words(text: str) -> list[str]:
    """A text's words and numbers in small letters, without dots and rings.

    >>> words("Jonot (vrk) lyhenevät, –75 %")
    ['jonot', 'vrk', 'lyhenevat', '75']
    """
    return _WORD.findall(text.casefold().translate(_DOTS))


@lru_cache(PAIRS)
def alike(one: str, other: str) -> float:
    """The likeness of two words, 0..1: by their common beginning, or as a later part of a compound.

    >>> [round(alike("vastaa", word), 2) for word in ("vastaa", "vastataan", "vastuu", "puhelu")]
    [1.0, 0.68, 0.67, 0.0]
    >>> round(alike("tyytyvaisyys", "asiakastyytyvaisyys"), 2)
    0.51
    """
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if short.isdigit() or long.isdigit():
        return 0.0
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    by_start = start / len(short) * sqrt(len(short) / len(long)) if start >= SHORTEST_START else 0.0
    stem = short[: max(SHORTEST_PART, len(short) - ENDING)]
    is_part = len(short) > SHORTEST_PART and stem in long[SHORTEST_START:]
    found = max(by_start, INSIDE * len(short) / len(long) if is_part else 0.0)
    return found if found >= SURE_WORD else 0.0
