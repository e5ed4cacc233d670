"""Reports as office programs' own files: OpenDocument, Rich Text, slides, sheets; small writers of the tests' own.

What the programs themselves write has more in it; these files have what the formats need, so that a test says all that
its file says.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from itertools import groupby
from xml.sax.saxutils import escape

from tests.twins.compound import outlook
from tests.twins.make import Grid, GridCell, Item, Text, to_text

_EPOCH = (2024, 1, 1, 0, 0, 0)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts, the same bytes at any time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# OpenDocument

_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
_LISTS = (
    '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '</text:list-style><text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/></text:list-style>'
)


def odt(body: str, styles: str = _LISTS, margins: str = "", **parts: str) -> bytes:
    """An OpenDocument text with this body, these automatic styles, and headers or footers."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    master = f"<office:master-styles><style:master-page>{margins}</style:master-page></office:master-styles>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {_ODF}>{master}</office:document-styles>",
            **parts,
        }
    )


def to_odt(items: Sequence[Item]) -> bytes:
    """A report as an OpenDocument text."""
    return odt("".join(_odt_table(item) if isinstance(item, Grid) else item for item in _odt_runs(items)))


def _odt_runs(items: Sequence[Item]) -> list[Grid | str]:
    found: list[Grid | str] = []
    for kind, run in groupby(items, lambda item: "grid" if isinstance(item, Grid) else item.kind):
        if kind == "grid":
            found += [grid for grid in run if isinstance(grid, Grid)]
        else:
            found.append(_odt_texts(kind, [text for text in run if isinstance(text, Text)]))
    return found


def _odt_texts(kind: str, texts: Sequence[Text]) -> str:
    if kind in ("bullet", "number"):
        items = "".join(f"<text:list-item><text:p>{escape(one.text)}</text:p></text:list-item>" for one in texts)
        return f'<text:list text:style-name="{"Bullets" if kind == "bullet" else "Numbers"}">{items}</text:list>'
    return "".join(
        f'<text:h text:outline-level="{one.level}">{escape(one.text)}</text:h>'
        if one.level
        else f"<text:p>{escape(one.text)}</text:p>"
        for one in texts
    )


