"""Finnish words to base forms in their sentences: lemma, part of speech, compound parts.

`lemmatise` is the plain function, the spaCy component `poimuri_lemmatizer` calls `analyse`. A form's readings come from
Voikko and the lexicon of base forms (`morphology`), or are guessed (`unknown_words`); the sentence
chooses among them (`disambiguate`). What depends on the form alone is kept by form in bounded caches, so that
a batch analyses each form once a process.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from lexicons import available, load
from pipeline.language.alphabet import HYPHENS
from pipeline.language.disambiguate import WordForm, model
from pipeline.language.frequencies import RARE, zipf_values
from pipeline.language.morphology import MAX_WORD, Reading, frozen_readings, readings
from pipeline.language.unknown_words import guess, lexicon_readings, name_readings
from pipeline.language.voikko import CACHE_SIZE, Parse, parses


class Analysis(NamedTuple):
    """A word in its sentence. `lemmas` are its surface and the lemmas of all its readings, `keys` also those of its
    compounds' parts, lower case.

    `tense` is `past` for imperfects and past participles, `present` for other finite verbs; `tag` is the reading's own;
    `is_word` is false for what has no letter and for marks. The fields are those that `Token` ends with.
    """

    lemma: str
    pos: str
    compound_parts: tuple[str, ...]
    lemmas: frozenset[str]
    keys: frozenset[str]
    known: bool
    tense: Literal["past", "present"] | None = None
    case: str | None = None
    number: Literal["Sing", "Plur"] | None = None
    tag: str = ""
    is_word: bool = True


def lemmatise(words: Sequence[str]) -> list[Reading]:
    """The reading of each word of a sentence. Raises VoikkoMissing where there is no Voikko."""
    forms = [form(word) for word in words]
    return [one.readings[index] for one, index in zip(forms, model().choose(forms), strict=True)]


def analyse(words: Sequence[str]) -> list[Analysis]:
    """The analysis of each word of a sentence. Raises VoikkoMissing where there is no Voikko."""
    forms = [form(word) for word in words]
    return [_analysis(word, index) for word, index in zip(words, model().choose(forms), strict=True)]


def analyse_word(word: str) -> Analysis:
    """The likeliest analysis of a word by its form alone. Raises VoikkoMissing where there is no Voikko."""
    return _analysis(word, form(word).best)


@lru_cache(maxsize=CACHE_SIZE)
def form(word: str) -> WordForm:
    """A word form's readings, scored by the form alone."""
    found, bases = word_readings(word)
    return model().form(word, found, bases)


def word_readings(word: str) -> tuple[Sequence[Reading], frozenset[str]]:
    """All readings of a word form, never none, and Voikko's own base forms, lower case."""
    if len(word) > MAX_WORD:
        return [Reading(word, "X", "X", "guess")], frozenset()
    hyphened = len(word) > 1 and (word[0] in HYPHENS or word[-1] in HYPHENS)
    found, bases = ([], ()) if hyphened else _known_with_bases(word)
    if not found and word.islower() and word.isalpha():
        found = readings(word, _parses_behind_number(word))
    if not found:
        return guess(word, _known), frozenset()
    if _may_be_name(word) and not any(reading.pos == "PROPN" for reading in found):
        found = [*found, *name_readings(word)]
    return found, frozenset(bases)


COMMON = 4.0
"""Zipf value from which on a capitalised word is taken for the common one that a dictionary has."""


def _may_be_name(word: str) -> bool:
    if not word[0].isupper() or len(word) < 3 or not word.isalpha() or word.isupper():
        return False
    return zipf_values().get(word.lower(), RARE) < COMMON


def forget_forms() -> None:
    """Empty the caches, as a benchmark of cold caches needs."""
    for cached in (form, _analysis, _base):
        cached.cache_clear()


def _known(word: str) -> list[Reading]:
    """The readings of a word that Voikko or a lexicon has; empty for others."""
    return _known_with_bases(word)[0]


def _known_with_bases(word: str) -> tuple[list[Reading], Sequence[str]]:
    word = word.replace("’", "'")
    found = parses(word) if word and len(word) <= MAX_WORD else []
    if not found and (lower := word.lower()) != word:
        found = parses(lower)
    if found:
        return readings(word, found), [one.base.lower() for one in found]
    return frozen_readings(word) or lexicon_readings(word, lexicon_words()), ()


