"""How long a line may be to head something, by what it says: one code point more, and it is text."""

from __future__ import annotations

import pytest

from tests.conftest import Analyse

BODY = "Työ alkoi syksyllä, ja siihen osallistuivat kaikki alueen kunnat sekä järjestöt."
WORDS = " ".join(["alueellinen yhteistyöverkosto palvelurakenteen kokonaisuudessa asiakasohjauksen mallina"] * 8)


def padded(opening: str, length: int, closing: str = "kehittäminen") -> str:
    """A line of so many code points."""
    middle = WORDS[: length - len(opening) - len(closing) - 2].rstrip()
    gap = length - len(opening) - len(middle) - len(closing) - 2
    return f"{opening} {middle}{'a' * gap} {closing}"


LIMITS = [
    ("an author's own heading", "Uusi", "kehittäminen", 95),
    ("a chapter", "1.", "kehittäminen", 140),
    ("a national goal", "Hyötytavoite 1: palvelujen saatavuuden ja jatkuvuuden parantaminen", "kunnassa", 200),
    ("a goal", "PT 1.1 Asiakas saa", "ajan", 400),
    ("an appendix", "Liite 1", "kehittäminen", 150),
    ("a dated assessment", "Oma-arviointi 30.4.2022", "kehittäminen", 110),
]


@pytest.mark.parametrize(("opening", "closing", "limit"), [one[1:] for one in LIMITS], ids=[one[0] for one in LIMITS])
def test_a_heading_has_so_many_code_points_at_most(opening: str, closing: str, limit: int, analyse: Analyse) -> None:
    for length, is_heading in ((limit, True), (limit + 1, False)):
        line = padded(opening, length, closing)
        assert len(line) == length
        others = {"1.": "2. Talous", "PT 1.1 Asiakas saa": "PT 1.2 Hoito"}.get(opening, "Muuta")
        text = f"Hankkeen loppuraportti\n\nTausta\n\n{BODY}\n\n{line}\n\n{BODY}\n\n{others}\n\n{BODY}\n"
        found = [section.heading_text for section in analyse(text).sections]
        assert (line in found) == is_heading, (length, found)


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Liite: ohjausryhmän kokoukset", True),
        ("Liite – ohjausryhmän kokoukset", True),
        ("Liite: ohjausryhmän kokoukset.", False),
        ("Liite: ohjausryhmän kokoukset;", False),
        ("Liite, ohjausryhmän kokoukset,", False),
        ("Muistio: ohjausryhmän kokoukset", False),
    ],
)
def test_an_appendix_without_a_number_is_named_and_ends_like_a_heading(
    line: str, is_heading: bool, analyse: Analyse
) -> None:
    text = f"Hankkeen loppuraportti\n\nTausta\n\n{BODY}\n{line}\nKokouksia oli neljä\nNe pidettiin etänä\n"
    assert (line in [section.heading_text for section in analyse(text).sections]) == is_heading
