"""Identifiers and places of records, by the document's id, so that the same bytes give the same ids."""

from __future__ import annotations

from typing import TypedDict

from extractors.document import AnalysedDocument, Section, Span


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
    return section_id(document.doc_id, section) if section else None


def record_id(doc_id: str, letter: str, number: int) -> str:
    """`number` counts the document's records of a kind from 1."""
    return f"{doc_id}-{letter}{number:04d}"
