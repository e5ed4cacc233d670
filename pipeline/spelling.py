"""What a degraded word was: candidates that Voikko knows, weighed as a noisy channel does.

A candidate's score is the logarithm of its probability times that of reading what stands there in its place (Kernighan,
Church and Gale 1990, https://aclanthology.org/C90-2036/). How likely the candidate is follows from form frequencies and
the document's own clean words, how likely the reading from the share of lost dots and of confused letters that the
document shows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from lexicons import load
from pipeline.frequencies import RARE, zipf_values
from pipeline.lemmatiser import form
from pipeline.voikko import CACHE_SIZE, knows

MAX_LENGTH = 40
"""Letters in the longest word that is corrected."""

MAX_SWITCHES = 3
"""Changes between back and front vowels within a word: its compound parts, and foreign words, have a harmony each."""

_NAME = 1.5
"""What it costs to take a capitalised word for another one: names are in no dictionary."""

ANY_LETTER = 5e-4
"""Probability that a letter was read as one that the lexicon does not name."""


class Candidate(NamedTuple):
    """A spelling, and what must have happened to it: letters that lost their dots, other confusions."""

    word: str
    dots: int
    confusions: int
    any_letter: int = 0


def is_dots_only(candidate: Candidate) -> bool:
    """Whether nothing but lost dots parts a candidate from what stands there."""
    return not candidate.confusions and not candidate.any_letter


class Correction(NamedTuple):
    """The likeliest spelling of a word and its probability among all candidates, the word itself included."""

    word: str
    confidence: float


# Candidates


@cache
def _confusions() -> dict[str, list[str]]:
    """What was read → what may have stood there, without the loss of dots."""
    found: dict[str, list[str]] = {}
    for entry in load("ocr_confusions").entries:
        if entry.group != "dots":
            for term in entry.terms:
                found.setdefault(term.text, []).append(str(entry.value))
    return found


@cache
def _dotted() -> dict[str, str]:
    """Letter → the letter that it is without dots."""
    entries = load("ocr_confusions").group("dots")
    pairs = {entry.terms[0].text: str(entry.value) for entry in reversed(entries) if str(entry.value) != "å"}
    return pairs | {plain.upper(): dotted.upper() for plain, dotted in pairs.items()}


_HARMONY = {"u": "back", "U": "back", "y": "front", "Y": "front", "ä": "front", "ö": "front", "Ä": "front", "Ö": "front"}


def dotted_spellings(word: str) -> Iterator[tuple[str, int]]:
    """The spellings that a word may have had before it lost dots, and how many, the word itself first.

    Within a part of a compound a word has either back vowels (a, o, u) or front ones (ä, ö, y); at most `MAX_SWITCHES`
    changes between them are tried, fewer in long words.
    """
    dotted = _dotted()
    switches = MAX_SWITCHES if sum(letter in dotted for letter in word) < 9 else 2
    paths: list[tuple[str, int, str, int]] = [("", 0, "", 0)]
    for letter in word:
        fixed = _HARMONY.get(letter)
        if fixed is None and letter not in dotted:
            paths = [(done + letter, dots, state, turns) for done, dots, state, turns in paths]
            continue
        grown = []
        for done, dots, state, turns in paths:
            for kind, shown in (("back", letter), ("front", dotted.get(letter, letter))):
                after = turns + (state not in ("", kind))
                if fixed not in (None, kind) or after > switches:
                    continue
                grown.append((done + shown, dots + (shown != letter), kind, after))
        paths = grown or [(done + letter, dots, "", turns) for done, dots, _, turns in paths]
    yield word, 0
    yield from ((done, dots) for done, dots, _, _ in sorted(paths, key=lambda path: path[3]) if dots)


@lru_cache(maxsize=CACHE_SIZE)
def undotted_words(word: str) -> tuple[tuple[str, int], ...]:
    """The known words among the dotted spellings of a word; common listed ones count as known (etä)."""
    listed = zipf_values()
    return tuple(pair for pair in dotted_spellings(word) if knows(pair[0]) or listed.get(pair[0].lower(), 0) > 3)


def _confused(word: str) -> Iterator[str]:
    """The word with one confusion undone."""
    lower = word.lower()
    confusions = _confusions()
    for start in range(len(word)):
        for length in (1, 2):
            for right in confusions.get(lower[start : start + length], ()) if start + length <= len(word) else ():
                shown = right.capitalize() if word[start].isupper() and start == 0 else right
                if word[start].isupper() and start:
                    shown = right.upper() if word[:start].isupper() else right
                yield word[:start] + shown + word[start + length :]


_LETTERS = "aeiouyäöbcdfghjklmnprstv"


@lru_cache(maxsize=CACHE_SIZE)
def candidates(word: str, confusions: bool) -> tuple[Candidate, ...]:
    """The known words that a spelling may stand for: by lost dots, and with `confusions` by confused letters too."""
    found = [Candidate(spelling, dots, 0) for spelling, dots in undotted_words(word)]
    if not confusions or any(not one.dots for one in found):
        return tuple(found)
    once = dict.fromkeys(_confused(word))
    found += [Candidate(right, dots, 1) for spelling in once for right, dots in undotted_words(spelling)]
    if not found and len(word) > 5:
        twice = dict.fromkeys(again for spelling in once for again in _confused(spelling))
        found += [Candidate(spelling, 0, 2) for spelling in twice if knows(spelling)]
    if len(word) > 3 and word.isalpha():
        spelled = {one.word for one in found}
        found += [Candidate(right, 0, 0, 1) for right in _one_letter_off(word, bool(found)) if right not in spelled]
    return tuple(found)


def _one_letter_off(word: str, listed_only: bool) -> Iterator[str]:
    """The known words that differ in one letter, of long words also those that are not listed."""
    listed, lower = zipf_values(), word.lower()
    for index, letter in enumerate(lower):
        for other in _LETTERS:
            if other == letter:
                continue
            spelled = word[:index] + (other.upper() if word[index].isupper() else other) + word[index + 1 :]
            is_listed = lower[:index] + other + lower[index + 1 :] in listed
            if (is_listed or (not listed_only and len(word) > 6)) and knows(spelled):
                yield spelled


# How likely a word is


@lru_cache(maxsize=CACHE_SIZE)
def likelihood(word: str) -> float:
    """About the decadic logarithm of a form's frequency (the Zipf scale); unlisted words by their lemmas."""
    listed = zipf_values()
    lower = word.lower()
    level = listed.get(lower)
    known = knows(word)
    if level is not None:
        return level if known else level - (1.0 if word[0].isupper() else 2.5)
    if not known:
        return -0.2 * max(0, len(word) - 7) if word[0].isupper() else -1.5 - 0.2 * max(0, len(word) - 6)
    one = form(word)
    reading = one.readings[one.best]
    lemma = reading.lemma.lower()
    if reading.structure.count("=") < 2:
        return min(RARE, listed.get(lemma, RARE) - 1.5)
    parts = [part.strip("-") for part in split_structure(lemma, reading.structure)]
    return max(-0.8, min(1.8, 1.0 + sum((max(listed.get(part, 0.0), 3.0) - 5) / 2 for part in parts if part)))


