"""Whether a PDF is whole: PDFium opens damaged files by guessing their objects, and says nothing of what it lost.

The cross-reference table, in either of its forms, must lead to every object that it names, and every compressed stream
must end as it should (ISO 32000-2, 7.3.8 and 7.5).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import regex

TAIL = 2048
"""Bytes at a file's end in which its last word stands: programs and servers leave other things behind it."""

MAX_TABLES = 100
"""Cross-reference tables (one for every time the file was saved) that are followed."""

MAX_STREAM = 20_000_000
"""Bytes up to which a stream is unpacked to see whether it ends."""

_START = regex.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_OBJECT = regex.compile(rb"\s{0,4}(\d{1,9})\s+\d{1,5}\s+obj\b")
_OPENS_OBJECT = regex.compile(rb"\d\s+\d+\s+obj\b")
_SECTION = regex.compile(rb"\s*(\d{1,9})\s+(\d{1,9})\s*[\r\n]")
_ENTRY = regex.compile(rb"\s*(\d{10})\s(\d{5})\s([nf])")
_PREVIOUS = regex.compile(rb"/(?:Prev|XRefStm)\s+(\d{1,12})")
_STREAM = regex.compile(rb"stream\r?\n")
_NUMBERS = regex.compile(rb"\d+")


def damage(data: bytes) -> str | None:
    """What is wrong with a file's structure, in a few words; None where it is whole."""
    shift = max(data.find(b"%PDF-", 0, 1024), 0)
    ends = list(_START.finditer(data, max(len(data) - TAIL, 0)))
    if not ends or _OPENS_OBJECT.search(data, ends[-1].end()):
        return "its end is missing"
    try:
        offsets = dict(_offsets(data, shift, int(ends[-1][1])))
    except (ValueError, IndexError, zlib.error):
        return "its table of objects cannot be read"
    is_encrypted = b"/Encrypt" in data
    for number, offset in offsets.items():
        found = _OBJECT.match(data, offset)
        if found is None or int(found[1]) != number:
            return f"object {number} is not where its table says"
        if not is_encrypted and _is_cut(data, found.end()):
            return f"the contents of object {number} are cut or altered"
    return None


def _offsets(data: bytes, shift: int, start: int) -> Iterator[tuple[int, int]]:
    """Every object in use with its place, of the newest table first. Raises ValueError, IndexError, zlib.error."""
    pending, seen, known = [start], set[int](), set[int]()
    while pending and len(seen) < MAX_TABLES:
        place = pending.pop(0) + shift
        if place in seen:
            continue
        seen.add(place)
        if data[place : place + 200].lstrip().startswith(b"xref"):
            entries, end = _plain_table(data, data.index(b"xref", place) + 4)
            head = data[end : end + 4096].partition(b"startxref")[0]
        else:
            match = _OBJECT.match(data, place)
            if match is None:
                raise ValueError("no table")
            head, entries = _packed_table(data, match.end())
        pending += [int(number) for number in _PREVIOUS.findall(head)]
        for number, offset in entries:
            if number not in known:
                known.add(number)
                if offset:
                    yield number, offset + shift


def _plain_table(data: bytes, position: int) -> tuple[list[tuple[int, int]], int]:
    """The entries of a table in plain text, free ones with place 0, and where it ends."""
    entries = []
    while (section := _SECTION.match(data, position)) is not None:
        first, count = int(section[1]), int(section[2])
        position = section.end()
        for number in range(first, first + count):
            entry = _ENTRY.match(data, position)
            if entry is None:
                raise ValueError("no entry")
            entries.append((number, int(entry[1]) if entry[3] == b"n" else 0))
            position = entry.end()
    return entries, position


