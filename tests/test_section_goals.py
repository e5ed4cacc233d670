"""Which national goals a section speaks about: by its heading, by one above it, by the words of its own body."""

from __future__ import annotations

import pytest

from extractors.section_goals import extract
from tests.conftest import Analyse

BODIES = [
    # one clear mention, and the words that decided
    ("Jonot lyhenivät ja palvelujen saatavuus parani.", {1: "saatavuus"}),
    ("Asukas pääsee lääkäriin viikossa asuinpaikasta riippumatta.", {1: "asuinpaikasta riippumatta"}),
    ("Varhainen tuki ja ennaltaehkäisevä työ vahvistuivat perheissä.", {2: "ennaltaehkäisevä"}),
    ("Hoidon laatua ja vaikuttavuutta seurataan laaturekisterillä.", {3: "laaturekisteri"}),
    ("Monialainen tiimi sovittaa palvelut yhteen järjestöjen kanssa.", {4: "monialainen tiimi"}),
    ("Toimilla hillitään kustannusten nousua.", {5: "hillitä kustannus"}),
    # words that mislead alone tell together
    ("Hoidon menot vähenivät, kun ostopalveluista luovuttiin.", {5: "meno"}),
    ("Kustannukset olivat 400 000 euroa.", {}),
    ("Koulutukseen osallistui 40 ihmistä.", {}),
    # money that a project is given curbs no costs
    ("Hankkeelle myönnettiin valtionavustusta 400 000 euroa, ja menot kasvoivat.", {}),
    # words that hold an evidence word and prove nothing
    ("Elämänlaatu parani.", {}),
    ("Henkilöstön saatavuus heikkeni.", {}),
    ("Työ eteni suunnitelman mukaan.", {}),
]


@pytest.mark.parametrize(("body", "goals"), BODIES)
def test_words_of_the_body_tell_goals(body: str, goals: dict[int, str], analyse: Analyse) -> None:
    found = list(extract(analyse(f"Tuotokset ja tulokset\n\n{body}\n")))
    assert {row.benefit_goal: row.terms[0] for row in found} == goals
    assert {row.source for row in found} <= {"content"}


def test_the_score_is_a_probability_and_the_terms_have_their_weights(analyse: Analyse) -> None:
    (row,) = extract(analyse("Tuotokset ja tulokset\n\nToimilla hillitään kustannusten nousua.\n"))
    assert 0.9 < row.score < 1
    assert len(row.terms) == len(row.term_weights) > 1
    assert row.term_weights == sorted(row.term_weights, reverse=True)
    assert row.term_weights[0] > 2 and row.term_weights[-1] >= 0.1


def test_one_clear_mention_counts_in_a_long_section_too(analyse: Analyse) -> None:
    filler = "Kokous pidettiin keväällä, ja esityslista lähetettiin jäsenille etukäteen. " * 6
    body = f"{filler}Uusi tapa auttaa hillitsemään kustannusten nousua. {filler}"
    (row,) = extract(analyse(f"Tuotokset ja tulokset\n\n{body}\n"))
    assert (row.benefit_goal, row.terms[0]) == (5, "hillitä kustannus")


UNDER_HEADINGS = """Tuotokset ja tulokset

1. Saatavuus ja jatkuvuus

Jonot lyhenivät, ja hoidon laatu ja vaikuttavuus paranivat.

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
    assert [(headings[r.section_id], r.benefit_goal, r.source) for r in extract(document)] == [
        ("1. Saatavuus ja jatkuvuus", 1, "heading"),
        ("1. Saatavuus ja jatkuvuus", 3, "content"),
        ("Omahoitajat", 1, "inherited"),
        ("2. Ennaltaehkäisy ja ennakointi", 2, "heading"),
        ("2. Ennaltaehkäisy ja ennakointi", 1, "content"),
        ("Vaikutukset ja vaikuttavuus", 1, "content"),
    ]
    assert {(r.score, *r.terms, *r.term_weights) for r in extract(document) if r.source != "content"} == {(1.0,)}


def test_a_field_of_metadata_speaks_about_nothing(analyse: Analyse) -> None:
    assert list(extract(analyse("Kokonaisuuden nimi\nSaatavuus ja jonot\nRahoittaja\nMinisteriö\n"))) == []
