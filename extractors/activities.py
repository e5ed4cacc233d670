"""activities: what a clause says of a topic: that it is planned, piloted, in use, rolled out, ended, or is not.

The topic is what the clause is about (`themes`). A clause without one that points back ("Malli otettiin käyttöön",
"… ja laajeni keväällä") has the one told before it in its block, else that of its headings or of the model that the
document describes. What stands among the goals lies ahead; of a measure without a verb its state tells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import cast

from extractors import rows
from extractors.document import AnalysedDocument, Section, Span, once_a_document
from extractors.facts.clauses import BREAKS, Clause, clauses_in
from extractors.facts.dated import dates_of
from extractors.facts.phases import Phase, State, phase_of
from extractors.facts.subjects import Subject, subjects
from extractors.facts.themes import Theme, antecedent, has_pointer, place_of, points_back, resumed, theme_of
from extractors.facts.timed import is_until, time_of_writing, timed
from extractors.ids import section_id_at
from extractors.outline.labels import state_label
from extractors.outline.tables import columns
from extractors.readings import Unit, readings
from extractors.records import ActivityRecord, DateRecord, DocumentRecord, MeasureRecord, ProcessGoalRecord
from lexicons import needs

_AIM = needs("clause_words", "planned")
_THAT = needs("clause_words", "that")

AIMS = frozenset({"tarkoitus_ja_tavoitteet", "paamaara", "tavoiteltavat_tulokset", "tavoiteltu_muutos"})
"""Fields of the template in which it is told what is aimed at."""

LONGEST_AIM = 3
"""Words of a heading that may say that what stands below it is aimed at: "Hankkeen tavoitteet"."""


def extract(document: AnalysedDocument) -> Iterator[ActivityRecord]:
    """The activities of a document in the order of its blocks."""
    by_unit = {id(unit): list(group) for unit, group in groupby(subjects(document), key=lambda one: one.unit)}
    for reading in readings(document):
        unit = reading.unit
        own, above = by_unit.get(id(unit), []), _above(document, unit)
        is_heading = _is_heading(document, unit)
        if (own or above is not None) and not is_heading and state_label(unit.tokens) is None:
            yield from _in_unit(document, unit, own, above)


def _is_heading(document: AnalysedDocument, unit: Unit) -> bool:
    """Whether a block is a section's heading, which names something and tells nothing of it."""
    section = document.section_at(unit.spans[0].start)
    return section is not None and unit.spans[0].start < section.heading.end


def _in_unit(
    document: AnalysedDocument, unit: Unit, own: Sequence[Subject], above: Subject | None
) -> Iterator[ActivityRecord]:
    """The activities of a block or a cell.

    A clause resumes what was told before: in its block, or above it where it names what stands for that and its
    sentence has told of nothing else.
    """
    before = [Theme(above, None)] if above is not None else []
    is_told = False  # whether the block itself has told a theme
    main: Clause | None = None
    sentence = other = -1  # those in which a clause was last about something, and about something else than a topic
    for clause in clauses_in(document, unit.spans):
        starts = {token.start for token in clause.tokens}
        named = [one for one in own if one.unit.tokens[one.hit.first].start in starts]
        themes = [theme for one in named if (theme := theme_of(clause, one, named)) is not None]
        if not themes:
            themes = antecedent(clause, unit, own)
        own_sentence = clause.tokens[0].sentence
        may_resume = is_told and (other != own_sentence or has_pointer(clause))
        may_resume |= has_pointer(clause) and sentence != own_sentence
        if not themes and may_resume and points_back(clause) and (not named or has_pointer(clause)):
            themes = [resumed(clause, theme, is_same_sentence=sentence == own_sentence) for theme in before]
        for theme in themes:
            phase = _phase(document, clause, theme, main, is_named=theme.subject in named)
            if phase is not None:
                yield _record(document, clause, theme, phase, own)
        if themes:
            before, is_told = themes, True
        if themes or not points_back(clause):
            sentence, other = own_sentence, -1 if themes else own_sentence
        main = clause if clause.relation == "main" else main


# The topic told above


def _above(document: AnalysedDocument, unit: Unit) -> Subject | None:
    """The topic of a cell's row, or of the headings above a block: the nearest one's that has one; else the model's."""
    if (beside := _row_topic(document, unit)) is not None:
        return beside
    section = document.section_at(unit.spans[0].start)
    topics = _heading_topics(document)
    above = (topics.get(one.ordinal) for one in (document.ancestors(section) if section is not None else ()))
    return next((topic for topic in above if topic is not None), None) or _model(document)


def _row_topic(document: AnalysedDocument, unit: Unit) -> Subject | None:
    """The one topic of the cell that names what a row is about: its project, its deed or its goal."""
    if unit.cell is None or unit.table is None:
        return None
    roles = [column.role for column in columns(document, unit.table).by_index]
    for role in ROW_NAMES:
        if (
            role in roles
            and (cell := unit.table.at(unit.cell.row, roles.index(role))) is not None
            and cell != unit.cell
        ):
            named = _named_in(document).get(cell.start, [])
            if len({one.entry.id for one in named}) == 1:
                return named[0]
    return None


ROW_NAMES = ("project", "deed", "goal")
"""The columns whose cells name what a row is about, in the order in which they are asked."""


@once_a_document
def _named_in(document: AnalysedDocument) -> dict[int, list[Subject]]:
    """The topics of each cell, by where it begins."""
    found: dict[int, list[Subject]] = {}
    for one in subjects(document):
        if one.unit.cell is not None:
            found.setdefault(one.unit.cell.start, []).append(one)
    return found


