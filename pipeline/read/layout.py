"""Lines of a text become blocks: paragraphs and list items, in flowing or in wrapped lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import regex

from extractors.document import Block, Page, Span
from lexicons import needs

_ARTEFACTS = needs("artefacts", groups=["anywhere"])

MARKER = regex.compile(r"(?P<indent>\s*)(?P<marker>[•·▪●○◦‣∙►▶▸➤➢✓✔■□◆❖\uf0b7\uf0a7\uf0d8*]|[-–—](?=\s)|o(?=\s))\s*")
"""What an author types before a list's item."""

_TIGHT_MARKER = regex.compile(r"(?P<indent>\s*)(?P<marker>[-–])(?=\p{Lu})")
"""In wrapped text a dash may stand right against its item's first word."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line's stretch of the text without surrounding white space; `gap` counts the empty lines above."""

    start: int
    end: int
    gap: int
    starts_page: bool


def split_lines(text: str) -> Iterator[Line]:
    """The non-empty lines of a text. Form feeds end a line and begin a page."""
    offset, gap, starts_page = 0, 0, False
    for piece in regex.split(r"([\n\f])", text):
        if piece == "\f":
            starts_page = True
        if piece not in ("\n", "\f"):
            stripped = piece.strip()
            if stripped:
                start = offset + piece.index(stripped)
                yield Line(start, start + len(stripped), gap, starts_page)
                gap, starts_page = -1, False
        else:
            gap += 1
        offset += len(piece)


def split_pages(text: str) -> tuple[Page, ...]:
    """Pages by form feed; none where the text has no form feed."""
    if "\f" not in text:
        return ()
    pages, start = [], 0
    for number, piece in enumerate(text.split("\f"), 1):
        pages.append(Page(number, start, start + len(piece)))
        start += len(piece) + 1
    return tuple(pages)


