"""Commands on a folder of exports and its tables: run, demo, status, rejects, verify, history, diff, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.arrow import spare_pandas
from pipeline.cli.base import NOT_WHOLE, SOME_REJECTED, app, fail, say, use_lexicons
from pipeline.read.formats import listed


@app.command()
def run(
    raw: Annotated[
        Path, typer.Argument(metavar="RAW", help=f"Folder of exports ({listed()}); subfolders are read too.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder for the tables; made if it is not there.")],
    tokens: Annotated[bool, typer.Option("--tokens", help="Also write the table tokens (every word).")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read at the same time.")] = 1,
    timeout: Annotated[
        float | None,
        typer.Option(min=1, help="Seconds that one document may take; else a minute, by size up to ten."),
    ] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise the text of PDF pages that are pictures (needs Tesseract).")
    ] = False,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", help="Read only files of this pattern (as in .gitignore); repeatable."),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", help="Leave out files and folders of this pattern; repeatable.")
    ] = None,
    allow_shrink: Annotated[
        bool, typer.Option("--allow-shrink", help="Replace the tables also by ones of fewer than half of the files.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Take nothing over from earlier runs.")] = False,
    prefer: Annotated[
        str,
        typer.Option(help="Which format counts of files that say the same: pdf,docx,html,txt; else the first path."),
    ] = "",
    redact_contacts: Annotated[
        bool,
        typer.Option("--redact-contacts", help="Mask names, e-mail addresses and telephone numbers of persons."),
    ] = False,
    lexicons: Annotated[
        Path | None, typer.Option("--lexicons", help="Folder of lexicons that add to ours or change them.")
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait while another run is writing to OUT.")] = False,
    keep: Annotated[
        int, typer.Option(min=1, help="Runs to keep; that before and the last with documents are always kept.")
    ] = 3,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but what went wrong.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON line an event.")] = False,
    log: Annotated[Path | None, typer.Option("--log", help="Append a JSON line an event to this file.")] = None,
) -> None:
    """Read every export in RAW and write the tables to OUT.

    Only what is new or changed is worked on; the rest is taken over from the last run (`poimuri status` tells before).
    OUT always shows the last complete run: it switches to the new tables when all are written. Files that cannot be
    read are listed with the reason in the table rejects. RAW/.poimuriignore names what to leave out. Mails and zip
    files are opened: what they hold is read as files are, each with its own record or reject.

    Exit codes: 0 every file was read or its reject accepted, 3 some were rejected, 2 nothing could be done (wrong
    usage, no room on the disk, OUT in use), 129, 130 or 143 stopped by SIGHUP, Ctrl-C or SIGTERM.

    Options come before poimuri.toml, that before the defaults named here.
    """
    spare_pandas()
    from pipeline.run import Options
    from pipeline.show.batch import batch

    use_lexicons(lexicons)
    options = Options(
        tokens=tokens,
        workers=workers,
        timeout=timeout,
        ocr=ocr,
        include=include or (),
        exclude=exclude or (),
        allow_shrink=allow_shrink,
        fresh=fresh,
        prefer=tuple(prefer.replace(",", " ").split()),
        redact=redact_contacts,
        wait=wait,
        keep=keep,
    )
    summary = batch(raw, out, options, quiet=quiet, as_json=as_json, log=log)
    if summary.news:
        n_rejects = len(summary.news)
        first = summary.news[0]
        rest = f" (and {n_rejects - 1} more in the table rejects)" if n_rejects > 1 else ""
        say(f"{n_rejects} of {summary.n_files} files rejected: {first.source_path}: {first.message}{rest}")
        raise typer.Exit(SOME_REJECTED)


@app.command()
def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A new folder for the exports and their tables.")
    ] = Path("poimuri-demo"),
) -> None:
    """Try it at once: write the sample exports of invented regions into FOLDER, read them into tables and a report.

    Kokeile heti: kirjoittaa keksityt esimerkkiviennit kansioon, lukee ne taulukoiksi ja tekee niistä raportin.
    """
    import shutil

    from pipeline.files import whole_folder
    from pipeline.installed import samples
    from pipeline.run import Options
    from pipeline.show.batch import batch

    spare_pandas()
    exports, tables = folder / "exports", folder / "tables"
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        fail(f"{folder} is there already; name a new folder: poimuri demo FOLDER")
    with whole_folder(exports) as made:
        shutil.copytree(samples(), made, dirs_exist_ok=True)
    batch(exports, tables, Options())
    page = _demo_report(folder, tables)
    print(f"Exports: {exports}\nTables: {tables}\nReport: {page}")
    print(f"Next: poimuri show {min(exports.iterdir())} --outline")


def _demo_report(folder: Path, tables: Path) -> str:
    """Write the page of facts beside the tables; says what it needs where that is not installed."""
    from pipeline.research.database import ResearchMissing
    from pipeline.research.report.build import report

    try:
        report(tables, folder / "report")
        return f"{folder / 'report' / 'index.html'} (open it in a browser)"
    except ResearchMissing as missing:
        return str(missing)


@app.command()
def status(
    raw: Annotated[Path, typer.Argument(metavar="RAW", help="Folder of exports.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")],
    tokens: Annotated[bool, typer.Option("--tokens", help="As for run.")] = False,
    ocr: Annotated[bool, typer.Option("--ocr", help="As for run.")] = False,
    include: Annotated[list[str] | None, typer.Option("--include", help="As for run.")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="As for run.")] = None,
    prefer: Annotated[str, typer.Option(help="As for run.")] = "",
    redact_contacts: Annotated[bool, typer.Option("--redact-contacts", help="As for run.")] = False,
    lexicons: Annotated[Path | None, typer.Option("--lexicons", help="As for run.")] = None,
    timeout: Annotated[float | None, typer.Option(min=1, help="As for run.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="All files by what became of them, as one JSON line.")
    ] = False,
) -> None:
    """Say what a run would do, and why.

    Files that are new, changed, removed, unchanged, rejected before and unchanged; whether the program, the lexicons or
    the options changed. Nothing is written.
    """
    spare_pandas()
    from pipeline.run import Options
    from pipeline.show.status import show_status

    use_lexicons(lexicons)
    options = Options(
        tokens=tokens,
        timeout=timeout,
        ocr=ocr,
        include=include or (),
        exclude=exclude or (),
        prefer=tuple(prefer.replace(",", " ").split()),
        redact=redact_contacts,
    )
    show_status(raw, out, options, as_json)


@app.command()
def rejects(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")],
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", help="Only these files.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="From now on these are known: a run over them ends with exit code 0.")
    ] = False,
    copy: Annotated[
        Path | None, typer.Option("--copy", help="Copy the files to this new folder, a folder a code; needs --raw.")
    ] = None,
    raw: Annotated[Path | None, typer.Option("--raw", help="Folder of exports, for --copy.")] = None,
) -> None:
    """List the files that the last run could not read, by the code of their reject.

    With --accept they count as known: exit code 3 then means something new, a file that changed included.

    Exit codes: 0 none is new, 3 some are, 2 wrong usage.
    """
    from pipeline.show.rejects import show_rejects

    if show_rejects(out, paths or (), accept, copy, raw):
        raise typer.Exit(SOME_REJECTED)


@app.command()
def explain(
    code: Annotated[str | None, typer.Argument(help="A code of a reject or a warning; all without it.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="fi or en; else that of the locale.")] = None,
) -> None:
    """Say what a code of a reject or a warning means, and what to do.

    Hylkäyskoodin selitys suomeksi: poimuri explain KOODI --lang fi
    """
    from pipeline.show.codes import explain as explained
    from pipeline.workbench.wording import language

    explained(code, language(lang))


@app.command()
def verify(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")],
    run_id: Annotated[str | None, typer.Argument(metavar="[RUN]", help="A run of `history`; else the current.")] = None,
) -> None:
    """Check the tables: files, check sums, schema, counts, keys between tables, offsets in texts.

    Exit codes: 0 all is well, 4 something is not, 2 wrong usage.
    """
    from pipeline.show.history import show_faults

    if show_faults(out, run_id):
        raise typer.Exit(NOT_WHOLE)


@app.command()
def history(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")],
    as_json: Annotated[bool, typer.Option("--json", help="The manifests, one JSON line a run.")] = False,
) -> None:
    """List the runs that are kept: when, over how many files, by which version."""
    from pipeline.show.history import show_history

    show_history(out, as_json)


@app.command()
def diff(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")],
    one: Annotated[str | None, typer.Argument(metavar="[RUN", help="A run of `history`, or another folder.")] = None,
    other: Annotated[str | None, typer.Argument(metavar="RUN]", help="A later run; else the current one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a change.")] = False,
    parquet: Annotated[Path | None, typer.Option("--parquet", help="Write the changes here as a table.")] = None,
) -> None:
    """Say which records were gained, lost or changed from one run to another.

    Without runs the last two. Records are matched by what they say and where: offsets that moved are no change.
    """
    from pipeline.show.diff import show_diff

    show_diff(out, one, other, as_json, parquet)


@app.command()
def restore(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")],
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="A run of `history`.")],
) -> None:
    """Bring an earlier run's tables back: OUT/<table> leads to them from now on."""
    from pipeline.load.snapshot import locked
    from pipeline.load.snapshot import restore as bring_back

    with locked(out):
        bring_back(out, run_id)
    print(f"{out} shows run {run_id}")
