"""One page of a PDF as PDFium sees it: lines of words with their boxes, and the rules drawn on it.

All coordinates leave this module in points of the page as it is shown (its rotation applied, cut to its crop box),
origin at the top left.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import normalize

import pypdfium2.raw as pdfium
import regex

from extractors.document import Box
from pipeline.read.compose import PlacedWord
from pipeline.read.pdf.direction import GlyphSource, TurnedRun, is_upright, turned_glyphs, turned_runs

MAX_RULE = 3.0
"""Points; a filled shape that is thinner is a rule."""

MIN_RULE = 4.0
"""Points; a shorter one is a dot or a part of a drawing."""

ASCENT, DESCENT = 0.75, 0.2
"""Of the font's size: how far letters reach above and below their baseline; boxes are drawn so around each word."""

TOP = 0.8
"""Of the font's size: where a line begins above its baseline, accents included."""

MIDDLE = 0.3
"""Of the font's size: half the height of small letters, a line's middle above its baseline."""

ON_LINE = (0.85, 0.25)
"""Of the font's size: how far above and below the baseline the middle of a word may be that stands on the line."""

BACK = 0.3
"""Of the font's size: how far a word may begin before the end of the one it follows (kerning, slanted letters)."""

SAME_BASELINE = 0.5
"""Points by which baselines may differ of what is set side by side."""

MOST_GAP, LEAST_GAP = 0.5, -0.05
"""Of the font's size: the white between what PDFium parted on one line; letters may overlap a little."""

RAISED = 0.5
"""Of the font's size: by so much baselines differ where a word's glyphs stand on two lines."""

LETTER_HEIGHT = 1.4
"""Of a letter's height: about the font's size, before it is asked for; of 4 points at least, for commas and dots."""

USUAL_ADVANCE, USUAL_RISE, RULE_MARGIN = 1.1, 1.2, 0.25
"""Of the font's size: what a letter takes along the line at most, how far tops and bottoms of a word's first and last
letters may differ together, and how near to a vertical rule a word must begin to be looked into."""

BULLET_GAP, BULLET_WIDTH = 2.5, 0.7
"""Of the font's size: white behind a drawn bullet, and its width, at most."""

UNKNOWN_SIZE = 10.0
"""Points: the size of a font that says none."""

LETTER_GAP = 0.19
"""Of the font's size: white between letters is narrower, between words wider."""

MIN_DOT, MAX_DOT = 1.5, 8.0
"""Points that a bullet which is drawn, not written, is wide and high."""

MAX_RATIO = 1.25
"""Of a bullet's longer side to its shorter one."""

STRAIGHT = 1.0
"""Points by which a side of a shape may slant and yet be a rule."""

MAX_BOX_SEGMENTS = 6
"""Segments of a path that is a shaded rectangle: a move, four sides, an end."""

MAX_ROUNDED, FLAT = 80, 0.2
"""Segments of a path that may be a box with round corners, and the share of each of its sides that is straight."""

MAX_SPECK_GAP, FEWEST_SPECKS = 3.5, 6
"""Points between the specks of a dotted rule, and how many make one."""

BULLET = "•"

MAX_SHAPES = 20_000
"""Shapes of a page that are looked at; a page with more is a drawing, not a table."""

MAX_SEGMENTS = 80_000
"""Segments of a path that is looked into; one with more is a drawing."""

MAX_STRUCTURE_DEPTH = 60
"""Elements within elements of the structure tree that are followed."""

MAX_DEPTH = 8
"""Forms within forms that are followed."""

_BOLD = regex.compile(rb"bold|black|heavy", regex.IGNORECASE)
_HEADING = regex.compile(r"H(?P<level>[1-9])?")
"""Heading elements of the structure tree; H alone is as deep as the sections around it (ISO 32000-2, 14.8.4)."""

