"""Indicator tables: a record for every filled cell of a period or the baseline."""

from __future__ import annotations

import pytest

from extractors.indicators import extract as indicators
from extractors.process_goals import extract as process_goals
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
    ("3 vrk, tavoite täyttyi", 3.0, "vrk"),
    ("toukokuussa 2021 jo 40 %", 40.0, "%"),
    ("Luku saadaan 11/2021", None, None),
    ("12 €/asukas", 12.0, "€/asukas"),
    ("vastaajia 340 hlö", 340.0, "hlö"),
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


NUMBERED = ["2", "HT2", "HT 2", "Hyötytavoite 2", "Ennakoivaan ja ehkäisevään työhön siirtyminen"]


@pytest.mark.parametrize("cell", NUMBERED)
def test_a_column_may_hold_the_national_goals_number(cell: str, analyse: Analyse) -> None:
    rows = table(["Hyötytavoite", "Mittari", "Lähtötaso", "5/21"], [cell, "Käynnit", "5", "9"])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert {r.benefit_goal for r in found} == {2}


def test_a_national_goals_number_is_no_wording_of_a_goal(analyse: Analyse) -> None:
    rows = table(["Kohde", "Mittari", "Lähtötaso", "5/21"], ["HT4", "Palaverit", "5", "9"], ["", "Käynnit", "1", ""])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert {(r.benefit_goal, r.benefit_goal_text) for r in found} == {(4, None)}


@pytest.mark.parametrize("group", ["HT2", "HT 2: Ehkäisevä työ", "Hyötytavoite 2"])
def test_a_row_may_name_the_national_goal_by_its_number(group: str, analyse: Analyse) -> None:
    rows = table(["Mittari", "Lähtötaso", "5/21"], [group, "", ""], ["Käynnit", "5", "9"])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.benefit_goal, r.indicator) for r in found] == [(2, "Käynnit"), (2, "Käynnit")]


def test_the_first_figure_of_a_cell_measures_also_where_words_stand_beside_it(analyse: Analyse) -> None:
    rows = table(["Mittari", "Lähtötaso", "5/21"], ["Jonotusaika", "7 vrk", "3 vrk, tavoite täyttyi"])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.number, r.unit) for r in found] == [(7.0, "vrk"), (3.0, "vrk")]


def test_a_range_has_two_ends(analyse: Analyse) -> None:
    rows = table(["Mittari", "Lähtötaso", "5/21"], ["Vastatut puhelut", "75–80 %", "n. 82 %"])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.number, r.number_max, r.unit, r.unit_code) for r in found] == [
        (75.0, 80.0, "%", "percent"),
        (82.0, None, "%", "percent"),
    ]


UNITS = [
    (["Mittari", "Yksikkö", "Lähtötaso", "5/21"], ["Jonotusaika", "vrk", "7", "5"], "vrk", "day"),
    (["Mittari", "Lähtötaso", "5/21"], ["Jonotusaika (vrk)", "7", "5"], "vrk", "day"),
    (["Mittari", "Lähtötaso", "5/21"], ["Jonotusaika, vrk", "7", "5"], "vrk", "day"),
    (["Mittari", "Lähtötaso (vrk)", "5/21 (vrk)"], ["Jonotusaika", "7", "5"], "vrk", "day"),
    (["Mittari", "Lähtötaso", "5/21"], ["Kävijät (hlö/kk)", "7", "5"], "hlö/kk", "count_per_month"),
    (["Mittari", "Lähtötaso", "5/21"], ["Käynnit (kpl/v)", "7", "5"], "kpl/v", "count_per_year"),
    (["Mittari", "Lähtötaso", "5/21"], ["Kulut (milj. €)", "7", "5"], "milj. €", "eur_million"),
    (["Mittari", "Lähtötaso", "5/21"], ["Kulut (1 000 €)", "7", "5"], "1 000 €", "eur_thousand"),
    (["Mittari", "Lähtötaso", "5/21"], ["Henkilöstö (htv)", "7", "5"], "htv", "fte"),
    (["Mittari", "Lähtötaso", "5/21"], ["Vastatut puhelut (%)", "7", "5"], "%", "percent"),
    (["Mittari", "Lähtötaso", "5/21"], ["Jonotusaika (mediaani)", "7", "5"], None, None),
]


@pytest.mark.parametrize(("heading", "row", "unit", "code"), UNITS)
def test_a_bare_numbers_unit_stands_in_its_column_its_name_or_its_heading(
    heading: list[str], row: list[str], unit: str | None, code: str | None, analyse: Analyse
) -> None:
    found = list(indicators(analyse(f"Mittarit\n{table(heading, row)}\n\n\nTeksti jatkuu.\n")))
    assert [(r.number, r.unit, r.unit_code) for r in found] == [(7.0, unit, code), (5.0, unit, code)]
    assert {r.indicator for r in found} == {row[0]}


