"""documents: what a document says of itself. Kind, title, region, programme, funder, contact, dates, years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import regex

from extractors.document import EMAIL, AnalysedDocument, Section, Span, Token, fold
from extractors.grammar.calendar import interval
from extractors.grammar.ranges import scan
from extractors.outline.labels import squeeze
from extractors.outline.report_date import report_date
from extractors.outline.table_columns import is_project_table, is_status_table
from extractors.records import DocumentRecord
from lexicons import load
from lexicons.matcher import matcher

_EMAIL = regex.compile(EMAIL)


def extract(document: AnalysedDocument) -> Iterator[DocumentRecord]:
    """The document's own record."""
    kind = document_kind(document)
    years = _years(document)
    report = report_date(document) if kind == "oma_arviointi" else None
    yield DocumentRecord(
        doc_id=document.doc_id,
        source_path=document.source_path,
        format=document.format,
        sha256=document.sha256,
        n_bytes=document.n_bytes,
        n_pages=len(document.pages) or None,
        n_chars=len(document.text),
        n_tokens=len(document.tokens),
        text=document.text,
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
        known_word_share=document.known_word_share,
        known_word_share_repaired=document.known_word_share_repaired,
        repaired=document.degraded,
        pages_without_text=list(document.pages_without_text),
        pages_by_ocr=list(document.pages_by_ocr),
        warnings=list(document.warnings),
    )


TABLE_WEIGHT = 0.8
"""What a readiness or project table counts towards a self-assessment report."""


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
    if any(is_project_table(document, t) or is_status_table(document, t) for t in document.tables):
        scores["oma_arviointi"] += TABLE_WEIGHT
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
    for block in document.blocks:
        if block.end > section.body.start and block.start < section.body.end:
            return document.wording(max(block.start, section.body.start), min(block.end, section.body.end)) or None
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
    """The line that names a report: the first of the opening lines that names a project and a region, else its heading.

    Only a report whose text opens with a heading is named by that.
    """
    for block in document.blocks[:40]:
        for line in block.lines if document.wrapped else (Span(block.start, block.end),):
            text = line.of(document.text)
            if block.kind == "list_item" or len(text) > 120 or text[-1] in ".:;,!?":
                continue
            tokens = document.tokens_in(*line)
            ids = {hit.entry.id for hit in matcher("layout_words").find(tokens)}
            if ids & {"project_name", "evaluation"} and (_best_region(document, tokens) or _opening_name(tokens)):
                return fold(text)
    first = document.sections[0] if document.sections else None
    blocks = document.blocks
    opens = first is not None and bool(blocks) and first.heading.start <= blocks[0].end
    return fold(first.heading_text) if first is not None and opens and not document.wrapped else None


def _region(document: AnalysedDocument, kind: str) -> str | None:
    """The region: by the page's own fields, by the title, else the one that the document names most.

    A region outside the lexicon is read from the page's name ("Alue: hanke") or from the proper name before
    "hyvinvointialue" or a project's title ("Alueen sote-hanke").
    """
    for field in ("alue", "kokonaisuuden_nimi", "toimintamallin_nimi", "yhteyshenkilo_organisaatio"):
        section = _field(document, field)
        if section is not None and (name := _best_region(document, document.tokens_in(*section.body))):
            return name
    page_name = _value(document, "kokonaisuuden_nimi")
    if page_name and ":" in page_name:
        return page_name.partition(":")[0].strip() or None
    if place := _value(document, "alue"):
        return place
    title = _tokens_of(document, _title(document, kind))
    return (
        _best_region(document, title)
        or _best_region(document, document.tokens)
        or _named_region(document)
        or _opening_name(title)
        or (_cover_name(document) if kind == "oma_arviointi" else None)
    )


def _tokens_of(document: AnalysedDocument, title: str | None) -> tuple[Token, ...]:
    start = document.text.find(title) if title else -1
    return document.tokens_in(start, start + len(title or "")) if start >= 0 else ()


REGION_WEIGHT = 0.9
"""Sum of weights from which names of towns and organisations tell a region; the region's own name weighs 1."""


def _best_region(document: AnalysedDocument, tokens: Sequence[Token]) -> str | None:
    """The lexicon's region that capitalised words name most."""
    scores: dict[str, float] = defaultdict(float)
    for hit in matcher("regions").find(tokens):
        if document.text[hit.start].isupper():
            scores[hit.entry.name or hit.entry.id] += hit.term.weight
    best = max(scores, key=lambda name: (scores[name], name), default=None)
    return best if best is not None and scores[best] >= REGION_WEIGHT else None


def _name(token: Token) -> str | None:
    """The nominative of a capitalised word in the genitive, as a name."""
    if not token.text[0].isupper() or not token.text.endswith("n") or token.pos not in ("PROPN", "NOUN", "X"):
        return None
    bare = token.text[:-1]
    return bare if bare.lower() in token.lemmas else token.lemma[0].upper() + token.lemma[1:]


def _named_region(document: AnalysedDocument) -> str | None:
    """A region outside the lexicon: the name in the genitive that most often stands before "hyvinvointialue"."""
    counts: dict[str, int] = defaultdict(int)
    tokens = document.tokens
    for hit in matcher("region_words").find(tokens):
        name = _name(tokens[hit.first - 1]) if hit.first else None
        if name is not None and tokens[hit.first - 1].end + 1 == hit.start:
            counts[name] += 1
    return max(counts, key=lambda name: (counts[name], name), default=None)


def _opening_name(title: Sequence[Token]) -> str | None:
    """The name in the genitive that opens a project's title, unless a programme's name or a common word opens it."""
    common = ("programmes", "layout_words")
    if not title or any(hit.first == 0 for name in common for hit in matcher(name).find(title)):
        return None
    return _name(title[0])


def _cover_name(document: AnalysedDocument) -> str | None:
    """A cover line that is one capitalised word: the region's name."""
    for block in document.blocks[:8]:
        for line in block.lines:
            tokens = document.tokens_in(*line)
            contents = {squeeze(term.text) for term in load("layout_words").entry("contents").terms}
            if len(tokens) == 1 and tokens[0].text[0].isupper() and squeeze(tokens[0].text) not in contents:
                return tokens[0].text
    return None


def _programme(document: AnalysedDocument) -> str | None:
    """The national programme named first and most often."""
    scores: dict[str, int] = defaultdict(int)
    for hit in matcher("programmes").find(document.tokens):
        scores[hit.entry.name or hit.entry.id] += 1
    return max(scores, key=lambda name: (scores[name], name), default=None)
