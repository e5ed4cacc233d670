"""Tables as sheets of a workbook that a spreadsheet opens without harm.

What spreadsheets choke on is mended here: control characters, texts longer than a cell holds, and texts that would run
as a formula. A cell that begins with `=`, `+`, `-` or `@` keeps its text and is marked as text, as by an apostrophe
typed before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexicons.errors import UserError
from pipeline.research.database import ResearchMissing

if TYPE_CHECKING:
    from openpyxl import Workbook as Book

LONGEST = 32_767
"""Characters that a cell holds, counted as UTF-16 code units by Excel."""

CUT = " … [cut]"
"""What stands at the end of a text that was cut."""

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its headings."""

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_SIZED_BY, _WIDEST = 50, 60
"""Rows by which a column's width is chosen, and the widest, in characters."""


class Workbook:
    """A workbook that is written sheet by sheet. Raises ResearchMissing where openpyxl is not installed."""

    def __init__(self) -> None:
        try:
            from openpyxl import Workbook as Book
        except ImportError:
            raise ResearchMissing("openpyxl") from None
        self._book: Book = Book(write_only=True)

    def add(self, title: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """A sheet whose headings stay in sight; the number of rows that did not fit on it."""
        sheet = self._book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        safe = ([cell_value(value) for value in row] for row in rows)
        first = list(islice(safe, _SIZED_BY))
        for number, width in enumerate(_widths(names, first)):
            sheet.column_dimensions[_letter(number)].width = width
        sheet.append([self._cell(sheet, name, bold=True) for name in names])
        left = 0
        for n_rows, row in enumerate(chain(first, safe)):
            if n_rows < MOST_ROWS:
                sheet.append([self._cell(sheet, value) for value in row])
            else:
                left += 1
        return left

    def save(self, path: Path) -> None:
        """Write the workbook. Raises UserError where the file cannot be written."""
        try:
            self._book.save(path)
        except OSError as error:
            raise UserError(f"{path}: {error.strerror or error}; give a file in a folder you may write to") from None

    def _cell(self, sheet: Any, value: Any, bold: bool = False) -> Any:
        """A value as it is, or a cell where it needs more than that."""
        runs = isinstance(value, str) and value.startswith(_RUNS)
        if not runs and not bold:
            return value
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        cell = WriteOnlyCell(sheet, value)
        if bold:
            cell.font = Font(bold=True)
        if runs:
            cell.data_type, cell.quotePrefix = "s", True
        return cell


def cell_value(value: Any) -> str | int | float | bool | date | None:
    """A value as a cell can hold it: lists joined, control characters gone, long texts cut with a mark."""
    if value is None or isinstance(value, bool | int | float | date):
        return value
    if isinstance(value, list | tuple):
        value = "; ".join(str(item) for item in value)
    text = _FORBIDDEN.sub("", str(value).replace("\r\n", "\n").replace("\f", "\n"))
    if len(text) > LONGEST or _n_units(text) > LONGEST:
        text = text.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT
    return text


def _n_units(text: str) -> int:
    """How long Excel takes a text to be: characters beyond the first 65,536 count twice."""
    return len(text) + sum(character > "\uffff" for character in text) if len(text) > LONGEST // 2 else len(text)


def _widths(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    return [
        min(_WIDEST, 2 + max(len(name), *(len(str(row[number] or "")) for row in rows), 6))
        for number, name in enumerate(names)
    ]


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(number + 1)
    return letter
