"""What a page holds: lines and tables, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading, bullet, label, caption …: what it is says `kind`."""

    text: str
    kind: str = "paragraph"
    level: int = 0
    depth: int = 0
    automatic: str = ""
    """The number that the format itself prints before a heading."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a grid with its paragraphs, over several rows or columns."""

    texts: tuple[str, ...] = ("",)
    rows: int = 1
    cols: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; None where a cell of another row or column covers a place."""

    rows: tuple[tuple[Box | None, ...], ...]
    n_header: int = 1
    kind: str = ""


Item = Line | Grid
Row = tuple[Box | None, ...]


def text_row(*texts: str) -> Row:
    """A row of plain cells."""
    return tuple(Box((text,)) for text in texts)
