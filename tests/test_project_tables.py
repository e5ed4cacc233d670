"""Project tables that a PDF's text layer gives cell by cell, with no column edges left: rebuilt into rows.

The text is our own. A landscape page's columns are cut at about 18, 24, 28, 38, 21 and 54 characters.
"""

from __future__ import annotations

from textwrap import fill

import pytest

from extractors.document import AnalysedDocument
from extractors.percentages import extract as percentages
from extractors.project_results import extract as project_results
from extractors.projects import extract as projects
from extractors.records import ProjectRecord
from extractors.uncovered import extract as uncovered
from tests.conftest import Analyse

LANDSCAPE = """Koealueen sote-hankkeen oma-arviointi
Tässä raportissa kuvataan, miten hankkeen projektit ovat edenneet kahden
arviointikauden aikana ja mitä alueella on opittu niiden kokeiluista. Raportin
taulukot on koottu hyötytavoitteittain, ja niissä kerrotaan, mitä kukin projekti
tavoittelee, miten sitä mitataan ja mistä tiedot saadaan. Tulokset kirjataan
kaksi kertaa vuodessa, ja ne käsitellään hankkeen ohjausryhmässä ennen kuin
raportti toimitetaan eteenpäin.

1 Saatavuus ja jatkuvuus

KEHITTÄMISALUE

PROJEKTI

TAVOITTEET

ARVIOINTI/MITTARI

TIETOJEN
KERUU/LÄHDE

SEURANNAN JA ARVIOINNIN TULOKSET

Vastaanottotyö

Takaisinsoitto

Jokaiseen puheluun vasta-
taan saman päivän aikana,
ja asiakas tietää, milloin
hänelle soitetaan.

Vastattujen puhelujen osuus ja
odotusaika

Puhelinjärjestelmän
raportti

KEVÄT 2021

Takaisinsoitto otettiin käyttöön kaikilla asemilla, ja
puheluihin vastattiin keskimäärin tunnissa. Henkilöstö
koulutettiin uuden ohjelman käyttöön.

SYKSY 2021

Asiakkaista 80 % sai vastauksen samana päivänä, ja jono
lyheni puoleen.

Omahoitaja

Pitkäaikaissairas tuntee
oman hoitajansa.

Nimettyjen omahoitajien määrä

Potilastietojärjestelmä

KEVÄT 2021

Omahoitajamallia kokeiltiin kahdella asemalla, ja siitä

12

\flaadittiin ohje, jonka kaikki muut asemat saivat
käyttöönsä ennen kesää.

SYKSY 2021

Omahoitaja on nimetty joka toiselle pitkäaikaissairaalle,
ja työ jatkuu muilla asemilla.

Perhepalvelut

Neuvolan chat

Perheet saavat apua ilman
käyntiä neuvolassa.

Chat-keskustelujen lukumäärä

Chat-ohjelman tilasto

KEVÄT 2021

Chat avattiin helmikuussa kolmessa kunnassa ja siitä
viestittiin perheille.

SYKSY 2021

Keskusteluja käytiin 1 200, ja perheet olivat niihin
tyytyväisiä.

2 Ennaltaehkäisy ja ennakointi

KEHITTÄMISALUE PROJEKTI TAVOITTEET
ARVIOINTI/MITTARI TIETOJEN KERUU/LÄHDE
SEURANNAN JA ARVIOINNIN TULOKSET

Vastaanottotyö

Elintapaohjaus

Riskiryhmään kuuluva saa
ohjausta ajoissa.

Ohjattujen osuus

Kysely asiakkaille

KEVÄT 2021

Ohjausta annettiin neljässä kunnassa.

SYKSY 2021

Ryhmät täyttyivät, ja niihin jonotettiin keskimäärin kaksi
viikkoa.

\fLiite 1 Lähtötilanteen arviointi

Ennen hanketta jonossa oli 300 asiakasta.
"""
"""Two national goals with a table each: the first has three rows, one of them cut by a page break."""


def row(record: ProjectRecord) -> tuple[str | None, ...]:
    return (
        record.development_area,
        record.project,
        record.goal_text,
        record.indicator_text,
        record.source_text,
    )


