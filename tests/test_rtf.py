r"""Rich Text: code pages, labels, tables, notes, and the odd things that programs put into such files."""

from __future__ import annotations

import time

import pytest

from extractors.document import Document
from pipeline.read import read
from pipeline.rejects import Reject
from tests.twins.office import rtf, rtf_text


def read_rtf(body: str, fonts: str = "", styles: str = "") -> Document:
    return read(rtf(body, fonts, styles), "raportti.rtf")


def refusal(data: bytes) -> Reject:
    with pytest.raises(Reject) as caught:
        read(data, "raportti.rtf")
    assert caught.value.stage == "read" and ";" in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    ("spelt", "text"),
    [
        (r"p\'e4\'e4m\'e4\'e4r\'e4", "päämäärä"),
        (r"p\u228?\u228 am\u228\'e4", "päämä"),
        (r"{\uc0 p\u228\u228}", "pää"),
        (r"{\uc2 \u228\'c3\'a4 ja}", "ä ja"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"\'8050 \endash 60 \'80", "€50 –60 €"),
        (r"{\f5\'b9\'e0}", "ąŕ"),
        (r"sote\_keskus ja\~muut\- kin", "sote-keskus ja muut kin"),
        (r"a\{b\}\\c", r"a{b}\c"),
        ("rivin\nloppu \\emdash", "rivinloppu —"),
    ],
)
def test_characters(spelt: str, text: str) -> None:
    assert read_rtf(spelt, r"{\f5\fcharset238 Arial CE;}").text == text


def test_the_document_names_its_code_page() -> None:
    assert read(rb"{\rtf1\mac p\'8a\'8a}", "a.rtf").text == "pää"
    assert read(rb"{\rtf1\ansi\ansicpg1251 \'e4\'e0}", "a.rtf").text == "да"
    assert read(rb"{\rtf1\ansi\ansicpg99999 p\'e4\'e4}", "a.rtf").text == "pää"
    assert read("{\\rtf1\\ansi pää}".encode("cp1252"), "a.rtf").text == "pää"


def test_headings_by_outline_level_and_by_the_name_of_their_style() -> None:
    styles = r"{\s7 Otsikko 2;}{\s8\outlinelevel0 Oma;}{\s9\sbasedon7 Pohjalta;}{\s10 Leipis;}"
    spelt = "".join(
        rf"\pard{style} {text}\par "
        for style, text in [
            (r"\s7", "Nimi"),
            (r"\s8", "Taso"),
            (r"\s9", "Perii"),
            (r"\s10", "Teksti"),
            (r"\s10\outlinelevel2", "Itse"),
            ("", "Loppu"),
        ]
    )
    document = read_rtf(spelt, styles=styles)
    assert [(document.text[one.start : one.end], one.level) for one in document.blocks] == [
        *(("Nimi", 2), ("Taso", 1), ("Perii", 2), ("Teksti", None), ("Itse", 3), ("Loppu", None)),
    ]


def test_lists_have_the_labels_that_the_file_gives() -> None:
    document = read_rtf(
        r"{\listtext\f1\'b7\tab}eka\par{\pntext 2.\tab}toka\par"
        r"{\listtext \u-3913?\tab}kolmas\par{\listtext a)\tab}neljäs"
    ).text.split("\n")
    assert document == ["• eka", "2. toka", "• kolmas", "a) neljäs"]


def test_a_table_with_cells_merged_both_ways() -> None:
    spelt = (
        r"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl Tavoite\cell Kaudet\cell\cell\row"
        r"\trowd\clvmrg\cellx1020\cellx1990\cellx3000\pard\intbl\cell 50 %\par toinen\cell 60 %\cell\row"
        r"\pard Perässä\par"
    )
    document = read_rtf(spelt)
    (table,) = document.tables
    assert [(c.row, c.col, c.row_span, c.col_span, c.text(document.text)) for c in table.cells] == [
        (0, 0, 2, 1, "Tavoite"),
        (0, 1, 1, 2, "Kaudet"),
        (1, 1, 1, 1, "50 % toinen"),
        (1, 2, 1, 1, "60 %"),
    ]
    assert document.text.endswith("\n\nPerässä")


