"""Words that no dictionary has: read by their shape, their parts and their endings."""

from __future__ import annotations

import pytest

from pipeline.language.morphology import Reading
from pipeline.language.unknown_words import guess, lexicon_readings, name_readings

KNOWN = {
    "koulu": ("koulu", "NOUN", "Nom"),
    "koulussa": ("koulu", "NOUN", "Ine"),
    "koulunkäynnille": ("koulunkäynti", "NOUN", "All"),
    "käynnille": ("käynti", "NOUN", "All"),
    "oma": ("oma", "ADJ", "Nom"),
    "laitoksen": ("laitos", "NOUN", "Gen"),
    "laitok": ("laitok", "NOUN", "Nom"),
    "huivin": ("huivi", "NOUN", "Gen"),
    "saada": ("saada", "VERB", ""),
    "kehittäminen": ("kehittäminen", "NOUN", "Nom"),
    "lasten": ("lapsi", "NOUN", "Gen"),
    "mallit": ("malli", "NOUN", "Nom"),
}


def known(word: str) -> list[Reading]:
    """A small dictionary, so that nothing depends on the one that is installed."""
    if word not in KNOWN:
        return []
    lemma, pos, case = KNOWN[word]
    return [Reading(lemma, pos, f"{pos}.{case}.Sing", "voikko", "=" + "p" * len(lemma), case or None, "Sing")]


def readings(word: str) -> list[tuple[str, str]]:
    return [(reading.lemma, reading.tag) for reading in guess(word, known)]


SHAPES = [
    ("+3", [("+3", "NUM.Digits")]),
    ("15.11.2021", [("15.11.2021", "NUM.Digits")]),
    ("5-6", [("5-6", "NUM.Digits")]),
    ("%", [("%", "SYM")]),
    ("§§", [("§§", "SYM")]),
    (":-", [(":-", "SYM")]),
    (":", [(":", "PUNCT")]),
    (";", [(";", "PUNCT")]),
    ("…", [("…", "PUNCT")]),
    ("--", [("--", "PUNCT")]),
    ("-mallit", [("malli", "NOUN.Nom.Sing")]),
    ("–mallit", [("malli", "NOUN.Nom.Sing")]),
    ("lasten-", [("lasten", "NOUN.Cut"), ("lapsi", "NOUN.Cut.Gen")]),
    ("lasten–", [("lasten", "NOUN.Cut"), ("lapsi", "NOUN.Cut.Gen")]),
    ("kehittämis-", [("kehittäminen", "NOUN.Cut")]),
    ("THL:n", [("THL", "PROPN.Gen.Sing.Colon")]),
    ("THL:ään", [("THL", "PROPN.None.Sing.Colon")]),
    ("EU:hun", [("EU", "PROPN.Ill.Sing.Colon")]),
    ("kpl:tta", [("kpl", "NOUN.None.Sing.Colon")]),
    ("kpl:sta", [("kpl", "NOUN.Ela.Sing.Colon")]),
    ("5:ssä", [("5", "NUM.Digits")]),
    ("THL", [("THL", "PROPN.Abbr"), ("THL", "NOUN.Abbr"), ("THL", "ADV.Abbr")]),
    ("e.Kr.", [("e.Kr.", "PROPN.Abbr"), ("e.Kr.", "NOUN.Abbr"), ("e.Kr.", "ADV.Abbr")]),
    ("A", [("A", "PROPN.Abbr"), ("A", "NOUN.Abbr"), ("A", "ADV.Abbr")]),
    ("a", [("a", "NOUN.Nom.Sing.")]),
    ("Mulberry-huivin", [("Mulberry-huivi", "NOUN.Gen.Sing")]),
    ("zorkla-laitok-sen", [("zorkla-laitok-sen", "NOUN.Nom.Sing."), ("zorkla-laitok-se", "NOUN.Gen.Sing.n>")]),
    ("laitok-sen", [("laitok-sen", "NOUN.Nom.Sing."), ("laitok-se", "NOUN.Gen.Sing.n>")]),
    ("laito-ksen", [("laitos", "NOUN.Gen.Sing")]),
    ("zorkaoma", [("zorkaoma", "NOUN.Nom.Sing.")]),
    ("zrkoulussa", [("zrkoulussa", "NOUN.Nom.Sing."), ("zrkoulu", "NOUN.Ine.Sing.ssa>")]),
    ("zorkasaada", [("zorkasaada", "NOUN.Nom.Sing.")]),
]  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), SHAPES)
def test_the_shape_of_a_word_says_what_it_is(word: str, expected: list[tuple[str, str]]) -> None:
    assert readings(word) == expected


def test_the_longest_two_known_tails_are_read_and_their_parts_marked() -> None:
    first, second, *_ = guess("zorkakoulunkäynnille", known)
    assert (first.lemma, first.tag, first.structure) == (
        "zorkakoulunkäynti", "NOUN.All.Sing.Tail8", "=qqqqq=pppppppppppp",
    )  # fmt: skip
    assert (second.lemma, second.structure) == ("zorkakoulunkäynti", "=qqqqqqqqqqq=pppppp")
    (huivi,) = guess("Mulberry-huivin", known)
    assert (huivi.structure, huivi.source, huivi.case) == ("=qqqqqqqq-=ppppp", "guess", "Gen")
    (kirja,) = guess("e-kirja:n", known)
    assert (kirja.lemma, kirja.structure, kirja.case, kirja.number) == ("e-kirja", "=q-=ppppp", "Gen", "Sing")


