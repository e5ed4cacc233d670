"""documents: what a document says of itself. Kind, title, region, programme, funder, contact, dates, years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import NamedTuple

import regex

from extractors.document import EMAIL, AnalysedDocument, Section, Span, Token, fold
from extractors.facts.languages import FINNISH, language
from extractors.grammar.calendar import interval
from extractors.outline.contents import contents
from extractors.outline.fields import (
    COVER_BLOCKS,
    MAX_TITLE,
    cover_fields,
    cover_label,
    cover_lines,
    lines_of,
    names_nothing,
    page_name,
)
from extractors.outline.labels import squeeze
from extractors.outline.report_date import report_date
from extractors.outline.tables import is_project_table, is_status_table
from extractors.readings import points_in
from extractors.records import DocumentRecord
from lexicons import Hit, needs

_PROGRAMMES = needs("programmes")
_REGIONS = needs("regions")
_COUNTY = needs("region_words", "county")
_AREA = needs("region_words", "area")
_PLACE_PARTS = needs("region_words", "place_part")
_KINDS = needs("document_kinds")
_PARTICLE = needs("cover_words", "name_particle")
_PERSON_TITLES = needs("cover_words", "person_title")
_ORGANISATIONS = needs("cover_words", "organisation")
_TIME_LABELS = needs("cover_labels", "toimiaika")
_REPORT = needs("reporting", "report")
_EVALUATION = needs("reporting", "evaluation")
_NAMES_PROJECT = needs("document_parts", "project_title")
_COMMON = (_PROGRAMMES, needs("document_parts"), needs("reporting"))
"""Words that may open a title without being a region's name."""

_EMAIL = regex.compile(EMAIL)

_OHJELMA = regex.compile(r"\s-\p{Ll}+$")
"""The hyphenated word that ends a programme's name: "Tulevaisuuden sosiaali- ja terveyskeskus -ohjelma"."""


def extract(document: AnalysedDocument) -> Iterator[DocumentRecord]:
    """The document's own record."""
    kind = document_kind(document)
    years, contact = _years(document), _contact(document)
    report = report_date(document) if kind == "oma_arviointi" else None
    region, spoken = _region(document, kind), language(document)
    told = {"unknown_kind": kind == "muu", "language": spoken != FINNISH}
    yield DocumentRecord(
        doc_id=document.doc_id,
        source_path=document.source_path,
        format=document.format,
        sha256=document.sha256,
        n_bytes=document.n_bytes,
        n_pages=len(document.pages) or None,
        n_chars=len(document.source_text),
        n_tokens=len(document.tokens),
        text=document.source_text,
        kind=kind,
        title=_title(document, kind),
        region=region,
        programme=_programme(document),
        funder=_funder(document),
        contact_name=contact.name,
        contact_organisation=contact.organisation,
        contact_email=contact.email,
        created=_day(document, "luotu"),
        modified=_day(document, "viimeksi_muokattu"),
        report_date=report.first_day if report else None,
        period_start=years[0],
        period_end=years[1],
        language=spoken,
        region_code=_region_code(region),
        known_word_share=document.known_word_share,
        known_word_share_repaired=document.known_word_share_repaired,
        repaired=document.degraded,
        pages_without_text=list(document.pages_without_text),
        pages_by_ocr=list(document.pages_by_ocr),
        warnings=[*document.warnings, *(code for code, is_so in told.items() if is_so)],
    )


COVER_WEIGHT = 0.6
"""What a cover that calls itself a self-assessment counts."""

TABLE_WEIGHT = 0.8
"""What a readiness or project table counts towards a self-assessment report."""


