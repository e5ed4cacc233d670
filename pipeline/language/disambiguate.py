"""Which of a word's readings holds in its sentence: a linear model over the readings and their neighbours.

A reading's score is the sum of the weights of its features. Those of the form alone (*static*) are summed once a form;
those of the context are looked up for words with several readings only, from left to right: to the left stand readings
already chosen, to the right the statically best ones. The weights are data, `lemma_weights.tsv`, a feature and its
weight a line, built by `pipeline.bench.train_lemmas`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.language.alphabet import FOREIGN, FRONT, VOWELS
from pipeline.language.frequencies import RARE, zipf_values
from pipeline.language.morphology import Reading

WEIGHTS = Path(__file__).with_name("lemma_weights.tsv")


class WordForm(NamedTuple):
    """A word form's readings with their static scores; `best` is the index of the highest.

    `bases` are the lemmas of all readings and Voikko's own base forms, lower case.
    """

    text: str
    lower: str
    readings: tuple[Reading, ...]
    scores: tuple[float, ...]
    best: int
    bases: frozenset[str] = frozenset()


EDGE = Reading("", "EDGE", "EDGE", "pattern")
"""What stands before the first word and behind the last one."""

EDGE_FORM = WordForm("", "", (EDGE,), (0.0,), 0)

RAREST, RARITY_STEPS = 6, 1.5
"""How a lemma's rarity beside the commonest one is counted: in steps, so many a point of the Zipf scale, up to six. The
weights are fitted to them."""

_CONTENT = frozenset(("NOUN", "VERB", "ADJ", "PROPN"))

FEATURES = {
    "t": "tag", "w": "form and lemma", "l": "lemma", "n": "more parts than another reading", "e": "ending and tag",
    "m": "lemma's ending", "a": "among the readings", "c": "capitals", "f": "rarer than another lemma (0 to 6)",
    "g": "guess ends in", "h": "guess ends in", "i": "guess shaped",
    "s": "guess with foreign letters", "k": "other forms of the guess that are listed", "=": "form is the lemma",
    "p": "tag before",
    "P": "lemma before", "x": "tag after", "X": "form after", "y": "between", "z": "after two", "Z": "before two",
    "<": "case and number as before", ">": "case and number as after", "C": "capital, at the sentence's start",
}  # fmt: skip
"""What the first letter of a feature's name stands for."""


def static_features(word: str, readings: Sequence[Reading]) -> Iterator[list[str]]:
    """For each reading its features that need no context."""
    lower = word.lower()
    frequencies = zipf_values()
    lemmas = [reading.lemma.lower() for reading in readings]
    levels = [frequencies.get(lemma, RARE) for lemma in lemmas]
    top = max(levels)
    parts = [reading.structure.count("=") for reading in readings]
    fewest = min(parts)
    kinds = "/".join(sorted({reading.pos for reading in readings}))
    shape = ("XX" if len(word) > 1 else "X") if word.isupper() else "Xx" if word[0].isupper() else "x"
    form, ending, among, capitals = f"w {lower} ", f"e {lower[-3:]} ", f"a {kinds} ", f"c {shape} "
    for (_, pos, tag, source, _, case, *_), lemma, level, n_parts in zip(readings, lemmas, levels, parts, strict=True):
        lemma_pos, pos_source = f"{lemma} {pos}", f"{pos} {source}"
        found = [
            "t " + tag,
            form + lemma_pos,
            "l " + lemma_pos,
            f"n {n_parts - fewest}",
            ending + tag,
            f"m {lemma[-3:]} {pos_source}",
            among + pos,
            capitals + pos_source,
        ]
        if pos in _CONTENT:
            found.append(f"f {min(RAREST, int((top - level) * RARITY_STEPS))} {pos_source}")
        if source == "guess":
            n_forms, listed = _listed_forms(lemma, lower), level > RARE
            found += (f"g {lemma[-2:]} {tag}", f"h {lemma[-1:]} {tag}", f"i {_skeleton(lemma)} {pos}")
            found += (f"s {not FOREIGN.isdisjoint(lower)} {tag}", f"k {n_forms} {listed} {pos} {case}")
        if lemma == lower:
            found.append("= " + pos_source)
        yield found