ROWS = [
    (
        "Vastaanottotyö",
        "Takaisinsoitto",
        "Jokaiseen puheluun vastataan saman päivän aikana, ja asiakas tietää, milloin hänelle soitetaan.",
        "Vastattujen puhelujen osuus ja odotusaika",
        "Puhelinjärjestelmän raportti",
    ),
    (
        "Vastaanottotyö",
        "Omahoitaja",
        "Pitkäaikaissairas tuntee oman hoitajansa.",
        "Nimettyjen omahoitajien määrä",
        "Potilastietojärjestelmä",
    ),
    (
        "Perhepalvelut",
        "Neuvolan chat",
        "Perheet saavat apua ilman käyntiä neuvolassa.",
        "Chat-keskustelujen lukumäärä",
        "Chat-ohjelman tilasto",
    ),
    (
        "Vastaanottotyö",
        "Elintapaohjaus",
        "Riskiryhmään kuuluva saa ohjausta ajoissa.",
        "Ohjattujen osuus",
        "Kysely asiakkaille",
    ),
]

RESULTS = [
    (
        1,
        "2021-SP",
        "Takaisinsoitto otettiin käyttöön kaikilla asemilla, ja puheluihin vastattiin keskimäärin tunnissa. "
        "Henkilöstö koulutettiin uuden ohjelman käyttöön.",
    ),
    (1, "2021-FA", "Asiakkaista 80 % sai vastauksen samana päivänä, ja jono lyheni puoleen."),
    (
        2,
        "2021-SP",
        "Omahoitajamallia kokeiltiin kahdella asemalla, ja siitä laadittiin ohje, "
        "jonka kaikki muut asemat saivat käyttöönsä ennen kesää.",
    ),
    (2, "2021-FA", "Omahoitaja on nimetty joka toiselle pitkäaikaissairaalle, ja työ jatkuu muilla asemilla."),
    (3, "2021-SP", "Chat avattiin helmikuussa kolmessa kunnassa ja siitä viestittiin perheille."),
    (3, "2021-FA", "Keskusteluja käytiin 1 200, ja perheet olivat niihin tyytyväisiä."),
    (4, "2021-SP", "Ohjausta annettiin neljässä kunnassa."),
    (4, "2021-FA", "Ryhmät täyttyivät, ja niihin jonotettiin keskimäärin kaksi viikkoa."),
]


@pytest.fixture(scope="module")
def document(analyse: Analyse) -> AnalysedDocument:
    return analyse(LANDSCAPE)


def test_each_cell_comes_back_to_its_row_and_the_area_is_carried_down(document: AnalysedDocument) -> None:
    found = list(projects(document))
    assert [row(record) for record in found] == ROWS
    assert [(record.row, record.benefit_goal) for record in found] == [(1, 1), (2, 1), (3, 1), (4, 2)]


def test_the_results_are_told_apart_by_season(document: AnalysedDocument) -> None:
    numbers = {f"{document.doc_id}-p000{number}": number for number in (1, 2, 3, 4)}
    assert [(numbers[r.project_id], r.period, r.text) for r in project_results(document)] == RESULTS


def test_an_area_that_opens_a_block_of_rows_is_a_section_below_its_goal(document: AnalysedDocument) -> None:
    assert [(section.level, section.heading_text) for section in document.sections] == [
        (1, ""),
        (1, "1 Saatavuus ja jatkuvuus"),
        (2, "Vastaanottotyö"),
        (2, "Perhepalvelut"),
        (1, "2 Ennaltaehkäisy ja ennakointi"),
        (2, "Vastaanottotyö"),
        (1, "Liite 1 Lähtötilanteen arviointi"),
    ]


def test_a_page_number_inside_a_row_is_no_part_of_it(document: AnalysedDocument) -> None:
    assert "12" not in " ".join(text for _, _, text in RESULTS)
    assert [(one.text, one.reason) for one in uncovered(document) if one.text == "12"] == [("12", "page_number")]


def test_what_follows_the_last_table_is_in_no_cell(document: AnalysedDocument) -> None:
    appendix = document.text.index("Liite 1")
    assert max(table.end for table in document.tables) <= appendix
    assert len(document.tables) == 2


def test_the_heading_of_the_next_table_and_its_caption_are_in_no_cell(analyse: Analyse) -> None:
    second = LANDSCAPE.index("2 Ennaltaehkäisy ja ennakointi")
    line = LANDSCAPE[second : LANDSCAPE.index("\n", second)]
    named = LANDSCAPE.replace(line, f"{line}\n\nTaulukko 2. Hankkeiden tilanne", 1)
    document = analyse(named)
    assert [row(record) for record in projects(document)] == ROWS
    assert not any("Taulukko 2" in document.text[table.start : table.end] for table in document.tables)


