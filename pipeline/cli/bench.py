"""`poimuri bench`: accuracy and speed on a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.base import app

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


@bench.command("topics")
def bench_topics(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of documents of any format.")],
    gold: Annotated[Path, typer.Option("--gold", help="Their truth: a folder of JSON Lines each, named like them.")],
    misses: Annotated[bool, typer.Option("--misses", help="Also print what is missed or too much, by cause.")] = False,
) -> None:
    """Topics and activities of documents whose truth is known: precision and recall over all of them.

    Example: poimuri bench topics data/raw tests/documents tests/topics --gold tests/topics/truth
    """
    from pipeline.bench.report import bench_topics

    bench_topics(folders, gold, misses)


@bench.command("lexicon")
def bench_lexicon(
    samples: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of .txt exports to multiply.")],
    files: Annotated[int, typer.Option(min=10, help="Files to make of them.")] = 100,
    few: Annotated[int, typer.Option(min=10, help="Terms of the smaller lexicon.")] = 500,
    many: Annotated[int, typer.Option(min=10, help="Terms of the larger one.")] = 5000,
    rounds: Annotated[int, typer.Option(min=1, help="Runs with each; the fastest counts.")] = 2,
) -> None:
    """What terms cost: CPU seconds of whole runs with a lexicon of few and of many terms beside the shipped ones."""
    from pipeline.bench.report import bench_lexicon

    bench_lexicon(samples, files, few, many, rounds)


@app.command()
def synth(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="Exports to write.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="New folder for exports/, truth/ and synth.json.")],
    seed: Annotated[int, typer.Option(help="Another number, other exports.")] = 1,
    degraded: Annotated[float, typer.Option(min=0, max=1, help="Share of them whose letters are misread.")] = 0.05,
    broken: Annotated[float, typer.Option(min=0, max=1, help="Share of them that cannot be read.")] = 0.01,
) -> None:
    """Write made-up exports of all kinds as txt, docx, html and pdf, with their truth, to measure by.

    Example: poimuri synth 1000 corpus && poimuri bench run corpus/exports
    """
    from pipeline.bench.synth import synthesise

    made = synthesise(number, folder, seed, degraded, broken)
    formats = ", ".join(f"{count} {suffix}" for suffix, count in made.formats.items())
    print(f"{folder}: {formats}; {len(made.degraded)} misread, {len(made.broken)} broken")
    print(
        f"then: poimuri bench run {folder / 'exports'}, poimuri bench documents {folder / 'exports'} {folder / 'truth'}"
    )


@bench.command("run")
def bench_run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of exports.")],
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures here.")] = None,
    base: Annotated[
        Path | None, typer.Option("--against", help="Figures of an earlier --json: fail where one fell by over 15 %.")
    ] = None,
) -> None:
    """Whole runs over a folder: documents, tokens, MB a CPU second on one core; stages, memory, two workers, re-runs.

    `make bench-check` compares with the figures that the last release left.
    """
    from pipeline.bench.report import bench_run

    bench_run(folder, json_file, base)
