"""What a person sees on the terminal: progress, the closing summary, one document's outline, the data dictionary,
benchmarks."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from extractors.document import AnalysedDocument, Section, fold
from extractors.records import TABLES, DocumentRecord, SectionGoalRecord

if TYPE_CHECKING:
    from pipeline.repair import Repair
    from pipeline.run import Outcome

GOAL_COLOURS = {1: "cyan", 2: "green", 3: "magenta", 4: "yellow", 5: "red"}


class UnknownTable(ValueError):
    """A table name that the schema does not have; the message lists those it has."""


def batch(raw: Path, out: Path, *, tokens: bool, workers: int, timeout: float, ocr: bool):  # type: ignore[no-untyped-def]
    """Run the batch with a progress bar on a terminal, plain lines elsewhere, and print the closing summary."""
    from pipeline.run import run

    console = Console()
    if not console.is_terminal:

        def line(done: int, total: int, outcome: Outcome | None) -> None:
            if outcome is None:
                return
            note = f"rejected: {outcome.reject.message}" if outcome.reject else _remark(outcome) or "ok"
            print(f"[{done}/{total}] {outcome.source_path}: {note}", flush=True)

        summary = run(raw, out, tokens=tokens, workers=workers, timeout=timeout, ocr=ocr, progress=line)
    else:
        bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
        )
        with bar:
            task = bar.add_task("reading", total=None)

            def advance(done: int, total: int, outcome: Outcome | None) -> None:
                if outcome is not None and outcome.reject:
                    bar.console.print(
                        f"[red]rejected[/red] {escape(outcome.source_path)}: {escape(outcome.reject.message)}"
                    )
                elif outcome is not None and (remark := _remark(outcome)):
                    bar.console.print(f"[yellow]{escape(remark)}[/yellow] {escape(outcome.source_path)}")
                name = Path(outcome.source_path).name if outcome is not None else "reading"
                bar.update(task, completed=done, total=total, description=escape(name))

            summary = run(raw, out, tokens=tokens, workers=workers, timeout=timeout, ocr=ocr, progress=advance)
            bar.update(task, description="done")
    _print_summary(console, out, summary)
    return summary


def _remark(outcome: Outcome) -> str:
    """What an analyst should know of a file that was read; empty where all is well."""
    (document,) = (one for one in outcome.records["documents"] if isinstance(one, DocumentRecord))
    remarks = [code.replace("_", " ") for code in document.warnings]
    if document.pages_without_text:
        pages = ", ".join(map(str, document.pages_without_text))
        remarks.append(f"pages without text (try --ocr): {pages}")
    return f"ok, but {'; '.join(remarks)}" if remarks else ""


def _print_summary(console: Console, out: Path, summary) -> None:  # type: ignore[no-untyped-def]
    console.print(f"{out} · run {summary.run_id}", markup=False, highlight=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False)
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, rows in summary.rows.items():
        table.add_row(name, f"{rows:,}", style="dim" if not rows else None)
    console.print(table)
    n_read = summary.n_files - len(summary.rejects)
    console.print(f"{n_read} of {summary.n_files} files read in {summary.seconds:.1f} s", highlight=False)
    for reject in summary.rejects:
        console.print(
            f"  [red]{escape(reject.source_path)}[/red] {reject.code}: {escape(reject.message)}", highlight=False
        )
    if not summary.n_files:
        console.print("No files to read: put the exports (.txt, .pdf) into the input folder.")


def draw_page(file: Path, page: int, out: Path, ocr: bool) -> None:
    """Write a page of a PDF with its records boxed. Raises OSError, Reject, NoSuchPage, WriteError, VoikkoMissing."""
    from pipeline.draw import boxed, draw
    from pipeline.files import write_whole
    from pipeline.process import process

    data = file.read_bytes()
    records = process(data, file.name, ocr=ocr).records
    write_whole(out, draw(data, page, records))
    counts: dict[str, int] = defaultdict(int)
    for table, _ in boxed(records, page):
        counts[table] += 1
    shown = ", ".join(f"{n} {table}" for table, n in counts.items()) or "no records begin on it"
    print(f"{out}: page {page}, {shown}")


def show_document(file: Path, ocr: bool) -> None:
    """Print a document's outline. Raises OSError, Reject or VoikkoMissing."""
    from extractors import section_goals
    from extractors.ids import section_id
    from pipeline.process import analysed

    document, repair = analysed(file.read_bytes(), file.name, ocr=ocr)
    console = Console(highlight=False)
    _print_head(console, document, repair)
    facts = _facts(document)
    goals: dict[str, list[SectionGoalRecord]] = defaultdict(list)
    for goal in section_goals.extract(document):
        goals[goal.section_id].append(goal)
    for section in document.sections:
        _print_section(console, document, section, facts, goals[section_id(document.doc_id, section)])
    _print_totals(console, document)


