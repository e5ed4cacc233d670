"""project_results: the results of a project row by season.

A results cell holds the seasons one below the other, each under its label ("KEVÄT 2021"); or each season has a column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from extractors.document import AnalysedDocument, Cell, Span
from extractors.grammar.calendar import value
from extractors.ids import record_id
from extractors.outline.labels import CLOSING, PERIODS, capital_seasons, period_label
from extractors.projects import cell_repaired, cell_wording, project_rows
from extractors.readings import points_in
from extractors.records import ProjectResultRecord


@dataclass
class _Season:
    period: str
    spans: list[Span] = field(default_factory=list)


def extract(document: AnalysedDocument) -> Iterator[ProjectResultRecord]:
    """The results of every row, a record a season that says something."""
    for row in project_rows(document):
        for column_period, cell in row.results:
            for season in _seasons(document, cell, column_period):
                part = Cell(cell.row, cell.col, tuple(season.spans), cell.anchor)
                first, last = part.pieces[0], part.pieces[-1]
                contiguous = len(part.pieces) == 1
                yield ProjectResultRecord(
                    project_id=record_id(document.doc_id, "p", row.number),
                    doc_id=document.doc_id,
                    period=season.period,
                    text=cell_wording(document, part) or "",
                    text_repaired=cell_repaired(document, part),
                    char_start=first.start,
                    char_end=last.end if contiguous else first.end,
                )


def _seasons(document: AnalysedDocument, cell: Cell, column_period: str | None) -> list[_Season]:
    seasons: list[_Season] = [_Season(column_period)] if column_period else []
    for paragraph in cell.spans:
        for span in _around_labels(document, paragraph):
            opens = span == cell.spans[0] or not document.text[span.start].islower()
            label = _opening_label(document, span) if opens or not seasons else _whole_label(document, cell, span)
            if label is not None:
                period, end = label
                seasons.append(_Season(period))
                span = Span(end, span.end)
            if seasons and span.of(document.text).strip():
                start = span.start + len(span.of(document.text)) - len(span.of(document.text).lstrip())
                seasons[-1].spans.append(Span(start, span.end))
    return [season for season in seasons if season.spans]


def _whole_label(document: AnalysedDocument, cell: Cell, span: Span) -> tuple[str, int] | None:
    """The period of a paragraph that is nothing but a label, in small letters too: "syksy 2022"; not of a cut line."""
    above = max((one.end for one in cell.spans if one.end <= span.start), default=span.start)
    is_cut = document.wrapped and document.text[above - 1] not in CLOSING
    period = None if is_cut else period_label(document, span)
    return (period, span.end) if period else None


_BEHIND_LABEL = regex.compile(r"\s*(?:[:.]|[–—-](?=\s)|$)\s*")
"""What parts a season's label from what it heads on the same line."""


def _opening_label(document: AnalysedDocument, span: Span) -> tuple[str, int] | None:
    """The period that opens a paragraph as a label, and where its text begins: "Kevät 2022", "Syksy -21: Tiimi"."""
    if period := period_label(document, span):
        return period, span.end
    point = next(iter(points_in(document, *span)), None)
    if point is None or point.end is not None or point.begin.year is None or point.begin.grain not in PERIODS:
        return None
    if document.text[span.start : point.span.start].strip(" –-•\t"):
        return None
    match = _BEHIND_LABEL.match(document.text, point.span.end, span.end)
    return (value(point.begin), match.end()) if match is not None else None


def _around_labels(document: AnalysedDocument, span: Span) -> list[Span]:
    """A paragraph parted at season labels in capitals: a page break can put a label behind what stands above it."""
    labels = [label for _, label in capital_seasons(document, span)]
    return sorted([*labels, *span.without(labels, document.text)])
