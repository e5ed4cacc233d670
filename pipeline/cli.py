"""The command line of `poimuri`: what each command takes, and its exit codes."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from lexicons import UserError
from pipeline.read.formats import FORMATS, listed
from pipeline.rejects import Reject


class _Commands(TyperGroup):
    """Commands whose `UserError`s are one line on stderr and the exit code for wrong usage."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            _fail(str(error))
        except KeyboardInterrupt as stopped:
            _say("stopped; what was read is kept, run again to go on" if ctx.invoked_subcommand == "run" else "stopped")
            raise typer.Exit(128 + getattr(stopped, "number", signal.SIGINT)) from None


app = typer.Typer(
    name="poimuri",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich's help pages alone cost a third of a second to import
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        f"Read Innokylä exports ({', '.join(item.name for item in FORMATS)}) into Parquet tables, "
        "each fact with the place it came from.\n\n"
        "Poimi Innokylän vientitiedostoista taulukot: `poimuri run` lukee kansion, `poimuri show` näyttää yhden "
        "asiakirjan, `poimuri schema` selittää sarakkeet."
    ),
    epilog="Example: poimuri run exports/ tables/   then in Python: pandas.read_parquet('tables/dates')",
)

OK, USAGE, SOME_REJECTED, NOT_WHOLE = 0, 2, 3, 4


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"poimuri {version('poimuri')}")
        raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", help="Settings; else poimuri.toml of this folder. Options come first.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    from pipeline.settings import settings

    ctx.default_map = settings(config)


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
    lexicons: Annotated[Path | None, typer.Option("--lexicons", help="Folder of other lexicons than our own.")] = None,
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
    from pipeline.run import Options
    from pipeline.show.batch import batch
    from pipeline.show.stream import print_unbreakably

    print_unbreakably()
    _use_lexicons(lexicons)
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
        wait=wait,
        keep=keep,
    )
    summary = batch(raw, out, options, quiet=quiet, as_json=as_json, log=log)
    if summary.news:
        n_rejects = len(summary.news)
        first = summary.news[0]
        rest = f" (and {n_rejects - 1} more in the table rejects)" if n_rejects > 1 else ""
        _say(f"{n_rejects} of {summary.n_files} files rejected: {first.source_path}: {first.message}{rest}")
        raise typer.Exit(SOME_REJECTED)


@app.command()
def status(
    raw: Annotated[Path, typer.Argument(metavar="RAW", help="Folder of exports.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")],
    tokens: Annotated[bool, typer.Option("--tokens", help="As for run.")] = False,
    ocr: Annotated[bool, typer.Option("--ocr", help="As for run.")] = False,
    include: Annotated[list[str] | None, typer.Option("--include", help="As for run.")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", help="As for run.")] = None,
    prefer: Annotated[str, typer.Option(help="As for run.")] = "",
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
    from pipeline.run import Options
    from pipeline.show.status import show_status

    _use_lexicons(lexicons)
    options = Options(
        tokens=tokens,
        timeout=timeout,
        ocr=ocr,
        include=include or (),
        exclude=exclude or (),
        prefer=tuple(prefer.replace(",", " ").split()),
    )
    show_status(raw, out, options, as_json)


@app.command()
def rejects(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables.")],
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", help="Only these files.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="From now on these are known: a run over them ends with exit code 0.")
    ] = False,
) -> None:
    """List the files that the last run could not read.

    With --accept they count as known: exit code 3 then means something new, a file that changed included.

    Exit codes: 0 none is new, 3 some are, 2 wrong usage.
    """
    from pipeline.show.rejects import show_rejects

    if show_rejects(out, paths or (), accept):
        raise typer.Exit(SOME_REJECTED)


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


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One export.")],
    page: Annotated[
        int | None, typer.Option("--page", min=1, help="Of a PDF: draw this page with its records instead.")
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Where to write the drawn page, a PNG.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Recognise the text of pages that are pictures.")] = False,
    outline: Annotated[
        bool, typer.Option("--outline", help="How its structure was understood: numbers, tables and headings alone.")
    ] = False,
) -> None:
    """Print one document's outline with its facts, or draw a page with its records boxed.

    Headings with their goals; dates, percentages and quantities in colour, each with its value.
    Example: poimuri show report.pdf --page 4 --out page4.png
    """
    from pipeline.show.document import show_document, show_structure
    from pipeline.show.page import draw_page

    if page is not None and file.suffix.lower() != ".pdf":
        _fail(f"{file}: --page draws pages of PDFs only; leave it out")
    if out is not None and page is None:
        _fail("--out writes a drawn page; say which with --page N")
    if outline and page is not None:
        _fail("--outline and --page show different things; give one of them")
    with _one_export(file):
        if ocr:
            from pipeline.read.pdf.ocr import check

            check()
        if page is not None:
            draw_page(file, page, out or Path(f"{file.stem}-p{page}.png"), ocr)
        elif outline:
            show_structure(file, ocr)
        else:
            show_document(file, ocr)


