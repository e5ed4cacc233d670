"""A cover, fields of a page, a contents list, and the facts of the document as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.habits import wordings
from tests.habits.model import Cover, Field
from tests.habits.render.headings import day
from tests.habits.render.page import Grid, Item, Line, text_row
from tests.habits.render.writer import Writer


def document_facts(writer: Writer) -> None:
    for name, value in writer.report.fields.items():
        if name == "report_date":
            value = writer.own_date or ""
        if value:
            writer.fact("documents", name, value)


def write_cover(writer: Writer, cover: Cover) -> None:
    date = day(cover.date) if cover.date else ""
    if writer.office.cover == "labels":
        writer.line(cover.report, "title")
        _labels(writer, list(_cover_labels(writer, cover, date)))
        return
    lines = [cover.programme, cover.report, cover.project, date]
    if writer.office.cover == "project_first":
        lines = [cover.project, cover.report, date]
    for text in lines:
        writer.line(text, "title")


def _cover_labels(writer: Writer, cover: Cover, date: str) -> Iterator[tuple[str, str]]:
    words = {role: writer.office.cover_words.get(role, names[0]) for role, names in wordings.COVER_LABELS.items()}
    yield words["project"], cover.project
    yield words["programme"], cover.programme
    if cover.funder:
        writer.fact("documents", "funder", cover.funder)
        yield words["funder"], cover.funder
    if cover.contact:
        for role, name, value in zip(
            ("contact", "organisation", "email"),
            ("contact_name", "contact_organisation", "contact_email"),
            cover.contact,
            strict=True,
        ):
            writer.fact("documents", name, value)
            yield words[role], value
    if cover.years:
        writer.fact("documents", "period_start", str(cover.years[0]))
        writer.fact("documents", "period_end", str(cover.years[1]))
        yield words["years"], f"{cover.years[0]}–{cover.years[1]}"
    yield words["date"], date


def _labels(writer: Writer, pairs: Sequence[tuple[str, str]]) -> None:
    style = writer.office.fields
    if style == "table":
        writer.items.append(Grid(tuple(text_row(*pair) for pair in pairs), 0))
        return
    for label, value in pairs:
        if style == "line":
            writer.line(f"{label}: {value}", "labelled")
            continue
        for _ in range(2 if style == "doubled" else 1):
            writer.line(label, "label")
        writer.line(value)


def write_field(writer: Writer, block: Field) -> None:
    writer.section(block.label, 2)
    short = len(block.value) == 1 and len(block.value[0]) < 120
    if writer.office.fields == "line" and short:
        writer.line(f"{block.label}: {block.value[0]}", "labelled")
        return
    for _ in range(2 if writer.office.fields == "doubled" else 1):
        writer.line(block.label, "label", level=2)
    for text in block.value:
        writer.line(text)


def write_contents(writer: Writer, start: int) -> None:
    """A contents list before the body: the headings of two levels, with the pages that they would be on."""
    entries: list[Item] = []
    page = 2
    for number, item in enumerate(writer.items[start:]):
        if isinstance(item, Line) and item.kind == "heading" and item.level <= 2:
            page = 2 + number // 25
            text = f"{item.automatic} {item.text}".strip()
            dots = "." * max(5, 90 - len(text)) if writer.office.contents == "dots" else ""
            entries.append(Line(f"{text} {dots} {page}" if dots else f"{text}\t{page}", "contents", item.level))
    writer.items[start:start] = [Line(writer.office.contents_words, "heading", 1), *entries]
    writer.path.clear()
    writer.section(writer.office.contents_words, 1)
