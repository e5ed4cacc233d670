"""process_goals: the goals that a project sets itself.

Where they stand: numbered in the first column of a readiness table or in headings; as the project's own benefit goals
in an indicator table or a list; as bullets of a page's goal fields; in the goal cell of a project row; in an appendix
that repeats the original application.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractors.document import AnalysedDocument, Block, Section, Span, Table
from extractors.ids import record_id, section_id_at
from extractors.outline.goal_codes import numbered_texts
from extractors.outline.labels import squeeze
from extractors.outline.national_goals import benefit_goal_at
from extractors.outline.table_columns import (
    body_rows,
    cell_at,
    columns,
    goal_column,
    is_empty,
    is_indicator_table,
    is_status_table,
)
from extractors.projects import project_rows
from extractors.records import ProcessGoalRecord
from lexicons import Words, needs

_CODE_PREFIX = needs("goal_words", "code_prefix")
_WORK_PACKAGE = needs("goal_words", "work_package")
_SAME_AS = needs("goal_words", "same_as")
_ORIGINAL = needs("goal_words", "original")
_BENEFIT_LEAD_IN = needs("goal_words", "benefit_lead_in")
_BENEFIT_SECTION = needs("goal_words", "benefit_section")
_AND = needs("time_words", groups=["and"])


@dataclass(frozen=True, slots=True)
class _Goal:
    span: Span
    kind: str
    code: str | None = None
    benefit_goal: int | None = None
    work_package: str | None = None
    origin: str = "current"
    same_as: str | None = None


FIELD_KINDS = {
    "tavoiteltavat_tulokset": "outcome_goal",
    "paamaara": "objective",
    "tavoiteltu_muutos": "objective",
}
"""Template fields whose bullets are goals."""


def extract(document: AnalysedDocument) -> list[ProcessGoalRecord]:
    """The goals of a document in text order; a goal in a table and as a heading is one, at its place in the table."""
    goals = [*_in_tables(document), *_in_lists(document)]
    taken = {goal.code for goal in goals if goal.code and goal.origin == "current"}
    goals += [goal for goal in _in_headings(document) if goal.code not in taken]
    goals.sort(key=lambda goal: goal.span)
    return [_record(document, goal, number) for number, goal in enumerate(goals, 1)]


def _record(document: AnalysedDocument, goal: _Goal, number: int) -> ProcessGoalRecord:
    return ProcessGoalRecord(
        goal_id=record_id(document.doc_id, "g", number),
        doc_id=document.doc_id,
        section_id=section_id_at(document, goal.span.start),
        code=goal.code,
        text=document.wording(*goal.span),
        text_repaired=document.repaired(*goal.span),
        kind=goal.kind,
        benefit_goal=goal.benefit_goal,
        work_package=goal.work_package,
        origin=goal.origin,
        same_as=goal.same_as,
        char_start=goal.span.start,
        char_end=goal.span.end,
    )


# Tables


def _in_tables(document: AnalysedDocument) -> Iterator[_Goal]:
    for table in document.tables:
        if columns(document, table).has("original_goal"):
            yield from _original_goals(document, table)
        elif is_status_table(document, table):
            yield from status_goals(document, table)
        elif is_indicator_table(document, table):
            yield from _benefit_goals(document, table)
    for row in project_rows(document):
        if row.goals is not None:
            yield _Goal(row.goals, "project_goal", benefit_goal=row.benefit_goal)


def status_goals(document: AnalysedDocument, table: Table) -> Iterator[_Goal]:
    """The goals in the first column of a readiness table."""
    index = goal_column(document, table)
    packages = columns(document, table).role("work_package")
    package: str | None = None
    for row in body_rows(document, table):
        held = cell_at(row, packages)
        if held is not None and held.spans:
            match = _work_package().match(document.cell_wording(held))
            package = _named(match["number"]) if match else None
        cell = cell_at(row, index)
        if cell is None or not cell.spans:
            continue
        for code, span in goal_cell(document, cell.start, cell.end):
            goal = benefit_goal_at(document, table.start, code)
            yield _Goal(span, "process_goal", code, goal, work_package=package)


def goal_cell(document: AnalysedDocument, start: int, end: int) -> list[tuple[str | None, Span]]:
    """The goals of a cell, each with its number: several where goals share a row, one without where none stands."""
    numbered = numbered_texts(document.text[start:end])
    if not numbered:
        return [(None, Span(start, end))]
    return [(item.code, Span(start + item.start, start + item.end)) for item in numbered]


def _benefit_goals(document: AnalysedDocument, table: Table) -> Iterator[_Goal]:
    """The project's own benefit goals in an indicator table, a line each."""
    index = columns(document, table).role("benefit_goal")
    for row in body_rows(document, table):
        cell = cell_at(row, index)
        if cell is None or cell.row != row[0].row:
            continue
        for span in cell.spans:
            if not is_empty(span.of(document.text)):
                yield _Goal(span, "outcome_goal", benefit_goal=benefit_goal_at(document, table.start))


@cache
def _work_package() -> regex.Pattern[str]:
    return regex.compile(rf"{_WORK_PACKAGE.pattern}\s*(?P<number>\d{{1,2}})\s*[.:)]?\s*", regex.IGNORECASE)


def _named(number: str) -> str:
    """A work package as the output names it: TP 2."""
    return f"{_WORK_PACKAGE.entries[0].value} {number}"


@cache
def _same_as() -> regex.Pattern[str]:
    marks = rf"{_SAME_AS.pattern}\s+(?:{_CODE_PREFIX.pattern}\s*)?"
    return regex.compile(rf"{marks}(?P<code>\d{{1,2}}\.\d{{1,2}})", regex.IGNORECASE)