def _packed_table(data: bytes, position: int) -> tuple[bytes, list[tuple[int, int]]]:
    """The dictionary and the entries of a table that is a stream."""
    stream = _STREAM.search(data, position, position + 8192)
    if stream is None:
        raise ValueError("no stream")
    head = data[position : stream.start()]
    packed = data[stream.end() : data.index(b"endstream", stream.end())]
    table = zlib.decompressobj().decompress(packed, MAX_STREAM) if b"/FlateDecode" in head else packed
    widths = _numbers(head, b"/W") or []
    columns = (_numbers(head, b"/Columns") or [sum(widths)])[0]
    if (_numbers(head, b"/Predictor") or [1])[0] >= 10:
        table = _unpredicted(table, columns)
    size = _numbers(head, b"/Size") or [0]
    sections = _numbers(head, b"/Index") or [0, size[0]]
    entries, row = [], 0
    for first, count in zip(sections[::2], sections[1::2], strict=False):
        for number in range(first, first + count):
            fields, at = [], row * sum(widths)
            for width in widths:
                fields.append(int.from_bytes(table[at : at + width], "big"))
                at += width
            kind = fields[0] if widths[0] else 1
            entries.append((number, fields[1] if kind == 1 else 0))
            row += 1
    if row * sum(widths) > len(table):
        raise ValueError("table is cut")
    return head, entries


def _numbers(head: bytes, key: bytes) -> list[int] | None:
    """The number, or the numbers in brackets, behind a dictionary's key."""
    match = regex.search(regex.escape(key) + rb"\s*(\[[^\]]*\]|\d+)", head)
    return [int(number) for number in _NUMBERS.findall(match[1])] if match else None


def _unpredicted(table: bytes, columns: int) -> bytes:
    """Undo the PNG filters None, Sub and Up, the ones that writers of tables use (ISO 32000-2, 7.4.4.4)."""
    above = bytearray(columns)
    out = bytearray()
    for start in range(0, len(table) - columns, columns + 1):
        kind, row = table[start], bytearray(table[start + 1 : start + 1 + columns])
        if kind == 2:
            row = bytearray((a + b) & 255 for a, b in zip(row, above, strict=True))
        elif kind == 1:
            for index in range(1, columns):
                row[index] = (row[index] + row[index - 1]) & 255
        elif kind:
            raise ValueError("unknown filter")
        out += row
        above = row
    return bytes(out)


def _is_cut(data: bytes, position: int) -> bool:
    """Whether an object's deflated stream breaks off or is altered."""
    end = data.find(b"endobj", position)
    place = data.find(b"stream", position, end if end >= 0 else len(data))
    stream = _STREAM.match(data, place) if place >= 0 else None
    if stream is None:
        return False
    head = data[position : stream.start()]
    if b"/FlateDecode" not in head or regex.search(rb"/Filter\s*\[\s*/(?!FlateDecode)", head):
        return False
    unpack = zlib.decompressobj()
    try:
        unpack.decompress(data[stream.end() : stream.end() + MAX_STREAM], MAX_STREAM)
    except zlib.error:
        return True
    return not unpack.eof and not unpack.unconsumed_tail


MAX_CONTENTS = 200_000_000
"""Bytes that the streams of a file may unpack to together, pictures apart; a page has a few thousand."""

_MOST_GROWTH = 1032
"""What a compressed byte can become at most (zlib)."""

_LEAST_BOMB = MAX_CONTENTS // _MOST_GROWTH
_HEAD = 2000
"""Bytes before a stream in which its dictionary stands."""


def is_bomb(data: bytes) -> bool:
    """Whether streams unpack to more than `MAX_CONTENTS`: packed over and over, or large and of one byte."""
    left = MAX_CONTENTS
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b" obj")[2]
        times, end = head.count(b"/FlateDecode"), data.find(b"endstream", match.end())
        n_packed = (end if end >= 0 else len(data)) - match.end()
        if times > 1 or (times and n_packed > _LEAST_BOMB and b"/Image" not in head):
            left -= _unpacked(data[match.end() : match.end() + n_packed], times, left)
            if left < 0:
                return True
    return False


def _unpacked(packed: bytes, times: int, most: int) -> int:
    """Bytes that a stream unpacks to, counted up to a bit beyond the most that it may have."""
    try:
        for _ in range(times - 1):
            packed = zlib.decompressobj().decompress(packed, MAX_STREAM)
        unpacker, total = zlib.decompressobj(), 0
        while packed and total <= most:
            total += len(unpacker.decompress(packed, 1_000_000))
            packed = unpacker.unconsumed_tail
        return total
    except zlib.error:
        return 0
