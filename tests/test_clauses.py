"""Clauses of a sentence: where they end, which verb names the deed, what its tense, mood, negation and plan say."""

from __future__ import annotations

import pytest

from extractors.facts.clauses import Clause, clauses
from tests.conftest import Analyse

PARTED = [
    # a conjunction or a comma parts clauses only where a verb of its own follows
    ("Ohje ja opas on jaettu", ["Ohje ja opas on jaettu"]),
    ("Ohje on jaettu ja opas tehdään", ["Ohje on jaettu", "ja opas tehdään"]),
    ("Ohje, opas ja lomake jaettiin", ["Ohje , opas ja lomake jaettiin"]),
    ("Malli on kuvattu ja viety intranetiin", ["Malli on kuvattu", "ja viety intranetiin"]),
    ("On tarkoitus kouluttaa hoitajat ja aloittaa työ", ["On tarkoitus kouluttaa hoitajat ja aloittaa työ"]),
    ("Hoitaja aloittaa hoidon ja seuraa sitä", ["Hoitaja aloittaa hoidon", "ja seuraa sitä"]),
    ("Opas jaettiin, ja ohje ja lomake tehdään", ["Opas jaettiin", ", ja ohje ja lomake tehdään"]),
    ("Opas jaettiin, ja ohje", ["Opas jaettiin , ja ohje"]),
    # a clause that another interrupts is one
    (
        "Raportti, jossa hoito ja hinta näkyvät, on esitelty",
        ["Raportti , on esitelty", ", jossa hoito ja hinta näkyvät"],
    ),
    # brackets stand behind
    ("Opas (ei vielä aloitettu) tehdään", ["Opas tehdään", "ei vielä aloitettu"]),
    # sentences apart
    ("Ohje jaettiin. Opas tehdään.", ["Ohje jaettiin .", "Opas tehdään ."]),
]


@pytest.mark.parametrize(("sentence", "parts"), PARTED)
def test_where_clauses_end(sentence: str, parts: list[str], analyse: Analyse) -> None:
    found = clauses(analyse(sentence).tokens)
    assert [" ".join(token.text for token in clause.tokens) for clause in found] == parts


RELATIONS = [
    ("Sitä ei tehdä, koska se on kallis", ["main", "subordinate"]),
    ("Avustus päättyy, minkä jälkeen vastuu siirtyy kunnille", ["main", "subordinate"]),
    ("Kurssi peruttiin, sillä kouluttaja sairastui", ["main", "subordinate"]),
    ("Kun ohje valmistuu ja se jaetaan, työ alkaa", ["subordinate", "subordinate", "main"]),
    ("Kurssi (pidetään syksyllä) peruttiin", ["main", "bracket"]),
    ("Sillä säästettiin rahaa", ["main"]),
]


@pytest.mark.parametrize(("sentence", "relations"), RELATIONS)
def test_main_and_subordinate_clauses(sentence: str, relations: list[str], analyse: Analyse) -> None:
    assert [clause.relation for clause in clauses(analyse(sentence).tokens)] == relations


def deed(clause: Clause) -> str | None:
    return clause.deed.text if clause.deed is not None else None


VERBS = [
    # sentence, deed, tense, mood, negation, modality
    ("Opas jaetaan kuntiin", "jaetaan", "present", "Ind", None, None),
    ("Opas jaettiin kuntiin", "jaettiin", "imperfect", "Ind", None, None),
    ("Opas on jaettu kuntiin", "jaettu", "perfect", "Ind", None, None),
    ("Opas oli jo ollut jaettu kuntiin", "jaettu", "perfect", "Ind", None, None),
    ("Opas jaettu kuntiin", "jaettu", "perfect", "Ind", None, None),
    ("Opas jaettaisiin kuntiin", "jaettaisiin", "present", "Cnd", None, None),
    ("Vuonna 2021 laadittu ohje on käytössä", "on", "present", "Ind", None, None),
    ("Hoitajat koulutettiin käyttämään seulaa", "koulutettiin", "imperfect", "Ind", None, None),
    ("Opas kuntiin", None, None, None, None, None),
    # negation
    ("Suunniteltua opasta ei jaeta", "jaeta", "present", "Ind", "not", None),
    ("Opasta ei jaettu", "jaettu", "imperfect", "Ind", "not", None),
    ("Opasta ei ole vielä jaettu", "jaettu", "perfect", "Ind", "not yet", None),
    ("Opasta ei enää jaeta", "jaeta", "present", "Ind", "no longer", None),
    ("Opas jäi jakamatta", "jakamatta", "imperfect", "Ind", "undone", None),
    ("Opas on jakamatta", "jakamatta", "present", "Ind", "undone", None),
    ("Työtä ei ole päästy aloittamaan", "aloittamaan", "perfect", "Ind", "not", None),
    ("Kurssit pidettiin maksamatta tiloista", "pidettiin", "imperfect", "Ind", None, None),
    # plan, decision, possibility, need
    ("On tarkoitus jakaa opas", "jakaa", "present", "Ind", None, "planned"),
    ("Opas aiotaan jakaa", "jakaa", "present", "Ind", None, "planned"),
    ("Opas on suunniteltu jaettavaksi", "jaettavaksi", "perfect", "Ind", None, "planned"),
    ("Oppaita tullaan jakamaan", "jakamaan", "present", "Ind", None, "planned"),
    ("Tavoitteita on päästy edistämään", "edistämään", "perfect", "Ind", None, None),
    ("Opas päätettiin jakaa", "jakaa", "imperfect", "Ind", None, "decided"),
    ("Opas voidaan jakaa", "jakaa", "present", "Ind", None, "possible"),
    ("Opas pitää jakaa", "jakaa", "present", "Ind", None, "required"),
    ("Opas voitiin jakaa", "jakaa", "imperfect", "Ind", None, None),
    ("Opas voitaisiin jakaa", "jakaa", "present", "Cnd", None, "possible"),
]


@pytest.mark.parametrize(("sentence", "verb", "tense", "mood", "negation", "modality"), VERBS)
def test_what_the_verbs_say(
    sentence: str,
    verb: str | None,
    tense: str | None,
    mood: str | None,
    negation: str | None,
    modality: str | None,
    analyse: Analyse,
) -> None:
    (clause,) = clauses(analyse(sentence).tokens)
    found = (deed(clause), clause.tense, clause.mood, clause.negation, clause.modality)
    assert found == (verb, tense, mood, negation, modality)
