"""Which lines are headings.

What the format, the contents list, the template or the document's numbering states decides first, then what a line says
(a dated assessment, a national goal, an appendix); an author's own heading is known by how it stands: short, without
closing punctuation, over a body, over another heading, over a table. Lines are judged from the last to the first, so
that a line over a heading can be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import regex

from extractors.document import AnalysedDocument, Span, Token
from extractors.grammar.calendar import interval
from extractors.grammar.ranges import Expression
from extractors.outline.candidates import CLOSING, Candidate, possible_headings
from extractors.outline.contents import Contents, contents, contents_words, has_leaders
from extractors.outline.enumerators import enumerator
from extractors.outline.fields import (
    LABEL_VALUE,
    cover_label,
    cover_lines,
    heading_field,
    is_label_value,
    is_template,
    names_nothing,
    template_label,
)
from extractors.outline.goal_prose import goal_prose
from extractors.outline.labels import is_time_label, readiness_value, squeeze
from extractors.outline.national_goals import arabic, heading_goals
from extractors.outline.numbering import Kind, goals_in, numbering
from extractors.outline.state_labels import is_label
from extractors.outline.tables import heading_cells, is_project_table
from extractors.readings import points_in
from lexicons import needs

_REPORT = needs("reporting", "report")
_EVALUATION = needs("reporting", "evaluation")
_BASELINE = needs("reporting", "baseline_evaluation")
_APPENDIX = needs("document_parts", "appendix")
_PROJECT = needs("document_parts", "project_title")
_CLOSING = needs("document_parts", "closing")
_FURNITURE = needs("document_parts", "furniture")
_OPENS_LIST = needs("lead_ins", "opens_list")

LEAST_BODY = 60
"""Code points of a sentence below a cover from which on it is text; shorter ones tell the report's date or version."""

MAX_OWN = 95
"""Code points of an author's own heading; longer lines are sentences."""

MAX_NUMBERED = 140
"""Code points of a chapter's heading."""

MAX_NATIONAL = 200
"""Code points of a heading that names a national goal in full."""

MAX_GOAL = 400
"""Code points of a goal's heading: goals are often whole sentences."""

MAX_APPENDIX = 150
"""Code points of an appendix' heading."""

MAX_DATED = 110
"""Code points of a dated assessment's heading."""

COVER_LINES = 40
"""Lines at a report's beginning among which its cover's labels stand."""

FOLDS = 2
"""Labels with the page's icon for what can be folded from which on labels without it are parts of those with it."""

RUNNING = 3
"""Times that the same line stands in a text from which on it is a running header, where it opens most of its pages."""

SHARE = 0.6
"""Share of a line's places that open a page where it is a running header."""

LEAD = 3
"""Lines below a dated assessment's heading among which the first national goal's heading stands."""

OPENING_LINES = 4
"""Lines in which a report says that it is one."""

MAX_COVER = 160
"""Code points of a line on a cover."""

CONTACT = regex.compile(r"https?://|www\.|\S+@\S+\.\S+|\b0\d{2,3}[\s-]?\d{3,}|\+358")
"""Web addresses, e-mail addresses, telephone numbers: a line that holds one gives a contact and heads nothing."""

_GRAINS = ("day", "week", "month", "season", "quarter", "half", "turn", "year")
"""Grains of time from the most exact on."""

_ROUNDS = frozenset(("day", "month", "season", "quarter", "half"))
"""Grains of time by which assessments are told apart."""


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


def find_headings(document: AnalysedDocument) -> list[Heading]:
    """The headings of a document in text order."""
    page = _Page(document)
    found = page.certain()
    found.update(page.by_shape(found))
    headings = [page.with_field(found[index]) for index in sorted(found)]
    return sorted([*headings, *_areas(document)], key=lambda heading: heading.span)


def _areas(document: AnalysedDocument) -> Iterator[Heading]:
    """Development areas and national goals that head rows of a project table."""
    for table in document.tables:
        for cell, goals in heading_cells(document, table):
            yield Heading(cell.pieces[0], "rows", benefit_goals=goals)


