"""Brings the headings that a printed twin states to those of the file that it was printed from, for `make --unprinted`.

A PDF that is kept while its source changes goes on stating yesterday's levels, in its bookmarks and in its structure
tree. Here both are written anew behind the file's end, as an incremental update (ISO 32000-2, 7.5.6); its pages, which
the tests are about, stay as a word processor or a browser printed them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import regex

from pipeline.read import read

_OBJECT = regex.compile(rb"(?<![\d.])(\d+) 0 obj\s*(.*?)\s*endobj", regex.DOTALL)
_KIND = regex.compile(rb"/S\s*/H(\d)")
_KIDS = regex.compile(rb"/K\s*(\[[^\]]*\]|\d+ 0 R)")
_REFERENCE = regex.compile(rb"(\d+) 0 R")
_TITLE = regex.compile(rb"/Title\s*(<[^>]*>)")
_DEST = regex.compile(rb"/Dest\s*(\[[^\]]*\])")


class Heading(NamedTuple):
    """A heading's level and its words."""

    level: int
    text: str


def headings(path: Path) -> list[Heading]:
    """The headings that a Word file or a web page marks, or that a PDF's structure tree does."""
    document = read(path.read_bytes(), path.name)
    return [
        Heading(block.level, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "heading" and block.level
    ]


def restate(pdf: Path, source: Path) -> bool:
    """Make a PDF state the headings of its source; whether it stated others.

    Raises ValueError where the source has headings that the PDF does not state: those need a print.
    """
    data = pdf.read_bytes()
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    wanted = headings(source)
    changed = dict(_bookmarked(objects, wanted))
    if any(_KIND.search(body) for body in objects.values()):
        changed |= dict(_tagged(objects, headings(pdf), wanted))
    if changed:
        pdf.write_bytes(_updated(data, changed))
    return bool(changed)


def _levels(stated: Sequence[str], wanted: Sequence[Heading]) -> list[int | None]:
    """The level today of each heading that was stated; None where it is none any more."""
    levels: list[int | None] = []
    rest = list(wanted)
    for title in stated:
        is_next = bool(rest) and letters(rest[0].text) == letters(title)
        levels.append(rest.pop(0).level if is_next else None)
    if rest:
        raise ValueError(f"the PDF does not state: {rest[0].text}")
    return levels


def letters(text: str) -> str:
    """What a heading says, whatever parts its lines and words."""
    return "".join(filter(str.isalnum, text)).casefold()


def _tagged(
    objects: dict[int, bytes], stated: Sequence[Heading], wanted: Sequence[Heading]
) -> Iterator[tuple[int, bytes]]:
    """The heading elements of the structure tree, in its order, as they must be."""
    root = max(_reference(body, b"/StructTreeRoot") for body in objects.values())
    elements = list(_elements(objects, root))
    levels = _levels([heading.text for heading in stated], wanted)
    for number, level, heading in zip(elements, levels, stated, strict=True):
        if level != heading.level:
            yield number, _KIND.sub(b"/S /H%d" % level if level else b"/S /P", objects[number])


def _elements(objects: dict[int, bytes], number: int) -> Iterator[int]:
    body = objects[number]
    if _KIND.search(body):
        yield number
    kids = _KIDS.search(body)
    for kid in _REFERENCE.findall(kids[1]) if kids else ():
        yield from _elements(objects, int(kid))


def _reference(body: bytes, key: bytes) -> int:
    match = regex.search(regex.escape(key) + rb"\s*(\d+) 0 R", body)
    return int(match[1]) if match else 0


def _bookmarked(objects: dict[int, bytes], wanted: Sequence[Heading]) -> Iterator[tuple[int, bytes]]:
    """The bookmarks as they must be, and what holds them."""
    root = max((_reference(body, b"/Outlines") for body in objects.values()), default=0)
    if not root:
        return
    stated = list(_items(objects, root, 1))
    items = [item for item, _ in stated]
    titles = [bytes.fromhex(_found(_TITLE, objects[item])[1:-1].decode()).decode("utf-16") for item in items]
    levels = _levels(titles, wanted)
    if levels == [level for _, level in stated]:
        return
    kept = [(item, level) for item, level in zip(items, levels, strict=True) if level]
    parents: dict[int, int] = {}
    open_items = [(root, 0)]
    for item, level in kept:
        while open_items[-1][1] >= level:
            open_items.pop()
        parents[item] = open_items[-1][0]
        open_items.append((item, level))
    children = {holder: [item for item in parents if parents[item] == holder] for holder in (root, *parents)}
    for item, _ in [(root, 0), *kept]:
        own = [b"/Type/Outlines"] if item == root else [b"/Title" + _found(_TITLE, objects[item])]
        if children[item]:
            n_below = sum(_stands_in(other, item, parents) for other in parents)
            own.append(b"/Count %d/First %d 0 R/Last %d 0 R" % (n_below, children[item][0], children[item][-1]))
        if item != root:
            beside = children[parents[item]]
            place = beside.index(item)
            own.append(b"/Dest" + _found(_DEST, objects[item]) + b"/Parent %d 0 R" % parents[item])
            own += [b"/Prev %d 0 R" % beside[place - 1]] * (place > 0)
            own += [b"/Next %d 0 R" % one for one in beside[place + 1 : place + 2]]
        yield item, b"<<" + b"\n".join(own) + b">>"


def _items(objects: dict[int, bytes], holder: int, level: int) -> Iterator[tuple[int, int]]:
    item = _reference(objects[holder], b"/First")
    while item:
        yield item, level
        yield from _items(objects, item, level + 1)
        item = _reference(objects[item], b"/Next")


def _stands_in(item: int, holder: int, parents: dict[int, int]) -> bool:
    while item in parents:
        item = parents[item]
        if item == holder:
            return True
    return False


def _found(pattern: regex.Pattern[bytes], body: bytes) -> bytes:
    match = pattern.search(body)
    if match is None:
        raise ValueError(f"no {pattern.pattern!r} in a bookmark")
    return bytes(match[1])


def _updated(data: bytes, objects: dict[int, bytes]) -> bytes:
    """A file with newer versions of objects behind its end."""
    tail = data[data.rindex(b"trailer") :]
    before = int(tail.split(b"startxref")[1].split()[0])
    keys = regex.sub(rb"/Prev \d+|/DocChecksum\s*/\w+", b"", tail[tail.index(b"<<") + 2 : tail.rindex(b">>")])
    table = b"xref\n"
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    end = b"trailer\n<<%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (keys, before, len(data))
    return data + table + end
