"""What was typed onto a page: the values of a form's fields, and notes that stand on the page as text.

Neither is part of the page's own text: each is set into its box, and stands behind the line that it was typed beside or
below. Comments that only open on a click are no text of the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
import regex

from extractors.document import Box
from pipeline.read.compose import PlacedWord
from pipeline.read.pdf.page import TextLine, View

MAX_NOTES = 2_000
"""Fields and notes of a page that are looked at."""

USUAL_SIZE, SMALLEST = 10.0, 4.0
"""Points: the size of letters where a field leaves it open, and at least."""

LETTER, SPACE, PITCH, ASCENT = 0.5, 0.28, 1.2, 0.8
"""Of the font's size: about a letter's width, a space, the distance of lines, and how far the first stands down."""

BESIDE = 0.5
"""Of the box's height: how far below it a line's baseline may be that it stands beside."""

CHECKED = "☒"

_FONT_SIZE = regex.compile(r"([\d.]+)\s+Tf")
_HIDDEN = 2 | 32
"""Flags of what is hidden, or not shown on a screen (ISO 32000-2, 12.5.3)."""

_TEXT_FIELDS = frozenset(
    (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
)
_BUTTONS = frozenset((pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON))


class Typed(NamedTuple):
    """Text in a box, and the size of its letters."""

    text: str
    box: Box
    size: float


def typed_texts(page: Any, form: Any, view: View) -> Iterator[Typed]:
    """The field values and the notes of a page (raw handles; `form` None where the file has no form)."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            text = "" if pdfium.FPDFAnnot_GetFlags(note) & _HIDDEN else _text(note, form)
            if text.strip():
                yield Typed(text, _box(note, view), _size(note))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _text(note: Any, form: Any) -> str:
    kind = pdfium.FPDFAnnot_GetSubtype(note)
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _string(note, b"Contents")
    if kind != pdfium.FPDF_ANNOT_WIDGET or form is None:
        return ""
    field = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if field in _TEXT_FIELDS:
        size = pdfium.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        pdfium.FPDFAnnot_GetFormFieldValue(form, note, buffer, size)
        return _decoded(bytes(buffer), size)
    return CHECKED if field in _BUTTONS and pdfium.FPDFAnnot_IsChecked(form, note) else ""


def _string(note: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return _decoded(bytes(buffer), size)


def _decoded(data: bytes, size: int) -> str:
    return data[:size].decode("utf-16-le", errors="replace").rstrip("\x00")


def _box(note: Any, view: View) -> Box:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, rectangle)
    return view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _size(note: Any) -> float:
    match = _FONT_SIZE.search(_string(note, b"DA"))
    return max(float(match[1]), SMALLEST) if match and float(match[1]) else USUAL_SIZE


def put_typed(lines: list[TextLine], typed: Sequence[Typed], number: int) -> None:
    """Put what was typed among a page's lines, from top to bottom."""
    for one in sorted(typed, key=lambda one: (one.box.top, one.box.x0)):
        place = _place(lines, one.box)
        lines[place:place] = _set(one, number, lines[place - 1].indexes[-1] if place else 0)


def _place(lines: Sequence[TextLine], box: Box) -> int:
    """Behind which line a box stands: the nearest at its left, else the lowest above it."""
    reach = box.bottom + BESIDE * (box.bottom - box.top)
    beside = [(line.x1, at) for at, line in enumerate(lines) if box.top < line.baseline < reach and line.x0 < box.x0]
    above = [(line.baseline, at) for at, line in enumerate(lines) if line.baseline <= box.bottom]
    return max(beside or above)[1] + 1 if beside or above else 0


def _set(typed: Typed, number: int, index: int) -> Iterator[TextLine]:
    """The lines of a text in its box; places within it are guessed from the letters' number."""
    box, size = typed.box, typed.size
    rows: list[list[str]] = []
    for paragraph in typed.text.splitlines():
        width = 0.0
        rows.append([])
        for word in paragraph.split():
            width += (LETTER * len(word) + SPACE) * size
            if rows[-1] and width > box.x1 - box.x0:
                rows.append([])
                width = (LETTER * len(word) + SPACE) * size
            rows[-1].append(word)
    rows = [row for row in rows if row]
    pitch = min(PITCH * size, (box.bottom - box.top) / len(rows))
    for place, row in enumerate(rows):
        baseline = box.top + ASCENT * pitch + place * pitch
        x0, words = box.x0, []
        for word in row:
            x1 = x0 + LETTER * len(word) * size
            words.append(PlacedWord(word, number, x0, baseline - ASCENT * pitch, x1, baseline + 0.2 * pitch))
            x0 = x1 + SPACE * size
        yield TextLine(words, [index] * len(words), baseline, size)
