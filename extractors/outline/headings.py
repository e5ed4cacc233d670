"""Which lines are headings.

A heading is a line of its own. It is told by what it says (a template field, a dated self-assessment, a national goal,
a numbered goal, an appendix) or, for the authors' own headings, by how it stands: short, no closing punctuation, a body
behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import regex

from extractors.document import AnalysedDocument, Block, Span, Token
from extractors.grammar.calendar import interval
from extractors.grammar.ranges import scan
from extractors.outline.goal_codes import numbered_texts
from extractors.outline.labels import exact_label, is_time_label, squeeze, state_label
from extractors.outline.national_goals import heading_goals
from extractors.outline.table_columns import area_cells, is_project_table
from lexicons import Entry, needs

_ARTEFACTS = {group: needs("artefacts", groups=[group]) for group in ("prefix", "suffix")}
_FIELDS = needs("template_fields")
_MAIN = needs("template_fields", groups=["main"])
_METADATA = needs("template_fields", groups=["metadata"])
_PAGE_TITLES = needs("template_fields", "kokonaisuuden_nimi", "tarkoitus_ja_tavoitteet", "paamaara")
"""Fields before which a page has no sections."""

_EVALUATION = needs("reporting", "evaluation")
_BASELINE = needs("reporting", "baseline_evaluation")
_APPENDIX = needs("document_parts", "appendix")
_CAPTION = needs("document_parts", "caption")
_CONTENTS = needs("document_parts", "contents")
_LEAD_IN = needs("lead_ins", "opens_list")

MAX_OWN_HEADING = 95
"""Code points of an author's unnumbered heading; longer lines are sentences."""

MAX_HEADING = 200
"""Code points of a goal's or a numbered heading."""

MAX_NUMBERED_GOAL = 400

_NUMBER = regex.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*(?:[.:)]|\s)\s*(?=[\p{Lu}\p{Ll}])"
    r"|(?P<number>[IVX]{1,4})(?:[.:)]\s*|\s+)(?=\p{Lu})|(?P<number>[A-H])[.:)]\s+(?=\p{Lu})"
)

_LEADERS = regex.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|\t\d{1,3}$")

_DOTS = regex.compile(r"\.{2,}")

_CONTENTS_BLOCKS = 60
"""A contents list stands among a document's first blocks."""

_CLOSING = frozenset(".:;,!?…")

_CONTACT = regex.compile(r"https?://|www\.|\S+@\S+\.\S+|\b0\d{2,3}[\s-]?\d{3,}|\+358")
"""Web addresses, e-mail addresses, telephone numbers: a line that holds one gives a contact and heads nothing."""

RANK_MAIN, RANK_PART, RANK_GOAL, RANK_OWN, RANK_NUMBERED, RANK_BELOW = range(6)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found, before it has its place in the outline."""

    span: Span
    rank: int
    field: str | None = None
    date: date | None = None
    goal_codes: tuple[str, ...] = ()
    benefit_goals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block as a possible heading: its stretch without artefacts, its words, its place among the blocks."""

    span: Span
    block: Block
    index: int
    tokens: tuple[Token, ...]
    text: str

    def block_text(self, document: AnalysedDocument) -> str:
        return document.text[self.block.start : self.block.end]


def possible_headings(document: AnalysedDocument) -> Iterator[Candidate]:
    text = document.text
    blocks = list(document.blocks)
    index = 0
    while index < len(blocks):
        block = blocks[index]
        while not document.wrapped and index + 1 < len(blocks) and _wraps(document, block, blocks[index + 1]):
            index += 1
            block = replace(block, end=blocks[index].end, lines=block.lines + blocks[index].lines)
        span = _without_artefacts(text, block)
        if span.start < span.end:
            yield Candidate(span, block, index, document.tokens_in(*span), document.clean(*span))
        index += 1


def _wraps(document: AnalysedDocument, block: Block, following: Block) -> bool:
    """Whether a national goal's heading goes on in the next line: together they name one, and neither is a sentence."""
    text = document.text
    if following.gap or following.kind != "paragraph" or block.kind != "paragraph" or len(block.lines) > 2:
        return False
    if (
        not text[following.start].islower()
        or text[block.end - 1] in _CLOSING - {","}
        or text[following.end - 1] in _CLOSING
    ):
        return False
    return following.end - block.start <= MAX_HEADING and bool(
        heading_goals(document.tokens_in(block.start, following.end), None)
    )


@cache
def artefacts(group: str) -> tuple[str, ...]:
    return tuple(sorted(_ARTEFACTS[group].texts, key=lambda text: -len(text)))


