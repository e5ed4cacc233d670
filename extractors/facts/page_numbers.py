"""Numbers of pages: at the ends of a contents list's lines, and in running headers and footers that say of how many.

They are told by whole lines, which the rules for single numbers (`identifiers`) do not see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Span
from extractors.outline.contents import contents_words
from extractors.outline.labels import squeeze

FEWEST = 3
"""Lines with growing page numbers from which on they are a contents list, below its heading."""

FEWEST_UNNAMED = 4
"""The same without a heading; half of them are then numbered or led to their page by a wide gap."""

FIRST_PAGE = 12
"""The largest page on which a contents list's first entry begins."""

_ENTRY = regex.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*\.?)?[ \t]*(?P<title>[^\n\d\s][^\n]*?)"
    r"(?P<gap>[ \t\xa0.…_]*)(?<=[ \t\xa0.…_])(?P<page>\d{1,3})[ \t]*"
)
_OF_PAGES = regex.compile(r"(?<![\d,./])(?P<page>\d{1,3})\s?\((?P<pages>\d{1,3})\)[ \t]*$", regex.MULTILINE)


class PageNumber(NamedTuple):
    """A stretch of the source and the reason code of what is numbered there."""

    start: int
    end: int
    reason: str


class _Line(NamedTuple):
    start: int
    entry: regex.Match[str]


def page_numbers(document: AnalysedDocument) -> Iterator[PageNumber]:
    """The page numbers of contents lists and of headers and footers, and the numbers that open contents lines."""
    yield from _of_pages(document)
    tables = [Span(table.start, table.end) for table in document.tables]
    run: list[_Line] = []
    is_named, position = False, 0
    for text in document.text.splitlines(keepends=True):
        line, start = text.strip(), position + len(text) - len(text.lstrip())
        position += len(text)
        if not line:
            continue
        match = _ENTRY.fullmatch(line) if line[-1].isdecimal() and len(line) < LONGEST_ENTRY else None
        if match is not None and any(table.start <= start < table.end for table in tables):
            match = None
        if match is None or (run and int(match["page"]) < int(run[-1].entry["page"])):
            yield from _numbers(run, is_named=is_named)
            run, is_named = [], len(line) < LONGEST_NAME and squeeze(line) in contents_words()
        if match is not None:
            run.append(_Line(start, match))
    yield from _numbers(run, is_named=is_named)


LONGEST_ENTRY = 300
"""Code points of a contents list's line."""

LONGEST_NAME = 40
"""Code points of the heading of a contents list."""


def _numbers(run: Sequence[_Line], *, is_named: bool) -> Iterator[PageNumber]:
    """The numbers of lines that follow each other, where they are a contents list."""
    if len(run) < (FEWEST if is_named else FEWEST_UNNAMED) or int(run[0].entry["page"]) > FIRST_PAGE:
        return
    clear = [line for line in run if line.entry["number"] or len(line.entry["gap"]) > 1 or "\t" in line.entry["gap"]]
    numbered = [line for line in run if line.entry["number"]]
    if not is_named and (2 * len(numbered) < len(run) or len(clear) < len(run)):
        return
    for line in run:
        if line.entry["number"]:
            yield _placed(line, "number", "heading_number")
        yield _placed(line, "page", "page_number")


def _placed(line: _Line, part: str, reason: str) -> PageNumber:
    start, end = line.entry.span(part)
    return PageNumber(line.start + start, line.start + end, reason)


def _of_pages(document: AnalysedDocument) -> Iterator[PageNumber]:
    """The page in "3 (7)" at the end of a line: alone on it, or again with another page of as many."""
    found = [match for match in _OF_PAGES.finditer(document.text) if 0 < int(match["page"]) <= int(match["pages"])]
    times = Counter(match["pages"] for match in {match.group(): match for match in found}.values())
    for match in found:
        line_start = document.text.rfind("\n", 0, match.start()) + 1
        if not document.text[line_start : match.start()].strip() or times[match["pages"]] > 1:
            yield PageNumber(*match.span("page"), "page_number")
            yield PageNumber(*match.span("pages"), "page_number")
