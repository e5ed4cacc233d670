"""Labels with their values: the template fields of a page, and what a report's cover says of itself.

A value stands behind its label on the line, below it, or beside it in a table. Labels of a page's template head
sections; labels of a cover do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

import regex

from extractors.document import EMAIL, AnalysedDocument, Block, Span, Table, Token, once_a_document
from extractors.outline.candidates import Candidate
from extractors.outline.contents import contents_words, has_leaders
from extractors.outline.enumerators import enumerator
from extractors.outline.labels import exact_label, squeeze
from extractors.readings import points_in
from lexicons import Entry, needs

_FIELDS = needs("template_fields")
_METADATA = needs("template_fields", groups=["metadata"])
_COVER_LABELS = needs("cover_labels")
_COVER_WORDS = needs("cover_words", "report")
_ASSESSMENT = needs("reporting", "reporting_round")
_FURNITURE = needs("document_parts", "furniture")
_PROGRAMMES = needs("programmes")
_EMAIL = regex.compile(EMAIL)
_THIS = needs("lead_ins", "this")
_CAPTION = needs("numbering", "caption")

COVER_BLOCKS = 40
"""Blocks at a document's beginning among which its cover is looked for."""

MAX_LABEL = 45
"""Code points of a label before a colon."""

MAX_FIELD = 90
"""Code points of a line that is a template's label and nothing else."""

PROJECT_TIME = "toimiaika"
"""The field of a project's time."""

FEWEST_WORDS = 3
"""Words of a line from which on it may be a template's label with words left out."""

LABEL_VALUE = regex.compile(
    rf"(?P<label>\p{{L}}[^:\t\n]{{1,{MAX_LABEL}}}?(?<!\d))\s*(?::\s+|\t\s*(?!\d{{1,3}}$))(?P<value>\S.*)", regex.DOTALL
)
"""A line with a label and its value, a colon or a tab between; "Teema 1: Kotona asuminen" is a numbered heading."""

MAX_TITLE = 160
"""Code points of a title."""


class Label(NamedTuple):
    """A template's label: its field and the stretch of its words."""

    entry: Entry
    span: Span


def template_label(document: AnalysedDocument, unit: Candidate) -> Label | None:
    """The template field that a line names: the whole line, its beginning before a digit ("Luotu17.08.2020"), or the
    end of a paragraph that the label is glued to."""
    text = document.text[unit.span.start : unit.span.end]
    if unit.block.kind == "list_item":
        return None
    entry = _line_label(unit) if len(unit.text) <= MAX_FIELD else None
    if entry is not None:
        return Label(entry, Span(unit.span.start, unit.span.start + len(text.rstrip(" :"))))
    if match := _with_value().match(text):
        entry = exact_label(_FIELDS, match["label"])
        if entry is not None and not _CAPTION.of_word(match["label"]):  # "Kuva: tiimi työssään"
            return Label(entry, Span(unit.span.start, unit.span.start + match.end("label")))
    if match := _glued_to_digit().match(text):
        entry = exact_label(_FIELDS, match["label"])
        if entry is not None:
            return Label(entry, Span(unit.span.start, unit.span.start + match.end("label")))
    if text[-1:] in ".:;,!?…":
        return None
    for term, candidate in _long_labels():
        at = len(text) - len(term)
        if at > 0 and text.endswith(term) and text[:at].rstrip()[-1:] in ".!?)":
            return Label(candidate, Span(unit.span.start + at, unit.span.end))
    return None


def heading_field(text: str) -> str | None:
    """The template's main heading that an author's heading names, its number apart."""
    found = enumerator(text)
    entry = exact_label(_FIELDS, text[found.end :] if found is not None else text)
    return entry.id if entry is not None and entry.group == "main" and entry.value != "other" else None


def _line_label(unit: Candidate) -> Entry | None:
    """The label that a line is: letter by letter, behind "tämä", or a longer label with words left out."""
    text = unit.text
    if len(unit.tokens) > 1 and _THIS.stand_in(unit.tokens[:1]):
        text = text[len(unit.tokens[0].text) :]
    return exact_label(_FIELDS, text) or _shortened(tuple(squeeze(word) for word in text.rstrip(" :").split()))


