"""What `poimuri bench` prints: its measurements as tables on the terminal, as JSON in a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from pipeline.show.console import Console


def bench_entities(corpus: Path, predictions: Path | None, json_file: Path | None, rival: bool) -> None:
    """Measure on each file of a corpus and print a table. Raises CorpusError, VoikkoMissing."""
    import json

    from pipeline.bench.corpora import CorpusError, tagged_sentences, tsv_files
    from pipeline.bench.entities import RIVAL, figures, measure, measure_rival, write_predictions
    from pipeline.files import write_whole

    files = tsv_files(corpus)
    if predictions is not None and len(files) > 1:
        raise CorpusError(f"{corpus}: {len(files)} files; --predictions takes one, give it as --corpus")
    console = Console(highlight=False)
    report = []
    with one_core():
        for path in files:
            sentences = list(tagged_sentences(path))
            ours, predicted = measure(sentences)
            if predictions is not None:
                write_predictions(predictions, sentences, predicted)
            theirs = measure_rival(sentences) if rival else None
            taggers = [ours, *([theirs] if theirs is not None else [])]
            report.append(figures(path, sentences, taggers))
            _print_entities(console, path, report[-1])
            if rival and theirs is None:
                console.print(f"[dim]{RIVAL} is not installed; .venv/bin/uv sync --locked --group bench[/dim]")
    if json_file is not None:
        write_whole(json_file, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _print_entities(console: Console, path: Path, report: dict[str, Any]) -> None:
    console.print(
        f"[bold]{escape(path.name)}[/bold]: {report['sentences']:,} sentences, {report['tokens']:,} tokens; exact spans"
    )
    ours, *others = report["taggers"]
    for tagger in others:
        console.print(f"rival: {tagger['name']}")
    grid = Table("label", box=None, pad_edge=False)
    for name in (ours["name"], *("rival" for _ in others)):
        for heading in (f"{name} F1", "P", "R"):
            grid.add_column(heading, justify="right")
    grid.add_column("in corpus", justify="right")
    for label, score in ours["labels"].items():
        cells = [
            f"{tagger['labels'][label][name]:.3f}"
            for tagger in report["taggers"]
            for name in ("f1", "precision", "recall")
        ]
        grid.add_row(label, *cells, str(score["gold"]))
    console.print(grid)
    speeds = Table("one core", box=None, pad_edge=False)
    speeds.add_column("tokens a second", justify="right")
    rivals = [(part, speed) for tagger in others for part, speed in tagger["tokens_per_second"].items()]
    for part, speed in rivals:
        speeds.add_column(f"rival, {part} ({speed:,.0f})", justify="right")
    for name, speed in ours["tokens_per_second"].items():
        speeds.add_row(f"{name} cache", f"{speed:,.0f}", *(f"{speed / theirs:.0f} ×" for _, theirs in rivals))
    console.print(speeds)
    console.print()


def bench_lemmas(corpus: Path, predictions: Path | None, json_file: Path | None, rivals: bool) -> None:
    """Measure on a treebank and print a table. Raises CorpusError, VoikkoMissing."""
    import json

    from pipeline.bench.corpora import treebank
    from pipeline.bench.lemmas import LemmatiserFigures, figures, measure, measure_text, write_predictions
    from pipeline.files import write_whole

    console = Console(highlight=False)
    sentences = [[word.form for word in sentence] for sentence in treebank(corpus)]
    n_tokens = sum(map(len, sentences))
    measured: list[LemmatiserFigures] = []
    missing: list[str] = []
    with one_core():
        for outcome in measure(corpus, rivals):
            if isinstance(outcome, str):
                missing.append(outcome)
                continue
            if not measured and predictions is not None:
                write_predictions(predictions, sentences, outcome[1])
            measured.append(outcome[0])
        on_text = list(measure_text(corpus, rivals))
    console.print(f"[bold]{escape(corpus.name)}[/bold]: {len(sentences):,} sentences, {n_tokens:,} tokens, one core")
    grid = Table("lemmatiser", "cache", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    others = [one for one in measured[1:] for _ in one.speeds]
    for heading in ("accuracy", "tokens a second", "peak MB"):
        grid.add_column(heading, justify="right")
    for one in measured:
        for name, speed in one.speeds.items():
            grid.add_row(one.name, name, f"{one.accuracy:.4f}", f"{speed:,.0f}", f"{one.peak_memory:,.0f}")
    console.print(grid)
    for name, speed in measured[0].speeds.items() if others else ():
        ratios = ", ".join(
            f"{speed / theirs:.1f} × {one.name}{f' ({label})' if label else ''}"
            for one in measured[1:]
            for label, theirs in one.speeds.items()
        )
        console.print(f"poimuri, {name} cache: {ratios}")
    for text in on_text:
        rates = ", ".join(f"{speed:,.0f} {label}".rstrip() for label, speed in text.speeds.items())
        f1 = f"F1 of words {text.words:.4f}, of lemmas {text.lemmas:.4f}"
        console.print(f"running text, {text.name}: {f1}; words a second: {rates}")
    for name in missing:
        console.print(f"[dim]{name} is not installed; .venv/bin/uv sync --locked --group bench[/dim]")
    if json_file is not None:
        report = figures(corpus, len(sentences), n_tokens, measured, on_text)
        write_whole(json_file, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def bench_pdf(folder: Path, json_file: Path | None, rivals: bool, rounds: int) -> None:
    """Measure PDF readers and print a table. Raises CorpusError."""
    import json

    from pipeline.bench.pdf import figures, files, measure, n_pages
    from pipeline.files import write_whole

    console = Console(highlight=False)
    paths = files(folder)
    total = sum(map(n_pages, paths))
    console.print(f"[bold]{escape(folder.name)}[/bold]: {len(paths)} files, {total} pages, one core")
    with one_core():
        measured = list(measure(folder, rivals, rounds))
    ours = measured[0]
    for path in paths:
        console.print(f"\n[bold]{escape(path.name)}[/bold], {n_pages(path)} pages")
        grid = Table("reader", box=None, pad_edge=False, padding=(0, 1, 0, 0))
        for heading in ("pages/s", "ratio", "missing", "extra", "in place", "cells", "rows", "exact"):
            grid.add_column(heading, justify="right", no_wrap=True)
        for one in measured:
            speed, found = one.speeds[path.stem], one.scores[path.stem]
            ratio = "" if one is ours else f"{ours.speeds[path.stem] / speed:.1f} ×"
            shares = (found.paragraphs, found.cells, found.rows, found.exact_cells)
            shown = ("" if share is None else f"{share:.4f}" for share in shares)
            grid.add_row(one.name, f"{speed:,.1f}", ratio, f"{found.missing:.3%}", f"{found.extra:.3%}", *shown)
        console.print(grid)
    peaks = ", ".join(f"{one.name} {one.peak_memory:.0f}" for one in measured)
    console.print(f"\npeak memory, MB: {peaks}")
    console.print("[dim]ratio: how many times faster poimuri is. cells, rows: letters and digits; exact: cells[/dim]")
    if json_file is not None:
        write_whole(json_file, json.dumps(figures(folder, measured), ensure_ascii=False, indent=1) + "\n")


def bench_repair(corpora: Sequence[Path], seed: int, json_file: Path | None) -> None:
    """Measure repair on clean texts and print a table. Raises CorpusError, VoikkoMissing."""
    import json

    from pipeline.bench.repair import RepairFigures, measure, texts, totals
    from pipeline.files import write_whole

    console = Console(highlight=False)
    measured: list[RepairFigures] = []
    for name, text in texts(corpora):
        measured += measure(name, text, seed)
    grid = Table("text", "damage", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("words", "damaged", "right after", "changed", "precision", "recall"):
        grid.add_column(heading, justify="right")
    rows = [*measured, *(totals(measured) if len(measured) > 4 else ())]
    for one in rows:
        shares = (f"{one.precision:.4f}" if one.changed else "", f"{one.recall:.4f}" if one.damaged else "")
        accuracy = f"{one.accuracy:.2%}"
        grid.add_row(
            escape(one.corpus), one.damage, f"{one.words:,}", f"{one.damaged:,}", accuracy, f"{one.changed:,}", *shares
        )
    console.print(grid)
    if json_file is not None:
        report = [
            one._asdict() | {"accuracy": one.accuracy, "precision": one.precision, "recall": one.recall} for one in rows
        ]
        write_whole(json_file, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def bench_documents(folder: Path, gold: Path, json_file: Path | None) -> None:
    """Measure on documents with truth and print a table. Raises CorpusError, VoikkoMissing."""
    import json

    from pipeline.bench.documents import measure, summed
    from pipeline.files import write_whole

    measured = list(measure(folder, gold))
    grid = Table("measure", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("documents", "mean", "lowest"):
        grid.add_column(heading, justify="right")
    grid.add_column("document")
    for one in summed(measured):
        worst = escape(one.worst) if one.lowest < 1 else ""
        grid.add_row(one.measure, str(one.documents), f"{one.mean:.3f}", f"{one.lowest:.3f}", worst)
    Console(highlight=False).print(grid)
    if json_file is not None:
        report = {one.document: dict(one.measures) for one in measured}
        write_whole(json_file, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def bench_topics(folders: Sequence[Path], gold: Path, misses: bool) -> None:
    """Measure on documents with truth and print a table. Raises CorpusError, VoikkoMissing."""
    from pipeline.bench.topics import ATTRIBUTES, judge, share, total

    found = list(judge(folders, gold))
    grid = Table("table", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("documents", "right", "too much", "missed", "precision", "recall"):
        grid.add_column(heading, justify="right")
    for table in ("topics", "activities"):
        counts = total(found, table)
        shares = f"{counts.precision:.3f}", f"{counts.recall:.3f}"
        grid.add_row(table, str(len(found)), *map(str, counts), *shares)
    for name in ATTRIBUTES:
        right, told = share(found, name)
        grid.add_row(f"activities.{name}", "", f"{right} of {told}")
    console = Console(highlight=False, soft_wrap=True)
    console.print(grid)
    lines = [(miss.table, miss.cause, one.document, miss.told, miss.words) for one in found for miss in one.misses]
    for line in sorted(lines) if misses else ():
        console.print(escape(" | ".join(" ".join(part.split()) for part in line)))


def bench_lexicon(samples: Path, n_files: int, few: int, many: int, rounds: int) -> None:
    """Measure whole runs, print a line each as it ends, then how much more the many terms cost. Raises UserError."""
    from pipeline.bench.lexicon import measure

    least: dict[int, float] = {}
    for one in measure(samples, n_files, (few, many), rounds):
        least[one.n_terms] = min(one.cpu, least.get(one.n_terms, one.cpu))
        print(f"{one.n_terms:>7,} terms{one.cpu:>10.2f} CPU s", flush=True)
    print(
        f"{many:,} terms cost {least[many] / least[few]:.2f} times the run of {few:,}, the fastest of each", flush=True
    )


def bench_batch(samples: Path, n_files: int, workers: int, compare: bool) -> None:
    """Measure whole runs and print a line each as it ends. Raises UserError."""
    from pipeline.bench.batch import measure

    first = 0.0
    print(f"{'over ' + f'{n_files:,} files':<44}{'CPU s':>10}{'of the first':>14}{'wall s':>10}{'MB':>8}", flush=True)
    for one in measure(samples, n_files, workers, (1, 2, 4) if compare else ()):
        if isinstance(one, str):
            print(one, flush=True)
            continue
        first = first or one.cpu
        print(
            f"{one.name:<44}{one.cpu:>10.2f}{one.cpu / first:>14.2%}{one.wall:>10.1f}{one.megabytes:>8.0f}", flush=True
        )


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this process to one core while a speed is measured, where the system lets it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def bench_run(folder: Path, json_file: Path | None, base: Path | None) -> None:
    """Measure whole runs over a folder and print their figures; exit code 1 where they fell. Raises UserError."""
    import json

    import typer

    from lexicons.errors import UserError
    from pipeline.bench.runs import falls, measure
    from pipeline.files import write_whole

    try:
        earlier = json.loads(base.read_text(encoding="utf-8")) if base is not None else None
    except (OSError, ValueError) as error:
        raise UserError(f"{base}: {error}; give a file that --json wrote") from None
    figures = measure(folder)
    print(f"{figures['documents']:,} documents of {figures['files']:,} files, {figures['tokens']:,} tokens")
    for name in ("documents", "tokens", "megabytes"):
        print(f"{name + ' a CPU second':<28}{figures[f'{name}_per_cpu_second']:>12,}")
    print(f"{'two workers as fast as one':<28}{figures['wall_ratio_of_two']:>12,}")
    print(f"\n{'':<18}{'CPU s':>10}{'wall s':>10}{'MB':>8}")
    for name in ("one_worker", "two_workers", "nothing_changed"):
        ran = figures[name]
        print(f"{name.replace('_', ' '):<18}{ran['cpu']:>10.2f}{ran['wall']:>10.2f}{ran['megabytes'] or '':>8}")
    print(
        "\nµs a token: " + ", ".join(f"{stage} {spent}" for stage, spent in figures["microseconds_per_token"].items())
    )
    if json_file is not None:
        write_whole(json_file, json.dumps(figures, indent=1) + "\n")
    if earlier is not None and (fallen := falls(figures, earlier)):
        print("\nslower than before:\n" + "\n".join(fallen))
        raise typer.Exit(1)
