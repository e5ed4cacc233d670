"""Poimuri for Python: tables that a run has written, one document through the stages, its records.

>>> import poimuri
>>> result = poimuri.process("Tavoiteltu muutos\\nHoitoon pääsee keväällä 2021.".encode(), "a.txt")
>>> [(day.text, day.value, day.start_date.isoformat()) for day in result.of(poimuri.records.DateRecord)]
[('keväällä 2021', '2021-SP', '2021-03-01')]

Offsets are 0-based code points into `documents.text`, end exclusive; boxes are in points from the page's top left;
percents are 0–100, scores 0–1. What the caller can mend is a `UserError`, a file that gives no document a `Reject`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extractors import records
from extractors.records import EXTRACTED, TABLES, Record
from lexicons.errors import UserError
from pipeline.rejects import Reject

if TYPE_CHECKING:
    import pyarrow as pa

    from extractors.document import AnalysedDocument
    from pipeline.process import Result

__all__ = ["Reject", "Tables", "UserError", "analyse", "process", "read_tables", "records"]

_Kind = TypeVar("_Kind", bound=Record)


def read_tables(out: str | PathLike[str]) -> Tables:
    """The tables of the run that a folder shows now; each is read when it is asked for.

    They stay those of that run when another is published meanwhile. Raises UserError where the folder has no run.
    """
    from pipeline.research.database import run_of

    return Tables(run_of(Path(out)), Path(out))


def analyse(path: str | PathLike[str], *, ocr: bool = False, redact_contacts: bool = False) -> AnalysedDocument:
    """A file up to its outline: source text, tokens with lemmas, blocks, tables, sections.

    With `redact_contacts` names, e-mail addresses and telephone numbers of persons are masked, offsets as they were.
    Raises as `process`, and OSError where the file cannot be read.
    """
    from pipeline.process import analysed

    path = Path(path)
    return analysed(path.read_bytes(), path.name, ocr=ocr, redact=redact_contacts)


def process(
    data: bytes,
    source_path: str,
    tables: Iterable[type[Record]] = EXTRACTED,
    *,
    ocr: bool = False,
    redact_contacts: bool = False,
) -> Result:
    """The records of a file's bytes by table: `result.of(records.DateRecord)`.

    The suffix of `source_path` tells the format: txt, pdf, docx or html. Raises Reject where the bytes give no
    document, UserError where Voikko is missing or a lexicon cannot be used.
    """
    from pipeline.process import process as run_stages

    return run_stages(data, source_path, tables, ocr=ocr, redact=redact_contacts)


class Tables:
    """The tables of one run, read when they are asked for."""

    def __init__(self, run: Path, out: Path) -> None:
        self.run = run
        self._out = out

    def __getitem__(self, name: str) -> pa.Table:
        """A table by name, with its columns' meanings in the fields' metadata. Raises KeyError."""
        import pyarrow.parquet as pq

        from pipeline.load.snapshot import PART

        if name not in self:
            raise KeyError(f"no table {name}; there are {', '.join(self)}")
        return pq.ParquetFile(self.run / name / PART).read()

    def __iter__(self) -> Iterator[str]:
        """The tables' names, in the contract's order."""
        return (table.TABLE for table in TABLES)

    def __contains__(self, name: object) -> bool:
        return any(name == table.TABLE for table in TABLES)

    def of(self, kind: type[_Kind]) -> Iterator[_Kind]:
        """The rows of a table as typed records, read batch by batch: `tables.of(records.DateRecord)`."""
        import pyarrow.parquet as pq

        from pipeline.load.snapshot import PART

        names = [item.name for item in fields(kind)]  # type: ignore[arg-type]
        for batch in pq.ParquetFile(self.run / kind.TABLE / PART).iter_batches(columns=names):
            for row in batch.to_pylist():
                yield kind(**row)

    def sql(self, query: str) -> pa.Table:
        """The answer to one SELECT over the tables and the views of `poimuri query`.

        Raises UserError where it cannot be answered, or the extra `research` is not installed.
        """
        import pyarrow as pa

        from pipeline.research.database import opened
        from pipeline.research.query import asked

        return pa.Table.from_batches(asked(opened(self._out, self.run), query).batches())
