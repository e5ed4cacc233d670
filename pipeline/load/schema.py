"""Arrow schemas, the row check and the data dictionary, derived from the declarations in `extractors.records`."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import chain
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from extractors.records import SCHEMA_VERSION, TABLES, PlacedRecord, Record

_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    "int32": pa.int32(),
    "int64": pa.int64(),
}


class SchemaColumn(NamedTuple):
    """A column; `codes` are the values that it may have with their meanings, where they are told one by one."""

    table: str
    name: str
    type: pa.DataType
    nullable: bool
    meaning: str
    codes: Mapping[str, str]

    @property
    def described(self) -> str:
        """The meaning with that of every code."""
        told = ", ".join(f"{code} ({meaning})" for code, meaning in self.codes.items())
        return f"{self.meaning}: {told}" if told else self.meaning


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


def columns(table: type[Record]) -> Iterator[SchemaColumn]:
    """The columns of a table in order; page and box come last."""
    hints = get_type_hints(table, include_extras=True)
    placing = {item.name for item in fields(PlacedRecord)}
    for item in sorted(fields(table), key=lambda item: item.name in placing):  # type: ignore[arg-type]
        arrow, nullable = _arrow_type(hints[item.name])
        yield SchemaColumn(table.TABLE, item.name, arrow, nullable, item.metadata["meaning"], item.metadata["codes"])


def arrow_schema(table: type[Record]) -> pa.Schema:
    """The Arrow schema of a table; field metadata carries each column's meaning."""
    return pa.schema(
        [pa.field(c.name, c.type, c.nullable, {"meaning": c.described}) for c in columns(table)],
        metadata={"schema_version": SCHEMA_VERSION, "meaning": table.MEANING},
    )


_PYTHON: dict[pa.DataType, tuple[type, ...]] = {
    pa.string(): (str,),
    pa.float64(): (float, int),
    pa.bool_(): (bool,),
    pa.date32(): (date,),
    pa.int32(): (int,),
    pa.int64(): (int,),
}


def to_arrow(table: type[Record], records: Sequence[Record]) -> pa.Table:
    """Records of one table as an Arrow table.

    Raises pyarrow.ArrowInvalid where a value is missing, pyarrow.ArrowTypeError where it is of another type than its
    column: nothing is cut or converted to fit.
    """
    schema = arrow_schema(table)
    arrays = []
    for f in schema:
        values = [getattr(record, f.name) for record in records]
        if not _surely_fit(f, values):
            for value in values:
                _check(table, f, value)
        arrays.append(pa.array(values, type=f.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def _surely_fit(f: pa.Field, values: Sequence[Any]) -> bool:
    """Whether all values of a column are of just its types: asked of all at once, as nearly always they are."""
    kinds = set(map(type, values))
    if f.nullable:
        kinds.discard(type(None))
    if not pa.types.is_list(f.type):
        return kinds.issubset(_PYTHON[f.type])
    items = chain.from_iterable(value for value in values if value is not None)
    return kinds <= {list} and set(map(type, items)).issubset(_PYTHON[f.type.value_type])


def _check(table: type[Record], f: pa.Field, value: Any) -> None:
    name = f"{table.TABLE}.{f.name}"
    if value is None:
        if not f.nullable:
            raise pa.ArrowInvalid(f"{name} must not be null")
        return
    if pa.types.is_list(f.type):
        if not isinstance(value, list) or not all(isinstance(item, _PYTHON[f.type.value_type]) for item in value):
            raise pa.ArrowTypeError(f"{name} must be a list of {f.type.value_type}, not {value!r}")
        return
    is_flag = isinstance(value, bool)
    if not isinstance(value, _PYTHON[f.type]) or (is_flag and not pa.types.is_boolean(f.type)):
        raise pa.ArrowTypeError(f"{name} must be {f.type}, not {value!r}")


def data_dictionary() -> Iterator[tuple[type[Record], list[SchemaColumn]]]:
    """Every table with its columns, in the contract's order."""
    for table in TABLES:
        yield table, list(columns(table))
