"""National goals that their place in the series tells.

The five goals stand in their order, each over its own part of an assessment. A heading that names a goal only in part
("Monialainen yhteistyö") is that goal where its neighbours leave a gap for it and it looks as they do; several in a row
that name one each in a word are these goals where no heading names any in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import AnalysedDocument
from extractors.outline.heading_page import Heading
from extractors.outline.national_goals import MARKED_SCORE, goal_weights, heading_goals

IN_A_ROW = 3
"""Headings in a row, each by a word of another national goal, from which on they name these goals."""

LAST = 5
"""The last national goal's number."""

FEWEST = 2
"""Headings that name their goal in full from which on an assessment has the series."""

_MAY_BE = frozenset(("own", "stated", "chapter", "listed"))
"""Sorts of headings that may turn out to be a national goal's."""


def with_series(document: AnalysedDocument, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, with the national goals of those that fill a gap in their assessment's series."""
    headings = _in_a_row(document, headings)
    found = list(headings)
    for group in _assessments(headings):
        known = [index for index in group if _named(headings[index])]
        goals = [headings[index].benefit_goals[0] for index in known]
        looks = {_look(headings[index]) for index in known}
        if len(known) < FEWEST or any(above >= below for above, below in pairwise(goals)):
            continue
        places = [group.start - 1, *known, group.stop]
        for (first, last), (above, below) in zip(pairwise(places), pairwise([0, *goals, LAST + 1]), strict=True):
            inside = [i for i in range(first + 1, last) if _may_be(headings[i]) and _look(headings[i]) in looks]
            for index, goal in _fitting(document, headings, inside, range(above + 1, below)):
                sort = "national" if headings[index].depth is None else headings[index].sort
                found[index] = replace(headings[index], sort=sort, benefit_goals=(goal,))
    return found


def _in_a_row(document: AnalysedDocument, headings: Sequence[Heading]) -> list[Heading]:
    """The headings, where own ones in a row name the national goals in their order in a word each: "Saatavuus",
    "Ehkäisevä työ", "Laatu"."""
    result = list(headings)
    run: list[tuple[int, int]] = []
    for index, heading in [*enumerate(headings), (len(headings), None)]:
        is_own = heading is not None and heading.sort in ("own", "stated") and not heading.benefit_goals
        goals = heading_goals(document.tokens_in(*heading.span), None, in_series=True) if heading and is_own else []
        if len(goals) == 1 and (not run or goals[0] > run[-1][1]):
            run.append((index, goals[0]))
            continue
        if len(run) >= IN_A_ROW:
            for place, goal in run:
                result[place] = replace(headings[place], sort="national", benefit_goals=(goal,))
        run = [(index, goals[0])] if len(goals) == 1 else []
    return result


def _named(heading: Heading) -> bool:
    return len(heading.benefit_goals) == 1 and heading.sort != "rows"


def _may_be(heading: Heading) -> bool:
    return heading.sort in _MAY_BE and not heading.goal_codes and not heading.benefit_goals


def _look(heading: Heading) -> tuple[int | None, int | None]:
    return heading.stated, heading.depth


def _assessments(headings: Sequence[Heading]) -> Iterator[range]:
    """The headings of each dated assessment and of each field, by their indexes."""
    starts = [0, *(i for i, heading in enumerate(headings) if i and (heading.sort == "evaluation" or heading.is_field))]
    for start, end in pairwise([*starts, len(headings)]):
        yield range(start, end)


def _fitting(
    document: AnalysedDocument, headings: Sequence[Heading], inside: Sequence[int], gap: range
) -> Iterator[tuple[int, int]]:
    """For each goal of a gap the heading whose words weigh most for it, and for no other goal as much."""
    best: dict[int, tuple[float, int]] = {}
    for index in inside:
        weights = goal_weights(document.tokens_in(*headings[index].span))
        ranked = sorted(weights, key=lambda goal: -weights[goal])
        if not ranked or ranked[0] not in gap or weights[ranked[0]] < MARKED_SCORE:
            continue
        if len(ranked) > 1 and weights[ranked[1]] == weights[ranked[0]]:
            continue
        if weights[ranked[0]] > best.get(ranked[0], (0.0, 0))[0]:
            best[ranked[0]] = weights[ranked[0]], index
    for goal, (_, index) in best.items():
        yield index, goal
