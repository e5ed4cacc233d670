"""What a table is: its columns by their headings and their cells, decided together, and its kind by all of them.

A heading may say nothing, or a word that fits several roles; what stands below it then decides: percents and stages,
codes of goals, states, months, long clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

import regex

from extractors.document import AnalysedDocument, Cell, Table, once_a_document
from extractors.grammar.calendar import Days
from extractors.outline.enumerators import enumerator
from extractors.outline.labels import state_label, state_of
from extractors.outline.national_goals import heading_goals
from extractors.outline.numbering import goals_in
from extractors.outline.table_headers import IN_STATE, STATE_MARK, SURE, Column, cell_at, header, is_empty, role_of
from extractors.readings import cell_tokens, points_in
from lexicons import needs

_PERCENT = needs("numbering", "percent")

Kind = Literal["readiness", "goals", "deeds", "indicators", "projects", "original_goals", "other"]

MOST = 0.5
"""Share of a column's filled cells that must be of a kind for the column to be taken for it."""

FEWEST_GOALS = 0.5
"""Share of a table's rows that must open with a goal's number for a column without a telling heading to hold goals."""

LONG = 60
"""Code points of a cell on average from which a column holds clauses."""

CODE = regex.compile(r"(?:(?:\p{Lu}{1,3}[\s.-]?\d{1,3}|\d{1,2}\.\d{1,2})(?:\.\d{1,3})*|\d{1,2}[a-h])\.?")
"""A cell that holds a goal's code and nothing else."""

_VALUES = ("readiness", "baseline", "target", "results", "status", "source", "schedule", "responsible")


