"""Read a PDF: its text in reading order, paragraphs, tables as grids, and where each word stands.

PDFium gives each page's lines and rules (`page`); rules become tables (`ruled_tables`), their parts on following
pages one grid (`page_breaks`), other lines paragraphs (`paragraphs`), some of them headings that the file states
(`stated_headings`), all of it one text (`compose`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import Any

import regex

from extractors.document import Layout
from pipeline.read.compose import Composer, Grid, GridCell, Paragraph
from pipeline.read.pdf.column_tables import column_tables
from pipeline.read.pdf.direction import reading_rotation
from pipeline.read.pdf.ocr import recognise
from pipeline.read.pdf.page import Marks, PageContent, Tag, TextLine, View, marked_content, read_marks, read_page
from pipeline.read.pdf.page_breaks import JoinedTable, continues, join_parts
from pipeline.read.pdf.paragraphs import Pitches, paragraphs, pitches, right_edges
from pipeline.read.pdf.ruled_tables import RuledTable, ruled_tables, take_words
from pipeline.read.pdf.split_rows import split_rows
from pipeline.read.pdf.stated_headings import Bookmark, bookmarks, stated_headings, tagged_lines
from pipeline.read.pdf.structure import MAX_CONTENTS, damage, is_bomb
from pipeline.read.pdf.typed import put_typed, typed_texts
from pipeline.rejects import UNREADABLE_FONTS, Reject

MAX_PAGES = 3_000
"""A longer file is refused: the longest real exports have some dozens."""

MANY_TEXTS = 20
"""Pieces of text on a page that cannot all be blank: where none gives a letter, its fonts do not name them."""

MARGIN = 0.16
"""Share of a page's height at its top and bottom in which running headers and footers stand."""

FEWEST_PAGES, MOST_PAGES, PAGES_SHARE = 2, 3, 0.5
"""Pages on which a running header stands at least: half of them, but two at least, and three are enough."""

SAME_HEIGHT = 4.0
"""Points: running headers stand at one height."""

COLUMN_GAP = 1.0
"""Of the font's size: a gap in a line that may part two columns, where other lines begin at its right side."""

WIDE_GAP = 8.0
"""The same for a gap that parts them in any case."""

SURE = 0.7
"""Confidence in a table below which its page is named."""

_PAGE_NUMBER = regex.compile(
    r"\P{L}{0,3}(?:\p{L}{1,6}\.?\s)?\(?(?P<number>\d{1,4})(?:\s*(?:/|\(|\p{L}{1,4})\s*\d{1,4}\)?)?\P{L}{0,3}"
)
_LIST_OPENER = regex.compile(r"[^\p{L}\p{N}]|o|\(?(?:\d{1,3}(?:\.\d{1,3})*|\p{L})[.)]?|\d{1,2}(?:\.\d{1,2})+")
_DIGITS = regex.compile(r"\d+")

Item = TextLine | RuledTable


@dataclass(slots=True)
class _Page:
    """A page's lines and tables in reading order, its running headers, footers and page number apart.

    `turned` are the quarters clockwise by which it is read otherwise than it is shown. `is_picture` says that it is a
    picture without text; `n_texts` and `n_unmapped` are PageContent's; `tags` are of lines that the structure tree
    calls headings, by their `id`.
    """

    number: int
    view: View
    items: list[Item]
    is_picture: bool
    n_texts: int
    n_unmapped: int
    furniture: list[TextLine] = field(default_factory=list)
    tags: dict[int, Tag] = field(default_factory=dict)
    turned: int = 0

    @property
    def height(self) -> float:
        return self.view.height


