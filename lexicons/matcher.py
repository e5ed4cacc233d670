"""Find lexicon terms in a run of tokens, by lemma."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from lexicons.loader import Entry, Lexicon, Term


class Keyed(Protocol):
    """What the matcher needs of a token: its place, its form, its base forms; `keys` also has those of its parts."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def keys(self) -> frozenset[str]: ...
    @property
    def lemmas(self) -> frozenset[str]: ...


class Hit(NamedTuple):
    """A term found: its place in the source, the entry and the term, and the tokens' indexes in the run."""

    start: int
    end: int
    entry: Entry
    term: Term
    first: int
    last: int


_HYPHENS = "-–"
"""Around a word that a suspended or a joining hyphen cuts off: terveys- ja, -ohjelma."""


def stands_as(word: str, text: str) -> bool:
    """Whether a token's text is this very word, letter case and a joining hyphen apart: what `=` before a word asks.

    >>> stands_as("päästä", "Päästä"), stands_as("tammi", "tammi-"), stands_as("päästä", "päässeet")
    (True, True, False)
    """
    return text.lower().strip(_HYPHENS) == word.lower()


class TermMatcher:
    """All terms of one lexicon, ready to be found.

    A term of several words matches adjacent tokens, one a word. Each word matches a token whose lemma, surface or,
    where the lexicon looks inside compounds, contiguous compound parts are that word, letter case apart; a fixed word
    (`=käynnissä`) its surface alone. Where terms begin at the same token the longest wins; a hit does not overlap
    another of the same entry.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.by_text: dict[str, list[tuple[Entry, Term]]] = {}
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], Entry, Term]]] = {}
        for entry in lexicon.entries:
            for term in entry.terms:
                words = tuple(term.text.lower().split())
                self.by_text.setdefault(term.text.lower(), []).append((entry, term))
                self._by_first_word.setdefault(words[0], []).append((words, entry, term))

    def _keys(self, token: Keyed) -> frozenset[str]:
        return token.keys if self.lexicon.compounds else token.lemmas

    def _stands(self, words: tuple[str, ...], term: Term, tokens: Sequence[Keyed], index: int) -> bool:
        """Whether the words of a term stand from a token on; that the first is among its keys is known."""
        if term.fixed and words[0] in term.fixed and not stands_as(words[0], tokens[index].text):
            return False
        for place, word in enumerate(words[1:], index + 1):
            token = tokens[place]
            if not (stands_as(word, token.text) if word in term.fixed else word in self._keys(token)):
                return False
        return True

    def find(self, tokens: Sequence[Keyed]) -> Iterator[Hit]:
        """The hits in token order."""
        taken: dict[str, int] = {}
        first_words, compounds = self._by_first_word, self.lexicon.compounds
        for index, token in enumerate(tokens):
            keys = token.keys if compounds else token.lemmas
            if first_words.keys().isdisjoint(keys):
                continue
            best: dict[str, tuple[int, Term, Entry]] = {}
            for key in keys:
                for words, entry, term in first_words.get(key, ()):
                    if index < taken.get(entry.id, 0) or index + len(words) > len(tokens):
                        continue
                    if self._stands(words, term, tokens, index):
                        rank = (len(words), len(term.text), term.text)
                        held = best.get(entry.id)
                        if held is None or rank > (held[0], len(held[1].text), held[1].text):
                            best[entry.id] = (len(words), term, entry)
            for n_words, term, entry in sorted(best.values(), key=lambda item: item[2].id):
                taken[entry.id] = index + n_words
                yield Hit(token.start, tokens[index + n_words - 1].end, entry, term, index, index + n_words - 1)
