"""What a figure is in its report: readiness of a goal or a measure, an indicator's value, its baseline or target, a
result, part of a legend, or something else."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import AnalysedDocument, Cell, Span, Table, Token
from extractors.facts.clauses import Clause, clause_at
from extractors.facts.legends import legend
from extractors.facts.readiness_lines import readiness_lines
from extractors.outline.table_headers import cell_at, is_empty
from extractors.outline.tables import columns
from extractors.readings import Unit
from lexicons import needs

_READINESS = needs("readiness", "readiness")
_COMPLETE = needs("readiness", "complete")
_BETWEEN = (needs("readiness", "between"), needs("units", "about"))
_AIMS = needs("table_columns", "target", "goal")
_BASELINES = needs("table_columns", "baseline")

REACH = 5
"""Tokens before a figure in which the word for what it is is looked for: valmiusaste on nyt noin 60 %."""

_OF_COLUMN = {"baseline": "baseline", "target": "target", "results": "result"}


def role_of(document: AnalysedDocument, unit: Unit, figure: Span, goal_code: str | None) -> str:
    """The role of a figure, a value of the column `role` of percentages and quantities."""
    explained = legend(document)
    if explained is not None and any(span.start <= figure.start < span.end for span in explained.spans):
        return "legend"
    if unit.table is not None and unit.cell is not None:
        return _in_table(document, unit.table, unit.cell)
    if any(line.span.start <= figure.start < line.span.end for line in readiness_lines(document)):
        return "readiness"
    return _in_prose(document, unit, figure, goal_code)


def _in_table(document: AnalysedDocument, table: Table, cell: Cell) -> str:
    """By the table's kind and the figure's column; a figure in a heading, or in a text beside, is something else."""
    layout = columns(document, table)
    column = layout.by_index[cell.col]
    if cell.row < layout.n_header:
        return "other"
    is_value = column.period is not None or column.role in ("readiness", "status")
    if layout.kind in ("readiness", "goals", "deeds") and is_value:
        deed = cell_at(table.rows[cell.row], layout.role("deed"))
        has_deed = deed is not None and not is_empty(document.cell_wording(deed))
        return "measure_readiness" if has_deed else "readiness"
    if layout.kind == "indicators" and column.period is not None:
        return "indicator"
    if layout.kind == "projects" and column.period is not None:
        return "result"
    return _OF_COLUMN.get(column.role or "", "other")


def _in_prose(document: AnalysedDocument, unit: Unit, figure: Span, goal_code: str | None) -> str:
    """By the words beside it; else what is reported under a goal is a result."""
    if states_readiness(document, Span(unit.spans[0].start, unit.spans[-1].end), figure):
        return "measure_readiness"
    before = _words_before(document, unit.spans[0].start, figure)
    for words, role in ((_AIMS, "target"), (_BASELINES, "baseline")):
        if words.stand_in(before[-1:]):
            return role
    clause = clause_at(document, unit.spans, figure.start)
    if clause is not None and (told := _told_in(clause, figure)) is not None:
        return told
    return "result" if goal_code is not None else "other"


def _told_in(clause: Clause, figure: Span) -> str | None:
    """What a clause says that its figure is: "Tavoitteena on nostaa osuus 60 %:iin", "Lähtötaso oli 40 %"."""
    if clause.modality == "planned":
        return "target"
    cuts = [token.start for token in clause.tokens if token.text in CUTS]
    low = max((place for place in cuts if place < figure.start), default=0)
    high = min((place for place in cuts if place >= figure.end), default=clause.tokens[-1].end)
    beside = [token for token in clause.tokens if low <= token.start < high]
    for words, role in ((_AIMS, "target"), (_BASELINES, "baseline")):
        if any(hit.term.weight >= SURE and beside[hit.last].case in _SAYS[role] for hit in words.find(beside)):
            return role
    return None


SURE = 0.8
"""Weight from which a word of column headings names an aim or a baseline in prose too."""

CUTS = frozenset(",;")

_SAYS = {"target": ("Nom", "Ess", "Tra"), "baseline": ("Nom", "Ine", "Ess")}
"""Cases in which a noun says what the figure of its clause is."""


def states_readiness(document: AnalysedDocument, within: Span, figure: Span) -> bool:
    """Whether a figure is the readiness that a stretch states: "Valmiusaste on 60 %", "Kuvaus on 60 % valmis"."""
    behind = document.tokens_in(figure.end, within.end)[:1]
    return _READINESS.stand_in(_words_before(document, within.start, figure)[-1:]) or _COMPLETE.stand_in(behind)


def _words_before(document: AnalysedDocument, start: int, figure: Span) -> Sequence[Token]:
    """The words before a figure, but for "on", "noin" and marks right before it."""
    before = document.tokens_in(start, figure.start)[-REACH:]
    while before and (not before[-1].is_word or any(words.stand_in(before[-1:]) for words in _BETWEEN)):
        before = before[:-1]
    return before