def read(data: bytes, *, ocr: bool = False) -> Layout:
    """Read a PDF; with `ocr` pages that are pictures are recognised. Raises Reject (stage `read`), OcrMissing."""
    pages, marks = _pages(data, ocr)
    blank = [page.number for page in pages if page.is_picture]
    read_by_ocr = [number for number in blank if ocr and pages[number - 1].items]
    if not any(page.items for page in pages):
        if any(page.n_texts > MANY_TEXTS for page in pages):
            raise Reject("read", "unreadable_text", UNREADABLE_FONTS)
        message = "no page has a text layer (a scan); run again with --ocr to recognise it"
        raise Reject("read", "no_text_layer", "text recognition found no words; scan it again" if ocr else message)
    warnings = ["repaired_structure"] * (damage(data) is not None)
    warnings += ["unmapped_characters"] * any(page.n_unmapped for page in pages)
    unsure = {item.page for page in pages for item in _tables_in(page.items) if item.confidence < SURE}
    warnings += [f"uncertain_table: {number}" for number in sorted(unsure)]
    _set_apart(pages)
    return replace(
        _compose(pages, marks),
        pages_without_text=tuple(number for number in blank if number not in read_by_ocr),
        pages_by_ocr=tuple(read_by_ocr),
        warnings=tuple(warnings),
    )


def _pages(data: bytes, ocr: bool) -> tuple[list[_Page], list[Bookmark]]:
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdfium_raw

    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise Reject("read", "wrong_format", "not a PDF file despite its name; export it again as PDF")
    if is_bomb(data):
        message = f"its pages unpack to more than {MAX_CONTENTS:,} bytes, as in no report; print it to PDF again"
        raise Reject("read", "too_large", message)
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) and b"/Encrypt" in data:  # PDFium may report an earlier file's error
            raise Reject("read", "encrypted", "the PDF asks for a password; save it without one") from None
        raise Reject("read", "broken_pdf", f"PDFium cannot open it ({error}); export it again") from None
    try:
        if len(pdf) > MAX_PAGES:
            raise Reject("read", "too_many_pages", f"{len(pdf):,} pages, the limit is {MAX_PAGES:,}; split the file")
        if pdf.get_formtype() != pdfium_raw.FORMTYPE_NONE:
            pdf.init_forms()
        pages: list[_Page] = []
        for number in range(1, len(pdf) + 1):
            pages.append(_page(pdf, number, ocr, _carried_from(pages[-1]) if pages else None))
        return pages, bookmarks(pdf, [page.view for page in pages])
    except pdfium.PdfiumError as error:
        raise Reject("read", "broken_pdf", f"PDFium cannot read a page ({error}); export it again") from None
    finally:
        pdf.close()


def _page(pdf: Any, number: int, ocr: bool, carried: RuledTable | None) -> _Page:
    handle = pdf[number - 1]
    text_page = handle.get_textpage()
    shown = handle.get_rotation() // 90
    rotation = reading_rotation(text_page.raw, shown)
    if rotation != shown:
        text_page.close()
        handle.set_rotation(90 * rotation)
        text_page = handle.get_textpage()
    view = View(handle.raw)
    content = read_page(handle.raw, text_page.raw, view, number)
    is_picture = not content.lines and content.n_images > 0
    if is_picture and ocr:
        content.lines = recognise(handle, number)
    across = _taken_across(content)
    form = pdf.formenv.raw if pdf.formenv else None
    put_typed(content.lines, list(typed_texts(handle.raw, form, view)), number)
    items = _in_order(content, ruled_tables(content), carried)
    page = _Page(number, view, items, is_picture, content.n_texts, content.n_unmapped)
    page.turned, page.furniture = (rotation - shown) % 4, across
    if not is_picture:
        _ask_tree(page, handle.raw, text_page.raw)
    text_page.close()
    handle.close()
    return page


def _carried_from(page: _Page) -> RuledTable | None:
    """The table that ends a page's body where words alone show its columns: it may go on on the next page."""
    body = [item for item in page.items if isinstance(item, RuledTable) or item.baseline < (1 - MARGIN) * page.height]
    last = max(body, key=_foot, default=None)
    return last if isinstance(last, RuledTable) and last.spans else None


def _taken_across(content: PageContent) -> list[TextLine]:
    """Take the lines that run across a page, a stamp, from the others; nothing where there are none else."""
    across = [line for line in content.lines if line.angle % 90]
    if not across or len(across) == len(content.lines):
        return []
    content.lines = [line for line in content.lines if not line.angle % 90]
    return across


