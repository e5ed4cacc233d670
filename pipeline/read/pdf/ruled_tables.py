"""Tables that rules draw on a page: rules become a lattice, the lattice's openings become cells.

Rules that touch make a table. Its grid lines are the places of its rules; two neighbouring openings of the grid are one
cell where no rule parts them, so merged cells come out as what they are. Where the verticals run on beyond the last
horizontal (a browser draws no rule under a row that a page cuts), their ends close the table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Box
from pipeline.read.pdf.box_tables import box_rules
from pipeline.read.pdf.connected import connected
from pipeline.read.pdf.page import MIDDLE, PageContent, Rule, TextLine

SNAP = 5.0
"""Points; rules that are nearer to each other make one grid line."""

TOUCH = 4.0
"""Points by which rules may miss each other and still meet."""

MIN_COVER = 0.6
"""Share of an opening's side that a rule must cover to part it from its neighbour."""

NEAR, NEAR_ROW = 3.0, 1.5
"""Of the font's size: how far from boxes words of a table stand that have none, beside them and above or below."""

NEAR_START = 8.0
"""Points behind a column's left side within which its words begin."""

MAX_OPENINGS = 40_000
"""Openings of a grid that are looked at: a finer one is a drawing."""


@dataclass(slots=True)
class RuledCell:
    """A cell on one page: its place in the page's grid, its box, its lines of text in reading order."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    lines: list[TextLine] = field(default_factory=list)


@dataclass(slots=True)
class RuledTable:
    """The part of a table that stands on one page.

    `columns` and `rows` are the places of its grid lines; `open_top` and `open_bottom` say that no rule closes it;
    `unclosed` are the columns whose last cells no rule ends; `row_paths` are its rows in the structure tree, where the
    file is tagged; `spans` are what each column's words take where only they show the columns;
    `confidence`, 0..1, says how sure it is a table, and read right.
    """

    page: int
    box: Box
    columns: list[float]
    rows: list[float]
    cells: list[RuledCell]
    open_top: bool = False
    open_bottom: bool = False
    row_paths: dict[int, tuple[int, ...]] = field(default_factory=dict)
    unclosed: frozenset[int] = frozenset()
    spans: tuple[tuple[float, float], ...] = ()
    confidence: float = 1.0


def ruled_tables(content: PageContent) -> list[RuledTable]:
    """The tables of a page from top to bottom, still without words. One opening alone, or one column, is a frame."""
    horizontal = _merged(content.horizontal)
    vertical = _merged(content.vertical)
    found = []
    for rules in _components(horizontal, vertical):
        table = _table(content.number, *rules)
        if table is not None:
            found.append(table)
    boxes = [box for box in content.fills if not any(_inside(box, table.box) for table in found)]
    for rules in box_rules(boxes):
        table = _table(content.number, *map(_merged, rules))
        if table is not None and not _goes_on_unboxed(content, table):
            found.append(table)
    outer = [
        t for t in found if not any(_inside(t.box, c.box) for other in found if other is not t for c in other.cells)
    ]
    return sorted(outer, key=lambda table: (table.box.top, table.box.x0))


def _goes_on_unboxed(content: PageContent, table: RuledTable) -> bool:
    """Whether a table whose cells are boxes has others that are none: every second row is shaded, or a column."""
    box, beside = table.box, 0
    above, below = set[int](), set[int]()
    for line in content.lines:
        middle, near = line.baseline - MIDDLE * line.size, NEAR_ROW * line.size
        if box.top < middle < box.bottom:
            apart = max(line.x0 - box.x1, box.x0 - line.x1)
            sticks_out = line.x0 < box.x0 - line.size or line.x1 > box.x1 + line.size
            beside += 0 < apart < NEAR * line.size or (apart <= 0 and sticks_out)
        elif 0 < middle - box.bottom < near or 0 < box.top - middle < near:
            (below if middle > box.bottom else above).update(_columns_begun(line, table))
    leaves_out = 2 * beside > len(table.rows) - 1 or len(above) > 1 or len(below) > 1
    return leaves_out or any(_holds_several(content, table, cell) for cell in table.cells if cell.col_span > 1)


def _holds_several(content: PageContent, table: RuledTable, cell: RuledCell) -> bool:
    """Whether what looks like a cell that spans columns holds words in several of them, side by side."""
    begun: dict[int, set[int]] = defaultdict(set)
    for line in content.lines:
        middle = line.baseline - MIDDLE * line.size
        if cell.box.top < middle < cell.box.bottom and line.x1 > cell.box.x0 and line.x0 < cell.box.x1:
            for number, word in enumerate(line.words):
                if not number or word.x0 - line.words[number - 1].x1 > 0.5 * line.size:
                    begun[round(middle)].add(
                        sum(x <= word.x0 for x in table.columns[cell.col : cell.col + cell.col_span])
                    )
    return any(len(columns) > 1 for columns in begun.values())


def _columns_begun(line: TextLine, table: RuledTable) -> Iterator[int]:
    """The columns of a table at whose left side a line has words."""
    for word in line.words:
        yield from (number for number, x in enumerate(table.columns[:-1]) if 0 <= word.x0 - x < NEAR_START)


def _meets(across: Rule, down: Rule) -> bool:
    reaches = across.start - TOUCH <= down.at <= across.end + TOUCH
    return reaches and down.start - TOUCH <= across.at <= down.end + TOUCH


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules in one place that touch or overlap made one; their place is that of the longest."""
    merged: list[Rule] = []
    for rule in sorted(rules):
        near = (
            index
            for index in range(len(merged) - 1, -1, -1)
            if rule.at - merged[index].at <= SNAP / 2
            and rule.start <= merged[index].end + TOUCH
            and merged[index].start <= rule.end + TOUCH
        )
        if (index := next(near, None)) is None:
            merged.append(rule)
            continue
        other = merged[index]
        at = rule.at if rule.end - rule.start > other.end - other.start else other.at
        merged[index] = Rule(at, min(rule.start, other.start), max(rule.end, other.end))
    return merged


