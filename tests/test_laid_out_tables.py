"""Tables of a text laid out as on the page: columns of prose side by side."""

from __future__ import annotations

import pytest

from extractors.project_results import extract as project_results
from extractors.projects import extract as projects
from pipeline.read.laid_out_tables import find_laid_out
from pipeline.read.layout import split_lines, without_running_lines
from tests.conftest import Analyse

HEAD = "Osa-alue           Projekti           Tavoite                    Kevät 2022               Mittari"
ROWS = """\
Neuvonta ja        Soittolinja        Asukas saa vastauksen      Linja avattiin kolmessa  Vastattujen
ohjaus                                saman päivän aikana        kunnassa.                osuus

                   Kirjastovartti     Tietoa saa paikasta,       –                        Kävijöiden määrä
                                      jossa muutenkin käydään
"""
MORE = """\
Suun hoito         Jonot kuriin       Hoitoon pääsee kolmessa    Jono siivottiin ja       Odottaneiden
"""
REST = """\
                                      kuukaudessa                uusi vuoro alkoi.        määrä
"""
TABLE = [
    ["Osa-alue", "Projekti", "Tavoite", "Kevät 2022", "Mittari"],
    [
        "Neuvonta ja ohjaus",
        "Soittolinja",
        "Asukas saa vastauksen saman päivän aikana",
        "Linja avattiin kolmessa kunnassa.",
        "Vastattujen osuus",
    ],
    ["", "Kirjastovartti", "Tietoa saa paikasta, jossa muutenkin käydään", "–", "Kävijöiden määrä"],
    [
        "Suun hoito",
        "Jonot kuriin",
        "Hoitoon pääsee kolmessa kuukaudessa",
        "Jono siivottiin ja uusi vuoro alkoi.",
        "Odottaneiden määrä",
    ],
]


def grids(text: str) -> list[list[list[str]]]:
    tables, _ = find_laid_out(text, without_running_lines(text, list(split_lines(text))))
    return [[[" ".join(cell.text(text).split()) for cell in row] for row in table.rows] for table in tables]


FOOT = "\n          Koealan kuntayhtymä                                     Sivu {}\n"
PAGES = [
    f"{HEAD}\n\n{ROWS}\n{MORE}{REST}",
    f"{HEAD}\n\n{ROWS}\n{MORE}{FOOT.format(1)}\f{REST}{FOOT.format(2)}\fTyö jatkuu.\n{FOOT.format(3)}",
    f"{HEAD}\n\n{ROWS}\n{MORE}{FOOT.format(1)}\f{HEAD}\n\n{REST}{FOOT.format(2)}\fTyö jatkuu.\n{FOOT.format(3)}",
    f"{HEAD}\n\n{ROWS}\n{MORE}{REST}\nHankkeen työ jatkuu kaikissa kunnissa myös ensi vuonna.\n",
]


@pytest.mark.parametrize("text", PAGES)
def test_rows_go_on_below_each_other_and_over_pages(text: str) -> None:
    assert grids(text) == [TABLE]


def test_without_empty_lines_a_row_begins_where_its_first_column_does() -> None:
    rows = (
        "Ryhmä            Toimenpide                 Kuka vastaa ja milloin\n"
        "Lapset           Neuvolan ajat sovitaan     Ylihoitaja syksyllä\n"
        "                 verkossa                   ja keväällä\n"
        "Työikäiset       Puhelin avataan myös       Palvelupäällikkö\n"
        "                 iltaisin                   vuoden alusta\n"
    )
    assert grids(rows) == [
        [
            ["Ryhmä", "Toimenpide", "Kuka vastaa ja milloin"],
            ["Lapset", "Neuvolan ajat sovitaan verkossa", "Ylihoitaja syksyllä ja keväällä"],
            ["Työikäiset", "Puhelin avataan myös iltaisin", "Palvelupäällikkö vuoden alusta"],
        ]
    ]


PROSE = "Ensin kuvataan työn     Sitten kerrotaan, mitä   Lopuksi kootaan opit\n"
NO_TABLES = [
    PROSE + "tausta ja tavoitteet,   on tehty ja miten se     yhteen, jotta muutkin\n"
    "joita oli alusta asti   meni, kun kuntia oli     voivat käyttää niitä\n"
    "monta erilaista, ja     mukana koko maakunta     omassa työssään heti\n"
    "kerrotaan mitä jäi      eikä vain sen keskus     ja vielä myöhemminkin\n",
    "Laatija:    Liisa Koe    15.5.2022\n\nHyväksyjä:  Matti Malli  20.5.2022\n",
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_columns_of_prose_and_signatures_are_no_tables(text: str) -> None:
    assert grids(text) == []


def test_numbered_feet_are_left_out_and_repeated_headings_stay() -> None:
    text = "\f".join(f"Otsikko\nSisältöä {word}.\nKoeala – sivu {page} (3)\n" for page, word in enumerate("abc", 1))
    lines = list(split_lines(text))
    kept = [text[line.start : line.end] for line in without_running_lines(text, lines)]
    assert kept == ["Otsikko", "Sisältöä a.", "Otsikko", "Sisältöä b.", "Otsikko", "Sisältöä c."]
    assert [line.starts_page for line in without_running_lines(text, lines)][2]
    two = "\f".join(f"Sisältöä.\nsivu {page}\n" for page in (1, 2))
    assert len(without_running_lines(two, list(split_lines(two)))) == 4


def test_its_rows_are_projects_with_their_results(analyse: Analyse) -> None:
    document = analyse(
        f"Koealan hankkeen oma-arviointi\n\nTaulukko kertoo työstä.\n\nHyöty 1: Palvelujen saatavuus\n\n{PAGES[0]}"
    )
    found = list(projects(document))
    assert [(p.development_area, p.project, p.goal_text, p.indicator_text) for p in found] == [
        ("Neuvonta ja ohjaus", "Soittolinja", TABLE[1][2], TABLE[1][4]),
        ("Neuvonta ja ohjaus", "Kirjastovartti", TABLE[2][2], TABLE[2][4]),
        ("Suun hoito", "Jonot kuriin", TABLE[3][2], TABLE[3][4]),
    ]
    assert [(r.period, r.text) for r in project_results(document)] == [
        ("2022-SP", TABLE[1][3]),
        ("2022-SP", TABLE[3][3]),
    ]
