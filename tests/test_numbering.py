"""What numbers number: an enumerator in front of words, and the scheme that it belongs to in its document."""

from __future__ import annotations

import pytest

from extractors.document import AnalysedDocument
from extractors.measures import extract as measures
from extractors.outline.enumerators import enumerator
from extractors.outline.numbering import Kind, explain, goals_in, numbering
from extractors.process_goals import extract as process_goals
from tests.conftest import Analyse
from tests.texts import table

OPENING = "Koealueen sote-hankkeen oma-arviointi\n\nRaportti on päivätty 30.11.2022.\n\n"


def kinds(document: AnalysedDocument) -> dict[str, Kind]:
    """What each prefix and depth of a document's numbers numbers: `P/1`, `/2`."""
    return {f"{prefix}/{depth}": found.kind for (prefix, _, depth), found in numbering(document).schemes.items()}


ENUMERATORS = [
    ("1. Johdanto", "", (1,), "1", "Johdanto", None),
    ("1.1 Asukas saa ajan", "", (1, 1), "1.1", "Asukas saa ajan", None),
    ("3.2. Lähtötilanne", "", (3, 2), "3.2", "Lähtötilanne", None),
    ("IV Viestintä", "", (4,), "IV", "Viestintä", None),
    ("IX. Lopuksi", "", (9,), "IX", "Lopuksi", None),
    ("b) Kuhmo", "", (2,), "b", "Kuhmo", None),
    ("1) Ohje hoitajille", "", (1,), "1", "Ohje hoitajille", None),
    ("PT 1.1 Asukas saa ajan", "PT", (1, 1), "1.1", "Asukas saa ajan", "goal"),
    ("PT1.1 Asukas saa ajan", "PT", (1, 1), "1.1", "Asukas saa ajan", "goal"),
    ("PT 3: Jono lyhenee", "PT", (3,), "PT3", "Jono lyhenee", "goal"),
    ("Tavoite 3 Jono lyhenee", "Tavoite", (3,), "3", "Jono lyhenee", "goal"),
    ("Osatavoite 2.1. Jono lyhenee", "Osatavoite", (2, 1), "2.1", "Jono lyhenee", "goal"),
    ("P 9 – Jono lyhenee", "P", (9,), "P9", "Jono lyhenee", None),
    ("OT2.1 Jono lyhenee", "OT", (2, 1), "OT2.1", "Jono lyhenee", None),
    ("HT1: Saatavuus", "HT", (1,), "HT1", "Saatavuus", "national"),
    ("TP 2. Vastaanotot", "TP", (2,), "TP2", "Vastaanotot", "package"),
    ("Luku 4 Tulokset", "Luku", (4,), "Luku4", "Tulokset", "chapter"),
    ("Liite 3 Mittarit", "Liite", (3,), "Liite3", "Mittarit", "appendix"),
    ("Taulukko 2. Jonot", "Taulukko", (2,), "Taulukko2", "Jonot", "caption"),
    ("P9", "P", (9,), "P9", "", None),
]


@pytest.mark.parametrize(("text", "prefix", "parts", "code", "words", "kind"), ENUMERATORS)
def test_an_enumerator_is_a_number_with_its_prefix_and_what_it_numbers(
    text: str, prefix: str, parts: tuple[int, ...], code: str, words: str, kind: str | None
) -> None:
    found = enumerator(text)
    assert found is not None
    assert (found.prefix, found.parts, found.code, text[found.end :]) == (prefix, parts, code, words)
    assert found.prefix_kind == kind


NONE = [
    *("12 kuntaa osallistui", "2021 alkoi työ", "1 000 asukasta", "5/2022 arvio", "3.5.2022 Kokous", "24/7 palvelu"),
    *("Johdanto", "Q3/2022 alkaen", "1,5 Hoitajaa", "I", ""),
]


@pytest.mark.parametrize("text", NONE)
def test_figures_dates_and_plain_words_are_no_enumerators(text: str) -> None:
    assert enumerator(text) is None


CODES = [
    *(("P1", "P2", "P1", "P2"), ("T1", "T2", "T1", "T2"), ("A1:", "A2:", "A1", "A2")),
    *(("OT2.1", "OT2.2", "OT2.1", "OT2.2"), ("P 1", "P 2", "P1", "P2")),
    *(("PT 1.1", "PT 1.2", "1.1", "1.2"), ("Tavoite 1", "Tavoite 2", "1", "2")),
    *(("1.1", "1.2", "1.1", "1.2"), ("Osatavoite 1.1.", "Osatavoite 1.2.", "1.1", "1.2")),
]
"""Two goals as an office numbers them, and their codes."""


