"""Supervised worker processes: a task that hangs, eats memory or kills its process costs the others nothing.

The supervisor deals tasks out one by one and kills by deadline; a worker's death is seen, its task is tried once more
when nothing else runs, and what fails twice is told as a Reject.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from lexicons.errors import UserError
from pipeline.bounds import MEMORY, bound_memory, cpu_seconds, end_with_parent, resident_memory
from pipeline.isolation import isolate, scratch, use_scratch
from pipeline.process import Entering
from pipeline.rejects import Reject

GROWN = 600_000_000
"""Bytes by which a worker may have grown over its start before it makes place for a fresh one."""

AT_WORK = 0.02
"""Share of a core that a worker has at least which works and does not hang, also where much else is to do."""

NO_ANSWER = "no_answer"
"""Code of the reject of a file whose reading does nothing but wait, as on a share whose server is gone."""

_CRASHES = (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP, signal.SIGFPE)
"""By what a library in C ends its process; what the system or a person ends has another signal."""

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")


class WorkerError(UserError):
    """No worker process can be had; the message says what to do."""


class _Stage(NamedTuple):
    name: str


class _Done(NamedTuple):
    """A task's answer; the worker takes no more where it `ends`."""

    answer: Any
    ends: bool = False


class _Failed(NamedTuple):
    error: Exception


@dataclass(eq=False)
class _Worker(Generic[_Task]):
    process: multiprocessing.process.BaseProcess
    connection: Connection
    own: ExitStack
    task: _Task | None = None
    stage: str = "read"
    deadline: float = field(default=float("inf"))
    began: tuple[float, float] = (0.0, 0.0)

    def take(self, task: _Task, seconds: float) -> None:
        """Begin to measure the time of a task."""
        self.task, self.stage = task, "read"
        self.began = time.monotonic(), cpu_seconds(self.process.pid or 0)
        self.deadline = self.began[0] + seconds

    def is_late(self, seconds: float) -> bool:
        """Whether the task has had its seconds of work, or has waited so long for something.

        What works on a machine with much else to do is given the time for its seconds.
        """
        now = time.monotonic()
        if now < self.deadline:
            return False
        if self._worked >= seconds or self.has_waited:
            return True
        self.deadline = now + max(0.2, seconds - self._worked)
        return False

    @property
    def has_waited(self) -> bool:
        """Whether it has done nothing with its time but wait."""
        return self._worked < AT_WORK * (time.monotonic() - self.began[0])

    @property
    def _worked(self) -> float:
        return cpu_seconds(self.process.pid or 0) - self.began[1]

    def end(self) -> None:
        """Kill the process; one that the system cannot end now, blocked in a dead device, is left behind."""
        self.process.kill()
        self.process.join(timeout=1)
        self.connection.close()
        self.own.close()


