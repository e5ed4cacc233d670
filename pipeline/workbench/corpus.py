"""The analysed documents of a folder of tables, as the last run left them: read anew from no file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.document import AnalysedDocument
from lexicons.errors import UserError
from pipeline.batch import analyses
from pipeline.batch.index import read_index
from pipeline.batch.store import Store, Stored
from pipeline.batch.work import ROWS, Outcome, schema_of
from pipeline.load.snapshot import RUNS, current_run
from pipeline.run import STORE


@dataclass(frozen=True)
class Corpus:
    """A folder's current run: what became of its files, and what is kept of them."""

    run: Path
    store: Store
    outcomes: tuple[Outcome, ...]

    def documents(self) -> Iterator[tuple[Outcome, AnalysedDocument]]:
        """Every document with its tokens, without its outline. Raises UserError where it is not kept."""
        for outcome in self.outcomes:
            document = analyses.load(self.store, outcome.analysis or "", outcome.source_path)
            if document is None:
                raise _gone(outcome)
            yield outcome, document

    def stored(self, outcome: Outcome) -> Stored:
        """A document's analysis as it is kept. Raises UserError where it is not."""
        stored = self.store.load(analyses.ANALYSIS, outcome.analysis or "")
        if stored is None:
            raise _gone(outcome)
        return stored

    def rows(self, outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
        """A document's rows by table, as the run gave them. Raises UserError where they are not kept."""
        stored = self.store.load(ROWS, outcome.key or "")
        if stored is None:
            raise _gone(outcome)
        batches = {name: stored.batch(name, schema_of(name)) for name in stored.names()}
        return {name: batch.to_pylist() for name, batch in batches.items() if batch is not None}


def corpus(out: Path) -> Corpus:
    """The current run of a folder of tables; a document that stands there twice counts once. Raises UserError."""
    run = current_run(out)
    if run is None:
        raise UserError(f"{out} has no run yet; give the folder of tables, or make it with poimuri run")
    known: dict[str, Outcome] = {}
    for outcome in read_index(run).values():
        if outcome.analysis is not None:
            known.setdefault(outcome.analysis, outcome)
    return Corpus(run, Store(out / RUNS / STORE), tuple(known.values()))


def _gone(outcome: Outcome) -> UserError:
    return UserError(f"what was analysed of {outcome.source_path} is not kept any more; do poimuri run once again")
