"""The batch: a folder of exports in, one snapshot of Parquet tables out, a reject row for every file that gave none."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractors.records import EXTRACTED, DocumentRecord, Record, RejectRecord, TokenRecord
from lexicons.errors import UserError
from pipeline.batch.accepted import unaccepted
from pipeline.batch.answering import SILENT_FILES, Heard, answered, no_answer
from pipeline.batch.apart import keep_apart
from pipeline.batch.assemble import Assembly
from pipeline.batch.containers import Opened, Opener
from pipeline.batch.crew import NO_ANSWER, Crew
from pipeline.batch.index import write_index
from pipeline.batch.inventory import Choice, Inventory, take_inventory
from pipeline.batch.lexicon_edits import write_lexicons
from pipeline.batch.plan import Plan, Planner, counted
from pipeline.batch.source import on_disk, stat_of
from pipeline.batch.stamps import stamps
from pipeline.batch.stop import stoppable
from pipeline.batch.store import Store
from pipeline.batch.work import ROWS, Outcome, Task, Work, as_shown, reject_row, rejected
from pipeline.bounds import seconds_for
from pipeline.load.snapshot import (
    KEPT,
    RUNS,
    as_output_error,
    current_run,
    is_whole,
    last_manifest,
    locked,
    read_rows,
    snapshot,
)
from pipeline.process import prepare
from pipeline.read.formats import FORMATS, sockets
from pipeline.rejects import Reject

STORE = ".store"
"""The folder beside the runs that keeps what the stages gave."""


class InputError(UserError):
    """The input folder cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did.

    `states` counts what became of the files since the last run, `n_worked` of them were worked on and not taken over.
    `news` are the rejects that nobody has accepted yet, `seconds` is wall time. Where nothing was to do, no new run was
    written (`is_new`), and `run_id` is the one that stands.
    """

    n_files: int
    left_out: dict[str, int]
    states: dict[str, int]
    n_worked: int
    rows: dict[str, int]
    rejects: tuple[RejectRecord, ...]
    news: tuple[RejectRecord, ...]
    seconds: float
    run_id: str
    is_new: bool


Progress = Callable[[int, int, Outcome | None], None]
"""Called once before the first file and for every finished one: number done, number of files, the file's outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run is asked for.

    `timeout` bounds the seconds of one document, by its size where it is None; with `ocr` pages that are pictures are
    recognised. `include` and `exclude` are patterns as in `.gitignore`. Tables are replaced by such with fewer than
    half of their files or documents only where `allow_shrink` says so. With `fresh` nothing of earlier runs is taken
    over; where another run is writing to the output, `wait` waits for it. So many runs as `keep` says are kept.
    Of files that say the same the one whose format stands first in `prefer` counts. With `redact` names, e-mail
    addresses and telephone numbers of persons are masked before anything is made of a text.
    """

    tokens: bool = False
    workers: int = 1
    timeout: float | None = None
    ocr: bool = False
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    allow_shrink: bool = False
    fresh: bool = False
    wait: bool = False
    keep: int = KEPT
    prefer: Sequence[str] = ()
    redact: bool = False

    @property
    def asked(self) -> dict[str, Any]:
        """Those that change rows, as the manifest keeps them."""
        return {
            "tokens": self.tokens,
            "ocr": self.ocr,
            "timeout": self.timeout,
            "prefer": list(self.prefer),
            "redact_contacts": self.redact,
        }

    @property
    def tables(self) -> tuple[type[Record], ...]:
        """The tables that are filled from documents."""
        return tuple(table for table in EXTRACTED if self.tokens or table is not TokenRecord)


def run(raw: Path, out: Path, options: Options = Options(), progress: Progress | None = None) -> Summary:
    """Read every file below `raw` and publish the tables in `out`.

    The output is the same for any number of workers. Raises InputError or OutputError where a folder cannot be used,
    WorkerError where no worker can be started, VoikkoMissing where libvoikko or its dictionary is not there,
    LexiconError where a lexicon cannot be used, OcrMissing where recognition is asked for and not installed, Stopped
    where a signal ends it: what was read is kept, and the next run goes on from there; NoAnswer where the input folder
    gives no answer.
    """
    started = time.monotonic()
    choice, inventory = answered(raw, lambda heard: _inventory(raw, out, options, heard))
    with stoppable(), locked(out, wait=options.wait):
        keep_apart(out, options.redact)
        batch = Batch(raw, out, options, progress)
        opened = batch.opened(inventory, choice)
        if not options.allow_shrink:
            _refuse_shrinking(raw, out, "files", len(opened.files))
        plan = answered(raw, lambda heard: batch.planner.plan(raw, opened.files, opened.members, heard))
        if plan.is_nothing and not options.fresh and (standing := current_run(out)) is not None and is_whole(standing):
            return _standing(out, opened.inventory, plan, started)
        done = batch.run(plan, opened)
    news = unaccepted(out, done.rejects)
    states = batch.planner.settled(plan, done.outcomes)
    n_worked = sum(outcome.fresh for outcome in done.outcomes.values())
    return Summary(
        n_files=len(opened.files),
        left_out=opened.inventory.left_out,
        states=counted(states),
        n_worked=n_worked,
        rows=done.rows,
        rejects=done.rejects,
        news=news,
        seconds=time.monotonic() - started,
        run_id=done.run_id,
        is_new=True,
    )


def status(raw: Path, out: Path, options: Options = Options()) -> tuple[Inventory, Plan]:
    """What a run would do, and why; nothing is written. Raises as `run`."""
    choice, inventory = answered(raw, lambda heard: _inventory(raw, out, options, heard))
    batch = Batch(raw, out, options, None)
    opened = batch.opened(inventory, choice, keeps=False)
    planner = batch.planner
    plan = answered(raw, lambda heard: planner.plan(raw, opened.files, opened.members, heard))
    return opened.inventory, replace(plan, states=planner.settled(plan, planner.looked_at(raw, plan)))


class Batch:
    """A run over a folder as it is asked for: its store, its plan, its workers."""

    def __init__(self, raw: Path, out: Path, options: Options, progress: Progress | None) -> None:
        self._raw, self._out, self._options, self._progress = raw, out, options, progress
        self._stamps = stamps(options.ocr)
        self._store = Store(out / RUNS / STORE)
        asked = {"ocr": options.ocr, "fresh": options.fresh, "redact": options.redact}
        self._work = Work(raw, self._store, self._stamps, options.tables, **asked)
        self.planner = Planner(out, self._store, self._stamps, options.asked)

    def opened(self, inventory: Inventory, choice: Choice, *, keeps: bool = True) -> Opened:
        """The inputs with mails and zip files opened; with `keeps` what they hold is kept. Raises as `run`."""
        options = self._options
        opener = Opener(self._raw, self._store, self._stamps.analysis, keeps=keeps, fresh=options.fresh)
        return opener.open(inventory, choice, self.planner.before, options.workers)

    def run(self, plan: Plan, opened: Opened) -> Done:
        """Work on what there is to do, and publish the tables. Raises as `run`."""
        files = opened.files
        kept = {} if self._options.fresh else {path: one for path, one in plan.kept.items() if self._is_there(one)}
        paths = [path for path in files if path not in kept]
        if self._progress is not None:
            self._progress(0, len(paths), None)
        found = kept | (self._worked(paths, opened) if paths else {})
        outcomes = {path: found[path] for path in files}
        with snapshot(self._out, self._options.keep) as target:
            assembly = Assembly(self._store, target, self._options.prefer)
            assembly.add(outcomes.values())
            outcomes = {
                path: replace(outcome, rejected=outcome.source_path in assembly.rejected)
                for path, outcome in outcomes.items()
            }
            known = opened.with_lists(outcomes)
            if not self._options.allow_shrink:
                _refuse_shrinking(self._raw, self._out, "documents", target.rows[DocumentRecord.TABLE])
            before = current_run(self._out) if self.planner.knows_lexicons else None
            with as_output_error(self._out):
                write_index(target.folder, known)
                write_lexicons(target.folder, before)
            target.publish(self._manifest(len(files), assembly.rejects))
        self._store.shrink({used for outcome in known.values() for used in outcome.entries})
        return Done(outcomes, target.rows, tuple(assembly.rejects), target.run_id)

    def _is_there(self, outcome: Outcome) -> bool:
        """Whether what is to be taken over is whole."""
        return outcome.key is None or self._store.load(ROWS, outcome.key) is not None

    def _worked(self, paths: Sequence[str], opened: Opened) -> dict[str, Outcome]:
        """What became of files that are worked on, the largest first. Raises NoAnswer where several say nothing."""
        prepare()
        self._work.settle()
        stats = {path: stat_of(on_disk(self._raw, path)) for path in paths}
        sizes = {path: opened.members[path].n_bytes for path in paths if path in opened.members}
        tasks = [Task(path, sizes.get(path, stat.size if stat is not None else 0)) for path, stat in stats.items()]
        tasks.sort(key=lambda task: (-task.n_bytes, task.source_path))
        crew = Crew(
            self._work,
            self._options.workers,
            lambda task: self._options.timeout or seconds_for(task.n_bytes),
            writable=[self._store.made(), *sockets(paths)],
        )
        found: dict[str, Outcome] = {}
        silent = 0
        with _collector_spared():
            for task, answer in crew.answers(tasks):
                silent = silent + 1 if isinstance(answer, Reject) and answer.code == NO_ANSWER else 0
                if silent == SILENT_FILES:
                    raise no_answer(self._raw)
                if isinstance(answer, Reject):
                    shown, stat = as_shown(task.source_path), stats[task.source_path]
                    answer = rejected(shown, reject_row(answer, shown, n_bytes=task.n_bytes), stat)
                found[task.source_path] = answer
                if self._progress is not None:
                    self._progress(len(found), len(tasks), answer)
        return found

    def _manifest(self, n_files: int, rejects: Sequence[RejectRecord]) -> dict[str, Any]:
        reasons = Counter(reject.code for reject in rejects)
        return {
            "poimuri": self._stamps.versions["poimuri"],
            "raw": str(self._raw.resolve()),
            "files": n_files,
            "rejects": dict(sorted(reasons.items())),
            "tokens": self._options.tokens,
            "options": self._options.asked,
            "versions": self._stamps.versions,
            "stamps": {
                "analysis": self._stamps.analysis,
                "extraction": self._stamps.extraction,
                "lexicons": self._stamps.lexicons,
            },
        }


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run's work: every file's outcome, the rows by table, the rejects."""

    outcomes: dict[str, Outcome]
    rows: dict[str, int]
    rejects: tuple[RejectRecord, ...]
    run_id: str


