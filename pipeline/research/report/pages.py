"""Pages of PDFs as pictures, for the evidence pane: those on which records begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from extractors.document import Box
from pipeline.read import read
from pipeline.redact import redacted
from pipeline.show.page import HiddenContacts, masked_boxes

DPI = 110
"""Dots an inch: small print is legible, a page takes some 50 kB."""

_MOST_PIXELS = 2_000
"""Of the longer side: a poster gets no larger picture than this."""


class Picture(NamedTuple):
    """A page's number, its size in points, and its picture's file relative to the report."""

    page: int
    width: float
    height: float
    file: str


def original(raw: Path | None, source_path: str, digest: str) -> bytes | None:
    """The bytes of a file below a folder where it still is the one that was read; None where it is not."""
    path = raw / source_path if raw is not None else None
    try:
        data = path.read_bytes() if path is not None else b""
    except OSError:
        return None
    return data if sha256(data).hexdigest() == digest else None


def hidden_boxes(data: bytes) -> Callable[[int], Iterator[Box]]:
    """What tells for a page of a PDF where contacts stand. Raises Reject; asked for a page, HiddenContacts."""
    document = read(data, "a.pdf")
    masked = redacted(document).text
    return lambda page: masked_boxes(document, masked, page)


def draw(data: bytes, pages: Iterable[int], folder: Path, name: str, *, redact: bool = False) -> Iterator[Picture]:
    """Write pictures `pages/<name>-<page>.webp` below a folder; pages that cannot be drawn are left out.

    With `redact` contacts of persons are painted over, and pages whose words nobody has read are left out.
    """
    import pypdfium2
    from PIL import ImageDraw

    (folder / "pages").mkdir(exist_ok=True)
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    hidden = hidden_boxes(data) if redact else None
    with closing(opened) as pdf:
        for number in pages:
            try:
                boxes = list(hidden(number)) if hidden is not None else []
                with closing(pdf[number - 1]) as page:
                    width, height = page.get_size()
                    scale = min(DPI / 72, _MOST_PIXELS / max(width, height))
                    picture = page.render(scale=scale).to_pil()
            except (pypdfium2.PdfiumError, IndexError, HiddenContacts):
                continue
            for left, top, right, bottom in boxes:
                place = (left * scale - 2, top * scale - 2, right * scale + 2, bottom * scale + 2)
                ImageDraw.Draw(picture).rectangle(place, fill="black")
            file = f"pages/{name}-{number}.webp"
            picture.save(folder / file, "WEBP", quality=60, method=1)
            yield Picture(number, width, height, file)
