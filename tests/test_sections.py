"""The outline: what is a heading, at which level, and what is none. Expected outlines are written as indented lines."""

from __future__ import annotations

import pytest

from extractors.outline.national_goals import heading_goals
from extractors.section_goals import extract as section_goals
from tests.conftest import Analyse

PAGE = """Alueen hankekokonaisuus esitellään tässä lyhyesti.

icon/chevron-down Created with Sketch. Perustiedot

Kokonaisuuden nimi
Koeala: tulevaisuuden sote-keskus
Rahoittaja
Sosiaali- ja terveysministeriö
Luotu

1.6.2020
Lähtötilanne ja strategiset liittymäkohdat **

Väestö ikääntyy ja palvelujen tarve kasvaa.

Tuotokset ja tulokset

Oma-arviointi 30.4.2022

1. Saatavuus ja jatkuvuus

Etävastaanotot otettiin käyttöön kaikilla asemilla.

Omahoitajamalli

Pitkäaikaissairas saa nimetyn omahoitajan.

Konkreettisina esimerkkeinä ovat muun muassa

• neuvolan etäkäynti
• lääkärin puhelinaika

Kuva 1. Asiakkaan polku

2. Laatu ja vaikuttavuus

Laaturekisteri käynnistyi.

Vaikutukset ja vaikuttavuus

Tulokset näkyvät pitkällä aikavälillä.
"""

PAGE_OUTLINE = [
    (1, ""),
    (1, "Perustiedot"),
    (2, "Kokonaisuuden nimi"),
    (2, "Rahoittaja"),
    (2, "Luotu"),
    (1, "Lähtötilanne ja strategiset liittymäkohdat"),
    (1, "Tuotokset ja tulokset"),
    (2, "Oma-arviointi 30.4.2022"),
    (3, "1. Saatavuus ja jatkuvuus"),
    (4, "Omahoitajamalli"),
    (3, "2. Laatu ja vaikuttavuus"),
    (1, "Vaikutukset ja vaikuttavuus"),
]


def test_a_page_outline(analyse: Analyse) -> None:
    document = analyse(PAGE)
    assert [(section.level, section.heading_text) for section in document.sections] == PAGE_OUTLINE
    fields = [section.field for section in document.sections if section.field]
    assert fields == [
        *("perustiedot", "kokonaisuuden_nimi", "rahoittaja", "luotu"),
        *("lahtotilanne", "tuotokset_ja_tulokset", "vaikutukset"),
    ]
    dated = [s.heading_text for s in document.sections if s.evaluation_date and str(s.evaluation_date) == "2022-04-30"]
    assert dated == [text for _, text in PAGE_OUTLINE[7:11]]


def test_goals_by_heading_are_inherited(analyse: Analyse) -> None:
    document = analyse(PAGE)
    goals = {(r.section_id[-2:], r.benefit_goal, r.source) for r in section_goals(document)}
    assert {("08", 1, "heading"), ("09", 1, "inherited"), ("10", 3, "heading")} <= goals


REPORT = """Koealueen sote-hankkeen oma-arviointi
Arviointi on tehty kaikissa kunnissa samalla tavalla.

Arviointiasteikko:
1. Ei aloitettu (0 %)
2. Käynnistetty (50 %)
3. Valmis (100 %)

1. Palveluiden yhdenvertaisen saatavuuden, oikea-aikaisuuden ja jatkuvuuden parantaminen
Hankkeen hyötytavoitteet ja prosessitavoitteet
Tavoitellut hyödyt ovat:
· Asiakas pääsee hoitoon viiveettä.

1.1 Vastaanottoaikoja on riittävästi ja 1.2 Jonot lyhenevät
Valmistuneet
Takaisinsoitto on otettu käyttöön.
Työn alla
Ajanvaraus laajenee.

Liite 1; Mittarit
Liitteessä on mittareita.
"""


def test_a_report_outline(analyse: Analyse) -> None:
    document = analyse(REPORT)
    assert [(section.level, section.heading_text, section.goal_codes) for section in document.sections] == [
        (1, "", ()),
        (1, "1. Palveluiden yhdenvertaisen saatavuuden, oikea-aikaisuuden ja jatkuvuuden parantaminen", ()),
        (2, "Hankkeen hyötytavoitteet ja prosessitavoitteet", ()),
        (3, "1.1 Vastaanottoaikoja on riittävästi ja 1.2 Jonot lyhenevät", ("1.1", "1.2")),
        (1, "Liite 1; Mittarit", ()),
    ]


