"""Lines of a page become paragraphs: by their distance, their size, their markers, and by who ended a line.

A line that stops although the next line's first word would still have fitted was ended by its author; a full line was
ended by the program that set it. That tells paragraphs apart where nothing else does, and joins those that a page or a
column ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high
from typing import Literal

import regex

from pipeline.read.compose import Paragraph, Word
from pipeline.read.pdf.page import TextLine

SAME_SIZE = 0.3
"""Points by which the sizes of one paragraph's lines may differ."""

WIDE_PITCH = 1.1
"""Of the usual distance of lines, from which on a gap parts paragraphs."""

MAX_PITCH = 2.5
"""Of the font's size: so far apart may be lines that read on, where a font has too few to measure."""

FEW_LINES = 5
"""Pairs of lines from which on a distance counts as measured."""

INDENT = 0.8
"""Of the font's size, by which a line must stand in or out to begin a paragraph."""

MAX_LISTED = 30
"""Lines of a stretch that may be a list of sentences, a line or more each."""

FIRST_LINE = 3.5
"""The same by which a paragraph's first line may stand in."""

_SURE_MARKER = regex.compile(r"[•·▪●○◦‣∙■□➢➤✓✔►▶\uf000-\uf0ff]")
_WEAK_MARKER = regex.compile(r"[-–—*o]")
_NUMBERED = regex.compile(r"\d{1,2}[.:)]")
_SENTENCE_INSIDE = regex.compile(r"\p{L}{2}[.!?]\s+\p{Lu}")
_SENTENCE_END = (".", "!", "?", ":", ";")


@dataclass(frozen=True)
class Pitches:
    """The usual distance of a paragraph's baselines by the font: its size in half points, and whether it is bold.

    `spacing` is that of fonts with few lines, of their size: authors set one line spacing for all.
    """

    by_font: dict[tuple[int, bool], float]
    spacing: float = 1.5

    def of(self, line: TextLine) -> float:
        return self.by_font.get(_font(line), self.spacing * line.size)


def _font(line: TextLine) -> tuple[int, bool]:
    return round(2 * line.size), line.bold[0]


def pitches(flows: Iterable[Sequence[TextLine]]) -> Pitches:
    """Measure the distances of lines that surely go on: for every font the widest of the common ones."""
    counts: dict[tuple[int, bool], Counter[int]] = defaultdict(Counter)
    for flow in flows:
        for above, below in pairwise(flow):
            distance = below.baseline - above.baseline
            if (
                above.page == below.page
                and _font(above) == _font(below)
                and 0.8 * above.size < distance < MAX_PITCH * above.size
                and above.x0 < below.x1
                and below.x0 < above.x1
                and below.text[0].islower()
                and not above.text.endswith(_SENTENCE_END)
            ):
                counts[_font(above)][round(4 * distance)] += 1
    found = {}
    for font, distances in counts.items():
        if distances.total() >= FEW_LINES:
            common = [distance for distance, n in distances.items() if n >= 0.15 * distances.total()]
            found[font] = max(common, default=median_high(distances.elements())) / 4
    spacings = [pitch / (font[0] / 2) for font, pitch in found.items()]
    return Pitches(found, max([1.5, *spacings]))


def right_edges(lines: Sequence[TextLine]) -> list[float]:
    """For every line of running text where its column ends: as far as the lines of its own size reach.

    Lines of a column follow each other downward; columns that begin at the same place on other pages are as wide.
    """
    runs: list[list[int]] = []
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else None
        if (
            above is None
            or above.page != line.page
            or line.baseline < above.baseline + 1
            or line.x0 >= above.x1
            or above.x0 >= line.x1
        ):
            runs.append([])
        runs[-1].append(number)
    reach: dict[tuple[int, int], list[float]] = defaultdict(list)
    for run in runs:
        left = round(min(lines[i].x0 for i in run) / 6)
        for i in run:
            for near in (left - 1, left, left + 1):
                reach[near, round(2 * lines[i].size)].append(lines[i].x1)
    widest = {key: _widest(ends, key[1] / 2) for key, ends in reach.items()}
    edges = [0.0] * len(lines)
    for run in runs:
        left = round(min(lines[i].x0 for i in run) / 6)
        sizes = sorted({lines[i].size for i in run})
        within = {
            size: _widest([lines[j].x1 for j in run if lines[j].size <= size + SAME_SIZE], size) for size in sizes
        }
        for i in run:
            size = lines[i].size
            edges[i] = max(lines[i].x1, within[size], widest[left, round(2 * size)])
    return edges


def _widest(ends: list[float], size: float) -> float:
    """How far lines reach; a single one that reaches beyond all others runs over its column."""
    first, *others = sorted(ends, reverse=True)
    return others[0] if len(ends) > 2 and first - others[0] > size else first


def is_forced(above: TextLine, below: TextLine, edge: float) -> bool:
    """Whether a line ends before its column does although the next line's first word would have fitted.

    It must fit with some room to spare, with more where the words read on.
    """
    first = below.words[0]
    room = (1.5 if _reads_on(above, below) else 0.35) * above.size
    return above.x1 + 0.3 * above.size + (first.x1 - first.x0) < edge - room


def _reads_on(above: TextLine, below: TextLine) -> bool:
    """Whether words go on over a line's end: no sentence ends, and none begins."""
    begins = below.text[0].isupper() or below.text[0].isdigit()
    return not begins and not above.text.endswith(_SENTENCE_END)


