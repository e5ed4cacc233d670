"""Lines of a page become paragraphs: by their distance, their size, their markers, and by who ended a line.

A line that stops although the next line's first word would still have fitted was ended by its author; a full line was
ended by the program that set it. That tells paragraphs apart where nothing else does, and joins those that a page or a
column ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high
from types import MappingProxyType
from typing import Literal, NamedTuple

import regex

from pipeline.read.compose import Paragraph, PlacedWord
from pipeline.read.pdf.page import TextLine

JUMP = 0.5
"""Of the font's size: a line that is not so much lower stands beside the one above, or in the next column."""

SAME_PLACE = 1.0
"""Points by which the white on both sides of lines set to the middle may differ."""

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

LEAST_PITCH = 0.8
"""Of the font's size: nearer baselines are not of lines one below the other."""

SPACING = 1.5
"""Of the font's size: the distance of lines where too few tell it; wide, as word processors' "1,5" is."""

COMMON_SHARE = 0.15
"""Share of a font's line pairs that a distance must have to be one of its usual ones."""

MARGIN_STEP = 6.0
"""Points: columns that begin as near to each other are one over pages."""

SPACE = 0.3
"""Of the font's size: a space between words."""

ROOM, ROOM_WITHIN = 0.35, 1.5
"""Of the font's size: what must be left at a line's end, beside the next word, to show that its author ended it; the
latter where the words read on."""

MARKER_GAP = 0.45
"""Of the font's size: white behind a dash, star or o that makes it a list marker."""

_SURE_MARKER = regex.compile(r"[•·▪●○◦‣∙■□➢➤✓✔►▶\uf000-\uf0ff]")
_WEAK_MARKER = regex.compile(r"[-–—*o]")
_NUMBERED = regex.compile(r"\d{1,2}[.:)]")
SENTENCE_INSIDE = regex.compile(r"\p{L}{2}[.!?]\s+\p{Lu}")
_SENTENCE_END = (".", "!", "?", ":", ";")


@dataclass(frozen=True)
class Pitches:
    """The usual distance of a paragraph's baselines by the font: its size in half points, and whether it is bold.

    `spacing` is that of fonts with few lines, of their size: authors set one line spacing for all.
    """

    by_font: dict[tuple[int, bool], float]
    spacing: float = SPACING

    def of(self, line: TextLine) -> float:
        return self.by_font.get(font(line), self.spacing * line.size)


def font(line: TextLine) -> tuple[int, bool]:
    """What a line is set in: its size in half points, and whether it is bold."""
    return round(2 * line.size), line.bold[0]


class Statement(NamedTuple):
    """What the file states of a line: lines with one number are one heading, of a level where one is stated."""

    number: int
    level: int | None


def pitches(flows: Iterable[Sequence[TextLine]]) -> Pitches:
    """Measure the distances of lines that surely go on: for every font the widest of the common ones."""
    counts: dict[tuple[int, bool], Counter[int]] = defaultdict(Counter)
    for flow in flows:
        for above, below in pairwise(flow):
            distance = below.baseline - above.baseline
            if (
                above.page == below.page
                and font(above) == font(below)
                and LEAST_PITCH * above.size < distance < MAX_PITCH * above.size
                and above.x0 < below.x1
                and below.x0 < above.x1
                and below.text[0].islower()
                and not above.text.endswith(_SENTENCE_END)
            ):
                counts[font(above)][round(4 * distance)] += 1
    found = {}
    for letters, distances in counts.items():
        if distances.total() >= FEW_LINES:
            common = [distance for distance, n in distances.items() if n >= COMMON_SHARE * distances.total()]
            found[letters] = max(common, default=median_high(distances.elements())) / 4
    spacings = [pitch / (letters[0] / 2) for letters, pitch in found.items()]
    return Pitches(found, max([SPACING, *spacings]))


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
        left = round(min(lines[i].x0 for i in run) / MARGIN_STEP)
        for i in run:
            for near in (left - 1, left, left + 1):
                reach[near, round(2 * lines[i].size)].append(lines[i].x1)
    widest = {key: _widest(ends, key[1] / 2) for key, ends in reach.items()}
    edges = [0.0] * len(lines)
    for run in runs:
        left = round(min(lines[i].x0 for i in run) / MARGIN_STEP)
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
    room = (ROOM_WITHIN if reads_on(above, below) else ROOM) * above.size
    return above.x1 + SPACE * above.size + (first.x1 - first.x0) < edge - room


