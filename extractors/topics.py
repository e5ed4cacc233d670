"""topics: which services, methods and models each section names, and how much of what it names each of them is."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.document import AnalysedDocument
from extractors.facts.subjects import Subject, subjects
from extractors.ids import section_id_at
from extractors.records import TopicRecord

_Key = tuple[str, str]


def extract(document: AnalysedDocument) -> Iterator[TopicRecord]:
    """The topics of each section in the order of the text, each at the place where it is named first."""
    by_section: dict[str | None, dict[_Key, list[Subject]]] = {}
    for one in sorted(subjects(document), key=lambda subject: (subject.hit.start, subject.hit.end)):
        section = by_section.setdefault(section_id_at(document, one.hit.start), {})
        section.setdefault((one.lexicon, one.entry.id), []).append(one)
    for section_id, named in by_section.items():
        whole = sum(map(_weight, named.values()))
        for (lexicon, topic), found in named.items():
            hit = found[0].hit
            yield TopicRecord(
                doc_id=document.doc_id,
                section_id=section_id,
                lexicon=lexicon,
                topic=topic,
                name=hit.entry.name or topic,
                parent=hit.entry.parent,
                count=len(found),
                score=round(_weight(found) / whole, 4) if whole > 0 else 0.0,
                text=document.text[hit.start : hit.end],
                char_start=hit.start,
                char_end=hit.end,
            )


def _weight(found: list[Subject]) -> float:
    return sum(max(0.0, one.hit.term.weight) for one in found)
