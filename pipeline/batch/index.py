"""What a run knew of each of its files, kept with its tables: the next run sees without reading what has changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.batch.source import Stat
from pipeline.batch.work import Outcome, as_shown, reject_row
from pipeline.rejects import Reject

NAME = "inputs.parquet"
"""In a run's folder: a row a file, with the digest of its bytes."""

SETTLED_NS = 2_000_000_000
"""A file written so shortly before may be written again within the clock's grain: it is read anew next time."""

_SCHEMA = pa.schema(
    [
        ("path", pa.binary()),
        ("n_bytes", pa.int64()),
        ("mtime_ns", pa.int64()),
        ("ctime_ns", pa.int64()),
        ("inode", pa.uint64()),
        ("sha256", pa.string()),
        ("key", pa.string()),
        ("analysis", pa.string()),
        ("members", pa.string()),
        ("rejected", pa.bool_()),
        ("stage", pa.string()),
        ("code", pa.string()),
        ("message", pa.string()),
    ]
)
"""`stage`, `code` and `message` are of rejects that stand in no entry of the store."""


def write_index(folder: Path, outcomes: dict[str, Outcome]) -> None:
    """Keep what became of the files of a run in the run's folder, by their paths."""
    now = time.time_ns()
    rows = []
    for path, outcome in outcomes.items():
        stat = outcome.stat
        if stat is not None and max(stat.mtime_ns, stat.ctime_ns) > now - SETTLED_NS:
            stat = None
        numbers = stat if stat is not None else (None,) * 4
        reject = outcome.reject if outcome.key is None else None
        told = (reject.stage, reject.code, reject.message) if reject is not None else (None,) * 3
        name = path.encode("utf-8", "surrogateescape")
        keys = outcome.sha256, outcome.key, outcome.analysis, outcome.members
        rows.append((name, *numbers, *keys, outcome.rejected, *told))
    columns = zip(*rows, strict=True) if rows else [()] * len(_SCHEMA)
    arrays = [pa.array(list(column), item.type) for column, item in zip(columns, _SCHEMA, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=_SCHEMA), folder / NAME, compression="zstd")


def read_index(folder: Path) -> dict[str, Outcome]:
    """What became of the files of a run, by their paths; empty where it is not known."""
    try:
        table = pq.ParquetFile(folder / NAME).read()
    except (OSError, pa.ArrowInvalid):
        return {}
    if table.schema != _SCHEMA:  # of another version of this program
        return {}
    return dict(_known(*row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True))


def _known(name: bytes, *rest: Any) -> tuple[str, Outcome]:
    n_bytes, mtime_ns, ctime_ns, inode, sha256, key, analysis, members, is_rejected, stage, code, message = rest
    path = name.decode("utf-8", "surrogateescape")
    shown = as_shown(path)
    stat = Stat(n_bytes, mtime_ns, ctime_ns, inode) if n_bytes is not None else None
    reject = reject_row(Reject(stage, code, message), shown, sha256, n_bytes) if code is not None else None
    keys = {"analysis": analysis, "members": members}
    return path, Outcome(shown, key, reject, stat, sha256, rejected=is_rejected, **keys, fresh=False)