def reads_on(above: TextLine, below: TextLine) -> bool:
    """Whether words go on over a line's end: no sentence ends, and none begins."""
    begins = below.text[0].isupper() or below.text[0].isdigit()
    return not begins and not above.text.endswith(_SENTENCE_END)


def marker_of(line: TextLine, begins: bool) -> PlacedWord | None:
    """A list marker that opens a line; a dash, star or o only where it stands apart or `begins` a paragraph anyway."""
    if len(line.words) < 2:
        return None
    first, second = line.words[:2]
    if _SURE_MARKER.fullmatch(first.text):
        return first
    if _WEAK_MARKER.fullmatch(first.text):
        apart = second.x0 - first.x1 > MARKER_GAP * line.size
        if apart or (begins and first.text != "o"):
            return first
    return None


def paragraphs(
    lines: Sequence[TextLine],
    edges: Sequence[float],
    usual: Pitches,
    stated: Mapping[int, Statement] = MappingProxyType({}),
) -> Iterator[Paragraph]:
    """The paragraphs, list items and headings of lines in reading order; `stated` are headings' lines by their `id`."""
    group: list[TextLine] = []
    marker: PlacedWord | None = None
    starts_page = False
    a_line_each = _sentences_end_lines(lines)
    open_heading: Statement | None = None
    for number, line in enumerate(lines):
        heading = stated.get(id(line))
        if group and heading == open_heading:
            ends = a_line_each and _between_sentences(lines[number - 1].text, line.text)
            seam = _Seam(group, line, edges[number - 1], edges[number], usual, marker)
            if heading is not None or (not ends and _goes_on(seam)):
                group.append(line)
                continue
        if group:
            yield _paragraph(group, edges[number - len(group) : number], marker, starts_page, open_heading)
        open_heading = heading
        starts_page = number > 0 and line.page != lines[number - 1].page
        marker = marker_of(line, begins=True)
        group = [line.part(1, len(line.words)) if marker else line]
    if group:
        yield _paragraph(group, edges[len(lines) - len(group) :], marker, starts_page, open_heading)


def _sentences_end_lines(lines: Sequence[TextLine]) -> bool:
    """Whether a short stretch's sentences all end at line ends, which chance hardly does: each is a paragraph then."""
    if len(lines) > MAX_LISTED or any(SENTENCE_INSIDE.search(line.text) for line in lines):
        return False
    return sum(_between_sentences(above.text, below.text) for above, below in pairwise(lines)) > 1


def _between_sentences(above: str, below: str) -> bool:
    return above.endswith((".", "!", "?")) and below[0].isupper()


_NARROW, _WIDE = frozenset("fijlrtIJ.,:;-/()"), frozenset("mwMW")


def _share(letter: str) -> float:
    """About how wide a letter is, of the font's size, as in Helvetica and its like."""
    return 0.3 if letter in _NARROW else 0.83 if letter in _WIDE else 0.7 if letter.isupper() else 0.55


SIDE_BEARINGS, LETTER_SLACK, EDGE_SLACK = 0.06, 1.05, 0.12
"""Of the font's size: white at both sides of a word's letters; of a letter's width, and of the font's size, what widths
that are only estimated may miss."""


def _letter_width(line: TextLine) -> float:
    """What a line's first letter takes, with the white around it: its share of its word."""
    word = line.words[0]
    advance = word.x1 - word.x0 + SIDE_BEARINGS * line.size
    share = _share(word.text[0]) / sum(map(_share, word.text))
    return LETTER_SLACK * advance * share + EDGE_SLACK * line.size


def _paragraph(
    group: Sequence[TextLine],
    edges: Sequence[float],
    marker: PlacedWord | None,
    starts_page: bool,
    heading: Statement | None,
) -> Paragraph:
    full = frozenset(
        number
        for number, (line, edge, below) in enumerate(zip(group, edges, group[1:], strict=False))
        if len(line.words) == 1 and line.x1 > edge - _letter_width(below)
    )
    kind: Literal["list_item", "heading", "paragraph"] = (
        "list_item" if marker else "heading" if heading is not None else "paragraph"
    )
    level = heading.level if heading is not None and not marker else None
    return Paragraph([line.words for line in group], kind, marker, level, starts_page, full)


