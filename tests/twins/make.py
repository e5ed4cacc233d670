"""Makes the twins: the same reports as txt, docx, html and PDF, written by real programs, with known truth.

For developers; the tests only read what it has made. Run it from the checkout's root, for all reports or for some:

    PYTHONPATH=. .venv/bin/python -m tests.twins.make [--unprinted] [NAME ...]

`--unprinted` prints no PDFs, for machines without the programs for it, but brings the bookmarks and tags of those that
are there to the headings of today (`restate.py`). Otherwise it needs `soffice` (LibreOffice 7.4 or newer) and
`chromium` on the path. Contents come from the text samples of `data/raw` and from `sources/NAME.html`; the reports of
`sources` are those that `data/raw` has in other formats.

    word/NAME.docx, .pdf      python-docx writes the first, LibreOffice the second from it
    browser/NAME.html, .pdf   a page as saved from a community's site, and what Chromium prints of it
    */NAME.truth.txt          what `poimuri bench pdf` measures against
    sources/NAME.txt          the text twin of a report that data/raw has in another format
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Literal

import regex
from lxml import html as lxml_html

from extractors.document import Document, Section, Span, Table, fold
from pipeline.process import analysed
from tests.twins.restate import restate

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RAW = ROOT / "data" / "raw"
WORD, BROWSER, SOURCES = HERE / "word", HERE / "browser", HERE / "sources"


# Contents


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, list item or heading; a `field` is a heading of a page's metadata."""

    text: str
    kind: Literal["paragraph", "bullet", "number", "heading", "field"] = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A table's cell, at its first row and column."""

    row: int
    col: int
    row_span: int
    col_span: int
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its first `n_header` rows are its heading."""

    n_rows: int
    n_cols: int
    n_header: int
    cells: tuple[GridCell, ...]

    def row(self, number: int) -> list[GridCell | None]:
        """A row's cells by column; None where a cell of another column or row covers it."""
        found: list[GridCell | None] = [None] * self.n_cols
        for cell in self.cells:
            if cell.row == number:
                found[cell.col] = cell
        return found


Item = Text | Grid


@dataclass(frozen=True, slots=True)
class Style:
    """How a report is laid out in print."""

    title: str
    word_landscape: bool = False
    word_tagged: bool = False
    word_header_rows: bool = False
    browser_landscape: bool = False
    browser_tagged: bool = True
    browser_header_rows: bool = False
    browser_css: str = ""
    soft_hyphens: bool = False
    font: str = "Liberation Sans"
    size: float = 10.5
    raw: str | None = None


_CELLS_BREAK = "td, th { overflow-wrap: anywhere; } table { table-layout: fixed; }"
_MARGIN_BOXES = '@page { @top-left { content: "%s"; } @bottom-right { content: counter(page); } }'

STYLES = {
    "suursaari_oma-arviointi": Style(
        "Suursaaren oma-arviointi", word_landscape=True, word_header_rows=True, browser_css="main { font-size: 13pt; }"
    ),
    "meri-saimaa_oma-arviointi": Style(
        "Meri-Saimaan oma-arviointi", browser_header_rows=True, browser_tagged=False, font="Liberation Serif", size=12
    ),
    "yla-vuoksi_oma-arviointi": Style("Ylä-Vuoksen oma-arviointi", word_tagged=True, size=11),
    "merenselka_kokonaisuus": Style("Merenselkä: Lähellä ja ajoissa", browser_css="p, li { text-align: justify; }"),
    "suursaari_kokonaisuus": Style(
        "Suursaari: Yhdellä soitolla", browser_tagged=False, font="Liberation Serif", size=11
    ),
    "aarnijoki_toimintamalli": Style(
        "Liikahduksia",
        browser_css="main { columns: 3; column-gap: 8mm; font-size: 9pt; } p { text-align: justify; }",
        soft_hyphens=True,
    ),
    "hiidenvuori_oma-arviointi": Style(
        "Hiidenvuoren oma-arvioinnin raportointi",
        word_landscape=True,
        word_header_rows=True,
        browser_landscape=True,
        browser_header_rows=True,
        browser_css="main { font-size: 11.5pt; } " + _CELLS_BREAK + " " + _MARGIN_BOXES % "Hiidenvuori 2022",
        size=10,
        raw="browser/hiidenvuori_oma-arviointi.pdf",
    ),
    "kuusiharju_oma-arviointi": Style("Kuusiharjun oma-arviointi", size=11, raw="word/kuusiharju_oma-arviointi.docx"),
    "lintusalo_kokonaisuus": Style("Lintusalo: Pesästä lentoon", raw="browser/lintusalo_kokonaisuus.html"),
}


