"""The amounts of a run of text as the figures tables count them: with the unit of their row, each place told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from extractors.document import AnalysedDocument
from extractors.facts.units import unit_of_row
from extractors.grammar.numbers import Amount
from extractors.readings import Reading


class _Placed(Protocol):
    @property
    def char_start(self) -> int: ...
    @property
    def char_end(self) -> int: ...
    @property
    def row_label(self) -> str | None: ...
    @property
    def column_label(self) -> str | None: ...


_Record = TypeVar("_Record", bound=_Placed)


def amounts_of(document: AnalysedDocument, reading: Reading) -> Sequence[Amount]:
    """The amounts of a run; a bare number of a table's row has the unit that its unit column gives: "Yksikkö | 5/21".

    Percentages are only what has its sign or word itself: one in a heading or a unit column makes none.
    """
    unit = reading.unit
    if unit.cell is None or unit.table is None or len(reading.amounts) != 1 or reading.amounts[0].unit is not None:
        return reading.amounts
    entry = unit_of_row(document, unit.table, unit.cell)
    if entry is None or entry.group == "percent" or reading.amounts[0].is_fraction:
        return reading.amounts
    return (replace(reading.amounts[0], unit=entry, unit_text=str(entry.value)),)


def without_twins(records: Sequence[_Record]) -> Iterator[_Record]:
    """Records in text order, each place once: of a text layer's table both its cells and the lines around hold it.

    The one that a table's row or column names tells more.
    """
    last: _Record | None = None
    for record in sorted(records, key=_order):
        if last is None or (record.char_start, record.char_end) != (last.char_start, last.char_end):
            yield record
        last = record


def _order(record: _Placed) -> tuple[int, int, bool]:
    return record.char_start, record.char_end, record.row_label is None and record.column_label is None
