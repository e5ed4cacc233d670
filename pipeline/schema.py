"""Arrow schemas, the row check and the data dictionary, derived from the declarations in `extractors.records`."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from extractors.records import SCHEMA_VERSION, TABLES, Record

_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    "int32": pa.int32(),
    "int64": pa.int64(),
}


class Column(NamedTuple):
    table: str
    name: str
    type: pa.DataType
    nullable: bool
    meaning: str


def _arrow_type(hint: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of a field's annotation, and whether it may be null."""
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = [arg for arg in get_args(hint) if arg is not type(None)]
        return _arrow_type(inner)[0], True
    if get_origin(hint) is Annotated:
        return _ARROW[hint.__metadata__[0]], False
    if get_origin(hint) is list:
        return pa.list_(_arrow_type(get_args(hint)[0])[0]), False
    return _ARROW[hint], False


def columns(table: type[Record]) -> Iterator[Column]:
    """The columns of a table in order."""
    hints = get_type_hints(table, include_extras=True)
    for item in fields(table):  # type: ignore[arg-type]
        arrow, nullable = _arrow_type(hints[item.name])
        yield Column(table.TABLE, item.name, arrow, nullable, item.metadata["meaning"])


def arrow_schema(table: type[Record]) -> pa.Schema:
    """The Arrow schema of a table; field metadata carries each column's meaning."""
    return pa.schema(
        [pa.field(c.name, c.type, c.nullable, {"meaning": c.meaning}) for c in columns(table)],
        metadata={"schema_version": SCHEMA_VERSION, "meaning": table.MEANING},
    )


def to_arrow(table: type[Record], records: Sequence[Record]) -> pa.Table:
    """Records of one table as an Arrow table.

    Raises pyarrow.ArrowInvalid or ArrowTypeError where a value does not fit its column.
    """
    schema = arrow_schema(table)
    arrays = [pa.array([getattr(record, f.name) for record in records], type=f.type) for f in schema]
    for array, f in zip(arrays, schema, strict=True):
        if not f.nullable and array.null_count:
            raise pa.ArrowInvalid(f"{table.TABLE}.{f.name} must not be null")
    return pa.Table.from_arrays(arrays, schema=schema)


def data_dictionary() -> Iterator[tuple[type[Record], list[Column]]]:
    """Every table with its columns, in the contract's order."""
    for table in TABLES:
        yield table, list(columns(table))
