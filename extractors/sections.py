"""sections: the document's outline, every heading and its body."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.document import AnalysedDocument, fold
from extractors.ids import section_id
from extractors.records import SectionRecord


def extract(document: AnalysedDocument) -> Iterator[SectionRecord]:
    """The outline as records."""
    for section in document.sections:
        parent = document.sections[section.parent] if section.parent is not None else None
        yield SectionRecord(
            section_id=section_id(document.doc_id, section),
            doc_id=document.doc_id,
            parent_id=section_id(document.doc_id, parent) if parent else None,
            ordinal=section.ordinal,
            level=section.level,
            heading=fold(section.heading_text),
            heading_repaired=document.repaired(*section.heading),
            heading_start=section.heading.start,
            heading_end=section.heading.end,
            field=section.field,
            evaluation_date=section.evaluation_date,
            char_start=section.body.start,
            char_end=section.body.end,
            text=section.body.of(document.text),
        )
