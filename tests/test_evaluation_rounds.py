"""Assessments on a page and in a report: any heading that dates a round, by its most exact date."""

from __future__ import annotations

import pytest

from tests.conftest import Analyse

PROSE = "Aikoja on enemmän kuin ennen, ja asiakkaat ovat olleet tyytyväisiä saamaansa palveluun kaikissa kunnissa.\n\n"
OWN = "Omahoitaja\n\nPitkäaikaissairas saa nimetyn omahoitajan.\n"

ROUNDS = [
    ("Oma-arviointi 30.4.2022", "2022-04-30"),
    ("Itsearviointi syksy 2021", "2021-09-01"),
    ("Väliarvio toukokuussa 2022", "2022-05-01"),
    ("Tilannekatsaus 5/2022", "2022-05-01"),
    ("Kolmas raportointikierros (toukokuu 2023)", "2023-05-01"),
    ("Seuranta 11/2022", "2022-11-01"),
    ("Katsaus 2 – marraskuu 2022", "2022-11-01"),
    ("Tiivistelmä 15.11.2022", "2022-11-15"),
    ("Kevään 2022 arviointi 12.5.2022", "2022-05-12"),
    ("Arviointi keväällä 2022 (päivitetty 12.5.2022)", "2022-05-12"),
    ("Väliarvio syksy 2022, tarkistettu 3.11.2022", "2022-11-03"),
    ("Itsearviointi 5/2022 – täydennetty 30.5.2022", "2022-05-30"),
    ("Vuosiraportti 12/2022", "2022-12-01"),
]


@pytest.mark.parametrize(("heading", "day"), ROUNDS)
def test_a_pages_results_are_dated_by_the_round_above(heading: str, day: str, analyse: Analyse) -> None:
    document = analyse(
        "Kokonaisuuden nimi\nKoeala: sote-keskus\nTarkoitus ja tavoitteet\nTarkoitus on hyvä.\n\n"
        f"Tuotokset ja tulokset\n\n{heading}\n\n{PROSE}{OWN}\nVaikutukset ja vaikuttavuus\n\nTulokset näkyvät.\n"
    )
    assert [(s.level, s.heading_text, s.evaluation_date and str(s.evaluation_date)) for s in document.sections][2:] == [
        (1, "Tuotokset ja tulokset", None),
        (2, heading, day),
        (3, "Omahoitaja", day),
        (1, "Vaikutukset ja vaikuttavuus", None),
    ]


@pytest.mark.parametrize(("heading", "day"), ROUNDS)
def test_a_reports_rounds_are_dated_apart(heading: str, day: str, analyse: Analyse) -> None:
    document = analyse(
        f"Koealueen hanke\nOma-arviointiraportti\n\nJohdanto\n{PROSE}{heading}\n{PROSE}Oma-arviointi 1.12.2023\n{PROSE}"
    )
    assert [(s.heading_text, s.evaluation_date and str(s.evaluation_date)) for s in document.sections if s.heading] == [
        ("", None),
        ("Johdanto", None),
        (heading, day),
        ("Oma-arviointi 1.12.2023", "2023-12-01"),
    ]


@pytest.mark.parametrize("heading", ["Näin etenemme, toukokuu 2022", "Kevään kuulumiset (5/2022)"])
def test_over_national_goals_any_heading_that_ends_in_a_date_opens_a_round(heading: str, analyse: Analyse) -> None:
    document = analyse(
        "Kokonaisuuden nimi\nKoeala: sote-keskus\nTarkoitus ja tavoitteet\nTarkoitus on hyvä.\n\n"
        f"Tuotokset ja tulokset\n\n{heading}\n\n{PROSE}Palvelujen laatu ja vaikuttavuus\n\n{PROSE}"
        f"Ohjausryhmä 5/2022\n\n{PROSE}"
    )
    assert [(s.heading_text, s.evaluation_date and str(s.evaluation_date)) for s in document.sections][3:] == [
        (heading, "2022-05-01"),
        ("Palvelujen laatu ja vaikuttavuus", "2022-05-01"),
        ("Ohjausryhmä 5/2022", "2022-05-01"),
    ]


