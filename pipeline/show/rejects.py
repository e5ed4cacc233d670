"""The rejects of the last run as lines: which are news, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.records import RejectRecord
from lexicons.errors import UserError
from pipeline.batch.accepted import accept, unaccepted


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
    folder = out / RejectRecord.TABLE
    try:
        return [RejectRecord(**row) for row in pq.read_table(folder).to_pylist()]
    except (OSError, pa.ArrowInvalid, TypeError) as error:
        raise UserError(
            f"{folder} has no rejects of a run: {str(error).splitlines()[0]}; give the folder of tables"
        ) from None
