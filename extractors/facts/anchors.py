"""Which year a bare expression takes.

From a neighbour in the same construction ("keväältä syksyyn 2022"), from the year that its sentence names ("Vuonna 2021
kysely tehtiin toukokuussa"), from the label above it in a table cell ("SYKSY 2021"), else from the date of the
self-assessment it stands in. A bare month told as past is the latest one up to that
date, a planned one the first that is not over by then, one told as neither the nearest. Where nothing in the document
fixes the year it stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extractors.document import AnalysedDocument, Section
from extractors.facts.clauses import Clause, clause_at, clauses_in, is_auxiliary
from extractors.grammar.calendar import Days, Point, interval
from extractors.grammar.cursor import first_case
from extractors.grammar.ranges import Expression
from extractors.outline.labels import is_time_label
from extractors.outline.report_date import report_date
from extractors.outline.tables import columns
from extractors.readings import Reading, Unit, points_in
from lexicons import needs

_PLAN = needs("tense_words", "plan")
_COMPARED = needs("changes", groups=["comparison"])


By = Literal["tense", "next", "before", "nearest", "year"]
"""How the year of a bare expression is taken from its anchor's day."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What fixes the year of a bare expression: a day, and the text that names it (`exact`: down to the day).

    `by` tells how the year is taken from the day: by the clause's tense (the past reaches up to the day, plans reach on
    from it), as `next` (a narrative goes on), as `before` (it leads up to the day), as the `nearest`, or as the day's
    own year (`year`).
    """

    day: date
    text: str
    by: By = "tense"
    exact: bool = False


def _anchor(days: Days, text: str, by: By = "tense") -> Anchor:
    """An anchor at the end of an interval; a narrative goes on from its beginning."""
    return Anchor(days[0] if by == "next" else days[1], text, by, exact=days[0] == days[1])


def anchor_of(
    document: AnalysedDocument, reading: Reading, expressions: Sequence[Expression], index: int, label: Anchor | None
) -> Anchor | None:
    """The anchor of the bare expression at an index, None where nothing in the document fixes its year.

    `label` is the label above it in its cell.
    """
    point, unit = expressions[index].begin, reading.unit
    if not point.is_relative and (beside := _neighbour(document, expressions, index)):
        return beside
    if not point.is_relative and (governing := _governing(document, reading, expressions, index)):
        return governing
    if not point.told:
        above = label or _column(document, unit) or _line_opening(document, unit, expressions, index)
        if found := above or _standing(document, expressions[index]):
            return found
    if told_before := _told_before(document, reading, expressions, index):
        return told_before
    if point.told and point.shift and (standing := _standing(document, expressions[index])):
        return standing
    return _same_before(document, expressions[index])


def is_bare_number(document: AnalysedDocument, expression: Expression) -> bool:
    """Whether a day without a year is digits only (7.6.): without an anchor it may be any number."""
    return not any(letter.isalpha() for letter in expression.span.of(document.text))


def _told_before(
    document: AnalysedDocument, reading: Reading, expressions: Sequence[Expression], index: int
) -> Anchor | None:
    """The last dated expression before a bare one in the same paragraph or cell: the telling goes on from there.

    A year that only describes something ("vuoden 2017 talousarvio") is passed over where another stands before it.
    """
    passed: Anchor | None = None
    for other in reversed(expressions[max(0, index - LOOK_BACK) : index]):
        days = interval(other.begin)
        if days is None:
            continue
        found = _anchor(days, other.span.of(document.text), by="next")
        if other.begin.grain != "year" or _tells_when(document, reading, other):
            return found
        passed = passed or found
    return passed


def _same_before(document: AnalysedDocument, expression: Expression) -> Anchor | None:
    """The same season or month with its year, told not far above: "keväällä 2022" … "kevään lakot"."""
    here = expression.begin
    if here.grain not in ("season", "month") or here.is_relative:
        return None
    for other in reversed(points_in(document, max(0, expression.span.start - ABOVE), expression.span.start)):
        point = other.begin
        if (point.grain, point.season, point.unit) == (here.grain, here.season, here.unit) and other.end is None:
            days = interval(point)
            return _anchor(days, other.span.of(document.text), by="year") if days is not None else None
    return None


ABOVE = 1000
"""Characters above a bare season or month in which the same one with its year is looked for."""


def _neighbour(document: AnalysedDocument, expressions: Sequence[Expression], index: int) -> Anchor | None:
    """A dated expression behind a bare one in the same construction: "keväällä ja syksyllä 2021", "syksyllä (2021)"."""
    here = expressions[index]
    if here.begin.shift is not None or index + 1 >= len(expressions):
        return None
    other = expressions[_end_of_list(document, expressions, index)]
    year = other.begin.year
    between = document.text[expressions[expressions.index(other) - 1].span.end : other.span.start]
    if year is None or not _may_take_year(here.begin) or other.begin.is_relative:
        return None
    text = other.span.of(document.text)
    if between.strip() == "(" and other.begin.grain == "year":
        return _anchor(interval(other.begin) or (date(year, 1, 1), date(year, 12, 31)), text, by="year")
    if other.begin.grain == "day":
        return _day_ahead(document, here, other)
    if len(between.split()) > 1 or any(mark in between for mark in ",;.:("):
        return None
    own = interval(replace(here.begin, year=year))
    target = interval(other.begin)
    return _anchor(target, text, by="before") if own is not None and target is not None else None


def _end_of_list(document: AnalysedDocument, expressions: Sequence[Expression], index: int) -> int:
    """The index of the expression that ends a list of bare ones: maaliskuussa, toukokuussa ja | syyskuussa 2023."""
    at = index + 1
    while at + 1 < len(expressions) and at - index < LOOK_BACK:
        one, before = expressions[at], expressions[at - 1]
        is_listed = one.begin.year is None and one.begin.grain == expressions[index].begin.grain
        between = document.text[before.span.end : one.span.start].strip()
        if not is_listed or one.begin.is_relative or len(between) > 1 or between.isalnum():
            break
        at += 1
    return at


def _may_take_year(point: Point) -> bool:
    """Whether a point is a month, a season, or a day of a month."""
    return point.grain in ("month", "season", "quarter", "half") or (point.grain == "day" and point.unit is not None)


def _day_ahead(document: AnalysedDocument, here: Expression, other: Expression) -> Anchor | None:
    """The next day of the sentence, to which a bare day leads up: "alkoi 16.8. ja päättyi 15.10.2021"."""
    sentence = document.sentence_at(here.span.start)
    target = interval(other.begin)
    if here.begin.grain != "day" or target is None or sentence is None or other.span.start >= sentence.end:
        return None
    return _anchor(target, other.span.of(document.text), by="before")


def _governing(
    document: AnalysedDocument, reading: Reading, expressions: Sequence[Expression], index: int
) -> Anchor | None:
    """The year that the sentence names before a bare expression: "Vuonna 2021 kysely tehtiin toukokuussa".

    It is that of a time in the same sentence, told in one tense with the bare one; a month or a day goes on to the
    next.
    """
    here = expressions[index]
    sentence = document.sentence_at(here.span.start)
    if sentence is None or not (_may_take_year(here.begin) or here.begin.grain in ("week", "quarter", "half")):
        return None
    for other in reversed(expressions[max(0, index - LOOK_BACK) : index]):
        if other.span.start < sentence.start:
            return None
        days = interval(other.end or other.begin)
        if days is None or other.begin.is_relative or not _tells_when(document, reading, other):
            continue
        if not _is_one_tense(document, reading, other, here):
            return None
        text = other.span.of(document.text)
        if other.end is None and other.begin.grain == "year":
            return _anchor(days, text, by="year")
        return _anchor(interval(other.begin) or days, text, by="next")
    return None


def _tells_when(document: AnalysedDocument, reading: Reading, time: Expression) -> bool:
    """Whether a time tells when something happens: in a case that does, with a postposition, before a colon.

    "vuonna 2021", "vuoden 2021 aikana", "vuosi 2021:"; not "vuoden 2021 talousarvio", "kuten vuonna 2019".
    """
    items = reading.lexemes
    if _COMPARED.stand_in(reading.around(time.span.start, 1, 0)):
        return False
    behind = items[time.last + 1] if time.last + 1 < len(items) else None
    if behind is not None and (behind.text == ":" or behind.kind == "during"):
        return True
    case = first_case(items, time.first, time.last)
    return case in _WHEN or time.begin.mod is not None


_WHEN = ("Ess", "Ine", "Ade")
"""Cases in which a time tells when: vuonna, toukokuussa, keväällä."""


def _is_one_tense(document: AnalysedDocument, reading: Reading, one: Expression, other: Expression) -> bool:
    """Whether the clauses of two times do not part into past and plan."""
    told = {_is_planned(document, reading, one), _is_planned(document, reading, other)}
    return told != {True, False}


def label_line(document: AnalysedDocument, unit: Unit, expression: Expression) -> Anchor | None:
    """A line of a cell that holds nothing but a date: the label of what stands below it in the cell."""
    for span in unit.spans:
        tokens = document.tokens_in(*span)
        if (
            span.start <= expression.span.start < span.end
            and is_time_label(tokens)
            and len(points_in(document, *span)) == 1
        ):
            days = interval(expression.begin)
            return _anchor(days, expression.span.of(document.text)) if days else None
    return None


def _column(document: AnalysedDocument, unit: Unit) -> Anchor | None:
    """The reporting period of a cell's column."""
    if unit.cell is None or unit.table is None:
        return None
    column = columns(document, unit.table).by_index[unit.cell.col]
    return _anchor(column.days, column.text) if column.days is not None else None


