"""Headings that are certain: the format, the contents list, the template or the numbering states them, or a line says
itself what it heads (a dated assessment, a national goal, an appendix).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.document import Token
from extractors.grammar.calendar import interval
from extractors.grammar.ranges import Expression
from extractors.outline.candidates import Candidate
from extractors.outline.contents import contents_words, has_leaders
from extractors.outline.enumerators import enumerator
from extractors.outline.fields import LABEL_VALUE, cover_fields, cover_label, is_label_value, table_cover
from extractors.outline.goal_prose import goal_prose
from extractors.outline.heading_page import CONTACT, COVER_LINES, MAX_NATIONAL, MAX_OWN, Heading, Page, folds
from extractors.outline.labels import is_time_label, squeeze
from extractors.outline.national_goals import arabic, heading_goals
from extractors.outline.numbering import Kind, goals_in, numbering
from extractors.readings import points_in
from lexicons import needs

_EVALUATION = needs("reporting", "evaluation")
_BASELINE = needs("reporting", "baseline_evaluation")
_APPENDIX = needs("document_parts", "appendix")
_CLOSING = needs("document_parts", "closing")

MAX_NUMBERED = 140
"""Code points of a chapter's heading."""

MAX_GOAL = 400
"""Code points of a goal's heading: goals are often whole sentences."""

MAX_APPENDIX = 150
"""Code points of an appendix' heading."""

MAX_DATED = 110
"""Code points of a dated assessment's heading."""

FEWEST_ROUNDS = 2
"""Dated assessments among numbered chapters from which on others that end in a time are such, too."""

LEAD = 3
"""Lines below a dated assessment's heading among which the first national goal's heading stands."""

_GRAINS = ("day", "week", "month", "season", "quarter", "half", "turn", "year")
"""Grains of time from the most exact on."""

_ROUNDS = frozenset(("day", "month", "season", "quarter", "half"))
"""Grains of time by which assessments are told apart."""


def certain_headings(page: Page) -> dict[int, Heading]:
    """The headings that something states or says, by the line's index."""
    return _Certain(page).headings()