HEADINGS = [
    ("Palveluiden yhdenvertaisen saatavuuden, oikea-aikaisuuden ja jatkuvuuden parantaminen", [1]),
    ("Saatavuus, oikea-aikaisuus, jatkuvuus", [1]),
    ("Toiminnan painotuksen siirtäminen raskaista palveluista ehkäisevään ja ennakoivaan työhön", [2]),
    ("Ennaltaehkäisy ja ennakointi", [2]),
    ("Hyötytavoite: ennaltaehkäisy", [2]),
    ("Palveluiden laadun ja vaikuttavuuden parantaminen", [3]),
    ("Palveluiden monialaisuuden ja yhteen toimivuuden varmistaminen", [4]),
    ("Kustannusten hillitseminen", [5]),
    ("Ennaltaehkäisevän työn vahvistuminen", []),
    ("Monialainen yhteistyö ja integraatio", []),
    ("Hoitotakuuseen vastaaminen", []),
    ("Lasten kuntoutuksen saatavuus ja jatkuvuus varhaiskasvatuksen ryhmissä Etelä-Karjalassa", []),
]


@pytest.mark.parametrize(("heading", "goals"), HEADINGS)
def test_national_goals_by_their_wording(heading: str, goals: list[int], analyse: Analyse) -> None:
    assert heading_goals(analyse(heading).tokens, None) == goals


def test_a_goals_own_number_makes_one_concept_enough(analyse: Analyse) -> None:
    tokens = analyse("Ennaltaehkäisy").tokens
    assert (heading_goals(tokens, "2"), heading_goals(tokens, "3"), heading_goals(tokens, None)) == ([2], [], [])


@pytest.mark.parametrize(("gap", "is_heading"), [(1, True), (0, False)])
def test_a_heading_over_a_goal_stands_apart_where_others_do(gap: int, is_heading: bool, analyse: Analyse) -> None:
    end = "\n" * (gap + 1)
    document = analyse(
        f"Koealueen oma-arviointi\n\nPT 1.1 Asiakas saa ajan\n\nTyö eteni.{end}Etenemisestä\n\nPT 1.2 Jono lyhenee\n\n"
        "Työ jatkuu.\n"
    )
    found = [section.heading_text for section in document.sections]
    assert ("Etenemisestä" in found) == is_heading


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Tavoiteltavat tulokset ja vaikutukset", "tavoiteltavat_tulokset"),
        ("Lähtötilanne ja liittymäkohdat", "lahtotilanne"),
        ("Kokonaisuuden tarkoitus tavoitteet", "tarkoitus_ja_tavoitteet"),
        ("Tämän kokonaisuuden toimijat", "toimijat"),
        ("Vaikutukset henkilöstöön", None),
        ("Lähtötilanne kunnissa ja liittymäkohdat", None),
    ],
)
def test_a_templates_heading_with_words_left_out(analyse: Analyse, line: str, field: str | None) -> None:
    page = (
        f"Kokonaisuuden nimi\nKoeala\n\nLyhyt kuvaus\nKehitämme palveluja yhdessä.\n\n{line}\nTässä on siitä tietoa.\n"
    )
    assert [section.field for section in analyse(page).sections][-1] == field


OPENING = "Koealueen raportti\n\nTausta\nHanke alkoi keväällä 2021, ja siinä oli mukana alueen kaikki kuusi kuntaa.\n\n"

LEADING_ON = [
    "Lupasimme kunnille, että hankkeen jälkeen",
    "Kun työ alkoi, halusimme ennen kaikkea",
    "Tavoitteena on, että asukas luottaa palveluun. Tähän päästäksemme",
]


@pytest.mark.parametrize("line", LEADING_ON)
def test_a_sentence_that_goes_on_in_a_list_is_no_heading(analyse: Analyse, line: str) -> None:
    text = f"{OPENING}Mitä lupasimme\n{line}\n– asukas saa ajan\n– jono lyhenee\n"
    headings = [section.heading_text for section in analyse(text).sections]
    assert headings[-1] == "Mitä lupasimme"


