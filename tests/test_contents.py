"""A contents list: its entries are no headings, and they say how deep the headings stand."""

from __future__ import annotations

import pytest

from extractors.outline.contents import Contents, contents, has_leaders
from tests.conftest import Analyse

BODY = """
1 Johdanto
Hanke alkoi syksyllä 2020.

1.1 Tausta
Taustaa on paljon.

2 Tulokset
Tulokset ovat hyviä.

Liite 1 Mittarit
Mittareita on kaksi.
"""

OUTLINE = [(1, "1 Johdanto"), (2, "1.1 Tausta"), (1, "2 Tulokset"), (1, "Liite 1 Mittarit")]

ENTRIES = ["1 Johdanto{}3", "1.1 Tausta{}4", "2 Tulokset{}5", "Liite 1 Mittarit{}9"]


@pytest.mark.parametrize("word", ["Sisällys", "Sisällysluettelo", "SISÄLLYS"])
@pytest.mark.parametrize("leader", [" ........ ", "\t", "   ", "…………", " . . . . . . "])
def test_entries_are_no_headings_and_give_the_depth(leader: str, word: str, analyse: Analyse) -> None:
    listed = "\n".join(entry.format(leader) for entry in ENTRIES)
    document = analyse(f"Koealueen hanke\nOma-arviointi\n\n{word}\n{listed}\n{BODY}")
    assert [(s.level, s.heading_text) for s in document.sections[1:]] == [(1, word), *OUTLINE]
    assert contents(document).titles == {"1johdanto": 1, "11tausta": 2, "2tulokset": 1, "liite1mittarit": None}


@pytest.mark.parametrize("leader", [" ........ ", "\t"])
def test_a_list_that_leads_to_pages_needs_no_heading(leader: str, analyse: Analyse) -> None:
    listed = "\n".join(entry.format(leader) for entry in ENTRIES)
    document = analyse(f"Koealueen hanke\nOma-arviointi\n\n{listed}\n{BODY}")
    assert [(s.level, s.heading_text) for s in document.sections[1:]] == OUTLINE


def test_a_list_whose_titles_come_again_needs_neither_heading_nor_leaders(analyse: Analyse) -> None:
    listed = "\n".join(entry.format(" ") for entry in ENTRIES)
    document = analyse(f"Koealueen hanke\nOma-arviointi\n\n{listed}\n{BODY}")
    assert [(s.level, s.heading_text) for s in document.sections[1:]] == OUTLINE


def test_without_page_numbers_lines_below_the_word_for_contents_that_come_again_are_entries(analyse: Analyse) -> None:
    listed = "1 Johdanto\n1.1 Tausta\n2 Tulokset\nLiite 1 Mittarit\n"
    document = analyse(f"Koealueen hanke\nOma-arviointi\n\nSisällys\n{listed}{BODY}")
    assert [(s.level, s.heading_text) for s in document.sections[1:]] == [(1, "Sisällys"), *OUTLINE]


def test_entries_without_numbers_name_headings_too(analyse: Analyse) -> None:
    listed = "Miksi lähdimme\t3\nMitä saimme aikaan vuosina 2020–2022\t4\nMitä seuraavaksi\t5\n"
    document = analyse(
        f"Koealueen hanke\nOma-arviointi\n\nSisällys\n{listed}\nMiksi lähdimme\nJonot olivat pitkiä.\n"
        "Mitä saimme aikaan vuosina 2020–2022\nAikoja on enemmän.\nMitä seuraavaksi\nTyö jatkuu.\n"
    )
    assert [(s.level, s.heading_text) for s in document.sections[1:]] == [
        (1, "Sisällys"),
        (1, "Miksi lähdimme"),
        (1, "Mitä saimme aikaan vuosina 2020–2022"),
        (1, "Mitä seuraavaksi"),
    ]


def test_an_entry_without_a_number_is_a_part_of_the_numbered_one_above(analyse: Analyse) -> None:
    listed = "1 Johdanto\t3\nTausta ja lähtökohdat\t4\n2 Tulokset\t5\nLiite 1 Mittarit\t6\n"
    body = BODY.replace("1.1 Tausta", "Tausta ja lähtökohdat")
    document = analyse(f"Koealueen hanke\nOma-arviointi\n\nSisällys\n{listed}{body}")
    assert [(s.level, s.heading_text) for s in document.sections[2:]] == [
        (1, "1 Johdanto"),
        (2, "Tausta ja lähtökohdat"),
        (1, "2 Tulokset"),
        (1, "Liite 1 Mittarit"),
    ]


