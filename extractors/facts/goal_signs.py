"""What in a text tells of the national benefit goals: terms of `lexicons/goal_evidence.yaml`, words, length.

A term of group *together* proves something only beside a term of another entry of the same goal in its sentence
(kustannus beside kasvaa), and nothing where the sentence has a word of group *against* its goal (kustannus beside
avustus). What stands inside a term of group *neutral* (henkilöstön saatavuus) proves nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors.document import Token
from lexicons import Hit, needs

GOALS = (1, 2, 3, 4, 5)

SHAPE = ("clearest", "amount", "share", "length")
"""The names of a goal's `measures`, in their order."""

_EVIDENCE = needs("goal_evidence", groups=["alone", "together", "against", "neutral"])

_TELLING = frozenset(("NOUN", "ADJ", "VERB"))
"""Parts of speech whose lemmas are words of a text; adverbs and names tell of its manner and its place."""

_NO_WORDS = frozenset(("NUM", "SYM"))

_TYPICAL = 40
"""Words in a section of middling length."""

_UNSURE = 0.5
"""Evidence of no goal: of little evidence in all a goal has a small share, even where it has it alone."""


class Evidence(NamedTuple):
    """A term found: the goal that it tells of, its sentence, the wording in the lexicon and its weight."""

    goal: int
    sentence: int
    term: str
    weight: float


class GoalSigns:
    """The signs of a text: its evidence, the lemmas and compound parts of its `words`, and how many it has."""

    def __init__(self, evidence: Iterable[Evidence], words: Iterable[str], n_words: int) -> None:
        self.words = frozenset(words)
        self.n_words = n_words
        self._sentences: defaultdict[int, defaultdict[int, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
        counts: defaultdict[int, Counter[tuple[str, float]]] = defaultdict(Counter)
        for goal, sentence, term, weight in evidence:
            self._sentences[goal][sentence][term] = weight
            counts[goal][term, weight] += 1
        self._amounts = {
            goal: {term: weight * (1 + math.log(count)) for (term, weight), count in own.items()}
            for goal, own in counts.items()
        }
        self._in_all = sum(sum(amounts.values()) for amounts in self._amounts.values())

    def terms(self, goal: int) -> tuple[str, ...]:
        """The different terms found for a goal, in the order of the text."""
        return tuple(self._amounts.get(goal, ()))

    def measures(self, goal: int, without: str | None = None) -> tuple[float, float, float, float]:
        """How the evidence of a goal stands in the text, perhaps without one of its terms: the values of `SHAPE`.

        clearest: how much its densest sentence says, 0..1, so that one clear mention counts in any text. amount:
        ln(1 + all evidence), of which a term found n times gives weight · (1 + ln n). share: its part of the evidence
        of all goals. length: ln(words / 40), since long texts mention more in passing.
        """
        length = math.log(max(self.n_words, 1) / _TYPICAL)
        if goal not in self._amounts:
            return 0.0, 0.0, 0.0, length
        left = self._amounts[goal].get(without, 0.0) if without is not None else 0.0
        amount = max(sum(self._amounts[goal].values()) - left, 0.0)
        densest = max(
            sum(terms.values()) - (terms.get(without, 0.0) if without is not None else 0.0)
            for terms in self._sentences[goal].values()
        )
        return 1 - math.exp(-densest), math.log1p(amount), amount / (self._in_all - left + _UNSURE), length


def goal_signs(tokens: Sequence[Token]) -> GoalSigns:
    """The signs of a text."""
    told = [token for token in tokens if token.pos != "PUNCT"]
    return GoalSigns(_evidence(told), _words(told), sum(token.pos not in _NO_WORDS for token in told))


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.pos in _TELLING:
            yield token.lemma.lower()
            if len(token.compound_parts) > 1:
                yield from (part.lower() for part in token.compound_parts)


def _evidence(tokens: Sequence[Token]) -> Iterator[Evidence]:
    hits = list(_EVIDENCE.find(tokens))
    neutral = {index for hit in hits if hit.entry.group == "neutral" for index in _indexes(hit)}
    against = {(hit.entry.value, tokens[hit.first].sentence) for hit in hits if hit.entry.group == "against"}
    by_goal: defaultdict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.entry.group in ("alone", "together") and neutral.isdisjoint(_indexes(hit)) and _is_whole(hit, tokens):
            by_goal[int(hit.entry.value or 0)].append(hit)
    for goal, own in sorted(by_goal.items()):
        kept = _longest(own)
        entries: defaultdict[int, set[str]] = defaultdict(set)
        for hit in kept:
            entries[tokens[hit.first].sentence].add(hit.entry.id)
        for hit in kept:
            sentence = tokens[hit.first].sentence
            if hit.entry.group == "alone" or (len(entries[sentence]) > 1 and (goal, sentence) not in against):
                yield Evidence(goal, sentence, hit.term.text, hit.term.weight)


def _indexes(hit: Hit) -> range:
    return range(hit.first, hit.last + 1)


def _is_whole(hit: Hit, tokens: Sequence[Token]) -> bool:
    """Whether a word that proves nothing alone stands as itself or as a compound's head: hyvinvointialue is no alue."""
    if hit.entry.group != "together":
        return True
    word = hit.term.text.lower()
    return any(lemma.endswith(word) for lemma in tokens[hit.first].lemmas)


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of the hits of a goal that share a word the longest, of equally long ones the weightiest, in text order."""
    taken: set[int] = set()
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.first - hit.last, -hit.term.weight, hit.first)):
        if taken.isdisjoint(_indexes(hit)):
            taken.update(_indexes(hit))
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)