def _print_head(console: Console, document: AnalysedDocument, repair: Repair) -> None:
    from extractors.documents import extract

    share, after = repair.known_word_share, repair.known_word_share_repaired
    record = extract(document, share, after, repair.degraded)
    console.print(Text(record.title or document.document.source_path, style="bold"))
    pairs = [
        ("kind", record.kind),
        ("region", record.region),
        ("programme", record.programme),
        ("report date", record.report_date),
        ("known words", f"{share:.1%}" if share is not None else None),
        ("after repair", f"{after:.1%}" if after is not None else None),
    ]
    console.print("   ".join(f"[dim]{name}[/dim] {escape(str(value))}" for name, value in pairs if value is not None))


def _facts(document: AnalysedDocument) -> list[tuple[int, int, str, str]]:
    """Places to colour: start, end, style, note behind."""
    from extractors import dates, percentages, quantities

    found = [
        (r.char_start, r.char_end, "bold blue", " ".join(filter(None, (f"→{r.value}", r.mod))))
        for r in dates.extract(document)
    ]
    found += [
        (r.char_start, r.char_end, "bold red", f"→{r.value:g}" + (f"–{r.value_max:g}" if r.value_max else ""))
        for r in percentages.extract(document)
    ]
    found += [
        (r.char_start, r.char_end, "bold green", f"→{r.value:g} {r.unit or r.counts or ''}".rstrip())
        for r in quantities.extract(document)
        if r.unit_kind != "duration"
    ]
    return sorted(found)


def _print_section(
    console: Console,
    document: AnalysedDocument,
    section: Section,
    facts: Sequence[tuple[int, int, str, str]],
    goals: Sequence[SectionGoalRecord],
) -> None:
    indent = "  " * section.level
    line = Text(f"{indent}{section.heading_text}", style="bold")
    for goal in goals:
        line.append(f" [{goal.benefit_goal} {goal.source}]", style=GOAL_COLOURS[goal.benefit_goal])
    if section.field:
        line.append(f"  {section.field}", style="dim")
    if section.evaluation_date:
        line.append(f"  {section.evaluation_date}", style="dim")
    console.print(line)
    for start, end, style, note in facts:
        if section.body.start <= start < section.body.end:
            before = document.text[max(section.body.start, start - 40) : start]
            after = document.text[end : min(section.body.end, end + 30)]
            snippet = Text(f"{indent}    …{_flat(before)}", style="dim")
            snippet.append(fold(document.text[start:end]), style=style)
            snippet.append(f" {note} ", style="italic")
            snippet.append(f"{_flat(after)}…", style="dim")
            console.print(snippet, soft_wrap=True)


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def _print_totals(console: Console, document: AnalysedDocument) -> None:
    from extractors import EXTRACTORS, extractor

    counts = [(table, len(list(extractor(table)(document)))) for table in EXTRACTORS if table != "tokens"]
    console.print("  ".join(f"[dim]{table}[/dim] {count}" for table, count in counts if count))


def show_schema(table: str | None) -> None:
    """Print the data dictionary. Raises UnknownTable."""
    from pipeline.schema import data_dictionary

    names = [item.TABLE for item in TABLES]
    if table is not None and table not in names:
        raise UnknownTable(f"no table {table!r}; there are {', '.join(names)}")
    console = Console(highlight=False)
    for item, columns in data_dictionary():
        if table is not None and table != item.TABLE:
            continue
        grid = Table(title=f"{item.TABLE} — {item.MEANING}", title_justify="left", box=None, pad_edge=False)
        for heading in ("column", "type", "null", "meaning"):
            grid.add_column(heading, overflow="fold")
        for column in columns:
            grid.add_row(
                column.name, escape(str(column.type)), "yes" if column.nullable else "", escape(column.meaning)
            )
        console.print(grid)
        console.print()


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