def _odt_table(grid: Grid) -> str:
    rows = []
    for number in range(grid.n_rows):
        cells = []
        for cell in grid.row(number):
            if cell is None:
                cells.append("<table:covered-table-cell/>")
                continue
            spans = f'table:number-columns-spanned="{cell.col_span}" table:number-rows-spanned="{cell.row_span}"'
            inside = "".join(_odt_texts(kind, list(run)) for kind, run in groupby(cell.texts, lambda text: text.kind))
            cells.append(f"<table:table-cell {spans}>{inside or '<text:p/>'}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{grid.n_cols}"/>'
    header = f"<table:table-header-rows>{''.join(rows[: grid.n_header])}</table:table-header-rows>"
    return f"<table:table>{columns}{header}{''.join(rows[grid.n_header :])}</table:table>"


# Sheets

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*targets: str) -> str:
    """A part of relations: their ids count from rId1, their kinds are the targets' names."""
    kinds = [target.rpartition("/")[2].partition(".")[0].rstrip("0123456789") for target in targets]
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(zip(kinds, targets, strict=True), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def xlsx(
    *sheets: str, names: Sequence[str] = (), codes: Sequence[str] = (), strings: Sequence[str] = (), **parts: str
) -> bytes:
    """A workbook of these sheets' XML; style N + 1 shows numbers by the Nth of `codes`."""
    named = [*names, *(f"Taulukko{number + 1}" for number in range(len(names), len(sheets)))]
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(named, 1)
    )
    own = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for number, code in enumerate(codes, 164)
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in range(164, 164 + len(codes)))
    shared = "".join(f"<si><t>{escape(one)}</t></si>" for one in strings)
    targets = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    return zipped(
        {
            "_rels/.rels": relations("xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(*targets, "styles.xml", "sharedStrings.xml"),
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>{own}</numFmts>'
            f'<cellXfs><xf numFmtId="0"/>{styles}{_HEADINGS}</cellXfs>{_HEADING_NAMES}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
            **{f"xl/{name}": sheet for name, sheet in zip(targets, sheets, strict=True)},
            **parts,
        }
    )


def sheet(rows: str, before: str = "", behind: str = "") -> str:
    """A sheet's XML, from that of its rows."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'


def _column(number: int) -> str:
    return (_column(number // 26 - 1) if number > 25 else "") + chr(ord("A") + number % 26)


_LEVELS = range(1, 5)
_HEADINGS = "".join(f'<xf numFmtId="0" xfId="{level}"/>' for level in _LEVELS)
_HEADING_NAMES = (
    '<cellStyles><cellStyle name="Normaali" xfId="0" builtinId="0"/>'
    + "".join(f'<cellStyle name="Otsikko {level}" xfId="{level}" builtinId="{15 + level}"/>' for level in _LEVELS)
    + "</cellStyles>"
)
"""The styles of headings: those behind the styles of the number formats."""


def text_cell(row: int, col: int, text: str, style: int = 0) -> str:
    """A cell of a text; its row and column count from 0."""
    inside = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{_column(col)}{row + 1}" s="{style}" t="inlineStr">{inside}</c>'


def to_xlsx(items: Sequence[Item]) -> bytes:
    """A report as a sheet: a paragraph a row, tables between empty rows."""
    rows: list[str] = []
    merged: list[str] = []
    row = 0
    for item in items:
        if isinstance(item, Text):
            shown = f"• {item.text}" if item.kind == "bullet" else item.text
            rows.append(f'<row r="{row + 1}">{text_cell(row, 0, shown, item.level)}</row>')
            row += 1
            continue
        row += 1
        for number in range(item.n_rows):
            cells = [cell for cell in item.row(number) if cell is not None]
            rows.append(
                f'<row r="{row + number + 1}">'
                + "".join(text_cell(row + number, cell.col, "\n".join(_shown(cell.texts))) for cell in cells)
                + "</row>"
            )
            merged += [
                f'<mergeCell ref="{_column(cell.col)}{row + number + 1}:'
                f'{_column(cell.col + cell.col_span - 1)}{row + number + cell.row_span}"/>'
                for cell in cells
                if cell.row_span > 1 or cell.col_span > 1
            ]
        row += item.n_rows + 1
    return xlsx(sheet("".join(rows), behind=f"<mergeCells>{''.join(merged)}</mergeCells>"), names=["Raportti"])


def _shown(texts: Sequence[Text]) -> list[str]:
    return [f"• {text.text}" if text.kind == "bullet" else text.text for text in texts]


# Slides

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"


def pptx(*slides: str, attributes: Sequence[str] = (), **parts: str) -> bytes:
    """A slide show of these slides' shapes; `attributes` are what the slides' root elements say."""
    said = [*attributes, *[""] * (len(slides) - len(attributes))]
    names = [f"slides/slide{number}.xml" for number in range(1, len(slides) + 1)]
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in range(1, len(slides) + 1))
    spaces = f'xmlns:p="{_SLIDE}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"'
    return zipped(
        {
            "_rels/.rels": relations("ppt/presentation.xml"),
            "ppt/presentation.xml": f"<p:presentation {spaces}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(*names),
            **{
                f"ppt/{name}": f"<p:sld {spaces} {attribute}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
                for name, shapes, attribute in zip(names, slides, said, strict=True)
            },
            **parts,
        }
    )


def box(paragraphs: str, holder: str = "", top: int = 0, left: int = 0) -> str:
    """A shape with text at a place; `holder` is the kind of place for text that it fills."""
    place = f'<p:nvPr><p:ph type="{holder}"/></p:nvPr>' if holder else ""
    frame = f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/></a:xfrm></p:spPr>'
    return f"<p:sp><p:nvSpPr>{place}</p:nvSpPr>{frame}<p:txBody>{paragraphs}</p:txBody></p:sp>"


def slide_text(text: str, kind: str = "paragraph") -> str:
    """A paragraph on a slide."""
    marks = {
        "bullet": '<a:pPr><a:buChar char="•"/></a:pPr>',
        "number": '<a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr>',
    }
    return f"<a:p>{marks.get(kind, '')}<a:r><a:t>{escape(text)}</a:t></a:r></a:p>"


def to_pptx(items: Sequence[Item]) -> bytes:
    """A report as slides: each heading heads one, below it boxes of text and tables."""
    slides: list[list[str]] = [[]]
    run: list[str] = []

    def close() -> None:
        if run:
            slides[-1].append(box("".join(run), top=1_000_000 * len(slides[-1]) + 1_000_000))
            run.clear()

    for item in items:
        if isinstance(item, Grid):
            close()
            slides[-1].append(_slide_table(item, 1_000_000 * len(slides[-1]) + 1_000_000))
        elif item.level:
            close()
            slides.append([box(slide_text(item.text), "title")])
        else:
            run.append(slide_text(item.text, item.kind))
    close()
    return pptx(*("".join(shapes) for shapes in slides if shapes))


def _slide_table(grid: Grid, top: int) -> str:
    rows = []
    for number in range(grid.n_rows):
        cells = []
        for cell in grid.row(number):
            if cell is None:
                cells.append('<a:tc hMerge="1"><a:txBody><a:p/></a:txBody></a:tc>')
                continue
            inside = "".join(slide_text(text.text, text.kind) for text in cell.texts) or "<a:p/>"
            spans = f'gridSpan="{cell.col_span}" rowSpan="{cell.row_span}"'
            cells.append(f"<a:tc {spans}><a:txBody>{inside}</a:txBody></a:tc>")
        rows.append(f"<a:tr>{''.join(cells)}</a:tr>")
    table = f"<a:graphic><a:graphicData><a:tbl>{''.join(rows)}</a:tbl></a:graphicData></a:graphic>"
    frame = f'<p:xfrm><a:off x="0" y="{top}"/></p:xfrm>'
    return f"<p:graphicFrame>{frame}{table}</p:graphicFrame>"


# Rich Text


def rtf(body: str, fonts: str = "", styles: str = "") -> bytes:
    """A Rich Text file of this body, in Windows' code page of Western Europe."""
    head = f"{{\\fonttbl{{\\f0 Arial;}}{{\\f1\\fcharset2 Symbol;}}{fonts}}}{{\\stylesheet{{\\s0 Normal;}}{styles}}}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{head}\n{body}}}".encode("cp1252")


def rtf_text(text: str) -> str:
    """Text as a Rich Text file spells it: bytes of the code page in hexadecimal, other characters by number."""
    parts = []
    for char in text:
        try:
            code = char.encode("cp1252")[0]
        except UnicodeEncodeError:
            parts.append(f"\\u{ord(char) if ord(char) < 32768 else ord(char) - 65536}?")
            continue
        parts.append(f"\\{char}" if char in "\\{}" else char if code < 128 else f"\\'{code:02x}")
    return "".join(parts)


_RTF_STYLES = "".join(f"{{\\s{level}\\outlinelevel{level - 1} heading {level};}}" for level in _LEVELS)


def to_rtf(items: Sequence[Item]) -> bytes:
    """A report as a Rich Text file."""
    parts: list[str] = []
    for kind, run in groupby(items, lambda item: "grid" if isinstance(item, Grid) else item.kind):
        if kind == "grid":
            parts += [_rtf_table(grid) for grid in run if isinstance(grid, Grid)]
        else:
            shown = _rtf_paragraphs([text for text in run if isinstance(text, Text)])
            parts += [f"\\pard{paragraph}\\par\n" for paragraph in shown]
    return rtf("".join(parts), styles=_RTF_STYLES)


def _rtf_paragraphs(texts: Sequence[Text]) -> list[str]:
    found = []
    for number, text in enumerate(texts, 1):
        label = {"bullet": "{\\listtext\\f1\\'b7\\tab}", "number": f"{{\\listtext {number}.\\tab}}"}.get(text.kind, "")
        style = f"\\s{text.level} " if text.level else " "
        found.append(f"{style}{label}{rtf_text(text.text)}")
    return found


def _rtf_table(grid: Grid) -> str:
    rows = []
    for number in range(grid.n_rows):
        defined, cells, col = [], [], 0
        while col < grid.n_cols:
            own = next((one for one in grid.cells if _covers(one, number, col)), None)
            if own is None:
                own = GridCell(number, col, 1, 1, ())
            goes_on = own.row < number
            merge = "\\clvmrg" if goes_on else "\\clvmgf" if own.row_span > 1 else ""
            col = own.col + own.col_span
            defined.append(f"{merge}\\cellx{1000 * col}")
            runs = [list(run) for _, run in groupby(() if goes_on else own.texts, lambda text: text.kind)]
            cells.append("\\par ".join(one for run in runs for one in _rtf_paragraphs(run)) + "\\cell")
        rows.append(f"\\trowd{''.join(defined)}\\pard\\intbl{''.join(cells)}\\row\n")
    return "".join(rows) + "\\pard"


def _covers(cell: GridCell, row: int, col: int) -> bool:
    return cell.row <= row < cell.row + cell.row_span and cell.col <= col < cell.col + cell.col_span


# Mails


def to_eml(items: Sequence[Item]) -> bytes:
    """A report as the words of a mail."""
    message = EmailMessage()
    message["From"] = "hanke@example.org"
    message.set_content(to_text(items), charset="utf-8", cte="base64")
    return message.as_bytes()


def to_msg(items: Sequence[Item]) -> bytes:
    """The same as Outlook saves it."""
    return outlook({0x1000: to_text(items)})


def to_doc(items: Sequence[Item]) -> bytes:
    """A report as many a file named .doc is: Rich Text."""
    return to_rtf(items)


WRITERS: dict[str, Callable[[Sequence[Item]], bytes]] = {
    "odt": to_odt,
    "rtf": to_rtf,
    "pptx": to_pptx,
    "xlsx": to_xlsx,
    "eml": to_eml,
    "msg": to_msg,
    "doc": to_doc,
}
"""What writes a report in a format, by the format's name."""
