"""Words on the terminal: each token's lemma and why, each repair before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractors.document import Span
from pipeline.show.console import Console
from pipeline.show.document import flat

if TYPE_CHECKING:
    from extractors.document import RepairedDocument, WordRepair
    from pipeline.language.disambiguate import WordForm


MOST_SHOWN, MOST_FEATURES = 4, 2
"""Readings of a word that are shown (of more, how many), and features that decided."""


GAP = 2
"""Columns of white between what is shown."""


class _Row(NamedTuple):
    """A token as it is shown; `choice` says what a word with several readings might be, and why it is not."""

    token: str
    lemma: str
    reading: str
    choice: str = ""


def show_lemmas(text: str) -> None:
    """Print a text's tokens: lemma, reading and where it is from; below, the other readings and what decided.

    Nothing is cut, also in the 80 columns of a pipe: what is too wide folds. The lemma, which maintainers copy, stays
    on one line up to half the width. Raises VoikkoMissing, LexiconError.
    """
    rows = [_Row("token", "lemma", "reading"), *_rows(text)]
    console = Console(highlight=False)
    token_width = min(max(cell_len(row.token) for row in rows), console.width // 4)
    lemma_width = min(max(cell_len(row.lemma) for row in rows), console.width // 2)
    for number, row in enumerate(rows):
        line = Table.grid(padding=(0, GAP, 0, 0))
        line.add_column(width=token_width, overflow="fold")
        line.add_column(width=lemma_width, overflow="fold", style="bold")
        line.add_column(overflow="fold")
        line.add_row(*map(escape, row[:3]), style="" if number else "bold")
        console.print(line)
        if row.choice:
            console.print(Padding(Text(row.choice, style="dim", overflow="fold"), (0, 0, 0, 2 * GAP)))


def _rows(text: str) -> Iterator[_Row]:
    from pipeline.language.disambiguate import model
    from pipeline.language.lemmatiser import form
    from pipeline.language.spacy_pipeline import pipeline

    for sentence in pipeline()(text).sents:
        forms = [form(token.text) for token in sentence if not token.is_space]
        chosen = model().choose(forms)
        for index, (one, number) in enumerate(zip(forms, chosen, strict=True)):
            reading = one.readings[number]
            choice = _choice(forms, chosen, index) if len(one.readings) > 1 else ""
            yield _Row(one.text, reading.lemma, f"{_tag(reading.tag)} ({_SOURCES[reading.source]})", choice)


def _choice(forms: Sequence[WordForm], chosen: Sequence[int], index: int) -> str:
    """A word's readings, and what spoke for the chosen one against the second."""
    from pipeline.language.disambiguate import FEATURES, model

    readings = list(dict.fromkeys(f"{one.lemma} {_tag(one.tag)}" for one in forms[index].readings))
    more = len(readings) - MOST_SHOWN
    shown = ", ".join(readings[:MOST_SHOWN] + [f"{more} more"] * (more > 0))
    second, favours = model().reasons(forms, chosen, index)
    named = "; ".join(f"{FEATURES[name[0]]} {name[2:]} +{value:.1f}" for name, value in favours[:MOST_FEATURES])
    return f"of {shown}\nover {second.lemma} {_tag(second.tag)}: {named}"


_SOURCES = {"voikko": "Voikko", "lexicon": "lexicon", "pattern": "its shape", "guess": "guess: Voikko lacks it"}


def _tag(tag: str) -> str:
    return tag.strip(".").replace("..", ".")


_REPAIRS = {"line_end": "cyan", "dots": "green", "letters": "yellow"}


def show_repair(file: Path, out: Path | None) -> None:
    """Print a document's repairs line by line, and write the repaired text. Raises OSError, Reject, VoikkoMissing."""
    from pipeline.files import write_whole
    from pipeline.read import read
    from pipeline.repair import repair

    found = repair(read(file.read_bytes(), file.name))
    console = Console(highlight=False, soft_wrap=True)
    for start, end in _repaired_lines(found.text, found.twin.repairs):
        console.print(_line(found, start, end))
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


def _repaired_lines(text: str, repairs: Sequence[WordRepair]) -> Iterator[Span]:
    """The lines with repairs, each once; a joined word takes its next line along, with what is repaired there."""
    shown = -1
    for one in repairs:
        start = text.rfind("\n", 0, one.start) + 1
        if start < shown:
            continue
        last = one.end
        while True:
            end = text.find("\n", last)
            shown = len(text) if end < 0 else end
            last = max(other.end for other in repairs if other.start < shown)
            if last <= shown:
                break
        yield Span(start, shown)


def _line(found: RepairedDocument, start: int, end: int) -> Text:
    """A line with its number, what was read struck out before what it is repaired to."""
    text, position = found.text, start
    line = Text(f"{text.count(chr(10), 0, start) + 1:>5} ", style="dim")
    for one in found.twin.repairs:
        if position <= one.start < end:
            line.append(flat(text[position : one.start]), style="default not dim")
            line.append(flat(text[one.start : one.end]), style="red strike not dim")
            line.append("→", style="dim")
            line.append(one.text, style=f"bold {_REPAIRS[one.kind]} not dim")
            line.append(f" {one.confidence:.2f}", style="dim")
            position = one.end
    line.append(flat(text[position:end]) if position < end else "", style="default not dim")
    return line