def document_kind(document: AnalysedDocument) -> str:
    """kokonaisuus, toimintamalli, oma_arviointi, or muu where nothing tells."""
    squeezed = squeeze(document.text)
    headings = {squeeze(section.heading_text) for section in document.sections}
    scores: dict[str, float] = defaultdict(float)
    for entry in _KINDS.entries:
        for term in entry.terms:
            wanted = squeeze(term.text)
            if wanted in (headings if entry.id != "oma_arviointi" else squeezed):
                scores[entry.id] += term.weight
    if any(is_project_table(document, t) or is_status_table(document, t) for t in document.tables):
        scores["oma_arviointi"] += TABLE_WEIGHT
    opening = [token for line in cover_lines(document) for token in document.tokens_in(*line)]
    if _REPORT.stand_in(opening):
        scores["oma_arviointi"] += COVER_WEIGHT
    best = max(scores, key=lambda kind: scores[kind], default="muu")
    return best if scores[best] >= 0.6 else "muu"


# Fields


def _section(document: AnalysedDocument, field: str) -> Section | None:
    """The section of a field; a page's label that is no field of the contract is known by its words."""
    filled = [section for section in document.sections if section.body.start < section.body.end]
    named = (section for section in filled if section.field is None and cover_label(section.heading_text) == field)
    own = next((section for section in filled if section.field == field), None)
    return own if own is not None or field != "ohjelma" else next(named, None)


def _lines(document: AnalysedDocument, *fields: str) -> list[Span]:
    """The lines under a page's field, else behind a cover's label, of the first field that has any."""
    for field in fields:
        section = _section(document, field)
        if section is not None:
            return [
                Span(max(block.start, section.body.start), min(block.end, section.body.end))
                for block in document.blocks
                if block.end > section.body.start and block.start < section.body.end
            ]
        spans = cover_fields(document).get(field)
        if spans:
            return [line for span in spans for line in _parted(document, span)]
    return []


def _parted(document: AnalysedDocument, span: Span) -> Iterator[Span]:
    """A value's lines without white space at their ends."""
    position = span.start
    for piece in span.of(document.text).split("\n"):
        if piece.strip():
            start = position + len(piece) - len(piece.lstrip())
            yield Span(start, start + len(piece.strip()))
        position += len(piece) + 1


def _value(document: AnalysedDocument, *fields: str) -> str | None:
    """The first line of a field."""
    lines = _lines(document, *fields)
    return document.wording(*lines[0]) or None if lines else None


def _funder(document: AnalysedDocument) -> str | None:
    """All that stands under the label, without a decision's number behind a comma."""
    names = [_DECISION.split(document.wording(*line))[0].strip(" .;") for line in _lines(document, "rahoittaja")]
    return "; ".join(dict.fromkeys(name for name in names if name)) or None


_DECISION = regex.compile(r",\s+(?=[^,]*\d)")
"""A comma before a part with figures: a decision's number, a sum."""


class Contact(NamedTuple):
    """A contact person as told, each part None where it is not."""

    name: str | None
    organisation: str | None
    email: str | None


def _contact(document: AnalysedDocument) -> Contact:
    """The contact person: by fields of its own, else told apart within what stands behind one label."""
    lines = _lines(document, "yhteyshenkilo_nimi", "yhteyshenkilo")
    parts = [part for line in lines for part in _comma_parts(document, line)]
    email = next((match.group() for part in _emails(document) if (match := _EMAIL.search(part))), None)
    found = next((match.group() for part in parts if (match := _EMAIL.search(document.wording(*part)))), None)
    name = next((told for part in parts if (told := _person(document, part))), None)
    organisation = _value(document, "yhteyshenkilo_organisaatio")
    if organisation is None and name is not None:
        organisation = _told_organisation(document, parts)
    organisation = organisation or _value(document, "hallinnoija")
    return Contact(name or _value(document, "yhteyshenkilo_nimi"), organisation, email or found)


def _told_organisation(document: AnalysedDocument, parts: Sequence[Span]) -> str | None:
    """The organisation, with its unit behind a comma, that is told beside a person's name."""
    told: list[str] = []
    for part in parts:
        text = document.wording(*part)
        is_unit = bool(told) and not any(map(str.isdigit, text)) and _EMAIL.search(text) is None
        if _person(document, part) or _is_title_of_person(document, part):
            continue
        if not told and not _is_organisation(text):
            continue
        if told and not is_unit:
            break
        told.append(text)
    return ", ".join(told) or None


