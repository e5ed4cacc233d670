"""The command line: `poimuri run`, `show`, `lemma`, `repair`, `schema`, `bench`."""

from __future__ import annotations

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

OK, USAGE, SOME_REJECTED = 0, 2, 3


@app.command()
def run(
    raw: Annotated[
        Path, typer.Argument(metavar="RAW", help=f"Folder of exports ({listed()}); subfolders are read too.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder for the tables; made if it is not there.")],
    tokens: Annotated[bool, typer.Option("--tokens", help="Also write the table tokens (every word).")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read at the same time.")] = 1,
    timeout: Annotated[
        float, typer.Option(min=1, help="Seconds that one document may take; a slower one is rejected.")
    ] = 600,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise the text of PDF pages that are pictures (needs Tesseract).")
    ] = False,
) -> None:
    """Read every export in RAW and write the tables to OUT.

    OUT always shows the last complete run: it switches to the new tables when all are written. Files that cannot be
    read are listed with the reason in the table rejects.

    Exit codes: 0 every file was read, 3 some were rejected, 2 wrong usage.
    """
    from pipeline.show.batch import batch

    summary = batch(raw, out, tokens=tokens, workers=workers, timeout=timeout, ocr=ocr)
    if summary.rejects:
        n_rejects = len(summary.rejects)
        first = summary.rejects[0]
        rest = f" (and {n_rejects - 1} more in the table rejects)" if n_rejects > 1 else ""
        _say(f"{n_rejects} of {summary.n_files} files rejected: {first.source_path}: {first.message}{rest}")
        raise typer.Exit(SOME_REJECTED)


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
