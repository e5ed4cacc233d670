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
