"""Headings: their numbers, the wording of national goals and of assessments, the goals that they name."""

from __future__ import annotations

from typing import Any

from tests.habits import wordings
from tests.habits.facts import Either
from tests.habits.model import Evaluation, GoalHeading, Heading
from tests.habits.render.page import Line
from tests.habits.render.writer import Writer

MONTHS = (
    "tammikuu",
    "helmikuu",
    "maaliskuu",
    "huhtikuu",
    "toukokuu",
    "kesäkuu",
    "heinäkuu",
    "elokuu",
    "syyskuu",
    "lokakuu",
    "marraskuu",
    "joulukuu",
)


def _numbered(writer: Writer, text: str, level: int) -> tuple[str, str]:
    """A heading's number and words by the office's numbering; without a number where the office gives none."""
    style = writer.office.numbering
    depth = {"": 0, "nested": 2, "automatic": 2, "deep": 3}.get(style, 1)
    if level > depth or writer.report.kind != "oma_arviointi":
        return "", text
    writer.counters[level - 1] += 1
    writer.counters[level:] = [0] * (len(writer.counters) - level)
    numbers = [str(n) for n in writer.counters[:level] if n]
    if style == "roman":
        return _roman(writer.counters[0]), text
    return ".".join(numbers) + ("." if style == "dotted" else ""), text


def write_heading(writer: Writer, block: Heading) -> None:
    """A heading in the office's words behind its number; titles, appendices and a page's own headings have none."""
    text, own, date = block.text, block.number, None
    if block.national and writer.office.national:
        text, own = _national(writer, block)
    if block.evaluation:
        text, date = _round(writer, block)
    number = ""
    is_title = block.text == writer.report.fields.get("title")
    if block.role not in ("appendix", "template", "evaluation") and not is_title:
        number, text = _numbered(writer, text, block.level)
    if number:
        own = ""
    free = block.role == "part" and writer.report.kind != "oma_arviointi"
    put_heading(writer, own + text, number, block.level, block.national, date, own=free)
    if block.also and not writer.office.national:
        writer.fact("national_goals", own + text, block.also, optional=True)


def put_heading(
    writer: Writer,
    text: str,
    number: str,
    level: int,
    national: int | None = None,
    date: Any = None,
    *,
    own: bool = False,
) -> None:
    """Print a heading and note its facts; where Word prints the number, truth leaves open whether it is part of it."""
    printed = f"{number} {text}" if number else text
    if number and writer.office.numbering == "automatic" and writer.office.format == "docx":
        writer.items.append(Line(text, "heading", level, automatic=number))
        writer.section(Either((printed, text)), level, national, date, own=own)
        return
    writer.line(printed, "heading", level)
    writer.section(printed, level, national, date, own=own)


def _national(writer: Writer, block: Heading) -> tuple[str, str]:
    goal = block.national or 0
    if writer.office.national == "official":
        return wordings.OFFICIAL[goal], block.number
    words = writer.rng.choice(wordings.NATIONAL[goal])
    if writer.office.national == "own":
        return words, block.number
    return writer.office.national.format(n=goal) + words, ""


def _round(writer: Writer, block: Heading) -> tuple[str, str]:
    """A heading that dates an assessment, and the date that it then gives."""
    assert block.evaluation is not None
    value = block.evaluation.value
    if len(value) == 4:
        return block.text, "unknown"
    generated = writer.report.name == "generated"
    if not writer.office.rounds and not generated:
        return block.text, value if len(value) == 10 else f"{value}-01"
    words, date = _spelled(block.evaluation, writer.office.round_date)
    pattern = writer.office.rounds or wordings.ROUNDS[0]
    nth = wordings.NTH[block.evaluation.ordinal - 1]
    return pattern.format(date=words, n=block.evaluation.ordinal, nth=nth), date


def write_goal_heading(writer: Writer, block: GoalHeading) -> None:
    """A goal's heading: its code is number enough, except where the office numbers headings of all depths."""
    text = " ja ".join(writer.shown(goal, goal.short or goal.text) for goal in block.goals)
    number = ""
    if writer.office.numbering == "deep":
        number, text = _numbered(writer, text, block.level)
    put_heading(writer, text, number, block.level)


def _spelled(evaluation: Evaluation, style: str) -> tuple[str, str]:
    """An assessment's date in a style, and the first day that the spelling gives."""
    year, month = evaluation.value[:4], int(evaluation.value[5:7])
    if style == "day" and len(evaluation.value) == 10:
        return day(evaluation.value), evaluation.value
    season = "kevät" if 3 <= month <= 5 else "syksy" if 9 <= month <= 11 else None
    if style == "season" and season:
        return f"{season} {year}", f"{year}-{'03' if season == 'kevät' else '09'}-01"
    words = f"{month}/{year}" if style == "figures" else f"{MONTHS[month - 1]} {year}"
    return words, f"{year}-{month:02}-01"


def _roman(number: int) -> str:
    return ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[number]


def day(value: str) -> str:
    """An ISO day as Finns write it."""
    year, month, day_ = value.split("-")
    return f"{int(day_)}.{int(month)}.{year}"
