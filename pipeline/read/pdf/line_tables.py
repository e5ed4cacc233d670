"""Tables whose rows are ruled and whose columns are not: white stripes between the words stand for the verticals.

A stripe parts columns where no word of the table reaches into it and most lines begin at its right side. The header may
stand above the first rule, and a row that the page cuts below the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.read.compose import PlacedWord
from pipeline.read.pdf.page import PageContent, Rule, TextLine

MIN_RULES = 2
MIN_COLUMNS = 3
MIN_ROWS = 2

SAME_END = 4.0
"""Points by which the rules of one table may end differently."""

MIN_STRIPE = 4.0
"""Points of white that part two columns on every line."""

ALIGNED = 2.0
"""Points by which words that begin at one place may differ."""

SPACE = 0.4
"""Of the font's size: white between words of one line is narrower."""

MOST_ALIGNED = 0.4
"""Share of the lines that must begin at a column's left side: cells may be set to the middle or the right."""

DESCENT = 0.4
"""Of the font's size: what a line takes below its baseline, its cell's padding included."""

ON_LINE = 2.0
"""Points by which the baselines of one line's words may differ."""

NEAR = 2.2
"""Of the font's size: how far from the next rule or line a row without its rule may stand."""

MAX_PADDING = 6.0
"""Points before its words at which a column may begin: as far as the first column's stand from the rules' left end."""


def verticals(content: PageContent, horizontal: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """For horizontals that no vertical meets: groups that rule a table, with the verticals that its words show."""
    stacks = [run for stack in _stacks(horizontal) for run in _runs(content.lines, stack)]
    for stack in stacks:
        left, right = min(rule.start for rule in stack), max(rule.end for rule in stack)
        within = [line for line in content.lines if line.x1 > left and line.x0 < right]
        inside = [line for line in within if stack[0].at < line.baseline < stack[-1].at]
        columns = _columns(inside, left)
        if len(columns) < MIN_COLUMNS:
            continue
        top, bottom = _extent(within, columns, stack)
        rules = [rule for rule in horizontal if top <= rule.at <= bottom]
        if top < stack[0].at:
            rules.insert(0, Rule(top, left, right))
        if len(rules) + (bottom > stack[-1].at) <= MIN_ROWS:
            continue
        yield rules, [Rule(x, top, bottom) for x in (left, *columns[1:], right)]


def _stacks(horizontal: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules one below the other that end at the same right side; those under merged cells may begin later."""
    stack: list[Rule] = []
    for rule in sorted(horizontal):
        if stack and (abs(rule.end - stack[0].end) > SAME_END or rule.start < stack[0].start - SAME_END):
            if len(stack) >= MIN_RULES:
                yield stack
            stack = []
        stack.append(rule)
    if len(stack) >= MIN_RULES:
        yield stack


def _runs(lines: Sequence[TextLine], stack: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules of one stack cut where words between two of them keep to no columns: prose between tables."""
    left = min(rule.start for rule in stack)
    first = 0
    while first < len(stack) - 1:
        last = first
        while (
            last < len(stack) - 1 and len(_columns(_between(lines, stack[first], stack[last + 1]), left)) >= MIN_COLUMNS
        ):
            last += 1
        if last > first:
            yield list(stack[first : last + 1])
        first = max(last, first + 1)


def _between(lines: Sequence[TextLine], above: Rule, below: Rule) -> list[TextLine]:
    return [line for line in lines if above.at < line.baseline < below.at]


def _columns(lines: Sequence[TextLine], left: float) -> list[float]:
    """Where the columns of a table's lines begin, the first at its left side."""
    words = sorted((word.x0, word.x1, round(line.baseline)) for line in lines for word in line.words)
    if not words:
        return []
    size = lines[0].size
    starts, reach = [], words[0][1]
    for number, (x0, x1, _) in enumerate(words):
        if x0 - reach >= MIN_STRIPE:
            starts.append(number)
        reach = max(reach, x1)
    inset = max(1.0, min(words[0][0] - left, MAX_PADDING))
    columns = [left]
    for start, end in pairwise([*starts, len(words)]):
        if _begins_column(words[:start], words[start:end], size):
            columns.append(words[start][0] - inset)
    return columns


def _begins_column(
    before: Sequence[tuple[float, float, int]], words: Sequence[tuple[float, float, int]], size: float
) -> bool:
    """Whether words that follow a stripe begin at one place, and none stands but a space behind the word before it."""
    firsts: dict[int, float] = {}
    for x0, _, baseline in words:
        firsts.setdefault(baseline, x0)
    ends = {baseline + shift: x1 for shift in (-1, 1, 0) for _, x1, baseline in before}
    if any(firsts[y] - ends.get(y, 0.0) < SPACE * size for y in firsts):
        return False
    return sum(x < words[0][0] + ALIGNED for x in firsts.values()) >= MOST_ALIGNED * len(firsts)


def _extent(lines: Sequence[TextLine], columns: Sequence[float], stack: Sequence[Rule]) -> tuple[float, float]:
    """Where a table begins and ends: beyond its rules it may have rows without."""
    first, last = stack[0].at, stack[-1].at
    above = sorted((line for line in lines if line.baseline < first), key=lambda line: -line.baseline)
    below = sorted((line for line in lines if line.baseline > last), key=lambda line: line.baseline)
    return _reach(above, columns, first, -1), _reach(below, columns, last, 1)


def _reach(lines: Sequence[TextLine], columns: Sequence[float], edge: float, way: int) -> float:
    """How far the table goes on beyond its last rule: over lines that keep to its columns."""
    reach, rows = edge, list(_baselines(lines))
    for baseline, size, words in rows:
        if abs(baseline - reach) > NEAR * size or not _keeps(words, columns):
            break
        reach = baseline - size if way < 0 else baseline + DESCENT * size
    return reach


def _baselines(lines: Sequence[TextLine]) -> Iterator[tuple[float, float, list[PlacedWord]]]:
    """The words of each baseline, in the order given."""
    groups: list[list[TextLine]] = []
    for line in lines:
        if not groups or abs(line.baseline - groups[-1][0].baseline) > ON_LINE:
            groups.append([])
        groups[-1].append(line)
    for group in groups:
        words = sorted((word for line in group for word in line.words), key=lambda word: word.x0)
        yield group[0].baseline, group[0].size, words


def _keeps(words: Sequence[PlacedWord], columns: Sequence[float]) -> bool:
    """Whether words keep to columns: none runs over a column's begin, and some stand in another than the first."""
    pairs = pairwise(words)
    crossed = any(word.x0 < x - ALIGNED and word.x1 > x + MAX_PADDING for word in words for x in columns[1:])
    spaced = all(not (a.x1 < x <= b.x0) or b.x0 - a.x1 >= MIN_STRIPE for a, b in pairs for x in columns[1:])
    return not crossed and spaced and words[-1].x0 > columns[1] - ALIGNED