@pytest.mark.parametrize(("first", "second", "one", "other"), CODES)
def test_goals_of_any_scheme_in_a_table(first: str, second: str, one: str, other: str, analyse: Analyse) -> None:
    rows = table(
        ["Tavoite", "Kevät 2021", "Syksy 2021"],
        [f"{first} Asiakas saa ajan viikossa", "20 %", "40 %"],
        [f"{second} Jono lyhenee", "–", "60 %"],
    )
    document = analyse(f"{OPENING}Tavoitteiden eteneminen\n{rows}\n\n\nTaulukko loppui, ja teksti jatkuu.\n")
    assert [(goal.code, goal.text) for goal in process_goals(document)] == [
        (one, "Asiakas saa ajan viikossa"),
        (other, "Jono lyhenee"),
    ]


@pytest.mark.parametrize(("first", "second", "one", "other"), CODES)
def test_goals_of_any_scheme_as_headings_hold_their_measures(
    first: str, second: str, one: str, other: str, analyse: Analyse
) -> None:
    text = (
        f"{OPENING}Tavoitteet ja toimenpiteet\n\n{first} Asiakas saa ajan viikossa\nAjanvaraus uudistettiin.\n\n"
        f"{second} Jonot lyhenevät selvästi\nLisävastaanotto avattiin.\n"
    )
    document = analyse(text)
    assert [(m.goal_code, m.text) for m in measures(document)] == [
        (one, "Ajanvaraus uudistettiin."),
        (other, "Lisävastaanotto avattiin."),
    ]
    assert [section.goal_codes for section in document.sections if section.goal_codes] == [(one,), (other,)]


def test_chapters_with_the_numbers_of_goals_stay_chapters(analyse: Analyse) -> None:
    rows = table(
        ["Prosessitavoite", "5/21", "11/21"],
        ["1.1 Asiakas saa ajan viikossa", "20 %", "40 %"],
        ["1.2 Jono lyhenee", "–", "60 %"],
    )
    document = analyse(
        f"{OPENING}1 Johdanto\nHanke alkoi syksyllä.\n\n1.1 Tausta\nTaustaa on paljon.\n\n1.2 Organisaatio\n"
        f"Hanketta johtaa ohjausryhmä.\n\n2 Tavoitteet\n\n{rows}\n\n\n2.1 Toimenpiteet\nTyö eteni.\n"
    )
    assert [(section.level, section.heading_text, section.goal_codes) for section in document.sections[1:]] == [
        (1, "1 Johdanto", ()),
        (2, "1.1 Tausta", ()),
        (2, "1.2 Organisaatio", ()),
        (1, "2 Tavoitteet", ()),
        (2, "2.1 Toimenpiteet", ()),
    ]
    assert [(goal.code, goal.text) for goal in process_goals(document)] == [
        ("1.1", "Asiakas saa ajan viikossa"),
        ("1.2", "Jono lyhenee"),
    ]
    assert list(measures(document)) == []
    assert kinds(document) == {"/1": "chapter", "/2": "chapter"}


def test_numbers_beside_goals_with_a_prefix_number_chapters(analyse: Analyse) -> None:
    document = analyse(
        f"{OPENING}1 Johdanto\nHanke alkoi syksyllä.\n\n1.1 Tausta\nTaustaa on paljon.\n\n2 Toteutus\nTyö eteni.\n\n"
        "2.1 Tulokset\nHyvin meni.\n\nPT 1.1 Asiakas saa ajan viikossa\nValmistuneet\n• Opas on jaettu.\n\n"
        "PT 2.1 Tuki saadaan ajoissa\nValmistuneet\n• Malli on käytössä.\n"
    )
    assert kinds(document) == {"/1": "chapter", "/2": "chapter", "pt/2": "goal"}
    assert [(m.goal_code, m.text) for m in measures(document)] == [
        ("1.1", "Opas on jaettu."),
        ("2.1", "Malli on käytössä."),
    ]


