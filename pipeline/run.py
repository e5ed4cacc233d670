"""The batch: a folder of exports in, one snapshot of Parquet tables out, a reject row for every file that gave none."""

from __future__ import annotations

import gc
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from extractors.records import EXTRACTED, DocumentRecord, Record, RejectRecord, TokenRecord
from lexicons.errors import UserError
from pipeline.batch.accepted import unaccepted
from pipeline.batch.inventory import Choice, take_inventory
from pipeline.batch.same_content import Contents, sketch
from pipeline.batch.source import load, size
from pipeline.bounds import SECONDS, end_with_parent, time_bound
from pipeline.language.native import open_voikko
from pipeline.load.snapshot import last_manifest, snapshot
from pipeline.process import Result, prepare, process
from pipeline.rejects import Reject


class InputError(UserError):
    """The input folder cannot be used; the message says why and what to do."""


class WorkerError(UserError):
    """A worker process died; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its records, or its reject row and none; the sketch of its text."""

    source_path: str
    result: Result
    reject: RejectRecord | None
    sketch: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `news` are the rejects that nobody has accepted yet, `seconds` is wall time."""

    n_files: int
    left_out: dict[str, int]
    rows: dict[str, int]
    rejects: tuple[RejectRecord, ...]
    news: tuple[RejectRecord, ...]
    seconds: float
    run_id: str


Progress = Callable[[int, int, Outcome | None], None]
"""Called once before the first file and for every finished one: number done, number of files, the file's outcome."""


