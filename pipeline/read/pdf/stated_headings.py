"""The headings that a PDF itself states: elements of its structure tree, else its bookmarks.

A tagged heading is known by the marked contents of its lines. A bookmark gives words and a place: it is matched to the
lines on its page that say the same. Bookmarks are often made by machines (a page, a file, a slide each) or for the
chapters alone; they count where most of them name a line and few other lines look like headings. A tree counts likewise
where it marks the headings that can be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
import regex

from pipeline.read.pdf.page import Tag, TextLine, View, marked_content
from pipeline.read.pdf.paragraphs import SENTENCE_INSIDE, Statement, font, marker_of, reads_on


class Bookmark(NamedTuple):
    """A bookmark's words, its level from 1, the page that it leads to (0: none), how far down (None: not said)."""

    title: str
    level: int
    page: int = 0
    top: float | None = None


MOST_LINES = 8
"""Lines of a heading at most: goals are headings of whole sentences."""

MOST_BOOKMARKS = 5_000
"""Bookmarks that are looked at."""

FEWEST = 2
"""Bookmarks from which on they count: a single one names the document."""

MATCHED = 0.5
"""Share of the bookmarks that must name a line."""

TEXTS = 0.33
"""Share of the headings of a tree that may be text: several sentences, or more lines than a heading has."""

LEFT_OUT = 1.0
"""Lines that look like headings and are not stated, for each that is: where they are more, lower levels are missing."""

LARGER = 2
"""Half points by which a heading's letters are larger than the text's at least."""

FEW_LINES = 2
"""Lines of a heading that is known by its looks."""

CLOSING = frozenset(".:;,!?")
"""What a heading that is known by its looks does not end in."""

_NOT_SPELLED = regex.compile(r"[^\p{L}\p{N}]+")
_NUMBER = regex.compile(r"\s*\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,5}|\p{L})(?:[.):]|(?=\s))[\s.:)–-]*")
_CUT = ("…", "...")
"""How titles end that a program has shortened."""


def tagged_lines(text_page: Any, marks: Mapping[int, Tag], lines: Sequence[TextLine]) -> dict[int, Tag]:
    """The lines of a page (by `id`) whose words from the first to the last stand in one heading of the tree."""
    found = {}
    for line in lines if marks else ():
        first = 1 if marker_of(line, begins=True) else 0
        tags = {marks.get(marked_content(text_page, line.indexes[place])) for place in (first, -1)}
        if len(tags) == 1 and (tag := tags.pop()) is not None:
            found[id(line)] = tag
    return found


def bookmarks(pdf: Any, views: Sequence[View]) -> list[Bookmark]:
    """A document's bookmarks in order; `views` are its pages'."""
    found = []
    for item in islice(pdf.get_toc(), MOST_BOOKMARKS):
        place = item.get_dest()
        index = place.get_index() if place is not None else None
        if place is None or index is None or index >= len(views):
            found.append(Bookmark(item.get_title(), item.level + 1))
        else:
            found.append(Bookmark(item.get_title(), item.level + 1, index + 1, _top(views[index], *place.get_view())))
    return found


def _top(view: View, kind: int, numbers: Sequence[float]) -> float | None:
    """How far down its page a bookmark leads; PDFium gives 0, the page's foot, where the file leaves the place open."""
    if kind == pdfium.PDFDEST_VIEW_XYZ and len(numbers) > 1 and numbers[1]:
        return view.point(*numbers[:2])[1]
    if kind in (pdfium.PDFDEST_VIEW_FITH, pdfium.PDFDEST_VIEW_FITBH) and numbers and numbers[0]:
        return view.point(0.0, numbers[0])[1]
    return None


def stated_headings(
    lines: Sequence[TextLine], tags: Mapping[int, Tag], marks: Sequence[Bookmark]
) -> dict[int, Statement]:
    """What is stated of the lines of running text, by their `id`; nothing where it leaves out what can be seen."""
    by_tree = _by_tree(lines, tags)
    if by_tree and _is_whole(lines, by_tree):
        return by_tree
    by_bookmarks = _by_bookmarks(lines, marks)
    return by_bookmarks if by_bookmarks and _is_whole(lines, by_bookmarks) else {}


# The tree


def _by_tree(lines: Sequence[TextLine], tags: Mapping[int, Tag]) -> dict[int, Statement]:
    runs = [(tag, list(run)) for tag, run in groupby(lines, lambda line: tags.get(id(line))) if tag is not None]
    if sum(_is_text(run) for _, run in runs) > TEXTS * len(runs):
        return {}
    return {id(line): Statement(number, tag.level) for number, (tag, run) in enumerate(runs) for line in run}


# Bookmarks


