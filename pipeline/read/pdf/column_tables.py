"""Tables that no lattice draws: columns shown by the white between their words, rows as `table_rows` finds them.

A table is a run of lines that leave the same white stripes from top to bottom. Rules and shading say where rows end and
how sure the table is; captions above it and notes below cross its stripes, or stand apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import regex

from extractors.document import Box
from pipeline.read.pdf.page import PageContent, Rule, TextLine
from pipeline.read.pdf.ruled_tables import RuledCell, RuledTable
from pipeline.read.pdf.table_rows import FIGURES, SAME_LINE, Edge, Part, bands, is_drawn_by_columns, is_figure, rows

MIN_STRIPE = 0.45
"""Of the font's size: white that may part two columns; a space takes 0.3."""

WIDE = 0.7
"""Of the font's size: white in a line from which on a table may begin with it."""

MAX_GAP = 3.0
"""Of the font's size: a wider gap between two lines ends a table where nothing is drawn around it."""

HEADER_GAP = 2.2
"""Of the font's size: how far above a table's first row a heading that spans columns may stand."""

MOST_STARTS = 6
"""Lines with which a table may begin that are tried."""

FEWEST = 2
"""Lines that must have words on both sides of a stripe that is to hold, and lines with more than one column."""

MOST_CROSSING = 6
"""Lines of a cell that spans columns within a table."""

MANY_COLUMNS = 4
"""Columns from which on one line alone may be the last of a heading, at a page's foot."""

MOST_HEADER = 6
"""Lines of a table's heading above its first whole row."""

WHOLE_PAGE, TOUCH = 0.95, 8.0
"""Of the page's width: a shaded box so wide is its ground; points by which what is drawn in one line may miss."""

LONG = 0.5
"""Of a table's width: a rule that belongs to it is as long."""

ALIGNED = 2.0
"""Points by which words that begin at one place may differ."""

MARGIN = 2.0
"""Points of white around a table's words."""

STRETCHED = 2.0
"""How many times wider than a line's narrowest white its widest is at least where that parts columns."""

MORE_THAN_SPACE = 1.25
"""Of a line's usual space: white that parts cells."""

LARGER = 1.15
"""Of the size of a table's letters: a heading set so large is none of the table's."""

INDENT = 1.2
"""Of the font's size: by so much lines of a cell may begin differently."""

MARGIN_SHARE = 0.16
"""Share of a page's height at its top and bottom in which running headers and footers stand."""

EDGE = 0.5
"""Of the font's size: how far words may reach over a column's side on a following page."""

JUMP = 0.2
"""Of the page's height: a line that stands so much higher than the one before begins a column of the page."""

BOTH_FILLED = 0.6
"""Share of the lines of two columns that have words in both: a page's labels have values of many lines beside them."""

MANY_ROWS = 4
"""Lines with several columns from which on a table is hardly chance."""


class Signs:
    """What says that a region is a table, and read right. Set by hand on the twins' layouts."""

    WORDS = 0.6
    DRAWN = 0.25
    ROWS, FIGURES = 0.15, 0.15
    CROSSING = -0.3


_OPENER = regex.compile(r"[^\p{L}\p{N}]+|o|\(?(?:\d{1,3}|\p{L}|[ivx]{1,4})[.):]")


@dataclass(slots=True)
class _Row:
    """The words on one baseline, from left to right, and the lines that they belong to, with their places."""

    baseline: float
    size: float
    spans: list[tuple[float, float]] = field(default_factory=list)
    lines: list[tuple[int, TextLine]] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.spans[0][0]

    @property
    def x1(self) -> float:
        return max(x1 for _, x1 in self.spans)

    def chunks(self, gap: float) -> list[tuple[float, float]]:
        """The stretches of words that stand nearer to each other than `gap`, of the font's size."""
        return _merged([], self.spans, gap * self.size)