def contents(name: str) -> list[Item]:
    """A report's contents, from its source."""
    source = SOURCES / f"{name}.html"
    if source.exists():
        return list(from_html(source.read_text(encoding="utf-8")))
    return list(from_text((RAW / f"{name}.txt").read_bytes(), f"{name}.txt"))


_NUMBERED = regex.compile(r"(\d{1,2})\. ")
_FIELDS = frozenset(
    (
        "kokonaisuuden_nimi",
        "lyhyt_kuvaus",
        "tarkoitus_ja_tavoitteet",
        "toimiaika",
        "toimijat",
        "rahoittaja",
        "yhteyshenkilo_nimi",
        "yhteyshenkilo_organisaatio",
        "yhteyshenkilo_sahkoposti",
        "toteutuspaikka",
        "alue",
        "tekija",
        "luotu",
        "viimeksi_muokattu",
    )
)


def from_text(data: bytes, name: str) -> Iterator[Item]:
    """A text sample's contents: what the project's reader and outline find in it."""
    whole = analysed(data, name)
    document, sections = whole, list(whole.sections)
    items: list[tuple[int, Item]] = [(table.start, _grid(document, table)) for table in document.tables]
    for block in document.blocks:
        heading = next((s for s in sections if s.heading.start < block.end and s.heading.end > block.start), None)
        if heading is None:
            text = _words(document, block.lines)
            items.append((block.start, Text(text, "bullet" if block.kind == "list_item" else "paragraph")))
        elif heading.heading.start >= block.start:
            items.append((block.start, _heading(document, heading, block.end)))
    items.sort(key=lambda item: item[0])
    yield from _numbered([item for _, item in items])


def _heading(document: Document, section: Section, block_end: int) -> Text:
    """A heading as it stands in its line, what follows it on the line included."""
    end = max(section.heading.end, block_end)
    kind: Literal["field", "heading"] = "field" if section.field in _FIELDS else "heading"
    return Text(fold(document.text[section.heading.start : end]), kind, section.level)


def _words(document: Document, spans: Iterable[Span]) -> str:
    return fold(" ".join(span.of(document.text) for span in spans))


def _grid(document: Document, table: Table) -> Grid:
    """A table of a text; an empty first cell below a filled one is what its merged cell left."""
    cells: list[GridCell] = []
    first: GridCell | None = None
    for cell in table.cells:
        texts = tuple(Text(_words(document, [span])) for span in cell.spans)
        if cell.col == 0 and not texts and first is not None and cell.col_span == 1:
            cells[cells.index(first)] = first = replace(first, row_span=cell.row - first.row + 1)
            continue
        cells.append(GridCell(cell.row, cell.col, 1, cell.col_span, texts))
        if cell.col == 0:
            first = cells[-1]
    return Grid(table.n_rows, table.n_cols, cells[0].row_span, tuple(cells))


def _numbered(items: Sequence[Item]) -> Iterator[Item]:
    """Three or more paragraphs that count from one become a numbered list."""
    run: list[Text] = []
    for item in [*items, None]:
        match = _NUMBERED.match(item.text) if isinstance(item, Text) and item.kind == "paragraph" else None
        if match and isinstance(item, Text) and int(match[1]) == len(run) + 1:
            run.append(item)
            continue
        is_list = len(run) > 2
        yield from (Text(_NUMBERED.sub("", one.text, 1), "number") if is_list else one for one in run)
        run = []
        if item is not None:
            yield item


