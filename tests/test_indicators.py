"""Indicator tables: a record for every filled cell of a period or the baseline."""

from __future__ import annotations

import pytest

from extractors.indicators import extract as indicators
from tests.conftest import Analyse
from tests.texts import REPORT, table


def test_indicator_cells_with_source_and_carried_goal(analyse: Analyse) -> None:
    found = [(r.indicator, r.source, r.period, r.raw, r.number, r.unit) for r in indicators(analyse(REPORT))]
    assert found == [
        ("Vastatut puhelut", "Puhelinraportti", "baseline", "54 %", 54.0, "%"),
        ("Vastatut puhelut", "Puhelinraportti", "2021-FA", "86 %", 86.0, "%"),
        ("Jono", None, "2021-FA", "Tieto tulee myöhemmin", None, None),
    ]
    assert {r.benefit_goal_text for r in indicators(analyse(REPORT))} == {"Hoitoon pääsee. Puheluihin vastataan."}


CELLS = [
    ("670 kpl", 670.0, "kpl"),
    ("n. 670 kpl", 670.0, "kpl"),
    ("-15", -15.0, None),
    ("1 327", 1327.0, None),
    ("0,4 %", 0.4, "%"),
    ("-30--45", None, None),
    ("Tieto tulee myöhemmin", None, None),
]


@pytest.mark.parametrize(("cell", "number", "unit"), CELLS)
def test_a_cell_that_is_one_number_has_its_value(
    cell: str, number: float | None, unit: str | None, analyse: Analyse
) -> None:
    rows = table(["Mittari", "Lähtötaso", "Kevät 2021"], ["Jonotusaika", "", cell])
    (record,) = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert (record.raw, record.number, record.unit, record.period) == (cell, number, unit, "2021-SP")


def test_the_work_package_and_the_goal_are_carried_down(analyse: Analyse) -> None:
    rows = table(
        ["Hyötytavoite", "Työpaketti", "Mittari", "Lähtötaso", "5/21"],
        ["Hoitoon pääsee.", "TP 1", "Jonotusaika", "7 pv", "5 pv"],
        ["", "", "Vastatut puhelut", "54 %", "–"],
        ["Tuki on varhaista.", "TP 2", "Käynnit", "", "100"],
    )
    found = [
        (r.indicator, r.benefit_goal_text, r.work_package, r.period, r.raw)
        for r in indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    ]
    assert found == [
        ("Jonotusaika", "Hoitoon pääsee.", "TP 1", "baseline", "7 pv"),
        ("Jonotusaika", "Hoitoon pääsee.", "TP 1", "2021-05", "5 pv"),
        ("Vastatut puhelut", "Hoitoon pääsee.", "TP 1", "baseline", "54 %"),
        ("Käynnit", "Tuki on varhaista.", "TP 2", "2021-05", "100"),
    ]


HEADINGS = [
    ["Mittari", "Lähtötaso", "Tavoitetaso", "Kevät 2021"],
    ["Mitä seurataan", "Alkutilanne", "Tavoite", "kevät -21"],
    ["Tunnusluku", "Ennen hanketta", "Tavoitearvo 2023", "K21"],
    ["Indikaattori", "Lähtötilanne 2019", "Tavoite 12/2022", "Toteuma, kevät 2021"],
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_baseline_and_target_are_periods_of_their_own(heading: list[str], analyse: Analyse) -> None:
    rows = table(heading, ["Jonotusaika", "21 pv", "7 pv", "14 pv"], ["Vastatut puhelut", "–", "90 %", "75 %"])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.indicator, r.period, r.number, r.unit) for r in found] == [
        ("Jonotusaika", "baseline", 21.0, "pv"),
        ("Jonotusaika", "target", 7.0, "pv"),
        ("Jonotusaika", "2021-SP", 14.0, "pv"),
        ("Vastatut puhelut", "target", 90.0, "%"),
        ("Vastatut puhelut", "2021-SP", 75.0, "%"),
    ]


def test_a_row_that_names_a_national_goal_heads_its_indicators(analyse: Analyse) -> None:
    rows = table(
        ["Mittari", "Lähtötaso", "5/21"],
        ["Kustannusten nousun hillitseminen", "", ""],
        ["Menot", "100 €", "90 €"],
    )
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.benefit_goal, r.indicator, r.period, r.raw) for r in found] == [
        (5, "Menot", "baseline", "100 €"),
        (5, "Menot", "2021-05", "90 €"),
    ]


NUMBERED = [
    "2",
    pytest.param("HT2", marks=pytest.mark.xfail(strict=True, reason="a number behind its abbreviation is not read")),
    pytest.param("Hyötytavoite 2", marks=pytest.mark.xfail(strict=True, reason="a number behind its word is not read")),
]


@pytest.mark.parametrize("cell", NUMBERED)
def test_a_column_may_hold_the_national_goals_number(cell: str, analyse: Analyse) -> None:
    rows = table(["Hyötytavoite", "Mittari", "Lähtötaso", "5/21"], [cell, "Käynnit", "5", "9"])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert {r.benefit_goal for r in found} == {2}


@pytest.mark.xfail(strict=True, reason="words beside a figure make the cell unread")
def test_the_first_figure_of_a_cell_measures_also_where_words_stand_beside_it(analyse: Analyse) -> None:
    rows = table(["Mittari", "Lähtötaso", "5/21"], ["Jonotusaika", "7 vrk", "3 vrk, tavoite täyttyi"])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.number, r.unit) for r in found] == [(7.0, "vrk"), (3.0, "vrk")]


TWO_ROWS = [
    (["Mittari", "Lähtötaso", "Toteuma", "Tavoite"], ["", "2020", "5/21", "11/21", "5/22", "2023"]),
    (["Mittari", "Lähtöarvo", "Havainnot", "Tavoitetaso"], ["", "2020", "5/21", "11/21", "5/22", "2023"]),
    (["Seurattava asia", "Alkutilanne", "Arvot", "Tavoite"], ["", "2019", "kevät 21", "syksy 21", "kevät 22", "2022"]),
]


@pytest.mark.parametrize("header", TWO_ROWS)
def test_a_text_does_not_tell_which_heading_stands_over_the_periods(
    analyse: Analyse, header: tuple[list[str], list[str]]
) -> None:
    rows = table(*header, ["Jonotusaika", "9 pv", "8 pv", "7 pv", "6 pv", "5 pv"])
    found = [(r.period, r.raw) for r in indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))]
    assert [found[0], found[-1]] == [("baseline", "9 pv"), ("target", "5 pv")]
    assert [raw for _, raw in found[1:-1]] == ["8 pv", "7 pv", "6 pv"]
    assert len({period for period, _ in found}) == 5