def show_lemmas(text: str) -> None:
    """Print a table of a text's tokens: lemma, all readings, what decided. Raises VoikkoMissing, LexiconError."""
    from pipeline.disambiguate import FEATURES, model
    from pipeline.lemmatiser import form
    from pipeline.nlp import pipeline

    grid = Table("token", "lemma", "reading", "all readings", "why", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for sentence in pipeline()(text).sents:
        words = [token.text for token in sentence if not token.is_space]
        forms = [form(word) for word in words]
        chosen = model().choose(forms)
        for index, (one, number) in enumerate(zip(forms, chosen, strict=True)):
            reading = one.readings[number]
            others = dict.fromkeys(f"{other.lemma} {_tag(other.tag)}" for other in one.readings)
            why = _SOURCES[reading.source]
            if len(one.readings) > 1:
                second, favours = model().reasons(forms, chosen, index)
                named = "; ".join(f"{FEATURES[name[0]]} {name[2:]} +{value:.1f}" for name, value in favours[:2])
                why = f"{why}; over {second.lemma} {_tag(second.tag)}: {named}"
            shown = list(others)[:4] if len(others) > 1 else []
            if len(others) > 4:
                shown.append(f"and {len(others) - 4} more")
            lemma = escape(reading.lemma)
            grid.add_row(
                escape(one.text), f"[bold]{lemma}[/bold]", _tag(reading.tag), escape(", ".join(shown)), escape(why)
            )
    Console(highlight=False).print(grid)


_SOURCES = {"voikko": "Voikko", "lexicon": "lexicon", "pattern": "its shape", "guess": "guess: Voikko lacks it"}


def _tag(tag: str) -> str:
    return tag.strip(".").replace("..", ".")


def bench_lemmas(corpus: Path, predictions: Path | None, json_file: Path | None, rivals: bool) -> None:
    """Measure on a treebank and print a table. Raises CorpusError, VoikkoMissing."""
    import json

    from pipeline.bench.corpora import treebank
    from pipeline.bench.lemmas import Measured, figures, measure, write_predictions
    from pipeline.files import write_whole

    console = Console(highlight=False)
    sentences = [[word.form for word in sentence] for sentence in treebank(corpus)]
    n_tokens = sum(map(len, sentences))
    measured: list[Measured] = []
    missing: list[str] = []
    with one_core():
        for outcome in measure(corpus, rivals):
            if isinstance(outcome, str):
                missing.append(outcome)
                continue
            if not measured and predictions is not None:
                write_predictions(predictions, sentences, outcome[1])
            measured.append(outcome[0])
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
    for name in missing:
        console.print(f"[dim]{name} is not installed; .venv/bin/uv sync --locked --group bench[/dim]")
    if json_file is not None:
        report = figures(corpus, len(sentences), n_tokens, measured)
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

    from pipeline.bench.repair import Measured, measure, texts, totals
    from pipeline.files import write_whole

    console = Console(highlight=False)
    measured: list[Measured] = []
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


_REPAIRS = {"line_end": "cyan", "dots": "green", "letters": "yellow"}


def show_repair(file: Path, out: Path | None) -> None:
    """Print a document's repairs line by line, and write the repaired text. Raises OSError, Reject, VoikkoMissing."""
    from pipeline.files import write_whole
    from pipeline.read import read
    from pipeline.repair import repair

    found = repair(read(file.read_bytes(), file.name))
    text, console = found.document.text, Console(highlight=False, soft_wrap=True)
    edges = [text.rfind("\n", 0, one.start) + 1 for one in found.twin.repairs]
    shown = -1
    for one, edge in zip(found.twin.repairs, edges, strict=True):
        if edge < shown:
            continue
        last, stop = one.end, -1
        while stop < last:  # a joined word takes its next line along, with what is repaired there
            end = text.find("\n", last)
            stop = len(text) if end < 0 else end
            last = max(other.end for other in found.twin.repairs if other.start < stop)
        shown = stop
        line = Text(f"{text.count(chr(10), 0, edge) + 1:>5} ", style="dim")
        position = edge
        for other in found.twin.repairs:
            if edge <= other.start < stop and position <= other.start:
                line.append(_flat(text[position : other.start]), style="default not dim")
                line.append(_flat(text[other.start : other.end]), style="red strike not dim")
                line.append("→", style="dim")
                line.append(other.text, style=f"bold {_REPAIRS[other.kind]} not dim")
                line.append(f" {other.confidence:.2f}", style="dim")
                position = other.end
        line.append(_flat(text[position:stop]) if position < stop else "", style="default not dim")
        console.print(line)
    counts = ", ".join(
        f"[{colour}]{sum(one.kind == kind for one in found.twin.repairs):,} {kind}[/{colour}]"
        for kind, colour in _REPAIRS.items()
    )
    shares = [share for share in (found.known_word_share, found.known_word_share_repaired) if share is not None]
    known = " → ".join(f"{share:.1%}" for share in shares)
    console.print(f"{counts}   [dim]known words[/dim] {known}")
    if out is not None:
        write_whole(out, found.twin.text)
        console.print(f"[dim]repaired text written to[/dim] {escape(str(out))}")


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