def test_a_heading_that_repeats_a_goal_of_a_table_is_that_goal_among_chapters(analyse: Analyse) -> None:
    rows = table(["Prosessitavoite", "5/21"], ["1.1 Asiakas saa ajan viikossa", "20 %"], ["1.2 Jono lyhenee", "5 %"])
    document = analyse(
        f"{OPENING}Tavoitteet\n{rows}\n\n\n1.1 Asiakas saa ajan viikossa\nAjanvaraus uudistettiin.\n\n"
        "1.2 Jono lyhenee\nJonoa purettiin.\n"
    )
    assert [(m.goal_code, m.text) for m in measures(document)] == [
        ("1.1", "Ajanvaraus uudistettiin."),
        ("1.2", "Jonoa purettiin."),
    ]


def test_an_abbreviation_is_a_goals_where_prose_says_so_or_several_head_bodies(analyse: Analyse) -> None:
    lone = analyse(f"{OPENING}Tulokset\nKokeilu eteni hyvin.\n\nR4 Kokoustila\nTila on varattu.\n")
    referred = analyse(f"{OPENING}Tulokset\nTavoitetta R4 on muutettu.\n\nR4 Kokoustila\nTila on varattu.\n")
    assert kinds(lone) == {"r/1": "other"}
    assert kinds(referred) == {"r/1": "goal"}
    assert [line.rpartition(": ")[2] for line in explain(referred)] == ["goal – prose speaks of goal R4"]


REFERENCES = [
    ("Tavoitteet R4 ja R9 yhdistettiin.", "goal"),
    ("Prosessitavoite R4 jäi kesken.", "goal"),
    ("Huone R4 on varattu.", "other"),
    ("Tavoitteen R4 % on suuri.", "other"),
]


@pytest.mark.parametrize(("sentence", "kind"), REFERENCES)
def test_prose_refers_to_goals_behind_a_word_for_goal(sentence: str, kind: Kind, analyse: Analyse) -> None:
    document = analyse(f"{OPENING}Tulokset\n{sentence}\n\nR4 Kokoustila\nTila on varattu.\n")
    assert kinds(document) == {"r/1": kind}


SHARED = [
    ("PT 1.1 Aikoja on riittävästi ja PT 1.2 Jonot lyhenevät", ["1.1", "1.2"]),
    ("1.1 Aikoja on riittävästi sekä 1.2 Jonot lyhenevät", ["1.1", "1.2"]),
    ("PT 1.1 Aikoja on riittävästi. PT 1.2 Jonot lyhenevät", ["1.1", "1.2"]),
    ("P1 Aikoja on riittävästi ja P2 Jonot lyhenevät", ["P1", "P2"]),
    ("PT 1.1 Aikoja on 5 ja 10 minuutin välein", ["1.1"]),
    ("PT 1.1 Aikoja on enemmän ja yli 10 lääkäriä", ["1.1"]),
]


@pytest.mark.parametrize(("heading", "codes"), SHARED)
def test_several_goals_share_a_heading(heading: str, codes: list[str], analyse: Analyse) -> None:
    text = f"{OPENING}{heading}\nValmistuneet\n• Opas on jaettu.\n\nPT 3.1 Laatu paranee\nTyö eteni.\n"
    document = analyse(text)
    start = text.index(heading)
    found = goals_in(document, start, start + len(heading), assume=True)
    assert [goal.code for goal in found] == codes
    if len(codes) == 2:
        words = [text[goal.start : goal.end].rstrip(".") for goal in found]
        assert words == ["Aikoja on riittävästi", "Jonot lyhenevät"]


FIGURES = ["Tavoite 80 prosenttia jäi saavuttamatta.", "10.2 hoitajaa palkattiin kuntiin."]


@pytest.mark.parametrize("sentence", FIGURES)
def test_a_figure_that_opens_a_paragraph_numbers_nothing(sentence: str, analyse: Analyse) -> None:
    assert kinds(analyse(f"{OPENING}Tulokset\nTyö eteni.\n\n{sentence}\n")) == {}


LISTS = [
    ["1) Ohje hoitajille", "2) Kurssi esihenkilöille", "3) Opas"],
    ["a) Kuhmo", "b) Sotkamo", "c) Ristijärvi"],
    ["1. Alkunavigoinnissa hoitaja kysyy, miksi asiakas tuli.", "2. Keskustelussa hän kuuntelee."],
]


