"""process_goals: the goals that a project sets itself.

Where they stand: numbered in tables, headings and lists; as the project's own outcome goals in an indicator table or in
a list that something introduces as such; as bullets of a page's goal fields; in the goal cell of a project row; in an
appendix that repeats the original application.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from extractors.document import AnalysedDocument, Block, Cell, Section, Span, Table, once_a_document
from extractors.facts.goal_rows import GoalRow, goal_rows, items, plain_code
from extractors.facts.legends import legend_lines
from extractors.ids import record_id, section_id_at
from extractors.outline.enumerators import enumerator, prefix_kinds
from extractors.outline.fields import LABEL_VALUE
from extractors.outline.goal_lines import goal_lines
from extractors.outline.goal_prose import goal_prose
from extractors.outline.national_goals import benefit_goal_at, heading_goals
from extractors.outline.numbering import goals_in, numbering
from extractors.outline.table_headers import cell_at, is_empty
from extractors.outline.tables import body_rows, columns, kind, national_goal
from extractors.projects import project_rows
from extractors.records import ProcessGoalRecord
from lexicons import needs

_PACKAGE = needs("numbering", "package")
_CONJUNCTION = needs("numbering", "conjunction")
_GOAL_REFERENCE = needs("numbering", "goal_reference")
_INTRODUCTIONS = needs("goal_introductions")


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

_BESIDE = ("Ine",)
"""Cases of nouns that tell where a sentence plays and not what it speaks of."""

INTRODUCES = 1.0
"""Sum of weights from which a heading and a lead-in introduce goals."""

NATIONAL = 3
"""Items that each name another national goal, and no others with them, from which on a list is the programme's."""

AT_END = 0.5
"""The same for a lead-in that says when: "Hankkeen päättyessä"."""

MAX_GOAL = 400
"""Code points of a goal; longer items are prose."""


@once_a_document
def goal_spans(document: AnalysedDocument) -> tuple[Span, ...]:
    """Where the goals are worded, in text order."""
    return tuple(Span(record.char_start, record.char_end) for record in extract(document))


@once_a_document
def extract(document: AnalysedDocument) -> list[ProcessGoalRecord]:
    """The goals of a document in text order; a goal in a table and as a heading is one, at its place in the table."""
    goals = list(_in_tables(document))
    taken = {goal.code for goal in goals if goal.code and goal.origin == "current"}
    goals += [goal for goal in _in_lists(document) if goal.code not in taken or goal.origin != "current"]
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
    yield from _in_goal_tables(document)
    for table in document.tables:
        if _repeats_application(document, table):
            yield from _original_goals(document, table)
        elif kind(document, table) == "indicators":
            yield from _benefit_goals(document, table)
    for row in project_rows(document):
        if row.goal is None or row.goals is None:
            continue
        listed = items(document, row.goal)
        for span in listed if len(listed) > 1 else [row.goals]:
            yield _Goal(span, "project_goal", benefit_goal=row.benefit_goal)


def _in_goal_tables(document: AnalysedDocument) -> Iterator[_Goal]:
    """The goals of readiness tables and of tables of goals with their measures; each code once."""
    seen: set[str] = set()
    for row in goal_rows(document):
        if not row.opens or _repeats_application(document, row.table):
            continue
        package = _package(document, row.table, row.cells)
        for goal in row.goals:
            if goal.span is None or (goal.code is not None and goal.code in seen):
                continue
            if goal.code is not None:
                seen.add(goal.code)
            served = (
                _served_by_row(document, row)
                or benefit_goal_at(document, row.table.start, goal.code)
                or _served_by_heading(document, goal.code)
            )
            yield _Goal(goal.span, "process_goal", goal.code, served, work_package=package)


def _served_by_row(document: AnalysedDocument, row: GoalRow) -> int | None:
    """The national goal that a column of a goal's row names."""
    cell = cell_at(row.cells, columns(document, row.table).role("benefit_goal"))
    return national_goal(document, cell) if cell is not None and cell.spans else None


def _served_by_heading(document: AnalysedDocument, code: str | None) -> int | None:
    """The national goal above the heading of a goal's own section."""
    own = (section for section in document.sections if code is not None and code in section.goal_codes)
    found = (benefit_goal_at(document, section.heading.start, code) for section in own)
    return next((goal for goal in found if goal is not None), None)


def _package(document: AnalysedDocument, table: Table, row: tuple[Cell, ...]) -> str | None:
    """The work package of a row, carried down from the rows above."""
    index = columns(document, table).role("work_package")
    if index is None:
        return None
    found: str | None = None
    for other in body_rows(document, table):
        cell = cell_at(other, index)
        if cell is not None and cell.spans:
            match = _work_package().match(document.cell_wording(cell))
            found = f"TP {match['number']}" if match else None
        if other is row:
            break
    return found


