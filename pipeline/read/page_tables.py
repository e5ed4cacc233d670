"""The tables of a web page, those made of roles too: data as grids, frames as what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from pipeline.read.compose import Grid, Paragraph, PlacedWord, paragraphs_of
from pipeline.read.grids import MAX_SPAN, GridBuilder
from pipeline.read.numerals import whole
from pipeline.read.page_content import name_of

_TABLE_ROLES = frozenset(("table", "grid", "treegrid"))
_CELL_ROLES = frozenset(("cell", "gridcell", "columnheader", "rowheader"))
_GROUPS = ("thead", "tbody", "tfoot")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LOOKED_AT = 2000
_MOST_ROWS = 65_534

Items = list[Paragraph | Grid]
Inner = Callable[[Any], Items]
"""Reads what stands in an element."""


class Found(NamedTuple):
    """What a table gives: itself or its contents, and how many of its cells stand beyond its last column."""

    items: Items
    n_beyond: int


def is_table(element: Any) -> bool:
    return element.tag == "table" or element.get("role") in _TABLE_ROLES


def read_table(element: Any, inner: Inner, is_left_out: Callable[[Any], bool]) -> Found:
    """A table as a grid below its caption; one that only sets the page, or has one column, as what stands in it."""
    groups, loose = _parts(element, is_left_out)
    before: Items = [Paragraph([[PlacedWord(text)]]) for text in _stray_words(element)]
    before += [item for part in loose for item in inner(part)]
    if _is_frame(element, groups):
        cells = (cell for rows in groups for row in rows for cell in _cells(row))
        return Found([*before, *(item for cell in cells for item in inner(cell))], 0)
    table = GridBuilder()
    for rows in groups:
        for number, row in enumerate(rows):
            table.row()
            for cell in _cells(row):
                if is_left_out(cell):
                    continue
                left = len(rows) - number
                row_span = whole(_span(cell, "row"), 1, 0, _MOST_ROWS)
                found = [paragraph for item in inner(cell) for paragraph in paragraphs_of(item)]
                table.add(found, whole(_span(cell, "col"), 1, 1, MAX_SPAN), min(row_span or left, left))
    grid, beyond = table.grid()
    after = [paragraph for cell in beyond for paragraph in cell.paragraphs]
    return Found([*before, *([grid] if grid else table.paragraphs()), *after], len(beyond))


def _parts(table: Any, is_left_out: Callable[[Any], bool]) -> tuple[list[list[Any]], list[Any]]:
    """A table's rows by their groups, as they are shown: head first, foot last; and what stands in it outside rows."""
    heads: list[list[Any]] = []
    bodies: list[list[Any]] = []
    feet: list[list[Any]] = []
    loose: list[Any] = []
    is_open = False
    for child in table:
        name = _name(child)
        if not name or name == "colgroup" or is_left_out(child):
            continue
        if name == "tr":
            if not is_open:
                bodies.append([])
            bodies[-1].append(child)
        elif name in _GROUPS:
            rows: list[Any] = []
            for row in child:
                if _name(row) == "tr":
                    rows += [] if is_left_out(row) else [row]
                elif _name(row) and not is_left_out(row):
                    loose.append(row)
            {"thead": heads, "tbody": bodies, "tfoot": feet}[name].append(rows)
        else:
            loose.append(child)
        is_open = name == "tr"
    return [*heads, *bodies, *feet], loose


def _stray_words(table: Any) -> Iterator[str]:
    """Words that stand in a table between its rows and cells."""
    yield from _folded(table.text)
    for child in table:
        yield from _folded(child.tail)
        if _name(child) not in ("tr", *_GROUPS):
            continue
        yield from _folded(child.text)
        for inner in child:
            yield from _folded(inner.tail)
            if _name(inner) == "tr":
                yield from _folded(inner.text)
                for cell in inner:
                    yield from _folded(cell.tail)


def _folded(text: str | None) -> Iterator[str]:
    if text and (words := " ".join(text.split())):
        yield words


def _name(element: Any) -> str:
    """What an element is in a table, by name or role."""
    role = element.get("role")
    if role == "row":
        return "tr"
    if role == "rowgroup":
        return element.tag if element.tag in _GROUPS else "tbody"
    return name_of(element) if name_of(element) not in ("col", "script", "style", "template") else ""


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if name_of(cell) in ("td", "th") or cell.get("role") in _CELL_ROLES)


def _span(cell: Any, kind: str) -> str | None:
    value: str | None = cell.get(f"{kind}span") or cell.get(f"aria-{kind}span")
    return value


def _is_frame(table: Any, groups: list[list[Any]]) -> bool:
    """Whether a table only sets the page: it says so, or its cells hold the page's headings and tables."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = [row for rows in groups for row in rows]
    if any(name_of(cell) == "th" for row in rows for cell in _cells(row)) or table.find("caption") is not None:
        return False
    width = max((sum(1 for _ in _cells(row)) for row in islice(rows, _LOOKED_AT)), default=0)
    inside = [one for one in islice(table.iter(*_HEADINGS, "table"), _LOOKED_AT) if one is not table]
    if not inside:
        return False
    if len(rows) < 2 or width < 2 or any(one.tag != "table" for one in inside):
        return True
    n_nested = sum(_letters(one) for one in inside if next(one.iterancestors("table")) is table)
    return n_nested * 2 > _letters(table)


def _letters(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())
