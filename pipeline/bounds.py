"""Bounds on the time and memory that one document may take, so that no file can hold up or end a batch."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pipeline.isolation import isolate, scratch, use_scratch
from pipeline.rejects import Reject

MEMORY = 2_000_000_000
"""Bytes that one document may take beyond what the process has: a hundred times what real exports take."""

LEAST_SECONDS, MOST_SECONDS = 60.0, 600.0

SECONDS_A_BYTE = 60 / 500_000
"""A megabyte of text takes about half a minute; four times that is given."""


def seconds_for(n_bytes: int) -> float:
    """The default bound on a document's time: a minute for an ordinary file, ten for the largest."""
    return min(MOST_SECONDS, max(LEAST_SECONDS, n_bytes * SECONDS_A_BYTE))


def virtual_memory() -> int:
    """Bytes of address space that this process has; 0 on systems that do not tell."""
    return _pages(0) * resource.getpagesize()


def resident_memory() -> int:
    """Bytes that this process holds in memory; 0 on systems that do not tell."""
    return _pages(1) * resource.getpagesize()


def cpu_seconds(pid: int) -> float:
    """Seconds of work that a process has done; 0 on systems that do not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _pages(column: int) -> int:
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[column])


def bound_memory(n_bytes: int) -> None:
    """Let this process take so many bytes beyond what it has, or less where a limit of the system's stands before.

    What asks for more gets a MemoryError, in C perhaps a crash. Without effect on systems other than Linux.
    """
    if sys.platform != "linux":
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = virtual_memory() + n_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


def in_child(function: Callable[_Arguments, _Answer], *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Answer:
    """A function's answer from a process of its own, bound in memory and isolated, that ends with this one.

    What libraries in C make of a broken file cannot be caught otherwise: they may crash, hang or fill the memory. Nor
    can what a crafted file makes of them: such a process reaches no network and writes in a folder of its own only.
    A process that may have no children (a worker of the batch, which has bounds itself) works itself. Raises what the
    function raises; Reject (stage `read`) where the process dies.
    """
    return in_child_writing((), function, *args, **kwargs)


def in_child_writing(
    writable: Sequence[Path],
    function: Callable[_Arguments, _Answer],
    *args: _Arguments.args,
    **kwargs: _Arguments.kwargs,
) -> _Answer:
    """The same from a process that may write below some folders too."""
    if multiprocessing.current_process().daemon:
        return function(*args, **kwargs)
    with scratch() as folder:
        answer, error = _asked([folder, *writable], function, args, kwargs)
    if error is not None:
        raise error
    return answer  # type: ignore[no-any-return]


def _asked(
    folders: Sequence[Path], function: Callable[..., Any], args: Any, kwargs: Any
) -> tuple[Any, Exception | None]:
    """What a child answers that may write in folders, the first for its passing files, or its error. Raises Reject
    where it dies."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(sender, folders, function, args, kwargs), daemon=True)
    child.start()
    sender.close()
    try:
        answer: tuple[Any, Exception | None] = receiver.recv()
        return answer
    except EOFError:
        raise Reject("read", "reader_died", "reading it crashed or took too much memory; export it again") from None
    finally:
        receiver.close()
        child.kill()
        child.join()


def _answer(sender: Connection, folders: Sequence[Path], function: Callable[..., Any], args: Any, kwargs: Any) -> None:
    """In the child: bound its memory, isolate it, work, send the answer or the error."""
    use_scratch(folders[0])
    isolate(folders)
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    bound_memory(MEMORY)
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