def test_a_row_may_be_defined_behind_its_cells_and_a_table_within_stays_in_its_cell() -> None:
    inner = r"\itap2 sisä\nestcell{\*\nesttableprops\trowd\cellx500\nestrow}{\nonesttables\par}"
    row = r"{\trowd\cellx1000\cellx2000\row}"
    document = read_rtf(rf"\pard\intbl yksi\par{inner}\pard\intbl kaksi\cell kolme\cell{row}\pard jälkeen\par")
    (table,) = document.tables
    assert [cell.text(document.text) for cell in table.cells] == ["yksi sisä kaksi", "kolme"]
    assert [document.text[one.start : one.end] for one in document.blocks] == ["jälkeen"]


def test_a_table_of_one_column_is_a_frame() -> None:
    document = read_rtf(r"\trowd\cellx5000\pard\intbl Kehys\cell\row\pard Perässä\par")
    assert (document.text, document.tables) == ("Kehys\nPerässä", ())


def test_notes_boxes_and_margins() -> None:
    document = read_rtf(
        r"{\header Hanke X\par}{\footer Hanke X\par}Vuonna 2021{\footnote\pard {\super\chftn} Lähde.} oli"
        r"{\shp{\*\shpinst{\sp{\sn pib}{\sv roska}}{\shptxt Nosto\par}}{\shprslt toisto}} näin.\par Loppu\par"
    )
    assert document.text == "Vuonna 2021 oli näin.\nNosto\nLoppu\nLähde.\fHanke X"


def test_what_cannot_be_read_or_is_not_shown_is_told() -> None:
    document = read_rtf(
        r"Näkyy{\v  salaa}{\deleted  pois}{\pict\bin5 }}}}} }{\object{\*\objdata 0102}{\result  tulos}}"
        r"{\*\annotation huomio}{\f1 \'fc}{\field{\*\fldinst PAGE}{\fldrslt  kenttä}}{\*\uusi outo}{\info{\title T}}"
    )
    assert document.text == "Näkyy tulos kenttä"
    assert document.warnings == (
        *("comments: 1", "embedded_objects: 1", "hidden_text: 1", "pictures: 1", "symbols: 1"),
    )


def test_a_file_cut_off_says_so() -> None:
    document = read(rb"{\rtf1\ansi Alku\par {\b Loppu", "a.rtf")
    assert (document.text, document.warnings) == ("Alku\nLoppu", ("repaired_structure",))
    assert read(rb"{\rtf1\ansi Alku{\pict\bin999999 x", "a.rtf").warnings[0] == "repaired_structure"


def test_what_is_no_rich_text_or_has_no_words_is_refused() -> None:
    assert refusal(b"PK\x03\x04").code == "wrong_format"
    assert refusal(rb"{\rtf1\ansi{\info{\title Vain nimi}}}").code == "empty"


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 6_000,
        b"{" * 400_000,
        b"\\par" * 200_000 + b"x",
        b"\\'e4" * 200_000,
        b"\\u228?" * 100_000,
        b"{}" * 300_000,
    ],
    ids=["groups", "many groups", "paragraphs", "bytes", "characters", "empty groups"],
)
def test_files_without_measure_end_soon(body: bytes) -> None:
    started = time.monotonic()
    try:
        read(b"{\\rtf1\\ansi " + body, "a.rtf")
    except Reject as reject:
        assert reject.code in ("broken_rtf", "empty")
    assert time.monotonic() - started < 20


def test_numbers_too_large_for_anything_do_no_harm() -> None:
    words = "".join(rf"\{word}9999999999 " for word in ("uc", "f", "s", "outlinelevel", "trowd", "cellx"))
    assert read(rf"{{\rtf1\ansi{words}a\cell\row b}}".encode(), "a.rtf").text == "a\nb"


def test_text_comes_back_as_it_was_written() -> None:
    text = "Pääsy ”hoitoon” – 7 vrk, 12 % (ą, 語)"
    assert read_rtf(rtf_text(text)).text == text
