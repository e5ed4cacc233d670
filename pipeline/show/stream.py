"""Printing that cannot end a run: into a closed pipe, onto a full disk, of letters that the terminal lacks."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO


class Unbreakable(io.TextIOBase):
    """A stream that goes silent where the one below fails; letters that its encoding lacks are printed as \\xNN."""

    def __init__(self, below: TextIO) -> None:
        self._below = below
        with suppress(AttributeError, OSError, ValueError):
            below.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._below.encoding

    def isatty(self) -> bool:
        return self._below.isatty()

    def fileno(self) -> int:
        return self._below.fileno()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        try:
            self._below.write(text)
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
    """From now on no printing of this process raises."""
    sys.stdout, sys.stderr = Unbreakable(sys.stdout), Unbreakable(sys.stderr)
