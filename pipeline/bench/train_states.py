"""Build `extractors/facts/state_weights.tsv` from documents with their measures read: `python -m
pipeline.bench.train_states GOLD… DOCS…`.

GOLD are folders with a folder a document, which holds `measures.jsonl` (`tests/truth` is one); DOCS are folders with
the documents as text. A log-linear model over the signs of each measure (`extractors.facts.state_signs`), fitted by
gradient descent from the weights that the signs have by their meaning (`MEANING`): a sign that no document has keeps
these. Nothing is random: the same documents give the same file. First the accuracy with each document left out is
printed.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from extractors.document import fold
from extractors.facts.statuses import NONE, STATES, WEIGHTS
from extractors.measures import weighed
from lexicons import UserError, needs
from pipeline.files import write_whole
from pipeline.process import analysed

_ACTS = needs("statuses", groups=["act"])

STEPS, RATE, PULL = 300, 0.5, 3.0
"""Steps of the descent, their size, and how strongly weights are pulled back to what a sign means by itself."""

SMALLEST = 0.005
"""Weights nearer to zero are left out of the file."""

Weights = dict[tuple[str, str], float]

MEANING: dict[str, tuple[str, float]] = {
    "label:done": ("done", 3.0),
    "label:in_progress": ("in_progress", 3.0),
    "label:not_started": ("not_started", 3.0),
    "label:not_pursued": ("not_pursued", 3.0),
    "own label:done": ("done", 5.0),
    "own label:in_progress": ("in_progress", 5.0),
    "own label:not_started": ("not_started", 5.0),
    "own label:not_pursued": ("not_pursued", 5.0),
    "above:in_progress": ("in_progress", 2.5),
    "completes past": ("done", 2.0),
    "settles past": ("done", 4.0),
    "finishes past": ("done", 2.0),
    "ready": ("done", 1.5),
    "does past": ("done", 0.5),
    "does past, passive": ("done", 0.5),
    "does past, passive, open object": (NONE, 1.5),
    "does past, active, open object": (NONE, 1.5),
    "established present": ("done", 2.5),
    "spreads past": ("done", 1.0),
    "spreads present": ("in_progress", 2.0),
    "lasts past": ("in_progress", 1.0),
    "lasts present": ("in_progress", 1.5),
    "waits present": ("in_progress", 0.7),
    "dropped": ("not_pursued", 4.0),
    "completes present": ("not_started", 0.5),
    "completes decided": ("in_progress", 1.5),
    "finishes present": ("in_progress", 1.0),
    "finishes not past": ("in_progress", 1.5),
    "finishes not yet past": ("in_progress", 1.5),
    "begins past": ("in_progress", 1.5),
    "begins present": ("not_started", 1.0),
    "begins planned": ("not_started", 2.0),
    "begins decided": ("not_started", 1.5),
    "begins not past": ("not_started", 3.0),
    "begins not yet past": ("not_started", 3.0),
    "continues past": ("in_progress", 1.0),
    "continues present": ("in_progress", 2.0),
    "continues later": ("in_progress", 2.0),
    "continues planned": ("in_progress", 1.5),
    "continues not present": ("not_pursued", 3.5),
    "continues no longer present": ("not_pursued", 3.5),
    "continues not past": ("not_pursued", 1.5),
    "prepares present": ("in_progress", 1.5),
    "prepares past": ("in_progress", 0.3),
    "prepares not present": ("not_pursued", 2.5),
    "postpones past": ("not_started", 4.5),
    "postpones present": ("not_started", 3.0),
    "postpones decided": ("not_started", 4.5),
    "moves past": ("not_started", 3.0),
    "moves planned": ("not_started", 2.5),
    "moves present": ("not_started", 2.5),
    "moves decided": ("not_started", 3.0),
    "drops past": ("not_pursued", 4.5),
    "drops present": ("not_pursued", 2.5),
    "drops decided": ("not_pursued", 4.5),
    "reports present": ("not_started", 2.5),
    "reports planned": ("not_started", 2.5),
    "does present": ("in_progress", 1.0),
    "does decided": ("not_started", 0.5),
    "is present": ("in_progress", 0.5),
    "ongoing": ("in_progress", 2.0),
    "not ready": ("in_progress", 1.5),
    "not yet ready": ("in_progress", 2.0),
    "ahead": ("not_started", 2.0),
    "later": ("not_started", 1.0),
    "date later": ("not_started", 1.5),
    "date current": ("in_progress", 1.5),
    "finished, rolled out": ("in_progress", 3.5),
    "finished, followed up": ("done", 4.0),
    "followed up": ("in_progress", 1.0),
    "finished, goes on": ("in_progress", 1.0),
    "finished, but goes on": ("in_progress", 4.5),
    "goes on, more ahead": ("in_progress", 1.5),
    "finished, more ahead": ("in_progress", 1.0),
    "finished, partly": ("in_progress", 2.5),
    "finished, something not": ("in_progress", 2.0),
    "percent part": ("in_progress", 2.5),
    "percent whole": ("done", 3.0),
    "percent zero": ("not_started", 1.5),
    "percent told, past": (NONE, 2.0),
    "count told, past, active": (NONE, 1.0),
    "changes past": (NONE, 2.5),
    "changes present": (NONE, 1.0),
    "is past": (NONE, 1.5),
    "no verb": (NONE, 1.5),
    "date past": ("done", 2.0),
}
"""What a sign says by itself: the state, and how much of it before any document is read."""

FORMS: dict[str, tuple[str, float]] = {
    "planned": ("not_started", 1.5),
    "required": ("not_started", 1.0),
    "not past": ("not_started", 1.5),
    "not yet past": ("not_started", 2.5),
    "no longer past": ("not_pursued", 1.0),
    "not present": ("not_pursued", 1.5),
    "not yet present": ("not_started", 1.5),
    "no longer present": ("not_pursued", 2.0),
    "undone past": ("not_pursued", 4.5),
    "undone present": ("not_started", 2.5),
}
"""What the form in which a deed is told says, whatever the deed, where `MEANING` has nothing on it."""


class Sample(NamedTuple):
    """A measure: its document, the names of its signs, the state that a reader gave it."""

    document: str
    signs: tuple[str, ...]
    status: str


def samples(folders: Sequence[Path]) -> Iterator[Sample]:
    """The measures of all documents with gold that lie in one of the folders. Raises UserError where there are none."""
    texts = {path: path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))}
    seen: set[tuple[str, ...]] = set()
    for gold in (path for folder in folders for path in sorted(folder.glob("*/measures.jsonl"))):
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        path = next((path for path, text in texts.items() if path.stem == gold.parent.name and _fits(rows, text)), None)
        measures = tuple(fold(row["text"]) for row in rows)
        if path is None or measures in seen:
            continue
        seen.add(measures)
        read = {(row["char_start"], row["char_end"]): row["status"] or NONE for row in rows if not row.get("optional")}
        for span, told in weighed(analysed(path.read_bytes(), path.name)):
            if span in read:
                yield Sample(str(gold.parent), tuple(sign.name for sign in told), read[span])
    if not seen:
        raise UserError(f"{', '.join(map(str, folders))}: no measures.jsonl with the document that it is about")


def _fits(rows: Sequence[dict[str, Any]], text: str) -> bool:
    """Whether measures stand in a text where their offsets say."""
    return bool(rows) and all(fold(text[row["char_start"] : row["char_end"]]) == fold(row["text"]) for row in rows)


def meant() -> Weights:
    """The weights before any document is read."""
    acts = ["does", *sorted(entry.id for entry in _ACTS.entries if entry.id not in ("changes", "reports"))]
    by_form = {f"{act} {form}": said for act in acts for form, said in FORMS.items()}
    return {(sign, status): weight for sign, (status, weight) in {**by_form, **MEANING}.items()}


def shares(weights: Weights, signs: Sequence[str]) -> dict[str, float]:
    """How likely each state is by the signs."""
    sums = {status: sum(weights.get((sign, status), 0.0) for sign in signs) for status in STATES}
    powers = {status: math.exp(value - max(sums.values())) for status, value in sums.items()}
    return {status: power / sum(powers.values()) for status, power in powers.items()}


def fit(found: Sequence[Sample]) -> Weights:
    """The weights under which the readers' states are likeliest, not far from what the signs mean."""
    prior = meant()
    weights = dict(prior)
    for step in range(STEPS):
        slopes: Weights = defaultdict(float)
        for sample in found:
            for status, share in shares(weights, sample.signs).items():
                error = share - (status == sample.status)
                for sign in sample.signs:
                    slopes[sign, status] += error / len(found)
        rate = RATE * len(found) ** 0.5 / (1 + step / 50)
        for key in {*slopes, *weights}:
            pull = PULL * (weights.get(key, 0.0) - prior.get(key, 0.0)) / len(found) ** 0.5
            weights[key] = weights.get(key, 0.0) - rate * (slopes.get(key, 0.0) + pull)
    return weights


