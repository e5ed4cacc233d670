"""Tables without rules: cells that stand in columns, or that only their shading parts.

A table shows itself by rows of three words or more that stand apart and leave the same white stripes from row to row.
Two columns alone are no table: so stand a page's labels and their values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.document import Box
from pipeline.read.pdf.page import PageContent, TextLine
from pipeline.read.pdf.ruled_tables import RuledCell, RuledTable

MIN_COLUMNS = 3
MIN_ROWS = 3

MIN_STRIPE = 5.0
"""Points of white that part two columns on every row."""

MAX_GAP = 3.0
"""Of the font's size: a wider gap between two rows' baselines ends a table."""

SAME_LINE = 0.3
"""Of the font's size, by which baselines on one row may differ."""

MOST_ONWARD = 0.8
"""Share of the rows that must follow each other in the page's order."""

LONG_RULE, UNDERLINE = 0.2, 0.3
"""Of a table's width, a rule that may part its rows; of its lines' smallest distance, white under one that only
underlines words."""

ROW_GAP = 1.12
"""Of the smallest distance of lines, from which on a distance parts rows: cells have their padding."""


@dataclass(slots=True)
class _Row:
    """The pieces of text on one baseline, from left to right, with their places in the page's order."""

    baseline: float
    pieces: list[tuple[int, TextLine]]


def aligned_tables(content: PageContent, items: Sequence[TextLine | RuledTable]) -> list[TextLine | RuledTable]:
    """A page's lines and tables with the tables that alignment shows, each where its first line stood."""
    rows = _rows(items)
    found: dict[int, RuledTable] = {}
    taken: set[int] = set()
    for region in _regions(rows):
        table = _table(content, region)
        if table is not None:
            places = {place for row in region for place, _ in row.pieces}
            found[min(places)] = table
            taken |= places
    if not found:
        return list(items)
    return [found.get(place, item) for place, item in enumerate(items) if place not in taken or place in found]


def _rows(items: Sequence[TextLine | RuledTable]) -> list[_Row]:
    lines = [(place, item) for place, item in enumerate(items) if isinstance(item, TextLine)]
    rows: list[_Row] = []
    for place, line in sorted(lines, key=lambda one: (one[1].baseline, one[1].x0)):
        if rows and abs(rows[-1].baseline - line.baseline) < SAME_LINE * line.size:
            rows[-1].pieces.append((place, line))
        else:
            rows.append(_Row(line.baseline, [(place, line)]))
    for row in rows:
        row.pieces.sort(key=lambda piece: piece[1].x0)
    return rows


def _regions(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Runs of rows that begin with one of three pieces or more and keep to its white stripes."""
    index = 0
    while index < len(rows):
        if len(rows[index].pieces) < MIN_COLUMNS:
            index += 1
            continue
        region = [rows[index]]
        stripes = _stripes(region)
        for row in rows[index + 1 :]:
            size = row.pieces[0][1].size
            narrower = _stripes([*region, row])
            if row.baseline - region[-1].baseline > MAX_GAP * size or len(narrower) < len(stripes):
                break
            region.append(row)
            stripes = narrower
        if sum(len(row.pieces) >= MIN_COLUMNS for row in region) >= MIN_ROWS and len(stripes) + 1 >= MIN_COLUMNS:
            yield region
            index += len(region)
        else:
            index += 1


def _stripes(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """The stretches between the leftmost and rightmost words that no row's words reach into."""
    spans = sorted((line.x0, line.x1) for row in rows for _, line in row.pieces)
    stripes, reach = [], spans[0][1]
    for x0, x1 in spans:
        if x0 - reach >= MIN_STRIPE:
            stripes.append((reach, x0))
        reach = max(reach, x1)
    return stripes


def _table(content: PageContent, region: Sequence[_Row]) -> RuledTable | None:
    groups = _grouped(content, region)
    if len(groups) < MIN_ROWS or not _read_by_rows(groups):
        return None
    left = min(line.x0 for row in region for _, line in row.pieces) - 2
    right = max(line.x1 for row in region for _, line in row.pieces) + 2
    columns = [left, *((a + b) / 2 for a, b in _stripes(region)), right]
    tops = [min(line.top for _, line in group[0].pieces) - 1 for group in groups]
    bottom = max(word.bottom for _, line in region[-1].pieces for word in line.words) + 1
    rows = [*tops, bottom]
    cells = []
    for number, group in enumerate(groups):
        for column, (x0, x1) in enumerate(pairwise(columns)):
            cell = RuledCell(number, column, 1, 1, Box(x0, rows[number], x1, rows[number + 1]))
            cell.lines = [line for row in group for _, line in row.pieces if x0 <= (line.x0 + line.x1) / 2 < x1]
            cells.append(cell)
    return RuledTable(content.number, Box(left, rows[0], right, bottom), columns, rows, cells)


def _read_by_rows(groups: Sequence[Sequence[_Row]]) -> bool:
    """Whether the page's order goes from row to row; in columns of prose it goes down the columns."""
    places = [[place for row in group for place, _ in row.pieces] for group in groups]
    onward = sum(max(above) < min(below) for above, below in pairwise(places))
    return onward >= MOST_ONWARD * (len(places) - 1)


def _grouped(content: PageContent, region: Sequence[_Row]) -> list[list[_Row]]:
    """The lines of each row: parted by rules, by shading, by wider gaps, else by the first column's words."""
    pairs = list(pairwise(region))
    left, right = region[0].pieces[0][1].x0, region[0].pieces[-1][1].x1
    drawn = [rule.at for rule in content.horizontal if rule.end - rule.start > LONG_RULE * (right - left)]
    drawn += [edge for box in content.fills for edge in (box.top, box.bottom)]
    distances = [below.baseline - above.baseline for above, below in pairs]
    least = min(distances)
    parted = [any(above.baseline < y < below.baseline - UNDERLINE * least for y in drawn) for above, below in pairs]
    if not any(parted):
        parted = [distance > ROW_GAP * least for distance in distances]
    if not any(parted):
        edge = min(row.pieces[0][1].x0 for row in region)
        parted = [below.pieces[0][1].x0 < edge + MIN_STRIPE for _, below in pairs]
    groups = [[region[0]]]
    for (_, below), is_parted in zip(pairs, parted, strict=True):
        if is_parted:
            groups.append([])
        groups[-1].append(below)
    return groups
