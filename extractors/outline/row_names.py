"""The names of a linearised project table's rows: its areas and projects, where one line runs across both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Span
from extractors.outline.six_columns import AREA, PROJECT, RESULTS, Paragraph, Region, State, skeleton

_WORDS = regex.compile(r"[^\s|]+")

NEAR = 9
"""Paragraphs behind a cut name in which its rest is looked for."""

_NAME_PARAGRAPHS = 2

_NAME_WIDTH = 27
"""Paragraphs, and their width in characters, that may go on with the names of a row across columns."""


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row's names as other tables spell them: skeletons of its area (empty where carried down) and its project."""

    area: str
    project: str


def known_rows(regions: Sequence[Region], decoded: Sequence[Sequence[State]]) -> list[KnownRow]:
    """The names of the rows that could be read, each also without its area."""
    found: set[tuple[str, str]] = set()
    for region, states in zip(regions, decoded, strict=True):
        names = {AREA: "", PROJECT: ""}
        for paragraph, state in zip(region.paragraphs, states, strict=True):
            if state.opens:
                names = {AREA: "", PROJECT: ""}
            if state.column in names and not state.wide:
                names[state.column] += paragraph.key
                if names[PROJECT]:
                    found |= {(names[AREA], names[PROJECT]), ("", names[PROJECT])}
    projects = {project for _, project in found}
    whole = {name for name in projects if not any(other != name and other.startswith(name) for other in projects)}
    pairs = [pair for pair in found if pair[1] in whole]
    return [KnownRow(*pair) for pair in sorted(pairs, key=lambda pair: (-len(pair[0] + pair[1]), pair))]


class Split(NamedTuple):
    """Lines taken apart: what of them is the row's area, its project, and the rest."""

    area: tuple[Span, ...]
    project: tuple[Span, ...]
    rest: tuple[Span, ...]

    def within(self, lines: Sequence[Span]) -> Split:
        """What of it stands in some of the lines."""
        return Split(*(tuple(s for s in part if any(ln.start <= s.start < ln.end for ln in lines)) for part in self))


def spelled_names(
    document: AnalysedDocument, region: Region, states: Sequence[State], known: Sequence[KnownRow]
) -> dict[int, Split]:
    """Names that lines across columns hold or cut, read with the names that other tables spell out.

    Where lines run across columns, each begins with the next words of the area, then of the project; where a row shows
    only a name's beginning, its rest opens the lines of the next paragraphs. Gives a split by paragraph.
    """
    found: dict[int, Split] = {}
    for index, (paragraph, state) in enumerate(zip(region.paragraphs, states, strict=True)):
        near = range(index + 1, min(index + NEAR, len(states)))
        near_lines = [line for i in near if not states[i].opens for line in region.paragraphs[i].lines]
        split: Split | None = None
        if state.wide and state.opens:
            lines = list(paragraph.lines)
            split = (
                first_split(document, lines, known)
                or first_split(document, lines + near_lines, known)
                or guessed_split(
                    document, paragraph, [region.paragraphs[i] for i in near if not states[i].opens], known
                )
            )
        elif state.column == PROJECT and not state.wide and len(paragraph.key) >= 4:
            cut = [
                KnownRow("", names.project[len(paragraph.key) :])
                for names in known
                if names.project.startswith(paragraph.key) and names.project != paragraph.key
            ]
            split = next((s for names in reversed(cut) if (s := _consume(document, near_lines, names))), None)
        if split is None:
            continue
        for i in (index, *near):
            if i == index and not state.wide:
                continue
            inside = split.within(region.paragraphs[i].lines)
            if inside.area or inside.project:
                found[i] = inside
    return found


def first_split(document: AnalysedDocument, lines: Sequence[Span], known: Sequence[KnownRow]) -> Split | None:
    """Lines split by the first names that fit all; the first line must begin with a name."""
    for names in known:
        split = _consume(document, lines, names)
        if split is not None and lines[0].start in {span.start for span in (*split.area[:1], *split.project[:1])}:
            return split
    return None


def guessed_split(
    document: AnalysedDocument, paragraph: Paragraph, following: Sequence[Paragraph], known: Sequence[KnownRow]
) -> Split | None:
    """A row across columns whose names no other table spells: each cell of its first line begins with a capital.

    The first cell is the area where it opens a known area or where every column up to the results shows; the next is
    the project. What the area leaves open is taken from the lines below; so is the rest of a project's name that is cut
    at a hyphen or goes on as a narrow paragraph in small letters.
    """
    first, *others = paragraph.lines
    end = next((label.start for _, label in paragraph.inner_seasons if first.start <= label.start < first.end), None)
    if end is None:
        return None
    cells: list[list[Span]] = []
    for word in _words(document, Span(first.start, end)):
        if word.of(document.text)[0].isupper() or not cells:
            cells.append([])
        cells[-1].append(word)
    if len(cells) < 2 or not document.text[cells[0][0].start].isupper():
        return None
    opening = skeleton(Span(cells[0][0].start, cells[0][-1].end).of(document.text))
    area = next((names.area for names in known if len(opening) >= 3 and names.area.startswith(opening)), "")
    has_area = bool(area) or len(cells) >= RESULTS
    if has_area and len(cells) < 3:
        return None
    areas = [Span(cells[0][0].start, cells[0][-1].end)] if has_area else []
    named = cells[1] if has_area else cells[0]
    project = [Span(named[0].start, named[-1].end)]
    rest = [Span(named[-1].end, first.end)]
    area = area.removeprefix(opening)
    for line in others:
        words = _words(document, line)
        position = line.start
        while words and area and (key := skeleton(words[0].of(document.text))) and area.startswith(key):
            areas.append(words[0])
            area, position = area[len(key) :], words.pop(0).end
        if words and len(project) == 1 and document.text[project[0].end - 1] == "-":
            project.append(words[0])
            position = words[0].end
        rest.append(Span(position, line.end))
    for paragraph in following[:_NAME_PARAGRAPHS]:
        if not paragraph.is_lower or paragraph.widest > _NAME_WIDTH or paragraph.season or paragraph.ends_sentence:
            break
        if area and area.startswith(paragraph.key):
            areas += paragraph.lines
            area = area[len(paragraph.key) :]
            continue
        project += paragraph.lines
        break
    trimmed = [piece for span in rest for piece in span.without((), document.text)]
    return Split(tuple(areas), tuple(project), tuple(trimmed))


def _words(document: AnalysedDocument, span: Span) -> list[Span]:
    return [Span(match.start(), match.end()) for match in _WORDS.finditer(document.text, *span)]


def _consume(document: AnalysedDocument, lines: Sequence[Span], names: KnownRow) -> Split | None:
    """Lines without the words of an area and a project at their beginnings; None unless both names come out whole."""
    wanted = [names.area, names.project]
    taken: tuple[list[Span], list[Span]] = ([], [])
    rest: list[Span] = []
    for line in lines:
        words = _words(document, line)
        position = 0
        for number in (0, 1):
            first = position
            while position < len(words) and wanted[number]:
                letters = skeleton(words[position].of(document.text))
                if not wanted[number].startswith(letters) or (not letters and position == first):
                    break
                wanted[number] = wanted[number][len(letters) :]
                position += 1
            if position > first:
                taken[number].append(Span(words[first].start, words[position - 1].end))
        if position < len(words):
            rest.append(Span(words[position].start, line.end))
    if wanted[1] or wanted[0] or len(names.project) < 4:
        return None
    return Split(tuple(taken[0]), tuple(taken[1]), tuple(rest))
