"""The scale on which a document measures readiness, wherever it explains it.

A legend may number its stages ("3 = kokeilussa", "porras 3: ...", "kokeilussa (3)") or only name them in order; it may
give percents or none. It may be a list, lines, a table, or a sentence. One that only names its stages is known by the
words that the document's own cells use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Cell, Span, Table, once_a_document
from extractors.facts.goal_rows import KINDS, goal_rows
from extractors.facts.readiness_lines import readiness_lines
from extractors.facts.scales import Stage, percent_figure, stage_words
from extractors.outline.labels import squeeze
from extractors.outline.tables import kind
from lexicons import needs

_PERCENT = needs("readiness", "percent")
_JOINTS = needs("readiness", "joint")

FEWEST_STAGES = 3
"""Stages from which on numbered lines are a scale and no list."""

NAMED_SHARE = 0.6
"""Share of the readiness words in use that a list must name to be the legend of an unnumbered scale."""

MOST_COLUMNS = 4
"""Columns of a table that explains stages: number, name, percent, what it means."""

MAX_ITEM = 200
"""Code points of a line that explains a stage."""

MAX_GAP = 3
"""Lines or phrases that may stand between two numbered stages and explain the first."""

MAX_NAME = 4
"""Words of a stage's name where a sentence strings names together."""


@dataclass(frozen=True, slots=True)
class Legend:
    """A scale, stage by stage, and the stretches that explain it."""

    stages: tuple[Stage, ...]
    spans: tuple[Span, ...]


class _Item(NamedTuple):
    """What a line, a row or a phrase may say of a stage; `is_told` where its sign, its word for a stage or its percent
    says that it explains one."""

    number: int | None
    name: str
    percent: float | None
    is_told: bool
    span: Span

    @property
    def stage(self) -> Stage:
        return Stage(self.number or 0, self.name, self.percent)


def scale(document: AnalysedDocument) -> tuple[Stage, ...]:
    """The scale that a document explains, stage by stage; empty where it explains none."""
    found = legend(document)
    return found.stages if found is not None else ()


@once_a_document
def legend(document: AnalysedDocument) -> Legend | None:
    """The legend that explains most of the words in use; of several, the one of more stages."""
    words = _words(document)
    lines = _lines(document)
    sequences = [*_runs(document, lines), *_sequences(document, words)]
    runs = [run for sequence in (lines, *sequences) for run in _numbered(sequence)]
    runs += [run for sequence in sequences if words and (run := _named(sequence, words))]
    if not runs:
        return None
    best = max(runs, key=lambda run: (_known(run, words), run[0].is_told, len(run)))
    return Legend(tuple(item.stage for item in best), tuple(item.span for item in best))


@once_a_document
def legend_lines(document: AnalysedDocument) -> frozenset[int]:
    """Where the lines begin that explain the document's scale."""
    found = legend(document)
    return frozenset(span.start for span in found.spans) if found is not None else frozenset()


def _words(document: AnalysedDocument) -> frozenset[str]:
    """The words by which the document's cells and lines tell readiness, squeezed."""
    cells = (document.cell_wording(cell) for row in goal_rows(document) for _, cell in row.values)
    lines = (document.wording(*line.span) for line in readiness_lines(document))
    return frozenset(squeeze(text) for text in (*cells, *lines) if not any(map(str.isdigit, text)))


# What is a scale