VERBS = ["parametrisoidut", "parametrisoin", "parametrisoitiin", "parametrisoi", "parametrisoimalla"]


@pytest.mark.parametrize("word", VERBS)
def test_loan_verbs(word: str) -> None:
    assert ("parametrisoida", "VERB.Loan") in readings(word)
    assert ("filtteröidä", "VERB.Loan") in readings("filtteröity")
    assert not any(tag == "VERB.Loan" for _, tag in readings(word.capitalize()))


COLLOQUIAL = [
    ("ymmärtäny", "ymmärtänyt"),
    ("tekis", "tekisi"),
    ("puhuttii", "puhuttiin"),
    ("naapuritki", "naapuritkin"),
    ("onkos", "onko"),
    ("kokeilkaas", "kokeilkaa"),
]


@pytest.mark.parametrize(("written", "full"), COLLOQUIAL)
def test_colloquial_forms_are_read_as_the_full_form_that_the_dictionary_has(written: str, full: str) -> None:
    def only(word: str) -> list[Reading]:
        return [Reading("perusmuoto", "VERB", "VERB.Ind", "voikko")] if word == full else []

    assert Reading("perusmuoto", "VERB", "VERB.Ind.Clipped", "guess") in guess(written, only)
    assert not any(reading.tag.endswith("Clipped") for reading in guess(written, known))


ENDINGS = [
    ("Zorkassa", "Zorka", "Ine.Sing.ssa>"),
    ("Zörkässä", "Zörkä", "Ine.Sing.ssa>"),
    ("Zorkissa", "Zork", "Ine.Sing.issa>"),
    ("Zorkin", "Zork", "Gen.Sing.in>"),
    ("Zorkaa", "Zorka", "Par.Sing.a>"),
    ("Zorkeeta", "Zorkee", "Par.Sing.ta>"),
    ("Zorkaan", "Zorka", "Ill.Sing.Vn>"),
    ("Zorkohon", "Zorko", "Ill.Sing.hVn>"),
    ("Zorkeja", "Zorki", "Par.Plur.eja>i"),
    ("Zorkoja", "Zorka", "Par.Plur.oja>a"),
    ("Zörköjä", "Zörkä", "Par.Plur.oja>a"),
    ("Arzuinoissa", "Arzuino", "Ine.Plur.issa>"),
    ("Virzasen", "Virzanen", "Gen.Sing.sen>nen"),
    ("Kalymnokseen", "Kalymnos", "Ill.Sing.kseen>s"),
    ("Kalymnoksella", "Kalymnos", "Ade.Sing.ksella>s"),
    ("Zamperees", "Zamperees", "Nom.Sing."),
    # strong grades
    ("Kelsingin", "Kelsinki", "Gen.Sing.n>^nk"),
    ("Kurunnalla", "Kurunta", "Ade.Sing.lla>^nt"),
    ("Kymzoten", "Kymzotte", "Gen.Sing.n>^tt"),
    ("Torrella", "Torte", "Ade.Sing.lla>^rt"),
    ("Sodella", "Sote", "Ade.Sing.lla>^t"),
    # suffixes
    ("Zorkassakin", "Zorka", "Ine.Sing.ssa>+clitic"),
    ("Zorkaansa", "Zorka", "Par.Sing.a>+poss"),
    ("Zorkansa", "Zorka", "Nom.Sing.+poss"),
]


@pytest.mark.parametrize(("word", "lemma", "rule"), ENDINGS)
def test_endings(word: str, lemma: str, rule: str) -> None:
    found = {(reading.lemma, reading.tag.removeprefix("PROPN.")): reading for reading in name_readings(word)}
    assert (lemma, rule) in found
    reading = found[lemma, rule]
    assert (reading.case, reading.number) == tuple(rule.split(".")[:2])
    assert reading.source == "guess" and reading.pos == "PROPN"


def test_foreign_names_have_no_gradation_but_that_of_long_stops() -> None:
    assert "Zalbertvilte" not in {reading.lemma for reading in name_readings("Zalbertvillen")}
    assert "Bruppi" in {reading.lemma for reading in name_readings("Brupin")}


NO_ENDINGS = [
    ("Zorkssa", "Zork"),  # an ending of vowel stems needs a vowel
    ("Zorkkiin", "Zorkkii"),
    ("Zorpa", "Zorp"),
    ("Zan", "Za"),
]


def test_where_an_ending_cannot_stand() -> None:
    lemmas = {word: {reading.lemma for reading in name_readings(word)} for word, _ in NO_ENDINGS}
    assert "Zork" not in lemmas["Zorkssa"] and "Zorp" not in lemmas["Zorpa"]
    assert "Zork" in {reading.lemma for reading in name_readings("Zorkiin")}
    assert {reading.lemma for reading in name_readings("Zo")} == {"Zo"}
    assert {reading.lemma for reading in name_readings("Zot")} == {"Zot", "Zo"}
    assert not any("^" in reading.tag for reading in name_readings("Zorkkana") if reading.case == "Ess")


def test_a_form_of_a_lexicons_word_is_known() -> None:
    (found,) = lexicon_readings("Kymzoten", frozenset(("kymzote", "zorka")))
    assert (found.lemma, found.source, found.tag) == ("Kymzote", "lexicon", "PROPN.Gen.Sing.n")
    assert lexicon_readings("Kymzoten", frozenset(("kym",))) == []
    assert lexicon_readings("kym-zoten", frozenset(("kym-zote",))) == []