def _benefit_goals(document: AnalysedDocument, table: Table) -> Iterator[_Goal]:
    """The project's own benefit goals in an indicator table, a line each."""
    index = columns(document, table).role("benefit_goal")
    for row in body_rows(document, table):
        cell = cell_at(row, index)
        if cell is None or cell.row != row[0].row:
            continue
        for span in cell.spans:
            text = span.of(document.text)
            if not is_empty(text) and sum(map(str.isalpha, text)) > 3:
                yield _Goal(span, "outcome_goal", benefit_goal=benefit_goal_at(document, table.start))


@cache
def _work_package() -> regex.Pattern[str]:
    marks = _PACKAGE.pattern
    return regex.compile(rf"(?:{marks})\s*(?P<number>\d{{1,2}})\s*[.:)]?\s*", regex.IGNORECASE)


@once_a_document
def _repeats_application(document: AnalysedDocument, table: Table) -> bool:
    """Whether a table lists the goals of the original application: by its columns, or by the section that it stands in
    where it reports no readiness."""
    layout, section = columns(document, table), document.section_at(table.start)
    if layout.kind == "original_goals":
        return True
    reports = bool(layout.periods) or layout.has("readiness") or layout.kind != "readiness"
    return not reports and section is not None and _is_original(document, section)


def _original_goals(document: AnalysedDocument, table: Table) -> Iterator[_Goal]:
    layout = columns(document, table)
    index, packages = layout.role("original_goal", "goal"), layout.role("work_package")
    status = layout.role("status") if layout.has("status") else table.n_cols - 1
    carried: str | None = None
    for row in body_rows(document, table):
        held = cell_at(row, packages)
        if held is not None and held.spans:
            carried = document.cell_wording(held)
        cell, note = cell_at(row, index), cell_at(row, status)
        if cell is None or not cell.spans:
            continue
        told = Span(note.start, note.end) if note is not None and note.spans else None
        found = _original_goal(document, Span(cell.start, cell.end), told, carried)
        yield found if found.code else replace(found, code=_code_beside(document, cell_at(row, layout.role("code"))))


def _code_beside(document: AnalysedDocument, cell: Cell | None) -> str | None:
    """The code in a goal's column of codes; a work package's number is none."""
    if cell is None or not cell.spans or _work_package().match(document.cell_wording(cell)):
        return None
    return plain_code(document.cell_wording(cell))


def _original_goal(document: AnalysedDocument, span: Span, note: Span | None, package: str | None) -> _Goal:
    """A goal of the original application; `note` says what became of it, `package` its work package if apart."""
    start, end = span
    match = _work_package().match(document.text, start, end)
    start = match.end() if match else start
    apart = _work_package().match(package or "") if match is None else None
    number = match["number"] if match else apart["number"] if apart else None
    code = None
    if goals := goals_in(document, start, end, assume=True):
        code, start = goals[0].code, goals[0].start
    return _Goal(
        Span(start, end),
        "process_goal",
        code=code,
        benefit_goal=benefit_goal_at(document, span.start, code),
        work_package=f"TP {number}" if number else None,
        origin="original_application",
        same_as=_same_as(document, note) if note is not None else None,
    )


_CODE = regex.compile(
    r"(?<![\p{L}\d.,/])(?:\p{Lu}{1,3}\s?)?\d{1,2}(?:(?:\.\d{1,2})*|[a-h](?!\p{L}))(?![\d%/]|[.,]\d|\s*%|\.\d)"
)


def _same_as(document: AnalysedDocument, note: Span) -> str | None:
    """The code of the current goal that a note names behind "sama kuin", "yhdistetty tavoitteeseen" and the like."""
    hits = list(_INTRODUCTIONS.find(document.tokens_in(*note)))
    first = next((hit.end for hit in hits if hit.entry.id == "same"), None)
    if first is None:
        return None
    matches = _CODE.finditer(document.text, first, note.end)
    match = next((one for one in matches if not _numbers_other(document, first, one.start())), None)
    if match is None:
        letter = _letter().search(document.text, note.start, note.end)
        return letter["code"] if letter is not None else None
    found = enumerator(f"{match.group()} X")
    return found.code if found is not None else regex.sub(r"\s", "", match.group())


