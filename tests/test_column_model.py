"""Which column each run of words of a printed table is read into, however an office prints its tables."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from extractors.outline.column_model import AREA, GOAL, INDICATOR, PROJECT, RESULTS, SOURCE, decode, learn
from extractors.outline.column_weights import column_weights
from extractors.project_results import extract as project_results
from extractors.projects import extract as projects
from tests.columns.train import examples, judged
from tests.columns.typeset import Row, Style, drawn, printed
from tests.conftest import Analyse

ROWS = [
    Row(
        "Vastaanottotyö",
        1,
        {
            "project": "Takaisinsoitto terveysasemilla",
            "goal": "Jokaiseen puheluun vastataan saman päivän aikana, ja asiakas tietää, milloin hänelle soitetaan.",
            "indicator": "Vastattujen puhelujen osuus ja odotusaika",
            "source": "Puhelinjärjestelmän raportti",
        },
        (
            ("2021-SP", "Takaisinsoitto otettiin käyttöön kaikilla asemilla. Puheluihin vastattiin tunnissa."),
            ("2021-FA", "Asiakkaista 80 % sai vastauksen samana päivänä, ja jono lyheni puoleen."),
        ),
    ),
    Row(
        "Vastaanottotyö",
        1,
        {
            "project": "Omahoitaja",
            "goal": "Pitkäaikaissairas tuntee oman hoitajansa ja tietää tämän puhelinnumeron.",
            "indicator": "Nimettyjen omahoitajien määrä",
            "source": "Potilastietojärjestelmä",
        },
        (
            ("2021-SP", "Omahoitajamallia kokeiltiin kahdella asemalla, ja siitä laadittiin ohje muille asemille."),
            ("2021-FA", "Omahoitaja on nimetty joka toiselle. Työ jatkuu muilla asemilla ensi vuonna."),
        ),
    ),
    Row(
        "Perhepalvelut",
        1,
        {
            "project": "Neuvolan chat",
            "goal": "Perheet saavat apua ilman käyntiä neuvolassa, myös iltaisin.",
            "indicator": "Chat-keskustelujen lukumäärä ja perheiden arvosana",
            "source": "Chat-ohjelman tilasto",
        },
        (
            ("2021-SP", "Chat avattiin helmikuussa kolmessa kunnassa, ja siitä viestittiin perheille."),
            ("2021-FA", "Keskusteluja käytiin 1 200, ja perheet olivat niihin tyytyväisiä."),
        ),
    ),
]

PLAIN = Style(
    columns=("development_area", "project", "goal", "indicator", "source", "results"),
    widths=(18, 24, 28, 32, 20, 52),
    areas="column",
    order="cells",
    merged=0.0,
    paragraphs_apart=True,
    hyphen=False,
    label="capitals",
    page_lines=60,
    repeats_heading=False,
    header="lines",
    capitals=True,
    degraded=0.0,
)

HABITS = [
    pytest.param({}, id="cell by cell"),
    pytest.param({"widths": (14, 20, 22, 24, 16, 40)}, id="narrow columns"),
    pytest.param({"widths": (22, 28, 38, 40, 26, 68)}, id="wide columns"),
    pytest.param({"label": "inline"}, id="the period and its result on one line"),
    pytest.param({"label": "alone", "paragraphs_apart": False}, id="periods in small letters, nothing between"),
    pytest.param({"page_lines": 14}, id="rows that pages cut"),
    pytest.param({"page_lines": 16, "repeats_heading": True}, id="headings that pages repeat"),
    pytest.param({"hyphen": True}, id="words broken with hyphens"),
    pytest.param({"header": "line", "capitals": False}, id="headings side by side"),
    pytest.param({"areas": "rows", "columns": PLAIN.columns[1:], "widths": PLAIN.widths[1:]}, id="areas as rows"),
    pytest.param(
        {
            "columns": ("goal", "project", "indicator", "results", "source"),
            "widths": (30, 22, 28, 50, 20),
            "areas": "none",
        },
        id="the goal before the project, results before their source",
    ),
]


@pytest.mark.parametrize("habit", HABITS)
def test_the_rows_are_the_same_however_an_office_prints_them(habit: dict[str, object], analyse: Analyse) -> None:
    style = replace(PLAIN, **habit)  # type: ignore[arg-type]
    document = analyse(printed(ROWS, style, random.Random(7)).text)
    found = list(projects(document))
    assert [one.project for one in found] == [row.cells["project"] for row in ROWS]
    assert [one.benefit_goal for one in found] == [1, 1, 1]
    wanted = [row.area for row in ROWS] if style.areas != "none" else [None] * 3
    assert [one.development_area for one in found] == wanted
    assert [one.goal_text for one in found] == [row.cells["goal"] for row in ROWS]
    assert [one.indicator_text for one in found] == [row.cells["indicator"] for row in ROWS]
    assert [one.source_text for one in found] == [row.cells["source"] for row in ROWS]
    results = [(one.project_id, one.period, one.text) for one in project_results(document)]
    assert results == [
        (record.project_id, *result) for record, row in zip(found, ROWS, strict=True) for result in row.results
    ]


ACROSS = """Kukkulan hankkeen arviointiraportti

