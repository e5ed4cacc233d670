r"""Read a Rich Text file: its paragraphs, headings, lists with the labels that the file itself gives, tables, notes.

A file is groups in braces, control words (`\par`) and bytes of text; a group inherits what is set outside of it, and a
destination (`\fonttbl`, `\footnote`) says where its text goes. Rules: Microsoft's RTF specification, 1.9.1.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import cache

import regex

from extractors.document import Layout
from lexicons import needs
from pipeline.read.compose import Composer, Grid, Paragraph, PlacedWord
from pipeline.read.numerals import BULLET
from pipeline.read.rtf_tables import CellEdge, RtfTable
from pipeline.read.skipped import Skipped
from pipeline.rejects import Reject

_HEADING = needs("heading_styles", "heading")

MAX_DEPTH = 5_000
"""Groups within groups; programs write a few dozen."""

TOKEN = regex.compile(
    rb"\\(?:'(?P<hex>[0-9A-Fa-f]{2})|(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?|(?P<symbol>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    regex.DOTALL,
)
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp850",
}
"""Code pages of fonts by their character set; those of Western Europe (0) and any (1) are the document's own."""

_SYMBOLS = "symbols"
"""Stands for the code page of a font of signs (character set 2): its bytes are no letters."""

_PLATFORMS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CODE_PAGES = {65001: "utf-8", 10000: "mac_roman", 10029: "mac_latin2"}
_CHARACTERS = {
    "tab": " ",
    "line": "\n",
    "lbr": "\n",
    "softline": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SIGNS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": " "}
"""Control symbols that are characters; the soft hyphen `\\-` is none that shows."""

BODY, LABEL, NOTE, BOX, MARGIN, FONTS, STYLES, SHAPE, NOWHERE = range(9)
"""Where a group's text goes. A SHAPE is a drawing: nowhere, but its text box is a BOX."""

_DESTINATIONS = {
    "fonttbl": FONTS,
    "stylesheet": STYLES,
    "listtext": LABEL,
    "pntext": LABEL,
    "footnote": NOTE,
    "header": MARGIN,
    "headerl": MARGIN,
    "headerr": MARGIN,
    "headerf": MARGIN,
    "footer": MARGIN,
    "footerl": MARGIN,
    "footerr": MARGIN,
    "footerf": MARGIN,
    "shpinst": SHAPE,
    **dict.fromkeys(("colortbl", "info", "pict", "xe", "tc", "tcn", "rxe", "filetbl", "revtbl", "nextfile"), NOWHERE),
    **dict.fromkeys(("nonshppict", "nonesttables", "shprslt", "mmath", "pnseclvl", "objdata", "fldinst"), NOWHERE),
}
_COUNTED = {"pict": "pictures", "annotation": "comments", "object": "embedded_objects", "mmath": "formulas"}
"""What cannot be read, by the words that open it."""

_BULLETS = frozenset("•·o▪◦●○■□–-*§ü➢Ø")
"""What stands before an item of a list that is not counted."""


@dataclass(slots=True)
class _State:
    """What is set where the parser is; a group goes on with a copy of what is set around it."""

    into: int = BODY
    font: int = -1
    fallback: int = 1
    hidden: bool = False
    deleted: bool = False
    style: int = 0
    outline: int = -1
    in_table: bool = False


@dataclass(slots=True)
class _Style:
    name: str = ""
    outline: int = -1
    based_on: int = -1


@dataclass(slots=True)
class _Flow:
    """A run of paragraphs that is being written: the body, a note, a text box, a margin."""

    parts: list[str] = field(default_factory=list)
    label: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)


