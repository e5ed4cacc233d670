"""Measures reported under a goal: what is one, and the state that its label, its words and its dates tell."""

from __future__ import annotations

import pytest

from extractors.measures import extract as measures
from tests.conftest import Analyse
from tests.texts import REPORT, table


def test_measures_with_the_label_above(analyse: Analyse) -> None:
    found = [(m.goal_code, m.text, m.status, m.status_source, m.percent) for m in measures(analyse(REPORT))]
    assert found == [
        ("1.1", "Takaisinsoitto on otettu käyttöön.", "done", "label", None),
        ("1.1", "Ajanvarausta laajennetaan (valmiusaste 60 %).", "in_progress", "label", 60.0),
    ]


MEASURES = [
    ("Opas on jaettu kaikille yksiköille.", "done"),
    ("Pilotti on käynnissä kahdella asemalla.", "in_progress"),
    ("Työtä jatketaan ensi vuonna.", "in_progress"),
    ("Malli valmistui lopulta, mutta sen levittäminen muihin kuntiin jatkuu.", "in_progress"),
    ("Tuloksista raportoidaan keväällä 2023.", "not_started"),
    ("Erillisen sovelluksen tekemisestä on luovuttu.", "not_pursued"),
    ("Kokeilu alkaa tammikuussa 2023.", "not_started"),
    ("Botin hankinnasta on päätetty luopua.", "not_pursued"),
    ("Ohje on valmis (valmiusaste 90 %).", "in_progress"),
    ("Digitukea annetaan maaliskuuhun 2023 asti.", "in_progress"),
]


REPORTED = """Raportin päiväys 30.11.2022

1 Saatavuus ja jatkuvuus
Tausta on tässä.
1.1 Asiakas saa ajan viikossa
"""
"""The beginning of a report of the last of November 2022, up to the heading of its first goal."""


@pytest.mark.parametrize(("sentence", "status"), MEASURES)
def test_a_sentence_tells_its_state(sentence: str, status: str, analyse: Analyse) -> None:
    assert [(m.text, m.status) for m in measures(analyse(f"{REPORTED}{sentence}\n"))] == [(sentence, status)]


BY_DATES = [
    ("Digitukea annetaan maaliskuuhun 2023.", "in_progress", "date"),
    ("Digitukea annetaan toukokuuhun 2023 saakka.", "in_progress", "date"),
    ("Digitukea annetaan maaliskuussa 2023.", "not_started", "date"),
    ("Digitukea annetaan vuosina 2022–2023.", "in_progress", "date"),
    ("Digitukea annetaan marraskuun 2022 loppuun.", "in_progress", "date"),
    ("Digitukea annetaan tammikuussa ja maaliskuussa 2023.", "not_started", "date"),
    ("Digitukea annetaan syksyllä 2022 ja keväällä 2023.", "in_progress", "date"),
    ("Digitukea annettiin maaliskuussa 2022.", None, None),
    ("Digitukea annetaan joka kunnassa.", "in_progress", "tense"),
]


@pytest.mark.parametrize(("sentence", "status", "source"), BY_DATES)
def test_a_present_measure_is_placed_by_its_dates_against_the_reports(
    sentence: str, status: str | None, source: str | None, analyse: Analyse
) -> None:
    assert [(m.status, m.status_source) for m in measures(analyse(f"{REPORTED}{sentence}\n"))] == [(status, source)]


def test_a_label_counts_until_the_next_one_and_labels_and_lead_ins_are_no_measures(analyse: Analyse) -> None:
    lines = (
        "Valmistuneet",
        "Tehtiin seuraavat:",
        "• Opas kunnille",
        "• Ohje hoitajille",
        "Työn alla",
        "Kirjaamista yhtenäistetään.",
        "Ei aloitettu",
        "• Koulutus esihenkilöille",
    )
    found = [(m.text, m.status, m.status_source) for m in measures(analyse(REPORTED + "\n".join(lines) + "\n"))]
    assert found == [
        ("Opas kunnille", "done", "label"),
        ("Ohje hoitajille", "done", "label"),
        ("Kirjaamista yhtenäistetään.", "in_progress", "label"),
        ("Koulutus esihenkilöille", "not_started", "label"),
    ]


