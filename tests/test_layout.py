"""Lines of a text become blocks: wrapped or not, page numbers and converters' leftovers apart, markers told."""

from __future__ import annotations

import pytest

from extractors.document import Block
from extractors.records import UncoveredRecord
from pipeline.process import process
from pipeline.read.layout import build_blocks, is_wrapped, split_lines, without_leftovers
from pipeline.read.text import read

COLUMN = "Hankkeessa kehitetään palveluja, joita asukkaat\nkäyttävät eri puolilla maakuntaa ja joita\n"
"""Two lines of a column."""


def blocks(text: str, wrapped: bool) -> list[tuple[str, bool]]:
    return [(text[one.start : one.end], one.starts_page) for one in build_blocks(text, split_lines(text), wrapped)]


def test_a_lone_page_number_is_no_text_but_begins_a_page() -> None:
    text = "Hanke alkoi syksyllä.\n\n12\n\nTyö jatkuu talvella."
    assert blocks(text, wrapped=True) == [("Hanke alkoi syksyllä.", False), ("Työ jatkuu talvella.", True)]
    assert [words for words, _ in blocks(text, wrapped=False)] == [
        "Hanke alkoi syksyllä.",
        "12",
        "Työ jatkuu talvella.",
    ]
    assert blocks("Mukana oli\n12\nkuntaa.", wrapped=True) == [("Mukana oli\n12\nkuntaa.", False)]
    assert blocks("Eka.\n\n999\n\nToka.", wrapped=True) == [("Eka.", False), ("Toka.", True)]
    assert blocks("Eka.\n\n2021\n\nToka.", wrapped=True) == [("Eka.", False), ("2021", False), ("Toka.", False)]
    assert blocks("Eka.\n\n1a\n\nToka.", wrapped=True) == [("Eka.", False), ("1a", False), ("Toka.", False)]


def test_a_lone_page_number_is_in_no_table() -> None:
    page = COLUMN * 12 + "hyödynnetään.\n"
    source = f"{page}\n\n7\n\n{page}"
    assert read(source.encode()).wrapped
    uncovered = process(source.encode(), "a.txt").records["uncovered"]
    assert [one.reason for one in uncovered if isinstance(one, UncoveredRecord)] == ["page_number"]


def test_a_page_break_shows_by_white_or_by_a_form_feed() -> None:
    assert blocks("Eka.\n\n\n\nToka.", wrapped=True)[1] == ("Toka.", False)
    assert blocks("Eka.\n\n\n\n\nToka.", wrapped=True)[1] == ("Toka.", True)
    assert blocks("Eka.\n\fToka.", wrapped=True)[1] == ("Toka.", True)
    assert blocks("Eka.\n\fToka.", wrapped=False)[1] == ("Toka.", True)
    assert blocks("\nEka\n Toka", wrapped=True) == [("Eka", False), ("Toka", True)], "a form feed that became a space"
    assert blocks("\nEka\nToka", wrapped=True) == [("Eka\nToka", False)]


def test_a_range_that_a_blank_line_parts_goes_on() -> None:
    assert blocks("Vuosina 2020 –\n\n2022 tehtiin.", wrapped=True) == [("Vuosina 2020 –\n\n2022 tehtiin.", False)]
    assert len(blocks("Vuosina 2020–\n\n2022 tehtiin.", wrapped=True)) == 2
    assert len(blocks("Vuosina 2020 –\n\ntehtiin.", wrapped=True)) == 2


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        (COLUMN * 12, True),
        (COLUMN * 3 + COLUMN.replace("käyttävät", "Käyttävät") * 9, False),  # of 23 line ends three go on
        (COLUMN * 6 + COLUMN.replace("käyttävät", "Käyttävät") * 6, True),  # six do
        (COLUMN.replace("joita\n", "joita" + " ja" * 50 + "\n") * 12, False),  # too wide for a column
        (COLUMN * 2, True),
        (COLUMN, False),  # two lines say nothing
        ("Kunta\nkylä\nkaupunki\nseutu\nalue\n", False),  # a list of words
    ],
)
def test_whether_lines_are_cut_to_a_width(text: str, wrapped: bool) -> None:
    assert is_wrapped(text, list(split_lines(text))) == wrapped


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("[image: ] Tavoitteet", "Tavoitteet"),
        ("[image:kuva1.png] Tavoitteet [bookmark: t1]", "Tavoitteet"),
        ("[Image : kuva] [image] Tavoitteet", "Tavoitteet"),
        ("Tavoitteet [image: a] ja keinot", "Tavoitteet [image: a] ja keinot"),
        ("[image: a]", None),
        ("[imagine: a] Tavoitteet", "[imagine: a] Tavoitteet"),
        ("   ", None),
    ],
)
def test_what_converters_leave_at_a_lines_ends_goes(line: str, left: str | None) -> None:
    span = without_leftovers(line, 0, len(line))
    assert (span and span.of(line)) == left


def first(text: str, wrapped: bool) -> Block:
    return next(build_blocks(text, split_lines(text), wrapped))


@pytest.mark.parametrize(
    ("text", "wrapped", "marker", "words"),
    [
        ("• Ensimmäinen", False, "•", "Ensimmäinen"),
        ("•Ensimmäinen", False, "•", "Ensimmäinen"),
        ("- Ensimmäinen", False, "-", "Ensimmäinen"),
        ("-Ensimmäinen", True, "-", "Ensimmäinen"),
        ("-Ensimmäinen", False, None, "-Ensimmäinen"),
        ("-ensimmäinen", True, None, "-ensimmäinen"),
        ("o  Ensimmäinen", False, "o", "Ensimmäinen"),
        ("o Ensimmäinen", False, "o", "Ensimmäinen"),
        ("•", False, None, "•"),
    ],
)
def test_list_markers(text: str, wrapped: bool, marker: str | None, words: str) -> None:
    block = first(text, wrapped)
    assert (block.marker, text[block.start : block.end]) == (marker, words)
    assert block.kind == ("list_item" if marker else "paragraph")


SHORT_REPORT = """Hankkeen oma-arviointi

Lukijalle

Tähän on koottu, miten työ on edennyt kunnissa. Sitä täydennetään puolivuosittain, ja
se julkaistaan verkossa.

Ohjausryhmä luki raportin kokouksessaan ja teki siihen kolme täsmennystä. Lisätietoja
saa toimistosta.

{cells}
"""


def test_two_full_lines_that_go_on_make_a_text_with_narrow_cells_wrapped() -> None:
    narrow = SHORT_REPORT.format(cells="Lapset, nuoret\nja perheet\n\nNuorten\nvastaanotto\n\nKysely\n\nJono")
    lines = (
        SHORT_REPORT.format(cells="Kunta\n\nJoki\n\nRanta").replace(", ja\nse", ". Ja\nSe").replace("\nsaa", "\nSaa")
    )
    assert is_wrapped(narrow, list(split_lines(narrow)))
    assert not is_wrapped(lines, list(split_lines(lines)))
