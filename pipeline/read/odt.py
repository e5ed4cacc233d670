"""Read an OpenDocument text (LibreOffice Writer): its paragraphs, headings, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import regex

from extractors.document import Layout
from pipeline.read.compose import Composer, Grid, GridCell, Paragraph, PlacedWord, paragraphs_of
from pipeline.read.numerals import BULLET, numbered
from pipeline.read.packages import MAX_CELLS, MAX_DEPTH, Package, local, too_many_cells, whole
from pipeline.read.skipped import Skipped
from pipeline.rejects import Reject

SUFFIX = ".odt"

MAX_REPEATED = 1000
"""Times that a cell or row may stand repeated; a program's own filler goes to the edge of the sheet."""

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_BLANK = regex.compile(r"[ \t\r\n]+")
_FRAMES = frozenset(("section", "index-body", "index-title", "text-box", "table-of-content", "user-index", "header"))
_INDEXES = frozenset(("alphabetical-index", "illustration-index", "table-index", "object-index", "bibliography"))
_SHAPES = ("custom-shape", "rect", "ellipse", "circle", "polygon", "line", "connector")
_ROW_GROUPS = frozenset(("table-header-rows", "table-rows", "table-row-group"))
_UNSEEN = frozenset(("tracked-changes", "annotation-end", "variable-decls", "sequence-decls", "forms", "ruby-text"))


