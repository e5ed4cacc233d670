"""What a degraded word was: its candidates, and how likely each is."""

from __future__ import annotations

import pytest

from pipeline.language.voikko import accepts
from pipeline.repair.spelling import (
    MAX_LENGTH,
    MAX_SPELLINGS,
    Candidate,
    Speller,
    candidates,
    dotted_spellings,
    is_word,
    likelihood,
    near_candidates,
    undotted_words,
)

SCANNED = Speller(lost_dots=0.97, confused=0.03)

CORRECTED = [
    # lost dots
    ("tyokyky", "työkyky", 1.0),
    ("Jarvenpaa", "Järvenpää", 1.0),
    ("PAIHDETYO", "PÄIHDETYÖ", 0.999),
    ("TyOpajat", "Työpajat", 0.999),
    ("saata", "säätä", 0.646),
    ("nain", "näin", 0.997),
    ("sata", "sata", 1.0),
    # marks that no word has
    ("kyll&", "kyllä", 1.0),
    ("ty6ryhma", "työryhmä", 1.0),
    ("Kehitetd@an", "Kehitetään", 0.998),
    # confused letters
    ("tybpajoja", "työpajoja", 0.999),
    ("rnalli", "malli", 0.997),
    ("toirninta", "toiminta", 1.0),
    ("palveluIta", "palveluita", 0.997),
    ("kuntd", "kunta", 0.715),
    # by parts
    ("THL:sta", "THL:stä", 0.909),
    ("EU:ssa", "EU:ssa", 1.0),
    ("laitok-sen", "laitoksen", 0.996),
    ("Lansi-Uudenmaan", "Länsi-Uudenmaan", 0.997),
    ("hoitoonpaasy", "hoitoonpääsy", 0.999),
    ("konseptointityo", "konseptointityö", 0.924),
    ("Innokylassa", "Innokylässä", 0.808),
    ("soteuudistuksen", "soteuudistuksen", 0.996),
    ("hoitoonPaasy", "hoitoonPääsy", 0.841),
    ("perhe-keskus", "perhe-keskus", 1.0),
    ("toimin-nan", "toiminnan", 0.999),
    ("sote-rnallin", "sote-mallin", 1.0),
    ("sote-malIi", "sote-malli", 0.999),
    ("maI-ryhma", "maI-ryhmä", 0.999),  # a short part is an abbreviation as often
    ("TE:ssa", "TE:ssä", 0.909),
    ("alv:lla", "alv:lla", 1.0),
    ("zorkakesaan", "zorkakesään", 0.748),  # by its tail alone
    ("zorkajaaneen", "zorkajääneen", 0.856),
    ("zorkakesa", "zorkakesa", 1.0),
    # any letter
    ("lusikoqta", "lusikoita", 0.941),
    ("talq", "talo", 0.999),
    ("kyq", "kyq", 1.0),
    # capitals
    ("Rnalli", "Malli", 0.957),
    ("TOIRNINTA", "TOIMINTA", 0.987),
    ("TyOrnaa", "TyOrnaa", 0.522),
    # what nothing explains
    ("Kvax", "Kvax", 1.0),
    ("xyz", "xyz", 1.0),
    ("a", "a", 1.0),
]


@pytest.mark.parametrize(("read_as", "word", "confidence"), CORRECTED)
def test_the_likeliest_spelling(read_as: str, word: str, confidence: float) -> None:
    best, *others = SCANNED.corrections(read_as)
    assert best.word == word
    assert best.confidence == pytest.approx(confidence, abs=0.002)
    assert read_as in {one.word for one in (best, *others)}
    assert sum(one.confidence for one in (best, *others)) == pytest.approx(1)
    assert [one.confidence for one in others] == sorted((one.confidence for one in others), reverse=True)


def test_how_many_dots_a_text_lost_decides() -> None:
    few, many = Speller(0.03, 0.001), Speller(0.97, 0.001)
    assert few.corrections("nain")[0].confidence == pytest.approx(0.923, abs=0.005)
    assert many.corrections("nain")[0].confidence == pytest.approx(0.997, abs=0.002)
    assert few.corrections("vali")[0].confidence == pytest.approx(0.882, abs=0.005)
    assert Speller(0.0, 0.0).corrections("THL:sta")[0].word == "THL:sta"
    assert Speller(0.01, 0.0).corrections("THL:sta")[0].word == "THL:stä"
    assert Speller(0.97, 0.0).corrections("rnalli")[0].word == "rnalli"


def test_a_documents_own_words_are_likelier() -> None:
    assert Speller(0.97, 0.03, {"kehräämö": 3}).corrections("kehraamo")[0].word == "kehräämö"
    kunto = Speller(0.97, 0.03, {"kunto": 1000}).corrections("kuntd")
    assert kunto[0].word == "kunto"
    assert kunto[0].confidence == pytest.approx(0.834, abs=0.005)


