"""What a figure is about: its row and column in a table, its clause in prose, its goal, period and change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from extractors.document import AnalysedDocument, Cell, Span, Table, Token, once_a_document
from extractors.facts.about import about, own_words
from extractors.facts.clauses import Clause, clause_at, is_auxiliary
from extractors.facts.dated import dates_of
from extractors.facts.figure_roles import role_of
from extractors.facts.passages import CASE_ENDING, Passage, Told, passage_at
from extractors.facts.periods import period_columns
from extractors.grammar.number_words import rough_number
from extractors.grammar.numbers import comparator_before, comparator_behind
from extractors.ids import place
from extractors.outline.goal_prose import goal_prose
from extractors.outline.labels import period_label
from extractors.outline.numbering import NumberedText, goals_in
from extractors.outline.table_headers import cell_at, is_empty
from extractors.outline.tables import CODE, columns
from extractors.readings import Reading, Unit
from extractors.records import DateRecord
from lexicons import Hit, needs

_ABOUT = needs("units", "about")
_BOUND = needs("figure_words", "bound")
_NOW = needs("figure_words", "now")
_WITHIN = needs("figure_words", "behind")
_CHANGED = needs("figure_words", "change")
_THAN = needs("figure_words", "than")
_RECKON = needs("figure_words", "reckon")
_STANDS_FOR = needs("figure_words", "pronoun")
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


def figure_columns(
    document: AnalysedDocument, reading: Reading, first: int, last: int, aims: Sequence[Span]
) -> dict[str, Any]:
    """The place, the comparator and the context of the figure that the lexemes `first`..`last` are.

    `aims` are the wordings of the document's goals, in order.
    """
    span = Span(reading.lexemes[first].start, reading.lexemes[last].end)
    comparator = comparator_before(reading.lexemes, first)
    behind = comparator_behind(reading.lexemes, last) or _rough(reading.lexemes[first].text)
    return {
        **place(document, span),
        "comparator": comparator.value if comparator is not None else behind,
        **asdict(_context(document, reading, span, aims)),
    }


def _rough(word: str) -> str | None:
    """The comparator of a number that says itself that it is none: kymmenkunta, parisataa."""
    return str(_ABOUT.entries[0].value) if rough_number(word.lower()) is not None else None


def _context(document: AnalysedDocument, reading: Reading, figure: Span, aims: Sequence[Span]) -> Context:
    unit, told = reading.unit, passage_at(document, reading, figure.start)
    sentence = told.passage.span if told is not None else None
    compared = _compared_to(document, sentence) if sentence is not None else None
    goal_code, heading = _goal_code(document, unit, figure), _column(document, unit)
    period = _period(document, reading, figure, told, compared)
    role = role_of(document, unit, told, figure, goal_code, _is_within(aims, figure))
    is_prose = unit.cell is None and sentence is not None
    return Context(
        about=_about(document, reading, told, figure) if told is not None else _named_by_row(document, unit),
        column_heading=heading,
        goal_code=goal_code,
        role=role,
        sentence_start=sentence.start if is_prose and sentence is not None else None,
        sentence_end=sentence.end if is_prose and sentence is not None else None,
        row_label=_row_label(document, unit.table, unit.cell) if unit.table is not None and unit.cell else None,
        column_label=heading,
        period=period,
        **period_columns(period),
        change=_change(document, told, figure, compared) if role != "legend" else None,
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


_FIGURES = ("baseline", "target", "readiness", "status")
"""Roles of columns that hold figures, what is written beside them being a remark."""


def _about(document: AnalysedDocument, reading: Reading, told: Told, figure: Span) -> str | None:
    """What a figure measures: in a column of figures the row's label; in prose, also that of a cell, its clause."""
    unit = reading.unit
    if unit.cell is None or unit.table is None:
        return about(document, told, figure)
    layout, label = columns(document, unit.table), _named_by_row(document, unit)
    column = layout.by_index[unit.cell.col]
    is_figures = column.role in _FIGURES or (column.period is not None and layout.kind != "projects")
    if label is None or not is_figures:
        own = own_words(document, told, figure)
        return own or label or about(document, told, figure, _project(document, unit.table, unit.cell))
    return label


def _project(document: AnalysedDocument, table: Table, cell: Cell) -> str | None:
    """The project whose results a cell tells."""
    named = cell_at(table.rows[cell.row], columns(document, table).role("project"))
    return (document.cell_wording(named) or None) if named is not None and named is not cell else None


