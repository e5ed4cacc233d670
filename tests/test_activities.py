"""What a clause says of a topic: its phase, what is planned, denied or not, where and when."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.activities import extract
from tests.conftest import Analyse

REPORT = "Koealueen oma-arviointi\n\nRaportin päiväys 31.10.2022\n\n"


def told(analyse: Analyse, text: str) -> list[str]:
    """Each activity as `topic state`, with what is planned behind a colon and ! where it is denied."""
    return [
        f"{one.topic} {one.state}{f':{one.planned_state}' if one.planned_state else ''}{'!' * one.negated}"
        for one in extract(analyse(text))
    ]


SENTENCES = [
    # verbs
    ("Etävastaanottoa kokeiltiin keväällä.", ["etavastaanotto piloted"]),
    ("Etävastaanotto otettiin syksyllä vihdoin käyttöön.", ["etavastaanotto in_use"]),
    ("Etävastaanotto laajeni Kuhmoon.", ["etavastaanotto rolled_out"]),
    ("Etävastaanotto lopetettiin.", ["etavastaanotto ended"]),
    ("Etävastaanotosta luovuttiin.", ["etavastaanotto ended"]),
    ("Etävastaanottoa suunnitellaan.", ["etavastaanotto planned"]),
    # states
    ("Etävastaanotto on käytössä.", ["etavastaanotto in_use"]),
    ("Etävastaanotto on käytössä kaikilla neljällä asemalla.", ["etavastaanotto rolled_out"]),
    ("Etävastaanotto on suunnitteilla.", ["etavastaanotto planned"]),
    ("Etävastaanotto on koekäytössä.", ["etavastaanotto piloted"]),
    # what happens once lies ahead in the present, what goes on is so but for a later time
    ("Etävastaanotto otetaan käyttöön.", ["etavastaanotto planned:in_use"]),
    ("Etävastaanotto lopetetaan.", ["etavastaanotto planned:ended"]),
    ("Etävastaanottoa kokeillaan.", ["etavastaanotto piloted"]),
    ("Etävastaanottoa kokeillaan keväällä 2023.", ["etavastaanotto planned:piloted"]),
    ("Etävastaanotto jatkuu vuonna 2023.", ["etavastaanotto in_use"]),
    ("Etävastaanotto on tarkoitus avata.", ["etavastaanotto planned:in_use"]),
    ("Etävastaanotto päätettiin avata.", ["etavastaanotto planned:in_use"]),
    ("Etävastaanotosta on päätetty luopua.", ["etavastaanotto ended"]),
    ("Etävastaanotto voitaisiin avata.", []),
    ("Etävastaanotto pitää avata.", []),
    # denied
    ("Etävastaanottoa ei ole vielä otettu käyttöön.", ["etavastaanotto in_use!"]),
    ("Etävastaanottoa ei kokeiltu.", ["etavastaanotto piloted!"]),
    ("Etävastaanotto jäi ottamatta käyttöön.", ["etavastaanotto in_use!"]),
    ("Etävastaanottoa ei enää tarjota.", ["etavastaanotto ended"]),
    ("Etävastaanottoa ei ole enää lauantaisin.", ["etavastaanotto ended"]),
    ("Etävastaanotto ei jatku.", ["etavastaanotto ended"]),
    # a deed that is named
    ("Etävastaanoton pilotointi alkoi.", ["etavastaanotto piloted"]),
    ("Etävastaanottopilotti päättyi.", ["etavastaanotto piloted"]),
    ("Etävastaanoton kokeilu keskeytettiin.", ["etavastaanotto ended"]),
    ("Etävastaanoton käyttöönotto siirtyi syksyyn.", ["etavastaanotto planned:in_use"]),
    ("Etävastaanoton käyttöönotto on kesken.", ["etavastaanotto in_use"]),
    ("Etävastaanoton laajentaminen jatkuu.", ["etavastaanotto rolled_out"]),
    ("Etävastaanoton kilpailutus käynnistyi.", ["etavastaanotto planned"]),
    ("Etävastaanoton kokeilussa aloitettiin palaverit.", []),
    # about what
    ("Perhekeskuksen kohtaamispaikkoja on avattu.", ["kohtaamispaikka in_use"]),
    ("Elintapaohjauksen ryhmiä pidettiin.", ["elintapaohjaus in_use"]),
    ("Neuvolan tilat otettiin käyttöön.", []),
    ("Perehdytysopas julkaistiin.", []),
    ("Chat otettiin käyttöön neuvolassa.", ["chat in_use"]),
    ("Terapiatakuuta varten avattiin yksikkö.", []),
    ("Terapianavigaattori on osa hoidon tarpeen arviointia.", ["terapianavigaattori in_use"]),
    ("Tiimi hyödyntää etävastaanottoja ja chat avattiin.", ["etavastaanotto in_use", "chat in_use"]),
    ("Cool Kids -menetelmää pilotoidaan.", ["cool_kids piloted"]),
    # clauses that point back
    (
        "Etävastaanottoa pilotoitiin, ja sitä laajennettiin.",
        ["etavastaanotto piloted", "etavastaanotto rolled_out"],
    ),
    ("Chat avattiin. Palvelu laajeni syksyllä.", ["chat in_use", "chat rolled_out"]),
    ("Chatin pilotti alkoi keväällä ja päättyi syksyllä.", ["chat piloted", "chat piloted"]),
    ("Chat, jota oli kokeiltu, on nyt käytössä.", ["chat in_use", "chat piloted"]),
    ("Chat avattiin. Työryhmä perustettiin.", ["chat in_use"]),
    ("Chat avattiin. Hakijat aloittivat opinnot.", ["chat in_use"]),
]


@pytest.mark.parametrize(("sentence", "activities"), SENTENCES)
def test_what_a_sentence_says(sentence: str, activities: list[str], analyse: Analyse) -> None:
    assert sorted(told(analyse, REPORT + sentence + "\n")) == sorted(activities)


def test_place_time_and_evidence(analyse: Analyse) -> None:
    text = REPORT + "Chat toimii. Etävastaanotto otettiin käyttöön Kuhmon asemalla 1.3.2022, mutta ei Sotkamossa.\n"
    _, one = extract(analyse(text))
    assert (one.topic, one.place, one.date_value) == ("etavastaanotto", "Kuhmo", "2022-03-01")
    assert (one.start_date, one.end_date) == (date(2022, 3, 1), date(2022, 3, 1))
    assert one.text == text[one.char_start : one.char_end] and one.text.startswith("Etävastaanotto otettiin")
    assert text[one.topic_start : one.topic_end] == "Etävastaanotto"
    assert text[one.sentence_start : one.sentence_end].startswith("Etävastaanotto")


def test_a_time_until_when_is_no_beginning(analyse: Analyse) -> None:
    (one,) = extract(analyse(REPORT + "Digitukea annetaan marraskuuhun 2022 asti.\n"))
    assert (one.start_date, one.end_date) == (None, date(2022, 11, 30))


PLACES = [
    ("Chat avattiin Kuhmossa.", "Kuhmo"),
    ("Chat avattiin Kuhmon ja Sotkamon asemilla.", "Kuhmo"),
    ("Chat avattiin Järvi-Kainuussa.", "Järvi-Kainuu"),
    ("Chat avattiin IPC-mallilla.", None),
    ("Chat avattiin Kuhmon tuella.", None),
    ("Chat avattiin Kesäkuussa.", None),
]


@pytest.mark.parametrize(("sentence", "place"), PLACES)
def test_where(sentence: str, place: str | None, analyse: Analyse) -> None:
    assert [one.place for one in extract(analyse(REPORT + sentence + "\n")) if one.topic == "chat"] == [place]


def test_what_is_aimed_at_lies_ahead(analyse: Analyse) -> None:
    text = (
        "Tavoitteet\n\n• Chat on käytössä.\n• Etäkuntoutuksen pilotointi\n\nTulokset\n\nChat on käytössä.\n\n"
        "Tavoitteena on, että etävastaanotto on käytössä.\n"
    )
    assert told(analyse, text) == [
        "chat planned:in_use",
        "etakuntoutus planned:piloted",
        "chat in_use",
        "etavastaanotto planned:in_use",
    ]


def test_a_measure_without_a_verb_has_its_state(analyse: Analyse) -> None:
    text = REPORT + (
        "PT 1.1 Yhteydensaanti paranee\n\nTehty\n• Takaisinsoiton käyttöönotto\n"
        "Käynnissä\n• Omatiimimallin pilotointi\n"
        "• Oirearvio\nEi aloitettu\n• Chatin laajentaminen\nLuovuttu\n• Lauantaivastaanotto\n"
    )
    assert told(analyse, text) == [
        "takaisinsoitto in_use",
        "omatiimi piloted",
        "chat planned:rolled_out",
        "iltavastaanotto ended",
    ]


def test_what_points_back_is_about_its_heading_or_the_model(analyse: Analyse) -> None:
    text = REPORT + "1. Omatiimi\n\nPilotti alkoi keväällä 2022. Hallitus kokoontui, ja malli hyväksyttiin.\n"
    assert told(analyse, text) == ["omatiimi piloted"]
    model = (
        "Kotiutustiimi Koealueella\n\nToimintamallin lyhyt kuvaus\n\nTiimi hakee potilaan.\n\nLähtötilanne\n\n"
        "Apua ei ollut.\n\nToteutussuunnitelma\n\nToiminta käynnistyi 10.1.2022.\n"
    )
    assert told(analyse, model) == ["kotiutus in_use"]


def test_a_row_of_a_table_is_about_its_project(analyse: Analyse) -> None:
    row = "\n".join(f"\t{cell}" for cell in ("Etähoiva kotiin", "Apu tulee", "Kokeilu alkoi maaliskuussa 2022."))
    head = "\n".join(f"\t{cell}" for cell in ("Projekti", "Tavoite", "Tulokset"))
    found = told(analyse, f"{REPORT}{head}\n\n{row}\n")
    assert found == ["etahoiva piloted"]