def read(data: bytes) -> Layout:
    """Read a Rich Text file's bytes. Raises Reject (stage `read`)."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Reject("read", "wrong_format", "not a Rich Text file despite its name; export it again as .rtf")
    parser = _Parser()
    parser.parse(data)
    composer = Composer()
    for item in [*parser.items, *parser.notes]:
        composer.add(item)
    warnings = ("repaired_structure",) * parser.is_cut + parser.skipped.warnings
    layout = composer.layout(0, [[PlacedWord(text)] for text in dict.fromkeys(parser.margins)], warnings)
    if not layout.blocks and not layout.tables:
        raise Reject("read", "empty", "the document holds no text; export it again")
    return layout


class _Parser:
    """Reads a file token by token; gives its paragraphs and tables, its notes, its headers and footers."""

    def __init__(self) -> None:
        self.items: list[Paragraph | Grid] = []
        self.notes: list[Paragraph] = []
        self.margins: list[str] = []
        self.skipped = Skipped()
        self.is_cut = False
        self._state = _State()
        self._outer: list[_State] = []
        self._flows = [_Flow()]
        self._bytes = bytearray()
        self._ignorable = False
        self._unseen = 0
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, _Style] = {0: _Style()}
        self._style_now = 0
        self._table: RtfTable | None = None
        self._words = _words()

    def parse(self, data: bytes) -> None:
        """Read a whole file. Raises Reject."""
        position, end = data.index(b"{"), len(data)
        while position < end:
            match = TOKEN.match(data, position)
            if match is None:  # a backslash ends the file
                break
            position = match.end()
            if match["text"] is not None:
                self._take(match["text"])
            elif match["hex"] is not None:
                self._take(bytes.fromhex(match["hex"].decode()))
            elif match["brace"] == b"{":
                self._open()
            elif match["brace"] == b"}":
                self._close()
                if not self._outer:
                    break
            elif match["word"] == b"bin":
                position += max(0, int(match["number"] or 0))
                self._unseen = 0
            elif match["word"] is not None:
                self._word(match["word"].decode(), match["number"])
            elif match["symbol"] is not None:
                self._symbol(match["symbol"])
        self.is_cut = bool(self._outer)
        while self._outer:
            self._close()
        self._paragraph()
        self._end_table()

    # Groups

    def _open(self) -> None:
        self._flush()
        self._unseen = 0
        if len(self._outer) >= MAX_DEPTH:
            raise Reject("read", "broken_rtf", f"more than {MAX_DEPTH:,} groups stand within each other; save it again")
        self._outer.append(self._state)
        self._state = copy(self._state)

    def _close(self) -> None:
        self._flush()
        self._unseen = 0
        self._ignorable = False
        if not self._outer:
            return
        ended, self._state = self._state.into, self._outer.pop()
        if ended == self._state.into:
            return
        if ended == LABEL:
            label = self._flows.pop()
            self._flows[-1].label = "".join(label.parts).strip()
        elif ended in (NOTE, BOX, MARGIN):
            self._end_flow(ended)

    def _end_flow(self, kind: int) -> None:
        self._paragraph(kind)
        flow = self._flows.pop()
        if kind == NOTE:
            self.notes += flow.paragraphs
        elif kind == BOX:
            self._flows[-1].boxes += flow.paragraphs
        else:
            self.margins += [" ".join(line[0].text for line in one.lines) for one in flow.paragraphs]

    def _destination(self, into: int) -> None:
        """The group's text goes elsewhere from here on."""
        if self._state.into in (NOWHERE, FONTS, STYLES) or into == self._state.into:
            return
        if into == BOX and self._state.into != SHAPE:
            return
        if self._state.into in (LABEL, SHAPE) and into != BOX:
            into = NOWHERE
        self._state.into = into
        if into in (LABEL, NOTE, BOX, MARGIN):
            self._flows.append(_Flow())
            self._state.in_table = False

    # Tokens

    def _word(self, word: str, number: bytes | None) -> None:
        value = int(number) if number is not None else None
        is_ignorable, self._ignorable = self._ignorable, False
        self._flush()
        if word == "u":
            self._unicode(value or 0)
            return
        self._unseen = 0
        if word in _COUNTED and self._state.into not in (NOWHERE, SHAPE):
            self.skipped[_COUNTED[word]] += 1
        if word in _DESTINATIONS:
            self._destination(_DESTINATIONS[word])
        elif word == "shptxt":
            self._destination(BOX)
        elif is_ignorable:
            self._destination(NOWHERE)
        elif word in _CHARACTERS:
            self._write(_CHARACTERS[word])
        elif word in self._words:
            self._words[word](self, value)

    def _symbol(self, symbol: bytes) -> None:
        self._flush()
        if symbol == b"*":
            self._ignorable = True
        elif symbol in b"\r\n":
            self._paragraph()
        elif self._unseen:
            self._unseen -= 1
        elif symbol in _SIGNS:
            self._write(_SIGNS[symbol])

    def _take(self, data: bytes) -> None:
        """Bytes of text, without those that stand for a character that was already given as its number."""
        unseen = min(self._unseen, len(data))
        self._unseen -= unseen
        self._bytes += data[unseen:]

    def _unicode(self, value: int) -> None:
        code = value & 0xFFFF
        if 0xF000 <= code <= 0xF0FF:  # a byte of a font of signs
            self._sign()
        else:
            self._write(chr(code))
        self._unseen = self._state.fallback

    def _flush(self) -> None:
        """Decode the bytes that have come and write them."""
        if not self._bytes:
            return
        data, encoding = bytes(self._bytes), self._fonts.get(self._state.font, self._encoding)
        self._bytes.clear()
        if self._state.into == NOWHERE:
            return
        if encoding == _SYMBOLS and self._state.into not in (FONTS, STYLES):
            for _ in data:
                self._sign()
        else:
            self._write(data.decode(self._encoding if encoding == _SYMBOLS else encoding, "replace"))

    def _sign(self) -> None:
        """A sign of a font of signs: a bullet before an item, elsewhere nothing that can be read."""
        if self._state.into == LABEL:
            self._write(BULLET)
        elif self._state.into not in (NOWHERE, SHAPE):
            self.skipped["symbols"] += 1

    def _write(self, text: str) -> None:
        state = self._state
        if state.into == STYLES:
            self._styles[self._style_now].name += text
        elif state.into in (FONTS, SHAPE, NOWHERE):
            return
        elif state.hidden:
            self.skipped["hidden_text"] += bool(text.strip())
        elif not state.deleted:
            self._flows[-1].parts.append(text)

    # Paragraphs and tables

    def _paragraph(self, into: int | None = None) -> None:
        """End the open paragraph of the flow that is being written."""
        into = self._state.into if into is None else into
        if into not in (BODY, NOTE, BOX, MARGIN):
            return
        flow = self._flows[-1]
        found = [*self._lines(flow), *flow.boxes]
        flow.parts, flow.label, flow.boxes = [], "", []
        if into != BODY:
            flow.paragraphs += found
        elif self._state.in_table or (self._table is not None and self._table.is_open):
            self._table = self._table or RtfTable()
            self._table.add(found)
        else:
            self._end_table()
            self.items += found

    def _lines(self, flow: _Flow) -> Iterator[Paragraph]:
        """A paragraph, one a line where its author broke it."""
        text = "".join(flow.parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        level, label = self._level(), flow.label
        for line in filter(None, (line.strip() for line in text.replace("\u00ad", "").split("\n"))):
            if label and set(label) <= _BULLETS and not level:
                yield Paragraph([[PlacedWord(line)]], "list_item", PlacedWord(BULLET))
            else:
                shown = f"{label} {line}" if label and not set(label) <= _BULLETS else line
                yield Paragraph([[PlacedWord(shown)]], "heading" if level else "paragraph", None, level)
            label = ""

    def _level(self) -> int | None:
        """The level of the open paragraph as a heading, from 1, by its own outline level or its style's."""
        if 0 <= self._state.outline < 9:
            return self._state.outline + 1
        number, seen = self._state.style, set[int]()
        while number in self._styles and number not in seen:
            seen.add(number)
            style = self._styles[number]
            if 0 <= style.outline < 9:
                return style.outline + 1
            named = _heading_style().fullmatch(style.name.strip(" ;"))
            if named:
                return int(named[1])
            number = style.based_on
        return None

    def _end_table(self) -> None:
        if self._table is not None:
            self.items += self._table.items()
            self._table = None

    def _row_begins(self, _value: int | None) -> None:
        if self._state.into == BODY:
            self._table = self._table or RtfTable()
            self._table.begin_row()

    def _cell_ends(self, _value: int | None) -> None:
        if self._state.into == BODY:
            self._table = self._table or RtfTable()
            self._state.in_table = True
            self._paragraph()
            self._table.end_cell()
        else:
            self._paragraph()

    def _row_ends(self, _value: int | None) -> None:
        if self._state.into == BODY and self._table is not None:
            self._table.end_row()
            self._state.in_table = False

    def _edge(self, value: int | None) -> None:
        if self._table is not None and self._state.into == BODY:
            self._table.edge(value or 0)

    def _merging(self, name: str) -> None:
        if self._table is not None and self._state.into == BODY:
            setattr(self._table.next_edge, name, True)

    # Fonts and styles

    def _font(self, value: int | None) -> None:
        self._state.font = value if value is not None else -1

    def _charset(self, value: int | None) -> None:
        if self._state.into == FONTS:
            encoding = _SYMBOLS if value == 2 else _CHARSETS.get(value or 0)
            if encoding is not None:
                self._fonts[self._state.font] = encoding

    def _code_page(self, value: int | None) -> None:
        name = _CODE_PAGES.get(value or 0, f"cp{value}")
        try:
            self._encoding = codecs.lookup(name).name
        except LookupError:
            self._encoding = "cp1252"

    def _style(self, value: int | None) -> None:
        if self._state.into == STYLES:
            self._style_now = value or 0
            self._styles[self._style_now] = _Style()
        else:
            self._state.style = value or 0

    def _outline(self, value: int | None) -> None:
        if self._state.into == STYLES:
            self._styles[self._style_now].outline = value if value is not None else -1
        else:
            self._state.outline = value if value is not None else -1

    def _based_on(self, value: int | None) -> None:
        if self._state.into == STYLES and value is not None:
            self._styles[self._style_now].based_on = value

    def _paragraph_as_default(self, _value: int | None) -> None:
        self._state.style, self._state.outline, self._state.in_table = 0, -1, False

    def _text_as_default(self, _value: int | None) -> None:
        self._state.hidden = self._state.deleted = False

    def _set(self, name: str, value: int | None) -> None:
        setattr(self._state, name, value != 0)


Word = Callable[[_Parser, int | None], None]


@cache
def _words() -> dict[str, Word]:
    """What control words do."""
    parser = _Parser
    ends: Word = lambda one, _: one._paragraph()  # noqa: E731
    words: dict[str, Word] = {
        **dict.fromkeys(("par", "sect", "page", "column", "nestcell"), ends),
        "pard": parser._paragraph_as_default,
        "plain": parser._text_as_default,
        "intbl": lambda one, value: one._set("in_table", value),
        "v": lambda one, value: one._set("hidden", value),
        "deleted": lambda one, value: one._set("deleted", value),
        "uc": lambda one, value: setattr(one._state, "fallback", max(0, min(value if value is not None else 1, 100))),
        "f": parser._font,
        "deff": parser._font,
        "fcharset": parser._charset,
        "ansicpg": parser._code_page,
        "s": parser._style,
        "outlinelevel": parser._outline,
        "sbasedon": parser._based_on,
        "trowd": parser._row_begins,
        "cell": parser._cell_ends,
        "row": parser._row_ends,
        "cellx": parser._edge,
    }
    for name, page in _PLATFORMS.items():
        words[name] = lambda one, _, page=page: setattr(one, "_encoding", page)  # type: ignore[misc]
    for name, fact in CellEdge.WORDS.items():
        words[name] = lambda one, _, fact=fact: one._merging(fact)  # type: ignore[misc]
    return words


@cache
def _heading_style() -> regex.Pattern[str]:
    """The name of a heading's style, with its level."""
    return regex.compile(rf"(?:{_HEADING.pattern})\s*([1-9])", regex.IGNORECASE)
