"""Two sequences of numbers that run through each other: a chapter's parts, and goals that stand among them.

"2 Saatavuus", "2.1 Lähtötilanne", "1.1 Hoitoon pääsee viikossa", "1.2 Jono lyhenee", "2.2 Mittarit": what counts on in
its chapter is a part of it, what begins a count of its own is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FEWEST = 2
"""Numbers of each sequence from which on there are two."""

MOSTLY = 0.5
"""Share of the numbers of the other sequence that no gap in the chapters' own explains."""

BOTH = 0.6
"""Share of the chapters with numbers of another sequence that also have parts of their own."""


class Numbered(NamedTuple):
    """A numbered line. `recurs` says that its title stands under other numbers too, `is_goal` that a table's goal has
    its number and its words, `heads_measures` that states or a list stand right below."""

    start: int
    parts: tuple[int, ...]
    recurs: bool = False
    is_goal: bool = False
    heads_measures: bool = False


def beside_chapters(chapters: Sequence[Numbered], lines: Sequence[Numbered]) -> frozenset[int]:
    """Where the numbers of two parts stand that do not number the parts of the chapter above; none where all do, or
    where the chapters have no numbered parts.

    >>> numbers = [(2, 1), (1, 1), (1, 2), (2, 2), (3, 1), (2, 1), (3, 2)]
    >>> lines = [Numbered(start, parts) for start, parts in enumerate(numbers, 1)]
    >>> sorted(beside_chapters([Numbered(0, (2,)), Numbered(4, (3,))], lines))
    [2, 3, 6]
    """
    inside: dict[int, list[Numbered]] = {}
    beside: dict[int, list[Numbered]] = {}
    for at, chapter in enumerate(chapters):
        end = chapters[at + 1].start if at + 1 < len(chapters) else None
        held = [line for line in lines if line.start > chapter.start and (end is None or line.start < end)]
        own, others = _parted(chapter.parts[0], held)
        inside[at], beside[at] = own, others
    with_others = [at for at, others in beside.items() if others]
    n_own, n_others = sum(map(len, inside.values())), sum(map(len, beside.values()))
    if min(n_own, n_others) < FEWEST or sum(bool(inside[at]) for at in with_others) < BOTH * len(with_others):
        return frozenset()
    taken = {line.parts for own in inside.values() for line in own}
    strange = [
        line
        for at, others in beside.items()
        for line in others
        if line.parts[0] != chapters[at].parts[0] or line.parts in taken
    ]
    if len(strange) < MOSTLY * n_others:
        return frozenset()
    return frozenset(line.start for others in beside.values() for line in others)


def _parted(chapter: int, lines: Sequence[Numbered]) -> tuple[list[Numbered], list[Numbered]]:
    """The lines of a chapter that count its parts, and the others; where both would count on, the inner sequence does,
    unless the line's title or a table tells. Of two lines of one number the one over measures is no part."""
    own: list[Numbered] = []
    others: list[Numbered] = []
    over_text = {line.parts for line in lines if not line.heads_measures}
    last, inner = 0, (0, 0)
    for line in lines:
        first, second = line.parts[0], line.parts[1]
        is_next = first == chapter and second == last + 1
        counts_on = (first, second) == (inner[0], inner[1] + 1)
        is_goal = line.is_goal or (line.heads_measures and line.parts in over_text)
        if is_next and not is_goal and (line.recurs or not counts_on):
            own.append(line)
            last = second
        else:
            others.append(line)
            inner = (first, second)
    return own, others