def _row_label(document: AnalysedDocument, table: Table, cell: Cell) -> str | None:
    """What the row of a figure's cell is about: its indicator, measure or goal, else its first filled cell, no code.

    A project's results are prose: their own clause tells more than the project's name.
    """
    layout = columns(document, table)
    row = table.rows[cell.row]
    if layout.by_index[cell.col].role == "results":
        return None
    roles = ("indicator", "deed", "goal", "original_goal")
    named = [
        found
        for role in roles
        if (found := cell_at(row, layout.role(role))) is not None and (role != "deed" or found.col < cell.col)
    ]
    filled = (document.cell_wording(item) for item in (*named, *row) if item is not None and item.spans)
    return next((text for text in filled if not is_empty(text) and not CODE.fullmatch(text)), None)


def _named_by_row(document: AnalysedDocument, unit: Unit) -> str | None:
    """The row's label, of a figure whose cell it is not."""
    if unit.cell is None or unit.table is None:
        return None
    label = _row_label(document, unit.table, unit.cell)
    return label if label != document.cell_wording(unit.cell) else None


def _is_within(spans: Sequence[Span], figure: Span) -> bool:
    """Whether a figure stands in one of some stretches that do not overlap, in order."""
    index = bisect_right(spans, figure.start, key=lambda span: span.start) - 1
    return index >= 0 and figure.start < spans[index].end


@once_a_document
def _goals_of_row(document: AnalysedDocument, table: Table, row: int) -> list[NumberedText]:
    """The numbered goals of a row's first cell that has any."""
    found = (goals_in(document, cell.start, cell.end) for cell in table.rows[row])
    return next(filter(None, found), [])


def _goal_code(document: AnalysedDocument, unit: Unit, figure: Span) -> str | None:
    cell, table = unit.cell, unit.table
    if cell is not None and table is not None and (goals := _goals_of_row(document, table, cell.row)):
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
def _has_change(document: AnalysedDocument, sentence: Span) -> bool:
    """Whether a sentence holds a word of change."""
    return _CHANGES.stand_in(document.tokens_in(*sentence))


def _change(document: AnalysedDocument, told: Told | None, figure: Span, compared: DateRecord | None) -> str | None:
    """The direction that the verb of change in the figure's clause tells, else its nearest word of change.

    None where the clause denies it ("ei noussut"), only supposes it ("olisi noussut"), or where the word is an
    attribute or a complement and no verb of the clause ("noussut kysyntä", "koki palvelun heikentyneen"). An age or a
    stretch of time beside it does not change: "väheni kolmessa kuukaudessa".
    """
    clause = told.passage.clause_at(figure.start) if told is not None else None
    if told is None or clause is None or not _may_change(told.passage, figure):
        return None
    own = list(_CHANGES.find(clause.tokens))
    tokens = clause.tokens
    if not own and (before := _goes_on_from(told.passage, clause)) is not None:
        tokens, own = (*before.tokens, *tokens), list(_CHANGES.find(before.tokens))
        clause = before
    own = _between_marks(document, tokens, figure, own)
    if not own:
        return _by_sign(document, clause, figure)
    verbs = {token.start for token in clause.verbs}
    nearest = min(own, key=lambda hit: (hit.start not in verbs, max(hit.start - figure.end, figure.start - hit.end)))
    is_told = _is_told(told.passage, clause, nearest, compared)
    return str(nearest.entry.value) if is_told else None


def _between_marks(document: AnalysedDocument, tokens: Sequence[Token], figure: Span, hits: Sequence[Hit]) -> list[Hit]:
    """Those words of change that no comma and no colon parts from a figure."""
    cuts = [token.start for token in tokens if token.text in CUTS and not _is_ending(document, token)]
    low = max((cut for cut in cuts if cut < figure.start), default=0)
    high = min((cut for cut in cuts if cut >= figure.end), default=tokens[-1].end)
    return [hit for hit in hits if low <= hit.start < high]


def _is_ending(document: AnalysedDocument, token: Token) -> bool:
    return CASE_ENDING.match(document.text, token.start) is not None


CUTS = frozenset(",;:")


def _may_change(passage: Passage, figure: Span) -> bool:
    """Whether a figure can be what changed: no age, no time in which, no place where."""
    own = next((one for one in passage.figures if one.number.start == figure.start), None)
    if own is None or own.kind in ("percent", "money"):
        return True
    behind = [token for token in passage.tokens if token.start >= own.end][:1]
    counted = [token for token in passage.tokens if own.start <= token.start < own.end]
    last = next((token for token in reversed([*counted, *behind]) if token.case is not None), None)
    is_where = last is not None and last.case in ("Ine", "Gen", "Ess")
    return own.kind != "age" and not is_where and not _WITHIN.stand_in(behind)


def _by_sign(document: AnalysedDocument, clause: Clause, figure: Span) -> str | None:
    """The direction that a figure's sign tells of a change: "Muutos oli +4,2 %"."""
    sign = document.text[figure.start]
    if sign not in _SIGNS or not _CHANGED.stand_in(clause.tokens):
        return None
    return _SIGNS[sign]


