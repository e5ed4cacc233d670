"""What other lexicons would change over a whole corpus, from what its last run has analysed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from extractors.document import AnalysedDocument, RepairedDocument
from extractors.records import EXTRACTED, TokenRecord
from lexicons.errors import UserError
from pipeline.analyse import analyse
from pipeline.batch import analyses, lexicon_edits
from pipeline.batch.work import Outcome
from pipeline.load.diff import Change, changes_of_document
from pipeline.load.schema import to_arrow
from pipeline.process import extracted, outlined, prepare
from pipeline.workbench.corpus import Corpus, corpus
from pipeline.workbench.coverage import sentence_of

TABLES = tuple(table for table in EXTRACTED if table is not TokenRecord)


class Told(NamedTuple):
    """A change with the sentence that it is about; empty where the record stands nowhere."""

    change: Change
    sentence: str


@dataclass
class Progress:
    """How many documents the edit may concern, of all."""

    n_concerned: int = 0
    n_documents: int = 0


def lexicon_changes(out: Path, progress: Progress) -> Iterator[Told]:
    """The changes that the lexicons as they are now make to the tables of a folder, by document.

    Documents that have no word of what was edited are not looked at. Raises LexiconError, UserError, VoikkoMissing.
    """
    prepare()
    found = corpus(out)
    before = lexicon_edits.read_lexicons(found.run)
    if before is None:
        raise UserError(f"{out} does not tell which lexicons it was made with; do poimuri run once again")
    now = lexicon_edits.content()
    edit = lexicon_edits.edit_between(before, now)
    new_words = lexicon_edits.words_of(now) - lexicon_edits.words_of(before)
    for outcome in found.outcomes:
        progress.n_documents += 1
        stored = found.stored(outcome)
        if edit.concerns(stored):
            progress.n_concerned += 1
            yield from _of_document(found, outcome, is_new=_has_new(new_words, analyses.unknown(stored)))


def _has_new(words: frozenset[str], unknown: str) -> bool:
    """Whether a document has words that the dictionary lacks and the lexicons now have: they are analysed anew."""
    return any(lexicon_edits.stem(word) in unknown for word in words)


def _of_document(found: Corpus, outcome: Outcome, *, is_new: bool) -> Iterator[Told]:
    document = analyses.load(found.store, outcome.analysis or "", outcome.source_path)
    assert document is not None
    outline = outlined(_analysed_anew(document) if is_new else document)
    records = extracted(outline, TABLES).records
    now = {table.TABLE: to_arrow(table, records[table.TABLE]).to_pylist() for table in TABLES}
    for change, row in changes_of_document(outcome.source_path, found.rows(outcome), now):
        yield Told(change, _sentence(outline, row))


def _analysed_anew(document: AnalysedDocument) -> AnalysedDocument:
    """The document's tokens once more, now that the lexicons know other words."""
    return analyse(RepairedDocument(**{item.name: getattr(document, item.name) for item in fields(RepairedDocument)}))


def _sentence(document: AnalysedDocument, row: dict[str, Any]) -> str:
    """The sentence of a row; of a section's row its heading."""
    if "heading_start" in row:
        return ""
    return sentence_of(document, row["char_start"]) if row.get("char_start") is not None else ""
