"""Which column of a project table each run of words of its text layer belongs to.

A text layer keeps the order of the words and the ends of the lines; the columns' edges are lost. A line is one cell's,
or runs across columns: then it is cut into runs, one a column. `decode` reads a table line by line and keeps the
cheapest readings (a beam search over rows, columns and cuts). What a reading costs is a sum of features, each with a
weight of `column_weights.tsv`, which `tests.columns.train` fits over many tables. How wide each column is
shows in the document itself: `learn` decodes and measures in turns.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from extractors.outline.column_weights import Weights

AREA, PROJECT, GOAL, INDICATOR, SOURCE, RESULTS, OTHER, GROUP = range(8)
"""What a column holds. GROUP is no column: a line that heads the rows below it, over the whole table's width."""

NAMES = (AREA, PROJECT, GROUP)

USUAL_WIDTHS = (18.0, 22.0, 29.0, 30.0, 20.0, 52.0, 20.0, 90.0)
"""Characters that a landscape page's columns take by what they hold: where the measuring begins."""

ITERATIONS = 4

STILL = 0.04
"""Share of a column's width by which it may still move to be taken for measured."""

BEAM = 20
"""Readings kept a line."""

MARGIN = 12.0
"""How much dearer than the cheapest a reading may be and still be kept."""

MOST_BONUS = 5.0
"""What the words of a line may yet speak for a reading: one dearer by this and the margin is not looked at."""

ROUGH_BEAM = 8
"""Readings kept a line while widths and names are being learned."""

CUTS = 8
"""Ways of cutting a line kept."""

LETTERS_DIFFER = 1.12
"""How much longer than the column's width a line may be: letters differ in width."""

_BROKEN_EARLY = 0.88
"""A line is broken where the next word no longer fits: with it, it takes at least this share of the width."""

SHORTEST_NAME = 4
"""Letters of a name's skeleton from which it is known again."""

_LONG_NAME = (50, 110)
"""Characters from which a name of an area, or of a project, is long."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table's stretch: its words by where they start and end in the source, and what each is.

    `opens` and `starts_page` say what stands above. `labels` are the reporting periods that open a result: the index
    of a label's first word, that of the word behind it, and its period. `flags` holds for each word what the features
    ask: bits of `CAPITAL` to `RULED`. `block` is the skeleton of the whole block that a line opens, where it is short.
    `keys` are the words' letters, those that text recognition confuses left out.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    flags: tuple[int, ...]
    keys: tuple[str, ...]
    labels: tuple[tuple[int, int, str], ...] = ()
    opens: bool = True
    closes: bool = True
    starts_page: bool = False
    is_group: bool = False
    block: str = ""

    def length(self, first: int, end: int) -> int:
        return self.ends[end - 1] - self.starts[first]


CAPITAL, LOWER, CLOSES, HYPHEN, VERB, MEASURE, COLLECTION, FIGURE, ITEM, RULED = (1 << bit for bit in range(10))
"""What a word is: begins with a capital or a small letter; ends a sentence, or in a hyphen; a finite verb; typical of
what is measured, or of where data come from; a figure; a list's marker; stands behind a rule that was read as a bar."""


class Run(NamedTuple):
    """The words `first`..`end` of a line, in a column (its index; -1 is a group's line)."""

    first: int
    end: int
    column: int


class Placed(NamedTuple):
    """A line as read: its runs, and the row that they belong to; whether the line opens the row."""

    runs: tuple[Run, ...]
    row: int
    opens: bool


@dataclass(frozen=True)
class Region:
    """A project table's stretch: the lines of its body, what its columns hold, and the order of its periods."""

    lines: tuple[Line, ...]
    roles: tuple[int, ...]
    order: dict[str, int] = field(default_factory=dict)

    @property
    def has_gaps(self) -> bool:
        """Whether empty lines part its cells."""
        return any(line.opens for line in self.lines[1:])

    @property
    def labelled(self) -> bool:
        """Whether its results stand under their periods."""
        return bool(self.order)


