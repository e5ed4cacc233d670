"""Tables over page breaks: the parts of a table on its pages become one grid, a row that a page cuts one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from extractors.document import Box
from pipeline.read.pdf.page import TextLine
from pipeline.read.pdf.paragraphs import is_forced, marker_of
from pipeline.read.pdf.ruled_tables import RuledCell, RuledTable

SAME_EDGE = 4.0
"""Points by which a column's edges may differ from page to page."""

SAME_PLACE = 2.0
"""Points by which lines that begin, end or have their middle at one place may differ."""

MOST_PADDING = 8.0
"""Points that a cell's words stand off its right side at most: the rest of its usual white is room for words."""

ROOM = 2.5
"""Of the font's size: white left at a page's foot in which the next row's first line would have stood."""

FILLED = 0.8
"""Share of its cells that have words of their own in the column that names the rows."""


class Votes:
    """What a cell says of a page break: a row is cut where the sum is above 0. Set by hand on the twins."""

    ROOM_LEFT = -2.0  # who breaks pages by rows leaves white
    NO_CELL_ABOVE = -1.0
    BEGINS_BELOW = -2.0
    NAME_MISSING = 1.5  # the column that names the rows is empty below
    LIST_GOES_ON, LIST_BEGINS = 2.0, -1.0
    SENTENCE_GOES_ON, SENTENCE_ENDS, UNSURE = 2.0, -1.0, -0.5


@dataclass(slots=True)
class JoinedCell:
    """A cell of the whole table. `edges` are where its text must end, a line."""

    row: int
    col: int
    row_span: int
    col_span: int
    page: int
    box: Box
    lines: list[TextLine] = field(default_factory=list)
    edges: list[float] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class JoinedTable:
    """A table over one or more pages; `columns` are the places of its grid lines."""

    columns: list[float]
    n_rows: int = 0
    cells: list[JoinedCell] = field(default_factory=list)
    last: RuledTable | None = None
    unclosed: frozenset[int] = frozenset()
    dropped: list[TextLine] = field(default_factory=list)


def join_parts(parts: Sequence[RuledTable], bottoms: dict[int, float]) -> JoinedTable:
    """The parts of one table, in order, as a whole; `bottoms` says how far down each page's body reaches.

    A repeated header is dropped; its lines are in `dropped`.
    """
    widest = max(parts, key=lambda part: len(part.columns))
    table = JoinedTable(widest.columns)
    for part in parts:
        _append(table, part, bottoms.get(table.last.page, 0.0) if table.last else 0.0)
    return table


def continues(upper: RuledTable, lower: RuledTable) -> bool:
    """Whether a part on the next page, or in the next column, has a table's columns: the same, or some of the same.

    Outer columns may be missing where a row is cut: a browser draws no rule beside the empty rest of a cell that spans
    rows.
    """
    beside = lower.page == upper.page and lower.box.x0 > upper.box.x1 - SAME_EDGE and lower.box.top < upper.box.bottom
    if not beside and lower.page != upper.page + 1:
        return False
    few, many = sorted((upper, lower), key=lambda part: len(part.columns))
    if abs(_width(few.columns) - _width(many.columns)) > SAME_EDGE and not (upper.open_bottom and lower.open_top):
        return False
    return all(any(abs(x - other) <= SAME_EDGE for other in many.columns) for x in _moved(few, many.columns))


def _moved(part: RuledTable, columns: Sequence[float]) -> list[float]:
    """A part's grid lines, from the left edge of a table as wide as it is: pages may have margins of their own."""
    same_width = abs(_width(part.columns) - _width(columns)) <= SAME_EDGE
    return [x - part.columns[0] + columns[0] for x in part.columns] if same_width else part.columns


def _width(columns: Sequence[float]) -> float:
    return columns[-1] - columns[0]


def _append(table: JoinedTable, part: RuledTable, bottom: float) -> None:
    """Put a part below a table: its repeated header goes, a row that the page break cuts becomes one."""
    columns = table.columns
    places = [min(range(len(columns)), key=lambda i: abs(columns[i] - x)) for x in _moved(part, columns)]
    n_header = _n_repeated(table, part, places) if table.last else 0
    table.dropped += [line for cell in part.cells if cell.row < n_header for line in cell.lines]
    unclosed = table.unclosed if part.open_top else frozenset[int]()
    table.unclosed = frozenset(places[col] for col in part.unclosed)
    if any(cell.row >= n_header for cell in part.cells):
        _append_rows(table, part, places, n_header, unclosed, bottom)
    table.last = part


def _append_rows(
    table: JoinedTable,
    part: RuledTable,
    places: Sequence[int],
    n_header: int,
    unclosed: frozenset[int],
    bottom: float,
) -> None:
    rest = [cell for cell in part.cells if cell.row >= n_header]
    upper = {cell.col: cell for cell in table.cells if cell.row + cell.row_span == table.n_rows}
    lower = {places[cell.col]: cell for cell in rest if cell.row == n_header}
    cut = table.last is not None and _is_cut(table, part, n_header, upper, lower, bottom)
    offset = table.n_rows - n_header - cut
    padding = _padding(part)
    for cell in rest:
        col = places[cell.col]
        span = max(1, places[cell.col + cell.col_span] - col)
        above = upper.get(col) if cell.row == n_header else None
        if above is not None and above.col_span == span and (cut or _is_rest(above, cell) or col in unclosed):
            above.row_span += cell.row_span - cut
        else:
            above = JoinedCell(cell.row + offset, col, cell.row_span, span, part.page, cell.box)
            table.cells.append(above)
        _add_lines(above, cell, padding)
    n_rows = max(cell.row + cell.row_span for cell in table.cells)
    for col, above in upper.items():
        if not places[0] <= col < places[-1]:  # the part lacks its column: a cell that spans rows goes on
            above.row_span += n_rows - table.n_rows
    table.n_rows = n_rows