def column_tables(
    content: PageContent, items: Sequence[TextLine | RuledTable], carried: RuledTable | None = None
) -> list[TextLine | RuledTable]:
    """A page's lines and tables with the tables that words show, each where its first line stood.

    `carried` is such a table that ends the page before: what goes on with it at the top has its columns.
    """
    found: dict[int, RuledTable] = {}
    taken: set[int] = set()
    for number, flow in enumerate(_flows(content, items)):
        if carried is None and not _may_hold(flow):
            continue
        rest = _rows(flow)
        regions: list[tuple[_Region, Sequence[float]]] = []
        if carried is not None and not number:
            rest, region = _carried(content, rest, carried)
            regions += [(region, carried.columns)] if region is not None else []
        regions += [(region, _grid_lines(content, region)) for region in _regions(content, rest)]
        for region, columns in regions:
            table = _table(content, region, columns)
            if table is not None:
                places = {place for row in region.all_rows for place, _ in row.lines}
                found[min(places)] = table
                taken |= places
    if not found:
        return list(items)
    return [found.get(place, item) for place, item in enumerate(items) if place not in taken or place in found]


def _carried(content: PageContent, found: list[_Row], table: RuledTable) -> tuple[list[_Row], _Region | None]:
    """The rows at a page's top that go on with a table, as a region, and all others; a header may come first."""
    start = 0
    while (
        start < len(found) and found[start].baseline < MARGIN_SHARE * content.height and not _fits(found[start], table)
    ):
        start += 1
    end = start
    while end < len(found) and _fits(found[end], table):
        if end > start and _is_apart(content, found[end - 1], found[end], table.spans):
            break
        end += 1
    while end > start and not _ends_table(found[start:end], table.spans):
        end -= 1
    region = _Region(found[start:end], list(table.spans))
    if end == start or all(region.filled(row) < 2 for row in region.rows):
        return found, None
    return found[:start] + found[end:], region


def _fits(row: _Row, table: RuledTable) -> bool:
    """Whether a row's words keep to a table's columns."""
    inside = table.box.x0 - row.size < row.x0 and row.x1 < table.box.x1 + row.size
    spaces = _merged([], row.spans, MIN_STRIPE * row.size)
    slack = EDGE * row.size
    return inside and not any(x0 < x - slack and x + slack < x1 for x0, x1 in spaces for x in table.columns[1:-1])


# Columns of the page, lines


def _flows(content: PageContent, items: Sequence[TextLine | RuledTable]) -> Iterator[list[tuple[int, TextLine]]]:
    """The lines of each column of a page: where the next one stands, the file's order goes up again."""
    flow: list[tuple[int, TextLine]] = []
    for place, item in enumerate(items):
        if not isinstance(item, TextLine) or item.angle:
            continue
        if flow and flow[-1][1].baseline - item.baseline > JUMP * content.height and _is_beside(flow, item):
            yield flow
            flow = []
        flow.append((place, item))
    if flow:
        yield flow


def _is_beside(flow: Sequence[tuple[int, TextLine]], line: TextLine) -> bool:
    """Whether a line stands to the right of all that its height has to its left."""
    return all(other.x1 < line.x0 for _, other in flow if other.baseline > line.baseline - line.size)


def _may_hold(flow: Sequence[tuple[int, TextLine]]) -> bool:
    """Whether some lines have words that stand apart, or stand beside others: what is dear to look at has neither."""
    n_apart = 0
    above = None
    for _, line in flow:
        is_beside = above is not None and line.baseline < above.baseline + SAME_LINE * line.size
        n_apart += is_beside or any(b.x0 - a.x1 > WIDE * line.size for a, b in pairwise(line.words))
        above = line
        if n_apart >= FEWEST:
            return True
    return False


def _rows(flow: Sequence[tuple[int, TextLine]]) -> list[_Row]:
    found: list[_Row] = []
    for place, line in sorted(flow, key=lambda one: one[1].baseline):
        if not found or line.baseline - found[-1].baseline >= SAME_LINE * line.size:
            found.append(_Row(line.baseline, line.size))
        found[-1].lines.append((place, line))
        found[-1].spans += [(word.x0, word.x1) for word in line.words]
    for row in found:
        row.spans.sort()
    return found