def _numbered(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """The runs of items that number stages one by one, from 1 on, or from 0."""
    run: list[_Item] = []
    gap = 0
    for item in items:
        if run and item.is_told and item.number == (run[-1].number or 0) + 1:
            run.append(item)
            gap = 0
        elif item.is_told and item.number in (0, 1):
            yield from [run] if len(run) >= FEWEST_STAGES else []
            run, gap = [item], 0
        elif (gap := gap + 1) > MAX_GAP or item.number is not None:
            yield from [run] if len(run) >= FEWEST_STAGES else []
            run = []
    if len(run) >= FEWEST_STAGES:
        yield run


def _named(items: Sequence[_Item], words: frozenset[str]) -> list[_Item]:
    """The items as stages in their order, where they name most of the words in use; else none."""
    run = [item._replace(number=number, is_told=False) for number, item in enumerate(items, 1)]
    known = _known(run, words)
    is_scale = len(run) >= FEWEST_STAGES and 2 * known >= len(run)
    return run if is_scale and known >= max(2, NAMED_SHARE * len(words)) else []


def _known(run: Iterable[_Item], words: frozenset[str]) -> int:
    """How many of the words in use a scale names."""
    names = tuple(item.name for item in run if len(item.name) > 2)
    return sum(word.startswith(names) for word in words)


# Where items stand


def _sequences(document: AnalysedDocument, words: frozenset[str]) -> Iterator[list[_Item]]:
    """What may be a legend beside lines: tables, sentences, cells."""
    for table in document.tables:
        if kind(document, table) not in KINDS:
            yield from _grids(document, table, words)
    stretches = [Span(block.start, block.end) for block in document.blocks]
    stretches += [span for table in document.tables for cell in table.cells for span in cell.pieces]
    for span in stretches:
        yield list(_counted(document, span))
        for sentence in document.sentences_in(*span) if words else ():
            yield _phrases(document, sentence)


def _lines(document: AnalysedDocument) -> list[_Item]:
    """What each block says of a stage."""
    found = []
    for block in document.blocks:
        span = Span(block.start, block.end)
        text = span.of(document.text).replace("\n", " ")
        marked = f"{block.marker} {text}" if block.marker and block.marker[:1].isdigit() else text
        item = _item(marked, span) if len(text) < MAX_ITEM else None
        found.append(item or _Item(None, "", None, False, span))
    return found


def _runs(document: AnalysedDocument, lines: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Every list, and every run of lines that look as if each explained a stage."""
    run: list[_Item] = []
    was_list = False
    for block, item in zip(document.blocks, lines, strict=True):
        is_list = block.kind == "list_item"
        fits = bool(item.name) and (is_list or item.is_told or item.number is not None)
        if not fits or is_list != was_list:
            yield run
            run = []
        was_list = is_list
        if fits:
            run.append(item)
    yield run


def _grids(document: AnalysedDocument, table: Table, words: frozenset[str]) -> Iterator[list[_Item]]:
    """The rows of a narrow table below its heading, and the columns of a low one, each read as a line."""
    if table.n_cols <= MOST_COLUMNS:
        rows = [item for row in table.rows if (item := _joined(document, table, row))]
        yield rows[1:] if len(rows) > 1 and _heads(rows, words) else rows
    if table.n_rows <= 3:
        lines = [[cell for cell in table.cells if cell.col == index] for index in range(table.n_cols)]
        yield [item for line in lines if (item := _joined(document, table, line))]


def _heads(rows: Sequence[_Item], words: frozenset[str]) -> bool:
    """Whether the first row is a heading: it alone tells no percent or no number; else it names no word in use."""
    first, others = rows[0], rows[1:]
    if any(row.percent is not None for row in others):
        return first.percent is None
    if any(row.number is not None for row in others):
        return first.number is None
    return not _known(rows[:1], words)


def _joined(document: AnalysedDocument, table: Table, cells: Sequence[Cell]) -> _Item | None:
    filled = [cell for cell in cells if cell.spans]
    if not filled:
        return None
    parts = sorted((_with_sign(document, table, cell) for cell in filled), key=_place_of)
    return _item(" = ".join(parts), Span(filled[0].start, filled[-1].end))


def _place_of(part: str) -> int:
    """Where a cell's words stand in the line that a row is read as: the stage's number, its words, its percent."""
    if len(part) == 1 and part.isdecimal():
        return 0
    return 2 if percent_figure().fullmatch(part) else 1


def _with_sign(document: AnalysedDocument, table: Table, cell: Cell) -> str:
    """A cell's words; a bare number below a heading of percents is one."""
    text, above = document.cell_wording(cell), table.at(0, cell.col)
    if not text.isdecimal() or above is None or above is cell:
        return text
    heading = document.cell_wording(above)
    words = document.tokens_in(above.start, above.end)
    return f"{text} %" if "%" in heading or _PERCENT.stand_in(words) else text


def _counted(document: AnalysedDocument, span: Span) -> Iterator[_Item]:
    """The stages that a stretch numbers one behind the other: "1 = ei aloitettu, 2 = suunnittelussa, ..."."""
    text = span.of(document.text)
    starts = [match.start() for match in _COUNTS.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        item = _item(text[start:end].replace("\n", " "), Span(span.start + start, span.start + end))
        if item is not None:
            yield item


def _phrases(document: AnalysedDocument, sentence: Span) -> list[_Item]:
    """The stages that a sentence strings together: "Asteikko: suunnitteilla, kokeilussa tai käytössä"."""
    text = document.text[sentence.start : sentence.end].rstrip(". \n")
    opening = text.find(":") + 1
    for joints in (_joints(), _BARS):
        found_at = (match.span() for match in joints.finditer(text, opening))
        cuts = [(opening, opening), *found_at, (len(text), len(text))]
        pieces = [(one[1], other[0]) for one, other in pairwise(cuts)]
        if len(pieces) >= FEWEST_STAGES:
            break
    else:
        return []
    found: list[_Item] = []
    for number, (start, end) in enumerate(pieces):
        piece = text[start:end].replace("\n", " ")
        if not number and not opening and (tail := _TAIL.search(piece)):
            piece = tail.group()
        item = _item(piece, Span(sentence.start + start, sentence.start + end))
        if item is None or len(piece.split()) > MAX_NAME + 3:
            break
        found.append(item)
    return found


@cache
def _joints() -> regex.Pattern[str]:
    """What parts the phrases of a sentence that strings some together."""
    return regex.compile(rf"\s*(?:,(?!\d)(?:\s+{_JOINTS.pattern}\b)?|;|\b{_JOINTS.pattern}\b|→|>)\s*")


_BARS = regex.compile(r"\s+[/|–-]\s+|\s*[/|]\s*")

_TAIL = regex.compile(r"(?:\d+\s*%\s*[=:]\s*)?\p{L}+(?:\s*[=(:–].*)?$")
"""What of a sentence's first phrase is the first stage: its last word, with what is beside it."""

_COUNTS = regex.compile(r"(?<![\d.,/])\d\s*(?:=|–|-|:|\()\s*\p{L}")

# What an item says

_NUMBER_FIRST = regex.compile(
    r"(?:(?P<word>\p{L}+)\s+)?(?P<stage>\d)\s*(?P<sign>[=:.)–(-]|\s(?=\p{L}))\s*(?P<rest>.*)", regex.DOTALL
)
_NUMBER_LAST = regex.compile(
    r"(?P<rest>\p{L}[^()\d%=:,;]*?)\s*(?P<sign>[=(:])\s*(?:(?P<word>\p{L}+)\s+)?(?P<stage>\d)(?:\)|(?![\d,.%]|\s*[%–-]))"
    r"(?P<more>.*)",
    regex.DOTALL,
)
_NAME = regex.compile(r"\p{L}[^()\d%=:,;.–]*")
_RANGE = regex.compile(r"\d\s*[–-]\s*$")


def _item(text: str, span: Span) -> _Item | None:
    """What a line says of a stage, if anything."""
    match = _NUMBER_FIRST.match(text) or _NUMBER_LAST.match(text)
    rest = text if match is None else match["rest"] + (match.capturesdict().get("more") or [""])[0]
    percent = percent_figure().search(rest)
    named = rest if percent is None else f"{rest[: percent.start()]}={rest[percent.end() :]}"
    name = _NAME.search(named)
    if name is None:
        return None
    value = None
    if percent is not None and not _RANGE.search(rest, 0, percent.start()):
        value = float(percent["percent"].replace(",", "."))
    if match is None:
        return _Item(None, _named_part(name.group()), value, "=" in text or percent is not None, span)
    word = (match["word"] or "").lower()
    sign = match["sign"].strip()
    is_told = word in stage_words() or sign == "=" or (sign in ("–", "-", ":", "(") and not word)
    return _Item(int(match["stage"]), _named_part(name.group()), value, is_told or percent is not None, span)


def _named_part(text: str) -> str:
    """A stage's name without what a dash parts from it, squeezed."""
    return squeeze(regex.split(r"\s-\s", text)[0])
