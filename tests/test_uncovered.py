"""What looks like a fact and is none: digits, percent signs, months and seasons that no record covers."""

from __future__ import annotations

import pytest

from extractors.uncovered import extract
from tests.conftest import Analyse
from tests.texts import table

LEFT = [
    ("Kasvu oli suurta, eikä % riittänyt.", [("%", "percent_sign", "bare_percent_sign")]),
    ("Kesää odotetaan alueella.", [("Kesää", "time_word", "names_time")]),
    ("Niitä oli kesäkuussa 2022 noin 12 %.", []),
    ("Sovellus on 2.0.1 nyt.", [("2", "digits", "version"), ("0", "digits", "version"), ("1", "digits", "version")]),
    ("Tunnus on A123 kaikilla.", [("123", "digits", "name")]),
    ("Ohje on 1234567890123456789 sivulla.", [("1234567890123456789", "digits", "unknown")]),
    ("Opas julkaistiin.\n\n7\n\nTyö alkoi.", [("7", "digits", "page_number")]),
    ("Se oli 3. Kerta oli uusi.", []),
    ("Palvelu on auki arkisin.", []),
]


@pytest.mark.parametrize(("text", "left"), LEFT)
def test_what_is_left_has_its_kind_and_reason(text: str, left: list[tuple[str, str, str]], analyse: Analyse) -> None:
    document = analyse(text)
    found = list(extract(document))
    assert [(one.text, one.kind, one.reason) for one in found] == left
    assert [text[one.char_start : one.char_end] for one in found] == [word for word, _, _ in left]


def test_cells_of_indicators_and_readiness_cover_their_numbers(analyse: Analyse) -> None:
    readiness = table(["Prosessitavoite", "5/21"], ["PT 1.1 Asiakas saa ajan", "vaihe 2"])
    indicators = table(["Mittari", "Lähtötaso", "5/21"], ["Jono", "7–9", "3/4"])
    document = analyse(f"Koealue\n\n{readiness}\n\n\nMittarit\n{indicators}\n\n\nTaulukko loppui.\n")
    assert [(one.text, one.reason) for one in extract(document)] == [("1", "goal_number"), ("1", "goal_number")]


def test_digits_that_repair_takes_for_letters_are_none(analyse: Analyse) -> None:
    words = "Tyohon paasee lahes kaikissa kunnissa, ja jarjestot ovat olleet mukana kehittamassa palveluja. " * 3
    document = analyse(f"{words}\n\nTy6 perustuu naytt6on, ja koodi on A12.\n")
    assert [(one.text, one.kind) for one in extract(document)] == [("12", "digits")]
