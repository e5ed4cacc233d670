"""The topics of a document: where it names a service, a method or a model of the lexicons that hold topics."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from extractors.document import AnalysedDocument, once_a_document
from extractors.facts.lexicon_terms import Found, terms_in
from extractors.readings import Unit
from lexicons import Entry, Hit, needs
from lexicons.spellings import bare

_PROGRAMMES = needs("programmes")


class Subject(NamedTuple):
    """A topic named: its lexicon and entry, the term found, and the block or cell that it stands in."""

    lexicon: str
    hit: Hit
    unit: Unit

    @property
    def entry(self) -> Entry:
        return self.hit.entry


@once_a_document
def subjects(document: AnalysedDocument) -> tuple[Subject, ...]:
    """The topics of a document, block by block, each group in text order.

    None is a part of a longer term ("terveystarkastus" of "laaja terveystarkastus") or of a programme's name,
    nor stands in a template's own heading.
    """
    return tuple(
        Subject(one.lexicon.name, one.hit, one.unit)
        for _, group in groupby(terms_in(document), key=lambda found: id(found.unit))
        for one in _whole(list(group))
        if not _is_template(document, one.hit.start)
    )


def _is_template(document: AnalysedDocument, offset: int) -> bool:
    """Whether a place is in a heading of the template, which every document has: "Vaikutukset ja vaikuttavuus"."""
    section = document.section_at(offset)
    return section is not None and section.field is not None and offset < section.heading.end


def _whole(found: list[Found]) -> Iterator[Found]:
    """The topics of a block in text order, without those that are only a part of something else."""
    names = [one.hit for one in found if one.lexicon.name == _PROGRAMMES.need.lexicon]
    topics = sorted((one for one in found if one.lexicon.topics), key=lambda one: (one.hit.start, one.hit.end))
    for one in topics:
        is_named = any(name.start <= one.hit.start and one.hit.end <= name.end for name in names)
        if not is_named and not any(_is_part(one.hit, other.hit) for other in topics):
            yield one


def _is_part(hit: Hit, other: Hit) -> bool:
    """Whether a term stands in a longer one that has all its words."""
    if hit.last < other.first or other.last < hit.first or hit.entry == other.entry:
        return False
    own, whole = bare(hit.term.text.lower()), bare(other.term.text.lower())
    return len(own) < len(whole) and all(word in whole for word in own.split())
