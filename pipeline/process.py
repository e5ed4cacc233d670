"""One document through all stages: a pure function of its bytes, the same in a worker, a cluster or a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from extractors import extractor, rows
from extractors.document import AnalysedDocument, Document, Spelled, fold
from extractors.ids import Anchors
from extractors.outline import outline
from extractors.records import EXTRACTED, PlacedRecord, Record, SectionRecord, TokenRecord
from lexicons import UserError, check_lexicons
from pipeline.analyse import analyse
from pipeline.read import read
from pipeline.redact import redacted
from pipeline.rejects import Reject
from pipeline.repair import repair

CHAIN: dict[str, Callable[[Any], Document]] = {"repair": repair, "analyse": analyse, "outline": outline}
"""The stages between *read* and *extract* in order; each takes the value of the one before."""

INTERNAL = "internal_error"
"""The code of a reject that is a fault of ours; its message may quote the document."""

_Kind = TypeVar("_Kind", bound=Record)

Entering = Callable[[str], None]
"""What is told the name of each stage before it begins."""


def _unheard(_stage: str) -> None:
    """Nobody listens."""


def prepare() -> None:
    """Import what the stages import late, and check the lexicons.

    Then a first document is read, for which models and patterns are made: processes that are forked later have them.
    Raises LexiconError where a lexicon cannot be used, VoikkoMissing where there is no Voikko.
    """
    from pipeline.language.lexicon_forms import check_base_forms

    declare_needs()
    check_lexicons()
    check_base_forms()
    with suppress(Reject):
        process(_FIRST, "first.txt")


_FIRST = b"1. A\n\n1.1.2020 5 %\n"


def declare_needs() -> None:
    """Import what the stages import late, which declares all that is read of the lexicons."""
    from pipeline.language import lemmatiser, tokenise  # noqa: F401
    from pipeline.read import docx, layout, rtf, xlsx  # noqa: F401

    for table in EXTRACTED:
        extractor(table)


@dataclass(frozen=True, slots=True)
class Result:
    """A document's records by table."""

    records: dict[str, list[Record]]

    def of(self, kind: type[_Kind]) -> list[_Kind]:
        """The records of a table: `result.of(DateRecord)`."""
        return self.records.get(kind.TABLE, [])  # type: ignore[return-value]


def staged(
    data: bytes, source_path: str, *, ocr: bool = False, redact: bool = False, entering: Entering = _unheard
) -> Iterator[tuple[str, Document]]:
    """A file's bytes through the stages: each stage's name and its value, as it is reached.

    With `redact` what reaches persons is taken out before anything is made of the text. `entering` is called with the
    name of each stage before it begins.

    Raises Reject with the name of the stage that gave up, UserError where something is not installed or a lexicon
    cannot be used.
    """
    with _stage("read", entering):
        value = read(data, source_path, ocr=ocr)
    yield "read", value
    if redact:
        with _stage("redact", entering):
            value = redacted(value)
        yield "redact", value
    for name, stage in CHAIN.items():
        with _stage(name, entering):
            value = stage(value)
        yield name, value


def analysed(
    data: bytes, source_path: str, *, ocr: bool = False, redact: bool = False, entering: Entering = _unheard
) -> AnalysedDocument:
    """A file's bytes up to the outline: all that the extractors read. Raises as `staged`."""
    *_, (_, document) = staged(data, source_path, ocr=ocr, redact=redact, entering=entering)
    assert isinstance(document, AnalysedDocument)
    return document


def outlined(document: AnalysedDocument, entering: Entering = _unheard) -> AnalysedDocument:
    """An analysed document with its outline. Raises Reject (stage `outline`)."""
    with _stage("outline", entering):
        return outline(document)


