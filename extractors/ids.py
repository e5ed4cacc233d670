"""Identifiers of records: the document's id and the record's place, so that the same bytes give the same ids."""

from __future__ import annotations

from extractors.document import AnalysedDocument, Section


def section_id(doc_id: str, section: Section) -> str:
    return f"{doc_id}-s{section.ordinal:04d}"


def section_id_at(document: AnalysedDocument, offset: int) -> str | None:
    """The id of the section that holds an offset; None before the first heading."""
    section = document.section_at(offset)
    return section_id(document.doc_id, section) if section else None


def record_id(doc_id: str, letter: str, number: int) -> str:
    """`number` counts the document's records of a kind from 1."""
    return f"{doc_id}-{letter}{number:04d}"