def _line_opening(
    document: AnalysedDocument, unit: Unit, expressions: Sequence[Expression], index: int
) -> Anchor | None:
    """The day that opens the line of a timetable: "15.11.2021 Raportti kuvaa lokakuun tilannetta"."""
    lines = unit.block.lines if unit.block is not None else ()
    line = next((span for span in lines if span.start <= expressions[index].span.start < span.end), None)
    for other in expressions[max(0, index - LOOK_BACK) : index]:
        days = interval(other.begin) if other.begin.grain == "day" else None
        if line is not None and days is not None and other.end is None and other.span.start == line.start:
            return _anchor(days, other.span.of(document.text), by="nearest")
    return None


def _standing(document: AnalysedDocument, expression: Expression) -> Anchor | None:
    """The date of the self-assessment that it stands in, else of the last one above, else the report's own."""
    section = document.section_at(expression.span.start)
    if section is not None:
        above = [*document.ancestors(section), *reversed(document.sections[: section.ordinal])]
        for other in above:
            if other.evaluation_date is not None and (found := _heading_date(document, other)):
                return found
    report = report_date(document)
    return Anchor(report.last_day, report.text, exact=report.first_day == report.last_day) if report else None


def _heading_date(document: AnalysedDocument, section: Section) -> Anchor | None:
    for expression in points_in(document, *section.heading):
        days = interval(expression.begin)
        if days is not None and days[0] == section.evaluation_date:
            return _anchor(days, expression.span.of(document.text))
    return None