_SIGNS = {"+": "increase", "-": "decrease", "–": "decrease", "−": "decrease"}


def _goes_on_from(passage: Passage, clause: Clause) -> Clause | None:
    """The clause before, where one only says what it led to, of the same subject: "… laski ja oli 12 %"."""
    before = [one for one in passage.clauses if one.tokens[0].start < clause.tokens[0].start]
    return before[-1] if before and (not clause.verbs or _goes_on(clause)) and clause.opening is None else None


def _is_told(passage: Passage, clause: Clause, change: Hit, compared: DateRecord | None) -> bool:
    """Whether a word of change says of a figure of its clause that it came so."""
    word = next((token for token in clause.tokens if token.start == change.start), None)
    if word is None:
        return True
    than = next(
        (token.start for token in passage.tokens if token.start > word.start and _THAN.stand_in((token,))), None
    )
    is_time = compared is not None or any(than is not None and span.start > than for span in passage.dated)
    if word.text.lower() in _COMPARATIVES.texts and than is not None and not is_time:
        return False
    if word in clause.verbs:
        return clause.negation is None and clause.mood != "Cnd" and not _is_reckoned(word)
    return not ("Part" in word.tag and clause.verbs)


def _is_reckoned(verb: Token) -> bool:
    """Whether "laskettiin" says that something was reckoned: the passive of what also means to fall."""
    return verb.tag.startswith(("VERB.Ind.Past.4", "VERB.Ind.Pres.4")) and _RECKON.stand_in((verb,))


_COMPARATIVES = needs("changes", groups=["comparative"])


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
        words = [*document.tokens_in(record.char_start, record.char_end), *_noun_behind(document, record.char_end)]
        words = [token for token in words if token.case]
        is_start = bool(words) and _is_elative(words) and _has_change(document, sentence)
        if "comparison" in beside or (is_start and "since" not in beside):
            # verrattuna vuoteen 2019, edellisestä vuodesta, vuodesta 2019 vuoteen 2021
            is_goal = bool(opening) and opening[0].case == "Ill"
            found.append((is_goal, record.char_start, record))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _noun_behind(document: AnalysedDocument, offset: int) -> Sequence[Token]:
    """The word right behind a date, where no figure follows that it would name: "syksyn 2021 mittauksesta"."""
    behind = document.tokens_in(offset, offset + LONGEST_NOUN)[:2]
    return behind[:1] if not any(token.pos == "NUM" for token in behind) else ()


LONGEST_NOUN = 40
"""Code points behind a date in which the noun is looked for that it is an attribute of."""


def _is_elative(words: Sequence[Token]) -> bool:
    """Whether a date says from when: "vuodesta 2019", "vuoden 2021 keväästä", "syksyn 2021 mittauksesta"."""
    head = next((token for token in words if token.case != "Gen"), words[0])
    return head.case == "Ela"


def _period(
    document: AnalysedDocument, reading: Reading, figure: Span, told: Told | None, compared: DateRecord | None
) -> str | None:
    """The period of the figure's column; else a date of its sentence, else the one of the label above it."""
    unit = reading.unit
    if unit.cell is not None and unit.table is not None:
        column = columns(document, unit.table).by_index[unit.cell.col]
        if column.period is not None or column.role == "baseline":
            return column.period or "baseline"
        if column.due is not None:
            return column.due[0]
    if told is None:
        return None
    passage = told.passage
    dates = [one for one in _dates_in(document, passage.span) if one != compared and one.char_start in passage.starts]
    found = _dated_by(document, figure, passage, dates)
    if found:
        values = [one.value for one in found]
        return "/".join(values) if not any("XXXX" in value for value in values) else None
    return None if dates or _is_now(passage, figure) else passage.period or _label_above(document, reading)


def _dated_by(
    document: AnalysedDocument, figure: Span, passage: Passage, dates: Sequence[DateRecord]
) -> Sequence[DateRecord]:
    """The date in brackets behind a figure, else that of its clause, else the one that its sentence begins with."""
    beside = next((one for one in dates if _is_bracketed(document, figure, one)), None)
    own = passage.clause_at(figure.start)
    if beside is not None or own is None:
        return [beside] if beside is not None else []
    for clauses in ([own], _same_time(passage, own, figure) if not _is_now(passage, figure) else []):
        inside = [one for one in dates if passage.clause_at(one.char_start) in clauses]
        if clauses != [own] and own.relation == "bracket":
            inside = [one for one in inside if not _is_day(one)]
        if inside:
            return _own_date(document, figure, passage, [one for one in inside if not _is_bound(document, one)])
    return [] if len(dates) > 1 or _is_now(passage, figure) else [one for one in dates if _frames(passage, own, one)]


