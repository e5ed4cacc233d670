"""Read a Word file: its own paragraphs, headings, lists, notes and tables, as Word shows them.

Its parts are walked as XML, because a report's text also stands in content controls, tracked insertions and text boxes,
and its headings' numbers only in the numbering definitions. What is left out, `documents.warnings` tells.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from extractors.document import Layout
from pipeline.read import html
from pipeline.read.compose import Composer, Grid, GridCell, Paragraph, PlacedWord, paragraphs_of
from pipeline.read.grids import MAX_SPAN, GridBuilder
from pipeline.read.numerals import BULLET, whole
from pipeline.read.packages import Relation
from pipeline.read.page_encoding import decode
from pipeline.read.page_envelopes import as_saved
from pipeline.read.skipped import Skipped
from pipeline.read.word_numbering import Numbering, Styles
from pipeline.read.word_package import M, R, W, WordPackage, is_on, value
from pipeline.read.word_text import Runs, alternative, deleted_words, is_prompt, n_words
from pipeline.rejects import Reject

MAX_EMBEDDED = 5
"""Files within files that are followed; how deep tables stand in tables is bound by the XML parser."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_DELETED = frozenset((W + "del", W + "moveFrom"))
_PAGES = (".htm", ".html", ".xhtml", ".mht", ".mhtml")


def read(data: bytes) -> Layout:
    """Read a Word file's bytes. Raises Reject (stage `read`)."""
    reader = _Reader(_open(data), Skipped(), 0)
    composer = Composer()
    for item in reader.body():
        composer.add(item)
    layout = composer.layout(0, [[PlacedWord(text)] for text in reader.margins()])
    if not layout.blocks and not layout.tables:
        raise Reject("read", "empty", "the document holds no text; export it again")
    return replace(layout, warnings=reader.skipped.warnings)


def _open(data: bytes) -> WordPackage:
    if data.startswith(_OLD_OFFICE):
        message = "an encrypted file, or one of Word before 2007; save it as .docx without a password"
        raise Reject("read", "encrypted", message)
    return WordPackage(data, ".docx")


@dataclass(slots=True)
class _Joined:
    """The words of paragraphs whose end was deleted, which go on in the next one."""

    text: str = ""

    def flush(self) -> Iterator[Paragraph]:
        """What waits, as a paragraph of its own."""
        text, self.text = self.text, ""
        return _lines(text, None, None)


