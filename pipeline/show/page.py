"""A page of a PDF as a picture, with the records that begin on it boxed and labelled: for eyes."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from extractors.records import PlacedRecord, Record
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


def boxed(records: Mapping[str, Sequence[Record]], page: int) -> Iterator[tuple[str, PlacedRecord]]:
    """The records of a page that are drawn, each with its table."""
    for table in COLOURS:
        for record in records.get(table, ()):
            if isinstance(record, PlacedRecord) and record.page == page and record.x0 is not None:
                yield table, record


def _sides(record: PlacedRecord) -> tuple[float | None, ...]:
    return record.x0, record.top, record.x1, record.bottom


def draw(data: bytes, page: int, records: Mapping[str, Sequence[Record]]) -> bytes:
    """A page, from 1, as PNG with its records. Raises NoSuchPage."""
    import pdfplumber
    from PIL import ImageFont

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        if not 1 <= page <= len(pdf.pages):
            raise NoSuchPage(f"there is no page {page}; the file has {len(pdf.pages)}")
        picture = pdf.pages[page - 1].to_image(resolution=DPI)
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


def draw_page(file: Path, page: int, out: Path, ocr: bool) -> None:
    """Write a page of a PDF with its records boxed. Raises OSError, Reject, NoSuchPage, WriteError, VoikkoMissing."""
    from pipeline.files import write_whole
    from pipeline.process import process

    data = file.read_bytes()
    records = process(data, file.name, ocr=ocr).records
    try:
        picture = draw(data, page, records)
    except NoSuchPage as error:
        raise NoSuchPage(f"{file}: {error}") from None
    write_whole(out, picture)
    counts: dict[str, int] = defaultdict(int)
    for table, _ in boxed(records, page):
        counts[table] += 1
    shown = ", ".join(f"{n} {table}" for table, n in counts.items()) or "no records begin on it"
    print(f"{out}: page {page}, {shown}")