@app.command()
def schema(
    table: Annotated[str | None, typer.Argument(help="Only this table.")] = None,
) -> None:
    """Print the data dictionary.

    Every table, its columns, their types and meanings.
    """
    from pipeline.show.dictionary import show_schema

    show_schema(table)


@app.command()
def lemma(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Finnish text, in quotes.")],
) -> None:
    """Print the lemma of every word, and why.

    A line a token: the chosen reading, all readings that the form can have, and what decided.
    """
    from pipeline.show.words import show_lemmas

    show_lemmas(text)


@app.command()
def repair(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One export.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write the repaired text here.")] = None,
) -> None:
    """Print what would be repaired in one export.

    The changed words in colour, before and after, with their kind and confidence; the file itself stays as it is.
    """
    from pipeline.show.words import show_repair

    with _one_export(file):
        show_repair(file, out)


bench = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Measure accuracy and speed on a corpus.")
app.add_typer(bench, name="bench")


@bench.command()
def entities(
    corpus: Annotated[
        Path,
        typer.Option("--corpus", help="File of tokens and IOB2 tags, or a folder of them (train.tsv is left out)."),
    ],
    predictions: Annotated[
        Path | None, typer.Option("--predictions", help="Write our tag of every token here, in the corpus' format.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures here.")] = None,
    rival: Annotated[bool, typer.Option(help="Also measure the neural pipeline, if it is installed.")] = True,
) -> None:
    """Dates, percentages and quantities on a corpus of tagged entities, on one core.

    The neural pipeline beside ours comes with: .venv/bin/uv sync --locked --group bench
    """
    from pipeline.bench.report import bench_entities

    bench_entities(corpus, predictions, json_file, rival)


@bench.command()
def lemmas(
    corpus: Annotated[Path, typer.Option("--corpus", help="A treebank in CoNLL-U, with lemmas.")],
    predictions: Annotated[
        Path | None, typer.Option("--predictions", help="Write every token and our lemma here, one a line.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures here.")] = None,
    rival: Annotated[bool, typer.Option(help="Also measure the other lemmatisers that are installed.")] = True,
) -> None:
    """Lemmas of a treebank's words and of its running text: accuracy, speed and memory, on one core.

    The others come with: .venv/bin/uv sync --locked --group bench
    """
    from pipeline.bench.report import bench_lemmas

    bench_lemmas(corpus, predictions, json_file, rival)


@bench.command("batch")
def bench_batch(
    samples: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of .txt exports to multiply.")],
    files: Annotated[int, typer.Option(min=10, help="Files to make of them.")] = 300,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read at the same time.")] = 1,
    compare: Annotated[bool, typer.Option(help="Also compare with fresh runs by 1, 2 and 4 workers.")] = True,
) -> None:
    """Runs over many files when nothing, little or a lexicon changed: CPU seconds and memory.

    The memory is that of the largest process.
    """
    from pipeline.bench.report import bench_batch

    bench_batch(samples, files, workers, compare)


