"""A document's lines while its headings are looked for, and what every search for them asks: what is a page of the
template, a cover, a running header, a line that the format marks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import regex

from extractors.document import AnalysedDocument, Span
from extractors.outline.candidates import CLOSING, Candidate, possible_headings
from extractors.outline.contents import Contents, contents
from extractors.outline.fields import (
    cover_label,
    cover_lines,
    is_label_value,
    is_template,
    names_nothing,
    template_label,
)
from extractors.outline.labels import squeeze
from extractors.outline.numbering import Kind, numbering
from extractors.outline.tables import is_project_table
from extractors.readings import points_in
from lexicons import needs

_REPORT = needs("reporting", "report")
_EVALUATION = needs("reporting", "evaluation")
_PROJECT = needs("document_parts", "project_title")

MAX_OWN = 95
"""Code points of an author's own heading; longer lines are sentences."""

MAX_QUESTION = 140
"""Code points of a question that heads a part of a report."""

FEWEST_QUESTIONS = 3
"""Questions over answers from which on a report heads its parts so."""

MAX_NATIONAL = 200
"""Code points of a heading that names a national goal in full."""

COVER_LINES = 40
"""Lines at a report's beginning among which its cover's labels stand."""

FOLDS = 2
"""Labels with the page's icon for what can be folded from which on labels without it are parts of those with it."""

RUNNING = 3
"""Times that the same line stands in a text from which on it is a running header, where it opens most of its pages."""

SHARE = 0.6
"""Share of a line's places that open a page where it is a running header."""

OPENING_LINES = 4
"""Lines in which a report says that it is one."""

MAX_COVER = 160
"""Code points of a line on a cover."""

CONTACT = regex.compile(r"https?://|www\.|\S+@\S+\.\S+|\b0\d{2,3}[\s-]?\d{3,}|\+358")
"""Web addresses, e-mail addresses, telephone numbers: a line that holds one gives a contact and heads nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found, before it has its place in the outline. `depth` is that of a chapter's number or a contents
    entry, `stated` the level that the format gives; `sort` tells what kind of heading it is; `is_inner` that the page
    shows it as a part of the heading that can be folded above it."""

    span: Span
    sort: str
    depth: int | None = None
    stated: int | None = None
    field: str | None = None
    is_field: bool = False
    is_inner: bool = False
    date: date | None = None
    goal_codes: tuple[str, ...] = ()
    benefit_goals: tuple[int, ...] = ()


