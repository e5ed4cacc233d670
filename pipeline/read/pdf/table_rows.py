"""Where a table's rows begin, when its columns are known: between which of its lines a row ends.

What is drawn between two lines parts rows. Else the order in which the file draws its words tells: programs draw a
table row by row and each row cell by cell, so that a cell's lines follow each other, and a row's last word comes before
the next row's first. Where that leaves it open, the distance of the lines decides by those that are sure, and at last
whether the author could have gone on in the line above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import regex

from pipeline.read.pdf.page import TextLine

SAME_LINE = 0.3
"""Of the font's size, by which baselines on one line may differ."""

UNDERLINE = 0.25
"""Of the distance of two lines: what is drawn so near below the upper one only underlines its words."""

WIDER = 1.12
"""Of the smallest distance of lines, from which on a distance parts rows where none is sure."""

SAME_DISTANCE = 0.97
"""Of the distance at which rows surely part: lines that stand as far apart."""

SPACE = 0.3
"""Of the font's size: a space between words."""

ROOM = 0.5
"""Of the font's size: what must be left behind a line, beside the next word, to show that its author ended it."""

FEWEST_DRAWN = 2
"""Ends of rows that are drawn, from which on rules part a table's rows, and what they do not part needs a reason."""

FIGURES = 0.6
"""Share of a table's words or lines beside the first column that are figures where it is a table of figures."""

_FIGURE = regex.compile(r"[-–−+<>~≈]?\(?\p{Nd}[\p{Nd}\s.,:/–−-]*\)?\s*(?:%|€|\p{L}{1,4}\.?)?|[-–−*x]|\.\.+")


def is_figure(text: str) -> bool:
    """Whether a cell's text is a number with its unit, or what stands for none."""
    return _FIGURE.fullmatch(text) is not None


class Part(NamedTuple):
    """A stretch of a line in one cell: its place in the file's order, its columns from `col` up to `end`."""

    place: tuple[int, int]
    col: int
    end: int
    line: TextLine


class Edge(NamedTuple):
    """What is drawn across: a rule, or the side of a shaded box."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Band:
    """The parts on one baseline."""

    baseline: float
    parts: list[Part]

    @property
    def size(self) -> float:
        return max(part.line.size for part in self.parts)

    def filled(self) -> set[int]:
        return {part.col for part in self.parts}


def bands(parts: Sequence[Part]) -> list[Band]:
    """Parts by their baselines, from top to bottom."""
    found: list[Band] = []
    for part in sorted(parts, key=lambda part: (part.line.baseline, part.col)):
        if found and part.line.baseline - found[-1].baseline < SAME_LINE * part.line.size:
            found[-1].parts.append(part)
        else:
            found.append(Band(part.line.baseline, [part]))
    return found


def is_drawn_by_columns(found: Sequence[Band]) -> bool:
    """Whether the file's order goes down one column after the other."""
    ordered = sorted((part for band in found for part in band.parts), key=lambda part: part.place)
    backward = sum(part.col < before.col for before, part in pairwise(ordered))
    shared = sum(len(band.filled()) > 1 for band in found)
    return shared > 1 and 3 * backward < shared - 1


def rows(found: Sequence[Band], edges: Sequence[Edge], columns: Sequence[float]) -> list[list[Part]]:
    """The parts of each row; `columns` are the places of the grid lines between the columns."""
    verdicts = _verdicts(found, edges)
    by_columns = is_drawn_by_columns(found)
    if by_columns:
        verdicts = [_by_figures(above, below) for above, below in pairwise(found)]
    distances = [below.baseline - above.baseline for above, below in pairwise(found)]
    least_apart, most_within = _known_distances(verdicts, distances)
    smallest = min(distances, default=0.0)
    all_open = all(verdict is not True for verdict in verdicts)
    groups = [list(found[0].parts)]
    for (above, below), verdict, distance in zip(pairwise(found), verdicts, distances, strict=True):
        if verdict is None:
            verdict = _by_distance(distance, least_apart, most_within, below)
        if verdict is None and all_open and distance > WIDER * smallest:
            verdict = True
        if verdict is None:
            verdict = _is_ended(above, below, columns)
        last = max(part.place for part in groups[-1])
        begun = [part for part in below.parts if verdict and (by_columns or part.place > last)]
        for part in below.parts:
            if part not in begun:
                _put(groups, part, by_columns)
        if begun:
            groups.append(begun)
    return groups