def from_html(source: str) -> Iterator[Item]:
    """A source page's contents: its body's headings, paragraphs, lists, tables and metadata, nothing else."""
    body = lxml_html.document_fromstring(source).find("body")
    for element in body if body is not None else ():
        yield from _element(element)


def _element(element: Any) -> Iterator[Item]:
    tag = element.tag
    if tag in ("h1", "h2", "h3", "h4"):
        yield Text(fold(element.text_content()), "heading", int(tag[1]))
    elif tag == "p":
        yield Text(fold(element.text_content()))
    elif tag in ("ul", "ol"):
        for item in element:
            yield Text(fold(item.text_content()), "bullet" if tag == "ul" else "number")
    elif tag == "dl":
        for item in element:
            if item.tag == "dt":
                yield Text(fold(item.text_content()), "field", 2)
            else:
                for child in item:
                    yield from _element(child)
    elif tag == "table":
        yield _html_grid(element)
    else:
        raise ValueError(f"<{tag}> has no meaning in a source page")


def _html_grid(element: Any) -> Grid:
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    rows = list(element.iter("tr"))
    for number, row in enumerate(rows):
        col = 0
        for item in row:
            while (number, col) in taken:
                col += 1
            texts = tuple(text for child in item for text in _element(child) if isinstance(text, Text))
            if not len(item) and fold(item.text_content()):
                texts = (Text(fold(item.text_content())),)
            cell = GridCell(number, col, int(item.get("rowspan", "1")), int(item.get("colspan", "1")), texts)
            taken |= {(number + r, col + c) for r in range(cell.row_span) for c in range(cell.col_span)}
            cells.append(cell)
    return Grid(len(rows), max(col for _, col in taken) + 1, cells[0].row_span, tuple(cells))


# As text, and as truth


def _lines(texts: Iterable[Text]) -> Iterator[str]:
    """Paragraphs as they are shown, a line each."""
    number = 0
    for text in texts:
        number = number + 1 if text.kind == "number" else 0
        marker = "• " if text.kind == "bullet" else f"{number}. " if number else ""
        yield marker + text.text


def to_text(items: Sequence[Item]) -> str:
    """Contents as a word processor's text export has them."""
    parts: list[str] = []
    for is_grid, run in groupby(items, lambda item: isinstance(item, Grid)):
        if is_grid:
            parts += ["\n\n".join(_text_rows(grid)) + "\n" for grid in run if isinstance(grid, Grid)]
            continue
        texts = [item for item in run if isinstance(item, Text)]
        for text, line in zip(texts, _lines(texts), strict=True):
            parts.append(f"\n{line}" if text.kind == "heading" and text.level == 1 and parts else line)
    return "\n".join(parts) + "\n"


def _text_rows(grid: Grid) -> Iterator[str]:
    """A row's cells a line each behind a TAB; cells merged over columns are missing, those over rows are empty."""
    covered = {(r, c.col) for c in grid.cells for r in range(c.row + 1, c.row + c.row_span)}
    for number in range(grid.n_rows):
        row = grid.row(number)
        shown = [
            "\t" + ("\n".join(_lines(cell.texts)) if cell else "")
            for col, cell in enumerate(row)
            if cell or (number, col) in covered
        ]
        yield "\n".join(shown)


def to_truth(items: Sequence[Item]) -> str:
    """Contents as `pipeline.bench.pdf` wants its truth."""
    lines: list[str] = []
    for is_grid, run in groupby(items, lambda item: isinstance(item, Grid)):
        if not is_grid:
            lines += _lines(item for item in run if isinstance(item, Text))
            continue
        for grid in run:
            assert isinstance(grid, Grid)
            for number in range(grid.n_rows):
                cells = [" ".join(_lines(cell.texts)) if cell else "" for cell in grid.row(number)]
                lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


# Word


