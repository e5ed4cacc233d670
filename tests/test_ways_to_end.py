"""The ways in which a batch ended once: signals, printing, a full disk, little memory, workers and supervisors killed.

Each run is a process of its own. `POIMURI_KILLS` says how many runs are killed (`make kills`: a hundred).
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extractors.records import TABLES
from pipeline.cli import OK, SOME_REJECTED, USAGE
from pipeline.load.snapshot import PART
from pipeline.run import run

GOOD = "Tavoiteltu muutos\nHoitoon pääsee keväällä 2021, ja 40 % asioi etänä.\n"
N_FILES = 12
KILLS = int(os.environ.get("POIMURI_KILLS", "4"))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(N_FILES):
        text = GOOD * (1 + number) + f"Kunta {number}.\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def command(raw: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "pipeline.cli", "run", str(raw), str(out), *options]


def tables(out: Path) -> dict[str, bytes]:
    return {table.TABLE: (out / table.TABLE / PART).read_bytes() for table in TABLES}


def undisturbed(raw: Path, tmp_path: Path) -> dict[str, bytes]:
    run(raw, tmp_path / "undisturbed")
    return tables(tmp_path / "undisturbed")


def stored(out: Path) -> int:
    """How many entries the store has."""
    return len(list((out / "runs" / ".store").glob("*/[!.]*.rows")))


def wait_for(happened: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_cleanly_and_the_next_run_goes_on(raw: Path, tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(command(raw, out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: stored(out) >= 3)
        process.send_signal(number)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 128 + number
    assert told == "poimuri: stopped; what was read is kept, run again to go on\n"
    assert [path.name for path in (out / "runs").iterdir() if not path.name.startswith(".")] == []
    kept = {path.name: path.stat().st_mtime_ns for path in (out / "runs" / ".store").rglob("*.rows")}
    assert 3 <= len(kept) < N_FILES
    assert run(raw, out).rejects == ()
    now = {path.name: path.stat().st_mtime_ns for path in (out / "runs" / ".store").rglob("*.rows")}
    assert kept.items() <= now.items()
    assert tables(out) == undisturbed(raw, tmp_path)


def test_a_signal_that_is_ignored_stays_so(raw: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(raw, tmp_path / "out"),
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    wait_for(lambda: stored(tmp_path / "out") >= 1)
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=60) == OK


def test_a_closed_pipe_a_full_disk_and_a_poor_encoding_harm_no_printing(raw: Path, tmp_path: Path) -> None:
    (raw / "päätös.txt").write_text(GOOD, encoding="utf-8")
    (raw / "tyhjä.txt").touch()
    expected = undisturbed(raw, tmp_path)
    closed, full, poor = (tmp_path / name for name in ("closed", "full", "poor"))
    with subprocess.Popen(command(raw, closed), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=60) == SOME_REJECTED
    with Path("/dev/full").open("w") as nowhere:
        assert subprocess.run(command(raw, full), stdout=nowhere, stderr=nowhere).returncode == SOME_REJECTED
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Tokyo"}
    done = subprocess.run(command(raw, poor), capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == SOME_REJECTED
    assert r"p\xe4\xe4t\xf6s.txt: ok" in done.stdout
    assert tables(closed) == tables(full) == tables(poor) == expected


def limited(kind: int, n_bytes: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (n_bytes, n_bytes))


@pytest.mark.parametrize("n_bytes", [2_000, 12_000])
def test_a_disk_that_fills_leaves_the_last_tables_and_no_unfinished_run(
    raw: Path, tmp_path: Path, n_bytes: int
) -> None:
    """No file may grow beyond a bound, by which first the store's entries and then the tables cannot be written."""
    out = tmp_path / "out"
    run(raw, out)
    before, runs = tables(out), sorted(path.name for path in (out / "runs").iterdir())
    for path in sorted(raw.iterdir()):
        path.write_text(path.read_text(encoding="utf-8") + "Uusi rivi 2022.\n", encoding="utf-8")
    done = subprocess.run(
        command(raw, out), capture_output=True, text=True, preexec_fn=limited(resource.RLIMIT_FSIZE, n_bytes)
    )
    assert done.returncode == USAGE
    assert done.stderr.startswith("poimuri: cannot write to ") and done.stderr.count("\n") == 1
    assert tables(out) == before
    assert sorted(path.name for path in (out / "runs").iterdir()) == runs


def test_a_small_disk_that_is_full_leaves_the_last_tables(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "levy"
    out.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", out], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        run(raw, out)
        before = tables(out)
        left = os.statvfs(out)
        (out / "muuta.bin").write_bytes(bytes(left.f_bavail * left.f_frsize - 3 * left.f_frsize))
        for path in raw.iterdir():
            path.write_text(path.read_text(encoding="utf-8") + "Uusi rivi 2022.\n", encoding="utf-8")
        done = subprocess.run(command(raw, out), capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (USAGE, 1)
        assert "No space left on device" in done.stderr
        assert tables(out) == before
        (out / "muuta.bin").unlink()
        assert subprocess.run(command(raw, out), stdout=subprocess.DEVNULL, check=False).returncode == OK
        assert tables(out) == undisturbed(raw, tmp_path)
    finally:
        subprocess.run(["umount", out], check=True)


def test_a_bound_on_memory_by_the_shell_is_kept_within(raw: Path, tmp_path: Path) -> None:
    bound = limited(resource.RLIMIT_AS, 1_500_000_000)
    out = tmp_path / "out"
    done = subprocess.run(command(raw, out, "--workers", "2"), capture_output=True, text=True, preexec_fn=bound)
    assert (done.returncode, done.stderr) == (OK, "")
    assert tables(out) == undisturbed(raw, tmp_path)


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


@contextmanager
def reader(out: Path) -> Iterator[set[tuple[int, int]]]:
    """Somebody who reads two tables of a run all the time; what they saw: documents, and the dates' documents."""
    seen: set[tuple[int, int]] = set()
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            if (out / "current").exists():
                current = (out / "current").resolve()
                counts = [pq.read_table(current / name)["doc_id"].unique() for name in ("documents", "dates")]
                seen.add((len(counts[0]), len(counts[1])))
                assert all((out / table.TABLE / PART).exists() for table in TABLES)
            time.sleep(0.02)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux to find the workers")
def test_runs_that_are_killed_at_any_moment_end_in_the_same_tables(raw: Path, tmp_path: Path) -> None:
    out, dice = tmp_path / "out", random.Random(15)
    seconds = 2.0
    with reader(out) as seen:
        for round_ in range(KILLS):
            (raw / f"{round_ % N_FILES:02}.txt").write_text(f"{GOOD * dice.randint(1, 30)}{round_}\n", encoding="utf-8")
            started = time.monotonic()
            process = subprocess.Popen(
                command(raw, out, "--workers", "2"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            whom = dice.choice(["worker", "supervisor", "both"])
            with suppress(subprocess.TimeoutExpired):
                process.wait(dice.uniform(0, seconds))
            workers = children(process.pid)
            if whom != "supervisor" and workers:
                with suppress(ProcessLookupError):
                    os.kill(dice.choice(workers), signal.SIGKILL)
            if whom != "worker":
                process.kill()
            if process.wait(timeout=120) == OK:
                seconds = time.monotonic() - started + 0.2
        wait_for(lambda: subprocess.run(command(raw, out), stdout=subprocess.DEVNULL, check=False).returncode == OK)
    assert {documents for documents, _ in seen} == {N_FILES}
    assert {dates for _, dates in seen} == {N_FILES}
    assert tables(out) == undisturbed(raw, tmp_path)
