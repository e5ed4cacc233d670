"""The passage in which a figure is told: its sentence inside its block or cell, cut where a label or a heading stands.

A label above it ("Kevät 2022", "Syksy -21:") dates all that stands below it in the same cell or block.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import regex

from extractors.document import AnalysedDocument, Span, Token, once_a_document
from extractors.facts.clauses import BREAKS, Clause, PlacedClauses, clauses
from extractors.facts.identifiers import identifier_at
from extractors.grammar.numbers import Amount, comparator_before
from extractors.grammar.ranges import Expression
from extractors.grammar.timings import Timing
from extractors.outline.labels import CLOSING, capital_seasons, period_label, signed_periods
from extractors.readings import Reading, points_in

CASE_ENDING = regex.compile(r":\p{Ll}+")

SHORT_LINE = 0.6
"""A line this much shorter than its paragraph's longest that ends without a mark ends what it says."""

Kind = Literal["percent", "money", "duration", "measure", "count", "share", "age"]


class Figure(NamedTuple):
    """A figure in its run of text, from its comparator to its case ending, and what kind of thing it gives."""

    start: int
    end: int
    kind: Kind
    number: Span
    """The figure itself, without comparator and case ending."""


@dataclass(frozen=True, eq=False)
class Passage:
    """The words of a sentence inside a run of text, its figures and dates, and the period of the label above."""

    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]
    dated: tuple[Span, ...]
    period: str | None

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].start, self.tokens[-1].end)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses; marks and case endings inside a figure or a date part none."""
        inside = [Span(one.start, one.end) for one in self.figures] + list(self.dated)
        ends = [Span(one.number.end, one.end) for one in self.figures if one.end > one.number.end]
        marks = (token for token in self.tokens if token.text in BREAKS)
        gone = {mark.start for mark in marks if any(one.start < mark.start < mark.end < one.end for one in inside)}
        gone |= {token.start for token in self.tokens if any(span.start <= token.start < span.end for span in ends)}
        return clauses([token for token in self.tokens if token.start not in gone] if gone else self.tokens)

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where its words begin."""
        return frozenset(token.start for token in self.tokens)

    def clause_at(self, offset: int) -> Clause | None:
        """The clause of the word at an offset, else of the last one before it."""
        return self._placed.at(offset)

    @cached_property
    def _placed(self) -> PlacedClauses:
        return PlacedClauses(self.clauses)


class Told(NamedTuple):
    """A figure's passage, the one before it in the same run of text, and the first one of a list item."""

    passage: Passage
    before: Passage | None
    opening: Passage | None


def passage_at(document: AnalysedDocument, reading: Reading, offset: int) -> Told | None:
    """The passage of the figure at an offset of a run of text."""
    found, places = _passages(document, reading)
    index = places.get(offset)
    if index is None:
        index = next((i for i, passage in enumerate(found) if passage.span.start <= offset < passage.span.end), None)
    if index is None:
        return None
    is_item = index > 0 and reading.unit.block is not None and reading.unit.block.kind == "list_item"
    return Told(found[index], found[index - 1] if index else None, found[0] if is_item else None)


@once_a_document
def _kept(_: AnalysedDocument) -> dict[tuple[tuple[Span, ...], bool], _Passages]:
    """The passages of the runs of text that have been asked for."""
    return {}


_Passages = tuple[tuple[Passage, ...], dict[int, int]]
"""The passages of a run, and the number of the one with figures in which each word stands, by where it begins."""


def _passages(document: AnalysedDocument, reading: Reading) -> _Passages:
    kept, key = _kept(document), (reading.unit.spans, reading.unit.cell is not None)
    if key not in kept:
        found = tuple(_parted(document, reading))
        places = {start: index for index, passage in enumerate(found) if passage.figures for start in passage.starts}
        kept[key] = found, places
    return kept[key]


def _parted(document: AnalysedDocument, reading: Reading) -> Iterator[Passage]:
    """The passages of a run of text in order."""
    figures = sorted(figures_of(document, reading), key=_number)
    times = (time.span for time in reading.times if isinstance(time, Expression) and not time.is_name)
    dated = sorted(times)
    for run, period in _runs(document, reading):
        tokens: list[Token] = []
        for token in run:
            if tokens and (len(tokens) == MOST_WORDS or _ends(document, tokens[-1], token)):
                yield _passage(tokens, figures, dated, period)
                tokens = []
            tokens.append(token)
        if tokens:
            yield _passage(tokens, figures, dated, period)


def _passage(tokens: Sequence[Token], figures: Sequence[Figure], dated: Sequence[Span], period: str | None) -> Passage:
    starts = {token.start for token in tokens}
    low, high = tokens[0].start, tokens[-1].end
    near = figures[bisect_left(figures, low, key=_number) : bisect_left(figures, high, key=_number)]
    told = tuple(one for one in near if one.start in starts or one.number.start in starts)
    times = dated[bisect_left(dated, low, key=_start) : bisect_left(dated, high, key=_start)]
    return Passage(tuple(tokens), told, tuple(span for span in times if span.start in starts), period)


MOST_WORDS = 100
"""Words and marks of the longest passage; a sentence beyond is a list of figures."""