_LINE_ENDS = regex.compile(r"(\r\n|\n|\r|\x02)")
_WORDS = regex.compile(r"[^\s\x00-\x01\x03-\x1f]+")
_SHOWN = {
    0x00AD: None,  # a soft hyphen that is not drawn
    0x0095: "•",  # codes of Windows that a font names as they are
    0x0096: "–",
    0x0097: "—",
    0x2011: "-",  # hyphens and minus signs of other codes
    0x2012: "–",
    0x2015: "—",
    0xFE58: "—",
    0xFE63: "-",
    0xFF0D: "-",
    0x200B: None,  # zero width space
    0x200C: None,
    0xFEFF: None,
    0xF0B7: "•",  # from here on what the Symbol and Wingdings fonts show for a list's markers
    0xF0A7: "▪",
    0xF06E: "■",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0FC: "✓",
    0xF02D: "–",
}
_SOFT_HYPHEN = "\u00ad"
_LINE_END_HYPHEN = "\x02"
"""How PDFium spells a hyphen that ends a line; it leaves out the line end behind it."""


@dataclass(slots=True)
class TextLine:
    """A stretch of words on one baseline, as wide as PDFium sees them together; `size` is the font's as shown.

    `indexes` are PDFium's of each word's first character, for the structure tree; `bold` says whether its first and its
    last word are. `angle` is that of a run that stands otherwise than the page, in degrees counterclockwise: its words
    are as wide as it, and its baseline such that its middle is a line's middle.
    """

    words: list[PlacedWord]
    indexes: list[int]
    baseline: float
    size: float
    bold: tuple[bool, bool] = (False, False)
    angle: int = 0

    @property
    def page(self) -> int:
        return self.words[0].page

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return self.baseline - TOP * self.size

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def part(self, first: int, last: int) -> TextLine:
        """The same line with its words from `first` up to but without `last` only."""
        bold = (
            self.bold[0] and (first == 0 or self.bold[1]),
            self.bold[1] and (last == len(self.words) or self.bold[0]),
        )
        return TextLine(self.words[first:last], self.indexes[first:last], self.baseline, self.size, bold, self.angle)


