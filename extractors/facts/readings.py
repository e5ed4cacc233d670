"""What the grammars read in each run of text: lexemes, time expressions and amounts, found once a document."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.document import AnalysedDocument, Token, once_a_document
from extractors.facts.units import Unit, units
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.lexer import lexemes
from extractors.grammar.numbers import Amount, amounts
from extractors.grammar.ranges import Expression
from extractors.grammar.timings import Timing, times


@dataclass(frozen=True, slots=True)
class Reading:
    """A block or a cell as read. `positions` are the indexes of its tokens by where they start in the source."""

    unit: Unit
    lexemes: tuple[Lexeme, ...]
    times: tuple[Expression | Timing, ...]
    amounts: tuple[Amount, ...]
    positions: dict[int, int]

    def token_at(self, start: int) -> Token | None:
        """The token that begins at an offset; a lexeme inside a token has none."""
        index = self.positions.get(start)
        return self.unit.tokens[index] if index is not None else None

    def around(self, start: int, before: int, behind: int) -> tuple[Token, ...]:
        """The tokens of the run around the one at an offset, as many before and behind it."""
        index = self.positions.get(start)
        return self.unit.tokens[max(0, index - before) : index + behind] if index is not None else ()


@once_a_document
def readings(document: AnalysedDocument) -> tuple[Reading, ...]:
    """Every block and every filled cell, blocks first, each group in document order."""
    return tuple(_read(unit) for unit in units(document))


def _read(unit: Unit) -> Reading:
    items = tuple(lexemes(unit.tokens))
    if all(item.kind == "word" for item in items):
        return Reading(unit, items, (), (), {})
    found = tuple(times(items))
    taken = {
        index
        for time in found
        if not (isinstance(time, Expression) and time.is_name)
        for index in range(time.first, time.last + 1)
    }
    return Reading(
        unit,
        items,
        found,
        tuple(amounts(items, taken)),
        {token.start: index for index, token in enumerate(unit.tokens)},
    )