def _parses_behind_number(word: str) -> list[Parse]:
    """The parses of a word that Voikko knows behind a number only: vuotiaiden, as in 5-vuotiaiden."""
    return [
        Parse(parse.tags.partition("[Bc]")[2], parse.base.partition("-")[2], parse.structure.partition("-")[2])
        for parse in parses(f"5-{word}")
        if parse.tags.startswith("[Lu]5-[Bc]")
    ]


@cache
def lexicon_words() -> frozenset[str]:
    """The words of all lexicons' terms, lower case: a form of one of them is known though Voikko lacks it."""
    lexicons = (load(name) for name in available())
    terms = (term.text.lower() for lexicon in lexicons for entry in lexicon.entries for term in entry.terms)
    return frozenset(word for term in terms for word in term.split() if len(word) > 2 and word.isalpha())


@lru_cache(maxsize=CACHE_SIZE)
def _analysis(word: str, index: int) -> Analysis:
    one = form(word)
    chosen = one.readings[index]
    lemmas = all_lemmas(one)
    keys = set(lemmas)
    for reading in one.readings:
        if reading.structure.count("=") > 1 and reading.lemma.lower() in lemmas:
            keys |= _compound_keys(reading)
    if chosen.source == "guess" and "-" in word.strip(HYPHENS):  # Isäneuvola-malli holds what isäneuvola holds
        keys.update(*(analyse_word(part).keys for part in word.split("-") if part))
    return Analysis(
        chosen.lemma,
        chosen.pos,
        compound_parts(chosen),
        lemmas,
        frozenset(keys - {""}),
        chosen.source != "guess",
        _TENSES.get(chosen.tense),
        chosen.case,
        chosen.number,  # type: ignore[arg-type]
        chosen.tag,
        chosen.pos not in ("PUNCT", "SYM") and any(map(str.isalpha, word)),
    )


_TENSES: dict[str | None, Literal["past", "present"]] = {"Past": "past", "Pres": "present"}


def all_lemmas(one: WordForm) -> frozenset[str]:
    """The surface of a form and the lemmas of all its readings, lower case; of a known form no guesses."""
    lemmas = {reading.lemma.lower() for reading in one.readings if reading.source != "guess"}
    lemmas = lemmas or {reading.lemma.lower() for reading in one.readings}
    return frozenset(lemmas | {one.lower, one.lower.strip(HYPHENS) or one.lower} | one.bases)


def _cuts(structure: str) -> list[int]:
    """Where a compound's parts begin, from Voikko's STRUCTURE (`=pppp=ppp`: each `=` begins a part)."""
    cuts, position = [], 0
    for mark in structure:
        if mark == "=":
            cuts.append(position)
        else:
            position += 1
    return cuts


def pieces(lemma: str, structure: str) -> list[str]:
    """The parts of a compound lemma as they stand in it, hyphens apart."""
    cuts = [cut for cut in _cuts(structure) if cut < len(lemma)]
    return [piece for start, end in zip(cuts, [*cuts[1:], len(lemma)], strict=True) if (piece := lemma[start:end])]


def compound_parts(reading: Reading) -> tuple[str, ...]:
    """The base forms of a compound's parts; empty for a simple word."""
    if reading.structure.count("=") < 2:
        return ()
    parts = [part.strip("-") for part in pieces(reading.lemma, reading.structure)]
    return tuple(_base(part) for part in parts if part) if len(parts) > 1 else ()


@lru_cache(maxsize=CACHE_SIZE)
def _base(piece: str) -> str:
    """The base form of a compound's part (`terveyden` → `terveys`); itself where Voikko has none."""
    found = parses(piece)
    if not found or any(one.base.lower() == piece.lower() for one in found):
        return piece
    return min(found, key=lambda one: one.structure.count("=")).base


def _compound_keys(reading: Reading) -> set[str]:
    """Every contiguous run of a compound's parts, as it stands and with its last part in base form."""
    keys: set[str] = set()
    parts = pieces(reading.lemma.lower(), reading.structure)
    for first in range(len(parts)):
        for last in range(first, len(parts)):
            if (first, last) == (0, len(parts) - 1):
                continue
            head, tail = "".join(parts[first:last]), parts[last].strip("-")
            keys.add((head + tail).strip("-"))
            keys.add((head + _base(tail)).strip("-"))
    return keys