def _may_go_on(table: Item, items: Sequence[Item], height: float) -> bool:
    """Whether a table begins or ends a page, margins apart: only such a table needs its rows named."""
    if not isinstance(table, RuledTable):
        return False
    lines = [item.baseline for item in items if isinstance(item, TextLine)]
    above = any(MARGIN * height < y < table.box.top for y in lines)
    below = any(table.box.bottom < y < (1 - MARGIN) * height for y in lines)
    return not (above and below)


def _ask_tree(page: _Page, handle: Any, text_page: Any) -> None:
    """Note what the structure tree says of a page's headings, and of the rows of tables that may go on."""
    marks = read_marks(handle)
    page.tags = tagged_lines(text_page, marks.headings, _lines_in(page.items))
    if marks.rows and any(_may_go_on(item, page.items, page.height) for item in page.items):
        _name_rows(text_page, marks, _tables_in(page.items))


def _name_rows(text_page: Any, marks: Marks, tables: Sequence[RuledTable]) -> None:
    """Note which rows of the structure tree the rows of a page's tables are."""
    for table in tables:
        for cell in table.cells:
            if cell.lines and cell.row_span == 1 and cell.row not in table.row_paths:
                row = marks.rows.get(marked_content(text_page, cell.lines[0].indexes[0]))
                if row is not None:
                    table.row_paths[cell.row] = row


# Reading order


def _in_order(content: PageContent, tables: Sequence[RuledTable], carried: RuledTable | None) -> list[Item]:
    """A page's lines and filled tables in reading order; lines cut where they run over columns."""
    items = column_tables(content, list(_with_rows(take_words(content, tables))), carried)
    starts: Counter[int] = Counter()
    for item in items:
        if isinstance(item, TextLine):
            starts[round(item.x0)] += 2
            starts.update(round(x0) for _, x0 in _gaps(item))
    found: list[Item] = []
    for number, item in enumerate(items):
        if not isinstance(item, TextLine) or _is_justified(item, items[max(0, number - 1) : number + 2]):
            found.append(item)
        else:
            found += _columns_of(item, starts)
    return found


def _with_rows(items: Iterable[Item]) -> Iterator[Item]:
    """Items with the tables' rows parted that hold several."""
    return (split_rows(item) if isinstance(item, RuledTable) else item for item in items)


def _is_justified(line: TextLine, beside: Sequence[Item]) -> bool:
    """Whether a line is set as wide as one beside it that has no gap where it has: justified lines stretch so."""
    gaps = _gaps(line)
    return bool(gaps) and any(
        isinstance(other, TextLine)
        and other is not line
        and abs(other.x0 - line.x0) < 2
        and abs(other.x1 - line.x1) < 2
        and not any(x0 < b and a < x1 for x0, x1 in gaps for a, b in _gaps(other))
        for other in beside
    )


def _gaps(line: TextLine) -> list[tuple[float, float]]:
    return [(a.x1, b.x0) for a, b in pairwise(line.words) if b.x0 - a.x1 > COLUMN_GAP * line.size]


def _columns_of(line: TextLine, starts: Counter[int]) -> Iterator[TextLine]:
    """A line cut at the gaps that part columns: very wide ones, and those behind which other lines begin."""
    first = 0
    for number in range(1, len(line.words)):
        before, word = line.words[number - 1], line.words[number]
        gap = word.x0 - before.x1
        opens_list = number == 1 and _LIST_OPENER.fullmatch(before.text) is not None
        aligned = sum(starts[round(word.x0) + shift] for shift in (-1, 0, 1)) > 2  # its own gap counts once
        if not opens_list and (gap > WIDE_GAP * line.size or (gap > COLUMN_GAP * line.size and aligned)):
            yield line.part(first, number)
            first = number
    yield line.part(first, len(line.words))


# Running headers, footers, page numbers


def _set_apart(pages: Sequence[_Page]) -> None:
    """Move what repeats at the pages' edges, and their numbers, from the pages' items to their furniture."""
    for edge in (1, -1):
        while True:
            outermost = [(page, item) for page in pages if (item := _outermost(page, edge)) is not None]
            keys = Counter(_key(item) for _, item in outermost)
            n_filled = sum(bool(page.items) for page in pages)
            fewest = max(FEWEST_PAGES, min(MOST_PAGES, PAGES_SHARE * n_filled))
            found = [
                (page, item)
                for page, item in outermost
                if (n_filled > 1 and keys[_key(item)] >= fewest) or _is_page_number(item, page)
            ]
            for page, item in found:
                page.items.remove(item)
                page.furniture += _lines_of(item)
            if not found:
                break