def _components(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, directly or over others, as groups of horizontals and verticals."""
    n = len(horizontal)
    meeting = (
        (i, n + j) for i, across in enumerate(horizontal) for j, down in enumerate(vertical) if _meets(across, down)
    )
    groups = (
        ([horizontal[i] for i in members if i < n], [vertical[i - n] for i in members if i >= n])
        for members in connected(range(n + len(vertical)), meeting)
    )
    return [group for group in groups if len(group[1]) >= 2 and group[0]]


def _grid_lines(places: Iterable[float]) -> list[float]:
    lines: list[list[float]] = []
    for place in sorted(places):
        if lines and place - lines[-1][0] <= SNAP:
            lines[-1].append(place)
        else:
            lines.append([place])
    return [sum(line) / len(line) for line in lines]


@dataclass(slots=True)
class _Lattice:
    """The grid lines of rules that meet, and the rules on each; `open_*` say that no rule closes the grid there."""

    columns: list[float]
    rows: list[float]
    beside: list[list[Rule]]
    below: list[list[Rule]]
    open_top: bool
    open_bottom: bool

    @property
    def n_rows(self) -> int:
        return len(self.rows) - 1

    @property
    def n_cols(self) -> int:
        return len(self.columns) - 1

    @property
    def is_grid(self) -> bool:
        return self.n_rows >= 1 and self.n_cols >= 2 and self.n_rows * self.n_cols <= MAX_OPENINGS

    def is_open(self, row: int) -> bool:
        """Whether a row is the outermost one at an end that no rule closes."""
        return (self.open_top and row == 0) or (self.open_bottom and row == self.n_rows - 1)


def _lattice(horizontal: list[Rule], vertical: list[Rule]) -> _Lattice:
    columns = _grid_lines(rule.at for rule in vertical)
    top, bottom = min(rule.start for rule in vertical), max(rule.end for rule in vertical)
    places = [rule.at for rule in horizontal]
    open_top, open_bottom = min(places) - top > 2 * SNAP, bottom - max(places) > 2 * SNAP
    rows = _grid_lines([*places, *[top] * open_top, *[bottom] * open_bottom])
    beside, below = [_covering(vertical, x) for x in columns], [_covering(horizontal, y) for y in rows]
    return _Lattice(columns, rows, beside, below, open_top, open_bottom)


def _table(page: int, horizontal: list[Rule], vertical: list[Rule]) -> RuledTable | None:
    """The table that rules draw; None where they draw a frame, or a drawing."""
    lattice = _lattice(horizontal, vertical)
    if not lattice.is_grid:
        return None
    cells = sorted(_lattice_cells(lattice), key=lambda cell: (cell.row, cell.col))
    columns, rows, last = lattice.columns, lattice.rows, lattice.n_rows - 1
    if lattice.open_bottom and not any(cell.row == last for cell in cells):  # the verticals only stick out
        for cell in cells:
            cell.row_span = min(cell.row_span, last - cell.row)
        rows.pop(-2)
        lattice.open_bottom = False
    if len(cells) < 2 or all(cell.col_span == lattice.n_cols for cell in cells):
        return None
    box = Box(columns[0], rows[0], columns[-1], rows[-1])
    ends = _covering(horizontal, rows[-1])
    unclosed = frozenset(c for c in range(lattice.n_cols) if not _covers(ends, columns[c], columns[c + 1]))
    return RuledTable(page, box, columns, rows, cells, lattice.open_top, lattice.open_bottom, unclosed=unclosed)


def _lattice_cells(lattice: _Lattice) -> Iterator[RuledCell]:
    """The cells that a lattice's openings make; beside a cell that runs on over the page's end there may be none."""
    columns, rows = lattice.columns, lattice.rows
    for members in _openings(rows, columns, lattice.below, lattice.beside):
        r0, r1 = min(r for r, _ in members), max(r for r, _ in members) + 1
        c0, c1 = min(c for _, c in members), max(c for _, c in members) + 1
        has_sides = all(_covers(lattice.beside[c], rows[r0], rows[r1]) for c in (c0, c1))
        if has_sides or r1 - r0 > 1 or not lattice.is_open(r0):
            yield RuledCell(r0, c0, r1 - r0, c1 - c0, Box(columns[c0], rows[r0], columns[c1], rows[r1]))


def _covering(rules: Sequence[Rule], place: float) -> list[Rule]:
    return [rule for rule in rules if abs(rule.at - place) <= SNAP]


def _covers(rules: Sequence[Rule], start: float, end: float) -> bool:
    """Whether rules on one grid line cover enough of a stretch."""
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= MIN_COVER * (end - start)


def _openings(
    rows: Sequence[float], columns: Sequence[float], below: Sequence[list[Rule]], beside: Sequence[list[Rule]]
) -> list[list[tuple[int, int]]]:
    """The grid's openings, those that no rule parts together; groups that are no rectangle are cut into rows."""
    n_rows, n_cols = len(rows) - 1, len(columns) - 1
    places = [(r, c) for r in range(n_rows) for c in range(n_cols)]
    open_between: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for r, c in places:
        if c + 1 < n_cols and not _covers(beside[c + 1], rows[r], rows[r + 1]):
            open_between.append(((r, c), (r, c + 1)))
        if r + 1 < n_rows and not _covers(below[r + 1], columns[c], columns[c + 1]):
            open_between.append(((r, c), (r + 1, c)))
    found: list[list[tuple[int, int]]] = []
    for members in connected(places, open_between):
        height = len({r for r, _ in members})
        width = len({c for _, c in members})
        if height * width == len(members):
            found.append(members)
        else:
            found += [[m for m in members if m[0] == r] for r in sorted({r for r, _ in members})]
    return found


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer.x0 - 1 <= inner.x0 and inner.x1 <= outer.x1 + 1 and outer.top - 1 <= inner.top
    ) and inner.bottom <= outer.bottom + 1


