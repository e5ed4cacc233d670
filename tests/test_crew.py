"""Workers that hang, crash, are killed or eat memory: the other tasks are answered, the culprit is named."""

from __future__ import annotations

import ctypes
import errno
import faulthandler
import os
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from lexicons import UserError
from pipeline.batch.crew import Crew, WorkerError
from pipeline.process import Entering
from pipeline.rejects import Reject

ORDINARY = ["yksi", "kaksi", "kolme", "neljä"]


def answers(work: Callable[[str, Entering], str], n_workers: int = 2, seconds: float = 300) -> dict[str, str | Reject]:
    """What a crew answers to ordinary tasks and one more, `outo`, which alone has so few seconds."""
    crew: Crew[str, str] = Crew(
        work,
        n_workers,
        lambda task: seconds if task == "outo" else 300,
        memory=500_000_000,
        writable=[Path(tempfile.gettempdir())],  # where tests leave marks
    )
    return dict(crew.answers(["outo", *ORDINARY]))


def upper(odd: Callable[[Entering], object]) -> Callable[[str, Entering], str]:
    """Work that answers a word in capitals and does something else for `outo`."""

    def work(task: str, entering: Entering) -> str:
        return task.upper() if task != "outo" else str(odd(entering))

    return work


def rejected(odd: Callable[[Entering], object], **bounds: float) -> Reject:
    """How the odd task is rejected; the ordinary ones are answered by one worker and by two."""
    for n_workers in (1, 2):
        found = answers(upper(odd), n_workers, **bounds)
        reject = found.pop("outo")
        assert found == {task: task.upper() for task in ORDINARY}
    assert isinstance(reject, Reject)
    assert ";" in reject.message
    return reject


def test_all_tasks_are_answered_each_by_a_worker() -> None:
    found = answers(lambda task, entering: f"{task} {os.getpid() != os.getppid()}")
    assert found == {task: f"{task} True" for task in ["outo", *ORDINARY]}


def test_a_task_that_hangs_is_killed_at_its_deadline_and_named_with_its_stage() -> None:
    def hang(entering: Entering) -> None:
        entering("repair")
        ctypes.CDLL(None).sleep(200)

    started = time.monotonic()
    reject = rejected(hang, seconds=0.5)
    assert (reject.stage, reject.code) == ("repair", "too_slow")
    assert "0.5 seconds" in reject.message and "--timeout" in reject.message
    assert time.monotonic() - started < 200


def test_a_task_that_only_waits_for_its_file_has_no_answer() -> None:
    reject = rejected(lambda entering: ctypes.CDLL(None).sleep(200), seconds=0.5)
    assert (reject.stage, reject.code) == ("read", "no_answer")
    assert "0.5 seconds" in reject.message


def test_a_task_that_works_is_killed_after_its_seconds_of_work() -> None:
    def work(entering: Entering) -> None:
        while True:
            pass

    started = os.times()
    assert rejected(work, seconds=0.6).code == "too_slow"
    ended = os.times()
    assert ended.children_user + ended.children_system - started.children_user - started.children_system >= 2 * 0.5


def test_a_task_that_gets_little_of_the_machine_has_the_time_for_its_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.crew.cpu_seconds", lambda pid: time.monotonic() / 10)

    def slowed(entering: Entering) -> str:
        time.sleep(1)
        return "valmis"

    assert answers(upper(slowed), seconds=0.5)["outo"] == "valmis"


def test_a_task_that_swallows_what_would_stop_it_is_killed_too() -> None:
    def stubborn(entering: Entering) -> NoReturn:
        entering("analyse")
        for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        while True:
            try:
                time.sleep(1)
            except BaseException:
                continue

    assert rejected(stubborn, seconds=0.5).code == "too_slow"


def test_a_crash_in_c_is_tried_once_more_and_told(tmp_path: Path) -> None:
    tries = tmp_path / "tries"

    def crash(entering: Entering) -> None:
        with tries.open("a") as file:
            file.write("x")
        entering("analyse")
        faulthandler.disable()
        ctypes.string_at(0)

    reject = rejected(crash)
    assert (reject.stage, reject.code) == ("analyse", "worker_died")
    assert tries.read_text() == "xx" * 2


def test_a_reader_that_crashes_is_told_as_one() -> None:
    def crash(entering: Entering) -> None:
        faulthandler.disable()
        ctypes.string_at(0)

    reject = rejected(crash)
    assert (reject.stage, reject.code) == ("read", "reader_died")


def test_a_worker_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "killed"

    def killed_once(entering: Entering) -> str:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return "elossa"

    assert answers(upper(killed_once))["outo"] == "elossa"


def test_what_killed_a_worker_is_tried_again_when_nothing_else_runs(tmp_path: Path) -> None:
    def killed_in_company(entering: Entering) -> str:
        if len(list(tmp_path.iterdir())) < len(ORDINARY):
            os.kill(os.getpid(), signal.SIGKILL)
        return "yksin"

    def work(task: str, entering: Entering) -> str:
        if task == "outo":
            return killed_in_company(entering)
        time.sleep(0.1)
        (tmp_path / task).touch()
        return task

    assert answers(work, n_workers=3)["outo"] == "yksin"


def test_memory_is_bound_over_the_whole_task() -> None:
    def eat(entering: Entering) -> int:
        entering("outline")
        return sum(len(bytearray(100_000_000)) for _ in iter(lambda: keep.append(bytearray(100_000_000)), 1))

    keep: list[object] = []
    assert rejected(eat).code == "too_much_memory"


def test_a_worker_that_has_grown_makes_place_for_a_fresh_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.crew.GROWN", 100_000_000)
    kept: list[bytearray] = []

    def grow(task: str, entering: Entering) -> str:
        kept.append(bytearray(200_000_000))
        return str(os.getpid())

    assert len(set(answers(grow, 1).values())) == 1 + len(ORDINARY)


def test_a_fault_of_ours_outside_the_stages_is_a_reject() -> None:
    assert rejected(lambda entering: 1 / 0).code == "internal_error"


def test_what_a_person_must_mend_ends_the_crew() -> None:
    def missing(task: str, entering: Entering) -> str:
        raise UserError("Tesseract is missing; install it")

    with pytest.raises(UserError, match="Tesseract is missing"):
        answers(missing)


def test_a_system_that_gives_no_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    with pytest.raises(WorkerError, match=r"Resource temporarily unavailable; .*ulimit -u"):
        answers(upper(lambda entering: ""))


def test_a_system_that_gives_one_process_only_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, calls = os.fork, iter(range(100))

    def once() -> int:
        if next(calls):
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", once)
    assert answers(upper(lambda entering: "tehty"), n_workers=3)["outo"] == "tehty"


def test_no_worker_is_left_when_the_asker_stops() -> None:
    crew: Crew[str, str] = Crew(lambda task, entering: str(os.getpid()), 1, lambda task: 30)
    found = crew.answers(ORDINARY)
    _, pid = next(found)
    found.close()  # type: ignore[attr-defined]
    assert isinstance(pid, str)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
