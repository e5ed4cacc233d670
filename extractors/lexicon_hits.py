"""lexicon_hits: every term found of the lexicons that report their hits."""

from __future__ import annotations

from extractors.document import AnalysedDocument
from extractors.facts.lexicon_terms import terms_in
from extractors.ids import section_id_at
from extractors.records import LexiconHitRecord


def extract(document: AnalysedDocument) -> list[LexiconHitRecord]:
    """The hits of a document in text order. No hit crosses a block or a cell."""
    found = [
        LexiconHitRecord(
            doc_id=document.doc_id,
            section_id=section_id_at(document, hit.start),
            lexicon=lexicon.name,
            term_id=f"{hit.entry.id}:{hit.term.text}",
            char_start=hit.start,
            char_end=hit.end,
            text=document.text[hit.start : hit.end],
        )
        for lexicon, hit, _ in terms_in(document)
        if hit.entry.report
    ]
    return sorted(found, key=lambda record: (record.char_start, record.char_end, record.lexicon, record.term_id))