class Rule(NamedTuple):
    """A horizontal (`y` constant) or vertical line: its place across, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """What a page holds.

    `fills` are shaded rectangles, `dots` shapes that may be bullets, `specks` smaller ones. `n_images`, `n_shapes` and
    `n_texts` count pictures, drawn shapes and pieces of text, `n_unmapped` characters that the file does not name.
    `edges`, once asked for, are what is drawn across in one line: rules, sides of shaded rectangles.
    """

    number: int
    width: float
    height: float
    lines: list[TextLine] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    specks: list[tuple[float, float]] = field(default_factory=list)
    n_images: int = 0
    n_shapes: int = 0
    n_unmapped: int = 0
    n_texts: int = 0
    edges: list[Rule] | None = None


class View:
    """From PDF coordinates (origin bottom left, y upward) to the page as it is shown."""

    def __init__(self, page: Any) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.bottom, self.right, self.top = box.left, box.bottom, box.right, box.top
        self.rotation = pdfium.FPDFPage_GetRotation(page)
        width: float = self.right - self.left
        height: float = self.top - self.bottom
        self.width, self.height = (height, width) if self.rotation % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.rotation:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if not self.rotation:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        x0, y0 = self.point(left, top)
        x1, y1 = self.point(right, bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def turned_back(self, box: Box, quarters: int) -> Box:
        """A box of this view where the page is not turned by so many quarters clockwise."""
        x0, top, x1, bottom = box
        match quarters % 4:
            case 1:
                return Box(top, self.width - x1, bottom, self.width - x0)
            case 2:
                return Box(self.width - x1, self.height - bottom, self.width - x0, self.height - top)
            case 3:
                return Box(self.height - bottom, x0, self.height - top, x1)
        return box


def read_page(page: Any, text_page: Any, view: View, number: int) -> PageContent:
    """The content of an open page (raw PDFium handles) in a view."""
    content = PageContent(number, view.width, view.height)
    _read_shapes(page, view, content)
    _LineReader(text_page, view, content).read()
    return content


def _page_text(text_page: Any) -> str:
    """A page's characters, a code point for each of PDFium's indexes."""
    count = pdfium.FPDFText_CountChars(text_page)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")
    text = text.replace("\ufffe", _LINE_END_HYPHEN)
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


class _LineReader:
    """Reads a page's lines.

    PDFium says where words and lines end. It errs where a page's glyphs are drawn in an odd order (a browser's
    repeated table headings, words that run over their cell): there the glyphs' own places decide.
    """

    def __init__(self, text_page: Any, view: View, content: PageContent) -> None:
        self._page, self._view, self._content = text_page, view, content
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._name = ctypes.create_string_buffer(128)
        self._rules = sorted(content.vertical)
        self._ruled = [rule.at for rule in self._rules]
        self._text = _page_text(text_page)
        self._line: TextLine | None = None
        self._is_turned = False

    def read(self) -> None:
        if _SOFT_HYPHEN in self._text:
            self._name_hyphens()
        self._read_lines()
        runs: list[TurnedRun] = []
        if self._is_turned:  # once more without the letters that stand otherwise
            self._content.lines, self._content.n_unmapped = [], 0
            runs = list(self._take_turned())
            self._read_lines()
        for line in self._content.lines if self._content.dots else ():
            self._put_bullet(line)
        for run in runs:
            self._put_turned(run)

    def _read_lines(self) -> None:
        start = 0
        for piece in _LINE_ENDS.split(self._text):
            end = start + len(piece)
            if piece == _LINE_END_HYPHEN:
                self._hyphen()
            elif piece and piece[0] not in "\r\n":
                for match in _WORDS.finditer(self._text, start, end):
                    for first, last, box in self._parts(match.start(), match.end()):
                        self._add(first, last, box)
                self._end_line()
            start = end
        self._end_line()

    def _name_hyphens(self) -> None:
        """Take soft hyphens that are drawn for the hyphens that they show: some programs name all of theirs so."""
        self._text = "".join(
            "-" if letter == _SOFT_HYPHEN and (box := self._box(index)).x1 > box.x0 else letter
            for index, letter in enumerate(self._text)
        )

    def _take_turned(self) -> Iterator[TurnedRun]:
        """The runs that stand otherwise than the page; their letters are line ends to those that do not."""
        glyphs = turned_glyphs(GlyphSource(self._page, self._view, self._text))
        letters = list(self._text)
        for glyph in glyphs:
            letters[glyph.place] = "\n"
        self._text = "".join(letters)
        return turned_runs(glyphs, self._is_parted)

    def _is_parted(self, one: Box, other: Box) -> bool:
        """Whether a rule stands between what two boxes hold."""
        x0, x1 = sorted(((one.x0 + one.x1) / 2, (other.x0 + other.x1) / 2))
        y0, y1 = sorted(((one.top + one.bottom) / 2, (other.top + other.bottom) / 2))
        across = any(rule.start < (y0 + y1) / 2 < rule.end for rule in self._rules if x0 < rule.at < x1)
        return across or any(y0 < r.at < y1 and r.start < (x0 + x1) / 2 < r.end for r in self._content.horizontal)

    def _put_turned(self, run: TurnedRun) -> None:
        """Put a run that stands otherwise where its first letter stood in the file's order."""
        box, number = run.box, self._content.number
        words = [PlacedWord(text, number, box.x0, own.top, box.x1, own.bottom) for _, text, own in run.words]
        indexes = [index for index, _, _ in run.words]
        bold = self._is_bold(indexes[0]), self._is_bold(indexes[-1])
        middle = (box.top + box.bottom) / 2 + MIDDLE * run.size
        line = TextLine(words, indexes, middle, run.size, bold, run.angle)
        lines = self._content.lines
        place = next((at for at, other in enumerate(lines) if other.indexes[0] > indexes[0]), len(lines))
        lines.insert(place, line)

    def _put_bullet(self, line: TextLine) -> None:
        """Put a bullet before a line that a drawn one stands before."""
        for dot in self._content.dots:
            middle = (dot.top + dot.bottom) / 2
            beside = 0 < line.x0 - dot.x1 < BULLET_GAP * line.size and dot.x1 - dot.x0 < BULLET_WIDTH * line.size
            if beside and line.baseline - ASCENT * line.size < middle < line.baseline:
                line.words.insert(0, PlacedWord(BULLET, line.page, *dot))
                line.indexes.insert(0, line.indexes[0])
                return

    def _hyphen(self) -> None:
        line = self._line or (self._content.lines[-1] if self._content.lines else None)
        if line is not None and line.words:
            line.words[-1] = line.words[-1]._replace(text=line.words[-1].text + "-")
        self._end_line()

    def _end_line(self) -> None:
        lines, line = self._content.lines, self._line
        self._line = None
        if line is None or not line.words:
            return
        line.bold = self._is_bold(line.indexes[0]), self._is_bold(line.indexes[-1])
        if not (lines and _glue(lines[-1], line)):
            lines.append(line)

    def _add(self, first: int, last: int, box: Box) -> None:
        """Add a word to the open line where it stands behind its words, else begin a line with it."""
        text = normalize("NFC", self._text[first:last].translate(_SHOWN))
        if not text:
            return
        self._content.n_unmapped += text.count("\ufffd")
        if self._line is not None and not _is_behind(self._line, box):
            self._end_line()
        if self._line is None:
            self._line = TextLine([], [], *self._baseline(first))
        baseline, size = self._line.baseline, self._line.size
        top, bottom = min(box.top, baseline - ASCENT * size), max(box.bottom, baseline + DESCENT * size)
        self._line.indexes.append(first)
        self._line.words.append(PlacedWord(text, self._content.number, box.x0, top, box.x1, bottom))

    def _box(self, index: int) -> Box:
        left, right, bottom, top = self._sides
        pdfium.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        return self._view.box(left.value, bottom.value, right.value, top.value)

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int, Box]]:
        """A word with its box, parted where its glyphs do not follow each other closely.

        Only words that run over a vertical rule or begin right behind one, or whose ends do not fit their length, are
        looked into.
        """
        first = self._box(start)
        last = self._box(end - 1) if end - start > 1 else first
        height = self._line.size if self._line is not None else max(first.bottom - first.top, 4.0) * LETTER_HEIGHT
        fits = first.x0 <= last.x0 and last.x1 - first.x0 < USUAL_ADVANCE * height * (end - start)
        fits = fits and abs(first.top + first.bottom - last.top - last.bottom) < USUAL_RISE * height
        middle = (first.top + first.bottom) / 2
        if fits and not self._is_ruled(first.x0 - RULE_MARGIN * height, last.x1 - 1, middle):
            yield start, end, first.around(last)
            return
        baseline, size = self._baseline(start)
        before = first
        for index in range(start + 1, end):
            box = self._box(index)
            gap, own = box.x0 - before.x1, self._origin(index)
            if not LEAST_GAP * size <= gap < LETTER_GAP * size or abs(own - baseline) > RAISED * size:
                yield start, index, first.around(before)
                start, baseline, first = index, own, box
            before = box
        yield start, end, first.around(before)

    def _is_ruled(self, left: float, right: float, y: float) -> bool:
        """Whether a vertical rule stands between two places across, at a height."""
        for number in range(bisect_right(self._ruled, left), bisect_left(self._ruled, right)):
            rule = self._rules[number]
            if rule.start < y < rule.end:
                return True
        return False

    def _is_bold(self, index: int) -> bool:
        """Whether a character's font calls itself bold."""
        flags = ctypes.c_int()
        size = pdfium.FPDFText_GetFontInfo(self._page, index, self._name, len(self._name), flags)
        return 0 < size <= len(self._name) and _BOLD.search(self._name.raw[:size]) is not None

    def _origin(self, index: int) -> float:
        """A character's baseline."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._page, index, x, y)
        return self._view.point(x.value, y.value)[1]

    def _baseline(self, index: int) -> tuple[float, float]:
        """A character's baseline and the size of its font as shown."""
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._page, index, matrix)
        if matrix.b or matrix.a <= 0 or self._view.rotation:
            self._is_turned = self._is_turned or not is_upright(matrix.a, matrix.b, self._view.rotation)
        size = pdfium.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.c, matrix.d)
        return self._origin(index), size or UNKNOWN_SIZE


