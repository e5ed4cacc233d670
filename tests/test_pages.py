"""Pages of Innokylä as they are today, of a kind that we do not know, and in other languages."""

from __future__ import annotations

import pytest

from extractors.documents import extract as documents
from extractors.records import DocumentRecord
from pipeline.process import process
from tests.conftest import Analyse


def record(analyse: Analyse, text: str) -> DocumentRecord:
    (found,) = documents(analyse(text))
    return found


FIELDS = [
    ("Toimintamallin nimi", "Omahoitaja kylille", "toimintamallin_nimi"),
    ("Toimintamallin lyhyt kuvaus", "Omahoitaja kiertää kylissä kerran viikossa.", "lyhyt_kuvaus"),
    ("Toteutuspaikka", "Koerannan sote-keskus", "toteutuspaikka"),
    ("Paikkakunta, maakunta tai hyvinvointialue", "Kainuu", "alue"),
    ("Toimintamallin rahoittaja", "Sosiaali- ja terveysministeriö", "rahoittaja"),
    ("Luotu", "4.3.2024", "luotu"),
    ("Viimeksi muokattu", "6.5.2024", "viimeksi_muokattu"),
    ("Kehitystyön vaihe", "Vakiintunut", None),
    ("Aiheet", "Kotihoito", None),
    ("Kohderyhmät", "Ikäihmiset", None),
    ("Kehittäjäkumppanit", "Koerannan vanhusneuvosto", None),
    ("Ideointi", "Ajatus syntyi työpajassa, kun asukkaat toivoivat tuttua hoitajaa.", None),
    ("Kehittämisen polku", "Työ alkoi kyselyllä ja jatkui kokeilulla kolmessa kylässä.", None),
    ("Kokemukset ratkaisusta", "Asiakkaat ovat olleet tyytyväisiä.", None),
    ("Kuva", "Hoitaja kylätalolla", None),
    ("Liitteet ja linkit", "Ohje hoitajille", None),
]


@pytest.mark.parametrize("times", [1, 2])
def test_todays_page_has_a_section_a_label_however_often_it_is_printed(times: int, analyse: Analyse) -> None:
    fields = "\n".join(f"{label}\n" * times + value for label, value, _ in FIELDS)
    page = f"Siirry sisältöön\nOmahoitaja kylille, Koeranta\n\nPerustiedot\n{fields}\n"
    document = analyse(page)
    title, basics, *others = [section for section in document.sections if section.heading_text]
    assert (title.level, title.heading_text, title.field) == (1, "Omahoitaja kylille, Koeranta", None)
    assert (basics.level, basics.field) == (1, "perustiedot")
    assert [(s.heading_text, s.body.of(document.text), s.field) for s in others] == FIELDS
    found = record(analyse, page)
    assert (found.kind, found.title, found.region, found.region_code) == (
        *("toimintamalli", "Omahoitaja kylille", "Kainuu", "18"),
    )
    assert (str(found.created), str(found.modified), found.warnings) == ("2024-03-04", "2024-05-06", [])


def test_labels_behind_the_pages_icon_hold_those_without_it(analyse: Analyse) -> None:
    icon, body = "icon/chevron-down Created with Sketch. ", "Työ on edennyt hyvin kaikissa kunnissa.\n\n"
    document = analyse(
        f"{icon}Perustiedot\n\nKokonaisuuden nimi\nKoeala: sote-keskus\n\n{icon}Tarkoitus ja tavoitteet\n{body}"
        f"Päämäärä ja päätavoite\n{body}{icon}Tuotokset ja tulokset\n{body}"
    )
    assert [(section.level, section.field) for section in document.sections] == [
        (1, "perustiedot"),
        (2, "kokonaisuuden_nimi"),
        (1, "tarkoitus_ja_tavoitteet"),
        (2, "paamaara"),
        (1, "tuotokset_ja_tulokset"),
    ]