def test_a_clause_over_items_that_are_sentences_of_their_own_is_a_heading(analyse: Analyse) -> None:
    text = (
        "Koealueen raportti\n\nTavoitteet\nTyö alkoi keväällä.\n\nMitä lupasimme\n– Asukas saa ajan.\n– Jono lyhenee.\n"
    )
    assert [section.heading_text for section in analyse(text).sections][-1] == "Mitä lupasimme"


@pytest.mark.parametrize(
    "names",
    [
        ("Saatavuus", "Ehkäisevä työ", "Yhteentoimivuus"),
        ("Ennakoiva työ", "Laatu", "Kustannukset"),
        ("Jatkuvuus", "Palvelujen laatu", "Menot"),
    ],
)
def test_headings_in_a_row_name_their_national_goals_in_a_word_each(
    analyse: Analyse, names: tuple[str, str, str]
) -> None:
    body = "Lukuja on koottu koko vuoden ajan kaikista alueen kunnista ja yhtymistä."
    text = "".join(f"{name}\n{body}\n\n" for name in names)
    goals = [section.benefit_goals for section in analyse(OPENING + text).sections[-3:]]
    assert all(len(found) == 1 for found in goals)
    assert goals == sorted(goals)


@pytest.mark.parametrize("names", [("Laatu", "Saatavuus", "Kustannukset"), ("Saatavuus", "Viestintä", "Laatu")])
def test_a_word_of_a_national_goal_outside_a_series_is_none(analyse: Analyse, names: tuple[str, str, str]) -> None:
    body = "Lukuja on koottu koko vuoden ajan kaikista alueen kunnista ja yhtymistä."
    text = "".join(f"{name}\n{body}\n\n" for name in names)
    assert {section.benefit_goals for section in analyse(OPENING + text).sections} == {()}


GOALS = "".join(f"PT 1.{number} Asia {number}\n• Opas {number} jaettiin.\n\n" for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("above", "level"),
    [("Oma-arviointi 9.12.2022", 1), ("Missä mennään", 1), ("4 Tavoitteiden tilanne", 2)],
)
def test_a_heading_behind_goals_is_no_part_of_the_last(analyse: Analyse, above: str, level: int) -> None:
    chapters = "".join(f"{n} Luku\nTekstiä on tässä.\n\n" for n in (1, 2, 3)) if above[0].isdigit() else ""
    text = (
        f"{OPENING}{chapters}{above}\nAlla on kerrottu, mitä kussakin tavoitteessa on tehty vuoden aikana.\n\n{GOALS}"
    )
    sections = analyse(f"{text}Mitä seurattiin\nLuvut on päivitetty 12.12.2022.\n").sections
    assert [section.level for section in sections[-4:]] == [2, 2, 2, level]


def test_own_headings_inside_goals_stay_there(analyse: Analyse) -> None:
    text = f"{OPENING}Oma-arviointi 9.12.2022\nAlla on kerrottu, mitä kussakin tavoitteessa on tehty vuoden aikana.\n\n"
    goals = GOALS.replace("Opas 1 jaettiin.\n\n", "Opas 1 jaettiin.\n\nPalaute\nPalautetta saatiin.\n\n")
    sections = analyse(f"{text}{goals}Palautteet\nLuvut on päivitetty 12.12.2022.\n").sections
    assert sections[-1].level == 3


NATIONALS = "".join(
    f"{name}\nLukuja on koottu koko vuoden ajan kaikista alueen kunnista.\n\n"
    for name in ("Hyötytavoite 1", "Hyötytavoite 2. Ehkäisevä työ", "Hyötytavoite 3: laatu ja vaikuttavuus")
)


def test_a_heading_right_over_the_national_goals_holds_them(analyse: Analyse) -> None:
    sections = analyse(f"{OPENING}Mitä on tehty\n\n{NATIONALS}Mitä opittiin\nAsiat sujuivat hyvin.\n").sections
    assert [section.level for section in sections[-5:]] == [1, 2, 2, 2, 1]


def test_a_heading_with_a_text_of_its_own_stands_beside_the_national_goals(analyse: Analyse) -> None:
    sections = analyse(f"{OPENING}Mitä on tehty\nTyötä oli paljon.\n\n{NATIONALS}").sections
    assert [section.level for section in sections[-4:]] == [1, 1, 1, 1]
