"""Stage *load*: records become one consistent snapshot of Parquet.

A part file a table is written and synced under `OUT/runs/<run-id>/<table>/`, then a manifest, then one rename of the
link `OUT/current` switches every table at once; `OUT/<table>` leads through it. A reader sees the last complete run or
the new one, never a mixture, also while a run is going on or after one was killed.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import regex

from extractors.records import SCHEMA_VERSION, TABLES, Record
from lexicons.errors import UserError
from pipeline.load.schema import arrow_schema, to_arrow

PART_ROWS = 50_000
"""Rows after which a table's next row group is written; what a table may hold in memory."""

PART_BYTES = 16_000_000
"""The same in bytes."""

JOINED = 64
"""Batches that are joined to one while they wait: each costs some kilobytes beside its rows."""

KEPT = 3
"""Runs that are kept, the new one included."""

RUNS, CURRENT = "runs", "current"

PART = "part-00000.parquet"
"""One file a table, written row group by row group: a reader that has listed a folder before a switch and opens it
after gets one whole run."""

_RUN_NAME = regex.compile(r"\d{8}T\d{6}Z(?:-\d+)?")


class OutputError(UserError):
    """The output folder cannot be used; the message says why and what to do."""


@dataclass(slots=True)
class _Buffer:
    """Rows of a table that wait to become a row group; small batches are joined, which are larger than their rows."""

    batches: list[pa.RecordBatch]
    n_rows: int = 0
    n_small: int = 0
    _joined_bytes: int = 0
    _small_bytes: int = 0

    def take(self, batch: pa.RecordBatch, n_bytes: int) -> None:
        self.batches.append(batch)
        self.n_rows += batch.num_rows
        self.n_small += 1
        self._small_bytes += n_bytes
        if self.n_small == JOINED:
            joined = pa.Table.from_batches(self.batches[-JOINED:]).combine_chunks().to_batches()
            self.batches[-JOINED:] = joined
            self._joined_bytes += sum(one.nbytes for one in joined)
            self.n_small = self._small_bytes = 0

    @property
    def n_bytes(self) -> int:
        return self._joined_bytes + self._small_bytes


