"""Pages of PDFs as pictures, for the evidence pane: those on which records begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

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


def draw(data: bytes, pages: Iterable[int], folder: Path, name: str) -> Iterator[Picture]:
    """Write pictures `pages/<name>-<page>.webp` below a folder; pages that cannot be drawn are left out."""
    import pypdfium2

    (folder / "pages").mkdir(exist_ok=True)
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    with closing(opened) as pdf:
        for number in pages:
            try:
                with closing(pdf[number - 1]) as page:
                    width, height = page.get_size()
                    scale = min(DPI / 72, _MOST_PIXELS / max(width, height))
                    picture = page.render(scale=scale).to_pil()
            except (pypdfium2.PdfiumError, IndexError):
                continue
            file = f"pages/{name}-{number}.webp"
            picture.save(folder / file, "WEBP", quality=60, method=1)
            yield Picture(number, width, height, file)