def right(weights: Weights, found: Sequence[Sample]) -> int:
    """How many samples get the state that the reader gave."""
    return sum(max(STATES, key=shares(weights, one.signs).__getitem__) == one.status for one in found)


def main(folders: Sequence[Path]) -> None:
    """Print the accuracy with each document left out, then fit on all of them and write the weights."""
    found = list(samples(folders))
    total = 0
    for document in dict.fromkeys(sample.document for sample in found):
        own = [sample for sample in found if sample.document == document]
        rest = [sample for sample in found if sample.document != document]
        hits = right(fit(rest), own)
        total += hits
        print(f"{document}: {hits} of {len(own)} right when left out, {right(meant(), own)} by meaning alone")
    weights = fit(found)
    print(f"left out {total / len(found):.3f}, fitted {right(weights, found) / len(found):.3f}", end=", ")
    print(f"by meaning alone {right(meant(), found) / len(found):.3f}, {len(found)} measures")
    kept = sorted((key, value) for key, value in weights.items() if abs(value) >= SMALLEST)
    head = "# Weights of statuses.py: sign, state, weight; fitted by pipeline.bench.train_states\n"
    write_whole(WEIGHTS, head + "".join(f"{sign}\t{status}\t{value:.2f}\n" for (sign, status), value in kept))
    print(f"{len(kept)} weights written to {WEIGHTS}")


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
