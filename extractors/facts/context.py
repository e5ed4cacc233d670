"""What a figure is about: its row and column in a table, its clause in prose, its goal, period and change."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from extractors.document import AnalysedDocument, Cell, Span, Table, once_a_document
from extractors.facts.about import CASE_ENDING, CLAUSE, about, told_in
from extractors.facts.clauses import Clause, clause_at, is_auxiliary
from extractors.facts.dated import dates_of
from extractors.facts.figure_roles import role_of
from extractors.facts.periods import period_columns
from extractors.grammar.number_words import rough_number
from extractors.grammar.numbers import comparator_before, comparator_behind
from extractors.ids import place
from extractors.outline.goal_prose import goal_prose
from extractors.outline.numbering import goals_in
from extractors.outline.table_headers import cell_at, is_empty
from extractors.outline.tables import columns
from extractors.readings import Reading, Unit
from extractors.records import DateRecord
from lexicons import Hit, needs

_ABOUT = needs("units", "about")
_CHANGES = needs("changes", groups=["change"])
_BESIDE = needs("changes", groups=["comparison", "since"])
"""What a date beside it is: one that a figure is compared to, or a beginning."""


@dataclass(frozen=True, slots=True)
class Context:
    """The columns that percentages and quantities share; their meanings stand in `extractors.records`."""

    about: str | None
    column_heading: str | None
    goal_code: str | None
    role: str
    sentence_start: int | None
    sentence_end: int | None
    row_label: str | None
    column_label: str | None
    period: str | None
    period_start: date | None
    period_end: date | None
    reporting_round: str | None
    change: str | None
    compared_to: str | None


def figure_columns(document: AnalysedDocument, reading: Reading, first: int, last: int) -> dict[str, Any]:
    """The place, the comparator and the context of the figure that the lexemes `first`..`last` are."""
    span = Span(reading.lexemes[first].start, reading.lexemes[last].end)
    comparator = comparator_before(reading.lexemes, first)
    behind = comparator_behind(reading.lexemes, last) or _rough(reading.lexemes[first].text)
    start = reading.lexemes[comparator.first].start if comparator is not None else span.start
    return {
        **place(document, span),
        "comparator": comparator.value if comparator is not None else behind,
        **asdict(_context(document, reading, span, start)),
    }


def _rough(word: str) -> str | None:
    """The comparator of a number that says itself that it is none: kymmenkunta, parisataa."""
    return str(_ABOUT.entries[0].value) if rough_number(word.lower()) is not None else None


def _context(document: AnalysedDocument, reading: Reading, figure: Span, start: int) -> Context:
    """The context of a figure; `start` is where its comparator begins."""
    unit, sentence = reading.unit, told_in(document, reading, figure)
    compared = _compared_to(document, sentence) if sentence is not None else None
    goal_code, heading = _goal_code(document, unit, figure), _column(document, unit)
    period = _period(document, reading, figure, sentence, compared)
    is_prose = unit.cell is None and sentence is not None
    return Context(
        about=_named_by_row(document, unit)
        or (about(document, reading, figure, start, sentence) if sentence else None),
        column_heading=heading,
        goal_code=goal_code,
        role=role_of(document, unit, figure, goal_code),
        sentence_start=sentence.start if is_prose and sentence is not None else None,
        sentence_end=sentence.end if is_prose and sentence is not None else None,
        row_label=_row_label(document, unit.table, unit.cell) if unit.table is not None and unit.cell else None,
        column_label=heading,
        period=period,
        **period_columns(period),
        change=_change(document, unit, figure, sentence),
        compared_to=compared.value if compared and _is_compared(document, reading, figure, compared) else None,
    )


def _column(document: AnalysedDocument, unit: Unit) -> str | None:
    """The heading of the figure's column, white space folded."""
    if unit.cell is None or unit.table is None:
        return None
    layout = columns(document, unit.table)
    if layout.by_index[unit.cell.col].text:
        return layout.by_index[unit.cell.col].text
    if not layout.n_header or unit.cell.row < layout.n_header:
        return None
    heading = cell_at(unit.table.rows[layout.n_header - 1], unit.cell.col)
    return (document.cell_wording(heading) or None) if heading is not None else None


