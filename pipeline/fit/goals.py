"""Fit `extractors/facts/goal_weights.tsv`, and tell how good such weights are where they were not fitted.

A logistic model over the signs of each text (`extractors.facts.goal_signs`): the shape of the evidence has the same
weights for all goals, words have weights by goal. Collected texts and headed sections speak about goals more often than
sections do at large, so each kind has a base of its own, and only that of the sections that were read ships. Nothing is
random: the same texts give the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from extractors.facts.goal_content import GoalModel, probability, word_share
from extractors.facts.goal_signs import GOALS
from pipeline.fit.goal_samples import Sample, Text
from pipeline.fit.logistic import Data, fit

PULL_SHAPE, PULL_BASE, PULL_WORDS = 0.05, 0.05, 0.2
"""How strongly weights are pulled to 0."""

LEAST_TEXTS = 3
"""Texts that a word must occur in to have a weight."""

SMALLEST = 0.25
"""Weights of words nearer to zero are left out of the file."""

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)

KINDS = ("read", "collected", "headed")


class Judged(NamedTuple):
    """What was said of a goal in a text that was left out: its probability, what share of readers found it."""

    kind: str
    goal: int
    probability: float
    says: float


def fitted(samples: Sequence[Sample]) -> tuple[GoalModel, dict[str, tuple[float, ...]]]:
    """The model, without a threshold, and what a text's kind adds to the base of each goal."""
    counts = Counter(word for sample in samples for word in sample.signs.words)
    vocabulary = sorted(word for word, count in counts.items() if count >= LEAST_TEXTS)
    own = np.zeros((len(samples), len(KINDS) + len(vocabulary)))
    column = {word: len(KINDS) + index for index, word in enumerate(vocabulary)}
    own[:, 0] = 1.0
    for row, sample in enumerate(samples):
        own[row, KINDS.index(sample.kind)] = 1.0
        own[row, [column[word] for word in sample.signs.words if word in column]] = word_share(sample.signs)
    data = Data(
        np.array([[sample.signs.measures(goal) for goal in GOALS] for sample in samples]),
        own,
        np.array([sample.says for sample in samples]),
        np.array([sample.counts for sample in samples]),
    )
    pulls = np.array([PULL_BASE] * len(KINDS) + [PULL_WORDS] * len(vocabulary))
    weights = fit(data, PULL_SHAPE, pulls)
    rows = weights.own.tolist()
    words = {
        word: tuple(weight if abs(weight) >= SMALLEST else 0.0 for weight in rows[column[word]]) for word in vocabulary
    }
    kinds = {kind: tuple(rows[index]) for index, kind in enumerate(KINDS) if index}
    model = GoalModel(
        0.5, tuple(rows[0]), tuple(weights.shared.tolist()), {word: row for word, row in words.items() if any(row)}
    )
    return model, {KINDS[0]: (0.0,) * len(GOALS), **kinds}


def left_out(samples: Sequence[Sample]) -> list[Judged]:
    """Every text that readers judged, by weights fitted without its document or without all texts of its author."""
    judged = []
    for source in dict.fromkeys(sample.source for sample in samples if sample.kind != "headed"):
        model, kinds = fitted([sample for sample in samples if sample.source != source])
        for sample in samples:
            if sample.source == source and sample.kind != "headed":
                judged += _judged(sample, model, kinds[sample.kind])
    return judged


def _judged(sample: Sample, model: GoalModel, base: Sequence[float]) -> list[Judged]:
    odds = model.log_odds(sample.signs)
    return [
        Judged(sample.kind, goal, probability(value + more), says)
        for goal, value, more, says, counts in zip(GOALS, odds, base, sample.says, sample.counts, strict=True)
        if counts
    ]


class Score(NamedTuple):
    """Goals found and right, goals that readers found, goals found."""

    hits: int
    gold: int
    found: int

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.gold + self.found) if self.gold + self.found else 1.0


def score(judged: Iterable[Judged], threshold: float) -> Score:
    """How well the goals are found; those on which readers differ (a half) count neither way."""
    firm = [one for one in judged if one.says != 0.5]
    found = [one for one in firm if one.probability >= threshold]
    return Score(sum(one.says > 0.5 for one in found), sum(one.says > 0.5 for one in firm), len(found))


def best_threshold(judged: Sequence[Judged]) -> float:
    """Half the best F1, which is where probabilities that are true are best cut (Lipton, Elkan & Narayanaswamy 2014).

    The kind of text with the lowest F1 decides, since strangers' documents are the harder ones.
    """
    kinds = dict.fromkeys(one.kind for one in judged)
    reached = (max(score([one for one in judged if one.kind == kind], at).f1 for at in THRESHOLDS) for kind in kinds)
    return round(min(reached) / 2, 2)


class Bin(NamedTuple):
    """Judgements of like probability: how many, their mean probability, the share that readers confirmed."""

    n: int
    said: float
    true: float


EDGES = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9)
"""Where bins of probability end; most sections speak about none of the goals."""


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """Probabilities against what readers found, in bins."""
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(sum(one.probability >= edge for edge in EDGES), []).append(one)
    return [
        Bin(len(own), sum(one.probability for one in own) / len(own), sum(one.says for one in own) / len(own))
        for _, own in sorted(bins.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: how far said and true lie apart, on average over the judgements."""
    return sum(one.n * abs(one.said - one.true) for one in bins) / max(sum(one.n for one in bins), 1)


def agreement(found: Sequence[Text]) -> tuple[Score, dict[int, float]]:
    """How far the first two readers agree: F1 of the one against the other, and Cohen's kappa by goal."""
    pairs = [text.readers[:2] for text in found]
    both = Score(sum(len(a & b) for a, b in pairs), sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs))
    return both, {goal: _kappa([(goal in a, goal in b) for a, b in pairs]) for goal in GOALS}


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    n = len(pairs)
    first, second = (sum(pair[index] for pair in pairs) / n for index in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    same = sum(a == b for a, b in pairs) / n
    return (same - chance) / (1 - chance) if chance < 1 else 1.0
