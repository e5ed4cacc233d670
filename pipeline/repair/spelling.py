"""What a degraded word was: candidates that Voikko knows, weighed as a noisy channel does.

A candidate's score is the logarithm of its probability times that of reading what stands there in its place (Kernighan,
Church and Gale 1990, https://aclanthology.org/C90-2036/). How likely the candidate is follows from form frequencies and
the document's own clean words, how likely the reading from the share of lost dots and of confused letters that the
document shows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from lexicons import needs
from pipeline.language.alphabet import FRONT, WITHOUT_DOTS
from pipeline.language.frequencies import RARE, zipf_values
from pipeline.language.lemmatiser import form, lexicon_words, pieces
from pipeline.language.spellable import ANYTHING, COMMON, State, beginning
from pipeline.language.voikko import CACHE_SIZE, accepts, knows

_DOTS = needs("ocr_confusions", groups=["dots"])
_MARKS = needs("ocr_confusions", groups=["marks"])
_CONFUSED = needs("ocr_confusions", groups=["letters"])

MAX_LENGTH = 40
"""Letters in the longest word that is corrected."""

MAX_SPELLINGS = 400
"""Dotted spellings of a word that are followed, those with the fewest turns of harmony."""

MAX_SWITCHES = 3
"""Changes between back and front vowels within a word: its compound parts, and foreign words, have a harmony each."""

DOTS_LOST = 0.3
"""Probability of a lost dot from which on known words are doubted too (sata for säätä), and dots alone decide."""

LOST_AT_ALL = 0.01
"""Probability of a lost dot below which endings of abbreviations stay."""

LONG_WORD, LONG_SWITCHES = 12, 2
"""Letters beyond which a word has so many dotted spellings that fewer switches are tried, and how many."""

SHORTEST_TWICE, SHORTEST_UNLISTED = 6, 7
"""Letters of a word from which on two confusions, and any letter of an unlisted word, are thought of."""

SHORTEST_PIECE, SURE_PIECE = 5, 0.95
"""Letters, and probability, from which on a hyphened word's part is corrected: short ones are often abbreviations."""

SHORTEST_HEAD, SHORTEST_TAIL = 3, 3
"""Letters that the parts of a compound have at least that no dictionary has."""

SHORTEST_DOTTED_TAIL = 6
"""The same of its tail where only that is known; with a y, surely a front vowel, also shorter (konseptointi|työ)."""

ANY_LETTER = 5e-4
"""Probability that a letter was read as one that the lexicon does not name."""

LEAST_LOST, LEAST_CONFUSED = 1e-4, 1e-4
"""Probabilities below which none is taken to be: their logarithms must exist."""

CHOICES = 4
"""Letters that a confused one may stand for, on an average: the lexicon's confusions of a letter share its noise."""


class Weights:
    """What is known of a spelling beside its frequency, in decadic logarithms (points of the Zipf scale).

    Set by hand and judged by `poimuri bench repair`.
    """

    NAME = -1.5  # a capitalised word taken for another one: names are in no dictionary
    UNKNOWN_NAME, UNKNOWN_FORM = -1.0, -2.5  # listed forms that Voikko lacks: foreign ones, misspellings
    UNLISTED = -1.5  # a form beside its lemma
    NO_NAME, NO_WORD = 0.0, -1.5  # neither listed nor known, by the length of the usual ones
    LETTER, USUAL_NAME, USUAL_WORD = -0.2, 7, 6  # each letter beyond these
    COMPOUND, LEAST_COMPOUND, MOST_COMPOUND = 1.0, -0.8, 1.8  # of parts that are as common as USUAL_PART
    RARE_PART, USUAL_PART, PART = 3.0, 5.0, 0.5  # a part's own frequency counts half
    ATTESTED = 2.5  # a clean word of the document, once
    TERM = 1.0  # a compound of a lexicon's word
    UNLISTED_LETTER = -1.0  # any letter changed in a word that is not listed
    JOINTS = 1.0  # put together of parts that are corrected by themselves
    UNBROKEN = -1.0  # a hyphen left of a line end
    NEUTRAL = 0.5  # an ending that must have front vowels
    UNKNOWN_COMPOUND = -4.0  # two known words that no dictionary has as one
    COMMON_TAIL = 3.0  # from which on a tail may follow anything


