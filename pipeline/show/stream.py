"""Printing that cannot end a run, nor command the terminal.

Into a closed pipe, onto a full disk, of letters that the terminal lacks; control characters and marks of direction in
names and texts are shown (`\\u001b`), never sent.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

import regex

_COMMANDS = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal obeys or hides behind: all control characters but tabs and line ends, marks of direction."""


def shown(text: str) -> str:
    """A text as a terminal may show it.

    >>> print(shown("raportti\\x1b[2J\\u202etxt.pdf"))
    raportti\\u001b[2J\\u202etxt.pdf
    """
    return _COMMANDS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


class Unbreakable(io.TextIOBase):
    """A stream that goes silent where the one below fails; letters that its encoding lacks are printed as \\xNN.

    What it is given is shown unless it is `trusted`.
    """

    def __init__(self, below: TextIO, *, trusted: bool = False) -> None:
        self._below, self._trusted = below, trusted
        with suppress(AttributeError, OSError, ValueError):
            below.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._below.encoding

    @property
    def raw(self) -> Unbreakable:
        """The same stream for what is printed as it is: a program's own colours, data for another program."""
        return Unbreakable(self._below, trusted=True)

    def isatty(self) -> bool:
        return self._below.isatty()

    def fileno(self) -> int:
        return self._below.fileno()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        try:
            self._below.write(text if self._trusted else shown(text))
        except (OSError, ValueError):
            self._silence()
        return len(text)

    def flush(self) -> None:
        try:
            self._below.flush()
        except (OSError, ValueError):
            self._silence()

    def _silence(self) -> None:
        """Lead what is printed from now on, and what waits to be, nowhere."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._below.fileno())
            os.close(nowhere)


def print_unbreakably() -> None:
    """From now on no printing of this process raises, nor commands the terminal."""
    if not isinstance(sys.stdout, Unbreakable):
        sys.stdout, sys.stderr = Unbreakable(sys.stdout), Unbreakable(sys.stderr)


def raw_output() -> Any:
    """Standard output for what must arrive as it is."""
    return sys.stdout.raw if isinstance(sys.stdout, Unbreakable) else sys.stdout


def data_output() -> Any:
    """Standard output for data: as they are into a file or another program, shown on a terminal."""
    return sys.stdout if sys.stdout.isatty() else raw_output()
