"""Wordings as code uses them: each module declares at its top what it reads of a lexicon, and asks that for its words.

    UNTIL = needs("tense_words", "until")
    ...
    if UNTIL.stand_in(tokens): ...

Every declaration is checked when its lexicon is loaded, and all at once before a run (`check_lexicons`): a maintainer
who removes or misspells an entry is told which file to mend, and how.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lexicons.loader import Entry, Lexicon, Term, available, load, require
from lexicons.matcher import Hit, Keyed, TermMatcher
from lexicons.needs import Need, declare, declared


@dataclass(frozen=True, slots=True)
class Words:
    """A choice of a lexicon's entries: those named, those of the groups named, all where none is named.

    The lexicon is read when it is first asked for; that raises LexiconError where it lacks what is needed.
    """

    need: Need

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The chosen entries in the order of the file."""
        return _chosen(self.need).entries

    @property
    def texts(self) -> tuple[str, ...]:
        """All wordings of the entries in the order of the file."""
        return _texts(self.need)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the entries."""
        return _ids(self.need)

    @property
    def pattern(self) -> str:
        """A regular expression for any of the wordings, the longest first, with white space as it comes."""
        return wordings_pattern(self.texts)

    def find(self, tokens: Sequence[Keyed]) -> Iterator[Hit]:
        """The hits of the wordings in a run of tokens, in its order."""
        return _matcher(self.need).find(tokens)

    def of_word(self, word: str) -> tuple[tuple[Entry, Term], ...]:
        """The entries and terms whose wording is just this word."""
        return tuple(_matcher(self.need).by_text.get(word.lower(), ()))

    def stand_in(self, tokens: Sequence[Keyed]) -> bool:
        """Whether any of the wordings stands in a run of tokens."""
        return next(self.find(tokens), None) is not None


def wordings_pattern(texts: Iterable[str]) -> str:
    """A regular expression for any of some wordings, the longest first, with white space as it comes."""
    wordings = (text.split() for text in sorted(texts, key=len, reverse=True))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, words)) for words in wordings) + ")"


def needs(lexicon: str, *entries: str, groups: Iterable[str] = ()) -> Words:
    """Declare that code reads these entries, and the entries of these groups, of a lexicon; without any, all of it."""
    return Words(declare(Need(lexicon, entries, tuple(groups))))


def check_lexicons() -> None:
    """Load every lexicon, so that whatever is wrong with one is told before any work. Raises LexiconError."""
    for name in sorted({*available(), *(need.lexicon for need in declared())}):
        load(name)


@cache
def _chosen(need: Need) -> Lexicon:
    lexicon = load(need.lexicon)
    require(lexicon, need)
    if not need.entries and not need.groups:
        return lexicon
    chosen = (entry for entry in lexicon.entries if entry.id in need.entries or entry.group in need.groups)
    return replace(lexicon, entries=tuple(chosen))


@cache
def _texts(need: Need) -> tuple[str, ...]:
    return tuple(term.text for entry in _chosen(need).entries for term in entry.terms)


@cache
def _ids(need: Need) -> frozenset[str]:
    return frozenset(entry.id for entry in _chosen(need).entries)


@cache
def _matcher(need: Need) -> TermMatcher:
    return TermMatcher(_chosen(need))
