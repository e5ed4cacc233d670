"""A seed → a report, some habits, the office's document, and what became of the facts in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from pipeline.process import process
from tests.habits.facts import COLUMNS, READ, Outcome, compare, found_facts
from tests.habits.generate import generated
from tests.habits.habits import HABITS, by_subject
from tests.habits.model import Report
from tests.habits.office import Office
from tests.habits.render import Rendered, render
from tests.habits.samples import all_samples, sample
from tests.habits.write import written

CHANGED, PAGE_CHANGED = 0.4, 0.7
"""How likely a subject has a habit, and how likely the page is another one than the plainest text. The same for all
combinations, so that those with a habit and those without it differ in nothing else."""

FROM_SAMPLES = 0.4
"""The share of combinations over a sample; the others are over reports made from their seed."""


@dataclass(frozen=True, slots=True)
class Combination:
    """A report in an office's writing."""

    seed: int
    report: Report
    habits: tuple[str, ...]
    office: Office
    rendered: Rendered
    data: bytes

    @property
    def name(self) -> str:
        return f"{self.report.name}.{self.office.format}"

    def outcome(self) -> Outcome:
        """What the program makes of it."""
        return compare(self.rendered.facts, found_facts(process(self.data, self.name, READ)))


def combination(seed: int) -> Combination:
    """The combination of a seed: a document and habits of about half of the subjects that show in it."""
    rng = Random(seed)
    report, habits = chosen(rng)
    return combined(seed, report, habits, rng)


def chosen(rng: Random) -> tuple[Report, tuple[str, ...]]:
    """A report and habits that show in it."""
    report = sample(rng.choice(all_samples())) if rng.random() < FROM_SAMPLES else generated(rng)
    names = [
        rng.choice(habits).name
        for subject, habits in by_subject(report).items()
        if rng.random() < (PAGE_CHANGED if subject == "page" else CHANGED)
    ]
    return report, tuple(names)


def combined(seed: int, report: Report, habits: tuple[str, ...], rng: Random) -> Combination:
    """A report with these habits and no others."""
    office = Office()
    for name in habits:
        office = HABITS[name].change(office, report, rng)
    rendered = render(report, office, rng)
    return Combination(seed, report, habits, office, rendered, written(rendered.items, office))


@dataclass(slots=True)
class Tally:
    """Facts over many combinations, by table: written, missing, and found though not written."""

    runs: int = 0
    expected: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        self.runs += 1
        self.expected += outcome.expected
        self.lost += outcome.lost
        self.added += outcome.added

    def kept(self, table: str | None = None) -> float:
        """The share of a table's facts that were found, of all facts without a table."""
        expected = self.expected[table] if table else self.expected.total()
        lost = self.lost[table] if table else self.lost.total()
        return 1 - lost / expected if expected else 1.0

    def spurious(self, table: str) -> float:
        """Facts found though not written, by those written."""
        return self.added[table] / self.expected[table] if self.expected[table] else 0.0

    @property
    def tables(self) -> list[str]:
        return [table for table in COLUMNS if self.expected[table] or self.added[table]]