class Snapshot:
    """A run's output while it is written. Rows are buffered a table and flushed as row groups."""

    def __init__(self, out: Path, run_id: str, keep: int) -> None:
        self.out, self.run_id, self._keep = out, run_id, keep
        self._started = _now()
        self.folder = out / RUNS / run_id
        self.rows: dict[str, int] = {table.TABLE: 0 for table in TABLES}
        self._buffers: dict[str, _Buffer] = {table.TABLE: _Buffer([]) for table in TABLES}
        self._writers: dict[str, pq.ParquetWriter] = {}
        with as_output_error(out):
            for table in TABLES:
                (self.folder / table.TABLE).mkdir(parents=True)
                path = self.folder / table.TABLE / PART
                self._writers[table.TABLE] = pq.ParquetWriter(
                    path, arrow_schema(table), compression="zstd", write_page_checksum=True
                )

    def add(self, records: Mapping[str, Sequence[Record]]) -> None:
        """Take records by table. Raises OutputError where they cannot be written."""
        for name, rows in records.items():
            table = next(table for table in TABLES if name == table.TABLE)
            try:
                data = to_arrow(table, rows)
            except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
                raise OutputError(f"table {name}: {error}") from error
            for batch in data.to_batches():
                self.add_rows(name, batch, batch.nbytes)

    def add_rows(self, name: str, batch: pa.RecordBatch, n_bytes: int) -> None:
        """Take rows of one table, about so many bytes: to count them anew costs more than all else here.

        Raises OutputError where they cannot be written.
        """
        buffer = self._buffers[name]
        buffer.take(batch, n_bytes)
        self.rows[name] += batch.num_rows
        if buffer.n_rows >= PART_ROWS or buffer.n_bytes >= PART_BYTES:
            self._flush(name)

    def _flush(self, name: str) -> None:
        buffer = self._buffers[name]
        if buffer.batches:
            with as_output_error(self.out):
                self._writers[name].write_table(pa.Table.from_batches(buffer.batches))
        self._buffers[name] = _Buffer([])

    def publish(self, manifest: Mapping[str, Any]) -> None:
        """Write what is left and the manifest, then switch readers to this run. Raises OutputError."""
        for table in TABLES:
            self._flush(table.TABLE)
        with as_output_error(self.out):
            self.close()
            for table in TABLES:
                _sync(self.folder / table.TABLE / PART)
                _sync(self.folder / table.TABLE)
            whole: dict[str, Any] = {
                "run_id": self.run_id,
                "schema_version": SCHEMA_VERSION,
                "started": self._started,
                "finished": _now(),
            }
            whole |= {"rows": self.rows, **manifest}
            whole["bytes"] = {table.TABLE: (self.folder / table.TABLE / PART).stat().st_size for table in TABLES}
            path = self.folder / "manifest.json"
            path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            for done in (path, self.folder, self.folder.parent):
                _sync(done)
            before = _current(self.out)
            _switch(self.out, self.folder)
        _remove_runs(self.out, keep=self._kept(before))

    def _kept(self, before: Path | None) -> set[Path]:
        """The runs that stay: this one, that before whatever the clock said, the newest others, one with documents."""
        kept = [self.folder] if before is None else [self.folder, before]
        kept += [run for run in reversed(_runs(self.out)) if run not in kept][: max(0, self._keep - len(kept))]
        filled = [run for run in reversed(_runs(self.out)) if _manifest(run).get("rows", {}).get("documents")]
        return {*kept, *filled[: 0 if self.rows["documents"] else 1]}

    def close(self) -> None:
        """Close the part files, whole or not."""
        for writer in self._writers.values():
            writer.close()


@contextmanager
def locked(out: Path, *, wait: bool = False) -> Iterator[None]:
    """An output folder for one run alone, without what killed runs left there.

    Where another run is at work there, this one waits for its end if it is to.

    Raises OutputError where the folder cannot be written, holds other things under our names, or another run is at
    work in it.
    """
    _check(out)
    with as_output_error(out):
        (out / RUNS).mkdir(parents=True, exist_ok=True)
    with _lock(out, wait):
        current = _current(out)
        _remove_runs(out, keep={run for run in _runs(out) if (run / "manifest.json").exists() or run == current})
        yield


@contextmanager
def snapshot(out: Path, keep: int = KEPT) -> Iterator[Snapshot]:
    """A new run in a locked output folder, removed again if it is not published.

    Once it is, so many runs are left, and always that before and the last one with documents. Raises OutputError.
    """
    with as_output_error(out):
        run_id = _new_run_id(out)
    try:
        run = Snapshot(out, run_id, keep)
    except OutputError:
        shutil.rmtree(out / RUNS / run_id, ignore_errors=True)
        raise
    try:
        yield run
    except BaseException:
        with suppress(OSError):
            run.close()
        if run.folder != _current(out):
            shutil.rmtree(run.folder, ignore_errors=True)
        raise


def restore(out: Path, run_id: str) -> None:
    """Lead readers to an earlier run. Raises OutputError where it is not there or not whole; the folder is locked."""
    run = out / RUNS / run_id
    if run not in _runs(out):
        there = ", ".join(path.name for path in _runs(out)) or "none"
        raise OutputError(f"{out} has no run {run_id}; there are {there}")
    if not is_whole(run):
        raise OutputError(f"run {run_id} of {out} is not whole; choose another of `poimuri history {out}`")
    with as_output_error(out):
        _switch(out, run)


def manifests(out: Path) -> list[dict[str, Any]]:
    """The manifests of the runs that are kept, the oldest first."""
    found = [_manifest(run) for run in _runs(out)] if (out / RUNS).is_dir() else []
    return [one for one in found if one]