def test_two_lines_that_lead_to_numbers_are_no_contents_list(analyse: Analyse) -> None:
    document = analyse("Koealueen hanke\n\nPuheluita ........ 300\nKäyntejä ........ 200\n\nTyö eteni hyvin.\n")
    assert contents(document).blocks == frozenset()


def test_garbled_entries_still_name_their_heading(analyse: Analyse) -> None:
    listed = "1 Johdanto ..... 3\n2 Tulckset ja vaikutukset ..... 5\n3 Lopuksi ..... 6\n"
    document = analyse(f"Koealueen hanke\nOma-arviointi\n\nSisällys\n{listed}\n1 Johdanto\nHanke alkoi.\n")
    assert contents(document).depth("2 Tulokset ja vaikutukset") == (True, 1)
    assert contents(document).depth("2 Talous ja henkilöstö") == (False, None)


LEADERS = [("Tausta ..... 3", True), ("Tausta\t3", True), ("Tausta … 3", False), ("Tausta 3", False), ("Työ...", False)]


@pytest.mark.parametrize(("line", "leads"), LEADERS)
def test_dots_or_a_tab_lead_to_a_page(line: str, leads: bool) -> None:
    assert has_leaders(line) is leads


LISTED = Contents(frozenset(), {"1johdantojatausta": 1, "23toimintamallinkäyttöönotto": 2, "liitteet": None})


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("1 Johdanto ja tausta", (True, 1)),
        ("LIITTEET", (True, None)),
        ("2.3 Toimintamallln käyttöönott0", (True, 2)),  # misread
        ("Toimintamallin käyttöönotto", (True, 2)),
        ("7 Toimintamallin käyttöönotto", (True, 2)),
        ("Johdanto", (True, 1)),  # cut: of eight letters all must agree
        ("Johdant", (False, None)),
        ("Johdatus", (False, None)),
        ("Johdanto ja taulukot", (True, 1)),  # seven letters in ten agree
        ("Johdanto mittareihin", (False, None)),
        ("Talouden tasapaino", (False, None)),
    ],
)
def test_a_heading_is_listed_where_most_of_its_letters_agree(heading: str, found: tuple[bool, int | None]) -> None:
    assert LISTED.depth(heading) == found


FLAT = (
    "Koealueen raportti\n\nSisällys\nTausta\t2\nArviointi 4.6.2021\t3\nArviointi 30.11.2022\t5\n"
    "Omat tavoitteet\t8\nOpit\t9\n\n"
)
OWN_BODY = "Lukuja on koottu koko vuoden ajan kaikista alueen kunnista ja yhtymistä.\n\n"
PARTS = f"Saatavuus ja jatkuvuus\n{OWN_BODY}Laatu ja vaikuttavuus\n{OWN_BODY}"


def test_what_a_list_names_beside_the_assessments_stands_beside_them(analyse: Analyse) -> None:
    text = f"{FLAT}Tausta\n{OWN_BODY}Arviointi 4.6.2021\n{OWN_BODY}{PARTS}Arviointi 30.11.2022\n{OWN_BODY}{PARTS}"
    sections = analyse(f"{text}Omat tavoitteet\n{OWN_BODY}Opit\n{OWN_BODY}").sections
    levels = [(section.level, section.heading_text) for section in sections[2:]]
    assert [level for level, _ in levels] == [1, 1, 2, 2, 1, 2, 2, 1, 1]


def test_what_no_list_names_behind_an_assessment_is_a_part_of_it(analyse: Analyse) -> None:
    listed = FLAT.replace("Omat tavoitteet\t8\n", "").replace("Opit\t9\n", "")
    text = f"{listed}Tausta\n{OWN_BODY}Arviointi 4.6.2021\n{OWN_BODY}{PARTS}Arviointi 30.11.2022\n{OWN_BODY}{PARTS}"
    assert analyse(f"{text}Opit\n{OWN_BODY}").sections[-1].level == 2


def test_a_heading_that_a_list_names_beside_the_national_goals_does_not_hold_them(analyse: Analyse) -> None:
    names = ["Asteikko", "Hyötytavoite 1. Saatavuus", "Hyötytavoite 2. Ehkäisy", "Hyötytavoite 3. Laatu"]
    listed = "".join(f"{name}\t{page}\n" for page, name in enumerate(names, 2))
    body = "".join(f"{name}\n{OWN_BODY}" for name in names[1:])
    sections = analyse(f"Koealueen raportti\n\nSisällys\n{listed}\nAsteikko\n\n{body}").sections
    assert {section.level for section in sections} == {1}
