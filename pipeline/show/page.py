"""A page of a PDF as a picture, with the records that begin on it boxed and labelled: for eyes."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from extractors.document import AnalysedDocument, Box, Document
from extractors.records import EXTRACTED, PlacedRecord, Record
from lexicons.errors import UserError

DPI = 130
"""Dots an inch of the picture: small print is legible, an A4 page fits on a screen."""

COLOURS = {
    "sections": "#6b6b6b",
    "projects": "#7b3fb5",
    "project_results": "#b06fd8",
    "process_goals": "#1f6fb5",
    "goal_status": "#0a8a4a",
    "measures": "#8a6d1a",
    "indicators": "#c2185b",
    "dates": "#d9480f",
    "percentages": "#2b8a3e",
    "quantities": "#1098ad",
}
"""The tables that are drawn, larger stretches first."""

_LABELS = {
    "sections": "field",
    "projects": "row",
    "project_results": "period",
    "process_goals": "code",
    "goal_status": "period",
    "measures": "status",
    "indicators": "period",
    "dates": "value",
    "percentages": "value",
    "quantities": "value",
}
"""The column whose value stands beside a box."""


class NoSuchPage(UserError):
    """A page that a file does not have; the message says how many it has."""


class HiddenContacts(UserError):
    """A page that cannot be drawn without contacts that may stand on it; the message says why."""


def boxed(records: Mapping[str, Sequence[Record]], page: int) -> Iterator[tuple[str, PlacedRecord]]:
    """The records of a page that are drawn, each with its table."""
    for table in COLOURS:
        for record in records.get(table, ()):
            if isinstance(record, PlacedRecord) and record.page == page and record.x0 is not None:
                yield table, record


def _sides(record: PlacedRecord) -> tuple[float | None, ...]:
    return record.x0, record.top, record.x1, record.bottom


def masked_boxes(document: Document, masked: str, page: int) -> Iterator[Box]:
    """Where on a page words stand that read otherwise in the text without contacts. Raises HiddenContacts."""
    if page in document.pages_without_text:
        raise HiddenContacts(f"page {page} is a picture whose words nobody has read, contacts among them; try --ocr")
    for start, end, number, box in document.places.words() if document.places is not None else ():
        if number == page and document.text[start:end] != masked[start:end]:
            yield box


def draw(data: bytes, page: int, records: Mapping[str, Sequence[Record]], hidden: Iterable[Box] = ()) -> bytes:
    """A page, from 1, as PNG with its records; boxes to hide are painted over. Raises NoSuchPage."""
    import pdfplumber
    from PIL import ImageFont

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        if not 1 <= page <= len(pdf.pages):
            raise NoSuchPage(f"there is no page {page}; the file has {len(pdf.pages)}")
        picture = pdf.pages[page - 1].to_image(resolution=DPI)
    for box in hidden:
        left, top, right, bottom = (side * picture.scale for side in box)
        picture.draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill="black")
    font = ImageFont.load_default(size=10)
    for table, record in boxed(records, page):
        colour = COLOURS[table]
        left, top, right, bottom = ((side or 0.0) * picture.scale for side in _sides(record))
        picture.draw.rectangle((left - 3, top - 2, right + 3, bottom + 1), outline=colour, width=2)
        value = getattr(record, _LABELS[table])
        label = table if value is None else f"{table} {value:g}" if isinstance(value, float) else f"{table} {value}"
        place = (left - 3, top - 3)
        picture.draw.rectangle(picture.draw.textbbox(place, label, font=font, anchor="lb"), fill="white")
        picture.draw.text(place, label, fill=colour, font=font, anchor="lb")
    out = io.BytesIO()
    picture.annotated.save(out, format="PNG")
    return out.getvalue()


def draw_page(file: Path, page: int, out: Path, ocr: bool, redact: bool) -> None:
    """Write a page of a PDF with its records boxed, with `redact` without contacts.

    Raises OSError, Reject, NoSuchPage, HiddenContacts, WriteError, VoikkoMissing.
    """
    from pipeline.files import write_whole
    from pipeline.process import extracted, staged

    data = file.read_bytes()
    stages = dict(staged(data, file.name, ocr=ocr, redact=redact))
    document = stages["outline"]
    assert isinstance(document, AnalysedDocument)
    records = extracted(document, EXTRACTED).records
    try:
        picture = draw(data, page, records, masked_boxes(stages["read"], document.text, page) if redact else ())
    except (NoSuchPage, HiddenContacts) as error:
        raise type(error)(f"{file}: {error}") from None
    write_whole(out, picture)
    counts: dict[str, int] = defaultdict(int)
    for table, _ in boxed(records, page):
        counts[table] += 1
    shown = ", ".join(f"{n} {table}" for table, n in counts.items()) or "no records begin on it"
    print(f"{out}: page {page}, {shown}")