def _is_behind(line: TextLine, box: Box) -> bool:
    """Whether a word stands on a line, behind its last word."""
    middle = (box.top + box.bottom) / 2
    above, below = ON_LINE
    on_line = line.baseline - above * line.size < middle < line.baseline + below * line.size
    return on_line and box.x0 > line.words[-1].x1 - BACK * line.size


def _glue(above: TextLine, line: TextLine) -> bool:
    """Put a line behind the one above where PDFium parted glyphs or words that stand side by side."""
    gap = line.x0 - above.x1
    is_beside = LEAST_GAP * line.size <= gap <= MOST_GAP * line.size
    if abs(line.baseline - above.baseline) > SAME_BASELINE or not is_beside:
        return False
    if gap < LETTER_GAP * line.size:
        last, first = above.words[-1], line.words[0]
        box = Box(*last[2:]).around(Box(*first[2:]))
        above.words[-1] = PlacedWord(last.text + first.text, last.page, *box)
        line = line.part(1, len(line.words))
    above.words += line.words
    above.indexes += line.indexes
    above.bold = above.bold[0], line.bold[1]
    return True


# Rules


def _read_shapes(page: Any, view: View, content: PageContent) -> None:
    _read_objects(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, (), view, content)
    across = sorted((round(y, 1), x) for x, y in content.specks)
    down = sorted((round(x, 1), y) for x, y in content.specks)
    content.horizontal += _dotted(across)
    content.vertical += _dotted(down)


