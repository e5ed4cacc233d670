"""Read a slide show: each slide's title as a heading, its boxes from top to bottom, its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.document import Layout
from pipeline.read.compose import Composer, Grid, GridCell, Paragraph, PlacedWord
from pipeline.read.numerals import BULLET, numbered
from pipeline.read.packages import MAX_CELLS, MAX_DEPTH, Package, local, too_many_cells, whole
from pipeline.read.skipped import Skipped
from pipeline.rejects import Reject

SUFFIX = ".pptx"

LINE_HEIGHT = 180_000
"""English metric units (914,400 an inch) by which boxes of one row may stand apart: half a line of ordinary text."""

_TITLES = frozenset(("title", "ctrTitle"))
_MARGINS = frozenset(("ftr", "hdr", "dt", "sldNum"))
_BODIES = frozenset(("body", "obj", "subTitle", ""))
_NUMBERS = {
    "arabic": "1",
    "alphaLc": "a",
    "alphaUc": "A",
    "romanLc": "i",
    "romanUc": "I",
}
_SIDES = {"Period": ("", "."), "ParenR": ("", ")"), "ParenBoth": ("(", ")"), "Plain": ("", "")}


def read(data: bytes) -> Layout:
    """Read a slide show's bytes. Raises Reject (stage `read`)."""
    show = _Show(Package(data, SUFFIX))
    composer = Composer()
    for item in show.items():
        composer.add(item)
    layout = composer.layout(0, [[PlacedWord(text)] for text in show.margins], show.skipped.warnings)
    if not layout.blocks and not layout.tables:
        raise Reject("read", "empty", "its slides hold no text, they may be pictures; export it as PDF and run --ocr")
    return layout


@dataclass(frozen=True, slots=True)
class _Holder:
    """A slide's place for text in its layout or master: where it stands, whether its paragraphs have bullets."""

    kind: str
    number: str
    shape: Any


class _Show:
    """A slide show's content in order; what it leaves out and its footers are gathered."""

    def __init__(self, package: Package) -> None:
        self._package = package
        root = next((part for part in package.relations("").values() if part.endswith("presentation.xml")), "")
        self._root = root or "ppt/presentation.xml"
        self._presentation = package.required(self._root)
        self._holders: dict[str, list[_Holder]] = {}
        self._n_cells = 0
        self.margins: list[str] = []
        self.skipped = Skipped(macros=int(any(name.endswith("vbaProject.bin") for name in package.names())))

    def items(self) -> Iterator[Paragraph | Grid]:
        """The paragraphs and tables of all slides that are shown."""
        names = list(self._names())
        kinds = {name: self._layout_kind(name) for name in names}
        deep = 2 if "secHead" in kinds.values() else 1
        for name in names:
            slide = self._package.xml(name)
            if slide is None:
                continue
            if slide.get("show", "1") in ("0", "false"):
                self.skipped["hidden_slides"] += 1
                continue
            level = 1 if kinds[name] in ("secHead", "title") else deep
            yield from _Slide(self, self._package, name, slide, level).items()

    def _names(self) -> Iterator[str]:
        """The slides' parts in their order."""
        parts = self._package.relations(self._root)
        for listed in self._presentation.iter("{*}sldId"):
            yield from (parts[value] for value in listed.attrib.values() if value in parts)

    def _layout_kind(self, name: str) -> str:
        """The kind of a slide's layout: secHead heads the slides behind it."""
        for part in self._package.relations(name).values():
            if "/slideLayouts/" in part and (root := self._package.xml(part)) is not None:
                return str(root.get("type", ""))
        return ""

    def holders(self, name: str) -> list[_Holder]:
        """The places for text of a slide's layout and of the layout's master."""
        found: list[_Holder] = []
        for part in self._package.relations(name).values():
            if "/slideLayouts/" in part or "/slideMasters/" in part:
                if part not in self._holders:
                    self._holders[part] = []  # a file that leads round a circle ends here
                    root = self._package.xml(part)
                    own = [_holder(shape) for shape in root.iter("{*}sp")] if root is not None else []
                    self._holders[part] = [*filter(None, own), *self.holders(part)]
                found += self._holders[part]
        return found

    def body_bullets(self, name: str) -> Any | None:
        """What the master says of the paragraphs of bodies."""
        for part in self._package.relations(name).values():
            if "/slideMasters/" in part:
                root = self._package.xml(part)
                return next(root.iter("{*}bodyStyle"), None) if root is not None else None
            if "/slideLayouts/" in part:
                return self.body_bullets(part)
        return None

    def count_cells(self, number: int) -> None:
        """Raise Reject where the tables have become too large."""
        self._n_cells += number
        if self._n_cells > MAX_CELLS:
            raise too_many_cells(SUFFIX)


