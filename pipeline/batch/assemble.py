"""The rows of all files, from the store into one snapshot, in the order of the files' paths whoever was ready when.

Then come the rows that all files together give.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from extractors.records import DocumentRecord, RejectRecord
from pipeline.batch.same_content import Contents
from pipeline.batch.store import Store, Stored
from pipeline.batch.work import ROWS, Outcome, reject_row, schema_of, stored_reject
from pipeline.load.snapshot import Snapshot
from pipeline.read.formats import BY_SUFFIX
from pipeline.rejects import Reject
from pipeline.series.rows import Gathered


class Assembly:
    """The files of a run as they go into its snapshot: copies are marked, the same bytes again are rejected.

    `prefer` lists the formats of which one counts among files that say the same, before the first in path order.
    """

    def __init__(self, store: Store, target: Snapshot, prefer: Sequence[str] = ()) -> None:
        self._store, self._target, self._prefer = store, target, prefer
        self._seen: dict[str, str] = {}
        self._contents = Contents()
        self._firsts: dict[str, str | None] = {}
        self._gathered = Gathered()
        self.rejects: list[RejectRecord] = []
        self.rejected: set[str] = set()
        """The paths of `rejects`, as they are shown."""

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Take the outcomes of all files in the order of their paths. Raises OutputError."""
        outcomes = list(outcomes)
        if self._prefer:
            for outcome in sorted(outcomes, key=lambda outcome: self._rank(outcome.source_path)):
                known = self._store.load(ROWS, outcome.key) if outcome.key is not None else None
                if known is not None and "sketch" in known.header and outcome.sha256 is not None:
                    self._first(outcome.sha256[:16], known)
        for outcome in outcomes:
            known = self._store.load(ROWS, outcome.key) if outcome.key is not None else None
            reject = outcome.reject or self._rejected(outcome, known)
            if reject is not None:
                self.rejects.append(reject)
                self.rejected.add(outcome.source_path)
                self._target.add({RejectRecord.TABLE: [reject]})
            elif known is not None:
                self._add_rows(known, outcome.source_path)

        self._target.add(self._gathered.records())

    def _rejected(self, outcome: Outcome, known: Stored | None) -> RejectRecord | None:
        """The reject that an entry holds, or that of a file with the same bytes as an earlier one."""
        if known is None:
            message = "its stored rows are spoiled or gone; run again"
            return reject_row(Reject("load", "store", message), outcome.source_path, outcome.sha256)
        return stored_reject(known, outcome.source_path) or self._duplicate(outcome, known)

    def _duplicate(self, outcome: Outcome, known: Stored) -> RejectRecord | None:
        """A document stands once in the tables."""
        assert outcome.sha256 is not None
        first = self._seen.setdefault(outcome.sha256[:16], outcome.source_path)
        if first == outcome.source_path:
            return None
        document = known.batch(DocumentRecord.TABLE, schema_of(DocumentRecord.TABLE))
        assert document is not None
        reject = Reject("read", "duplicate", f"the same bytes as {first}; remove one of the two")
        return reject_row(reject, outcome.source_path, outcome.sha256, document["n_bytes"][0].as_py())

    def _add_rows(self, known: Stored, source_path: str) -> None:
        for name in known.names():
            batch = known.batch(name, schema_of(name))
            assert batch is not None
            if name == DocumentRecord.TABLE:
                first = self._first(batch["doc_id"][0].as_py(), known)
                batch = _with(batch, source_path=source_path, same_content_as=first)
            self._gathered.take(name, batch)
            self._target.add_rows(name, batch, known.n_bytes(name))

    def _first(self, doc_id: str, known: Stored) -> str | None:
        """The document that counts for this one; None where it is this."""
        if doc_id not in self._firsts:
            self._firsts[doc_id] = self._contents.first_with(doc_id, tuple(known.header["sketch"]))
        return self._firsts[doc_id]

    def _rank(self, source_path: str) -> int:
        """How far down among the preferred formats a file's is; the sort is stable, so that paths decide the rest."""
        kind = BY_SUFFIX.get(PurePosixPath(source_path).suffix.lower())
        return self._prefer.index(kind.name) if kind is not None and kind.name in self._prefer else len(self._prefer)


def _with(batch: pa.RecordBatch, **values: Any) -> pa.RecordBatch:
    """A batch of one row with these values in some columns: the same where it has them."""
    others = {name: value for name, value in values.items() if batch.column(name)[0].as_py() != value}
    if not others:
        return batch
    columns = batch.columns
    for name, value in others.items():
        index = batch.schema.get_field_index(name)
        columns[index] = pa.array([value], batch.schema.field(index).type)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)