def _own_date(
    document: AnalysedDocument, figure: Span, passage: Passage, dates: Sequence[DateRecord]
) -> Sequence[DateRecord]:
    """Of the dates of its clause the figure's: the only one, both ends of a range, the nearest one."""
    if len(dates) > 1 and len({one.range_id for one in dates}) == 1 and dates[0].range_id is not None:
        return (dates[0], dates[-1])
    near = [one for one in dates if not _are_parted(passage, figure, one)]
    if len(dates) == 1 and not (_is_now(passage, figure) and not near):
        return dates
    if len(near) == 2 and near[0].char_end <= figure.start <= near[1].char_start:
        near = [one for one in near if not _is_mark_between(document, figure, one)]
    return near if len(near) == 1 else ()


def _is_mark_between(document: AnalysedDocument, figure: Span, date_: DateRecord) -> bool:
    """Whether a comma or "ja" parts a figure from a date."""
    low, high = sorted([(figure.start, figure.end), (date_.char_start, date_.char_end)])
    return any(token.text in ",;" or token.pos == "CCONJ" for token in document.tokens_in(low[1], high[0]))


def _same_time(passage: Passage, own: Clause, figure: Span) -> list[Clause]:
    """The clauses whose dates a figure's clause shares: brackets before it without figures; around brackets, and before
    "joista" and "heistä", the clause that these go on from."""
    told = [passage.clause_at(one.number.start) for one in passage.figures]
    before = [one for one in passage.clauses if one.tokens[0].start < figure.start and one is not own]
    found = [own, *(one for one in before if one.relation == "bracket" and one not in told)]
    outside = [one for one in before if one.relation != "bracket" and one.tokens[0].start < own.tokens[0].start]
    is_joined = own.opening is None or own.opening.pos == "PRON"
    stands_for = is_joined and _STANDS_FOR.stand_in([one for one in own.tokens if one.pos == "PRON"])
    goes_on = own.relation == "bracket" or stands_for
    return [*found, outside[-1]] if outside and goes_on and not _BOUND.stand_in(own.tokens) else found


def _frames(passage: Passage, own: Clause, record: DateRecord) -> bool:
    """Whether the only date of a sentence holds for a clause without one: it begins the sentence, or stands before in a
    clause without figures and is no event's day."""
    clause = passage.clause_at(record.char_start)
    opens = record.char_start - passage.span.start <= OPENING and own.relation == "main"
    tells = any(passage.clause_at(one.number.start) is clause for one in passage.figures)
    is_before = record.char_end <= own.tokens[0].start
    return is_before and (opens or (not tells and not _is_day(record)))


OPENING = 12
"""Code points before a date that begins its sentence: "Jo keväällä 2022"."""


def _is_day(record: DateRecord) -> bool:
    return record.start_date is not None and record.start_date == record.end_date


def _is_bound(document: AnalysedDocument, record: DateRecord) -> bool:
    """Whether a date only bounds a time: "vuoden 2015 jälkeen", "ennen vuotta 2015"."""
    behind = document.tokens_in(record.char_end, record.char_end + 20)[:1]
    before = document.tokens_in(max(0, record.char_start - 20), record.char_start)[-1:]
    return _BOUND.stand_in((*before, *behind))


def _is_now(passage: Passage, figure: Span) -> bool:
    """Whether a figure's clause tells of the time of writing."""
    clause = passage.clause_at(figure.start)
    return clause is not None and _NOW.stand_in(clause.tokens)


def _label_above(document: AnalysedDocument, reading: Reading) -> str | None:
    """The period of the label above a paragraph: a line of its own, or the heading of its section."""
    block = reading.unit.block
    return _periods_of_blocks(document).get(block.start) if block is not None else None


@once_a_document
def _periods_of_blocks(document: AnalysedDocument) -> dict[int, str]:
    """The paragraphs below a label of a period in their section, by where they start, and that period."""
    found: dict[int, str] = {}
    period, section = None, None
    for block in document.blocks:
        current = document.section_at(block.start)
        if current is None:
            continue
        if current is not section:
            section, period = current, period_label(document, current.heading)
        label = period_label(document, Span(block.start, block.end))
        if label is not None:
            period = label
        elif period is not None:
            found[block.start] = period
    return found


def _is_bracketed(document: AnalysedDocument, figure: Span, date_: DateRecord) -> bool:
    """Whether a date stands alone in the brackets right behind a figure: 200 629 (2019)."""
    if date_.char_start < figure.end:
        return False
    between = document.text[figure.end : date_.char_start].strip()
    return between == "(" and document.text[date_.char_end : date_.char_end + 1] == ")"


def _are_parted(passage: Passage, figure: Span, date_: DateRecord) -> bool:
    """Whether another figure stands between a figure and a date."""
    low, high = (date_.char_end, figure.start) if date_.char_end <= figure.start else (figure.end, date_.char_start)
    return any(low <= one.number.start < high for one in passage.figures)