@dataclass(frozen=True, slots=True)
class Names:
    """What a document's tables have in common, learned from it.

    The areas and the projects as their rows spell them, skeletons of whole names; names that recur from table to table,
    before it is known what they name; and by role the share of blocks that end as sentences do.
    """

    areas: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()
    ends: tuple[float, ...] = (0.05, 0.05, 0.5, 0.4, 0.3, 0.7, 0.3, 0.05)

    def of(self, role: int) -> frozenset[str]:
        return self.projects if role == PROJECT else self.areas


class _Cell(NamedTuple):
    """What a reading has put in a cell: characters, the last run's length and the flags of its last word, letters."""

    length: int
    last: int
    flags: int
    key: str


_EMPTY = _Cell(0, 0, CLOSES, "")

_SHAPE_BITS, _SHAPE, _IN_WORD = 3, 7, 4
"""Bits of a reading's shape that a column takes: filled, stops within a sentence, within a word; all; the last."""

_NOT_ACROSS = -2
"""In place of the column of the run before: the run is its line's only one."""


class _Fit(NamedTuple):
    """A cell with one more run in it, its bits of the shape, and what that costs: the cut before the run and its length
    where a line is cut, and how badly it fits."""

    cell: _Cell
    shape: int
    joint: float
    over: float
    cost: float


_Cut = tuple[float, Run | None, "_Cut | None"]
"""The beginning of a line cut into runs: what it costs, its last run and what stands before that."""


def _runs_of(cut: _Cut | None) -> tuple[Run, ...]:
    found: list[Run] = []
    while cut is not None and cut[1] is not None:
        found.append(cut[1])
        cut = cut[2]
    return tuple(found[::-1])


_cost_of = itemgetter(0)


class _Reading(NamedTuple):
    """A reading of the lines so far."""

    cost: float
    row: int
    column: int
    seen: int
    broken: bool
    across: bool
    shape: int
    cells: tuple[_Cell, ...]
    placed: Placed | None
    before: _Reading | None

    @property
    def state(self) -> tuple[int, int, bool, bool, int]:
        """What readings must have in common for the cheaper one to replace the other: also, in `shape`, which cells
        are filled and which of them stop within a sentence or a word."""
        return self.column, self.seen, self.broken, self.across, self.shape


