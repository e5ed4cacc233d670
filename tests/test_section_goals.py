"""Which national goals a section speaks about: by its heading, by one above it, by the words of its own body."""

from __future__ import annotations

from collections import Counter

import pytest

from extractors.section_goals import content_score, extract
from tests.conftest import Analyse

STRENGTHS = [
    # one hit in a short text: 1 - exp(-weight)
    ({("jono", 0.5): 1}, 10, 0.3935),
    ({("jono", 0.5): 1}, 40, 0.3935),
    # a repeated term counts less each time: 0.5 · (1 + ln 2), 0.5 · (1 + ln 4)
    ({("jono", 0.5): 2}, 10, 0.5711),
    ({("jono", 0.5): 4}, 10, 0.6967),
    # other terms add up
    ({("jono", 0.5): 1, ("saatavuus", 0.7): 1}, 10, 0.6988),
    # four times the words ask for twice the evidence
    ({("jono", 0.5): 1}, 160, 0.2212),
    ({}, 10, 0.0),
]


@pytest.mark.parametrize(("terms", "n_words", "score"), STRENGTHS)
def test_evidence_adds_up_and_is_measured_by_the_texts_length(
    terms: dict[tuple[str, float], int], n_words: int, score: float
) -> None:
    assert content_score(Counter(terms), n_words) == pytest.approx(score, abs=0.00005)


BODIES = [
    # weights of lexicons/goal_evidence.yaml: from 0.36 on one hit is enough
    ("Pääsy viivästyi.", []),
    ("Yhteydenotto viivästyi.", [(1, 0.3297, ["yhteydenotto"])]),
    ("Jonot lyhenivät ja saatavuus parani.", [(1, 0.6988, ["saatavuus", "jono"])]),
    ("Laatu parani, ja riskiryhmä löytyi.", [(2, 0.3935, ["riskiryhmä"]), (3, 0.3935, ["laatu"])]),
    ("Elämänlaatu parani.", []),
    ("Etävastaanottomalli avattiin.", [(1, 0.3297, ["etävastaanotto"])]),
    ("Työ eteni.", []),
]


@pytest.mark.parametrize(("body", "goals"), BODIES)
def test_words_of_the_body_tell_goals(body: str, goals: list[tuple[int, float, list[str]]], analyse: Analyse) -> None:
    found = extract(analyse(f"Tuotokset ja tulokset\n\n{body}\n"))
    assert [(r.benefit_goal, r.score, r.terms) for r in found] == goals
    assert {r.source for r in extract(analyse(f"Tuotokset ja tulokset\n\n{body}\n"))} <= {"content"}


def test_a_longer_body_needs_more(analyse: Analyse) -> None:
    filler = "Työ eteni alueella suunnitellusti ja kokous pidettiin. " * 20
    assert list(extract(analyse(f"Tuotokset ja tulokset\n\nJonot lyhenivät. {filler}\n"))) == []


UNDER_HEADINGS = """Tuotokset ja tulokset

1. Saatavuus ja jatkuvuus

Jonot lyhenivät, ja laatu parani.

Omahoitajat

Työ eteni.

2. Ennaltaehkäisy ja ennakointi

Jonot lyhenivät.

Vaikutukset ja vaikuttavuus

Jonot lyhenivät.
"""


def test_a_goal_that_headings_name_is_inherited_and_not_given_again_for_the_content(analyse: Analyse) -> None:
    document = analyse(UNDER_HEADINGS)
    headings = {f"{document.doc_id}-s{s.ordinal:04d}": s.heading_text for s in document.sections}
    assert [(headings[r.section_id], r.benefit_goal, r.source, r.score) for r in extract(document)] == [
        ("1. Saatavuus ja jatkuvuus", 1, "heading", 1.0),
        ("1. Saatavuus ja jatkuvuus", 3, "content", 0.3935),
        ("Omahoitajat", 1, "inherited", 1.0),
        ("2. Ennaltaehkäisy ja ennakointi", 2, "heading", 1.0),
        ("2. Ennaltaehkäisy ja ennakointi", 1, "content", 0.3935),
        ("Vaikutukset ja vaikuttavuus", 1, "content", 0.3935),
    ]


def test_a_field_of_metadata_speaks_about_nothing(analyse: Analyse) -> None:
    assert list(extract(analyse("Kokonaisuuden nimi\nSaatavuus ja jonot\nRahoittaja\nMinisteriö\n"))) == []
