"""A report as an office writes it: lines and tables in order, and the facts that then stand in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.habits import wordings
from tests.habits.facts import Either, Fact
from tests.habits.model import (
    Application,
    Block,
    Bullets,
    Field,
    GoalHeading,
    GoalList,
    Heading,
    Indicators,
    Measures,
    Paragraph,
    Projects,
    Readiness,
    Report,
    Scale,
)
from tests.habits.office import Office
from tests.habits.render.cover import document_facts, write_contents, write_cover, write_field
from tests.habits.render.headings import write_goal_heading, write_heading
from tests.habits.render.measures import write_goal_table, write_measures
from tests.habits.render.page import Item
from tests.habits.render.readiness import write_readiness, write_scale
from tests.habits.render.tables import write_application, write_indicators, write_projects
from tests.habits.render.writer import Writer

BLOCKS: dict[type[Block], Callable[[Writer, Any], None]] = {
    Heading: write_heading,
    GoalHeading: write_goal_heading,
    Field: write_field,
    Paragraph: lambda writer, block: writer.line(block.text),
    Bullets: lambda writer, block: writer.bullets(block.items),
    GoalList: lambda writer, block: _write_goal_list(writer, block),
    Scale: write_scale,
    Readiness: write_readiness,
    Measures: write_measures,
    Indicators: write_indicators,
    Application: write_application,
    Projects: write_projects,
}


@dataclass(frozen=True, slots=True)
class Rendered:
    items: list[Item]
    facts: list[Fact]


def render(report: Report, office: Office, rng: Random) -> Rendered:
    """The report in the office's writing. The dice decide where a habit leaves a choice."""
    writer = Writer(report, office, rng)
    for number, goal in enumerate(report.goals):
        code = goal.code or ""
        shown, right = office.codes(number, goal) if office.codes else (goal.spelled or code, (code,))
        writer.codes[code] = (shown, right[0] if len(right) == 1 else Either(right))
    document_facts(writer)
    if report.cover:
        write_cover(writer, report.cover)
    start = len(writer.items)
    _write_blocks(writer, report.blocks)
    if office.contents and report.kind == "oma_arviointi":
        write_contents(writer, start)
    return Rendered(writer.items, writer.facts)


def _write_blocks(writer: Writer, blocks: Sequence[Block]) -> None:
    """Each block by its kind; goals with measures together where the office has one table, the legend in its place."""
    office, scale = writer.office, writer.report.scale
    last_table = max((n for n, one in enumerate(blocks) if isinstance(one, Readiness)), default=-1)
    at = 0
    while at < len(blocks):
        block, end = blocks[at], at + 1
        if isinstance(block, GoalHeading) and office.measures == "goal_table":
            while end < len(blocks) and isinstance(blocks[end], GoalHeading | Measures):
                end += 1
            write_goal_table(writer, blocks[at:end])
        elif not (isinstance(block, Scale) and office.legend_last):
            BLOCKS[type(block)](writer, block)
        if at == last_table and office.legend_last and scale:
            write_scale(writer, scale)
        at = end


def _write_goal_list(writer: Writer, block: GoalList) -> None:
    if block.intro:
        writer.line(writer.office.intro or wordings.INTROS[0])
    for goal in block.goals:
        writer.goal_fact(goal)
        writer.line(writer.shown(goal) + goal.tail, "paragraph" if goal.optional else "bullet")
