"""Benchmark of dates, percentages and quantities on a corpus of tagged entities."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.lexemes import FORMS, may_be_term
from pipeline.bench.ontonotes import Entity, entities
from pipeline.lemmatiser import Analysis, analyse_word


class CorpusWord(NamedTuple):
    """A token of a corpus in its place, as `extractors.lexemes` reads it."""

    start: int
    end: int
    text: str
    lemma: str
    lemmas: frozenset[str]
    compound_parts: tuple[str, ...]
    pos: str
    case: str | None
    number: str | None


@lru_cache(FORMS)
def _analysed(text: str) -> tuple[str, frozenset[str], tuple[str, ...], str, str | None, str | None]:
    """The analysis of a word that may be a term; other words are not looked up."""
    if not text.isdecimal() and may_be_term(text):
        a: Analysis = analyse_word(text)
        return a.lemma, a.lemmas, a.compound_parts, a.pos, a.case, a.number
    return text, frozenset(), (), "X", None, None


_NO_SPACE_BEFORE = frozenset(".,:;)!?%/-–—")
_NO_SPACE_AFTER = frozenset("(/")


def placed(words: Sequence[str]) -> list[CorpusWord]:
    """Tokens with the places that they would have in running text: signs between digits are joined to them."""
    found: list[CorpusWord] = []
    end = 0
    for index, text in enumerate(words):
        start = end if index == 0 or _joins(words, index) else end + 1
        end = start + len(text)
        found.append(CorpusWord(start, end, text, *_analysed(text)))
    return found


def _joins(words: Sequence[str], index: int) -> bool:
    """Whether a token follows the one before without white space, as Finnish is written."""
    text, before = words[index], words[index - 1]
    if text in (".", ",", ":", "/"):
        return True
    if text in _DASHES:
        return before[-1:].isalnum()
    if index < 2 or not (words[index - 2][-1:].isalnum() or words[index - 2] in ("%", "§")):
        return False
    if before == "," and (_opens_date(words, index) or (len(words[index - 2]) == 4 and len(text) != 2)):
        return False
    if before == ":":
        return text[0].islower() or text[0].isdigit()
    if before in (",", ".", "/"):
        return words[index - 2][-1:].isdigit() and text[0].isdigit()
    return before in _DASHES


def _opens_date(words: Sequence[str], index: int) -> bool:
    """Whether a day, a month and a year begin at a token."""
    return len(words) > index + 4 and words[index + 1] == "." == words[index + 3] and words[index + 4].isdigit()


_DASHES = frozenset("-–—−")


def tag(words: Sequence[str]) -> list[Entity]:
    """The entities of a sentence's tokens."""
    return entities(placed(words))
