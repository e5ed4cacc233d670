"""Stage *outline*: a document's headings nested into sections, its tables put right.

The folder holds what the stage knows of a document's structure: what its numbers number, its contents list, cover and
labels, what its tables' columns hold, a report's own date.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.document import AnalysedDocument
from extractors.outline.grids import regridded
from extractors.outline.nesting import sections
from extractors.outline.project_tables import rebuild


def outline(document: AnalysedDocument) -> AnalysedDocument:
    """The same document with its linearised project tables rebuilt, the grids of others put right, and its sections."""
    whole = regridded(rebuild(document))
    return replace(whole, sections=tuple(sections(whole)))
