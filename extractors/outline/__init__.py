"""Stage *outline*: a document's headings nested into sections, its linearised tables rebuilt and those run together
parted.

The folder holds what the stage knows of a document's structure: what its numbers number, its contents list, cover and
labels, what its tables' columns hold, a report's own date.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.document import AnalysedDocument
from extractors.outline.nesting import sections
from extractors.outline.parted_tables import part
from extractors.outline.project_tables import rebuild


def outline(document: AnalysedDocument) -> AnalysedDocument:
    """The same document with its linearised project tables rebuilt, tables run together parted, and its sections."""
    whole = part(rebuild(document))
    return replace(whole, sections=tuple(sections(whole)))
