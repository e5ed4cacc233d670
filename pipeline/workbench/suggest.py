"""What a corpus has around a word: its forms, compounds, other spellings and neighbours, ready to paste."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractors.document import Token
from lexicons.spellings import bare
from pipeline.workbench.corpus import Corpus

NAMING = frozenset({"NOUN", "ADJ", "PROPN"})
"""Parts of speech of the neighbours that make a phrase."""

ALIKE, WORST_LENGTH = 0.85, 2
"""How alike an unknown word must be to count as another spelling, and letters by which their lengths may differ."""


@dataclass(frozen=True)
class Suggestions:
    """What was seen, each with how often, the most frequent first."""

    forms: tuple[tuple[str, int], ...]
    compounds: tuple[tuple[str, int], ...]
    spellings: tuple[tuple[str, int], ...]
    neighbours: tuple[tuple[str, int], ...]


def suggest(found: Corpus, term: str, most: int = 15) -> Suggestions:
    """Look for a word over a corpus. Raises UserError where that is not kept."""
    wanted = term.lower()
    forms: Counter[str] = Counter()
    compounds: Counter[str] = Counter()
    spellings: Counter[str] = Counter()
    neighbours: Counter[str] = Counter()
    for _, document in found.documents():
        tokens = document.tokens
        for index, token in enumerate(tokens):
            if wanted in token.lemmas:
                forms[token.text.lower()] += 1
                neighbours.update(_phrases(tokens, index, wanted))
            elif wanted in token.keys:
                compounds[token.lemma.lower()] += 1
            elif _is_spelling(wanted, token):
                spellings[token.text.lower()] += 1
            elif index + 1 < len(tokens) and wanted in _joined(token, tokens[index + 1]):
                spellings[f"{token.text.lower()} {tokens[index + 1].lemma.lower()}"] += 1
    counters = (forms, compounds, spellings, neighbours)
    return Suggestions(*(tuple(counter.most_common(most)) for counter in counters))


def _phrases(tokens: tuple[Token, ...], index: int, wanted: str) -> list[str]:
    """The word with the naming word before it and behind it, as phrases of base forms."""
    here, found = tokens[index], []
    for place in (index - 1, index + 1):
        other = tokens[place] if 0 <= place < len(tokens) else None
        if other is not None and other.sentence == here.sentence and other.pos in NAMING and other.is_word:
            pair = (other.lemma.lower(), wanted) if place < index else (wanted, other.lemma.lower())
            found.append(" ".join(pair))
    return found


def _is_spelling(wanted: str, token: Token) -> bool:
    """Whether a token is the word with a hyphen, or a word that the dictionary lacks and that is nearly it."""
    if any(bare(key) == bare(wanted) for key in token.lemmas):
        return True
    text = token.text.lower()
    if token.known or abs(len(text) - len(wanted)) > WORST_LENGTH or text[:1] != wanted[:1]:
        return False
    return SequenceMatcher(None, text, wanted).ratio() >= ALIKE


def _joined(token: Token, following: Token) -> set[str]:
    return {token.text.lower() + lemma for lemma in following.lemmas} if following.start > token.end else set()
