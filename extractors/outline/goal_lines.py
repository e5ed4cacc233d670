"""Goals without a number that a line labels, over what is told of each: "Tavoite: Asukas saa ajan viikossa."

Such a line holds for what stands below it in its section, up to the next one.
"""

from __future__ import annotations

from itertools import pairwise

from extractors.document import AnalysedDocument, Block, Span, once_a_document
from extractors.outline.enumerators import prefix_kinds
from extractors.outline.fields import LABEL_VALUE
from extractors.outline.labels import is_readiness_label, readiness_value
from extractors.outline.state_labels import label_of

FEWEST = 2
"""Lines with the same label, over readiness or measures, from which on they are a report's way to name its goals."""


@once_a_document
def goal_lines(document: AnalysedDocument) -> dict[int, Span]:
    """The wording of each such goal, by where its block begins."""
    found: dict[int, Span] = {}
    over: set[int] = set()
    for block, following in pairwise(document.blocks):
        match = LABEL_VALUE.fullmatch(document.text, block.start, block.end)
        if match is None or block.kind == "list_item" or prefix_kinds().get(match["label"].strip().lower()) != "goal":
            continue
        found[block.start] = Span(match.start("value"), match.end("value"))
        if _tells_of_goal(document, following):
            over.add(block.start)
    return found if len(over) >= FEWEST else {}


def _tells_of_goal(document: AnalysedDocument, block: Block) -> bool:
    """Whether a line tells a goal's readiness or heads its measures."""
    tokens = document.tokens_in(block.start, block.end)
    if readiness_value(tokens) is not None or is_readiness_label(tokens):
        return True
    return label_of(document, block) is not None