def _add_lines(joined: JoinedCell, cell: RuledCell, padding: tuple[float, float]) -> None:
    joined.lines += cell.lines
    joined.edges += _edges(cell, *padding)


def _edges(cell: RuledCell, padding: float, usual: float) -> list[float]:
    """Where a cell's lines must end; set to the middle or the right, they end where their white would fill them."""
    lines, box = cell.lines, cell.box
    lefts, rights = [line.x0 for line in lines], [line.x1 for line in lines]
    ragged = len(lines) > 1 and max(lefts) - min(lefts) > SAME_PLACE
    centres = [line.x0 + line.x1 for line in lines]
    if ragged and min(max(centres) - min(centres), max(rights) - min(rights)) < SAME_PLACE:
        room = max(box.x1 - box.x0 - 2 * padding, *(line.x1 - line.x0 for line in lines))
        return [line.x0 + room for line in lines]
    return [max([box.x1 - min(usual, MOST_PADDING), *rights])] * len(lines)


def _padding(part: RuledTable) -> tuple[float, float]:
    """How near words come to the left side of a table's cells: the nearest, and the usual."""
    near = [min(line.x0 - cell.box.x0 for line in cell.lines) for cell in part.cells if cell.lines]
    return (max(1.0, min(near)), max(1.0, median(near))) if near else (1.0, 1.0)


def _is_rest(above: JoinedCell, cell: RuledCell) -> bool:
    """Whether an empty cell is the rest of one that spans rows over the page break."""
    return not cell.lines and (above.row_span > 1 or cell.row_span > 1)


def _n_repeated(table: JoinedTable, part: RuledTable, places: Sequence[int]) -> int:
    """How many rows the part repeats from the table's head."""
    number = 0
    while number < len(part.rows) - 1:
        here = {(places[c.col], _text(c.lines)) for c in part.cells if c.row == number}
        head = {(c.col, _text(c.lines)) for c in table.cells if c.row == number}
        if here != head or not any(text for _, text in here):
            break
        number += 1
    return number


def _text(lines: Sequence[TextLine]) -> str:
    return "".join(word.text for line in lines for word in line.words)


def _is_cut(
    table: JoinedTable,
    part: RuledTable,
    n_header: int,
    upper: dict[int, JoinedCell],
    lower: dict[int, RuledCell],
    bottom: float,
) -> bool:
    """Whether the page break cuts a row: by the structure tree, by a missing rule, else by what the cells hold."""
    last = table.last
    assert last is not None
    above, below = last.row_paths.get(len(last.rows) - 2), part.row_paths.get(n_header)
    if above and below:
        return above == below
    if last.open_bottom:
        return True
    if part.open_top and not n_header:
        return False  # who draws no rule at a page's top drew one under the last row that ended
    if not any(cell.lines for cell in lower.values()):
        return False
    return _cut_votes(table, upper, lower, last, bottom) > 0


def _cut_votes(
    table: JoinedTable,
    upper: dict[int, JoinedCell],
    lower: dict[int, RuledCell],
    last: RuledTable,
    bottom: float,
) -> float:
    """What the cells say: a sentence that goes on speaks for a cut row, a cell that only begins below against it.

    For it speaks also an empty cell in the column that names the rows: the first that all rows fill.
    """
    votes = 0.0
    height = max((cell.lines[-1].size for cell in upper.values() if cell.lines), default=10.0)
    if bottom - last.box.bottom > ROOM * height:
        votes += Votes.ROOM_LEFT
    key = next((col for col in sorted(lower) if _is_always_filled(table, col)), None)
    for col, cell in lower.items():
        above = upper.get(col)
        if above is None:
            votes += Votes.NO_CELL_ABOVE
        elif cell.lines and not above.lines:
            votes += Votes.BEGINS_BELOW
        elif cell.lines:
            votes += _sentence_vote(above, cell)
        elif above.lines and col == key:
            votes += Votes.NAME_MISSING
    return votes


def _sentence_vote(above: JoinedCell, cell: RuledCell) -> float:
    ends, begins = above.lines[-1], cell.lines[0]
    if (marker := marker_of(begins, begins=True)) is not None and not marker_of(above.lines[0], begins=True):
        in_list = any(line.words[0].text == marker.text for line in above.lines)
        return Votes.LIST_GOES_ON if in_list else Votes.LIST_BEGINS
    if begins.text[0].islower() or ends.text.endswith(("-", ",")):
        return Votes.SENTENCE_GOES_ON
    if is_forced(ends, begins, above.edges[-1]) or ends.text.endswith((".", "!", "?", "%")):
        return Votes.SENTENCE_ENDS
    return Votes.UNSURE


def _is_always_filled(table: JoinedTable, col: int) -> bool:
    """Whether nearly every row of a table has words of its own in a column."""
    cells = [cell for cell in table.cells if cell.col == col]
    alone = all(cell.row_span == 1 for cell in cells)
    return alone and len(cells) > 1 and sum(bool(cell.lines) for cell in cells) >= FILLED * len(cells)
