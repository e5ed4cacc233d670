"""Stage *extract*: one module a table, pure functions from an analysed document to records.

`extractors.records` declares the tables; the module of a table's name extracts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, TypeVar

from extractors.document import AnalysedDocument, once_a_document
from extractors.records import Record

_Kind = TypeVar("_Kind", bound=Record)


def extractor(kind: type[Record]) -> Callable[[AnalysedDocument], Iterable[Record]]:
    """The function that reads a table's rows from a document."""
    found: Callable[[AnalysedDocument], Iterable[Record]] = import_module(f".{kind.TABLE}", __package__).extract
    return found


def rows(document: AnalysedDocument, kind: type[_Kind]) -> tuple[_Kind, ...]:
    """A document's rows of a table, extracted once for all that need them."""
    found: tuple[_Kind, ...] = _rows(document, kind)
    return found


@once_a_document
def _rows(document: AnalysedDocument, kind: type[Any]) -> tuple[Any, ...]:
    return tuple(extractor(kind)(document))
