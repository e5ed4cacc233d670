"""A bound on the time that one document may take, so that no file can hold up a batch."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

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