@cache
def _shortened(words: tuple[str, ...]) -> Entry | None:
    """The one label of which these words are some in their order, its first and its last among them."""
    if len(words) < FEWEST_WORDS:
        return None
    found = {
        entry.id: entry
        for whole, entry in _worded_labels()
        if len(whole) > len(words) and (whole[0], whole[-1]) == (words[0], words[-1]) and _in_order(words, whole)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _in_order(words: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in words)


@cache
def _worded_labels() -> tuple[tuple[tuple[str, ...], Entry], ...]:
    labels = [(term.text, entry) for entry in _FIELDS.entries for term in entry.terms]
    return tuple((tuple(map(squeeze, text.split())), entry) for text, entry in labels)


@cache
def _with_value() -> regex.Pattern[str]:
    """A template's label with its value on the line: "Rahoittaja: STM"."""
    entries = _FIELDS.entries
    labels = sorted((term.text for entry in entries for term in entry.terms), key=len, reverse=True)
    return regex.compile(rf"(?P<label>{'|'.join(map(regex.escape, labels))})(?=\s*:\s*\S)", regex.IGNORECASE)


def is_template(document: AnalysedDocument, labels: Iterable[Label], is_report: bool) -> bool:
    """Whether labels are those of a page's template, and not headings or cover labels that a report shares with it.

    A page's name and its long headings tell it; short labels (Tekijä, Lähtötilanne) stand in any report.
    """
    weights: dict[str, float] = {}
    for label in labels:
        is_long = len(label.span.of(document.text).split()) > 1
        weight = NAME if label.entry.id in _NAMES else LONG if is_long and label.entry.group != "metadata" else SHORT
        weights[label.entry.id] = max(weight, weights.get(label.entry.id, 0.0))
    return sum(weights.values()) >= (OF_REPORT if is_report else OF_PAGE)


_NAMES = ("kokonaisuuden_nimi", "toimintamallin_nimi")
NAME, LONG, SHORT = 1.5, 0.6, 0.1
"""What a label says for a page's template: its name, another of several words, a short one or one of metadata."""

OF_PAGE, OF_REPORT = 0.5, 1.5
"""Sums of weights that make a page; a report with a contents list or a report's name needs the page's own name."""


@cache
def _glued_to_digit() -> regex.Pattern[str]:
    entries = _METADATA.entries
    short = sorted((term.text for entry in entries for term in entry.terms), key=len, reverse=True)
    return regex.compile(rf"(?P<label>{'|'.join(map(regex.escape, short))})(?=\d)", regex.IGNORECASE)


@cache
def _long_labels() -> tuple[tuple[str, Entry], ...]:
    """Labels of two words or more: only they are safe to find behind a full stop on the same line."""
    labels = [(term.text, entry) for entry in _FIELDS.entries for term in entry.terms]
    return tuple(sorted((item for item in labels if " " in item[0]), key=lambda item: -len(item[0])))


def is_label_value(text: str) -> bool:
    """Whether a line is a label with its value: "Hankekoodi: S20999"."""
    return LABEL_VALUE.fullmatch(text) is not None


def cover_label(text: str) -> str | None:
    """The field that a cover's label names."""
    for words in (_COVER_LABELS, _FIELDS):
        entry = exact_label(words, text)
        if entry is not None:
            return entry.id
    return None


@once_a_document
def cover_lines(document: AnalysedDocument) -> tuple[Span, ...]:
    """The lines of a document's cover: short ones from its beginning up to the first text."""
    found: list[Span] = []
    for block in document.blocks[:COVER_BLOCKS]:
        text = document.text[block.start : block.end]
        is_text = (len(text) > LONG_LINE and text[-1] in ".!?") or len(text) > LONGEST_BLOCK
        if is_text and document.wrapped and len(block.lines) > 1:
            found += takewhile(lambda line: _is_short(line.of(document.text)), block.lines)
        if block.kind == "list_item" or is_text or has_leaders(text) or squeeze(text) in contents_words():
            break
        found += lines_of(document, block)
    return tuple(found)


LONG_LINE = 95
"""Code points of a line from which on it may be a sentence."""

LONGEST_BLOCK = 400
"""Code points of a block from which on it is text."""


def _is_short(text: str) -> bool:
    return len(text) <= LONG_LINE and text[-1] not in ".!?"


def lines_of(document: AnalysedDocument, block: Block) -> tuple[Span, ...]:
    """A block's lines where a text runs them together; a paragraph of any other format is one line to its author."""
    return block.lines if document.wrapped else (Span(block.start, block.end),)


@once_a_document
def cover_fields(document: AnalysedDocument) -> dict[str, list[Span]]:
    """The values of a document's opening lines and tables by field, in order."""
    found: dict[str, list[Span]] = defaultdict(list)
    for field, span in (*_in_lines(document), *_in_tables(document)):
        found[field].append(span)
    return dict(found)


def _in_lines(document: AnalysedDocument) -> Iterator[tuple[str, Span]]:
    lines = cover_lines(document)
    beside = _beside_labels(document, lines)
    for index, line in enumerate(lines):
        text = line.of(document.text)
        match = LABEL_VALUE.fullmatch(text)
        behind = Span(line.start + match.start("value"), line.end) if match is not None else None
        label = Span(line.start, line.start + match.end("label")) if match is not None else line
        value = behind or (lines[index + 1] if index + 1 < len(lines) else None)
        field = _field(document, label, value) if value is not None else None
        if field is not None and behind is not None:
            yield field, behind
        elif field is not None:
            yield from ((field, value) for value in _below(document, lines, index))
        elif line in beside:
            yield beside[line]


def _field(document: AnalysedDocument, label: Span, value: Span) -> str | None:
    """The field that a label names; by its value, where nothing but a range of time stands behind words that speak of
    no assessment, a project's time."""
    text = label.of(document.text).rstrip(" :")
    if (field := cover_label(text)) is not None:
        return field
    is_label = len(text) <= MAX_LABEL and not _ASSESSMENT.stand_in(document.tokens_in(*label))
    return PROJECT_TIME if is_label and _is_range(document, value) else None


def _is_range(document: AnalysedDocument, value: Span) -> bool:
    points = points_in(document, *value)
    return (
        len(points) == 1
        and points[0].end is not None
        and len(points[0].span.of(document.text)) >= len(value.of(document.text).strip(" .()"))
    )


def _below(document: AnalysedDocument, lines: Sequence[Span], index: int) -> Iterator[Span]:
    """The value below a label: the next line, and a line with an address behind it."""
    for place in range(index + 1, min(index + 3, len(lines))):
        text = lines[place].of(document.text)
        if cover_label(text.rstrip(" :")) is not None or len(text) >= MAX_VALUE or is_label_value(text):
            return
        if place == index + 1 or _EMAIL.search(text):
            yield lines[place]


def _beside_labels(document: AnalysedDocument, lines: Sequence[Span]) -> dict[Span, tuple[str, Span]]:
    """Labels with their values behind a blank, as the text of a table shows them: "Alue Satakunta"; several or none."""
    found: dict[Span, tuple[str, Span]] = {}
    for line in lines:
        words = list(_WORD.finditer(line.of(document.text)))
        for count in range(min(len(words) - 1, MOST_LABEL_WORDS), 0, -1):
            start = line.start + words[count].start()
            field = cover_label(document.text[line.start : start].rstrip())
            value = document.text[start : line.end]
            opens_dated = any(point.span.start == start for point in points_in(document, start, line.end))
            is_value = not value[0].islower() or opens_dated or _EMAIL.match(value) is not None
            if field is not None and is_value:
                found[line] = field, Span(start, line.end)
                break
    return found if len({field for field, _ in found.values()}) >= FEWEST_BESIDE else {}


_WORD = regex.compile(r"\S+")

MOST_LABEL_WORDS = 4
"""Words of a label with its value behind a blank."""

FEWEST_BESIDE = 3
"""Such labels of different fields from which on they are a cover's."""

MAX_VALUE = 200
"""Code points of a line below a label that is its value."""


def _in_tables(document: AnalysedDocument) -> Iterator[tuple[str, Span]]:
    """A table as a cover: rows of a label and its value."""
    for table in document.tables[:2]:
        yield from _label_rows(document, table)


def _label_rows(document: AnalysedDocument, table: Table) -> Iterator[tuple[str, Span]]:
    for row in table.rows:
        cells = [cell for cell in row if cell.spans]
        if len(cells) != 2:
            continue
        label, value = (Span(cell.start, cell.end) for cell in cells)
        if field := _field(document, label, value):
            yield field, value


def table_cover(document: AnalysedDocument, table: Table) -> bool:
    """Whether a table is a cover: its rows are labels with their values."""
    return len(list(_label_rows(document, table))) >= FEWEST_BESIDE


def names_nothing(document: AnalysedDocument, line: Span) -> bool:
    """Whether a cover's line is a date, a label, a version, the site's, or names but programme and kind of report."""
    text = line.of(document.text)
    if is_label_value(text) or cover_label(text.rstrip(" :")) or len(text) > MAX_TITLE or _EMAIL.search(text):
        return True
    tokens = document.tokens_in(*line)
    if is_furniture(tokens):
        return True
    words = [index for index, token in enumerate(tokens) if token.is_word]
    points = points_in(document, *line)
    dated = {i for i, token in enumerate(tokens) if any(p.span.start <= token.start < p.span.end for p in points)}
    told = {
        index
        for hit in (*_PROGRAMMES.find(tokens), *_COVER_WORDS.find(tokens))
        for index in range(hit.first, hit.last + 1)
    }
    rest = [index for index in words if index not in told and index not in dated]
    return not rest or text[-1:] in ":;,."


def is_furniture(tokens: Sequence[Token]) -> bool:
    """Whether a line is nothing but words of the web site around the page: "Siirry sisältöön"."""
    covered = {index for hit in _FURNITURE.find(tokens) for index in range(hit.first, hit.last + 1)}
    return bool(covered) and len(covered) == len(tokens)


def page_name(document: AnalysedDocument, line: Span) -> str | None:
    """The name of a page behind what the page is: "Kehittämisen polku: Omahoitaja kylille"."""
    match = LABEL_VALUE.fullmatch(line.of(document.text))
    entry = exact_label(_FIELDS, match["label"]) if match is not None else None
    return (
        document.wording(line.start + match.start("value"), line.end)
        if match and entry is not None and entry.group == "main"
        else None
    )