def _outermost(page: _Page, edge: int) -> Item | None:
    """What stands nearest to a page's top (edge 1) or bottom (-1), where it stands in the margin: a line, a table."""
    if not page.items:
        return None
    item = min(page.items, key=lambda one: (edge * _foot(one), _left(one)))
    inner = _foot(item) if edge > 0 or isinstance(item, TextLine) else item.box.top
    in_margin = inner < MARGIN * page.height if edge > 0 else inner > (1 - MARGIN) * page.height
    tables = [other.box for other in page.items if isinstance(other, RuledTable) and other is not item]
    beyond = any(box.top < inner if edge > 0 else box.bottom > inner for box in tables)
    return item if in_margin and not beyond else None


def _foot(item: Item) -> float:
    return item.box.bottom if isinstance(item, RuledTable) else item.baseline


def _left(item: Item) -> float:
    return item.box.x0 if isinstance(item, RuledTable) else item.x0


def _lines_of(item: Item) -> list[TextLine]:
    return [line for cell in item.cells for line in cell.lines] if isinstance(item, RuledTable) else [item]


def _key(item: Item) -> tuple[str, int]:
    text = " ".join(line.text for line in _lines_of(item))
    return _DIGITS.sub("#", text), round(_foot(item) / SAME_HEIGHT)


def _is_page_number(item: Item, page: _Page) -> bool:
    match = _PAGE_NUMBER.fullmatch(item.text) if isinstance(item, TextLine) else None
    return match is not None and int(match["number"]) == page.number


# Assembly


def _compose(pages: Sequence[_Page], marks: Sequence[Bookmark]) -> Layout:
    flow = [item for page in pages for item in page.items]
    prose, tables = _lines_in(flow), _tables_in(flow)
    usual, usual_in_cells = pitches([prose]), pitches(cell.lines for table in tables for cell in table.cells)
    edge_of = {id(line): edge for line, edge in zip(prose, right_edges(prose), strict=True)}
    tags = {number: tag for page in pages for number, tag in page.tags.items()}
    stated = stated_headings(prose, tags, marks)
    bottoms = {page.number: max(map(_foot, page.items), default=0.0) for page in pages}
    composer = Composer(
        {page.number: partial(page.view.turned_back, quarters=page.turned) for page in pages if page.turned}
    )
    furniture = [line.words for page in pages for line in page.furniture]
    for group in _groups(flow):
        if parts := _tables_in(group):
            table = join_parts(parts, bottoms)
            furniture += [line.words for line in table.dropped]
            composer.add(_grid(table, usual_in_cells))
        else:
            lines = _lines_in(group)
            for paragraph in paragraphs(lines, [edge_of[id(line)] for line in lines], usual, stated):
                composer.add(paragraph)
    return composer.layout(len(pages), furniture)


def _lines_in(items: Sequence[Item]) -> list[TextLine]:
    return [item for item in items if isinstance(item, TextLine)]


def _tables_in(items: Sequence[Item]) -> list[RuledTable]:
    return [item for item in items if isinstance(item, RuledTable)]


def _groups(flow: Sequence[Item]) -> Iterator[list[Item]]:
    """Lines that follow each other, and the parts of a table that follow each other over pages."""
    group: list[Item] = []
    for item in flow:
        last = group[-1] if group else None
        together = isinstance(last, TextLine) and isinstance(item, TextLine)
        if isinstance(last, RuledTable) and isinstance(item, RuledTable):
            together = continues(last, item)
        if group and not together:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _grid(table: JoinedTable, usual: Pitches) -> Grid:
    cells = []
    for cell in table.cells:
        found: list[Paragraph] = list(paragraphs(cell.lines, cell.edges, usual))
        cells.append(GridCell(cell.row, cell.col, cell.row_span, cell.col_span, found))
    return Grid(table.n_rows, len(table.columns) - 1, cells)
