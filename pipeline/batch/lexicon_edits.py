"""Which documents an edit of the lexicons can concern: those that have a word of what was edited.

A term is found by the lemmas and compound parts of tokens, by the letters of a text, or as the base of a word that
the dictionary lacks; a document that has none of these of any edited term gives the same records as before. Where more
than terms was edited, or the words with whose help a document's letters were restored, it counts as concerned.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import regex

from extractors.outline.labels import squeeze
from lexicons import available, load
from lexicons.spellings import SHORTEST_OPENING, bare
from pipeline.batch import analyses
from pipeline.batch.store import Stored

NAME = "lexicons.json"
"""In a run's folder: the lexicons that it used."""

_WORD = regex.compile(r"\p{L}{3,}")

_STEM_LOST = 3
"""Letters by which the stem of an inflected word may be shorter than its base form; two at least are left."""

_Content = dict[str, Any]


def content() -> _Content:
    """All lexicons as they are now. Raises LexiconError."""
    return json.loads(_written())  # type: ignore[no-any-return]


def _written() -> str:
    return json.dumps({name: load(name) for name in available()}, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Lexicons, entries and terms by their fields, sets in order; `asdict` would copy all of them first."""
    return {one.name: getattr(value, one.name) for one in fields(value)} if is_dataclass(value) else sorted(value)


def write_lexicons(folder: Path, same: Path | None) -> None:
    """Keep the lexicons of a run in its folder; `same` is a run that had the same ones."""
    if same is not None and (same / NAME).exists():
        shutil.copyfile(same / NAME, folder / NAME)
        return
    (folder / NAME).write_text(_written(), encoding="utf-8")


def read_lexicons(folder: Path) -> _Content | None:
    """The lexicons of a run; None where they are not known."""
    try:
        found: _Content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return None


@dataclass(frozen=True)
class Edit:
    """The terms by which two states of the lexicons differ.

    `new_words` says that the lexicons' words as a whole are others, which count when misread words are restored;
    `is_more` that something else than terms changed.
    """

    terms: frozenset[str]
    new_words: bool = False
    is_more: bool = False

    def concerns(self, stored: Stored) -> bool:
        """Whether a stored analysed document may give other records now."""
        if self.is_more or (self.new_words and analyses.is_restored(stored)):
            return True
        letters = squeeze(f"{analyses.text(stored)}\n{analyses.twin_text(stored)}")
        keys, unknown = analyses.keys(stored), analyses.unknown(stored)
        return any(_stands_in(term, letters, keys, unknown) for term in self.terms)


def edit_between(before: _Content, now: _Content) -> Edit:
    """What was edited from one state of the lexicons to the other."""
    if before.keys() != now.keys():
        return Edit(frozenset(), is_more=True)
    terms: set[str] = set()
    for name, lexicon in now.items():
        old = before[name]
        if {**old, "entries": None} != {**lexicon, "entries": None}:
            return Edit(frozenset(), is_more=True)
        for one, other in _differing(old["entries"], lexicon["entries"], "id"):
            terms |= set(_edited_terms(one, other))
    return Edit(frozenset(terms), new_words=words_of(before) != words_of(now))


def words_of(lexicons: _Content) -> frozenset[str]:
    """The words of all terms."""
    terms = (term["text"] for one in lexicons.values() for entry in one["entries"] for term in entry["terms"])
    return frozenset(word for term in terms for word in term.lower().split())


def _edited_terms(one: _Content | None, other: _Content | None) -> Iterator[str]:
    """The terms by which two states of an entry differ: all where it is new, gone, moved, or means something else."""
    if one is None or other is None or one == other or {**one, "terms": None} != {**other, "terms": None}:
        for entry in (one, other):
            yield from (term["text"] for term in (entry["terms"] if entry else ()))
        return
    for pair in _differing(one["terms"], other["terms"], "text"):
        yield from (term["text"] for term in pair if term)


def _differing(
    before: list[_Content], now: list[_Content], name: str
) -> Iterator[tuple[_Content | None, _Content | None]]:
    """The items that differ, by their names; all where those that stand in both lists stand in another order."""
    olds, news = {item[name]: item for item in before}, {item[name]: item for item in now}
    is_moved = [one for one in olds if one in news] != [one for one in news if one in olds]
    is_moved |= len(olds) < len(before) or len(news) < len(now)
    for key in dict.fromkeys([*olds, *news]):
        if is_moved or olds.get(key) != news.get(key):
            yield olds.get(key), news.get(key)


def _stands_in(term: str, letters: str, keys: frozenset[str], unknown: str) -> bool:
    """Whether a document may have a term: its letters together, or any word of it, also inflected."""
    squeezed = squeeze(term)
    if not squeezed or squeezed in letters:
        return True
    words = _WORD.findall(term.lower())
    if any(word in keys or stem(word) in unknown for word in words):
        return True
    return any(_stands_in_parts(word, keys) for word in map(bare, term.lower().split()))


def stem(word: str) -> str:
    """What the inflected forms of a word surely begin with."""
    return word[: max(2, len(word) - _STEM_LOST)]


def _stands_in_parts(word: str, keys: frozenset[str]) -> bool:
    """Whether a document has both parts of a compound: it may be written apart or suspended."""
    return any(word[:cut] in keys and word[cut:] in keys for cut in range(SHORTEST_OPENING, len(word)))
