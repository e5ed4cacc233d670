"""Lines and tables as a file: text as a word processor or a page's text layer has it, Word, or a web page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from html import escape
from io import BytesIO
from typing import Any

from tests.habits.office import Office
from tests.habits.render.page import Box, Grid, Item, Line

LISTS = ("bullet", "contents")
LAYER_WIDTHS = {"area": 16, "project": 24, "other": 34, "results": 54}


def written(items: Iterable[Item], office: Office) -> bytes:
    """The document's bytes in the office's format."""
    if office.format == "docx":
        return _docx(items, office)
    if office.format == "html":
        return _html(items, office).encode()
    return _text(items, office).encode()


# Text


def _text(items: Iterable[Item], office: Office) -> str:
    blocks = list(_text_blocks(items, office))
    if office.page_numbers:
        for number, at in enumerate(range(12, len(blocks), 13), 1):
            blocks[at] = f"{blocks[at]}\n\n{number}\n\n"
    return "\n".join(blocks) + "\n"


def _text_blocks(items: Iterable[Item], office: Office) -> Iterator[str]:
    """Paragraphs and tables. Before a heading stands a blank line; in wrapped text also between paragraphs, though not
    between the items of a list; between two tables stands an empty paragraph, without which they would be one."""
    above = ""
    for number, item in enumerate(items):
        if isinstance(item, Grid):
            if above == "table" and not office.row_a_line:
                yield ""
            yield _layer(item) if office.layer and item.kind == "projects" else _text_table(item, office)
            above = "table"
            continue
        text = _wrapped(item, office)
        apart = item.kind == "heading" or (office.width and not (above in LISTS and item.kind in LISTS))
        yield f"\n{text}" if apart and number else text
        above = item.kind


def _wrapped(item: Line, office: Office) -> str:
    marker = f"{office.bullet} " if item.kind == "bullet" else ""
    indent = "  " * item.depth
    if not office.width or item.kind == "contents":
        return indent + marker + item.text
    lines = textwrap.wrap(
        item.text,
        office.width,
        initial_indent=indent + marker,
        subsequent_indent=indent + " " * len(marker),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _text_table(grid: Grid, office: Office) -> str:
    """A row's cells a line each behind a TAB, or a row a line; merged cells are printed once."""
    if office.row_a_line:
        rows = ["\t".join(" ".join(box.texts) if box else "" for box in row) for row in grid.rows]
        return "\n".join(rows) + "\n"
    covered = {
        (r, c)
        for top, row in enumerate(grid.rows)
        for c, box in enumerate(row)
        if box
        for r in range(top + 1, top + box.rows)
    }
    shown = []
    for number, row in enumerate(grid.rows):
        boxes = [(box, c) for c, box in enumerate(row) if box or (number, c) in covered]
        shown.append("\n".join("\t" + ("\n".join(box.texts) if box else "") for box, _ in boxes))
    return "\n\n".join(shown) + "\n"


def _layer(grid: Grid) -> str:
    """A landscape table as its page's text layer has it: one cell after the other, wrapped to its column."""
    n_cols = len(grid.rows[0])
    widths = [LAYER_WIDTHS["area"], LAYER_WIDTHS["project"], *[LAYER_WIDTHS["other"]] * (n_cols - 3)]
    widths.append(LAYER_WIDTHS["results"])
    parts = []
    for row in grid.rows:
        for box, width in zip(row, widths, strict=True):
            parts += [textwrap.fill(text, width, break_long_words=False) for text in box.texts if text] if box else []
    return "\n" + "\n\n".join(parts) + "\n"


# Word