class _Reader:
    """Walks a document's parts; what it leaves out is counted."""

    def __init__(self, package: WordPackage, skipped: Skipped, depth: int) -> None:
        self._package, self.skipped, self._outer = package, skipped, depth
        name = package.document()
        root = package.xml(name)
        body = root.find(W + "body") if root is not None else None
        if body is None:
            message = "cannot be opened (its text part holds no text); save it again as .docx"
            raise Reject("read", "broken_docx", message)
        self._body = body
        self._related = {one.id: one for one in package.related(name)}
        styles = self._part("styles")
        self._styles = Styles(styles)
        self._numbering = Numbering(self._part("numbering"), self._styles)
        self._runs = Runs(self._styles, skipped)
        self._notes = {kind: self._notes_of(kind) for kind in ("footnote", "endnote")}

    def _part(self, kind: str) -> Any | None:
        """The part of a kind that the document names; None where there is none."""
        target = next((one.target for one in self._related.values() if one.kind == kind), None)
        return self._package.xml(target) if target else None

    def _notes_of(self, kind: str) -> dict[str | None, Any]:
        root = self._part(f"{kind}s")
        return {value(note, "id"): note for note in root.iter(W + kind)} if root is not None else {}

    def body(self) -> Iterator[Paragraph | Grid]:
        """The document's paragraphs and tables in order; a note stands behind the section that refers to it."""
        self._count_comments()
        notes: list[Paragraph] = []
        for item in self._items(self._body):
            if isinstance(item, Paragraph) and item.kind == "heading":
                yield from notes
                notes = []
            yield item
            notes += self._notes_due()
        yield from notes

    def _notes_due(self) -> list[Paragraph]:
        """The paragraphs of the notes that were referred to since the last time, each note once."""
        found: list[Paragraph] = []
        while self._runs.references:
            kind, name = self._runs.references.pop(0)
            note = self._notes[kind].pop(name, None)
            if note is not None:
                found += [one for item in self._items(note) for one in paragraphs_of(item)]
        return found

    def _count_comments(self) -> None:
        root = self._part("comments")
        self.skipped["comments"] += sum(1 for _ in root.iter(W + "comment")) if root is not None else 0

    def margins(self) -> Iterator[str]:
        """The lines of the headers and footers, each once."""
        seen: set[str] = set()
        for name in ("headerReference", "footerReference"):
            for reference in self._body.iter(W + name):
                named = self._related.get(reference.get(R + "id") or "")
                root = self._package.xml(named.target) if named else None
                for item in self._items(root) if root is not None else ():
                    for text in map(_text, paragraphs_of(item)):
                        if text not in seen:
                            seen.add(text)
                            yield text

    # Paragraphs and tables

    def _items(self, parent: Any) -> Iterator[Paragraph | Grid]:
        """What stands below a body, cell, content control or text box, in order."""
        joined = _Joined()
        yield from self._inside(parent, joined)
        yield from joined.flush()

    def _inside(self, parent: Any, joined: _Joined) -> Iterator[Paragraph | Grid]:
        for element in parent:
            if element.tag == W + "p":
                yield from self._paragraph(element, joined)
            elif element.tag == W + "tbl":
                yield from joined.flush()
                yield from self._table(element)
            elif element.tag == W + "altChunk":
                yield from joined.flush()
                yield from self._embedded(self._related.get(element.get(R + "id") or ""))
            elif element.tag in _DELETED:
                self.skipped["deleted_text"] += deleted_words(element)
            elif element.tag == W + "sdt" and is_prompt(element):
                self.skipped["prompts"] += 1
            elif element.tag == M + "oMathPara":
                yield from _lines(self._runs.text(element, None).text, None, None)
            else:
                yield from self._inside(alternative(element), joined)

    def _paragraph(self, element: Any, joined: _Joined) -> Iterator[Paragraph | Grid]:
        """A paragraph; one that its author broke into lines is a paragraph a line, one whose end is gone waits."""
        found = self._runs.text(element, element)
        text, joined.text = joined.text + found.text, ""
        if self._is_gone(element.find(f"{W}pPr/{W}rPr"), element):
            joined.text = text
        else:
            level = self._styles.heading_level(element)
            yield from _lines(text, self._numbering.label(element), level)
        for box in found.boxes:
            yield from self._items(box)

    def _is_gone(self, mark: Any | None, element: Any) -> bool:
        """Whether a paragraph's end was deleted or is hidden, so that the next one goes on in its line."""
        if mark is None:
            return self._styles.is_hidden(None, element)
        if mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None:
            return True
        return not is_on(mark.find(W + "specVanish")) and self._styles.is_hidden(mark, element)

    def _embedded(self, part: Relation | None) -> Iterator[Paragraph | Grid]:
        """A file that a program put whole into this one, of which Word makes paragraphs when it opens it."""
        suffix = posixpath.splitext(part.target)[1].lower() if part else ""
        data = self._package.bytes_of(part.target) if part else b""
        try:
            if data and suffix in _PAGES:
                found = html.contents(*(as_saved(data) or (data,)))
                self.skipped.update(found.skipped)
                yield from found.items
            elif data and self._outer < MAX_EMBEDDED and suffix in (".docx", ".docm", ".dotx"):
                yield from _Reader(WordPackage(data, ".docx"), self.skipped, self._outer + 1).body()
            elif data and suffix == ".txt":
                yield from _lines(decode(data)[0], None, None)
            else:
                self.skipped["embedded_documents"] += 1
        except Reject:
            self.skipped["embedded_documents"] += 1

    def _table(self, element: Any) -> Iterator[Paragraph | Grid]:
        """A table as a grid, merged cells as one.

        One that has a single column, or whose text stands in the tables within it, is a frame around what it holds.
        """
        table = GridBuilder()
        open_cells: dict[int, GridCell] = {}
        inside: list[list[Paragraph | Grid]] = []
        for line in _children(element, "tr", self.skipped):
            if self._is_row_gone(line):
                continue
            table.row(whole(value(line.find(f"{W}trPr/{W}gridBefore")), 0, 0, MAX_SPAN))
            for item in _children(line, "tc", self.skipped):
                self._cell(item, table, open_cells, inside)
        grid, beyond = table.grid()
        self.skipped["cells_beyond_table"] += len(beyond)
        if grid is None or _is_frame(inside):
            yield from (item for items in inside for item in items)
        else:
            yield grid
            yield from (paragraph for cell in beyond for paragraph in cell.paragraphs)

    def _cell(
        self,
        item: Any,
        table: GridBuilder,
        open_cells: dict[int, GridCell],
        inside: list[list[Paragraph | Grid]],
    ) -> None:
        """Add a cell, or let the one above or before reach over its place."""
        properties = item.find(W + "tcPr")
        span = whole(_property(properties, "gridSpan"), 1, 1, MAX_SPAN)
        merge, across = (properties.find(W + name) if properties is not None else None for name in ("vMerge", "hMerge"))
        if properties is not None and properties.find(W + "cellDel") is not None:
            self.skipped["deleted_text"] += deleted_words(item)
            return
        col = table.place()
        above = open_cells.get(col)
        if merge is not None and value(merge) != "restart" and above is not None:
            above.row_span = table.n_rows - above.row
            self.skipped["hidden_text"] += n_words(item)
            table.skip(span)
            return
        items = [] if _asks(item) else list(self._items(item))
        paragraphs = [paragraph for one in items for paragraph in paragraphs_of(one)]
        inside.append(items)
        if (
            across is not None
            and value(across) != "restart"
            and table.cells
            and table.cells[-1].row == table.n_rows - 1
        ):
            table.cells[-1].col_span += span
            table.cells[-1].paragraphs += paragraphs
            table.skip(span)
            return
        for covered in range(col, col + span):
            open_cells.pop(covered, None)
        open_cells[col] = table.add(paragraphs, span)

    def _is_row_gone(self, row: Any) -> bool:
        """Whether a row was deleted, or is hidden."""
        properties = row.find(W + "trPr")
        if properties is None:
            return False
        if properties.find(W + "del") is not None:
            self.skipped["deleted_text"] += deleted_words(row)
            return True
        if is_on(properties.find(W + "hidden")):
            self.skipped["hidden_text"] += n_words(row)
            return True
        return False


