"""The lines that may be headings: blocks without page artefacts around their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractors.document import AnalysedDocument, Block, Span, Token
from extractors.outline.national_goals import heading_goals
from lexicons import needs

_ARTEFACTS = {group: needs("artefacts", groups=[group]) for group in ("anywhere", "prefix", "suffix")}

MAX_HEADING = 200
"""Code points of a national goal's heading that goes on in a second line."""

CLOSING = frozenset(".:;,!?…")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block as a possible heading: its stretch without artefacts, its words, its place among the blocks."""

    span: Span
    block: Block
    index: int
    tokens: tuple[Token, ...]
    text: str

    def block_text(self, document: AnalysedDocument) -> str:
        return document.text[self.block.start : self.block.end]


def possible_headings(document: AnalysedDocument) -> Iterator[Candidate]:
    text = document.text
    blocks = list(document.blocks)
    index = 0
    while index < len(blocks):
        block = blocks[index]
        while not document.wrapped and index + 1 < len(blocks) and _wraps(document, block, blocks[index + 1]):
            index += 1
            block = replace(block, end=blocks[index].end, lines=block.lines + blocks[index].lines)
        span = _without_artefacts(text, block)
        if span.start < span.end:
            yield Candidate(span, block, index, document.tokens_in(*span), document.clean(*span))
        index += 1


def _wraps(document: AnalysedDocument, block: Block, following: Block) -> bool:
    """Whether a national goal's heading goes on in the next line: together they name one, and neither is a sentence."""
    text = document.text
    if following.gap or following.kind != "paragraph" or block.kind != "paragraph" or len(block.lines) > 2:
        return False
    if (
        not text[following.start].islower()
        or text[block.end - 1] in CLOSING - {","}
        or text[following.end - 1] in CLOSING
    ):
        return False
    return following.end - block.start <= MAX_HEADING and bool(
        heading_goals(document.tokens_in(block.start, following.end), None)
    )


@cache
def artefacts(group: str) -> tuple[str, ...]:
    """The artefacts of a group (`prefix`, `suffix`, `anywhere`), the longest first."""
    return tuple(sorted(_ARTEFACTS[group].texts, key=lambda term: -len(term)))


def _without_artefacts(text: str, block: Block) -> Span:
    """A block's stretch without page artefacts around a heading's words."""
    start, end = block.start, block.end
    for prefix in artefacts("prefix"):
        if text.startswith(prefix, start, end) and text[start + len(prefix) : start + len(prefix) + 1].isspace():
            start += len(prefix)
            start += len(text[start:end]) - len(text[start:end].lstrip())
            break
    for suffix in artefacts("suffix"):
        if text.endswith(suffix, start, end) and end - len(suffix) > start:
            end = start + len(text[start : end - len(suffix)].rstrip())
            break
    return Span(start, end)