def _put(groups: Sequence[list[Part]], part: Part, by_columns: bool) -> None:
    """Put a part to the row that it belongs to: an earlier one where its cell goes over several rows."""
    number = len(groups) - 1
    while not by_columns and number and part.place < min(other.place for other in groups[number]):
        number -= 1
    groups[number].append(part)


def sure_ends(found: Sequence[Band]) -> list[bool]:
    """Between which neighbouring bands the file's order alone ends a row."""
    return [verdict is True for verdict in _verdicts(found, ())]


def _verdicts(found: Sequence[Band], edges: Sequence[Edge]) -> list[bool | None]:
    """What is sure between neighbouring bands: that rows part there, that none does; None where neither is."""
    verdicts: list[bool | None] = []
    row = list(found[0].parts)
    is_ruled = sum(_is_drawn(above.parts, below, edges) for above, below in pairwise(found)) >= FEWEST_DRAWN
    for below in found[1:]:
        is_drawn = _is_drawn(row, below, edges)
        verdict = True if is_drawn else _by_order(row, below)
        if verdict and is_ruled and not is_drawn and not _may_begin_row(below):
            verdict = False
        verdicts.append(verdict)
        if verdict:
            last = max(part.place for part in row)
            row = [part for part in below.parts if part.place > last] or list(below.parts)
        else:
            row += below.parts
    return verdicts


def _may_begin_row(band: Band) -> bool:
    """Whether a row may begin with a band although rules part the others: it has a name, or figures."""
    figures = sum(is_figure(part.line.text) for part in band.parts)
    return 0 in band.filled() or figures >= FIGURES * len(band.parts)


def _is_drawn(row: Sequence[Part], below: Band, edges: Sequence[Edge]) -> bool:
    """Whether something is drawn between a row so far and a band, beside most of the band's parts."""
    cols = below.filled()
    beside = [part.line.baseline for part in row if part.col in cols] or [part.line.baseline for part in row]
    top = max(beside) + UNDERLINE * (below.baseline - max(beside))
    left, right = below.parts[0].line.x0, max(part.line.x1 for part in below.parts)
    crossing = [edge for edge in edges if top < edge.at < below.baseline and edge.end > left and edge.start < right]
    if not crossing:
        return False
    covered = max(edge.end for edge in crossing) - min(edge.start for edge in crossing)
    return covered > 0.5 * (right - left)


def _by_order(row: Sequence[Part], below: Band) -> bool | None:
    """What the file's order says of a row so far and the band below it."""
    last = max(row, key=lambda part: part.place)
    behind = [part for part in below.parts if part.place > last.place]
    first = min(behind, key=lambda part: part.place, default=None)
    if first is not None and any(_spans_otherwise(part, below) for part in row):
        return True
    if first is None or (len(behind) < len(below.parts) and first.col >= last.col):
        return False
    return True if first.col < last.col else None


def _spans_otherwise(above: Part, below: Band) -> bool:
    """Whether a cell spans columns of which the band below fills several."""
    return above.end - above.col > 1 and sum(above.col <= part.col < above.end for part in below.parts) > 1


def _by_figures(above: Band, below: Band) -> bool | None:
    return True if len(below.filled()) > 1 and len(above.filled()) > 1 else None


def _known_distances(verdicts: Sequence[bool | None], distances: Sequence[float]) -> tuple[float | None, float | None]:
    """The usual distance of lines that rows part, and of lines within a row, where such are known."""
    apart = [distance for verdict, distance in zip(verdicts, distances, strict=True) if verdict]
    within = [distance for verdict, distance in zip(verdicts, distances, strict=True) if verdict is False]
    return min(apart, default=None), median(within) if within else None


def _by_distance(distance: float, apart: float | None, within: float | None, below: Band) -> bool | None:
    if apart is None or (within is not None and apart < WIDER * within):
        return None
    if within is None:
        begins = not any(part.line.text[0].islower() for part in below.parts)
        return True if begins and distance > SAME_DISTANCE * apart else None
    return distance > (apart + within) / 2


def _is_ended(above: Band, below: Band, columns: Sequence[float]) -> bool:
    """Whether the lower band goes on with none of the upper one's cells."""
    if len(below.filled()) > 1 and len(above.filled()) > 1:
        return True
    for part in below.parts:
        upper = next((other for other in above.parts if other.col == part.col), None)
        if upper is None:
            continue
        first = part.line.words[0]
        right = columns[upper.end] - SPACE * upper.line.size
        fits = upper.line.x1 + SPACE * upper.line.size + first.x1 - first.x0 < right - ROOM * upper.line.size
        if part.line.text[0].islower() or not fits:
            return False
    return True
