"""Text in its own direction, hyphens by whatever code, and what was typed onto a page."""

from __future__ import annotations

import math

import pytest

from extractors.document import Document
from extractors.records import DocumentRecord
from pipeline.process import process
from pipeline.read import read
from tests.printing import drawn, rule, text

LINES = ("Hoitoon pääsee viikossa.", "Valmiusaste on 45 %.", "Jono lyheni syksyllä 2021.")


def read_pdf(data: bytes) -> Document:
    return read(data, "raportti.pdf")


def sideways(angle: int) -> bytes:
    """Three lines in one direction, in degrees counterclockwise."""
    a, b = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return b"".join(text(line, 300 + 14 * n * b, 400 - 14 * n * a, turn=(a, b)) for n, line in enumerate(LINES))


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_lines_are_read_along_their_direction(angle: int, turn: int) -> None:
    document = read_pdf(drawn(sideways(angle), page=b"/Rotate %d" % turn))
    assert document.text == "\n".join(LINES)


@pytest.mark.parametrize(("angle", "corner"), [(0, (300, 434)), (90, (292, 302)), (270, (298, 442))])
def test_places_are_those_of_the_page_as_it_is_shown(angle: int, corner: tuple[float, float]) -> None:
    document = read_pdf(drawn(sideways(angle)))
    page, box = document.place(0, len(LINES[0]))
    assert box is not None
    assert page == 1
    turned = box.x1 - box.x0 < box.bottom - box.top
    assert turned == (angle != 0)
    near = (box.x0, box.bottom - 140) if angle == 90 else (box.x0, box.top)
    assert all(abs(one - other) < 4 for one, other in zip(near, corner, strict=True)), box


def test_headings_of_narrow_columns_that_stand_upright_are_whole() -> None:
    rows = (("1.1 Chat", "20 %", "35 %"), ("1.2 Ajanvaraus", "10 %", "15 %"))
    content = text("Tavoite", 64, 706)
    for x, words in ((214, ("Kevät", "2021")), (254, ("Syksy 2021",))):
        for number, line in enumerate(words):
            content += text(line, x + 12 * number, 706, turn=(0.0, 1.0))
    for number, row in enumerate(rows):
        for x, cell in zip((64, 204, 244), row, strict=True):
            content += text(cell, x, 686 - 18 * number)
    content += b"".join(rule(60, y, 280, y) for y in (770, 700, 682, 664))
    content += b"".join(rule(x, 664, x, 770) for x in (60, 200, 240, 280))
    document = read_pdf(drawn(content))
    [grid] = document.tables
    found = [[" ".join(cell.text(document.text).split()) for cell in row] for row in grid.rows]
    assert found == [["Tavoite", "Kevät 2021", "Syksy 2021"], *map(list, rows)]


def test_a_note_in_the_margin_is_a_run_of_its_own() -> None:
    content = sideways(0) + text("Luonnos 3.5.2021", 40, 300, turn=(0.0, 1.0))
    assert read_pdf(drawn(content)).text.splitlines() == [*LINES, "Luonnos 3.5.2021"]


def test_a_stamp_across_a_page_is_no_prose() -> None:
    stamp = text("LUONNOS VAIN OMAAN", 100, 200, turn=(math.cos(0.8), math.sin(0.8)), size=40)
    document = read_pdf(drawn(stamp + sideways(0)))
    assert document.text[: document.body_end] == "\n".join(LINES)
    assert document.text[document.body_end :].strip() == "LUONNOS VAIN OMAAN"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Aalto\xadyliopisto toimi vuosina 2020\xad2022", "Aalto-yliopisto toimi vuosina 2020-2022"),
        ("hyvinvointi\xad ja sosiaaliala", "hyvinvointi- ja sosiaaliala"),
        ("Osuus on 20 \xad 35 %", "Osuus on 20 - 35 %"),
    ],
)
def test_a_soft_hyphen_that_is_drawn_is_a_hyphen(words: str, shown: str) -> None:
    assert read_pdf(drawn(text(words, 60, 700))).text == shown


NOTE = b"<< /Type /Annot /Subtype /FreeText /Rect [60 640 400 662] /DA (/Helv 11 Tf 0 g) /Contents (%s) >>"
FIELD = (
    b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (aste) /V (%s) /Rect [200 696 300 714] /DA (/Helv 10 Tf 0 g) /F %d >>"
)


def with_note(note: bytes) -> bytes:
    return drawn(
        text("Valmiusaste syksyllä 2021:", 60, 700) + text("Lopuksi muuta tekstiä.", 60, 600),
        objects=[note],
        page=b"/Annots [4 0 R]",
        catalog=b"/AcroForm << /Fields [4 0 R] >>" if b"/Widget" in note else b"",
    )


def test_a_note_typed_onto_a_page_stands_below_the_line_above_it() -> None:
    lines = read_pdf(with_note(NOTE % b"Aste on 45 % kaikissa kunnissa")).text.splitlines()
    assert lines == ["Valmiusaste syksyllä 2021:", "Aste on 45 % kaikissa kunnissa", "Lopuksi muuta tekstiä."]


def test_a_form_field_says_its_value_behind_its_label() -> None:
    assert read_pdf(with_note(FIELD % (b"45 %", 4))).text.split() == [
        *["Valmiusaste", "syksyllä", "2021:", "45", "%", "Lopuksi", "muuta", "tekstiä."]
    ]


def test_a_hidden_field_says_nothing() -> None:
    assert "45" not in read_pdf(with_note(FIELD % (b"45 %", 2))).text


def test_a_page_that_only_a_note_fills_is_no_scan() -> None:
    data = drawn(b"", objects=[NOTE % "Hoitoon pääsee viikossa".encode("cp1252")], page=b"/Annots [4 0 R]")
    assert read_pdf(data).text == "Hoitoon pääsee viikossa"


def test_tables_of_figures_are_text() -> None:
    rows = [("TP2020", "TA2021", "ENN2022"), *((f"{n} 412", f"{n} 305", f"{n} 981") for n in range(11, 46))]
    content = b"".join(
        text(cell, 60 + 90 * col, 780 - 18 * n) for n, row in enumerate(rows) for col, cell in enumerate(row)
    )
    assert process(drawn(content), "luvut.pdf").of(DocumentRecord)[0].n_pages == 1


def test_an_english_table_is_told_as_another_language() -> None:
    rows = ["The budget of the region is shown below", *(f"Line {n} of the items {n} 412 305 981" for n in range(30))]
    content = b"".join(text(row, 60, 780 - 18 * n) for n, row in enumerate(rows))
    assert "language" in process(drawn(content), "budget.pdf").of(DocumentRecord)[0].warnings