class _Page:
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
        self.folds = sum(_folds(self.units[index]) for index in self.labels) >= FOLDS
        self.is_template = is_template(document, self.labels.values(), self._is_report())
        self.states_headings = any(unit.block.kind == "heading" for unit in self.units)
        self.table_starts = sorted(table.start for table in document.tables)
        self.has_project_tables = any(is_project_table(document, table) for table in document.tables)
        self.opening = self._opening_end(names)
        covers = cover_lines(document)
        self.cover_lines = sum(unit.span.start <= covers[-1].start for unit in self.units) if covers else 0
        texts = Counter(_without_page(unit) for unit in self.units)
        begins = Counter(_without_page(unit) for unit in self.units if unit.block.starts_page)
        self.furniture = frozenset(
            text for text, number in begins.items() if texts[text] >= RUNNING and number >= SHARE * texts[text]
        )

    def with_field(self, heading: Heading) -> Heading:
        """A report's heading with the template field that it names: "2.1 Lähtötilanne"."""
        if self.is_template or heading.sort not in ("own", "stated", "chapter", "listed"):
            return heading
        field = heading_field(self.document.clean(*heading.span))
        return replace(heading, field=field) if field is not None else heading

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

    # What is certain

    def certain(self) -> dict[int, Heading]:
        """The headings that something states or says, by the line's index."""
        found: dict[int, Heading] = {}
        for index, unit in enumerate(self.units):
            if index < self.opening or self._is_passed_over(unit):
                continue
            if squeeze(unit.text) in contents_words() and self._opens_contents(index):
                found[index] = Heading(unit.span, "contents")
                continue
            if self._is_reports_title(index) or (index < COVER_LINES and self._is_cover_label(index, found)):
                continue
            heading = self._field(index) or self._says(index, unit)
            if heading is None and self._is_stated(unit) and not self._is_doubled(index):
                heading = Heading(unit.span, "stated")
            if heading is not None and self._is_statement(index, unit, found):
                continue
            if heading is not None:
                depth = heading.depth or self.contents.depth(unit.text)[1]
                found[index] = replace(heading, stated=unit.block.level, depth=depth)
        return found

    def _is_statement(self, index: int, unit: Candidate, found: dict[int, Heading]) -> bool:
        """Whether a line below a goal tells which national goal it serves: "Kansallinen hyötytavoite: ..."."""
        above = found.get(index - 1)
        return above is not None and above.sort == "goal" and is_label_value(unit.text)

    def _is_passed_over(self, unit: Candidate) -> bool:
        """Whether a line is an entry of the contents list or a running header."""
        return unit.index in self.contents.blocks or (unit.block.starts_page and _without_page(unit) in self.furniture)

    def _opens_contents(self, index: int) -> bool:
        return index + 1 < len(self.units) and self.units[index + 1].index in self.contents.blocks

    def _is_reports_title(self, index: int) -> bool:
        """Whether a line opens a report with its name, however the format marks it: a cover is no section."""
        if index or self.is_template or not _is_title(self.units[0]):
            return False
        if self._is_stated(self.units[0]) and points_in(self.document, *self.units[0].span):
            return False  # a page whose first heading dates its assessment
        named = any(words.stand_in(self.units[0].tokens) for words in (_REPORT, _EVALUATION, _PROJECT))
        if named or self._is_lone_title():
            return True
        return not self._is_stated(self.units[0]) and names_nothing(self.document, self.units[0].span)

    def _is_lone_title(self) -> bool:
        """Whether the format marks the first line above all other headings, over a subtitle that names a report."""
        levels = [unit.block.level for unit in self.units if self._is_stated(unit)]
        below = [token for unit in self.units[1:OPENING_LINES] if not self._is_stated(unit) for token in unit.tokens]
        is_lone = self._is_stated(self.units[0]) and len(levels) > 1 and levels.count(levels[0]) == 1
        is_top = is_lone and levels[0] == min(level or 0 for level in levels)
        return is_top and any(words.stand_in(below) for words in (_REPORT, _EVALUATION))

    def _is_cover_label(self, index: int, found: dict[int, Heading]) -> bool:
        """Whether a line is a label of a report's cover, or its value: above all headings."""
        if self.is_template or found or index >= self.cover_lines:
            return False
        named = [self.units[place].text.rstrip(" :") for place in (index, index - 1) if place >= 0]
        return any(cover_label(text) is not None for text in named)

    def _is_stated(self, unit: Candidate) -> bool:
        """Whether the format marks a line as heading and it is no caption and no whole sentence."""
        if unit.block.kind != "heading":
            return False
        is_sentence = unit.text[-1] in ".;," and any(token.tense for token in unit.tokens) and len(unit.tokens) > 6
        return not is_sentence and self.kind_at(unit) != "caption"

    def _is_doubled(self, index: int) -> bool:
        """Whether a line is a template's label that stands on the line above too."""
        label, above = self.labels.get(index), self.labels.get(index - 1)
        return self.is_template and label is not None and above is not None and above.entry.id == label.entry.id

    def _field(self, index: int) -> Heading | None:
        if not self.is_template or index not in self.labels:
            return None
        label = self.labels[index]
        if self._is_doubled(index):
            return None
        is_inner = self.folds and label.entry.group != "metadata" and not _folds(self.units[index])
        is_main = _folds(self.units[index]) or (label.entry.group == "main" and not is_inner)
        field = None if label.entry.value == "other" else label.entry.id
        return Heading(label.span, "main" if is_main else "part", field=field, is_field=True, is_inner=is_inner)

    def _says(self, index: int, unit: Candidate) -> Heading | None:
        """A numbered heading, a dated assessment, a national goal or an appendix, by what the line says."""
        if unit.block.kind == "list_item":
            return self._bulleted_goal(index, unit)
        if len(unit.text) > MAX_GOAL or has_leaders(unit.text) or unit.block.start in goal_prose(self.document):
            return None
        kind = self.kind_at(unit)
        if kind == "goal":
            return None if self._is_listed_goal(index) else self._goal(unit)
        if kind in ("caption", "list"):
            return None
        if (kind == "appendix" or self._opens_appendix(unit)) and len(unit.text) <= MAX_APPENDIX:
            return Heading(unit.span, "main")
        return self._dated(index, unit) or self._national(unit, kind) or self._chapter(index, unit, kind)

    def _opens_appendix(self, unit: Candidate) -> bool:
        """Whether a line is an appendix' heading without a number: "Liite: ohjausryhmän kokoukset"."""
        is_named = _APPENDIX.stand_in(unit.tokens[:1]) and len(unit.tokens) > 2
        return is_named and unit.tokens[1].text in (":", "–", "-") and unit.text[-1] not in ".;,"

    def _goal(self, unit: Candidate) -> Heading | None:
        goals = goals_in(self.document, unit.block.start, unit.span.end)
        return Heading(unit.span, "goal", goal_codes=tuple(goal.code for goal in goals)) if goals else None

    def _is_listed_goal(self, index: int) -> bool:
        """Whether a numbered goal has no body: the next goal or heading follows it, or nothing."""
        unit = self.units[index]
        following = self.units[index + 1] if index + 1 < len(self.units) else None
        if self.table_between(unit.span.end, following.span.start if following else len(self.document.text)):
            return False
        if following is None or self.kind_at(following) in ("goal", "chapter", "national", "appendix"):
            return True
        return bool(heading_goals(following.tokens, None)) and not is_label_value(following.text)

    def _bulleted_goal(self, index: int, unit: Candidate) -> Heading | None:
        """A national goal behind a bullet, as browsers print headings: over a body that is no bullet."""
        following = self.units[index + 1] if index + 1 < len(self.units) else None
        if following is None or following.block.kind == "list_item" or len(unit.text) > MAX_NATIONAL:
            return None
        beside = self.units[index - 1].block.kind == "list_item" if index else False
        goals = heading_goals(unit.tokens, None)
        return Heading(unit.span, "national", benefit_goals=tuple(goals)) if len(goals) == 1 and not beside else None

    def _dated(self, index: int, unit: Candidate) -> Heading | None:
        """A dated assessment: a short line without a verb that names one and its day, month, season or year."""
        if len(unit.text) > MAX_DATED or unit.text[-1] in ":;,!?":
            return None
        label = LABEL_VALUE.fullmatch(unit.text)
        if label is not None and not self.is_template and cover_label(label["label"]) is not None:
            return None  # a cover's line: "Päiväys: 31.5.2022"
        is_told, over_goals = _is_told(unit.tokens), self._stands_over_goals(index)
        if is_told and (unit.text[-1] == "." or not over_goals):
            return None
        if not is_told and not _is_nominal(unit.tokens) and _BASELINE.stand_in(unit.tokens):
            return None  # "Lähtötilanteen lukuja (koottu keväällä 2020)"
        covers = self.states_headings and not self.is_template and index < self.cover_lines
        if covers and not self._is_stated(unit):
            return None
        alone = is_time_label(unit.tokens) and (self._stands_under_results(index) or self._stands_in_report(index))
        if not (_EVALUATION.stand_in(unit.tokens) or alone or over_goals):
            return None
        dated = [point for point in points_in(self.document, *unit.span) if interval(point.begin) is not None]
        if not dated or _APPENDIX.stand_in(unit.tokens) or self._is_listed(index):
            return None
        days = interval(min(dated, key=_exactness).begin)
        return Heading(unit.span, "evaluation", date=days[0]) if days else None

    def _stands_in_report(self, index: int) -> bool:
        """Whether a line of a report stands apart over prose or is marked as heading, below the cover."""
        unit = self.units[index]
        if self.is_template or self.has_project_tables or index < max(self.cover_lines, 1):
            return False
        following = self.units[index + 1] if index + 1 < len(self.units) else None
        apart = self._is_stated(unit) or (unit.block.gap > 0 and unit.text[0].isupper())
        return apart and following is not None and following.text[-1] == "." and len(following.text) > MAX_OWN

    def _stands_over_goals(self, index: int) -> bool:
        """Whether a line that ends in a month, a season or a day stands over a national goal's heading, with no more
        than sentences between: it opens an assessment, whatever its words ("Missä mennään 5/2022")."""
        if index < self.cover_lines and not self.is_template:
            return False
        unit = self.units[index]
        points = points_in(self.document, *unit.span)
        ends = bool(points) and points[-1].end is None and points[-1].begin.grain in _ROUNDS
        behind = self.document.text[points[-1].span.end : unit.span.end].strip(" ).") if ends else ""
        tells_past = any(token.tense == "past" and token.case is None for token in unit.tokens)
        if not ends or behind or tells_past or not unit.text[0].isupper():
            return False
        for following in self.units[index + 1 : index + 1 + LEAD]:
            if self._national(following, self.kind_at(following)) is not None:
                return True
            if following.text[-1] not in ".!?" or following.block.kind == "list_item":
                return False
        return False

    def _is_listed(self, index: int) -> bool:
        """Whether a line without a bullet is an item of what a lead-in above opens: "Tiedot päivitetään:"."""
        while index and self.units[index].block.gap == 0:
            index -= 1
            if self.units[index].text[-1] == ":":
                return True
            if not points_in(self.document, *self.units[index].span):
                return False
        return False

    def _stands_under_results(self, index: int) -> bool:
        """Whether a line of a page stands among its results, over a body of its own."""
        fields = [label.entry.id for place, label in self.labels.items() if place < index]
        unit = self.units[index]
        if not self.is_template or not fields or fields[-1] != "tuotokset_ja_tulokset" or unit.block.gap == 0:
            return False
        return index + 1 < len(self.units) and len(self.units[index + 1].text) > len(unit.text)

    def _national(self, unit: Candidate, kind: Kind | None) -> Heading | None:
        found = enumerator(unit.text)
        number = found.number if found is not None else None
        if len(unit.text) > MAX_NATIONAL or unit.text[-1] in ":;,!?":
            return None
        if unit.text[-1] == "." and not number and not _is_nominal(unit.tokens):
            return None
        goals = heading_goals(unit.tokens, number)
        closes = _CLOSING.stand_in(unit.tokens)  # "V Yhteenveto" behind four goals
        if not goals and kind == "national" and found is not None and arabic(found.number) and not closes:
            goals = [found.parts[-1]]  # its neighbours' numbers are those of the national goals that they name
        if not goals:
            return None
        depth = len(found.parts) if found is not None and kind == "chapter" else None
        return Heading(unit.span, "national" if depth is None else "chapter", depth, benefit_goals=tuple(goals))

    def _has_parts(self) -> bool:
        """Whether chapters of the document have numbered parts (3.1 below 3)."""
        return any(
            decision.kind == "chapter" and scheme[2] > 1 and not scheme[0]
            for scheme, decision in self.numbering.schemes.items()
        )

    def _chapter(self, index: int, unit: Candidate, kind: Kind | None) -> Heading | None:
        listed, depth = self.contents.depth(unit.text) if len(unit.text) <= MAX_NUMBERED else (False, None)
        if unit.text[-1] in ".:;,!" or len(unit.text) > MAX_NUMBERED or CONTACT.search(unit.text):
            return None
        if kind == "chapter" and (found := enumerator(unit.text)) is not None:
            following = self.units[index + 1] if index + 1 < len(self.units) else None
            if following is not None or self.table_between(unit.span.end, len(self.document.text)):
                return Heading(unit.span, "chapter", len(found.parts))
        if listed and not is_label_value(unit.text):
            tells_depth = any(found is not None for found in self.contents.titles.values())
            return Heading(unit.span, "listed" if tells_depth else "own", depth)
        return None

    # What stands like a heading

    def by_shape(self, certain: dict[int, Heading]) -> dict[int, Heading]:
        """The authors' own headings, judged from the last line to the first."""
        found: dict[int, Heading] = {}
        if self.states_headings:
            return found
        cover = self._cover_end(certain)
        for index in range(len(self.units) - 1, self.opening - 1, -1):
            unit = self.units[index]
            if (
                index in certain
                or self._is_passed_over(unit)
                or index < cover
                or (self.is_template and index in self.labels)
            ):
                continue
            if self._follows_metadata(index, certain) or (
                index < COVER_LINES and self._is_cover_label(index, _before(certain, index))
            ):
                continue
            is_title = index == self.first and cover == 0 and not self.document.wrapped and _is_title(unit)
            if self._may_head(unit) and self._stands(index, unit, certain, found):
                found[index] = Heading(unit.span, "own")
            elif is_title and (self._opens_page(index) or self._opens_text(index)):
                found[index] = Heading(unit.span, "main")
        return found

    def _opens_text(self, index: int) -> bool:
        """Whether a text stands right below a line."""
        return index + 1 < len(self.units) and self.units[index + 1].text[-1] in CLOSING

    def _opens_page(self, index: int) -> bool:
        """Whether the fields of a page stand right below a line: a toimintamalli page opens with its title."""
        return self.is_template and not self.opening and index + 1 in self.labels

    @cached_property
    def first(self) -> int:
        """The first line that is none of the web site's around the page."""
        return next((index for index, unit in enumerate(self.units) if not _is_furniture(unit.tokens)), 0)

    def _cover_end(self, certain: dict[int, Heading]) -> int:
        """How many opening lines are a report's cover: short lines up to the one right over the first body.

        A page without a cover opens with its title over its text.
        """
        if self.is_template:
            return self.opening
        for index, unit in enumerate(self.units):
            told = len(unit.text) > MAX_OWN or any(token.tense for token in unit.tokens)
            ends = unit.text[-1] in ".!?" and len(unit.text) > LEAST_BODY and told
            if index in certain or unit.index in self.contents.blocks:
                return index
            if unit.block.kind == "list_item" or len(unit.text) > MAX_COVER or ends:
                return index - 1 if index > 1 else int(self._is_reports_title(0))
        return 0

    def _follows_metadata(self, index: int, certain: dict[int, Heading]) -> bool:
        """Whether a line is the value of a metadata field: lists of names and dates hold no headings."""
        if not self.is_template:
            return False
        for place in range(index - 1, -1, -1):
            if place in certain:
                label = self.labels.get(place)
                return label is not None and label.entry.group == "metadata"
            if len(self.units[place].text) > MAX_NATIONAL:
                return False
        return False

    def _may_head(self, unit: Candidate) -> bool:
        """Whether a line could head anything by its own looks and words."""
        if unit.text[-1] == "?" and unit.block.gap == 0 and unit.index:
            return False
        return self._looks_like_heading(unit) and not self._says_something_else(unit)

    def _looks_like_heading(self, unit: Candidate) -> bool:
        """Whether a line is short, begins like a heading and ends like one."""
        text, block = unit.text, unit.block
        if block.kind == "list_item" or len(text) > MAX_OWN or (self.document.wrapped and len(block.lines) > 2):
            return False
        begins = text[0].isupper() or text[0] in '”"«' or enumerator(text) is not None
        return begins and text[-1] not in ".:;,!…" and any(map(str.isalpha, text))

    def _says_something_else(self, unit: Candidate) -> bool:
        """Whether a line's words are those of a list, a field, a contact, a date, a label, a name …"""
        text, tokens = unit.text, unit.tokens
        return (
            self.kind_at(unit) in ("caption", "list", "goal")
            or "=" in text
            or CONTACT.search(text) is not None
            or has_leaders(text)
            or is_label_value(text)
            or _holds_sentence(text)
            or readiness_value(tokens) is not None
            or (is_time_label(tokens) and not _CLOSING.stand_in(tokens))
            or squeeze(text) in contents_words()
            or is_label(self.document, tokens, text)
            or _is_lead_in(tokens)
            or self._ends_in_day(unit)
            or _is_furniture(tokens)
            or _is_name(unit)
        )

    def _ends_in_day(self, unit: Candidate) -> bool:
        """Whether a line ends in a day ("Raportin päiväys 30.11.2021"): it dates something and heads nothing."""
        points = points_in(self.document, *unit.span)
        return bool(points) and points[-1].begin.grain == "day" and points[-1].span.end == unit.span.end

    def _stands(self, index: int, unit: Candidate, certain: dict[int, Heading], found: dict[int, Heading]) -> bool:
        """Whether what follows is a body, a table or a heading that a heading may stand over."""
        following = self.units[index + 1] if index + 1 < len(self.units) else None
        end = following.span.start if following is not None else len(self.document.text)
        if self.document.wrapped and self.has_project_tables and not _heads_prose(unit, following):
            return self._is_loose(unit)
        if self.table_between(unit.span.end, end):
            return True
        if following is not None and _goes_on(unit, following):
            return False
        if following is None or (index + 1 in self.labels and self.is_template):
            return False
        if following.block.kind == "list_item":
            return not _goes_on_in(unit, following)
        if index + 1 in certain or index + 1 in found:
            return self._over_heading(index, unit, following, certain)
        if following.text[-1] in CLOSING or len(following.text) > MAX_OWN or ":" in following.text:
            return True
        if self.kind_at(following) in ("caption", "goal", "list") or _is_lead_in(following.tokens):
            return True
        behind = self.units[index + 2] if index + 2 < len(self.units) else None
        if behind is not None and behind.block.kind == "list_item" and _goes_on_in(following, behind):
            return True
        return self._over_lines(index, unit, following)

    def _over_heading(self, index: int, unit: Candidate, following: Candidate, certain: dict[int, Heading]) -> bool:
        """A heading over a heading: both stand apart, or the lower one is a goal's or a national goal's."""
        below = certain.get(index + 1)
        if below is not None and below.sort in ("goal", "national"):
            return unit.block.gap > 0 or index == 0 or not self._shows_gaps
        if below is not None and below.sort in ("main", "chapter", "part") and below.stated is None:
            return False
        above = self.units[index - 1] if index else None
        ends = above is None or above.text[-1] in ".!?"  # a paragraph, a footnote
        if self._shows_gaps:
            return following.block.gap > 0 and (unit.block.gap > 0 or ends)
        return (
            above is None
            or ends
            or len(above.text) > MAX_OWN
            or above.block.kind == "list_item"
            or self.table_between(above.span.end, unit.span.start)
        )

    def _over_lines(self, index: int, unit: Candidate, following: Candidate) -> bool:
        """A heading over a date, or over short lines that hang together while it stands apart."""
        if unit.block.gap == 0 and self._shows_gaps:
            return False
        if is_time_label(following.tokens):
            return unit.block.gap > 0
        behind = self.units[index + 2] if index + 2 < len(self.units) else None
        return unit.block.gap > 0 and following.block.gap > 0 and behind is not None and behind.block.gap == 0

    @cached_property
    def _shows_gaps(self) -> bool:
        """Whether the document parts its paragraphs by empty lines."""
        return sum(unit.block.gap > 0 for unit in self.units) > 0.5 * len(self.units)

    def _is_loose(self, unit: Candidate) -> bool:
        """A heading outside the project tables of a wrapped report.

        The contents list names it, or it opens a page and carries a heading's bullet or speaks of the baseline.
        """
        if not unit.text[0].isupper():
            return False
        if self.contents.depth(unit.text)[0]:
            return True
        tokens = unit.tokens
        opens = unit.span.start > unit.block.start or _BASELINE.stand_in(tokens) or _APPENDIX.stand_in(tokens)
        return unit.block.starts_page and opens