@cache
def _figure() -> regex.Pattern[str]:
    """A cell that is a figure, with what may stand around it: noin 60 % (arvio)."""
    number = r"(?:\p{L}{1,8}\.?\s*)?[<>≤≥~]?\s*[-−+]?\d[\d\s.,–-]*"
    return regex.compile(rf"{number}\s*(?:%.*|{_PERCENT.pattern}.*|/\s*\d+)?(?:\s*\(.*\))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period whose column is filled."""

    days: Days
    text: str


@dataclass(frozen=True)
class Columns:
    """The columns of a table, the number of heading rows above its body, and the table's kind."""

    by_index: tuple[Column, ...]
    n_header: int
    kind: Kind

    def role(self, *roles: str) -> int | None:
        """The index of the first column of a role; of several roles the first that the table has."""
        return next((self._first[role] for role in roles if role in self._first), None)

    @cached_property
    def _first(self) -> dict[str | None, int]:
        """By role the index of its first column."""
        return {column.role: index for index, column in reversed(list(enumerate(self.by_index)))}

    def has(self, *roles: str) -> bool:
        return all(self.role(role) is not None for role in roles)

    @property
    def periods(self) -> list[tuple[int, Column]]:
        return [(index, column) for index, column in enumerate(self.by_index) if column.period is not None]


@once_a_document
def columns(document: AnalysedDocument, table: Table) -> Columns:
    """The columns of a table and its kind."""
    top = header(document, table)
    body = [row for row in _body(document, table, top.n_rows) if not is_group(document, table, row)]
    found = list(top.by_index)
    for index, column in enumerate(found):
        cells = [cell for row in body if (cell := _own_cell(row, index)) is not None]
        found[index] = _by_cells(document, column, cells, len(body))
    found = _states_of_deeds(document, _by_state(document, found, body), body)
    found = _one_goal_column(document, _goals_beside_codes(document, found, body), body)
    found = _named_by_corner(document, table, found, body)
    found = _targets(document, _by_figures(document, found, body), body)
    found = _indicator_of_projects(_project_rows(found), body)
    return Columns(tuple(found), top.n_rows, _kind(found))


def _own_cell(row: Sequence[Cell], index: int) -> Cell | None:
    cell = cell_at(tuple(row), index)
    return cell if cell is not None and cell.col == index else None


def _by_cells(document: AnalysedDocument, column: Column, cells: Sequence[Cell], n_rows: int) -> Column:
    """A column with the role that its cells show where its heading does not tell, or tells little."""
    filled = [cell for cell in cells if not is_empty(cell.text(document.text))]

    def most(test: list[bool]) -> bool:
        return bool(filled) and sum(test) >= MOST * len(filled)

    if column.role in _MAY_BE_PACKAGE and most([is_package(document, cell) for cell in filled]):
        return replace(column, role="work_package", weight=1.0)
    is_sure = column.weight >= 0.9 and column.role not in ("goal", "status")
    if column.period is not None or is_sure or (column.role in _VALUES and column.role != "status") or not filled:
        return column
    if most([_is_national(document, cell) for cell in filled]):
        return replace(column, role="benefit_goal", weight=1.0)
    texts = [cell.text(document.text).strip() for cell in filled]
    is_coded = most([CODE.fullmatch(text) is not None for text in texts]) or _are_letters(texts)
    if is_coded and column.role != "scale":
        return replace(column, role="code", weight=1.0)
    if most([bool(goals_in(document, cell.start, cell.end)) for cell in filled]) and column.role in (
        None,
        "deed",
        "status",
    ):
        return replace(column, role="goal", weight=0.9)
    if column.role is not None:
        return column
    if most([state_label(cell_tokens(document, cell)) is not None for cell in filled]):
        return replace(column, role="status", weight=0.6)
    if most(
        [bool(points_in(document, cell.start, cell.end)) and len(cell.text(document.text)) < 40 for cell in filled]
    ):
        return replace(column, role="schedule", weight=0.5)
    return column


def _states_of_deeds(document: AnalysedDocument, found: list[Column], body: Sequence[Sequence[Cell]]) -> list[Column]:
    """In a table of deeds without a column of states, the column without a telling heading whose cells name states in
    whatever words: "vakiintunut", "käyttöönotto kesken", "luovuttiin"."""
    roles = [column.role for column in found]
    if "deed" not in roles or {"status", "readiness", "risk"} & set(roles) or any(column.period for column in found):
        return found
    for index in range(roles.index("deed") + 1, len(found)):
        filled = [cell for cell in _held(body, index) if not is_empty(cell.text(document.text))]
        named = [state_of(cell_tokens(document, cell)) is not None for cell in filled]
        is_short = sum(len(cell.text(document.text)) for cell in filled) < LONG * len(filled)
        if roles[index] is None and is_short and sum(named) >= MOST * len(filled):
            return [replace(c, role="status", weight=0.6) if i == index else c for i, c in enumerate(found)]
    return found


def _by_state(document: AnalysedDocument, found: list[Column], body: Sequence[Sequence[Cell]]) -> list[Column]:
    """Columns that states head: of deeds; of marks beside a deed; of figures, which are no state's."""
    places = [index for index, column in enumerate(found) if column.role == IN_STATE]
    texts = [text for index in places for cell in _held(body, index) if not is_empty(text := cell.text(document.text))]
    if not texts:
        return found
    n_marks = sum(len(text.strip()) <= MARK for text in texts)
    n_worded = sum(" " in text.strip() and _figure().match(text) is None for text in texts)
    role = STATE_MARK if n_marks > MOST * len(texts) else IN_STATE if n_worded > MOST * len(texts) else None
    return [replace(column, role=role) if index in places else column for index, column in enumerate(found)]


MARK = 2
"""Code points of a cell that is but a mark: x, ✓, ●."""


def _are_letters(texts: Sequence[str]) -> bool:
    """Whether cells hold capitals that follow each other in the alphabet and nothing else: A, B, B, C; no crosses."""
    letters = sorted({text.rstrip(".)") for text in texts})
    follow = all(len(one) == 1 and one.isupper() for one in letters)
    return follow and len(letters) > 1 and ord(letters[-1]) - ord(letters[0]) < len(letters)


_MAY_BE_PACKAGE = (None, "project", "development_area", "code")
"""Roles of columns whose cells may tell that they hold work packages: "Osahanke" over "TP 1 Vastaanotot"."""


def is_package(document: AnalysedDocument, cell: Cell) -> bool:
    """Whether a cell opens with a work package's number: "TP 1 Vastaanotot"."""
    found = enumerator(document.text, cell.start, cell.end)
    return found is not None and found.prefix_kind == "package"


def _is_national(document: AnalysedDocument, cell: Cell) -> bool:
    """Whether a cell opens with a national goal's number and its word or abbreviation: HT2, Hyötytavoite 2."""
    found = enumerator(document.text, cell.start, cell.end)
    return found is not None and found.prefix_kind == "national"


def _one_goal_column(document: AnalysedDocument, found: list[Column], body: Sequence[Sequence[Cell]]) -> list[Column]:
    """Where no heading names the goals of a readiness table: the column whose cells carry goals' numbers."""
    roles = {column.role for column in found}
    if roles & {"goal", "original_goal", "project", "indicator"} or not any(
        c.period or c.role == "readiness" for c in found
    ):
        return found
    for index in range(min(3, len(found))):
        cells = [cell for row in body if (cell := _own_cell(row, index)) is not None and cell.spans]
        coded = sum(bool(goals_in(document, cell.start, cell.end)) for cell in cells)
        if body and coded >= FEWEST_GOALS * len(body) and found[index].period is None:
            return [replace(c, role="goal", weight=0.8) if i == index else c for i, c in enumerate(found)]
    return found


def _goals_beside_codes(
    document: AnalysedDocument, found: list[Column], body: Sequence[Sequence[Cell]]
) -> list[Column]:
    """In a table of codes and values, the column between them that holds words, whatever its heading: the goals."""
    roles = [column.role for column in found]
    values = [index for index, column in enumerate(found) if column.period or column.role in ("readiness", "status")]
    if "code" not in roles or not values or {"goal", "original_goal", "indicator", "project", "deed"} & set(roles):
        return found
    worded = [
        index
        for index in range(min(values))
        if roles[index] in (None, "note") and not _holds_figures(document, body, index) and _is_filled(body, index)
    ]
    if not worded:
        return found
    place = max(worded, key=lambda index: sum(len(cell.text(document.text)) for cell in _held(body, index)))
    return [replace(c, role="goal", weight=0.8) if i == place else c for i, c in enumerate(found)]


def _held(body: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    return [cell for row in body if (cell := _own_cell(row, index)) is not None and cell.spans]


def _is_filled(body: Sequence[Sequence[Cell]], index: int) -> bool:
    return len(_held(body, index)) > MOST * len(body)


_UNSURE = (None, "status", "results", "note")
"""Roles that a column of figures beside an indicator does not have, whatever its heading seems to say."""


def _project_rows(found: list[Column]) -> list[Column]:
    """The projects and results of a table whose other columns are those of project rows."""
    roles = [column.role for column in found]
    result = list(found)
    if "development_area" in roles and "goal" in roles and {"indicator", "results", "source"} & set(roles):
        area, goal = roles.index("development_area"), roles.index("goal")
        between = [index for index in range(area + 1, goal) if roles[index] in (None, "development_area")]
        if "project" not in roles and between:
            result[between[0]] = replace(found[between[0]], role="project", weight=0.6)
    roles = [column.role for column in result]
    if "project" in roles and "results" not in roles and roles.count("status") == 1:
        place = roles.index("status")
        result[place] = replace(result[place], role="results")
    return result


def _indicator_of_projects(found: list[Column], body: Sequence[Sequence[Cell]]) -> list[Column]:
    """In a table of projects with goals the one column that no heading names, filled, between these and the results:
    what shows the change."""
    roles = [column.role for column in found]
    if not {"project", "goal"} <= set(roles) or "indicator" in roles:
        return found
    first = min(roles.index("project"), roles.index("goal"))
    results = [index for index, column in enumerate(found) if column.period or column.role == "results"]
    unnamed = [index for index in range(first + 1, min(results, default=len(found))) if roles[index] is None]
    if len(unnamed) != 1 or not _is_filled(body, unnamed[0]):
        return found
    return [replace(c, role="indicator", weight=0.6) if i == unnamed[0] else c for i, c in enumerate(found)]


FEWEST_PERIODS = 2
"""Columns of periods beside names without a heading from which on these are indicators."""


def _named_by_corner(
    document: AnalysedDocument, table: Table, found: list[Column], body: Sequence[Sequence[Cell]]
) -> list[Column]:
    """What stands under the empty corner of a table of figures by period is measured: its first column's indicators."""
    periods = [index for index, column in enumerate(found) if column.period is not None]
    corner = table.at(0, 0)
    is_empty_corner = corner is None or is_empty(corner.text(document.text))
    is_plain = {column.role for column in found} <= {None, "period", "note"} and found[0].period is None
    if not (is_empty_corner and is_plain) or len(periods) < FEWEST_PERIODS or not _is_filled(body, 0):
        return found
    if _holds_figures(document, body, 0) or not all(_holds_figures(document, body, index) for index in periods):
        return found
    return [replace(found[0], role="indicator", weight=0.6), *found[1:]]


def _by_figures(document: AnalysedDocument, found: list[Column], body: Sequence[Sequence[Cell]]) -> list[Column]:
    """Indicators, their baselines and targets where the headings' words do not tell: by where the figures stand.

    What stands right before the first figures of a table with a baseline is the indicator; of the columns of figures
    beside an indicator that are no period's, the one before the periods is the baseline, another the target.
    """
    periods = [index for index, column in enumerate(found) if column.period is not None]
    if not periods:
        return found
    result = _with_indicator(found)
    indicator = next((index for index, column in enumerate(result) if column.role == "indicator"), None)
    if indicator is None:
        return found
    for index in range(indicator + 1, len(result)):
        column, held = result[index], {column.role for column in result}
        if column.period is not None or column.role not in _UNSURE or not _holds_figures(document, body, index):
            continue
        role = "baseline" if "baseline" not in held and index < min(periods) else "target"
        if role not in held:
            result[index] = replace(column, role=role, weight=0.6)
    return result


def _with_indicator(found: Sequence[Column]) -> list[Column]:
    """The columns, what stands before the first figures taken for the indicator where a baseline tells of one."""
    result = list(found)
    roles = [column.role for column in found]
    if "indicator" in roles or not {"baseline", "target"} & set(roles):
        return result
    first = min(index for index, column in enumerate(found) if column.period or column.role in ("baseline", "target"))
    named = [
        index for index in range(first) if roles[index] in (*_UNSURE, "goal", "deed") and found[index].weight < SURE
    ] or [index for index in range(first) if roles[index] == "goal"]
    if named:
        result[named[-1]] = replace(found[named[-1]], role="indicator", weight=0.6)
    return result


def _holds_figures(document: AnalysedDocument, body: Sequence[Sequence[Cell]], index: int) -> bool:
    cells = [cell for row in body if (cell := _own_cell(row, index)) is not None]
    texts = [text for cell in cells if not is_empty(text := document.cell_wording(cell))]
    return bool(texts) and sum(map(_is_figure, texts)) > MOST * len(texts)


def _is_figure(text: str) -> bool:
    """Whether a cell opens with a figure, and not with a goal's code over its words."""
    code = CODE.match(text)
    return _figure().match(text) is not None and (
        code is None or not text[code.end() : code.end() + 2].strip().isalpha()
    )


def _holds_codes(document: AnalysedDocument, body: Sequence[Sequence[Cell]], index: int) -> bool:
    """Whether a column's cells open with the numbers of process goals."""
    cells = [cell for row in body if (cell := _own_cell(row, index)) is not None and cell.spans]
    return any(goals_in(document, cell.start, cell.end) for cell in cells)


def _targets(document: AnalysedDocument, found: list[Column], body: Sequence[Sequence[Cell]]) -> list[Column]:
    """In a table of indicators a column of figures under a word for goal holds targets, one of texts the goals that the
    indicators are for."""
    roles = [column.role for column in found]
    if "project" in roles and "goal" not in roles:
        return [replace(column, role="goal") if column.role == "target" else column for column in found]
    if "indicator" not in roles:
        return found
    result = list(found)
    serves_goals = not {"benefit_goal", "project", "development_area"} & set(roles)
    is_follow_up = [column.period is not None and column.value != "goal" for column in found]
    for index, column in enumerate(found):
        if column.value == "goal" and any(is_follow_up):
            due = (str(column.period), column.days)
            result[index] = replace(column, role="target", period=None, days=None, value=None, due=due)
        elif column.role == "goal" and _holds_figures(document, body, index):
            result[index] = replace(column, role="target")
        elif column.role == "goal" and serves_goals and not _holds_codes(document, body, index):
            result[index] = replace(column, role="benefit_goal")
    return result


def _kind(found: Sequence[Column]) -> Kind:
    """The best reading of all columns together."""
    roles = {column.role for column in found}
    values = any(column.period is not None for column in found) or "readiness" in roles
    if roles & {"risk", "contact"}:
        return "other"
    if "goal" in roles and "indicator" not in roles and any(column.value == "readiness" for column in found):
        return "goals" if "deed" in roles else "readiness"
    if "project" in roles and roles & {"development_area", "results", "goal", "indicator"}:
        return "projects"
    if "original_goal" in roles:
        return "original_goals"
    if "indicator" in roles and (values or roles & {"baseline", "target"}):
        return "indicators"
    if "deed" in roles and roles & {"goal", "code"} and (values or roles & {"status", "responsible", "schedule"}):
        return "goals"
    if roles & {IN_STATE, STATE_MARK} and (IN_STATE in roles or "deed" in roles):
        return "goals" if roles & {"goal", "code"} else "deeds"
    if roles & {"goal", "code"} and values:
        return "readiness"
    if "deed" in roles and roles & {"status", "responsible", "schedule", "readiness", "results"}:
        return "deeds"
    if roles & {"goal", "code"} and "status" in roles:
        return "readiness"
    if "goal" in roles and roles & {"benefit_goal", "work_package"} and not roles & {"deed", "indicator"}:
        return "goals"
    return "other"


def _body(document: AnalysedDocument, table: Table, n_header: int) -> list[tuple[Cell, ...]]:
    above = {_row_text(document, row) for row in table.rows[:n_header]}
    return [row for row in table.rows[n_header:] if _row_text(document, row) not in above]


@once_a_document
def body_rows(document: AnalysedDocument, table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The rows below the header; a header that a page break repeats is left out."""
    return tuple(_body(document, table, header(document, table).n_rows))


def _row_text(document: AnalysedDocument, row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(cell.text(document.text) for cell in row)


def kind(document: AnalysedDocument, table: Table) -> Kind:
    return columns(document, table).kind


def is_project_table(document: AnalysedDocument, table: Table) -> bool:
    return kind(document, table) == "projects"


def is_indicator_table(document: AnalysedDocument, table: Table) -> bool:
    return kind(document, table) == "indicators"


def is_status_table(document: AnalysedDocument, table: Table) -> bool:
    """Whether a table gives the readiness of process goals by period."""
    return kind(document, table) in ("readiness", "goals")


def period_cells(document: AnalysedDocument, table: Table, row: tuple[Cell, ...]) -> Iterator[tuple[Column, Cell]]:
    """The filled period, baseline and target cells of a row; a merged cell takes its first such column."""
    layout = columns(document, table)
    for cell in row:
        if not cell.spans or is_empty(cell.text(document.text)):
            continue
        for index in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
            column = layout.by_index[index]
            if column.period is not None or column.role in ("baseline", "target"):
                yield column, cell
                break


def filled_periods(document: AnalysedDocument, table: Table) -> Iterator[Period]:
    """The reporting periods under which a status or indicator table has anything."""
    if kind(document, table) not in ("readiness", "goals", "indicators"):
        return
    for row in body_rows(document, table):
        for column, _ in period_cells(document, table, row):
            if column.days is not None:
                yield Period(column.days, column.text)


@once_a_document
def group_cell(document: AnalysedDocument, table: Table, row: tuple[Cell, ...]) -> Cell | None:
    """The cell by which a row heads those below it: the only filled one, over several columns or in a table of more
    than two; or the one that fills the row behind the word for it ("Tavoite | P2 Jonot lyhenevät"). None: no such row.
    """
    filled = [cell for cell in row if cell.spans and not is_empty(cell.text(document.text))]
    if not filled or filled[0].row != row[0].row:
        return None
    last = filled[-1]
    if len(filled) == 1:
        return last if table.n_cols > 2 or 1 < table.n_cols == last.col_span else None
    is_wide = last.col_span > 1 and last.col + last.col_span == table.n_cols
    if len(filled) > 2 or not is_wide or role_of(document, filled[0]) != "goal":
        return None
    return last


def is_group(document: AnalysedDocument, table: Table, row: tuple[Cell, ...]) -> bool:
    """Whether a row heads those below it."""
    return group_cell(document, table, row) is not None


def heading_cells(document: AnalysedDocument, table: Table) -> Iterator[tuple[Cell, tuple[int, ...]]]:
    """The cells of a project table that head rows: development areas, and national goals with their numbers."""
    layout = columns(document, table)
    if layout.kind != "projects":
        return
    index = layout.role("development_area")
    for row in body_rows(document, table):
        cell = cell_at(row, index)
        if (group := group_cell(document, table, row)) is not None:
            yield group, group_goals(document, group)
        elif cell is not None and cell.spans and cell.row == row[0].row:
            yield cell, ()


@once_a_document
def group_goals(document: AnalysedDocument, cell: Cell) -> tuple[int, ...]:
    """The national goals that a cell names, by number or by words."""
    found = enumerator(document.text, cell.start, cell.end)
    if found is not None and found.prefix_kind == "national" and found.parts[-1] <= 5:
        return (found.parts[-1],)
    return tuple(heading_goals(document.tokens_in(cell.start, cell.end), None))


def national_goal(document: AnalysedDocument, cell: Cell) -> int | None:
    """The national goal that a cell of such a column names: by its number, its word with a number, or its words."""
    text = document.cell_wording(cell)
    if text in ("1", "2", "3", "4", "5"):
        return int(text)
    goals = group_goals(document, cell)
    return goals[0] if goals else None
