"""The lines under which a report lists its measures by state: "Valmistuneet", "Työ jatkuu", "Ei ehditty aloittaa".

A line is one when its words name a state and nothing else, or when it comes back above lists under several headings and
speaks of a state: an office words its labels in its own way, but always in the same.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from extractors.document import AnalysedDocument, Block, Token, once_a_document
from extractors.outline.labels import is_only_state, squeeze, state_label, state_of
from extractors.outline.numbering import numbering

MAX_LABEL = 60
"""Code points of a state's label."""

FEWEST = 2
"""How often a line must come back over a list to be a label by its place."""

MAX_WORDS = 3
"""Words of a label that has a bullet of its own and stands no higher than the measures behind it."""


@once_a_document
def state_labels(document: AnalysedDocument) -> dict[str, str | None]:
    """The document's own labels, squeezed, with the state that each names; None where its words do not tell."""
    blocks = document.blocks
    counts: Counter[str] = Counter()
    tokens: dict[str, tuple[Token, ...]] = {}
    for block, following in itertools.pairwise(blocks):
        text = document.clean(block.start, block.end)
        over_list = following.kind == "list_item" and (
            block.kind == "paragraph" or _is_deeper(document, block, following) or _is_flat(text)
        )
        if over_list and len(text) <= MAX_LABEL and numbering(document).kind_at(block.start) is None:
            key = squeeze(text)
            counts[key] += 1
            tokens[key] = document.tokens_in(block.start, block.end)
    found: dict[str, str | None] = {}
    for key, number in counts.items():
        is_told = number >= FEWEST or is_only_state(tokens[key])
        state = state_label(tokens[key]) or (state_of(tokens[key]) if is_told else None)
        if state is not None:
            found[key] = state
    return found


def _is_deeper(document: AnalysedDocument, block: Block, following: Block) -> bool:
    """Whether a list item is one of a list inside another's item: it is set in further."""
    return _indent(document, following) > _indent(document, block)


def _is_flat(text: str) -> bool:
    """Whether an item is no more than a label: in a file that does not keep how far its lists are set in."""
    return text[-1] not in ".!?" and len(text.split()) <= MAX_WORDS


def _indent(document: AnalysedDocument, block: Block) -> int:
    return block.start - (document.text.rfind("\n", 0, block.start) + 1)


def label_of(document: AnalysedDocument, block: Block) -> str | None:
    """The state that a block names as a label over measures, or None."""
    tokens = document.tokens_in(block.start, block.end)
    is_sentence = block.kind == "list_item" and bool(tokens) and tokens[-1].text == "."
    found = None if is_sentence else state_label(tokens)
    if found is not None or len(tokens) > 10:
        return found
    return state_labels(document).get(squeeze(document.clean(block.start, block.end)))


def is_label(document: AnalysedDocument, tokens: Sequence[Token], text: str) -> bool:
    """Whether a line is a label over measures."""
    return state_label(tokens) is not None or squeeze(text) in state_labels(document)