@once_a_document
def _heading_topics(document: AnalysedDocument) -> dict[int, Subject]:
    """The one topic that a section's heading names, by the section's ordinal.

    Headings of several and those of a national benefit goal have none.
    """
    found: dict[int, list[Subject]] = {}
    for one in subjects(document):
        section = document.section_at(one.hit.start)
        if section is not None and one.hit.start < section.heading.end and not section.benefit_goals:
            found.setdefault(section.ordinal, []).append(one)
    return {ordinal: named[0] for ordinal, named in found.items() if len({one.entry.id for one in named}) == 1}


@once_a_document
def _model(document: AnalysedDocument) -> Subject | None:
    """The topic of the one model that a document describes: what its title is about."""
    (record,) = rows(document, DocumentRecord)
    start = document.text.find(record.title or "\0")
    if record.kind != "toimintamalli" or record.title is None or start < 0:
        return None
    named = [one for one in subjects(document) if start <= one.hit.start < start + len(record.title)]
    units = {id(one.unit): one.unit for one in named}
    for unit in units.values():
        for clause in clauses_in(document, unit.spans):
            themes = [theme for one in named if (theme := theme_of(clause, one, named)) is not None]
            if themes:
                return themes[0].subject
    return None


# What is said of it


def _phase(
    document: AnalysedDocument, clause: Clause, theme: Theme, main: Clause | None, *, is_named: bool
) -> Phase | None:
    """The phase that a clause tells, with what its measure's state and its place among the goals say."""
    start = clause.tokens[0].start
    phase = phase_of(clause, theme.noun, is_later=_is_later(document, clause))
    has_verb = bool(clause.verbs) or clause.negator is not None
    noun = cast("State | None", theme.noun.value) if theme.noun is not None else None
    if _is_goal(document, clause, main):
        phase = phase or (Phase(noun).spread(clause) if noun is not None and not has_verb else None)
        return phase.ahead if phase is not None else None
    measure = next((one for one in rows(document, MeasureRecord) if one.char_start <= start < one.char_end), None)
    if has_verb or measure is None:
        return phase
    return _of_measure(measure, phase.state if phase is not None else noun) if is_named else None


def _is_later(document: AnalysedDocument, clause: Clause) -> bool:
    """Whether a clause names a time behind the report's own, or any day where nothing tells when it was written."""
    span = Span(clause.tokens[0].start, clause.tokens[-1].end)
    if time_of_writing(document, span) is None:
        return _date(document, clause) is not None
    starts = {token.start for token in clause.tokens}
    return any(date.when == "later" and date.span.start in starts for date in timed(document, span))


def _is_goal(document: AnalysedDocument, clause: Clause, main: Clause | None) -> bool:
    """Whether a clause tells an aim: by its place, or by the main clause before it ("Tavoitteena on, että")."""
    start, end = clause.tokens[0].start, clause.tokens[-1].end
    if any(goal.char_start < end and start < goal.char_end for goal in rows(document, ProcessGoalRecord)):
        return True
    section = document.section_at(start)
    if section is not None and (section.field in AIMS or _is_of_aims(document, section)):
        return True
    opens = clause.opening is not None and _THAT.stand_in((clause.opening,))
    return opens and main is not None and _AIM.stand_in(main.tokens)


def _is_of_aims(document: AnalysedDocument, section: Section) -> bool:
    """Whether a section's heading says that what it holds is aimed at."""
    words = [token for token in document.tokens_in(*section.heading) if token.is_word]
    return 0 < len(words) <= LONGEST_AIM and _AIM.stand_in(words[-1:])


def _of_measure(measure: MeasureRecord, told: State | None) -> Phase | None:
    """What the state of a measure without a verb says of its topic; `told` is what its words tell."""
    match measure.status:
        case "done":
            return Phase(told or "in_use")
        case "not_started":
            return Phase("planned", told if told != "planned" else None)
        case "not_pursued":
            return Phase("ended")
        case _:
            return Phase(told) if told is not None else None


def _record(
    document: AnalysedDocument, clause: Clause, theme: Theme, phase: Phase, own: Sequence[Subject]
) -> ActivityRecord:
    hit = theme.subject.hit
    start = next((token.start for token in clause.tokens if token.text not in BREAKS), clause.tokens[0].start)
    end = max(token.end for token in clause.tokens)
    date, sentence = _date(document, clause), document.sentence_at(start)
    is_end = date is not None and is_until(document, date.char_start, date.char_end)
    return ActivityRecord(
        doc_id=document.doc_id,
        section_id=section_id_at(document, start),
        lexicon=theme.subject.lexicon,
        topic=hit.entry.id,
        name=hit.entry.name or hit.entry.id,
        state=phase.state,
        planned_state=phase.planned_state,
        negated=phase.negated,
        date_value=date.value if date is not None else None,
        start_date=date.start_date if date is not None and not is_end else None,
        end_date=date.end_date if date is not None else None,
        place=place_of(clause, own),
        text=document.text[start:end],
        char_start=start,
        char_end=end,
        topic_start=hit.start,
        topic_end=hit.end,
        sentence_start=sentence.start if sentence is not None else None,
        sentence_end=sentence.end if sentence is not None else None,
    )


def _date(document: AnalysedDocument, clause: Clause) -> DateRecord | None:
    """The first date of a clause whose days are known."""
    dates = dates_of(document)
    starts = {token.start for token in clause.tokens}
    first, end = (
        bisect_left(dates, place, key=lambda record: record.char_start)
        for place in (clause.tokens[0].start, clause.tokens[-1].end)
    )
    known = (one for one in dates[first:end] if one.type == "DATE" and one.start_date is not None)
    return next((one for one in known if one.char_start in starts), None)
