"""Finnish words to base forms with Voikko: lemma, part of speech, compound parts.

One Voikko handle a thread, opened when first needed: a handle must not be shared. Analyses are cached
by word form, so that a batch analyses each form once.
"""

from __future__ import annotations

from functools import lru_cache
from threading import local
from typing import Any, Literal, NamedTuple

import regex

from pipeline.native import open_voikko

CACHE_SIZE = 200_000
"""Word forms kept; a region's exports hold a tenth of this. Long compounds take about 2 kB each."""


MAX_WORD = 120
"""Letters in the longest form that is analysed; longer runs are no words."""


class Analysis(NamedTuple):
    """A word's base form. `lemmas` are its surface and all its lemmas, `keys` also its compounds' parts, lower case.

    `tense` is `past` for imperfects and past participles, `present` for other finite verbs.
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


_POS = {
    "nimisana": "NOUN",
    "laatusana": "ADJ",
    "nimisana_laatusana": "ADJ",
    "teonsana": "VERB",
    "seikkasana": "ADV",
    "asemosana": "PRON",
    "suhdesana": "ADP",
    "sidesana": "CCONJ",
    "lukusana": "NUM",
    "etunimi": "PROPN",
    "sukunimi": "PROPN",
    "paikannimi": "PROPN",
    "nimi": "PROPN",
    "lyhenne": "NOUN",
    "huudahdussana": "INTJ",
    "kieltosana": "AUX",
    "etuliite": "X",
}
"""Voikko's word classes as Universal Dependencies tags."""

_CASES = {
    "nimento": "Nom",
    "omanto": "Gen",
    "osanto": "Par",
    "olento": "Ess",
    "tulento": "Tra",
    "sisaolento": "Ine",
    "sisaeronto": "Ela",
    "sisatulento": "Ill",
    "ulkoolento": "Ade",
    "ulkoeronto": "Abl",
    "ulkotulento": "All",
    "vajanto": "Abe",
    "seuranto": "Com",
    "keinonto": "Ins",
}
"""Voikko's cases as Universal Dependencies features."""

_NUMBERS: dict[str, Literal["Sing", "Plur"]] = {"singular": "Sing", "plural": "Plur"}

