"""What a document says of itself: its kind, title, region, programme, funder, contact, dates and years."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.document import AnalysedDocument
from extractors.documents import extract
from extractors.records import DocumentRecord
from tests.conftest import Analyse
from tests.texts import table


def record(document: AnalysedDocument) -> DocumentRecord:
    (one,) = extract(document)
    return one


PAGE = """icon/chevron-down Created with Sketch. Perustiedot

Kokonaisuuden nimi
Koeala: tulevaisuuden sote-keskus
Rahoittaja
Sosiaali- ja terveysministeriö
Toimiaika
2020–2023
Paikkakunta, maakunta tai hyvinvointialue
Kouvola, Kymenlaakso
Yhteyshenkilön nimi
Maija Mallinen
Yhteyshenkilön organisaatio
Eksote
Yhteyshenkilön sähköpostiosoite
Kirjoita osoitteeseen maija.mallinen@koeala.fi.
Luotu
1.6.2020
Viimeksi muokattu
maaliskuussa 2022, tarkemmin 3.3.2022
Tuotokset ja tulokset

Työ on osa Suomen kestävän kasvun ohjelmaa. Tulevaisuuden sosiaali- ja terveyskeskus -ohjelma alkoi, ja Tulevaisuuden
sote-keskus avattiin.
"""


def test_a_page_tells_its_fields(analyse: Analyse) -> None:
    page = record(analyse(PAGE))
    assert (page.kind, page.title) == ("kokonaisuus", "Koeala: tulevaisuuden sote-keskus")
    assert (page.region, page.funder) == ("Kymenlaakso", "Sosiaali- ja terveysministeriö")
    assert (page.contact_name, page.contact_organisation) == ("Maija Mallinen", "Eksote")
    assert page.contact_email == "maija.mallinen@koeala.fi"
    assert (page.created, page.modified) == (date(2020, 6, 1), date(2022, 3, 3))
    assert (page.period_start, page.period_end) == (2020, 2023)
    assert page.programme == "Tulevaisuuden sosiaali- ja terveyskeskus -ohjelma"
    assert page.report_date is None


def test_what_a_page_does_not_tell_is_null(analyse: Analyse) -> None:
    page = record(analyse("Kokonaisuuden nimi\n\nTuotokset ja tulokset\n\nTyö eteni.\n"))
    assert page.kind == "kokonaisuus"
    fields = (page.title, page.region, page.programme, page.funder, page.contact_name, page.contact_organisation)
    assert fields == (None,) * 6
    assert (page.contact_email, page.created, page.modified, page.period_start, page.period_end) == (None,) * 5


OPENINGS = [
    # the programme: its tag in a title; its own before one that it touches
    (
        "Toimintamallin nimi\nOmapolku, Kainuu (RRP2, P4)\nTekijä\nKunta\n",
        "programme",
        "Suomen kestävän kasvun ohjelma",
    ),
    (
        "Kokonaisuuden nimi\nKoealan rakenneuudistus\nLyhyt kuvaus\n\nTyö tukee Suomen kestävän kasvun ohjelmaa.\n",
        "programme",
        "Sote-rakenneuudistus",
    ),
    # no region where several stand side by side, or where a common noun opens the title
    (
        "Kokonaisuuden nimi\nYhteishanke\n\nMukana ovat Lapin, Kainuun ja Pirkanmaan hyvinvointialueet.\n",
        "region",
        None,
    ),
    ("Kokonaisuuden nimi\nYhteishanke\n\nMukana ovat Lapin ja Kainuun maakunnat, Lapin johdolla.\n", "region", "Lappi"),
    ("Neuvolan uusi malli\n\nOdotusajat lyhenivät vuodessa.\n", "region", None),
    ("Terveysasemien jonot\n\nOdotusajat lyhenivät vuodessa.\n", "region", None),
    ("Jokilaakson sote-hanke\n\nOdotusajat lyhenivät vuodessa.\n", "region", "Jokilaakso"),
    # the web site's own lines are no title
    ("Hyppää sisältöön\n\nKylätalon vastaanotto\n\nOdotusajat lyhenivät vuodessa.\n", "title", "Kylätalon vastaanotto"),
]


@pytest.mark.parametrize(("text", "field", "value"), OPENINGS)
def test_what_a_page_of_any_site_tells(text: str, field: str, value: str | None, analyse: Analyse) -> None:
    assert getattr(record(analyse(text)), field) == value


KINDS = [
    ("Kokonaisuuden nimi\nKoeala\nRahoittaja\nMinisteriö\n", "kokonaisuus"),
    ("Päämäärä ja päätavoite\n\nTyö jatkuu alueella.\n", "kokonaisuus"),
    ("Tuotokset ja tulokset\n\nTyö jatkuu alueella.\n", "muu"),
    ("Tuotokset ja tulokset\n\nTyö jatkuu.\n\nVaikutukset ja vaikuttavuus\n\nTyö jatkuu.\n", "kokonaisuus"),
    ("Koeala\n\nToimintamallin nimi\nOmahoitaja\nTekijä\nMaija Mallinen\n", "toimintamalli"),
    ("Koeala\n\nRatkaisun perusidea\n\nTyö jatkuu alueella.\n", "toimintamalli"),
    ("Oma-arviointiraportti\n\nTyö jatkuu alueella.\n", "oma_arviointi"),
    ("Koealueen raportti\n\nOma-arvioinnin tuloksia on koottu, ja valmiusaste on ilmoitettu.\n", "oma_arviointi"),
    ("Koealueen raportti\n\nRatkaisun perusidea on kuvattu toisaalla. Kokonaisuuden nimi vaihtui.\n", "muu"),
    ("Koealueen raportti\n\nTyö jatkuu alueella.\n", "muu"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_headings_and_wordings_add_up_to_a_kind(text: str, kind: str, analyse: Analyse) -> None:
    assert record(analyse(text)).kind == kind


def test_a_readiness_table_or_a_project_table_makes_a_self_assessment(analyse: Analyse) -> None:
    readiness = table(["Tavoite ja toimenpiteet", "5/21", "11/21"], ["1.1 Asiakas saa ajan", "0 %", "40 %"])
    projects = table(["Hanke", "Tavoite", "Tulokset"], ["Chat", "Apua saa heti.", "Palvelu avattiin."])
    places = table(["Kunta", "Avattu"], ["Mallila", "5/21"])
    found = [
        record(analyse(f"Koealueen hanke\n\n{rows}\n\n\nTyö jatkuu.\n")).kind for rows in (readiness, projects, places)
    ]
    assert found == ["oma_arviointi", "oma_arviointi", "muu"]


TITLES = [
    ("Hankekokonaisuuden nimi\nKoealan hanke\nLuotu\n1.6.2020\nKokonaisuuden nimi\n\n", "Koealan hanke"),
    (
        "Omahoitaja – perheen tuki\n\nPerhe saa nimetyn hoitajan.\n\nToimintaympäristö\nPerheitä on monta.\n\n"
        "Ratkaisun perusidea\nHoitaja nimetään.\n",
        "Omahoitaja – perheen tuki",
    ),
    ("Toimintamallin nimi\nOmahoitaja\nTekijä\nMaija Mallinen\nRatkaisun perusidea\n\nTyö.\n", "Omahoitaja"),
    ("Koealan sote-hanke\n\nOma-arviointiraportti\n\nTyö jatkuu alueella.\n", "Koealan sote-hanke"),
    (
        "Kansikuva.\nOma-arviointiraportti 2022\nKymenlaakson tulevaisuuden sote-keskus -hanke\n\nTyö jatkuu.\n",
        "Kymenlaakson tulevaisuuden sote-keskus -hanke",
    ),
    ("Hankkeen oma-arviointi:\n\nTyö jatkuu alueella tavalliseen tapaan.\n\nOma-arviointiraportti\n\nTyö.\n", None),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_title_is_the_name_that_the_document_gives_itself(text: str, title: str | None, analyse: Analyse) -> None:
    assert record(analyse(text)).title == title


REGIONS = [
    # by a page's own fields, which are asked before all else
    ("Kokonaisuuden nimi\nSatakunnan hanke\nPaikkakunta, maakunta\nKainuu\n", "Kainuu"),
    ("Kokonaisuuden nimi\nSatakunnan hanke\n\nTuotokset ja tulokset\n\nKainuu, Kainuu ja Kainuu.\n", "Satakunta"),
    ("Kokonaisuuden nimi\nHanke\nYhteyshenkilön organisaatio\nEksote\n", "Etelä-Karjala"),
    # by what the title or the text names most; a town alone is too little
    ("Lapin sote-hanke\n\nOma-arviointiraportti\n\nKainuussa ja Kainuussa on kokeiltu.\n", "Lappi"),
    ("Raportti\n\nKainuussa alkoi. Lapissa jatkui, ja Lapissa loppui.\n", "Lappi"),
    ("Raportti\n\nTyö alkoi Kuopiossa ja jatkui Kuopiossa.\n", None),
    ("Oma-arviointiraportti\n\nTyö alkoi Kuopiossa, jatkui Kuopiossa ja päättyi Kuopiossa.\n", "Pohjois-Savo"),
    ("Oma-arviointiraportti\n\nSamaa tehtiin Pohjanmaalla.\n", "Pohjanmaa"),
    ("Muistio\n\nSamaa tehtiin Pohjanmaalla.\n", None),  # once, in a text of no known kind
    ("Raportti\n\nTyö alkoi Vantaalla.\n", None),
    ("Raportti\n\nTyötä teki Sosteri.\n", None),
    ("Raportti\n\nTyötä tehdään pirkanmaalaisittain ja lappilaiseen tapaan.\n", None),
    # outside the lexicon
    ("Kokonaisuuden nimi\nKoeala: tulevaisuuden sote-keskus\n", "Koeala"),
    ("Kokonaisuuden nimi\nHanke\nPaikkakunta, maakunta\nMallilan seutu\n", "Mallilan seutu"),
    (
        "Raportti\n\nJärvi-Kainion hyvinvointialue aloitti. Järvi-Kainion hyvinvointialueella jatketaan.\n",
        "Järvi-Kainio",
    ),
    ("Suursaaren sote-hanke\n\nOma-arviointiraportti\n\nTyö jatkuu alueella.\n", "Suursaari"),
    ("Tulevaisuuden sote-keskus -hanke\n\nOma-arviointiraportti 2022\n\nTyö jatkuu alueella.\n", None),
]


@pytest.mark.parametrize(("text", "region"), REGIONS)
def test_the_region_is_told_by_fields_title_or_text(text: str, region: str | None, analyse: Analyse) -> None:
    assert record(analyse(text)).region == region


YEARS = [
    ("1.1.2020–31.12.2022", (2020, 2022)),
    ("Vuosina 2021 ja 2023 sekä keväällä 2020", (2020, 2023)),
    ("2022", (2022, 2022)),
    ("syksystä kevääseen", (None, None)),
]


@pytest.mark.parametrize(("value", "years"), YEARS)
def test_years_of_operation_are_the_first_and_the_last_named(
    value: str, years: tuple[int | None, int | None], analyse: Analyse
) -> None:
    page = record(analyse(f"Kokonaisuuden nimi\nKoeala\nToimiaika\n{value}\nRahoittaja\nMinisteriö\n"))
    assert (page.period_start, page.period_end) == years


def test_only_a_self_assessment_has_a_report_date(analyse: Analyse) -> None:
    text = "Koealueen hanke\n\nRaportti on päivitetty 31.5.2022.\n\nOma-arviointiraportti\n\nTyö jatkuu.\n"
    assert record(analyse(text)).report_date == date(2022, 5, 31)
    assert record(analyse(text.replace("Oma-arviointiraportti", "Raportti"))).report_date is None


def test_a_document_is_counted(analyse: Analyse) -> None:
    text = "Työ jatkuu 2021.\n"
    one = record(analyse(text))
    assert (one.text, one.n_chars, one.n_bytes, one.n_tokens, one.n_pages) == (text, 17, 18, 4, None)
    assert (one.format, one.repaired, one.known_word_share, one.known_word_share_repaired) == ("txt", False, 1.0, None)