@pytest.mark.parametrize("items", LISTS)
def test_numbered_items_that_follow_each_other_are_a_list_and_no_headings(items: list[str], analyse: Analyse) -> None:
    lines = "\n".join(items)
    document = analyse(f"{OPENING}Eteneminen\n\nTyö tehtiin näin:\n{lines}\n\nJatko\n\nTyö jatkuu ensi vuonna.\n")
    assert [section.heading_text for section in document.sections[1:]] == ["Eteneminen", "Jatko"]
    assert {numbering(document).kind_at(document.text.index(item)) for item in items} <= {"list", "other"}


def test_plain_numbers_that_name_the_national_goal_of_their_number_are_those(analyse: Analyse) -> None:
    document = analyse(
        f"{OPENING}1 Saatavuus ja jatkuvuus\nAikoja on enemmän.\n\n2 Ennaltaehkäisy ja ennakointi\nTyö eteni.\n\n"
        "3 Laatu ja vaikuttavuus\nLaatua mitataan.\n"
    )
    assert kinds(document) == {"/1": "national"}
    assert [section.benefit_goals for section in document.sections[1:]] == [(1,), (2,), (3,)]


def test_a_number_in_the_national_goals_series_is_no_goal_where_the_heading_closes_the_report(analyse: Analyse) -> None:
    names = [
        "Saatavuus ja jatkuvuus",
        "Ehkäisy ja ennakointi",
        "Laatu ja vaikuttavuus",
        "Monialaisuus ja yhteentoimivuus",
    ]
    numbers = ("I", "II", "III", "IV")
    goals = "".join(f"{number} {name}\nTyö eteni hyvin.\n\n" for number, name in zip(numbers, names, strict=True))
    last = {
        title: analyse(f"{OPENING}{goals}V {title}\nTyö jatkuu.\n").sections[-1].benefit_goals
        for title in ("Yhteenveto", "Eurot")
    }
    assert last == {"Yhteenveto": (), "Eurot": (5,)}


TWO_SEQUENCES = [
    # the goals' numbers lag behind the chapters'
    (["3 Saatavuus", "3.1 Lähtötilanne", "1.1 Jono lyhenee", "1.2 Aika löytyy", "3.2 Mittarit", "4 Laatu"],
     ["4.1 Lähtötilanne", "2.1 Palaute kootaan", "4.2 Mittarit"], {"1.1", "1.2", "2.1"}),
    # they are the same in one chapter: the inner sequence counts on
    (["2 Laatu", "2.1 Lähtötilanne", "2.1 Palaute kootaan", "2.2 Lääkitys arvioidaan", "2.2 Mittarit"],
     ["3 Kustannukset", "3.1 Lähtötilanne", "3.1 Ostot vähenevät", "3.2 Mittarit"], {"2.1", "2.2", "3.1"}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "codes"), TWO_SEQUENCES)
def test_goals_among_the_parts_of_chapters_have_a_sequence_of_their_own(
    one: list[str], other: list[str], codes: set[str], analyse: Analyse
) -> None:
    body = "Työ on edennyt hyvin, ja asiakkaat ovat olleet tyytyväisiä palveluun kaikissa kunnissa."
    lines = "".join(f"{line}\n\n{body}\n\n" for line in ("1 Johdanto", *one, *other, "5 Lopuksi"))
    document = analyse(f"{OPENING}{lines}")
    assert [goal.code for goal in process_goals(document)] == sorted(codes)
    parts = [s for s in document.sections if s.heading_text.endswith(("Lähtötilanne", "Mittarit"))]
    assert {(part.level, part.goal_codes) for part in parts} == {(2, ())}


def test_parts_of_chapters_alone_are_no_goals(analyse: Analyse) -> None:
    body = "Työ on edennyt hyvin, ja asiakkaat ovat olleet tyytyväisiä palveluun kaikissa kunnissa."
    heads = ["1 Johdanto", "1.1 Tausta", "1.2 Aineisto", "2 Tulokset", "2.1 Saatavuus", "2.2 Laatu", "3 Lopuksi"]
    document = analyse(OPENING + "".join(f"{head}\n\n{body}\n\n" for head in heads))
    assert list(process_goals(document)) == []
    assert [section.level for section in document.sections][-7:] == [1, 2, 2, 1, 2, 2, 1]