Raporttiin on kirjattu, mitä projektit ovat saaneet aikaan. Taulukot on täytetty ohjausryhmän kokouksia varten, ja
niitä täydennetään kaksi kertaa vuodessa.

Hyötytavoite 1

KEHITTÄMISALUE

PROJEKTI

TAVOITTEET

MITTARIT

TIETOLÄHDE

TULOKSET

Vastaanottotyö

Takaisinsoitto

Asiakas saa vastauksen
samana päivänä ja tietää,
milloin hänelle soitetaan.

Puhelujen osuus, joihin Puhelinjärjestelmän
vastattiin tunnissa

raportti

SYKSY 2021

Puheluihin vastattiin keskimäärin tunnissa, ja jono
lyheni puoleen.

Omahoitaja

Pitkäaikaissairas tuntee
oman hoitajansa.

Nimettyjen omahoitajien
määrä

Potilastieto-
järjestelmä

SYKSY 2021

Omahoitaja on nimetty joka toiselle pitkäaikais-
sairaalle, ja työ jatkuu.
"""


def test_a_line_across_two_columns_is_cut_and_each_cell_goes_on_below(analyse: Analyse) -> None:
    first, second = projects(analyse(ACROSS))
    assert first.indicator_text == "Puhelujen osuus, joihin vastattiin tunnissa"
    assert first.source_text == "Puhelinjärjestelmän raportti"
    assert (second.project, second.source_text) == ("Omahoitaja", "Potilastietojärjestelmä")


def test_the_widths_of_the_columns_are_those_that_the_lines_show() -> None:
    style = replace(PLAIN, widths=(16, 26, 36, 40, 24, 66))
    one = next(
        one
        for one in examples("leveydet", ROWS * 2, styles=6)
        if drawn(random.Random(f"leveydet {one.number}")).order == "cells"
    )
    drawn_widths = drawn(random.Random(f"leveydet {one.number}")).widths
    widths, _ = learn(one.regions, column_weights())
    for found, asked, role in zip(widths[0], drawn_widths, one.regions[0].roles, strict=True):
        if role in (GOAL, RESULTS):
            assert abs(found - asked) <= 6
    assert style.widths != drawn_widths


def test_most_words_of_tables_in_styles_drawn_at_random_come_into_their_cells() -> None:
    """The model as a whole; what falls below is a change for the worse in it or in its weights."""
    counts = [judged(one, column_weights()) for one in examples("satunnaiset", ROWS, styles=12)]
    assert len(counts) >= 8
    good, words = sum(one[0] for one in counts), sum(one[1] for one in counts)
    assert good / words >= 0.85


def test_reading_a_table_twice_gives_the_same() -> None:
    one = next(examples("samat", ROWS, styles=1))
    widths, names = learn(one.regions, column_weights())
    assert decode(one.regions[0], widths[0], names, column_weights()) == decode(
        one.regions[0], widths[0], names, column_weights()
    )
    assert set(one.regions[0].roles) <= {AREA, PROJECT, GOAL, INDICATOR, SOURCE, RESULTS, 6}