def _merged(
    held: Sequence[tuple[float, float]], spans: Iterable[tuple[float, float]], gap: float
) -> list[tuple[float, float]]:
    """Stretches with others put in; those that stand nearer than `gap` become one."""
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted([*held, *spans]) if held else spans:
        if merged and x0 - merged[-1][1] < gap:
            if x1 > merged[-1][1]:
                merged[-1] = (merged[-1][0], x1)
        else:
            merged.append((x0, x1))
    return merged


# Regions


@dataclass(slots=True)
class _Region:
    """Rows that keep to columns, the stretches that each column's words take, and the rows of the heading above."""

    rows: list[_Row]
    columns: list[tuple[float, float]]
    header: list[_Row] = field(default_factory=list)
    crossing: list[_Row] = field(default_factory=list)

    @property
    def all_rows(self) -> list[_Row]:
        return sorted([*self.header, *self.rows, *self.crossing], key=lambda row: row.baseline)

    @property
    def x0(self) -> float:
        return self.columns[0][0]

    @property
    def x1(self) -> float:
        return self.columns[-1][1]

    def filled(self, row: _Row) -> int:
        """How many columns a row has words in."""
        return sum(any(x0 < b and a < x1 for a, b in row.spans) for x0, x1 in self.columns)

    @property
    def score(self) -> int:
        return sum(max(0, self.filled(row) - 1) for row in self.all_rows)


def _regions(content: PageContent, found: Sequence[_Row]) -> Iterator[_Region]:
    begins = [_may_begin(row) for row in found]
    if sum(begins) < FEWEST:
        return
    index = floor = 0
    while index < len(found):
        if not begins[index]:
            index += 1
            continue
        region, last = _best(content, found, begins, index, floor)
        if region is not None and (_is_table(content, region) or _heads_next_page(content, region, found[last + 1 :])):
            yield region
            index = floor = last + 1
        else:
            index += 1


def _may_begin(row: _Row) -> bool:
    """Whether a table may begin with a row: words stand apart in it, a list's marker aside."""
    chunks = row.chunks(WIDE)
    if len(chunks) == 2:
        return _OPENER.fullmatch(min(row.lines, key=lambda one: one[1].x0)[1].words[0].text) is None
    return len(chunks) > 1


def _best(
    content: PageContent, found: Sequence[_Row], begins: Sequence[bool], index: int, floor: int
) -> tuple[_Region | None, int]:
    """The region that has the most of the table that begins with a row or soon below, and its last row's number."""
    best: tuple[_Region | None, int] = None, index
    for start in range(index, min(index + MOST_STARTS, len(found))):
        if not begins[start]:
            continue
        if best[0] is not None and start > best[1]:
            break
        region, last = _grown(content, found, start)
        if region is None:
            continue
        _put_header(content, region, found[max(floor, start - MOST_HEADER) : start])
        while last + 1 < len(found) and any(_follows(row, found[last + 1]) for row in region.all_rows[-3:]):
            last += 1
            region.rows.append(found[last])
        if len(region.all_rows) < FEWEST:
            continue
        if best[0] is None or region.score > best[0].score:
            best = region, last
    return best


def _grown(content: PageContent, found: Sequence[_Row], start: int) -> tuple[_Region | None, int]:
    """The rows from one on that leave some white stripes in common; some may cross them, where others follow."""
    held = found[start].chunks(MIN_STRIPE)
    members, crossing = [found[start]], []
    for number in range(start + 1, len(found)):
        row = found[number]
        if len(held) < 2 or _is_apart(content, found[number - 1], row, held):
            break
        wider = _merged(held, row.spans, MIN_STRIPE * row.size)
        if not _loses(held, wider, members):
            held = wider
            members.append(row)
        elif _is_cell_row(row, held, members) or _goes_on_below(found, number, held, members):
            crossing.append(row)
        else:
            break
    if len(held) < 2:
        members.pop()
        held = _all_chunks(members)
    rows_ = sorted([*members, *crossing], key=lambda row: row.baseline)
    while rows_ and not _ends_table(rows_, held):
        rows_.pop()
    members = [row for row in rows_ if row not in crossing]
    if len(members) < (1 if len(found[start].chunks(WIDE)) >= MANY_COLUMNS else FEWEST):
        return None, start
    held = _columns(members)
    crossing = [row for row in rows_ if row in crossing]
    return (_Region(members, held, crossing=crossing), start + len(rows_) - 1) if len(held) > 1 else (None, start)