class Decoder:
    """Reads one table with the widths of its columns in characters and the names that the document knows; `beam`
    readings are kept a line."""

    def __init__(
        self, region: Region, widths: Sequence[float], names: Names, weights: Weights, beam: int = BEAM
    ) -> None:
        self.beam = beam
        self.region, self.widths, self.names, self.weights = region, tuple(widths), names, weights
        self.roles = region.roles
        self.first_name = self.roles.index(PROJECT)
        self.no_gaps = not region.has_gaps
        self.labelled = region.labelled
        self.blank = (_EMPTY,) * len(self.roles)
        self.start = _Reading(0.0, -1, -1, 0, False, False, 0, self.blank, None, None)
        self.endings = [(-math.log(1 - share), -math.log(share)) for share in names.ends]
        self.words_costs: dict[tuple[int, int, int, int], float] = {}
        self.fits: dict[tuple[int, Run, int, bool], _Fit] = {}
        self.labels: dict[int, int] = {}
        self.hyphens = sum(_IN_WORD << _SHAPE_BITS * index for index in range(len(self.roles)))
        self.widest = max(self.widths) * LETTERS_DIFFER

    def decode(self) -> list[Placed]:
        """The cheapest reading: for each line its runs, their columns and their row."""
        readings = [self.start]
        previous: Line | None = None
        for line in self.region.lines:
            readings = self._step(readings, line, previous)
            previous = line
        last = min(readings, key=lambda one: one.cost + self._row_cost(one))
        placed: list[Placed] = []
        while last.placed is not None and last.before is not None:
            placed.append(last.placed)
            last = last.before
        return placed[::-1]

    def _step(self, readings: Sequence[_Reading], line: Line, previous: Line | None) -> list[_Reading]:
        """The cheapest readings up to a line, given those up to the line above.

        How a row begins does not hang on what stands above: of the readings that may end there the cheapest serves.
        """
        self._begin(line)
        step: dict[tuple[int, int, bool, bool, int], _Reading] = {}
        best = float("inf")
        cuts = self._cuts(line, previous, readings[0].cells)
        if cuts and readings[0].cells is not self.blank:
            cuts += [cut for cut in self._cuts(line, previous, self.blank) if cut not in cuts]
        going_on = [self._just_goes_on(reading, line) for reading in readings]
        row_costs = [self._row_cost(reading) for reading in readings]
        ends = [
            reading.cost + row_cost if not goes_on else float("inf")
            for reading, row_cost, goes_on in zip(readings, row_costs, going_on, strict=True)
        ]
        ending = ends.index(min(ends))
        for index, reading in enumerate(readings):
            may_open = index == ending and not going_on[index]
            for runs, opens in self._candidates(reading, line, cuts, goes_on=going_on[index], may_open=may_open):
                cost = reading.cost + self._step_cost(reading, line, runs, opens, row_costs[index])
                if cost > best + MARGIN + MOST_BONUS:
                    continue
                one = self._placed(reading, line, runs, opens, cost, best + MARGIN)
                if one is None:
                    continue
                best = min(best, one.cost)
                held = step.get(one.state)
                if held is None or one.cost < held.cost:
                    step[one.state] = one
        kept = [one for one in step.values() if one.cost <= best + MARGIN]
        return sorted(kept, key=lambda one: one.cost)[: self.beam]

    def _begin(self, line: Line) -> None:
        """Make ready for a line: its labels' numbers by their first words; how runs fit is asked anew."""
        self.fits.clear()
        self.labels.clear()
        for first, _, period in line.labels:
            self.labels.setdefault(first, self.region.order[period])

    def cost(self, placed: Sequence[Placed]) -> float:
        """What a given reading costs: for fitting the weights."""
        reading = self.start
        for line, one in zip(self.region.lines, placed, strict=True):
            self._begin(line)
            step = self._step_cost(reading, line, one.runs, one.opens, self._row_cost(reading))
            reading = self._placed(reading, line, one.runs, one.opens, reading.cost + step) or reading
        return reading.cost + self._row_cost(reading)

    # Candidates

    def _candidates(
        self, reading: _Reading, line: Line, cuts: Sequence[tuple[Run, ...]], *, goes_on: bool, may_open: bool
    ) -> Iterator[tuple[tuple[Run, ...], bool]]:
        """What a line may be behind a reading of those above: its runs, and whether it opens a row.

        `goes_on` says that it surely is its cell's next line, `may_open` that rows are to be opened here.
        """
        whole = len(line.starts)
        if line.is_group:
            if may_open:
                yield (Run(0, whole, -1),), True
            return
        if goes_on:
            yield (Run(0, whole, reading.column),), False
            return
        labelled = 0 in self.labels
        has_row = reading.cells is not self.blank
        for index, role in enumerate(self.roles):
            if labelled and role != RESULTS:
                continue
            runs = (Run(0, whole, index),)
            if has_row:
                yield runs, False
            if may_open and index <= self.first_name and not labelled:
                yield runs, True
        is_alone = self.no_gaps or (line.opens and line.closes)
        if may_open and is_alone and AREA not in self.roles and not labelled:
            yield (Run(0, whole, -1),), True
        for cut in cuts:
            if has_row:
                yield cut, False
            if may_open and cut[0].column <= self.first_name:
                yield cut, True

    def _just_goes_on(self, reading: _Reading, line: Line) -> bool:
        """Whether a line is surely the next one of the cell above: within a block, within a sentence, of its width."""
        if line.opens or reading.across or not line.flags[0] & LOWER or line.is_group:
            return False
        if reading.cells is self.blank or 0 in self.labels:
            return False
        cell, width = reading.cells[reading.column], self.widths[reading.column]
        if cell.flags & CLOSES or line.length(0, len(line.starts)) > LETTERS_DIFFER * width:
            return False
        return cell.last + 1 + line.ends[0] - line.starts[0] > _BROKEN_EARLY * width

    def _cuts(self, line: Line, previous: Line | None, cells: tuple[_Cell, ...]) -> list[tuple[Run, ...]]:
        """The cheapest ways of cutting a line into runs of several columns, given the cells of the cheapest reading."""
        if not self._may_be_cut(line, previous):
            return []
        n_words = len(line.starts)
        found: list[dict[int, list[_Cut]]] = [{} for _ in range(n_words + 1)]
        found[0][-1] = [(0.0, None, None)]
        for first in range(n_words):
            runs = self._runs_from(line, first, cells) if found[first] else []
            for column, cuts in sorted(found[first].items()):
                for index, stretches in runs:
                    if index <= column:
                        continue
                    joint = self._joint_cost(line, first, index, column, cells[index])
                    for run, over, name in stretches:
                        held = found[run.end].setdefault(index, [])
                        more = joint + over + name
                        for cut in cuts:
                            cost = cut[0] + more
                            if len(held) < CUTS or cost < held[-1][0]:
                                insort(held, (cost, run, cut), key=_cost_of)
                                del held[CUTS:]
        whole = [cut for _, cuts in sorted(found[n_words].items()) for cut in cuts if cut[2] and cut[2][1]]
        return [_runs_of(cut) for cut in sorted(whole, key=_cost_of)[:CUTS]]

    def _may_be_cut(self, line: Line, previous: Line | None) -> bool:
        """Whether a line may run across columns: it is longer than any, or a word in it may open a cell."""
        n_words = len(line.starts)
        if n_words < 2 or line.is_group:
            return False
        if line.length(0, n_words) > self.widest or any(index for index, _, _ in line.labels):
            return True
        if previous is not None and not line.opens and previous.length(0, len(previous.starts)) > self.widest:
            return True
        opening = CAPITAL | ITEM | RULED | FIGURE
        return any(
            flags & opening and not line.flags[index] & CLOSES for index, flags in enumerate(line.flags[1:], start=0)
        )

    def _runs_from(
        self, line: Line, first: int, cells: tuple[_Cell, ...]
    ) -> list[tuple[int, list[tuple[Run, float, float]]]]:
        """By column the runs that may begin at a word: what it costs that they are too long, and what as names."""
        is_label = first in self.labels
        inside = min((index for index in self.labels if index > first), default=len(line.starts))
        found = []
        for index, (role, width) in enumerate(zip(self.roles, self.widths, strict=True)):
            if is_label and role != RESULTS:
                continue
            stretches = []
            key = cells[index].key
            for end in range(first + 1, inside + 1):
                length = line.length(first, end)
                if length > 1.3 * width + 2:
                    break
                name = 0.0
                if role in NAMES:
                    key += line.keys[end - 1]
                    name = self._name_cost(role, cells[index], key, length)
                stretches.append((Run(first, end, index), self._over(length, width), name))
            found.append((index, stretches))
        return found

    # Costs

    def _joint_cost(self, line: Line, first: int, column: int, before: int, cell: _Cell) -> float:
        """What it costs to begin a run in a column, behind the run before it in one to the left, or (-1) as the line's
        first."""
        weights = self.weights
        flags = line.flags[first]
        goes_on = cell.length and flags & LOWER and not cell.flags & CLOSES
        if before < 0:
            return weights.cut_goes_on if goes_on else 0.0
        cost = weights.cut + weights.cut_skip * (column - before - 1)
        if flags & (CAPITAL | ITEM | RULED) or first in self.labels:
            cost += weights.cut_opening
        elif goes_on:
            cost += weights.cut_goes_on
        if line.flags[first - 1] & CLOSES:
            cost += weights.cut_closed
        return cost

    def _over(self, length: int, width: float) -> float:
        over = length / width - LETTERS_DIFFER
        return self.weights.too_wide * min(over, 1.0) if over > 0 else 0.0

    def _step_cost(self, reading: _Reading, line: Line, runs: Sequence[Run], opens: bool, row_cost: float) -> float:
        """What it costs to go to a line from the one above: to end the row, or to go on in it."""
        if opens:
            return row_cost + self._open_cost(line, runs)
        cost = self._move_cost(reading, line, runs, reading.broken or line.starts_page)
        if not line.opens:
            waiting = reading.shape & self.hyphens
            for run in runs:
                waiting &= ~(_IN_WORD << _SHAPE_BITS * run.column)
            cost += self.weights.hyphen_waits * waiting.bit_count()
        return cost

    def _placed(
        self,
        reading: _Reading,
        line: Line,
        runs: tuple[Run, ...],
        opens: bool,
        cost: float,
        limit: float = float("inf"),
    ) -> _Reading | None:
        """The reading behind a line whose runs and row are given, and the cost up to it; None beyond the limit."""
        weights = self.weights
        broken = (reading.broken or line.starts_page) and not opens
        cells = self.blank if opens else reading.cells
        seen, row = (0, reading.row + 1) if opens else (reading.seen, reading.row)
        if runs[0].column < 0:
            cost += self._group_cost(line)
            if cost > limit:
                return None
            return _Reading(cost, row, -1, 0, False, False, 0, self.blank, Placed(runs, row, opens), reading)
        fresh = list(cells)
        shape = 0 if opens else reading.shape
        is_across = len(runs) > 1
        before = -1 if is_across else _NOT_ACROSS
        for run in runs:
            if (number := self.labels.get(run.first)) is not None:
                if number <= seen:
                    cost += weights.period_again
                seen = max(seen, number)
            fit = self._fit(cells[run.column], line, run, before, seen > 0 or broken)
            if is_across:
                cost += fit.joint
                cost += fit.over
                before = run.column
            cost += fit.cost
            fresh[run.column] = fit.cell
            shape = shape & ~(_SHAPE << _SHAPE_BITS * run.column) | fit.shape
        if cost > limit:
            return None
        placed = Placed(runs, row, opens)
        return _Reading(cost, row, runs[0].column, seen, broken, is_across, shape, tuple(fresh), placed, reading)

    def _fit(self, cell: _Cell, line: Line, run: Run, before: int, dated: bool) -> _Fit:
        """How a run fits a cell, behind a run in another column or (-1) as the first of several; kept for the line,
        during which the readings hold their cells."""
        asked = (id(cell), run, before, dated)
        fit = self.fits.get(asked)
        if fit is None:
            is_across = before != _NOT_ACROSS
            joint = self._joint_cost(line, run.first, run.column, before, cell) if is_across else 0.0
            over = self._over(line.length(run.first, run.end), self.widths[run.column]) if is_across else 0.0
            grown, cost = self._in_cell(cell, line, run, is_across, dated)
            bits = 1 | (0 if grown.flags & CLOSES else 2) | (_IN_WORD if grown.flags & HYPHEN else 0)
            fit = self.fits[asked] = _Fit(grown, bits << _SHAPE_BITS * run.column, joint, over, cost)
        return fit

    def _in_cell(self, cell: _Cell, line: Line, run: Run, is_across: bool, dated: bool) -> tuple[_Cell, float]:
        """A cell with one more run in it, and how badly the run fits it."""
        weights, role = self.weights, self.roles[run.column]
        width = self.widths[run.column]
        length = line.length(run.first, run.end)
        flags = line.flags[run.first]
        labelled = run.first in self.labels
        cost = 0.0 if is_across else self._over(length, width)
        if not cell.length:
            cost += weights.small_first[role] if flags & LOWER else 0.0
            cost += weights.lone[role] if line.opens and line.closes and not is_across else 0.0
        elif labelled or flags & ITEM:
            pass
        elif cell.flags & CLOSES:
            cost += weights.small_behind_end if flags & LOWER else weights.goes_on_behind_end[role]
        else:
            early = _BROKEN_EARLY - (cell.last + 1 + line.ends[run.first] - line.starts[run.first]) / width
            if early > 0 and not cell.flags & HYPHEN:
                cost += weights.broken_early * min(early, 0.6)
            if cell.flags & HYPHEN:
                cost += weights.behind_hyphen
            elif not flags & LOWER:
                cost += weights.capital_goes_on
        if role == RESULTS and self.labelled and not dated:
            cost += weights.undated
        asked = (line.starts[run.first], run.end, role, labelled)
        if (words := self.words_costs.get(asked)) is None:
            words = self.words_costs[asked] = self._words_cost(role, line, run, labelled)
        cost += words
        if line.closes and not labelled and not is_across:
            cost += weights.ending * self.endings[role][bool(line.flags[run.end - 1] & CLOSES)]
        key = cell.key
        if line.block and not is_across:
            cost += self._block_cost(role, line.block, is_first=not cell.length)
        if role in NAMES:
            key = cell.key + "".join(line.keys[run.first : run.end])
            cost += self._name_cost(role, cell, key, length)
        last = line.flags[run.end - 1]
        return _Cell(
            cell.length + length + 1, length, CLOSES if labelled and run.end - run.first < 4 else last, key
        ), cost

    def _words_cost(self, role: int, line: Line, run: Run, labelled: bool) -> float:
        """How badly a run's words suit what a column holds."""
        weights = self.weights
        every = 0
        for flags in line.flags[run.first : run.end]:
            every |= flags
        cost = weights.closes[role] if line.flags[run.end - 1] & CLOSES and not labelled else 0.0
        if every & VERB:
            cost += weights.verb[role]
        if every & MEASURE:
            cost += weights.measure[role]
        if every & COLLECTION:
            cost += weights.collection[role]
        if every & FIGURE and not labelled:
            cost += weights.figure[role]
        if line.flags[run.first] & ITEM:
            cost += weights.item[role]
        return cost

    def _block_cost(self, role: int, block: str, *, is_first: bool) -> float:
        """What speaks for a block as a name that other tables have, or against it where names do not stand."""
        weights, names = self.weights, self.names
        is_name = role in NAMES and is_first
        if is_name and block in names.of(role):
            return weights.known_name
        if block in names.areas or block in names.projects:
            return weights.name_elsewhere
        if block in names.recurring:
            return weights.recurring_name if is_name else weights.name_elsewhere
        return 0.0

    def _name_cost(self, role: int, cell: _Cell, key: str, length: int) -> float:
        """What speaks for a run as part of an area's or a project's name."""
        weights, names = self.weights, self.names.of(role)
        cost = weights.long_name if cell.length + length > _LONG_NAME[role == PROJECT] else 0.0
        if key in names:
            cost += weights.name_whole
        elif cell.key in names:
            cost -= weights.name_whole
        elif len(key) >= 3 and any(name.startswith(key) for name in names):
            cost += weights.name_begun
        return cost

    def _open_cost(self, line: Line, runs: Sequence[Run]) -> float:
        """What it costs to begin a row with a line."""
        weights = self.weights
        if runs[0].column < 0:
            return weights.opens_in_block * (not line.opens)
        skipped = sum(self.roles[column] != AREA for column in range(runs[0].column))
        cost = weights.opens + weights.opens_late * skipped + weights.opens_in_block * (not line.opens)
        if line.flags[0] & LOWER:
            cost += weights.opens_small
        return cost

    def _row_cost(self, reading: _Reading) -> float:
        """What it costs to end a row as it is."""
        weights, cells = self.weights, reading.cells
        if cells is self.blank:
            return 0.0
        cost = 0.0
        for role, cell in zip(self.roles, cells, strict=True):
            if not cell.length:
                cost += weights.empty[role]
            elif cell.flags & HYPHEN:
                cost += weights.ends_in_hyphen
            elif cell.flags & CLOSES == 0 and role == RESULTS:
                cost += weights.open_result
        return cost

    def _move_cost(self, reading: _Reading, line: Line, runs: Sequence[Run], broken: bool) -> float:
        """What it costs to go on in a row from one line's columns to the next line's."""
        weights = self.weights
        column, before = runs[0].column, reading.column
        step = column - before
        cost = 0.0
        goes_on = reading.cells[column].length and not reading.cells[column].flags & CLOSES
        if len(runs) > 1:
            return weights.across_again if reading.across else weights.across_begins
        if not line.opens or (reading.across and not goes_on):
            if reading.across and (step or line.opens):
                elsewhere = column < before or not reading.cells[column].length
                cost += weights.behind_across + weights.behind_across_elsewhere * elsewhere
            elif step:
                cost += weights.moves_in_block
            return cost + (weights.unfinished if goes_on and self.no_gaps else 0.0)
        if step == 0:
            return (
                weights.stays[self.roles[column]] if not goes_on else weights.gap_in_sentence * (not line.starts_page)
            )
        unfinished = weights.unfinished if goes_on else 0.0
        if step > 0:
            passed = sum(not reading.cells[i].length for i in range(before + 1, column))
            return weights.skips * passed * (not broken) + unfinished
        return (weights.back_on_page if broken else weights.back) + unfinished

    def _group_cost(self, line: Line) -> float:
        weights = self.weights
        if line.is_group:
            return 0.0
        cost = weights.group + weights.lone[GROUP]
        if line.flags[-1] & (CLOSES | HYPHEN) or line.flags[0] & LOWER:
            cost += weights.group_unlike
        if line.block:
            cost += self._block_cost(GROUP, line.block, is_first=True)
        return cost


