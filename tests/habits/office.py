"""How an office writes: everything that a habit may change. A default office writes as the report's author did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.habits.model import Goal, Period, Stage, State

CodeScheme = Callable[[int, Goal], tuple[str, tuple[str, ...]]]
"""A goal's number among all and the goal → its code as written, and the codes that a table may rightly give."""

PeriodStyle = Callable[[Period], Period]


@dataclass(frozen=True, slots=True)
class Office:
    """Defaults write what the author wrote; where the author had no say, the plainest way."""

    # headings
    numbering: str = ""
    """plain, dotted, nested, deep, roman, automatic."""
    national: str = ""
    """official, own, or a pattern of `wordings.NATIONAL_PREFIXES`."""
    rounds: str = ""
    """A pattern of `wordings.ROUNDS`."""
    round_date: str = "day"
    """day, month, figures, season."""
    bold_headings: bool = False
    contents: str = ""
    """dots, tab."""
    contents_words: str = "Sisällys"

    # goals
    codes: CodeScheme | None = None
    intro: str = ""

    # tables
    words: dict[str, str] = field(default_factory=dict)
    """Column headings by role."""
    shuffled: bool = False
    extra: tuple[str, ...] = ()
    """Roles of further columns."""
    header: str = ""
    """one, two, each, unit."""
    repeated: bool = False
    caption: str = ""
    """above, below."""
    periods: PeriodStyle | None = None
    capitals: bool = False

    # readiness
    readiness: str = ""
    """percent, bare, about, number, stage, word, both, mixed."""
    stages: tuple[Stage, ...] | None = None
    legend_percents: bool = True
    legend_form: str = ""
    """list, prose, table."""
    legend_last: bool = False

    # measures
    measures: str = ""
    """labels, nested, brackets, table, goal_table, prose."""
    labels: dict[State, str] = field(default_factory=dict)
    cells: dict[State, str] = field(default_factory=dict)

    # projects
    result_columns: bool = False

    # cover and fields
    cover: str = "stacked"
    """stacked, project_first, labels."""
    fields: str = "above"
    """above, line, doubled, table."""
    cover_words: dict[str, str] = field(default_factory=dict)

    # the page
    format: str = "txt"
    width: int | None = None
    bullet: str = "•"
    row_a_line: bool = False
    layer: bool = False
    """Project tables as the text layer of a landscape page has them."""
    page_numbers: bool = False
