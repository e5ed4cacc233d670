"""Read a workbook: each sheet a section under its name, its blocks of cells as tables, cells as they are shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import regex

from extractors.document import Layout
from pipeline.read.compose import Composer, Grid, GridCell, Paragraph, PlacedWord
from pipeline.read.number_formats import BUILT_IN, GENERAL, shown
from pipeline.read.packages import MAX_CELLS, Package, local, too_many_cells, whole
from pipeline.read.skipped import Skipped
from pipeline.rejects import Reject

SUFFIX = ".xlsx"

SHEET_LEVEL, BOLD_LEVEL = 1, 2
"""Levels of headings: of a sheet's name, of a bold line in it."""

_HEADING_STYLES = {"15": 2, "16": 2, "17": 3, "18": 4, "19": 5}
"""Levels of the built-in cell styles Title and Heading 1 to 4 below their sheet's name (ECMA-376 18.8.7)."""

MAX_HEADING = 200
"""Characters that a bold line has at most which heads what stands below."""

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""Rows and columns that a sheet can have."""

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PLACE = regex.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def read(data: bytes) -> Layout:
    """Read a workbook's bytes. Raises Reject (stage `read`)."""
    book = _Book(Package(data, SUFFIX))
    composer = Composer()
    for name, sheet in book.sheets():
        items = [*_items(sheet), *sheet.boxes]
        if items:
            composer.add(Paragraph([[PlacedWord(name)]], "heading", None, SHEET_LEVEL))
        for item in items:
            composer.add(item)
    layout = composer.layout(warnings=book.skipped.warnings)
    if not layout.tables and not layout.blocks:
        raise Reject("read", "empty", "its sheets show no cells with content; save it again")
    return layout


# What the file holds


@dataclass(slots=True)
class _Cell:
    """A cell as it is shown.

    `style` tells how it looks, `is_number` whether it holds a number or a date, `level` of which level it would be as a
    heading, by its bold letters or its style; 0 where it looks like none.
    """

    text: str
    style: int = 0
    is_number: bool = False
    level: int = 0
    n_rows: int = 1
    n_cols: int = 1


Line = dict[int, _Cell]
"""A row's cells by their columns."""


@dataclass(slots=True)
class _Sheet:
    """A sheet's cells that are shown and hold something, by row; which rows and columns are hidden; its text boxes."""

    rows: dict[int, Line] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    boxes: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class _Styles:
    """How cells look, by the number of their style: the code of their number format, their level as a heading."""

    codes: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    since_1904: bool = False

    def shown(self, value: float, style: int) -> str:
        code = self.codes[style] if style < len(self.codes) else GENERAL
        return shown(value, code, since_1904=self.since_1904)

    def level(self, style: int) -> int:
        return self.levels[style] if style < len(self.levels) else 0