def to_docx(items: Sequence[Item], style: Style, path: Path) -> None:
    """Write a Word file with its own headings, lists, tables, a running header and a footer with the page's number."""
    from docx import Document as new_document
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = new_document()
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[name]
    section = document.sections[0]
    width, height = (297, 210) if style.word_landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if style.word_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(20)
    document.core_properties.title = style.title
    document.core_properties.author = "Poimuri"
    document.core_properties.created = document.core_properties.modified = datetime(2024, 1, 1)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = style.font, Pt(style.size)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fi-FI")
    section.header.paragraphs[0].text = style.title
    footer = section.footer.paragraphs[0]
    footer.add_run("Sivu ")
    for tag, mark in (("w:fldChar", "begin"), ("w:instrText", "PAGE"), ("w:fldChar", "end")):
        element = OxmlElement(tag)
        if tag == "w:fldChar":
            element.set(qn("w:fldCharType"), mark)
        else:
            element.text = mark
        footer.add_run()._r.append(element)

    names = {"bullet": "List Bullet", "number": "List Number"}
    for item in items:
        if isinstance(item, Text):
            heading = f"Heading {item.level}" if item.level else "Normal"
            document.add_paragraph(item.text, names.get(item.kind, heading))
            continue
        table = document.add_table(item.n_rows, item.n_cols, "Table Grid")
        table.autofit = False
        widths = _widths(item, width - 40)
        for row in table.rows:
            for cell, share in zip(row.cells, widths, strict=True):
                cell.width = Mm(share)
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Mm(share)
        for one in item.cells:
            last = table.cell(one.row + one.row_span - 1, one.col + one.col_span - 1)
            cell = table.cell(one.row, one.col).merge(last)
            for number, text in enumerate(one.texts):
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                paragraph.style = document.styles[names.get(text.kind, "Normal")]
                paragraph.add_run(text.text).bold = one.row < item.n_header
                paragraph.paragraph_format.space_after = Pt(3)
        for row in table.rows[: item.n_header] if style.word_header_rows else ():
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        document.add_paragraph()
    document.save(str(path))


def _widths(grid: Grid, total: float) -> list[float]:
    """Widths of a table's columns by how much they hold, none narrower than its longest word in small print."""
    needed, held = [0] * grid.n_cols, [0] * grid.n_cols
    for cell in grid.cells:
        if cell.col_span == 1:
            text = " ".join(text.text for text in cell.texts)
            needed[cell.col] = max(needed[cell.col], *(len(word) for word in text.split()), 4)
            held[cell.col] = max(held[cell.col], len(text))
    least = [min(0.9 * total / grid.n_cols, 6 + 2.3 * one) for one in needed]
    free = max(0.0, total - sum(least))
    weights = [one**0.6 for one in held]
    return [one + free * weight / max(1.0, sum(weights)) for one, weight in zip(least, weights, strict=True)]


# Web page