def decode(region: Region, widths: Sequence[float], names: Names, weights: Weights, beam: int = BEAM) -> list[Placed]:
    """The cheapest reading of a table's lines."""
    return Decoder(region, widths, names, weights, beam).decode()


def learn(regions: Sequence[Region], weights: Weights) -> tuple[list[tuple[float, ...]], Names]:
    """The widths of every table's columns and the names of its rows, by decoding and measuring in turns."""
    widths = usual_widths(regions)
    names = Names(recurring=frozenset(_recurring(regions)))
    decoded: list[list[Placed]] = [[] for _ in regions]
    moved = [True] * len(regions)
    for _ in range(ITERATIONS):
        for i, region in enumerate(regions):
            if moved[i]:
                decoded[i] = decode(region, widths[i], names, weights, ROUGH_BEAM)
        before, widths = widths, on_page(regions, measured(regions, decoded, widths))
        names = names_of(regions, decoded, names.recurring)
        moved = [
            any(abs(a - b) > STILL * b for a, b in zip(*pair, strict=True)) for pair in zip(widths, before, strict=True)
        ]
    return widths, names


def usual_widths(regions: Sequence[Region]) -> list[tuple[float, ...]]:
    """The columns' usual widths, in proportion to the page where many lines run across it."""
    usual = [tuple(_usual(role, region.roles.count(RESULTS)) for role in region.roles) for region in regions]
    return on_page(regions, usual)


