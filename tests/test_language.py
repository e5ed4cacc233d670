"""Tokens, sentences, lemmas and repair."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors.document import AnalysedDocument, Change, Span, Twin
from pipeline.language.lemmatiser import analyse_word
from pipeline.process import analysed
from pipeline.repair.spelling import Speller

Analyse = Callable[[str], AnalysedDocument]


def test_tokens_keep_words_numbers_and_dates_whole(analyse: Analyse) -> None:
    document = analyse("THL:n sote-keskus, mielenterveys- ja päihdetyö 15.11.2021 (0,36 %).")
    assert [token.text for token in document.tokens] == [
        *("THL:n", "sote-keskus", ",", "mielenterveys-", "ja", "päihdetyö"),
        *("15.11.2021", "(", "0,36", "%", ")", "."),
    ]


def test_sentences_end_at_full_stops_but_not_at_abbreviations(analyse: Analyse) -> None:
    text = "Mukana ovat mm. kunnat, esim. Kotka. Työ alkoi 1.9.2022. Se jatkuu n. 3 kk."
    document = analyse(text)
    assert [sentence.of(text) for sentence in document.sentences] == [
        "Mukana ovat mm. kunnat, esim. Kotka.",
        "Työ alkoi 1.9.2022.",
        "Se jatkuu n. 3 kk.",
    ]


LEMMAS = [
    ("terveyskeskuksissa", "terveyskeskus", "NOUN"),
    ("kehitetään", "kehittää", "VERB"),
    ("parantaminen", "parantaminen", "NOUN"),
    ("Kymsoten", "Kymsote", "PROPN"),
    ("THL:n", "THL", "PROPN"),
    ("2021", "2021", "NUM"),
    ("%", "%", "SYM"),
]


@pytest.mark.parametrize(("word", "lemma", "pos"), LEMMAS)
def test_lemmas(word: str, lemma: str, pos: str) -> None:
    analysis = analyse_word(word)
    assert (analysis.lemma, analysis.pos) == (lemma, pos)


def test_a_compound_is_found_by_its_parts() -> None:
    analysis = analyse_word("etävastaanottomallia")
    assert analysis.compound_parts == ("etä", "vastaan", "otto", "malli")
    assert {"etävastaanotto", "vastaanottomalli", "malli"} <= analysis.keys
    assert "malli" not in analysis.lemmas
    assert "terveys" in analyse_word("terveydenhuollon").keys


def test_tense_and_case() -> None:
    assert [analyse_word(word).tense for word in ("aloitettiin", "valmistunut", "käynnistyy", "malli")] == [
        "past",
        "past",
        "present",
        None,
    ]
    assert [analyse_word(word).case for word in ("keväällä", "kesää", "syksyyn")] == ["Ade", "Par", "Ill"]


RESTORED = [
    ("kehittamalla", "kehittämällä"),
    ("tyontekijoille", "työntekijöille"),
    ("kehittamisalueet", "kehittämisalueet"),
    ("kyll&", "kyllä"),
    ("tybpajoja", "työpajoja"),
    ("L&nsi", "Länsi"),
]


@pytest.mark.parametrize(("degraded", "word"), RESTORED)
def test_lost_letters_are_restored(degraded: str, word: str) -> None:
    assert Speller(0.97, 0.03).corrections(degraded)[0].word == word


def test_a_twin_maps_offsets_both_ways() -> None:
    source = "tybpajoja pide-\nttiin"
    twin = Twin("työpajoja pidettiin", (Change(2, 3, "ö"), Change(14, 16, "")))
    assert twin.source_span(0, 9).of(source) == "tybpajoja"
    assert twin.source_span(10, 19).of(source) == "pide-\nttiin"
    assert twin.repaired(0, 9) == "työpajoja"
    assert twin.source_span(3, 5) == Span(3, 5)


def degraded_page() -> str:
    lines = ("Hankkeessa kehitetaan lahipalveluja ja niita", "viedaan myos kylille ennen kevatta seka")
    words = "\n".join((*lines, "kaynnistetaan paihdetyota nain"))
    return "\n\n".join(f"{words} {number} kunnassa." for number in range(1, 15))


def test_a_degraded_document_gets_a_twin_and_keeps_its_source() -> None:
    document = analysed(degraded_page().encode(), "ocr.txt")
    assert document.degraded and document.known_word_share is not None and document.known_word_share < 0.93
    assert document.text == degraded_page()
    first = next(token for token in document.tokens if token.text == "kehitetään")
    assert document.text[first.start : first.end] == "kehitetaan"
    assert (document.wording(11, 35), document.repaired(11, 35)) == (
        "kehitetaan lahipalveluja",
        "kehitetään lähipalveluja",
    )


def test_clean_text_is_not_repaired(analyse: Analyse) -> None:
    document = analyse(
        "Hankkeessa kehitetään lähipalveluja. Talossa asuu vanha sana, jota Voikko ei tunne: zorkamaatti."
    )
    assert document.twin.changes == ()
    assert document.repaired(0, 10) is None


def test_words_broken_over_lines_are_joined_and_suspended_hyphens_kept() -> None:
    lines = (
        "Koulutuksessa kerrotaan terveyden-\nhuollon palveluista ja mielenterveys-\nja päihdetyöstä "
        "sekä toiminna\nn kehittämisestä"
    )
    text = "\n\n".join([lines] * 12)
    document = analysed(text.encode(), "wrapped.txt")
    assert document.wording(0, len(lines)) == (
        "Koulutuksessa kerrotaan terveydenhuollon palveluista ja mielenterveys- ja päihdetyöstä "
        "sekä toiminnan kehittämisestä"
    )
