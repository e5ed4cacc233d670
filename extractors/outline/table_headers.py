"""What a table's heading says of its columns: their roles by the heading's words, their reporting periods by its dates.

What the cells below say is weighed in `tables`; this module looks at headings alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extractors.document import AnalysedDocument, Cell, Span, Table, Token, covering, once_a_document
from extractors.grammar.calendar import Days, interval, value
from extractors.outline.enumerators import enumerator, prefix_kinds
from extractors.outline.labels import is_period_label, only_state, period_days, squeeze
from extractors.outline.period_codes import roman_period
from extractors.readings import cell_tokens, points_in
from lexicons import Hit, needs

_COLUMNS = needs("table_columns")
_TRANSPARENT = needs("cell_words", "transparent")
_UNITS = needs("units", groups=["count", "money", "duration"])
_ORIGINAL = needs("goal_introductions", "original")

MAX_HEADER_ROWS = 3

HEADING = 120
"""Code points of a column's heading; longer texts are cells."""

NAMES_ROLE = 0.5
"""Weight from which a heading's words name a column's role."""

TELLS_ORIGINAL = 0.4
"""Weight of words for the original application from which a column of goals holds its goals."""

SPEAKS_OF_ORIGINAL = 0.8
"""Weight of such words in headings of other columns from which on a table is of the original application."""

MODIFIER = 0.35
"""What a genitive counts that stands before the heading's head noun (hyötytavoitteen mittari)."""

_VALUES = frozenset(("readiness", "status", "results", "indicator"))
"""Roles whose words may stand beside a date in a period's heading: "Valmiusaste 5/21"."""