BEHIND = [
    "Kokoava arvio\n\nTyö on edennyt kunnissa eri tahtiin, mutta jokaisessa niistä on saatu aikaan se, mitä sovittiin,"
    + " ja tulokset\nkootaan vuoden lopussa.\n",
    "Yhteenveto\n\nTyö eteni.\n",
    "Liite 1. Haastatellut\n\nHoitajat.\n",
]
"""What stands behind the last table: prose wider than its columns, a closing heading, an appendix."""


@pytest.mark.parametrize("behind", BEHIND)
def test_a_table_ends_where_other_text_begins(behind: str, analyse: Analyse) -> None:
    table_end = LANDSCAPE.index("Liite 1")
    document = analyse(f"{LANDSCAPE[:table_end].rstrip()}\n\n\n{behind}")
    assert max(table.end for table in document.tables) <= document.text.index(behind[:10])
    assert [one.text for one in project_results(document)] == [text for _, _, text in RESULTS]


def test_a_figure_in_the_results_is_about_its_own_clause(document: AnalysedDocument) -> None:
    (record,) = percentages(document)
    assert (record.text, record.about) == ("80 %", "Asiakkaista sai vastauksen samana päivänä")


def test_a_text_without_the_headings_of_its_columns_is_left_as_it_is(analyse: Analyse) -> None:
    prose = LANDSCAPE.replace("ARVIOINTI/MITTARI", "").replace("TAVOITTEET", "").replace("PROJEKTI", "")
    assert analyse(prose).tables == ()


LOST_DOTS = str.maketrans("äöÄÖ", "aoAO")


@pytest.fixture(scope="module")
def degraded(analyse: Analyse) -> AnalysedDocument:
    """The same text as a layer that has lost its dots."""
    return analyse(LANDSCAPE.translate(LOST_DOTS))


def test_a_table_that_lost_its_dots_has_its_words_as_they_are_and_repaired(degraded: AnalysedDocument) -> None:
    found = list(projects(degraded))
    assert [row(record) for record in found] == [tuple(text.translate(LOST_DOTS) for text in texts) for texts in ROWS]
    repaired = [
        (
            record.development_area_repaired,
            record.project_repaired,
            record.goal_text_repaired,
            record.indicator_text_repaired,
            record.source_text_repaired,
        )
        for record in found
    ]
    assert repaired == ROWS
    results = list(project_results(degraded))
    assert [r.text for r in results] == [text.translate(LOST_DOTS) for _, _, text in RESULTS]
    assert [r.text_repaired for r in results] == [text for _, _, text in RESULTS]


def test_a_clean_table_has_no_repaired_wording(document: AnalysedDocument) -> None:
    assert {record.source_text_repaired for record in projects(document)} == {None}
    assert {record.text_repaired for record in project_results(document)} == {None}


def printed(widths: tuple[int, ...]) -> str:
    """The first table as a page with columns of other widths gives it."""
    lead, _, _ = LANDSCAPE.partition("KEHITTÄMISALUE")
    header = "KEHITTÄMISALUE\n\nPROJEKTI\n\nTAVOITTEET\n\nARVIOINTI/MITTARI\n\nTIETOJEN KERUU/LÄHDE\n\nTULOKSET"
    paragraphs, areas = [header], set()
    for number, (area, *texts) in enumerate(ROWS[:3], 1):
        cells = [(area, widths[0])] if area not in areas else []
        areas.add(area)
        cells += zip(texts, widths[1:5], strict=True)
        for one, period, text in RESULTS:
            if one == number:
                cells += [("KEVÄT 2021" if period == "2021-SP" else "SYKSY 2021", widths[5]), (text, widths[5])]
        paragraphs += [fill(text, width, break_on_hyphens=False) for text, width in cells]
    return lead + "\n\n".join(paragraphs) + "\n"


@pytest.mark.parametrize("widths", [(18, 24, 28, 38, 21, 54), (14, 18, 22, 30, 16, 44), (20, 27, 32, 44, 24, 62)])
def test_columns_are_known_by_widths_that_the_document_itself_tells(widths: tuple[int, ...], analyse: Analyse) -> None:
    document = analyse(printed(widths))
    assert [row(record) for record in projects(document)] == ROWS[:3]
    assert [(r.period, r.text) for r in project_results(document)] == [
        (period, text) for _, period, text in RESULTS[:6]
    ]