class _Certain:
    """The lines of a page, each asked what it states or says."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def headings(self) -> dict[int, Heading]:
        """The headings that something states or says, by the line's index."""
        found: dict[int, Heading] = {}
        for index, unit in enumerate(self.page.units):
            if index < self.page.opening or self.page.is_passed_over(unit):
                continue
            if squeeze(unit.text) in contents_words() and self._opens_contents(index):
                found[index] = Heading(unit.span, "contents")
                continue
            if self.page.is_reports_title(index) or (index < COVER_LINES and self.page.is_cover_label(index, found)):
                continue
            heading = self._field(index) or self._says(index, unit)
            if heading is None and self.page.is_stated(unit) and not self._is_doubled(index):
                heading = Heading(unit.span, "stated")
            if heading is not None and self._is_statement(index, unit, found):
                continue
            if heading is not None:
                is_named = heading.sort != "goal" or squeeze(unit.text) in self.page.contents.titles
                depth = heading.depth or (self.page.contents.depth(unit.text)[1] if is_named else None)
                found[index] = replace(heading, stated=unit.block.level, depth=depth)
        return found | self._dated_beside(found)

    def _dated_beside(self, found: dict[int, Heading]) -> dict[int, Heading]:
        """Numbered chapters that end in a time among such that are dated assessments are assessments too."""
        rounds = [heading.depth for heading in found.values() if heading.sort == "evaluation"]
        dated: dict[int, Heading] = {}
        for index, heading in found.items():
            points = points_in(self.page.document, *heading.span)
            behind = self.page.document.text[points[-1].span.end : heading.span.end].strip(" ).") if points else "none"
            is_beside = (
                heading.sort == "chapter" and heading.depth is not None and rounds.count(heading.depth) >= FEWEST_ROUNDS
            )
            days = interval(points[-1].begin) if points else None
            if is_beside and not behind and not heading.benefit_goals and days is not None:
                dated[index] = replace(heading, sort="evaluation", date=days[0])
        return dated

    def _is_statement(self, index: int, unit: Candidate, found: dict[int, Heading]) -> bool:
        """Whether a line below a goal tells which national goal it serves: "Kansallinen hyötytavoite: ..."."""
        above = found.get(index - 1)
        return above is not None and above.sort == "goal" and is_label_value(unit.text)

    def _opens_contents(self, index: int) -> bool:
        return index + 1 < len(self.page.units) and self.page.units[index + 1].index in self.page.contents.blocks

    def _is_doubled(self, index: int) -> bool:
        """Whether a line is a template's label that stands on the line above too."""
        label, above = self.page.labels.get(index), self.page.labels.get(index - 1)
        return self.page.is_template and label is not None and above is not None and above.entry.id == label.entry.id

    def _field(self, index: int) -> Heading | None:
        if not self.page.is_template or index not in self.page.labels:
            return None
        label = self.page.labels[index]
        if self._is_doubled(index):
            return None
        is_inner = self.page.folds and label.entry.group != "metadata" and not folds(self.page.units[index])
        is_main = folds(self.page.units[index]) or (label.entry.group == "main" and not is_inner)
        field = None if label.entry.value == "other" else label.entry.id
        return Heading(label.span, "main" if is_main else "part", field=field, is_field=True, is_inner=is_inner)

    def _says(self, index: int, unit: Candidate) -> Heading | None:
        """A numbered heading, a dated assessment, a national goal or an appendix, by what the line says."""
        if unit.block.kind == "list_item":
            return self._bulleted_goal(index, unit)
        if len(unit.text) > MAX_GOAL or has_leaders(unit.text) or unit.block.start in goal_prose(self.page.document):
            return None
        if index in self.page.questions:
            goals = heading_goals(unit.tokens, None)
            return Heading(unit.span, "question", benefit_goals=tuple(goals) if len(goals) == 1 else ())
        kind = self.page.kind_at(unit)
        if kind == "goal":
            return None if self._is_listed_goal(index) else self._goal(unit)
        if kind in ("caption", "list"):
            return None
        if (kind == "appendix" or self._opens_appendix(unit)) and len(unit.text) <= MAX_APPENDIX:
            return Heading(unit.span, "main")
        return self._dated(index, unit, kind) or self._national(unit, kind) or self._chapter(index, unit, kind)

    def _opens_appendix(self, unit: Candidate) -> bool:
        """Whether a line is an appendix' heading without a number: "Liite: ohjausryhmän kokoukset"."""
        is_named = _APPENDIX.stand_in(unit.tokens[:1]) and len(unit.tokens) > 2
        return is_named and unit.tokens[1].text in (":", "–", "-", ".") and unit.text[-1] not in ".;,"

    def _goal(self, unit: Candidate) -> Heading | None:
        goals = goals_in(self.page.document, unit.block.start, unit.span.end)
        return Heading(unit.span, "goal", goal_codes=tuple(goal.code for goal in goals)) if goals else None

    def _is_listed_goal(self, index: int) -> bool:
        """Whether a numbered goal has no body: the next goal or heading follows it, or nothing."""
        unit = self.page.units[index]
        following = self.page.units[index + 1] if index + 1 < len(self.page.units) else None
        if self.page.table_between(unit.span.end, following.span.start if following else len(self.page.document.text)):
            return False
        if following is None or self.page.kind_at(following) in ("goal", "chapter", "national", "appendix"):
            return True
        if self._ends_goal_list(index):
            return True
        is_national = self._national(following, self.page.kind_at(following)) is not None
        return is_national and not is_label_value(following.text)

    def _ends_goal_list(self, index: int) -> bool:
        """Whether a goal is the last of a list of goals: another stands right above it, and it comes again below."""
        unit, above = self.page.units[index], self.page.units[index - 1] if index else None
        if above is None or unit.block.gap or self.page.kind_at(above) != "goal":
            return False
        found = numbering(self.page.document)
        own = found.members.get(unit.block.start)
        return own is not None and any(
            start > unit.block.start and found.kinds[start] == "goal" and one.enumerator.code == own.enumerator.code
            for start, one in found.members.items()
        )

    def _bulleted_goal(self, index: int, unit: Candidate) -> Heading | None:
        """A national goal behind a bullet, as browsers print headings: over a body that is no bullet."""
        following = self.page.units[index + 1] if index + 1 < len(self.page.units) else None
        if following is None or following.block.kind == "list_item" or len(unit.text) > MAX_NATIONAL:
            return None
        beside = self.page.units[index - 1].block.kind == "list_item" if index else False
        goals = heading_goals(unit.tokens, None)
        return Heading(unit.span, "national", benefit_goals=tuple(goals)) if len(goals) == 1 and not beside else None

    def _dated(self, index: int, unit: Candidate, kind: Kind | None) -> Heading | None:
        """A dated assessment: a short line without a verb that names one and its day, month, season or year."""
        if len(unit.text) > MAX_DATED or unit.text[-1] in ":;,!?":
            return None
        label = LABEL_VALUE.fullmatch(unit.text)
        if label is not None and not self.page.is_template and cover_label(label["label"]) is not None:
            return None  # a cover's line: "Päiväys: 31.5.2022"
        is_told, over_goals = _is_told(unit.tokens), self._stands_over_goals(index)
        if is_told and (unit.text[-1] == "." or not over_goals):
            return None
        if not is_told and not _is_nominal(unit.tokens) and _BASELINE.stand_in(unit.tokens):
            return None  # "Lähtötilanteen lukuja (koottu keväällä 2020)"
        if not self.page.is_template and index < self.page.cover_lines and self._over_labels(index):
            return None  # "Oma-arviointi, kevät 2022" over "Päiväys 13.6.2022"
        covers = self.page.states_headings and not self.page.is_template and index < self.page.cover_lines
        if covers and not self.page.is_stated(unit):
            return None
        alone = is_time_label(unit.tokens) and (self._stands_under_results(index) or self._stands_in_report(index))
        if not (_EVALUATION.stand_in(unit.tokens) or alone or over_goals):
            return None
        dated = [point for point in points_in(self.page.document, *unit.span) if interval(point.begin) is not None]
        if not dated or _APPENDIX.stand_in(unit.tokens) or self._is_listed(index):
            return None
        days = interval(min(dated, key=_exactness).begin)
        found = enumerator(unit.text) if kind == "chapter" else None
        depth = found.depth if found is not None else None
        return Heading(unit.span, "evaluation", depth, date=days[0]) if days else None

    def _over_labels(self, index: int) -> bool:
        """Whether a line of a cover stands over its labels with their values."""
        unit, following = self.page.units[index], self.page.units[index + 1 : index + 2]
        start = following[0].span.start if following else len(self.page.document.text)
        if self.page.table_between(unit.span.end, start):
            return any(table_cover(self.page.document, table) for table in self.page.document.tables[:1])
        fields = cover_fields(self.page.document).values()
        values = [span.start for spans in fields for span in spans]
        return bool(following) and any(start <= value <= following[0].span.end + 1 for value in values)

    def _stands_in_report(self, index: int) -> bool:
        """Whether a line of a report stands apart over prose or is marked as heading, below the cover."""
        unit = self.page.units[index]
        if self.page.is_template or self.page.has_project_tables or index < max(self.page.cover_lines, 1):
            return False
        following = self.page.units[index + 1] if index + 1 < len(self.page.units) else None
        apart = self.page.is_stated(unit) or (unit.block.gap > 0 and unit.text[0].isupper())
        return apart and following is not None and following.text[-1] == "." and len(following.text) > MAX_OWN

    def _stands_over_goals(self, index: int) -> bool:
        """Whether a line that ends in a month, a season or a day stands over a national goal's heading, with no more
        than sentences between: it opens an assessment, whatever its words ("Missä mennään 5/2022")."""
        if index < self.page.cover_lines and not self.page.is_template:
            return False
        unit = self.page.units[index]
        points = points_in(self.page.document, *unit.span)
        ends = bool(points) and points[-1].end is None and points[-1].begin.grain in _ROUNDS
        behind = self.page.document.text[points[-1].span.end : unit.span.end].strip(" ).") if ends else ""
        tells_past = any(token.tense == "past" and token.case is None for token in unit.tokens)
        if not ends or behind or tells_past or not unit.text[0].isupper():
            return False
        for following in self.page.units[index + 1 : index + 1 + LEAD]:
            if self._national(following, self.page.kind_at(following)) is not None:
                return True
            if following.text[-1] not in ".!?" or following.block.kind == "list_item":
                return False
        return False

    def _is_listed(self, index: int) -> bool:
        """Whether a line without a bullet is an item of what a lead-in above opens: "Tiedot päivitetään:".

        Empty lines may part the items where several stand below each other.
        """
        units, place = self.page.units, index
        while place and self._is_dated_line(place):
            place -= 1
            if units[place].text[-1] == ":":
                beside = index + 1 < len(units) and self._is_dated_line(index + 1)
                return units[index].block.gap == 0 or index - place > 1 or beside
        return False

    def _is_dated_line(self, index: int) -> bool:
        """Whether a line is short and names a time."""
        unit = self.page.units[index]
        return len(unit.text) <= MAX_DATED and bool(points_in(self.page.document, *unit.span))

    def _stands_under_results(self, index: int) -> bool:
        """Whether a line of a page stands among its results, over a body of its own."""
        fields = [label.entry.id for place, label in self.page.labels.items() if place < index]
        unit = self.page.units[index]
        if not self.page.is_template or not fields or fields[-1] != "tuotokset_ja_tulokset" or unit.block.gap == 0:
            return False
        return index + 1 < len(self.page.units) and len(self.page.units[index + 1].text) > len(unit.text)

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
        depth = found.depth if found is not None and kind == "chapter" else None
        return Heading(unit.span, "national" if depth is None else "chapter", depth, benefit_goals=tuple(goals))

    def _chapter(self, index: int, unit: Candidate, kind: Kind | None) -> Heading | None:
        listed, depth = self.page.contents.depth(unit.text) if len(unit.text) <= MAX_NUMBERED else (False, None)
        if unit.text[-1] in ".:;,!" or len(unit.text) > MAX_NUMBERED or CONTACT.search(unit.text):
            return None
        if kind == "chapter" and (found := enumerator(unit.text)) is not None:
            following = self.page.units[index + 1] if index + 1 < len(self.page.units) else None
            if following is not None or self.page.table_between(unit.span.end, len(self.page.document.text)):
                return Heading(unit.span, "chapter", found.depth)
        if listed and not is_label_value(unit.text):
            tells_depth = any(found is not None for found in self.page.contents.titles.values())
            return Heading(unit.span, "listed" if tells_depth else "own", depth)
        return None


def _exactness(point: Expression) -> int:
    return _GRAINS.index(point.begin.grain) if point.begin.grain in _GRAINS else len(_GRAINS)


def _is_told(tokens: Sequence[Token]) -> bool:
    """Whether a line has a finite verb; a participle behind a sign is a remark: "(päivitetty 12.5.2022)"."""
    verbs = [index for index, token in enumerate(tokens) if token.pos in ("VERB", "AUX")]
    return any(tokens[i].case is None or i == 0 or tokens[i - 1].pos != "PUNCT" for i in verbs)


def _is_nominal(tokens: Sequence[Token]) -> bool:
    """Whether a line has no finite verb, as far as its words tell."""
    return not any(token.pos in ("VERB", "AUX") for token in tokens)
