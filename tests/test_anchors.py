"""Which year a time without one takes: from what the document is dated by, and what the clause tells of it."""

from __future__ import annotations

import pytest

from extractors.dates import extract
from tests.conftest import Analyse

TIMES = [
    # told as past: the latest that has begun by the day of the report
    ("Ryhmä aloitti toukokuussa.", "31.5.2022", "2022-05"),
    ("Ryhmä aloitti toukokuussa.", "1.5.2022", "2022-05"),
    ("Ryhmä aloitti toukokuussa.", "30.4.2022", "2021-05"),
    ("Ryhmä aloitti syksyllä.", "31.8.2022", "2021-FA"),
    # planned: the first that is not over by that day
    ("Ryhmä aloittaa toukokuussa.", "31.5.2022", "2022-05"),
    ("Ryhmä aloittaa toukokuussa.", "1.5.2022", "2022-05"),
    ("Ryhmä aloittaa toukokuussa.", "1.6.2022", "2023-05"),
    ("Ryhmä aloittaa keväällä.", "31.5.2022", "2022-SP"),
    ("Ryhmä aloittaa keväällä.", "1.6.2022", "2023-SP"),
    ("Aloitus on suunniteltu toukokuuhun.", "31.5.2022", "2022-05"),
    # told as neither: the nearest
    ("Toukokuussa kokous.", "31.8.2022", "2022-05"),
    ("Toukokuussa kokous.", "31.12.2022", "2023-05"),
    # the clause decides, not the sentence
    ("Opas tehtiin, ja toukokuussa ryhmä aloittaa.", "1.6.2022", "2023-05"),
    ("Opas tehdään, ja toukokuussa ryhmä aloitti.", "1.6.2022", "2022-05"),
    # told from now
    ("Viime vuonna ryhmä aloitti.", "31.5.2022", "2021"),
    ("Ensi keväänä ryhmä aloittaa.", "31.5.2022", "2023-SP"),
    ("Viime vuoden lokakuussa ryhmä aloitti.", "31.5.2022", "2021-10"),
    ("Viime viikolla ryhmä aloitti.", "31.5.2022", "2022-W21"),
    ("Ensi viikolla ryhmä aloittaa.", "31.12.2022", "2023-W01"),
    ("Ensi viikon torstaina ryhmä aloittaa.", "31.5.2022", "2022-06-09"),
    ("Ryhmä aloitti perjantaina.", "31.5.2022", "2022-05-27"),
    ("Ryhmä aloittaa perjantaina.", "31.5.2022", "2022-06-03"),
    ("Ryhmä aloitti tiistaina.", "31.5.2022", "2022-05-31"),
    ("Ryhmä aloitti viime tiistaina.", "31.5.2022", "2022-05-24"),
    ("Ryhmä aloittaa ensi tiistaina.", "31.5.2022", "2022-06-07"),
    ("Ryhmä aloitti eilen.", "1.6.2022", "2022-05-31"),
    ("3. toukokuuta ryhmä aloitti.", "31.5.2022", "2022-05-03"),
    ("Ryhmä aloitti jouluna.", "31.5.2022", "2021-12-25"),
]


@pytest.mark.parametrize(("sentence", "day", "value"), TIMES)
def test_a_report_dates_what_names_no_year(sentence: str, day: str, value: str, analyse: Analyse) -> None:
    document = analyse(f"Koealueen hanke\n\nRaportin päiväys {day}\n\nTuotokset ja tulokset\n\n{sentence}\n")
    found = [record for record in extract(document) if record.char_start >= document.text.index(sentence)]
    assert [(record.value, record.anchor) for record in found] == [(value, day)]


AFTER_A_SENTENCE = [
    ("Malli hyväksyttiin 1.9.2018. Keväällä toteutettu kysely tukee sitä.", "Keväällä", "2018-SP", "1.9.2018"),
    ("Malli hyväksyttiin 1.9.2018. Keväällä se otettiin käyttöön.", "Keväällä", "2019-SP", "1.9.2018"),
    (
        "Päätös on 1.9.2018. Vuoden 2019 talousarvio valmistuu syyskuun lopussa.",
        "syyskuun lopussa",
        "2018-09",
        "1.9.2018",
    ),
    ("Jonot lyhenivät keväällä 2020.\n\nJonoihin vaikutti kevään lakko.", "kevään", "2020-SP", "keväällä 2020"),
    ("Jonot lyhenivät keväällä 2020.\n\nJonoihin vaikutti syksyn lakko.", "syksyn", "XXXX-FA", None),
]


@pytest.mark.parametrize(("text", "words", "value", "anchor"), AFTER_A_SENTENCE)
def test_where_no_report_dates_it_the_text_above_does(
    text: str, words: str, value: str, anchor: str | None, analyse: Analyse
) -> None:
    found = {record.text: (record.value, record.anchor) for record in extract(analyse(f"{text}\n"))}
    assert found[words] == (value, anchor)