def _docx(items: Iterable[Item], office: Office) -> bytes:
    from docx import Document as new_document
    from docx.oxml.ns import qn

    document = new_document()
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fi-FI")
    if office.numbering == "automatic":
        _number_headings(document)
    for item in items:
        if isinstance(item, Grid):
            _docx_table(document, item)
            document.add_paragraph()
        else:
            _docx_line(document, item, office)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx_line(document: Any, item: Line, office: Office) -> None:
    if item.kind == "heading" and not office.bold_headings:
        paragraph = document.add_paragraph(item.text, f"Heading {item.level}")
        if office.numbering == "automatic" and not item.automatic:
            _unnumbered(paragraph)
        return
    if item.kind == "bullet" and office.bullet == "•":
        document.add_paragraph(item.text, "List Bullet 2" if item.depth else "List Bullet")
        return
    marker = f"{office.bullet} " if item.kind == "bullet" else ""
    label, colon, rest = item.text.partition(":") if item.kind == "labelled" else ("", "", "")
    paragraph = document.add_paragraph()
    if label:
        paragraph.add_run(label + colon).bold = True
        paragraph.add_run(rest)
    else:
        run = paragraph.add_run(marker + item.text)
        run.bold = item.kind in ("heading", "label", "title", "state") or None
    if item.kind == "caption":
        paragraph.style = document.styles["Caption"]


def _docx_table(document: Any, grid: Grid) -> None:
    table = document.add_table(len(grid.rows), len(grid.rows[0]), "Table Grid")
    cells = [list(row.cells) for row in table.rows]
    for r, row in enumerate(grid.rows):
        for c, box in enumerate(row):
            if box is None:
                continue
            cell = cells[r][c]
            if box.rows > 1 or box.cols > 1:
                cell = cell.merge(cells[r + box.rows - 1][c + box.cols - 1])
            cell.text = box.texts[0]
            for text in box.texts[1:]:
                cell.add_paragraph(text)


def _number_headings(document: Any) -> None:
    """Link the heading styles to a list of several levels, as Word's "1 Otsikko, 1.1 Otsikko" does."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{n + 1}"/>'
        f'<w:lvlText w:val="{".".join(f"%{k + 1}" for k in range(n + 1))}"/></w:lvl>'
        for n in range(2)
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for n in range(2):
        properties = document.styles[f"Heading {n + 1}"].element.get_or_add_pPr()
        mark = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{n}"/><w:numId w:val="90"/></w:numPr>'
        properties.insert_element_before(parse_xml(mark), "w:spacing", "w:outlineLvl")


def _unnumbered(paragraph: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    mark = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(mark))


# Web page

_PAGE = """<!doctype html>
<html lang="fi"><head><meta charset="utf-8"><title>Raportti</title></head>
<body><header><nav><ul><li><a href="/">Etusivu</a></li><li><a href="/haku">Haku</a></li></ul></nav></header>
<main>
{main}
</main>
<footer><p>Tietosuoja ja saavutettavuus</p></footer></body></html>
"""


def _html(items: Iterable[Item], office: Office) -> str:
    parts: list[str] = []
    open_list = False
    for item in items:
        native = isinstance(item, Line) and item.kind == "bullet" and office.bullet == "•"
        if native != open_list:
            parts.append("<ul>" if native else "</ul>")
            open_list = native
        parts.append(_html_table(item) if isinstance(item, Grid) else _html_line(item, office, native=native))
    return _PAGE.format(main="\n".join([*parts, "</ul>"] if open_list else parts))


def _html_line(item: Line, office: Office, *, native: bool) -> str:
    text = escape(item.text, quote=False)
    if native:
        return f"<ul><li>{text}</li></ul>" if item.depth else f"<li>{text}</li>"
    if item.kind == "heading" and not office.bold_headings:
        return f"<h{item.level}>{text}</h{item.level}>"
    if item.kind == "bullet":
        return f"<p>{escape(office.bullet)} {text}</p>"
    if item.kind == "labelled":
        label, colon, rest = text.partition(":")
        return f"<p><strong>{label}{colon}</strong>{rest}</p>"
    if item.kind in ("heading", "label", "title", "state"):
        return f"<p><strong>{text}</strong></p>"
    return f"<p>{text}</p>"


def _html_table(grid: Grid) -> str:
    rows = []
    for number, row in enumerate(grid.rows):
        tag = "th" if number < grid.n_header else "td"
        rows.append("<tr>" + "".join(_html_cell(box, tag) for box in row if box) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _html_cell(box: Box, tag: str) -> str:
    spans = f' rowspan="{box.rows}"' * (box.rows > 1) + f' colspan="{box.cols}"' * (box.cols > 1)
    inner = "".join(f"<p>{escape(text, quote=False)}</p>" for text in box.texts)
    return f"<{tag}{spans}>{inner}</{tag}>"
