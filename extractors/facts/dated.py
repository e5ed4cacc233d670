"""The time expressions of a document with the days they mean, found once for all tables that ask.

An expression that names no year takes that of its anchor (`anchors`); where nothing in the document fixes the year it
stays unknown: value `XXXX-08`, no days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import AnalysedDocument, once_a_document
from extractors.facts.anchors import (
    Anchor,
    anchor_of,
    is_bare_number,
    label_line,
    resolve,
)
from extractors.facts.identifiers import goal_codes
from extractors.grammar.calendar import Days, Point, interval, value
from extractors.grammar.cursor import first_case
from extractors.grammar.numeric_points import LAST_LIST_NUMBER
from extractors.grammar.ranges import Expression
from extractors.grammar.timings import Timing
from extractors.ids import place
from extractors.outline.period_codes import PeriodCode, is_code, period_codes, roman_period
from extractors.readings import Reading, readings
from extractors.records import DateRecord
from lexicons import needs

_NUMBERED = needs("references", "mittari", groups=["number", "goal"])
"""Things whose numbers look like days: kohta 4.1, tavoite 1.2."""


_SINCE = needs("time_words", groups=["since"])


@once_a_document
def dates_of(document: AnalysedDocument) -> tuple[DateRecord, ...]:
    """The time expressions of a document in text order, as rows of `dates`."""
    codes = period_codes(document)
    taken = {offset for code in codes for offset in range(*code.span)}
    records = [record for reading in readings(document) for record in _of_reading(document, reading)]
    records = [record for record in records if record.char_start not in taken]
    records += [_of_code(document, code) for code in codes]
    records.sort(key=lambda record: (record.char_start, record.char_end))
    return tuple(records)


def _of_code(document: AnalysedDocument, code: PeriodCode) -> DateRecord:
    """A reporting period's short label: K21."""
    first, last = code.days
    return DateRecord(
        **place(document, code.span),
        type="DATE",
        value=code.value,
        mod=None,
        start_date=first,
        end_date=last,
        anchor=None,
    )


def _of_reading(document: AnalysedDocument, reading: Reading) -> Iterator[DateRecord]:
    if not reading.times:
        return
    unit = reading.unit
    expressions = [
        item
        for item in reading.times
        if isinstance(item, Expression)
        and not item.is_name
        and not is_code(document, item.span.of(document.text))
        and _is_date(document, reading, item)
    ]
    ranges = _ranges(document, reading, expressions)
    label: Anchor | None = None
    records: list[tuple[Expression, DateRecord]] = []
    for index, expression in enumerate(expressions):
        begin, end, anchor = (
            roman_period(document, expression.span.of(document.text)) or expression.begin,
            expression.end,
            None,
        )
        if begin.year is None:
            source = anchor_of(document, reading, expressions, index, label)
            is_own = source is not None and source.by in ("before", "year")
            source = source if is_own else _opened_by(records, ranges, expression) or source
            if source is not None:
                begin, end = resolve(document, reading, expression, source)
                anchor = source.text if begin.year is not None else None
        elif unit.cell is not None and (named := label_line(document, unit, expression)):
            label = named
        if begin.year is None and (_may_be_number(document, reading, expression) or value(begin) == "XXXX-XX-XX"):
            continue
        if begin.weekday and begin.year is None and expression.first in ranges:
            continue  # tiistaista torstaihin: of any week
        record = _record(document, expression, begin, end, anchor, ranges.get(expression.first))
        if record.warning is None and any(
            item.sense.misspelt for item in reading.lexemes[expression.first : expression.last + 1]
        ):
            record = replace(record, warning="misspelt")
        records.append((expression, record))
        yield record
    for period in reading.times:
        if isinstance(period, Timing) and period.type != "AGE" and not _is_name(reading, period):
            yield _of_period(document, period, records)


def _may_be_number(document: AnalysedDocument, reading: Reading, expression: Expression) -> bool:
    """Whether what nothing dates may be another number: digits alone, but for "12.5." inside a sentence.

    "Kokous pidettiin 12.5. ja" is a day of an unknown year; "15.11", "12.5. Tavoite" may be numbers.
    """
    if not is_bare_number(document, expression):
        return False
    behind = reading.around(reading.lexemes[expression.last].start, 0, 2)[1:]
    goes_on = bool(behind) and behind[0].text[0].islower()
    is_day = expression.end is None and expression.begin.grain == "day" and goes_on
    return not (is_day and expression.span.of(document.text).endswith(".") and not _opens(reading, expression))


def _opened_by(
    records: Sequence[tuple[Expression, DateRecord]], ranges: dict[int, str], expression: Expression
) -> Anchor | None:
    """What opens the range that a weekday, a month or a season ends: keskiviikosta | perjantaihin."""
    opened = records[-1][1] if records else None
    if opened is None or opened.start_date is None or opened.range_id is None:
        return None
    is_bare = expression.begin.weekday is not None or expression.begin.grain in ("month", "season")
    if not is_bare or opened.range_id != ranges.get(expression.first):
        return None
    is_day = opened.start_date == opened.end_date
    return Anchor(opened.start_date, opened.text, "next", is_day) if is_day or not expression.begin.weekday else None


def _is_name(reading: Reading, period: Timing) -> bool:
    """Whether a unit or a part of the day stands alone and tells no length and no time: vuoden, ilta."""
    if period.type == "TIME":
        return period.is_bare and reading.lexemes[period.first].sense.case in ("Nom", "Par", "Gen", None)
    return period.is_bare and not _is_stretch(reading, period)


