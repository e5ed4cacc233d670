"""How degraded a text is: what its words tell, where the thresholds stand, which parts are restored."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from extractors.document import Twin
from pipeline.read import read
from pipeline.rejects import Reject
from pipeline.repair import repair
from pipeline.repair.evidence import Evidence, _speller, degraded_parts, evidence_of, is_gibberish, words_of
from pipeline.repair.spelling import Speller

SCANNED = "Tyontekijat kehittavat lahipalveluja seka jarjestavat yhteisia tyopajoja."
CLEAN = "Hankkeessa kehitetään lähipalveluja, ja väli raportoidaan talvella."
ENGLISH = "The quick brown fox jumps over the lazy dog while children are watching television."


WORDS = [
    ("kyll&, ty6ryhma (mielenterveys- ja) THL:n", ["kyll&", "ty6ryhma", "mielenterveys", "ja", "THL:n"]),
    ("nimi@kunta.fi tai www.kunta.fi/x sekä https://a.fi/b loppu", ["tai", "sekä", "loppu"]),
    ("5prosenttia, 12%:n, 3 kk, 7a", ["5prosenttia", "kk"]),
    ("e-kirja l]a !lma Kvax!la ja|ko a[", ["e-kirja", "l]a", "!lma", "Kvax!la", "ja|ko", "a"]),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_with_the_marks_of_misread_letters(text: str, words: list[str]) -> None:
    assert [match.group() for match in words_of(text)] == words


def test_what_words_tell() -> None:
    found = evidence_of([*SCANNED.removesuffix(".").split()[1:], "hyviä", "tybpajoja", "kuntd", "Paiva", "kyla"])
    assert (found.n_words, found.known, found.unknown) == (11, 1, 9)
    assert (found.by_dots, found.by_letters, found.different, found.cured) == (7, 2, 9, 9)
    assert (found.letters, found.dots, found.looked_into) == (83, 1, True)
    assert found.known_share == pytest.approx(1 / 11)


def test_only_confusions_that_alone_explain_a_word_count() -> None:
    found = evidence_of(["rnalli", "rnalli", "hankc", "toirninta", "rnukana"])
    assert found.pairs == Counter({("rn", "m"): 2})
    assert (found.by_letters, found.different) == (5, 4)


def test_few_unknown_words_are_not_looked_into() -> None:
    clean = ["kehittää", "palvelu"] * 30
    assert not evidence_of([*clean, "tyopaja", "lahityo", "kehittavat"]).looked_into
    assert evidence_of([*clean, "tyopaja", "lahityo", "kehittavat", "paiva"]).looked_into
    assert not evidence_of([*clean, *clean, "tyopaja", "lahityo", "kehittavat", "paiva"]).looked_into
    assert not evidence_of([*clean, *["tyopaja"] * 9]).looked_into
    assert evidence_of(["kunta"] * 40).looked_into, "two hundred letters without a dot"
    assert not evidence_of(["kunta"] * 39).looked_into
    assert not evidence_of(["Tyopaja", "Lahityo", "Kehittavat", "Paiva", "tyo"]).looked_into, "names and short words"
    empty = evidence_of([])
    assert (empty.known_share, empty.degraded, empty.is_foreign) == (None, False, False)


def test_of_many_unknown_words_some_stand_for_all() -> None:
    found = evidence_of(["tyopaja", "lahityo", "kehittavat", "paihdetyo"] * 1_000)
    assert (found.unknown, found.by_dots, found.different) == (4_000, 4_000, 2)


USUAL = Evidence(
    n_words=100, known=90, unknown=10, by_dots=3, by_letters=2, different=4, letters=600, dots=25, pairs=Counter(),
    looked_into=True,
)  # fmt: skip
"""Just degraded: a twentieth of the words, two fifths of the unknown ones, four different ones."""


@pytest.mark.parametrize(
    ("changes", "degraded"),
    [
        ({}, True),
        ({"different": 3}, False),
        ({"by_dots": 2}, False),  # 4 of 100 words
        ({"unknown": 12}, True),
        ({"unknown": 13}, False),  # 5 of 13 unknown ones
        # without any ä and ö
        ({"different": 1, "by_dots": 2, "by_letters": 0, "dots": 0}, True),
        ({"different": 1, "by_dots": 1, "by_letters": 0, "dots": 0}, False),
        ({"different": 1, "by_dots": 2, "by_letters": 0, "dots": 3}, True),
        ({"different": 1, "by_dots": 2, "by_letters": 0, "dots": 4}, False),
        ({"different": 1, "by_dots": 2, "by_letters": 0, "dots": 0, "letters": 200}, True),
        ({"different": 1, "by_dots": 2, "by_letters": 0, "dots": 0, "letters": 199}, False),
        ({"different": 1, "by_dots": 2, "by_letters": 0, "dots": 0, "known": 41}, True),
        ({"different": 1, "by_dots": 2, "by_letters": 0, "dots": 0, "known": 40}, False),
    ],
)
def test_from_which_evidence_on_a_text_is_degraded(changes: dict[str, int], degraded: bool) -> None:
    assert replace(USUAL, **changes).degraded == degraded  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "foreign"),
    [
        ({}, False),
        ({"unknown": 17}, True),
        ({"unknown": 16}, False),
        ({"unknown": 17, "looked_into": False}, False),
        ({"unknown": 17, "n_words": 8}, True),
        ({"unknown": 17, "n_words": 7}, False),
    ],
)
def test_unknown_words_that_nothing_cures_are_foreign(changes: dict[str, int], foreign: bool) -> None:
    assert replace(USUAL, **changes).is_foreign == foreign  # type: ignore[arg-type]


GIBBERISH = [
    ("!# &? %& ;! <> =* " * 20, 0, True),  # no letters
    ("12 34 % 56 78 90,5 " * 20, 0, False),  # figures are no letters that fail
    ("TP 12 345 TA 3 210 € " * 20, 0, False),  # nor are the abbreviations of a table of them
    ("ab !# " * 60, 0, True),  # less than six of ten characters letters
    ("abc !# " * 60, 0, False),
    ("Бюджет области показан ниже " * 20, 0, False),  # another script
    ("abcd " * 60, 0, True),  # a quarter vowels
    ("xkcd qwrt bcdf ghjk " * 20, 0, True),  # no vowels
    ("aeio uyae oieu aeiu " * 20, 0, True),  # vowels only
    ("aeio uyae oieu aeiu " * 20, 19, True),
    ("aeio uyae oieu aeiu " * 20, 20, False),
    ("bada bcda bcda bcda " * 20, 0, False),
    ("!# &? %& ;! <> =* " * 20, 49, True),
    ("!# &? %& ;! <> =* " * 20, 50, False),
    ("!#&?%&;! <" * 20, 0, False),  # 180 characters
    ("!#&?%&;!<>" * 20, 0, True),
    ("!#&?%&;!<" * 22, 0, False),
]


@pytest.mark.parametrize(("text", "known", "gibberish"), GIBBERISH)
def test_glyph_numbers_are_told_from_language(text: str, known: int, gibberish: bool) -> None:
    assert is_gibberish(text, replace(USUAL, known=known)) == gibberish


def test_a_pdf_that_is_no_language_is_refused_and_a_text_is_not() -> None:
    document = read(("qwrt xkcd bcdf ghjk " * 30).encode(), "a.txt")
    assert not repair(document).degraded
    with pytest.raises(Reject) as reject:
        repair(replace(document, format="pdf"))
    assert (reject.value.stage, reject.value.code) == ("repair", "unreadable_text")


def parts(*blocks: str) -> list[tuple[str, float]]:
    document = read("\n\n".join(blocks).encode(), "a.txt")
    whole = evidence_of([match.group() for match in words_of(document.text)])
    found = degraded_parts(document, Twin(document.text, ()), whole)
    return [(stretch.of(document.text).strip(), speller.lost_dots) for stretch, speller in found]


def test_which_parts_are_restored() -> None:
    assert parts(CLEAN) == []
    assert parts(*[CLEAN] * 19, SCANNED, CLEAN) == [(SCANNED, 0.97)]
    assert parts(SCANNED, ENGLISH, SCANNED) == [(SCANNED, 0.97)] * 2
    assert [text for text, _ in parts(CLEAN, *[SCANNED] * 5)] == [CLEAN, *[SCANNED] * 5]
    assert parts(CLEAN, *[SCANNED] * 5)[0][1] < 0.97


def noise(changes: dict[str, Any], whole: dict[str, Any]) -> Speller:
    return _speller(replace(USUAL, **changes), replace(USUAL, **whole), Counter())


@pytest.mark.parametrize(
    ("dots", "letters", "lost"),
    [(0, 1_000, 0.97), (16, 1_000, 0.97), (17, 1_000, 0.7), (42, 1_000, 0.4), (48, 1_000, 0.15), (60, 1_000, 0.03),
     (90, 1_000, 0.03), (0, 0, 0.97), (3, 100, 0.97), (8, 100, 0.7)],
)  # fmt: skip
def test_the_share_of_lost_dots_of_a_part_in_a_text_without(dots: int, letters: int, lost: float) -> None:
    assert noise({"dots": dots, "letters": letters}, {"dots": 0, "letters": 5_000}).lost_dots == lost


def test_a_short_part_is_as_degraded_as_the_whole() -> None:
    assert noise({"dots": 0, "letters": 0}, {"dots": 42, "letters": 1_000}).lost_dots == 0.03
    assert noise({"dots": 0, "letters": 300}, {"dots": 42, "letters": 1_000}).lost_dots == 0.7
    assert noise({"dots": 0, "letters": 0}, {"dots": 0, "letters": 0}).lost_dots == 0.97


def test_the_share_of_confused_letters_of_the_whole_text() -> None:
    shares = [noise({}, {"by_letters": n, "letters": 1_000}).confused for n in (0, 1, 10, 30, 40)]
    assert shares == [0.0005, 0.001, 0.01, 0.03, 0.03]
    assert noise({}, {"by_letters": 0, "letters": 0}).confused == 0.0005


def test_a_confusion_into_a_dotted_letter_becomes_a_habit() -> None:
    pairs = Counter({("d", "ä"): 8, ("e", "ö"): 7, ("ä", "d"): 9, ("rn", "m"): 9, ("&a", "ä"): 9, ("b", "ö"): 20})
    assert noise({}, {"pairs": pairs}).habits == (("b", "ö"), ("d", "ä"))
    assert noise({"pairs": pairs}, {}).habits == ()


def test_a_documents_own_clean_words_are_attested() -> None:
    document = read(f"{SCANNED}\n\nSe on Väli ja väli.".encode(), "a.txt")
    whole = evidence_of([match.group() for match in words_of(document.text)])
    spellers = [speller for _, speller in degraded_parts(document, Twin(document.text, ()), whole)]
    assert [speller.attested for speller in spellers] == [Counter({"väli": 2})] * 2


def test_the_share_of_words_known_before_and_after() -> None:
    found = repair(read(f"{SCANNED}\n\n{SCANNED}".encode(), "a.txt"))
    assert (found.degraded, found.known_word_share, found.known_word_share_repaired) == (True, 0.0, 1.0)
    clean = repair(read(CLEAN.encode(), "a.txt"))
    assert (clean.degraded, clean.known_word_share_repaired) == (False, None)
    assert clean.known_word_share == 1.0
