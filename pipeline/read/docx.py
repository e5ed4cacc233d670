"""Read a Word file: its own paragraphs, headings, lists and tables; python-docx opens it.

Paragraphs are walked as XML, because a report's text also stands in content controls, tracked insertions and text
boxes, and its headings' numbers only in the numbering definitions.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import regex

from extractors.document import Layout
from lexicons import needs
from pipeline.read.compose import Composer, Grid, GridCell, Paragraph, PlacedWord
from pipeline.rejects import Reject

_HEADING = needs("heading_styles", "heading")

MAX_UNPACKED = 300_000_000
"""Bytes that the parts of a file may have together: text of a thousand reports, or the pictures of one."""

MAX_DEPTH = 40
"""Tables within tables that are followed."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset(
    {_FALLBACK, *(_W + name for name in ("del", "moveFrom", "txbxContent", "instrText", "delText", "rPr", "pPr"))}
)
_BREAKS = frozenset([_W + "br", _W + "cr"])


@cache
def _heading_style() -> regex.Pattern[str]:
    """The name of a heading's style, with its level."""
    names = _HEADING.pattern
    return regex.compile(rf"(?:{names})\s*([1-9])", regex.IGNORECASE)


def read(data: bytes) -> Layout:
    """Read a Word file's bytes. Raises Reject (stage `read`)."""
    document = _open(data)
    composer = Composer()
    numbering = _Numbering(document)
    for item in _items(document.element.body, numbering, 0):
        composer.add(item)
    layout = composer.layout(0, [[PlacedWord(text)] for text in _margins(document)])
    if not layout.blocks and not layout.tables:
        raise Reject("read", "empty", "the document holds no text; export it again")
    return layout


def _open(data: bytes) -> Any:
    from docx import Document

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "an encrypted file, or one of Word before 2007; save it as .docx without a password"
        raise Reject("read", "encrypted", message)
    if not data.startswith(b"PK"):
        raise Reject("read", "wrong_format", "not a Word file despite its name; export it again as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
        if unpacked > MAX_UNPACKED:
            message = f"unpacks to {unpacked:,} bytes, the limit is {MAX_UNPACKED:,}; save it without pictures"
            raise Reject("read", "too_large", message)
        return Document(io.BytesIO(data))
    except Reject:
        raise
    except (ValueError, KeyError) as error:
        raise Reject("read", "wrong_format", f"a zip file, but no Word document ({error}); save it as .docx") from None
    except Exception as error:
        raise Reject("read", "broken_docx", f"cannot be opened ({error}); save it again as .docx") from None


# Paragraphs and tables


def _items(parent: Any, numbering: _Numbering, depth: int) -> Iterator[Paragraph | Grid]:
    """What stands below a body, cell, content control or text box, in order."""
    for element in parent:
        if element.tag == _W + "p":
            yield from _paragraphs(element, numbering)
            for box in _text_boxes(element):
                yield from _items(box, numbering, depth + 1)
        elif element.tag == _W + "tbl" and depth < MAX_DEPTH:
            yield from _table(element, numbering, depth)
        elif element.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "moveTo", _W + "customXml"):
            yield from _items(element, numbering, depth)


def _paragraphs(element: Any, numbering: _Numbering) -> Iterator[Paragraph]:
    """A paragraph; one that its author broke into lines is a paragraph a line."""
    text = _text(element)
    if not text.strip():
        return
    level = numbering.heading_level(element)
    label = numbering.label(element)
    for number, line in enumerate(line.strip() for line in text.split("\n")):
        if not line:
            continue
        if number == 0 and label == "•":
            yield Paragraph([[PlacedWord(line)]], "list_item", PlacedWord("•"))
            continue
        if number == 0 and label:
            line = f"{label} {line}"
        yield Paragraph([[PlacedWord(line)]], "heading" if level else "paragraph", None, level)


def _text(element: Any) -> str:
    """A paragraph's words as they are shown: deleted text, field codes and text boxes left out."""
    parts: list[str] = []
    stack = list(reversed(element))
    while stack:
        item = stack.pop()
        if item.tag in _SKIPPED:
            continue
        if item.tag == _W + "t":
            parts.append(item.text or "")
        elif item.tag in _BREAKS:
            parts.append("\n")
        elif item.tag == _W + "tab":
            parts.append(" ")
        elif item.tag == _W + "noBreakHyphen":
            parts.append("-")
        else:
            stack.extend(reversed(item))
    return "".join(parts).replace("\u00ad", "")


def _text_boxes(element: Any) -> Iterator[Any]:
    for box in element.iter(_W + "txbxContent"):
        if not any(True for _ in box.iterancestors(_FALLBACK)):
            yield box


