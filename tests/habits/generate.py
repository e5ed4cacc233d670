"""Reports from a seed: contents drawn from `contents`, put together in more ways than our samples are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.habits import contents
from tests.habits.model import (
    STATES,
    Application,
    Block,
    Bullets,
    Cell,
    Column,
    Cover,
    Evaluation,
    Field,
    Goal,
    GoalHeading,
    GoalList,
    Group,
    Heading,
    IndicatorRow,
    Indicators,
    Measure,
    Measures,
    Original,
    Paragraph,
    Period,
    Project,
    Projects,
    Readiness,
    ReadinessRow,
    Report,
    Scale,
)
from tests.habits.wordings import OFFICIAL, SCALES

MONTHS = ("tammikuussa", "helmikuussa", "maaliskuussa", "huhtikuussa", "toukokuussa", "elokuussa", "syyskuussa")


def generated(rng: Random) -> Report:
    """A report of one to three national goals, a report of project tables, or a page with its assessments."""
    kind = rng.choices(("report", "projects", "page"), (5, 3, 2))[0]
    region, name = rng.choice(list(contents.REGIONS.items()))
    maker = _Maker(rng, region, name)
    if kind == "page":
        return maker.page()
    return maker.report(tuple(maker.projects() if kind == "projects" else maker.chapters()))


@dataclass(slots=True)
class _Maker:
    rng: Random
    region: str
    region_name: str
    first_year: int = 0
    n_periods: int = 0
    n_filled: int = 0
    seasons: bool = False
    stage_set: int = 0

    def __post_init__(self) -> None:
        self.first_year = self.rng.choice((2021, 2022))
        self.n_periods = self.rng.randint(2, 5)
        self.n_filled = self.rng.randint(1, self.n_periods)
        self.seasons = self.rng.random() < 0.5
        self.stage_set = self.rng.randrange(len(SCALES))

    # What all reports have

    def report(self, body: tuple[Block, ...]) -> Report:
        last = self.periods[self.n_filled - 1]
        day = f"{last.year}-{'05-31' if last.half == 1 else '11-30'}"
        project = self.rng.choice(contents.PROJECT_NAMES).format(region=self.region)
        contact = self.contact() if self.rng.random() < 0.5 else None
        years = (2020, 2023) if self.rng.random() < 0.5 else None
        funder = self.rng.choice(contents.FUNDERS) if self.rng.random() < 0.5 else None
        fields = {"kind": "oma_arviointi", "title": project, "region": self.region_name, "report_date": day}
        cover = Cover(project, day, funder=funder, contact=contact, years=years)
        scale = [Scale(SCALES[self.stage_set])] if any(isinstance(block, Readiness) for block in body) else []
        return Report("generated", "oma_arviointi", fields, (*self.front(), *scale, *body, *self.back()), cover)

    def contact(self) -> tuple[str, str, str]:
        name, organisation, email = self.rng.choice(contents.CONTACTS)
        return name, organisation.format(region=self.region), email

    @property
    def periods(self) -> list[Period]:
        rounds = [(self.first_year + n // 2, n % 2 + 1) for n in range(self.n_periods)]
        if self.seasons:
            words = {1: ("SP", "Kevät"), 2: ("FA", "Syksy")}
            return [Period(f"{year}-{words[half][0]}", f"{words[half][1]} {year}") for year, half in rounds]
        months = {1: "05", 2: "11"}
        return [Period(f"{year}-{months[half]}", f"{int(months[half])}/{year % 100}") for year, half in rounds]

    def part(self, role: str, level: int = 2) -> Heading:
        return Heading(self.rng.choice(contents.PARTS[role]), level, "chapter" if level == 1 else "part")

    def prose(self, pool: tuple[str, ...], most: int = 1) -> list[Paragraph]:
        return [Paragraph(text) for text in self.rng.sample(pool, self.rng.randint(1, most))]

    def front(self) -> Iterator[Block]:
        if self.rng.random() < 0.7:
            yield self.part("introduction", 1)
            yield from self.prose(contents.INTRODUCTION, 2)
        yield self.part("method", 1)
        yield from self.prose(contents.METHOD)
        if self.rng.random() < 0.3:
            yield Bullets(tuple(f"{name} ({unit.strip() or 'arvosana'})" for name, unit, *_ in contents.INDICATORS[:3]))

    def back(self) -> Iterator[Block]:
        if self.rng.random() < 0.6:
            yield self.part("summary", 1)
            yield from self.prose(contents.SUMMARY)
        if self.rng.random() < 0.3:
            yield Heading("Liite 1. Alkuperäisen hakemuksen tavoitteet", 1, "appendix")
            texts = self.rng.sample(contents.ORIGINALS, 3)
            rows = [Original(text, self.rng.choice(contents.BECAME), f"TP {n}") for n, text in enumerate(texts, 1)]
            yield Application(tuple(rows))

    def nationals(self, most: int) -> list[int]:
        return sorted(self.rng.sample(range(1, 6), self.rng.randint(1, most)))

    # Reports of goals with their measures

    def chapters(self) -> Iterator[Block]:
        for national in self.nationals(3):
            yield Heading(OFFICIAL[national], 1, "national", national=national)
            texts = self.rng.sample(contents.GOALS[national], self.rng.randint(2, 3))
            goals = [
                Goal(text, code=f"{national}.{n}", benefit_goal=national, short=short)
                for n, (text, short) in enumerate(texts, 1)
            ]
            if self.rng.random() < 0.6:
                yield self.part("outcomes")
                outcomes = contents.OUTCOMES[national]
                yield GoalList(tuple(Goal(one, "outcome_goal", benefit_goal=national) for one in outcomes), intro=True)
            if self.rng.random() < 0.5:
                yield self.part("start")
                yield from self.prose(contents.START)
            yield self.part("progress")
            yield from self.prose(contents.PROGRESS)
            yield self.readiness(goals)
            yield from self.told(goals)
            if self.rng.random() < 0.7:
                yield self.part("indicators")
                yield from self.prose(contents.FOLLOW_UP)
                yield self.indicators(national)

    def readiness(self, goals: list[Goal]) -> Readiness:
        n_stages = len(SCALES[self.stage_set])
        rows = []
        for goal in goals:
            stage, cells = 1, []
            for n in range(self.n_periods):
                stage = min(n_stages, stage + self.rng.randint(0, 2))
                empty = n >= self.n_filled or (n == 0 and self.n_filled > 1 and self.rng.random() < 0.3)
                percent = SCALES[self.stage_set][stage - 1].percent
                cells.append(Cell() if empty else Cell(f"{percent} %", percent=percent, stage=stage))
            rows.append(ReadinessRow((goal,), tuple(cells)))
        return Readiness(tuple(self.periods), tuple(rows), span=self.rng.choice(("Valmiusaste", None)))

    def told(self, goals: list[Goal]) -> Iterator[Block]:
        short = self.rng.random() < 0.4
        prose = self.rng.random() < 0.25
        for goal in goals:
            yield GoalHeading(
                (
                    Goal(
                        goal.text,
                        code=goal.code,
                        benefit_goal=goal.benefit_goal,
                        short=goal.short if short else goal.text,
                    ),
                ),
                3,
            )
            yield Measures((goal.code or "",), tuple(self.groups()), prose=prose)

    def groups(self) -> Iterator[Group]:
        things = iter(self.rng.sample(contents.THINGS, 7))
        last = self.periods[self.n_filled - 1]
        later = f"syksyllä {last.year + 1}"
        past = f"{self.rng.choice(MONTHS[:5])} {last.year}"
        labels = {
            "done": "Valmistuneet",
            "in_progress": "Käynnissä",
            "not_started": "Ei aloitettu",
            "not_pursued": "Luovuttu",
        }
        for state in STATES:
            measures = []
            for _ in range(self.rng.choice((0, 1, 1, 2)) if state != "not_pursued" else self.rng.choice((0, 1))):
                nom, gen, part, ela = next(things)
                words = {"nom": nom, "gen": gen, "part": part, "ela": ela, "past": past, "later": later}
                text = _capital(self.rng.choice(contents.SENTENCES[state]).format(**words))
                noun = _capital(self.rng.choice(contents.NOUNS).format(**words))
                when = self.rng.choice((f"1–6/{last.year}", f"syksy {last.year}", f"{last.year}–{last.year + 1}"))
                unit = self.rng.choice(("Hanketoimisto", "Avosairaanhoito", "Perhepalvelut", "M. Korhonen"))
                measures.append(Measure(text, state, told=True, noun=noun, responsible=unit, schedule=when))
            if measures:
                yield Group(state, labels[state], tuple(measures))

    def indicators(self, national: int) -> Indicators:
        columns = [Column("indicator", "Mittari"), Column("baseline", "Lähtötaso")]
        with_source, with_target = self.rng.random() < 0.5, self.rng.random() < 0.4
        with_benefit = self.rng.random() < 0.4
        columns += [Column("target", "Tavoitearvo")] * with_target
        columns += [Column("period", period.words, period) for period in self.periods]
        columns = [Column("benefit", "Hyötytavoite")] * with_benefit + columns
        columns += [Column("source", "Tiedonkeruu")] * with_source
        rows = []
        for number, (name, unit, base, step, source) in enumerate(self.rng.sample(contents.INDICATORS, 3)):
            values = {"indicator": name, "source": source, "target": _figure(base + 6 * step, unit)}
            values["baseline"] = _figure(base, unit) if self.rng.random() < 0.8 else ""
            goals: tuple[Goal, ...] = ()
            if with_benefit and number == 0:
                text = _capital(contents.OUTCOMES[national][0])
                goals = (Goal(text, "outcome_goal", benefit_goal=national),)
            cells = []
            for column in columns:
                text = values.get(column.role, "")
                if column.period:
                    text = self.value(column.period, base, step, unit)
                elif column.role == "benefit":
                    text = goals[0].text if goals else ""
                cells.append(Cell(text))
            rows.append(IndicatorRow(tuple(cells), goals))
        return Indicators(tuple(columns), tuple(rows))

    def value(self, period: Period, base: float, step: float, unit: str) -> str:
        n = self.periods.index(period)
        if n >= self.n_filled:
            return ""
        if self.rng.random() < 0.12:
            return self.rng.choice(contents.LATER_WORDS)
        return _figure(base + (n + 1) * step, unit)

    # Reports of project tables

    def projects(self) -> Iterator[Block]:
        self.seasons = True
        spring, autumn = (
            Period(f"{self.first_year}-SP", f"Kevät {self.first_year}"),
            Period(f"{self.first_year}-FA", f"Syksy {self.first_year}"),
        )
        self.n_filled, self.n_periods = 2, max(2, self.n_periods)
        for national in self.nationals(2):
            yield Heading(OFFICIAL[national], 1, "national", national=national)
            chosen = sorted(self.rng.sample(range(len(contents.PROJECTS)), self.rng.randint(2, 4)))
            rows = []
            for area, name, goal, indicator, source, first, second in (contents.PROJECTS[n] for n in chosen):
                results = ((spring, first), (autumn, second))
                rows.append(Project(area, name, goal, indicator, source, results[self.rng.randint(0, 1) :]))
            yield Projects(national, tuple(rows))

    # Pages

    def page(self) -> Report:
        title = f"{self.region_name}: tulevaisuuden sote-keskus"
        contact = self.contact()
        fields = {
            "kind": "kokonaisuus",
            "title": title,
            "region": self.region_name,
            "funder": contents.FUNDERS[0],
            "contact_name": contact[0],
            "contact_organisation": contact[1],
            "contact_email": contact[2],
            "created": "2020-10-14",
            "modified": "2023-03-06",
            "period_start": "2020",
            "period_end": "2023",
        }
        blocks = (*self.page_front(title, contact), *self.page_goals(), *self.rounds())
        return Report("generated", "kokonaisuus", fields, blocks)

    def page_front(self, title: str, contact: tuple[str, str, str]) -> Iterator[Block]:
        yield Paragraph(f"{self.region} hankekokonaisuus Tulevaisuuden sosiaali- ja terveyskeskus -ohjelmassa.")
        yield Heading("Perustiedot", 1, "template")
        yield Field("Kokonaisuuden nimi", (title,))
        yield Field("Kokonaisuuden tarkoitus ja tavoitteet", ("Hanke rakentaa alueelle yhteisen sote-keskuksen.",))
        yield Field("Toimiaika", ("1.9.2020 - 31.12.2023",))
        yield Field("Toimijat", ("Alueen kunnat, sairaanhoitopiiri ja neljä järjestöä.",))
        yield Field("Rahoittaja", (contents.FUNDERS[0],))
        yield Field("Yhteyshenkilön nimi", (contact[0],))
        yield Field("Yhteyshenkilön organisaatio", (contact[1],))
        yield Field("Yhteyshenkilön sähköpostiosoite", (contact[2],))
        yield Field("Luotu", ("14.10.2020",))
        yield Field("Viimeksi muokattu", ("06.03.2023",))

    def page_goals(self) -> Iterator[Block]:
        yield Heading("Lähtötilanne ja strategiset liittymäkohdat", 1, "template")
        yield from self.prose(contents.START, 2)
        yield Heading("Päämäärä ja päätavoite", 1, "template")
        yield Paragraph("Ohjausryhmä on sopinut kehittämistyölle seuraavat päätavoitteet:")
        yield GoalList(tuple(Goal(one, "objective") for one in self.rng.sample(contents.OBJECTIVES, 3)))
        yield Heading("Tavoiteltavat tulokset, tuotokset ja vaikutukset", 1, "template")
        for national in self.nationals(3):
            yield Heading(OFFICIAL[national], 2, "national", national=national)
            outcomes = contents.OUTCOMES[national]
            yield GoalList(tuple(Goal(one, "outcome_goal", benefit_goal=national) for one in outcomes))

    def rounds(self) -> Iterator[Block]:
        yield Heading("Tuotokset ja tulokset", 1, "template")
        n_rounds = self.rng.randint(1, 3)
        days = [f"{2021 + n // 2}-{'05-31' if n % 2 == 0 else '11-15'}" for n in range(n_rounds)]
        nationals = self.nationals(3)
        for number, day in sorted(enumerate(days, 1), reverse=True):
            yield Heading("Oma-arviointi", 2, "evaluation", evaluation=Evaluation(day, number))
            yield from self.prose(contents.SUMMARY)
            for national in nationals:
                yield Heading(OFFICIAL[national], 3, "national", national=national)
                yield from self.prose(contents.ROUND_PROSE)
                if self.rng.random() < 0.2:
                    yield Heading(self.rng.choice(contents.OWN_THEMES), 4)
                    yield from self.prose(contents.ROUND_PROSE)
        yield Heading("Vaikutukset ja vaikuttavuus", 1, "template")
        yield from self.prose(contents.SUMMARY)


def _figure(value: float, unit: str) -> str:
    number = f"{value:.0f}" if value == int(value) else f"{value:.1f}".replace(".", ",")
    return number + unit


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
