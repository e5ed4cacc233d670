"""The terms of several lexicons, found in one pass over the tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lexicons.matcher import Hit, Keyed, TermMatcher
from lexicons.spellings import is_cut


class JointMatcher:
    """One look-up of each token says which lexicons may have a term there; only these then look at it.

    The cost hangs on the tokens and on what is found, not on how many lexicons and terms there are.
    """

    def __init__(self, matchers: Iterable[TermMatcher]) -> None:
        self.matchers = tuple(matchers)
        self._by_key: dict[str, int] = {}
        self._by_lemma: dict[str, int] = {}
        self._by_opening: dict[str, int] = {}
        self._by_cut = 0
        for place, matcher in enumerate(self.matchers):
            own = 1 << place
            held = self._by_key if matcher.lexicon.compounds else self._by_lemma
            for word in matcher.words:
                held[word] = held.get(word, 0) | own
            if matcher.lexicon.spellings:
                self._by_cut |= own
                for opening in matcher.openings:
                    self._by_opening[opening] = self._by_opening.get(opening, 0) | own

    def find(self, tokens: Sequence[Keyed]) -> Iterator[tuple[TermMatcher, Hit]]:
        """The hits, lexicon by lexicon, each in token order."""
        places: list[list[int]] = [[] for _ in self.matchers]
        for index in range(len(tokens)):
            standing = self._standing(tokens, index)
            while standing:
                lowest = standing & -standing
                places[lowest.bit_length() - 1].append(index)
                standing ^= lowest
        for matcher, own in zip(self.matchers, places, strict=True):
            if own:
                yield from ((matcher, hit) for hit in matcher.find(tokens, own))

    def _standing(self, tokens: Sequence[Keyed], index: int) -> int:
        """The lexicons that may have a term which begins at a token, a bit each."""
        token = tokens[index]
        found = self._by_cut if self._by_cut and is_cut(tokens, index) else 0
        by_key, by_lemma, by_opening = self._by_key, self._by_lemma, self._by_opening
        for key in token.keys:
            if key in by_key:
                found |= by_key[key]
        for lemma in token.lemmas:
            if lemma in by_lemma:
                found |= by_lemma[lemma]
            if lemma in by_opening:
                found |= by_opening[lemma]
        return found
