"""What the columns of a table hold: their roles by their headings, their periods by the dates in them."""

from __future__ import annotations

import pytest

from extractors.document import AnalysedDocument
from extractors.goal_status import extract as goal_status
from extractors.indicators import extract as indicators
from extractors.outline.tables import columns
from extractors.projects import extract as projects
from pipeline.process import analysed
from tests.conftest import Analyse
from tests.texts import table


def page(*rows: str) -> AnalysedDocument:
    """A web page that holds a table, rows as HTML cells."""
    grid = "".join(f"<tr>{row}</tr>" for row in rows)
    html = f"<html lang='fi'><body><p>Taulukko on tässä.</p><table>{grid}</table><p>Se on siinä.</p></body></html>"
    return analysed(html.encode(), "sivu.html")


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


HEADINGS = [
    ("Prosessitavoite", "goal"),
    ("HANKKEEN PROSESSITAVOITTEET", "goal"),
    ("Prosessitavoitteiden mittarit", "indicator"),
    ("Mittari", "indicator"),
    ("Mittari (tavoitearvo)", "indicator"),
    ("Tiedon lähde", "source"),
    ("Lahtotilanne", "baseline"),
    ("Lähtö tila", "baseline"),
    ("Arviointi / mittari", "indicator"),
    ("Projekti", "project"),
    ("Kehittämisalue", "development_area"),
    ("Seurantatieto", "indicator"),
    ("Tilanne ennen", "baseline"),  # the longer term holds the shorter: tilanne alone is a status
    ("TILANNE ENNEN TYÖTÄ", "baseline"),
    ("Tilanne", "status"),
    ("Palvelun nimi", None),
]


@pytest.mark.parametrize(("heading", "role"), HEADINGS)
def test_a_columns_role_is_told_by_its_heading_however_it_is_spelled(heading: str, role: str | None) -> None:
    document = page(cells("Työpaketti", heading, "5/21"), cells("TP 1", "Aika", "5 pv"))
    assert [column.role for column in columns(document, document.tables[0]).by_index][1] == role


def test_cells_tell_that_a_column_holds_work_packages_whatever_its_heading_but_a_goal() -> None:
    rows = cells("TP 1 Vastaanotot", "Jono", "5 pv"), cells("TP 2 Perheet", "Käynnit", "9")
    named = page(cells("Osahanke", "Mittari", "5/21"), *rows)
    goals = page(cells("Tavoite", "Mittari", "5/21"), *rows)
    assert columns(named, named.tables[0]).by_index[0].role == "work_package"
    assert columns(goals, goals.tables[0]).by_index[0].role == "benefit_goal"


def test_a_heading_that_names_two_roles_has_the_one_that_no_other_column_has() -> None:
    alone = page(cells("Kehittämiskohde", "Mittari", "5/21"), cells("Vastaanotto", "Aika", "5 pv"))
    beside = page(
        cells("Palvelukokonaisuus", "Kehittämiskohde", "Mittari", "5/21"), cells("Sote", "Vastaanotto", "Aika", "5 pv")
    )
    assert columns(alone, alone.tables[0]).by_index[0].role == "development_area"
    roles = [column.role for column in columns(beside, beside.tables[0]).by_index]
    assert roles[:2] == ["development_area", "project"]


PERIODS = [
    ("5/21", "2021-05"),
    ("11/2021", "2021-11"),
    ("Kevät 2021", "2021-SP"),
    ("SYKSY 2022", "2022-FA"),
    ("2. arviointi (11/21)", "2021-11"),
    ("Valmiusaste 5/22", "2022-05"),
    ("Valmiusaste K22", "2022-SP"),
    ("Tilanne (S-21)", "2021-FA"),
    ("Toteuma K 22", "2022-SP"),
    ("Tilanne 30.4.2022", "2022-04-30"),
    ("Toukokuu 2022 väliraportti", "2022-05"),
    ("2021", "2021"),
    ("Valmiusaste", None),
    ("5/21 ja 11/21", None),
    ("Mallilan pilotti 5/21", None),
]


@pytest.mark.parametrize(("heading", "period"), PERIODS)
def test_a_period_is_a_heading_of_one_time_and_words_of_reporting(heading: str, period: str | None) -> None:
    document = page(cells("Mittari", "Lähtötaso", heading), cells("Jono", "7 pv", "5 pv"))
    assert columns(document, document.tables[0]).by_index[2].period == period


def test_headings_over_two_rows_and_merged_ones_give_each_column_its_own() -> None:
    document = page(
        "<td rowspan='2'>Prosessitavoite</td><td colspan='2'>Valmiusaste</td>",
        cells("5/21", "11/21"),
        cells("PT 1.1 Asiakas saa ajan", "10 %", "40 %"),
    )
    layout = columns(document, document.tables[0])
    assert (layout.n_header, [column.role for column in layout.by_index]) == (2, ["goal", "period", "period"])
    assert [(r.code, r.period, r.percent) for r in goal_status(document)] == [
        ("1.1", "2021-05", 10.0),
        ("1.1", "2021-11", 40.0),
    ]


def test_a_merged_cell_takes_its_first_period() -> None:
    document = page(
        cells("Mittari", "Lähtötaso", "5/21", "11/21"),
        cells("Jono", "7 pv") + "<td colspan='2'>5 pv</td>",
        cells("Puhelut") + "<td colspan='3'>86 %</td>",
    )
    assert [(r.indicator, r.period, r.raw) for r in indicators(document)] == [
        ("Jono", "baseline", "7 pv"),
        ("Jono", "2021-05", "5 pv"),
        ("Puhelut", "baseline", "86 %"),
    ]


def test_a_header_that_a_page_break_repeats_is_no_row(analyse: Analyse) -> None:
    header = ["Kehittämisalue", "Projekti", "Tavoitteet", "Tulokset"]
    rows = table(
        header,
        ["Neuvola", "Chat", "Apua saa heti.", "Avattiin."],
        header,
        ["", "Omahoitaja", "Hoitaja on tuttu.", "Nimettiin."],
    )
    found = projects(analyse(f"Koealueen hanke\n\n{rows}\n\n\nTaulukko loppui.\n"))
    assert [(r.row, r.development_area, r.project) for r in found] == [
        (1, "Neuvola", "Chat"),
        (2, "Neuvola", "Omahoitaja"),
    ]


EMPTY = ["", "-", "–", "— ", "- -"]


@pytest.mark.parametrize("dash", EMPTY)
def test_a_dash_is_an_empty_cell(dash: str) -> None:
    document = page(cells("Mittari", "Lähtötaso", "5/21"), cells("Jono", dash, "0"))
    assert [(r.period, r.raw) for r in indicators(document)] == [("2021-05", "0")]


def test_goals_are_known_by_their_numbers_where_no_heading_names_their_column() -> None:
    document = page(
        cells("Tavoiteltava tila", "Kevät 2021"),
        cells("1.1 Asiakas saa ajan", "10 %"),
        cells("1.2 Jono lyhenee", "20 %"),
    )
    assert [(r.code, r.percent) for r in goal_status(document)] == [("1.1", 10.0), ("1.2", 20.0)]


def test_a_table_without_headings_gives_no_rows() -> None:
    document = page(cells("Mallila", "10 %"), cells("Koela", "20 %"))
    assert [*indicators(document), *goal_status(document), *projects(document)] == []