def current_run(out: Path) -> Path | None:
    """The folder of the run that readers see; None where there is none."""
    run = _current(out)
    return run if run is not None and run.is_dir() else None


def read_rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table that has few, as readers see it or in a run's folder.

    Raises OutputError. Read file by file: pyarrow's reader of folders imports pandas, which takes two seconds.
    """
    try:
        rows: list[dict[str, Any]] = pq.ParquetFile(folder / table / PART).read().to_pylist()
        return rows
    except (OSError, pa.ArrowInvalid) as error:
        reason = str(error).splitlines()[0]
        raise OutputError(f"{folder} has no table {table} of a run: {reason}; give the folder of tables") from None


def is_whole(run: Path) -> bool:
    """Whether a run's folder has the tables that its manifest tells of, by their sizes."""
    try:
        sizes = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["bytes"]
        return all((run / name / PART).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError):
        return False


def last_manifest(out: Path) -> dict[str, Any]:
    """The manifest of the run that readers see; empty where there is none."""
    return _manifest(out / CURRENT)


def _manifest(run: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return {}


@contextmanager
def as_output_error(out: Path) -> Iterator[None]:
    """Failures of the file system told in one line."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write to {out}: {reason}; mend that or choose another output folder") from error


def _check(out: Path) -> None:
    """Refuse a folder that holds something of others under a name of ours; nothing is touched before."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is not a folder; choose another output folder")
    ours = {CURRENT: RUNS} | {table.TABLE: CURRENT for table in TABLES}
    for name, target in ours.items():
        link = out / name
        if link.is_symlink() and link.readlink().parts[:1] == (target,):
            continue
        if link.is_symlink() or link.exists():
            raise OutputError(f"{link} is not a link of an earlier run; move it away or choose another folder")
    runs = out / RUNS
    if runs.is_symlink() or (runs.exists() and not runs.is_dir()):
        raise OutputError(f"{runs} is not a folder of earlier runs; move it away or choose another folder")


@contextmanager
def _lock(out: Path, wait: bool) -> Iterator[None]:
    """One run at a time in a folder."""
    with as_output_error(out):
        file = (out / RUNS / ".lock").open("w")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise OutputError(
                f"another run is writing to {out}; wait for it (--wait) or choose another folder"
            ) from None
        yield


def _new_run_id(out: Path) -> str:
    """UTC time of the start, with a counter where runs began in that second already: ids sort as runs began."""
    stem = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    same = [path.name.removeprefix(stem).lstrip("-") for path in (out / RUNS).glob(f"{stem}*")]
    return f"{stem}-{max(int(number or 1) for number in same) + 1:02d}" if same else stem


def _point(link: Path, target: Path) -> None:
    """Make a link lead to a target in one step."""
    if link.is_symlink() and link.readlink() == target:
        return
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _switch(out: Path, run: Path) -> None:
    """Lead readers of all tables to a run in one step."""
    for table in TABLES:  # first, so that they lead somewhere from the moment on in which `current` does
        _point(out / table.TABLE, Path(CURRENT) / table.TABLE)
    _point(out / CURRENT, Path(RUNS) / run.name)
    _sync(out)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _runs(out: Path) -> list[Path]:
    """The folders of runs; a stranger's folder beside them is none."""
    return sorted(path for path in (out / RUNS).iterdir() if path.is_dir() and _RUN_NAME.fullmatch(path.name))


def _current(out: Path) -> Path | None:
    link = out / CURRENT
    return (out / link.readlink()) if link.is_symlink() else None


def _remove_runs(out: Path, keep: Collection[Path | None]) -> None:
    """Remove all runs but some: what killed runs left, or what is older than those that are kept."""
    for run in _runs(out):
        if run not in keep:
            shutil.rmtree(run, ignore_errors=True)


def _sync(path: Path) -> None:
    """Make sure that a file's bytes or a folder's entries are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
