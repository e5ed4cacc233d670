"""One document through all stages: a pure function of its bytes, the same in a worker, a cluster or a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from extractors import EXTRACTORS, documents, extractor
from extractors.document import AnalysedDocument
from extractors.outline import outline
from extractors.records import PlacedRecord, Record, SectionRecord
from lexicons import LexiconError
from pipeline.analyse import analyse
from pipeline.language.native import VoikkoMissing
from pipeline.read import read
from pipeline.rejects import OcrMissing, Reject
from pipeline.repair import Repair, repair


@dataclass(frozen=True)
class Result:
    """A document's records by table."""

    records: dict[str, list[Record]] = field(default_factory=dict)


def analysed(data: bytes, source_path: str, *, ocr: bool = False) -> tuple[AnalysedDocument, Repair]:
    """A file's bytes through read, repair, analyse and outline. Raises Reject, VoikkoMissing or LexiconError."""
    document = read(data, source_path, ocr=ocr)
    repaired = repair(document)
    return outline(analyse(repaired.document, repaired.twin, repaired.joined)), repaired


def placed(document: AnalysedDocument, record: Record) -> Record:
    """A record with its page and box, where it stands somewhere and the format tells."""
    if not isinstance(record, PlacedRecord):
        return record
    start, end = (record.heading_start, record.heading_end) if isinstance(record, SectionRecord) else _evidence(record)
    page, box = document.document.place(start, end)
    if page is None:
        return record
    return replace(record, page=page, **(box._asdict() if box else {}))


def _evidence(record: Any) -> tuple[int, int]:
    return record.char_start, record.char_end


def process(data: bytes, source_path: str, tables: Iterable[str] = EXTRACTORS, *, ocr: bool = False) -> Result:
    """A file's bytes to the records of its tables.

    Raises Reject where the file gives no document or takes too long, with the stage that gave up; VoikkoMissing where
    libvoikko or its dictionary is not there; LexiconError where a lexicon cannot be used.
    """
    stage = "read"
    try:
        document = read(data, source_path, ocr=ocr)
        stage = "repair"
        repaired = repair(document)
        stage = "analyse"
        tokenised = analyse(repaired.document, repaired.twin, repaired.joined)
        stage = "outline"
        whole = outline(tokenised)
        stage = "extract"
        records: dict[str, list[Record]] = {
            "documents": [
                documents.extract(
                    whole, repaired.known_word_share, repaired.known_word_share_repaired, repaired.degraded
                )
            ]
        }
        for table in tables:
            records[table] = [placed(whole, record) for record in extractor(table)(whole)]
    except (Reject, VoikkoMissing, LexiconError, OcrMissing):
        raise
    except TimeoutError as error:
        message = f"{error}; split the file, or give more time with --timeout"
        raise Reject(stage, "too_slow", message) from error
    except Exception as error:
        message = f"{type(error).__name__}: {error}; this is a fault of poimuri, please report it with the file"
        raise Reject(stage, "internal_error", message) from error
    return Result(records)
