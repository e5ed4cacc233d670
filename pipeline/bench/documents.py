"""Benchmark over documents with truth: every measure of each document's facts, their mean, and the worst."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from extractors.records import DocumentRecord
from pipeline.bench.corpora import CorpusError
from pipeline.bench.scoring import letters, load, score, score_wording
from pipeline.process import prepare, process
from pipeline.read.formats import BY_SUFFIX


class Measured(NamedTuple):
    """A document's measures by name, each a share or an F1 in 0..1."""

    document: str
    measures: Mapping[str, float]


class Summary(NamedTuple):
    """A measure over all documents that have truth for it: how many, the mean, the lowest and whose that is."""

    measure: str
    documents: int
    mean: float
    lowest: float
    worst: str


def measure(folder: Path, gold: Path) -> Iterator[Measured]:
    """The measures of every document of a folder whose truth stands in a folder of its stem below `gold`.

    Raises CorpusError where no document has truth.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in BY_SUFFIX)
    known = [path for path in files if (gold / path.stem).is_dir()]
    if not known:
        raise CorpusError(f"no document in {folder} has a folder of its own name in {gold}")
    prepare()
    for path in known:
        result = process(path.read_bytes(), path.name)
        truth, (document,) = gold / path.stem, result.of(DocumentRecord)
        told = score if _fits(truth, document.text) else score_wording
        yield Measured(path.name, told(truth, result.records))


def _fits(truth: Path, text: str) -> bool:
    """Whether a truth's offsets are into this text: that of another format has the same facts at other places."""
    rows = [
        row for name in ("sections", "dates", "process_goals") for row in load(truth, name) or [] if row.get("text")
    ]
    spans = [letters(text[row["char_start"] : row["char_end"]]) == letters(row["text"]) for row in rows]
    return sum(spans) * 2 > len(spans)


def summed(measured: list[Measured]) -> list[Summary]:
    """Each measure over the documents, in the order in which they have them."""
    by_name: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for one in measured:
        for name, value in one.measures.items():
            by_name[name].append((value, one.document))
    return [
        Summary(name, len(values), mean(value for value, _ in values), *min(values)) for name, values in by_name.items()
    ]