def _ends_table(found: Sequence[_Row], held: Sequence[tuple[float, float]]) -> bool:
    """Whether the last row is one of a table, no note below it: it fills several columns, or goes on with a cell."""
    last = found[-1]
    if sum(any(a < x1 and x0 < b for a, b in last.spans) for x0, x1 in held) > 1:
        return len(last.chunks(WIDE)) > 1 or (len(found) > 1 and _follows(found[-2], last))
    return len(found) > 1 and _follows(found[-2], last)


def _follows(above: _Row, row: _Row) -> bool:
    """Whether a row's first line goes on with a cell of the row above, in the file's order and at its place."""
    place, line = min(row.lines, key=lambda one: one[0])
    before = next((other for at, other in above.lines if at == place - 1), None)
    if before is None or row.baseline - above.baseline > HEADER_GAP * row.size:
        return False
    begins = [
        word
        for number, word in enumerate(before.words)
        if not number or word.x0 - before.words[number - 1].x1 > WIDE * row.size
    ]
    return abs(begins[-1].x0 - line.x0) < INDENT * row.size


def _is_cell_row(row: _Row, held: Sequence[tuple[float, float]], members: Sequence[_Row]) -> bool:
    """Whether a row that crosses stripes has a cell that spans columns: its stretches begin where columns do."""
    chunks = row.chunks(WIDE)
    if len(members) < FEWEST or row.x1 > held[-1][1] + row.size:
        return False
    return len(chunks) > 1 and all(any(abs(x0 - a) < 2 * MARGIN for a, _ in held) for x0, _ in chunks)


def _all_chunks(members: Sequence[_Row]) -> list[tuple[float, float]]:
    held: list[tuple[float, float]] = []
    for row in members:
        held = _merged(held, row.spans, MIN_STRIPE * row.size)
    return held


def _columns(members: Sequence[_Row]) -> list[tuple[float, float]]:
    """The columns of rows: stripes that are nowhere wider than spaces in a line part none."""
    held = _all_chunks(members)
    columns = held[:1]
    for x0, x1 in held[1:]:
        left, right = columns[-1]
        size = members[0].size
        if x0 - right >= WIDE * size or any(_white(row, (left, right), (x0, x1)) >= WIDE * size for row in members):
            columns.append((x0, x1))
        else:
            columns[-1] = (left, x1)
    return columns


def _white(row: _Row, left: tuple[float, float], right: tuple[float, float]) -> float:
    """How far a row's words in two neighbouring columns stand apart; 0 where one of them is empty."""
    before = max((x1 for x0, x1 in row.spans if left[0] - 0.01 <= x0 and x1 <= left[1] + 0.01), default=None)
    behind = min((x0 for x0, x1 in row.spans if right[0] - 0.01 <= x0 and x1 <= right[1] + 0.01), default=None)
    return behind - before if before is not None and behind is not None else 0.0


def _is_apart(content: PageContent, above: _Row, below: _Row, held: Sequence[tuple[float, float]]) -> bool:
    """Whether a row is too far below another to stand in one table with it, unless both stand in one frame or shade."""
    if below.baseline - above.baseline <= MAX_GAP * below.size:
        return False
    x0, x1 = held[0][0], held[-1][1]
    middle = (above.baseline + below.baseline) / 2
    beside = [rule for rule in content.vertical if x0 - 20 < rule.at < x1 + 20 and rule.start < middle < rule.end]
    return not beside and not any(box.x0 < x0 + 20 and box.top < middle < box.bottom for box in content.fills)