def marker_of(line: TextLine, begins: bool) -> Word | None:
    """A list marker that opens a line; a dash, star or o only where it stands apart or `begins` a paragraph anyway."""
    if len(line.words) < 2:
        return None
    first, second = line.words[:2]
    if _SURE_MARKER.fullmatch(first.text):
        return first
    if _WEAK_MARKER.fullmatch(first.text):
        apart = second.x0 - first.x1 > 0.45 * line.size
        if apart or (begins and first.text != "o"):
            return first
    return None


def paragraphs(lines: Sequence[TextLine], edges: Sequence[float], usual: Pitches) -> Iterator[Paragraph]:
    """The paragraphs and list items of lines in reading order."""
    group: list[TextLine] = []
    marker: Word | None = None
    starts_page = False
    a_line_each = _sentences_end_lines(lines)
    for number, line in enumerate(lines):
        ends = a_line_each and number > 0 and _between_sentences(lines[number - 1].text, line.text)
        if group and not ends and _goes_on(group, line, edges[number - 1], edges[number], usual, marker):
            group.append(line)
            continue
        if group:
            yield _paragraph(group, edges[number - len(group) : number], marker, starts_page)
        starts_page = number > 0 and line.page != lines[number - 1].page
        marker = marker_of(line, begins=True)
        group = [line.part(1, len(line.words)) if marker else line]
    if group:
        yield _paragraph(group, edges[len(lines) - len(group) :], marker, starts_page)


def _sentences_end_lines(lines: Sequence[TextLine]) -> bool:
    """Whether a short stretch's sentences all end at line ends, which chance hardly does: each is a paragraph then."""
    if len(lines) > MAX_LISTED or any(_SENTENCE_INSIDE.search(line.text) for line in lines):
        return False
    return sum(_between_sentences(above.text, below.text) for above, below in pairwise(lines)) > 1


def _between_sentences(above: str, below: str) -> bool:
    return above.endswith((".", "!", "?")) and below[0].isupper()


_NARROW, _WIDE = frozenset("fijlrtIJ.,:;-/()"), frozenset("mwMW")


def _share(letter: str) -> float:
    """About how wide a letter is, of the font's size."""
    return 0.3 if letter in _NARROW else 0.83 if letter in _WIDE else 0.7 if letter.isupper() else 0.55


def _letter_width(line: TextLine) -> float:
    """What a line's first letter takes, with the white around it: its share of its word."""
    word = line.words[0]
    advance = word.x1 - word.x0 + 0.06 * line.size
    return 1.05 * advance * _share(word.text[0]) / sum(map(_share, word.text)) + 0.12 * line.size


def _paragraph(group: Sequence[TextLine], edges: Sequence[float], marker: Word | None, starts_page: bool) -> Paragraph:
    full = frozenset(
        number
        for number, (line, edge, below) in enumerate(zip(group, edges, group[1:], strict=False))
        if len(line.words) == 1 and line.x1 > edge - _letter_width(below)
    )
    kind: Literal["list_item", "paragraph"] = "list_item" if marker else "paragraph"
    return Paragraph([line.words for line in group], kind, marker, starts_page=starts_page, cut=full)


def _goes_on(
    group: Sequence[TextLine], line: TextLine, edge: float, own_edge: float, usual: Pitches, marker: Word | None
) -> bool:
    above = group[-1]
    if _opens_item(above, line, edge, marker) or abs(above.size - line.size) >= SAME_SIZE:
        return False
    distance = line.baseline - above.baseline
    jumps = above.page != line.page or distance < -0.5 * line.size
    if not jumps and (distance < 0.5 * line.size or distance > WIDE_PITCH * usual.of(line)):
        unmeasured = _font(line) not in usual.by_font and distance < MAX_PITCH * line.size
        if not unmeasured or not _reads_on(above, line) or _font(above) != _font(line):
            return False
    if above.text.endswith("-") and line.text[0].islower():
        return True
    if (all(above.bold) and not line.bold[0]) or (all(line.bold) and not above.bold[1]):
        return False
    if is_forced(above, line, edge):
        return False
    if jumps and above.text.endswith(_SENTENCE_END):
        # no program leaves a paragraph's first line alone at the foot of a page
        return above.text[-1] != ":" and len(group) > 1 and not _NUMBERED.match(line.text)
    if jumps:
        return not (all(above.bold) and all(line.bold))  # no program breaks a heading over pages
    if edge != own_edge and abs((edge - above.x0) - (own_edge - line.x0)) < 1:
        return True  # set to the middle or the right: where a line begins says nothing
    step = line.x0 - (group[0].x0 if marker or len(group) == 1 else above.x0)
    if step > INDENT * line.size:
        hangs = marker is not None or (step < FIRST_LINE * line.size and _reads_on(above, line))
        return hangs and len(group) == 1 and line.text[0].islower()
    if len(group) == 1 and marker is None and step > -FIRST_LINE * line.size:
        return True
    return step >= -INDENT * line.size or _reads_on(above, line)


def _opens_item(above: TextLine, line: TextLine, edge: float, marker: Word | None) -> bool:
    """Whether a line opens with a list marker; a dash goes on with a sentence that fills its line (2020 – 2023)."""
    found = marker_of(line, begins=False)
    if found is None or _SURE_MARKER.fullmatch(found.text):
        return found is not None
    in_list = marker is not None and marker.text == found.text and abs(marker.x0 - found.x0) < INDENT * line.size
    return in_list or above.text.endswith((*_SENTENCE_END, ",")) or is_forced(above, line, edge)
