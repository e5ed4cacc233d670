"""Number words: every number to a million, in every case, apart and together, before a noun."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.grammar.lexer import lexemes
from extractors.grammar.numbers import amounts
from extractors.quantities import extract
from tests.conftest import Analyse
from tests.number_words import CASES, spelled
from tests.test_doctests import _tokens

NOUN = {
    **{"Nom": "kuntaa", "Gen": "kunnan", "Par": "kuntaa", "Ine": "kunnassa", "Ela": "kunnasta", "Ill": "kuntaan"},
    **{"Ade": "kunnalla", "Abl": "kunnalta", "All": "kunnalle", "Ess": "kuntana", "Tra": "kunnaksi"},
}
"""What is counted, in the numeral's case."""


def noun(number: int, case: str) -> str:
    return "kunta" if number == 1 and case == "Nom" else NOUN[case]


def values(text: str) -> list[float]:
    return [amount.value for amount in amounts(lexemes(_tokens(text)))]


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 999_999), st.sampled_from(CASES), st.sampled_from(["", " "]))
def test_every_number_is_read_in_every_case(number: int, case: str, space: str) -> None:
    assert values(f"{spelled(number, case, space)} {noun(number, case)}") == [number]


@pytest.mark.parametrize("number", [1, 2, 10, 11, 19, 20, 21, 99, 100, 101, 105, 111, 999, 1000, 1001, 1100, 999_999])
@pytest.mark.parametrize("case", CASES)
def test_the_edges(number: int, case: str) -> None:
    assert values(f"{spelled(number, case)} {noun(number, case)}") == [number]


@pytest.mark.parametrize("number", [2001, 100_001, 300_001, 999_001])
def test_one_behind_thousands_is_part_of_the_number_though_its_noun_is_in_the_partitive(number: int) -> None:
    assert values(f"{spelled(number, 'Nom', ' ')} kuntaa") == [number]


ROUGH = [
    ("Ryhmään tuli kymmenkunta nuorta.", 10),
    ("Ryhmään tuli parisensataa nuorta.", 200),
    ("Ryhmään tuli viitisenkymmentä nuorta.", 50),
    ("Ryhmään tuli nelisen nuorta.", 4),
]


@pytest.mark.parametrize(("sentence", "value"), ROUGH)
def test_a_rough_number_says_itself_that_it_is_none(sentence: str, value: float, analyse: Analyse) -> None:
    (found,) = extract(analyse(sentence))
    assert (found.value, found.comparator, found.counts) == (value, "about", "nuori")


def test_a_long_number_word_counts_without_a_noun(analyse: Analyse) -> None:
    (found,) = extract(analyse("Vastaajia oli kolmesataakaksikymmentä."))
    assert (found.text, found.value) == ("kolmesataakaksikymmentä", 320)
    assert list(extract(analyse("Heitä oli yksi parhaista."))) == []