def test_the_items_of_a_list_take_the_state_of_the_paragraph_above(analyse: Analyse) -> None:
    lines = ("Kehittäminen on kesken kolmessa kunnassa.", "• Kirjaamisen ohje", "• Opas julkaistiin, ja se on valmis.")
    found = [(m.status, m.status_source) for m in measures(analyse(REPORTED + "\n".join(lines) + "\n"))]
    assert found == [
        ("in_progress", "text"),
        ("in_progress", "context"),
        ("done", "text"),
    ]


def test_a_measure_under_a_heading_of_two_goals_is_reported_under_both(analyse: Analyse) -> None:
    headings = "1 Saatavuus ja jatkuvuus\nTausta on tässä.\n1.1 Aikoja on riittävästi ja 1.2 Jonot lyhenevät"
    document = analyse(f"{headings}\nOpas on julkaistu.\n\nTeema\n\nKurssi on pidetty.\n")
    assert [(m.measure_id.removeprefix(f"{document.doc_id}-"), m.goal_code, m.text) for m in measures(document)] == [
        ("m0001", "1.1", "Opas on julkaistu."),
        ("m0002", "1.2", "Opas on julkaistu."),
        ("m0003", "1.1", "Kurssi on pidetty."),
        ("m0004", "1.2", "Kurssi on pidetty."),
    ]


PERCENTS = [
    ("Opasta laaditaan (valmiusaste 60 %).", 60.0, "in_progress"),
    ("Opas on 40 % valmis.", 40.0, "in_progress"),
    ("Opas on valmis, valmiusaste on noin 100 %.", 100.0, "done"),
    ("Opas on jaettu 60 %:lle kunnista.", None, "done"),
]


@pytest.mark.parametrize(("sentence", "percent", "status"), PERCENTS)
def test_a_measure_that_is_not_wholly_ready_is_not_done(
    sentence: str, percent: float | None, status: str, analyse: Analyse
) -> None:
    assert [(m.percent, m.status) for m in measures(analyse(f"{REPORTED}{sentence}\n"))] == [(percent, status)]


def test_lines_that_tell_the_goals_readiness_are_no_measures(analyse: Analyse) -> None:
    lines = "• Valmiusaste: kevät 2021 20 %\n• Takaisinsoitto on otettu käyttöön."
    document = analyse(f"Koealueen oma-arviointi\n\nP7 Asiakas saa ajan\n{lines}\n\nP8 Jono lyhenee\nTyö jatkuu.\n")
    assert [(m.goal_code, m.text) for m in measures(document)] == [
        ("P7", "Takaisinsoitto on otettu käyttöön."),
        ("P8", "Työ jatkuu."),
    ]


LEGENDS = [
    "• alussa = vaihe 1, työstä on sovittu\n• puolivälissä = vaihe 2, työ etenee\n• maalissa = vaihe 3, työ on tehty",
    "• alussa: työstä on sovittu\n• puolivälissä: työ etenee\n• maalissa: työ on tehty",
    "• alussa – työstä on sovittu\n• puolivälissä – työ etenee\n• maalissa – työ on tehty",
]


@pytest.mark.parametrize("legend", LEGENDS)
def test_captions_and_the_legend_of_a_scale_are_no_measures(analyse: Analyse, legend: str) -> None:
    grid = table(
        ["Tavoite", "5/21", "11/21", "5/22"],
        ["PT 1.1 Asiakas saa ajan", "alussa", "puolivälissä", "maalissa"],
        ["PT 1.2 Jono lyhenee", "alussa", "alussa", "puolivälissä"],
    )
    document = analyse(
        f"{grid}\n\n\nPT 1.2 Jono lyhenee\nTehty\n• Vastaanotto avattiin.\nTaulukko 2. Jonon mittarit\n{legend}\n"
    )
    assert [m.text for m in measures(document)] == ["Vastaanotto avattiin."]


def test_an_item_that_opens_with_a_state_is_a_measure(analyse: Analyse) -> None:
    document = analyse(f"{REPORTED}• valmis: opas\n• kesken: ajanvarauksen uusiminen\n• valmis: koulutus\n")
    assert len(list(measures(document))) == 3
