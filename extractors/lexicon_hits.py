"""lexicon_hits: every term found of the lexicons that report their hits."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from extractors.document import AnalysedDocument
from extractors.ids import section_id_at
from extractors.readings import units
from extractors.records import LexiconHitRecord
from lexicons import TermMatcher, available, load


@cache
def _reporting() -> tuple[TermMatcher, ...]:
    lexicons = (load(name) for name in available())
    return tuple(
        TermMatcher(replace(lexicon, entries=tuple(entry for entry in lexicon.entries if entry.report)))
        for lexicon in lexicons
        if lexicon.report
    )


def extract(document: AnalysedDocument) -> list[LexiconHitRecord]:
    """The hits of a document in text order. No hit crosses a block or a cell."""
    found = [
        LexiconHitRecord(
            doc_id=document.doc_id,
            section_id=section_id_at(document, hit.start),
            lexicon=terms.lexicon.name,
            term_id=f"{hit.entry.id}:{hit.term.text}",
            char_start=hit.start,
            char_end=hit.end,
            text=document.text[hit.start : hit.end],
        )
        for unit in units(document)
        for terms in _reporting()
        for hit in terms.find(unit.tokens)
    ]
    return sorted(found, key=lambda record: (record.char_start, record.char_end, record.lexicon, record.term_id))
