"""A slide show as it is seen: titles, boxes from top to bottom, bullets that layouts give, what is not shown told."""

from __future__ import annotations

from extractors.document import Document
from pipeline.read import read
from tests.twins.office import box, pptx, relations, slide_text

SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def read_slides(*slides: str, **parts: str) -> Document:
    return read(pptx(*slides, **parts), "kalvot.pptx")


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_a_slide_is_read_from_its_title_down_and_a_row_from_the_left() -> None:
    below = box(slide_text("alinna"), top=5_000_000)
    right = box(slide_text("oikealla"), top=1_050_000, left=4_000_000)
    left = box(slide_text("vasemmalla"), top=1_100_000)
    title = box(slide_text("Saatavuus") + slide_text("2021"), "title", top=9_000_000)
    assert blocks(read_slides(below + right + left + title)) == [
        ("heading", "Saatavuus 2021"),
        ("paragraph", "vasemmalla"),
        ("paragraph", "oikealla"),
        ("paragraph", "alinna"),
    ]


def test_paragraphs_have_their_own_bullets_and_numbers() -> None:
    numbered = (
        '<a:p><a:pPr><a:buAutoNum type="romanUcParenBoth" startAt="4"/></a:pPr><a:r><a:t>neljäs</a:t></a:r></a:p>'
    )
    broken = "<a:p><a:r><a:t>rivi</a:t></a:r><a:br/><a:r><a:t>toinen</a:t></a:r></a:p>"
    marked = slide_text("merkki", "bullet") + slide_text("eka", "number") + slide_text("toka", "number")
    assert blocks(read_slides(box(marked + broken) + box(numbered, top=9_000_000))) == [
        ("list_item", "merkki"),
        ("paragraph", "1. eka"),
        ("paragraph", "2. toka"),
        ("paragraph", "rivi"),
        ("paragraph", "toinen"),
        ("paragraph", "(IV) neljäs"),
    ]


def test_places_for_text_take_bullets_and_places_from_their_layout() -> None:
    own = '<p:sp><p:nvSpPr><p:nvPr><p:ph type="body" idx="{}"/></p:nvPr></p:nvSpPr>{}<p:txBody>{}</p:txBody></p:sp>'
    frame = '<p:spPr><a:xfrm><a:off x="0" y="{}"/></a:xfrm></p:spPr>'
    plain = "<a:lstStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></a:lstStyle>"
    layout = own.format(1, frame.format(5_000_000), "") + own.format(2, frame.format(1_000_000), plain)
    style = '<p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr></p:bodyStyle></p:txStyles>'
    document = read_slides(
        own.format(1, "", slide_text("luettelossa")) + own.format(2, "", slide_text("leipätekstiä")),
        **{
            "ppt/slides/_rels/slide1.xml.rels": relations("../slideLayouts/slideLayout1.xml"),
            "ppt/slideLayouts/slideLayout1.xml": f"<p:sldLayout {SPACES}>{layout}</p:sldLayout>",
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations("../slideMasters/slideMaster1.xml"),
            "ppt/slideMasters/slideMaster1.xml": f"<p:sldMaster {SPACES}>{style}</p:sldMaster>",
            "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations("../slideLayouts/slideLayout1.xml"),
        },
    )
    assert blocks(document) == [("paragraph", "leipätekstiä"), ("list_item", "luettelossa")]


def test_a_slide_that_heads_a_part_stands_above_the_others() -> None:
    title = box(slide_text("Otsikko"), "title")
    document = read_slides(
        title,
        title,
        **{
            "ppt/slides/_rels/slide1.xml.rels": relations("../slideLayouts/slideLayout3.xml"),
            "ppt/slideLayouts/slideLayout3.xml": f'<p:sldLayout {SPACES} type="secHead"/>',
        },
    )
    assert [block.level for block in document.blocks] == [1, 2]


def test_tables_groups_and_diagrams_are_read() -> None:
    def cell(text: str, said: str = "") -> str:
        return f"<a:tc {said}><a:txBody>{slide_text(text)}</a:txBody></a:tc>"

    first = cell("Tavoite", 'rowSpan="2"') + cell("Kaudet", 'gridSpan="2"') + cell("ei", 'hMerge="1"')
    second = cell("ei", 'vMerge="1"') + cell("50 %") + cell("60 %")
    table = f"<p:graphicFrame><a:tbl><a:tr>{first}</a:tr><a:tr>{second}</a:tr></a:tbl></p:graphicFrame>"
    diagram = '<p:graphicFrame><d:relIds xmlns:d="x" r:dm="rId1"/></p:graphicFrame>'
    points = f'<d:dataModel xmlns:d="x" {SPACES}><d:pt><d:t>{slide_text("Kaavion osa")}</d:t></d:pt></d:dataModel>'
    document = read_slides(
        f"<p:grpSp>{box(slide_text('ryhmässä'))}</p:grpSp>{diagram}{table}",
        **{"ppt/slides/_rels/slide1.xml.rels": relations("../diagrams/data1.xml"), "ppt/diagrams/data1.xml": points},
    )
    assert blocks(document) == [("paragraph", "ryhmässä"), ("paragraph", "Kaavion osa")]
    (found,) = document.tables
    assert [(c.row, c.col, c.row_span, c.col_span, c.text(document.text)) for c in found.cells] == [
        (0, 0, 2, 1, "Tavoite"),
        (0, 1, 1, 2, "Kaudet"),
        (1, 1, 1, 1, "50 %"),
        (1, 2, 1, 1, "60 %"),
    ]


def test_what_is_not_on_the_slides_is_told() -> None:
    notes = f"<p:notes {SPACES}>{box(slide_text('muista mainita'), 'body')}</p:notes>"
    pictures = "<p:pic/><p:pic/><p:graphicFrame><c:chart xmlns:c='x'/></p:graphicFrame><p:graphicFrame/>"
    margins = box(slide_text("Hanke X"), "ftr") + box(slide_text("3"), "sldNum")
    data = pptx(
        box(slide_text("Näkyvä")) + pictures + margins,
        box(slide_text("Piilossa")),
        attributes=["", 'show="0"'],
        **{
            "ppt/slides/_rels/slide1.xml.rels": relations("../notesSlides/notesSlide1.xml", "../comments/comment1.xml"),
            "ppt/notesSlides/notesSlide1.xml": notes,
            "ppt/comments/comment1.xml": f"<p:cmLst {SPACES}><p:cm/><p:cm/></p:cmLst>",
        },
    )
    document = read(data, "kalvot.pptx")
    assert document.text == "Näkyvä\fHanke X"
    assert document.warnings == (
        *("charts: 1", "comments: 2", "embedded_objects: 1"),
        *("hidden_slides: 1", "pictures: 2", "speaker_notes: 1"),
    )