def _holder(shape: Any) -> _Holder | None:
    place = next(shape.iter("{*}ph"), None)
    return _Holder(place.get("type", ""), place.get("idx", ""), shape) if place is not None else None


class _Slide:
    """One slide: its shapes as paragraphs and tables; its title is a heading of this level."""

    def __init__(self, show: _Show, package: Package, name: str, root: Any, level: int) -> None:
        self._show, self._package, self._root, self._level = show, package, root, level
        self._parts = package.relations(name)
        self._holders = show.holders(name)
        self._bullets = show.body_bullets(name)
        for part in self._parts.values():
            self._count_beside(part)

    def _count_beside(self, part: str) -> None:
        """Count what stands beside a slide and is not shown on it."""
        if "/notesSlides/" in part and (root := self._package.xml(part)) is not None:
            bodies = [shape for shape in root.iter("{*}sp") if _kind_of(shape) == "body"]
            self._show.skipped["speaker_notes"] += any(_plain(body).strip() for body in bodies)
        elif "/comments/" in part and (root := self._package.xml(part)) is not None:
            self._show.skipped["comments"] += sum(1 for _ in root.iter("{*}cm"))

    def items(self) -> Iterator[Paragraph | Grid]:
        """The title first, the rest from top to bottom."""
        tree = next(self._root.iter("{*}spTree"), None)
        shapes = self._shapes(tree, 0) if tree is not None else []
        for shape in sorted(shapes, key=lambda shape: _kind_of(shape) not in _TITLES):
            yield from self._shape(shape)

    def _shapes(self, parent: Any, depth: int) -> list[Any]:
        """The shapes of a slide or group in reading order, groups opened."""
        found: list[Any] = []
        for shape in _in_reading_order(list(_children(parent)), self._place):
            if local(shape.tag) == "grpSp" and depth < MAX_DEPTH:
                found += self._shapes(shape, depth + 1)
            else:
                found.append(shape)
        return found

    def _place(self, shape: Any) -> tuple[int, int]:
        """How far from the top and from the left a shape stands; a place for text as its layout says."""
        for one in (shape, *(holder.shape for holder in self._holders_of(shape))):
            frame = next((child for child in one.iter("{*}xfrm")), None)
            place = next(frame.iter("{*}off"), None) if frame is not None else None
            if place is not None:
                return _signed(place.get("y")), _signed(place.get("x"))
        return 0, 0

    def _holders_of(self, shape: Any) -> list[_Holder]:
        own = _holder(shape)
        if own is None:
            return []
        same = [one for one in self._holders if own.number and one.number == own.number]
        return same or [one for one in self._holders if one.kind == own.kind]

    def _shape(self, shape: Any) -> Iterator[Paragraph | Grid]:
        name, kind = local(shape.tag), _kind_of(shape)
        if name == "pic":
            self._show.skipped["pictures"] += 1
        elif name == "graphicFrame":
            yield from self._frame(shape)
        elif kind in _MARGINS:
            text = " ".join(_plain(shape).split())
            if text and text not in self._show.margins and kind != "sldNum":
                self._show.margins.append(text)
        else:
            for body in shape.iter("{*}txBody"):
                yield from self._paragraphs(body, shape, kind)

    def _paragraphs(self, body: Any, shape: Any, kind: str | None) -> Iterator[Paragraph]:
        """A shape's paragraphs; a title's are one heading."""
        if kind in _TITLES:
            text = " ".join(_plain(body).split())
            if text:
                yield Paragraph([[PlacedWord(text)]], "heading", None, self._level)
            return
        styles = [body, *(inner for holder in self._holders_of(shape) for inner in holder.shape.iter("{*}txBody"))]
        outer = self._bullets if kind in _BODIES else None
        counts: dict[int, int] = {}
        for item in body.iter("{*}p"):
            yield from _lines(item, _label(item, styles, outer, counts))

    def _frame(self, shape: Any) -> Iterator[Paragraph | Grid]:
        """A table, the words of a diagram, or something that cannot be read."""
        table = next(shape.iter("{*}tbl"), None)
        if table is not None:
            yield from self._table(table)
            return
        for data in shape.iter("{*}relIds"):
            part = next(
                (self._parts[value] for value in data.attrib.values() if "/data" in self._parts.get(value, "")), ""
            )
            root = self._package.xml(part)
            for text in root.iter("{*}t") if root is not None else ():
                if local(text.getparent().tag) == "pt":
                    for item in text.iter("{*}p"):
                        yield from _lines(item, None)
            return
        self._show.skipped["charts" if any(True for _ in shape.iter("{*}chart")) else "embedded_objects"] += 1

    def _table(self, table: Any) -> Iterator[Paragraph | Grid]:
        cells: list[GridCell] = []
        rows = list(table.iterchildren("{*}tr"))
        n_cols = 0
        for row, line in enumerate(rows):
            items = list(line.iterchildren("{*}tc"))
            self._show.count_cells(len(items))
            n_cols = max(n_cols, len(items))
            for col, item in enumerate(items):
                if any(item.get(name) in ("1", "true") for name in ("hMerge", "vMerge")):
                    continue
                n_rows = max(1, whole(item.get("rowSpan"), 1, len(rows) - row))
                col_span = max(1, whole(item.get("gridSpan"), 1, len(items) - col))
                counts: dict[int, int] = {}
                found = [one for text in item.iter("{*}p") for one in _lines(text, _label(text, [], None, counts))]
                cells.append(GridCell(row, col, n_rows, col_span, found))
        if n_cols > 1:
            yield Grid(len(rows), n_cols, cells)
        else:
            for cell in cells:
                yield from cell.paragraphs


