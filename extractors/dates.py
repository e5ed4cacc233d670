"""dates: calendar-anchored time expressions with the days they mean."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.document import AnalysedDocument
from extractors.facts.dated import dates_of
from extractors.records import DateRecord


def extract(document: AnalysedDocument) -> Iterator[DateRecord]:
    """The dates of a document in text order."""
    yield from dates_of(document)