def _without_artefacts(text: str, block: Block) -> Span:
    """A block's stretch without page artefacts around a heading's words."""
    start, end = block.start, block.end
    for prefix in artefacts("prefix"):
        if text.startswith(prefix, start, end) and text[start + len(prefix) : start + len(prefix) + 1].isspace():
            start += len(prefix)
            start += len(text[start:end]) - len(text[start:end].lstrip())
            break
    for suffix in artefacts("suffix"):
        if text.endswith(suffix, start, end) and end - len(suffix) > start:
            end = start + len(text[start : end - len(suffix)].rstrip())
            break
    return Span(start, end)


def find_headings(document: AnalysedDocument, units: Sequence[Candidate]) -> Iterator[Heading]:
    is_page = any(exact_label(_FIELDS, unit.text) for unit in units[:200] if len(unit.text) < 60) and not any(
        table for table in document.tables
    )
    fields = {unit.index: field for unit in units if (field := _field(document, unit))}
    opening = _opening_end(document, units, fields) if is_page else 0
    in_metadata = False
    for position, unit in enumerate(units):
        following = units[position + 1] if position + 1 < len(units) else None
        if unit.index in fields:
            heading = fields[unit.index]
            in_metadata = heading.field in _METADATA.ids
            yield heading
            continue
        found = _by_wording(document, unit, following, units, position)
        if found is None and not in_metadata and position >= opening:
            found = _by_shape(document, unit, following, units, position, fields, is_page)
        is_first = position == 0 and opening == 0 and not document.wrapped
        if is_first and found is None and _is_title(unit) and following is not None and following.text[-1:] in _CLOSING:
            found = Heading(unit.span, RANK_MAIN)
        if found is None or position < opening:
            if in_metadata and len(unit.text) > 200:
                in_metadata = False
            continue
        in_metadata = False
        yield found


def _opening_end(document: AnalysedDocument, units: Sequence[Candidate], fields: dict[int, Heading]) -> int:
    """How many opening blocks of a page are no sections: on a kokonaisuus page all before the first field.

    A toimintamalli page opens with its title, which is a section.
    """
    if any(heading.field in _PAGE_TITLES.ids for heading in fields.values()):
        return next((position for position, unit in enumerate(units) if unit.index in fields), 0)
    return 0


def _is_title(unit: Candidate) -> bool:
    return len(unit.text) <= 160 and unit.text[-1:] not in _CLOSING


def _field(document: AnalysedDocument, unit: Candidate) -> Heading | None:
    """A template field: the whole block, or the end of a block that it is glued to."""
    text = document.text[unit.span.start : unit.span.end]
    entry = exact_label(_FIELDS, unit.text) if len(unit.text) <= 70 else None
    span = Span(unit.span.start, unit.span.start + len(text.rstrip(" :")))
    if entry is None and (match := _opening_label().match(text)):
        entry = exact_label(_FIELDS, match["label"])
        span = Span(unit.span.start, unit.span.start + match.end("label"))
    if entry is None and document.text[unit.span.end - 1] not in _CLOSING:
        for term, candidate in _long_labels():
            piece = document.text[unit.span.start : unit.span.end]
            at = len(piece) - len(term)
            if piece.endswith(term) and at > 0 and piece[:at].rstrip()[-1:] in ".!?)" and piece[:at]:
                entry, span = candidate, Span(unit.span.start + at, unit.span.end)
                break
    if entry is None or unit.block.kind == "list_item":
        return None
    rank = RANK_MAIN if entry.id in _MAIN.ids else RANK_PART
    return Heading(span, rank, field=entry.id)


@cache
def _opening_label() -> regex.Pattern[str]:
    """A label with its value on the same line: "Rahoittaja: STM", "Luotu17.08.2020"."""
    with_colon = rf"(?P<label>{_FIELDS.pattern})(?=\s*:\s*\S)"
    with_digit = rf"(?P<label>{_METADATA.pattern})(?=\d)"
    return regex.compile(f"{with_colon}|{with_digit}", regex.IGNORECASE)


@cache
def _long_labels() -> tuple[tuple[str, Entry], ...]:
    """Labels of two words or more: only they are safe to find behind a full stop on the same line."""
    labels = [(term.text, entry) for entry in _FIELDS.entries for term in entry.terms]
    return tuple(sorted((item for item in labels if " " in item[0]), key=lambda item: -len(item[0])))