@dataclass(slots=True)
class _Seam:
    """Lines of a paragraph, and the line behind them; where both columns end, and the paragraph's marker."""

    group: Sequence[TextLine]
    line: TextLine
    edge: float
    own_edge: float
    usual: Pitches
    marker: PlacedWord | None

    @property
    def above(self) -> TextLine:
        return self.group[-1]

    @property
    def distance(self) -> float:
        return self.line.baseline - self.above.baseline

    @property
    def jumps(self) -> bool:
        """Whether a page or a column ends between the lines."""
        return self.above.page != self.line.page or self.distance < -JUMP * self.line.size

    @property
    def step(self) -> float:
        """How far the line begins to the right of those above; a paragraph's first line may stand in or out."""
        left = self.group[0] if self.marker or len(self.group) == 1 else self.above
        return self.line.x0 - left.x0


def _goes_on(seam: _Seam) -> bool:
    """Whether a line goes on with a paragraph: the first rule that says anything decides."""
    return next(verdict for rule in _RULES if (verdict := rule(seam)) is not None)


def _another_begins(seam: _Seam) -> bool | None:
    """A list item, or another size of letters, begins a paragraph."""
    above, line = seam.above, seam.line
    if _opens_item(above, line, seam.edge, seam.marker) or abs(above.size - line.size) >= SAME_SIZE:
        return False
    return None


def _is_apart(seam: _Seam) -> bool | None:
    """Beside it or too far below stands another paragraph; a font with few lines shows by its words what is far."""
    above, line, distance = seam.above, seam.line, seam.distance
    if seam.jumps or JUMP * line.size <= distance <= WIDE_PITCH * seam.usual.of(line):
        return None
    unmeasured = font(line) not in seam.usual.by_font and distance < MAX_PITCH * line.size
    return None if unmeasured and reads_on(above, line) and font(above) == font(line) else False


def _is_broken_word(seam: _Seam) -> bool | None:
    return True if seam.above.text.endswith("-") and seam.line.text[0].islower() else None


def _changes_weight(seam: _Seam) -> bool | None:
    """A bold heading above, or below."""
    above, line = seam.above, seam.line
    return False if (all(above.bold) and not line.bold[0]) or (all(line.bold) and not above.bold[1]) else None


def _is_ended(seam: _Seam) -> bool | None:
    return False if is_forced(seam.above, seam.line, seam.edge) else None


def _over_pages(seam: _Seam) -> bool | None:
    """No program leaves a paragraph's first line alone at a page's foot, none breaks a heading over pages."""
    if not seam.jumps:
        return None
    if seam.above.text.endswith(_SENTENCE_END):
        return seam.above.text[-1] != ":" and len(seam.group) > 1 and not _NUMBERED.match(seam.line.text)
    return not (all(seam.above.bold) and all(seam.line.bold))


def _is_set_in_middle(seam: _Seam) -> bool | None:
    """Set to the middle or the right: where a line begins says nothing."""
    shift = (seam.edge - seam.above.x0) - (seam.own_edge - seam.line.x0)
    return True if seam.edge != seam.own_edge and abs(shift) < SAME_PLACE else None


def _stands_in(seam: _Seam) -> bool | None:
    """Only a paragraph's second line may stand in: behind a marker, or under a heading line that hangs out."""
    if seam.step <= INDENT * seam.line.size:
        return None
    hangs = seam.step < FIRST_LINE * seam.line.size and reads_on(seam.above, seam.line)
    return (seam.marker is not None or hangs) and len(seam.group) == 1 and seam.line.text[0].islower()


def _stands_out(seam: _Seam) -> bool:
    """A line that stands out begins a paragraph, but for the second one, whose first line may stand in."""
    if len(seam.group) == 1 and seam.marker is None and seam.step > -FIRST_LINE * seam.line.size:
        return True
    return seam.step >= -INDENT * seam.line.size or reads_on(seam.above, seam.line)


_RULES: tuple[Callable[[_Seam], bool | None], ...] = (
    _another_begins,
    _is_apart,
    _is_broken_word,
    _changes_weight,
    _is_ended,
    _over_pages,
    _is_set_in_middle,
    _stands_in,
    _stands_out,
)


def _opens_item(above: TextLine, line: TextLine, edge: float, marker: PlacedWord | None) -> bool:
    """Whether a line opens with a list marker; a dash goes on with a sentence that fills its line (2020 – 2023)."""
    found = marker_of(line, begins=False)
    if found is None or _SURE_MARKER.fullmatch(found.text):
        return found is not None
    in_list = marker is not None and marker.text == found.text and abs(marker.x0 - found.x0) < INDENT * line.size
    return in_list or above.text.endswith((*_SENTENCE_END, ",")) or is_forced(above, line, edge)
