"""A Word file is read as Word shows it: what is deleted, hidden or only asked for is no text, and is told."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractors.document import Document
from pipeline.read import read
from pipeline.rejects import Reject

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
STRICT_OFFICE = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
SUFFIXED = {"chunk": "aFChunk"}


def part(kind: str, inside: str) -> str:
    return f"<w:{kind} {SPACES}>{inside}</w:{kind}>"


def packed(body: str, **parts: str | bytes) -> bytes:
    """A Word file of a body and the parts that it names: `styles`, `footnotes`, `chunk_htm` … each by its own name."""
    relations, files = "", {}
    for name, content in parts.items():
        kind, _, suffix = name.partition("_")
        target = f"{name}.{suffix or 'xml'}"
        relations += f'<Relationship Id="{name}" Type="{OFFICE}/{SUFFIXED.get(kind, kind)}" Target="{target}"/>'
        files[f"word/{target}"] = content
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    first = f'<Relationship Id="d" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    files |= {
        "_rels/.rels": f'<Relationships xmlns="{package}">{first}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package_file:
        for name, content in files.items():
            package_file.writestr(name, content)
    return out.getvalue()


def word(body: str, **parts: str | bytes) -> Document:
    return read(packed(body, **parts), "raportti.docx")


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str, properties: str = "") -> str:
    runs = inside if inside.startswith("<") else r(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def field(*inside: str) -> str:
    return "".join(f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' if one in ("begin", "separate", "end") else one
                   for one in inside)  # fmt: skip


CODE = "<w:r><w:instrText>IF x</w:instrText></w:r>"


def style(kind: str, name: str, shown: str, more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{shown}"/>{more}</w:style>'


HIDES = "<w:rPr><w:vanish/></w:rPr>"
STYLES = part(
    "styles",
    style("character", "Kehote", "Placeholder Text")
    + style("paragraph", "Ohje", "Ohje", HIDES)
    + style("character", "Piilo", "Piilo", HIDES)
    + style("paragraph", "O1", "heading 1"),
)


def control(inside: str, properties: str = "<w:showingPlcHdr/>") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def old_box(inside: str) -> str:
    return f"<w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict>"


NEW_BOX = f"<w:drawing><w:txbxContent>{p('Laatikko')}</w:txbxContent></w:drawing>"
TWICE = f"<mc:Choice>{NEW_BOX}</mc:Choice><mc:Fallback>{old_box(p('Laatikko'))}</mc:Fallback>"
NESTED_FIELD = field("begin", CODE, "begin", CODE, "separate", r("sisempi"), "end", "separate", r("tulos"), "end")

SHOWN = [
    # tracked changes
    (p(r("Oli ") + "<w:del><w:r><w:delText>20 %</w:delText></w:r></w:del>" + f"<w:ins>{r('35 %')}</w:ins>"),
     ["Oli 35 %"], ("deleted_text: 2",)),
    (p(r("Oli ") + f"<w:moveFrom>{r('siirretty')}</w:moveFrom>" + r("tässä.")), ["Oli tässä."], ("deleted_text: 1",)),
    (p("Alkoi syksyllä ", "<w:rPr><w:del/></w:rPr>") + p("2021 Kainuussa."), ["Alkoi syksyllä 2021 Kainuussa."], ()),
    (p("Yksi ", "<w:rPr><w:del/></w:rPr>") + p("kaksi ", "<w:rPr><w:moveFrom/></w:rPr>") + p("kolme."),
     ["Yksi kaksi kolme."], ()),
    (f"<w:del>{p('Poistettu kappale')}</w:del>" + p("Jää."), ["Jää."], ("deleted_text: 2",)),
    # hidden text and prompts
    (p(r("Näkyy ") + r("piilo 9", "<w:vanish/>") + r("tämä.")), ["Näkyy tämä."], ("hidden_text: 2",)),
    (p(r("Näkyy ", '<w:vanish w:val="0"/>') + r("tämä.", '<w:webHidden/>')), ["Näkyy tämä."], ()),
    (p(r("Näkyy ") + r("piilo", '<w:rStyle w:val="Piilo"/>')), ["Näkyy"], ("hidden_text: 1",)),
    (p("Ohje tekijälle", '<w:pStyle w:val="Ohje"/>') + p("Teksti."), ["Teksti."], ("hidden_text: 2",)),
    (p(r("Nimi: ") + control(r("Kirjoita"))), ["Nimi:"], ("prompts: 1",)),
    (control(p("Valitse")) + p("Teksti."), ["Teksti."], ("prompts: 1",)),
    (control(p("Täytetty"), ""), ["Täytetty"], ()),
    (p(r("Nimi: ") + r("Klikkaa", '<w:rStyle w:val="Kehote"/>')), ["Nimi:"], ("prompts: 1",)),
    # signs, breaks and fields
    (p("<w:r><w:t>4</w:t><w:noBreakHyphen/><w:t>6</w:t><w:ptab/><w:t>asia</w:t><w:softHyphen/><w:t>kas</w:t></w:r>"),
     ["4-6 asiakas"], ()),
    (p('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5, </w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'),
     ["≥5, ☒"], ()),
    (p('<w:r><w:sym w:font="Arial" w:char="F0E4"/><w:sym w:font="Arial" w:char="2192"/><w:sym w:char="x"/></w:r>'),
     ["ä→"], ()),
    (p("<w:r><w:t>Yksi</w:t><w:br/><w:t>kaksi</w:t></w:r>"), ["Yksi", "kaksi"], ()),
    (p("<w:r><w:t>Pitkä</w:t><w:br/><w:t>otsikko</w:t></w:r>", '<w:pStyle w:val="O1"/>'), ["Pitkä otsikko"], ()),
    (p(NESTED_FIELD), ["tulos"], ()),
    (p(field("begin", CODE) + r("jää kesken")), ["jää kesken"], ()),
    (p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Kesken"/>'
       '<w:listEntry w:val="Valmis"/></w:ddList></w:ffData></w:fldChar></w:r>' + field(CODE, "end")), ["Valmis"], ()),
    (p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>'
       "</w:r>" + field(CODE, "end", r(" Valmis"))), ["☒ Valmis"], ()),
    # formulas
    (p(r("Kasvu ") + "<m:oMath><m:r><m:t>x=25 %</m:t></m:r></m:oMath>"), ["Kasvu x=25 %"], ()),
    (p("<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
       "</m:oMath></m:oMathPara>"), ["3/4"], ()),
    (p("<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup></m:oMath>"),
     ["10⁶"], ()),
    (p('<m:oMath><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i</m:t></m:r></m:sub><m:e><m:r><m:t>x'
       "</m:t></m:r></m:e></m:nary><w:del><m:r><m:t>9</m:t></m:r></w:del></m:oMath>"), ["∑x"], ()),
    (p('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>valittu</w:t></w:r>'), ["☑valittu"], ()),
    # boxes and what is no text
    (p(f"<w:r><mc:AlternateContent>{TWICE}</mc:AlternateContent><w:t>Alku</w:t></w:r>"), ["Alku", "Laatikko"], ()),
    (p("<w:r>" + old_box(p("<w:r>" + old_box(p("sisä")) + "</w:r>")) + "<w:t>Ulko</w:t></w:r>"), ["Ulko", "sisä"], ()),
    (p('<w:r><w:t>Kuvio.</w:t><w:drawing><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
       "</w:drawing></w:r>"), ["Kuvio."], ("charts: 1",)),
    (p("<w:r><w:t>Liite.</w:t><w:object/></w:r>"), ["Liite."], ("embedded_objects: 1",)),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lines", "warnings"), SHOWN)
def test_words_are_those_that_word_shows(body: str, lines: list[str], warnings: tuple[str, ...]) -> None:
    document = word(body, styles=STYLES)
    assert (document.text.split("\n"), document.warnings) == (lines, warnings)


def note(number: int, text: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{number}">{p(text)}</w:{kind}>'


def refer(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_notes_stand_once_behind_the_section_that_refers_to_them() -> None:
    body = p(r("Avattiin 1.3.2022") + refer(2) + r(" kaikkialla.")) + p(r("Ja taas.") + refer(2) + refer(3, "endnote"))
    body += p("Tulokset", '<w:pStyle w:val="O1"/>') + p("Loppu.")
    document = word(
        body,
        styles=STYLES,
        footnotes=part("footnotes", note(0, "erotin") + note(2, "Käyttäjiä oli 300.")),
        endnotes=part("endnotes", note(3, "Lähde: rekisteri.", "endnote")),
    )
    lines = [
        "Avattiin 1.3.2022 kaikkialla.",
        "Ja taas.",
        "Käyttäjiä oli 300.",
        "Lähde: rekisteri.",
        "Tulokset",
        "Loppu.",
    ]
    assert document.text.split("\n") == lines


def test_a_note_of_a_cell_stands_behind_its_section_too() -> None:
    body = f"<w:tbl>{row(r('A') + refer(1), r('B'))}</w:tbl>" + p("Jatko.")
    document = word(body, footnotes=part("footnotes", note(1, "Selitys.")))
    assert document.text.split("\n") == ["\tA", "\tB", "", "Jatko.", "Selitys."]


def test_a_note_s_own_mark_is_no_text() -> None:
    marked = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    document = word(p(r("Vuonna 2021") + marked + r(" alkoi.")), footnotes=part("footnotes", note(1, "Selitys.")))
    assert document.text == "Vuonna 2021 alkoi.\nSelitys."


def test_comments_are_told() -> None:
    comments = part("comments", f"<w:comment>{p('Tarkista!')}</w:comment>" * 2)
    assert word(p("Teksti."), comments=comments).warnings == ("comments: 2",)


def test_headers_and_footers_with_their_tables_stand_behind_the_body() -> None:
    body = p("Teksti.") + '<w:sectPr><w:headerReference r:id="header"/><w:footerReference r:id="footer"/></w:sectPr>'
    header = part("hdr", f"<w:tbl>{row(r('Hanke'), r('Luonnos'))}</w:tbl>")
    document = word(body, header=header, footer=part("ftr", p("Sivu")))
    assert document.text[: document.body_length] == "Teksti."
    assert document.text[document.body_length :].split() == ["Hanke", "Luonnos", "Sivu"]


# Tables


def row(*cells: str, properties: str = "") -> str:
    held = "".join(cell if cell.startswith("<w:tc>") else f"<w:tc>{p(cell)}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{held}</w:tr>"


def tc(text: str, properties: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


A, B, X, Y = r("A"), r("B"), r("x"), r("y")
ACROSS, GOES_ON = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
DOWN, STILL = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
TABLES = [
    (row(A, B) + row(X, r("9"), properties="<w:del/>") + row(X, Y), [["A", "B"], ["x", "y"]], ()),
    (row(A, B) + row(X, r("9"), properties="<w:hidden/>") + row(X, Y), [["A", "B"], ["x", "y"]], ("hidden_text: 2",)),
    (row(A, tc("2021", ACROSS), tc("", GOES_ON)) + row(X, Y, r("z")), [["A", "2021", ""], ["x", "y", "z"]], ()),
    (row(tc("A", DOWN), B) + row(tc("", STILL), Y), [["A", "B"], ["", "y"]], ()),
    (row(A, tc("B", DOWN)) + row(tc("leveä", '<w:gridSpan w:val="2"/>')) + row(X, tc("y", STILL)),
     [["A", "B"], ["leveä", ""], ["x", "y"]], ()),
    (row(A, tc("poistettu", "<w:cellDel/>"), B) + row(X, Y), [["A", "B"], ["x", "y"]], ("deleted_text: 1",)),
    (row(A, B) + row(tc("x", f'<w:gridSpan w:val="{"9" * 5000}"/>')), [["A", "B"], ["x", ""]], ()),
    (row(A, B) + row(Y, properties='<w:gridBefore w:val="1"/>'), [["A", "B"], ["", "y"]], ()),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "wanted", "warnings"), TABLES)
def test_tables_are_those_that_word_shows(inside: str, wanted: list[list[str]], warnings: tuple[str, ...]) -> None:
    document = word(f"<w:tbl>{inside}</w:tbl>")
    (table,) = document.tables
    grid = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        grid[cell.row][cell.col] = cell.text(document.text)
    assert grid == wanted
    assert document.warnings == warnings or warnings == ()


def test_a_table_around_tables_is_a_frame() -> None:
    inner = f"<w:tbl>{row(r('Mittari'), B)}{row(X, Y)}</w:tbl>"
    frame = f"<w:tbl><w:tr><w:tc>{p('Sivu')}</w:tc><w:tc>{inner}{p(r('.'))}</w:tc></w:tr></w:tbl>"
    (table,) = word(frame).tables
    assert (table.n_rows, table.n_cols) == (2, 2)


# Numbers


def level(number: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    shape = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{number}">{shape}</w:lvl>'


def numbering(*levels: str, more: str = "") -> str:
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return part("numbering", f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}')


def item(text: str, depth: int | None = 0, number: int | None = 1) -> str:
    ilvl = f'<w:ilvl w:val="{depth}"/>' if depth is not None else ""
    numbered = f'<w:numId w:val="{number}"/>' if number is not None else ""
    return p(text, f"<w:numPr>{ilvl}{numbered}</w:numPr>")


def other(start: int) -> str:
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    return f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num>'


TWO = (level(0, "%1."), level(1, "%1.%2."))
NUMBERS = [
    (numbering(level(0, "%1.", start=4)), item("a") + item("b"), ["4. a", "5. b"]),
    (numbering(TWO[0], more=other(7)), item("a") + item("b", 0, 2) + item("c", 0, 2), ["1. a", "7. b", "8. c"]),
    (numbering(*TWO), item("a") + item("b", 1) + item("c") + item("d", 1), ["1. a", "1.1. b", "2. c", "2.1. d"]),
    (numbering(TWO[0], level(1, "%1.%2.", more='<w:lvlRestart w:val="0"/>')),
     item("a") + item("b", 1) + item("c") + item("d", 1), ["1. a", "1.1. b", "2. c", "2.2. d"]),
    (numbering(TWO[0], level(1, "%2)"), level(2, "%3)", more='<w:lvlRestart w:val="1"/>')),
     item("a") + item("b", 1) + item("c", 2) + item("d", 1) + item("e", 2), ["1. a", "1) b", "1) c", "2) d", "2) e"]),
    (numbering(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")),
     item("a") + item("b", 1), ["I. a", "1.1 b"]),
    (numbering(level(0, "%1", "ordinal")), item("a"), ["1. a"]),
    (numbering(level(0, "%1)", "lowerLetter", start=26)), item("a") + item("b"), ["z) a", "aa) b"]),
    (numbering(level(0, "%1.", "upperRoman", start=10**9)), item("a"), ["I. a"]),
    (numbering(level(0, "Liite %1:", "decimalZero")), item("a"), ["Liite 01: a"]),
    (numbering(level(0, "Liite", "none")), item("a"), ["Liite a"]),
    (numbering(level(0, "", "bullet")), item("a"), ["a"]),
    (numbering(TWO[0]), item("a") + item("ilman", 0, 0) + item("b"), ["1. a", "ilman", "2. b"]),
    (numbering(TWO[0]), item("a") + item("") + item("c"), ["1. a", "3. c"]),
    (numbering(TWO[0]), f"<w:tbl>{row(A, B, properties='<w:del/>')}</w:tbl>" + item("a"), ["1. a"]),
    (numbering(TWO[0]), item("a") + p("pois", '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>')
     + item(" b"), ["1. a", "2. pois b"]),
]  # fmt: skip


@pytest.mark.parametrize(("definitions", "body", "lines"), NUMBERS)
def test_numbers_are_those_that_word_works_out(definitions: str, body: str, lines: list[str]) -> None:
    assert word(body, numbering=definitions).text.split("\n") == lines


def test_a_style_stands_for_its_level_of_the_list() -> None:
    styles = part("styles", '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Toka"/><w:pPr><w:numPr>'
                  '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>')  # fmt: skip
    levels = numbering(TWO[0], level(1, "%1.%2", more='<w:pStyle w:val="T"/>'))
    document = word(item("a") + p("b", '<w:pStyle w:val="T"/>'), numbering=levels, styles=styles)
    assert document.text.split("\n") == ["1. a", "1.1 b"]


# Parts of other kinds


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("chunk_htm", "<html><body><p>Upotettu 55 %</p></body></html>", "Alku\nUpotettu 55 %"),
        ("chunk_txt", "Upotettu 55 %\nToinen", "Alku\nUpotettu 55 %\nToinen"),
        ("chunk_docx", packed(p("Upotettu 55 %")), "Alku\nUpotettu 55 %"),
    ],
)
def test_an_embedded_part_is_text(name: str, content: str | bytes, text: str) -> None:
    document = word(p("Alku") + f'<w:altChunk r:id="{name}"/>', **{name: content})
    assert (document.text, document.warnings) == (text, ())


def test_an_embedded_part_that_cannot_be_read_is_told() -> None:
    for content in ("{\\rtf1}", ""):
        document = word(p("Alku") + '<w:altChunk r:id="chunk_rtf"/>', chunk_rtf=content)
        assert (document.text, document.warnings) == ("Alku", ("embedded_documents: 1",))


def test_the_strict_variant_of_the_format_is_read() -> None:
    data = packed(p(r("Vuonna 2021") + refer(1)), footnotes=part("footnotes", note(1, "Selitys.")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as usual, zipfile.ZipFile(out, "w") as strict:
        for name in usual.namelist():
            content = usual.read(name).replace(WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            strict.writestr(
                name, content.replace(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
            )
    assert read(out.getvalue(), "raportti.docx").text == "Vuonna 2021\nSelitys."


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document {0}><w:body>&a;</w:body></w:document>',
            "unsafe_xml",
        ),
        ("<!DOCTYPE x><w:document {0}><w:body/></w:document>", "unsafe_xml"),
        ("<w:document {0}/>", "broken_docx"),
        ("<w:document {0}><w:body>", "broken_docx"),
    ],
    ids=["entity", "document type", "no body", "cut"],
)
def test_a_broken_or_unsafe_part_is_refused(document: str, code: str) -> None:
    data = packed("")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as broken:
        for name in whole.namelist():
            is_text = name == "word/document.xml"
            broken.writestr(name, document.format(SPACES).encode() if is_text else whole.read(name))
    with pytest.raises(Reject) as caught:
        read(out.getvalue(), "raportti.docx")
    assert (caught.value.code, ";" in caught.value.message) == (code, True)
