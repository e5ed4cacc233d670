"""An OpenDocument text's own structure: headings, lists with their numbers, tables, notes, what is not shown."""

from __future__ import annotations

import pytest

from extractors.document import Document
from pipeline.read import packages, read
from pipeline.rejects import Reject
from tests.twins.office import odt


def read_odt(body: str, styles: str = "", margins: str = "") -> Document:
    return read(odt(body, styles, margins), "raportti.odt")


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def lines(document: Document) -> list[str]:
    return document.text[: document.body_length].split("\n")


def test_headings_lists_and_paragraphs_are_what_their_elements_say() -> None:
    items = "".join(f"<text:list-item>{p(text)}</text:list-item>" for text in ("Aloita", "Jatka"))
    numbers = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    document = read_odt(
        '<text:h text:outline-level="2">Tavoitteet</text:h>'
        + p("Hanke  alkoi\n keväällä<text:s text:c='2'/>2021.")
        + f"<text:list>{items}</text:list>"
        + f'<text:list text:style-name="N">{items}</text:list>',
        f'<text:list-style style:name="N">{numbers}</text:list-style>',
    )
    assert [(one.kind, document.text[one.start : one.end], one.level) for one in document.blocks] == [
        ("heading", "Tavoitteet", 2),
        ("paragraph", "Hanke alkoi keväällä 2021.", None),
        ("list_item", "Aloita", None),
        ("list_item", "Jatka", None),
        ("paragraph", "1. Aloita", None),
        ("paragraph", "2. Jatka", None),
    ]


def test_numbers_go_over_levels_and_on_in_the_next_list() -> None:
    levels = (
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="." text:start-value="3"/>'
        '<text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2"/>'
    )
    within = "".join(f"<text:list-item>{p(text)}</text:list-item>" for text in ("Aika", "Paikka"))
    inner = f"<text:list>{within}</text:list>"
    document = read_odt(
        f'<text:list text:style-name="N" xml:id="x"><text:list-item>{p("Saatavuus")}{inner}</text:list-item>'
        "</text:list>"
        f"{p('Väliteksti')}"
        f'<text:list text:style-name="N" text:continue-list="x"><text:list-item>{p("Laatu")}{inner}</text:list-item>'
        f'<text:list-item text:start-value="9">{p("Kustannukset")}</text:list-item></text:list>',
        f'<text:list-style style:name="N">{levels}</text:list-style>',
    )
    assert lines(document) == [
        *("3. Saatavuus", "3.a Aika", "3.b Paikka", "Väliteksti"),
        *("4. Laatu", "4.a Aika", "4.b Paikka", "9. Kustannukset"),
    ]


def test_headings_have_the_numbers_of_the_outline() -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="1" style:num-suffix=")"/>'
        '<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>'
    )
    headings = [(1, "Alku"), (2, "Aika"), (2, "Paikka"), (1, "Loppu"), (2, "Aika"), (3, "Tarkemmin")]
    document = read_odt("".join(f'<text:h text:outline-level="{n}">{text}</text:h>' for n, text in headings), outline)
    assert lines(document) == ["I. Alku", "1) Aika", "2) Paikka", "II. Loppu", "1) Aika", "Tarkemmin"]


def test_a_table_keeps_merged_and_repeated_cells_and_loses_hidden_rows() -> None:
    rows = (
        f'<table:table-row><table:table-cell table:number-rows-spanned="2">{p("alue")}</table:table-cell>'
        f'<table:table-cell table:number-columns-spanned="2">{p("kaudet")}</table:table-cell>'
        "<table:covered-table-cell/></table:table-row><table:table-row><table:covered-table-cell/>"
        f'<table:table-cell table:number-columns-repeated="2">{p("50 %")}</table:table-cell></table:table-row>'
        f'<table:table-row table:visibility="collapse"><table:table-cell>{p("piilossa")}</table:table-cell>'
        "</table:table-row>"
    )
    document = read_odt(f"<table:table><table:table-header-rows>{rows}</table:table-header-rows></table:table>")
    (table,) = document.tables
    assert [(c.row, c.col, c.row_span, c.col_span, c.text(document.text)) for c in table.cells] == [
        (0, 0, 2, 1, "alue"),
        (0, 1, 1, 2, "kaudet"),
        (1, 1, 1, 1, "50 %"),
        (1, 2, 1, 1, "50 %"),
    ]
    assert document.warnings == ("hidden_rows: 1",)


def test_notes_and_boxes_are_text_and_margins_no_prose() -> None:
    words = f"<text:note-body>{p('Lähde: tilasto 2021.')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{words}</text:note>"
    frame = f"<draw:frame><draw:text-box>{p('Nosto')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{p('Kuvio')}</draw:custom-shape>"
    document = read_odt(
        p(f"Käyntejä oli 2021{note} vähemmän.") + p(f"Ankkuri{frame}") + shape,
        margins=f"<style:header>{p('Hanke X')}</style:header><style:footer>{p('Hanke X')}{p('Sivu')}</style:footer>",
    )
    assert lines(document) == ["Käyntejä oli 2021 vähemmän.", "Ankkuri", "Nosto", "Kuvio", "Lähde: tilasto 2021."]
    assert document.text[document.body_length :] == "\fHanke X\nSivu"


def test_what_is_not_shown_is_told() -> None:
    hidden = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    document = read_odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>pois</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p><draw:frame><draw:object/><draw:image/></draw:frame></text:p>"
        + p(
            'Näkyvä<text:span text:style-name="H"> salainen</text:span><office:annotation><text:p>huomio</text:p>'
            "</office:annotation> lause.<text:soft-page-break/>"
        )
        + f'<text:section text:display="none">{p("osa")}</text:section>',
        hidden,
    )
    assert document.text == "Näkyvä lause."
    assert document.warnings == (
        *("comments: 1", "deleted_text: 1", "embedded_objects: 1"),
        *("hidden_sections: 1", "hidden_text: 1", "pictures: 1"),
    )


def test_a_cell_repeated_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.odt.MAX_CELLS", 500)
    cell = f'<table:table-cell table:number-columns-repeated="999999">{p("x")}</table:table-cell>'
    with pytest.raises(Reject) as caught:
        read_odt(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")
    assert caught.value.code == "too_large" and packages.MAX_CELLS > 500