def _number(figure: Figure) -> int:
    return figure.number.start


def _start(span: Span) -> int:
    return span.start


def _ends(document: AnalysedDocument, last: Token, following: Token) -> bool:
    """Whether a sentence ends between two words; in a cell of a text layer sentences of other columns stand between."""
    if last.sentence == following.sentence:
        return False
    is_cut = document.wrapped and last.is_word and following.text[0].islower()
    return not is_cut


# Runs between labels and headings


def _runs(document: AnalysedDocument, reading: Reading) -> Iterator[tuple[list[Token], str | None]]:
    """The words between labels of periods and short lines, with the period of the label above."""
    period = None
    run: list[Token] = []
    for line, starts_new in _lines(document, reading):
        if starts_new and run:
            yield run, period
            run = []
        position = line.start
        for named, label in _labels(document, reading, line):
            run += document.tokens_in(position, label.start)
            if run:
                yield run, period
            run, period, position = [], named, label.end
        rest = list(document.tokens_in(position, line.end))
        run += _without_mark(rest) if position > line.start else rest
    if run:
        yield run, period


def _without_mark(tokens: list[Token]) -> list[Token]:
    """The words behind a label without the mark that parts the two."""
    return tokens[1:] if tokens and not tokens[0].is_word and tokens[0].pos == "PUNCT" else tokens


def _lines(document: AnalysedDocument, reading: Reading) -> Iterator[tuple[Span, bool]]:
    """The lines of a run of text, and whether one begins anew what it says."""
    unit = reading.unit
    lines: Sequence[Span] = unit.spans if unit.block is None else unit.block.lines
    longest = max((line.end - line.start for line in lines), default=0)
    above: Span | None = None
    for line in lines:
        yield line, above is not None and _is_parted(document, above, line, longest, unit.cell is not None)
        above = line


def _is_parted(document: AnalysedDocument, above: Span, line: Span, longest: int, is_cell: bool) -> bool:
    """Whether a line ends what it says without a mark: it is short, or a whole paragraph of a cell."""
    text = above.of(document.text).rstrip()
    if not line.of(document.text).lstrip()[:1].isupper() or not text:
        return False
    if is_cell and not document.wrapped:
        return text[-1] not in ",;-–"
    return above.end - above.start < SHORT_LINE * longest and text[-1].isalnum()


def _labels(document: AnalysedDocument, reading: Reading, line: Span) -> Iterator[tuple[str, Span]]:
    """The labels of periods in a line, in order: the line itself, in capitals anywhere, with a sign at its start."""
    if not points_in(document, *line):
        return
    whole = period_label(document, line)
    if whole is not None and not _goes_on(document, reading, line):
        yield whole, line
        return
    signed = [one for one in signed_periods(document, line) if not document.text[line.start : one[1].start].strip()]
    yield from sorted([*capital_seasons(document, line), *signed], key=lambda one: one[1])


def _goes_on(document: AnalysedDocument, reading: Reading, line: Span) -> bool:
    """Whether a line is the rest of the one above that a column's width has cut."""
    lines = reading.unit.spans if reading.unit.block is None else reading.unit.block.lines
    above = next((one for one in reversed(lines) if one.end <= line.start), None)
    is_first_word = document.text[line.start].isupper() and document.text[line.start : line.end].isupper()
    if above is None or not document.wrapped or is_first_word:
        return False
    is_long = above.end - above.start >= SHORT_LINE * max(one.end - one.start for one in lines)
    return is_long and document.text[above.end - 1] not in CLOSING


# Figures


def figures_of(document: AnalysedDocument, reading: Reading) -> tuple[Figure, ...]:
    """The figures of a run of text that count or measure something, in order."""
    found = [_figure(document, reading, one) for one in reading.amounts]
    for time in reading.times:
        if isinstance(time, Timing) and time.type in ("DURATION", "AGE") and time.amount is not None:
            kind: Kind = "age" if time.type == "AGE" else "duration"
            found.append(_of(document, reading, time.first, time.last, kind))
    return tuple(sorted(one for one in found if one is not None))


def _figure(document: AnalysedDocument, reading: Reading, amount: Amount) -> Figure | None:
    items = reading.lexemes
    kind = _kind(amount)
    if kind != "percent" and identifier_at(document, items[amount.first].start, items[amount.number_last].end):
        return None
    return _of(document, reading, amount.first, amount.last, kind)


def _kind(amount: Amount) -> Kind:
    if amount.is_fraction:
        return "share"
    group = amount.unit.group if amount.unit is not None else None
    kinds: dict[str, Kind] = {
        "percent": "percent",
        "money": "money",
        "duration": "duration",
        "measure": "measure",
        "share": "percent",
    }
    return kinds.get(str(group), "count")


def _of(document: AnalysedDocument, reading: Reading, first: int, last: int, kind: Kind) -> Figure:
    items = reading.lexemes
    number = Span(items[first].start, items[last].end)
    comparator = comparator_before(items, first)
    start = items[comparator.first].start if comparator is not None else number.start
    ending = CASE_ENDING.match(document.text, number.end)
    return Figure(start, ending.end() if ending else number.end, kind, number)