@bench.command("pdf")
def bench_pdf(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of NAME.pdf with NAME.truth.txt beside it.")],
    rounds: Annotated[int, typer.Option(min=1, help="Timed rounds after a first one; the fastest counts.")] = 2,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures here.")] = None,
    rival: Annotated[bool, typer.Option(help="Also measure pdfplumber, pypdfium2 and pdfminer.six alone.")] = True,
) -> None:
    """PDF readers: pages a second, memory, text, cells and rows, on one core.

    The truth has a paragraph a line, a table row as its cells joined by " | ", no running headers and footers.
    """
    from pipeline.bench.report import bench_pdf

    bench_pdf(folder, json_file, rival, rounds)


@bench.command("repair")
def bench_repair(
    corpus: Annotated[
        list[Path],
        typer.Option("--corpus", help="Clean Finnish: a .txt or .conllu file, or a folder; repeatable."),
    ],
    seed: Annotated[int, typer.Option(help="Another number, other damage.")] = 1,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures here.")] = None,
) -> None:
    """Repair of clean text that is damaged in four ways.

    none: nothing may change. no dots: ä, ö and å lose dots and rings. misread: 3 % of the letters are confused as the
    lexicon ocr_confusions says, and 2 % of the words cut by line ends. any letter: the same with letters replaced by
    any others.
    """
    from pipeline.bench.report import bench_repair

    bench_repair(corpus, seed, json_file)


@bench.command("documents")
def bench_documents(
    folder: Annotated[Path, typer.Argument(help="Documents of any format.")],
    gold: Annotated[Path, typer.Argument(help="Their truth: a folder of JSON Lines each, named like the document.")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write each document's measures here.")] = None,
) -> None:
    """Every table of documents whose facts are known: the mean of each measure, and where it is lowest.

    A measure is a share or an F1. Example: poimuri bench documents tests/documents tests/truth
    """
    from pipeline.bench.report import bench_documents

    bench_documents(folder, gold, json_file)


fit = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Fit weights to documents that people have read.")
app.add_typer(fit, name="fit")


@fit.callback()
def _fit() -> None:
    """Fit weights to documents that people have read."""


@fit.command("goals")
def goals(
    documents: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of documents as text.")],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Folder with a folder a document, which holds sections.jsonl.")
    ],
    texts: Annotated[
        Path | None, typer.Option("--texts", help="Single texts, a line each, with what several readers found.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Print the figures; leave the weights as they are.")] = False,
) -> None:
    """Weights of national goals by content.

    Prints how far the readers agree, how well goals are found in documents left out of the fitting, and how often what
    is said with a probability is true; then fits on all and writes the weights.
    Example: poimuri fit goals data/raw tests/documents tests/truth --texts tests/goals/texts.jsonl
    """
    from pipeline.fit.report import fit_goals

    fit_goals(documents, gold, texts, check)


def _use_lexicons(folder: Path | None) -> None:
    """Read the lexicons from another folder, before any is read."""
    if folder is None:
        return
    from lexicons import loader

    if not folder.is_dir():
        _fail(f"{folder} is not a folder; give a copy of the lexicons")
    loader.FOLDER = folder.resolve()


def _say(message: str) -> None:
    print(f"poimuri: {' '.join(message.split())}", file=sys.stderr)


@contextmanager
def _one_export(file: Path) -> Iterator[None]:
    """What goes wrong with the file that a command is about, as one line that names it."""
    try:
        yield
    except OSError as error:
        _fail(f"{error.filename or file}: {error.strerror}; give the path of one export")
    except Reject as reject:
        _say(f"{file}: {reject.message} ({reject.code})")
        raise typer.Exit(SOME_REJECTED) from None


def _fail(message: str) -> NoReturn:
    """One line on stderr, exit code for wrong usage."""
    _say(message)
    raise typer.Exit(USAGE)


def main() -> None:
    """Entry point of the command."""
    app()


if __name__ == "__main__":
    main()
