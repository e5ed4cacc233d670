"""Stage *repair*: a degraded text gets a repaired twin, aligned with the source offsets.

Two kinds of change: a word broken over lines or cells is joined, and a misread word gets its letters back. Joins need
the layout only and are made in every document; letters are restored in documents, or single blocks, whose unknown words
become known by undoing what text recognition does (`spelling`). A clean text keeps every letter.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.document import Document, RepairedDocument
from pipeline.language.voikko import knows
from pipeline.rejects import UNREADABLE_FONTS, Reject
from pipeline.repair import garbled
from pipeline.repair.evidence import degraded_parts, evidence_of, is_gibberish, words_of
from pipeline.repair.joins import line_end_joins, merged
from pipeline.repair.letters import restored, twin_of


def repair(document: Document) -> RepairedDocument:
    """Repair a document where it needs it.

    Raises Reject (stage `repair`) where a PDF's text is no language or most of its dotted letters are spoilt,
    VoikkoMissing, LexiconError.
    """
    if warnings := garbled.check(document):
        document = replace(document, warnings=(*document.warnings, *warnings))
    words = [match.group() for match in words_of(document.text)]
    evidence = evidence_of(words)
    if document.format == "pdf" and is_gibberish(document.text, evidence):
        raise Reject("repair", "unreadable_text", UNREADABLE_FONTS)
    joins = line_end_joins(document, evidence.degraded)
    joined = twin_of(document.text, [(join.change, [join.repair]) for join in joins])
    whole = replace(document, blocks=tuple(merged(document.blocks, joins))) if joins else document
    degraded = list(degraded_parts(whole, joined, evidence))
    if not degraded:
        return whole.grown(RepairedDocument, twin=joined, joined=joined, known_word_share=evidence.known_share)
    twin = restored(whole, joined, joins, degraded)
    known = [knows(match.group()) for match in words_of(twin.text)]
    return whole.grown(
        RepairedDocument,
        twin=twin,
        joined=joined,
        known_word_share=evidence.known_share,
        known_word_share_repaired=sum(known) / len(known) if known else None,
        degraded=True,
    )