def _by_bookmarks(lines: Sequence[TextLine], marks: Sequence[Bookmark]) -> dict[int, Statement]:
    """The lines that bookmarks name. A flat list of headings that are set in several fonts says nothing of levels."""
    matches = list(_matches(lines, marks))
    if len(matches) < max(FEWEST, MATCHED * len(marks)):
        return {}
    is_flat = len({mark.level for mark, _, _ in matches}) == 1
    says_level = not is_flat or len({font(lines[first]) for _, first, _ in matches}) == 1
    return {
        id(line): Statement(number, mark.level if says_level else None)
        for number, (mark, first, last) in enumerate(matches)
        for line in lines[first:last]
    }


def _matches(lines: Sequence[TextLine], marks: Sequence[Bookmark]) -> Iterator[tuple[Bookmark, int, int]]:
    """Each bookmark that names lines with their places from the first up to but without the last.

    Of several on the page those nearest to where it leads, else the first behind the bookmark before.
    """
    said = [_spelled(line.text) for line in lines] if marks else []
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    taken: set[int] = set()
    behind = 0
    for mark in marks:
        title = _spelled(mark.title)
        runs = [
            (first, last)
            for first in pages.get(mark.page, ())
            if first not in taken and (last := _end(said, first, title)) and _is_apart(lines, first, last)
        ]
        if not runs:
            continue
        if mark.top is not None:
            top = mark.top
            first, last = min(runs, key=lambda run: abs(lines[run[0]].top - top))
        else:
            first, last = next((run for run in runs if run[0] >= behind), runs[0])
        taken.update(range(first, last))
        behind = last
        yield mark, first, last


class _Spelled(NamedTuple):
    """Words by their letters and digits alone, as white space, hyphens and capitals may be others in a title; without a
    number before them; whether a program has cut them short."""

    whole: str
    unnumbered: str
    is_cut: bool


def _spelled(text: str) -> _Spelled:
    number = _NUMBER.match(text)
    whole = _letters(text)
    return _Spelled(whole, _letters(text[number.end() :]) if number else whole, text.rstrip().endswith(_CUT))


def _letters(text: str) -> str:
    return _NOT_SPELLED.sub("", text).casefold()


def _end(said: Sequence[_Spelled], first: int, title: _Spelled) -> int | None:
    """Where the lines end that say a title, which may have a number that they lack, or lack one that they have."""
    whole, unnumbered, _ = said[first]
    if not whole or not any(map(str.isalpha, title.whole)):
        return None
    for last in range(first + 1, min(first + MOST_LINES, len(said)) + 1):
        if whole in title[:2] or unnumbered == title.whole:
            return last
        if title.is_cut and whole.startswith(title.whole):
            return last
        goes_on = title.whole.startswith((whole, unnumbered)) or title.unnumbered.startswith(whole)
        if not goes_on or last == len(said):
            return None
        whole, unnumbered = whole + said[last].whole, unnumbered + said[last].whole
    return None


def _is_apart(lines: Sequence[TextLine], first: int, last: int) -> bool:
    """Whether no sentence runs into lines or out of them, as it does where a program marks each page's first line."""
    seams = [(number - 1, number) for number in (first, last) if 0 < number < len(lines)]
    return not any(
        font(lines[a]) == font(lines[b]) and reads_on(lines[a], lines[b]) and lines[a].page == lines[b].page
        for a, b in seams
    )


# Whether to believe it


def _is_text(lines: Sequence[TextLine]) -> bool:
    return len(lines) > MOST_LINES or SENTENCE_INSIDE.search(" ".join(line.text for line in lines)) is not None


def _is_whole(lines: Sequence[TextLine], stated: Mapping[int, Statement]) -> bool:
    """Whether the statements name most of the lines that look like headings, from the first one named on.

    Else only the upper levels are stated, or the title: the outline knows more by the lines' looks and words.
    """
    letters: Counter[tuple[int, bool]] = Counter()
    for line in lines:
        letters[font(line)] += len(line.text) * (id(line) not in stated)
    usual = max(letters, key=lambda one: letters[one], default=(0, False))
    first = next((number for number, line in enumerate(lines) if id(line) in stated), len(lines))
    left_out = [
        run
        for is_stated, run in _runs(lines[first:], stated)
        if not is_stated and len(run) <= FEW_LINES and run[-1].text[-1] not in CLOSING and _stands_out(run, usual)
    ]
    return len(left_out) <= LEFT_OUT * len({statement.number for statement in stated.values()})


def _runs(lines: Sequence[TextLine], stated: Mapping[int, Statement]) -> Iterator[tuple[bool, list[TextLine]]]:
    """Neighbouring lines in one font, stated or not."""
    for (is_stated, _), run in groupby(lines, lambda line: (id(line) in stated, font(line))):
        yield is_stated, list(run)


def _stands_out(run: Sequence[TextLine], usual: tuple[int, bool]) -> bool:
    """Whether lines are set larger than the usual text, or bold where that is not."""
    size, _ = font(run[0])
    is_bold = all(all(line.bold) for line in run)
    return size >= usual[0] + LARGER or (size >= usual[0] and is_bold and not usual[1])