def _children(parent: Any) -> Iterator[Any]:
    """The shapes of a group; where several wordings for programs of different age stand side by side, the first."""
    for child in parent:
        name = local(child.tag)
        if name == "AlternateContent":
            choice = next(iter(child), None)
            yield from _children(choice) if choice is not None else ()
        elif name in ("sp", "grpSp", "graphicFrame", "pic", "cxnSp"):
            yield child


def _in_reading_order(shapes: list[Any], place: Any) -> list[Any]:
    """Shapes by rows from the top, those of a row from the left; a row has what begins at nearly the same height."""
    placed = sorted(((*place(shape), number) for number, shape in enumerate(shapes)))
    rows: list[list[tuple[int, int, int]]] = []
    for top, left, number in placed:
        if not rows or top - rows[-1][0][0] > LINE_HEIGHT:
            rows.append([])
        rows[-1].append((top, left, number))
    return [shapes[number] for row in rows for _, _, number in sorted(row, key=lambda one: (one[1], one[0], one[2]))]


def _kind_of(shape: Any) -> str | None:
    """The kind of the place for text that a shape fills; None where it is a box of its own."""
    if local(shape.tag) != "sp":
        return None
    place = next(shape.iter("{*}ph"), None)
    return place.get("type", "") if place is not None else None


def _plain(element: Any) -> str:
    """All words of an element, a paragraph and a line apart."""
    return "\n".join(_text(item) for item in element.iter("{*}p"))


def _text(paragraph: Any) -> str:
    parts = []
    for item in paragraph.iter("{*}t", "{*}br"):
        parts.append("\n" if local(item.tag) == "br" else item.text or "")
    return "".join(parts).replace("\u00ad", "").replace("\v", "\n").replace("\t", " ")


def _lines(item: Any, label: str | None) -> Iterator[Paragraph]:
    """A paragraph, one a line where its author broke it."""
    for line in filter(None, (line.strip() for line in _text(item).split("\n"))):
        if label == BULLET:
            yield Paragraph([[PlacedWord(line)]], "list_item", PlacedWord(label))
        else:
            yield Paragraph([[PlacedWord(f"{label} {line}" if label else line)]])
        label = None


def _label(item: Any, styles: list[Any], outer: Any | None, counts: dict[int, int]) -> str | None:
    """What stands before a paragraph: as it says itself, else its box, its layout, its master."""
    own = next(item.iterchildren("{*}pPr"), None)
    level = whole(own.get("lvl"), 0, 8) if own is not None else 0
    name = f"{{*}}lvl{level + 1}pPr"
    lists = [one for style in styles for one in style.iterchildren("{*}lstStyle")]
    outers = [*lists, *([outer] if outer is not None else [])]
    found = [own, *(next(one.iterchildren(name), None) for one in outers)]
    for properties in found:
        for mark in properties if properties is not None else ():
            kind = local(mark.tag)
            if kind == "buNone" or not _text(item).strip():
                return None
            if kind in ("buChar", "buBlip"):
                return BULLET
            if kind == "buAutoNum":
                return _number(mark, level, counts)
    return None


def _number(mark: Any, level: int, counts: dict[int, int]) -> str:
    """The number of a paragraph that its program counts."""
    counts[level] = counts.get(level, whole(mark.get("startAt"), 1) - 1) + 1
    for deeper in [key for key in counts if key > level]:
        del counts[deeper]
    form = mark.get("type", "arabicPeriod")
    style = next((style for name, style in _NUMBERS.items() if form.startswith(name)), "1")
    before, behind = next((sides for name, sides in _SIDES.items() if form.endswith(name)), ("", "."))
    return f"{before}{numbered(counts[level], style)}{behind}"


def _signed(value: str | None) -> int:
    """A coordinate; what stands left of or above the slide is negative."""
    text = value or ""
    size = whole(text.lstrip("-"), 0, 10**11)
    return -size if text.startswith("-") else size
