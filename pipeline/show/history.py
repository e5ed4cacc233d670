"""The runs that are kept, and whether one is whole, as lines and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from lexicons.errors import UserError
from pipeline.load.snapshot import RUNS, current_run, manifests


def show_history(out: Path, as_json: bool) -> None:
    """Print the runs of an output folder, the oldest first. Raises UserError where there are none."""
    current = _run(out, None).name
    for manifest in manifests(out):
        if as_json:
            print(json.dumps(manifest, ensure_ascii=False))
            continue
        rows, mark = manifest["rows"], " (current)" if manifest["run_id"] == current else ""
        files = f"{manifest.get('files', 0):,} files, {rows['documents']:,} documents, {rows['rejects']:,} rejects"
        print(f"{manifest['run_id']}  {files}, poimuri {manifest.get('poimuri', '?')}{mark}")


def show_faults(out: Path, run_id: str | None) -> int:
    """Print what is wrong with a run, or that nothing is; the number of faults. Raises UserError."""
    from pipeline.load.verify import faults

    run = _run(out, run_id)
    found = list(faults(run))
    for fault in found:
        print(fault)
    print(f"run {run.name}: {'whole' if not found else 'NOT WHOLE; restore another run, or run again with --fresh'}")
    return len(found)


def _run(out: Path, run_id: str | None) -> Path:
    run = current_run(out) if run_id is None else out / RUNS / run_id
    if run is None or not run.is_dir():
        raise UserError(
            f"{out} has no run {run_id or 'yet'}; give the folder of tables, and a run of `poimuri history`"
        )
    return run