_EMPTY = regex.compile(r"[-–—−\s]*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its heading names it: its role and how surely (0..1), and where it is a reporting period's, the
    period, its days, the words that name it, and the role of what it values ("Valmiusaste 5/21": readiness). `due` is
    the time that the heading of a target names, its value and its days. `others` are roles that its words name too."""

    role: str | None = None
    weight: float = 0.0
    period: str | None = None
    days: Days | None = None
    text: str = ""
    value: str | None = None
    due: tuple[str, Days | None] | None = None
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table and the number of heading rows above its body."""

    by_index: tuple[Column, ...]
    n_rows: int


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: no words, or only a dash."""
    return _EMPTY.fullmatch(text) is not None


def filled(document: AnalysedDocument, cell: Cell | None) -> Cell | None:
    """A cell that says something; else None."""
    return cell if cell is not None and not is_empty(cell.text(document.text)) else None


def role_weights(tokens: Sequence[Token]) -> dict[str, float]:
    """How surely a heading's words name each role, 0..1: the head noun counts fully, a genitive before it less."""
    words = [token for token in tokens if token.is_word]
    if len(words) > 1 and (spelled := _by_letters(words, part=False)):
        return spelled
    weights: dict[str, float] = defaultdict(float)
    covered: set[int] = set()
    hits = list(_COLUMNS.find(words))
    for hit in hits:
        if any(_holds(other, hit) for other in hits):
            continue  # tilanne, within tilanne ennen
        covered.update(range(hit.first, hit.last + 1))
        weights[hit.entry.id] = max(weights[hit.entry.id], hit.term.weight * _share(words, hit.last))
    for index, token in enumerate(words):
        for entry, term in _COLUMNS.of_word(token.compound_parts[-1]) if token.compound_parts else ():
            if index not in covered:
                weights[entry.id] = max(weights[entry.id], term.weight * _share(words, index))
    if "goal" in weights and "original_goal" not in weights:
        original = sum(hit.term.weight for hit in _ORIGINAL.find(words))
        if original >= TELLS_ORIGINAL:
            weights["original_goal"] = weights.pop("goal")
    return dict(weights) or _by_letters(words, part=True)


def _holds(longer: Hit, hit: Hit) -> bool:
    return longer.first <= hit.first and hit.last <= longer.last and longer.last - longer.first > hit.last - hit.first


SPELLED = 6
"""Letters of a term from which on it is also known where its spaces or dots are lost: LAHTO TILANNE."""


def _by_letters(words: Sequence[Token], *, part: bool) -> dict[str, float]:
    """The role of the longest term that is a heading letter by letter, or a `part` of it."""
    letters = squeeze("".join(token.text for token in words))
    fitting = (one for one in _spelled_terms() if (one[0] in letters if part else one[0] == letters))
    return next(({role: weight} for _, role, weight in fitting), {})


@cache
def _spelled_terms() -> tuple[tuple[str, str, float], ...]:
    """The letters of the terms long enough to be known by them, each with its role and weight; the longest first."""
    named = [(squeeze(term.text), entry.id, term.weight) for entry in _COLUMNS.entries for term in entry.terms]
    return tuple(sorted((one for one in named if len(one[0]) >= SPELLED), key=lambda one: -len(one[0])))


def _share(words: Sequence[Token], index: int) -> float:
    behind = words[index + 1 :]
    if words[index].case == "Gen" and behind:
        return 1.0 if _TRANSPARENT.stand_in(behind[:1]) else MODIFIER
    asks = words[index].case == "Par" and any(word.pos == "VERB" for word in behind)  # Miten edistymistä mitataan
    return MODIFIER if asks else 1.0


_STEM = 3
"""First letters of a word that it keeps in a compound: tieto, tiedonkeruu."""


def makes_compound(first: Token, second: Token, role: str | None) -> bool:
    """Whether two words make one that names a role: tietojen and keruu, tiedonkeruu."""
    end = second.lemma.lower()
    return any(
        term.text.endswith(end) and len(term.text) > len(end) and term.text.startswith(first.lemma.lower()[:_STEM])
        for entry in _COLUMNS.entries
        if entry.id == role
        for term in entry.terms
    )


@once_a_document
def header(document: AnalysedDocument, table: Table) -> Header:
    """A table's heading, or its columns as its reader knew them."""
    if table.roles is not None:
        return Header(tuple(Column(role, 1.0) for role in table.roles), 0)
    found = [Column() for _ in range(table.n_cols)]
    widths = [1] * table.n_cols
    n_rows = 0
    for row in table.rows[:MAX_HEADER_ROWS]:
        labels = _told_by_time(document, [(cell, _label(document, cell)) for cell in row if cell.spans])
        labels = _told_by_state(document, labels) if not n_rows else labels
        if not labels or not _is_heading(document, table, n_rows, labels):
            break
        n_rows += 1
        for cell, label in _spread(document, table, labels) if n_rows == 1 else labels:
            for index in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                if label is not None:
                    found[index] = _merged(found[index], label, widths[index])
                    widths[index] = cell.col_span
    return Header(tuple(_of_application(document, table, _told_apart(found), n_rows)), n_rows)


def _told_by_time(
    document: AnalysedDocument, labels: list[tuple[Cell, Column | None]]
) -> list[tuple[Cell, Column | None]]:
    """A heading row in which the same words stand with another time each: "Tehty, syksy 2022", "Tehty, kevät 2022".

    They are the reporting periods of what was got done, whatever the words.
    """
    timed = [(place, *_time_of(document, cell)) for place, (cell, one) in enumerate(labels) if _may_be_timed(one)]
    named = [(place, words, period) for place, words, period in timed if period is not None and words]
    alike = [one for one in named if sum(one[1] == other[1] for other in named) > 1]
    if len({period.period for _, _, period in alike}) < len(alike) or not alike:
        return labels
    periods = {place: period for place, _, period in alike}
    return [(cell, periods.get(place, one)) for place, (cell, one) in enumerate(labels)]


IN_STATE = "in_state"
"""The role of a column that a state heads: its cells hold the deeds in that state."""

STATE_MARK = "state_mark"
"""The role of such a column whose cells are but marks: the deed beside it is in that state."""

FEWEST_STATES = 2
"""Different states that a row of headings must name for each to head a column."""


def _told_by_state(
    document: AnalysedDocument, labels: list[tuple[Cell, Column | None]]
) -> list[tuple[Cell, Column | None]]:
    """A heading row in which several cells are states: "Tavoite | Valmista | Kesken | Tulossa"."""
    states: dict[int, str] = {}
    for place, (cell, label) in enumerate(labels):
        tokens = cell_tokens(document, cell)
        is_free = label is None or (label.period is None and label.weight < SURE)
        state = only_state(tokens)
        if is_free and state is not None:
            states[place] = state
    if len(set(states.values())) < FEWEST_STATES:
        return labels
    named = {place: Column(IN_STATE, 1.0, value=state) for place, state in states.items()}
    return [(cell, named.get(place, label)) for place, (cell, label) in enumerate(labels)]


def _may_be_timed(label: Column | None) -> bool:
    return label is None or (label.period is None and label.role not in _DATED)


def _time_of(document: AnalysedDocument, cell: Cell) -> tuple[str, Column | None]:
    """The words of a heading without its one time, squeezed, and the period that this is."""
    points = [item for item in points_in(document, cell.start, cell.end) if item.end is None]
    days = interval(points[0].begin) if len(points) == 1 else None
    if days is None or len(document.cell_wording(cell)) > HEADING:
        return "", None
    span = points[0].span
    words = squeeze(document.text[cell.start : span.start] + document.text[span.end : cell.end])
    return words, Column("period", 1.0, value(points[0].begin), days, span.of(document.text), "results")


def _told_apart(found: Sequence[Column]) -> list[Column]:
    """Columns of which two name the same role: the less sure one, else the later, has another that its words name and
    that no column has. "Kehittämiskohde" is a project's column beside "Palvelukokonaisuus"."""
    result = list(found)
    for index, column in sorted(enumerate(found), key=lambda item: (item[1].weight, -item[0])):
        held = [other.role for place, other in enumerate(result) if place != index]
        free = [(weight, role) for role, weight in column.others if role not in held]
        if column.role in held and free:
            weight, role = max(free)
            result[index] = replace(column, role=role, weight=weight)
    return result


_UMBRELLA = ("results", "status", "readiness")
"""Roles whose heading may stand over several periods."""


def _spread(
    document: AnalysedDocument, table: Table, labels: list[tuple[Cell, Column | None]]
) -> list[tuple[Cell, Column | None]]:
    """The first heading row of a text that does not tell which of its cells is merged.

    Its reader gives what is left of the width to the last cell; where that heads a column of its own, a baseline or a
    target, and periods stand below, the one heading of values before it covers them.
    """
    last, label = labels[-1]
    wide = [place for place, (_, one) in enumerate(labels[:-1]) if one is None or one.role in _UMBRELLA]
    if last.col_span == 1 or label is None or label.role not in ("goal", "target", "baseline") or len(wide) != 1:
        return labels
    below = table.rows[1] if len(table.rows) > 1 else ()
    first, more = labels[wide[0]][0].col, last.col_span - 1
    dated = [cell.col for cell in below if (one := _label(document, cell)) is not None and one.period]
    if not set(range(first, first + more + 1)) <= set(dated):
        return labels
    moved = [(replace(cell, col=cell.col + more), one) for cell, one in labels[wide[0] + 1 : -1]]
    umbrella = (replace(labels[wide[0]][0], col_span=1 + more), labels[wide[0]][1])
    return [*labels[: wide[0]], umbrella, *moved, (replace(last, col=last.col + more, col_span=1), label)]


def _of_application(document: AnalysedDocument, table: Table, found: list[Column], n_rows: int) -> list[Column]:
    """The columns; where a heading speaks of the application and no period is reported, its goals are the original."""
    roles = [column.role for column in found]
    if "original_goal" in roles or "goal" not in roles or any(column.period for column in found):
        return found
    words = [token for row in table.rows[:n_rows] for cell in row for token in cell_tokens(document, cell)]
    if sum(hit.term.weight for hit in _ORIGINAL.find(words)) < SPEAKS_OF_ORIGINAL:
        return found
    return [replace(column, role="original_goal") if column.role == "goal" else column for column in found]


def _merged(above: Column, label: Column, width: int) -> Column:
    """A column by two heading rows: a period below names it, unless a heading of its own (`width` 1) stands above; a
    role that is surer stays."""
    if label.period is not None and above.role in (("baseline", "target") if width > 1 else _DATED):
        return replace(above, due=(label.period, label.days))
    if label.period is not None and above.role == "goal":
        return replace(label, value=label.value or "goal")
    if label.period is None and above.period is not None:
        return above
    if label.period is None and label.weight < above.weight:
        return above
    return label


def _is_heading(
    document: AnalysedDocument, table: Table, number: int, labels: Sequence[tuple[Cell, Column | None]]
) -> bool:
    """Whether a row is part of the heading: most of its cells are labels; below the first row, all that are filled."""
    known = sum(label is not None and (label.role is not None) for _, label in labels)
    if any(len(document.cell_wording(cell)) > HEADING for cell, _ in labels):
        return False
    if number:
        above = table.rows[number - 1]
        is_second = any(cell.col_span > 1 for cell in above) or len([c for c in above if c.spans]) < table.n_cols
        return is_second and all(label is not None and (label.period or label.role) for _, label in labels)
    if len(labels) == 1 and table.n_cols > 1:
        return False
    return known * 2 >= len(labels)


FEWEST_NAMED = 2
"""Cells of a row below the header that must name their columns by one word for it to be a heading."""


def is_heading_row(document: AnalysedDocument, row: Sequence[Cell]) -> bool:
    """Whether a row anywhere in a table heads what stands below it: all its cells are labels, and no two alike."""
    labels = heading_labels(document, row)
    roles = [label.period or label.role for label in labels if label is not None]
    if len(roles) < len(labels) or len(set(roles)) < len(roles):
        return False
    sure = [label for label in labels if label is not None and label.weight >= SURE and " " not in label.text]
    return len(sure) >= FEWEST_NAMED


def heading_labels(document: AnalysedDocument, cells: Sequence[Cell]) -> list[Column | None]:
    """What each filled cell says as a heading; None where it is no label."""
    return [_label(document, cell) for cell in cells if cell.spans]


def role_of(document: AnalysedDocument, cell: Cell) -> str | None:
    """The role that a cell names as a heading does."""
    label = _label(document, cell)
    return label.role if label is not None else None


SURE = 0.9
"""Weight from which a heading's word names its column, whatever stands below it."""


def _label(document: AnalysedDocument, cell: Cell) -> Column | None:
    """What a heading's cell says: a period, or the role of its column."""
    tokens = cell_tokens(document, cell)
    text = document.cell_wording(cell)
    if len(text) > HEADING:
        return None
    weights = role_weights(tokens)
    best = max(weights, key=lambda role: weights[role], default=None)
    if best is not None and weights[best] < NAMES_ROLE:
        best = None
    period = _period(document, cell, tokens, best)
    if period is not None:
        return period
    if enumerator(text) is not None:
        return None  # TP 1. Vastaanotot
    if best is None and prefix_kinds().get(text.lower()) == "national":
        return Column("benefit_goal", 1.0, text=text)  # HT
    if best is None:
        return None
    others = tuple((role, weight) for role, weight in weights.items() if role != best and weight >= NAMES_ROLE)
    return Column(best, weights[best], text=text, due=_due(document, cell) if best in _DATED else None, others=others)


_DATED = ("baseline", "target", "goal")
"""Roles of columns that a time in their heading does not make a reporting period's."""


def _due(document: AnalysedDocument, cell: Cell) -> tuple[str, Days | None] | None:
    """The time that a target's heading names: "Tavoite 12/2022"."""
    dated = [item.begin for item in points_in(document, cell.start, cell.end) if interval(item.begin) is not None]
    return (value(dated[0]), interval(dated[0])) if dated else None


def _period(document: AnalysedDocument, cell: Cell, tokens: Sequence[Token], role: str | None) -> Column | None:
    """The reporting period that a heading names: one date, and words of reporting or of a value beside it."""
    if role not in (None, *_VALUES):
        return None
    if numbered := _roman_period(document, cell):
        return numbered
    points = [item for item in points_in(document, cell.start, cell.end) if item.end is None]
    dated = [item for item in points if interval(item.begin) is not None]
    if len(dated) == 1:
        point, span = dated[0].begin, dated[0].span
        beside = [token for token in tokens if token.start not in range(*span) and not _UNITS.stand_in((token,))]
        words = [token for token in beside if token.is_word or token.pos == "NUM"]
        if role is not None or not words or is_period_label(words) or _is_bracketed(document, cell, span):
            return Column("period", 1.0, value(point), interval(point), span.of(document.text), role)
    text = document.cell_wording(cell)
    if role is None:
        short = period_days(text)
    else:  # Valmiusaste K22, Tilanne (S-21)
        said = text.rstrip(" )").replace("(", " ").split()
        ends = (" ".join(said[-count:]) for count in (1, 2))
        short, text = next(((found, end) for end in ends if (found := period_days(end))), (None, text))
    return Column("period", 1.0, *short, text, role) if short is not None else None


BESIDE_BRACKETS = 3
"""Words that may stand before a period in brackets: "Nyt (6/2022)"."""


def _is_bracketed(document: AnalysedDocument, cell: Cell, period: Span) -> bool:
    """Whether a heading is a few words and a period in brackets."""
    before, behind = document.text[cell.start : period.start].rstrip(), document.text[period.end : cell.end].strip()
    return before.endswith("(") and behind == ")" and len(before.split()) <= BESIDE_BRACKETS + 1


def _roman_period(document: AnalysedDocument, cell: Cell) -> Column | None:
    """I/2021 as a half-year or a month, in a document that counts so."""
    text = document.cell_wording(cell)
    point = roman_period(document, text)
    return Column("period", 1.0, value(point), interval(point), text) if point is not None else None


def cell_at(row: tuple[Cell, ...], index: int | None) -> Cell | None:
    """The cell of a row that covers a column."""
    return covering(row, index) if index is not None else None
