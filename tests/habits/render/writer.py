"""What is written so far of a report, and what all kinds of its blocks need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from tests.habits import wordings
from tests.habits.facts import ANY, Either, Fact
from tests.habits.model import Extra, Goal, Period, Report, Stage
from tests.habits.office import Office
from tests.habits.render.page import Grid, Item, Line, Row


@dataclass(slots=True)
class Writer:
    """What is written so far of a report, the facts in it, and what all kinds of blocks need."""

    report: Report
    office: Office
    rng: Random
    items: list[Item] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    counters: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    path: list[tuple[int, int | None, str | None]] = field(default_factory=list)
    """The open headings: level, national goal, date of the assessment."""
    n_tables: int = 0
    codes: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """A goal's code in the report → as written, and as a table has it."""

    def line(self, text: str, kind: str = "paragraph", level: int = 0, depth: int = 0) -> None:
        self.items.append(Line(text, kind, level, depth))

    def bullets(self, texts: Iterable[str], depth: int = 0) -> None:
        for text in texts:
            self.line(text, "bullet", depth=depth)

    def fact(self, table: str, *values: Any, optional: bool = False) -> None:
        self.facts.append(Fact(table, values, optional))

    def words(self, role: str, default: str) -> str:
        found = self.office.words.get(role, default)
        return found.upper() if self.office.capitals else found

    def shown(self, goal: Goal, text: str | None = None) -> str:
        """A goal behind its code as the office spells it."""
        text = goal.text if text is None else text
        return f"{self.codes[goal.code][0]} {text}" if goal.code else text

    def code(self, code: str) -> Any:
        return self.codes[code][1]

    def goal_fact(self, goal: Goal) -> None:
        code = self.code(goal.code) if goal.code else None
        self.fact("process_goals", code, goal.text, goal.kind, goal.benefit_goal, optional=goal.optional)

    def period(self, period: Period) -> Period:
        return self.office.periods(period) if self.office.periods else period

    @property
    def own_date(self) -> str | None:
        """The day that the report gives as its own; its latest round where that is spelled as the author spelled it."""
        value = self.report.fields.get("report_date")
        if not value or (len(value) < 10 and self.office.periods):
            return None
        return value if len(value) == 10 else f"{value}-01"

    @property
    def styled(self) -> bool:
        """Whether the format itself says how deep a heading is."""
        return self.office.format != "txt" and not self.office.bold_headings

    def section(
        self,
        text: Any,
        level: int,
        national: int | None = None,
        date: str | None = None,
        *,
        opens: bool = True,
        own: bool = False,
    ) -> None:
        """Facts of a heading, and what those below it inherit. An author's own heading among those of national goals
        may stand beside them or below them where no format says which."""
        beside = self.path[-1] if self.path else (0, None, None)
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        above = self.path[-1] if self.path else (0, None, None)
        levels = {level, level if above[0] == level - 1 else above[0] + 1}
        open_goal = beside[1] if own and not self.styled else None
        if open_goal:
            levels |= {level - 1, level + 1}
        goal, when = national or above[1], date or above[2]
        if opens:
            self.path.append((level, goal, when))
        self.fact("sections", text)
        self.fact("levels", text, Either(tuple(levels)) if len(levels) > 1 else level)
        if goal or open_goal:
            self.fact("national_goals", text, goal or open_goal, optional=bool(open_goal))
        if self.report.kind == "oma_arviointi":
            when = self.own_date if len(self.report.fields.get("report_date", "")) == 10 else None
        if when:
            self.fact("evaluation_dates", text, when if when != "unknown" else ANY)

    @property
    def stages(self) -> tuple[Stage, ...]:
        scale = self.report.scale
        return self.office.stages or (scale.stages if scale else ())

    def table(self, kind: str, header: list[Row], body: list[Row]) -> None:
        """A table with its caption, its header once more in the middle where the office repeats it."""
        rows = [*header, *body]
        middle = len(body) // 2
        whole = all(box is not None for box in body[middle]) if body else False
        if self.office.repeated and middle and whole:
            rows = [*header, *body[:middle], *header, *body[middle:]]
        self.n_tables += 1
        caption = f"Taulukko {self.n_tables}. {self.rng.choice(wordings.CAPTIONS.get(kind, ('Tiedot',)))}"
        above = self.items[-1] if self.items else None
        has_one = isinstance(above, Line) and above.text.startswith("Taulukko")
        if self.office.caption == "above" and not has_one:
            self.line(caption, "caption")
        self.items.append(Grid(tuple(rows), len(header), kind))
        if self.office.caption == "below" and not has_one:
            self.line(caption, "caption")

    def extras(self, n_rows: int, known: Sequence[Extra] = ()) -> list[Extra]:
        """Further columns: the author's own, then those that the office adds."""
        found = [replace(one, words=self.words(one.role, one.words)) for one in known]
        for role in self.office.extra:
            pool = wordings.UNITS if role == "responsible" else wordings.REMARKS
            if role not in {one.role for one in found}:
                values = tuple(self.rng.choice(pool) for _ in range(n_rows))
                found.append(Extra(role, self.words(role, wordings.COLUMNS[role][0]), values))
        return found
