"""The changes between two runs: counts by table, the changes by document, as lines, JSON or Parquet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lexicons.errors import UserError
from pipeline.load.diff import Change, changes
from pipeline.load.snapshot import RUNS, current_run, manifests

SHOWN = 60
"""Code points of a value that are shown."""


def show_diff(out: Path, one: str | None, other: str | None, as_json: bool, parquet: Path | None) -> None:
    """Print the changes between two runs of a folder, by default the last two, or between two folders' current runs.

    Raises UserError where these are not there.
    """
    found = changes(*_runs(out, one, other))
    if parquet is not None:
        _write(parquet, found)
    elif as_json:
        for change in found:
            print(json.dumps(change._asdict(), ensure_ascii=False, default=str))
    else:
        _print(found)


def _print(found: Iterable[Change]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    place = None
    for change in found:
        counts[change.table, change.change] += 1
        if place != (change.table, change.source_path):
            place = (change.table, change.source_path)
            print(f"{change.table} · {change.source_path}")
        where = f" (under {_cut(change.where)})" if change.where else ""
        print(f"  {change.change} {_cut(change.says)}{where}")
        for name, (before, now) in change.differences.items():
            print(f"    {name}: {_cut(before)} → {_cut(now)}")
    for table in dict.fromkeys(table for table, _ in counts):
        told = ", ".join(
            f"{counts[table, kind]:,} {kind}" for kind in ("gained", "lost", "changed") if counts[table, kind]
        )
        print(f"{table}: {told}")
    if not counts:
        print("no record differs")


def _write(path: Path, found: Iterable[Change]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        {**change._asdict(), "differences": json.dumps(change.differences, ensure_ascii=False, default=str)}
        for change in found
    ]
    schema = pa.schema([(name, pa.string()) for name in Change._fields])
    try:
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}; give a file in a folder that you may write to") from None


def _runs(out: Path, one: str | None, other: str | None) -> tuple[Path, Path]:
    now = current_run(out)
    if now is None:
        raise UserError(f"{out} has no run yet; give the folder of tables")
    if one is not None and other is None and (theirs := current_run(Path(one))) is not None:
        return now, theirs
    kept = [manifest["run_id"] for manifest in manifests(out)]
    if one is None:
        earlier = [run for run in kept if run < now.name]
        if not earlier:
            raise UserError(f"{out} has no earlier run; give two runs of `poimuri history {out}`, or another folder")
        return out / RUNS / earlier[-1], now
    for run in (one, other):
        if run is not None and run not in kept:
            raise UserError(f"{out} has no run {run}; there are {', '.join(kept)}")
    return out / RUNS / one, out / RUNS / other if other is not None else now


def _cut(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
