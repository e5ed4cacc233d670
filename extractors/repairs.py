"""repairs: each word that was rejoined or respelt, so that a change can be seen, counted and undone."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.document import AnalysedDocument
from extractors.ids import section_id_at
from extractors.records import RepairRecord


def extract(document: AnalysedDocument) -> Iterator[RepairRecord]:
    """The repairs of a document in text order."""
    for one in document.twin.repairs:
        yield RepairRecord(
            doc_id=document.doc_id,
            section_id=section_id_at(document, one.start),
            char_start=one.start,
            char_end=one.end,
            text=document.text[one.start : one.end],
            repaired=one.text,
            kind=one.kind,
            confidence=one.confidence,
        )
