"""Paragraphs that open with a goal's code and tell what became of it: "T2: Vastuualueet on piirretty. Työ jatkuu."

They are neither the goal nor its heading: the goal was named before, in a table, a list or a heading, and what they
hold are measures.
"""

from __future__ import annotations

from extractors.document import AnalysedDocument, Block, Span, once_a_document
from extractors.outline.numbering import Member, alike, numbering, opens_measures


@once_a_document
def goal_prose(document: AnalysedDocument) -> dict[int, tuple[str, Span]]:
    """The goal's code and the prose behind it of each such paragraph, by where its block begins."""
    found = numbering(document)
    named: dict[str, list[Member]] = {}
    result: dict[int, tuple[str, Span]] = {}
    for start in sorted(found.members):
        member, code = found.members[start], found.members[start].enumerator.code
        if found.kind_at(start) != "goal":
            continue
        block = document.blocks[member.block] if member.block is not None else None
        if block is not None and code in named and _tells(document, block, member, named[code]):
            result[start] = code, Span(member.span.start, block.end)
        else:
            named.setdefault(code, []).append(member)
    return result


def _tells(document: AnalysedDocument, block: Block, member: Member, named: list[Member]) -> bool:
    """Whether a paragraph is prose and not the goal's wording once more, nor a heading over its measures."""
    span = Span(member.span.start, block.end)
    if not member.enumerator.mark and document.text[span.start].islower():
        return False  # "T2 jäi kesken": a sentence about the goal
    if document.text[block.end - 1] not in ".!?" or opens_measures(document, member):
        return False
    if alike(document, span, [one.span for one in named]):
        return False
    tells_past = any(token.tense == "past" for token in document.tokens_in(*span))
    return tells_past or len(list(document.sentences_in(*span))) > 1
