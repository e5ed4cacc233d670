"""What a worker does with one file: its bytes through the stages, and the rows into the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pyarrow as pa
import regex

from extractors.document import AnalysedDocument
from extractors.records import TABLES, DocumentRecord, Record, RejectRecord
from pipeline.batch import analyses
from pipeline.batch.same_content import sketch
from pipeline.batch.source import Stat, load_input, size
from pipeline.batch.stamps import Stamps, digest, lexicons_of_analysis
from pipeline.batch.store import Store, Stored
from pipeline.load.schema import arrow_schema, to_arrow
from pipeline.process import INTERNAL, Entering, extracted, outlined, staged
from pipeline.read.libreoffice import MISSING
from pipeline.read.plain import plain
from pipeline.rejects import Reject

ROWS = "rows"
"""The kind of the store's entries that hold a document's rows by table, or its reject row."""

MEMBERS = "members"
"""The kind of the store's entries that list the files which a container holds."""

_UNWRITABLE = regex.compile(r"[\x00-\x1f\x7f-\x9f\udc80-\udcff]")
_LIKE_WRITTEN = regex.compile(r"\\(?:x[0-9a-f]{2}|u00[0-9a-f]{2})")
"""What stands for such in the path that is written, as a name may spell it itself."""

OF_THE_MOMENT = ("too_much_memory", "reader_died", "too_slow", MISSING)
"""Codes of rejects that hang on the machine as it is now: the next run tries anew."""


@cache
def schema_of(name: str) -> pa.Schema:
    """The Arrow schema of the table of a name, made once a process."""
    return arrow_schema(next(table for table in TABLES if name == table.TABLE))


class Task(NamedTuple):
    """A file to read: its path relative to the input folder, its size as the folder tells it."""

    source_path: str
    n_bytes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the key under which its rows stand, or a reject that hangs on more than its bytes.

    `rejected` files gave no document; `reject` says why, where that was asked or stands in no entry. `fresh` says that
    the file was worked on in this run, `analysis` is the key of its analysed document, `members` that of the list of
    files that it holds.
    """

    source_path: str
    key: str | None
    reject: RejectRecord | None = None
    stat: Stat | None = None
    sha256: str | None = None
    warnings: tuple[str, ...] = ()
    pages_without_text: tuple[int, ...] = ()
    rejected: bool = False
    analysis: str | None = None
    members: str | None = None
    fresh: bool = True

    @property
    def entries(self) -> Iterator[tuple[str, str]]:
        """The store's entries that the next run may ask for."""
        if self.key is not None:
            yield ROWS, self.key
        if self.analysis is not None:
            yield analyses.ANALYSIS, self.analysis
        if self.members is not None:
            yield MEMBERS, self.members

    @property
    def is_opened(self) -> bool:
        """Whether it is a container without words of its own: its members stand for it."""
        return self.members is not None and self.key is None and not self.rejected


def rejected(source_path: str, row: RejectRecord, stat: Stat | None = None) -> Outcome:
    """A file that gave no document for a reason of this run."""
    return Outcome(source_path, None, row, stat, row.sha256, rejected=True)


