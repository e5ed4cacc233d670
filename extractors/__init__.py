"""Stage *extract*: one module a table, pure functions from an analysed document to records.

`extractors.records` declares the tables; the module of a table's name extracts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TypeVar

from extractors.document import AnalysedDocument
from extractors.records import Record

_Kind = TypeVar("_Kind", bound=Record)


def extractor(kind: type[_Kind]) -> Callable[[AnalysedDocument], Iterable[_Kind]]:
    """The `extract` function of a table's module."""
    function: Callable[[AnalysedDocument], Iterable[_Kind]] = import_module(f"extractors.{kind.TABLE}").extract
    return function