def process(
    data: bytes,
    source_path: str,
    tables: Iterable[type[Record]] = EXTRACTED,
    *,
    ocr: bool = False,
    redact: bool = False,
    entering: Entering = _unheard,
) -> Result:
    """A file's bytes to the records of its tables. Raises as `staged`."""
    return extracted(analysed(data, source_path, ocr=ocr, redact=redact, entering=entering), tables, entering)


def extracted(document: AnalysedDocument, tables: Iterable[type[Record]], entering: Entering = _unheard) -> Result:
    """The records of a document whose outline is known. Raises Reject (stage `extract`)."""
    with _stage("extract", entering):
        anchors = Anchors(document)
        return Result({kind.TABLE: [placed(document, anchors, one) for one in rows(document, kind)] for kind in tables})


@contextmanager
def _stage(name: str, entering: Entering) -> Iterator[None]:
    """Whatever goes wrong in a stage is a reject that names it."""
    entering(name)
    try:
        yield
    except (Reject, UserError):
        raise
    except MemoryError:
        raise Reject(name, "too_much_memory", "working on it takes too much memory; split the file") from None
    except Exception as error:
        message = f"{type(error).__name__}: {error}; this is a fault of poimuri, please report it with the file"
        raise Reject(name, INTERNAL, message) from error


def placed(document: AnalysedDocument, anchors: Anchors, record: Record) -> Record:
    """A record with its id, and with its page and box where it stands somewhere and the format tells."""
    if not isinstance(record, PlacedRecord):
        return record
    is_token = isinstance(record, TokenRecord)
    if is_token and document.places is None and not document.pages and document.spelled is None:
        return record
    page, box = document.place(*_evidence(record))
    where = {"page": page, **(box._asdict() if box else {})} if page is not None else {}
    if not is_token:
        where["record_id"] = _record_id(anchors, record)
    if document.spelled is not None:
        where |= _as_spelled(record, document.text, document.spelled)
    return replace(record, **where) if where else record


def _as_spelled(record: Any, text: str, spelled: Spelled) -> dict[str, Any]:
    """A record's offsets in the text as the file spells it, and what it quotes from there.

    Wordings with a column for their repaired form stay plain, as people search for them.
    """
    found: dict[str, Any] = {}
    kind: Any = type(record)
    for start, end in _offsets(kind):
        if (first := getattr(record, start)) is not None:
            stretch = spelled.span(first, getattr(record, end) if end else first)
            found |= {start: stretch.start, **({end: stretch.end} if end else {})}
    before = text[record.char_start : record.char_end]
    after = spelled.text[found["char_start"] : found["char_end"]]
    for name in _quotes(kind):
        if (quote := getattr(record, name)) in (before, fold(before)):
            found[name] = after if quote == before else fold(after)
    return found


@cache
def _offsets(kind: Any) -> tuple[tuple[str, str | None], ...]:
    """The pairs of a table's columns that hold offsets; a lone one is where something begins."""
    names = [one.name for one in fields(kind) if str(one.type).startswith("Int32")]
    ends = {name.removesuffix("_end") for name in names if name.endswith("_end")}
    starts = (name.removesuffix("_start") for name in names if name.endswith("_start"))
    return tuple((f"{name}_start", f"{name}_end" if name in ends else None) for name in starts)


@cache
def _quotes(kind: Any) -> tuple[str, ...]:
    """The columns that may show a record's evidence to the letter."""
    names = {one.name for one in fields(kind)}
    return tuple(name for name in ("text", "raw") if name in names and f"{name}_repaired" not in names)


def _record_id(anchors: Anchors, record: Any) -> str:
    if isinstance(record, SectionRecord):
        return anchors.section(record.ordinal)
    return anchors.record(record.TABLE, record.char_start, record.char_end)


def _evidence(record: Any) -> tuple[int, int]:
    """Where a record stands: a section by its heading, the opening one by its text."""
    if isinstance(record, SectionRecord) and record.heading_start < record.heading_end:
        return record.heading_start, record.heading_end
    return record.char_start, record.char_end
