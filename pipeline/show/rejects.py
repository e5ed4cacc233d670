"""The rejects of the last run by their codes: which are news, what to do, and copies for a second look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from extractors.records import RejectRecord
from lexicons.errors import UserError
from pipeline.batch.accepted import accept, unaccepted
from pipeline.batch.index import read_index
from pipeline.batch.source import load_input
from pipeline.files import WriteError, write_whole
from pipeline.load.snapshot import current_run, read_rows
from pipeline.rejects import Reject
from pipeline.show.codes import meaning


def show_rejects(
    out: Path, paths: Sequence[str], accepting: bool, copies: Path | None = None, raw: Path | None = None
) -> int:
    """Print a folder's rejects by code, accept or copy them if asked to, and give the number of those that are news.

    Raises UserError where there are no tables, a path is not among the rejects or copies cannot be made.
    """
    rejects = [one for one in _rejects(out) if not paths or one.source_path in paths]
    for path in paths:
        if path not in {one.source_path for one in rejects}:
            raise UserError(
                f"{path} is not among the rejects of {out}; give a path as `poimuri rejects {out}` lists it"
            )
    if accepting:
        accept(out, rejects)
    news = unaccepted(out, rejects)
    groups: dict[str, list[RejectRecord]] = defaultdict(list)
    for reject in rejects:
        groups[reject.code].append(reject)
    for code, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{code}, {len(group)}: {meaning(code)}" if meaning(code) else f"{code}, {len(group)}")
        for reject in group:
            known = "" if reject in news else " (accepted)"
            print(f"  {reject.source_path}: {reject.message}{known}")
    print(f"{len(rejects)} rejected files, {len(news)} of them not accepted; `poimuri explain CODE` says more")
    if copies is not None:
        _copy(out, rejects, copies, raw)
    return len(news)


def _rejects(out: Path) -> list[RejectRecord]:
    return [RejectRecord(**row) for row in read_rows(out, RejectRecord.TABLE)]


def _copy(out: Path, rejects: Sequence[RejectRecord], copies: Path, raw: Path | None) -> None:
    """Copy the rejected files to a new folder, below their codes. What cannot be read is told."""
    if raw is None:
        raise UserError("copies need the folder of exports; name it with --raw")
    if copies.exists() and any(copies.iterdir()):
        raise UserError(f"{copies} is not empty; name a new folder for the copies")
    run = current_run(out)
    inputs = {outcome.source_path: path for path, outcome in (read_index(run) if run is not None else {}).items()}
    n_copied = 0
    for reject in rejects:
        target = copies / reject.code / reject.source_path
        try:
            data, _ = load_input(raw, inputs.get(reject.source_path, reject.source_path))
            target.parent.mkdir(parents=True, exist_ok=True)
        except Reject as refused:
            print(f"not copied: {reject.source_path}: {refused.message}")
            continue
        except OSError as error:
            raise WriteError(f"{target}: {error.strerror}; name a folder that you may write to") from None
        write_whole(target, data)
        n_copied += 1
    print(f"{n_copied} copied to {copies}")