def _without_page(unit: Candidate) -> str:
    """A line's letters without a page number at either end: "Koealueen hanke 3 (12)"."""
    return squeeze(unit.text).strip("0123456789")


def _folds(unit: Candidate) -> bool:
    """Whether the page's icon for what can be folded stands before a label."""
    return unit.span.start - unit.block.start > 1


def _before(headings: dict[int, Heading], index: int) -> dict[int, Heading]:
    return {place: heading for place, heading in headings.items() if place < index}


def _exactness(point: Expression) -> int:
    return _GRAINS.index(point.begin.grain) if point.begin.grain in _GRAINS else len(_GRAINS)


def _is_told(tokens: Sequence[Token]) -> bool:
    """Whether a line has a finite verb; a participle behind a sign is a remark: "(päivitetty 12.5.2022)"."""
    verbs = [index for index, token in enumerate(tokens) if token.pos in ("VERB", "AUX")]
    return any(tokens[i].case is None or i == 0 or tokens[i - 1].pos != "PUNCT" for i in verbs)


def _is_nominal(tokens: Sequence[Token]) -> bool:
    """Whether a line has no finite verb, as far as its words tell."""
    return not any(token.pos in ("VERB", "AUX") for token in tokens)


def _is_title(unit: Candidate) -> bool:
    return len(unit.text) <= MAX_COVER and unit.text[-1] not in CLOSING and not is_label_value(unit.text)


