"""Analysed documents in the store: what *read*, *repair* and *analyse* gave, in columns.

A word's analysis stands once a document however often the word does; a token is its place and its analysis' number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import pyarrow as pa

from extractors.document import AnalysedDocument, Box, Places, Token
from pipeline.batch.columnar import arrow_type, from_column, to_column
from pipeline.batch.store import Store, Stored

ANALYSIS = "analysis"
"""The kind of the store's entries that hold an analysed document."""

_PLACED = Token._fields[:3]
"""What says where a token stands; the others are its word's analysis."""

_TOKENS, _WORDS, _REST = "tokens", "words", "document"


class _Place(NamedTuple):
    """A token without its word, and the number of that."""

    start: int
    end: int
    sentence: int
    word: int


class _WordPlace(NamedTuple):
    """A word of a paged document, as `Places` holds it."""

    start: int
    end: int
    page: int
    box: Box


@cache
def _word_type() -> Any:
    """A token's analysis: all its fields but those that say where it stands."""
    hints = get_type_hints(Token)
    names = [name for name in Token._fields if name not in _PLACED]
    return NamedTuple("Word", [(name, hints[name]) for name in names])


@cache
def _rest_types() -> dict[str, Any]:
    """The document's own fields, of which one row is kept; what is worked out anew is none of them."""
    hints = get_type_hints(AnalysedDocument)
    kept = [item.name for item in fields(AnalysedDocument)]
    return {name: hints[name] for name in kept if name not in ("tokens", "sections", "text_answers", "places")} | {
        "places": list[_WordPlace] | None
    }


def save(store: Store, key: str, document: AnalysedDocument) -> None:
    """Keep an analysed document, without its outline. Raises StoreError."""
    kind = _word_type()
    numbers: dict[Any, int] = {}
    places = []
    for token in document.tokens:
        word = kind._make(token[len(_PLACED) :])
        places.append(_Place(token.start, token.end, token.sentence, numbers.setdefault(word, len(numbers))))
    rest = [
        to_column(hint, [_word_places(document.places) if name == "places" else getattr(document, name)])
        for name, hint in _rest_types().items()
    ]
    batches = {
        _WORDS: _flat(to_column(kind, list(numbers))),
        _TOKENS: _flat(to_column(_Place, places)),
        _REST: pa.RecordBatch.from_arrays(rest, list(_rest_types())),
    }
    store.save(ANALYSIS, key, batches)


def load(store: Store, key: str, source_path: str) -> AnalysedDocument | None:
    """An analysed document under the path that it has now; None where it is not kept."""
    stored = store.load(ANALYSIS, key)
    if stored is None:
        return None
    batch = _batch(stored, _REST, _rest_schema())
    values = {name: from_column(hint, batch.column(name))[0] for name, hint in _rest_types().items()}
    values |= {"source_path": source_path, "places": _places(values["places"])}
    return AnalysedDocument(**values, tokens=tuple(_tokens(stored)))


def keys(stored: Stored) -> frozenset[str]:
    """All lemmas and compound parts of a stored document's words, lower case."""
    words = _batch(stored, _WORDS, _schema(_word_type()))
    return frozenset(words.column("lemmas").flatten().to_pylist() + words.column("keys").flatten().to_pylist())


def unknown(stored: Stored) -> str:
    """The words of a stored document that the dictionary lacks, lower case, one a line."""
    words = _batch(stored, _WORDS, _schema(_word_type()))
    known = words.column("known").to_pylist()
    return "\n".join(
        word.lower() for word, is_known in zip(words.column("text").to_pylist(), known, strict=True) if not is_known
    )


def text(stored: Stored) -> str:
    """The source text of a stored document."""
    (found,) = from_column(str, _batch(stored, _REST, _rest_schema()).column("text"))
    return str(found)


def twin_text(stored: Stored) -> str:
    """The repaired text of a stored document."""
    (found,) = from_column(str, _batch(stored, _REST, _rest_schema()).column("twin").field("text"))
    return str(found)


def is_restored(stored: Stored) -> bool:
    """Whether letters of a stored document were restored, or could have been: it was misread."""
    rest = _batch(stored, _REST, _rest_schema())
    twin, joined = (rest.column(name).field("text") for name in ("twin", "joined"))
    return bool(rest.column("degraded")[0].as_py()) or twin != joined


def _tokens(stored: Stored) -> Iterator[Token]:
    known = from_column(_word_type(), _batch(stored, _WORDS, _schema(_word_type())).to_struct_array())
    for place in from_column(_Place, _batch(stored, _TOKENS, _schema(_Place)).to_struct_array()):
        word = known[place.word]
        yield Token._make((place.start, place.end, place.sentence, *word))


def _word_places(places: Places | None) -> list[_WordPlace] | None:
    return None if places is None else [_WordPlace(*word) for word in places.words()]


def _places(words: list[_WordPlace] | None) -> Places | None:
    if words is None:
        return None
    found = Places()
    for word in words:
        found.append(*word)
    return found


@cache
def _rest_schema() -> pa.Schema:
    return pa.schema([pa.field(name, arrow_type(hint)) for name, hint in _rest_types().items()])


def _schema(kind: Any) -> pa.Schema:
    return pa.schema(list(arrow_type(kind)))


def _flat(column: pa.StructArray) -> pa.RecordBatch:
    return pa.RecordBatch.from_struct_array(column)


def _batch(stored: Stored, name: str, schema: pa.Schema) -> pa.RecordBatch:
    batch = stored.batch(name, schema)
    assert batch is not None
    return batch