class Page:
    """A document's lines while their headings are looked for."""

    def __init__(self, document: AnalysedDocument) -> None:
        self.document = document
        self.units = list(possible_headings(document))
        self.contents: Contents = contents(document)
        self.numbering = numbering(document)
        self.labels = {
            index: label
            for index, unit in enumerate(self.units)
            if (label := template_label(document, unit)) is not None
        }
        names = {label.entry.id for label in self.labels.values()}
        self.folds = sum(folds(self.units[index]) for index in self.labels) >= FOLDS
        self.is_template = is_template(document, self.labels.values(), self._is_report())
        self.states_headings = any(unit.block.kind == "heading" for unit in self.units)
        self.table_starts = sorted(table.start for table in document.tables)
        # What lines across columns left over of a table of six columns stands in blocks of its own.
        six = [table for table in document.tables if table.roles is not None]
        self.has_left_over = any(table.start <= block.start < table.end for block in document.blocks for table in six)
        self.has_project_tables = any(is_project_table(document, table) for table in document.tables)
        self.opening = self._opening_end(names)
        covers = cover_lines(document)
        self.cover_lines = sum(unit.span.start <= covers[-1].start for unit in self.units) if covers else 0
        texts = Counter(_without_page(unit) for unit in self.units)
        begins = Counter(_without_page(unit) for unit in self.units if unit.block.starts_page)
        self.furniture = frozenset(
            text for text, number in begins.items() if texts[text] >= RUNNING and number >= SHARE * texts[text]
        )

    @cached_property
    def questions(self) -> frozenset[int]:
        """The lines that are questions over what answers them, in a report that heads its parts so."""
        found = [
            index
            for index, (unit, following) in enumerate(pairwise(self.units))
            if self._asks(unit) and not self._asks(following)
        ]
        return frozenset(found) if len(found) >= FEWEST_QUESTIONS else frozenset()

    @staticmethod
    def _asks(unit: Candidate) -> bool:
        """Whether a line is one question and nothing else."""
        text = unit.text
        is_whole = text[0].isupper() and text.endswith("?") and len(text) <= MAX_QUESTION
        return is_whole and unit.block.kind != "list_item" and not any(sign in text[:-1] for sign in "?!:")

    def _opening_end(self, names: set[str]) -> int:
        """How many opening lines of a page are no sections: on a kokonaisuus page all before the first field.

        A toimintamalli page opens with its title, which is a section.
        """
        if self.is_template and names & {"kokonaisuuden_nimi", "tarkoitus_ja_tavoitteet", "paamaara"}:
            return min(self.labels)
        return 0

    def _is_report(self) -> bool:
        """Whether a contents list or the opening lines say that this is a report."""
        opening = [token for unit in self.units[:OPENING_LINES] for token in unit.tokens if len(unit.text) < MAX_COVER]
        named = _REPORT.stand_in(opening)
        return bool(self.contents.titles) or named

    def kind_at(self, unit: Candidate) -> Kind | None:
        return self.numbering.kind_at(unit.block.start) or self.numbering.kind_at(unit.span.start)

    def table_between(self, start: int, end: int) -> bool:
        return any(start <= table < end for table in self.table_starts)

    def is_passed_over(self, unit: Candidate) -> bool:
        """Whether a line is an entry of the contents list or a running header."""
        return unit.index in self.contents.blocks or (unit.block.starts_page and _without_page(unit) in self.furniture)

    def is_reports_title(self, index: int) -> bool:
        """Whether a line opens a report with its name, however the format marks it: a cover is no section."""
        if index or self.is_template or not is_title(self.units[0]):
            return False
        if self.is_stated(self.units[0]) and points_in(self.document, *self.units[0].span):
            return False  # a page whose first heading dates its assessment
        named = any(words.stand_in(self.units[0].tokens) for words in (_REPORT, _EVALUATION, _PROJECT))
        if named or self._is_lone_title():
            return True
        return not self.is_stated(self.units[0]) and names_nothing(self.document, self.units[0].span)

    def _is_lone_title(self) -> bool:
        """Whether the format marks the first line above all other headings, over a subtitle that names a report."""
        levels = [unit.block.level for unit in self.units if self.is_stated(unit)]
        below = [token for unit in self.units[1:OPENING_LINES] if not self.is_stated(unit) for token in unit.tokens]
        is_lone = self.is_stated(self.units[0]) and len(levels) > 1 and levels.count(levels[0]) == 1
        is_top = is_lone and levels[0] == min(level or 0 for level in levels)
        return is_top and any(words.stand_in(below) for words in (_REPORT, _EVALUATION))

    def is_cover_label(self, index: int, found: dict[int, Heading]) -> bool:
        """Whether a line is a label of a report's cover, or its value: above all headings."""
        if self.is_template or found or index >= self.cover_lines:
            return False
        named = [self.units[place].text.rstrip(" :") for place in (index, index - 1) if place >= 0]
        return any(cover_label(text) is not None for text in named)

    def is_stated(self, unit: Candidate) -> bool:
        """Whether the format marks a line as heading and it is no caption and no whole sentence."""
        if unit.block.kind != "heading":
            return False
        is_sentence = unit.text[-1] in ".;," and any(token.tense for token in unit.tokens) and len(unit.tokens) > 6
        return not is_sentence and self.kind_at(unit) != "caption"


def _without_page(unit: Candidate) -> str:
    """A line's letters without a page number at either end: "Koealueen hanke 3 (12)"."""
    return squeeze(unit.text).strip("0123456789")


def folds(unit: Candidate) -> bool:
    """Whether the page's icon for what can be folded stands before a label."""
    return unit.span.start - unit.block.start > 1


def is_title(unit: Candidate) -> bool:
    return len(unit.text) <= MAX_COVER and unit.text[-1] not in CLOSING and not is_label_value(unit.text)