Pair = tuple[str, str]
"""A confusion: what was read, and the right letter."""


class Candidate(NamedTuple):
    """A spelling, and what must have happened to it: letters that lost their dots, other confusions (`pair` if one)."""

    word: str
    dots: int
    confusions: int
    any_letter: int = 0
    pair: Pair | None = None


def is_dots_only(candidate: Candidate) -> bool:
    """Whether nothing but lost dots parts a candidate from what stands there."""
    return not candidate.confusions and not candidate.any_letter


class Correction(NamedTuple):
    """The likeliest spelling of a word and its probability among all candidates, the word itself included."""

    word: str
    confidence: float


@cache
def _confusions() -> dict[str, list[str]]:
    """What was read → what may have stood there, for letters that Finnish words have too."""
    found: dict[str, list[str]] = {}
    for entry in _CONFUSED.entries:
        for term in entry.terms:
            found.setdefault(term.text, []).append(str(entry.value))
    return found


@cache
def _lost(habits: tuple[Pair, ...] = ()) -> dict[str, tuple[str, ...]]:
    """A letter without its dots, or a mark that no word has → the letters that it may stand for.

    `habits` are a document's own confusions, which it makes as easily.
    """
    found: dict[str, tuple[str, ...]] = {}
    for read, right in habits:
        found[read] = (*found.get(read, (read,)), right)
    for words in (_DOTS, _MARKS):
        for entry in words.entries:
            for term in entry.terms:
                before = found.get(term.text, (term.text,) if words is _DOTS else ())
                found[term.text] = tuple(dict.fromkeys((*before, str(entry.value))))
    return found


_HARMONY = {"a": "back", "o": "back", "u": "back", "y": "front", "ä": "front", "ö": "front"}


_Path = tuple[str, int, str, int, State]
"""A spelling's beginning: its letters, how many differ, the harmony that it is in, turns, and what may follow."""


def dotted_spellings(
    word: str, switches: int = MAX_SWITCHES, habits: tuple[Pair, ...] = (), start: State = ANYTHING
) -> Iterator[tuple[str, int]]:
    """The spellings that a word may have had before it lost dots, fewest turns first, and how many letters differ.

    Within a part of a compound a word has either back vowels (a, o, u) or front ones (ä, ö, y); at most `switches`
    turns between them are tried. A capital within a small word is a small letter. `start` leads through those that may
    be words.
    """
    yield from _ended(_through([("", 0, "", 0, start)], word, "", switches, _lost(habits)))


def _ended(paths: Iterable[_Path]) -> Iterator[tuple[str, int]]:
    return ((done, dots) for done, dots, _, _, state in sorted(paths, key=_turns) if state.may_end)


_turns = itemgetter(3)

_Choices = Mapping[str, tuple[str, ...]]


def _through(paths: list[_Path], letters: str, before: str, switches: int, choices: _Choices) -> list[_Path]:
    """The paths as they go on with letters, behind the one before; none of those that lead nowhere."""
    for letter in letters:
        paths = _behind(paths, letter, before, switches, choices)
        if not paths:
            break
        before = letter
    return paths


def _behind(paths: list[_Path], letter: str, before: str, switches: int, choices: _Choices) -> list[_Path]:
    lower = letter.lower()
    is_small = before.islower() or letter == lower
    grown: list[_Path] = []
    for done, dots, harmony, turns, state in paths:
        for choice in choices.get(lower, (lower,)):
            following = state[choice]
            if following is None:
                continue
            kind = _HARMONY.get(choice, harmony)
            after = turns + 1 if kind != harmony and harmony else turns
            if after <= switches and (choice != "å" or dots < 1):
                shown = choice if is_small else choice.upper()
                grown.append((done + shown, dots + (shown != letter), kind, after, following))
    return grown if len(grown) <= MAX_SPELLINGS else sorted(grown, key=_turns)[:MAX_SPELLINGS]


@cache
def _undotted_sequences() -> frozenset[str]:
    return frozenset(run.translate(WITHOUT_DOTS) for run in _sequences())