def _dotted(specks: list[tuple[float, float]]) -> Iterator[Rule]:
    """The rules that specks in line with each other make."""
    first = 0
    for number in range(1, len(specks) + 1):
        (at, last), (other, place) = specks[number - 1], specks[number] if number < len(specks) else (-1.0, 0.0)
        if at == other and place - last <= MAX_SPECK_GAP:
            continue
        if number - first >= FEWEST_SPECKS:
            yield Rule(at, specks[first][1], last)
        first = number


def _read_objects(
    parent: Any, count: int, get: Any, matrices: tuple[Any, ...], view: View, content: PageContent
) -> None:
    """Take in the shapes and pictures of a page or form; `matrices` are those of the forms around it."""
    get_type = pdfium.FPDFPageObj_GetType
    for index in range(count):
        item = get(parent, index)
        kind = get_type(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            content.n_texts += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            content.n_shapes += 1
            if content.n_shapes <= MAX_SHAPES:
                _read_path(item, matrices, view, content)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            content.n_images += 1
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and len(matrices) < MAX_DEPTH:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item, matrix)
            inner = pdfium.FPDFFormObj_CountObjects(item)
            _read_objects(item, inner, pdfium.FPDFFormObj_GetObject, (matrix, *matrices), view, content)


def _read_path(item: Any, matrices: tuple[Any, ...], view: View, content: PageContent) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if not matrices and _read_by_bounds(item, count <= MAX_BOX_SEGMENTS and not stroke.value, view, content):
        return
    if MAX_BOX_SEGMENTS < count <= MAX_ROUNDED and (box := _rounded_box(item, count, matrices, view)) is not None:
        content.fills.append(box)
        return
    for points in _polygons(item, count, matrices, view) if count <= MAX_SEGMENTS else ():
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= MAX_RULE:
            _add_rule(content, min(xs), min(ys), max(xs), max(ys))
        elif stroke.value:
            _add_sides(content, points)


def _read_by_bounds(item: Any, may_be_fill: bool, view: View, content: PageContent) -> bool:
    """Take in a path whose bounds alone tell what it is: a bullet, a speck, a rule, a shaded rectangle."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    x0, y0, x1, y1 = box = view.box(left.value, bottom.value, right.value, top.value)
    width, height = x1 - x0, y1 - y0
    if MIN_DOT <= height <= MAX_DOT and 1 / MAX_RATIO < width / height < MAX_RATIO:
        content.dots.append(box)
    elif max(width, height) < MIN_DOT:
        content.specks.append(((x0 + x1) / 2, (y0 + y1) / 2))
    elif min(width, height) <= MAX_RULE:
        _add_rule(content, x0, y0, x1, y1)  # of one stroke, or of many dashes in a line
    elif may_be_fill:
        content.fills.append(box)
    else:
        return False
    return True


def _rounded_box(item: Any, count: int, matrices: tuple[Any, ...], view: View) -> Box | None:
    """The rectangle that a path is but for its round corners, or frames; None where it is another shape."""
    points, curved = [], False
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((kind, x.value, y.value))
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
    if not curved:
        return None
    shown = list(_shown_points(item, [(x, y) for _, x, y in points], matrices, view))
    box = Box(min(x for x, _ in shown), min(y for _, y in shown), max(x for x, _ in shown), max(y for _, y in shown))
    sides = [0.0] * 4
    for ((_, _, _), (xa, ya)), ((kind, _, _), (xb, yb)) in pairwise(zip(points, shown, strict=True)):
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            continue
        for number, (one, other, side, length) in enumerate(
            (
                (ya, yb, box.top, xb - xa),
                (ya, yb, box.bottom, xb - xa),
                (xa, xb, box.x0, yb - ya),
                (xa, xb, box.x1, yb - ya),
            )
        ):
            if abs(one - other) < STRAIGHT and abs(one - side) < MAX_RULE:
                sides[number] = max(sides[number], abs(length))
    width, height = FLAT * (box.x1 - box.x0), FLAT * (box.bottom - box.top)
    return box if min(sides[:2]) > width > 0 and min(sides[2:]) > height > 0 else None


def _shown_points(
    item: Any, points: Sequence[tuple[float, float]], matrices: tuple[Any, ...], view: View
) -> Iterator[tuple[float, float]]:
    """A path's points as the page is shown."""
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, own)
    for px, py in points:
        for m in (own, *matrices):
            px, py = m.a * px + m.c * py + m.e, m.b * px + m.d * py + m.f
        yield view.point(px, py)


