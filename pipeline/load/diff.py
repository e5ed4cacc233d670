"""What two runs say differently: records gained, lost and changed, matched by what they say and where.

Running numbers, offsets and places on pages are no part of that: a line more in one section moves the offsets of all
that follows and changes none of it. A document is the file of a path, or the same bytes under another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.records import TABLES, PlacedRecord
from pipeline.load.snapshot import PART

SAYS = {
    "documents": (),
    "sections": ("heading",),
    "section_goals": ("benefit_goal",),
    "goal_status": ("code", "period"),
    "indicators": ("indicator", "period"),
    "projects": ("development_area", "project"),
    "project_results": ("period",),
    "lexicon_hits": ("lexicon", "term_id"),
    "topics": ("lexicon", "topic"),
    "activities": ("lexicon", "topic"),
    "series": ("kind", "text"),
    "series_members": ("kind", "code"),
    "series_links": ("relation", "why"),
    "rejects": ("stage",),
}
"""By which columns a record of a table is still the same one when others change; `text` where nothing else is said."""

_PLACES = frozenset({"char_start", "char_end", "heading_start", "heading_end", "status_start", "status_end"}) | {
    *("sentence_start", "sentence_end", "topic_start", "topic_end", "sentence", "ordinal", "row"),
    *(item.name for item in fields(PlacedRecord)),
}
_IDS = frozenset(
    {"doc_id", "section_id", "parent_id", "goal_id", "measure_id", "indicator_id", "project_id", "range_id"}
    | {*("series_id", "member_id", "from_series", "to_series", "from_id", "to_id")}
)
_OF_THE_FILE = frozenset({"sha256", "n_bytes", "source_path", "same_content_as"})


class Change(NamedTuple):
    """One record that is `gained`, `lost` or `changed`: what it says, under which heading, which columns differ."""

    table: str
    source_path: str
    change: str
    says: str
    where: str
    differences: dict[str, tuple[Any, Any]]


class _Row(NamedTuple):
    """A record as it is compared: what identifies it, the heading that it stands under, its values; and all of it."""

    says: tuple[Hashable, ...]
    where: str
    values: dict[str, Any]
    whole_row: dict[str, Any]

    @property
    def whole(self) -> Hashable:
        return (self.where, *(tuple(value) if isinstance(value, list) else value for value in self.values.values()))


def changes(before: Path, now: Path) -> Iterator[Change]:
    """The changes from one run's folder to another's, by table and document."""
    old, new = _Run(before), _Run(now)
    renamed = {doc_id: path for doc_id, path in new.paths.items() if path not in set(old.paths.values())}
    for table in TABLES:
        rows = old.rows(table.TABLE, renamed), new.rows(table.TABLE, {})
        for source_path in sorted({*rows[0], *rows[1]}):
            found = _matched(rows[0].get(source_path, []), rows[1].get(source_path, []))
            for change, row, differences in found:
                says = " · ".join(str(value) for value in row.says if value is not None)
                yield Change(table.TABLE, source_path, change, says, row.where, differences)


def changes_of_document(
    source_path: str, before: Mapping[str, Sequence[dict[str, Any]]], now: Mapping[str, Sequence[dict[str, Any]]]
) -> Iterator[tuple[Change, dict[str, Any]]]:
    """The changes between two states of one document's rows, by table, each with the row that tells its place."""
    headings = [{row["section_id"]: row["heading"] for row in rows.get("sections", ())} for rows in (before, now)]
    for table in TABLES:
        if not before.get(table.TABLE) and not now.get(table.TABLE):
            continue
        old, new = (
            [_row(table.TABLE, row, known) for row in rows.get(table.TABLE, ())]
            for rows, known in zip((before, now), headings, strict=True)
        )
        for change, row, differences in _matched(old, new):
            says = " · ".join(str(value) for value in row.says if value is not None)
            yield Change(table.TABLE, source_path, change, says, row.where, differences), row.whole_row


def _row(table: str, row: dict[str, Any], headings: Mapping[str, str]) -> _Row:
    """A row of a table as it is compared; `headings` are those of the sections by their ids."""
    says = tuple(row[name] for name in SAYS.get(table, ("text",)))
    where = headings.get(row.get("section_id") or "", "") if table != "sections" else ""
    values = {name: value for name, value in row.items() if name not in _PLACES | _IDS | _OF_THE_FILE}
    return _Row(says, where, values, row)


class _Run:
    """A run's tables as they are compared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.paths = {row["doc_id"]: row["source_path"] for row in self._read("documents", ["doc_id", "source_path"])}
        self._headings = {
            row["section_id"]: row["heading"] for row in self._read("sections", ["section_id", "heading"])
        }

    def rows(self, table: str, renamed: Mapping[str, str]) -> dict[str, list[_Row]]:
        """A table's rows by the paths of their documents; `renamed` are other paths for some of these."""
        found: dict[str, list[_Row]] = defaultdict(list)
        for row in self._read(table, None):
            doc_id = row["doc_id"] or ""
            path = renamed.get(doc_id) or row.get("source_path") or self.paths.get(doc_id, "")
            found[path].append(_row(table, row, self._headings))
        return found

    def _read(self, table: str, names: list[str] | None) -> Iterator[dict[str, Any]]:
        batch: pa.RecordBatch
        for batch in pq.ParquetFile(self._folder / table / PART).iter_batches(columns=names):
            yield from batch.to_pylist()


def _matched(before: list[_Row], now: list[_Row]) -> Iterator[tuple[str, _Row, dict[str, tuple[Any, Any]]]]:
    """The rows that have no equal: those that say the same in the same place are changed, then in any place."""
    lost, gained = _unequal(before, now), _unequal(now, before)
    for same_place in (True, False):
        waiting: dict[Hashable, list[_Row]] = defaultdict(list)
        for row in lost:
            waiting[(row.says, row.where if same_place else None)].append(row)
        rest = []
        for row in gained:
            others = waiting[(row.says, row.where if same_place else None)]
            if others:
                yield "changed", row, _differences(others.pop(0), row)
            else:
                rest.append(row)
        lost, gained = [row for rows in waiting.values() for row in rows], rest
    yield from (("lost", row, {}) for row in lost)
    yield from (("gained", row, {}) for row in gained)


def _unequal(rows: list[_Row], others: list[_Row]) -> list[_Row]:
    """The rows beyond those that the others have as well."""
    left: dict[Hashable, int] = defaultdict(int)
    for row in others:
        left[row.whole] += 1
    found = []
    for row in rows:
        if left[row.whole]:
            left[row.whole] -= 1
        else:
            found.append(row)
    return found


def _differences(before: _Row, now: _Row) -> dict[str, tuple[Any, Any]]:
    found = {
        name: (before.values.get(name), value) for name, value in now.values.items() if before.values.get(name) != value
    }
    return found | ({"where": (before.where, now.where)} if before.where != now.where else {})