IN_A_SENTENCE = [
    # the year that the sentence names comes before the report's
    ("Vuonna 2019 koulutus pidettiin huhtikuussa.", "huhtikuussa", "2019-04", "Vuonna 2019"),
    ("Vuonna 2025 ryhmä aloittaa syksyllä ja toinen keväällä.", "keväällä", "2025-SP", "Vuonna 2025"),
    ("Vuoden 2020 aikana, etenkin keväällä, väki väheni.", "keväällä", "2020-SP", "Vuoden 2020"),
    ("Vuosi 2020: koulutus huhtikuussa, kooste 10.12.", "10.12.", "2020-12-10", "Vuosi 2020"),
    ("Vuoden 2019 lopulla, marraskuussa, talo avattiin.", "marraskuussa", "2019-11", "Vuoden 2019 lopulla"),
    ("Keväällä (2019) väki väheni.", "Keväällä", "2019-SP", "2019"),
    ("Lokakuussa 2021 avattiin yksi ja helmikuussa toinen.", "helmikuussa", "2022-02", "Lokakuussa 2021"),
    # a day without year at the ends of its sentence
    ("Hakemusten määräaika oli 8.6.", "8.6.", "2022-06-08", "31.8.2022"),
    ("Haku suljettiin 8.6. Sen jälkeen päätettiin.", "8.6.", "2022-06-08", "31.8.2022"),
    ("4.2. avattiin toinen haku.", "4.2.", "2022-02-04", "31.8.2022"),
    ("28.2. valmistunut opas on verkossa.", "28.2.", "2022-02-28", "31.8.2022"),
    ("4.7. alkaen neuvonta oli auki.", "4.7.", "2022-07-04", "31.8.2022"),
    ("Mallia testataan Q2 ja Q3 vuonna 2025.", "Q2", "2025-Q2", "Q3 vuonna 2025"),
    ("Haku oli auki kuun alkuun.", "kuun alkuun", "2022-08", "31.8.2022"),
    ("Haku oli auki 8.–12. tässä kuussa.", "8.–12. tässä kuussa", "2022-08-08/2022-08-12", "31.8.2022"),
    ("Seuraavana vuonna väki kasvaa.", "Seuraavana vuonna", "2023", "31.8.2022"),
    ("Väki kasvoi toissa keväänä.", "toissa keväänä", "2021-SP", "31.8.2022"),
    ("Talo toimii tiistaista maanantaihin.", "maanantaihin", "2022-09-12", "tiistaista"),
    # but no year that only describes or is compared to, and none of another tense
    ("Vuoden 2021 talousarvio hyväksyttiin marraskuussa.", "marraskuussa", "2021-11", "31.8.2022"),
    ("Kuten vuonna 2019, koulutus pidettiin huhtikuussa.", "huhtikuussa", "2022-04", "31.8.2022"),
    ("Vuonna 2020 ryhmä aloitti, ja keväällä se laajenee.", "keväällä", "2023-SP", "31.8.2022"),
    # a neighbour that names its year leads or follows
    ("Ryhmä kokoontuu maaliskuussa ja lokakuussa 2025.", "maaliskuussa", "2025-03", "lokakuussa 2025"),
    ("Hanke etenee keväästä syksyyn 2025.", "keväästä", "2025-SP", "syksyyn 2025"),
    ("Haku avattiin 3.2. ja suljettiin 14.3.2020.", "3.2.", "2020-02-03", "14.3.2020"),
    ("Haku avattiin 3.12. ja suljettiin 14.1.2020.", "3.12.", "2019-12-03", "14.1.2020"),
]


@pytest.mark.parametrize(("sentence", "text", "value", "anchor"), IN_A_SENTENCE)
def test_the_year_that_the_sentence_names(sentence: str, text: str, value: str, anchor: str, analyse: Analyse) -> None:
    report = "Koealueen hankkeen oma-arviointi\n\nOma-arviointi 31.8.2022\n\n"
    found = {record.text: (record.value, record.anchor) for record in extract(analyse(f"{report}{sentence}\n"))}
    assert found[text] == (value, anchor)


TOLD_ON = [
    ("Ryhmä aloitti toukokuussa 2021, ja työ päättyi helmikuussa.", "2022-02"),  # not the February before
    ("Ryhmä aloitti toukokuussa 2021, ja työ päättyi kesäkuussa.", "2021-06"),
    ("Ryhmä aloitti toukokuussa 2021, ja toukokuussa työ päättyi.", "2021-05"),
    ("Ryhmä aloitti syksyllä 2021, ja keväällä työ päättyi.", "2022-SP"),
]


@pytest.mark.parametrize(("sentence", "value"), TOLD_ON)
def test_where_nothing_else_dates_it_the_telling_goes_on(sentence: str, value: str, analyse: Analyse) -> None:
    first, then = extract(analyse(sentence))
    assert (then.value, then.anchor) == (value, first.text)


BY_CLAUSES = [
    # a report of 31.8.2022: past and plan by the verbs of the clause, not by words around
    ("Keväällä valittu malli otetaan käyttöön kouluissa.", "Keväällä", "2022-SP"),
    ("Malli, joka valittiin keväällä, otetaan käyttöön.", "keväällä", "2022-SP"),
    ("Malli, joka otetaan käyttöön keväällä, on valittu.", "keväällä", "2023-SP"),
    ("Ryhmän on määrä alkaa keväällä.", "keväällä", "2023-SP"),
    ("Ryhmä ei alkanut keväällä.", "keväällä", "2022-SP"),
    ("Ryhmä päätettiin aloittaa, ja se alkaa keväällä.", "keväällä", "2023-SP"),
]


@pytest.mark.parametrize(("sentence", "text", "value"), BY_CLAUSES)
def test_past_and_plan_are_told_by_the_clause(sentence: str, text: str, value: str, analyse: Analyse) -> None:
    report = "Koealueen hankkeen oma-arviointi\n\nOma-arviointi 31.8.2022\n\n"
    found = {record.text: record.value for record in extract(analyse(f"{report}{sentence}\n"))}
    assert found[text] == value