def _row_label(document: AnalysedDocument, table: Table, cell: Cell) -> str | None:
    """What the row of a figure's cell is about: its indicator or goal, else its first filled cell.

    A project's results are prose: their own clause tells more than the project's name.
    """
    layout = columns(document, table)
    row = table.rows[cell.row]
    if layout.by_index[cell.col].role == "results":
        return None
    named = [cell_at(row, layout.role(role)) for role in ("indicator", "goal", "original_goal")]
    filled = (document.cell_wording(item) for item in (*named, *row) if item is not None and item.spans)
    return next((text for text in filled if not is_empty(text)), None)


def _named_by_row(document: AnalysedDocument, unit: Unit) -> str | None:
    """The row's label, of a figure whose cell it is not."""
    if unit.cell is None or unit.table is None:
        return None
    label = _row_label(document, unit.table, unit.cell)
    return label if label != document.cell_wording(unit.cell) else None


def _goal_code(document: AnalysedDocument, unit: Unit, figure: Span) -> str | None:
    if unit.cell is not None and unit.table is not None:
        for cell in unit.table.rows[unit.cell.row]:
            if goals := goals_in(document, cell.start, cell.end):
                inside = [goal.code for goal in goals if goal.start <= figure.start < goal.end]
                return (inside or [goal.code for goal in goals])[0]
    for code, prose in goal_prose(document).values():
        if prose.start <= figure.start < prose.end:
            return code
    section = document.section_at(figure.start)
    if section is not None:
        for above in document.ancestors(section):
            if above.goal_codes:
                return above.goal_codes[0]
    return None


@once_a_document
def _changes(document: AnalysedDocument, sentence: Span) -> tuple[tuple[Hit, ...], tuple[int, ...]]:
    """The words of change in a sentence, and where its clauses are cut."""
    tokens = document.tokens_in(*sentence)
    hits = tuple(_CHANGES.find(tokens))
    cuts = (token for token in tokens if token.text in (",", ";", ":"))
    return hits, tuple(token.start for token in cuts if not CASE_ENDING.match(document.text, token.start))


def _change(document: AnalysedDocument, unit: Unit, figure: Span, sentence: Span | None) -> str | None:
    """The direction that the nearest word of change in the figure's clause tells.

    None where the clause denies it ("ei noussut"), only supposes it ("olisi noussut"), or where the word is an
    attribute or a complement and no verb of the clause ("noussut kysyntä", "koki palvelun heikentyneen").
    """
    if sentence is None:
        return None
    hits, cuts = _changes(document, sentence)
    near = [hit for hit in hits if abs(hit.start - figure.start) < CLAUSE and _is_inside(unit, hit.start)]
    if not near:
        return None
    index = bisect_left(cuts, figure.start)
    low, high = cuts[index - 1] if index else sentence.start, cuts[index] if index < len(cuts) else sentence.end
    inside = [hit for hit in near if low <= hit.start < high]
    if not inside:
        return None
    nearest = min(inside, key=lambda hit: max(hit.start - figure.end, figure.start - hit.end))
    return str(nearest.entry.value) if _is_told(document, unit, figure, nearest) else None


def _is_told(document: AnalysedDocument, unit: Unit, figure: Span, change: Hit) -> bool:
    """Whether a word of change says of a figure that it came so."""
    own, other = clause_at(document, unit.spans, figure.start), clause_at(document, unit.spans, change.start)
    if own is None or other is None:
        return True
    if own is not other and own.verbs and not _goes_on(own):
        return False
    verb = next((token for token in other.verbs if token.start == change.start), None)
    if verb is not None:
        return other.negation is None and other.mood != "Cnd"
    word = next((token for token in other.tokens if token.start == change.start), None)
    return word is None or not ("Part" in word.tag and other.verbs)


def _goes_on(clause: Clause) -> bool:
    """Whether a clause only says what the one before it led to, of the same subject: "… laski ja oli 12 %"."""
    before = [token for token in clause.tokens if token.start < clause.verbs[0].start]
    return all(map(is_auxiliary, clause.verbs)) and not any(token.case == "Nom" for token in before)


