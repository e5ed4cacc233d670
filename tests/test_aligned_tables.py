"""Tables of a plain text whose columns are aligned by blanks."""

from __future__ import annotations

import pytest

from extractors.goal_status import extract as goal_status
from extractors.indicators import extract as indicators
from extractors.measures import extract as measures
from pipeline.read.aligned_tables import find_aligned
from pipeline.read.layout import split_lines
from tests.conftest import Analyse


def grids(text: str) -> list[list[list[str]]]:
    """The tables of a text as rows of cells."""
    tables, _ = find_aligned(text, list(split_lines(text)))
    return [[[cell.text(text) for cell in row] for row in table.rows] for table in tables]


FIGURES = """\
Taulukko 1. Mittarit
Mittari                   Lähtötaso   K21    S21
Jonotusaika (vrk)         21          14     9
Käynnit (kpl)             –           310    1 645
Vastatut puhelut (%)      54                 86
"""


def test_blanks_in_one_place_over_all_lines_part_columns() -> None:
    assert grids(FIGURES) == [
        [
            ["Mittari", "Lähtötaso", "K21", "S21"],
            ["Jonotusaika (vrk)", "21", "14", "9"],
            ["Käynnit (kpl)", "–", "310", "1 645"],
            ["Vastatut puhelut (%)", "54", "", "86"],
        ]
    ]


def test_what_is_around_a_table_stands_outside() -> None:
    text = f"Mittarit ovat tässä.\n\n{FIGURES}\nLuvut ovat arvioita.\n"
    _, outside = find_aligned(text, list(split_lines(text)))
    assert [text[line.start : line.end] for line in outside] == [
        "Mittarit ovat tässä.",
        "Taulukko 1. Mittarit",
        "Luvut ovat arvioita.",
    ]


OTHER_WAYS = [
    "Tavoite             5/21    11/21\nP1 Asiakas saa       20 %     40 %\n   ajan viikossa\n"
    "P2 Jonot             0 %    100 %\n   lyhenevät\n",
    "Tavoite                     | 5/21 | 11/21\n----------------------------+------+------\n"
    "P1 Asiakas saa ajan viikossa| 20 % | 40 %\nP2 Jonot lyhenevät          | 0 %  | 100 %\n",
    "Tavoite                       5/21   11/21\n=============================================\n"
    "P1 Asiakas saa ajan viikossa  20 %   40 %\nP2 Jonot lyhenevät            0 %    100 %\n",
    "                              Valmiusaste\nTavoite                       5/21   11/21\n"
    "P1 Asiakas saa ajan viikossa  20 %   40 %\nP2 Jonot lyhenevät            0 %    100 %\n",
    "| Tavoite                      | 5/21 | 11/21 |\n|------------------------------|------|-------|\n"
    "| P1 Asiakas saa ajan viikossa | 20 % | 40 %  |\n| P2 Jonot lyhenevät           | 0 %  | 100 % |\n",
]


@pytest.mark.parametrize("rows", OTHER_WAYS, ids=["wrapped", "bars", "rule", "heading above", "pipes"])
def test_wrapped_cells_bars_rules_and_a_heading_above_others(rows: str, analyse: Analyse) -> None:
    document = analyse(
        f"Koealueen oma-arviointi\n\nTavoitteiden valmius on tässä.\n\n{rows}\nTyö jatkuu ensi vuonna.\n"
    )
    assert [(r.code, r.period, r.percent) for r in goal_status(document)] == [
        ("P1", "2021-05", 20.0),
        ("P1", "2021-11", 40.0),
        ("P2", "2021-05", 0.0),
        ("P2", "2021-11", 100.0),
    ]


def test_aligned_indicators_are_indicators(analyse: Analyse) -> None:
    found = indicators(analyse(f"Koealueen oma-arviointi\n\n{FIGURES}\nTyö jatkuu.\n"))
    assert [(r.indicator, r.period, r.number, r.unit) for r in found][:4] == [
        ("Jonotusaika (vrk)", "baseline", 21.0, "vrk"),
        ("Jonotusaika (vrk)", "2021-SP", 14.0, "vrk"),
        ("Jonotusaika (vrk)", "2021-FA", 9.0, "vrk"),
        ("Käynnit (kpl)", "2021-SP", 310.0, "kpl"),
    ]


def test_a_goal_stands_beside_the_first_of_its_measures(analyse: Analyse) -> None:
    rows = (
        "Tavoite                Toimenpide        Tilanne\n"
        "P1 Asiakas saa ajan    Takaisinsoitto    valmis\n"
        "                       Chat              kesken\n"
        "P2 Jonot lyhenevät     Iltavastaanotto   kesken\n"
    )
    document = analyse(f"Koealueen oma-arviointi\n\nTaulukko on tässä.\n\n{rows}\nTyö jatkuu.\n")
    assert [(m.goal_code, m.text, m.status) for m in measures(document)] == [
        ("P1", "Takaisinsoitto", "done"),
        ("P1", "Chat", "in_progress"),
        ("P2", "Iltavastaanotto", "in_progress"),
    ]


NO_TABLES = [
    "1    Johdanto         3\n2    Tavoitteet       4\n3    Mittarit         7\n4    Liitteet        12\n",
    "Alue:         Koeala\nOhjelma:      Tulevaisuus\nRahoittaja:   Ministeriö\nPäivätty:     31.5.2023\n",
    "Koealan hanke                              Oma-arviointi\n\nTyö alkoi.\n",
    "Liisa Koe        Matti Malli\nhankejohtaja     puheenjohtaja\n",
    "Ensin kuvataan työn tausta ja   Sitten kerrotaan siitä, mitä\n"
    "tavoitteet, joita hankkeella    on tehty ja miten se meni,\n"
    "on ollut alusta asti monta,     ja lopuksi kootaan opit yhteen\n",
    "Työ  alkoi syksyllä.\nSe jatkui  keväällä.\nNyt se on  valmis.\n",
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_contents_labels_running_heads_signatures_and_columns_of_prose_are_no_tables(text: str) -> None:
    assert grids(text) == []
