"""Words broken over lines: what a line end breaks, and why a hyphen stays or goes. `|` is the line end."""

from __future__ import annotations

import pytest

from extractors.document import Block, Change, Document, Span, WordRepair
from pipeline.read import read
from pipeline.read.compose import SOFT_HYPHEN, Composer, Grid, GridCell, Paragraph, PlacedWord
from pipeline.repair import repair
from pipeline.repair.joins import (
    JOIN_LIKELY,
    JOIN_SURE,
    KEEPS_HYPHEN,
    NO_BREAK,
    Join,
    LineEnd,
    Tie,
    _is_noun,
    join_at,
    merged,
)


def broken(lines: str, tie: Tie = "cut", degraded: bool = False) -> tuple[str, str, float] | None:
    """The word that the line end breaks as the source has it, as repaired, and how sure that is; None for none."""
    above, _, below = lines.partition("|")
    below, _, elsewhere = below.partition(" … ")
    text = f"{above}\n{below}\n{elsewhere}"
    start = len(above) + 1
    join = join_at(text, Span(0, len(above)), Span(start, start + len(below)), degraded, tie)
    if join is None:
        return None
    one, change = join.repair, join.change
    assert change.end == start and text[: change.start].rstrip("-\u2010") == above.rstrip("-\u2010")
    assert one.kind == "line_end"
    return text[one.start : one.end].replace("\n", "|"), one.text, one.confidence


def whole(lines: str, tie: Tie = "cut", degraded: bool = False) -> str | None:
    found = broken(lines, tie, degraded)
    return found[1] if found else None


# Behind a hyphen

HYPHENS = [
    ("Uusi terveyden-|huollon malli", "terveydenhuollon", []),
    ("sosiaali-terveyspalvelu-|järjestelmä", "sosiaali-terveyspalvelujärjestelmä", []),
    ("kumppanuus-|verkosto", "kumppanuusverkosto", []),
    ("kumppanuus-|verkosto … Kumppanuus-Verkosto kasvaa", "kumppanuus-verkosto", ["is_attested_with"]),
    ("toimin-|taa … toimin-taa", "toimintaa", []),
    ("Uusi sote-|keskus avattiin", "sote-keskus", ["is_no_word_without"]),
    ("Etelä-|Karjala", "Etelä-Karjala", ["begins_capital", "is_no_word_without"]),
    ("Ylä-|Zorkala", "Ylä-Zorkala", ["begins_capital"]),
    ("touko-|kesäkuussa", "touko-kesäkuussa", ["follows_month"]),
    ("ATK-|zorkka", "ATK-zorkka", ["follows_abbreviation"]),
    ("noin 20-|vuotias", "20-vuotias", ["is_beside_figure"]),
    ("linja-|21b lähtee", "linja-21", ["is_beside_figure"]),
    ("linja-|2 lähtee", "linja-2", ["is_beside_figure", "is_no_word_without"]),
    ("www.etu-|sivu.kunta.fi", "etu-sivu", ["is_in_address"]),
    ("etu-|suku@kunta.fi", "etu-suku@kunta", ["is_in_address"]),
]


@pytest.mark.parametrize(("lines", "word", "reasons"), HYPHENS)
def test_a_hyphen_stays_for_a_reason_that_can_be_named(lines: str, word: str, reasons: list[str]) -> None:
    assert whole(lines) == word
    above, _, below = lines.partition("|")
    below, _, elsewhere = below.partition(" … ")
    text, start = f"{above}\n{below}\n{elsewhere}", len(above) + 1
    left, right = above.split()[-1].removesuffix("-").rpartition(".")[2], below.split(".")[0].split()[0]
    end = LineEnd(text, Span(0, len(above)), Span(start, start + len(below)), "cut", False, left, right, True)
    assert [rule.__name__ for rule in KEEPS_HYPHEN if rule(end)] == reasons


def test_where_no_program_breaks_words_each_hyphen_is_its_authors() -> None:
    assert whole("terveys-|keskus", "whole") == "terveys-keskus"
    assert {whole("terveys-|keskus", tie) for tie in ("cut", "paragraph", "loose")} == {"terveyskeskus"}


@pytest.mark.parametrize("lines", ["mielenterveys-|ja päihdetyö", "vuosina 2020 -|Eli", "sana--|keskus", "hanke --|se"])
def test_a_suspending_hyphen_and_a_dash_break_nothing(lines: str) -> None:
    assert broken(lines) is None


def test_what_a_join_covers_and_how_sure_it_is() -> None:
    assert broken("Uusi terveyden-|huollon malli") == ("terveyden-|huollon", "terveydenhuollon", JOIN_LIKELY)
    assert broken("Lisäksi hyvinvoin-|tialueella") == ("hyvinvoin-|tialueella", "hyvinvointialueella", JOIN_SURE)
    assert broken("Koko toiminna|n tuki") == ("toiminna|n", "toiminnan", JOIN_SURE)
    assert broken("uusi palvelu|järjestelmä.") == ("palvelu|järjestelmä", "palvelujärjestelmä", JOIN_LIKELY)
    assert broken("uusi koulu|ttaa.") == ("koulu|ttaa", "kouluttaa", JOIN_LIKELY), "the first half is a word"
    assert broken("uusi lähipalve|luja.") == ("lähipalve|luja", "lähipalveluja", JOIN_LIKELY), "the second half is"
    assert broken("uusi lähipalvelu|a.") == ("lähipalvelu|a", "lähipalvelua", JOIN_LIKELY)
    assert broken("uusi hyvinvoin|tialue.") == ("hyvinvoin|tialue", "hyvinvointialue", JOIN_SURE)
    assert (JOIN_SURE, JOIN_LIKELY) == (0.99, 0.95)