def _property(properties: Any | None, name: str) -> str | None:
    return value(properties.find(W + name)) if properties is not None else None


def _asks(cell: Any) -> bool:
    """Whether a cell is a form's field that shows only what it asks for."""
    holder = cell.getparent()
    return holder.tag == W + "sdtContent" and is_prompt(holder.getparent())


def _children(element: Any, name: str, skipped: Skipped) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls as well."""
    for child in element:
        if child.tag == W + name:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml", W + "moveTo"):
            yield from _children(child, name, skipped)
        elif child.tag in _DELETED:
            skipped["deleted_text"] += deleted_words(child)


def _is_frame(inside: list[list[Paragraph | Grid]]) -> bool:
    """Whether most of a table's text stands in tables within it."""
    letters = {True: 0, False: 0}
    for items in inside:
        for item in items:
            letters[isinstance(item, Grid)] += sum(len(_text(paragraph)) for paragraph in paragraphs_of(item))
    return letters[True] > letters[False]


def _lines(text: str, label: str | None, level: int | None) -> Iterator[Paragraph]:
    """A paragraph's lines as paragraphs, the label before the first; none where it has no words."""
    lines = [" ".join(text.split("\n"))] if level else text.split("\n")
    for line in filter(None, (line.strip() for line in lines)):
        if label == BULLET and not level:
            yield Paragraph([[PlacedWord(line)]], "list_item", PlacedWord(BULLET))
        else:
            shown = f"{label} {line}" if label and label != BULLET else line
            yield Paragraph([[PlacedWord(shown)]], "heading" if level else "paragraph", None, level)
        label = None


def _text(paragraph: Paragraph) -> str:
    words = [paragraph.marker] if paragraph.marker else []
    return " ".join(" ".join(word.text for line in [words, *paragraph.lines] for word in line).split())
