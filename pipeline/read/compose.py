"""Paragraphs and tables, in reading order, become a document's source text and its parts.

What the readers of PDF, docx and HTML have in common. The text is laid out as a word processor's text export is: a
paragraph a line, a table's cells a line each behind a TAB, an empty line between rows. A paragraph's lines are joined
by a space; one whose end may stand inside a word keeps its line end, so that stage *repair* decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, NamedTuple

import regex

from extractors.document import Block, Box, Cell, Layout, Page, Places, Span, Table
from pipeline.read.layout import MARKER
from pipeline.read.plain import is_plain, plain


class PlacedWord(NamedTuple):
    """A run without white space (formats without pages: any text), and where it stands; page 0 is no page.

    Points, origin at the page's top left.
    """

    text: str
    page: int = 0
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0


WordLine = Sequence[PlacedWord]


@dataclass(slots=True)
class Paragraph:
    """A paragraph, list item or marked heading: its lines, none empty, without its list marker.

    `cut` are the lines, from 0, that one word fills to the edge: its end may stand on the next line.
    """

    lines: list[WordLine]
    kind: Literal["paragraph", "list_item", "heading"] = "paragraph"
    marker: PlacedWord | None = None
    level: int | None = None
    starts_page: bool = False
    cut: frozenset[int] = frozenset()


@dataclass(slots=True)
class GridCell:
    """A cell of a table while it is read: its grid place, its paragraphs."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table while it is read."""

    n_rows: int
    n_cols: int
    cells: list[GridCell]


def paragraphs_of(item: Paragraph | Grid) -> list[Paragraph]:
    """The paragraphs of a table's cells in reading order; a paragraph itself."""
    return [paragraph for cell in item.cells for paragraph in cell.paragraphs] if isinstance(item, Grid) else [item]


SOFT_HYPHEN = "\u2010"
"""What a browser prints where a soft hyphen breaks a word; authors' own hyphens are hyphen-minus."""

HYPHENED = 0.07
"""Share of line ends within sentences that hyphens have where a program breaks words; authors' own have up to 0.044."""

FEW_ENDS = 30
"""Line ends from which on their hyphens are counted."""

_CLOSING = ".,;:!?)”"
"""What stands close to the word before it."""

_BLANK = regex.compile(r"[^\S\n]+")


def _may_break_word(line: WordLine) -> bool:
    """Whether a line's end may stand inside a word: behind a hyphen, dash or slash."""
    last = line[-1].text
    return (len(last) > 1 and last[-1] in "-\u2010–/") or last == "-"


def _item(paragraph: Paragraph) -> Paragraph:
    """A paragraph as the list item that it is where its author typed the marker: "- Hoitoon pääsee viikossa"."""
    first = paragraph.lines[0][0]
    match = MARKER.match(first.text) if paragraph.kind == "paragraph" and not first.page else None
    if match is None or match.end() == len(first.text):
        return paragraph
    rest = PlacedWord(first.text[match.end() :])
    lines = [[rest, *paragraph.lines[0][1:]], *paragraph.lines[1:]]
    return replace(paragraph, lines=lines, kind="list_item", marker=PlacedWord(match["marker"]))


def _as_plain(item: Paragraph | Grid) -> Paragraph | Grid | None:
    """A paragraph or a table without unseen signs; None where a paragraph has nothing else."""
    if all(map(is_plain, _texts(item))):
        return item
    if isinstance(item, Paragraph):
        return _plain_paragraph(item)
    cells = [
        replace(cell, paragraphs=list(filter(None, map(_plain_paragraph, cell.paragraphs)))) for cell in item.cells
    ]
    return replace(item, cells=cells)


def _texts(item: Paragraph | Grid) -> Iterator[str]:
    for paragraph in paragraphs_of(item):
        yield from (word.text for line in paragraph.lines for word in line)
        if paragraph.marker is not None:
            yield paragraph.marker.text


def _plain_paragraph(paragraph: Paragraph) -> Paragraph | None:
    words = [[word._replace(text=plain(word.text)) for word in line] for line in paragraph.lines]
    filled = [[word for word in line if word.text.strip()] for line in words]
    kept = [number for number, line in enumerate(filled) if line]
    cut = frozenset(new for new, old in enumerate(kept) if old in paragraph.cut)
    marker = paragraph.marker._replace(text=plain(paragraph.marker.text)) if paragraph.marker is not None else None
    marker = marker if marker is not None and marker.text.strip() else None
    return replace(paragraph, lines=[filled[number] for number in kept], cut=cut, marker=marker) if kept else None