def _table(element: Any, numbering: _Numbering, depth: int) -> Iterator[Paragraph | Grid]:
    """A table as a grid, merged cells as one; a table of one column is a frame around its paragraphs."""
    cells: list[GridCell] = []
    open_cells: dict[int, GridCell] = {}
    n_cols = row = 0
    for line in _children(element, "tr"):
        col = _number(line.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for item in _children(line, "tc"):
            span = max(1, _number(item.find(f"{_W}tcPr/{_W}gridSpan"), 1))
            merge = item.find(f"{_W}tcPr/{_W}vMerge")
            above = open_cells.get(col)
            if merge is not None and merge.get(_W + "val") != "restart" and above is not None:
                above.row_span = row - above.row + 1
            else:
                found = [p for inner in _items(item, numbering, depth + 1) for p in _flat(inner)]
                cell = GridCell(row, col, 1, span, found)
                cells.append(cell)
                open_cells[col] = cell
            col += span
        n_cols = max(n_cols, col)
        row += 1
    if n_cols > 1:
        yield Grid(row, n_cols, cells)
    else:
        for cell in cells:
            yield from cell.paragraphs


def _children(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls as well."""
    for child in element:
        if child.tag == _W + name:
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
            yield from _children(child, name)


def _flat(item: Paragraph | Grid) -> Iterator[Paragraph]:
    if isinstance(item, Grid):
        for cell in item.cells:
            yield from cell.paragraphs
    else:
        yield item


def _number(element: Any, default: int) -> int:
    value = element.get(_W + "val") if element is not None else None
    return int(value) if value and value.isdecimal() else default


def _margins(document: Any) -> Iterator[str]:
    """The headers and footers, each once."""
    seen = set()
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            for paragraph in part.paragraphs if not part.is_linked_to_previous else ():
                text = " ".join(_text(paragraph._p).split())
                if text and text not in seen:
                    seen.add(text)
                    yield text


# Numbers of headings and lists


@dataclass(slots=True)
class _Level:
    """How a list's level is numbered: format, text with %1 for the first level's number, first number."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class _Numbering:
    """The labels of a document's numbered paragraphs, which Word works out when it shows them."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.get(_W + "styleId"): style for style in document.styles.element.iter(_W + "style")}
        self._default = next(
            (
                name
                for name, s in self._styles.items()
                if s.get(_W + "default") == "1" and s.get(_W + "type") == "paragraph"
            ),
            None,
        )
        self._lists: dict[str, _List] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {
            item.get(_W + "abstractNumId"): {
                int(level.get(_W + "ilvl")): _Level(
                    (level.find(_W + "numFmt").get(_W + "val") if level.find(_W + "numFmt") is not None else "decimal"),
                    (level.find(_W + "lvlText").get(_W + "val") if level.find(_W + "lvlText") is not None else "")
                    or "",
                    _number(level.find(_W + "start"), 1),
                )
                for level in item.iter(_W + "lvl")
            }
            for item in root.iter(_W + "abstractNum")
        }
        shared: dict[str, _List] = {}
        for item in root.iter(_W + "num"):
            name = item.find(_W + "abstractNumId").get(_W + "val")
            levels = abstract.get(name, {})
            restarts = item.find(f"{_W}lvlOverride/{_W}startOverride") is not None
            known = _List(levels) if restarts else shared.setdefault(name, _List(levels))
            self._lists[item.get(_W + "numId")] = known

    def _style(self, element: Any) -> str | None:
        style = element.find(f"{_W}pPr/{_W}pStyle")
        return style.get(_W + "val") if style is not None else self._default

    def _style_chain(self, element: Any) -> Iterator[Any]:
        name, seen = self._style(element), set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            based = style.find(_W + "basedOn")
            name = based.get(_W + "val") if based is not None else None

    def heading_level(self, element: Any) -> int | None:
        """The level of a heading, from 1, by its outline level or its style's name."""
        for holder in (element, *self._style_chain(element)):
            outline = holder.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None:
                level = _number(outline, 9)
                return level + 1 if level < 9 else None
        for style in self._style_chain(element):
            name = style.find(_W + "name")
            match = _heading_style().fullmatch(name.get(_W + "val") or "") if name is not None else None
            if match:
                return int(match[1])
        return None

    def label(self, element: Any) -> str | None:
        """The label that Word shows before a paragraph: a bullet, its number, or none."""
        for holder in (element, *self._style_chain(element)):
            item = holder.find(f"{_W}pPr/{_W}numPr")
            if item is None:
                continue
            number, depth = item.find(_W + "numId"), _number(item.find(_W + "ilvl"), 0)
            if number is None:
                continue
            known = self._lists.get(number.get(_W + "val"))
            return self._next(known, depth) if known is not None else None
        return None

    def _next(self, known: _List, depth: int) -> str | None:
        level = known.levels.get(depth, _Level("none"))
        known.counts[depth] = known.counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in known.counts if key > depth]:
            del known.counts[deeper]
        if level.format == "bullet":
            return "•"
        if level.format == "none":
            return None

        def shown(match: regex.Match[str]) -> str:
            place = int(match[1]) - 1
            held = known.levels.get(place, _Level())
            return _formatted(known.counts.get(place, held.start), held.format)

        return regex.sub(r"%([1-9])", shown, level.text).strip() or None


def _formatted(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, letters in _ROMAN:
            while number >= value:
                roman, number = roman + letters, number - value
        return roman.upper() if style == "upperRoman" else roman
    return f"{number:02d}" if style == "decimalZero" else str(number)


_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