@cache
def _letter() -> regex.Pattern[str]:
    """A goal whose code is a letter, behind a word for goal: "yhdistetty tavoitteeseen A"."""
    return regex.compile(rf"(?i:{_GOAL_REFERENCE.pattern})\p{{Ll}}*\s+(?P<code>\p{{Lu}})(?![\p{{L}}\d-])")


def _numbers_other(document: AnalysedDocument, start: int, number: int) -> bool:
    """Whether the word before a number says that it is none of a goal: "katso liite 1", "ks. luku 3.2"."""
    before = document.tokens_in(start, number)[-1:]
    kinds = {prefix_kinds().get(word) for token in before for word in (token.lemma, token.text.lower())}
    return bool(kinds - {None, "goal"})


# Headings and lists


def _in_headings(document: AnalysedDocument) -> Iterator[_Goal]:
    seen: set[str] = set()
    for section in document.sections:
        for goal in goals_in(document, *section.heading) if section.goal_codes else ():
            if goal.code not in seen and goal.start < goal.end:
                seen.add(goal.code)
                served = benefit_goal_at(document, section.heading.start, goal.code)
                yield _Goal(Span(goal.start, goal.end), "process_goal", goal.code, served)


def _in_lists(document: AnalysedDocument) -> Iterator[_Goal]:
    headings = {section.heading.start for section in document.sections}
    lead_in: Block | None = None
    for block in _whole_items(document, headings):
        if block.start in legend_lines(document):
            continue
        section = document.section_at(block.start)
        is_item = _is_item(document, block)
        is_numbered = numbering(document).kind_at(block.start) == "goal" and block.start not in headings
        if section is None or not section.body.start <= block.start < section.body.end:
            lead_in = None
        elif block.start in goal_prose(document):
            lead_in = block
        elif _is_original(document, section) and (is_item or is_numbered):
            if not _holds_original_table(document, section):
                yield _listed_original(document, block)
        elif is_item or is_numbered:
            yield from _item(document, block, section, lead_in)
        else:
            lead_in = block
            yield from _labelled(document, block, section)


def _whole_items(document: AnalysedDocument, headings: set[int]) -> Iterator[Block]:
    """The blocks, with a list's item those that go on with it: below it, in small letters, where it has no end."""
    item: Block | None = None
    for block in document.blocks:
        if item is not None and _goes_on(document, item, block) and headings.isdisjoint(range(block.start, block.end)):
            item = replace(item, end=block.end, lines=item.lines + block.lines)
            continue
        if item is not None:
            yield item
        item = block if _is_item(document, block) else None
        if item is None:
            yield block
    if item is not None:
        yield item


def _goes_on(document: AnalysedDocument, item: Block, block: Block) -> bool:
    ended = document.text[item.start : item.end].rstrip()[-1:] in ".:;!?"
    return not ended and document.text[block.start].islower() and not _is_item(document, block)


def _is_item(document: AnalysedDocument, block: Block) -> bool:
    return block.kind == "list_item" or _ENUMERATOR.match(document.text, block.start, block.end) is not None


@once_a_document
def _is_original(document: AnalysedDocument, section: Section) -> bool:
    """Whether a section, or one above, repeats the goals of the original application."""
    return any(
        _introduction(document, above.heading).get("original", 0) >= 0.8 for above in document.ancestors(section)
    )


def _holds_original_table(document: AnalysedDocument, section: Section) -> bool:
    """Whether a section gives the application's goals in a table: what stands numbered beside it is a footnote."""
    starts = (table.start for table in document.tables if _repeats_application(document, table))
    return any(section.body.start <= start < section.body.end for start in starts)


def _listed_original(document: AnalysedDocument, block: Block) -> _Goal:
    match = _ENUMERATOR.match(document.text, block.start, block.end)
    start = match.end() if match is not None else block.start
    note = _NOTE.search(document.text, start, block.end)
    end = note.start() if note is not None else block.end
    return _original_goal(document, Span(start, end), Span(*note.span()) if note is not None else None, None)


def _item(document: AnalysedDocument, block: Block, section: Section, lead_in: Block | None) -> Iterator[_Goal]:
    """A numbered goal in a list, or an item that its field, its heading or its lead-in makes a goal."""
    match = _ENUMERATOR.match(document.text, block.start, block.end)
    start = match.end() if match is not None else block.start
    goals = goals_in(document, block.start, block.end)
    if goals and not section.goal_codes:
        first = goals[0]
        note = _NOTE.search(document.text, first.start, block.end)
        same = _same_as(document, Span(first.start, block.end))
        span = _without_list_marks(document, first.start, first.end if note is None else block.end)
        served = benefit_goal_at(document, block.start, first.code)
        yield _Goal(span, "process_goal", first.code, served, same_as=same)
        return
    kind = _list_kind(document, section, lead_in)
    if kind is None or block.end - start > MAX_GOAL or block.start in _national_lists(document):
        return
    span = _without_list_marks(document, start, block.end)
    yield _Goal(span, kind, benefit_goal=benefit_goal_at(document, block.start))