def take_words(content: PageContent, tables: Sequence[RuledTable]) -> list[RuledTable | TextLine]:
    """Put the page's words into the cells that hold them.

    Gives what is left in the order of the page; a table stands where its first word does, without words it is left out.
    """
    rest: list[RuledTable | TextLine] = []
    seen: set[int] = set()
    for line in content.lines:
        table = next((t for t in tables if _holds(t.box, line)), None)
        if table is None:
            rest.append(line)
            continue
        if id(table) not in seen:
            seen.add(id(table))
            rest.append(table)
        for first, last, cell in _by_cell(line, table):
            cell.lines.append(line.part(first, last))
    return rest


def _holds(box: Box, line: TextLine) -> bool:
    middle = line.baseline - MIDDLE * line.size
    return box.top <= middle <= box.bottom and line.x1 > box.x0 and line.x0 < box.x1


def _by_cell(line: TextLine, table: RuledTable) -> Iterator[tuple[int, int, RuledCell]]:
    """The stretches of a line's words that stand in one cell."""
    middle = line.baseline - MIDDLE * line.size
    across = [cell for cell in table.cells if cell.box.top <= middle <= cell.box.bottom] or table.cells
    first, held = 0, across[0]
    for number, word in enumerate(line.words):
        centre = (word.x0 + word.x1) / 2
        near = min(across, key=lambda cell: max(cell.box.x0 - centre, centre - cell.box.x1, 0.0))
        if number and near is not held:
            yield first, number, held
            first = number
        held = near
    yield first, len(line.words), held
