"""The readiness of numbered goals: what a cell gives, and what the document's own scale makes of it."""

from __future__ import annotations

import pytest

from extractors.facts.legends import scale
from extractors.facts.periods import period_columns
from extractors.goal_status import extract as goal_status
from extractors.process_goals import extract as process_goals
from tests.conftest import Analyse
from tests.texts import REPORT, table


def test_readiness_by_stage_number_and_name(analyse: Analyse) -> None:
    document = analyse(REPORT)
    assert [(stage.number, stage.percent) for stage in scale(document)] == [(1, 0.0), (2, 20.0), (3, 100.0)]
    assert [(r.code, r.period, r.raw, r.percent, r.stage) for r in goal_status(document)] == [
        ("1.1", "2021-SP", "1", 0.0, 1),
        ("1.1", "2021-FA", "vaihe 2", 20.0, 2),
        ("1.2", "2021-FA", "vakiintunut", 100.0, 3),
        ("1.3", "2021-FA", "vakiintunut", 100.0, 3),
    ]


def test_reporting_rounds_and_bare_percentages(analyse: Analyse) -> None:
    text = "\n".join(
        [
            "Valmiusasteen asteikko",
            "1 Aloittamatta (0 %)",
            "2 Käynnistetty (25 %)",
            "3 Vauhdissa (60 %)",
            "",
            table(
                ["Prosessitavoite", "1. arviointi (5/21)", "2. arviointi (11/21)"],
                ["PT 1.1 Asiakas saa ajan viikossa", "0", "40"],
                ["PT 1.2 Jono lyhenee", "Käynnistetty", "50 prosenttia"],
                ["PT 1.3 Etäaika on tarjolla", "–", "3"],
            ),
            "",
        ]
    )
    assert [(r.code, r.period, r.percent, r.stage) for r in goal_status(analyse(text))] == [
        ("1.1", "2021-05", 0.0, None),
        ("1.1", "2021-11", 40.0, None),
        ("1.2", "2021-05", 25.0, 2),
        ("1.2", "2021-11", 50.0, None),
        ("1.3", "2021-11", 60.0, 3),
    ]


def test_a_filled_cell_belongs_to_its_goal(analyse: Analyse) -> None:
    document = analyse(REPORT)
    ids = {goal.goal_id: goal.code for goal in process_goals(document)}
    assert [(ids[str(r.goal_id)], r.code) for r in goal_status(document)] == [
        (code, code) for code in ("1.1", "1.1", "1.2", "1.3")
    ]


SCALES = [
    (["1 = aloitettu, 0 %", "2 = valmis, 100 %"], []),
    (["1 = aloitettu, 0 %", "2 = kesken, 50 %", "3 = valmis, 100 %"], [(1, 0.0), (2, 50.0), (3, 100.0)]),
    (["1. Aloitettu (0 %)", "2. Kesken (40 %)", "3. Valmis (100 %)"], [(1, 0.0), (2, 40.0), (3, 100.0)]),
    (["1) aloitettu – 10 %", "2) kesken – 50 %", "3) valmis – 90 %"], [(1, 10.0), (2, 50.0), (3, 90.0)]),
    (["2 = aloitettu, 0 %", "3 = kesken, 50 %", "4 = valmis, 100 %"], []),
]


@pytest.mark.parametrize(("lines", "stages"), SCALES)
def test_a_scale_has_three_stages_or_more_counted_from_one(
    lines: list[str], stages: list[tuple[int, float]], analyse: Analyse
) -> None:
    text = "\n".join(["Valmiusasteen asteikko", *lines, "", "Teksti jatkuu tästä tavalliseen tapaan."])
    assert [(stage.number, stage.percent) for stage in scale(analyse(text))] == stages


CELLS = [
    ("lähtötilanne 50 %", 50.0, None),
    ("n. 40 %", 40.0, None),
    ("37,5 %", 37.5, None),
    ("2/3", 50.0, 2),
    ("vaihe 2", 50.0, 2),
    ("3 (valmis)", 100.0, 3),
    ("Kokeilussa", 50.0, 2),
    ("kokeilussa kahdessa kunnassa", 50.0, 2),
    ("kokeilussa 60 %", 60.0, 2),
    ("ei arvioitu", None, None),
    ("4", None, None),
]


@pytest.mark.parametrize(("cell", "percent", "stage"), CELLS)
def test_a_cell_gives_a_percentage_or_a_stage(
    cell: str, percent: float | None, stage: int | None, analyse: Analyse
) -> None:
    legend = "Valmiusasteen asteikko\n1 = aloitettu, 0 %\n2 = kokeilussa, 50 %\n3 = valmis, 100 %"
    rows = table(["Prosessitavoite", "Kevät 2021"], ["PT 1.1 Asiakas saa ajan viikossa", cell])
    found = [(r.raw, r.percent, r.stage) for r in goal_status(analyse(f"{legend}\n\n{rows}\n\n\nTeksti jatkuu.\n"))]
    assert found == [(cell, percent, stage)]


def test_a_period_has_its_days_and_its_round(analyse: Analyse) -> None:
    found = {
        (r.period, str(r.period_start), str(r.period_end), r.reporting_round) for r in goal_status(analyse(REPORT))
    }
    assert found == {
        ("2021-SP", "2021-03-01", "2021-05-31", "2021-H1"),
        ("2021-FA", "2021-09-01", "2021-11-30", "2021-H2"),
    }


PERIODS = [
    ("2021-05", "2021-05-31", "2021-H1"),
    ("2022-WI", "2022-02-28", "2022-H1"),
    ("2021-SU", "2021-08-31", "2021-H2"),
    ("2021-H1", "2021-06-30", "2021-H1"),
    ("2021-Q3", "2021-09-30", "2021-H2"),
    ("2021", "2021-12-31", "2021-H2"),
    ("2021-12/2022-01", "2022-01-31", "2022-H1"),
    ("2021-02-30", "None", None),
    ("baseline", "None", None),
    (None, "None", None),
]


@pytest.mark.parametrize(("period", "end", "round_"), PERIODS)
def test_a_round_is_the_half_year_in_which_a_period_ends(period: str | None, end: str, round_: str | None) -> None:
    found = period_columns(period)
    assert (str(found["period_end"]), found["reporting_round"]) == (end, round_)