def _is_title_of_person(document: AnalysedDocument, part: Span) -> bool:
    """Whether a part's head says what a person is: "projektipäällikkö"."""
    return _names_person(document.tokens_in(*part)[-1:])


def _names_person(tokens: Sequence[Token]) -> bool:
    last = [token.compound_parts[-1] if token.compound_parts else token.lemma for token in tokens]
    return any(_PERSON_TITLES.of_word(word) for word in last)


def _emails(document: AnalysedDocument) -> list[str]:
    return [document.wording(*line) for line in _lines(document, "yhteyshenkilo_sahkoposti")]


def _comma_parts(document: AnalysedDocument, line: Span) -> list[Span]:
    parts, start = [], line.start
    for match in regex.finditer(r"[,;|]\s+|$", line.of(document.text)):
        end = line.start + match.start()
        if document.text[start:end].strip():
            parts.append(Span(start, end))
        start = line.start + match.end()
    return parts


@cache
def _names() -> regex.Pattern[str]:
    """A person's name, perhaps behind a title in small letters."""
    name = rf"\p{{Lu}}[\p{{L}}’'-]+(?:\s+(?:\p{{Lu}}\.|\p{{Lu}}[\p{{L}}’'-]+|{_PARTICLE.pattern})){{1,3}}"
    return regex.compile(rf"(?:\p{{Ll}}[\p{{L}}-]*\s+){{0,3}}(?P<name>{name})")


def _person(document: AnalysedDocument, part: Span) -> str | None:
    head = document.tokens_in(*part)
    while len(head) > 1 and _names_person(head[:1]):
        head = head[1:]  # Projektipäällikkö Anna Aho
    match = _names().fullmatch(document.wording(head[0].start, part.end)) if head else None
    if match is None:
        return None
    capitals = [token for token in head if token.text[0].isupper()]
    is_genitive = bool(capitals) and capitals[0].case == "Gen" and len(capitals) < 3 and not head[-1].text[0].isupper()
    return None if is_genitive else match["name"]


def _is_organisation(text: str) -> bool:
    return (
        _EMAIL.search(text) is None
        and not any(map(str.isdigit, text))
        and any(map(str.isupper, text))
        and len(text) > 3
    )


def _day(document: AnalysedDocument, field: str) -> date | None:
    for line in _lines(document, field):
        for expression in points_in(document, *line):
            days = interval(expression.begin)
            if days is not None and expression.begin.grain == "day":
                return days[0]
    return None


def _years(document: AnalysedDocument) -> tuple[int | None, int | None]:
    """The first and last year named under Toimiaika, else in the line that speaks of the project's time."""
    years = [
        year
        for line in _lines(document, "toimiaika") or _time_line(document)
        for expression in points_in(document, *line)
        for year in (expression.begin.year, expression.end.year if expression.end else expression.begin.year)
        if year is not None
    ]
    return (min(years), max(years)) if years else (None, None)


def _time_line(document: AnalysedDocument) -> list[Span]:
    """A cover's line that opens with a word for the project's time and holds a range: "Toteutusaika 1.9.2020–2023"."""
    for line in cover_lines(document):
        text = squeeze(line.of(document.text))
        named = any(text.startswith(squeeze(label)) for label in _TIME_LABELS.texts)
        if named and points_in(document, *line):
            return [line]
    return []


# Title, region, programme


def _title(document: AnalysedDocument, kind: str) -> str | None:
    """The page's own name; a report's: the project's name on its cover, else the first line that says more than
    that it is a report."""
    for field in ("kokonaisuuden_nimi", "toimintamallin_nimi", "nimi"):
        if value := _value(document, field):
            return value
    if kind == "kokonaisuus":
        return None
    if named := next((name for line in cover_lines(document)[:1] if (name := page_name(document, line))), None):
        return named
    lines = [line for line in cover_lines(document) if not names_nothing(document, line)]
    if lines:
        own = (line for line in lines if not _is_letterhead(document.tokens_in(*line)))
        return document.wording(*next(own, lines[0]))
    if kind == "oma_arviointi" and (named := _named_project(document)):
        return named
    first = next((section for section in document.sections if section.heading_text), None)
    blocks = document.blocks
    if first is not None and blocks and first.heading.start <= blocks[0].end:
        return fold(first.heading_text)
    return document.wording(*lines_of(document, blocks[0])[0]) if blocks and kind == "toimintamalli" else None


