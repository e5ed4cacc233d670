"""Bounds on the time and memory that one document may take, so that no file can hold up or end a batch."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import FrameType
from typing import Any, ParamSpec, TypeVar

from pipeline.rejects import Reject

SECONDS = 600.0
"""Default bound: a megabyte of text takes about half a minute."""


@contextmanager
def time_bound(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block when it takes longer.

    Works by a timer signal, which only a process' main thread can have; elsewhere, and on systems without it, the block
    runs unbounded.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


MEMORY = 2_000_000_000
"""Bytes that reading one file may take beyond what the process has: a hundred times what real exports take."""

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


def in_child(function: Callable[_Arguments, _Answer], *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Answer:
    """A function's answer from a process of its own, bound in memory, that ends with this one or with `time_bound`.

    What libraries in C make of a broken file cannot be caught otherwise: they may crash, hang or fill the memory.
    A process that may have no children (a daemon of `multiprocessing`) works itself, without bounds. Raises what the
    function raises; Reject (stage `read`) where the process dies.
    """
    if multiprocessing.current_process().daemon:
        return function(*args, **kwargs)
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(sender, function, args, kwargs), daemon=True)
    child.start()
    sender.close()
    try:
        answer, error = receiver.recv()
    except EOFError:
        raise Reject("read", "reader_died", "reading it crashed or took too much memory; export it again") from None
    finally:
        receiver.close()
        child.kill()
        child.join()
    if error is not None:
        raise error
    return answer  # type: ignore[no-any-return]


def _answer(sender: Connection, function: Callable[..., Any], args: Any, kwargs: Any) -> None:
    """In the child: bound its memory, work, send the answer or the error."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        sender.send((function(*args, **kwargs), None))
    except MemoryError:
        sender.send((None, Reject("read", "too_much_memory", "reading it takes too much memory; split the file")))
    except Exception as error:
        sender.send((None, error))


def end_with_parent() -> None:
    """End this process when its parent dies: it inherited the lock on the output and would hold up the next run."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
