"""Which way a page's text runs: the turn that sets its main direction upright, and the runs that stand otherwise.

A sheet that was scanned or laid out sideways is read turned, so that its text runs to the right. What on it runs
another way (headings of narrow columns, notes in the margin, a stamp across) is a run of its own, never letters as
lines.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from unicodedata import normalize

import pypdfium2.raw as pdfium

from extractors.document import Box

SAMPLE = 24
"""Characters of a page that are asked for their direction, evenly from all."""

SLANT = 0.2
"""Sine of the angle by which text may slant and yet run to the right."""

WORD_GAP = 0.19
"""Of the font's size: white between letters is narrower, between words wider."""

RUN_GAP, RUN_BACK, RUN_STEP = 1.5, 0.5, 0.3
"""Of the font's size: white within a run, how far a letter may begin before the one it follows ends, and how far
baselines of one run may lie apart."""

LETTER_WIDTH = 0.5
"""Of the font's size: about what a letter takes."""

LINE_PITCH = 1.5
"""Of the font's size: the distance at most of a run's lines."""

UNKNOWN_SIZE = 10.0
"""Points: the size of a font that says none."""


def is_upright(a: float, b: float, rotation: int) -> bool:
    """Whether text whose matrix turns it so runs to the right on a page that is turned by quarters clockwise."""
    along = (a, b, -a, -b)[rotation]
    return along > 0 and abs((b, -a, -b, a)[rotation]) <= SLANT * math.hypot(a, b)


def reading_rotation(text_page: Any, shown: int) -> int:
    """The rotation, in quarters clockwise, that sets most of a page's letters upright; `shown` where they are."""
    count = pdfium.FPDFText_CountChars(text_page)
    votes: Counter[int] = Counter()
    for index in range(0, count, max(1, count // SAMPLE)):
        if chr(min(pdfium.FPDFText_GetUnicode(text_page, index), 0x10FFFF)).isalnum():
            votes[_quarters(text_page, index)] += 1
    if not votes:
        return shown
    most, n = votes.most_common(1)[0]
    return most if 2 * n > votes.total() else shown


def _quarters(text_page: Any, index: int) -> int:
    return round(_degrees(text_page, index) / 90) % 4


def _degrees(text_page: Any, index: int) -> float:
    """How far a character is turned counterclockwise; PDFium counts clockwise."""
    return -math.degrees(pdfium.FPDFText_GetCharAngle(text_page, index))


class _Glyph(NamedTuple):
    """A letter that stands otherwise: where it begins and ends along its run, how far down its baseline lies there.

    Where it is turned by no quarter its end is a guess, and only a space in the file parts words.
    """

    place: int
    text: str
    angle: int
    start: float
    end: float
    down: float
    size: float
    box: Box
    behind_space: bool


class TurnedRun(NamedTuple):
    """Words that run another way than the page, with the index of their first letters; their degrees from upright,
    counterclockwise."""

    words: list[tuple[int, str, Box]]
    angle: int
    size: float

    @property
    def box(self) -> Box:
        found = self.words[0][2]
        for _, _, box in self.words:
            found = found.around(box)
        return found


class GlyphSource(NamedTuple):
    """A text page with its view: `point` and `box` give places as read."""

    text_page: Any
    view: Any
    text: str


def turned_glyphs(source: GlyphSource) -> list[_Glyph]:
    """The letters that do not run to the right, in the file's order."""
    found = []
    behind_space = False
    for index, letter in enumerate(source.text):
        if letter.isspace() or letter < " ":
            behind_space = behind_space or not pdfium.FPDFText_IsGenerated(source.text_page, index)
            continue
        angle = round(_degrees(source.text_page, index) - 90 * source.view.rotation) % 360
        if min(angle, 360 - angle) > math.degrees(math.asin(SLANT)):
            found.append(_glyph(source, index, letter, angle)._replace(behind_space=behind_space))
        behind_space = False
    return found


def _glyph(source: GlyphSource, index: int, letter: str, angle: int) -> _Glyph:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(source.text_page, index, x, y)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(source.text_page, index, left, right, bottom, top)
    box = source.view.box(left.value, bottom.value, right.value, top.value)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(source.text_page, index, matrix)
    size = pdfium.FPDFText_GetFontSize(source.text_page, index) * math.hypot(matrix.c, matrix.d) or UNKNOWN_SIZE
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x0, y0 = source.view.point(x.value, y.value)
    start, down = x0 * cosine - y0 * sine, x0 * sine + y0 * cosine
    end = start + LETTER_WIDTH * size
    if angle % 90 == 0:
        corners = [px * cosine - py * sine for px in (box.x0, box.x1) for py in (box.top, box.bottom)]
        start, end = min(corners), max(corners)
    return _Glyph(index, letter, angle, start, end, down, size, box, behind_space=False)


def turned_runs(glyphs: Iterable[_Glyph], is_parted: Any) -> Iterator[TurnedRun]:
    """The runs that letters make, their lines together; `is_parted` says whether a rule stands between two boxes."""
    runs: list[tuple[TurnedRun, list[_Glyph]]] = []
    for _, group in groupby(glyphs, lambda glyph: glyph.angle):
        for line in _lines(list(group)):
            run = TurnedRun(list(_words(line)), line[0].angle, line[0].size)
            if runs and _goes_on(runs[-1], run, line) and not is_parted(runs[-1][0].box, run.box):
                runs[-1] = (TurnedRun([*runs[-1][0].words, *run.words], run.angle, run.size), line)
            else:
                runs.append((run, line))
    return (run for run, _ in runs)


def _lines(glyphs: Sequence[_Glyph]) -> Iterator[list[_Glyph]]:
    line: list[_Glyph] = []
    for glyph in glyphs:
        if line:
            gap, size = glyph.start - line[-1].end, line[-1].size
            if abs(glyph.down - line[-1].down) > RUN_STEP * size or not -RUN_BACK * size < gap < RUN_GAP * size:
                yield line
                line = []
        line.append(glyph)
    if line:
        yield line


def _words(line: Sequence[_Glyph]) -> Iterator[tuple[int, str, Box]]:
    first = 0
    for number in range(1, len(line) + 1):
        if number < len(line) and not _begins_word(line[number - 1], line[number]):
            continue
        box = line[first].box
        for glyph in line[first:number]:
            box = box.around(glyph.box)
        yield line[first].place, normalize("NFC", "".join(glyph.text for glyph in line[first:number])), box
        first = number


def _begins_word(before: _Glyph, glyph: _Glyph) -> bool:
    return glyph.behind_space or (glyph.angle % 90 == 0 and glyph.start - before.end >= WORD_GAP * glyph.size)


def _goes_on(last: tuple[TurnedRun, list[_Glyph]], run: TurnedRun, line: Sequence[_Glyph]) -> bool:
    """Whether a line stands below the last one of a run, as its next."""
    above, before = last
    pitch = line[0].down - before[0].down
    beside = line[0].start < before[-1].end and before[0].start < line[-1].end
    same = above.angle == run.angle and abs(above.size - run.size) < 0.5
    return same and beside and 0 < pitch < LINE_PITCH * run.size
