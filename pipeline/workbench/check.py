"""All that can be said against the lexicons before a run: their form, their words, their examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lexicons import Entry, Lexicon, LexiconError, Term, loader
from lexicons.mistakes import Mistake
from lexicons.overlay import filled
from lexicons.source import Source, read_source
from pipeline.process import declare_needs

_WORDS = re.compile(r"(?:[^\W²³]|[\s:'’–-])+")
"""Terms of nothing but words; what other marks mean (m², M€, jkr.), the grammars read by themselves."""


@dataclass(frozen=True)
class Checked:
    """What was looked at, and every mistake in the order of files and lines."""

    n_lexicons: int
    n_terms: int
    mistakes: tuple[Mistake, ...]


def check(folder: Path | None = None) -> Checked:
    """Check the shipped lexicons, or those of a folder of one's own over them.

    The folder is in use from then on. Raises VoikkoMissing.
    """
    declare_needs()
    loader.use(folder)
    paths = sorted((folder or loader.FOLDER).glob("*.yaml"))
    found = list(_misnamed(folder)) if folder is not None else []
    whole: list[tuple[Source, Lexicon]] = []
    for path in paths:
        try:
            source = read_source(path)
            shipped = loader.shipped_below(path)
            wrong = loader.mistakes(source, shipped)
        except LexiconError as error:
            found += error.mistakes
            continue
        found += wrong
        if not wrong:
            whole.append((source, loader.lexicon_of(source.data if shipped is None else filled(source.data, shipped))))
    if len(whole) < len(paths):
        if folder is None:  # nothing can be analysed without the shipped lexicons
            return Checked(len(paths), 0, tuple(found))
        loader.use(None)
    found += [mistake for source, lexicon in whole for mistake in word_mistakes(source, lexicon)]
    n_terms = sum(len(entry.terms) for _, lexicon in whole for entry in lexicon.entries)
    return Checked(len(paths), n_terms, tuple(sorted(found, key=lambda one: (one.file, one.line, one.column))))


def _misnamed(folder: Path) -> Iterator[Mistake]:
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
            yield Mistake(path.name, 1, 1, "other_suffix", {"right": f"{path.stem}.yaml"})


def word_mistakes(source: Source, lexicon: Lexicon) -> Iterator[Mistake]:
    """What is wrong with the words of a lexicon that has the right form, and with its examples."""
    from pipeline.language.lexicon_forms import inflected, is_everywhere, misspelt, told

    wrong: set[tuple[int, int]] = set()
    for one in inflected(lexicon):
        wrong.add((one.entry, one.term))
        yield told(source, one)
    for one in misspelt(lexicon):
        wrong.add((one.entry, one.term))
        parts = ("entries", one.entry, "terms", one.term)
        yield source.mistake("misspelt", parts, word=one.word, close=one.base)
    for index, entry in enumerate(lexicon.entries):
        for place, term in enumerate(entry.terms):
            parts = ("entries", index, "terms", place)
            if (entry.report or source.path.parent == loader.OWN) and not term.fixed and is_everywhere(term.text):
                yield source.mistake("common_word", parts, term=term.text)
            elif (index, place) not in wrong:
                yield from _example_mistakes(source, lexicon, entry, term, parts)
    yield from _counterexample_mistakes(source, lexicon)


def _example_mistakes(
    source: Source, lexicon: Lexicon, entry: Entry, term: Term, parts: tuple[str | int, ...]
) -> Iterator[Mistake]:
    """Whether a term is found where it must be: in its own text and its examples; and nowhere that it must not."""
    from pipeline.workbench.texts import Finder

    finder = Finder(replace(lexicon, entries=(replace(entry, terms=(term,)),)))
    if lexicon.match == "lemma" and _WORDS.fullmatch(term.text) and not any(finder.hits(_twice(term.text))):
        yield source.mistake("never_found", parts, term=term.text)
    for example in term.examples:
        if not any(finder.hits(example)):
            yield source.mistake("example_fails", parts, term=term.text, example=example)
    for example in term.counterexamples:
        if any(finder.hits(example)):
            yield source.mistake("counterexample_hits", parts, term=term.text, example=example)


def _twice(text: str) -> str:
    """A term's own text; a suspended one (sosiaali-) twice, since a hyphen is part of a word before another only."""
    return f"{text} {text}" if text.endswith("-") else text


def _counterexample_mistakes(source: Source, lexicon: Lexicon) -> Iterator[Mistake]:
    from pipeline.workbench.texts import Finder

    for example in lexicon.counterexamples:
        for _, term, _, _ in Finder(lexicon).hits(example):
            yield source.mistake("lexicon_hits", ["counterexample"], term=term.text, example=example)
