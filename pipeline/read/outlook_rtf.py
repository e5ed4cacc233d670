r"""Where Outlook keeps words if not as a page: packed Rich Text (MS-OXRTFCP), often around a page (MS-OXRTFEX).

Of such a file the page's own tags stand in groups `{\*\htmltag64 <p>}`, and what only a reader of Rich Text shall see
between `\htmlrtf` and `\htmlrtf0`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import regex

from pipeline.read.rtf import TOKEN

_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the packing knows before it begins."""

_WINDOW = 4096
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D

MAX_UNPACKED = 50_000_000

_CODE_PAGE = regex.compile(rb"\\ansicpg([0-9]{1,5})")
_HIDDEN = frozenset((b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict"))
_CHARACTERS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“"}
_CHARACTERS |= {b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—"}


def unpacked(data: bytes) -> bytes:
    """Rich Text as it was before it was packed; empty where it is damaged or of another kind."""
    if len(data) < 16:
        return b""
    raw_size, kind = struct.unpack_from("<II", data, 4)
    if kind == _PLAIN:
        return data[16 : 16 + raw_size]
    if kind != _PACKED or raw_size > MAX_UNPACKED:
        return b""
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\0"))
    write, position, found = len(_DICTIONARY), 16, bytearray()
    for is_reference, value in _runs(data, position):
        if is_reference and value >> 4 == write:  # the end
            break
        first, length = (value >> 4, (value & 15) + 2) if is_reference else (write, 1)
        if not is_reference:
            window[write] = value
        for place in range(first, first + length):
            found.append(window[place % _WINDOW])
            window[write] = found[-1]
            write = (write + 1) % _WINDOW
        if len(found) >= raw_size:
            break
    return bytes(found[:raw_size])


def _runs(data: bytes, position: int) -> Iterator[tuple[bool, int]]:
    """What stands in packed bytes: a byte as it is, or a place in the window with a length; a bit each says which."""
    while position < len(data):
        control = data[position]
        position += 1
        for bit in range(8):
            is_reference = bool(control >> bit & 1)
            if position + is_reference >= len(data):
                return
            yield is_reference, data[position] << 8 | data[position + 1] if is_reference else data[position]
            position += 1 + is_reference


def page_within(data: bytes) -> str:
    """The page that Rich Text was made of; empty where it was made of none."""
    if rb"\fromhtml" not in data[:1000]:
        return ""
    stated = _CODE_PAGE.search(data[:1000])
    encoding = f"cp{int(stated[1])}" if stated else "cp1252"
    parts: list[str] = []
    outer: list[bool] = []
    seen, unseen = True, 0
    for match in TOKEN.finditer(data):
        word, symbol, brace = match["word"], match["symbol"], match["brace"]
        if brace == b"{":
            outer.append(seen)
        elif brace == b"}":
            seen = bool(outer) and outer.pop()
        elif word == b"htmlrtf":
            seen = match["number"] == b"0"
        elif word == b"htmltag":
            seen = True
        elif word in _HIDDEN or (symbol == b"*" and not data.startswith(rb"\htmltag", match.end())):
            seen = False
        elif seen:
            shown, unseen = _shown(match, encoding, unseen)
            parts.append(shown)
    return "".join(parts)


def _shown(match: regex.Match[bytes], encoding: str, unseen: int) -> tuple[str, int]:
    """What a token shows, and how many characters behind it stand for one that was given by its number."""
    text, word, symbol = match["text"], match["word"], match["symbol"]
    if match["hex"] is not None:
        text = bytes.fromhex(match["hex"].decode())
    if text is not None:
        return text[unseen:].decode(encoding, "replace"), max(0, unseen - len(text))
    if word == b"u":
        return chr(int(match["number"] or 0) & 0xFFFF), 1
    if symbol is not None and symbol in b"\\{}":
        return symbol.decode(), 0
    return _CHARACTERS.get(word or b"", "\u00a0" if symbol == b"~" else ""), 0