def _is_stretch(reading: Reading, period: Timing) -> bool:
    """Whether a unit alone tells how long: before "kuluessa" or "ajan", in the inessive, at the end of its clause.

    "viikon kuluessa", "viikossa", "pilotti kesti vuoden."; not "vuoden tavoite".
    """
    unit = reading.lexemes[period.last]
    following = reading.lexemes[period.last + 1] if period.last + 1 < len(reading.lexemes) else None
    if following is not None and (following.sense.group == "within" or following.kind == "during"):
        return True
    ends = following is None or following.kind in ("dot", "comma", "and")
    return unit.sense.case == "Ine" or (unit.sense.case == "Gen" and not unit.sense.plural and ends)


def _of_period(
    document: AnalysedDocument, period: Timing, dated: Sequence[tuple[Expression, DateRecord]]
) -> DateRecord:
    """A duration, a set, or a time of day, which takes the day that stands right beside it."""
    beside = (
        record
        for expression, record in dated
        if period.type == "TIME"
        and period.value.startswith("T")
        and record.start_date is not None
        and record.start_date == record.end_date
        and (expression.last + 1 == period.first or expression.first == period.last + 1)
    )
    day = next(beside, None)
    return DateRecord(
        **place(document, period.span),
        type=period.type,
        value=f"{day.value}{period.value}" if day is not None else period.value,
        mod=None,
        start_date=day.start_date if day is not None else None,
        end_date=day.end_date if day is not None else None,
        anchor=day.text if day is not None else None,
        freq=f"{period.times:g}X" if period.times is not None and period.times != 1 else None,
    )


def _ranges(document: AnalysedDocument, reading: Reading, expressions: Sequence[Expression]) -> dict[int, str]:
    """Ranges told in words, by the first lexeme of either end: "syksystä 2021 kevääseen 2022", "toukokuun 2022 ja
    elokuun 2022 välisenä aikana"."""
    items, found = reading.lexemes, {}
    for one, other in pairwise(expressions):
        behind = items[other.last + 1].sense.group if other.last + 1 < len(items) else None
        from_to = (
            one.last + 1 == other.first
            and (first_case(items, one.first, one.last) in ("Ela", "Abl") or items[one.last].kind == "weekday")
            and first_case(items, other.first, other.last) in ("Ill", "All", None)
        )
        between = (
            one.last + 2 == other.first
            and items[one.last + 1].kind == "and"
            and behind in ("between", "between_two")
            and first_case(items, one.first, one.last) in ("Gen", None)
        )
        if from_to or between:
            found[one.first] = found[other.first] = f"{document.doc_id}-r{one.span.start:07d}"
    return found


def _record(
    document: AnalysedDocument,
    expression: Expression,
    begin: Point,
    end: Point | None,
    anchor: str | None,
    range_id: str | None,
) -> DateRecord:
    first, last = interval(begin), interval(end or begin)
    known = first is not None and last is not None and first[0] <= last[1]
    mod = begin.mod if end is None or end.mod == begin.mod else None
    return DateRecord(
        **place(document, expression.span),
        type="DATE",
        value=value(begin) if end is None else f"{value(begin)}/{value(end)}",
        mod=mod,
        start_date=first[0] if known and first else None,
        end_date=last[1] if known and last else None,
        anchor=anchor,
        range_id=range_id,
        warning=None if known else _warning(begin, end, first, last),
    )


def _warning(begin: Point, end: Point | None, first: Days | None, last: Days | None) -> str:
    """Why an expression has no days."""
    if first is not None and last is not None:
        return "ends_before_start"
    point = begin if first is None or end is None else end
    if point.year is None:
        return "year_unknown"
    if point.unit is not None and point.grain in ("day", "month") and not 1 <= point.unit <= 12:
        return "no_such_month"
    return "no_such_day" if point.grain in ("day", "week") and point.unit is not None else "day_unknown"


def _is_date(document: AnalysedDocument, reading: Reading, expression: Expression) -> bool:
    """Whether an expression is none of the things that look like a date: a goal's number, a version, a list number."""
    point = expression.begin
    if point.told and point.grain in ("day", "week", "weekend"):
        return False  # samana päivänä
    if point.grain != "day" or point.year is not None or not is_bare_number(document, expression):
        return True
    text = expression.span.of(document.text)
    code = text.rstrip(".")
    if code in goal_codes(document) or (_opens(reading, expression) and _may_number(reading, expression)):
        return False
    items, first = reading.lexemes, expression.first
    while first and expression.first - first < LISTED_NUMBERS and items[first - 1].kind in _BETWEEN_NUMBERS:
        first -= 1
    return not _NUMBERED.stand_in(reading.around(items[first].start, 2, 0))


def _opens(reading: Reading, expression: Expression) -> bool:
    return expression.span.start == reading.unit.spans[0].start


def _may_number(reading: Reading, expression: Expression) -> bool:
    """Whether a day that opens a paragraph may number it: no higher than those go, no verb, no "alkaen" behind."""
    behind = reading.around(reading.lexemes[expression.last].start, 0, 2)[1:]
    is_told = bool(behind) and (behind[0].tense is not None or _SINCE.stand_in(behind))
    return (expression.begin.day or 0) <= LAST_LIST_NUMBER and not is_told and expression.end is None


LISTED_NUMBERS = 20
"""Lexemes before a number among which the word for what a list of them numbers is looked for."""

_BETWEEN_NUMBERS = ("num", "dot", "comma", "and", "dash")