def _usual(role: int, n_results: int) -> float:
    return (USUAL_WIDTHS[role] + 20.0 * (n_results - 1)) / n_results if role == RESULTS else USUAL_WIDTHS[role]


def on_page(regions: Sequence[Region], widths: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """The columns' widths drawn to fill the page together, where the text layer goes line by line."""
    lengths = sorted(line.length(0, len(line.starts)) for region in regions for line in region.lines)
    result = []
    for columns in widths:
        across = [length for length in lengths if length > LETTERS_DIFFER * max(columns)]
        page = across[len(across) * 9 // 10] - len(columns) + 1 if len(across) * _MANY > len(lengths) else sum(columns)
        result.append(tuple(width * page / sum(columns) for width in columns))
    return result


_MANY = 4
"""One line of so many runs across the page where the text layer goes line by line."""


def _recurring(regions: Sequence[Region]) -> set[str]:
    """The skeletons of short blocks that stand in several tables, once in each."""
    counts: Counter[str] = Counter()
    for region in regions:
        inside = Counter(line.block for line in region.lines if line.block)
        counts.update(key for key, number in inside.items() if number == 1)
    return {key for key, number in counts.items() if number > 1}


def names_of(regions: Sequence[Region], decoded: Sequence[Sequence[Placed]], recurring: frozenset[str]) -> Names:
    """The names of rows that several tables have."""
    found: dict[int, Counter[str]] = {AREA: Counter(), PROJECT: Counter()}
    for region, placed in zip(regions, decoded, strict=True):
        keys: dict[tuple[int, int], str] = {}
        for line, one in zip(region.lines, placed, strict=True):
            for run in one.runs:
                role = region.roles[run.column] if run.column >= 0 else GROUP
                if role in NAMES and not line.is_group:
                    kind = PROJECT if role == PROJECT else AREA
                    keys[one.row, kind] = keys.get((one.row, kind), "") + "".join(line.keys[run.first : run.end])
        for kind, counts in found.items():
            counts.update({key for (_, of), key in keys.items() if of == kind and len(key) >= SHORTEST_NAME})
    several = {kind: {key for key, number in counts.items() if number > 1} for kind, counts in found.items()}
    projects = frozenset(key for key in several[PROJECT] if found[PROJECT][key] >= found[AREA][key])
    areas = frozenset(several[AREA] - projects)
    return Names(areas, projects, recurring, _ends(regions, decoded))


def _ends(regions: Sequence[Region], decoded: Sequence[Sequence[Placed]]) -> tuple[float, ...]:
    """By role the share of blocks that end as sentences, begun from the usual so that few count little."""
    shares = [[usual * _BEGUN, float(_BEGUN)] for usual in Names().ends]
    for region, placed in zip(regions, decoded, strict=True):
        for line, one in zip(region.lines, placed, strict=True):
            if line.closes and len(one.runs) == 1 and one.runs[0].column >= 0 and not line.labels:
                share = shares[region.roles[one.runs[0].column]]
                share[0] += bool(line.flags[-1] & CLOSES)
                share[1] += 1
    return tuple(min(max(ended / number, 0.02), 0.98) for ended, number in shares)


_BEGUN = 4
"""Blocks that weigh as much as what is usual of their ends."""


def measured(
    regions: Sequence[Region], decoded: Sequence[Sequence[Placed]], old: Sequence[tuple[float, ...]]
) -> list[tuple[float, ...]]:
    """Every column's width: a high quantile of its broken lines, drawn towards that of the same column elsewhere; and
    no less than most of its lines take."""
    broken = [_broken_lines(region, placed) for region, placed in zip(regions, decoded, strict=True)]
    lines: dict[int, list[int]] = {}
    shared: dict[int, list[int]] = {}
    for region, placed, columns in zip(regions, decoded, broken, strict=True):
        for role, found in zip(region.roles, columns, strict=True):
            shared.setdefault(role, []).extend(found)
        for line, one in zip(region.lines, placed, strict=True):
            for run in one.runs:
                if run.column >= 0:
                    lines.setdefault(region.roles[run.column], []).append(line.length(run.first, run.end))
    least = {role: sorted(found)[len(found) * 85 // 100] / LETTERS_DIFFER for role, found in lines.items()}
    result = []
    for region, columns, before in zip(regions, broken, old, strict=True):
        widths = []
        for role, own, width in zip(region.roles, columns, before, strict=True):
            common = _quantile(shared[role], width)
            drawn = (len(own) * _quantile(own, width) + _PRIOR * common) / (len(own) + _PRIOR)
            widths.append(max(drawn, least.get(role, 0.0)))
        result.append(tuple(widths))
    return result


_PRIOR = 6
"""Broken lines of a table's own that weigh as much as what the document's other tables say of a column."""


def _quantile(lengths: Sequence[int], usual: float) -> float:
    """The length that nine of ten do not pass, with the usual width in place of lines that are too few to tell."""
    if not lengths:
        return usual
    ordered = sorted(lengths)
    top = ordered[min(len(ordered) - 1, len(ordered) * 9 // 10)]
    return (len(ordered) * top + 2 * usual) / (len(ordered) + 2)


def _broken_lines(region: Region, placed: Sequence[Placed]) -> list[list[int]]:
    """By column the lengths of runs that go on in the next: those were broken for want of room."""
    found: list[list[int]] = [[] for _ in region.roles]
    open_: dict[int, tuple[int, int, int]] = {}
    for line, one in zip(region.lines, placed, strict=True):
        for run in one.runs:
            if run.column < 0:
                continue
            length = line.length(run.first, run.end)
            if (above := open_.get(run.column)) is not None and above[0] == one.row and not above[2] & CLOSES:
                found[run.column].append(above[1])
            open_[run.column] = (one.row, length, line.flags[run.end - 1])
    return found