_MINEN = regex.compile(r"(?<stem>.+)mi(?:nen|s\w*)$")
_CASE_ENDINGS = (
    *("issa", "issä", "ista", "istä", "illa", "illä", "ilta", "iltä", "ille", "iksi"),
    *("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "hon", "hön"),
    *("an", "en", "in", "na", "nä", "n", "a", "ä"),
)
"""Case endings that a name outside Voikko's dictionary may carry, longest first."""

_COLON_ENDING = regex.compile(r"(?<stem>[^:]+):\p{Ll}+$")


_THREAD = local()


def _voikko() -> Any:
    """The thread's own analyser."""
    if not hasattr(_THREAD, "voikko"):
        _THREAD.voikko = open_voikko()
    return _THREAD.voikko


@lru_cache(maxsize=CACHE_SIZE)
def knows(word: str) -> bool:
    """Whether Voikko accepts a word form. Raises VoikkoMissing where libvoikko cannot be opened."""
    return bool(_voikko().spell(word))


@lru_cache(maxsize=CACHE_SIZE)
def analyse_word(word: str) -> Analysis:
    """The base form of a word as it stands in text.

    Raises VoikkoMissing where libvoikko cannot be opened.
    """
    if word[0].isdigit():
        return _plain(word, "NUM")
    if len(word) > MAX_WORD:
        return _plain(word, "X")._replace(known=False)
    if not any(ch.isalpha() for ch in word):
        pos = "SYM" if word in "%€§+=<>~$&@" else "PUNCT"
        return _plain(word, pos)
    bare = word.strip("-–")
    found = _voikko().analyze(bare) or (_voikko().analyze(bare.lower()) if bare != bare.lower() else [])
    if not found:
        return _guess(word, bare)
    best = min(found, key=lambda analysis: _rarity(bare, analysis))
    lemmas = {word.lower(), bare.lower()}
    keys: set[str] = set()
    for analysis in found:
        lemmas |= {_lemma(bare, analysis).lower(), analysis["BASEFORM"].lower()}
        keys |= _compound_keys(bare, analysis)
    lemma = _lemma(bare, best)
    pos = "NOUN" if best.get("MOOD") == "MINEN-infinitive" else _POS.get(best["CLASS"], "X")
    return Analysis(
        lemma,
        pos,
        _parts(lemma, best["STRUCTURE"]),
        frozenset(lemmas),
        frozenset(lemmas | keys),
        True,
        _tense(best),
        _CASES.get(best.get("SIJAMUOTO", "")),
        _NUMBERS.get(best.get("NUMBER", "")),
    )


_CLOSED = frozenset(("sidesana", "asemosana", "suhdesana", "seikkasana", "kieltosana", "lukusana"))
_NAMES = frozenset(("etunimi", "sukunimi", "paikannimi", "nimi"))


def _rarity(word: str, analysis: dict[str, str]) -> tuple[int, int]:
    """How unlikely a reading is by its form alone: more compound parts first, then rare moods, persons and cases.

    A word of a closed class that is also an inflected noun or verb is nearly always the former (kuin, noin, eli).
    """
    rarity = 2
    if analysis["CLASS"] in _CLOSED:
        rarity = 0
    elif analysis["CLASS"] in _NAMES:
        rarity = 2 if word[0].isupper() else 9
    elif analysis.get("SIJAMUOTO") in ("keinonto", "seuranto", "vajanto"):
        rarity = 6
    elif analysis.get("MOOD") == "potential":
        rarity = 7
    elif analysis.get("MOOD") == "imperative" or analysis["CLASS"] == "huudahdussana":
        rarity = 5
    elif analysis.get("MOOD") == "indicative" and analysis.get("PERSON") in ("1", "2"):
        rarity = 4
    return analysis["STRUCTURE"].count("="), rarity - (analysis["BASEFORM"] == word)


def _plain(word: str, pos: str) -> Analysis:
    itself = frozenset([word])
    return Analysis(word, pos, (), itself, itself, True)


def _tense(analysis: dict[str, str]) -> Literal["past", "present"] | None:
    if analysis.get("TENSE") == "past_imperfective" or analysis.get("PARTICIPLE", "").startswith("past"):
        return "past"
    return "present" if analysis.get("TENSE") == "present_simple" else None


def _lemma(word: str, analysis: dict[str, str]) -> str:
    """The base form; an action noun (parantaminen) is its own, as in Universal Dependencies."""
    if analysis.get("MOOD") == "MINEN-infinitive" and (match := _MINEN.match(word.lower())):
        return match["stem"] + "minen"
    return analysis["BASEFORM"]


def _cuts(structure: str) -> list[int]:
    """Where a compound's parts begin, from Voikko's STRUCTURE (`=pppp=ppp`: each `=` begins a part)."""
    cuts, position = [], 0
    for mark in structure:
        if mark == "=":
            cuts.append(position)
        else:
            position += 1
    return cuts


def _pieces(lemma: str, structure: str) -> list[str]:
    """The parts of a compound lemma as they stand in it, hyphens apart."""
    cuts = [cut for cut in _cuts(structure) if cut < len(lemma)]
    return [piece for start, end in zip(cuts, [*cuts[1:], len(lemma)], strict=True) if (piece := lemma[start:end])]


def _parts(lemma: str, structure: str) -> tuple[str, ...]:
    if structure.count("=") < 2:
        return ()
    pieces = [piece.strip("-") for piece in _pieces(lemma, structure)]
    return tuple(_base(piece) for piece in pieces if piece) if len(pieces) > 1 else ()


@lru_cache(maxsize=CACHE_SIZE)
def _base(piece: str) -> str:
    """The base form of a compound's part (`terveyden` → `terveys`); itself where Voikko has none."""
    found = _voikko().analyze(piece)
    if not found or any(analysis["BASEFORM"].lower() == piece.lower() for analysis in found):
        return piece
    return str(min(found, key=lambda analysis: analysis["STRUCTURE"].count("="))["BASEFORM"])


def _compound_keys(word: str, analysis: dict[str, str]) -> set[str]:
    """Every contiguous run of a compound's parts, as it stands and with its last part in base form."""
    if analysis["STRUCTURE"].count("=") < 2:
        return set()
    lemma = _lemma(word, analysis).lower()
    keys: set[str] = set()
    pieces = _pieces(lemma, analysis["STRUCTURE"])
    for first in range(len(pieces)):
        for last in range(first, len(pieces)):
            if (first, last) == (0, len(pieces) - 1):
                continue
            head, tail = "".join(pieces[first:last]), pieces[last].strip("-")
            keys.add((head + tail).strip("-"))
            keys.add((head + _base(tail)).strip("-"))
    keys.discard("")
    return keys


def _guess(word: str, bare: str) -> Analysis:
    """A word that Voikko does not know: its last hyphen part if that is known, else the stem without a case ending."""
    lemmas = {word.lower(), bare.lower()}
    is_name = bare[0].isupper()
    if match := _COLON_ENDING.match(bare):
        lemmas.add(match["stem"].lower())
        itself = frozenset(lemmas)
        return Analysis(match["stem"], "PROPN" if is_name else "NOUN", (), itself, itself, False)
    head, _, tail = bare.rpartition("-")
    if head and tail and tail[0].isalpha():
        last = analyse_word(tail)
        lemmas |= {f"{head}-{lemma}".lower() for lemma in last.lemmas}
        keys = lemmas | last.keys | analyse_word(head).keys
        parts = (head, last.lemma)
        return Analysis(f"{head}-{last.lemma}", last.pos, parts, frozenset(lemmas), frozenset(keys), False)
    stems = [
        bare.removesuffix(ending) for ending in _CASE_ENDINGS if bare.endswith(ending) and len(bare) > len(ending) + 2
    ]
    itself = frozenset(lemmas | {stem.lower() for stem in stems})
    lemma = stems[-1] if stems and is_name else bare
    return Analysis(lemma, "PROPN" if is_name else "X", (), itself, itself, False)
