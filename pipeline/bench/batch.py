"""What a batch costs when little or nothing has changed since the last one: CPU seconds of whole runs, in processes of
their own, and whether their tables are those of a run that takes nothing over.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.records import TABLES
from lexicons.errors import UserError
from lexicons.loader import FOLDER
from pipeline.load.snapshot import PART

RARE, ONE_IN = "zorbelo", 100
"""A word that no lexicon has, and in how many of the files it stands once: the edit of a lexicon is a term of it."""

_EDITED = "programmes.yaml"


@dataclass(frozen=True, slots=True)
class Measured:
    """A run: its CPU seconds in all processes, wall seconds, the largest process in MB."""

    name: str
    cpu: float
    wall: float
    megabytes: float


class BatchBench:
    """A folder of many files made of a few, and runs over it."""

    def __init__(self, samples: Path, n_files: int, work: Path) -> None:
        self.raw, self.out, self.lexicons = work / "raw", work / "out", work / "lexicons"
        self._samples = sorted(path for path in samples.iterdir() if path.suffix == ".txt")
        if not self._samples:
            raise UserError(f"{samples} has no .txt files to multiply; give a folder of exports as text")
        self.raw.mkdir()
        self._made = 0
        shutil.copytree(FOLDER, self.lexicons, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        self.add(n_files)

    def add(self, number: int) -> None:
        """Write so many new files: a sample each, with a line that makes it another."""
        for _ in range(number):
            sample = self._samples[self._made % len(self._samples)]
            rare = f" {RARE.capitalize()}." if self._made % ONE_IN == 0 else ""
            text = f"{sample.read_text(encoding='utf-8')}\nN:o {self._made}.{rare}\n"
            path = self.raw / f"{self._made:06}{sample.suffix}"
            path.write_text(text, encoding="utf-8")
            os.utime(path, (1_600_000_000, 1_600_000_000))
            self._made += 1

    def change(self, new: int, changed: int, removed: int) -> None:
        """So many files new, changed and gone."""
        files = sorted(self.raw.iterdir())
        for path in files[:removed]:
            path.unlink()
        for path in files[removed : removed + changed]:
            path.write_text(path.read_text(encoding="utf-8") + "N:o 0.\n", encoding="utf-8")
        self.add(new)

    def edit_lexicon(self) -> None:
        """A new term in a lexicon, as a maintainer adds one."""
        with (self.lexicons / _EDITED).open("a", encoding="utf-8") as file:
            file.write(f"  - id: {RARE}\n    name: {RARE}\n    terms: [{RARE}]\n")

    def run(self, name: str, workers: int = 1, out: Path | None = None) -> Measured:
        """Run the batch and wait for it. Raises UserError where it fails."""
        options = ["--workers", str(workers), "--allow-shrink", "--lexicons", str(self.lexicons)]
        command = [sys.executable, "-m", "poimuri", "run", str(self.raw), str(out or self.out), *options]
        started = time.monotonic()
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
        _, code, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
        if process.returncode not in (0, 3):
            raise UserError(f"the run '{name}' ended with {process.returncode}; see its message above")
        return Measured(name, used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1000)

    def same_as_fresh(self, workers: int, work: Path) -> bool:
        """Whether the tables are byte by byte those of a run by so many workers that takes nothing over."""
        out = work / f"fresh{workers}"
        self.run("fresh", workers, out)
        same = all((out / t.TABLE / PART).read_bytes() == (self.out / t.TABLE / PART).read_bytes() for t in TABLES)
        shutil.rmtree(out)
        return same


def measure(samples: Path, n_files: int, workers: int, compared: Iterable[int]) -> Iterator[Measured | str]:
    """The runs one after the other, each over what the last left; then whether fresh runs give the same tables."""
    with tempfile.TemporaryDirectory(prefix="poimuri-bench-") as folder:
        bench = BatchBench(samples, n_files, Path(folder))
        yield bench.run("first run", workers)
        yield bench.run("nothing changed", workers)
        bench.change(new=5, changed=1, removed=3)
        yield bench.run("5 new, 1 changed, 3 removed", workers)
        bench.edit_lexicon()
        yield bench.run("a lexicon edited: a term of 1 % of the files", workers)
        for number in compared:
            same = bench.same_as_fresh(number, Path(folder))
            yield f"tables {'equal to' if same else 'OTHER THAN'} those of a fresh run by {number} workers"
