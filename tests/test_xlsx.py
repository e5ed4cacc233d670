"""A workbook as it is seen: sheets as sections, blocks of cells as tables, hidden parts told and left out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.document import Document, Table
from pipeline.read import read
from pipeline.rejects import Reject
from tests.twins.office import relations, sheet, text_cell, xlsx


def row(number: int, cells: Sequence[str | float | None], style: int = 0, attributes: str = "") -> str:
    """A row, counted from 1, of texts and numbers; None leaves a cell out."""
    parts = []
    for col, value in enumerate(cells):
        if isinstance(value, str):
            parts.append(text_cell(number - 1, col, value))
        elif value is not None:
            parts.append(f'<c r="{chr(65 + col)}{number}" s="{style}"><v>{value}</v></c>')
    return f'<row r="{number}" {attributes}>{"".join(parts)}</row>'


def read_sheets(*sheets: str, **more: Sequence[str]) -> Document:
    return read(xlsx(*sheets, **more), "mittarit.xlsx")  # type: ignore[arg-type]


def cells(document: Document, table: Table) -> list[list[str]]:
    return [[cell.text(document.text) for cell in line] for line in table.rows]


HEADER = ("Mittari", "Lähtötaso", "11/2021")


def test_a_sheet_is_a_section_and_its_cells_show_what_a_reader_sees() -> None:
    first = sheet(row(1, HEADER) + row(2, ["Vastatut puhelut", 0.54, 0.861], 1) + row(3, ["Päivitetty", 44348], 2))
    document = read_sheets(
        first, sheet(row(1, ["Ei taulukkoa"])), names=["Suursaari", "Ohje"], codes=["0.0 %", "d.m.yyyy"]
    )
    assert [(one.kind, document.text[one.start : one.end], one.level) for one in document.blocks] == [
        ("heading", "Suursaari", 1),
        ("heading", "Ohje", 1),
        ("paragraph", "Ei taulukkoa", None),
    ]
    (table,) = document.tables
    assert cells(document, table) == [[*HEADER], ["Vastatut puhelut", "54,0 %", "86,1 %"], ["Päivitetty", "1.6.2021"]]
    assert document.warnings == ()


def test_a_title_heads_its_table_and_a_note_stands_below() -> None:
    lines = row(2, ["Indikaattorit 2021"]) + row(3, HEADER) + row(4, ["Jono", 12, 9]) + row(5, ["Luvut ovat arvioita."])
    document = read_sheets(sheet(lines))
    (table,) = document.tables
    assert cells(document, table) == [[*HEADER], ["Jono", "12", "9"]]
    texts = [document.text[one.start : one.end] for one in document.blocks]
    assert texts == ["Taulukko1", "Indikaattorit 2021", "Luvut ovat arvioita."]


def test_a_bold_line_above_is_a_heading() -> None:
    bold = "<fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    line = text_cell(0, 0, "Saatavuus", 1)
    styles = f'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{bold}</styleSheet>'
    data = xlsx(sheet(f"<row>{line}</row>" + row(2, HEADER)), **{"xl/styles.xml": styles})
    document = read(data, "a.xlsx")
    assert [(one.kind, one.level) for one in document.blocks] == [("heading", 1), ("heading", 2)]


def test_an_empty_row_within_a_table_does_not_cut_it_and_one_between_tables_does() -> None:
    lines = row(1, HEADER) + row(2, ["Jono", 12, 9]) + row(4, ["Käynnit", 80, 90])
    lines += row(6, ["Tavoite", "Kevät 2021"]) + row(7, ["Ajan saa viikossa", "50 %"])
    document = read_sheets(sheet(lines))
    first, second = document.tables
    assert cells(document, first) == [[*HEADER], ["Jono", "12", "9"], ["Käynnit", "80", "90"]]
    assert cells(document, second) == [["Tavoite", "Kevät 2021"], ["Ajan saa viikossa", "50 %"]]


def test_tables_side_by_side_are_two() -> None:
    lines = row(1, ["Mittari", "2021", None, "Alue", "2021"]) + row(2, ["Jono", 12, None, "Suursaari", 3])
    document = read_sheets(sheet(lines))
    assert [cells(document, table) for table in document.tables] == [
        [["Mittari", "2021"], ["Jono", "12"]],
        [["Alue", "2021"], ["Suursaari", "3"]],
    ]


def test_merged_cells_are_one() -> None:
    lines = row(1, ["Tavoite", "Kaudet", "ei näy"]) + row(2, ["ei näy", "5/21", "11/21"])
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="?"/></mergeCells>'
    document = read_sheets(sheet(lines + row(3, ["PT 1", "50 %", "60 %"]), behind=merged))
    (table,) = document.tables
    assert [(c.row, c.col, c.row_span, c.col_span, c.text(document.text)) for c in table.cells][:4] == [
        (0, 0, 2, 1, "Tavoite"),
        (0, 1, 1, 2, "Kaudet"),
        (1, 1, 1, 1, "5/21"),
        (1, 2, 1, 1, "11/21"),
    ]


def test_what_is_hidden_is_left_out_and_told() -> None:
    lines = row(1, HEADER) + row(2, ["Salainen", 1, 2], attributes='hidden="1"') + row(3, ["Jono", 12, 9])
    shown = sheet(lines, before='<cols><col min="2" max="2" hidden="1"/></cols>')
    data = xlsx(shown, sheet(row(1, ["Piilossa"])), names=["A", "B"])
    document = read(data, "a.xlsx")
    assert cells(document, document.tables[0]) == [["Mittari", "11/2021"], ["Jono", "9"]]
    assert document.warnings == ("hidden_cells: 2", "hidden_rows: 1")


def test_a_hidden_sheet_is_left_out_and_told() -> None:
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<workbookPr date1904="1"/><sheets>'
        '<sheet name="Näkyy" r:id="rId1"/><sheet name="Ei" state="veryHidden" r:id="rId2"/></sheets></workbook>'
    )
    pages = sheet(row(1, ["Päivä", 44348 - 1462], 1)), sheet(row(1, ["Piilossa"]))
    document = read(xlsx(*pages, codes=["d.m.yyyy"], **{"xl/workbook.xml": book}), "a.xlsx")
    assert document.text == "Näkyy\n\tPäivä\n\t1.6.2021\n\n"
    assert document.warnings == ("hidden_sheets: 1",)


def test_cells_of_every_type() -> None:
    typed = (
        '<row r="1"><c t="s"><v>1</v></c><c t="str"><f>A1</f><v>kaava</v></c><c t="b"><v>1</v></c>'
        '<c t="e"><v>#DIV/0!</v></c><c t="d"><v>2021-06-01T00:00:00</v></c><c><f>1+1</f></c>'
        '<c t="inlineStr"><is><r><t>osa</t></r><rPh><t>ei</t></rPh><r><t>ista_x000D__xD83D__xDE00_</t></r></is></c>'
        '<c t="s"><v>99</v></c><c><v>luku</v></c></row>'
    )
    document = read_sheets(sheet(typed), strings=["eka", "toka"])
    (table,) = document.tables
    assert cells(document, table) == [["toka", "kaava", "TRUE", "#DIV/0!", "1.6.2021", "osaista\U0001f600", "luku"]]
    assert document.warnings == ("formulas_without_value: 1",)


def test_links_and_macros_are_neither_followed_nor_run() -> None:
    parts = {
        "xl/vbaProject.bin": b"\xd0\xcf",
        "xl/externalLinks/externalLink1.xml": "<x/>",
        "xl/comments1.xml": "<comments><commentList><comment/><comment/></commentList></comments>",
        "xl/worksheets/_rels/sheet1.xml.rels": relations("../comments1.xml"),
    }
    linked = '<row r="1"><c t="str"><f>[1]Muu!A1</f><v>viimeksi nähty</v></c><c><v>3</v></c></row>'
    document = read(xlsx(sheet(linked), **parts), "a.xlsm")  # type: ignore[arg-type]
    assert "viimeksi nähty" in document.text and document.format == "xlsx"
    assert document.warnings == ("comments: 2", "macros: 1")


def test_text_boxes_stand_below_their_sheet_and_pictures_are_told() -> None:
    box = "<x:sp><x:txBody><a:p><a:r><a:t>Luvut </a:t></a:r><a:r><a:t>toukokuulta</a:t></a:r></a:p></x:txBody></x:sp>"
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations("../drawings/drawing1.xml"),
        "xl/drawings/drawing1.xml": f'<x:wsDr xmlns:x="x" xmlns:a="a">{box}<x:pic/></x:wsDr>',
    }
    document = read(xlsx(sheet(row(1, HEADER)), **parts), "a.xlsx")
    assert document.text.endswith("\n\nLuvut toukokuulta")
    assert document.warnings == ("pictures: 1",)


def test_data_without_end_is_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.xlsx.MAX_CELLS", 5)
    with pytest.raises(Reject) as caught:
        read_sheets(sheet(row(1, [1, 2, 3]) + row(2, [1, 2, 3])))
    assert caught.value.code == "too_large"


def test_cells_at_the_edge_of_the_sheet_cost_nothing() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
    far += '<row r="1048576"><c r="A1048576"><v>3</v></c></row>'
    document = read_sheets(sheet(far, behind='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
    assert document.text == "Taulukko1\n1"
