"""The bytes of one input, a file or a container's member, also where it is no file, vanishes or changes meanwhile."""

from __future__ import annotations

import os
import time
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeline.read import MAX_BYTES
from pipeline.read.members import member, split
from pipeline.rejects import Reject

PAUSE = 0.3
"""Seconds before a file that changed under the reader is tried once more: a copy that just ended is then whole."""


class Stat(NamedTuple):
    """What tells, without reading it, that a file is the one it was: all must be equal."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stat:
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class _Moving(Exception):
    """The file changed or vanished while it was read."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_MOVED = {
    "vanished": "was there when the folder was listed and is gone; run again when nothing moves files there",
    "changed": "was written to while it was read, twice; run again when its copying has ended",
}


def load(path: Path, raw: Path | None = None) -> tuple[bytes, Stat]:
    """A file's bytes and what told them apart; with `raw` only of what lies in that folder.

    Raises Reject (stage `read`) where there are none to be had.
    """
    try:
        return _load(path, raw)
    except _Moving:
        time.sleep(PAUSE)
    try:
        return _load(path, raw)
    except _Moving as moving:
        raise Reject("read", moving.code, _MOVED[moving.code]) from None


def on_disk(raw: Path, source_path: str) -> Path:
    """The file that an input is, or that it lies in."""
    return raw / split(source_path)[0]


def load_input(raw: Path, source_path: str) -> tuple[bytes, Stat]:
    """An input's bytes: a file's, or a member's with what tells its container apart. Raises Reject (stage `read`)."""
    outer, inner = split(source_path)
    path = raw / outer
    if inner is None:
        return load(path, raw)
    data, stat = _container(path, raw, stat_of(path))
    return member(data, outer, inner), stat


@lru_cache(maxsize=1)
def _container(path: Path, raw: Path, _stat: Stat | None) -> tuple[bytes, Stat]:
    """A container's bytes; those of the last one stay, because its members are mostly asked for in turn."""
    return load(path, raw)


def refused(path: Path, raw: Path) -> Reject | None:
    """Why a path gives no bytes, as far as can be told without opening it; None where it may."""
    try:
        _check_is_file(path, raw)
    except Reject as reject:
        return reject
    except OSError:
        return None
    return None


def stat_of(path: Path) -> Stat | None:
    """What tells a file apart; None where it cannot be looked at."""
    try:
        return Stat.of(path.stat())
    except OSError:
        return None


def size(path: Path) -> int | None:
    """A file's size in bytes; None for what is no file or cannot be looked at."""
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def _load(path: Path, raw: Path | None) -> tuple[bytes, Stat]:
    try:
        _check_is_file(path, raw)
        with path.open("rb") as file:
            return _read(file)
    except FileNotFoundError:
        raise _Moving("vanished") from None
    except OSError as error:
        raise Reject("read", "unreadable", f"{error.strerror}; give yourself the right to read it") from None


def _check_is_file(path: Path, raw: Path | None) -> None:
    if path.is_symlink() and not path.exists():
        target = path.readlink()
        raise Reject("read", "dangling_link", f"the link leads to {target}, which is not there; mend or remove it")
    if raw is not None and path.is_symlink():
        _check_link(path, raw)
    if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
        raise Reject("read", "unreadable", "the folder may not be opened; give yourself the right to read it")
    if path.is_dir():
        raise Reject("read", "is_a_folder", "this is a folder with a file's name; rename it or move its files out")
    n_bytes = path.stat().st_size
    if not path.is_file():
        raise Reject("read", "not_a_file", "neither a file nor a folder (a device or a pipe); remove it")
    if n_bytes > MAX_BYTES:
        raise Reject("read", "too_large", f"{n_bytes:,} bytes, the limit is {MAX_BYTES:,}; split the file")


def _check_link(path: Path, raw: Path) -> None:
    """Links are followed to files in the input folder only: what lies elsewhere nobody has given to be read."""
    if not path.resolve().is_relative_to(raw.resolve()):
        message = (
            f"a link to {path.readlink()}, outside the input folder; put a copy of what is to be read in its place"
        )
        raise Reject("read", "link_outside", message)
    if path.is_dir():
        message = f"a link to the folder {path.readlink()}, whose files are read where they are; remove it"
        raise Reject("read", "link_to_folder", message)


def _read(file: BinaryIO) -> tuple[bytes, Stat]:
    before = Stat.of(os.fstat(file.fileno()))
    data = file.read(MAX_BYTES + 1)
    after = Stat.of(os.fstat(file.fileno()))
    same = (before.size, before.mtime_ns) == (after.size, after.mtime_ns) and len(data) == after.size
    if not same:
        raise _Moving("changed")
    return data, after
