"""Headings nested into sections: a stack of ranks, where a heading closes every section of its own or a lower rank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extractors.document import AnalysedDocument, Section, Span
from extractors.outline.headings import (
    RANK_BELOW,
    RANK_MAIN,
    RANK_NUMBERED,
    RANK_OWN,
    Heading,
    area_headings,
    artefacts,
    find_headings,
    possible_headings,
)
from extractors.outline.report_date import cover_date
from lexicons import needs

_MAIN = needs("template_fields", groups=["main"])
_BASICS = needs("template_fields", "perustiedot")


def sections(document: AnalysedDocument) -> list[Section]:
    """The sections of a document in document order."""
    units = list(possible_headings(document))
    headings = list(find_headings(document, units))
    headings += area_headings(document, headings)
    return _nest(document, sorted(headings, key=lambda heading: heading.span))


def _nest(document: AnalysedDocument, headings: Sequence[Heading]) -> list[Section]:
    report = cover_date(document)
    cover = report.first_day if report else None
    stack: list[tuple[int, int, date | None]] = []
    found: list[Section] = []
    under_basics = False
    for ordinal, heading in enumerate(headings):
        rank = heading.rank
        if heading.field is not None:
            is_part = heading.field not in _MAIN.ids
            under_basics = heading.field in _BASICS.ids or (under_basics and is_part)
            if is_part and not under_basics:
                rank = RANK_MAIN
        if rank == RANK_OWN and stack and stack[-1][0] in (RANK_NUMBERED, RANK_BELOW):
            above = [held[0] for held in stack]
            if RANK_OWN not in above:
                rank = RANK_BELOW
        while stack and stack[-1][0] >= rank:
            stack.pop()
        day = heading.date or (stack[-1][2] if stack else cover)
        end = headings[ordinal + 1].span.start if ordinal + 1 < len(headings) else document.body_length
        found.append(
            Section(
                ordinal=ordinal,
                parent=stack[-1][1] if stack else None,
                level=len(stack) + 1,
                heading=heading.span,
                heading_text=document.wording(*heading.span),
                body=_body(document, heading.span.end, end),
                field=heading.field,
                evaluation_date=day,
                goal_codes=heading.goal_codes,
                benefit_goals=heading.benefit_goals,
            )
        )
        stack.append((rank, ordinal, day))
    return found


def _body(document: AnalysedDocument, start: int, end: int) -> Span:
    """A section's own body: to the next heading, without the artefacts before that and white space at the ends."""
    text = document.text
    piece = text[start:end]
    for group in ("suffix", "prefix"):
        for artefact in artefacts(group):
            if group == "suffix" and piece.lstrip(" ").startswith(artefact):
                start += piece.index(artefact) + len(artefact)
            if group == "prefix" and len(artefact) > 1 and piece.rstrip().endswith(artefact):
                end = start + piece.rindex(artefact)
            piece = text[start:end]
    if piece.lstrip(" ").startswith(":"):
        start += piece.index(":") + 1
        piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(text[start:end].strip())
    return Span(start, end)