def resolve(
    document: AnalysedDocument, reading: Reading, expression: Expression, anchor: Anchor
) -> tuple[Point, Point | None]:
    """A bare expression with its year."""
    begin, end = expression.begin, expression.end
    planned = _is_planned(document, reading, expression) if anchor.by == "tense" else _AHEAD.get(anchor.by)
    if anchor.by == "next" and _is_carried_out(reading, expression):
        planned = False
    if anchor.by == "year" and not begin.is_relative:
        return _in_year(begin, end, anchor.day.year)
    if begin.is_relative or begin.grain in ("year", "week", "weekend") or begin.weekday is not None:
        if end is None or end.year is not None:
            return relative(begin, anchor, planned), end
        last = relative(end, anchor, planned)
        return replace(begin, year=last.year, unit=begin.unit or last.unit, shift=last.shift), last
    target = end or begin
    year = _nearest_year(target, anchor.day, planned)
    resolved = replace(target, year=year)
    if end is None:
        return resolved, None
    first = replace(begin, year=year if (begin.unit or 0) <= (end.unit or 0) else year - 1)
    return first, resolved


_AHEAD = {"next": True, "before": False}
"""Whether an expression reaches on from its anchor or leads up to it."""


def _is_carried_out(reading: Reading, expression: Expression) -> bool:
    """Whether a participle right behind says that something was done at a time: keväällä toteutetut paketit."""
    participle, noun = (*reading.around(reading.lexemes[expression.last].start, 0, 3)[1:], None, None)[:2]
    if participle is None or participle.tense != "past" or participle.case is None:
        return False
    return noun is not None and noun.pos in ("NOUN", "PROPN") and noun.case == participle.case


def _in_year(begin: Point, end: Point | None, year: int) -> tuple[Point, Point | None]:
    """An expression in a year that is named; a range that ends in an earlier month goes on into the next year."""
    if end is None:
        return replace(begin, year=year), None
    return replace(begin, year=year), replace(end, year=year if (begin.unit or 0) <= (end.unit or 0) else year + 1)


