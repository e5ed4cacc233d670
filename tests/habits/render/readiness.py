"""Tables of goals by readiness, and the legend of the scale that their cells use."""

from __future__ import annotations

from typing import Any

import regex

from tests.habits import wordings
from tests.habits.facts import ANY
from tests.habits.model import Cell, Extra, Period, Readiness, Scale
from tests.habits.render.page import Box, Grid, Row, text_row
from tests.habits.render.tables import merged_down
from tests.habits.render.writer import Writer

PERCENT_STYLES = ("percent", "bare", "about")

_FIGURE = regex.compile(r"%|prosent|^\d\d+$|^0$")
"""What tells that a cell gives a percent itself, and not a stage of a scale."""
_PLAIN_PERCENT = regex.compile(r"(?:n\. |noin )?\d+ ?(?:%|prosenttia)?")


def write_scale(writer: Writer, block: Scale) -> None:
    """The legend in the office's form; none where a generated report gives percents and needs none."""
    generated = not block.lines
    if generated and writer.office.readiness in ("", *PERCENT_STYLES):
        return
    untouched = writer.office.legend_percents and not writer.office.legend_form and writer.office.stages is None
    if untouched and not generated:
        for text in block.lines:
            writer.line(text)
        return
    form = writer.office.legend_form or "list"
    entries = [
        (n, stage.name, f"{stage.percent} %" if writer.office.legend_percents else "")
        for n, stage in enumerate(writer.stages, 1)
    ]
    intro = writer.rng.choice(wordings.LEGEND_INTROS)
    if form == "table":
        writer.line(intro)
        rows = [text_row(*(text for text in (str(n), name, percent) if text)) for n, name, percent in entries]
        head = ("Vaihe", "Selitys", "Valmiina")[: len(rows[0])]
        writer.items.append(Grid((text_row(*head), *rows)))
    elif form == "prose":
        told = [f"{n} = {name}{f' ({percent})' if percent else ''}" for n, name, percent in entries]
        writer.line(f"{intro.rstrip(':')}: {', '.join(told[:-1])} ja {told[-1]}.")
    else:
        writer.line(intro)
        pattern = writer.rng.choice(("{n} = {name}{p}", "Vaihe {n}: {name}{p}", "{n}. {name}{p}", "{n} – {name}{p}"))
        for n, name, percent in entries:
            writer.line(pattern.format(n=n, name=name, p=f" ({percent})" if percent else ""))


def write_readiness(writer: Writer, block: Readiness) -> None:
    periods = [writer.period(period) for period in block.periods]
    extras = writer.extras(len(block.rows), block.extras)
    before, middle, behind = _places(writer, extras)
    dash = writer.rng.choice(("", "-", "–"))
    body: list[Row] = []
    for number, row in enumerate(block.rows):
        texts = tuple(writer.shown(goal) for goal in row.goals)
        boxes: list[Box | None] = [Box((one.values[number],)) for one in before]
        boxes += [Box(texts), *(Box((one.values[number],)) for one in middle)]
        at = 0
        for cell in row.cells:
            text, percent, stage = _cell(writer, cell)
            for goal in row.goals:
                if text:
                    values = (writer.code(goal.code or ""), periods[at].value, percent, stage)
                    writer.fact("goal_status", *values, optional=cell.optional)
            boxes += [Box((text or dash,), cols=cell.width), *[None] * (cell.width - 1)]
            at += cell.width
        boxes += [Box((one.values[number],)) for one in behind]
        body.append(tuple(boxes))
        for goal in row.goals:
            writer.goal_fact(goal)
    goal_words = writer.words("goal", block.goal_words)
    first = [*(one.words for one in before), goal_words, *(one.words for one in middle)]
    header = _readiness_header(writer, block, first, periods, [one.words for one in behind])
    writer.table("readiness", header, merged_down(body, [one.role for one in before], "work_package"))


def _places(writer: Writer, extras: list[Extra]) -> tuple[list[Extra], list[Extra], list[Extra]]:
    """Further columns before the goal, behind it, and behind the rounds."""
    places: tuple[list[Extra], list[Extra], list[Extra]] = ([], [], [])
    for one in extras:
        fixed = places[2 if one.role == "remark" else 0]
        loose = writer.office.shuffled and one.role != "work_package"
        (writer.rng.choice(places) if loose else fixed).append(one)
    return places


def _readiness_header(
    writer: Writer, block: Readiness, first: list[str], periods: list[Period], last: list[str]
) -> list[Row]:
    style = writer.office.header or ("two" if block.span else "one")
    span = writer.words("readiness", block.span or "Valmiusaste")
    words = [period.words for period in periods]
    if style in ("two", "unit"):
        unit = "%" if writer.office.readiness == "bare" else "1–5"
        span = f"{span} ({unit})" if style == "unit" else span
        covered = [None] * (len(words) - 1)
        top = [*(Box((one,), rows=2) for one in first), Box((span,), cols=len(words)), *covered]
        under = [*[None] * len(first), *(Box((one,)) for one in words)]
        return [
            (*top, *(Box((one,), rows=2) for one in last)),
            (*under, *[None] * len(last)),
        ]
    words = [f"{span} {one}" for one in words] if style == "each" else words
    return [text_row(*first, *words, *last)]


def _cell(writer: Writer, cell: Cell) -> tuple[str, float | None, Any]:
    """A readiness cell as the office writes it: its text, its percent, its stage."""
    known = writer.report.scale.stages if writer.report.scale else ()
    stage = cell.stage or next((n for n, one in enumerate(known, 1) if one.percent == cell.percent), None)
    style = writer.office.readiness
    if style == "mixed":
        style = writer.rng.choice(("percent", "stage", "word"))
    if not cell.text:
        return "", None, None
    if cell.percent is None:
        return cell.text, None, ANY
    if style in PERCENT_STYLES:
        return _as_percent(writer, cell, stage, style)
    if style and stage:
        name = writer.stages[stage - 1].name
        texts = {"number": f"{stage}", "stage": f"vaihe {stage}", "word": name, "both": f"{stage} ({name})"}
        return texts[style], _told_percent(writer, stage), stage
    from_scale = stage is not None and not _FIGURE.search(cell.text)
    return cell.text, _told_percent(writer, stage) if from_scale else cell.percent, ANY


def _told_percent(writer: Writer, stage: int | None) -> float | None:
    """What the legend says that a stage means in percent."""
    return writer.stages[stage - 1].percent if stage and writer.office.legend_percents else None


def _as_percent(writer: Writer, cell: Cell, stage: int | None, style: str) -> tuple[str, float | None, Any]:
    if not (stage or _PLAIN_PERCENT.fullmatch(cell.text)):
        return cell.text, cell.percent, ANY
    value = int(cell.percent or 0)
    if cell.stage and writer.office.stages:
        value = writer.office.stages[cell.stage - 1].percent or 0
    text = f"{value}" if style == "bare" and not 0 < value <= 10 else f"{value} %"
    return (f"n. {text}" if style == "about" and value else text), value, ANY
