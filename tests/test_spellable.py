"""Which spellings may be words: none that Voikko accepts is barred, most others are."""

from __future__ import annotations

from itertools import islice

import pytest

from pipeline.language import spellable
from pipeline.language.embedded import transducer
from pipeline.language.frequencies import zipf_values
from pipeline.language.spellable import ANYTHING, beginning
from pipeline.language.voikko import accepts


def may_be_word(spelling: str) -> bool:
    state = beginning().through(spelling.lower())
    return state is not None and state.may_end


def test_no_word_is_barred() -> None:
    listed = list(islice((word for word in zipf_values() if accepts(word)), 0, None, 97))
    assert len(listed) > 1000
    assert [word for word in listed if not may_be_word(word)] == []


@pytest.mark.parametrize(
    "word",
    ["sote-keskus", "ja-sana", "syys-ilta", "pop-opisto", "5-vuotias", "Etelä-Karjala", "ta\u00adlo", "ﬁilis", "etä"],
)
def test_hyphens_ligatures_and_listed_forms_are_followed(word: str) -> None:
    assert may_be_word(word)


@pytest.mark.parametrize("spelling", ["keskns", "hyvinvointl", "qqq", "taloo", "p&lvelu"])
def test_other_spellings_are_barred(spelling: str) -> None:
    assert not may_be_word(spelling)


def test_without_the_transducer_anything_may_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spellable, "is_installed", lambda: False)
    assert beginning.__wrapped__() is ANYTHING
    assert ANYTHING.through("qqq") is ANYTHING and ANYTHING.may_end


def test_states_are_let_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spellable, "MOST_STATES", 4)
    start = spellable.Automaton(transducer(), ["etä"]).start
    assert start.through("keskus").may_end  # type: ignore[union-attr]
    assert start.through("etä").may_end and start.through("keskns") is None  # type: ignore[union-attr]
