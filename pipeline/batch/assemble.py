"""The rows of all files, from the store into one snapshot, in the order of the files' paths whoever was ready when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from extractors.records import DocumentRecord, RejectRecord
from pipeline.batch.same_content import Contents
from pipeline.batch.store import Store, Stored
from pipeline.batch.work import ROWS, Outcome, reject_row, schema_of, stored_reject
from pipeline.load.snapshot import Snapshot
from pipeline.rejects import Reject


class Assembly:
    """The files of a run as they go into its snapshot: copies are marked, the same bytes again are rejected."""

    def __init__(self, store: Store, target: Snapshot) -> None:
        self._store, self._target = store, target
        self._seen: dict[str, str] = {}
        self._contents = Contents()
        self.rejects: list[RejectRecord] = []

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Take the outcomes of files in the order of their paths. Raises OutputError."""
        for outcome in outcomes:
            known = self._store.load(ROWS, outcome.key) if outcome.key is not None else None
            reject = outcome.reject or self._rejected(outcome, known)
            if reject is not None:
                self.rejects.append(reject)
                self._target.add({RejectRecord.TABLE: [reject]})
            elif known is not None:
                self._add_rows(known, outcome.source_path)

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
                first = self._contents.first_with(batch["doc_id"][0].as_py(), tuple(known.header["sketch"]))
                batch = _with(batch, source_path=source_path, same_content_as=first)
            self._target.add_rows(name, batch)


def _with(batch: pa.RecordBatch, **values: Any) -> pa.RecordBatch:
    """A batch of one row with other values in some columns."""
    columns = [
        pa.array([values[item.name]], item.type) if item.name in values else batch.column(item.name)
        for item in batch.schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)