def _is_compared(document: AnalysedDocument, reading: Reading, figure: Span, compared: DateRecord) -> bool:
    """Whether a comparison is the figure's own: not that of another clause, which tells another figure."""
    spans = reading.unit.spans
    own, other = clause_at(document, spans, figure.start), clause_at(document, spans, compared.char_start)
    if own is None or other is None or own is other:
        return True
    starts = {reading.lexemes[one.first].start for one in reading.amounts}
    return starts.isdisjoint(token.start for token in other.tokens)


def _is_inside(unit: Unit, offset: int) -> bool:
    return unit.spans[0].start <= offset < unit.spans[-1].end


@once_a_document
def _date_starts(document: AnalysedDocument) -> tuple[int, ...]:
    return tuple(record.char_start for record in dates_of(document))


@once_a_document
def _dates_in(document: AnalysedDocument, sentence: Span) -> tuple[DateRecord, ...]:
    starts, records = _date_starts(document), dates_of(document)
    found = records[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
    return tuple(record for record in found if record.type == "DATE")


@once_a_document
def _compared_to(document: AnalysedDocument, sentence: Span) -> DateRecord | None:
    """The date that a sentence compares to: "viime vuoteen verrattuna", "kuin vuonna 2019".

    Of two beside the same word it is the one in the illative, else the one behind it: "vuonna 2022 verrattuna vuoteen
    2019", "vuonna 2022 kuin vuonna 2019".
    """
    found: list[tuple[bool, int, DateRecord]] = []
    for record in _dates_in(document, sentence):
        behind = document.tokens_in(record.char_end, min(sentence.end, record.char_end + 40))[:1]
        before = document.tokens_in(max(sentence.start, record.char_start - 40), record.char_start)[-1:]
        beside = {hit.entry.group for hit in _BESIDE.find([*before, *behind])}
        opening = document.tokens_in(record.char_start, record.char_end)[:1]
        is_start = bool(opening) and opening[0].case == "Ela" and bool(_changes(document, sentence)[0])
        if "comparison" in beside or (is_start and "since" not in beside):
            # verrattuna vuoteen 2019, edellisestä vuodesta, vuodesta 2019 vuoteen 2021
            is_goal = bool(opening) and opening[0].case == "Ill"
            found.append((is_goal, record.char_start, record))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _period(
    document: AnalysedDocument, reading: Reading, figure: Span, sentence: Span | None, compared: DateRecord | None
) -> str | None:
    """The period of the figure's column; else the date in brackets behind it, the only date of its sentence that it is
    not compared to, or the only one that no other figure parts from it."""
    unit = reading.unit
    if unit.cell is not None and unit.table is not None:
        column = columns(document, unit.table).by_index[unit.cell.col]
        return column.period or ("baseline" if column.role == "baseline" else None)
    if sentence is None:
        return None
    dates = [record for record in _dates_in(document, sentence) if record != compared]
    dates = dates or _line_above(document, unit, sentence)
    beside = next((one for one in dates if _is_bracketed(document, figure, one)), None)
    if beside is None and len(dates) > 1:
        dates = [one for one in dates if not _are_parted(reading, figure, one)]
    found = beside or (dates[0] if len(dates) == 1 else None)
    return found.value if found is not None and "XXXX" not in found.value else None


def _line_above(document: AnalysedDocument, unit: Unit, sentence: Span) -> list[DateRecord]:
    """The date that is all that the line above a sentence in its paragraph says: "syksy 2022"."""
    lines = [line for line in unit.block.lines if line.end <= sentence.start] if unit.block is not None else []
    found = _dates_in(document, lines[-1]) if lines else ()
    is_label = len(found) == 1 and found[0].text == lines[-1].of(document.text).strip(" .:")
    return list(found) if is_label else []


def _is_bracketed(document: AnalysedDocument, figure: Span, date_: DateRecord) -> bool:
    """Whether a date stands alone in the brackets right behind a figure: 200 629 (2019)."""
    if date_.char_start < figure.end:
        return False
    between = document.text[figure.end : date_.char_start].strip()
    return between == "(" and document.text[date_.char_end : date_.char_end + 1] == ")"


def _are_parted(reading: Reading, figure: Span, date_: DateRecord) -> bool:
    """Whether another figure stands between a figure and a date."""
    low, high = (date_.char_end, figure.start) if date_.char_end <= figure.start else (figure.end, date_.char_start)
    starts = (reading.lexemes[one.first].start for one in reading.amounts)
    return any(low <= start < high for start in starts)
