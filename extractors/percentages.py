"""percentages: figures with a percent sign or the word prosentti, and percentage points.

Fractions in words (viidesosa) are quantities; bare percent signs are nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from extractors.amounts import Amount, comparator_before
from extractors.context import context
from extractors.document import AnalysedDocument, Span, once_a_document
from extractors.ids import place
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
        for amount in reading.amounts
        if is_percentage(amount)
    ]
    return tuple(sorted(records, key=lambda record: (record.char_start, record.char_end)))


def is_percentage(amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.group == "percent"


def _record(document: AnalysedDocument, reading: Reading, amount: Amount) -> PercentageRecord:
    items = reading.lexemes
    span = Span(items[amount.first].start, items[amount.last].end)
    comparator = comparator_before(items, amount.first)
    start = items[comparator.first].start if comparator is not None else span.start
    return PercentageRecord(
        **place(document, span),
        value=amount.value,
        value_max=amount.value_max,
        comparator=comparator.value if comparator is not None else None,
        unit=str(amount.unit.value) if amount.unit is not None else "percent",
        **asdict(context(document, reading.unit, span, start)),
    )