def test_a_bare_season_dates_results_on_a_page(analyse: Analyse) -> None:
    document = analyse(
        "Kokonaisuuden nimi\nKoeala: sote-keskus\nTarkoitus ja tavoitteet\nTarkoitus on hyvä.\n\n"
        f"Tuotokset ja tulokset\n\nKevät 2023\n\n{PROSE}Syksy 2023\n\n{PROSE}"
    )
    assert [(s.heading_text, str(s.evaluation_date)) for s in document.sections][3:] == [
        ("Kevät 2023", "2023-03-01"),
        ("Syksy 2023", "2023-09-01"),
    ]


def test_a_bare_season_dates_a_part_of_a_report(analyse: Analyse) -> None:
    document = analyse(
        f"Koealueen hanke\nOma-arviointiraportti\n\nJohdanto\n\n{PROSE}Kevät 2023\n\n{PROSE}Syksy 2023\n\n{PROSE}"
    )
    assert [(s.heading_text, s.evaluation_date and str(s.evaluation_date)) for s in document.sections][2:] == [
        ("Kevät 2023", "2023-03-01"),
        ("Syksy 2023", "2023-09-01"),
    ]


def test_a_line_of_the_cover_dates_no_round(analyse: Analyse) -> None:
    document = analyse(f"Koealueen hanke\nOma-arviointiraportti\nTilanne: 31.5.2022\n\nJohdanto\n\n{PROSE}")
    assert [(s.heading_text, str(s.evaluation_date)) for s in document.sections][1:] == [("Johdanto", "2022-05-31")]


def test_without_rounds_a_report_is_dated_by_its_own_date(analyse: Analyse) -> None:
    document = analyse(f"Koealueen hanke\nOma-arviointiraportti\nPäivätty: 30.11.2022\n\nJohdanto\n{PROSE}")
    assert {str(section.evaluation_date) for section in document.sections} == {"2022-11-30"}


NOT_DATED = [
    "Liite 2: oma-arvioinnin kysymykset 5/2022",
    "Oma-arviointi tehtiin 30.4.2022",
    "Oma-arviointi 30.4.2022:",
    "Ohjausryhmä 30.4.2022",
]


@pytest.mark.parametrize("line", NOT_DATED)
def test_sentences_lead_ins_appendices_and_other_dates_open_no_round(line: str, analyse: Analyse) -> None:
    document = analyse(
        "Kokonaisuuden nimi\nKoeala: sote-keskus\nTarkoitus ja tavoitteet\nTarkoitus on hyvä.\n\n"
        f"Tuotokset ja tulokset\n\n{line}\n\n{PROSE}"
    )
    assert {section.evaluation_date for section in document.sections} == {None}


def test_national_goals_behind_bullets_are_headings(analyse: Analyse) -> None:
    document = analyse(
        "Kokonaisuuden nimi\nKoeala: sote-keskus\nTarkoitus ja tavoitteet\nTarkoitus on hyvä.\n\n"
        "Tuotokset ja tulokset\n\n• Palveluiden yhdenvertaisen saatavuuden, oikea-aikaisuuden ja jatkuvuuden "
        "parantaminen\nAikoja on enemmän.\n• Kustannusten nousun hillitseminen\nKulut laskivat.\n"
    )
    assert [(s.level, s.benefit_goals) for s in document.sections][3:] == [(2, (1,)), (2, (5,))]
    assert document.sections[4].body.of(document.text) == "Kulut laskivat."


def test_a_body_ends_before_the_bullet_of_the_next_heading(analyse: Analyse) -> None:
    document = analyse(
        "Kokonaisuuden nimi\nKoeala: sote-keskus\nTarkoitus ja tavoitteet\nTarkoitus on hyvä.\n\n"
        "Tuotokset ja tulokset\nTyö eteni.\n• Kustannusten nousun hillitseminen\nKulut laskivat.\n"
    )
    assert document.sections[2].body.of(document.text) == "Työ eteni."


def test_a_list_of_the_national_goals_is_a_list(analyse: Analyse) -> None:
    document = analyse(
        "Koealueen hanke\n\nTavoitteet\n\nOhjelmalla on nämä tavoitteet:\n• Palveluiden laadun ja vaikuttavuuden "
        "parantaminen\n• Kustannusten nousun hillitseminen\nHanke tukee niitä kaikkia.\n"
    )
    assert [section.benefit_goals for section in document.sections if section.benefit_goals] == []


