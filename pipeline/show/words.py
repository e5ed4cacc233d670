"""Words on the terminal: each token's lemma and why, each repair before and after."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipeline.show.document import flat


def show_lemmas(text: str) -> None:
    """Print a table of a text's tokens: lemma, all readings, what decided. Raises VoikkoMissing, LexiconError."""
    from pipeline.language.disambiguate import FEATURES, model
    from pipeline.language.lemmatiser import form
    from pipeline.language.spacy_pipeline import pipeline

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


_REPAIRS = {"line_end": "cyan", "dots": "green", "letters": "yellow"}


def show_repair(file: Path, out: Path | None) -> None:
    """Print a document's repairs line by line, and write the repaired text. Raises OSError, Reject, VoikkoMissing."""
    from pipeline.files import write_whole
    from pipeline.read import read
    from pipeline.repair import repair

    found = repair(read(file.read_bytes(), file.name))
    text, console = found.text, Console(highlight=False, soft_wrap=True)
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
                line.append(flat(text[position : other.start]), style="default not dim")
                line.append(flat(text[other.start : other.end]), style="red strike not dim")
                line.append("→", style="dim")
                line.append(other.text, style=f"bold {_REPAIRS[other.kind]} not dim")
                line.append(f" {other.confidence:.2f}", style="dim")
                position = other.end
        line.append(flat(text[position:stop]) if position < stop else "", style="default not dim")
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