def test_a_path_of_development_is_of_a_kind_that_we_do_not_know(analyse: Analyse) -> None:
    text = (
        "Kehittämisen polku: Omahoitaja kylille\n\nIdeointi\nAjatus syntyi työpajassa keväällä 2022.\n\n"
        "Kehittäjäkumppanit\nKoerannan vanhusneuvosto\n\nKokemukset ratkaisusta\nSoitot vähenivät 20 %.\n\n"
        "Liitteet ja linkit\nOhje hoitajille\n"
    )
    found = record(analyse, text)
    assert (found.kind, found.title, found.language, found.warnings) == (
        *("muu", "Omahoitaja kylille", "fi", ["unknown_kind"]),
    )
    assert [section.heading_text for section in analyse(text).sections] == [
        *("Kehittämisen polku", "Ideointi", "Kehittäjäkumppanit", "Kokemukset ratkaisusta", "Liitteet ja linkit"),
    ]


LANGUAGES = {
    "sv": """Grunduppgifter

Verksamhetsmodellens namn
Egen skötare i byarna
Kort beskrivning
En egen skötare besöker byarna en gång i veckan, och det har gett bra resultat för de äldre.
Finansiär
Ministeriet
Skapad
4.3.2024
Senast ändrad
6.5.2024
Målgrupp
- äldre som bor i byarna och deras anhöriga
- personalen som arbetar med hemvård
""",
    "en": """Basic information

Name of the operating model
Own nurse for the villages
Short description
An own nurse visits the villages once a week, and the clients have been happy with the service at home.
Funder
The Ministry
Created
4.3.2024
Last modified
6.5.2024
Target group
- the elderly who live in the villages and their families
- staff of home care
""",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_in_another_language_has_its_fields_and_no_finnish_facts(language: str) -> None:
    tables = process(LANGUAGES[language].encode(), "sivu.txt").records
    (found,) = tables.pop("documents")
    assert isinstance(found, DocumentRecord)
    assert (found.kind, found.language, found.warnings, found.region) == ("toimintamalli", language, ["language"], None)
    assert (str(found.created), str(found.modified)) == ("2024-03-04", "2024-05-06")
    assert [section.field for section in tables.pop("sections")] == [  # type: ignore[attr-defined]
        *("perustiedot", "toimintamallin_nimi", "lyhyt_kuvaus", "rahoittaja", "luotu", "viimeksi_muokattu"),
        "kohderyhma",
    ]
    assert [date.value for date in tables.pop("dates")] == ["2024-03-04", "2024-05-06"]  # type: ignore[attr-defined]
    facts = {"process_goals", "measures", "goal_status", "section_goals", "lexicon_hits", "indicators", "quantities"}
    assert {table for table in facts if tables[table]} == set()


SPOKEN = [
    ("Hanke on edennyt, ja asiakkaat ovat olleet tyytyväisiä siihen, että aika löytyy.", "fi"),
    ("Jonot lyhenivät kylissä.", "fi"),
    ("Projektet har gått framåt och kunderna är nöjda med att det finns tider för alla.", "sv"),
    ("The project has made progress and the clients are happy with the times that are open.", "en"),
    ("Lorem ipsum dolor sit amet.", None),
]


@pytest.mark.parametrize(("text", "language"), SPOKEN)
def test_small_words_tell_the_language(text: str, language: str | None, analyse: Analyse) -> None:
    assert record(analyse, f"{text}\n").language == language


REGIONS = [("Satakunta", "04"), ("Pohjois-Karjala", "12"), ("Länsi-Uusimaa", "01"), ("Koeranta", None)]


@pytest.mark.parametrize(("region", "code"), REGIONS)
def test_a_region_has_the_code_of_its_maakunta(region: str, code: str | None, analyse: Analyse) -> None:
    found = record(analyse, f"Kokonaisuuden nimi\nX\nPaikkakunta, maakunta\n{region}\nLuotu\n4.3.2024\n")
    assert (found.region, found.region_code) == (region, code)


def test_a_word_alone_on_a_cover_is_no_region_unless_the_text_says_so(analyse: Analyse) -> None:
    cover, body = "Oma-arviointiraportti\n\nJuurruttaja\n\n30.11.2022\n\nJohdanto\n\n", "Työ eteni hyvin kaikkialla."
    assert record(analyse, f"{cover}{body}\n").region is None
    assert record(analyse, f"{cover}Juurruttaja on kolmen kunnan alue. {body}\n").region == "Juurruttaja"
