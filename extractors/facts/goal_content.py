"""Which national benefit goals a text speaks about: its signs (`goal_signs`), weighed by a fitted linear model.

For each goal the weights of what is found are summed to log odds, and the logistic function makes them a probability.
The weights are data, `goal_weights.tsv`, a line each: the `base` of a goal, the `shape` of its evidence, which is the
same for all goals, and `word`s, lemmas and compound parts whatever the lexicon says of them. `poimuri fit goals` fits
them, and the `threshold` from which a text is said to speak about a goal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractors.facts.goal_signs import GOALS, SHAPE, GoalSigns

WEIGHTS = Path(__file__).with_name("goal_weights.tsv")

DECIDES = 0.1
"""Log odds that a word must add to be told as one that decided."""


class Told(NamedTuple):
    """A goal that a text speaks about: how probably, and the deciding words with what each adds to the log odds."""

    goal: int
    probability: float
    words: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class GoalModel:
    """The weights: by goal, by measure of the evidence (in the order of `SHAPE`), by word and goal."""

    threshold: float
    base: tuple[float, ...]
    shape: tuple[float, ...]
    words: dict[str, tuple[float, ...]]

    def log_odds(self, signs: GoalSigns) -> tuple[float, ...]:
        """For each goal the log odds that a text speaks about it."""
        known = [self.words[word] for word in signs.words & self.words.keys()]
        sums = [sum(weights) for weights in zip(*known, strict=True)] or [0.0] * len(GOALS)
        one = word_share(signs)
        return tuple(
            base + self._of_evidence(signs, goal) + one * total
            for goal, base, total in zip(GOALS, self.base, sums, strict=True)
        )

    def _of_evidence(self, signs: GoalSigns, goal: int, without: str | None = None) -> float:
        return sum(weight * value for weight, value in zip(self.shape, signs.measures(goal, without), strict=True))

    def deciding(self, signs: GoalSigns, goal: int) -> tuple[tuple[str, float], ...]:
        """The words that speak for a goal, each with what the log odds would lose without it, the strongest first."""
        whole = self._of_evidence(signs, goal)
        added = {term: whole - self._of_evidence(signs, goal, term) for term in signs.terms(goal)}
        one, index = word_share(signs), GOALS.index(goal)
        for word in signs.words & self.words.keys():
            added[word] = added.get(word, 0.0) + one * self.words[word][index]
        strongest = sorted(added.items(), key=lambda item: (-item[1], item[0]))
        return tuple((word, round(value, 2)) for word, value in strongest if value >= DECIDES)


def goals_told(signs: GoalSigns) -> list[Told]:
    """The goals that a text speaks about, in their order."""
    model = goal_model()
    found = ((goal, probability(odds)) for goal, odds in zip(GOALS, model.log_odds(signs), strict=True))
    return [Told(goal, share, model.deciding(signs, goal)) for goal, share in found if share >= model.threshold]


def probability(log_odds: float) -> float:
    """The logistic function.

    >>> probability(0.0), round(probability(2.0), 3)
    (0.5, 0.881)
    """
    return 1 / (1 + math.exp(-log_odds))


def word_share(signs: GoalSigns) -> float:
    """What one word of a text counts: the vector of its words has length 1."""
    return 1 / math.sqrt(max(len(signs.words), 1))


@cache
def goal_model() -> GoalModel:
    """The weights as shipped."""
    return parsed(WEIGHTS.read_text(encoding="utf-8"))


def parsed(text: str) -> GoalModel:
    """The weights of a file's text: kind, name, goal and weight a line, parted by TABs."""
    values: dict[tuple[str, str, str], float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, name, goal, weight = line.split("\t")
            values[kind, name, goal] = float(weight)
    words = dict.fromkeys(name for kind, name, _ in values if kind == "word")
    return GoalModel(
        values["threshold", "", ""],
        tuple(values["base", "", str(goal)] for goal in GOALS),
        tuple(values["shape", name, ""] for name in SHAPE),
        {word: tuple(values.get(("word", word, str(goal)), 0.0) for goal in GOALS) for word in words},
    )


def written(model: GoalModel) -> str:
    """A model as the lines that `parsed` reads, without the weights that are 0."""
    lines = [f"threshold\t\t\t{model.threshold:g}"]
    lines += [f"base\t\t{goal}\t{weight:.3f}" for goal, weight in zip(GOALS, model.base, strict=True)]
    lines += [f"shape\t{name}\t\t{weight:.3f}" for name, weight in zip(SHAPE, model.shape, strict=True)]
    for word, weights in sorted(model.words.items()):
        lines += [f"word\t{word}\t{goal}\t{weight:.2f}" for goal, weight in zip(GOALS, weights, strict=True) if weight]
    return "".join(f"{line}\n" for line in lines)