def context_features(
    readings: Sequence[Reading], word: str, before: Reading, before2: Reading, after: WordForm, after2: WordForm
) -> list[list[str]]:
    """For each reading of a word its features between the neighbours."""
    before_lemma, before_pos, before_tag, _, _, before_case, before_number, _ = before
    _, next_pos, next_tag, _, _, next_case, next_number, _ = after.readings[after.best]
    tag_before, lemma_before = f"p {before_tag} ", f"P {before_lemma} "
    tag_after, form_after = f"x {next_tag} ", f"X {after.lower} "
    between = f"y {before_pos} {next_pos} "
    two_before, two_after = f"z {before2.pos} {before_pos} ", f"Z {next_pos} {after2.readings[after2.best].pos} "
    capital = f"C {before is EDGE or before_pos == 'PUNCT'} " if word[0].isupper() else ""
    found = []
    for _, pos, tag, source, _, case, number, _ in readings:
        kind = f"{pos} {case}"
        names = [
            tag_before + tag,
            lemma_before + kind,
            tag_after + tag,
            form_after + kind,
            between + kind,
            two_before + pos,
            two_after + pos,
        ]
        if case:
            names.append(f"< {case == before_case} {number == before_number} {before_pos} {pos}")
            names.append(f"> {case == next_case} {number == next_number} {next_pos} {pos}")
        if capital:
            names.append(f"{capital}{pos} {source}")
        found.append(names)
    return found


_ENDINGS = {
    True: ("n", "lla", "lle", "lta", "ssa", "sta", "a", "ta"),
    False: ("in", "illa", "ille", "ilta", "issa", "ista", "ia"),
}
"""The commonest case endings behind a vowel and behind a consonant."""

_FRONT_ENDINGS = {vowel: tuple(ending.translate(FRONT) for ending in endings) for vowel, endings in _ENDINGS.items()}

_BACK = frozenset("aou")

MOST_FORMS = 3
"""Forms of a guessed base form that are counted at most."""


def _listed_forms(lemma: str, form: str) -> int:
    """How many other forms of a guessed base form are in the list of common ones, at most three."""
    frequencies, found = zipf_values(), 0
    endings = _FRONT_ENDINGS if _BACK.isdisjoint(lemma) else _ENDINGS
    for ending in endings[lemma[-1:] in VOWELS]:
        other = lemma + ending
        if other in frequencies and other != form:
            found += 1
            if found == MOST_FORMS:
                break
    return found


def _skeleton(lemma: str) -> str:
    return "".join("V" if letter in VOWELS else "C" for letter in lemma[-4:])


class Model:
    """The weights, and the choice by them."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights

    def form(self, word: str, readings: Sequence[Reading], bases: frozenset[str] = frozenset()) -> WordForm:
        """A form with its static scores."""
        if len(readings) == 1:
            return WordForm(word, word.lower(), tuple(readings), (0.0,), 0, bases)
        get = self.weights.get
        scores = tuple(sum([get(name, 0.0) for name in names]) for names in static_features(word, readings))
        return WordForm(word, word.lower(), tuple(readings), scores, scores.index(max(scores)), bases)

    def choose(self, forms: Sequence[WordForm]) -> list[int]:
        """For each word of a sentence the index of its reading."""
        get = self.weights.get
        chosen: list[int] = []
        before = before2 = EDGE
        followed = [*forms, EDGE_FORM, EDGE_FORM]
        for index, form in enumerate(forms):
            best, readings = 0, form.readings
            if len(readings) > 1:
                after, after2, text = followed[index + 1], followed[index + 2], form.text
                found = context_features(readings, text, before, before2, after, after2)
                scores = [
                    score + sum([get(name, 0.0) for name in names])
                    for names, score in zip(found, form.scores, strict=True)
                ]
                best = scores.index(max(scores))
            chosen.append(best)
            before2, before = before, readings[best]
        return chosen

    def reasons(
        self, forms: Sequence[WordForm], chosen: Sequence[int], index: int
    ) -> tuple[Reading, list[tuple[str, float]]]:
        """The reading that came second for a word with several, and the features that told against it, strongest first.

        A feature is its name and the score by which it favours the chosen reading.
        """
        form, line = forms[index], [*forms, EDGE_FORM, EDGE_FORM]
        before = forms[index - 1].readings[chosen[index - 1]] if index else EDGE
        before2 = forms[index - 2].readings[chosen[index - 2]] if index > 1 else EDGE
        weighed: list[dict[str, float]] = []
        contexts = context_features(form.readings, form.text, before, before2, line[index + 1], line[index + 2])
        for names, context in zip(static_features(form.text, form.readings), contexts, strict=True):
            weighed.append({name: self.weights.get(name, 0.0) for name in (*names, *context)})
        totals = [sum(weights.values()) for weights in weighed]
        best = chosen[index]
        second = max((number for number in range(len(totals)) if number != best), key=lambda number: totals[number])
        for name, weight in weighed[second].items():
            weighed[best][name] = weighed[best].get(name, 0.0) - weight
        favours = sorted(weighed[best].items(), key=lambda item: -item[1])
        return form.readings[second], [(name, weight) for name, weight in favours if weight > 0]


@cache
def model() -> Model:
    """The shipped model, read once a process."""
    with WEIGHTS.open(encoding="utf-8") as lines:
        pairs = (line.rstrip("\n").rpartition("\t") for line in lines if not line.startswith("#"))
        return Model({feature: float(weight) for feature, _, weight in pairs})
