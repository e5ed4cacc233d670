"""Tables of indicators, of the first application's goals, and of projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from tests.habits.facts import ANY
from tests.habits.model import Application, Indicators, Project, Projects
from tests.habits.render.page import Box, Row, text_row
from tests.habits.render.writer import Writer

_KNOWN_CODE = regex.compile(r"(?:PT )?(\d\.\d)\.?")


def write_indicators(writer: Writer, block: Indicators) -> None:
    columns = [(c, writer.period(c.period) if c.period else None) for c in block.columns]
    order = _indicator_order(writer, block)
    extras = writer.extras(len(block.rows))
    dash = writer.rng.choice(("", "-", "–"))
    body: list[Row] = []
    name = next(n for n, column in enumerate(block.columns) if column.role == "indicator")
    for number, row in enumerate(block.rows):
        boxes: list[Box | None] = []
        for cell in row.cells:
            text = cell.text
            at = len(boxes)
            column, period = columns[at]
            if column.role in ("period", "baseline", "target"):
                key = period.value if period else column.role
                if text:
                    writer.fact("indicators", row.cells[name].text, key, text)
                text = text or dash
            boxes += [Box(tuple(text.split("\n")), cols=cell.width), *[None] * (cell.width - 1)]
        body.append((*(boxes[n] for n in order), *(Box((one.values[number],)) for one in extras)))
        for goal in row.goals:
            writer.goal_fact(goal)
    words = [period.words if period else writer.words(c.role, c.words) for c, period in columns]
    header = text_row(*(words[n] for n in order), *(one.words for one in extras))
    roles = [columns[n][0].role for n in order]
    writer.table("indicators", [header], merged_down(merged_down(body, roles, "work_package"), roles, "benefit"))


def _indicator_order(writer: Writer, block: Indicators) -> list[int]:
    """The columns in the office's order: what is followed keeps its order, the rest may stand elsewhere."""
    order = list(range(len(block.columns)))
    merged = any(cell.width > 1 for row in block.rows for cell in row.cells)
    if not writer.office.shuffled or merged:
        return order
    roles = [column.role for column in block.columns]
    figures = [n for n in order if roles[n] in ("baseline", "period")]
    front = [n for n in order if roles[n] in ("benefit", "work_package", "indicator")]
    for n in order:
        if roles[n] == "target":
            figures.insert(writer.rng.choice((0, len(figures))), n)
    sources = [n for n in order if roles[n] == "source"]
    return [*front, *sources, *figures] if writer.rng.random() < 0.5 else [*front, *figures, *sources]


def write_application(writer: Writer, block: Application) -> None:
    with_package = len(block.columns) == 3
    rows = []
    for row in block.rows:
        became = _KNOWN_CODE.sub(lambda match: writer.codes.get(match[1], (match[0],))[0], row.became)
        writer.fact("process_goals", None, row.text, "process_goal", ANY)
        if block.listed:
            writer.line(f"{row.text} ({became})", "bullet")
        elif with_package:
            rows.append(text_row(row.work_package, row.text, became))
        else:
            rows.append(text_row(f"{row.work_package}. {row.text}" if row.work_package else row.text, became))
    if rows:
        first = [writer.words("work_package", block.columns[0])] if with_package else []
        words = (*first, writer.words("original", block.columns[-2]), writer.words("became", block.columns[-1]))
        writer.table("application", [text_row(*words)], rows)


def write_projects(writer: Writer, block: Projects) -> None:
    order = ["project_goal", "project_indicator", "project_source"]
    if writer.office.shuffled:
        writer.rng.shuffle(order)
    held = {p.value: p for row in block.rows for p, _ in row.results}
    periods = sorted(held.items(), key=lambda one: (one[1].year, one[1].half))
    shown = [writer.period(p) for _, p in periods]
    body: list[Row] = []
    area = ""
    for row in block.rows:
        if row.area != area:
            writer.section(row.area, 2, opens=False)
        area = row.area
        _project_facts(writer, block, row)
        texts = {"project_goal": row.goal, "project_indicator": row.indicator, "project_source": row.source}
        results = _results(writer, row, [value for value, _ in periods])
        body.append((*text_row(row.area, row.name, *(texts[role] for role in order)), *results))
    names = {
        "area": "KEHITTÄMISALUE",
        "project": "PROJEKTI",
        "project_goal": "TAVOITTEET",
        "project_indicator": "ARVIOINTI/MITTARIT",
        "project_source": "TIETOJEN KERUU/LÄHDE",
    }
    words = [writer.words(role, names[role]) for role in ("area", "project", *order)]
    results_words = writer.words("results", "SEURANNAN JA ARVIOINNIN TULOKSET")
    last = [p.words for p in shown] if writer.office.result_columns else [results_words]
    writer.table("projects", [text_row(*words, *last)], merged_down(body, ["area"], "area", equal=True))


def _project_facts(writer: Writer, block: Projects, row: Project) -> None:
    texts = (row.goal, row.indicator, row.source)
    writer.fact("projects", block.national, row.area, row.name, *texts)
    if row.goal:
        listed = bool(regex.search(r"(^| )1\. ", row.goal))
        writer.fact("process_goals", None, row.goal, "project_goal", block.national, optional=listed)
    for period, text in row.results:
        writer.fact("project_results", row.name, writer.period(period).value, text)


def _results(writer: Writer, row: Project, values: Sequence[str]) -> list[Box]:
    if writer.office.result_columns:
        told = {period.value: text for period, text in row.results}
        return [Box((told.get(value, ""),)) for value in values]
    texts = []
    for period, text in row.results:
        texts += [writer.period(period).words.upper(), text]
    return [Box(tuple(texts))]


def merged_down(body: list[Row], roles: Sequence[str], role: str, *, equal: bool = False) -> list[Row]:
    """A table whose cells of a role go on down over the empty (or equal) ones below them."""
    if role not in roles:
        return body
    col = list(roles).index(role)
    rows = [list(row) for row in body]
    head = 0
    for number in range(1, len(rows)):
        box, above = rows[number][col], rows[head][col]
        if box is not None and above is not None and (box.texts == (("",) if not equal else above.texts)):
            rows[number][col] = None
            rows[head][col] = replace(above, rows=above.rows + 1)
        else:
            head = number
    return [tuple(row) for row in rows]
