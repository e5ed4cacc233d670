"""The tables of series, from the rows of all documents: what a run's load stage adds when all others are there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

import pyarrow as pa

from extractors.facts.periods import period_columns
from extractors.records import Record, SeriesLinkRecord, SeriesMemberRecord, SeriesRecord
from pipeline.series.likeness import words
from pipeline.series.matching import Edge, Matcher, Thread, Unit

READ = {
    "documents": ("doc_id", "source_path", "region", "report_date", "modified", "created", "same_content_as"),
    "process_goals": ("doc_id", "goal_id", "code", "text", "text_repaired", "kind", "same_as"),
    "goal_status": ("goal_id", "period"),
    "indicators": ("doc_id", "indicator_id", "indicator", "period"),
    "projects": ("doc_id", "project_id", "project", "project_repaired"),
    "project_results": ("project_id", "period"),
}
"""The columns that series are worked out from, by table."""


class _Told(NamedTuple):
    """A goal, indicator or project as a row tells it."""

    doc_id: str
    kind: str
    member_id: str
    code: str | None
    text: str
    same_as: str | None


class _Report(NamedTuple):
    """A document as series see it: its place in time is that of its day, then of its path."""

    doc_id: str
    region: str | None
    round: str | None


@dataclass(slots=True)
class Gathered:
    """The rows of all documents that series are worked out from, as they go into the snapshot."""

    _batches: dict[str, list[pa.RecordBatch]] = field(default_factory=lambda: defaultdict(list))

    def take(self, table: str, batch: pa.RecordBatch) -> None:
        """Keep what is needed of a table's rows."""
        if table in READ and batch.num_rows:
            self._batches[table].append(batch.select(READ[table]))

    def records(self) -> dict[str, list[Record]]:
        """The rows of the tables of series. Copies of a report, which others count for, are left out."""
        reports = list(self._reports())
        places = {report.doc_id: place for place, report in enumerate(reports)}
        rounds = self._rounds()
        groups: dict[tuple[str, str], list[_Told]] = defaultdict(list)
        for told in self._told():
            if told.doc_id in places:
                region = reports[places[told.doc_id]].region or told.doc_id
                groups[region, told.kind].append(told)
        found: dict[str, list[Record]] = {
            kind.TABLE: [] for kind in (SeriesRecord, SeriesMemberRecord, SeriesLinkRecord)
        }
        for key in sorted(groups):
            for name, rows in _Group(key, groups[key], reports, places, rounds).records().items():
                found[name] += rows
        return found

    def _rows(self, table: str) -> Iterator[dict[str, Any]]:
        for batch in self._batches[table]:
            yield from batch.to_pylist()

    def _reports(self) -> Iterator[_Report]:
        """The documents that count, in the order of their days; those without one come last."""
        found = []
        for row in self._rows("documents"):
            day = row["report_date"] or row["modified"] or row["created"]
            if row["same_content_as"] is None:
                when = period_columns(day.isoformat())["reporting_round"] if day else None
                order = (day is None, day.isoformat() if day else "", row["source_path"])
                found.append((order, _Report(row["doc_id"], row["region"], when)))
        yield from (report for _, report in sorted(found))

    def _told(self) -> Iterator[_Told]:
        for row in self._rows("process_goals"):
            text = row["text_repaired"] or row["text"]
            yield _Told(row["doc_id"], row["kind"], row["goal_id"], row["code"], text, row["same_as"])
        for row in self._rows("indicators"):
            yield _Told(row["doc_id"], "indicator", row["indicator_id"], None, row["indicator"], None)
        for row in self._rows("projects"):
            text = row["project_repaired"] or row["project"]
            yield _Told(row["doc_id"], "project", row["project_id"], None, text, None)

    def _rounds(self) -> dict[str, set[str]]:
        """The half-years that the cells of each goal, indicator and project tell of."""
        found: dict[str, set[str]] = defaultdict(set)
        for table, name in (
            ("goal_status", "goal_id"),
            ("indicators", "indicator_id"),
            ("project_results", "project_id"),
        ):
            for row in self._rows(table):
                when = period_columns(row["period"])["reporting_round"]
                if row[name] is not None and when is not None:
                    found[row[name]].add(when)
        return found


