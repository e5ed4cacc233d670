"""Which letters may follow each other in words: the dictionary's transducer without its output and its conditions.

A spelling that this automaton does not lead through to its end is no word; one that it does lead through may be, which
Voikko tells. So a search over a word's other spellings drops most of them after a few letters. States are made when a
word first comes to them (the subset construction), and kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from pipeline.language.embedded import NORMAL, Transducer, is_installed, transducer
from pipeline.language.frequencies import zipf_values

COMMON = 3.0
"""Zipf value beyond which a listed form that Voikko lacks (etä) counts as known."""

LAST = chr(0x10FFFF)
"""A character behind all others."""

SOFT_HYPHEN = "\u00ad"

MOST_STATES = 150_000
"""States kept; a report misread all over makes a tenth of this."""


class State(dict[str, "State | None"]):
    """Where a spelling's beginning leads: by the next letter, in lower case, the state behind it, None where no word
    goes on so."""

    __slots__ = ("_automaton", "_may_end", "_members")

    def __init__(self, automaton: Automaton | None, members: frozenset[int]) -> None:
        super().__init__()
        self._automaton, self._members = automaton, members
        self._may_end: bool | None = None

    @property
    def may_end(self) -> bool:
        """Whether a word may end here."""
        if self._may_end is None:
            self._may_end = self._automaton is None or any(map(self._automaton.may_end, self._members))
        return self._may_end

    def __missing__(self, letter: str) -> State | None:
        after = self._automaton.after(self._members, letter) if self._automaton is not None else self
        self[letter] = after
        return after

    def through(self, letters: str) -> State | None:
        """The state behind several letters."""
        state: State | None = self
        for letter in letters:
            if state is None:
                return None
            state = state[letter]
        return state


ANYTHING = State(None, frozenset())
"""Where any letter may follow, and any word end."""


class Automaton:
    """The transducer's words without its conditions, and some more (`words`, sorted).

    A member of a state is a state of the transducer, or behind those a stretch of `words` with the same beginning.
    """

    def __init__(self, transducer: Transducer, words: Sequence[str]) -> None:
        self._transducer, self._words = transducer, words
        self._stretches: list[tuple[int, int, int]] = [(0, len(words), 0)]
        self._numbers: dict[tuple[int, int, int], int] = {self._stretches[0]: 0}
        self._beyond = transducer.n_states
        self._states: dict[frozenset[int], State] = {}
        self._letters: dict[int, dict[str, frozenset[int]]] = {}
        self._first = frozenset((0, self._beyond))
        self.start = self._state(self._first)

    def after(self, members: frozenset[int], letter: str) -> State | None:
        """The state behind a letter; behind a hyphen a part may go on, begin anew, or be spelt as without it."""
        letter = letter.translate(NORMAL)
        if letter == SOFT_HYPHEN:
            return self._state(members)
        if len(letter) > 1:  # a ligature
            return self._state(members).through(letter)
        found: set[int] = set()
        beyond, letters = self._beyond, self._letters
        for member in members:
            if member >= beyond:
                found.update(self._behind(member - beyond, letter))
                continue
            following = letters.get(member)
            if following is None:
                following = letters[member] = self._transducer.following(member)[0]
            if letter in following:
                found |= following[letter]
        if letter == "-":
            found |= members | self._first
        return self._state(frozenset(found)) if found else None

    def _state(self, members: frozenset[int]) -> State:
        state = self._states.get(members)
        if state is None:
            if len(self._states) >= MOST_STATES:
                self._states.clear()
                self.start.clear()
            state = self._states[members] = State(self, members)
        return state

    def may_end(self, member: int) -> bool:
        """Whether a word may end at a state's member."""
        if member < self._beyond:
            return self._transducer.following(member)[1]
        first, end, n_letters = self._stretches[member - self._beyond]
        return first < end and len(self._words[first]) == n_letters

    def _behind(self, number: int, letter: str) -> Sequence[int]:
        first, end, n_letters = self._stretches[number]
        if first == end:
            return ()
        beginning = self._words[first][:n_letters] + letter
        first = bisect_left(self._words, beginning, first, end)
        end = bisect_left(self._words, beginning + LAST, first, end)
        if first == end:
            return ()
        stretch = (first, end, n_letters + 1)
        number = self._numbers.setdefault(stretch, len(self._stretches))
        if number == len(self._stretches):
            self._stretches.append(stretch)
        return (self._beyond + number,)


@cache
def beginning() -> State:
    """Where words begin, Voikko's and common listed ones; where anything may follow without the transducer's file."""
    if not is_installed():
        return ANYTHING
    return Automaton(transducer(), sorted(word for word, level in zipf_values().items() if level > COMMON)).start