class Composer:
    """Takes paragraphs, tables and page furniture in reading order and gives the layout.

    `shown` says for pages that were read turned where a box stands as they are shown.
    """

    def __init__(self, shown: Mapping[int, Callable[[Box], Box]] = MappingProxyType({})) -> None:
        self._shown = shown
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._places = Places()
        self._extents: dict[int, list[int]] = {}
        self._line_ends: Counter[str] = Counter()

    def add(self, item: Paragraph | Grid) -> None:
        """Write a paragraph or a table behind what is there, without unseen signs (`plain`)."""
        found = _as_plain(item)
        if isinstance(found, Grid):
            self._table(found)
        elif found is not None:
            self._paragraph(_item(found))

    def layout(self, n_pages: int = 0, furniture: Iterable[WordLine] = (), warnings: tuple[str, ...] = ()) -> Layout:
        """The text and its parts; the running headers, footers and page numbers stand behind the body."""
        body_end = self._length
        for line in furniture:
            self._write("\f" if self._length == body_end else "\n")
            self._words(line)
        pages = []
        for number in range(1, n_pages + 1):
            start, end = self._extents.get(number, (body_end, body_end))
            pages.append(Page(number, start, end))
        return Layout(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            tables=tuple(self._tables),
            pages=tuple(pages),
            places=self._places if len(self._places) else None,
            body_end=body_end,
            warnings=warnings,
            breaks_words=self._breaks_words(),
        )

    def _breaks_words(self) -> bool:
        """Whether the program that set the lines breaks words with hyphen-minus.

        Then many lines end in one, and none in the sign that browsers print for their own.
        """
        ends = self._line_ends
        if ends[SOFT_HYPHEN]:
            return False
        return ends.total() < FEW_ENDS or ends["-"] >= HYPHENED * ends.total()

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _words(self, words: WordLine) -> Span:
        start = self._length
        for word in words:
            text = _BLANK.sub(" ", word.text)
            if self._length > start:
                self._write(" ")
            first = self._length
            self._write(text)
            if word.page:
                box = Box(*word[2:])
                shown = self._shown.get(word.page)
                self._places.append(first, self._length, word.page, shown(box) if shown else box)
                extent = self._extents.setdefault(word.page, [first, self._length])
                extent[0], extent[1] = min(extent[0], first), max(extent[1], self._length)
        return Span(start, self._length)

    def _lines(self, paragraph: Paragraph) -> list[Span]:
        """Write a paragraph's lines; their spans."""
        spans: list[Span] = []
        if paragraph.marker is not None:
            self._words([paragraph.marker])
            self._write(" ")
        for number, line in enumerate(paragraph.lines):
            if spans:
                is_cut = number - 1 in paragraph.cut
                if line[0].text[0].islower():
                    self._line_ends[paragraph.lines[number - 1][-1].text[-1]] += 1
                if not (is_cut and line[0].text[0] in _CLOSING):
                    self._write("\n" if is_cut or _may_break_word(paragraph.lines[number - 1]) else " ")
            spans.append(self._words(line))
        return spans

    def _paragraph(self, paragraph: Paragraph) -> None:
        gap = 1 if self._parts and self._parts[-1] == "\n\n" else 0
        if self._parts and not gap:
            self._write("\n")
        spans = self._lines(paragraph)
        self._blocks.append(
            Block(
                kind=paragraph.kind,
                start=spans[0].start,
                end=spans[-1].end,
                lines=tuple(spans),
                gap=gap,
                marker=paragraph.marker.text if paragraph.marker else None,
                starts_page=paragraph.starts_page,
                level=paragraph.level,
            )
        )

    def _table(self, grid: Grid) -> None:
        if self._parts:
            self._write("\n")
        start = self._length
        cells: list[Cell] = []
        row = -1
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.col)):
            if cells:
                self._write("\n\n" if cell.row > row else "\n")
            row = cell.row
            anchor = self._length
            self._write("\t")
            spans: list[Span] = []
            for paragraph in cell.paragraphs:
                if spans:
                    self._write("\n")
                first = self._length
                spans.append(Span(first, self._lines(paragraph)[-1].end))
            cells.append(
                Cell(
                    cell.row,
                    cell.col,
                    tuple(spans),
                    anchor,
                    cell.col_span,
                    cell.row_span,
                )
            )
        self._tables.append(Table(start, self._length, grid.n_rows, grid.n_cols, tuple(cells)))
        self._write("\n\n")
