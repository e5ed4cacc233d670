"""In which language a document's body is written, by the small words of each language."""

from __future__ import annotations

from collections import Counter
from functools import cache

from extractors.document import AnalysedDocument, once_a_document
from lexicons import needs

_LANGUAGES = needs("languages", "fi", "sv", "en")

FINNISH = "fi"
"""The language whose words are read."""

FEWEST = 5
"""Small words of a language from which on they tell it."""

LEAD = 2.0
"""How many times as many there must be as of the next language."""

KNOWN = 0.5
"""Share of words that Voikko knows from which on a text without small words is Finnish."""


@once_a_document
def language(document: AnalysedDocument) -> str | None:
    """The ISO 639-1 code of the language of a document's body; None where nothing tells."""
    words = _words()
    counts = Counter(
        found
        for token in document.tokens
        if token.start < document.body_length and (found := words.get(token.text.lower())) is not None
    )
    ranked = counts.most_common(2)
    if ranked and ranked[0][1] >= FEWEST and (len(ranked) == 1 or ranked[0][1] >= LEAD * ranked[1][1]):
        return ranked[0][0]
    return FINNISH if (document.known_word_share or 0.0) >= KNOWN else None


@cache
def _words() -> dict[str, str]:
    """The language of each small word."""
    return {term.text: entry.id for entry in _LANGUAGES.entries for term in entry.terms}