_PAGE = """<!doctype html>
<html lang="fi">
<head>
<meta charset="utf-8">
<title>{title} | Kehittäjien kylä</title>
<style>
body {{ font-family: "Liberation Sans", sans-serif; line-height: 1.35; margin: 0; }}
main {{ font-size: 10.5pt; }}
h1 {{ font-size: 1.6em; }} h2 {{ font-size: 1.35em; }} h3 {{ font-size: 1.15em; }}
table {{ border-collapse: collapse; width: 100%; margin: 1em 0; }}
td, th {{ border: 1px solid #444; padding: 3px 5px; text-align: left; vertical-align: top; }}
td p, th p {{ margin: 0 0 4px; }}
dt {{ font-weight: bold; margin-top: 0.6em; }} dd {{ margin: 0; }}
svg {{ width: 12px; height: 12px; }}
@page {{ size: A4 {orientation}; margin: 18mm 16mm; }}
.visually-hidden {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); }}
@media print {{ .site, nav, aside, footer, form, .visually-hidden {{ display: none; }} }}
{css}
</style>
<script>window.site = {{"page": "{title}", "updated": "1.1.2024"}};</script>
</head>
<body>
<a class="visually-hidden" href="#sisalto">Hyppää sisältöön</a>
<header class="site" role="banner"><a href="/">Kehittäjien kylä</a>
<nav aria-label="Päävalikko"><ul><li><a href="/haku">Haku</a></li><li><a href="/uutiset">Uutiset 2024</a></li>
<li><a href="/ohjeet">Ohjeet</a></li></ul></nav>
<form action="/haku"><label for="q">Hae sivustolta</label><input id="q"><button>Hae</button></form></header>
<nav aria-label="Murupolku"><ol><li><a href="/">Etusivu</a></li><li>{title}</li></ol></nav>
<main id="sisalto">
{main}
</main>
<aside><h2>Katso myös</h2><ul><li><a href="/1">Viikon toimintamalli</a></li></ul></aside>
<footer><p>Kehittäjien kylä, puh. 019 555 0100. Tietosuoja. Saavutettavuusseloste 23.9.2020.</p></footer>
</body>
</html>
"""
_ICON = (
    '<svg viewBox="0 0 12 12" aria-hidden="true"><title>icon/chevron-down</title><desc>Created with Sketch.</desc>'
    '<path d="M1 3l5 5 5-5" fill="none" stroke="#000"/></svg> '
)
_SYLLABLE = regex.compile(r"(?<=\p{L}{3})(?=[bcdfghjklmnpqrstvwxz][aeiouyäöå]\p{L}{2})", regex.IGNORECASE)
_LONG_WORD = regex.compile(r"\b\p{L}{8,}")


def to_html(items: Sequence[Item], style: Style) -> str:
    """Contents as a page saved from a community's site."""
    parts: list[str] = []
    icon = _ICON
    for kind, run in groupby(items, _run_kind()):
        if kind == "grid":
            parts += [_table(grid, style) for grid in run if isinstance(grid, Grid)]
            continue
        texts = [item for item in run if isinstance(item, Text)]
        if kind == "fields":
            parts.append(_fields(texts, style))
        elif kind == "heading":
            for text in texts:
                name = f"h{text.level}"
                parts.append(f"<{name}>{icon if text.level == 1 else ''}{_shown(text.text, style)}</{name}>")
                icon = "" if text.level == 1 else icon
        else:
            parts.append(_paragraphs(texts, style))
    css = style.browser_css
    orientation = "landscape" if style.browser_landscape else "portrait"
    return _PAGE.format(title=escape(style.title), orientation=orientation, css=css, main="\n".join(parts))


def _run_kind() -> Any:
    """Says for one item after the other what it stands with: metadata fields keep the paragraphs below them."""
    in_fields = False

    def kind(item: Item) -> str:
        nonlocal in_fields
        if isinstance(item, Grid):
            in_fields = False
            return "grid"
        in_fields = item.kind == "field" or (in_fields and item.kind != "heading")
        return "fields" if in_fields else "heading" if item.kind == "heading" else "text"

    return kind


def _shown(text: str, style: Style) -> str:
    if style.soft_hyphens:
        text = _LONG_WORD.sub(lambda match: _SYLLABLE.sub("\u00ad", match[0]), text)
    return escape(text, quote=False).replace("\u00ad", "&shy;")


def _paragraphs(texts: Sequence[Text], style: Style) -> str:
    parts: list[str] = []
    for kind, run in groupby(texts, lambda text: text.kind):
        if kind in ("bullet", "number"):
            name = "ul" if kind == "bullet" else "ol"
            items = "\n".join(f"<li>{_shown(text.text, style)}</li>" for text in run)
            parts.append(f"<{name}>\n{items}\n</{name}>")
        else:
            parts += [f"<p>{_shown(text.text, style)}</p>" for text in run]
    return "\n".join(parts)


def _fields(texts: Sequence[Text], style: Style) -> str:
    starts = [number for number, text in enumerate(texts) if text.kind == "field"]
    parts = []
    for start, end in pairwise([*starts, len(texts)]):
        parts.append(f"<dt>{_shown(texts[start].text, style)}</dt>")
        parts.append(f"<dd>{_paragraphs(texts[start + 1 : end], style)}</dd>")
    return "<dl>\n" + "\n".join(parts) + "\n</dl>"