class _Book:
    """A workbook's sheets in their order, without those that are hidden."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = "xl/workbook.xml"
        for target in package.relations("").values():
            if target.endswith("workbook.xml"):
                self._root = target
        self._book = package.required(self._root)
        self._parts = package.relations(self._root)
        self._strings = self._shared_strings()
        self._styles = self._cell_styles()
        self.skipped = Skipped()
        self._n_cells = 0
        self.skipped["macros"] = int(any(name.endswith("vbaProject.bin") for name in package.names()))
        self.skipped["charts"] = sum(1 for name in package.names("xl/charts/chart") if name.endswith(".xml"))

    def sheets(self) -> Iterator[tuple[str, _Sheet]]:
        """Each sheet's name and its cells. Raises Reject."""
        for sheet in _all(self._book, "sheet"):
            if sheet.get("state", "visible") != "visible":
                self.skipped["hidden_sheets"] += 1
                continue
            name = self._parts.get(sheet.get(_RELATION_ID) or sheet.get(_STRICT_ID) or "")
            root = self._package.xml(name) if name else None
            if name is None or root is None or local(root.tag) != "worksheet":
                continue
            found = self._read_sheet(root)
            found.boxes = list(self._beside(name))
            yield " ".join((sheet.get("name") or "").split()) or "?", found

    def _beside(self, name: str) -> Iterator[Paragraph]:
        """The text boxes that lie on a sheet; its comments and pictures are counted."""
        for target in self._package.relations(name).values():
            root = self._package.xml(target) if "/comments" in target or "/drawings/drawing" in target else None
            if root is None:
                continue
            self.skipped["comments"] += len(_all(root, "comment"))
            self.skipped["pictures"] += len(_all(root, "pic"))
            for paragraph in (inner for box in _all(root, "txBody") for inner in _all(box, "p")):
                text = "".join(run.text or "" for run in _all(paragraph, "t")).strip()
                if text:
                    yield Paragraph([[PlacedWord(text)]])

    def _shared_strings(self) -> list[str]:
        name = next((part for part in self._parts.values() if part.endswith("sharedStrings.xml")), "")
        root = self._package.xml(name)
        return [_string(item) for item in root if local(item.tag) == "si"] if root is not None else []

    def _cell_styles(self) -> _Styles:
        name = next((part for part in self._parts.values() if part.endswith("styles.xml")), "")
        root = self._package.xml(name)
        dates = [item.get("date1904") for item in _all(self._book, "workbookPr")]
        styles = _Styles(since_1904=any(value in ("1", "true") for value in dates))
        if root is None:
            return styles
        own = {whole(item.get("numFmtId"), 0): item.get("formatCode") or GENERAL for item in _all(root, "numFmt")}
        bold = [any(_is_on(item) for item in _all(font, "b")) for font in _all(root, "font")]
        named = {
            whole(item.get("xfId"), 0): _HEADING_STYLES.get(item.get("builtinId", ""), 0)
            for item in _all(root, "cellStyle")
        }
        for cells in _all(root, "cellXfs"):
            for item in cells:
                number, font = whole(item.get("numFmtId"), 0), whole(item.get("fontId"), 0)
                is_bold = font < len(bold) and bold[font]
                styles.codes.append(BUILT_IN.get(number) or own.get(number, GENERAL))
                styles.levels.append(named.get(whole(item.get("xfId"), 0)) or (BOLD_LEVEL if is_bold else 0))
        return styles

    def _read_sheet(self, root: Any) -> _Sheet:
        sheet = _Sheet(hidden_columns=_hidden_columns(root))
        row = -1
        for line in _all(root, "row"):
            row = whole(line.get("r"), row + 2, MAX_ROWS) - 1
            if line.get("hidden") in ("1", "true"):
                sheet.hidden_rows.add(row)
                self.skipped["hidden_rows"] += any(local(item.tag) == "v" for item in line.iter())
            else:
                sheet.rows[row] = self._line(line, sheet.hidden_columns)
        _merge(root, sheet)
        return sheet

    def _line(self, line: Any, hidden: set[int]) -> Line:
        found: Line = {}
        col = -1
        for item in line:
            place = _PLACE.fullmatch(item.get("r", ""))
            col = _column(place[1]) if place else col + 1
            cell = self._cell(item) if local(item.tag) == "c" else None
            if cell is not None and col in hidden:
                self.skipped["hidden_cells"] += 1
            elif cell is not None:
                found[col] = cell
        self._n_cells += len(found)
        if self._n_cells > MAX_CELLS:
            raise too_many_cells(SUFFIX)
        return found

    def _cell(self, item: Any) -> _Cell | None:
        """A cell as it is shown; None where it shows nothing."""
        kind, style = item.get("t", "n"), whole(item.get("s"), 0)
        inside = {local(child.tag): child for child in item}
        value = inside["v"].text if "v" in inside else None
        if "f" in inside and value is None and kind != "inlineStr":
            self.skipped["formulas_without_value"] += 1
        text, is_number = "", False
        if kind == "inlineStr" and "is" in inside:
            text = _string(inside["is"])
        elif value is None:
            return None
        elif kind == "s":
            number = whole(value.strip(), len(self._strings), len(self._strings))
            text = self._strings[number] if number < len(self._strings) else ""
        elif kind == "b":
            text = str(value.strip() in ("1", "true")).upper()
        elif kind == "d":
            text, is_number = _iso_day(value), True
        elif kind == "n":
            text, is_number = self._number(value, style), True
        else:
            text = _unescaped(value)
        return _Cell(text, style, is_number, self._styles.level(style)) if text.strip() else None

    def _number(self, value: str, style: int) -> str:
        try:
            return self._styles.shown(float(value), style)
        except (ValueError, OverflowError):
            return value