def _by_wording(
    document: AnalysedDocument, unit: Candidate, following: Candidate | None, units: Sequence[Candidate], position: int
) -> Heading | None:
    """A dated self-assessment, a numbered goal, a national goal or an appendix."""
    text = document.text[unit.span.start : unit.span.end]
    if len(text) > MAX_NUMBERED_GOAL or _LEADERS.search(text) or unit.block.kind == "list_item":
        return None
    if numbered := numbered_texts(text):
        if _is_list_of_goals(units, position):
            return None
        return Heading(unit.span, RANK_NUMBERED, goal_codes=tuple(item.code for item in numbered))
    if len(text) > MAX_HEADING:
        return None
    if (day := _evaluation_date(document, unit)) is not None:
        return Heading(unit.span, RANK_PART, date=day)
    number = match["number"] if (match := _NUMBER.match(text)) else None
    if text[-1] not in ":;,!?" and not (text[-1] == "." and not number and not _is_nominal(unit)):
        goals = heading_goals(unit.tokens, number)
        if goals:
            return Heading(unit.span, RANK_GOAL, benefit_goals=tuple(goals))
    if _is_appendix(unit):
        return Heading(unit.span, RANK_MAIN)
    return None


def _is_nominal(unit: Candidate) -> bool:
    """Whether a line has no finite verb, as far as its words tell."""
    return not any(token.pos in ("VERB", "AUX") for token in unit.tokens)


def _is_list_of_goals(units: Sequence[Candidate], position: int) -> bool:
    """Whether numbered goals follow each other directly: a list, not headings with bodies."""
    here = units[position]
    for other in (position - 1, position + 1):
        if not 0 <= other < len(units):
            continue
        neighbour = units[other]
        between = (here.span.start - neighbour.span.end) if other < position else neighbour.span.start - here.span.end
        if between < 10 and numbered_texts(neighbour.text) and len(here.text) < MAX_NUMBERED_GOAL:
            following = units[position + 1] if position + 1 < len(units) else None
            if following is None or numbered_texts(following.text):
                return True
    return False


def _evaluation_date(document: AnalysedDocument, unit: Candidate) -> date | None:
    """The day of a dated self-assessment's heading: a short line without a verb that names one and ends in its date."""
    if len(unit.text) > 110 or unit.text[-1:] in ":;,!?" or not _is_nominal(unit):
        return None
    if not _EVALUATION.stand_in(unit.tokens):
        return None
    return first_date(document, unit.span)


def _is_appendix(unit: Candidate) -> bool:
    words = unit.tokens[:2]
    if len(words) < 2 or len(unit.text) > 150:
        return False
    if not (words[1].text[0].isdigit() or (len(words[1].text) == 1 and words[1].text.isupper())):
        return False
    return _APPENDIX.stand_in(words[:1])


def _by_shape(
    document: AnalysedDocument,
    unit: Candidate,
    following: Candidate | None,
    units: Sequence[Candidate],
    position: int,
    fields: dict[int, Heading],
    is_page: bool,
) -> Heading | None:
    """An author's own heading, numbered or not, known by how it stands."""
    block, text = unit.block, unit.text
    too_long = len(text) > MAX_OWN_HEADING or (document.wrapped and len(block.lines) > 2)
    if block.kind == "list_item" or too_long:
        return None
    if document.wrapped and _has_project_tables(document) and not _heads_prose(document, unit, following):
        return _loose_heading(document, unit, units)
    first = text[0]
    number = _NUMBER.match(text)
    if (
        text[-1] in _CLOSING
        or not (first.isupper() or number)
        or _CONTACT.search(text)
        or "=" in text
        or _LEADERS.search(text)
    ):
        return None
    if not any(ch.isalpha() for ch in text) or is_time_label(unit.tokens) or state_label(unit.tokens):
        return None
    if _is_caption(unit) or _is_lead_in(unit) or _ends_in_day(document, unit) or squeeze(text) in _contents_words():
        return None
    if following is None or following.index in fields:
        return None
    beyond = units[position + 2] if position + 2 < len(units) else None
    heads_part = number and beyond and _has_body(document, following, beyond)
    heads_list = beyond and not number and _NUMBER.match(following.text) and _is_numbered_list(units, position + 1)
    if not (_has_body(document, unit, following) or heads_part or heads_list):
        return None
    if number and _is_numbered_list(units, position):
        return None
    rank = RANK_GOAL if number else RANK_OWN
    return Heading(unit.span, rank)


@cache
def _contents_words() -> frozenset[str]:
    return frozenset(map(squeeze, _CONTENTS.texts))


