"""What a figure is in its report: readiness of a goal or a measure, an indicator's value, its baseline or target, a
result, part of a legend, or something else."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import AnalysedDocument, Cell, Span, Table, Token
from extractors.facts.clauses import Clause, is_auxiliary
from extractors.facts.legends import legend
from extractors.facts.passages import Told
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
_MEANS = needs("figure_words", "means")
_THAT = needs("clause_words", "that")
_RESULTS = needs("template_fields", "tuotokset_ja_tulokset", "arvioinnin_tulokset", "vaikutukset")

REACH = 5
"""Tokens before a figure in which the word for what it is is looked for: valmiusaste on nyt noin 60 %."""

_OF_COLUMN = {
    "baseline": "baseline",
    "target": "target",
    "goal": "target",
    "original_goal": "target",
    "benefit_goal": "target",
    "results": "result",
}

LONGEST_LABEL = 5
"""Words of a label before its colon: "Lähtökohta: …", "Tavoitteen lähtötaso: …"."""


def role_of(
    document: AnalysedDocument, unit: Unit, told: Told | None, figure: Span, goal_code: str | None, is_aim: bool
) -> str:
    """The role of a figure, a value of the column `role` of percentages and quantities.

    `is_aim` says that it stands in the wording of a goal. An age is no result of anything.
    """
    found = _role(document, unit, told, figure, goal_code)
    if is_aim and found in ("other", "result"):
        return "target"
    own = next((one for one in told.passage.figures if one.number.start == figure.start), None) if told else None
    return "other" if found == "result" and own is not None and own.kind == "age" else found


def _role(document: AnalysedDocument, unit: Unit, told: Told | None, figure: Span, goal_code: str | None) -> str:
    explained = legend(document)
    if explained is not None and any(span.start <= figure.start < span.end for span in explained.spans):
        return "legend"
    if unit.table is not None and unit.cell is not None:
        return _in_table(document, unit.table, unit.cell)
    if any(line.span.start <= figure.start < line.span.end for line in readiness_lines(document)):
        return "readiness"
    return _in_prose(document, unit, told, figure, goal_code)


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
    is_risk = layout.role("risk") is not None
    return _OF_COLUMN.get(column.role or "", "other") if not is_risk else "other"


def _in_prose(document: AnalysedDocument, unit: Unit, told: Told | None, figure: Span, goal_code: str | None) -> str:
    """By the words beside it, by the label of its paragraph; else what is reported under a goal is a result."""
    if states_readiness(document, Span(unit.spans[0].start, unit.spans[-1].end), figure):
        return "measure_readiness"
    if goal_code is not None and _closes_item(document, unit, figure):
        return "measure_readiness"
    before = _words_before(document, unit.spans[0].start, figure)
    for words, role in ((_AIMS, "target"), (_BASELINES, "baseline")):
        if any(hit.term.weight >= SURE for hit in words.find(before[-1:])):
            return role
    clause = told.passage.clause_at(figure.start) if told is not None else None
    if clause is not None and (found := _told_in(clause, figure)) is not None:
        return found
    if told is not None and clause is not None and _is_aimed_at(told, clause):
        return "target"
    is_result = goal_code is not None or _is_of_results(document, unit)
    return _by_label(document, unit) or ("result" if is_result else "other")


def _is_aimed_at(told: Told, clause: Clause) -> bool:
    """Whether a clause says what an aim is: "Tavoitteena on, että jonossa on enintään 10 %"."""
    if clause.opening is None or not _THAT.stand_in((clause.opening,)):
        return False
    before = [one for one in told.passage.clauses if one.tokens[-1].start < clause.tokens[0].start]
    words = before[-1].tokens if before and before[-1].relation == "main" else ()
    aims = [words[hit.last] for hit in _AIMS.find(words) if hit.term.weight >= SURE]
    return any(aim.case in _SAYS["target"] for aim in aims) and all(map(is_auxiliary, before[-1].verbs))


def _is_of_results(document: AnalysedDocument, unit: Unit) -> bool:
    """Whether a text stands under a page's heading for results."""
    section = document.section_at(unit.spans[0].start)
    return section is not None and any(above.field in _RESULTS.ids for above in document.ancestors(section))


def _closes_item(document: AnalysedDocument, unit: Unit, figure: Span) -> bool:
    """Whether a percentage stands alone in brackets at the end of a list item: "Työparin malli Koelassa (70 %)"."""
    if (
        unit.block is None
        or unit.block.kind != "list_item"
        or not document.text[figure.start : figure.end].endswith("%")
    ):
        return False
    opened = document.text[unit.block.start : figure.start].rstrip().endswith("(")
    return opened and document.text[figure.end : unit.block.end].strip() in (")", ").")


def _by_label(document: AnalysedDocument, unit: Unit) -> str | None:
    """What the label of a paragraph says that its figures are: "Lähtökohta: …", "Tulostavoite: …"."""
    tokens = unit.tokens[: LONGEST_LABEL + 1]
    colon = next((index for index, token in enumerate(tokens) if token.text == ":"), 0)
    label = tokens[:colon]
    if any(hit.term.weight >= SURE for hit in _BASELINES.find(label)):
        return "baseline"
    is_aim = bool(label) and (_names_aim(label[-1]) or _AIMS.stand_in(label[-1:])) and label[-1].case == "Nom"
    return "target" if is_aim else None


def _names_aim(token: Token) -> bool:
    """Whether a word is a compound of "tavoite": päätavoite, tulostavoite."""
    return bool(token.compound_parts) and token.compound_parts[-1] in _AIMS.texts


def _told_in(clause: Clause, figure: Span) -> str | None:
    """What a clause says that its figure is: "Tavoitteena on nostaa osuus 60 %:iin", "Lähtötaso oli 40 %", "Tavoitteen
    2 valmius oli 40 %", "50 % tarkoittaa, että …"."""
    deed = clause.deed
    if deed is not None and _MEANS.stand_in((deed,)) and figure.start < deed.start and deed.tense == "present":
        return "legend"
    readiness = [token for token in clause.tokens if token.case == "Nom" and _READINESS.stand_in((token,))]
    beside = [token for token in readiness if token.start < figure.start]
    names = [token for token in clause.tokens if token.case == "Nom" and token.pos == "NOUN"]
    is_own = beside and not any(beside[-1].start < token.start < figure.start for token in names)
    if is_own and not _counts_behind(clause, figure):
        return "readiness" if any(_AIMS.stand_in((token,)) for token in clause.tokens) else "measure_readiness"
    if clause.modality == "planned":
        return "target"
    cuts = [token.start for token in clause.tokens if token.text in CUTS]
    low = max((place for place in cuts if place < figure.start), default=0)
    high = min((place for place in cuts if place >= figure.end), default=clause.tokens[-1].end)
    beside = [token for token in clause.tokens if low <= token.start < high]
    came_true = clause.is_past and deed is not None and not is_auxiliary(deed)
    for words, role in ((_AIMS, "target"), (_BASELINES, "baseline")):
        hits = [beside[hit.last] for hit in words.find(beside) if hit.term.weight >= SURE]
        hits += [token for token in beside if role == "target" and _names_aim(token)]
        if any(hit.case in _SAYS[role] and not (came_true and hit.case == "Nom") for hit in hits):
            return role
    return None


def _counts_behind(clause: Clause, figure: Span) -> bool:
    """Whether a figure counts the word behind it."""
    behind = next((token for token in clause.tokens if token.start >= figure.end and token.is_word), None)
    return behind is not None and behind.case == "Par"


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
