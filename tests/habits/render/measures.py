"""What is done for the goals: bullets, tables or prose, each with what tells its state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import regex

from tests.habits import wordings
from tests.habits.facts import ANY, Either
from tests.habits.model import Block, Extra, GoalHeading, Measure, Measures
from tests.habits.render.page import Box, Row, text_row
from tests.habits.render.writer import Writer


def write_measures(writer: Writer, block: Measures) -> None:
    """The measures of one goal heading in the office's form, in the author's where they cannot be put into it."""
    if block.lead and writer.office.measures != "table":
        writer.line(block.lead)
    form = writer.office.measures or ("prose" if block.prose else "labels")
    told = [one for one in block.all if not one.optional]
    tabular = bool(told) and all(one.status for one in told)
    if form == "table" and tabular:
        _measure_table(writer, block, told)
    elif _as_prose(block, form):
        writer.line(" ".join(_measure(writer, block, one, one.text, told=one.told) for one in block.all))
    elif form == "brackets" and tabular:
        for one in told:
            state = _state(writer, one)
            text = (one.noun or one.text).rstrip(".")
            _measure(writer, block, one, Either((text, f"{text} ({state})")))
            writer.line(f"{text} ({state})", "bullet")
    else:
        _labelled(writer, block, nested=form == "nested")


def _as_prose(block: Measures, form: str) -> bool:
    """Whether measures become a paragraph: where the office wants that and each is a sentence, and always where an
    author's prose has no noun phrases to make bullets of."""
    wanted = form == "prose" and all(_one_sentence(one.text) for one in block.all)
    return wanted or (block.prose and not all(one.noun for one in block.all))


def _labelled(writer: Writer, block: Measures, *, nested: bool) -> None:
    nouns = writer.rng.random() < 0.5
    for group in block.groups:
        if group.label:
            label = writer.office.labels.get(group.state, group.label) if group.state else group.label
            writer.line(label, "bullet" if nested else "state")
        for one in group.measures:
            text = one.noun if nouns and one.noun and group.label else one.text
            _measure(writer, block, one, text)
            writer.line(text, "bullet", depth=1 if nested and group.label else 0)


def _measure(writer: Writer, block: Measures, one: Measure, text: Any, *, told: bool = True) -> str:
    """The facts of a measure under all goals that it is told of; its text."""
    for code in block.codes:
        status = one.status if told and not one.optional else ANY
        writer.fact("measures", writer.code(code), text, status, optional=one.optional)
    return text if isinstance(text, str) else ""


def _state(writer: Writer, one: Measure) -> str:
    """The office's word for a measure's state."""
    assert one.status is not None
    return writer.office.cells.get(one.status) or wordings.CELLS[one.status][0]


def _measure_columns(writer: Writer, measures: Sequence[Measure]) -> list[Extra]:
    """The columns of a table of measures."""
    columns = [Extra("measure", "Toimenpide", tuple(one.noun or one.text for one in measures))]
    if any(one.responsible for one in measures):
        columns.append(Extra("responsible", "Vastuu", tuple(one.responsible for one in measures)))
        columns.append(Extra("schedule", "Aikataulu", tuple(one.schedule for one in measures)))
    columns.append(Extra("state", "Tilanne", tuple(_state(writer, one).capitalize() for one in measures)))
    columns = writer.extras(len(measures), columns)
    if writer.office.shuffled:
        columns = [columns[0], *writer.rng.sample(columns[1:], len(columns) - 1)]
    return columns


def _measure_table(writer: Writer, block: Measures, measures: Sequence[Measure]) -> None:
    columns = _measure_columns(writer, measures)
    for one in measures:
        _measure(writer, block, one, one.noun or one.text)
    body = [text_row(*(one.values[n] for one in columns)) for n in range(len(measures))]
    writer.table("measures", [text_row(*(one.words for one in columns))], body)


def write_goal_table(writer: Writer, blocks: Sequence[Block]) -> None:
    """One table of all goals of a chapter with their measures, a goal merged over its rows."""
    goals: list[tuple[str, ...]] = []
    measures: list[Measure] = []
    sizes = []
    shown: tuple[str, ...] = ()
    for block in blocks:
        if isinstance(block, GoalHeading):
            shown = tuple(writer.shown(goal) for goal in block.goals)
        elif isinstance(block, Measures):
            told = [one for one in block.all if not one.optional and one.status]
            for one in told:
                _measure(writer, block, one, one.noun or one.text)
            if told:
                goals.append(shown)
                sizes.append(len(told))
                measures += told
    if not measures:
        return
    columns = _measure_columns(writer, measures)
    body: list[Row] = []
    for texts, size in zip(goals, sizes, strict=True):
        for n in range(size):
            row = text_row(*(one.values[len(body)] for one in columns))
            body.append((Box(texts, rows=size) if n == 0 else None, *row))
    header = text_row(writer.words("goal", "Prosessitavoite"), *(one.words for one in columns))
    writer.table("measures", [header], body)


def _one_sentence(text: str) -> bool:
    return text.endswith(".") and not regex.search(r"[.;!?] +\p{Lu}", text)
