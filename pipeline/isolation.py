"""What a process that reads a stranger's file cannot do any more: reach a network, write outside its folders.

Both stand on what Linux gives to anybody (seccomp, Landlock), hold for all that the process starts, and cannot be taken
back. Elsewhere they are without effect: there the libraries' own refusals to fetch hold alone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import socket
import struct
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_FILTER = 22, 38, 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on all machines
_IO_URING_SETUP = 425
_X32 = 0x40000000
"""From here on a call of x86-64 is one of its second kind."""

_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # EACCES
_LOAD, _EQUAL, _LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
"""Where a system call's number, its machine and its first argument stand (`struct seccomp_data`)."""


class _Machine(NamedTuple):
    audit: int
    socket: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 41), "aarch64": _Machine(0xC00000B7, 198)}

_WRITE_FILE, _REMOVE_FILE, _MAKE_SOCKET, _TRUNCATE = 1 << 1, 1 << 5, 1 << 9, 1 << 14
_WRITES = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))
"""Writing files, making and removing what a folder holds."""

SOCKETS = Path("/tmp")
"""Where LibreOffice makes and removes a socket of its own, whatever TMPDIR says: of a process that may write there no
more than that is let through."""

_BY_VERSION = ((2, 1 << 13), (3, _TRUNCATE))
"""What later versions of Landlock know too: renaming from folder to folder, cutting files short."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def isolate(writable: Iterable[Path] = ()) -> frozenset[str]:
    """Take from this process the network and all writing but below these folders; `network`, `writes`: what was taken.

    A local socket to a process of the same machine stays, which converters use among their own parts.
    """
    if sys.platform != "linux":
        return frozenset()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return frozenset()
    taken = {"writes": _without_writes(libc, writable), "network": _without_network(libc)}
    return frozenset(name for name, is_taken in taken.items() if is_taken)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for a process' own passing files, removed behind it with all that is in it."""
    with tempfile.TemporaryDirectory(prefix="poimuri-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def use_scratch(folder: Path) -> None:
    """From now on this process, and what it starts, has its passing files in a folder."""
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def _without_network(libc: ctypes.CDLL) -> bool:
    """No socket but local ones can be made."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 6, machine.audit),
        (_LOAD, 0, 0, _NUMBER),
        (_LEAST, 4, 0, _X32),
        (_EQUAL, 3, 0, _IO_URING_SETUP),
        (_EQUAL, 0, 3, machine.socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 1, 0, socket.AF_UNIX),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    program = _Program(len(steps), b"".join(struct.pack("HBBI", *step) for step in steps))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, ctypes.byref(program), 0, 0) == 0)


def _without_writes(libc: ctypes.CDLL, writable: Iterable[Path]) -> bool:
    """No file is written, made or removed but below these folders and in the device that keeps nothing."""
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    writes = _WRITES | sum(right for since, right in _BY_VERSION if version >= since)
    rules = libc.syscall(_CREATE_RULESET, struct.pack("Q", writes), 8, 0)
    if rules < 0:
        return False
    try:
        for folder in writable:
            _allow(libc, rules, folder, writes & (_MAKE_SOCKET | _REMOVE_FILE) if folder is SOCKETS else writes)
        _allow(libc, rules, Path(os.devnull), writes & (_WRITE_FILE | _TRUNCATE))
        return bool(libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    """Allow writes to a file or below a folder; one that is not there gets none."""
    with suppress(OSError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, place), 0)
        finally:
            os.close(place)
