"""Runs of `poimuri` beside the test: forks of this process, which start at once, and waiting for what they do."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.cli import app
from pipeline.process import CHAIN, prepare

LIMIT = 120.0
"""Seconds after which what did not happen is taken for what never will, also where much else runs on the machine."""

FORK = multiprocessing.get_context("fork")


def wait_for(happened: Callable[[], object], seconds: float = LIMIT) -> None:
    """Wait until something is so. Fails after a limit."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


class Poimuri:
    """A command in a process of its own, a fork of this one: it has loaded what a run needs, and has its patches.

    `first` is called in it before the command; `stdout` is where it prints, else a file that `printed` reads. It is
    killed where the block ends before it.
    """

    def __init__(
        self, *arguments: object, first: Callable[[], object] = lambda: None, stdout: int | None = None
    ) -> None:
        prepare()
        self._files = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 — read when it has ended
        streams = self._files[0].fileno() if stdout is None else stdout, self._files[1].fileno()
        self._process = FORK.Process(target=_serve, args=([str(one) for one in arguments], streams, first))
        self._process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
        self.wait()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def wait(self, seconds: float = LIMIT) -> int:
        """The exit code; that of a signal that killed it is negative. Fails after a limit."""
        assert self.has_ended(seconds), "it did not end"
        assert self._process.exitcode is not None
        return self._process.exitcode

    def has_ended(self, seconds: float) -> bool:
        """Whether it ends in so many seconds; asked of the process itself, whose pipes may live on in its workers."""
        deadline = time.monotonic() + seconds
        while self._process.exitcode is None and time.monotonic() < deadline:
            time.sleep(0.01)
        return self._process.exitcode is not None

    def kill(self, number: int = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    @property
    def workers(self) -> list[int]:
        """The processes that it has started."""
        return children(self.pid)

    @property
    def printed(self) -> tuple[str, str]:
        """What an ended command printed on stdout and stderr."""
        self.wait()
        for file in self._files:
            file.seek(0)
        out, err = (file.read().decode() for file in self._files)
        return out, err


def _serve(arguments: list[str], streams: tuple[int, int], first: Callable[[], object]) -> None:
    for number, stream in enumerate(streams, start=1):
        os.dup2(stream, number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", buffering=1, closefd=False) for number in (1, 2))
    first()
    app(arguments)


def poimuri(*arguments: object, first: Callable[[], object] = lambda: None) -> tuple[int, str, str]:
    """A command's exit code, and what it printed on stdout and stderr."""
    with Poimuri(*arguments, first=first) as process:
        return process.wait(), *process.printed


def children(pid: int) -> list[int]:
    """The processes that a process has started; none where it is gone."""
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def is_there(pid: int) -> bool:
    """Whether a process runs: none that has ended and waits to be asked for its exit code."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Gate:
    """A place in the stage *repair* where documents with some words are held until it opens, in whatever process."""

    def __init__(self, opened: Path, *words: str) -> None:
        self._opened, self._words = opened, words
        self._stage: Any = CHAIN["repair"]

    def __call__(self, document: Any) -> Any:
        while any(word in document.text for word in self._words) and not self._opened.exists():
            time.sleep(0.01)
        return self._stage(document)

    def open(self) -> None:
        self._opened.touch()
