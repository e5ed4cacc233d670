"""The files that a file holds: attachments of a mail, members of a zip file. Their names are data, never paths on disk.

A container's module gives its files one after the other (`held`); this one opens containers within containers, gives
each file a path of its own below the outermost (`mail.eml/liite.zip/raportti.docx`), and bounds all of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import NamedTuple

import regex

from pipeline.read.formats import BY_SUFFIX
from pipeline.rejects import Reject

MAX_MEMBERS = 2_000
"""Files that a container may hold, those within others counted."""

MAX_NESTING = 3
"""Containers within each other that are opened: a zip file in a mail in a zip file."""

MAX_UNPACKED = 1_000_000_000
"""Bytes that the files of a container may have together."""

MAX_NAME = 120
"""Characters that are kept of each part of a name."""

UNNAMED = "unnamed"

_UNSEEN = regex.compile(r"\p{C}+")
_DRIVE = regex.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Held:
    """A file in a container, as its module gives it: its own name, its size, and what gives its bytes.

    `data` raises Reject where they cannot be had, at once where `reject` is already known.
    """

    name: str
    n_bytes: int
    data: Callable[[], bytes]
    reject: Reject | None = None


class Member(NamedTuple):
    """A file in a container: its path below the outermost one, its size, and why it cannot be read where that is so."""

    path: str
    n_bytes: int
    reject: Reject | None = None


def split(source_path: str) -> tuple[str, str | None]:
    """A path's file on disk, and the member's path in it where that is a container.

    >>> split("2021/mail.eml/liite.docx"), split("2021/raportti.docx")
    (('2021/mail.eml', 'liite.docx'), ('2021/raportti.docx', None))
    """
    parts = source_path.split("/")
    for number, part in enumerate(parts[:-1], 1):
        if is_container(part):
            return "/".join(parts[:number]), "/".join(parts[number:])
    return source_path, None


def is_container(name: str) -> bool:
    """Whether a file of this name may hold others."""
    kind = BY_SUFFIX.get(PurePosixPath(name).suffix.lower())
    return kind is not None and kind.holds


def members(data: bytes, name: str) -> tuple[Member, ...]:
    """All files in a container's bytes, those of containers within it too; each is unpacked once to see that it can be.

    Raises Reject (stage `read`) where the container itself cannot be opened.
    """
    found = [Member(path, held.n_bytes, reject or _fault(held)) for path, held, reject in _walked(data, name)]
    if not found and not _is_document(name):
        raise Reject("read", "empty", "it holds no files; remove it")
    return tuple(found)


def member(data: bytes, name: str, path: str) -> bytes:
    """The bytes of a container's member, by its path. Raises Reject (stage `read`)."""
    for found, held, reject in _walked(data, name):
        if found == path:
            if reject is not None:
                raise reject
            return held.data()
    raise Reject("read", "vanished", "it is no longer in its container; run again")


def _fault(held: Held) -> Reject | None:
    try:
        held.data()
    except Reject as reject:
        return reject
    return None


def _is_document(name: str) -> bool:
    """Whether a container has words of its own."""
    return BY_SUFFIX[PurePosixPath(name).suffix.lower()].reads


class _Bounds:
    """What may still come out of an outermost container."""

    def __init__(self) -> None:
        self.n_members, self.n_bytes = 0, 0

    def count(self, held: Held) -> None:
        """Raise Reject where a file is one too many."""
        self.n_members += 1
        self.n_bytes += held.n_bytes
        if self.n_members > MAX_MEMBERS:
            raise Reject("read", "too_large", f"it holds more than {MAX_MEMBERS:,} files; unpack it into the folder")
        if self.n_bytes > MAX_UNPACKED:
            message = f"its files unpack to more than {MAX_UNPACKED:,} bytes; unpack into the folder what is a report"
            raise Reject("read", "too_large", message)


def _walked(data: bytes, name: str) -> Iterator[tuple[str, Held, Reject | None]]:
    """Each file with its path, in the order of the container; containers that have no words of their own are none."""
    yield from _inside(data, name, "", 1, _Bounds(), set())


def _inside(
    data: bytes, name: str, above: str, depth: int, bounds: _Bounds, taken: set[str]
) -> Iterator[tuple[str, Held, Reject | None]]:
    kind = BY_SUFFIX[PurePosixPath(name).suffix.lower()]
    held_by: Callable[[bytes], Iterator[Held]] = import_module(f".{kind.module}", __package__).held
    for held in held_by(data):
        bounds.count(held)
        path = _free(f"{above}{clean(held.name)}", taken)
        if held.reject is not None or not is_container(path):
            yield path, held, held.reject
            continue
        if depth == MAX_NESTING:
            message = f"it lies in {depth} containers, the limit; unpack the outermost into the folder"
            yield path, held, Reject("read", "nested", message)
            continue
        try:
            inner = list(_inside(held.data(), path, f"{path}/", depth + 1, bounds, taken))
        except Reject as reject:
            if bounds.n_members > MAX_MEMBERS or bounds.n_bytes > MAX_UNPACKED:
                raise
            yield path, held, reject
            continue
        if _is_document(path) or not inner:
            yield path, held, None if _is_document(path) else Reject("read", "empty", "it holds no files; remove it")
        yield from inner


def clean(name: str) -> str:
    r"""A name as a relative path that leads nowhere else and can be printed.

    >>> clean("C:\\Temp\\..\\raportti.docx"), clean("/etc/passwd"), clean("../../x\x1b[2J.pdf"), clean("..")
    ('Temp/raportti.docx', 'etc/passwd', 'x_[2J.pdf', 'unnamed')
    """
    parts = _DRIVE.sub("", unicodedata.normalize("NFC", name)).replace("\\", "/").split("/")
    kept = [_part(part) for part in parts]
    return "/".join(part for part in kept if part) or UNNAMED


def _part(part: str) -> str:
    """A part of a name; empty where it names this folder or the one above."""
    part = _UNSEEN.sub("_", part).strip()
    if set(part) <= {"."}:
        return ""
    suffix = PurePosixPath(part).suffix[:20]
    return part if len(part) <= MAX_NAME else part[: MAX_NAME - len(suffix)] + suffix


def _free(path: str, taken: set[str]) -> str:
    """A path that no other member has: report.docx, report (2).docx."""
    found, number = path, 1
    pure = PurePosixPath(path)
    while found in taken:
        number += 1
        found = str(pure.with_name(f"{pure.stem} ({number}){pure.suffix}"))
    taken.add(found)
    return found
