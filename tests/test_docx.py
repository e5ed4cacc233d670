"""A Word file's own structure: headings, lists, numbers, tables; what is no Word file is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from extractors.document import Document
from pipeline.read import packages, read
from pipeline.rejects import Reject

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(build: Callable[[Any], None]) -> bytes:
    """A Word file that a function fills."""
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read_word(build: Callable[[Any], None]) -> Document:
    return read(word(build), "raportti.docx")


def rejection(data: bytes) -> Reject:
    with pytest.raises(Reject) as caught:
        read(data, "raportti.docx")
    assert caught.value.stage == "read" and ";" in caught.value.message
    return caught.value


def blocks(document: Document) -> list[tuple[str, str, int | None]]:
    return [(block.kind, document.text[block.start : block.end], block.level) for block in document.blocks]


def test_headings_lists_and_paragraphs_are_what_their_styles_say() -> None:
    def build(document: Any) -> None:
        document.add_heading("Oma-arviointi", 1)
        document.add_paragraph("Hanke alkoi keväällä.")
        document.add_paragraph("Ajanvaraus uudistui.", style="List Bullet")
        document.add_paragraph("Aloita", style="List Number")
        document.add_paragraph("Jatka", style="List Number")

    document = read_word(build)
    assert blocks(document) == [
        ("heading", "Oma-arviointi", 1),
        ("paragraph", "Hanke alkoi keväällä.", None),
        ("list_item", "Ajanvaraus uudistui.", None),
        ("paragraph", "1. Aloita", None),
        ("paragraph", "2. Jatka", None),
    ]
    assert document.text == "Oma-arviointi\nHanke alkoi keväällä.\n• Ajanvaraus uudistui.\n1. Aloita\n2. Jatka"


def test_numbers_of_several_levels_are_worked_out() -> None:
    def build(document: Any) -> None:
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for n, (form, text) in enumerate([("decimal", "%1."), ("decimal", "%1.%2"), ("upperRoman", "%3)")])
        )
        root = document.part.numbering_part.element
        root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {W} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
        for level, text in [(0, "Saatavuus"), (1, "Aika"), (1, "Paikka"), (2, "Etä"), (0, "Laatu"), (1, "Mittari")]:
            numbered = parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="78"/></w:numPr>')
            document.add_paragraph(text)._p.get_or_add_pPr().append(numbered)

    lines = read_word(build).text.split("\n")
    assert lines == ["1. Saatavuus", "1.1 Aika", "1.2 Paikka", "I) Etä", "2. Laatu", "2.1 Mittari"]


def test_text_is_as_it_is_shown() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Alku ")._p
        paragraph.append(parse_xml(f"<w:ins {W}><w:r><w:t>lisätty</w:t></w:r></w:ins>"))
        paragraph.append(parse_xml(f"<w:del {W}><w:r><w:delText>poistettu</w:delText></w:r></w:del>"))
        paragraph.append(parse_xml(f"<w:r {W}><w:t> sote</w:t><w:noBreakHyphen/><w:t>keskus</w:t></w:r>"))
        paragraph.append(parse_xml(f"<w:r {W}><w:br/><w:t>uusi rivi</w:t></w:r>"))
        inner = "<w:sdtContent><w:p><w:r><w:t>Kentän teksti</w:t></w:r></w:p></w:sdtContent>"
        paragraph.addnext(parse_xml(f"<w:sdt {W}>{inner}</w:sdt>"))

    assert read_word(build).text == "Alku lisätty sote-keskus\nuusi rivi\nKentän teksti"


def test_a_table_keeps_its_merged_cells() -> None:
    def build(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        for row in range(3):
            for col in range(3):
                table.cell(row, col).text = f"{row}{col}"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "alue"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "kaudet"

    document = read_word(build)
    (table,) = document.tables
    cells = [(c.row, c.col, c.row_span, c.col_span, c.text(document.text)) for c in table.cells]
    assert cells == [
        (0, 0, 1, 1, "00"),
        (0, 1, 1, 2, "kaudet"),
        (1, 0, 2, 1, "alue"),
        (1, 1, 1, 1, "11"),
        (1, 2, 1, 1, "12"),
        (2, 1, 1, 1, "21"),
        (2, 2, 1, 1, "22"),
    ]
    assert document.text[table.start : table.end] == "\t00\n\tkaudet\n\n\talue\n\t11\n\t12\n\n\t21\n\t22"


def test_headers_and_footers_are_text_but_no_prose() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Varsinainen teksti.")
        document.sections[0].header.paragraphs[0].text = "Hankkeen raportti"

    document = read_word(build)
    assert document.text[: document.body_length] == "Varsinainen teksti."
    assert document.text[document.body_length :].strip() == "Hankkeen raportti"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Hoito alkoi.", "wrong_format"),
        (b"%PDF-1.4\n", "wrong_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        (b"PK\x03\x04" + bytes(100), "broken_docx"),
        (word(lambda document: None), "empty"),
        (word(lambda document: document.add_paragraph("Teksti."))[:-300], "broken_docx"),
    ],
    ids=["text", "pdf", "old or locked", "mark only", "no words", "cut"],
)
def test_what_is_no_word_file_is_refused_with_its_cure(data: bytes, code: str) -> None:
    assert rejection(data).code == code


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_a_zip_file_of_other_things_is_refused() -> None:
    assert rejection(packed(muistio=b"teksti")).code == "wrong_format"


def test_a_file_that_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_UNPACKED", 1_000_000)
    assert rejection(packed(kuva=bytes(2_000_000))).code == "too_large"


def test_entities_that_multiply_are_refused() -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{entities}]>'
    bomb += f"<w:document {W}><w:body><w:p><w:r><w:t>&h;</w:t></w:r></w:p></w:body></w:document>"
    source = zipfile.ZipFile(io.BytesIO(word(lambda document: document.add_paragraph("Teksti."))))
    parts = {name: source.read(name) for name in source.namelist()} | {"word/document.xml": bomb.encode()}
    assert rejection(packed(**parts)).code == "unsafe_xml"
