"""Text as the matchers see it: tokens of a sentence, and which terms of a lexicon stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from extractors.document import Token
from lexicons import Entry, Hit, Lexicon, Term, TermMatcher
from lexicons.words import wordings_pattern


@lru_cache(maxsize=10_000)
def tokens_of_text(text: str) -> tuple[Token, ...]:
    """The tokens of a text as *analyse* gives them. Raises VoikkoMissing, LexiconError."""
    from pipeline.analyse import analysed_text

    return analysed_text(text)[0]


class Finder:
    """Finds the terms of a lexicon in any text, by lemma or as written, whichever the lexicon says."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.matcher = TermMatcher(lexicon)

    def hits(self, text: str) -> Iterator[tuple[Entry, Term, int, int]]:
        """The entries and terms found, with their places."""
        if self.lexicon.match == "lemma":
            yield from ((hit.entry, hit.term, hit.start, hit.end) for hit in self.lemma_hits(text))
            return
        for entry in self.lexicon.entries:
            for term in entry.terms:
                pattern = wordings_pattern((term.text,))
                for match in regex.finditer(rf"(?<!\w){pattern}(?!\w)", text, regex.IGNORECASE):
                    yield entry, term, *match.span()

    def lemma_hits(self, text: str) -> Iterator[Hit]:
        """The hits of a `match: lemma` lexicon."""
        return self.matcher.find(tokens_of_text(text))
