"""Read a saved web page: the page's own content as paragraphs, headings, lists and tables; lxml parses it.

The site's navigation, header, footer and forms, and what the page hides, are left out.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any

import regex
from lxml import etree
from lxml import html as lxml_html

from extractors.document import Layout
from pipeline.read.compose import Composer, Grid, GridCell, Paragraph, PlacedWord
from pipeline.rejects import Reject

MAX_DEPTH = 200
"""Elements within elements that are followed."""

FOLDED = 300
"""Characters from which on a hidden part is content that the page shows folded, below a heading to click on."""

_OVERLAY = regex.compile(r"\b(?:cookies?|consent|modal|popup|toast)\b|cookie-|-cookie", regex.IGNORECASE)
_NOT_CONTENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "dialog",
        "head",
        "canvas",
        "audio",
        "video",
        "map",
    )
)
_NOT_CONTENT_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alert",
        "complementary",
    )
)
_HIDDEN_CLASSES = frozenset(
    (
        "visually-hidden",
        "sr-only",
        "hidden",
        "element-invisible",
    )
)
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTENT = ("//main", "//*[@role='main']", "//article", "//body")
_CHARSET = regex.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", regex.IGNORECASE)
_HIDDEN_STYLE = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_BLANK = regex.compile(r"[^\S\u00a0]+")


def read(data: bytes) -> Layout:
    """Read a web page's bytes. Raises Reject (stage `read`)."""
    if data.startswith((b"%PDF-", b"PK\x03\x04")):
        raise Reject("read", "wrong_format", "not a web page despite its name; name it by what it is, .pdf or .docx")
    parser = lxml_html.HTMLParser(encoding=_encoding(data), no_network=True, huge_tree=False, recover=True)
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Reject("read", "broken_html", f"no web page can be read from it ({error}); save the page again") from None
    composer = Composer()
    for item in _Reader().items(_content(root)):
        composer.add(item)
    layout = composer.layout()
    if not layout.blocks and not layout.tables:
        raise Reject("read", "empty", "the page shows no text; save it again once it has loaded")
    return layout


def _encoding(data: bytes) -> str:
    """The page's encoding: by its mark, by what it says, else UTF-8 where it is valid, else Windows-1252."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return name
    stated = _CHARSET.search(data[:4096])
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        name = stated[1].decode("ascii") if stated else "cp1252"
        try:
            codecs.lookup(name)
        except LookupError:
            return "cp1252"
        return "cp1252" if name.lower() in ("utf-8", "utf8", "iso-8859-1", "latin1") else name


def _content(root: Any) -> Any:
    """The element that holds the page's content: the smallest kind there is with most of its words."""
    for path in _CONTENT:
        found = [element for element in root.xpath(path) if not _is_left_out(element)]
        if found:
            return max(found, key=lambda element: len(element.text_content()))
    return root


def _is_left_out(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NOT_CONTENT:
        return True
    if element.tag == "header" and not any(True for _ in element.iterancestors("article", "main")):
        return True
    get = element.get
    classes = (get("class") or "").split()
    if get("role") in _NOT_CONTENT_ROLES or _HIDDEN_CLASSES & set(classes):
        return True
    if _OVERLAY.search(f"{get('id') or ''} {' '.join(classes)}"):
        return True
    is_hidden = get("hidden") is not None or get("aria-hidden") == "true" or _HIDDEN_STYLE.search(get("style") or "")
    return bool(is_hidden) and len(element.text_content()) < FOLDED


class _Reader:
    """Walks a page's elements; inline ones add to the open paragraph, all others end it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._level: int | None = None
        self._marker: str | None = None

    def items(self, element: Any) -> Iterator[Paragraph | Grid]:
        """The paragraphs and tables of an element, in order."""
        yield from self._inside(element, 0)
        yield from self._close()

    def _inside(self, element: Any, depth: int) -> Iterator[Paragraph | Grid]:
        is_pre = element.tag == "pre"
        yield from self._words(element.text, is_pre)
        for child in element:
            if not _is_left_out(child) and depth < MAX_DEPTH:
                yield from self._element(child, depth + 1)
            yield from self._words(child.tail, is_pre)

    def _words(self, text: str | None, is_pre: bool) -> Iterator[Paragraph | Grid]:
        if not text:
            return
        if not is_pre:
            self._parts.append(_BLANK.sub(" ", text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                yield from self._close()
            self._parts.append(line)

    def _element(self, element: Any, depth: int) -> Iterator[Paragraph | Grid]:
        tag = element.tag
        if tag in _INLINE:
            yield from self._inside(element, depth)
            return
        yield from self._close()
        if tag == "table":
            yield from _table(element)
        elif tag not in ("br", "hr"):
            if tag in _HEADINGS:
                self._level = _HEADINGS[tag]
            elif tag == "li":
                self._marker = _marker(element)
            yield from self._inside(element, depth)
            yield from self._close()
            self._marker = None

    def _close(self) -> Iterator[Paragraph | Grid]:
        """End the open paragraph; a list item's marker goes with its first words."""
        text = "".join(self._parts).replace("\u00ad", "").strip()
        self._parts = []
        level, self._level = self._level, None
        if not text:
            self._level = level
            return
        marker, self._marker = self._marker, None
        if marker == "•":
            yield Paragraph([[PlacedWord(text)]], "list_item", PlacedWord(marker))
        else:
            text = f"{marker} {text}" if marker else text
            yield Paragraph([[PlacedWord(text)]], "heading" if level else "paragraph", None, level)


def _marker(item: Any) -> str | None:
    """What stands before a list item: a bullet, or its number."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "•"
    first = parent.get("start", "1")
    number = int(first) if first.lstrip("-").isdecimal() else 1
    for sibling in parent.iterchildren("li"):
        value = sibling.get("value", "")
        number = int(value) if value.isdecimal() else number
        if sibling is item:
            break
        number += 1
    kind = parent.get("type", "1")
    return f"{chr(ord(kind) + (number - 1) % 26) if kind in ('a', 'A') else number}."


def _table(element: Any) -> Iterator[Paragraph | Grid]:
    """A table as a grid; a table of one column, or one that holds tables, is a frame around its content."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    if any(True for _ in element.iterdescendants("table")):
        for row in rows:
            for item in row.iterchildren("td", "th"):
                yield from _Reader().items(item)
        return
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        col = 0
        for item in row.iterchildren("td", "th"):
            while (number, col) in taken:
                col += 1
            col_span, row_span = _span(item, "colspan", 1000), min(_span(item, "rowspan", 65534), len(rows) - number)
            found = [one for one in _Reader().items(item) if isinstance(one, Paragraph)]
            cells.append(GridCell(number, col, row_span, col_span, found))
            taken |= {(number + r, col + c) for r in range(row_span) for c in range(col_span)}
            col += col_span
    n_cols = max((col for _, col in taken), default=-1) + 1
    if n_cols < 2:
        for cell in cells:
            yield from cell.paragraphs
    elif cells:
        yield Grid(len(rows), n_cols, cells)


def _span(item: Any, name: str, most: int) -> int:
    value = item.get(name, "1").strip()
    return max(1, min(int(value), most)) if value.isdecimal() else 1