LONE_HYPHENS = [
    ("Ikäkaste -|ohjelma alkoi", "-ohjelma"),
    ("Ikäkaste -|kehittämisohjelmassa", "-kehittämisohjelmassa"),
    ("Ikäkaste -|Ohjelma alkoi", None),
    ("Ikäkaste -|selvä", None),
    ("Ikäkaste -|selvänä … Kunto -selväksi", None),
    ("Ikäkaste -|selvänä … Kunto -Selvänä", "-selvänä"),
    ("Ikäkaste -|selvänä … Kunto -selvittely", None),
    ("Ikäkaste -|selvänä … (-selvänä)", None),
]


@pytest.mark.parametrize(("lines", "word"), LONE_HYPHENS)
def test_a_lone_hyphen_belongs_to_words_that_are_joined_to_phrases(lines: str, word: str | None) -> None:
    assert broken(lines) == (word and (f"-|{lines.partition('|')[2].split()[0]}", word, JOIN_LIKELY))


# Without a hyphen

BARE = [
    ("Koko toiminna|n tuki", "cut", []),
    ("Koko toiminna|n tuki", "loose", []),
    ("KOKO TOIMINNA|N TUKI", "cut", []),
    ("KOKO TOIMINNA|N TUKI", "paragraph", ["changes_case"]),
    ("Koko toiminna|N tuki", "cut", ["changes_case"]),
    ("Koko toiminna|Nen", "cut", ["changes_case"]),
    ("se|n", "cut", ["is_left_short"]),
    ("tuo|n", "cut", []),
    ("kynttilö|sopim", "paragraph", ["makes_no_word"]),
    ("kynttilö|sopimus", "cut", ["makes_no_word"]),
    ("Kymsoteh|ankkeella", "cut", []),
    ("Kymsoteh|sen", "paragraph", ["makes_no_word"]),
    ("Kymsoteh|sen", "cut", []),
    ("Kymsoteh|sisu", "cut", ["makes_no_word"]),
    ("KUNTA|A", "cut", ["names_letter"]),
    ("KUNNA|N", "cut", []),
    ("kunta|a", "cut", []),
    ("hoito|on", "cut", []),
    ("hoito|on", "paragraph", ["are_two_words"]),
    ("hoito|on", "loose", ["are_two_words"]),
    ("koulu|ttaa", "paragraph", []),
    ("koulu|ttaa", "loose", ["are_two_words"]),
    ("kehittämis|työ", "paragraph", []),
    ("kehittämis|työtä", "paragraph", ["are_two_words"]),
    ("perhe|keskus", "cut", []),
    ("perhe|keskus", "paragraph", ["are_two_words"]),
    ("asiakkaan|ohjaus", "cut", ["are_two_words"]),
]


@pytest.mark.parametrize(("lines", "tie", "reasons"), BARE)
def test_a_bare_line_end_breaks_a_word_unless_a_reason_speaks_against_it(
    lines: str, tie: Tie, reasons: list[str]
) -> None:
    above, _, below = lines.partition("|")
    left, right = above.split()[-1], below.split()[0]
    text, start = f"{above}\n{below}", len(above) + 1
    end = LineEnd(text, Span(0, len(above)), Span(start, start + len(below)), tie, False, left, right, False)
    assert [rule.__name__ for rule in NO_BREAK if rule(end)] == reasons
    assert whole(lines, tie) == (None if reasons else left + right)


def test_in_a_degraded_text_words_count_without_their_dots() -> None:
    assert whole("lahipalve|luja") is None
    assert whole("lahipalve|luja", degraded=True) == "lahipalveluja"


# Behind marks that tie

GLUED = [
    (f"oma{SOFT_HYPHEN}|ehtoinen työ", (f"oma{SOFT_HYPHEN}|ehtoinen", "omaehtoinen")),
    (f"oma{SOFT_HYPHEN}|ja työ", (f"oma{SOFT_HYPHEN}|ja", "omaja")),
    ("vuosina 2020–|2023 ja", ("2020–|2023", "2020–2023")),
    ("vuosina 2020–|sekä", None),
    ("sosiaali/|terveys", ("sosiaali/|terveys", "sosiaali/terveys")),
    ("kunta/|ja", None),
    ("https://kunta.fi/|sivu", None),
    ("kunta.fi/|sivu", None),
    ("nimi@kunta/|sivu", None),
    ("sosiaali/|»terveys", None),
    ("– /|terveys", None),
]


