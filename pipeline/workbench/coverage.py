"""What the terms find in a corpus, which find nothing, and which frequent words no lexicon has."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Token
from extractors.readings import units
from lexicons import Lexicon, Term, TermMatcher, available, load
from lexicons.words import wordings_pattern
from pipeline.language.frequencies import RARE, zipf_values
from pipeline.workbench.corpus import Corpus

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
"""Parts of speech of words that a lexicon of content could hold."""

SHORTEST, LEAST_DOCUMENTS = 4, 2
"""Letters of a word that is told as missing, and documents that must have it."""

OFTEN = 0.5
"""Share of all sections from which on a term that stands in them tells them apart no more."""

PER = 1e9
"""The Zipf scale counts occurrences in so many words."""


class Place(NamedTuple):
    """A term: lexicon, entry, wording."""

    lexicon: str
    entry: str
    term: str


@dataclass
class Use:
    """How often a term was found, in how many documents and sections."""

    hits: int = 0
    documents: set[str] = field(default_factory=set)
    sections: set[tuple[str, int]] = field(default_factory=set)


@dataclass
class Lack:
    """A word that no lexicon finds: how often it stands, in how many documents, how much oftener than in general
    Finnish (log likelihood), and a sentence with it."""

    lemma: str
    count: int
    documents: int
    keyness: float
    sentence: str


@dataclass(frozen=True)
class Coverage:
    """What all terms found; `n_sections` is the number of sections of the corpus."""

    uses: dict[Place, Use]
    n_documents: int
    n_sections: int
    lacks: tuple[Lack, ...]

    def unused(self, lexicon: str) -> list[Place]:
        """The terms of a lexicon that were never found."""
        return [place for place, use in self.uses.items() if place.lexicon == lexicon and not use.hits]

    def too_frequent(self) -> list[Place]:
        """The terms that stand in more than half of all sections."""
        return [place for place, use in self.uses.items() if len(use.sections) > OFTEN * self.n_sections > 0]


def coverage(found: Corpus, most: int = 40) -> Coverage:
    """Count over a whole corpus, with the lexicons as they are now. Raises LexiconError, UserError."""
    lexicons = [load(name) for name in available()]
    uses = {
        Place(one.name, entry.id, _wording(term)): Use()
        for one in lexicons
        for entry in one.entries
        for term in entry.terms
    }
    lemmas = [TermMatcher(one) for one in lexicons if one.match == "lemma"]
    texts = [one for one in lexicons if one.match == "text"]
    words = _Words()
    n_documents = n_sections = 0
    for outcome, document in found.documents():
        starts = sorted(row["heading_start"] for row in found.rows(outcome).get("sections", ()))
        n_documents, n_sections = n_documents + 1, n_sections + len(starts)
        covered: set[int] = set()
        for place, start, own in _hits(document, lemmas, texts):
            use = uses[place]
            use.hits += 1
            use.documents.add(document.doc_id)
            use.sections.add((document.doc_id, bisect_right(starts, start)))
            covered.update(own)
        words.add(document, covered)
    return Coverage(uses, n_documents, n_sections, tuple(words.lacking(most)))


def _wording(term: Term) -> str:
    """A term as the file has it, with the marks of its fixed words."""
    return " ".join(f"={word}" if word.lower() in term.fixed else word for word in term.text.split())


def _hits(
    document: AnalysedDocument, lemmas: Iterable[TermMatcher], texts: Iterable[Lexicon]
) -> Iterator[tuple[Place, int, tuple[int, ...]]]:
    """Every term found, where, and the starts of its tokens."""
    for unit in units(document):
        for matcher in lemmas:
            for hit in matcher.find(unit.tokens):
                own = tuple(token.start for token in unit.tokens[hit.first : hit.last + 1])
                yield Place(matcher.lexicon.name, hit.entry.id, _wording(hit.term)), hit.start, own
    for lexicon in texts:
        pattern, places = _as_written(lexicon)
        for match in pattern.finditer(document.text):
            for place in places[" ".join(match[0].lower().split())]:
                yield place, match.start(), ()


@cache
def _as_written(lexicon: Lexicon) -> tuple[regex.Pattern[str], dict[str, list[Place]]]:
    """One pattern for all wordings of a lexicon, and the terms of each."""
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for entry in lexicon.entries:
        for term in entry.terms:
            places[" ".join(term.text.lower().split())].append(Place(lexicon.name, entry.id, term.text))
    return regex.compile(rf"(?<!\w){wordings_pattern(places)}(?!\w)", regex.IGNORECASE), places


class _Words:
    """The words of a corpus that no term covers, counted by lemma."""

    def __init__(self) -> None:
        self._n_words = 0
        self._counts: Counter[str] = Counter()
        self._documents: defaultdict[str, set[str]] = defaultdict(set)
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        self._sentences: dict[str, str] = {}

    def add(self, document: AnalysedDocument, covered: set[int]) -> None:
        for token in document.tokens:
            self._n_words += token.is_word
            if token.start in covered or not _is_content(token):
                continue
            lemma = token.lemma.lower()
            self._counts[lemma] += 1
            self._documents[lemma].add(document.doc_id)
            self._forms[lemma].update((lemma, token.text.lower()))
            if lemma not in self._sentences:
                self._sentences[lemma] = sentence_of(document, token.start)

    def lacking(self, most: int) -> Iterator[Lack]:
        """The words that stand much oftener than in general Finnish, the most telling first."""
        ranked = sorted(
            ((self._keyness(lemma, count), lemma) for lemma, count in self._counts.items()),
            key=lambda item: (-item[0], item[1]),
        )
        told = (lemma for _, lemma in ranked if len(self._documents[lemma]) >= LEAST_DOCUMENTS)
        for lemma, _ in zip(told, range(most), strict=False):
            count = self._counts[lemma]
            n_documents = len(self._documents[lemma])
            yield Lack(lemma, count, n_documents, round(self._keyness(lemma, count), 1), self._sentences[lemma])

    def _keyness(self, lemma: str, count: int) -> float:
        """Dunning's log likelihood against the frequencies of general Finnish, of all forms seen; 0 for rarer ones."""
        share = sum(10 ** zipf_values().get(form, RARE) for form in self._forms[lemma]) / PER
        expected = self._n_words * share
        return 2 * (count * math.log(count / expected) - (count - expected)) if count > expected else 0.0


def _is_content(token: Token) -> bool:
    return token.pos in CONTENT and token.is_word and len(token.lemma) >= SHORTEST and token.lemma[-1].isalpha()


LONGEST = 200
"""Code points of a sentence that are told."""


def sentence_of(document: AnalysedDocument, offset: int) -> str:
    """The sentence that stands at an offset, in one line, cut where it is long."""
    span = document.sentence_at(offset)
    text = " ".join(document.text[slice(*span)].split()) if span is not None else ""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def by_lexicon(found: Coverage) -> dict[str, Sequence[tuple[Place, Use]]]:
    """The terms that were found, by lexicon, the most frequent first."""
    sorted_uses: defaultdict[str, list[tuple[Place, Use]]] = defaultdict(list)
    for place, use in sorted(found.uses.items(), key=lambda item: -item[1].hits):
        sorted_uses[place.lexicon].append((place, use))
    return dict(sorted(sorted_uses.items()))
