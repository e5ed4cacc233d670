"""Stage *load*: records become one consistent snapshot of Parquet.

Part files are written and synced under `OUT/runs/<run-id>/<table>/`, then a manifest, then one rename of the link
`OUT/current` switches every table at once; `OUT/<table>` leads through it. A reader sees the last complete run or the
new one, never a mixture, also while a run is going on or after one was killed.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.records import SCHEMA_VERSION, TABLES, Record
from pipeline.schema import arrow_schema, to_arrow

PART_ROWS = 100_000
"""Rows after which a table's next part file begins; what a table may hold in memory."""

RUNS, CURRENT = "runs", "current"


class OutputError(RuntimeError):
    """The output folder cannot be used; the message says why and what to do."""


class Snapshot:
    """A run's output while it is written. Records are buffered a table and flushed in part files."""

    def __init__(self, out: Path, run_id: str) -> None:
        self.out, self.run_id = out, run_id
        self.folder = out / RUNS / run_id
        self.rows: dict[str, int] = {table.TABLE: 0 for table in TABLES}
        self._buffers: dict[str, list[Record]] = {table.TABLE: [] for table in TABLES}
        self._parts: dict[str, int] = {table.TABLE: 0 for table in TABLES}
        for table in TABLES:
            (self.folder / table.TABLE).mkdir(parents=True)

    def add(self, records: Mapping[str, Sequence[Record]]) -> None:
        """Take a document's records by table."""
        for table, rows in records.items():
            self._buffers[table] += rows
            self.rows[table] += len(rows)
            if len(self._buffers[table]) >= PART_ROWS or (table == "documents" and self._text_size() > 64_000_000):
                self._flush(table)

    def _text_size(self) -> int:
        return sum(getattr(record, "n_chars", 0) for record in self._buffers["documents"])

    def _flush(self, name: str) -> None:
        table = next(table for table in TABLES if name == table.TABLE)
        path = self.folder / name / f"part-{self._parts[name]:05d}.parquet"
        try:
            data = to_arrow(table, self._buffers[name])
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise OutputError(f"table {name}: {error}") from error
        with path.open("wb") as file:
            pq.write_table(data, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        self._parts[name] += 1
        self._buffers[name] = []

    def publish(self, manifest: Mapping[str, Any]) -> None:
        """Write what is left and the manifest, then switch readers to this run."""
        for table in TABLES:
            if self._buffers[table.TABLE] or not self._parts[table.TABLE]:
                self._flush(table.TABLE)
            _sync_folder(self.folder / table.TABLE)
        whole = {"run_id": self.run_id, "schema_version": SCHEMA_VERSION, "rows": self.rows, **manifest}
        _write_synced(self.folder / "manifest.json", json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
        _sync_folder(self.folder)
        _sync_folder(self.folder.parent)
        _point(self.out / CURRENT, Path(RUNS) / self.run_id)
        for table in TABLES:
            _point(self.out / table.TABLE, Path(CURRENT) / table.TABLE)
        _sync_folder(self.out)
        _remove_old_runs(self.out)


@contextmanager
def snapshot(out: Path) -> Iterator[Snapshot]:
    """A new run in an output folder, removed again if it is not published.

    Raises OutputError where the folder cannot be written, holds other things under our names, or another run is at
    work in it.
    """
    _prepare(out)
    with _lock(out):
        _remove_unfinished(out)
        run = Snapshot(out, _new_run_id(out))
        try:
            yield run
        except BaseException:
            shutil.rmtree(run.folder, ignore_errors=True)
            raise


def _prepare(out: Path) -> None:
    try:
        (out / RUNS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error.strerror}; choose another output folder") from None
    for name in (CURRENT, *(table.TABLE for table in TABLES)):
        if (out / name).exists() and not (out / name).is_symlink():
            raise OutputError(f"{out / name} is not a link of an earlier run; move it away or choose another folder")


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    """One run at a time in a folder."""
    with (out / RUNS / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"another run is writing to {out}; wait for it or choose another folder") from None
        yield


def _new_run_id(out: Path) -> str:
    """UTC time of the start, with a counter where a run has that name already."""
    stem = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    run_id, number = stem, 1
    while (out / RUNS / run_id).exists():
        number += 1
        run_id = f"{stem}-{number}"
    return run_id


def _point(link: Path, target: Path) -> None:
    """Make a link lead to a target in one step."""
    if link.is_symlink() and link.readlink() == target:
        return
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _runs(out: Path) -> list[Path]:
    return sorted(path for path in (out / RUNS).iterdir() if path.is_dir())


def _current(out: Path) -> Path | None:
    link = out / CURRENT
    return (out / link.readlink()) if link.is_symlink() else None


def _remove_unfinished(out: Path) -> None:
    """Remove what killed runs left. Only folders of ours: without a manifest, under our own `runs`."""
    for run in _runs(out):
        if not (run / "manifest.json").exists() and run != _current(out):
            shutil.rmtree(run, ignore_errors=True)


def _remove_old_runs(out: Path) -> None:
    """Keep the current run and the one before it, which readers may still hold open."""
    current = _current(out)
    older = [run for run in _runs(out) if run != current]
    for run in older[:-1]:
        shutil.rmtree(run, ignore_errors=True)


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def empty_tables() -> dict[str, pa.Table]:
    """Every table without rows, for readers' tests."""
    return {table.TABLE: arrow_schema(table).empty_table() for table in TABLES}