def relative(point: Point, anchor: Anchor, planned: bool | None) -> Point:
    """A point that is told from now (viime vuonna, ensi keväänä, eilen, kolme kuukautta sitten), with its year.

    A bare part of a year (loppuvuonna) that is not told as past is the nearest. Days and weeks need an anchor that is
    a day; without one the point stays as it was.
    """
    if point.outer is not None and point.weekday is None:
        return replace(point, year=anchor.day.year + point.outer)
    if point.grain == "day" and point.day is not None and point.unit is None:
        count, month = divmod(anchor.day.year * 12 + anchor.day.month - 1 + (point.shift or 0), 12)
        return replace(point, year=count, unit=month + 1, shift=None)
    if point.weekday is not None or point.grain in ("week", "weekend") or (point.grain == "day" and point.unit is None):
        return _near_day(point, anchor, planned)
    if point.shift is None:
        return replace(
            point, year=_nearest_year(point, anchor.day, None if point.grain == "year" and planned else planned)
        )
    year = anchor.day.year + point.shift
    if point.grain in ("month", "quarter", "half") and point.unit is None:
        size = {"month": 1, "quarter": 3, "half": 6}[point.grain]
        count, unit = divmod((anchor.day.year * 12 + anchor.day.month - 1) // size + point.shift, 12 // size)
        return replace(point, year=count, unit=unit + 1)
    if point.grain in ("decade", "century", "millennium"):
        size = {"decade": 10, "century": 100, "millennium": 1000}[point.grain]
        return replace(point, year=anchor.day.year // size * size + size * point.shift)
    if point.grain in ("month", "season") and point.shift:
        year = _nearest_year(point, anchor.day, point.shift > 0)
        days = interval(replace(point, year=year))
        is_inside = days is not None and days[0] <= anchor.day <= days[1]
        year += point.shift if is_inside else point.shift - (1 if point.shift > 0 else -1)
    return replace(point, year=year)


def _near_day(point: Point, anchor: Anchor, planned: bool | None) -> Point:
    """eilen, viime viikolla, perjantaina, ensi viikon torstaina, viikolla 12, jouluna"""
    if point.holiday is not None or (point.grain == "week" and point.unit is not None):
        return replace(point, year=_nearest_year(point, anchor.day, planned))
    if not anchor.exact:
        return point
    if point.grain in ("week", "weekend") or point.outer is not None:
        return _near_week(point, anchor.day, planned)
    if point.weekday is not None:
        return _near_weekday(point, anchor.day, planned)
    return _day(anchor.day + timedelta(days=point.shift or 0))


def _day(day: date) -> Point:
    return Point("day", day.year, day.month, day.day)


def _near_week(point: Point, day: date, planned: bool | None) -> Point:
    """viime viikolla, viikonloppuna, ensi viikon torstaina"""
    if point.shift is None and point.outer is None and planned is None:
        return point
    year, number, _ = (
        day + timedelta(weeks=point.outer if point.outer is not None else point.shift or 0)
    ).isocalendar()
    return replace(point, year=year, unit=number)


def _near_weekday(point: Point, day: date, planned: bool | None) -> Point:
    """perjantaina, viime maanantaina, tänä torstaina"""
    if point.shift is None and planned is None:
        return point
    ahead = point.shift > 0 if point.shift else bool(planned)
    weekday = int(point.weekday or 0)
    distance = (weekday - day.isoweekday()) % 7 if ahead else -((day.isoweekday() - weekday) % 7)
    if point.shift and not distance:
        distance = 7 if ahead else -7
    if point.shift == 0:
        distance = weekday - day.isoweekday()
    return _day(day + timedelta(days=distance))


def _nearest_year(point: Point, day: date, planned: bool | None) -> int:
    """The year of the latest interval that has begun by a day, of the first that is not over by then where planned,
    of the one nearest to the day where neither is told."""
    years = range(day.year - 2, day.year + 3)
    days = {year: found for year in years if (found := interval(replace(point, year=year)))}
    if planned is None:
        return min(days, key=lambda year: _distance(days[year], day), default=day.year)
    if planned:
        return min((year for year, (_, last) in days.items() if last >= day), default=day.year)
    return max((year for year, (first, _) in days.items() if first <= day), default=day.year)


def _distance(days: tuple[date, date], day: date) -> int:
    return max((days[0] - day).days, (day - days[1]).days, 0)


LOOK_BACK = 30
"""Expressions before a bare one among which its anchor is looked for."""


def _is_planned(document: AnalysedDocument, reading: Reading, expression: Expression) -> bool | None:
    """Whether the clause of an expression, else its sentence, tells of the future; None where neither is told.

    A participle that the expression tells more of is asked first: "keväällä valittu malli tulee käyttöön".
    """
    if _is_carried_out(reading, expression):
        return False
    spans = reading.unit.spans
    own = clause_at(document, spans, expression.span.start)
    if own is None:
        return None
    told = _tells_plan(own)
    if told is not None:
        return told
    sentence = own.tokens[0].sentence
    others = {_tells_plan(one) for one in clauses_in(document, spans) if one.tokens[0].sentence == sentence}
    return False if False in others else True if True in others else None


def _tells_plan(clause: Clause) -> bool | None:
    """A verb in a past form tells of the past; a plan, or a present form other than "olla", of the future."""
    if clause.is_past:
        return False
    if clause.modality is not None or _PLAN.stand_in(clause.tokens):
        return True
    return True if clause.tense == "present" and not all(map(is_auxiliary, clause.verbs)) else None
