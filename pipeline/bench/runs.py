"""What runs over a folder cost: whole runs in processes of their own, by one worker and two, and the time by stage.

Seconds of different machines, or of one that others use too, are made comparable by a yardstick: a fixed piece of work
that is timed beside.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

from extractors.records import EXTRACTED
from lexicons.errors import UserError
from pipeline.process import extracted, prepare, staged
from pipeline.read.formats import BY_SUFFIX
from pipeline.rejects import Reject

LARGEST_FALL = 0.15
"""By how much a figure may be below that of the last release."""

COMPARED = ("tokens_per_yardstick", "tokens_per_yardstick_two")
"""Figures of which higher is better and that hang on no machine."""

SAMPLED = 0.1
"""Seconds between two looks at the memory."""


class Ran(NamedTuple):
    """A run: CPU seconds of all its processes, wall seconds, MB of them at the peak (None if not known)."""

    cpu: float
    wall: float
    megabytes: float | None


def measure(folder: Path) -> dict[str, Any]:
    """All figures of a folder of exports. Raises UserError where a run fails or the folder has no export."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in BY_SUFFIX)
    if not files:
        raise UserError(f"{folder} has no exports; poimuri synth 100 corpus makes some, in corpus/exports")
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    units = [yardstick()]
    with tempfile.TemporaryDirectory(prefix="poimuri-bench-") as name:
        one = run(folder, Path(name) / "one", 1)
        units.append(yardstick())
        two = run(folder, Path(name) / "two", 2)
        units.append(yardstick())
        again = run(folder, Path(name) / "one", 1)
        manifest = json.loads((Path(name) / "one" / "current" / "manifest.json").read_text(encoding="utf-8"))
    unit = mean(units)
    rows: Mapping[str, int] = manifest["rows"]
    return {
        "files": len(files),
        "documents": rows["documents"],
        "rejects": rows["rejects"],
        "tokens": rows["tokens"],
        "megabytes": round(megabytes, 2),
        "documents_per_cpu_second": round(rows["documents"] / one.cpu, 2),
        "tokens_per_cpu_second": round(rows["tokens"] / one.cpu),
        "megabytes_per_cpu_second": round(megabytes / one.cpu, 3),
        "one_worker": one._asdict(),
        "two_workers": two._asdict(),
        "nothing_changed": again._asdict(),
        "wall_ratio_of_two": round(one.wall / two.wall, 2),
        "microseconds_per_token": _stages(files, rows["tokens"]),
        "yardstick_seconds": round(unit, 4),
        "tokens_per_yardstick": round(rows["tokens"] / one.cpu * unit),
        "tokens_per_yardstick_two": round(rows["tokens"] / two.cpu * unit),
    }


def run(raw: Path, out: Path, workers: int) -> Ran:
    """Run the batch with all tables and wait for it. Raises UserError where it fails."""
    command = [sys.executable, "-m", "poimuri", "run", str(raw), str(out), "--tokens", "--workers", str(workers)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    peaks: list[float] = []
    watch = threading.Thread(target=_watch, args=(process.pid, peaks), daemon=True)
    watch.start()
    _, code, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    wall = time.monotonic() - started
    watch.join()
    if process.returncode not in (0, 3):
        raise UserError(f"the run over {raw} ended with {process.returncode}; see its message above")
    return Ran(round(used.ru_utime + used.ru_stime, 2), round(wall, 2), round(max(peaks), 1) if peaks else None)


def _watch(pid: int, peaks: list[float]) -> None:
    """Note the memory of a process with its children until it ends; nothing where the system does not tell it."""
    while (size := _tree_megabytes(pid)) > 0:
        peaks.append(size)
        time.sleep(SAMPLED)


def _tree_megabytes(pid: int) -> float:
    """Memory of a process and all below it, what several share counted once; 0 when it is gone."""
    total = 0.0
    with suppress(OSError):
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        total = sum(int(found) for found in re.findall(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)) / 1000
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                total += _tree_megabytes(int(child))
    return total


def _stages(files: list[Path], tokens: int) -> dict[str, float]:
    """CPU microseconds a token by stage, *extract* for all tables; in this process, which knows no form yet."""
    prepare()
    spent: dict[str, float] = defaultdict(float)
    for path in files:
        at = time.process_time()
        with suppress(Reject):
            document: Any = None
            for stage, value in staged(path.read_bytes(), path.name):
                now = time.process_time()
                spent[stage] += now - at
                document, at = value, now
            extracted(document, EXTRACTED)
            spent["extract"] += time.process_time() - at
    return {stage: round(seconds / max(tokens, 1) * 1e6, 1) for stage, seconds in spent.items()}


def yardstick() -> float:
    """CPU seconds of fixed work such as the stages do, on strings, dictionaries, patterns; the middle one of nine."""
    spent = []
    for _ in range(9):
        start = time.process_time()
        counts: dict[str, int] = {}
        for number in range(60_000):
            word = f"{number * 7919 % 104_729:x}"
            counts[word] = counts.get(word, 0) + len(re.findall(r"[a-f]+", word))
        sorted(counts.items(), key=lambda item: (item[1], item[0]))
        spent.append(time.process_time() - start)
    return median(spent)


def falls(figures: Mapping[str, Any], base: Mapping[str, Any]) -> list[str]:
    """What is worse than it was by more than a release may be, a line each.

    Raises UserError where the figures are of other files.
    """
    if figures["tokens"] != base["tokens"] and abs(figures["tokens"] / max(base["tokens"], 1) - 1) > LARGEST_FALL:
        raise UserError(f"the earlier figures are of {base['tokens']:,} tokens, these of {figures['tokens']:,}")
    return [
        f"{name}: {figures[name]:,} where it was {base[name]:,} ({figures[name] / base[name]:.0%})"
        for name in COMPARED
        if figures[name] < (1 - LARGEST_FALL) * base[name]
    ]
