"""A zip file of exports: its members by name, each unpacked only when asked for and only within bounds."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator

from extractors.document import Layout
from pipeline.read.members import Held, members
from pipeline.read.packages import REFUSALS
from pipeline.rejects import Reject

MAX_MEMBER = 50_000_000
"""Bytes of a member: those of the largest file that is read."""

MAX_RATIO = 500
"""Times that a member may be larger than its packed bytes; text has 3 to 20, a workbook's XML up to 100."""

SMALL = 1_000_000
"""Bytes up to which a member may be packed as tightly as it likes."""

_UTF8 = 0x800
_NO_EXPORTS = "__MACOSX/"
"""Where the Macintosh's Finder keeps what it knows of each file."""


def read(data: bytes) -> Layout:
    """A zip file has no words of its own. Raises Reject (stage `read`): what is wrong with it, or where they are."""
    members(data, "a.zip")
    raise Reject("read", "holds_files", "a zip file of other files; read the folder it lies in, or unpack it")


def held(data: bytes) -> Iterator[Held]:
    """The members of a zip file. Raises Reject where it is none, or damaged."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except REFUSALS as error:
        raise _broken(error) from None
    for part in archive.infolist():
        name = _name(part)
        if not part.is_dir() and not name.startswith(_NO_EXPORTS):
            yield Held(name, part.file_size, lambda part=part: _unpacked(archive, part), _refusal(part))  # type: ignore[misc]


def _name(part: zipfile.ZipInfo) -> str:
    """A member's name; where it is not said to be UTF-8 it may be all the same, else it is of a DOS code page."""
    if part.flag_bits & _UTF8:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return part.filename


def _refusal(part: zipfile.ZipInfo) -> Reject | None:
    """Why a member is not unpacked, as far as the list of members tells."""
    if part.flag_bits & 1:
        return Reject("read", "encrypted", "it is locked by a password; unpack it, or pack it without one")
    if stat.S_ISLNK(part.external_attr >> 16):
        return Reject("read", "not_a_file", "a link and no file; pack what it leads to")
    if part.file_size > MAX_MEMBER:
        return Reject("read", "too_large", f"{part.file_size:,} bytes, the limit is {MAX_MEMBER:,}; split the file")
    if part.file_size > max(SMALL, MAX_RATIO * part.compress_size):
        ratio = part.file_size // max(1, part.compress_size)
        return Reject("read", "too_large", f"unpacks to {ratio:,} times its size, as no report does; leave it out")
    return None


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A member's bytes, no more than the list of members says."""
    try:
        with archive.open(part) as file:
            return file.read(part.file_size + 1)[: part.file_size]
    except REFUSALS as error:
        raise _broken(error) from None


def _broken(error: Exception) -> Reject:
    return Reject("read", "broken_zip", f"cannot be unpacked ({error}); pack it again")
