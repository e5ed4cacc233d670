"""Reports as office programs' own files: OpenDocument, Rich Text, slides, sheets; small writers of the tests' own.

What the programs themselves write has more in it; these files have what the formats need, so that a test says all that
its file says.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from tests.twins.make import Grid, Item, Text

_EPOCH = (2024, 1, 1, 0, 0, 0)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts, the same bytes at any time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# OpenDocument

_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
_LISTS = (
    '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '</text:list-style><text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/></text:list-style>'
)


def odt(body: str, styles: str = _LISTS, margins: str = "", **parts: str) -> bytes:
    """An OpenDocument text with this body, these automatic styles, and headers or footers."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    master = f"<office:master-styles><style:master-page>{margins}</style:master-page></office:master-styles>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {_ODF}>{master}</office:document-styles>",
            **parts,
        }
    )


def to_odt(items: Sequence[Item]) -> bytes:
    """A report as an OpenDocument text."""
    return odt("".join(_odt_table(item) if isinstance(item, Grid) else item for item in _odt_runs(items)))


def _odt_runs(items: Sequence[Item]) -> list[Grid | str]:
    found: list[Grid | str] = []
    for kind, run in groupby(items, lambda item: "grid" if isinstance(item, Grid) else item.kind):
        if kind == "grid":
            found += [grid for grid in run if isinstance(grid, Grid)]
        else:
            found.append(_odt_texts(kind, [text for text in run if isinstance(text, Text)]))
    return found


def _odt_texts(kind: str, texts: Sequence[Text]) -> str:
    if kind in ("bullet", "number"):
        items = "".join(f"<text:list-item><text:p>{escape(one.text)}</text:p></text:list-item>" for one in texts)
        return f'<text:list text:style-name="{"Bullets" if kind == "bullet" else "Numbers"}">{items}</text:list>'
    return "".join(
        f'<text:h text:outline-level="{one.level}">{escape(one.text)}</text:h>'
        if one.level
        else f"<text:p>{escape(one.text)}</text:p>"
        for one in texts
    )


def _odt_table(grid: Grid) -> str:
    rows = []
    for number in range(grid.n_rows):
        cells = []
        for cell in grid.row(number):
            if cell is None:
                cells.append("<table:covered-table-cell/>")
                continue
            spans = f'table:number-columns-spanned="{cell.col_span}" table:number-rows-spanned="{cell.row_span}"'
            inside = "".join(_odt_texts(kind, list(run)) for kind, run in groupby(cell.texts, lambda text: text.kind))
            cells.append(f"<table:table-cell {spans}>{inside or '<text:p/>'}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{grid.n_cols}"/>'
    header = f"<table:table-header-rows>{''.join(rows[: grid.n_header])}</table:table-header-rows>"
    return f"<table:table>{columns}{header}{''.join(rows[grid.n_header :])}</table:table>"