def _add_sides(content: PageContent, points: Sequence[tuple[float, float]]) -> None:
    """Take in the upright and level sides of a shape as rules."""
    for (xa, ya), (xb, yb) in pairwise(points):
        if abs(xa - xb) < STRAIGHT or abs(ya - yb) < STRAIGHT:
            _add_rule(content, min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _polygons(item: Any, count: int, matrices: tuple[Any, ...], view: View) -> Iterator[list[tuple[float, float]]]:
    """The subpaths of a path that have straight sides only, each as its points; closed ones end where they begin."""
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, own)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        px, py = x.value, y.value
        for m in (own, *matrices):
            px, py = m.a * px + m.c * py + m.e, m.b * px + m.d * py + m.f
        points.append(view.point(px, py))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _add_rule(content: PageContent, x0: float, y0: float, x1: float, y1: float) -> None:
    if x1 - x0 >= max(MIN_RULE, y1 - y0):
        content.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
    elif y1 - y0 >= MIN_RULE:
        content.vertical.append(Rule((x0 + x1) / 2, y0, y1))


# The structure tree


class Tag(NamedTuple):
    """A heading element of the structure tree: its path from the root, the level that it states."""

    path: tuple[int, ...]
    level: int | None


@dataclass(slots=True)
class Marks:
    """What the marked contents of a page stand in: the table row (its path from the root), the heading.

    A path is the same on every page that holds a part of the element.
    """

    rows: dict[int, tuple[int, ...]] = field(default_factory=dict)
    headings: dict[int, Tag] = field(default_factory=dict)


def read_marks(page: Any) -> Marks:
    """What a page's structure tree says of rows and headings: nothing without a tree."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    found = Marks()
    if tree:
        try:
            for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                _walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number), _Place((number,)), found)
        finally:
            pdfium.FPDF_StructTree_Close(tree)
    return found


class _Place(NamedTuple):
    """Where an element stands in the tree: its path, the row and heading around it, the sections around it."""

    path: tuple[int, ...]
    row: tuple[int, ...] | None = None
    heading: Tag | None = None
    n_sections: int = 0


def _walk(element: Any, place: _Place, found: Marks) -> None:
    if not element or len(place.path) > MAX_STRUCTURE_DEPTH:
        return
    kind = _element_type(element)
    if kind == "TR":
        place = place._replace(row=place.path)
    elif kind == "Sect":
        place = place._replace(n_sections=place.n_sections + 1)
    elif place.heading is None and (match := _HEADING.fullmatch(kind)):
        level = int(match["level"]) if match["level"] else place.n_sections or None
        place = place._replace(heading=Tag(place.path, level))
    for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
        # only this call keeps to the page: an element's own list has the marks of all pages that it runs over
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, number)
        if mark >= 0 and place.row is not None:
            found.rows[mark] = place.row
        if mark >= 0 and place.heading is not None:
            found.headings[mark] = place.heading
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
        _walk(child, place._replace(path=(*place.path, number)), found)


def marked_content(text_page: Any, index: int) -> int:
    """The marked content that a character belongs to, -1 where to none."""
    text_object = pdfium.FPDFText_GetTextObject(text_page, index)
    return pdfium.FPDFPageObj_GetMarkedContentID(text_object) if text_object else -1


def _element_type(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return bytes(buffer.raw).decode("utf-16-le", errors="replace").rstrip("\x00")
