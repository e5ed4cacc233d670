"""Cells that are boxes: shaded or rounded rectangles side by side make a lattice as rules do.

White may part the boxes; the lattice's rules run in its middle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from extractors.document import Box
from pipeline.read.pdf.connected import connected
from pipeline.read.pdf.page import Rule

MIN_WIDTH, MIN_HEIGHT = 8.0, 7.0
"""Points that a cell is wide and high at least."""

MAX_GAP = 10.0
"""Points of white between two boxes that are cells of one table."""

BESIDE = 0.6
"""Share of the smaller box's side along which two cells stand beside each other."""

MOST_BOXES = 1_500
"""Boxes of a page that are looked at: a page with more is a drawing."""

SAME = 1.0
"""Points by which boxes may differ that are one, drawn twice."""


def box_rules(boxes: Sequence[Box]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """For boxes that stand in rows and columns the horizontals and verticals that part them."""
    cells = [box for box in boxes if box.x1 - box.x0 >= MIN_WIDTH and box.bottom - box.top >= MIN_HEIGHT]
    if not 4 <= len(cells) <= MOST_BOXES:
        return
    for group, gap in _groups(_innermost(cells)):
        half = gap / 2
        wider = [Box(b.x0 - half, b.top - half, b.x1 + half, b.bottom + half) for b in group]
        horizontal = [Rule(y, b.x0, b.x1) for b in wider for y in (b.top, b.bottom)]
        yield horizontal, [Rule(x, b.top, b.bottom) for b in wider for x in (b.x0, b.x1)]


def _innermost(boxes: Sequence[Box]) -> list[Box]:
    """Boxes without those that hold others: frames and grounds; one that is drawn twice stands once."""
    rows: dict[int, list[Box]] = defaultdict(list)
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.x1 - box.x0) * (box.bottom - box.top)):
        strips = range(int(box.top // 50), int(box.bottom // 50) + 1)
        if not any(_holds(box, other) for strip in strips for other in rows[strip]):
            kept.append(box)
            for strip in strips:
                rows[strip].append(box)
    return kept


def _holds(outer: Box, inner: Box) -> bool:
    across = outer.x0 - SAME <= inner.x0 and inner.x1 <= outer.x1 + SAME
    return across and outer.top - SAME <= inner.top and inner.bottom <= outer.bottom + SAME


def _groups(boxes: Sequence[Box]) -> Iterator[tuple[list[Box], float]]:
    """Boxes that are neighbours, directly or over others, in several rows and columns; the usual white between them."""
    gaps: dict[int, list[float]] = defaultdict(list)
    beside, below = set[int](), set[int]()
    pairs: list[tuple[int, int]] = []
    for upright in (False, True):
        for one, other, gap in _neighbours(boxes, upright):
            (below if upright else beside).add(one)
            gaps[one].append(gap)
            pairs.append((one, other))
    for members in connected(range(len(boxes)), pairs):
        if any(index in beside for index in members) and any(index in below for index in members):
            yield [boxes[index] for index in members], median(gap for index in members for gap in gaps[index])


def _neighbours(boxes: Sequence[Box], upright: bool) -> Iterator[tuple[int, int, float]]:
    """Pairs of boxes beside each other, or one below the other, with the white between them."""
    spans = [(b.top, b.bottom, b.x0, b.x1) if upright else (b.x0, b.x1, b.top, b.bottom) for b in boxes]
    order = sorted(range(len(boxes)), key=lambda index: spans[index][0])
    for number, one in enumerate(order):
        _, end, start, stop = spans[one]
        for other in order[number + 1 :]:
            begin, _, first, last = spans[other]
            if begin - end > MAX_GAP:
                break
            overlap = min(stop, last) - max(start, first)
            if begin - end > -SAME and overlap > BESIDE * min(stop - start, last - first):
                yield one, other, max(0.0, begin - end)
