"""Limits that tell one thing from another, each held by the last value on this side and the first one beyond."""

from __future__ import annotations

import pytest

from extractors.dates import extract as dates
from extractors.measures import extract as measures
from extractors.outline.fields import is_label_value
from tests.conftest import Analyse

LETTERS = "hankkeenalueellinenkehittämistyöohjausryhmänseurantakokouksissa"


def letters(opening: str, length: int) -> str:
    """Words of so many code points that begin with others."""
    return f"{opening} {LETTERS * 3}"[:length]


@pytest.mark.parametrize(
    ("year", "is_year"), [("1899", False), ("1900", True), ("2100", True), ("2101", False), ("999", False)]
)
def test_a_bare_number_is_a_year_of_two_centuries(year: str, is_year: bool, analyse: Analyse) -> None:
    found = [record.value for record in dates(analyse(f"Hankkeen tausta on hallinnon historiassa ({year}).\n"))]
    assert found == [year] * is_year


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kausi 16/17 oli", []),
        ("Lukuvuosi 2021/22 alkoi", ["2021/2022"]),
        ("Tilanne 16.5.17 oli", ["2017-05-16"]),
        ("Tilanne 16.5.39 oli", ["2039-05-16"]),
        ("Tilanne 16.5.40 oli", []),
        ("Vuosi 1999/00 alkoi", ["1999/2000"]),
    ],
)
def test_two_digits_are_a_year_where_what_is_beside_says_so(text: str, found: list[str], analyse: Analyse) -> None:
    assert [record.value for record in dates(analyse(f"{text}.\n"))] == found


GOAL = "Koealueen oma-arviointi\n\nPT 1.1 Asiakas saa ajan\nTyö eteni.\n\nPT 1.2 Jono lyhenee\n"


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("Opas on valmis, valmiusaste on nyt noin 60 %.", 60.0),
        ("Opas on valmis, valmiusaste on nyt noin jo 60 %.", 60.0),
        ("Opas on valmis, valmiusaste – on nyt noin jo 60 %.", None),
        ("Valmiusaste on keväällä ollut 60 %.", None),
        ("Opas on 60 % valmis.", 60.0),
        ("Opas on 60 % asiakkaista valmis.", None),
    ],
)
def test_a_measures_readiness_stands_by_its_word(words: str, percent: float | None, analyse: Analyse) -> None:
    *_, found = measures(analyse(f"{GOAL}Käynnissä\n• {words}\n"))
    assert (found.text, found.percent) == (words, percent)


@pytest.mark.parametrize(("length", "is_label"), [(46, True), (47, False)])
def test_a_label_before_a_colon_has_so_many_code_points(length: int, is_label: bool) -> None:
    label = letters("Hankekoodi", length).replace(" ", "-")
    assert is_label_value(f"{label}: S20999") == is_label


@pytest.mark.parametrize(("length", "is_label"), [(60, True), (61, False)])
def test_a_state_that_comes_back_over_lists_is_a_label(length: int, is_label: bool, analyse: Analyse) -> None:
    label = letters("Nämä ovat nyt käynnissä", length)
    text = f"{GOAL}{label}\n• Opas\n• Kartta\n\nPT 1.3 Etäaika\n{label}\n• Ohje\n• Video\n"
    states = [measure.status_source for measure in measures(analyse(text)) if measure.text == "Opas"]
    assert (states == ["label"]) == is_label