def _table(grid: Grid, style: Style) -> str:
    rows = []
    for number in range(grid.n_rows):
        name = "th" if number < grid.n_header else "td"
        cells = []
        for cell in grid.row(number):
            if cell is None:
                continue
            spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
            spans += f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
            is_plain = len(cell.texts) == 1 and cell.texts[0].kind == "paragraph"
            shown = _shown(cell.texts[0].text, style) if is_plain else _paragraphs(cell.texts, style)
            cells.append(f"<{name}{spans}>{shown}</{name}>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    columns = ""
    if style.browser_landscape:
        widths = "".join(f'<col style="width: {one:.0f}mm">' for one in _widths(grid, 265))
        columns = f"<colgroup>{widths}</colgroup>"
    if style.browser_header_rows:
        rows.insert(grid.n_header, "</thead><tbody>")
        return f"<table>{columns}<thead>\n" + "\n".join(rows) + "\n</tbody></table>"
    return f"<table>{columns}\n" + "\n".join(rows) + "\n</table>"


# Programs


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr.strip()}")


def print_docx(path: Path, is_tagged: bool) -> None:
    """LibreOffice writes NAME.pdf beside NAME.docx."""
    tagged = "true" if is_tagged else "false"
    options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": tagged}})
    with tempfile.TemporaryDirectory() as profile:
        place = f"-env:UserInstallation={Path(profile).as_uri()}"
        _run(
            "soffice",
            place,
            "--headless",
            "--convert-to",
            f"pdf:writer_pdf_Export:{options}",
            "--outdir",
            str(path.parent),
            str(path),
        )


def print_html(path: Path, is_tagged: bool) -> None:
    """Chromium writes NAME.pdf beside NAME.html."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    if not is_tagged:
        options.append("--disable-pdf-tagging")
    with tempfile.TemporaryDirectory() as profile:
        out = f"--print-to-pdf={path.with_suffix('.pdf')}"
        _run("chromium", *options, f"--user-data-dir={profile}", out, path.as_uri())


def make(name: str, *, printed: bool = True) -> None:
    """Make all twins of a report; those that are not `printed` keep their PDFs, which state today's headings."""
    style, items = STYLES[name], contents(name)
    for folder in (WORD, BROWSER):
        folder.mkdir(exist_ok=True)
        if printed:
            (folder / f"{name}.truth.txt").write_text(to_truth(items), encoding="utf-8")
    if style.raw and (printed or not style.raw.endswith(".pdf")):
        (HERE / style.raw).unlink(missing_ok=True)
    if style.raw:
        (SOURCES / f"{name}.txt").write_text(to_text(items), encoding="utf-8")
    to_docx(items, style, WORD / f"{name}.docx")
    if printed:
        print_docx(WORD / f"{name}.docx", style.word_tagged)
    (BROWSER / f"{name}.html").write_text(to_html(items, style), encoding="utf-8")
    if printed:
        print_html(BROWSER / f"{name}.html", style.browser_tagged)
    if style.raw and not (HERE / style.raw).is_symlink():
        made = HERE / style.raw
        shutil.move(made, RAW / made.name)
        made.symlink_to(os.path.relpath(RAW / made.name, made.parent))
    if not printed:
        restate(WORD / f"{name}.pdf", WORD / f"{name}.docx")
        restate(BROWSER / f"{name}.pdf", BROWSER / f"{name}.html")


def main() -> None:
    printed = "--unprinted" not in sys.argv
    for program in ("soffice", "chromium") if printed else ():
        if not shutil.which(program):
            sys.exit(f"{program} is not on the path; install it, or leave the PDFs as they are with --unprinted")
    for name in [name for name in sys.argv[1:] if name != "--unprinted"] or STYLES:
        make(name, printed=printed)
        print(name)


if __name__ == "__main__":
    main()