@pytest.mark.parametrize(("lines", "words"), GLUED)
def test_a_soft_hyphen_vanishes_and_a_dash_or_slash_stays(lines: str, words: tuple[str, str] | None) -> None:
    assert broken(lines) == (words and (*words, JOIN_SURE))
    assert broken(lines, "loose") is None or SOFT_HYPHEN in lines


# Where in a document


def composed(*items: Paragraph | Grid, breaks_words: bool = True) -> Document:
    composer = Composer()
    for item in items:
        composer.add(item)
    layout = composer.layout(1)
    document = layout.grown(Document, doc_id="a", source_path="a.pdf", format="pdf", sha256="a", n_bytes=1)
    return document


def lines_of(*texts: str, cut: tuple[int, ...] = ()) -> Paragraph:
    return Paragraph([[PlacedWord(word) for word in text.split()] for text in texts], cut=frozenset(cut))


def cell(*texts: str) -> Grid:
    """A table of a row whose first cell is narrow: each of its lines is full."""
    narrow = lines_of(*texts, cut=tuple(range(len(texts) - 1)))
    return Grid(1, 2, [GridCell(0, 0, paragraphs=[narrow]), GridCell(0, 1, paragraphs=[lines_of("muu")])])


PIECES = [
    (("Kokemu", "sasiantu", "ntija"), "Kokemusasiantuntija"),
    (("uusi", "kehit", "tämis", "hanke", "alkoi"), "kehittämishanke"),
    (("KEHIT", "TÄMIS", "HANKE"), "KEHITTÄMISHANKE"),
    (("kehit", "tämis,", "hanke"), None),
    (("Kehit", "Tämis", "hanke"), None),
    (("kehit", "tämis", "(hanke)"), None),
    (("se", "ja", "kaupunki"), None),
]


@pytest.mark.parametrize(("lines", "word"), PIECES)
def test_a_narrow_cell_cuts_a_word_twice_and_more(lines: tuple[str, ...], word: str | None) -> None:
    document = composed(cell(*lines))
    found = repair(document).joined.repairs
    assert all(document.text[one.start : one.end].replace("\n", "") == one.text for one in found)
    assert (word in [one.text for one in found]) if word else not any(len(one.text) > 9 for one in found)


def test_a_word_in_more_pieces_than_six_is_none() -> None:
    six, seven = ("val", "ta", "kun", "nal", "lises", "ti"), ("val", "ta", "kun", "nal", "li", "ses", "ti")
    texts = [{one.text for one in repair(composed(cell(*pieces))).joined.repairs} for pieces in (six, seven)]
    assert "valtakunnallisesti" in texts[0] and "valtakunnallisesti" not in texts[1]


@pytest.mark.parametrize(
    ("word", "noun"),
    [("hanke", True), ("kuusi", True), ("nopea", False), ("kehittää", False), ("tuli", False), ("noin", False),
     ("jolla", False), ("kautta", False), ("ilman", False), ("häntä", False)],
)  # fmt: skip
def test_a_noun_that_may_be_no_verb_or_small_word(word: str, noun: bool) -> None:
    assert _is_noun(word) == noun


@pytest.mark.parametrize(
    ("source", "joined"),
    [
        ("Koko toiminna\nn tuki", True),
        ("Koko toiminna\n\nn tuki", False),
        ("Koko toiminna\n• n tuki", False),
        ("• Koko toiminna\nn tuki", False),
    ],
)
def test_paragraphs_of_a_line_each_hang_together_loosely(source: str, joined: bool) -> None:
    assert ("toiminnan tuki" in repair(read(source.encode(), "a.txt")).joined.text) == joined


def test_a_broken_word_joins_its_blocks() -> None:
    source = "Kokemusasiantuntij\na kertoi työstään.\nHanke jatkuu.\n"
    document = repair(read(source.encode(), "a.txt"))
    assert [source[one.start : one.end] for one in document.blocks] == [source[:37], "Hanke jatkuu."]
    assert document.twin.text.startswith("Kokemusasiantuntija kertoi")


def test_blocks_that_a_broken_word_parts_become_one() -> None:
    blocks = [
        Block("paragraph", 0, 5, (Span(0, 5),)),
        Block("paragraph", 6, 9, (Span(6, 9),)),
        Block("paragraph", 10, 14, (Span(10, 14),)),
        Block("paragraph", 16, 20, (Span(16, 20),)),
    ]

    def join(start: int) -> Join:
        return Join(Change(start, start + 2, ""), WordRepair(0, 1, "a", "line_end", 0.99))

    assert list(merged(blocks, [])) == blocks
    assert [(one.start, one.end, len(one.lines)) for one in merged(blocks, [join(4), join(9)])] == [
        (0, 14, 3),
        (16, 20, 1),
    ]
    assert [(one.start, one.end) for one in merged(blocks, [join(14)])] == [(0, 5), (6, 9), (10, 20)]
    assert [(one.start, one.end) for one in merged(blocks, [join(12), join(15), join(2)])] == [
        (0, 5),
        (6, 9),
        (10, 14),
        (16, 20),
    ]
    assert list(merged([], [join(1)])) == []
