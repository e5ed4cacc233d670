"""One module a table: pure functions from an analysed document to records.

`EXTRACTORS` names the modules whose `extract(document)` gives the records of one table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module

from extractors.document import AnalysedDocument
from extractors.records import Record

EXTRACTORS = (
    "sections",
    "section_goals",
    "process_goals",
    "goal_status",
    "measures",
    "indicators",
    "projects",
    "project_results",
    "dates",
    "percentages",
    "quantities",
    "uncovered",
    "repairs",
    "tokens",
    "lexicon_hits",
)


def extractor(table: str) -> Callable[[AnalysedDocument], Iterable[Record]]:
    """The `extract` function of a table. Raises KeyError for a table without one."""
    if table not in EXTRACTORS:
        raise KeyError(f"no extractor for {table}; there are {', '.join(EXTRACTORS)}")
    function: Callable[[AnalysedDocument], Iterable[Record]] = import_module(f"extractors.{table}").extract
    return function