def test_text_above_the_first_heading_is_a_section_without_words(analyse: Analyse) -> None:
    opening = "Esittelemme tässä hankkeen, joka uudistaa alueen palvelut vaiheittain."
    document = analyse(f"{opening}\n\nTavoitteet\n\nTavoitteena on hyvä hoito.\n")
    assert [(s.level, s.heading_text, s.body.of(document.text)) for s in document.sections] == [
        (1, "", opening),
        (1, "Tavoitteet", "Tavoitteena on hyvä hoito."),
    ]
    assert tuple(document.sections[0].heading) == (0, 0)


def test_a_heading_stands_over_a_heading_behind_a_closed_paragraph(analyse: Analyse) -> None:
    document = analyse(
        f"Koealueen hanke\nOma-arviointiraportti\n\nJohdanto\n\n{PROSE}1 Lähde on potilastieto.\nTyönjako\n\n"
        f"Sairaanhoitaja\n\n{PROSE}"
    )
    assert [section.heading_text for section in document.sections][-2:] == ["Työnjako", "Sairaanhoitaja"]


def test_running_headers_of_wrapped_text_are_no_sections(analyse: Analyse) -> None:
    wrapped = "Aikoja on nyt enemmän kuin ennen, ja asiakkaat ovat olleet\ntyytyväisiä saamaansa palveluun kaikissa\n"
    pages = "".join(
        f"Koealueen hanke                      {page} (4)\n\nTulokset {letter}\n\n{wrapped * 6}\n\n\n\n\n"
        for page, letter in enumerate("ABCD", 1)
    )
    document = analyse(f"Oma-arviointiraportti\n\n{pages}")
    assert document.wrapped
    assert not [s for s in document.sections if "Koealueen" in s.heading_text]


GOES_ON = [
    "Kuvaamme työn ensin lyhyesti. Tarkempi kuvaus on koottu",  # the line below goes on with it
    "Lupasimme kunnille, että hankkeen jälkeen",
    "Vaihe 1: suunnitelma\nVaihe 2: kokeilu",
]


@pytest.mark.parametrize("line", GOES_ON)
def test_beginnings_of_paragraphs_open_clauses_and_legends_head_nothing(line: str, analyse: Analyse) -> None:
    below = "• asukas saa ajan ajoissa\n" if line.startswith("Lupasimme") else "liitteeseen kaikkien luettavaksi.\n"
    document = analyse(f"Koealueen hanke\n\nTulokset\n\n{PROSE}{line}\n{below}\n{PROSE}")
    assert [section.heading_text for section in document.sections if section.heading_text][-1] == "Tulokset"


NONE = [
    "Taulukko 1. Käynnit kunnittain",
    "Kuva 2: Asiakkaan polku",
    "Kuvio 3 Jonot",
    "Liitetaulukko 1. Mittarit",
    "Yhteyshenkilö: Liisa Virtanen",
    "Liisa Virtanen, hankepäällikkö",
    "www.koealue.example/hanke",
    "Konkreettisina esimerkkeinä ovat muun muassa",
    "Sovitut toimet ovat seuraavat:",
    "30.11.2022",
]


@pytest.mark.parametrize("line", NONE)
def test_captions_labels_names_addresses_lead_ins_and_dates_head_nothing(line: str, analyse: Analyse) -> None:
    document = analyse(f"Koealueen hanke\n\nTulokset\n\nTyö eteni hyvin.\n\n{line}\n\nJonot lyhenivät selvästi.\n")
    assert [section.heading_text for section in document.sections if section.heading_text][-1] == "Tulokset"


def test_dated_items_of_a_lead_in_are_no_assessments_though_empty_lines_part_them(analyse: Analyse) -> None:
    listed = (
        "Koealueen hanke\n\nRaportti täydentyy näin:\n\n31.5.2021 tilanne keväällä\n\n30.11.2021 tilanne syksyllä\n\n"
    )
    text = f"{listed}1. Palvelujen saatavuus ja jatkuvuus\n\nTyö eteni hyvin kaikissa kunnissa. Tulos näkyy.\n"
    assert [section.heading_text for section in analyse(text).sections if section.evaluation_date] == []