def run(
    raw: Path,
    out: Path,
    *,
    tokens: bool = False,
    workers: int = 1,
    timeout: float = SECONDS,
    ocr: bool = False,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    allow_shrink: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Read every file below `raw` and publish the tables in `out`.

    `timeout` bounds the seconds of one document; with `ocr` pages that are pictures are recognised. `include` and
    `exclude` are patterns as in `.gitignore`. Tables are replaced by such with fewer than half of their files or
    documents only where `allow_shrink` says so.

    The output is the same for any number of workers. Raises InputError or OutputError where a folder cannot be used,
    WorkerError where a worker process died, VoikkoMissing where libvoikko or its dictionary is not there,
    LexiconError where a lexicon cannot be used, OcrMissing where recognition is asked for and not installed.
    """
    started = time.monotonic()
    _check(raw, out, ocr)
    _spare_the_collector()
    inventory = take_inventory(raw, out, Choice(raw, include, exclude))
    files = inventory.files
    if not allow_shrink:
        _refuse_shrinking(raw, out, "files", len(files))
    tables = tuple(table for table in EXTRACTED if tokens or table is not TokenRecord)
    rejects: list[RejectRecord] = []
    seen: dict[str, str] = {}
    contents = Contents()
    reasons: Counter[str] = Counter()
    if progress is not None:
        progress(0, len(files), None)
    with snapshot(out) as target:
        for done, outcome in enumerate(_outcomes(raw, files, tables, workers, timeout, ocr), 1):
            outcome = _with_first(_without_duplicate(outcome, seen), contents)
            target.add(outcome.result.records)
            if outcome.reject is not None:
                rejects.append(outcome.reject)
                reasons[outcome.reject.code] += 1
                target.add({RejectRecord.TABLE: [outcome.reject]})
            if progress is not None:
                progress(done, len(files), outcome)
        if not allow_shrink:
            _refuse_shrinking(raw, out, "documents", target.rows[DocumentRecord.TABLE])
        counts = {"files": len(files), "rejects": dict(sorted(reasons.items()))}
        target.publish({"poimuri": version("poimuri"), **counts, "tokens": tokens})
    seconds = time.monotonic() - started
    news = unaccepted(out, rejects)
    return Summary(len(files), inventory.left_out, target.rows, tuple(rejects), news, seconds, target.run_id)


def _check(raw: Path, out: Path, ocr: bool) -> None:
    """Raise, before anything is read, what would stop a run."""
    if not raw.is_dir():
        what = "is not a folder" if raw.exists() else "does not exist"
        raise InputError(f"input folder {raw} {what}; give the folder that holds the exports")
    if raw.resolve() == out.resolve():
        raise InputError(f"input and output are the same folder {raw}; choose another output folder")
    open_voikko()
    if ocr:
        from pipeline.read.pdf.ocr import check

        check()
    prepare()


def _spare_the_collector() -> None:
    """Take the libraries and lexicons out of the garbage collector's rounds, once a process.

    They stay to the end, and walking over them again and again took a fifteenth of the time.
    """
    if not gc.get_freeze_count():
        gc.freeze()


def _refuse_shrinking(raw: Path, out: Path, what: str, number: int) -> None:
    """Raise InputError where a folder gives fewer than half of what it gave last time: a share may be unmounted."""
    last = last_manifest(out)
    before = int(last.get("files", 0) if what == "files" else last.get("rows", {}).get(what, 0))
    if 2 * number < before:
        raise InputError(
            f"{raw} gives {number:,} {what}, the tables in {out} are of {before:,} and stay as they are. Look whether "
            "the folder is whole, or run again with --allow-shrink"
        )


def _outcomes(
    raw: Path, files: Sequence[str], tables: Sequence[type[Record]], workers: int, timeout: float, ocr: bool
) -> Iterator[Outcome]:
    """The outcome of every file in the order of the files, by this process or by workers."""
    if workers <= 1 or len(files) < 2:
        for source_path in files:
            yield outcome(raw, source_path, tables, timeout, ocr)
        return
    with ProcessPoolExecutor(max_workers=min(workers, len(files)), initializer=end_with_parent) as pool:
        waiting: list[Future[Outcome]] = []
        queue = iter(files)
        while True:
            for source_path in islice(queue, max(0, workers * 3 - len(waiting))):
                waiting.append(pool.submit(outcome, raw, source_path, tables, timeout, ocr))
            if not waiting:
                return
            try:
                yield waiting.pop(0).result()
            except BrokenProcessPool:
                message = "a worker process died, perhaps for want of memory; run again with fewer --workers"
                raise WorkerError(message) from None


def outcome(
    raw: Path, source_path: str, tables: Sequence[type[Record]], timeout: float = SECONDS, ocr: bool = False
) -> Outcome:
    """Read and process one file; whatever is wrong with it becomes its reject row."""
    data: bytes | None = None
    shown = _shown(source_path)
    try:
        data, _ = load(raw / source_path)
        with time_bound(timeout):
            result = process(data, shown, tables, ocr=ocr)
            documents = result.of(DocumentRecord)
            return Outcome(shown, result, None, sketch(documents[0].text) if documents else ())
    except Reject as reject:
        sha256 = hashlib.sha256(data).hexdigest() if data is not None else None
        record = RejectRecord(
            doc_id=sha256[:16] if sha256 else None,
            source_path=shown,
            sha256=sha256,
            n_bytes=len(data) if data is not None else size(raw / source_path),
            stage=reject.stage,
            code=reject.code,
            message=reject.message,
        )
        return Outcome(shown, Result({}), record)


def _shown(source_path: str) -> str:
    """A path as it can be written: bytes of its name that are no UTF-8 stand as \\xNN."""
    return source_path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _with_first(outcome: Outcome, contents: Contents) -> Outcome:
    """A document that says the same as an earlier one in another format or encoding names that one."""
    documents = outcome.result.of(DocumentRecord)
    if not documents:
        return outcome
    first = contents.first_with(documents[0].doc_id, outcome.sketch)
    if first is None:
        return outcome
    marked: list[Record] = [replace(documents[0], same_content_as=first)]
    return replace(outcome, result=Result({**outcome.result.records, DocumentRecord.TABLE: marked}))


def _without_duplicate(outcome: Outcome, seen: dict[str, str]) -> Outcome:
    """A file with the same bytes as an earlier one gives a reject row: a document stands once in the tables."""
    documents = outcome.result.of(DocumentRecord)
    if not documents:
        return outcome
    document = documents[0]
    first = seen.setdefault(document.doc_id, outcome.source_path)
    if first == outcome.source_path:
        return outcome
    reject = RejectRecord(
        doc_id=document.doc_id,
        source_path=outcome.source_path,
        sha256=document.sha256,
        n_bytes=document.n_bytes,
        stage="read",
        code="duplicate",
        message=f"the same bytes as {first}; remove one of the two",
    )
    return Outcome(outcome.source_path, Result({}), reject)