def read(data: bytes) -> Layout:
    """Read the bytes of an OpenDocument text. Raises Reject (stage `read`)."""
    package = Package(data, SUFFIX)
    if b"encryption-data" in package.bytes_of("META-INF/manifest.xml"):
        raise Reject("read", "encrypted", f"it is locked by a password; save it as {SUFFIX} without one")
    body = package.required("content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Reject("read", "wrong_format", f"an OpenDocument file, but no text document; save it as {SUFFIX}")
    reader = _Reader(package)
    reader.skipped["pictures"] = sum(1 for _ in body.iter(_DRAW + "image"))
    reader.skipped["embedded_objects"] = sum(1 for _ in body.iter(_DRAW + "object", _DRAW + "object-ole"))
    composer = Composer()
    for item in reader.items(body, 0):
        composer.add(item)
    for note in reader.notes:
        composer.add(note)
    layout = composer.layout(0, [[PlacedWord(text)] for text in _margins(package)], reader.skipped.warnings)
    if not layout.blocks and not layout.tables:
        raise Reject("read", "empty", "the document holds no text; export it again")
    return layout


def _margins(package: Package) -> Iterator[str]:
    """The headers and footers, each once."""
    styles = package.xml("styles.xml")
    if styles is None:
        return
    seen: set[str] = set()
    for tag in (_STYLE + name for name in ("header", "header-first", "footer", "footer-first")):
        for margin in styles.iter(tag):
            for paragraph in margin.iter(_TEXT + "p"):
                text = " ".join(_plain(paragraph).split())
                if text and text not in seen:
                    seen.add(text)
                    yield text


def _plain(element: Any) -> str:
    """All words of an element, wherever in it they stand."""
    return "".join(element.itertext())


class _Styles:
    """What styles say of paragraphs and lists: hidden text, the labels of each level."""

    def __init__(self, package: Package) -> None:
        self._lists: dict[str, dict[int, Any]] = {}
        self._hidden: set[str] = set()
        self._paragraph_lists: dict[str, tuple[str | None, str | None]] = {}
        for name in ("styles.xml", "content.xml"):
            root = package.xml(name)
            if root is not None:
                self._take(root)

    def _take(self, root: Any) -> None:
        outline = root.iter(_TEXT + "outline-style")
        for style in (*root.iter(_TEXT + "list-style"), *outline):
            levels = {whole(level.get(_TEXT + "level"), 1): level for level in style if local(level.tag)}
            self._lists[style.get(_STYLE + "name") or "Outline"] = levels
        for style in root.iter(_STYLE + "style"):
            name, family = style.get(_STYLE + "name", ""), style.get(_STYLE + "family")
            if family == "paragraph":
                self._paragraph_lists[name] = (
                    style.get(_STYLE + "list-style-name"),
                    style.get(_STYLE + "parent-style-name"),
                )
            for properties in style:
                if properties.get(_TEXT + "display") == "none":
                    self._hidden.add(name)

    def is_hidden(self, element: Any) -> bool:
        """Whether text is formatted so that nobody sees it."""
        return element.get(_TEXT + "style-name") in self._hidden

    def list_of(self, style: str | None) -> str | None:
        """The list style that a paragraph style names, itself or by its parents."""
        for _ in range(MAX_DEPTH):
            if style is None or style not in self._paragraph_lists:
                return None
            named, parent = self._paragraph_lists[style]
            if named is not None:
                return named or None
            style = parent
        return None

    def level(self, style: str | None, level: int) -> Any | None:
        return self._lists.get(style or "", {}).get(level)

    def label(self, style: str | None, counts: list[int]) -> str | None:
        """What stands before an item whose levels' numbers are these: a bullet, a number, or nothing."""
        level = self.level(style, len(counts))
        if level is None:
            return BULLET if style not in self._lists else None
        if local(level.tag) in ("list-level-style-bullet", "list-level-style-image"):
            return BULLET
        form = level.get(_STYLE + "num-format") or ""
        if not form:
            return None
        shown = max(1, whole(level.get(_TEXT + "display-levels"), 1, len(counts)))
        numbers = []
        for depth in range(len(counts) - shown + 1, len(counts) + 1):
            one = self.level(style, depth)
            numbers.append(
                numbered(counts[depth - 1], (one.get(_STYLE + "num-format") if one is not None else "") or "1")
            )
        prefix, suffix = level.get(_STYLE + "num-prefix") or "", level.get(_STYLE + "num-suffix") or ""
        return f"{prefix}{'.'.join(numbers)}{suffix}".strip()

    def start(self, style: str | None, level: int) -> int:
        """The number at which a level begins."""
        found = self.level(style, level)
        return whole(found.get(_TEXT + "start-value"), 1) if found is not None else 1


class _Counter:
    """The numbers of a list's levels as its items come."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}

    def next(self, level: int, start: int) -> list[int]:
        """Count an item of a level, from 1; the numbers of its levels. Deeper levels begin again."""
        self.numbers[level] = self.numbers.get(level, start - 1) + 1
        for deeper in [key for key in self.numbers if key > level]:
            del self.numbers[deeper]
        return [self.numbers.get(depth, 1) for depth in range(1, level + 1)]


class _Reader:
    """Walks a document's elements; what it leaves out and its notes are gathered."""

    def __init__(self, package: Package) -> None:
        self._styles = _Styles(package)
        self._headings = _Counter()
        self._lists: dict[str, _Counter] = {}
        self._last: dict[str, _Counter] = {}
        self._n_cells = 0
        self.skipped = Skipped()
        self.notes: list[Paragraph] = []

    def items(self, parent: Any, depth: int) -> Iterator[Paragraph | Grid]:
        """What stands below a body, cell, section or text box, in order."""
        if depth > MAX_DEPTH:
            return
        for element in parent:
            name = local(element.tag)
            if name == "h":
                yield from self._heading(element)
            elif name == "p":
                yield from self._lines(element, "paragraph")
            elif name == "list":
                yield from self._list(element, None, 1, _Counter(), depth)
            elif name == "table":
                yield from self._table(element, depth)
            elif name in _FRAMES:
                if element.get(_TEXT + "display") == "none":
                    self.skipped["hidden_sections"] += 1
                else:
                    yield from self.items(element, depth + 1)
            elif name in _INDEXES:
                yield from self.items(element, depth + 1)
            elif name == "tracked-changes":
                self.skipped["deleted_text"] += sum(1 for _ in element.iter(_TEXT + "deletion"))
            elif name in ("frame", "g", *_SHAPES):
                yield from self._boxes(element, None)

    def _heading(self, element: Any) -> Iterator[Paragraph | Grid]:
        level = _outline_level(element)
        label = None
        if element.get(_TEXT + "is-list-header") != "true" and self._styles.level("Outline", level) is not None:
            counts = self._headings.next(level, self._styles.start("Outline", level))
            label = self._styles.label("Outline", counts)
        yield from self._lines(element, "heading", None if label == BULLET else label, level)

    def _list(
        self, element: Any, style: str | None, level: int, counter: _Counter, depth: int
    ) -> Iterator[Paragraph | Grid]:
        """The items of a list; lists within it are its next level."""
        style = element.get(_TEXT + "style-name") or style or self._style_within(element)
        if level == 1:
            counter = self._counter(element, style)
        for item in element:
            name = local(item.tag)
            if name not in ("list-item", "list-header") or depth > MAX_DEPTH:
                continue
            label = None
            shows = any(local(child.tag) in ("p", "h") for child in item)
            if name == "list-item" and shows:
                if (given := whole(item.get(_TEXT + "start-value"), -1)) >= 0:
                    counter.numbers[level] = given - 1
                label = self._styles.label(style, counter.next(level, self._styles.start(style, level)))
            for child in item:
                if local(child.tag) == "list":
                    yield from self._list(child, style, level + 1, counter, depth + 1)
                elif local(child.tag) == "h":
                    yield from self._lines(child, "heading", label, _outline_level(child))
                    label = None
                elif local(child.tag) == "p":
                    yield from self._lines(child, "paragraph", label)
                    label = None

    def _style_within(self, element: Any) -> str | None:
        """The list style of the first paragraph of a list that names none itself."""
        first = next(element.iter(_TEXT + "p"), None)
        return self._styles.list_of(first.get(_TEXT + "style-name")) if first is not None else None

    def _counter(self, element: Any, style: str | None) -> _Counter:
        """The numbers of a list: those of the list that it goes on, else new ones."""
        own = element.get("{http://www.w3.org/XML/1998/namespace}id") or ""
        gone_on = element.get(_TEXT + "continue-list")
        if gone_on and gone_on in self._lists:
            counter = self._lists[gone_on]
        elif element.get(_TEXT + "continue-numbering") == "true" and style in self._last:
            counter = self._last[style]
        else:
            counter = _Counter()
        self._lists[own] = counter
        if style:
            self._last[style] = counter
        return counter

    def _lines(
        self, element: Any, kind: Any, label: str | None = None, level: int | None = None
    ) -> Iterator[Paragraph | Grid]:
        """A paragraph, one a line of its own where its author broke it, and what is anchored in it."""
        if self._styles.is_hidden(element):
            self.skipped["hidden_text"] += 1
            return
        parts: list[str] = []
        self._words(element, parts, 0)
        lines = [line.strip() for line in "".join(parts).replace("\u00ad", "").split("\n")]
        for line in filter(None, lines):
            if label == BULLET:
                yield Paragraph([[PlacedWord(line)]], "list_item", PlacedWord(label))
            else:
                yield Paragraph([[PlacedWord(f"{label} {line}" if label else line)]], kind, None, level)
            label = None
        yield from self._boxes(element, element)

    def _boxes(self, element: Any, paragraph: Any | None) -> Iterator[Paragraph | Grid]:
        """The text boxes and shapes with words that are anchored in a paragraph, or stand alone on a page."""
        for box in element.iter(*(_DRAW + name for name in ("text-box", *_SHAPES))):
            if next((up for up in box.iterancestors() if local(up.tag) in ("p", "h")), None) is paragraph:
                yield from self.items(box, 1)

    def _words(self, element: Any, parts: list[str], depth: int) -> None:
        """A paragraph's words as they are shown."""
        parts.append(_folded(element.text))
        for child in element:
            name = local(child.tag)
            if name == "s":
                parts.append(" " * whole(child.get(_TEXT + "c"), 1, 100))
            elif name == "tab":
                parts.append(" ")
            elif name == "line-break":
                parts.append("\n")
            elif name == "note":
                self._note(child)
            elif name == "annotation":
                self.skipped["comments"] += 1
            elif name == "hidden-text" or self._styles.is_hidden(child):
                self.skipped["hidden_text"] += 1
            elif name and name not in _UNSEEN and (name == "a" or not child.tag.startswith(_DRAW)) and depth < 100:
                self._words(child, parts, depth + 1)
            parts.append(_folded(child.tail))

    def _note(self, note: Any) -> None:
        """A foot- or endnote: its words stand behind the body, its mark nowhere, since it would weld to a number."""
        body = note.find(_TEXT + "note-body")
        for item in self.items(body, 1) if body is not None else ():
            self.notes += paragraphs_of(item)

    def _table(self, element: Any, depth: int) -> Iterator[Paragraph | Grid]:
        """A table as a grid, merged cells as one; a table of one column is a frame around its paragraphs."""
        cells: list[GridCell] = []
        n_cols = row = 0
        for line in _rows(element):
            if line.get(_TABLE + "visibility") in ("collapse", "filter"):
                self.skipped["hidden_rows"] += 1
                continue
            for _ in range(_number(line, "number-rows-repeated")):
                n_cols = max(n_cols, self._row(line, row, cells, depth))
                row += 1
        rows, cols = max((cell.row + 1 for cell in cells), default=0), max((_edge(cell) for cell in cells), default=0)
        if cols > 1:
            yield Grid(rows, cols, [_within(cell, rows) for cell in cells])
        else:
            for cell in cells:
                yield from cell.paragraphs

    def _row(self, line: Any, row: int, cells: list[GridCell], depth: int) -> int:
        """Add a row's cells to a table's; the column behind the last."""
        col = 0
        for item in line:
            name, repeated = local(item.tag), _number(item, "number-columns-repeated")
            if name == "covered-table-cell":
                col += repeated
            if name != "table-cell":
                continue
            spans = _number(item, "number-rows-spanned"), _number(item, "number-columns-spanned")
            found = [one for inner in self.items(item, depth + 1) for one in paragraphs_of(inner)]
            for _ in range(repeated):
                cells.append(GridCell(row, col, *spans, found))
                col += 1
            self._n_cells += repeated
            if self._n_cells > MAX_CELLS:
                raise too_many_cells(SUFFIX)
        return col


def _rows(table: Any) -> Iterator[Any]:
    """A table's rows, those in groups as well."""
    for child in table:
        name = local(child.tag)
        if name == "table-row":
            yield child
        elif name in _ROW_GROUPS:
            yield from _rows(child)


def _edge(cell: GridCell) -> int:
    return cell.col + cell.col_span


def _within(cell: GridCell, n_rows: int) -> GridCell:
    """A cell whose rows end where the table's do."""
    return replace(cell, row_span=min(cell.row_span, n_rows - cell.row))


def _number(element: Any, name: str) -> int:
    """A count of rows or columns, at least one."""
    return max(1, whole(element.get(_TABLE + name), 1, MAX_REPEATED))


def _outline_level(element: Any) -> int:
    return max(1, whole(element.get(_TEXT + "outline-level"), 1, 10))


def _folded(text: str | None) -> str:
    """Text with its white space as the format says it is shown: any run as one space."""
    return _BLANK.sub(" ", text) if text else ""
