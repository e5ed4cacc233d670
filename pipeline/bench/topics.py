"""Topics and activities of documents against truth that was written by reading them, before any program did.

A topic is right where truth has it in the same section, an activity where truth has the same topic, state and negation
in the same clause. Truth marked optional counts neither way. What is missed or too much is told with its words and a
cause.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractors.records import ActivityRecord, DocumentRecord, SectionRecord, TopicRecord
from pipeline.bench.corpora import CorpusError
from pipeline.bench.scoring import Rows, load
from pipeline.process import Result, prepare, process
from pipeline.read.formats import BY_SUFFIX


class Counts(NamedTuple):
    """How many are right, too much and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


class Miss(NamedTuple):
    """Something missed or too much: the table, why, the topic with what is said of it, and the words."""

    table: str
    cause: str
    told: str
    words: str


class Judged(NamedTuple):
    """A document's counts by table, of right activities the attributes that are told (right, told), and the misses."""

    document: str
    counts: dict[str, Counts]
    attributes: dict[str, tuple[int, int]]
    misses: tuple[Miss, ...]


ATTRIBUTES = ("planned_state", "start", "place")


def judge(folders: Sequence[Path], gold: Path) -> Iterator[Judged]:
    """Every document below the folders that has a folder of its stem in `gold`, in the format that was read for it.

    Raises CorpusError where none has.
    """
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in BY_SUFFIX)
    known = [path for path in files if (gold / path.stem).is_dir() and gold not in path.parents]
    if not known:
        raise CorpusError(f"no document in {', '.join(map(str, folders))} has a folder of its own name in {gold}")
    prepare()
    for path in known:
        result = process(path.read_bytes(), path.name)
        if _fits(result, gold / path.stem):
            yield judged(path.name, result, gold / path.stem)


def _fits(result: Result, truth: Path) -> bool:
    """Whether a truth's offsets are into this text, not into that of another format."""
    (document,) = result.of(DocumentRecord)
    return all(document.text[row["char_start"] : row["char_end"]] == row["text"] for row in load(truth, "topics") or [])


def judged(name: str, result: Result, truth: Path) -> Judged:
    """What a document's records are worth."""
    topics, topic_misses = _topics(result, load(truth, "topics") or [])
    activities, attributes, activity_misses = _activities(result, load(truth, "activities") or [])
    counts = {"topics": topics, "activities": activities}
    return Judged(name, counts, attributes, (*topic_misses, *activity_misses))


def _topics(result: Result, rows: Rows) -> tuple[Counts, list[Miss]]:
    (document,) = result.of(DocumentRecord)
    sections = result.of(SectionRecord)
    starts = [section.heading_start for section in sections]

    def key(row: dict[str, Any]) -> tuple[str | None, str]:
        index = bisect_right(starts, row["char_start"]) - 1
        return (sections[index].section_id if index >= 0 else None), row["topic"]

    wanted = {key(row): row for row in rows if not row.get("optional")}
    spared = {key(row) for row in rows if row.get("optional")}
    found = {(one.section_id, one.topic): one for one in result.of(TopicRecord)}
    extra = found.keys() - wanted.keys() - spared
    missed = wanted.keys() - found.keys()
    misses = [
        Miss("topics", "not named in truth", topic, found[at, topic].text) for at, topic in sorted(extra, key=str)
    ]
    misses += [
        Miss("topics", "not found", topic, _around(document.text, wanted[at, topic]))
        for at, topic in sorted(missed, key=str)
    ]
    return Counts(len(wanted.keys() & found.keys()), len(extra), len(missed)), misses


def _activities(result: Result, rows: Rows) -> tuple[Counts, dict[str, tuple[int, int]], list[Miss]]:
    (document,) = result.of(DocumentRecord)
    left = list(result.of(ActivityRecord))
    pairs: list[tuple[dict[str, Any], ActivityRecord]] = []
    missed: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: bool(row.get("optional"))):
        match = next((one for one in left if _overlap(row, one) and _told(row) == _said(one)), None)
        if match is not None:
            left.remove(match)
            pairs += [(row, match)] if not row.get("optional") else []
        elif not row.get("optional"):
            missed.append(row)
    spared = [row for row in rows if row.get("optional")]
    extra = [one for one in left if not any(_overlap(row, one) and row["topic"] == one.topic for row in spared)]
    attributes = {}
    for name in ATTRIBUTES:
        told = [(row[name], _attribute(one, name)) for row, one in pairs if row[name] or _attribute(one, name)]
        attributes[name] = (sum(a == b for a, b in told), len(told))
    misses = [Miss("activities", _cause(row, extra), _line(*_told(row)), _around(document.text, row)) for row in missed]
    misses += [Miss("activities", "not told in truth", _line(*_said(one)), one.text) for one in extra]
    return Counts(len(pairs), len(extra), len(missed)), attributes, misses


def _told(row: dict[str, Any]) -> tuple[str, str, bool]:
    return row["topic"], row["state"], row["negated"]


def _said(one: ActivityRecord) -> tuple[str, str, bool]:
    return one.topic, one.state, one.negated


def _overlap(row: dict[str, Any], one: ActivityRecord) -> bool:
    return bool(row["char_start"] < one.char_end and one.char_start < row["char_end"])


def _attribute(one: ActivityRecord, name: str) -> str | None:
    if name == "start":
        return one.start_date.isoformat() if one.start_date is not None else None
    return getattr(one, name)  # type: ignore[no-any-return]


def _cause(row: dict[str, Any], extra: Sequence[ActivityRecord]) -> str:
    beside = [one for one in extra if _overlap(row, one)]
    if any(one.topic == row["topic"] for one in beside):
        return "another state"
    return "another topic" if beside else "nothing told"


def _line(topic: str, state: str, negated: bool) -> str:
    return f"{topic} {'not ' if negated else ''}{state}"


def _around(text: str, row: dict[str, Any]) -> str:
    return text[row["char_start"] : row["char_end"] + 60]


def total(found: Sequence[Judged], table: str) -> Counts:
    """The counts of a table over all documents."""
    counts = Counts()
    for one in found:
        counts = counts.plus(one.counts[table])
    return counts


def share(found: Sequence[Judged], attribute: str) -> tuple[int, int]:
    """Of the right activities that tell an attribute, or should, how many tell it rightly, and how many there are."""
    pairs = [one.attributes[attribute] for one in found]
    return sum(right for right, _ in pairs), sum(told for _, told in pairs)