def without_running_lines(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines without those at pages' ends that most pages have alike but for a figure: numbered heads and feet."""
    starts = [index for index, line in enumerate(lines) if line.starts_page]
    pages = [range(first, end) for first, end in pairwise([0, *starts, len(lines)]) if first < end]
    told: dict[str, dict[int, str]] = {}
    for page in pages if len(pages) >= FEWEST_PAGES else ():
        for index in dict.fromkeys([*page[:OUTER], *page[-OUTER:]]):
            words = text[lines[index].start : lines[index].end]
            told.setdefault(_FIGURES.sub("#", words), {})[index] = words
    running = {
        index
        for places in told.values()
        if len(places) >= max(FEWEST_PAGES, MOST_PAGES * len(pages)) and len(set(places.values())) == len(places)
        for index in places
    }
    return [
        replace(line, starts_page=line.starts_page or index - 1 in running)
        for index, line in enumerate(lines)
        if index not in running
    ]


FEWEST_PAGES, MOST_PAGES = 3, 0.5
"""Pages, and their share, that must have a line alike for it to run through them."""

OUTER = 2
"""Lines at either end of a page among which running ones stand."""

_FIGURES = regex.compile(r"\d+")


def is_wrapped(text: str, lines: Sequence[Line]) -> bool:
    """Whether lines are cut to a column's width rather than a paragraph each.

    Cut lines go on in lower case on the next line, and none is long. In a short text most of them must, figures
    counting as well, and they must be long enough to be lines of a column: most of them, or a few beside the short
    lines of a table's cells.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 0 and text[a.end - 1] not in ".!?:;"]
    lengths = sorted(line.end - line.start for line in lines)
    n_pairs = sum(line.gap == 0 for line in lines[1:])
    if n_pairs < FEWEST_PAIRS:
        return False
    if n_pairs < SHORT:
        cut = [a.end - a.start for a, b in pairs if text[b.start].islower() or text[b.start].isdecimal()]
        is_column = lengths[len(lengths) // 2] > HALF_COLUMN or sum(length > COLUMN for length in cut) >= FEW_CUT
        return len(cut) / n_pairs > GOES_ON_SHORT and is_column and lengths[-1] < WIDEST
    goes_on = sum(text[b.start].islower() and not MARKER.match(text, b.start, b.end) for _, b in pairs)
    return goes_on / n_pairs > GOES_ON and lengths[len(lengths) * 9 // 10] < WIDEST


WIDEST = 150
"""Letters beyond which a line is no column's: landscape pages have up to 140."""

GOES_ON, GOES_ON_SHORT = 0.25, 0.6
"""Share of the lines below another that begin in lower case where lines are cut; in a short text, a figure counting."""

HALF_COLUMN = 40
"""Letters beyond which half the lines of a short text are where they are a column's, not a list's."""

COLUMN, FEW_CUT = 60, 2
"""Letters beyond which a line fills a page's column, and how many of them that go on tell that lines are cut."""

PAGE_NUMBER_DIGITS = 3
"""Digits of the longest page number."""

FEWEST_PAIRS = 3
"""Lines that follow another without a gap below which nothing tells that lines are cut."""

SHORT = 20
"""Lines that follow another without a gap in a text too short to be judged by a quarter of them."""

_PAGE_GAP = 4
"""Empty lines that a page's end leaves in wrapped text."""


def build_blocks(text: str, lines: Iterable[Line], wrapped: bool) -> Iterator[Block]:
    """Blocks of the lines outside tables. In wrapped text lone page numbers are left out."""
    group: list[Line] = []
    page_begins = False
    for line in lines:
        if wrapped:
            if _is_page_number(text, line):
                page_begins = True
                continue
            if page_begins or _breaks_page(text, line, group[-1] if group else None):
                line, page_begins = replace(line, starts_page=True), False
        joins = wrapped and group and _joins(text, group[-1], line) and not _marker(text, line, wrapped)
        if group and not joins:
            yield from _block(text, group, wrapped)
            group = []
        group.append(line)
    if group:
        yield from _block(text, group, wrapped)


def _is_page_number(text: str, line: Line) -> bool:
    return line.gap > 0 and line.end - line.start <= PAGE_NUMBER_DIGITS and text[line.start : line.end].isdigit()


def _breaks_page(text: str, line: Line, above: Line | None) -> bool:
    """Whether wrapped text shows a page break before a line: a wide gap, or a form feed that became a space."""
    if line.starts_page or line.gap >= _PAGE_GAP:
        return True
    return above is not None and text[line.start - 2 : line.start] == "\n " and text[above.start - 1] == "\n"


def _joins(text: str, above: Line, line: Line) -> bool:
    """Whether a wrapped line goes on from the one above: no empty line between, or a range's dash left open."""
    if line.starts_page:
        return False
    is_open_range = line.gap == 1 and text[line.start].isdigit() and text.endswith((" -", " –", " —"), 0, above.end)
    return line.gap == 0 or is_open_range


def _marker(text: str, line: Line, wrapped: bool) -> regex.Match[str] | None:
    return MARKER.match(text, line.start, line.end) or (
        _TIGHT_MARKER.match(text, line.start, line.end) if wrapped else None
    )


def _block(text: str, lines: list[Line], wrapped: bool) -> Iterator[Block]:
    spans = [span for line in lines if (span := without_leftovers(text, line.start, line.end))]
    if not spans:
        return
    match = _marker(text, lines[0], wrapped)
    if match and match.end() < spans[0].end:
        spans[0] = Span(max(match.end(), spans[0].start), spans[0].end)
    is_item = match is not None and match.end() < lines[0].end
    yield Block(
        kind="list_item" if is_item else "paragraph",
        start=spans[0].start,
        end=spans[-1].end,
        lines=tuple(spans),
        gap=lines[0].gap,
        marker=match["marker"] if match and is_item else None,
        starts_page=lines[0].starts_page,
    )


@cache
def _leftover() -> regex.Pattern[str]:
    """What converters leave on any line, by the lexicon: … is anything, letter case and white space do not count."""
    terms = list(_ARTEFACTS.texts)
    return regex.compile("|".join(map(_spelled, terms)), regex.IGNORECASE)


def _spelled(term: str) -> str:
    pieces = ("".join(regex.escape(letter) + r"\s*" for letter in piece) for piece in term.split("…"))
    return "[^\n]*?".join(pieces).removesuffix(r"\s*")


def without_leftovers(text: str, start: int, end: int) -> Span | None:
    """A stretch without converters' leftovers and white space at its ends; None where nothing is left."""
    while True:
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start >= end:
            return None
        head = _leftover().match(text, start, end)
        tail = next((m for m in _leftover().finditer(text, start, end) if m.end() == end), None)
        if head:
            start = head.end()
        elif tail:
            end = tail.start()
        else:
            return Span(start, end)
