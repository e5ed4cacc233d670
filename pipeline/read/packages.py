"""Office files that are zip files of XML parts: opened within bounds, nothing run, nothing fetched from outside."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from pipeline.rejects import Reject, broken

MAX_UNPACKED = 300_000_000
"""Bytes that the parts of a file may have together: text of a thousand reports, or the pictures of one."""

MAX_PART = 80_000_000
"""Bytes that a part of XML may have: a tree of it takes ten times as much memory."""

MAX_DEPTH = 40
"""Tables within tables, lists within lists, groups within groups that are followed."""

MAX_CELLS = 200_000
"""Cells of a document's tables; more are data and no report."""

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = b"<!DOCTYPE"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
REFUSALS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises over damaged or odd files."""


class Relation(NamedTuple):
    """A part that another names: the id it is named by, the last word of its type, its place in the file."""

    id: str
    kind: str
    target: str


class Package:
    """A file's parts by name. `suffix` is that of the format, for messages."""

    def __init__(self, data: bytes, suffix: str) -> None:
        """Open it. Raises Reject (stage `read`) where it is encrypted, damaged, too large or no such file."""
        self._suffix = suffix
        if data.startswith(_OLE):
            raise _refused_ole(data, suffix)
        if not data.startswith(b"PK"):
            message = f"not an office file despite its name; export it again as {suffix}"
            raise Reject("read", "wrong_format", message)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except REFUSALS as error:
            raise broken(error, self._suffix) from None
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_UNPACKED:
            message = f"unpacks to {unpacked:,} bytes, the limit is {MAX_UNPACKED:,}; save it without pictures"
            raise Reject("read", "too_large", message)
        self._parts = {part.filename: part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self, start: str = "") -> list[str]:
        """The names of the parts that begin so."""
        return [name for name in self._parts if name.startswith(start)]

    def bytes_of(self, name: str) -> bytes:
        """A part's bytes; empty where there is none of that name. Raises Reject."""
        part = self._parts.get(name)
        if part is None:
            return b""
        if part.flag_bits & 1:
            raise _encrypted(self._suffix)
        if part.file_size > MAX_PART:
            message = f"{name} unpacks to {part.file_size:,} bytes, the limit is {MAX_PART:,}; split the file"
            raise Reject("read", "too_large", message)
        try:
            return self._zip.read(part)
        except REFUSALS as error:
            raise broken(error, self._suffix) from None

    def xml(self, name: str) -> Any | None:
        """A part's root element; None where there is none of that name. Raises Reject."""
        data = self.bytes_of(name)
        if not data:
            return None
        # an entity is never replaced, so that none can grow or fetch anything
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise (_unsafe(name) if _DOCTYPE in data else broken(error, self._suffix)) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise _unsafe(name)
        return root

    def required(self, name: str) -> Any:
        """The root element of a part without which the file is no such file. Raises Reject."""
        root = self.xml(name)
        if root is None:
            message = f"a zip file, but no {self._suffix} ({name} is missing); save it as {self._suffix}"
            raise Reject("read", "wrong_format", message)
        return root

    def related(self, name: str = "") -> Iterator[Relation]:
        """The parts that a part of an Office file names, the file as a whole with an empty name; none from outside."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        for item in root.iter(_RELATION) if root is not None else ():
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(item.get("Target", ""))))
                yield Relation(item.get("Id", ""), item.get("Type", "").rpartition("/")[2], target.lstrip("/"))

    def relations(self, name: str) -> dict[str, str]:
        """The same by the ids under which the part names them."""
        return {one.id: one.target for one in self.related(name)}


@cache
def local(tag: Any) -> str:
    """An element's name without its namespace; empty for comments and entities.

    Names are compared so where a format has the same elements in two namespaces (Office's Strict and Transitional).
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def whole(text: str | None, default: int, most: int = 65_535) -> int:
    """A whole number that an attribute gives, at most so large; the default where it gives none."""
    return min(int(text), most) if text and text.isdecimal() and len(text) < 12 else default


def too_many_cells(suffix: str) -> Reject:
    """For a document whose tables have more than `MAX_CELLS` cells."""
    message = f"more than {MAX_CELLS:,} cells; save the tables that are the report as a {suffix} of their own"
    return Reject("read", "too_large", message)


def _unsafe(name: str) -> Reject:
    message = f"{name} declares a document type of its own, as no office program does; save it again"
    return Reject("read", "unsafe_xml", message)


def _refused_ole(data: bytes, suffix: str) -> Reject:
    if _ENCRYPTED in data:
        return _encrypted(suffix)
    message = f"a file of an Office before 2007 despite its name; save it as {suffix}"
    return Reject("read", "wrong_format", message)


def _encrypted(suffix: str) -> Reject:
    return Reject("read", "encrypted", f"it is locked by a password; save it as {suffix} without one")
