"""Tables with very many columns: what is looked for in a row is not looked for anew for each of its cells."""

from __future__ import annotations

import pytest

from extractors.document import AnalysedDocument, Cell, Span, Table, covering
from extractors.facts import context
from extractors.outline.numbering import NumberedText, goals_in
from extractors.percentages import extract as percentages
from tests.conftest import Analyse


def cell(row: int, col: int, col_span: int = 1, row_span: int = 1) -> Cell:
    return Cell(row, col, (Span(0, 1),), 0, col_span, row_span)


def test_a_position_of_a_grid_has_the_cell_that_covers_it() -> None:
    first, wide, tall, last = cell(0, 0), cell(0, 1, col_span=2), cell(0, 3, row_span=3), cell(2, 1)
    table = Table(0, 1, 3, 5, (first, wide, tall, last))
    assert [table.at(0, col) for col in range(5)] == [first, wide, wide, tall, None]
    assert [table.at(2, col) for col in range(5)] == [None, last, None, tall, None]
    assert table.at(3, 3) is None and table.at(-1, 0) is None
    assert covering(table.rows[0], 2) is wide and covering(table.rows[1], 0) is None


def test_a_rows_goals_are_looked_for_once(analyse: Analyse, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def counted(document: AnalysedDocument, start: int, end: int) -> list[NumberedText]:
        asked.append((start, end))
        return goals_in(document, start, end)

    monkeypatch.setattr(context, "goals_in", counted)
    rows = ("\t".join(f"Luku {number} %" for number in range(row, row + 30)) for row in range(2))
    facts = percentages(analyse("Otsikko\n\n" + "\n".join(rows) + "\n"))
    assert len(list(facts)) == 60
    assert len(asked) == 60
