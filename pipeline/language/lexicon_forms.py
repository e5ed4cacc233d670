"""Whether the words of `match: lemma` lexicons are base forms, spelt as the dictionary has them, and tell anything.

An inflected form would find itself alone, a misspelt one nothing, a word like *ja* everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lexicons import Lexicon, LexiconError, available, load
from lexicons.loader import FIXED, path_of
from lexicons.mistakes import Mistake
from lexicons.source import Source, read_source
from pipeline.language.alphabet import HYPHENS
from pipeline.language.frequencies import RARE, zipf_values
from pipeline.language.lemmatiser import form, word_readings
from pipeline.language.nearest import nearest


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
            raise LexiconError([told(read_source(path_of(name)), found)])


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


TELLING_NOTHING = frozenset({"ADP", "AUX", "CCONJ", "DET", "PRON", "SCONJ"})
"""Parts of speech whose words stand in most sentences, whatever these are about."""

EVERYWHERE, ALL_OVER = 6.0, 6.3
"""Zipf values from which on a word of such a part of speech, and one of any, stands in so many sentences that it tells
nothing."""


def misspelt(lexicon: Lexicon) -> Iterator[Inflected]:
    """The words that the dictionary lacks and that are nearly one it has, of terms without an example sentence."""
    for entry_index, entry in enumerate(lexicon.entries if lexicon.match == "lemma" else ()):
        for term_index, term in enumerate(entry.terms):
            for word in term.text.lower().split() if not term.examples else ():
                if word not in term.fixed and (close := nearest(word)) is not None:
                    yield Inflected(entry_index, term_index, word, close)


def is_everywhere(text: str) -> bool:
    """Whether a term is a single word that stands in so many sentences that it tells nothing.

    >>> is_everywhere("ja"), is_everywhere("olla"), is_everywhere("jono"), is_everywhere("ja jono")
    (True, True, False, False)
    """
    use = zipf_values().get(text.lower(), RARE)
    if use < EVERYWHERE or use >= ALL_OVER:
        return use >= ALL_OVER
    one = form(text)
    return one.readings[one.best].pos in TELLING_NOTHING


def told(source: Source, found: Inflected) -> Mistake:
    """The mistake of an inflected word, with its cure."""
    parts = ("entries", found.entry, "terms", found.term)
    return source.mistake("inflected", parts, word=found.word, base=found.base, fixed=FIXED + found.word)


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