def _holds_sentence(text: str) -> bool:
    """Whether a sentence ends inside a line: it is the beginning of a paragraph."""
    return _SENTENCE_END.search(text) is not None


_SENTENCE_END = regex.compile(r"(?:\p{Ll}{3}|%)[.!?]\s+\p{Lu}\p{Ll}+\s")
"""A sentence's end and the next one's first word, no abbreviation and no number before the stop."""


def _goes_on(unit: Candidate, following: Candidate) -> bool:
    """Whether a line goes on in the next one, right below it and in small letters."""
    return following.block.gap == 0 and following.block.kind == "paragraph" and following.text[0].islower()


def _is_lead_in(tokens: Sequence[Token]) -> bool:
    """Whether a line's last words open a list: "... ovat muun muassa"."""
    ends = [hit.end for hit in _OPENS_LIST.find(tokens)]
    is_open = tokens[-1].pos == "AUX" and tokens[-1].tense is not None  # "Sovitut tavoitteet ovat"
    return is_open or (bool(ends) and ends[-1] == tokens[-1].end)


def _goes_on_in(unit: Candidate, item: Candidate) -> bool:
    """Whether a sentence without an end goes on in the items of a list: "Lupasimme, että hankkeen jälkeen"."""
    is_sentence = any(token.tense and token.pos in ("VERB", "AUX") for token in unit.tokens)
    return item.text[0].islower() and is_sentence


def _is_furniture(tokens: Sequence[Token]) -> bool:
    """Whether a line is nothing but words of the web site around the page."""
    covered = {index for hit in _FURNITURE.find(tokens) for index in range(hit.first, hit.last + 1)}
    return bool(covered) and len(covered) == len(tokens)


def _is_name(unit: Candidate) -> bool:
    """Whether a line is a person's name, perhaps with a title behind a comma."""
    words = [token for token in unit.tokens if token.is_word]
    head = unit.text.partition(",")[0].split()
    names = [token for token in words[: len(head)] if token.pos == "PROPN" and token.text[0].isupper()]
    return 2 <= len(head) <= 3 and len(names) == len(head) and ("," in unit.text or len(words) == len(head))


def _heads_prose(unit: Candidate, following: Candidate | None) -> bool:
    """Whether a line stands alone over a wrapped paragraph of whole sentences."""
    if following is None or len(following.block.lines) < 2 or not following.text[0].isupper():
        return False
    return unit.block.gap > 0 and following.block.gap > 0 and following.text[-1] in ".!?"
