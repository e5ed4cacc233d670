"""The runs of text that nothing reads across: blocks, and table cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import AnalysedDocument, Block, Cell, Span, Table, Token


@dataclass(frozen=True, slots=True)
class Unit:
    """A block or a cell: its pieces in reading order and their tokens."""

    spans: tuple[Span, ...]
    tokens: tuple[Token, ...]
    block: Block | None = None
    table: Table | None = None
    cell: Cell | None = None


def units(document: AnalysedDocument) -> Iterator[Unit]:
    """Every block and every filled cell, blocks first, each group in document order."""
    for block in document.blocks:
        span = Span(block.start, block.end)
        yield Unit((span,), document.tokens_in(*span), block=block)
    for table in document.tables:
        for cell in table.cells:
            if cell.spans:
                yield Unit(cell.spans, cell_tokens(document, cell), table=table, cell=cell)


def cell_tokens(document: AnalysedDocument, cell: Cell) -> tuple[Token, ...]:
    """The tokens of a cell, over all its pieces."""
    return tuple(token for span in cell.spans for token in document.tokens_in(*span))
