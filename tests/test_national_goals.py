"""Headings that are a national benefit goal: by their words, by a number, by their place in the series."""

from __future__ import annotations

import pytest

from tests.conftest import Analyse

BODY = "Työ on edennyt hyvin, ja asiakkaat ovat olleet tyytyväisiä palveluun kaikissa kunnissa."
OPENING = "Koealueen hanke\nOma-arviointiraportti\n\nRaportti on päivätty 30.11.2022.\n\n"


def report(*headings: str) -> str:
    return OPENING + "".join(f"{heading}\n\n{BODY}\n\n" for heading in headings)


NAMED = [
    ("Palvelujen laadun ja vaikuttavuuden parantaminen", (3,)),
    ("Hyötytavoite 2", (2,)),
    ("HT5 Eurot", (5,)),
    ("3. hyötytavoite: arjen sujuvuus", (3,)),
    ("Neljäs kansallinen tavoite: yhdessä", (4,)),
    ("Kustannusten kasvu pysähtyy", (5,)),
    ("Yhteenveto", ()),
    ("4. Yhteenveto", ()),
    ("Kustannukset", ()),
]


@pytest.mark.parametrize(("heading", "goals"), NAMED)
def test_a_heading_names_its_goal(heading: str, goals: tuple[int, ...], analyse: Analyse) -> None:
    document = analyse(report("Johdanto", heading))
    assert document.sections[-1].benefit_goals == goals


SERIES = [
    # the second and the fourth name their goals in part
    (["Saatavuus ja oikea-aikaisuus", "Ehkäisevä työ", "Laatu ja vaikuttavuus", "Monialainen työ", "Menojen hillintä"],
     [1, 2, 3, 4, 5]),
    # the first and the last
    (["Palvelujen saatavuus", "Ennaltaehkäisy ja ennakointi", "Laatu ja vaikuttavuus", "Menojen hallittu kasvu"],
     [1, 2, 3, 5]),
    # no gap for it: goal 2 stands behind
    (["Saatavuus ja oikea-aikaisuus", "Ehkäisevä työ", "Ennaltaehkäisy ja ennakointi"], [1, None, 2]),
    # one alone is no series
    (["Laatu ja vaikuttavuus", "Kustannukset"], [3, None]),
]  # fmt: skip


@pytest.mark.parametrize(("headings", "goals"), SERIES)
def test_a_goal_named_in_part_fills_the_gap_in_the_series(
    headings: list[str], goals: list[int | None], analyse: Analyse
) -> None:
    sections = analyse(report(*headings)).sections[1:]
    assert [section.benefit_goals[0] if section.benefit_goals else None for section in sections] == goals


def test_numbers_tell_the_goals_where_most_headings_name_theirs(analyse: Analyse) -> None:
    document = analyse(
        report("Tavoite 1. Saatavuuden parantaminen", "Tavoite 2. Ennaltaehkäisy", "Tavoite 3. Asukas edellä")
    )
    assert [section.benefit_goals for section in document.sections[1:]] == [(1,), (2,), (3,)]