def _is_caption(unit: Candidate) -> bool:
    words = unit.tokens[:2]
    return _CAPTION.stand_in(words[:1]) and len(words) > 1 and words[1].text[0].isdigit()


def _ends_in_day(document: AnalysedDocument, unit: Candidate) -> bool:
    """Whether a line ends in a day ("Raportin päiväys 30.11.2021"): it dates something and heads nothing."""
    found = list(scan(unit.tokens))
    return bool(found) and found[-1].begin.grain == "day" and found[-1].span.end == unit.span.end


def _is_lead_in(unit: Candidate) -> bool:
    """Whether a line's last words open a list: "... ovat muun muassa"."""
    ends = [hit.end for hit in _LEAD_IN.find(unit.tokens)]
    return bool(ends) and ends[-1] == unit.tokens[-1].end


def _has_body(document: AnalysedDocument, unit: Candidate, following: Candidate) -> bool:
    """Whether what follows is a body: a list, a table, a line that is longer or ends as a sentence, or a heading."""
    if _table_between(document, unit.span.end, following.span.start) or following.block.kind == "list_item":
        return True
    if following.text[-1:] in _CLOSING or len(following.text) > MAX_OWN_HEADING or ":" in following.text:
        return True
    if _is_caption(following) or _is_lead_in(following):
        return True
    return bool(numbered_texts(following.text) or heading_goals(following.tokens, None))


def _table_between(document: AnalysedDocument, start: int, end: int) -> bool:
    return any(start <= table.start < end for table in document.tables)


def _is_numbered_list(units: Sequence[Candidate], position: int) -> bool:
    """Whether numbered short lines follow each other without a body between: a list, not headings."""
    run = 0
    for step in (-1, 1):
        other = position + step
        if 0 <= other < len(units) and _NUMBER.match(units[other].text) and len(units[other].text) <= MAX_OWN_HEADING:
            run += 1
    return run > 0


def _has_project_tables(document: AnalysedDocument) -> bool:
    return any(is_project_table(document, table) for table in document.tables)


def _heads_prose(document: AnalysedDocument, unit: Candidate, following: Candidate | None) -> bool:
    """Whether a line stands alone over a wrapped paragraph of whole sentences."""
    if following is None or len(following.block.lines) < 2 or not following.text[0].isupper():
        return False
    return unit.block.gap > 0 and following.block.gap > 0 and following.text[-1] in ".!?"


def _loose_heading(document: AnalysedDocument, unit: Candidate, units: Sequence[Candidate]) -> Heading | None:
    """A heading outside the project tables.

    The contents list names it, or it opens a page and carries a heading's bullet or speaks of the baseline.
    """
    text = unit.text
    if text[-1] in _CLOSING or _LEADERS.search(text) or not text[0].isupper() or is_time_label(unit.tokens):
        return None
    wanted = squeeze(text).lstrip("0123456789")
    listed = len(wanted) >= 8 and any(_alike(wanted, entry) for entry in _contents_list(document, units))
    opens_page = unit.block.starts_page and (
        unit.span.start > unit.block.start or _BASELINE.stand_in(unit.tokens) or _APPENDIX.stand_in(unit.tokens)
    )
    return Heading(unit.span, RANK_MAIN) if listed or opens_page else None


def _contents_list(document: AnalysedDocument, units: Sequence[Candidate]) -> Iterator[str]:
    """The entries of a contents list: the lines of the blocks that have leaders, cut where their dots begin."""
    for unit in units[:_CONTENTS_BLOCKS]:
        if _LEADERS.search(unit.block_text(document)):
            for line in unit.block.lines:
                yield squeeze(_DOTS.split(line.of(document.text).lstrip(" ."))[0])


def _alike(wanted: str, listed: str) -> bool:
    """Whether a contents entry names a heading; OCR garbles entries, so most of the opening letters must agree."""
    listed = listed.lstrip("0123456789")
    shared = sum(a == b for a, b in zip(wanted, listed, strict=False))
    return shared >= 8 and shared >= 0.7 * min(len(wanted), len(listed), 25)


def area_headings(document: AnalysedDocument, headings: Sequence[Heading]) -> Iterator[Heading]:
    """Development areas that open a block of rows in a project table."""
    for table in document.tables:
        for cell in area_cells(document, table):
            yield Heading(cell.pieces[0], RANK_OWN)


def first_date(document: AnalysedDocument, span: Span) -> date | None:
    """The first day of the first expression in a stretch that names its own year."""
    for expression in scan(document.tokens_in(*span)):
        days = interval(expression.begin)
        if days is not None:
            return days[0]
    return None
