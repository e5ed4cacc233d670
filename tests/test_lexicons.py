"""Lexicons: every file fits the schema, and a maintainer's mistake is told by file, place and cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.document import AnalysedDocument
from lexicons import LexiconError, TermMatcher, available, load
from lexicons.loader import FOLDER, Entry, Lexicon, Term, read

GOOD = """lexicon: koe
kuvaus: kokeilu
description: trial
match: lemma
entries:
  - {id: hoito, value: 1, terms: [hoito, {term: pitkä jono, weight: 0.5}]}
"""


@pytest.mark.parametrize("name", available())
def test_every_lexicon_loads_and_is_described_in_both_languages(name: str) -> None:
    lexicon = load(name)
    assert lexicon.name == name
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert "\nkuvaus:" in text and "\ndescription:" in text
    assert all(term.text == term.text.strip() for entry in lexicon.entries for term in entry.terms)


MISTAKES = [
    ("weight: 0.5", "weight: 5", "entries/0/terms/1"),
    ("match: lemma", "match: sana", "match: 'sana' is not one of"),
    ("value: 1, ", "paino: 1, ", "entries/0: Additional properties"),
    ("lexicon: koe", "lexicon: muu", "must be the file's name 'koe'"),
    ("[hoito, ", "[hoito, , ", "not valid YAML"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_names_file_and_place(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(GOOD.replace(right, wrong), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^koe\.yaml: ") as error:
        read(path)
    assert said in str(error.value)


def test_an_unknown_lexicon_lists_those_there_are() -> None:
    with pytest.raises(LexiconError, match="no such lexicon; there are abbreviations, "):
        load("nope")


def test_terms_are_found_in_inflection_in_compounds_and_the_longest_wins(
    analyse: Callable[[str], AnalysedDocument],
) -> None:
    entry = Entry("jono", (Term("jono"), Term("pitkä jono", 0.5), Term("etävastaanotto")))
    tokens = analyse("Pitkiin jonoihin vastataan etävastaanottomallilla ja hoitojonolla.").tokens
    hits = TermMatcher(Lexicon("koe", "lemma", False, True, (entry,))).find(tokens)
    assert [hit.term.text for hit in hits] == ["pitkä jono", "etävastaanotto", "jono"]
    whole_words = TermMatcher(Lexicon("koe", "lemma", False, False, (entry,))).find(tokens)
    assert [hit.term.text for hit in whole_words] == ["pitkä jono"]


def test_a_frozen_entry_is_found_as_it_stands_only(analyse: Callable[[str], AnalysedDocument]) -> None:
    frozen = Entry("paasta", (Term("päästä"),), frozen=True)
    tokens = analyse("Viikon päästä hoitoon päässeet pääsevät kotiin.").tokens
    matcher = TermMatcher(Lexicon("koe", "lemma", False, True, (frozen,)))
    assert [tokens[hit.first].text for hit in matcher.find(tokens)] == ["päästä"]
