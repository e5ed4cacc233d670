"""Find lexicon terms in a run of tokens, by lemma."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from lexicons.loader import Entry, Lexicon, Term, term_of
from lexicons.spellings import Spelt, bare, is_cut, openings, spelt
from lexicons.spellings import Written as Keyed

__all__ = ["Hit", "Keyed", "TermMatcher", "stands_as"]


class Hit(NamedTuple):
    """A term found: its place in the source, the entry and the term, and its own tokens' indexes in the run.

    A suspended word owns its part alone, and stands in the stretch that goes on to the compound that completes it.
    """

    start: int
    end: int
    entry: Entry
    term: Term
    first: int
    last: int


class _Pattern(NamedTuple):
    """A term as it is looked for from one of its words on: the others; whether it is spelt as the lexicon has it."""

    rest: tuple[str, ...]
    entry: Entry
    term: Term
    is_own: bool = True

    @property
    def rank(self) -> tuple[int, int, bool, str]:
        """Which of the terms that begin at a token counts: the longest, of equally long ones that of this spelling."""
        return (len(self.rest) + 1, len(bare(self.term.text.replace(" ", ""))), self.is_own, self.term.text)


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

    A term of several words matches adjacent tokens, one a word; with `gap` others may stand between, with `order` free
    they come in any order. Each word matches a token whose lemma, surface or, where the lexicon looks inside compounds,
    contiguous compound parts are that word, letter case apart; a fixed word (`=käynnissä`) its surface alone. Where
    the lexicon's `spellings` are free, a compound is also found apart, with a hyphen and suspended. Where terms begin
    at the same token the longest wins; a hit does not overlap another of the same entry, and none stands where a phrase
    of its term's `not` does.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.by_text: dict[str, list[tuple[Entry, Term]]] = {}
        self._by_word: dict[str, list[_Pattern]] = {}
        for entry in lexicon.entries:
            for term in entry.terms:
                self.by_text.setdefault(term.text.lower(), []).append((entry, term))
                for word, rest, is_own in _beginnings(term, spellings=lexicon.spellings):
                    self._by_word.setdefault(word, []).append(_Pattern(rest, entry, term, is_own))

    @property
    def words(self) -> Iterable[str]:
        """The words by which terms are looked up."""
        return self._by_word

    @cached_property
    def openings(self) -> frozenset[str]:
        """The parts that its words may begin with where they are written apart."""
        return openings(tuple(self._by_word))

    @cached_property
    def _not(self) -> dict[tuple[str, ...], TermMatcher]:
        """What finds the phrases beside which a term is not meant."""
        terms = (term for entry in self.lexicon.entries for term in entry.terms if term.unless)
        return {term.unless: _phrases(self.lexicon, term.unless) for term in terms}

    def _keys(self, token: Keyed) -> frozenset[str]:
        return token.keys if self.lexicon.compounds else token.lemmas

    def find(self, tokens: Sequence[Keyed], places: Iterable[int] | None = None) -> Iterator[Hit]:
        """The hits in token order; `places` are the tokens that alone may begin one, where that is known."""
        taken: dict[str, int] = {}
        words, compounds, spellings = self._by_word.keys(), self.lexicon.compounds, self.lexicon.spellings
        opening = self.openings if spellings else frozenset()
        for index in range(len(tokens)) if places is None else places:
            token = tokens[index]
            is_odd = spellings and (not opening.isdisjoint(token.lemmas) or is_cut(tokens, index))
            if not is_odd and words.isdisjoint(token.keys if compounds else token.lemmas):
                continue  # most tokens
            best: dict[str, tuple[_Pattern, Spelt]] = {}
            for pattern, stretch in self._standing(tokens, index, is_odd):
                held = best.get(pattern.entry.id)
                is_free = index >= taken.get(pattern.entry.id, 0)
                if is_free and (held is None or pattern.rank > held[0].rank):
                    best[pattern.entry.id] = pattern, stretch
            for pattern, (_, last, start, end) in sorted(best.values(), key=lambda item: item[0].entry.id):
                if not pattern.term.unless or self.unless(pattern.term, tokens, index, last) is None:
                    taken[pattern.entry.id] = last + 1
                    yield Hit(start, end, pattern.entry, pattern.term, index, last)

    def _standing(self, tokens: Sequence[Keyed], index: int, is_odd: bool) -> Iterator[tuple[_Pattern, Spelt]]:
        """The terms that begin at a token, each with where it stands; `is_odd`: it may spell a word in another way."""
        token, by_word = tokens[index], self._by_word
        for key in token.keys if self.lexicon.compounds else token.lemmas:
            for pattern in by_word.get(key, ()):
                if key in pattern.term.fixed and not stands_as(key, token.text):
                    continue
                last = self._reach(pattern, tokens, index) if pattern.rest else index
                if last is not None:
                    yield pattern, Spelt(key, last, token.start, tokens[last].end)
        for spelling in spelt(tokens, index, self.openings) if is_odd else ():
            for pattern in by_word.get(spelling.word, ()):
                if spelling.word in pattern.term.fixed:
                    continue
                last = self._reach(pattern, tokens, spelling.last) if pattern.rest else spelling.last
                if last is not None:
                    end = tokens[last].end if pattern.rest else spelling.end
                    yield pattern._replace(is_own=False), spelling._replace(last=last, end=end)

    def _reach(self, pattern: _Pattern, tokens: Sequence[Keyed], index: int) -> int | None:
        """The last token of a term whose first word stands at a token; None where the others do not follow."""
        term, waiting = pattern.term, list(pattern.rest)
        if len(waiting) == 1 and not term.gap:
            is_next = index + 1 < len(tokens) and self._is(waiting[0], term, tokens[index + 1])
            return index + 1 if is_next else None
        while waiting:
            for place in range(index + 1, min(index + 2 + term.gap, len(tokens))):
                word = next((one for one in waiting if self._is(one, term, tokens[place])), None)
                if word is not None and (term.is_free or word == waiting[0]):
                    waiting.remove(word)
                    index = place
                    break
            else:
                return None
        return index

    def _is(self, word: str, term: Term, token: Keyed) -> bool:
        return stands_as(word, token.text) if word in term.fixed else word in self._keys(token)

    def unless(self, term: Term, tokens: Sequence[Keyed], first: int, last: int) -> Hit | None:
        """The phrase of a term's `not` that stands on any of its tokens."""
        around = max(len(phrase.split()) for phrase in term.unless)
        start = max(0, first - around)
        hits = self._not[term.unless].find(tokens[start : last + around + 1])
        return next((hit for hit in hits if hit.first + start <= last and hit.last + start >= first), None)


def _beginnings(term: Term, *, spellings: bool) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """The words by which a term is looked up, each with those that must follow; whether that is the term's own way."""
    words = tuple(term.text.lower().split())
    yield words[0], words[1:], True
    if term.is_free:
        yield from ((word, words[:place] + words[place + 1 :], True) for place, word in enumerate(words) if place)
    if spellings and not term.fixed and (whole := bare("".join(words))) != words[0]:
        yield whole, (), False


def _phrases(lexicon: Lexicon, phrases: tuple[str, ...]) -> TermMatcher:
    entry = Entry("not", tuple(term_of(phrase, lexicon.match == "lemma") for phrase in phrases))
    return TermMatcher(Lexicon(lexicon.name, lexicon.match, False, lexicon.compounds, (entry,)))
