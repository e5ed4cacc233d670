"""What the grammars read in each run of text: lexemes, time expressions and amounts, found once and asked by stretch.

A run is a block or a filled cell; nothing reads across its ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import AnalysedDocument, Block, Cell, Span, Table, Token, once_a_document, once_a_text
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.lexer import lexemes
from extractors.grammar.numbers import Amount, amounts
from extractors.grammar.ranges import Expression
from extractors.grammar.timings import Timing, times


@dataclass(frozen=True, slots=True)
class Unit:
    """A block or a cell: its pieces in reading order and their tokens."""

    spans: tuple[Span, ...]
    tokens: tuple[Token, ...]
    block: Block | None = None
    table: Table | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a run's words say. `positions` are the indexes of its tokens by where they start in the source."""

    lexemes: tuple[Lexeme, ...]
    times: tuple[Expression | Timing, ...]
    amounts: tuple[Amount, ...]
    positions: dict[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A block or a cell as read."""

    unit: Unit
    contents: Contents

    @property
    def lexemes(self) -> tuple[Lexeme, ...]:
        return self.contents.lexemes

    @property
    def times(self) -> tuple[Expression | Timing, ...]:
        return self.contents.times

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return self.contents.amounts

    def token_at(self, start: int) -> Token | None:
        """The token that begins at an offset; a lexeme inside a token has none."""
        index = self.contents.positions.get(start)
        return self.unit.tokens[index] if index is not None else None

    def around(self, start: int, before: int, behind: int) -> tuple[Token, ...]:
        """The tokens of the run around the one at an offset, as many before and behind it."""
        index = self.contents.positions.get(start)
        return self.unit.tokens[max(0, index - before) : index + behind] if index is not None else ()


def cell_tokens(document: AnalysedDocument, cell: Cell) -> tuple[Token, ...]:
    """The tokens of a cell, in the order of its pieces."""
    return tuple(token for span in cell.spans for token in document.tokens_in(*span))


def units(document: AnalysedDocument) -> Iterator[Unit]:
    """Every block and every filled cell, blocks first, each group in document order."""
    for block in document.blocks:
        span = Span(block.start, block.end)
        yield Unit((span,), document.tokens_in(*span), block=block)
    for table in document.tables:
        for cell in table.cells:
            if cell.spans:
                tokens = cell_tokens(document, cell)
                yield Unit(cell.spans, tokens, table=table, cell=cell)


@once_a_document
def readings(document: AnalysedDocument) -> tuple[Reading, ...]:
    """Every block and every filled cell, blocks first, each group in document order."""
    return tuple(Reading(unit, _contents(document, unit.spans)) for unit in units(document))


@once_a_text
def _contents(document: AnalysedDocument, spans: tuple[Span, ...]) -> Contents:
    """What the words of a run say; the outline may cut the text into other runs, those it leaves are not read again."""
    tokens = tuple(token for span in spans for token in document.tokens_in(*span))
    items = tuple(lexemes(tokens))
    if all(item.kind == "word" for item in items):
        return Contents(items, (), (), {})
    found = tuple(times(items))
    taken = {
        index
        for time in found
        if not (isinstance(time, Expression) and time.is_name)
        for index in range(time.first, time.last + 1)
    }
    positions = {token.start: index for index, token in enumerate(tokens)}
    return Contents(items, found, tuple(amounts(items, taken)), positions)


@once_a_document
def _points(document: AnalysedDocument) -> tuple[list[int], list[Expression]]:
    """The points and ranges that tell when, in text order, and where they start."""
    found = [
        time
        for reading in readings(document)
        for time in reading.times
        if isinstance(time, Expression) and not time.is_name
    ]
    found.sort(key=lambda time: time.span)
    return [time.span.start for time in found], found


def points_in(document: AnalysedDocument, start: int, end: int) -> list[Expression]:
    """The points and ranges that tell when and stand inside a stretch, in text order."""
    starts, found = _points(document)
    inside: list[Expression] = []
    for index in range(bisect_right(starts, start - 1), len(found)):
        if found[index].span.start >= end:
            break
        if found[index].span.end <= end:
            inside.append(found[index])
    return inside