def test_a_goals_own_number_stands_behind_a_chapters(analyse: Analyse) -> None:
    body = "Työ on edennyt hyvin, ja asiakkaat ovat olleet tyytyväisiä palveluun kaikissa kunnissa."
    heads = ["1 Johdanto", "2 Saatavuus", "2.1 Tavoitteet", "2.1.1 PT 1.1 Jono lyhenee", "2.1.2 PT 1.2 Aika löytyy"]
    document = analyse(OPENING + "".join(f"{head}\n\n{body}\n\n" for head in heads))
    found = [(section.level, section.goal_codes) for section in document.sections][-5:]
    assert found == [(1, ()), (1, ()), (2, ()), (3, ("1.1",)), (3, ("1.2",))]


TWO_COUNTS = OPENING + "\n".join(
    [
        "1 Johdanto",
        "Hanke alkoi keväällä 2021 ja päättyi talvella.",
        "2 Mitä saatiin aikaan",
        "Luvussa kerrotaan tavoitteittain, mitä on tehty.",
        "2.1 Saatavuus ja jatkuvuus",
        "{first}",
        "1.1 Puhelut",
        "• Takaisinsoitto otettiin käyttöön.",
        "1.2 Omahoitaja",
        "• Omahoitajat nimettiin.",
        "2.2 Ehkäisevä ja ennakoiva työ",
        "{second}",
        "2.1 Neuvola",
        "• Neuvolan iltavastaanotto aloitettiin.",
        "2.3 Laatu ja vaikuttavuus",
        "3.1 Palautteet",
        "• Palautelaite hankittiin.",
        "3 Lopuksi",
        "Työ jatkuu hyvinvointialueella.",
        "",
    ]
)
"""A report whose chapters and goals both have dotted numbers, in two counts."""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tavoitteita oli kaksi.", "Tavoitteita oli yksi."),
        ("", ""),
        (
            table(["Nro", "Mihin pyrimme", "5/21", "11/21"], ["1.1", "Puheluihin vastataan heti", "20 %", "40 %"])
            + "\n\n",
            table(["Nro", "Mihin pyrimme", "5/21", "11/21"], ["2.1", "Neuvola on auki iltaisin", "0 %", "10 %"])
            + "\n\n",
        ),
    ],
)
def test_goals_beside_the_count_of_the_chapters_parts(analyse: Analyse, first: str, second: str) -> None:
    document = analyse(TWO_COUNTS.format(first=first, second=second))
    headings = [(section.heading_text, section.level, section.goal_codes) for section in document.sections[2:-1]]
    assert headings == [
        ("2 Mitä saatiin aikaan", 1, ()),
        ("2.1 Saatavuus ja jatkuvuus", 2, ()),
        ("1.1 Puhelut", 3, ("1.1",)),
        ("1.2 Omahoitaja", 3, ("1.2",)),
        ("2.2 Ehkäisevä ja ennakoiva työ", 2, ()),
        ("2.1 Neuvola", 3, ("2.1",)),
        ("2.3 Laatu ja vaikuttavuus", 2, ()),
        ("3.1 Palautteet", 3, ("3.1",)),
    ]
    assert [(m.goal_code, m.text) for m in measures(document)][2] == ("2.1", "Neuvolan iltavastaanotto aloitettiin.")


def test_parts_of_chapters_with_a_gap_in_their_count_are_no_other_count(analyse: Analyse) -> None:
    text = "1 Johdanto\n{0}1.1 Tausta\n{0}1.2 Alue\n{0}2 Työ\n{0}2.1 Kokous\n{0}2.3 Koulutus\n{0}2.4 Viestintä\n{0}"
    document = analyse(OPENING + text.format("Hanke alkoi keväällä 2021 ja päättyi talvella.\n"))
    assert {section.goal_codes for section in document.sections} == {()}
    assert [section.level for section in document.sections[1:]] == [1, 2, 2, 1, 2, 2, 2]


def test_where_a_number_stands_twice_in_a_chapter_the_one_over_states_is_the_goal(analyse: Analyse) -> None:
    text = TWO_COUNTS.format(first="", second="Tavoitteita oli yksi.").replace("2.1 Neuvola", "2.3 Neuvola")
    text = text.replace("2.3 Laatu ja vaikuttavuus", "2.3 Muut asiat\nPalautteita kerättiin.")
    found = {section.heading_text: section.goal_codes for section in analyse(text).sections}
    assert found["2.3 Neuvola"] == ("2.3",)
    assert found["2.3 Muut asiat"] == ()