class Work:
    """The work on a file, the same for all files of a run; with `fresh` nothing is taken from the store, with `redact`
    no contacts come into it."""

    def __init__(
        self,
        raw: Path,
        store: Store,
        stamps: Stamps,
        tables: Sequence[type[Record]],
        ocr: bool,
        *,
        fresh: bool = False,
        redact: bool = False,
    ) -> None:
        self._raw, self._store, self._tables, self._ocr = raw, store, tables, ocr
        self._stamps, self._fresh, self._redact = stamps, fresh, redact
        self._options = digest([f"ocr {ocr}", f"redact {stamps.records()}" if redact else ""])
        self._version = digest([stamps.records(), *(table.TABLE for table in tables), self._options])
        pa.set_memory_pool(pa.system_memory_pool())  # others reserve address space that the bound on memory counts

    def __call__(self, task: Task, entering: Entering) -> Outcome:
        """Read one file; whatever is wrong with it becomes its reject row.

        Raises StoreError where the rows cannot be kept, UserError where something is not installed.
        """
        shown = as_shown(task.source_path)
        entering("read")
        try:
            data, stat = load_input(self._raw, task.source_path)
        except Reject as reject:
            return rejected(shown, reject_row(reject, shown, n_bytes=size(self._raw / task.source_path)))
        sha256 = hashlib.sha256(data).hexdigest()
        key = self.key(sha256, task.source_path)
        known = None if self._fresh else self._store.load(ROWS, key)
        if known is None:
            try:
                rows, header = self._worked(data, shown, sha256, entering)
            except Reject as reject:
                return rejected(shown, reject_row(reject, shown, sha256, len(data)), stat)
            self._store.save(ROWS, key, {name: _batch(batch) for name, batch in rows.items() if batch}, **header)
            known = self._store.load(ROWS, key)
            assert known is not None
            return self._told(known, shown, key, sha256, stat, fresh=True)
        return self._told(known, shown, key, sha256, stat, fresh=False)

    def _told(self, known: Stored, shown: str, key: str, sha256: str, stat: Stat, *, fresh: bool) -> Outcome:
        """An entry of the store as what became of a file."""
        reject = stored_reject(known, shown)
        return Outcome(
            shown,
            key,
            reject,
            stat,
            sha256,
            tuple(known.header.get("warnings", ())),
            tuple(known.header.get("pages_without_text", ())),
            rejected=reject is not None,
            analysis=None if reject is not None else self.analysis_key(sha256, shown),
            fresh=fresh,
        )

    def key(self, sha256: str, source_path: str) -> str:
        """Where the rows of these bytes stand in the store; the suffix says by which reader they are read."""
        return digest([sha256, PurePosixPath(source_path).suffix.lower(), self._version])

    def analysis_key(self, sha256: str, source_path: str) -> str:
        """The same for the analysed document."""
        return digest([sha256, PurePosixPath(source_path).suffix.lower(), self._analysis, self._options])

    def settle(self) -> None:
        """Work out once, before workers are forked, what they all need. Raises LexiconError."""
        assert self._analysis

    @cached_property
    def _analysis(self) -> str:
        return digest([self._stamps.analysis, lexicons_of_analysis()])

    def _analysed(self, data: bytes, shown: str, sha256: str, entering: Entering) -> AnalysedDocument:
        """The document with its outline, from what *analyse* gave another time where that is kept."""
        key = self.analysis_key(sha256, shown)
        if not self._fresh and (kept := analyses.load(self._store, key, shown)) is not None:
            return outlined(kept, entering)
        for name, value in staged(data, shown, ocr=self._ocr, redact=self._redact, entering=entering):
            if name == "analyse":
                assert isinstance(value, AnalysedDocument)
                analyses.save(self._store, key, value)
        assert isinstance(value, AnalysedDocument)
        return value

    def _worked(
        self, data: bytes, shown: str, sha256: str, entering: Entering
    ) -> tuple[Mapping[str, Sequence[Record]], dict[str, Any]]:
        """The rows of a document, or those of a reject that its bytes explain; other rejects are raised."""
        try:
            result = extracted(self._analysed(data, shown, sha256, entering), self._tables, entering)
        except Reject as reject:
            if reject.code in OF_THE_MOMENT:
                raise
            if self._redact and reject.code == INTERNAL:
                reject = Reject(
                    reject.stage, reject.code, "this is a fault of poimuri; run it without redaction to see which"
                )
            return {RejectRecord.TABLE: [reject_row(reject, shown, sha256, len(data))]}, {}
        (document,) = result.of(DocumentRecord)
        entering("load")
        return result.records, {
            "sketch": sketch(plain(document.text)),
            "warnings": document.warnings,
            "pages_without_text": document.pages_without_text,
        }


def stored_reject(known: Stored, shown: str) -> RejectRecord | None:
    """The reject of an entry; None where it holds a document."""
    batch = known.batch(RejectRecord.TABLE, schema_of(RejectRecord.TABLE))
    return None if batch is None else RejectRecord(**{**batch.to_pylist()[0], "source_path": shown})


def reject_row(reject: Reject, shown: str, sha256: str | None = None, n_bytes: int | None = None) -> RejectRecord:
    """The row of a file that gave no document."""
    return RejectRecord(
        doc_id=sha256[:16] if sha256 else None,
        source_path=shown,
        sha256=sha256,
        n_bytes=n_bytes,
        stage=reject.stage,
        code=reject.code,
        message=reject.message,
    )


def as_shown(source_path: str) -> str:
    r"""A path as it can be written: bytes that are no UTF-8 and control characters stand as \xNN
    or \uNNNN.

    The backslashes of a path with such are doubled, and of one that spells the same, so that no two paths are one.

    >>> print(as_shown("a\udcff.txt"), as_shown(r"a\xff.txt"), as_shown("a\x1b[2J.txt"), as_shown(r"a\b.txt"))
    a\xff.txt a\\xff.txt a\x1b[2J.txt a\b.txt
    """
    source_path = source_path.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")  # in any locale
    if _UNWRITABLE.search(source_path) is None and _LIKE_WRITTEN.search(source_path) is None:
        return source_path
    return _UNWRITABLE.sub(_written, source_path.replace("\\", "\\\\"))


def _written(match: regex.Match[str]) -> str:
    number = ord(match.group())
    return f"\\u{number:04x}" if 0x7F < number < 0x100 else f"\\x{number & 0xFF:02x}"


def _batch(records: Sequence[Record]) -> pa.RecordBatch:
    (batch,) = to_arrow(type(records[0]), records).to_batches()
    return batch