def _standing(out: Path, inventory: Inventory, plan: Plan, started: float) -> Summary:
    """The summary of a run that had nothing to do: the tables stand as they are."""
    manifest = last_manifest(out)
    rejects = tuple(RejectRecord(**row) for row in read_rows(out, RejectRecord.TABLE))
    return Summary(
        n_files=len(inventory.files),
        left_out=inventory.left_out,
        states=plan.counts,
        n_worked=0,
        rows=manifest["rows"],
        rejects=rejects,
        news=unaccepted(out, rejects),
        seconds=time.monotonic() - started,
        run_id=manifest["run_id"],
        is_new=False,
    )


def _inventory(raw: Path, out: Path, options: Options, heard: Heard) -> tuple[Choice, Inventory]:
    """What is asked for and the files to read, of an input folder that can be used."""
    _check(raw, out, options)
    choice = Choice(raw, options.include, options.exclude)
    return choice, take_inventory(raw, out, choice, heard)


def _check(raw: Path, out: Path, options: Options) -> None:
    """Raise, before anything is read, what would stop a run."""
    if not raw.is_dir():
        what = "is not a folder" if raw.exists() else "does not exist"
        raise InputError(f"input folder {raw} {what}; give the folder that holds the exports")
    if raw.resolve() == out.resolve():
        raise InputError(f"input and output are the same folder {raw}; choose another output folder")
    for name in options.prefer:
        if name not in {item.name for item in FORMATS}:
            known = ", ".join(item.name for item in FORMATS)
            raise InputError(f"there is no format {name}; --prefer takes {known}, parted by commas")
    if options.ocr:
        from pipeline.read.pdf.ocr import check

        check()


@contextmanager
def _collector_spared() -> Iterator[None]:
    """Keep the libraries and lexicons out of the garbage collector's rounds in the block and in workers forked there.

    Walking over them again and again took a fifteenth of the time, rounds after every 700 new objects another sixth: a
    document makes many that live as long as it does. What stays frozen is not freed at the process' end, and libraries
    in C complain of it.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


NEW_OBJECTS = 20_000
"""New objects after which the garbage collector looks at them."""


def _refuse_shrinking(raw: Path, out: Path, what: str, number: int) -> None:
    """Raise InputError where a folder gives fewer than half of what it gave last time: a share may be unmounted."""
    last = last_manifest(out)
    before = int(last.get("files", 0) if what == "files" else last.get("rows", {}).get(what, 0))
    if 2 * number < before:
        raise InputError(
            f"{raw} gives {number:,} {what}, the tables in {out} are of {before:,} and stay as they are; "
            "mount what is missing, or run again with --allow-shrink"
        )
