"""What in a text tells of national goals: terms that prove alone, together, not at all; how evidence is measured."""

from __future__ import annotations

import math

import pytest

from extractors.facts.goal_content import GoalModel, parsed, probability, written
from extractors.facts.goal_signs import GOALS, Evidence, GoalSigns, goal_signs
from lexicons import load
from tests.conftest import Analyse

SENTENCES = [
    # of terms that share a word the longest proves
    ("Hoitoon pääsy parani.", {1: ("hoitoon pääsy",)}),
    # a word of group together needs one of another subject in its sentence
    ("Kustannukset tiedetään.", {}),
    ("Kustannukset pienenivät.", {5: ("kustannus", "pienetä")}),
    ("Kustannukset tiedetään. Määrä pieneni.", {}),
    # it stands as itself or as the head of a compound, not as its first part
    ("Käyttömenot pienenivät.", {5: ("käyttömeno", "pienetä")}),
    ("Menoliput vähenivät.", {}),
    # in a sentence about a grant words of money prove nothing, clear ones do
    ("Avustus loppui, ja kustannukset pienenivät.", {}),
    ("Avustus loppui, mutta tuottavuus kasvoi.", {5: ("tuottavuus",)}),
    # inside a neutral term nothing proves
    ("Työvoiman saatavuus heikkeni.", {}),
    ("Digituen saatavuus heikkeni.", {1: ("digituki", "saatavuus")}),
]


@pytest.mark.parametrize(("text", "terms"), SENTENCES)
def test_terms_prove_alone_together_or_not_at_all(
    text: str, terms: dict[int, tuple[str, ...]], analyse: Analyse
) -> None:
    signs = goal_signs(analyse(text).tokens)
    found = {goal: signs.terms(goal) for goal in GOALS if signs.terms(goal)}
    assert {goal: found.get(goal, ()) for goal in terms} == terms
    assert terms or not {1, 5} & found.keys()


def test_words_are_lemmas_and_compound_parts_of_what_tells(analyse: Analyse) -> None:
    signs = goal_signs(analyse("Nyt Lapissa 12 etävastaanottoa avattiin!").tokens)
    assert signs.words == {"etävastaanotto", "etä", "vastaan", "otto", "avata"}
    assert signs.n_words == 4


EVIDENCE = [Evidence(1, 0, "jono", 0.5), Evidence(1, 0, "saatavuus", 0.7), Evidence(1, 3, "jono", 0.5)]


def test_evidence_is_measured_by_its_densest_sentence_its_amount_and_its_share() -> None:
    signs = GoalSigns([*EVIDENCE, Evidence(4, 2, "tiimi", 0.25)], (), 80)
    amount = 0.5 * (1 + math.log(2)) + 0.7
    assert signs.measures(1) == pytest.approx(
        (1 - math.exp(-1.2), math.log1p(amount), amount / (amount + 0.25 + 0.5), math.log(2))
    )
    assert signs.measures(4)[2] == pytest.approx(0.25 / (amount + 0.25 + 0.5))
    assert signs.measures(2) == (0.0, 0.0, 0.0, math.log(2))


def test_evidence_without_a_term_is_that_of_the_others() -> None:
    without = GoalSigns(EVIDENCE, (), 40).measures(1, "saatavuus")
    assert without == pytest.approx(GoalSigns([EVIDENCE[0], EVIDENCE[2]], (), 40).measures(1))


MODEL = GoalModel(0.4, (-1.0, -2.0, -3.0, -4.0, -5.0), (2.0, 1.0, 4.0, -0.5), {"avata": (1.5, 0.0, 0.0, -0.5, 0.0)})


def test_log_odds_are_base_evidence_and_words() -> None:
    signs = GoalSigns([Evidence(1, 0, "jono", 0.5)], ("avata", "ovi", "kunta", "talo"), 40)
    first, second, *_ = MODEL.log_odds(signs)
    assert first == pytest.approx(-1 + 2 * (1 - math.exp(-0.5)) + math.log(1.5) + 4 * 0.5 + 1.5 / 2)
    assert second == pytest.approx(-2.0)
    assert MODEL.deciding(signs, 1) == (("jono", 3.19), ("avata", 0.75))
    assert MODEL.deciding(signs, 4) == ()


def test_a_model_is_written_as_it_is_read() -> None:
    assert parsed(written(MODEL)) == MODEL
    assert probability(0.0) == 0.5


def test_every_goal_has_terms_enough() -> None:
    entries = load("goal_evidence").entries
    for goal in GOALS:
        alone = [term.text for one in entries if one.value == goal and one.group == "alone" for term in one.terms]
        assert len(set(alone)) == len(alone) >= 80