@once_a_document
def _national_lists(document: AnalysedDocument) -> frozenset[int]:
    """Where the items of lists stand that give the programme's national goals, and not the project's own."""
    found: set[int] = set()
    run: list[tuple[int, int | None]] = []
    for block in (*document.blocks, None):
        if block is not None and _is_item(document, block):
            goals = heading_goals(document.tokens_in(block.start, block.end), None)
            run.append((block.start, goals[0] if len(goals) == 1 else None))
            continue
        named = {goal for _, goal in run if goal is not None}
        if len(named) >= NATIONAL and len(named) == len(run):
            found.update(start for start, _ in run)
        run = []
    return frozenset(found)


def _list_kind(document: AnalysedDocument, section: Section, lead_in: Block | None) -> str | None:
    """What the items of a list are: by the template field above, or by what introduces it in a report."""
    for above in document.ancestors(section):
        if above.field is not None:
            return FIELD_KINDS.get(above.field)
    if any(above.goal_codes for above in document.ancestors(section)):
        return None
    heading = _introduction(document, section.heading)
    lead = _introduction(document, _last_sentence(document, lead_in)) if lead_in is not None else {}
    if "at_end" in lead and lead.get("outcome", 0) >= AT_END:
        return "outcome_goal"
    told = heading.get("outcome", 0) >= INTRODUCES and "other" not in heading
    if not told and ("other" in lead or ("other" in heading and "outcome" not in lead)):
        return None
    if heading.get("objective", 0) >= INTRODUCES or lead.get("objective", 0) >= INTRODUCES:
        return "objective"
    total = heading.get("outcome", 0) + lead.get("outcome", 0)
    return "outcome_goal" if total >= INTRODUCES else None


def _last_sentence(document: AnalysedDocument, block: Block) -> Span:
    """The sentence that leads to a list: a paragraph's last, with the one before that its pronoun stands for.

    "Hankkeen tulostavoitteet on kirjattu suunnitelmaan. Ne ovat seuraavat:"
    """
    sentences = list(document.sentences_in(block.start, block.end) or [Span(block.start, block.end)])
    opening = document.tokens_in(*sentences[-1])[:1]
    refers = len(sentences) > 1 and bool(opening) and opening[0].pos == "PRON"
    return Span(sentences[-2].start, sentences[-1].end) if refers else sentences[-1]


@once_a_document
def _introduction(document: AnalysedDocument, span: Span) -> dict[str, float]:
    """What a heading or a lead-in introduces: the weights of its words by what they tell.

    Where something was done ("aloituskokouksessa") is not what is listed.
    """
    weights: dict[str, float] = {}
    tokens = document.tokens_in(*span)
    for hit in _INTRODUCTIONS.find(tokens):
        if hit.entry.id == "other" and tokens[hit.last].case in _BESIDE:
            continue
        weights[hit.entry.id] = weights.get(hit.entry.id, 0.0) + hit.term.weight
    return weights


def _labelled(document: AnalysedDocument, block: Block, section: Section) -> Iterator[_Goal]:
    """A line that labels its goal: "Tulostavoite: Vastaanotolle pääsee viikossa"."""
    match = LABEL_VALUE.fullmatch(document.text, block.start, block.end)
    if match is None or block.end - block.start > MAX_GOAL or section.goal_codes:
        return
    if block.start in goal_lines(document):
        span = _without_list_marks(document, *goal_lines(document)[block.start])
        yield _Goal(span, "process_goal", benefit_goal=benefit_goal_at(document, block.start))
        return
    told = _introduction(document, Span(block.start, match.end("label")))
    if told.get("outcome", 0) >= INTRODUCES and "other" not in told:
        span = Span(match.start("value"), match.end("value"))
        yield _Goal(span, "outcome_goal", benefit_goal=benefit_goal_at(document, block.start))


@cache
def _list_end() -> regex.Pattern[str]:
    words = _CONJUNCTION.pattern
    return regex.compile(rf"\s(?:{words})[\s.,;]*$|[\s,;]+$")


_NOTE = regex.compile(r"\s*\([^()]*\)\s*\.?$|\s+[–—-]\s+[^–—]*$|\s*→\s*[^→]*$")
"""A closing remark in brackets or behind a dash: what became of a goal of the original application."""

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
