"""Build `pipeline/language/lemma_weights.tsv` from a UD treebank: `python -m pipeline.bench.train_lemmas TREEBANK`.

A log-linear model over the readings of each ambiguous word, fitted by AdaGrad (Duchi et al. 2011,
https://jmlr.org/papers/v12/duchi11a.html) with every random choice seeded: the same treebank gives the same file. First
the accuracy by cross-validation is printed, over five parts of blocks of ten sentences, so that neighbouring sentences
of a text stay together.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.bench.corpora import TreebankWord, comparable, treebank
from pipeline.files import write_whole
from pipeline.language.disambiguate import EDGE, EDGE_FORM, WEIGHTS, Model, WordForm, context_features, static_features
from pipeline.language.lemmatiser import word_readings
from pipeline.language.morphology import Reading

EPOCHS, RATE, L2, PARTS, BLOCK = 6, 0.15, 1e-6, 5, 10
SMALLEST = 0.01
"""Weights nearer to zero are left out of the file."""

_NEAR = {
    frozenset(("AUX", "VERB")), frozenset(("CCONJ", "SCONJ")), frozenset(("ADP", "ADV")), frozenset(("PROPN", "NOUN")),
    frozenset(("ADJ", "NUM")), frozenset(("DET", "PRON")),
}  # fmt: skip
"""Parts of speech that Voikko does not tell apart as UD does."""

Sentence = Sequence[TreebankWord]


class Choice(NamedTuple):
    """An ambiguous word: the features of each reading, and which readings are right."""

    features: list[list[str]]
    right: list[int]


@cache
def _readings(word: str) -> Sequence[Reading]:
    return word_readings(word)[0]


def right_readings(readings: Sequence[Reading], gold: TreebankWord) -> list[int]:
    """The readings with the gold lemma that agree best with its part of speech and case; none if none has the lemma."""
    agreement: dict[int, float] = {}
    for index, reading in enumerate(readings):
        if comparable(reading.lemma) == comparable(gold.lemma):
            pos = 2.0 * (reading.pos == gold.pos) + (frozenset((reading.pos, gold.pos)) in _NEAR)
            case, number = gold.features.get("Case"), gold.features.get("Number")
            agreement[index] = pos + (reading.case == case) + (reading.number == number) / 2
    best = max(agreement.values(), default=0.0)
    return [index for index, value in agreement.items() if value == best]


def _choices(sentences: Sequence[Sentence], model: Model) -> Iterator[Choice]:
    """The ambiguous words between their true left neighbours and the statically best right ones."""
    forms: dict[str, WordForm] = {}
    for sentence in sentences:
        for gold in sentence:
            if gold.form not in forms:
                forms[gold.form] = model.form(gold.form, _readings(gold.form))
        line = [forms[gold.form] for gold in sentence]
        followed = [*line, EDGE_FORM, EDGE_FORM]
        before = before2 = EDGE
        for index, (gold, one) in enumerate(zip(sentence, line, strict=True)):
            right = right_readings(one.readings, gold)
            if 0 < len(right) < len(one.readings):
                neighbours = (before, before2, followed[index + 1], followed[index + 2])
                static = static_features(gold.form, one.readings)
                pairs = zip(one.readings, static, strict=True)
                yield Choice([[*own, *context_features(r, gold.form, *neighbours)] for r, own in pairs], right)
            before2, before = before, one.readings[right[0] if right else one.best]


def fit(sentences: Sequence[Sentence]) -> dict[str, float]:
    """The weights of the features that occur twice or more."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    shuffled = random.Random(0)
    counts: Counter[str] = Counter()
    choices: list[Choice] = []
    for epoch in range(EPOCHS):
        if epoch < 3 or epoch == EPOCHS - 1:  # the statically best right neighbours change as weights grow
            choices = list(_choices(sentences, Model(weights)))
            counts = counts or Counter(name for choice in choices for names in choice.features for name in names)
        shuffled.shuffle(choices)
        for choice in choices:
            _step(choice, counts, weights, squares)
    return weights


def _step(choice: Choice, counts: Counter[str], weights: dict[str, float], squares: dict[str, float]) -> None:
    features = [[name for name in names if counts[name] > 1] for names in choice.features]
    scores = [sum([weights.get(name, 0.0) for name in names]) for names in features]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    shares = [power / sum(powers) for power in powers]
    right = max(sum(shares[index] for index in choice.right), 1e-9)
    for index, names in enumerate(features):
        error = shares[index] - (shares[index] / right if index in choice.right else 0.0)
        if abs(error) < 1e-3:
            continue
        for name in names:
            weight = weights.get(name, 0.0)
            gradient = error + L2 * weight
            squares[name] = squares.get(name, 0.0) + gradient * gradient
            weights[name] = weight - RATE * gradient / math.sqrt(squares[name] + 1e-4)


def accuracy(weights: dict[str, float], sentences: Sequence[Sentence]) -> float:
    """The share of words whose chosen lemma is the gold one."""
    model = Model(weights)
    right = total = 0
    for sentence in sentences:
        forms = [model.form(gold.form, _readings(gold.form)) for gold in sentence]
        for gold, one, index in zip(sentence, forms, model.choose(forms), strict=True):
            total += 1
            right += comparable(one.readings[index].lemma) == comparable(gold.lemma)
    return right / total


def main(path: Path) -> None:
    """Print the accuracy by cross-validation, then fit on the whole treebank and write the weights."""
    sentences = list(treebank(path))
    blocks = [sentences[start : start + BLOCK] for start in range(0, len(sentences), BLOCK)]
    random.Random(5).shuffle(blocks)
    measured = []
    for part in range(PARTS):
        held = [sentence for index, block in enumerate(blocks) if index % PARTS == part for sentence in block]
        rest = [sentence for index, block in enumerate(blocks) if index % PARTS != part for sentence in block]
        measured.append(accuracy(fit(rest), held))
    print(f"cross-validated lemma accuracy {sum(measured) / PARTS:.4f} ({min(measured):.4f} to {max(measured):.4f})")
    weights = {name: round(value, 3) for name, value in sorted(fit(sentences).items()) if abs(value) >= SMALLEST}
    head = f"# Weights of disambiguate.py, fitted by pipeline.bench.train_lemmas on {path.name} (CC BY-SA 4.0)\n"
    write_whole(WEIGHTS, head + "".join(f"{name}\t{value:g}\n" for name, value in weights.items()))
    print(f"{len(weights):,} weights written to {WEIGHTS}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
