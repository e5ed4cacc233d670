"""Facts by what they say, wherever they stand: those written into a document compared with those found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.records import (
    DocumentRecord,
    GoalStatusRecord,
    IndicatorRecord,
    MeasureRecord,
    ProcessGoalRecord,
    ProjectRecord,
    ProjectResultRecord,
    SectionGoalRecord,
    SectionRecord,
)
from pipeline.bench.scoring import letters
from pipeline.process import Result

READ = (
    DocumentRecord,
    SectionRecord,
    SectionGoalRecord,
    ProcessGoalRecord,
    GoalStatusRecord,
    MeasureRecord,
    IndicatorRecord,
    ProjectRecord,
    ProjectResultRecord,
)
"""The tables that are compared."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("field", "value"),
    "sections": ("heading",),
    "levels": ("heading", "level"),
    "national_goals": ("heading", "benefit_goal"),
    "evaluation_dates": ("heading", "date"),
    "process_goals": ("code", "text", "kind", "benefit_goal"),
    "goal_status": ("code", "period", "percent", "stage"),
    "measures": ("goal_code", "text", "status"),
    "indicators": ("indicator", "period", "raw"),
    "projects": ("benefit_goal", "area", "project", "goal", "indicator", "source"),
    "project_results": ("project", "period", "text"),
}
"""What is compared, by table; `levels`, `national_goals` and `evaluation_dates` are columns of sections."""

DEPENDENT = ("documents", "levels", "evaluation_dates")
"""What has a value for each row of another table: a wrong one is missing there, and not spurious as well."""


class _Any:
    """Stands for every value, where truth is not clear."""

    def __repr__(self) -> str:
        return "*"


ANY = _Any()


@dataclass(frozen=True, slots=True)
class Either:
    """One of several right values."""

    values: tuple[Any, ...]

    def __repr__(self) -> str:
        return " or ".join(map(repr, self.values))


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a table; an optional one counts neither way."""

    table: str
    values: tuple[Any, ...]
    optional: bool = False

    def says(self, found: tuple[Any, ...]) -> bool:
        return all(_same(a, b) for a, b in zip(self.values, found, strict=True))

    @property
    def vague(self) -> int:
        return sum(isinstance(value, _Any | Either) for value in self.values)

    def __str__(self) -> str:
        return ", ".join(f"{name}={value!r}" for name, value in zip(COLUMNS[self.table], self.values, strict=True))


def _same(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, _Any):
        return True
    if isinstance(wanted, Either):
        return any(_same(value, found) for value in wanted.values)
    if isinstance(wanted, str) and isinstance(found, str):
        return letters(wanted) == letters(found)
    return bool(wanted == found)


@dataclass(slots=True)
class Outcome:
    """What became of a document's facts, by table."""

    expected: Counter[str] = field(default_factory=Counter)
    missing: list[Fact] = field(default_factory=list)
    spurious: list[Fact] = field(default_factory=list)

    @property
    def lost(self) -> Counter[str]:
        return Counter(fact.table for fact in self.missing)

    @property
    def added(self) -> Counter[str]:
        return Counter(fact.table for fact in self.spurious)


def compare(written: Sequence[Fact], found: Sequence[Fact]) -> Outcome:
    """Each written fact takes one found fact that says it; the clearest choose first, optional ones last."""
    left: dict[str, list[Fact]] = {}
    for fact in found:
        left.setdefault(fact.table, []).append(fact)
    outcome = Outcome()
    for fact in sorted(written, key=lambda one: (one.optional, one.vague)):
        held = left.get(fact.table, [])
        match = next((one for one in held if fact.says(one.values)), None)
        if match is not None:
            held.remove(match)
        elif not fact.optional:
            outcome.missing.append(fact)
        outcome.expected[fact.table] += not fact.optional
    outcome.spurious = [fact for table, held in left.items() if table not in DEPENDENT for fact in held]
    return outcome


def found_facts(result: Result) -> list[Fact]:
    """What the program found in a document."""
    return [*_document(result), *_sections(result), *_tables(result)]


def _document(result: Result) -> Iterator[Fact]:
    (document,) = result.of(DocumentRecord)
    for name in ("kind", "title", "region", "funder", "contact_name", "contact_organisation", "contact_email"):
        yield Fact("documents", (name, getattr(document, name)))
    for name in ("created", "modified", "report_date", "period_start", "period_end"):
        yield Fact("documents", (name, str(getattr(document, name))))


def _sections(result: Result) -> Iterator[Fact]:
    goals: dict[str, list[int]] = {}
    for goal in result.of(SectionGoalRecord):
        if goal.source in ("heading", "inherited"):
            goals.setdefault(goal.section_id, []).append(goal.benefit_goal)
    for section in result.of(SectionRecord):
        if not section.heading:
            continue
        yield Fact("sections", (section.heading,))
        yield Fact("levels", (section.heading, section.level))
        date = section.evaluation_date
        yield Fact("evaluation_dates", (section.heading, date.isoformat() if date else None))
        for national in goals.get(section.section_id, ()):
            yield Fact("national_goals", (section.heading, national))


def _tables(result: Result) -> Iterator[Fact]:
    for goal in result.of(ProcessGoalRecord):
        yield Fact("process_goals", (goal.code, goal.text, goal.kind, goal.benefit_goal))
    for status in result.of(GoalStatusRecord):
        yield Fact("goal_status", (status.code, status.period, status.percent, status.stage))
    for measure in result.of(MeasureRecord):
        yield Fact("measures", (measure.goal_code, measure.text, measure.status))
    for one in result.of(IndicatorRecord):
        yield Fact("indicators", (one.indicator, one.period, one.raw))
    names = {}
    for row in result.of(ProjectRecord):
        names[row.project_id] = row.project
        texts = (row.goal_text or "", row.indicator_text or "", row.source_text or "")
        yield Fact("projects", (row.benefit_goal, row.development_area or "", row.project, *texts))
    results: dict[tuple[str, str], str] = {}
    for told in result.of(ProjectResultRecord):
        key = (told.project_id, told.period)
        results[key] = f"{results.get(key, '')} {told.text}"
    for (project_id, period), text in results.items():
        yield Fact("project_results", (names.get(project_id), period, text))
