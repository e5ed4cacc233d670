"""percentages: figures with a percent sign or the word prosentti, and percentage points.

Fractions in words (viidesosa) are quantities; bare percent signs are nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.document import AnalysedDocument, once_a_document
from extractors.facts.amounts import amounts_of, without_twins
from extractors.facts.context import figure_columns
from extractors.grammar.numbers import Amount
from extractors.process_goals import goal_spans
from extractors.readings import Reading, readings
from extractors.records import PercentageRecord


def extract(document: AnalysedDocument) -> Iterator[PercentageRecord]:
    """The percentages of a document in text order."""
    yield from percentages_of(document)


@once_a_document
def percentages_of(document: AnalysedDocument) -> tuple[PercentageRecord, ...]:
    """The same as a tuple, found once for all that ask."""
    records = [
        _record(document, reading, amount)
        for reading in readings(document)
        for amount in amounts_of(document, reading)
        if is_percentage(amount)
    ]
    return tuple(without_twins(records))


def is_percentage(amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.group == "percent"


def _record(document: AnalysedDocument, reading: Reading, amount: Amount) -> PercentageRecord:
    return PercentageRecord(
        **figure_columns(document, reading, amount.first, amount.last, goal_spans(document)),
        value=amount.value,
        value_max=amount.value_max,
        unit=str(amount.unit.value) if amount.unit is not None else "percent",
    )
