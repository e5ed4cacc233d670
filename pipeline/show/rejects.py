"""The rejects of the last run as lines: which are news, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractors.records import RejectRecord
from lexicons.errors import UserError
from pipeline.batch.accepted import accept, unaccepted
from pipeline.load.snapshot import read_rows


def show_rejects(out: Path, paths: Sequence[str], accepting: bool) -> int:
    """Print a folder's rejects, accept them if asked to, and give the number of those that are news.

    Raises UserError where there are no tables or a path is not among the rejects.
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
    for reject in rejects:
        known = "" if reject in news else " (accepted)"
        print(f"{reject.source_path}: {reject.message} [{reject.code}]{known}")
    print(f"{len(rejects)} rejected files, {len(news)} of them not accepted")
    return len(news)


def _rejects(out: Path) -> list[RejectRecord]:
    return [RejectRecord(**row) for row in read_rows(out, RejectRecord.TABLE)]
