"""documents: what a document says of itself. Kind, title, region, programme, funder, contact, dates, years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import regex

from extractors.document import AnalysedDocument, Section, Token, fold
from extractors.labels import squeeze
from extractors.records import DocumentRecord
from extractors.report_date import report_date
from extractors.timex import interval, scan
from lexicons import load
from lexicons.matcher import Hit, matcher

_EMAIL = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

OPENING_CHARS = 3000
"""Where a report names itself and its region, code points from its start."""


def extract(document: AnalysedDocument, known_word_share: float | None, repaired: bool) -> DocumentRecord:
    """The document's own record."""
    kind = document_kind(document)
    years = _years(document)
    report = report_date(document) if kind == "oma_arviointi" else None
    source = document.document
    return DocumentRecord(
        doc_id=source.doc_id,
        source_path=source.source_path,
        format=source.format,
        sha256=source.sha256,
        n_bytes=source.n_bytes,
        n_pages=len(source.pages) or None,
        n_chars=len(source.text),
        n_tokens=len(document.tokens),
        text=source.text,
        kind=kind,
        title=_title(document, kind),
        region=_region(document, kind),
        programme=_programme(document),
        funder=_value(document, "rahoittaja"),
        contact_name=_value(document, "yhteyshenkilo_nimi"),
        contact_organisation=_value(document, "yhteyshenkilo_organisaatio"),
        contact_email=_email(document),
        created=_day(document, "luotu"),
        modified=_day(document, "viimeksi_muokattu"),
        report_date=report.first_day if report else None,
        period_start=years[0],
        period_end=years[1],
        known_word_share=known_word_share,
        repaired=repaired,
    )


def document_kind(document: AnalysedDocument) -> str:
    """kokonaisuus, toimintamalli, oma_arviointi, or muu where nothing tells."""
    squeezed = squeeze(document.text)
    headings = {squeeze(section.heading_text) for section in document.sections}
    scores: dict[str, float] = defaultdict(float)
    for entry in load("document_kinds").entries:
        for term in entry.terms:
            wanted = squeeze(term.text)
            if wanted in (headings if entry.id != "oma_arviointi" else squeezed):
                scores[entry.id] += term.weight
    best = max(scores, key=lambda kind: scores[kind], default="muu")
    return best if scores[best] >= 0.6 else "muu"


# Template fields


def _field(document: AnalysedDocument, field: str) -> Section | None:
    return next((section for section in document.sections if section.field == field), None)


def _value(document: AnalysedDocument, field: str) -> str | None:
    """The first paragraph below a metadata field."""
    section = _field(document, field)
    if section is None:
        return None
    for block in document.document.blocks:
        if section.body.start <= block.start < section.body.end:
            return fold(document.text[block.start : block.end]) or None
    return None


def _email(document: AnalysedDocument) -> str | None:
    match = _EMAIL.search(_value(document, "yhteyshenkilo_sahkoposti") or "")
    return match.group() if match else None


def _day(document: AnalysedDocument, field: str) -> date | None:
    section = _field(document, field)
    if section is None:
        return None
    for expression in scan(document.tokens_in(*section.body)):
        days = interval(expression.begin)
        if days is not None and expression.begin.grain == "day":
            return days[0]
    return None


def _years(document: AnalysedDocument) -> tuple[int | None, int | None]:
    """The first and last year named under Toimiaika."""
    section = _field(document, "toimiaika")
    if section is None:
        return None, None
    years = [
        year
        for expression in scan(document.tokens_in(*section.body))
        for year in (expression.begin.year, expression.end.year if expression.end else expression.begin.year)
        if year is not None
    ]
    return (min(years), max(years)) if years else (None, None)


# Title, region, programme


def _title(document: AnalysedDocument, kind: str) -> str | None:
    named = _value(document, "toimintamallin_nimi" if kind == "toimintamalli" else "kokonaisuuden_nimi")
    if named is not None:
        return named
    if kind == "toimintamalli" and document.sections and document.sections[0].field is None:
        return fold(document.sections[0].heading_text)
    if kind in ("kokonaisuus", "toimintamalli"):
        return None
    return _report_title(document)


def _report_title(document: AnalysedDocument) -> str | None:
    """The line that names a report: its project's own name with its region, else its first line."""
    candidates: list[str] = []
    for block in document.document.blocks[:40]:
        for line in block.lines if document.document.wrapped else ((block.start, block.end),):
            start, end = line
            text = document.text[start:end]
            if len(text) > 120 or text[-1] in ".:;,!?" or not any(ch.isalpha() for ch in text):
                continue
            if block.kind == "list_item":
                continue
            tokens = document.tokens_in(start, end)
            names = any(hit.entry.id == "project_name" for hit in matcher("layout_words").find(tokens))
            if names and _region_hits(tokens):
                return fold(text)
            candidates.append(text)
    first = document.document.blocks[0] if document.document.blocks else None
    is_first = first is not None and candidates and candidates[0] == document.text[first.start : first.end]
    return fold(candidates[0]) if is_first else None


def _region_hits(tokens: Iterable[Token]) -> list[Hit]:
    return list(matcher("regions").find(list(tokens)))


def _region(document: AnalysedDocument, kind: str) -> str | None:
    """The region: of the page's own region field, of its name, else the one that the document names most."""
    for field in ("alue", "kokonaisuuden_nimi", "toimintamallin_nimi", "yhteyshenkilo_organisaatio"):
        section = _field(document, field)
        if section is not None and (name := _best_region(document.tokens_in(*section.body))):
            return name
    field_name = _value(document, "kokonaisuuden_nimi")
    if field_name and ":" in field_name:
        return field_name.partition(":")[0].strip() or None
    place = _value(document, "alue")
    if place:
        return place
    title = _title(document, kind)
    if title and (name := _best_region(_tokens_of(document, title))):
        return name
    return _best_region(document.tokens) or _named_region(document)


def _tokens_of(document: AnalysedDocument, title: str) -> tuple[Token, ...]:
    start = document.text.find(title)
    return document.tokens_in(start, start + len(title)) if start >= 0 else ()


def _best_region(tokens: Iterable[Token]) -> str | None:
    scores: dict[str, float] = defaultdict(float)
    for hit in _region_hits(tokens):
        scores[hit.entry.name or hit.entry.id] += hit.term.weight
    return max(scores, key=lambda name: (scores[name], name), default=None)


def _named_region(document: AnalysedDocument) -> str | None:
    """A region outside the lexicon: the proper name in the genitive before "hyvinvointialue" that stands most often."""
    counts: dict[str, int] = defaultdict(int)
    tokens = document.tokens
    for hit in matcher("region_words").find(tokens):
        before = tokens[hit.first - 1] if hit.first else None
        if before is not None and before.text[0].isupper() and before.text.endswith("n") and before.pos in ("PROPN", "NOUN"):
            counts[before.lemma[0].upper() + before.lemma[1:]] += 1
    return max(counts, key=lambda name: (counts[name], name), default=None)


def _programme(document: AnalysedDocument) -> str | None:
    """The national programme named first and most often."""
    scores: dict[str, int] = defaultdict(int)
    for hit in matcher("programmes").find(document.tokens):
        scores[hit.entry.name or hit.entry.id] += 1
    return max(scores, key=lambda name: (scores[name], name), default=None)