LONGEST_LETTERHEAD = 4
"""Words of a line that is but an organisation's name."""


def _is_letterhead(tokens: Sequence[Token]) -> bool:
    """Whether a line is but an organisation's name: "Pohjois-Savon hyvinvointialue"."""
    return 0 < len(tokens) <= LONGEST_LETTERHEAD and _ORGANISATIONS.stand_in(tokens[-1:])


def _named_project(document: AnalysedDocument) -> str | None:
    """A short line among the first that names a region's project or evaluation, where no cover opens the report."""
    entries = contents(document).blocks
    opening = (block for number, block in enumerate(document.blocks) if number not in entries)
    for block in islice(opening, COVER_BLOCKS):
        for line in lines_of(document, block):
            text, tokens = line.of(document.text), document.tokens_in(*line)
            if len(text) > MAX_TITLE or text[-1] in ".:;,!?":
                continue
            if (_NAMES_PROJECT.stand_in(tokens) or _EVALUATION.stand_in(tokens)) and (
                _best_region(document, tokens) or _opening_name(tokens)
            ):
                return fold(text)
    return None


def _region(document: AnalysedDocument, kind: str) -> str | None:
    """The region: by the page's or the cover's own fields, by the title, else the one that the document names most.

    A region outside the lexicon is read from the page's name ("Alue: hanke") or from the proper name before
    "hyvinvointialue" or a project's title ("Alueen sote-hanke").
    """
    for field in ("alue", "kokonaisuuden_nimi", "toimintamallin_nimi", "yhteyshenkilo_organisaatio", "hallinnoija"):
        lines = _lines(document, field)
        tokens = [token for line in lines for token in document.tokens_in(*line)]
        if tokens and (name := _best_region(document, tokens)):
            return name
    page_name = _value(document, "kokonaisuuden_nimi")
    if page_name and ":" in page_name:
        return page_name.partition(":")[0].strip() or None
    if place := _value(document, "alue"):
        return place
    title = _tokens_of(document, _title(document, kind))
    known = _best_region(document, title) or _best_region(
        document, document.tokens, NAMED_TWICE if kind == "muu" else REGION_WEIGHT
    )
    if known is not None or language(document) != FINNISH:
        return known
    return _named_region(document) or _opening_name(title) or _described_name(document)


def _tokens_of(document: AnalysedDocument, title: str | None) -> tuple[Token, ...]:
    start = document.text.find(title) if title else -1
    return document.tokens_in(start, start + len(title or "")) if start >= 0 else ()


def _region_code(region: str | None) -> str | None:
    """The code of the maakunta in which a region of the lexicon lies."""
    return next((str(entry.value) for entry in _REGIONS.entries if region in (entry.name, entry.id)), None)


REGION_WEIGHT = 0.9
"""Sum of weights from which names of towns and organisations tell a region; the region's own name weighs 1."""


NAMED_TWICE = 1.9
"""The same for a text of no known kind, in which one mention may be chance."""


def _best_region(document: AnalysedDocument, tokens: Sequence[Token], least: float = REGION_WEIGHT) -> str | None:
    """The lexicon's region that capitalised words name most; None where several are named alike.

    Those of one list count alike, whatever stands behind the last: "Kymenlaakson, Lapin ja Kainuun hyvinvointialueet".
    """
    scores: dict[str, float] = defaultdict(float)
    for listed in _listed(tokens, [hit for hit in _REGIONS.find(tokens) if document.text[hit.start].isupper()]):
        names = {hit.entry.name or hit.entry.id for hit in listed}
        for hit in listed if len(names) == 1 else ():
            scores[hit.entry.name or hit.entry.id] += hit.term.weight
        for name in names if len(names) > 1 else ():
            scores[name] += min(hit.term.weight for hit in listed)
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    if not ranked or round(scores[ranked[0]], 6) < least:
        return None
    return ranked[0] if len(ranked) == 1 or scores[ranked[1]] < scores[ranked[0]] else None


