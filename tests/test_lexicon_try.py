"""`poimuri lexicon try`: which terms a sentence has, and why others are nearly found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lexicons.loader import read
from pipeline.workbench.texts import tokens_of_text
from pipeline.workbench.trial import Trial, tried, tried_lexicons
from pipeline.workbench.wording import say
from tests.conftest import SAMPLES
from tests.test_lexicon_check import poimuri

MINE = """lexicon: koe
kuvaus: kokeilu
description: trial
match: lemma
compounds: {compounds}
report: true
spellings: false
entries:
  - id: koe
    terms: [{terms}]
"""

NEAR = [
    ("{term: laatu, not: [elämänlaatu]}", "true", "Elämänlaatu parani.", "near_not", "'elämänlaatu' of the term's not"),
    ("=käynnissä", "true", "Asiakkaan käynnit kirjattiin.", "near_form", "'käynnissä'"),
    ("=hoitoon pääsy", "true", "Hoidon pääsy parani.", "near_form", "asks for the very form 'hoitoon'"),
    ("jono", "false", "Hoitojonot lyhenivät.", "near_compound", "the lexicon has compounds: false"),
    ("etävastaanotto", "true", "Etä vastaanotto alkoi.", "near_spelling", "the lexicon has no spellings: true"),
    ("hoito pääsy", "true", "Hoitoon nopea pääsy.", "near_gap", "'nopea' stands between the words; gap: 1 would find"),
    ("hoito pääsy", "true", "Pääsy hoitoon.", "near_order", "order: free would find them"),
    ("hoito pääsy", "true", "Pääsy nopeaan hoitoon.", "near_order", "order: free, gap: 1 would find them"),
    ("jonottaa", "true", "Jonotus väheni.", "near_base", "the base form of 'Jonotus' in the text is 'jonotus'"),
    ("hoito pääsy", "true", "Hoito alkoi. Pääsy parani.", "", ""),
    ("jono", "true", "Hoito parani.", "", ""),
]


@pytest.mark.parametrize(("terms", "compounds", "sentence", "why", "said"), NEAR)
def test_what_is_nearly_found_has_its_reason(
    terms: str, compounds: str, sentence: str, why: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(MINE.format(terms=terms, compounds=compounds), encoding="utf-8")
    trial = tried(sentence, tokens_of_text(sentence), [read(path)])
    assert trial.found == ()
    assert [one.why for one in trial.missed] == ([why] if why else [])
    assert all(said in say(one.why, "en", **one.about) and say(one.why, "fi", **one.about) for one in trial.missed)


def shipped(sentence: str, name: str | None = None) -> Trial:
    return tried(sentence, tokens_of_text(sentence), tried_lexicons(name))


def test_what_is_found_has_its_lemmas_and_compound_parts() -> None:
    (found,) = (one for one in shipped("Uusia ruokajonoja syntyi.", "goal_evidence").found if one.term.text == "jono")
    assert (found.entry.id, found.text, found.words) == (
        "goal_1_waiting",
        "ruokajonoja",
        (("ruokajonoja", "ruokajono", ("ruoka", "jono")),),
    )


def test_a_sentence_tells_its_goals_and_how_probably() -> None:
    told = dict(shipped("Hoitoon pääsy nopeutui ja jonot lyhenivät.").effects)
    assert told["goal_told"]["goal"] == 1 and told["goal_told"]["share"] > 0.9
    assert "below the threshold" in say("goal_not_told", "en", goal=1, share=0.1, threshold=0.4)
    assert [code for code, _ in shipped("Palvelu on avoinna.").effects if code == "goal_told"] == []


def test_a_heading_tells_its_goal_or_how_much_is_missing() -> None:
    assert ("heading_told", 1) in [(code, about["goal"]) for code, about in shipped("Saatavuus ja jatkuvuus").effects]
    (missing,) = (about for code, about in shipped("Jatkuvuus").effects if code == "heading_not_told")
    assert (missing["goal"], missing["weight"], missing["needed"]) == (1, 0.5, 1.0)


def test_a_word_that_proves_only_beside_another_says_so() -> None:
    found = {one.term.text: one.effects for one in shipped("Hoito alkoi.").found if one.lexicon == "goal_evidence"}
    assert found["hoito"] == (("proves_together", {}),)


def test_the_command_tries_a_sentence_and_an_export() -> None:
    done = poimuri("lexicon", "try", "Kainuun ruokajonot lyhenivät.", "--lang", "fi")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ruokajonot  jono  goal_evidence · goal_1_waiting  0.5  [ruokajono (ruoka + jono)]" in done.stdout
    assert "melkein:" in done.stdout
    told = json.loads(poimuri("lexicon", "try", "Kainuun jonot.", "--lexicon", "regions", "--json").stdout)
    assert [(one["term"], one["start"], one["end"]) for one in told["found"]] == [("kainuu", 0, 7)]
    of_file = poimuri("lexicon", "try", SAMPLES[0], "--term", "jono", "--json")
    assert all(one["term"] == "jono" for line in of_file.stdout.splitlines() for one in json.loads(line)["found"])
    assert "no term is found" in poimuri("lexicon", "try", "Kissa kehrää.").stdout
