"""The ways in which a batch ended once: signals, printing, a full disk, little memory, workers and supervisors killed.

Each run is a process of its own. `POIMURI_KILLS` says how many runs are killed (`make kills`: a hundred).
"""

from __future__ import annotations

import os
import pkgutil
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import pyarrow.parquet as pq
import pytest

from extractors.records import TABLES
from pipeline.batch import source
from pipeline.cli import OK, SOME_REJECTED, USAGE
from pipeline.load.snapshot import PART
from pipeline.run import run
from tests.processes import FORK, Gate, Poimuri, poimuri, wait_for

GOOD = "Tavoiteltu muutos\nHoitoon pääsee keväällä 2021, ja 40 % asioi etänä.\n"
N_FILES = 12
KILLS = int(os.environ.get("POIMURI_KILLS", "6"))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Documents that are the longer the higher their number, so that a run begins with the last."""
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


def stored(out: Path) -> dict[str, int]:
    """The rows in the store, each with the time at which it was written."""
    return {path.name: path.stat().st_mtime_ns for path in (out / "runs" / ".store").glob("*/[!.]*.rows")}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_cleanly_and_the_next_run_goes_on(
    raw: Path, tmp_path: Path, number: signal.Signals, gate: Callable[..., Gate]
) -> None:
    out, held = tmp_path / "out", gate("Kunta 5.")
    with Poimuri("run", raw, out) as process:
        wait_for(lambda: len(stored(out)) == N_FILES - 6)
        process.kill(number)
        assert process.wait() == 128 + number
        assert process.printed[1] == "poimuri: stopped; what was read is kept, run again to go on\n"
    assert [path.name for path in (out / "runs").iterdir() if not path.name.startswith(".")] == []
    kept = stored(out)
    assert len(kept) == N_FILES - 6
    held.open()
    assert run(raw, out).rejects == ()
    assert kept.items() <= stored(out).items()
    assert tables(out) == undisturbed(raw, tmp_path)


def test_a_signal_that_is_ignored_stays_so(raw: Path, tmp_path: Path, gate: Callable[..., Gate]) -> None:
    held = gate("Kunta 5.")
    with Poimuri("run", raw, tmp_path / "out", first=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as process:
        wait_for(lambda: stored(tmp_path / "out"))
        process.kill(signal.SIGHUP)
        held.open()
        assert process.wait() == OK


def test_a_closed_pipe_and_a_full_disk_harm_no_printing(raw: Path, tmp_path: Path, gate: Callable[..., Gate]) -> None:
    (raw / "tyhjä.txt").touch()
    expected = undisturbed(raw, tmp_path)
    closed, full, held = tmp_path / "closed", tmp_path / "full", gate("Kunta 5.")
    reading, writing = os.pipe()
    with Poimuri("run", raw, closed, stdout=writing, first=lambda: os.close(reading)) as process:
        os.close(writing)
        assert b": ok" in os.read(reading, 1000)
        os.close(reading)
        held.open()
        assert process.wait() == SOME_REJECTED
    with (
        Path("/dev/full").open("wb") as nowhere,
        Poimuri("run", raw, full, stdout=nowhere.fileno(), first=lambda: os.dup2(nowhere.fileno(), 2)) as process,
    ):
        assert process.wait() == SOME_REJECTED
    assert tables(closed) == tables(full) == expected


def test_an_encoding_that_lacks_a_letter_harms_no_printing(raw: Path, tmp_path: Path) -> None:
    (raw / "päätös.txt").write_text(GOOD, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Tokyo"}
    done = subprocess.run(command(raw, tmp_path / "out"), capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == OK
    assert r"p\xe4\xe4t\xf6s.txt: ok" in done.stdout
    assert tables(tmp_path / "out") == undisturbed(raw, tmp_path)


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
    code, _, told = poimuri("run", raw, out, first=limited(resource.RLIMIT_FSIZE, n_bytes))
    assert code == USAGE
    assert told.startswith("poimuri: cannot write to ") and told.count("\n") == 1
    assert tables(out) == before
    assert sorted(path.name for path in (out / "runs").iterdir()) == runs


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "levy"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def add_a_line(raw: Path) -> None:
    for path in raw.iterdir():
        path.write_text(path.read_text(encoding="utf-8") + "Uusi rivi 2022.\n", encoding="utf-8")


def test_a_small_disk_that_is_full_leaves_the_last_tables(raw: Path, disk: Path, tmp_path: Path) -> None:
    run(raw, disk)
    before = tables(disk)
    left = os.statvfs(disk)
    (disk / "muuta.bin").write_bytes(bytes(left.f_bavail * left.f_frsize - 3 * left.f_frsize))
    add_a_line(raw)
    code, _, told = poimuri("run", raw, disk)
    assert (code, told.count("\n")) == (USAGE, 1)
    assert "No space left on device" in told
    assert tables(disk) == before
    (disk / "muuta.bin").unlink()
    assert poimuri("run", raw, disk)[0] == OK
    assert tables(disk) == undisturbed(raw, tmp_path)


def test_a_disk_that_may_only_be_read_leaves_the_last_tables(raw: Path, disk: Path, tmp_path: Path) -> None:
    run(raw, disk / "vanhat")
    before = tables(disk / "vanhat")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    add_a_line(raw)
    for name in ("vanhat", "uudet"):
        code, printed, told = poimuri("run", raw, disk / name)
        assert (code, printed) == (USAGE, "")
        assert told == (
            f"poimuri: cannot write to {disk / name}: Read-only file system; "
            "mend that or choose another output folder\n"
        )
    assert tables(disk / "vanhat") == before
    assert poimuri("status", raw, disk / "vanhat")[0] == OK
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert poimuri("run", raw, disk / "vanhat")[0] == OK
    assert tables(disk / "vanhat") == undisturbed(raw, tmp_path)


def hang() -> NoReturn:
    """What a call to a share does whose server is gone."""
    while True:
        time.sleep(60)


def silent(call: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """A call that is not answered for a folder and what is in it."""
    return lambda path, *more: hang() if Path(path).is_relative_to(folder) else call(path, *more)


@pytest.mark.parametrize("call", ["os.scandir", "pipeline.batch.plan.stat_of"])
def test_an_input_folder_that_does_not_answer_ends_the_run(
    raw: Path, tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(raw, out)
    before = tables(out)
    with monkeypatch.context() as patch:
        patch.setattr(call, silent(pkgutil.resolve_name(call), raw))
        patch.setattr("pipeline.batch.answering.SILENCE", 0.5)
        code, printed, told = poimuri("run", raw, out)
    assert (code, printed) == (USAGE, "")
    assert told == f"poimuri: {raw} does not answer; check that its disk or share is still there, and run again\n"
    assert tables(out) == before
    assert not run(raw, out).n_worked


def test_an_input_folder_that_is_looked_at_hears_a_signal(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = tmp_path / "called"

    def look(*_arguments: object) -> NoReturn:
        called.touch()
        hang()

    monkeypatch.setattr("pipeline.batch.plan.stat_of", look)
    with Poimuri("run", raw, tmp_path / "out") as process:
        wait_for(called.exists)
        process.kill(signal.SIGTERM)
        assert process.wait() == 128 + signal.SIGTERM


def test_a_share_that_is_gone_while_files_are_read_ends_the_run_and_keeps_what_was_read(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, load = tmp_path / "out", source.load_input

    def until_it_is_gone(folder: Path, path: str) -> tuple[bytes, source.Stat]:
        return hang() if Path(path).stem < "09" else load(folder, path)

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.batch.work.load_input", until_it_is_gone)
        code, _, told = poimuri("run", raw, out, "--timeout", 2)
    assert (code, told.count("\n"), "does not answer" in told) == (USAGE, 1, True)
    assert len(stored(out)) == 3
    assert run(raw, out).n_worked == N_FILES - 3
    assert tables(out) == undisturbed(raw, tmp_path)


def test_a_bound_on_memory_by_the_shell_is_kept_within(raw: Path, tmp_path: Path) -> None:
    bound = limited(resource.RLIMIT_AS, 1_500_000_000)
    out = tmp_path / "out"
    done = subprocess.run(command(raw, out, "--workers", "2"), capture_output=True, text=True, preexec_fn=bound)
    assert (done.returncode, done.stderr) == (OK, "")
    assert tables(out) == undisturbed(raw, tmp_path)


Seen = set[tuple[int, int, bool]]
"""What a reader saw of a run: documents, documents that have dates, whether all tables were there."""


@contextmanager
def reader(out: Path) -> Iterator[Callable[[], Seen]]:
    """Somebody who reads two tables of a run all the time; what they have seen is told once."""
    ours, theirs = FORK.Pipe()
    process = FORK.Process(target=_read, args=(out, theirs), daemon=True)
    process.start()

    def seen() -> Seen:
        ours.send("enough")
        found: Seen = ours.recv()
        return found

    try:
        yield seen
    finally:
        process.kill()
        process.join()


def _read(out: Path, asked: Any) -> None:
    seen: Seen = set()
    while not asked.poll(0.02):
        if (out / "current").exists():
            current = (out / "current").resolve()
            documents, dates = (
                len(pq.read_table(current / name, use_threads=False)["doc_id"].unique())
                for name in ("documents", "dates")
            )
            seen.add((documents, dates, all((out / table.TABLE / PART).exists() for table in TABLES)))
    asked.send(seen)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux to find the workers")
def test_runs_that_are_killed_at_any_moment_end_in_the_same_tables(raw: Path, tmp_path: Path) -> None:
    out, dice = tmp_path / "out", random.Random(15)
    seconds = 2.0
    with reader(out) as seen:
        for round_ in range(KILLS):
            (raw / f"{round_ % N_FILES:02}.txt").write_text(f"{GOOD * dice.randint(1, 30)}{round_}\n", encoding="utf-8")
            started = time.monotonic()
            with Poimuri("run", raw, out, "--workers", "2") as process:
                whom = dice.choice(["worker", "supervisor", "both"])
                process.has_ended(dice.uniform(0, seconds))
                workers = process.workers
                if whom != "supervisor" and workers:
                    with suppress(ProcessLookupError):
                        os.kill(dice.choice(workers), signal.SIGKILL)
                if whom != "worker":
                    process.kill()
                if process.wait() == OK:
                    seconds = time.monotonic() - started + 0.1
        wait_for(lambda: poimuri("run", raw, out)[0] == OK)
        assert seen() == {(N_FILES, N_FILES, True)}
    assert tables(out) == undisturbed(raw, tmp_path)