def _original_goals(document: AnalysedDocument, table: Table) -> Iterator[_Goal]:
    layout = columns(document, table)
    index, packages = layout.role("original_goal"), layout.role("work_package")
    status = layout.role("status") if layout.has("status") else table.n_cols - 1
    carried: str | None = None
    for row in body_rows(document, table):
        held = cell_at(row, packages)
        if held is not None and held.spans:
            carried = document.cell_wording(held)
        cell, note = cell_at(row, index), cell_at(row, status)
        if cell is None or not cell.spans:
            continue
        yield _original_goal(document, Span(cell.start, cell.end), document.cell_wording(note) if note else "", carried)


def _original_goal(document: AnalysedDocument, span: Span, note: str, package: str | None) -> _Goal:
    """A goal of the original application; `note` says what became of it, `package` its work package if apart."""
    start, end = span
    match = _work_package().match(document.text, start, end)
    start = match.end() if match else start
    apart = _work_package().match(package or "") if match is None else None
    number = match["number"] if match else apart["number"] if apart else None
    code = None
    if numbered := numbered_texts(document.text[start:end]):
        code, start = numbered[0].code, start + numbered[0].start
    same = _same_as().search(note)
    return _Goal(
        Span(start, end),
        "process_goal",
        code=code,
        work_package=_named(number) if number else None,
        origin="original_application",
        same_as=same["code"] if same else None,
    )


# Headings and lists


def _in_headings(document: AnalysedDocument) -> Iterator[_Goal]:
    seen: set[str] = set()
    for section in document.sections:
        if not section.goal_codes:
            continue
        for code, span in goal_cell(document, *section.heading):
            if code and code not in seen:
                seen.add(code)
                yield _Goal(span, "process_goal", code, benefit_goal_at(document, section.heading.start, code))


def _in_lists(document: AnalysedDocument) -> Iterator[_Goal]:
    blocks = document.blocks
    lead_in: Block | None = None
    for block in blocks:
        section = document.section_at(block.start)
        enumerator = _ENUMERATOR.match(document.text, block.start, block.end) if block.kind == "paragraph" else None
        if block.kind != "list_item" and enumerator is None:
            lead_in = block if document.text[block.end - 1] in ":;" else None
            continue
        if section is None or not section.body.start <= block.start < section.body.end:
            continue
        start = enumerator.end() if enumerator else block.start
        if any(_names(_ORIGINAL, above.heading_text) for above in document.ancestors(section)):
            note = _NOTE.search(document.text, start, block.end)
            end = note.start() if note else block.end
            yield _original_goal(document, Span(start, end), note.group() if note else "", None)
            continue
        kind = _list_kind(document, section, lead_in)
        if kind is None:
            continue
        span = _without_list_marks(document, start, block.end)
        numbered = numbered_texts(document.text[span.start : span.end])
        if numbered:
            first = numbered[0]
            span = Span(span.start + first.start, span.end)
            same = _same_as().match(document.text, span.start, span.end)
            goal = benefit_goal_at(document, block.start, first.code)
            yield _Goal(span, "process_goal", first.code, goal, same_as=same["code"] if same else None)
        else:
            yield _Goal(span, kind, benefit_goal=benefit_goal_at(document, block.start))


def _list_kind(document: AnalysedDocument, section: Section, lead_in: Block | None) -> str | None:
    """What the bullets of a section are: by the template field above, or by the list's lead-in in a report."""
    for above in document.ancestors(section):
        if above.field is not None:
            return FIELD_KINDS.get(above.field)
    if section.goal_codes:
        return None
    if benefit_goal_at(document, section.heading.start) is None:
        return None
    texts = [section.heading_text] + ([lead_in.lines and document.clean(lead_in.start, lead_in.end)] if lead_in else [])
    if any(_names(words, str(text)) for text, words in zip(texts, (_BENEFIT_SECTION, _BENEFIT_LEAD_IN), strict=False)):
        return "outcome_goal"
    return None


KEPT = 1_000
"""Headings and lead-ins of which is kept what they name: a document's, and a few documents' more."""


@lru_cache(KEPT)
def _names(words: Words, text: str) -> bool:
    squeezed = squeeze(text)
    return any(squeeze(wording) in squeezed for wording in words.texts)


@cache
def _list_end() -> regex.Pattern[str]:
    """What closes an item of a list: a comma, or the conjunction before the last one."""
    return regex.compile(rf"\s{_AND.pattern}[\s.,;]*$|[\s,;]+$")


_NOTE = regex.compile(r"\s*\([^()]*\)\s*$")
"""A closing remark in brackets: what became of a goal of the original application."""

_ENUMERATOR = regex.compile(r"(?:\d{1,2}|[a-hA-H])\)\s+")
"""1) or a) before an item of a list."""


def _without_list_marks(document: AnalysedDocument, start: int, end: int) -> Span:
    """A bullet without the list's own punctuation: a fragment's closing full stop, comma or conjunction."""
    text = document.text[start:end]
    trailing = _list_end().search(text)
    text = text[: trailing.start()] if trailing else text
    tokens = document.tokens_in(start, start + len(text))
    is_fragment = not any(token.pos in ("VERB", "AUX") and token.tense for token in tokens)
    is_listed = text[:1].islower()
    if (is_fragment or is_listed) and text.endswith(".") and ". " not in text:
        text = text[:-1]
    return Span(start, start + len(text.rstrip()))