def _all(root: Any, name: str) -> list[Any]:
    return list(root.iter("{*}" + name))


def _is_on(item: Any) -> bool:
    return item.get("val", "1") not in ("0", "false")


_ESCAPED = regex.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """Text in which characters that XML cannot hold stand as `_x000D_`."""
    shown = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r", "")
    return shown.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _string(item: Any) -> str:
    """A string's words, formatted runs joined, phonetic readings left out."""
    parts = []
    for child in item:
        runs = [child] if local(child.tag) == "t" else list(child) if local(child.tag) == "r" else []
        parts += [run.text or "" for run in runs if local(run.tag) == "t"]
    return _unescaped("".join(parts))


def _iso_day(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value.strip().rstrip("Z"))
    except ValueError:
        return value
    return f"{moment.day}.{moment.month}.{moment.year}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _hidden_columns(root: Any) -> set[int]:
    found: set[int] = set()
    for item in _all(root, "col"):
        if item.get("hidden") in ("1", "true"):
            first, last = whole(item.get("min"), 1, MAX_COLUMNS), whole(item.get("max"), 1, MAX_COLUMNS)
            found.update(range(first - 1, last))
    return found


def _merge(root: Any, sheet: _Sheet) -> None:
    """Give merged cells their rows and columns; what stands hidden below one is not shown."""
    rows, cols = sorted(sheet.rows), sorted({col for line in sheet.rows.values() for col in line})
    for item in _all(root, "mergeCell"):
        ends = [_PLACE.fullmatch(end) for end in (item.get("ref") or "").split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            continue
        first_row, first_col, last_row, last_col = (
            int(ends[0][2]) - 1,
            _column(ends[0][1]),
            int(ends[1][2]) - 1,
            _column(ends[1][1]),
        )
        for row in rows[bisect_left(rows, first_row) : bisect_left(rows, last_row + 1)]:
            line = sheet.rows[row]
            for col in cols[bisect_left(cols, first_col) : bisect_left(cols, last_col + 1)]:
                if (row, col) != (first_row, first_col):
                    line.pop(col, None)
        top = sheet.rows.get(first_row, {}).get(first_col)
        if top is not None:
            top.n_rows, top.n_cols = last_row - first_row + 1, last_col - first_col + 1


# What stands together


def _items(sheet: _Sheet) -> Iterator[Paragraph | Grid]:
    """The paragraphs and tables of a sheet: empty rows and columns part them."""
    table: _Block | None = None
    for band in _bands(sheet):
        if table is not None and _goes_on(table, band):
            table.lines |= band.lines
            continue
        if table is not None:
            yield from _written(table, sheet)
        table = band
    if table is not None:
        yield from _written(table, sheet)


@dataclass(slots=True)
class _Block:
    """Rows of a sheet that stand together."""

    lines: dict[int, Line]

    @property
    def cols(self) -> set[int]:
        return {col for line in self.lines.values() for col in line}


def _bands(sheet: _Sheet) -> Iterator[_Block]:
    """Runs of rows without an empty one between."""
    band: dict[int, Line] = {}
    last = -1
    hidden = sorted(sheet.hidden_rows)
    for row in sorted(row for row, line in sheet.rows.items() if line):
        n_hidden = bisect_left(hidden, row) - bisect_left(hidden, last + 1)
        if band and row - last - 1 - n_hidden > 0:
            yield _Block(band)
            band = {}
        band[row] = sheet.rows[row]
        last = max([last, row, *(row + cell.n_rows - 1 for cell in band[row].values())])
    if band:
        yield _Block(band)


def _goes_on(table: _Block, band: _Block) -> bool:
    """Whether rows behind an empty one belong to the table above: they open with no heading, in its columns."""
    first = next(iter(band.lines.values()))
    if len(first) < 2 or len(table.cols) < 2 or not band.cols <= table.cols:
        return False
    if any(cell.is_number for cell in first.values()):
        return True
    above = list(table.lines.values())
    return _looks(first) == _looks(above[-1]) != _looks(above[0])


def _looks(line: Line) -> set[int]:
    return {cell.style for cell in line.values()}


def _written(block: _Block, sheet: _Sheet) -> Iterator[Paragraph | Grid]:
    """A block as its title, its tables side by side, its notes."""
    lines = dict(block.lines)
    first_col = min(block.cols)
    while lines and _is_alone(line := lines[min(lines)], first_col):
        yield from _title(line[first_col])
        del lines[min(lines)]
    foot: list[_Cell] = []
    while lines and _is_note(line := lines[max(lines)], first_col):
        foot.insert(0, line[first_col])
        del lines[max(lines)]
    for cols in _side_by_side(_Block(lines), sheet.hidden_columns):
        yield from _table(lines, cols)
    for cell in foot:
        yield from _paragraphs(cell)


def _title(cell: _Cell) -> Iterator[Paragraph]:
    """A line above a table, or one of prose: a heading where it looks like one."""
    if cell.level and not cell.is_number and "\n" not in cell.text and len(cell.text) <= MAX_HEADING:
        yield Paragraph([[PlacedWord(cell.text.strip())]], "heading", None, cell.level)
    else:
        yield from _paragraphs(cell)


def _is_alone(line: Line, col: int) -> bool:
    return len(line) == 1 and col in line


def _is_note(line: Line, col: int) -> bool:
    """Whether a row below a table is a note: one cell over several columns, or a sentence."""
    return _is_alone(line, col) and (line[col].n_cols > 1 or line[col].text.rstrip().endswith("."))


def _side_by_side(block: _Block, hidden: set[int]) -> list[list[int]]:
    """The columns of a block; several lists where an empty column parts tables of two columns and more."""
    covered: dict[int, int] = {}
    for line in block.lines.values():
        for col, cell in line.items():
            covered[col] = max(covered.get(col, col), col + cell.n_cols - 1)
    runs: list[list[int]] = []
    last = -1
    for col in sorted(covered):
        if not runs or any(between not in hidden for between in range(last + 1, min(col, last + 3))):
            runs.append([])
        runs[-1].append(col)
        last = max(last, covered[col])
    if any(len(run) < 2 for run in runs):
        return [[col for run in runs for col in run]] if runs else []
    return runs


def _table(lines: dict[int, Line], cols: Sequence[int]) -> Iterator[Paragraph | Grid]:
    """Rows and columns that hold something as a table; a single column as its paragraphs."""
    cells = []
    rows = sorted(row for row in lines if any(col in lines[row] for col in cols))
    for number, row in enumerate(rows):
        for place, col in enumerate(cols):
            cell = lines[row].get(col)
            if cell is not None:
                n_rows = bisect_left(rows, row + cell.n_rows) - number
                n_cols = bisect_left(cols, col + cell.n_cols) - place
                cells.append(GridCell(number, place, n_rows, n_cols, list(_paragraphs(cell))))
    if len(cols) > 1:
        yield Grid(len(rows), len(cols), cells)
    else:
        for one in cells:
            yield from one.paragraphs


def _paragraphs(cell: _Cell) -> Iterator[Paragraph]:
    """A cell's lines, as its author broke them."""
    for line in cell.text.split("\n"):
        if line.strip():
            yield Paragraph([[PlacedWord(line.strip())]])