class Crew(Generic[_Task, _Answer]):
    """Workers for a kind of task.

    `seconds` bounds a task's time, `memory` what it may take of memory beyond before. Workers reach no network; they
    write below the folders of `writable` only, and each in one of its own.
    """

    def __init__(
        self,
        work: Callable[[_Task, Entering], _Answer],
        n_workers: int,
        seconds: Callable[[_Task], float],
        memory: int = MEMORY,
        writable: Sequence[Path] = (),
    ) -> None:
        self._work, self._n_workers, self._seconds, self._memory = work, n_workers, seconds, memory
        self._writable = writable
        self._workers: list[_Worker[_Task]] = []
        self._again: deque[_Task] = deque()
        self._tried: list[_Task] = []

    def answers(self, tasks: Sequence[_Task]) -> Iterator[tuple[_Task, _Answer | Reject]]:
        """The answers as they come, in no order: each task's own, or the Reject that says what it did.

        Raises WorkerError where no process can be started, and the UserErrors of the work itself.
        """
        waiting = deque(tasks)
        try:
            while waiting or self._again or any(worker.task is not None for worker in self._workers):
                self._deal(waiting)
                yield from self._heard()
        finally:
            for worker in self._workers:
                worker.end()
            self._workers = []

    def _deal(self, waiting: deque[_Task]) -> None:
        """Give every idle worker a task, start workers that are missing; what killed one waits until it is alone."""
        busy = sum(worker.task is not None for worker in self._workers)
        queue, at_once = (waiting, self._n_workers) if waiting else (self._again, 1)
        while queue and busy < at_once:
            worker = next((one for one in self._workers if one.task is None), None) or self._start(busy)
            if worker is None:
                return
            task = queue.popleft()
            try:
                worker.connection.send(task)
            except OSError:  # it died idle
                queue.appendleft(task)
                self._drop(worker)
                continue
            worker.take(task, self._seconds(task))
            busy += 1

    def _start(self, busy: int) -> _Worker[_Task] | None:
        """A new worker; None where the system refuses one more process and others are at work."""
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        own = ExitStack()
        try:
            folder = own.enter_context(scratch())
            arguments = (theirs, self._work, self._memory, folder, self._writable)
            process = context.Process(target=_serve, args=arguments, daemon=True)
            process.start()
        except OSError as error:
            ours.close()
            own.close()
            if busy:
                return None
            cure = "end other programs, or give this one more processes and memory (ulimit -u, ulimit -v)"
            raise WorkerError(f"no worker process can be started: {error.strerror}; {cure}") from None
        finally:
            theirs.close()
        worker: _Worker[_Task] = _Worker(process, ours, own)
        self._workers.append(worker)
        return worker

    def _heard(self) -> Iterator[tuple[_Task, _Answer | Reject]]:
        """Wait for the next message, death or deadline, and give what is finished."""
        nearest = min((worker.deadline for worker in self._workers), default=0.0)
        wait([worker.connection for worker in self._workers], max(0.0, min(nearest - time.monotonic(), 3600.0)))
        for worker in tuple(self._workers):
            task = worker.task
            answer = self._message(worker)
            if task is not None and answer is not None:
                yield task, answer

    def _message(self, worker: _Worker[_Task]) -> _Answer | Reject | None:
        """What a worker says about its task, if it is done with it or done for."""
        try:
            while worker.connection.poll():
                message = worker.connection.recv()
                if isinstance(message, _Failed):
                    raise message.error
                if isinstance(message, _Done):
                    worker.task, worker.deadline = None, float("inf")
                    if message.ends:
                        self._drop(worker)
                    return message.answer  # type: ignore[no-any-return]
                worker.stage = message.name
        except (EOFError, OSError):
            return self._died(worker)
        if worker.task is None or not worker.is_late(self._seconds(worker.task)):
            return None
        seconds, is_silent = self._seconds(worker.task), worker.stage == "read" and worker.has_waited
        self._drop(worker)
        if is_silent:
            what = f"it gave no answer for {seconds:g} seconds"
            return Reject("read", NO_ANSWER, f"{what}; check that its disk or share is still there, and run again")
        took = f"took longer than {seconds:g} seconds"
        return Reject(worker.stage, "too_slow", f"{took}; split the file, or give more time with --timeout")

    def _died(self, worker: _Worker[_Task]) -> Reject | None:
        """After a worker's death: its task is tried once more alone, then told."""
        self._drop(worker)
        if worker.task is None:
            return None
        if worker.task not in self._tried:
            self._tried.append(worker.task)
            self._again.append(worker.task)
            return None
        if worker.stage == "read" and -(worker.process.exitcode or 0) in _CRASHES:
            what = "its reader crashed, twice: it is damaged, or asks for more memory than a document may take"
            return Reject("read", "reader_died", f"{what}; print or export it again")
        what = "the process that worked on it was killed or crashed, twice"
        return Reject(worker.stage, "worker_died", f"{what}; export it again, or free memory and run again")

    def _drop(self, worker: _Worker[_Task]) -> None:
        self._workers.remove(worker)
        worker.end()


def _serve(
    connection: Connection,
    work: Callable[[Any, Entering], Any],
    memory: int,
    folder: Path,
    writable: Sequence[Path],
) -> None:
    """In the worker: tasks in, answers out, until the supervisor is gone or the process has grown too large."""
    with suppress(OSError):  # where memory runs out, the system shall end a worker and not the supervisor
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
    use_scratch(folder)
    isolate([folder, *writable])
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor hears it too, and ends its workers
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    at_start = resident_memory()
    with suppress(EOFError, OSError):
        ends = False
        while not ends:
            task = connection.recv()
            bound_memory(memory)
            try:
                answer = _answer(work, task, lambda stage: connection.send(_Stage(stage)))
            except UserError as error:
                connection.send(_Failed(error))
                continue
            ends = resident_memory() - at_start > GROWN
            connection.send(_Done(answer, ends))
    os._exit(0)


def _answer(work: Callable[[Any, Entering], Any], task: Any, entering: Entering) -> Any:
    """What the work gives; what goes wrong outside its stages is a Reject too."""
    try:
        return work(task, entering)
    except UserError:
        raise
    except MemoryError:
        return Reject("load", "too_much_memory", "its rows take too much memory; split the file")
    except Exception as error:
        message = f"{type(error).__name__}: {error}; this is a fault of poimuri, please report it with the file"
        return Reject("load", "internal_error", message)
