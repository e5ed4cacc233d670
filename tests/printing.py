"""Pages drawn by hand for the tests: PDFs of one page and more, from their drawing instructions or from tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

SIZE, PITCH, PADDING = 10.0, 12.0, 4.0
LEFT, TOP, HEIGHT = 60.0, 780.0, 842.0

LAYOUTS = (
    "ruled",
    "horizontal rules",
    "booktabs",
    "header rule",
    "frame",
    "frame and upright rules",
    "upright rules",
    "shaded by turns",
    "shaded cells with gaps",
    "shaded first column",
    "rounded cells",
    "nothing drawn",
)

Rows = Sequence[Sequence[str]]


def drawn(*contents: bytes, objects: Sequence[bytes] = (), page: bytes = b"", catalog: bytes = b"") -> bytes:
    """A PDF whose pages have these contents, in Helvetica; `objects` are numbered from 4, `page` is in every page."""
    first = 4 + len(objects)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(contents)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *objects,
    ]
    for content in contents:
        bodies += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R %s >>" % (len(bodies) + 2, page),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + head + b"".join(places) + tail % (len(bodies) + 1, len(data))


def text(words: str, x: float, y: float, *, turn: tuple[float, float] = (1.0, 0.0), size: float = SIZE) -> bytes:
    """Words from a place on, in a direction (cosine and sine of its angle)."""
    a, b = turn
    shown = words.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %.1f Tf %.4f %.4f %.4f %.4f %.1f %.1f Tm (%s) Tj ET\n" % (size, a, b, -b, a, x, y, shown)


def rule(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"0.7 w %.1f %.1f m %.1f %.1f l S\n" % (x0, y0, x1, y1)


def shade(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"q 0.85 0.9 0.95 rg %.1f %.1f %.1f %.1f re f Q\n" % (x0, y0, x1 - x0, y1 - y0)


def rounded(x0: float, y0: float, x1: float, y1: float, r: float = 4.0) -> bytes:
    """The outline of a box with round corners."""
    corners = b"".join(
        b"%.1f %.1f l %.1f %.1f %.1f %.1f %.1f %.1f c\n" % (*line, *bend, *bend, *end)
        for line, bend, end in (
            ((x1 - r, y0), (x1, y0), (x1, y0 + r)),
            ((x1, y1 - r), (x1, y1), (x1 - r, y1)),
            ((x0 + r, y1), (x0, y1), (x0, y1 - r)),
            ((x0, y0 + r), (x0, y0), (x0 + r, y0)),
        )
    )
    return b"0.7 w %.1f %.1f m %s s\n" % (x0 + r, y0, corners)


def wrapped(words: str, width: float) -> list[str]:
    """Words in lines about as wide as a column."""
    lines = [""]
    for word in words.split():
        if lines[-1] and (len(lines[-1]) + 1 + len(word)) * 0.5 * SIZE > width - 2 * PADDING:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def table(rows: Rows, widths: Sequence[float], layout: str, top: float) -> tuple[bytes, float]:
    """A table, row by row and cell by cell as programs draw it, and where it ends; its first row is its heading."""
    columns = list(accumulate(widths, initial=LEFT))
    places, words = [top], b""
    for row in rows:
        cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for x, lines in zip(columns, cells, strict=False):
            for number, line in enumerate(lines):
                words += text(line, x + PADDING, places[-1] - PADDING - 8 - number * PITCH) if line else b""
        places.append(places[-1] - 2 * PADDING - PITCH * max(map(len, cells)))
    return b"".join(_drawing(columns, places, layout)) + words, places[-1]


def _drawing(columns: Sequence[float], places: Sequence[float], layout: str) -> Iterator[bytes]:
    """What a layout draws around a table's words."""
    left, right, top, bottom = columns[0], columns[-1], places[0], places[-1]
    across = {
        "ruled": places,
        "horizontal rules": places,
        "booktabs": (places[0], places[1], places[-1]),
        "header rule": places[1:2],
        "frame": (top, bottom),
        "frame and upright rules": (top, places[1], bottom),
    }
    upright = {"ruled": columns, "frame": (left, right), "frame and upright rules": columns}
    upright["upright rules"] = columns[1:-1]
    yield from (rule(left, y, right, y) for y in across.get(layout, ()))
    yield from (rule(x, bottom, x, top) for x in upright.get(layout, ()))
    for number, (y1, y0) in enumerate(pairwise(places)):
        for col, (x0, x1) in enumerate(pairwise(columns)):
            if layout == "shaded cells with gaps":
                yield shade(x0 + 1, y0 + 1, x1 - 1, y1 - 1)
            elif layout == "rounded cells":
                yield rounded(x0 + 1, y0 + 1, x1 - 1, y1 - 1)
            elif (layout == "shaded by turns" and number % 2) or (layout == "shaded first column" and not col):
                yield shade(x0, y0, x1, y1)
