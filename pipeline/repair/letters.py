"""Misread letters: the words of degraded parts get back what text recognition lost, where it is sure enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from extractors.document import Change, Document, Span, Twin, WordRepair
from pipeline.language.alphabet import WITHOUT_DOTS
from pipeline.language.disambiguate import EDGE, EDGE_FORM, WordForm, context_features, model
from pipeline.language.lemmatiser import form
from pipeline.language.voikko import knows
from pipeline.repair.evidence import words_of
from pipeline.repair.joins import Join
from pipeline.repair.spelling import DOTS_LOST, MAX_SWITCHES, Correction, Pair, Speller, undotted_words

SURE = 0.95
"""Probability that a correction must have; one that only restores dots must be likelier than all else."""

CONTESTED = 0.05
"""A spelling of this probability or more is weighed against the likeliest in the sentence."""

SHORTEST = 5
"""Letters of a word that is taken for another one, its dots apart: shorter unknown ones are abbreviations as often."""

CONTEXT_WEIGHT = 0.2
"""Decadic logarithms that a point of the disambiguator's score is worth.

On 30,835 words of TurkuONE training text without dots, weights from 0 to 0.4 restore the same but for three words:
frequencies decide nearly all of what is contested.
"""


def restored(document: Document, joined: Twin, joins: Sequence[Join], parts: Sequence[tuple[Span, Speller]]) -> Twin:
    """The twin with joins and with the words of the degraded parts restored."""
    changes: list[tuple[Change, list[WordRepair]]] = []
    taken: list[Span] = []
    torn = _torn(joined.text, document.wrapped, parts[0][1].habits)
    for stretch, speller in parts:
        matches = list(words_of(stretch.of(joined.text)))
        chosen = _chosen([match.group() for match in matches], speller)
        for match, correction in zip(matches, chosen, strict=True):
            if correction is None or stretch.start + match.start() in torn:
                continue
            start, end = stretch.start + match.start(), stretch.start + match.end()
            first, *others = _letter_changes(joined, Span(start, end), correction.word)
            changes += [(first, [_word_repair(joined, Span(start, end), correction)]), *((one, []) for one in others)]
            if len(match.group()) != len(correction.word):
                taken.append(joined.source_span(start, end))
    inner = {join.change.start for join in joins for span in taken if span.start <= join.change.start < span.end}
    changes += [(join.change, [join.repair]) for join in joins if join.change.start not in inner]
    return twin_of(document.text, sorted(changes, key=lambda pair: pair[0].start))


def _letter_changes(joined: Twin, place: Span, right: str) -> list[Change]:
    """What makes a word of the joined text the right one.

    Letter by letter where they are as many, so that offsets inside the word stay exact.
    """
    word = place.of(joined.text)
    if len(word) != len(right):
        return [Change(*joined.source_span(*place), right)]
    return [
        Change(*joined.source_span(place.start + index, place.start + index + 1), new)
        for index, (old, new) in enumerate(zip(word, right, strict=True))
        if old != new
    ]


def _word_repair(joined: Twin, place: Span, correction: Correction) -> WordRepair:
    lost_dots = place.of(joined.text).translate(WITHOUT_DOTS) == correction.word.translate(WITHOUT_DOTS)
    kind: Literal["dots", "letters"] = "dots" if lost_dots else "letters"
    return WordRepair(*joined.source_span(*place), correction.word, kind, round(correction.confidence, 3))


def _torn(text: str, wrapped: bool, habits: tuple[Pair, ...]) -> set[int]:
    """Where words begin that may be halves of one which a line end tears.

    They stand beside it and are unknown: both in wrapped text, one of them in other text.
    """
    torn: set[int] = set()
    for one, other in pairwise(words_of(text)):
        between = text[one.end() : other.start()]
        if between.strip("-") == "\n" and not other.group()[0].isupper():
            known = [bool(undotted_words(match.group(), MAX_SWITCHES, habits)) for match in (one, other)]
            if not any(known) or not (wrapped or all(known)):
                torn |= {one.start(), other.start()}
    return torn


def _chosen(words: Sequence[str], speller: Speller) -> list[Correction | None]:
    """For each word of a stretch its correction, None where it stays."""
    options = [_options(word, speller) for word in words]
    chosen = [found[0] for found in options]
    for index, found in enumerate(options):
        if len(found) > 1:
            chosen[index] = _in_context(found, [one.word for one in chosen], index)
    return [_accepted(word, (one, *found), speller) for word, one, found in zip(words, chosen, options, strict=True)]


def _options(word: str, speller: Speller) -> list[Correction]:
    if speller.lost_dots < DOTS_LOST and knows(word):
        return [Correction(word, 1.0)]
    found = speller.corrections(word)
    return [one for one in found if one.confidence >= CONTESTED or one is found[0]]


def _accepted(word: str, ranked: Sequence[Correction], speller: Speller) -> Correction | None:
    """The likeliest spelling that may be set in a word's place, None where the word itself comes before it."""
    for one in ranked:
        if one.word == word:
            return None
        if speller.only_dots(word, one.word):
            if one.confidence >= SURE or (speller.lost_dots >= DOTS_LOST and (one is ranked[0] or knows(one.word))):
                return one
        elif one.confidence >= SURE and (len(word) >= SHORTEST or not word.isalpha()):
            return one
    return None


def _in_context(found: Sequence[Correction], words: Sequence[str], index: int) -> Correction:
    """The spelling that fits its neighbours best, by the disambiguator's features of the sentence."""
    line = [form(word) for word in words[max(0, index - 2) : index + 3]]
    at = min(index, 2)
    scores = []
    for one in found:
        line[at] = form(one.word)
        scores.append(math.log10(one.confidence) + CONTEXT_WEIGHT * _fit(line, at))
    top = max(scores)
    powers = [10 ** (score - top) for score in scores]
    best = scores.index(top)
    return Correction(found[best].word, powers[best] / sum(powers))


def _fit(line: Sequence[WordForm], at: int) -> float:
    """The best score of a form's readings by their context alone."""
    before = line[at - 1].readings[line[at - 1].best] if at else EDGE
    before2 = line[at - 2].readings[line[at - 2].best] if at > 1 else EDGE
    after = line[at + 1] if at + 1 < len(line) else EDGE_FORM
    after2 = line[at + 2] if at + 2 < len(line) else EDGE_FORM
    get, one = model().weights.get, line[at]
    features = context_features(one.readings, one.text, before, before2, after, after2)
    return max(sum(get(name, 0.0) for name in names) for names in features)


def twin_of(text: str, changes: Sequence[tuple[Change, Sequence[WordRepair]]]) -> Twin:
    """A text with changes, in order, and what they repair; a join within a word that got its letters back goes."""
    pieces, position = [], 0
    for change, _ in changes:
        pieces += [text[position : change.start], change.text]
        position = change.end
    repairs = sorted({one for _, ones in changes for one in ones})
    letters = [one for one in repairs if one.kind != "line_end"]
    repairs = [
        one
        for one in repairs
        if one.kind != "line_end" or not any(other.start <= one.start and one.end <= other.end for other in letters)
    ]
    return Twin("".join([*pieces, text[position:]]), tuple(change for change, _ in changes), tuple(repairs))