def test_a_documents_own_confusion_is_as_easy_as_a_lost_dot() -> None:
    assert Speller(0.97, 0.03).corrections("tyiinteko")[0].word != "työnteko"
    habit = Speller(0.97, 0.03, habits=(("e", "ö"),))
    assert habit.corrections("tyenteko")[0].word == "työnteko"
    assert habit.only_dots("tyenteko", "työnteko") and not SCANNED.only_dots("tyenteko", "työnteko")


@pytest.mark.parametrize(
    ("word", "right", "only"),
    [("kyla", "kylä", True), ("KYLA", "kylä", True), ("kyll&", "kyllä", True), ("kyle", "kylä", False),
     ("kyla", "kyläs", False), ("kylä", "kyla", False)],
)  # fmt: skip
def test_only_dots(word: str, right: str, only: bool) -> None:
    assert SCANNED.only_dots(word, right) == only


SPELLINGS = [
    ("tyo", 3, [("työ", 1), ("tyo", 0)]),
    ("TyO", 3, [("Työ", 1), ("Tyo", 1)]),
    ("TYO", 3, [("TYÖ", 1), ("TYO", 0)]),
    ("sato", 0, [("sato", 0), ("sätö", 2), ("såto", 1), ("såtö", 2)]),
    ("uta", 0, [("uta", 0), ("utå", 1)]),
    ("yta", 0, [("ytä", 1), ("ytå", 1)]),
    ("hata", 0, [("hata", 0), ("hätä", 2), ("håta", 1), ("hatå", 1), ("håtä", 2)]),
    ("ka6", 3, [("käö", 2), ("kaö", 1), ("kåö", 2)]),
]


@pytest.mark.parametrize(("word", "switches", "spellings"), SPELLINGS)
def test_dotted_spellings_by_turns_of_vowel_harmony(word: str, switches: int, spellings: list[tuple[str, int]]) -> None:
    found = list(dotted_spellings(word, switches))
    assert sorted(found) == sorted(spellings)
    assert found[0] == spellings[0]


def test_of_very_many_spellings_those_with_the_fewest_turns_are_followed() -> None:
    found = [spelling for spelling, _ in dotted_spellings("ao" * 9, 9)]
    assert len(found) == MAX_SPELLINGS
    assert found[0] == "ao" * 9 and "äö" * 9 in found and "aö" * 9 not in found


def test_known_words_among_them() -> None:
    assert dict(undotted_words("saan")) == {"saan": 0, "sään": 2}
    assert dict(undotted_words("eta")) == {"että": 1} or "etä" in dict(undotted_words("eta"))
    assert undotted_words("zorka") == ()
    assert is_word("talo") and not is_word("tqlo") and not is_word("talö")


LIKELIHOODS = [
    ("ja", 7.6),
    ("hanke", 4.6),
    ("etä", 0.8),  # listed, unknown to Voikko
    ("Möttönen", 2.7),
    ("kuntatalokerho", 0.3),  # compounds by their parts
    ("lähipalvelukeskus", 0.5),
    ("hyvinvointialueitaan", 0.7),
    ("hankkeistamme", 2.0),  # unlisted forms by their lemmas
    ("puolukoitakin", 1.9),
    ("kalevalaiseltakin", 1.0),
    ("kynttelikkömme", 0.5),
    ("lähipalvelukin", 0.7),
    ("Zork", 0.0),
    ("Zorkamaatti", -0.8),
    ("zorka", -1.5),
    ("zorkamaatti", -2.5),
]


@pytest.mark.parametrize(("word", "level"), LIKELIHOODS)
def test_likelihood(word: str, level: float) -> None:
    assert likelihood(word) == pytest.approx(level, abs=0.05)


def test_candidates_from_near_to_far() -> None:
    assert near_candidates("malli") == (Candidate("malli", 0, 0), Candidate("mälli", 1, 0))
    assert Candidate("malli", 0, 1, 0, ("rn", "m")) in near_candidates("rnalli")
    assert Candidate("hanki", 0, 0, 1) in near_candidates("hankc")
    assert near_candidates("k") == () == near_candidates("a" * (MAX_LENGTH + 1))
    assert candidates("rnalli", False) == ()
    assert Candidate("mallissa", 0, 2) in candidates("rnaliissa", True)
    assert [one.word for one in candidates("kehittqminenk", True)] == []
    assert near_candidates("nosqona") == ()
    assert candidates("nosqona", True) == (Candidate("nostona", 0, 0, 1),)  # seven letters; of fewer only listed words

    assert near_candidates("kuq") == ()
    assert Candidate("mälli", 1, 1, 0, ("rn", "m")) in near_candidates("rnalli")


def test_letters_that_never_stand_together_make_no_word() -> None:
    assert accepts("ikäryhmäosuuksina") and not is_word("ikäryhmäosuuksina")  # no listed form has rsu


def test_an_ending_with_front_vowels_behind_a_neutral_stem() -> None:
    best, second, *_ = Speller(0.1, 0.03).corrections("Zeppelissa")
    assert (best.word, second.word) == ("Zeppelissa", "Zeppelissä")
    assert second.confidence == pytest.approx(0.471, abs=0.005)