def _loses(held: Sequence[tuple[float, float]], wider: Sequence[tuple[float, float]], members: Sequence[_Row]) -> bool:
    """Whether stripes that hold between rows are lost."""
    kept = [(left, right) for (_, left), (right, _) in pairwise(wider)]
    if all(_is_kept(left, right, kept) for (_, left), (right, _) in pairwise(held)):
        return False
    return any(
        not _is_kept(left, right, kept) and sum(row.x0 < left and row.x1 > right for row in members) >= FEWEST
        for (_, left), (right, _) in pairwise(_columns(members))
    )


def _is_kept(left: float, right: float, stripes: Sequence[tuple[float, float]]) -> bool:
    """Whether something of a stripe is left."""
    return any((a <= left + 0.01 and right - 0.01 <= b) or left <= a < b <= right for a, b in stripes)


def _goes_on_below(
    found: Sequence[_Row], number: int, held: Sequence[tuple[float, float]], members: Sequence[_Row]
) -> bool:
    """Whether a row that crosses the stripes stands in a table all the same, since others below it keep to them.

    It heads a part of the table, or has a cell that spans columns: that begins where a column does.
    """
    row = found[number]
    if len(members) < FEWEST or row.x1 > held[-1][1] + row.size or row.x0 < held[0][0] - row.size:
        return False
    chunks = row.chunks(WIDE)
    is_cell = all(any(abs(x0 - a) < 2 * MARGIN for a, _ in held) for x0, _ in chunks)
    in_part = len(chunks) > 1 or row.x0 > held[0][1]
    most = MOST_CROSSING if in_part and is_cell else 1
    keeping = 0
    above = found[number - 1]
    for ahead, below in enumerate(found[number : number + most + 2]):
        if below.baseline - above.baseline > HEADER_GAP * below.size:
            return False
        above = below
        if _loses(held, _merged(held, below.spans, MIN_STRIPE * below.size), members):
            if ahead >= most:
                return False
            continue
        keeping += 1
        if keeping == (1 if in_part else 2):
            return len(below.chunks(WIDE)) > 1
    return False


def _put_header(content: PageContent, region: _Region, found: Sequence[_Row]) -> None:
    """Put the rows of a heading to the region that they stand above: those that span columns, or name the first."""
    above: list[_Row] = []
    reach = region.rows[0]
    for row in reversed(found):
        near = reach.baseline - row.baseline < HEADER_GAP * row.size
        first = row.chunks(WIDE)[0]
        if near and len(region.rows) == 1 and first[1] < region.columns[-MANY_COLUMNS][0] and first[0] < region.x0:
            _put_column(region, first)
        inside = (
            row.size < LARGER * region.rows[0].size and region.x0 - row.size < row.x0 and row.x1 < region.x1 + row.size
        )
        crosses = row.x0 < region.columns[1][0] - 1 and any(
            a < region.columns[0][1] + 1 and b > region.columns[1][0] for a, b in row.chunks(MIN_STRIPE)
        )
        if not near or not inside or crosses:
            break
        above.append(row)
        reach = row
    while above and not (
        above[-1].x0 > region.columns[0][1]
        or (len(above[-1].chunks(WIDE)) > 1)
        or _is_under_rule(content, region, above[-1])
    ):
        above.pop()
    region.header = above[::-1]


def _put_column(region: _Region, span: tuple[float, float]) -> None:
    """Give a heading's lowest row the first column, of which only the rows above have words."""
    x0, x1 = region.columns[0]
    if span[1] < x0:
        region.columns.insert(0, span)
    else:
        region.columns[0] = min(x0, span[0]), max(x1, span[1])


def _is_under_rule(content: PageContent, region: _Region, row: _Row) -> bool:
    return any(0 < row.baseline - edge.at < 2 * row.size for edge in _edges(content, region))


