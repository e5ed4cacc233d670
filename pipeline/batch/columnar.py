"""Typed values as Arrow columns and back, by their annotations alone: no code is stored and none is run by reading.

A dataclass or NamedTuple becomes a struct, a tuple, list or set a list, None a null. A string that stands in a column
over and over comes back as one object.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

_LEAVES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}


def to_column(hint: Any, values: Sequence[Any]) -> pa.Array:
    """Values of one annotation as a column."""
    inner = _without_none(hint)
    if inner in _LEAVES:
        return pa.array(values, _LEAVES[inner])
    if (item := _item(inner)) is not None:
        lists = [sorted(value) if isinstance(value, frozenset) else value for value in values]
        lengths = [len(value) if value is not None else 0 for value in lists]
        offsets = pa.array([0, *accumulate(lengths)], pa.int32())
        flat = to_column(item, list(chain.from_iterable(value for value in lists if value is not None)))
        return pa.ListArray.from_arrays(offsets, flat, mask=pa.array([value is None for value in lists], pa.bool_()))
    members = _members(inner)
    columns = [to_column(hint, [getattr(value, name, None) for value in values]) for name, hint in members.items()]
    mask = pa.array([value is None for value in values], pa.bool_())
    return pa.StructArray.from_arrays(columns, fields=list(_fields(inner)), mask=mask)


def from_column(hint: Any, column: pa.Array) -> list[Any]:
    """The values of a column of an annotation."""
    inner = _without_none(hint)
    if inner in _LEAVES:
        values = column.to_pylist()
        return _shared(values) if inner is str else values
    nulls = column.is_null().to_pylist() if column.null_count else None
    if (item := _item(inner)) is not None:
        made = get_origin(inner)
        offsets = column.offsets.to_pylist()
        flat = from_column(item, column.values)
        found = [made(flat[start:end]) for start, end in pairwise(offsets)]
    else:
        parts = [from_column(hint, column.field(name)) for name, hint in _members(inner).items()]
        make = _maker(inner)
        found = [make(row) for row in zip(*parts, strict=True)]
    return found if nulls is None else [None if null else value for value, null in zip(found, nulls, strict=True)]


@cache
def arrow_type(hint: Any) -> pa.DataType:
    """The type of an annotation's column."""
    inner = _without_none(hint)
    if inner in _LEAVES:
        return _LEAVES[inner]
    if (item := _item(inner)) is not None:
        return pa.list_(arrow_type(item))
    return pa.struct(list(_fields(inner)))


@cache
def _fields(kind: Any) -> tuple[pa.Field, ...]:
    return tuple(pa.field(name, arrow_type(hint)) for name, hint in _members(kind).items())


@cache
def _members(kind: Any) -> dict[str, Any]:
    """The fields of a dataclass or NamedTuple with their annotations, in order."""
    hints = get_type_hints(kind)
    names = [item.name for item in fields(kind)] if is_dataclass(kind) else kind._fields
    return {name: hints[name] for name in names}


@cache
def _maker(kind: Any) -> Callable[[tuple[Any, ...]], Any]:
    """What makes a value of a kind from its fields' values in order."""
    if hasattr(kind, "_make"):
        return kind._make  # type: ignore[no-any-return]
    names = tuple(_members(kind))
    return lambda row: kind(**dict(zip(names, row, strict=True)))


@cache
def _without_none(hint: Any) -> Any:
    """An annotation without `| None`, a Literal as the type of its values."""
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = [arg for arg in get_args(hint) if arg is not type(None)]
        return _without_none(inner)
    if get_origin(hint) is Literal:
        return type(get_args(hint)[0])
    return hint


@cache
def _item(hint: Any) -> Any:
    """The annotation of a list's, tuple's or set's items; None for what is none of these."""
    return get_args(hint)[0] if get_origin(hint) in (tuple, list, frozenset) else None


def _shared(values: list[Any]) -> list[Any]:
    known: dict[Any, Any] = {}
    return [known.setdefault(value, value) for value in values]
