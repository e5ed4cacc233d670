"""Whether the terms of `match: lemma` lexicons are base forms: an inflected one would find itself alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lexicons import Lexicon, LexiconError, available, load
from lexicons.loader import FIXED, path_of
from lexicons.mistakes import mistake
from pipeline.language.alphabet import HYPHENS
from pipeline.language.lemmatiser import form, word_readings


class Inflected(NamedTuple):
    """A word of a lexicon that is no base form: where it stands, and the likeliest base form."""

    entry: int
    term: int
    word: str
    base: str


def check_base_forms() -> None:
    """Look at the words of all lexicons. Raises LexiconError for the first inflected one, VoikkoMissing."""
    for name in available():
        if (found := _first_inflected(load(name))) is not None:
            raise told(path_of(name), found)


@lru_cache(maxsize=128)
def _first_inflected(lexicon: Lexicon) -> Inflected | None:
    """Kept, since a process that runs several batches looks at the same lexicons."""
    return next(inflected(lexicon), None)


def inflected(lexicon: Lexicon) -> Iterator[Inflected]:
    """The inflected words of a lexicon's terms; fixed forms and what the dictionary lacks are taken as written."""
    if lexicon.match != "lemma":
        return
    for entry_index, entry in enumerate(lexicon.entries):
        for term_index, term in enumerate(entry.terms):
            for word in term.text.split():
                if word.lower() not in term.fixed and (base := _other_base(word)) is not None:
                    yield Inflected(entry_index, term_index, word, base)


def told(path: Path, found: Inflected) -> LexiconError:
    """The error for an inflected word, with its cure."""
    return mistake(
        path,
        ["entries", found.entry, "terms", found.term],
        f"{found.word!r} is an inflected form; write {found.base!r}, which finds all its forms, "
        f"or {FIXED + found.word!r} where this very form is meant",
    )


def _other_base(word: str) -> str | None:
    """The base form of an inflected word; None for base forms and for what the dictionary lacks."""
    bare = word.strip(HYPHENS)
    if not bare.replace("-", "").isalpha():
        return None
    readings, bases = word_readings(bare)
    known = [reading.lemma for reading in readings if reading.source != "guess"]
    if not known or bare.lower() in bases or bare.lower() in {lemma.lower().rstrip(".") for lemma in known}:
        return None
    one = form(bare)
    return one.readings[one.best].lemma