def _odd_undotted(word: str) -> bool:
    """Whether three letters stand together that, dots or not, no listed form has; marks of misread letters fit all."""
    runs = _runs(word.lower().translate(WITHOUT_DOTS)) - _undotted_sequences()
    return any(run.replace(" ", "a").isalpha() and run.isascii() for run in runs)


@lru_cache(maxsize=CACHE_SIZE)
def undotted_words(
    word: str, switches: int = MAX_SWITCHES, habits: tuple[Pair, ...] = ()
) -> tuple[tuple[str, int], ...]:
    """The known words among the dotted spellings of a word and itself; common listed ones count as known (etä)."""
    fewer = min(switches, LONG_SWITCHES) if len(word) > LONG_WORD else switches
    found = dict(dotted_spellings(word, fewer, habits, beginning()))
    found.setdefault(word, 0)
    return tuple(pair for pair in found.items() if _counts(pair[0]))


def _counts(spelling: str) -> bool:
    """Whether a spelling is a word, or a common listed form."""
    return is_word(spelling) or zipf_values().get(spelling.lower(), 0) > COMMON


def is_word(spelling: str) -> bool:
    """Whether Voikko accepts a made-up spelling; those with letters that never stand together are not asked for."""
    return _is_likely(spelling.lower()) and accepts(spelling)


def _is_likely(lower: str) -> bool:
    """Whether every three letters that stand together do so in a listed form; stops at the first."""
    padded, sequences = f" {lower} ", _sequences()
    for start in range(len(padded) - 2):  # noqa: SIM110 - a generator costs as much as the search
        if padded[start : start + 3] not in sequences:
            return False
    return True


@cache
def _sequences() -> frozenset[str]:
    """All runs of three letters in the listed forms, their edges as spaces."""
    text = "\n".join(f" {word} " for word in zipf_values())
    return frozenset(run for run in set(map("".join, zip(text, text[1:], text[2:], strict=False))) if "\n" not in run)