def _edges(content: PageContent, region: _Region) -> list[Edge]:
    """What is drawn across a region: rules, and sides of shaded boxes."""
    if content.edges is None:
        content.edges = list(_in_line([*content.horizontal, *_sides(content)]))
    x0, x1 = region.x0, region.x1
    return [Edge(*edge) for edge in content.edges if edge.start < x1 and edge.end > x0]


def _sides(content: PageContent) -> Iterator[Rule]:
    for box in content.fills:
        if box.x1 - box.x0 < WHOLE_PAGE * content.width:
            yield Rule(box.top, box.x0, box.x1)
            yield Rule(box.bottom, box.x0, box.x1)


def _in_line(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Rules at one height that touch, made one."""
    held: Rule | None = None
    for rule in sorted(Rule(round(at, 1), start, end) for at, start, end in rules):
        if held is not None and held.at == rule.at and rule.start - held.end < TOUCH:
            held = Rule(held.at, held.start, max(held.end, rule.end))
            continue
        if held is not None:
            yield held
        held = rule
    if held is not None:
        yield held


# What is a table


def _is_table(content: PageContent, region: _Region) -> bool:
    """Whether a region is a table; columns of prose, lists, and labels with their values are none."""
    several = [row for row in region.all_rows if region.filled(row) > 1]
    if len(several) < FEWEST:
        return False
    if len(region.columns) == 2 and not _is_pair_of_columns(content, region, several):
        return False
    if len(region.columns) == 2 or _is_marked(content, region):
        return True
    wide = [row for row in region.rows if region.filled(row) > 2]
    if len(wide) < FEWEST or _is_justified(region):
        return False
    return len(wide) > FEWEST or _has_figures([line for row in wide for _, line in row.lines], region)


def _is_pair_of_columns(content: PageContent, region: _Region, several: Sequence[_Row]) -> bool:
    """Whether two columns are a table: marked as one, or names with figures; no list, labels, or table of contents."""
    names = [_first_text(region, row) for row in several]
    if any(_OPENER.fullmatch(name) or name.endswith(":") for name in names):
        return False
    values = [_text_behind(region, row) for row in several]
    figures = [value for value in values if is_figure(value)]
    numbers = [int(value) for value in values if value.isdecimal()]
    if len(numbers) > FEWEST and 2 * len(numbers) > len(values) and numbers == sorted(numbers):
        return False
    is_even = len(several) >= BOTH_FILLED * len(region.all_rows)
    of_figures = len(figures) > FEWEST and len(figures) >= FIGURES * len(values)
    return of_figures or (is_even and _is_parted_upright(content, region))


def _text_behind(region: _Region, row: _Row) -> str:
    x1 = region.columns[0][1]
    return " ".join(word.text for _, line in row.lines for word in line.words if word.x0 > x1)


def _is_justified(region: _Region) -> bool:
    """Whether a region's columns stand no further apart than the words in them: lines of prose, stretched."""
    ratios = []
    for row in region.rows:
        gaps = sorted(b[0] - a[1] for a, b in pairwise(row.spans))
        if len(gaps) >= len(region.columns):
            ratios.append(gaps[-1] / max(gaps[0], 0.1 * row.size))
    return 2 * len(ratios) > len(region.rows) and median(ratios) < STRETCHED


def _has_figures(lines: Iterable[TextLine], region: _Region) -> bool:
    """Whether most words beside the first column are figures."""
    words = [word.text for line in lines for word in line.words if word.x0 > region.columns[0][1]]
    return sum(is_figure(word) for word in words) >= FIGURES * len(words)


def _heads_next_page(content: PageContent, region: _Region, below: Sequence[_Row]) -> bool:
    """Whether a region at a page's foot is the heading of a table that stands on the next page."""
    last = region.all_rows[-1]
    is_last = not below or below[0].baseline - last.baseline > HEADER_GAP * last.size
    is_last = is_last and all(row.baseline > (1 - MARGIN_SHARE) * content.height for row in below)
    short = all(x1 - x0 < 10 * region.rows[0].size for x0, x1 in region.columns[1:])
    return is_last and short and len(region.columns) > 3


def _first_text(region: _Region, row: _Row) -> str:
    x1 = region.columns[0][1]
    return " ".join(word.text for _, line in row.lines for word in line.words if word.x0 < x1)


def _is_marked(content: PageContent, region: _Region) -> bool:
    """Whether rules or shading mark a region as a table: at two heights across it, or upright between its columns."""
    found, size = region.all_rows, region.rows[0].size
    top, bottom = found[0].baseline - 3 * size, found[-1].baseline + 2 * size
    drawn: Counter[int] = Counter()
    for edge in _edges(content, region):
        if top < edge.at < bottom:
            drawn[round(edge.at / 3)] += round(min(edge.end, region.x1) - max(edge.start, region.x0))
    if sum(length > LONG * (region.x1 - region.x0) for length in drawn.values()) >= 2:
        return True
    return _is_parted_upright(content, region)


def _is_parted_upright(content: PageContent, region: _Region) -> bool:
    """Whether an upright rule, or the side of a shaded box, stands between a region's columns."""
    top, bottom = region.all_rows[0].baseline, region.all_rows[-1].baseline
    upright = [rule.at for rule in content.vertical if rule.start < bottom and rule.end > top]
    upright += [x for box in content.fills if box.top < bottom and box.bottom > top for x in (box.x0, box.x1)]
    return any(left < x < right for (_, left), (right, _) in pairwise(region.columns) for x in upright)


# The table


def _table(content: PageContent, region: _Region, columns: Sequence[float]) -> RuledTable | None:
    crossing = {id(line) for row in region.crossing for _, line in row.lines}
    parts = [
        part
        for row in region.all_rows
        for place, line in row.lines
        for part in _parts(place, line, columns, _least_white(line) if id(line) in crossing else MIN_STRIPE)
    ]
    found = bands(parts)
    if not found:
        return None
    if is_drawn_by_columns(found) and not _has_figures((part.line for part in parts), region):
        return None
    grid = rows(found, _edges(content, region), columns)
    tops = [min(part.line.top for part in group) - 1 for group in grid]
    bottom = max(word.bottom for part in grid[-1] for word in part.line.words) + 1
    lines = [*tops, bottom]
    cells = _cells(grid, columns, lines)
    box = Box(columns[0], lines[0], columns[-1], bottom)
    spans, sure = tuple(region.columns), _confidence(content, region, parts)
    return RuledTable(content.number, box, list(columns), lines, cells, spans=spans, confidence=sure)


def _confidence(content: PageContent, region: _Region, parts: Sequence[Part]) -> float:
    """How sure a region is a table, and read right, 0..1: by what is drawn, rows, figures; cells that span cost."""
    several = sum(region.filled(row) > 1 for row in region.all_rows)
    sure = Signs.WORDS + Signs.DRAWN * _is_marked(content, region) + Signs.ROWS * (several >= MANY_ROWS)
    sure += Signs.FIGURES * _has_figures((part.line for part in parts), region)
    return min(1.0, sure) + Signs.CROSSING * len(region.crossing) / len(region.all_rows)


def _grid_lines(content: PageContent, region: _Region) -> list[float]:
    """The places of the grid lines: upright rules in the stripes, else before words that begin below each other."""
    top, bottom = region.all_rows[0].baseline, region.all_rows[-1].baseline
    upright = [rule.at for rule in content.vertical if rule.start < bottom and rule.end > top]
    lines = [region.x0 - MARGIN]
    for (_, left), (right, end) in pairwise(region.columns):
        ruled = [x for x in upright if left - 1 < x < right + 1]
        begins = [min(x0 for x0, _ in inside) for row in region.rows if (inside := _within(row, right, end))]
        is_flush = 2 * sum(x0 - right < ALIGNED for x0 in begins) > len(begins)
        lines.append(ruled[0] if ruled else right - min(MARGIN, (right - left) / 2) if is_flush else (left + right) / 2)
    return [*lines, region.x1 + MARGIN]


def _within(row: _Row, x0: float, x1: float) -> list[tuple[float, float]]:
    return [span for span in row.spans if x0 - 1 < span[0] < x1]


def _least_white(line: TextLine) -> float:
    """What white, of the font's size, parts cells in a line that has one over several columns: more than its spaces."""
    spaces = sorted(word.x0 - before.x1 for before, word in pairwise(line.words))
    return max(MIN_STRIPE, min(WIDE, MORE_THAN_SPACE * spaces[len(spaces) // 3] / line.size)) if spaces else WIDE


def _parts(place: int, line: TextLine, columns: Sequence[float], least: float) -> Iterator[Part]:
    """A line's words by cell; words nearer than `least`, of the font's size, are of one cell that spans columns."""
    first = 0
    for number in range(1, len(line.words) + 1):
        if number < len(line.words):
            before, word = line.words[number - 1], line.words[number]
            gap = word.x0 - before.x1
            crossed = any(before.x1 <= x + 0.5 and x - 0.5 <= word.x0 for x in columns[1:-1])
            if not (gap > WIDE * line.size or (crossed and gap >= least * line.size)):
                continue
        part = line.part(first, number)
        col = max((at for at, x in enumerate(columns[:-1]) if x <= part.x0 + 1), default=0)
        end = min((at for at, x in enumerate(columns[1:], 1) if part.x1 - 1 <= x), default=len(columns) - 1)
        yield Part((place, first), col, max(end, col + 1), part)
        first = number


def _cells(grid: Sequence[Sequence[Part]], columns: Sequence[float], lines: Sequence[float]) -> list[RuledCell]:
    """The cells of the grid; a heading above several columns spans them, lines that reach below their row span rows."""
    cells: list[RuledCell] = []
    covered: set[tuple[int, int]] = set()
    for row, group in enumerate(grid):
        spans = _spans(grid, row, len(columns) - 1)
        for col in range(len(columns) - 1):
            if (row, col) in covered:
                continue
            end = spans.get(col, col + 1)
            own = sorted((part for part in group if col <= part.col < end), key=lambda part: part.place)
            height = _height(grid, row, col, end, own)
            covered |= {(r, c) for r in range(row, row + height) for c in range(col, end)}
            box = Box(columns[col], lines[row], columns[end], lines[row + height])
            cells.append(RuledCell(row, col, height, end - col, box, [part.line for part in own]))
    return cells


def _spans(grid: Sequence[Sequence[Part]], row: int, n_cols: int) -> dict[int, int]:
    """Where cells of a row end that span columns; one that heads the next row's goes on to the next filled one."""
    spans: dict[int, int] = {}
    filled = sorted({part.col for part in grid[row]})
    for part in grid[row]:
        if part.end - part.col < 2:
            continue
        behind = [other.col for other in grid[row] if other.col > part.col and other.line.x0 > part.line.x1 - 1]
        end = min([part.end, *behind])
        if end - part.col > 1:
            spans[part.col] = max(end, spans.get(part.col, 0))
    below = {part.col for part in grid[row + 1]} if row + 1 < len(grid) else set()
    for col in filled if row < 2 else ():
        if 0 in below and (row or col not in spans):
            continue
        end = spans.get(col, col + 1)
        stop = next((one for one in filled if one > col), n_cols)
        while col and col in below and end < stop and end in below:
            end += 1
        if end - col > 1:
            spans[col] = end
    return spans


def _height(grid: Sequence[Sequence[Part]], row: int, col: int, end: int, own: Sequence[Part]) -> int:
    """Over how many rows a cell goes: as long as its lines stand beside those of rows that leave its columns empty."""
    height = 1
    if not own:
        return height
    reach = max(part.line.baseline for part in own)
    while row + height < len(grid):
        below = grid[row + height]
        begins = min(part.line.baseline for part in below)
        if reach < begins - 0.1 * own[0].line.size or any(part.col < end and col < part.end for part in below):
            break
        height += 1
    return height
