"""One document on the terminal: its outline with goals, dates and figures in colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape
from rich.text import Text

from extractors import rows
from extractors.document import AnalysedDocument, Section, fold
from extractors.ids import section_id
from extractors.outline.numbering import explain
from extractors.outline.tables import columns
from extractors.records import (
    EXTRACTED,
    DateRecord,
    DocumentRecord,
    PercentageRecord,
    QuantityRecord,
    SectionGoalRecord,
    TokenRecord,
)
from pipeline.process import analysed
from pipeline.show.console import Console

GOAL_COLOURS = {1: "cyan", 2: "green", 3: "magenta", 4: "yellow", 5: "red"}


def show_document(file: Path, ocr: bool, redact: bool) -> None:
    """Print a document's outline. Raises OSError, Reject or VoikkoMissing."""
    document = analysed(file.read_bytes(), file.name, ocr=ocr, redact=redact)
    console = Console(highlight=False)
    _print_head(console, document)
    facts = _facts(document)
    goals: dict[str, list[SectionGoalRecord]] = defaultdict(list)
    for goal in rows(document, SectionGoalRecord):
        goals[goal.section_id].append(goal)
    for section in document.sections:
        _print_section(console, document, section, facts, goals[section_id(document.doc_id, section)])
    _print_totals(console, document)


def show_structure(file: Path, ocr: bool, redact: bool) -> None:
    """Print how a document's structure was understood: what its numbers number and why, its tables' columns, its
    headings. Raises OSError, Reject or VoikkoMissing."""
    document = analysed(file.read_bytes(), file.name, ocr=ocr, redact=redact)
    console = Console(highlight=False)
    _print_head(console, document)
    for line in explain(document):
        console.print(Text.assemble(("numbers  ", "dim"), line))
    for number, table in enumerate(document.tables, 1):
        layout = columns(document, table)
        named = [column.period or column.role or "?" for column in layout.by_index]
        console.print(Text.assemble((f"table {number:<3}", "dim"), f"{layout.kind}: {' | '.join(named)}"))
    for section in document.sections:
        codes = f"  goals {', '.join(section.goal_codes)}" if section.goal_codes else ""
        nationals = "".join(f"  national goal {goal}" for goal in section.benefit_goals)
        day = f"  {section.evaluation_date}" if section.evaluation_date else ""
        console.print(
            Text.assemble(
                "  " * section.level, section.heading_text or "(no heading)", (codes + nationals + day, "dim")
            )
        )


def _print_head(console: Console, document: AnalysedDocument) -> None:
    share, after = document.known_word_share, document.known_word_share_repaired
    (record,) = rows(document, DocumentRecord)
    console.print(Text(record.title or document.source_path, style="bold"))
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
    found = [
        (r.char_start, r.char_end, "bold blue", " ".join(filter(None, (f"→{r.value}", r.mod))))
        for r in rows(document, DateRecord)
    ]
    found += [
        (r.char_start, r.char_end, "bold red", f"→{r.value:g}" + (f"–{r.value_max:g}" if r.value_max else ""))
        for r in rows(document, PercentageRecord)
    ]
    found += [
        (r.char_start, r.char_end, "bold green", f"→{r.value:g} {r.unit or r.counts or ''}".rstrip())
        for r in rows(document, QuantityRecord)
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
            snippet = Text(f"{indent}    …{flat(before)}", style="dim")
            snippet.append(fold(document.text[start:end]), style=style)
            snippet.append(f" {note} ", style="italic")
            snippet.append(f"{flat(after)}…", style="dim")
            console.print(snippet, soft_wrap=True)


def flat(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def _print_totals(console: Console, document: AnalysedDocument) -> None:
    kinds = [kind for kind in EXTRACTED if kind is not TokenRecord]
    counts = [(kind.TABLE, len(rows(document, kind))) for kind in kinds]
    console.print("  ".join(f"[dim]{table}[/dim] {count}" for table, count in counts if count))
