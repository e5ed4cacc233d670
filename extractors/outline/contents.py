"""A document's contents list: which lines are its entries, and what they say about headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extractors.document import AnalysedDocument, once_a_document
from extractors.outline.candidates import Candidate, possible_headings
from extractors.outline.enumerators import enumerator
from extractors.outline.labels import squeeze
from lexicons import needs

_CONTENTS = needs("document_parts", "contents")
_APPENDIX = needs("document_parts", "appendix")

FIRST_BLOCKS = 120
"""A contents list stands among a document's first blocks."""

FEWEST = 3
"""Entries that follow each other from which on they are a contents list."""

MAX_ENTRY = 150
"""Code points of an entry without leaders."""

_LEADERS = regex.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{4,}")
_PAGE = regex.compile(r"(?:[\s.…_]{2,}|\t|\s)(?P<page>\d{1,3})\s*$")
_DOTS = regex.compile(r"\.{2,}|…{2,}|_{4,}")


@dataclass(frozen=True)
class Contents:
    """The candidates (by their block) that are entries of a contents list, and the entries' titles, squeezed, with
    their depth where they are numbered."""

    blocks: frozenset[int]
    titles: dict[str, int | None]

    def depth(self, text: str) -> tuple[bool, int | None]:
        """Whether a contents entry names a heading, and its depth there. OCR garbles entries: most letters agree."""
        wanted = squeeze(text)
        if wanted in self.titles:
            return True, self.titles[wanted]
        bare = wanted.lstrip("0123456789")
        if len(bare) >= 8:
            for title, depth in self.titles.items():
                if _alike(bare, title.lstrip("0123456789")):
                    return True, depth
        return False, None


def has_leaders(text: str) -> bool:
    """Whether a line leads to a page number by dots."""
    return _LEADERS.search(text) is not None or regex.search(r"\t\d{1,3}$", text) is not None


@once_a_document
def contents(document: AnalysedDocument) -> Contents:
    """The contents list of a document; empty where it has none."""
    units = list(possible_headings(document))
    blocks: set[int] = set()
    titles: dict[str, int | None] = {}
    texts = [unit.text for unit in units]
    later = {squeeze(text): index for index, text in enumerate(texts)}
    index = 0
    while index < min(len(units), FIRST_BLOCKS):
        opens = squeeze(texts[index]) in contents_words()
        run = _run(document, units, index + 1 if opens else index, later, named=opens)
        n_lines = sum(_n_entries(document, units[place]) for place in run)
        if n_lines >= (2 if opens else FEWEST):
            for place in run:
                blocks.add(units[place].index)
                for line in units[place].block.lines if _LEADERS.search(units[place].block_text(document)) else ():
                    _add(titles, line.of(document.text))
                _add(titles, texts[place])
            index = run[-1] + 1
        else:
            index += 1
    return Contents(frozenset(blocks), _with_depths(titles))


def _with_depths(titles: dict[str, int | None]) -> dict[str, int | None]:
    """Entries without a number between numbered ones are parts of the chapter above."""
    deepest = max((depth for depth in titles.values() if depth is not None), default=0)
    found: dict[str, int | None] = {}
    inside = False
    for title, depth in titles.items():
        inside = inside or depth is not None
        is_appendix = any(title.startswith(squeeze(word)) for word in appendix_words())
        found[title] = depth if depth is not None or not inside or is_appendix else deepest + 1
    return found


@cache
def appendix_words() -> frozenset[str]:
    return frozenset(_APPENDIX.texts)


@cache
def contents_words() -> frozenset[str]:
    return frozenset(map(squeeze, _CONTENTS.texts))


def _run(
    document: AnalysedDocument, units: Sequence[Candidate], start: int, later: dict[str, int], named: bool
) -> list[int]:
    """The entries from a place on: lines with page numbers; below the word for contents also lines that come again."""
    run: list[int] = []
    for index in range(start, len(units)):
        unit = units[index]
        has_page = has_leaders(unit.block_text(document)) or (named and _PAGE.search(unit.text) is not None)
        has_page = has_page or later.get(_title(unit.text), index) > index
        comes_again = named and len(unit.text) < MAX_ENTRY and later.get(squeeze(unit.text), index) > index
        if not has_page and not comes_again:
            break
        run.append(index)
    return run


def _n_entries(document: AnalysedDocument, unit: Candidate) -> int:
    """How many lines of a block lead to page numbers, at least one."""
    return max(1, sum(has_leaders(line.of(document.text)) for line in unit.block.lines))


def _title(text: str) -> str:
    """A line's title where it ends in a page number, else nothing: lines of a list without its name come again."""
    match = _PAGE.search(text)
    return squeeze(text[: match.start()]) if match is not None and len(text) < MAX_ENTRY else ""


def _add(titles: dict[str, int | None], text: str) -> None:
    title = _PAGE.sub("", _DOTS.split(text.lstrip(" ."))[0]).strip()
    if squeeze(title):
        found = enumerator(title)
        plain = found is not None and (not found.prefix or found.prefix_kind == "chapter")
        titles.setdefault(squeeze(title), len(found.parts) if found is not None and plain else None)


def _alike(wanted: str, listed: str) -> bool:
    shared = sum(a == b for a, b in zip(wanted, listed, strict=False))
    return shared >= 8 and shared >= 0.7 * min(len(wanted), len(listed), 25)
