"""A report as its facts in the order in which they are told, free of how an office numbers, words or lays them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

State = Literal["done", "in_progress", "not_started", "not_pursued"]
STATES: tuple[State, ...] = ("done", "in_progress", "not_started", "not_pursued")


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting round: its value as the author spells it (`2021-11`, `2021-FA`) and the spelling."""

    value: str
    words: str

    @property
    def year(self) -> int:
        return int(self.value[:4])

    @property
    def half(self) -> int:
        tail = self.value[5:]
        return {"SP": 1, "FA": 2}.get(tail) or (1 if int(tail) <= 6 else 2)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal; `tail` is what the list adds behind it (", sekä"), `short` what its heading makes of it, `spelled` how
    its author writes the code."""

    text: str
    kind: str = "process_goal"
    code: str | None = None
    benefit_goal: int | None = None
    spelled: str | None = None
    short: str | None = None
    tail: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """When an assessment was made: the most exact value known, `2022-05-31`, `2022-05` or a season's first month."""

    value: str
    ordinal: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `national` is the benefit goal that it names, `number` what its author put before it."""

    text: str
    level: int
    role: Literal["chapter", "part", "national", "evaluation", "template", "appendix"] = "part"
    number: str = ""
    national: int | None = None
    also: int | None = None
    """A second national goal that it names."""
    evaluation: Evaluation | None = None


@dataclass(frozen=True, slots=True)
class GoalHeading:
    """A heading over what is told of one goal or of several."""

    goals: tuple[Goal, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Field:
    """A label of a page's metadata with its value, a paragraph an item."""

    label: str
    value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list that holds no facts of ours."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalList:
    """Goals in a list, behind a sentence that introduces them where `intro` is set."""

    goals: tuple[Goal, ...]
    intro: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The legend of a scale, lowest stage first, with the lines that its author wrote."""

    stages: tuple[Stage, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that may cover several columns; `percent` and `stage` are what it says, where it says so."""

    text: str = ""
    width: int = 1
    percent: float | None = None
    stage: int | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """A column beside the facts: its role, its author's word, a value a row."""

    role: str
    words: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadinessRow:
    goals: tuple[Goal, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the goals are by reporting round. `span` is the word over the rounds, None where there is none."""

    periods: tuple[Period, ...]
    rows: tuple[ReadinessRow, ...]
    goal_words: str = "Prosessitavoite"
    span: str | None = "Valmiusaste"
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A deed: as a report words it, as a noun phrase where there is one, and what tells its state.

    `told` is false where only a label above it tells the state, so that a layout without labels loses it.
    """

    text: str
    status: State | None
    told: bool = False
    noun: str | None = None
    responsible: str = ""
    schedule: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Measures under a state label, or without one."""

    state: State | None
    label: str | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """What is done for the goals above; prose where `prose` is set, else bullets."""

    codes: tuple[str, ...]
    groups: tuple[Group, ...]
    prose: bool = False
    lead: str | None = None

    @property
    def all(self) -> list[Measure]:
        return [measure for group in self.groups for measure in group.measures]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an indicator table; `period` is set where it is a reporting round's."""

    role: str
    words: str
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """Cells by column; those of the column `benefit` hold a goal a line."""

    cells: tuple[Cell, ...]
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicators:
    columns: tuple[Column, ...]
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """A goal of the first application and what became of it."""

    text: str
    became: str
    work_package: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """The goals of the first application; a list where `listed` is set, else a table."""

    rows: tuple[Original, ...]
    listed: bool = False
    columns: tuple[str, ...] = ("Alkuperäinen prosessitavoite", "Tilanne")


@dataclass(frozen=True, slots=True)
class Project:
    area: str
    name: str
    goal: str
    indicator: str
    source: str
    results: tuple[tuple[Period, str], ...]


@dataclass(frozen=True, slots=True)
class Projects:
    """A project table under a national goal."""

    national: int
    rows: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """What a report says on its first page."""

    project: str
    date: str | None = None
    """ISO day."""
    programme: str = "Tulevaisuuden sosiaali- ja terveyskeskus -ohjelma"
    report: str = "Oma-arvioinnin raportti"
    funder: str | None = None
    contact: tuple[str, str, str] | None = None
    """Name, organisation, e-mail."""
    years: tuple[int, int] | None = None


Block = (
    Heading
    | GoalHeading
    | Field
    | Paragraph
    | Bullets
    | GoalList
    | Scale
    | Readiness
    | Measures
    | Indicators
    | Application
    | Projects
)


@dataclass(frozen=True, slots=True)
class Report:
    """A document: its kind and fields as `documents` has them, its cover, and what follows."""

    name: str
    kind: Literal["oma_arviointi", "kokonaisuus", "toimintamalli"]
    fields: dict[str, str]
    blocks: tuple[Block, ...]
    cover: Cover | None = None

    def of(self, kind: type[Block]) -> Iterator[Block]:
        return (block for block in self.blocks if isinstance(block, kind))

    @property
    def goals(self) -> list[Goal]:
        """The numbered goals, each once, in order."""
        found: dict[str, Goal] = {}
        for block in self.blocks:
            rows = block.rows if isinstance(block, Readiness) else ()
            held = [goal for row in rows for goal in row.goals]
            held += block.goals if isinstance(block, GoalList | GoalHeading) else ()
            for goal in held:
                if goal.code:
                    found.setdefault(goal.code, goal)
        return list(found.values())

    @property
    def scale(self) -> Scale | None:
        return next((block for block in self.blocks if isinstance(block, Scale)), None)

    @property
    def has(self) -> frozenset[str]:
        """What there is to write, in the words that habits ask for."""
        kinds = {
            Readiness: "readiness",
            Measures: "measures",
            Indicators: "indicators",
            Projects: "projects",
            Field: "fields",
            GoalHeading: "goal_headings",
        }
        found = {word for kind, word in kinds.items() for _ in self.of(kind)}
        found |= {"report" if self.kind == "oma_arviointi" else "page"}
        found |= {"tables"} if found & {"readiness", "indicators", "projects"} else set()
        found |= {"periods"} if found & {"readiness", "indicators"} else set()
        found |= {"codes"} if self.goals else set()
        found |= {"cover"} if self.cover else set()
        found |= {"intro"} if any(isinstance(b, GoalList) and b.intro for b in self.blocks) else set()
        found |= {"national"} if any(isinstance(b, Heading) and b.national for b in self.blocks) else set()
        found |= {"rounds"} if any(isinstance(b, Heading) and b.evaluation for b in self.blocks) else set()
        found |= {"bullets"} if any(isinstance(b, Bullets | GoalList | Measures) for b in self.blocks) else set()
        return frozenset(found)
