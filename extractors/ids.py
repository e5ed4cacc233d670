"""Identifiers and places of records: by the document's id, so that the same bytes give the same ids, and by what a
record says and where, so that an edit elsewhere changes none.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TypedDict

from extractors.document import AnalysedDocument, Section, Span, fold, once_a_document


class Place(TypedDict):
    """The columns that say where a record stands."""

    doc_id: str
    section_id: str | None
    char_start: int
    char_end: int
    text: str


def place(document: AnalysedDocument, span: Span) -> Place:
    """Where a stretch of the source stands, and its words as the source spells them."""
    return Place(
        doc_id=document.doc_id,
        section_id=section_id_at(document, span.start),
        char_start=span.start,
        char_end=span.end,
        text=span.of(document.text),
    )


def section_id(doc_id: str, section: Section) -> str:
    return f"{doc_id}-s{section.ordinal:04d}"


def section_id_at(document: AnalysedDocument, offset: int) -> str | None:
    """The id of the section that holds an offset; None before the first heading."""
    section = document.section_at(offset)
    return _section_ids(document)[section.ordinal] if section else None


@once_a_document
def _section_ids(document: AnalysedDocument) -> list[str]:
    """The sections' ids by their ordinals, which count from 0."""
    return [section_id(document.doc_id, section) for section in document.sections]


def record_id(doc_id: str, letter: str, number: int) -> str:
    """`number` counts the document's records of a kind from 1."""
    return f"{doc_id}-{letter}{number:04d}"


class Anchors:
    """The ids of a document's records by what they say and under which headings.

    Counted are only records that say the same in the same place, in the order of the text.
    """

    def __init__(self, document: AnalysedDocument) -> None:
        self._document = document
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._paths: list[tuple[str, ...]] = []
        for section in document.sections:
            above = () if section.parent is None else self._paths[section.parent]
            self._paths.append(self._counted((*above, fold(section.heading_text).casefold())))

    def section(self, ordinal: int) -> str:
        """The id of a section."""
        return _digest(("sections", *self._paths[ordinal]))

    def record(self, table: str, start: int, end: int) -> str:
        """The id of another record that stands in this stretch of the text."""
        section = self._document.section_at(start)
        above = self._paths[section.ordinal] if section else ()
        return _digest(self._counted((table, *above, fold(self._document.text[start:end]))))

    def _counted(self, anchor: tuple[str, ...]) -> tuple[str, ...]:
        self._counts[anchor] += 1
        return (*anchor, str(self._counts[anchor]))


def _digest(anchor: tuple[str, ...]) -> str:
    return sha256("\0".join(anchor).encode("utf-8", "surrogatepass")).hexdigest()[:16]