def _listed(tokens: Sequence[Token], hits: Sequence[Hit]) -> list[list[Hit]]:
    """Hits by the lists in which they stand side by side; one alone is a list of its own."""
    found: list[list[Hit]] = []
    for hit in hits:
        between = tokens[found[-1][-1].last + 1 : hit.first] if found else ()
        joins = found and all(token.text == "," or token.pos == "CCONJ" for token in between) and len(between) in (1, 2)
        if joins:
            found[-1].append(hit)
        else:
            found.append([hit])
    return found


def _name(token: Token) -> str | None:
    """The nominative of a capitalised word in the genitive, as a name.

    A common noun is none, but for a compound that ends in a word of places: "Jokilaakson hanke", not
    "Terveyskeskuksen hanke".
    """
    if not token.text[0].isupper() or not token.text.endswith("n") or token.pos not in ("PROPN", "NOUN", "X"):
        return None
    if (
        token.pos == "NOUN"
        and token.known
        and not (token.compound_parts and _PLACE_PARTS.of_word(token.compound_parts[-1]))
    ):
        return None
    bare = token.text[:-1]
    return bare if bare.lower() in token.lemmas else token.lemma[0].upper() + token.lemma[1:]


def _named_region(document: AnalysedDocument) -> str | None:
    """A region outside the lexicon: the name in the genitive that most often stands before "hyvinvointialue"."""
    counts: dict[str, int] = defaultdict(int)
    tokens = document.tokens
    for hit in _COUNTY.find(tokens):
        is_one = hit.first > 0 and tokens[hit.last].number != "Plur"  # "Satakunnan ja Kainuun hyvinvointialueet"
        name = _name(tokens[hit.first - 1]) if is_one else None
        if name is not None and tokens[hit.first - 1].end + 1 == hit.start:
            counts[name] += 1
    return max(counts, key=lambda name: (counts[name], name), default=None)


def _opening_name(title: Sequence[Token]) -> str | None:
    """The name in the genitive that opens a project's title, unless a programme's name or a common word opens it."""
    if not title or any(hit.first == 0 for words in _COMMON for hit in words.find(title)):
        return None
    return _name(title[0])


def _described_name(document: AnalysedDocument) -> str | None:
    """A name that stands alone on a line of the cover, and of which the text says that it is an area."""
    for line in cover_lines(document):
        tokens = document.tokens_in(*line)
        if len(tokens) != 1 or not tokens[0].text[0].isupper():
            continue
        for sentence in document.sentences_in(line.end, document.body_length):
            told = document.tokens_in(*sentence)
            is_said = len(told) > 2 and told[0].text == tokens[0].text and told[1].tense == "present"
            if is_said and any(hit.first > 1 for hit in _AREA.find(told)):
                return tokens[0].text
    return None


def _programme(document: AnalysedDocument) -> str | None:
    """The national programme that the cover or the page's own name tells, else the one named first and most often.

    Behind the cover's label it is named as there: with or without "-ohjelma".
    """
    told = [document.wording(*line) for line in _lines(document, "ohjelma")]
    own = [*_lines(document, "ohjelma"), *_lines(document, "kokonaisuuden_nimi"), *cover_lines(document)]
    for tokens in (*(document.tokens_in(*line) for line in own), document.tokens):
        scores: dict[str, float] = defaultdict(float)
        for hit in _PROGRAMMES.find(tokens):
            scores[hit.entry.name or hit.entry.id] += hit.term.weight
        if scores:
            name = max(scores, key=lambda name: (scores[name], name))
            bare = _OHJELMA.sub("", name)
            return bare if any(_OHJELMA.sub("", text) == text == bare for text in told) else name
    return None
