"""Build `pipeline/language/lemma_weights.tsv` from a UD treebank and text without lemmas, if there is any:
`python -m pipeline.bench.train_lemmas TREEBANK [TEXT …]`, the texts as `second_opinion` reads them. Those of
the shipped weights: TurkuONE's train.tsv, data/raw and tests/documents, so that the model knows the domain's prose too.

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
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from pipeline.bench.corpora import TreebankWord, comparable, treebank
from pipeline.bench.entities import RIVAL
from pipeline.bench.second_opinion import Opinion, Told, opinion_features, opinions_on, told_form, told_sentences
from pipeline.files import write_whole
from pipeline.language.disambiguate import EDGE, EDGE_FORM, WEIGHTS, Model, WordForm, context_features, static_features
from pipeline.language.lemmatiser import word_readings
from pipeline.language.morphology import Reading

EPOCHS, RATE, L2, PARTS, BLOCK = 6, 0.15, 1e-6, 5, 10
SMALLEST = 0.2
"""Weights nearer to zero are left out of the file, a third of all: they decide one word in 6,000."""

MIN_COUNT = 2
"""Features seen no oftener, over all readings, are left out: they are chance."""

_NEAR = {
    frozenset(("AUX", "VERB")), frozenset(("CCONJ", "SCONJ")), frozenset(("ADP", "ADV")), frozenset(("PROPN", "NOUN")),
    frozenset(("ADJ", "NUM")), frozenset(("DET", "PRON")),
}  # fmt: skip
"""Parts of speech that Voikko does not tell apart as UD does."""

Sentence = Sequence[TreebankWord]
Opinions = Sequence[Sequence[Opinion]]
"""What the neural pipeline says of each word of each sentence; empty where nobody asked it."""


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


def _choices(sentences: Sequence[Sentence], opinions: Opinions, model: Model) -> Iterator[Choice]:
    """The ambiguous words between their true left neighbours and the statically best right ones."""
    forms: dict[str, WordForm] = {}
    for sentence, told in zip_longest(sentences, opinions):
        for gold in sentence:
            if gold.form not in forms:
                forms[gold.form] = model.form(gold.form, _readings(gold.form))
        line = [forms[gold.form] for gold in sentence]
        if told:
            line = [told_form(model, form, opinion) for form, opinion in zip(line, told, strict=True)]
        followed = [*line, EDGE_FORM, EDGE_FORM]
        before = before2 = EDGE
        for index, (gold, one) in enumerate(zip(sentence, line, strict=True)):
            right = right_readings(one.readings, gold)
            if 0 < len(right) < len(one.readings):
                neighbours = (before, before2, followed[index + 1], followed[index + 2])
                features = context_features(one.readings, gold.form, *neighbours)
                for names, static, reading in zip(
                    features, static_features(gold.form, one.readings), one.readings, strict=True
                ):
                    names += static
                    if told:
                        names += opinion_features(reading, told[index])
                yield Choice(features, right)
            before2, before = before, one.readings[right[0] if right else one.best]


def fit(sentences: Sequence[Sentence], opinions: Opinions = ()) -> dict[str, float]:
    """The weights of the features that occur thrice or more; with opinions on each word also of these."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    shuffled = random.Random(0)
    counts: Counter[str] = Counter()
    choices: list[Choice] = []
    for epoch in range(EPOCHS):
        if epoch < 3 or epoch == EPOCHS - 1:  # the statically best right neighbours change as weights grow
            choices = list(_choices(sentences, opinions, Model(weights)))
            counts = counts or Counter(name for choice in choices for names in choice.features for name in names)
        shuffled.shuffle(choices)
        for choice in choices:
            _step(choice, counts, weights, squares)
    return weights


def labelled(weights: dict[str, float], sentences: Sequence[Told]) -> Iterator[Sentence]:
    """Sentences with the lemmas, parts of speech and cases that a model chooses which knows the opinions on them."""
    model = Model(weights)
    for words, told in sentences:
        forms = [
            told_form(model, model.form(word, _readings(word)), one) for word, one in zip(words, told, strict=True)
        ]
        chosen = (form.readings[index] for form, index in zip(forms, model.choose(forms), strict=True))
        yield tuple(_as_gold(word, reading) for word, reading in zip(words, chosen, strict=True))


def _as_gold(word: str, reading: Reading) -> TreebankWord:
    features = {"Case": reading.case, "Number": reading.number}
    return TreebankWord(word, reading.lemma, reading.pos, {name: value for name, value in features.items() if value})


def fit_with_text(gold: Sequence[Sentence], opinions: Opinions, text: Sequence[Told]) -> dict[str, float]:
    """The weights fitted on gold sentences and on text, labelled by a model that knows the opinions on both."""
    if not text:
        return fit(gold)
    return fit([*gold, *labelled(fit(gold, opinions), text)])


def _step(choice: Choice, counts: Counter[str], weights: dict[str, float], squares: dict[str, float]) -> None:
    features = [[name for name in names if counts[name] > MIN_COUNT] for names in choice.features]
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


def cross_validated(sentences: Sequence[Sentence], opinions: Opinions, text: Sequence[Told]) -> list[float]:
    """The accuracies on the parts of a treebank, each by a model fitted without it."""
    numbers = list(range(0, len(sentences), BLOCK))
    random.Random(5).shuffle(numbers)
    blocks = [range(start, min(start + BLOCK, len(sentences))) for start in numbers]
    measured = []
    for part in range(PARTS):
        held = [number for index, block in enumerate(blocks) if index % PARTS == part for number in block]
        rest = [number for index, block in enumerate(blocks) if index % PARTS != part for number in block]
        told = [opinions[number] for number in rest] if opinions else ()
        weights = fit_with_text([sentences[number] for number in rest], told, text)
        measured.append(accuracy(weights, [sentences[number] for number in held]))
    return measured


def main(path: Path, *texts: Path) -> None:
    """Print the accuracy by cross-validation, then fit on all there is and write the weights."""
    sentences = list(treebank(path))
    text = [sentence for one in texts for sentence in told_sentences(one)]
    opinions = opinions_on([[word.form for word in sentence] for sentence in sentences]) if texts else []
    measured = cross_validated(sentences, opinions, text)
    print(f"cross-validated lemma accuracy {sum(measured) / PARTS:.4f} ({min(measured):.4f} to {max(measured):.4f})")
    write(fit_with_text(sentences, opinions, text), path, texts, len(text))


def write(fitted: dict[str, float], path: Path, texts: Sequence[Path], n_sentences: int) -> None:
    """Write the weights that count, with what they are fitted on."""
    weights = {name: round(value, 2) for name, value in sorted(fitted.items()) if abs(value) >= SMALLEST}
    sources = f"{path.name} (UD Finnish TDT, CC BY-SA 4.0)"
    if texts:
        named = ", ".join(
            "TurkuONE, Turku NER part (CC BY-SA 4.0)" if one.suffix == ".tsv" else one.name for one in texts
        )
        sources += f" and on {n_sentences:,} sentences of {named}, labelled with the help of {RIVAL}"
    head = f"# Weights of disambiguate.py, fitted by pipeline.bench.train_lemmas on {sources}\n"
    write_whole(WEIGHTS, head + "".join(f"{name}\t{value:g}\n" for name, value in weights.items()))
    print(f"{len(weights):,} weights written to {WEIGHTS}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