TARGETS = [
    ("Tavoite 12/2022", "2022-12", "2022-H2"),
    ("Tavoitetaso kevät 2023", "2023-SP", "2023-H1"),
    ("Hankkeen päättyessä (6/2023)", "2023-06", "2023-H1"),
    ("Tavoite", None, None),
]


@pytest.mark.parametrize(("heading", "period", "round_"), TARGETS)
def test_a_targets_heading_may_name_its_time(
    heading: str, period: str | None, round_: str | None, analyse: Analyse
) -> None:
    rows = table(["Mittari", "Lähtötaso", heading, "5/21"], ["Jonotusaika", "7 pv", "3 pv", "5 pv"])
    found = list(indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n")))
    assert [(r.period, r.target_period, r.reporting_round) for r in found] == [
        ("baseline", None, None),
        ("target", period, round_),
        ("2021-05", None, "2021-H1"),
    ]


def test_an_indicator_keeps_its_id_over_tables_and_periods_have_their_days(analyse: Analyse) -> None:
    one = table(["Mittari", "Lähtötaso", "Kevät 2021"], ["Jonotusaika", "7 pv", "5 pv"], ["Käynnit", "1", "2"])
    other = table(["Mittari", "Lähtötaso", "11/21"], ["Jonotusaika", "7 pv", "4 pv"])
    text = f"Mittarit\n{one}\n\n\nTilanne syksyllä oli tämä.\n{other}\n\n\nTeksti jatkuu.\n"
    found = list(indicators(analyse(text)))
    assert len({r.indicator_id for r in found if r.indicator == "Jonotusaika"}) == 1
    assert len({r.indicator_id for r in found}) == 2
    assert {(r.period, str(r.period_start), str(r.period_end)) for r in found} == {
        ("baseline", "None", "None"),
        ("2021-SP", "2021-03-01", "2021-05-31"),
        ("2021-11", "2021-11-01", "2021-11-30"),
    }


def test_a_merged_heading_that_the_text_does_not_show_stands_over_the_values(analyse: Analyse) -> None:
    rows = table(
        ["Mittari", "Lähtötaso", "Toteuma", "Tavoite"],
        ["", "2020", "kevät -21", "syksy -21", "2022"],
        ["Jonotusaika", "7", "6", "5", "3"],
    )
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.period, r.target_period, r.number) for r in found] == [
        ("baseline", None, 7.0),
        ("2021-SP", None, 6.0),
        ("2021-FA", None, 5.0),
        ("target", "2022", 3.0),
    ]


def test_periods_may_stand_below_each_other_and_indicators_side_by_side(analyse: Analyse) -> None:
    rows = table(
        ["Ajankohta", "Jonotusaika (vrk)", "Vastatut puhelut (%)"],
        ["Lähtötaso", "29", "54"],
        ["Kevät 2021", "24", "–"],
        ["Tavoite", "7", "90"],
    )
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.indicator, r.period, r.number, r.unit) for r in found] == [
        ("Jonotusaika (vrk)", "baseline", 29.0, "vrk"),
        ("Jonotusaika (vrk)", "2021-SP", 24.0, "vrk"),
        ("Jonotusaika (vrk)", "target", 7.0, "vrk"),
        ("Vastatut puhelut (%)", "baseline", 54.0, "%"),
        ("Vastatut puhelut (%)", "target", 90.0, "%"),
    ]


def test_what_stands_before_baseline_and_figures_is_the_indicator_whatever_its_heading(analyse: Analyse) -> None:
    rows = table(["Seurannan kohde", "Nollataso", "Kevät 2021"], ["Takaisinsoiton viive", "42 min", "36 min"])
    found = indicators(analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n"))
    assert [(r.indicator, r.period, r.number) for r in found] == [
        ("Takaisinsoiton viive", "baseline", 42.0),
        ("Takaisinsoiton viive", "2021-SP", 36.0),
    ]


def test_texts_under_a_word_for_goal_are_the_goals_that_the_indicators_are_for(analyse: Analyse) -> None:
    rows = table(
        ["Mihin pyritään", "Mittari", "Lähtötaso", "5/21"], ["Hoitoon pääsee ajallaan.", "Jono", "7 pv", "5 pv"]
    )
    document = analyse(f"Mittarit\n{rows}\n\n\nTeksti jatkuu.\n")
    assert {(r.benefit_goal_text, r.indicator) for r in indicators(document)} == {("Hoitoon pääsee ajallaan.", "Jono")}
    assert [(goal.text, goal.kind) for goal in process_goals(document)] == [
        ("Hoitoon pääsee ajallaan.", "outcome_goal")
    ]


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
