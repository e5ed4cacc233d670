"""Split Finnish text into tokens and sentences.

Hyphened words (`sote-keskus`), suspended hyphens (`mielenterveys- ja`), abbreviations with an ending (`THL:n`), decimal
numbers and dotted dates are one token each; a slash, a dash between numbers and punctuation are tokens of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import regex

from extractors.document import EMAIL, Span
from lexicons import needs

_ABBREVIATIONS = needs("abbreviations")

TOKEN = regex.compile(
    EMAIL
    + r"""
    | (?:https?://|www\.)[^\s<>")\]]+[^\s<>")\].,;:!?]           # web address
    | \p{L}+(?=\p{Nd}{1,2}\.\p{Nd}{1,2}\.\p{Nd}{4})                 # Luotu17.08.2020
    | (?:(?<![\w])-)?                                            # -ohjelma
      \p{L}[\p{L}\p{M}\p{Nd}]*(?:[-’':]\p{L}[\p{L}\p{M}\p{Nd}]*)*  # word, sote-keskus, THL:n, Kaiku24
      (?:-(?=\s))?                                               # mielenterveys- ja
    | \p{Nd}+(?:[.,]\p{Nd}+)*                                    # 15.11.2021, 0,36
    | \S
    """,
    regex.VERBOSE,
)

_CLOSING = frozenset(".!?…")

_AFTER_CLOSING = frozenset("\"'”’»)]")


def token_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The tokens of a stretch of text."""
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        yield Span(match.start(), match.end())


def sentence_starts(text: str, tokens: Sequence[Span], boundaries: Iterable[int]) -> list[bool]:
    """For each token whether it begins a sentence. `boundaries` are offsets at which one must begin (a new block)."""
    edges = sorted(boundaries)
    starts, edge = [], 0
    for index, token in enumerate(tokens):
        crossed = False
        while edge < len(edges) and edges[edge] <= token.start:
            crossed, edge = True, edge + 1
        starts.append(index == 0 or crossed or _ends_sentence(text, tokens, index))
    return starts


def _ends_sentence(text: str, tokens: Sequence[Span], index: int) -> bool:
    """Whether a sentence ends before a token: closing punctuation, white space, and no lower-case word behind."""
    previous = index - 1
    while previous >= 0 and text[tokens[previous].start] in _AFTER_CLOSING:
        previous -= 1
    if previous < 0 or text[tokens[previous].start] not in _CLOSING or text[tokens[index].start].islower():
        return False
    if tokens[previous].end == tokens[index].start or text[tokens[index].start] in _AFTER_CLOSING:
        return False
    if previous == 0 or text[tokens[previous].start] != ".":
        return True
    word = text[tokens[previous - 1].start : tokens[previous - 1].end]
    if word.lower() in _abbreviations():
        return False
    is_list_number = word.isdigit() and len(word) <= 2 and (previous == 1 or text[tokens[index].start].isdigit())
    return not is_list_number


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(_ABBREVIATIONS.texts)
