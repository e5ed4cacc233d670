"""Which lines are headings.

What the format, the contents list, the template or the document's numbering states decides first, then what a line says
(`certain_headings`); an author's own heading is known by how it stands (`headings_by_shape`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.document import AnalysedDocument
from extractors.outline.certain_headings import certain_headings
from extractors.outline.fields import heading_field
from extractors.outline.heading_page import Heading, Page
from extractors.outline.headings_by_shape import headings_by_shape
from extractors.outline.tables import heading_cells


def find_headings(document: AnalysedDocument) -> list[Heading]:
    """The headings of a document in text order."""
    page = Page(document)
    found = certain_headings(page)
    found.update(headings_by_shape(page, found))
    headings = [found[index] if page.is_template else _with_field(document, found[index]) for index in sorted(found)]
    return sorted([*headings, *_areas(document)], key=lambda heading: heading.span)


def _with_field(document: AnalysedDocument, heading: Heading) -> Heading:
    """A report's heading with the template field that it names: "2.1 Lähtötilanne"."""
    if heading.sort not in ("own", "stated", "chapter", "listed"):
        return heading
    field = heading_field(document.clean(*heading.span))
    return replace(heading, field=field) if field is not None else heading


def _areas(document: AnalysedDocument) -> Iterator[Heading]:
    """Development areas and national goals that head rows of a project table."""
    for table in document.tables:
        for cell, goals in heading_cells(document, table):
            yield Heading(cell.pieces[0], "rows", benefit_goals=goals)
