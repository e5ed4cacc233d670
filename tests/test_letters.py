"""Misread letters: how sure a correction must be, and what the repaired text and its tables hold of it."""

from __future__ import annotations

import pytest

from extractors.document import Change, Twin, WordRepair
from pipeline.language.alphabet import WITHOUT_DOTS
from pipeline.process import analysed, process
from pipeline.repair.letters import _chosen, _torn, twin_of
from pipeline.repair.spelling import Speller
from tests.conftest import ROOT

FEW_DOTS, NO_DOTS = Speller(0.03, 0.001), Speller(0.97, 0.03)


def corrected(sentence: str, speller: Speller) -> str:
    words = sentence.split()
    chosen = _chosen(words, speller)
    return " ".join(one.word if one else word for word, one in zip(words, chosen, strict=True))


CERTAIN = [
    # a single lost dot must be likely by 0.95: Tänä is by 0.954, näin by 0.92, väli by 0.88
    ("Tana aamuna", FEW_DOTS, "Tänä aamuna"),
    ("Sen vali on nain", FEW_DOTS, "Sen vali on nain"),
    # where all dots are lost the likeliest is taken
    ("Sen vali on nain", NO_DOTS, "Sen väli on näin"),
    ("Tana aamuna han lahti kotoa", NO_DOTS, "Tänä aamuna hän lähti kotoa"),
    ("Saan sata euroa", NO_DOTS, "Saan sata euroa"),
    # from 0.3 on words that are known are doubted too
    ("Tana aamuna han lahti kotoa", Speller(0.3, 0.03), "Tänä aamuna hän lähti kotoa"),
    ("Tana aamuna han lahti kotoa", Speller(0.29, 0.03), "Tänä aamuna hän lahti kotoa"),
    # other letters must be likely by 0.95 too: malli by 0.997, kunta by 0.7
    ("Uusi kuntd ja rnalli", NO_DOTS, "Uusi kuntd ja malli"),
    ("Uusi rnalli", FEW_DOTS, "Uusi malli"),
    ("Uusi malIi", NO_DOTS, "Uusi malli"),
    # short words are abbreviations as often, unless a mark stands in them
    ("maIi ja maI1", NO_DOTS, "maIi ja maI1"),
    ("su0 on maI1", NO_DOTS, "suo on maI1"),
]


@pytest.mark.parametrize(("sentence", "speller", "expected"), CERTAIN)
def test_how_sure_a_correction_must_be(sentence: str, speller: Speller, expected: str) -> None:
    assert corrected(sentence, speller) == expected


def test_the_sentence_decides_between_spellings() -> None:
    chosen = _chosen(["Tana", "aamuna", "han", "lahti", "kotoa"], NO_DOTS)
    sure = [one and pytest.approx(one.confidence, abs=0.0005) for one in chosen]
    assert sure == [0.9967, None, 1.0, 0.9509, None]
    chosen = _chosen(["Kaikki", "lapset", "nain", "saan", "ja", "lahti", "pois"], NO_DOTS)
    assert [one and (one.word, round(one.confidence, 2)) for one in chosen][5] == ("lähti", 0.78)


def torn_words(text: str, wrapped: bool) -> set[str]:
    return {text[start:].split()[0].strip(".-") for start in _torn(text, wrapped, ())}


def test_halves_that_a_line_end_tears_are_left_alone() -> None:
    assert torn_words("Uusi kehitq\nzorka alkoi", wrapped=True) == {"kehitq", "zorka"}
    assert torn_words("Uusi kehitq-\nzorka alkoi", wrapped=True) == {"kehitq", "zorka"}
    assert torn_words("Uusi kehitq\nhanke alkoi", wrapped=True) == set()
    assert torn_words("Uusi kehitq\nhanke alkoi", wrapped=False) == {"kehitq", "hanke"}
    assert torn_words("Uusi kunta\nhanke alkoi", wrapped=False) == set()
    assert torn_words("Uusi kehitq\nHanke alkoi", wrapped=False) == set()
    assert torn_words("Uusi kehitq\n\nhanke alkoi", wrapped=False) == set()
    assert torn_words("Uusi kehitq hanke alkoi", wrapped=False) == set()


def test_a_join_within_a_word_that_got_its_letters_back_goes() -> None:
    letters = WordRepair(0, 8, "malli", "letters", 0.99)
    inner, other = WordRepair(0, 8, "rnalli", "line_end", 0.95), WordRepair(9, 15, "hanke", "line_end", 0.95)
    changes = [(Change(0, 2, "m"), [letters]), (Change(4, 6, ""), [inner]), (Change(12, 13, ""), [other])]
    twin = twin_of("rnal-\nli han\nke", changes)
    assert (twin.text, twin.repairs) == ("malli hanke", (letters, other))
    assert twin.changes == tuple(change for change, _ in changes)
    assert twin_of("sama", []) == Twin("sama", (), ())


def test_offsets_inside_a_repaired_word_stay_exact() -> None:
    source = "Tyontekijat kehittavat lahipalveluja seka jarjestavat yhteisia tybpajoja.\n" * 3
    document = analysed(source.encode(), "a.txt")
    assert document.twin.text.startswith("Työntekijät kehittävät lähipalveluja sekä")
    assert Change(2, 3, "ö") in document.twin.changes and Change(9, 10, "ä") in document.twin.changes
    assert document.twin.repairs[0] == WordRepair(0, 11, "Työntekijät", "dots", 1.0)
    assert {one.kind for one in document.twin.repairs} == {"dots", "letters"}
    assert [one.text for one in document.twin.repairs if one.kind == "letters"] == ["työpajoja"] * 3


TABLES = ("sections", "process_goals", "projects", "project_results")


def test_every_repaired_column_says_what_the_clean_text_says() -> None:
    clean = (ROOT / "tests" / "documents" / "kanta-hame_oma-arviointi.txt").read_text(encoding="utf-8")
    right, found = (process(text.encode(), "a.txt").records for text in (clean, clean.translate(WITHOUT_DOTS)))
    columns = 0
    for table in TABLES:
        assert len(right[table]) == len(found[table]) > 10
        for name in [name for name in dir(right[table][0]) if name.endswith("_repaired")]:
            plain = name.removesuffix("_repaired")
            both = zip(right[table], found[table], strict=True)
            lost = [(said, got) for said, got in both if getattr(said, plain) != getattr(got, plain)]
            wrong = [got for said, got in lost if getattr(got, name) != getattr(said, plain)]
            assert len(wrong) <= 1 < len(lost), f"{table}.{name}"  # valittaa for välittää
            assert None not in [getattr(one, name) for one in wrong]
            assert {getattr(one, name) for one in right[table]} == {None}, "a clean text has none"
            columns += 1
    assert columns == 8