class _Group:
    """The series of one kind in one region."""

    def __init__(
        self,
        key: tuple[str, str],
        told: Sequence[_Told],
        reports: Sequence[_Report],
        places: dict[str, int],
        rounds: dict[str, set[str]],
    ) -> None:
        self._key, self._reports, self._rounds = key, reports, rounds
        self._matcher = Matcher(_units(told, places))
        self._ids = dict(zip(self._matcher.threads, self._series_ids(), strict=True))
        self._series_of = {unit: self._ids[thread] for thread in self._matcher.threads for unit in _all(thread)}

    def records(self) -> dict[str, list[Record]]:
        """The rows of the three tables."""
        threads = self._matcher.threads
        return {
            SeriesRecord.TABLE: [self._series(thread) for thread in threads],
            SeriesMemberRecord.TABLE: [row for thread in threads for row in self._members(thread)],
            SeriesLinkRecord.TABLE: [self._link(edge) for edge in self._matcher.edges],
        }

    def _series_ids(self) -> Iterator[str]:
        """The ids of the threads, by what they said first; those that begin with the same words are counted."""
        begun: Counter[tuple[str, str]] = Counter()
        for thread in self._matcher.threads:
            first = (thread.units[0].code or "", thread.units[0].text)
            begun[first] += 1
            told = (*self._key, *first, str(begun[first]))
            yield sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _series(self, thread: Thread) -> SeriesRecord:
        rounds = {when for unit in _all(thread) for member_id in unit.ids for when in self._rounds.get(member_id, ())}
        rounds = rounds or {when for unit in _all(thread) if (when := self._reports[unit.report].round) is not None}
        return SeriesRecord(
            series_id=self._ids[thread],
            doc_id=self._reports[thread.units[0].report].doc_id,
            kind=self._key[1],
            region=self._reports[thread.units[0].report].region,
            code=next((unit.code for unit in reversed(thread.units) if unit.code is not None), None),
            text=thread.last.text,
            first_period=min(rounds, default=None),
            last_period=max(rounds, default=None),
            n=len({unit.report for unit in _all(thread)}),
        )

    def _members(self, thread: Thread) -> Iterator[SeriesMemberRecord]:
        for unit in _all(thread):
            report = self._reports[unit.report]
            for member_id in unit.ids:
                yield SeriesMemberRecord(
                    series_id=self._ids[thread],
                    doc_id=report.doc_id,
                    kind=self._key[1],
                    member_id=member_id,
                    code=unit.code,
                    report_round=report.round,
                )

    def _link(self, edge: Edge) -> SeriesLinkRecord:
        return SeriesLinkRecord(
            doc_id=self._reports[edge.end.report].doc_id,
            from_series=self._series_of[edge.begin],
            to_series=self._series_of[edge.end],
            from_id=edge.begin.ids[0],
            to_id=edge.end.ids[0],
            relation=edge.relation,
            score=round(edge.score, 3),
            why=_why(edge),
        )


def _units(told: Sequence[_Told], places: dict[str, int]) -> list[Unit]:
    """The units of the reports: rows of one report that say the same are one; the cells of an indicator too."""
    rows: dict[tuple[Any, ...], list[_Told]] = defaultdict(list)
    for one in told:
        rows[places[one.doc_id], one.code, tuple(words(one.text)), one.same_as].append(one)
    return [
        Unit(report, code, same[0].text, tuple(dict.fromkeys(one.member_id for one in same)), same_as)
        for (report, code, _, same_as), same in rows.items()
    ]


def _all(thread: Thread) -> list[Unit]:
    return [*thread.units, *thread.pointers]


def _why(edge: Edge) -> str:
    """The numbers and the score in words: "1.2 → 1.3, wording 0.92"."""
    if edge.relation == "same_as":
        return f"the report calls it the same as {edge.begin.code}"
    begin, end = edge.begin.code, edge.end.code
    codes = f"{begin or '–'} → {end or '–'}" if begin != end else f"number {begin}" if begin else "no numbers"
    told = "share in the whole" if edge.relation in ("split", "merge") else "wording"
    return f"{codes}, {told} {edge.score:.2f}"