def _runs(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _odd(word: str) -> set[str]:
    """The runs of three letters that no listed form has."""
    return _runs(word.lower()) - _sequences()


class _Confusion(NamedTuple):
    """A word with one confusion undone: where that is, and what stands there now; which confusion."""

    start: int
    spelling: str
    pair: Pair


def _confused(word: str, first: int = 0, end: int = MAX_LENGTH) -> Iterator[_Confusion]:
    """The word with one confusion undone that begins between two places."""
    lower = word.lower()
    confusions = _confusions()
    for start in range(first, min(end, len(word))):
        for length in (1, 2):
            for right in confusions.get(lower[start : start + length], ()) if start + length <= len(word) else ():
                shown = right.capitalize() if word[start].isupper() and start == 0 else right
                if word[start].isupper() and start:
                    shown = right.upper() if word[:start].isupper() else right
                spelling = word[:start] + shown + word[start + length :]
                yield _Confusion(start, spelling, (lower[start : start + length], right))


def _where(lower: str, sequences: frozenset[str], marks: str = "") -> tuple[int, int]:
    """Between which places a change of one or two letters must begin to touch every run of three that no listed form
    has; `marks` are letters that fit all."""
    padded = f" {lower} "
    odd = [
        at
        for at in range(len(lower))
        if (run := padded[at : at + 3]) not in sequences and not any(mark in run for mark in marks)
    ]
    return (max(0, odd[-1] - 2), odd[0] + 2) if odd else (0, len(lower))


def _undotted_where(lower: str) -> tuple[int, int]:
    """The same where letters may have lost dots and marks stand for such letters."""
    plain = lower.translate(WITHOUT_DOTS)
    marks = "".join(mark for mark in set(plain) if not (mark.isascii() and mark.isalpha()))
    return _where(plain, _undotted_sequences(), marks)


def _states(word: str) -> list[State]:
    """What may follow before each letter of a word, as far as words go on so."""
    state: State | None = beginning()
    found: list[State] = []
    for letter in word.lower():
        if state is None:
            break
        found.append(state)
        state = state[letter]
    return found


def _undone(word: str, habits: tuple[Pair, ...]) -> Iterator[Candidate]:
    """The known words that one confusion undone makes of a word, perhaps with lost dots."""
    choices = _lost(habits)
    paths: list[list[_Path]] = [[("", 0, "", 0, beginning())]]
    for at, letter in enumerate(word):
        paths.append(_behind(paths[-1], letter, word[at - 1 : at], _TURNS_OF_CONFUSED, choices))
    plain = _states(word)
    first, end = (0, len(word)) if habits else _undotted_where(word.lower())
    alive = max(sum(map(bool, paths)), len(plain))
    found = {one.spelling: one for one in _confused(word, first, min(end, alive))}
    for at, spelling, pair in found.values():
        rest, before = spelling[at:], word[at - 1 : at]
        rights = dict(_ended(_through(paths[at], rest, before, _TURNS_OF_CONFUSED, choices)))
        if at < len(plain) and spelling not in rights and _leads(plain[at], rest):
            rights[spelling] = 0
        for right, dots in rights.items():
            if _counts(right) and not (habits and _odd_undotted(spelling)):
                yield Candidate(right, dots, 1, 0, pair)


_TURNS_OF_CONFUSED = 1
"""Changes between back and front vowels of a word with another confusion undone."""


def _leads(state: State, letters: str) -> bool:
    """Whether letters may lead from a state to a word's end."""
    end = state.through(letters.lower())
    return end is not None and end.may_end


_LETTERS = "aeiouyäöbcdfghjklmnprstv"


@lru_cache(maxsize=CACHE_SIZE)
def near_candidates(word: str, habits: tuple[Pair, ...] = ()) -> tuple[Candidate, ...]:
    """The known words that lost dots, one confusion or, of listed words, any one letter make of what stands there."""
    if not 1 < len(word) <= MAX_LENGTH:
        return ()
    found = [Candidate(spelling, dots, 0) for spelling, dots in undotted_words(word, MAX_SWITCHES, habits)]
    if any(not one.dots for one in found):
        return tuple(found)
    found += _undone(word, habits)
    if len(word) > 3 and word.isalpha():
        spelled = {one.word for one in found}
        found += [Candidate(right, 0, 0, 1) for right in _one_letter_off(word, True) if right not in spelled]
    return tuple(found)


@lru_cache(maxsize=CACHE_SIZE)
def candidates(word: str, confusions: bool, habits: tuple[Pair, ...] = ()) -> tuple[Candidate, ...]:
    """The known words that a spelling may stand for: by lost dots, and with `confusions` by confused letters too.

    Two confusions, and any letter of an unlisted word, are thought of where nothing nearer is found.
    """
    if not confusions:
        return tuple(Candidate(right, dots, 0) for right, dots in undotted_words(word, MAX_SWITCHES, habits))
    found = list(near_candidates(word, habits))
    if SHORTEST_TWICE <= len(word) <= MAX_LENGTH and all(one.any_letter for one in found):
        odd = len(_odd(word))  # a misread letter shows by odd neighbours, and there are fewer once it is right
        better = [one for one in _confused(word) if not odd or len(_odd(one.spelling)) < odd]
        twice = dict.fromkeys(again for one in better for again in _undone_again(one.spelling))
        found += [Candidate(spelling, 0, 2) for spelling in twice if is_word(spelling)]
        if not found and len(word) >= SHORTEST_UNLISTED and word.isalpha():
            found = [Candidate(right, 0, 0, 1) for right in _one_letter_off(word, False)]
    return tuple(found)


def _undone_again(word: str) -> Iterator[str]:
    """The spellings that one more confusion undone makes of a word, which may be words."""
    states = _states(word)
    first, end = _where(word.lower(), _sequences())
    for at, spelling, _ in _confused(word, first, min(end, len(states))):
        if _leads(states[at], spelling[at:]):
            yield spelling


def _one_letter_off(word: str, listed_only: bool) -> Iterator[str]:
    """The known words that differ in one letter, with `listed_only` those of the frequency list."""
    listed, sequences, lower = zipf_values(), _sequences(), word.lower()
    padded, states = f" {lower} ", _states(word)
    first, end = _where(lower, sequences)
    for index in range(first, min(end, len(states))):
        for other in _LETTERS:
            if other == lower[index] or padded[index] + other + padded[index + 2] not in sequences:
                continue
            spelled = lower[:index] + other + lower[index + 1 :]
            if spelled not in listed and (listed_only or not _leads(states[index], spelled[index:])):
                continue
            spelled = word[:index] + (other.upper() if word[index].isupper() else other) + word[index + 1 :]
            if is_word(spelled):
                yield spelled


@lru_cache(maxsize=CACHE_SIZE)
def likelihood(word: str) -> float:
    """About the decadic logarithm of a form's frequency (the Zipf scale); unlisted words by their lemmas."""
    listed = zipf_values()
    lower = word.lower()
    level = listed.get(lower)
    known = knows(word)
    if level is not None:
        return level if known else level + (Weights.UNKNOWN_NAME if word[0].isupper() else Weights.UNKNOWN_FORM)
    if known:
        return _unlisted(word)
    if word[0].isupper():
        return Weights.NO_NAME + Weights.LETTER * max(0, len(word) - Weights.USUAL_NAME)
    return Weights.NO_WORD + Weights.LETTER * max(0, len(word) - Weights.USUAL_WORD)


def _unlisted(word: str) -> float:
    """The likelihood of a known form by its lemma's, of a compound by its parts'."""
    listed = zipf_values()
    one = form(word)
    reading = one.readings[one.best]
    lemma = reading.lemma.lower()
    if reading.structure.count("=") < 2:
        return min(RARE, listed.get(lemma, RARE) + Weights.UNLISTED)
    parts = [part for piece in pieces(lemma, reading.structure) if (part := piece.strip("-"))]
    levels = [max(listed.get(part, 0.0), Weights.RARE_PART) - Weights.USUAL_PART for part in parts]
    compound = Weights.COMPOUND + Weights.PART * sum(levels)
    return max(Weights.LEAST_COMPOUND, min(Weights.MOST_COMPOUND, compound))


@lru_cache(maxsize=CACHE_SIZE)
def _opens_with_term(word: str) -> bool:
    terms = lexicon_words()
    cuts = range(SHORTEST_HEAD, len(word) - SHORTEST_TAIL)
    return any(word[:cut].lower() in terms and knows(word[cut:]) for cut in cuts)


_JOINT = re.compile(r"([-–’':])")

_LETTER_NAMES_BACK = frozenset("ahkoquåx")
"""Letters whose Finnish names have back vowels (aa, hoo, koo …): an abbreviation's endings follow its last one."""

_NEUTRAL_STEM = re.compile(r"(?P<stem>(?:\w*y)?[^\Waouyäö]{3,}?)(?P<ending>ssa|sta|lla|lta)$", re.IGNORECASE)
"""A word whose stem has no vowels but e and i, or these behind y: its endings have front vowels."""


@dataclass
class Speller:
    """Corrects the words of one document.

    `lost_dots` is the probability that a dotted letter stands without dots, `confused` that a letter stands for
    another; `attested` has the document's own clean words with how often each occurs, `habits` its own confusions.
    """

    lost_dots: float
    confused: float
    attested: Mapping[str, int] = field(default_factory=dict)
    habits: tuple[Pair, ...] = ()
    _kept: dict[str, tuple[Correction, ...]] = field(default_factory=dict)

    @property
    def _log_lost(self) -> float:
        return math.log10(max(self.lost_dots, LEAST_LOST))

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
        is_name, known = word[0].isupper() and word.isalpha(), knows(word)
        for one in candidates(word, self.confused > 0 and not known, self.habits):
            score = self._likelihood(one.word) + self._reading(one)
            score += Weights.NAME if is_name and not is_dots_only(one) else 0.0
            scores[one.word] = max(score, scores.get(one.word, score))
        if not known:
            for spelling, score in self._by_parts(word):
                scores[spelling] = max(score, scores.get(spelling, score))
        top = max(scores.values())
        powers = {spelling: 10 ** (score - top) for spelling, score in scores.items()}
        total = sum(powers.values())
        weighed = [Correction(spelling, power / total) for spelling, power in powers.items()]
        return sorted(weighed, key=lambda one: (-one.confidence, one.word != word))

    def _likelihood(self, word: str) -> float:
        """As `likelihood`; higher for the document's own words and for compounds of a lexicon's word (sote|lakien)."""
        count = self.attested.get(word.lower(), 0)
        if count:
            return max(likelihood(word), Weights.ATTESTED + math.log10(count))
        return Weights.TERM if not knows(word) and _opens_with_term(word) else likelihood(word)

    def _reading(self, one: Candidate) -> float:
        """The logarithm of how likely a candidate is to be read as what stands there."""
        score = one.dots * self._log_lost + one.any_letter * math.log10(ANY_LETTER)
        if one.any_letter and one.word.lower() not in zipf_values():
            score += Weights.UNLISTED_LETTER
        return score + one.confusions * math.log10(max(self.confused, LEAST_CONFUSED) / CHOICES)

    def _by_parts(self, word: str) -> Iterator[tuple[str, float]]:
        """Spellings of an unknown word by its parts: around hyphens, as a compound of known words, by its ending."""
        parts = _JOINT.split(word)
        if len(parts) == 1:
            yield from self._compound(word)
            yield from self._front_ending(word)
        elif parts[1] == ":":
            yield f"{parts[0]}:{self._abbreviation_ending(parts[0], parts[2])}", Weights.JOINTS
        else:
            yield from self._around_joints(parts)

    def _around_joints(self, parts: list[str]) -> Iterator[tuple[str, float]]:
        """Each part of a hyphened word by itself, or the whole without a hyphen left of a line end (laitok-sen)."""
        if not all(knows(piece) for piece in parts[::2]):
            for whole, dots in undotted_words("".join(parts[::2]), MAX_SWITCHES, self.habits):
                yield whole, likelihood(whole) + Weights.UNBROKEN + dots * self._log_lost
        best = [piece if _JOINT.match(piece) or not piece else self._sure(piece) for piece in parts]
        yield "".join(best), Weights.JOINTS

    def _front_ending(self, word: str) -> Iterator[tuple[str, float]]:
        """A stem with neutral vowels alone takes front ones in its ending (Innokylassa), known or not."""
        if match := _NEUTRAL_STEM.match(word):
            score = likelihood(word) + Weights.NEUTRAL + self._log_lost
            yield match["stem"] + match["ending"].translate(FRONT), score

    def _sure(self, piece: str) -> str:
        """The part of a hyphened word as corrected; a short one, often an abbreviation, by its dots only."""
        one = self.corrections(piece)[0]
        is_sure = len(piece) >= SHORTEST_PIECE and one.confidence > SURE_PIECE
        return one.word if is_sure or self.only_dots(piece, one.word) else piece

    def only_dots(self, word: str, right: str) -> bool:
        """Whether two spellings differ in lost dots, marks that no word has and the document's habits alone."""
        lost = _lost(self.habits)
        return len(word) == len(right) and all(
            new.lower() == old.lower() or new.lower() in lost.get(old.lower(), ())
            for old, new in zip(word, right, strict=True)
        )

    def _compound(self, word: str) -> Iterator[tuple[str, float]]:
        """A compound that Voikko lacks, of two words that it knows (hoitoon|pääsy)."""
        for cut in range(SHORTEST_HEAD, len(word) - SHORTEST_TAIL + 1):
            for tail, tail_dots in undotted_words(word[cut:], MAX_SWITCHES, self.habits):
                for head, head_dots in undotted_words(word[:cut], MAX_SWITCHES, self.habits):
                    if tail[0].islower():
                        lost = (head_dots + tail_dots) * self._log_lost
                        yield head + tail, (likelihood(head) + likelihood(tail)) / 2 + Weights.UNKNOWN_COMPOUND + lost
                beyond = likelihood(tail) - Weights.COMMON_TAIL
                if tail_dots and beyond > 0 and ("y" in tail or len(tail) >= SHORTEST_DOTTED_TAIL):
                    yield word[:cut] + tail, likelihood(word) + beyond / 2 + tail_dots * self._log_lost

    def _abbreviation_ending(self, stem: str, ending: str) -> str:
        back = stem[-1].lower() in _LETTER_NAMES_BACK if stem.isupper() else any(ch in "aouAOU" for ch in stem)
        return ending if back or self.lost_dots < LOST_AT_ALL else ending.translate(FRONT)