def split_structure(lemma: str, structure: str) -> list[str]:
    """A compound's lemma cut where Voikko's STRUCTURE says."""
    pieces, position = [], 0
    for length in map(len, structure.split("=")[1:-1]):
        pieces.append(lemma[position : position + length])
        position += length
    return [*pieces, lemma[position:]]


# Correction


_JOINT = re.compile(r"([-–’':])")
_LETTER_NAMES_BACK = frozenset("ahkoquåx")
"""Letters whose Finnish names have back vowels (aa, hoo, koo …): an abbreviation's endings follow its last one."""

_NEUTRAL_STEM = re.compile(r"(?P<stem>(?:\w*y)?[^\Waouyäö]{3,}?)(?P<ending>ssa|sta|lla|lta)$", re.IGNORECASE)
"""A word whose stem has no vowels but e and i, or these behind y: its endings have front vowels."""


@dataclass
class Speller:
    """Corrects the words of one document.

    `lost_dots` is the probability that a dotted letter stands without dots, `confused` that a letter stands for another;
    `attested` has the document's own clean words with how often each occurs.
    """

    lost_dots: float
    confused: float
    attested: Mapping[str, int] = field(default_factory=dict)
    _kept: dict[str, tuple[Correction, ...]] = field(default_factory=dict)

    def corrections(self, word: str) -> tuple[Correction, ...]:
        """The spellings that a word may stand for, likeliest first; the word itself is always among them."""
        kept = self._kept.get(word)
        if kept is None:
            kept = self._kept[word] = tuple(self._weighed(word))
        return kept

    def _weighed(self, word: str) -> list[Correction]:
        if not 1 < len(word) <= MAX_LENGTH:
            return [Correction(word, 1.0)]
        scores = {word: self._likelihood(word)}
        is_name = word[0].isupper() and word.isalpha()
        for one in candidates(word, self.confused > 0 and not knows(word)):
            score = self._likelihood(one.word) + self._reading(one) - (_NAME if is_name and not is_dots_only(one) else 0)
            scores[one.word] = max(score, scores.get(one.word, -99.0))
        if len(scores) == 1 and not knows(word):
            for spelling, score in self._by_parts(word):
                scores[spelling] = max(score, scores.get(spelling, -99.0))
        top = max(scores.values())
        powers = {spelling: 10 ** (score - top) for spelling, score in scores.items()}
        total = sum(powers.values())
        weighed = [Correction(spelling, power / total) for spelling, power in powers.items()]
        return sorted(weighed, key=lambda one: (-one.confidence, one.word != word))

    def _likelihood(self, word: str) -> float:
        count = self.attested.get(word.lower(), 0)
        return max(likelihood(word), 2.5 + math.log10(count)) if count else likelihood(word)

    def _reading(self, one: Candidate) -> float:
        """The logarithm of how likely a candidate is to be read as what stands there."""
        score = one.dots * math.log10(max(self.lost_dots, 1e-4)) + one.any_letter * math.log10(ANY_LETTER)
        return score + one.confusions * math.log10(max(self.confused, 1e-4) / 4)

    def _by_parts(self, word: str) -> Iterator[tuple[str, float]]:
        """Spellings of an unknown word by its parts: around hyphens, as a compound of known words, by its ending."""
        pieces = _JOINT.split(word)
        if len(pieces) > 1:
            if pieces[1] == ":":
                ending = self._abbreviation_ending(pieces[0], pieces[2])
                yield f"{pieces[0]}:{ending}", 1.0
                return
            best = [piece if _JOINT.match(piece) or not piece else self.corrections(piece)[0].word for piece in pieces]
            yield "".join(best), 1.0
            return
        yield from self._compound(word)
        if match := _NEUTRAL_STEM.match(word):
            lost = math.log10(max(self.lost_dots, 1e-4))
            yield match["stem"] + match["ending"].translate(_FRONT), likelihood(word) + 0.5 + lost

    def _compound(self, word: str) -> Iterator[tuple[str, float]]:
        """A compound that Voikko lacks, of two words that it knows (hoitoon|pääsy)."""
        for cut in range(3, len(word) - 2):
            for tail, tail_dots in undotted_words(word[cut:]):
                for head, head_dots in undotted_words(word[:cut]):
                    if tail[0].islower():
                        lost = (head_dots + tail_dots) * math.log10(max(self.lost_dots, 1e-4))
                        yield head + tail, (likelihood(head) + likelihood(tail)) / 2 - 4.0 + lost
                if tail_dots and likelihood(tail) > 3.0 and ("y" in tail or len(tail) > 5):  # konseptointi|työ
                    lost = tail_dots * math.log10(max(self.lost_dots, 1e-4))
                    yield word[:cut] + tail, likelihood(word) + (likelihood(tail) - 3.0) / 2 + lost

    def _abbreviation_ending(self, stem: str, ending: str) -> str:
        back = stem[-1].lower() in _LETTER_NAMES_BACK if stem.isupper() else any(ch in "aouAOU" for ch in stem)
        return ending if back or self.lost_dots < 0.01 else ending.translate(_FRONT)


_FRONT = str.maketrans("aoAO", "äöÄÖ")
