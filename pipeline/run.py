"""The batch: a folder of exports in, one snapshot of Parquet tables out, a reject row for every file that gave none."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.records import EXTRACTED, DocumentRecord, RejectRecord, TokenRecord
from lexicons.errors import UserError
from pipeline.batch.accepted import unaccepted
from pipeline.batch.assemble import Assembly
from pipeline.batch.crew import Crew
from pipeline.batch.inventory import Choice, take_inventory
from pipeline.batch.source import size
from pipeline.batch.stamps import Stamps, stamps
from pipeline.batch.stop import stoppable
from pipeline.batch.store import Store
from pipeline.batch.work import ROWS, Outcome, Task, Work, as_shown, reject_row
from pipeline.bounds import seconds_for
from pipeline.load.snapshot import RUNS, last_manifest, locked, snapshot
from pipeline.process import prepare
from pipeline.rejects import Reject

STORE = ".store"
"""The folder beside the runs that keeps what the stages gave."""


class InputError(UserError):
    """The input folder cannot be used; the message says why and what to do."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run is asked for.

    `timeout` bounds the seconds of one document, by its size where it is None; with `ocr` pages that are pictures are
    recognised. `include` and `exclude` are patterns as in `.gitignore`. Tables are replaced by such with fewer than
    half of their files or documents only where `allow_shrink` says so.
    """

    tokens: bool = False
    workers: int = 1
    timeout: float | None = None
    ocr: bool = False
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    allow_shrink: bool = False


def run(raw: Path, out: Path, options: Options = Options(), progress: Progress | None = None) -> Summary:
    """Read every file below `raw` and publish the tables in `out`.

    The output is the same for any number of workers. Raises InputError or OutputError where a folder cannot be used,
    WorkerError where no worker can be started, VoikkoMissing where libvoikko or its dictionary is not there,
    LexiconError where a lexicon cannot be used, OcrMissing where recognition is asked for and not installed, Stopped
    where a signal ends it: what was read is kept, and the next run goes on from there.
    """
    started = time.monotonic()
    _check(raw, out, options.ocr)
    inventory = take_inventory(raw, out, Choice(raw, options.include, options.exclude))
    if not options.allow_shrink:
        _refuse_shrinking(raw, out, "files", len(inventory.files))
    stamped = stamps(options.ocr)
    if progress is not None:
        progress(0, len(inventory.files), None)
    with stoppable(), locked(out):
        store = Store(out / RUNS / STORE)
        outcomes = _outcomes(raw, inventory.files, store, stamped, options, progress)
        with snapshot(out) as target:
            assembly = Assembly(store, target)
            assembly.add(outcomes)
            if not options.allow_shrink:
                _refuse_shrinking(raw, out, "documents", target.rows[DocumentRecord.TABLE])
            reasons = Counter(reject.code for reject in assembly.rejects)
            counts = {"files": len(inventory.files), "rejects": dict(sorted(reasons.items()))}
            target.publish({"poimuri": stamped.versions["poimuri"], **counts, "tokens": options.tokens})
        store.shrink({(ROWS, outcome.key) for outcome in outcomes if outcome.key is not None})
    seconds = time.monotonic() - started
    rejects = tuple(assembly.rejects)
    news = unaccepted(out, rejects)
    return Summary(len(inventory.files), inventory.left_out, target.rows, rejects, news, seconds, target.run_id)


def _check(raw: Path, out: Path, ocr: bool) -> None:
    """Raise, before anything is read, what would stop a run."""
    if not raw.is_dir():
        what = "is not a folder" if raw.exists() else "does not exist"
        raise InputError(f"input folder {raw} {what}; give the folder that holds the exports")
    if raw.resolve() == out.resolve():
        raise InputError(f"input and output are the same folder {raw}; choose another output folder")
    if ocr:
        from pipeline.read.pdf.ocr import check

        check()
    prepare()
    _spare_the_collector()


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
            f"{raw} gives {number:,} {what}, the tables in {out} are of {before:,} and stay as they are; "
            "mount what is missing, or run again with --allow-shrink"
        )


def _outcomes(
    raw: Path, files: Sequence[str], store: Store, stamped: Stamps, options: Options, progress: Progress | None
) -> list[Outcome]:
    """What became of every file, in the order of the files; the largest are worked on first."""
    tables = tuple(table for table in EXTRACTED if options.tokens or table is not TokenRecord)
    work = Work(raw, store, stamped, tables, options.ocr)
    found: dict[str, Outcome] = {}
    for source_path, outcome in _worked(raw, files, work, options):
        found[source_path] = outcome
        if progress is not None:
            progress(len(found), len(files), outcome)
    return [found[source_path] for source_path in files]


def _worked(raw: Path, files: Sequence[str], work: Work, options: Options) -> Iterator[tuple[str, Outcome]]:
    tasks = [Task(source_path, size(raw / source_path) or 0) for source_path in files]
    tasks.sort(key=lambda task: (-task.n_bytes, task.source_path))
    crew = Crew(work, options.workers, lambda task: options.timeout or seconds_for(task.n_bytes))
    for task, answer in crew.answers(tasks):
        shown = as_shown(task.source_path)
        if isinstance(answer, Reject):
            answer = Outcome(shown, None, reject_row(answer, shown, n_bytes=task.n_bytes))
        yield task.source_path, answer
