"""The batch on the terminal: progress, what an analyst should know of each file, the closing summary."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from lexicons.errors import UserError
from pipeline.read import formats
from pipeline.show.console import Console
from pipeline.show.events import Events, end, file, log_file, start
from pipeline.show.status import listed
from pipeline.show.stream import Unbreakable

if TYPE_CHECKING:
    from pipeline.batch.work import Outcome
    from pipeline.run import Options, Progress, Summary


def batch(
    raw: Path, out: Path, options: Options, *, quiet: bool = False, as_json: bool = False, log: Path | None = None
) -> Summary:
    """Run the batch with a progress bar on a terminal, plain lines elsewhere, and print the closing summary.

    `quiet` prints neither, `as_json` a JSON line an event instead; `log` is a file to which these are appended.
    `pipeline.run.run` says what is raised.
    """
    from pipeline.run import run

    console = Console(quiet=quiet or as_json)
    logs = [Unbreakable(log_file(log))] if log is not None else []
    events = Events(*([sys.stdout] if as_json else []), *logs)
    try:
        with _shown(console) as show:

            def progress(done: int, total: int, outcome: Outcome | None) -> None:
                told = start(raw, out, total) if outcome is None else file(done, total, outcome)
                events.tell(told)
                show(done, total, outcome)

            summary = run(raw, out, options, progress)
    except (UserError, KeyboardInterrupt) as error:
        events.tell({"event": "stopped", "message": " ".join(str(error).split())})
        raise
    events.tell(end(summary))
    _print_summary(console, out, summary)
    return summary


@contextmanager
def _shown(console: Console) -> Iterator[Progress]:
    """What shows the progress: nothing, a line a file, or a bar with the time that is left."""
    if console.quiet:
        yield lambda done, total, outcome: None
    elif not console.is_terminal:
        yield _line
    else:
        # it paints itself when a file is done: a thread that paints would be in the way of forking workers
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Bar(*columns, TimeRemainingColumn(), console=console, auto_refresh=False) as bar:
            yield _on(bar)


def _line(done: int, total: int, outcome: Outcome | None) -> None:
    if outcome is not None:
        note = f"rejected: {outcome.reject.message}" if outcome.reject else _remark(outcome) or "ok"
        print(f"[{done}/{total}] {outcome.source_path}: {note}", flush=True)


def _on(bar: Bar) -> Progress:
    task = bar.add_task("reading", total=None)

    def advance(done: int, total: int, outcome: Outcome | None) -> None:
        if outcome is not None and outcome.reject:
            bar.console.print(f"[red]rejected[/red] {escape(outcome.source_path)}: {escape(outcome.reject.message)}")
        elif outcome is not None and (remark := _remark(outcome)):
            bar.console.print(f"[yellow]{escape(remark)}[/yellow] {escape(outcome.source_path)}")
        name = Path(outcome.source_path).name if outcome is not None else "reading"
        bar.update(task, completed=done, total=total, description=escape(name if done < total else "done"))
        bar.refresh()

    return advance


def _remark(outcome: Outcome) -> str:
    """What an analyst should know of a file that was read; empty where all is well."""
    remarks = [code.replace("_", " ") for code in outcome.warnings]
    if outcome.pages_without_text:
        pages = ", ".join(map(str, outcome.pages_without_text))
        remarks.append(f"pages without text (try --ocr): {pages}")
    return f"ok, but {'; '.join(remarks)}" if remarks else ""


def _print_summary(console: Console, out: Path, summary: Summary) -> None:
    console.print(f"{out} · run {summary.run_id}", markup=False, highlight=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False)
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, rows in summary.rows.items():
        table.add_row(name, f"{rows:,}", style="dim" if not rows else None)
    console.print(table)
    n_read = summary.n_files - len(summary.rejects)
    console.print(f"{n_read} of {summary.n_files} files read in {summary.seconds:.1f} s", highlight=False)
    done = f"{summary.n_worked:,} worked on" if summary.is_new else "nothing to do, the tables stand"
    console.print(f"{listed(summary.states) or 'no files'}: {done}", highlight=False, markup=False)
    if summary.left_out:
        console.print(f"left out: {listed(summary.left_out)}", highlight=False, markup=False)
    if known := len(summary.rejects) - len(summary.news):
        console.print(f"{known} rejected files are known and accepted", highlight=False)
    for reject in summary.news:
        console.print(
            f"  [red]{escape(reject.source_path)}[/red] {reject.code}: {escape(reject.message)}", highlight=False
        )
    if not summary.n_files:
        console.print(f"No files to read: put the exports ({formats.listed()}) into the input folder.")
