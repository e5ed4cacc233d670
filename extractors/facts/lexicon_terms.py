"""The terms of all lexicons that report their hits or hold topics, found once for all tables that ask."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from extractors.document import AnalysedDocument, once_a_document
from extractors.readings import Unit, readings
from lexicons import Hit, Lexicon, TermMatcher, available, load
from lexicons.joint import JointMatcher


class Found(NamedTuple):
    """A term found, its lexicon, and the block or cell that it stands in."""

    lexicon: Lexicon
    hit: Hit
    unit: Unit


@once_a_document
def terms_in(document: AnalysedDocument) -> tuple[Found, ...]:
    """The terms of a document, block by block. No term crosses a block or a cell."""
    return tuple(
        Found(matcher.lexicon, hit, reading.unit)
        for reading in readings(document)
        for matcher, hit in _joint().find(reading.unit.tokens)
    )


@cache
def _joint() -> JointMatcher:
    lexicons = (load(name) for name in available())
    return JointMatcher(
        TermMatcher(
            replace(lexicon, entries=tuple(entry for entry in lexicon.entries if entry.report or lexicon.topics))
        )
        for lexicon in lexicons
        if lexicon.report or lexicon.topics
    )
