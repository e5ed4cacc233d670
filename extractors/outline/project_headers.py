"""Where a text layer heads a project table, and what its columns are: by the words of its column headings alone.

A layer gives the headings a line each, a heading over several lines, or all of them side by side in one line or two.
Nothing but their words and their order is left; `table_headers` says what a heading's words name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractors.document import AnalysedDocument, Block, Span, Token
from extractors.outline.labels import is_period_label
from extractors.outline.table_headers import NAMES_ROLE, makes_compound, role_weights

FEWEST_ROLES = 4
"""Columns that a table's headings must name to be taken for a project table's."""

LONGEST = 6
"""Words of one column's heading."""

_SHORT = 60
"""Code points of a block of column headings that can be one heading over several lines."""

_MOST_LINES = 16
"""Lines that a table's headings take, a heading over three lines in each of five columns and one more."""

_MOST_UNKNOWN = 2
"""Columns that no project row has."""

_UNKNOWN = 1.1
"""What a word costs that names no column; a heading costs one, so that a known heading explains two words."""

_AGAINST_CAPITALS = 4.0
"""What a capital within a heading costs, or a small letter that opens one."""

ROLES = ("development_area", "project", "goal", "indicator", "source", "results")
"""What a project row consists of."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading: the lines' pieces that it stands in, and its role where its words name one."""

    spans: tuple[Span, ...]
    role: str | None


@dataclass(frozen=True, slots=True)
class ProjectHeader:
    """The headings of a project table, in the columns' order, and the stretch of the text that they take."""

    start: int
    end: int
    columns: tuple[Heading, ...]

    @property
    def named(self) -> frozenset[str]:
        """The columns that a project row consists of."""
        return frozenset(column.role for column in self.columns if column.role in ROLES)

    @property
    def roles(self) -> tuple[str | None, ...]:
        return tuple(column.role for column in self.columns)


@dataclass(frozen=True, slots=True)
class LayerLine:
    """A line of the text, its block, and whether it opens it."""

    span: Span
    block: Block
    is_first: bool


def layer_lines(document: AnalysedDocument) -> list[LayerLine]:
    """All lines of the text's blocks."""
    return [LayerLine(line, block, number == 0) for block in document.blocks for number, line in enumerate(block.lines)]


def project_headers(document: AnalysedDocument, lines: Sequence[LayerLine]) -> list[ProjectHeader]:
    """The headings of all project tables, those that a page repeats too."""
    found: list[ProjectHeader] = []
    index = 0
    while index < len(lines):
        header, after = _header_at(document, lines, index)
        if header is not None:
            later = (_header_at(document, lines, first) for first in range(index + 1, after))
            better = [(one, end) for one, end in later if one and len(one.named) > len(header.named)]
            header, after = max(better, key=lambda one: len(one[0].named), default=(header, after))
            found.append(header)
        index = after
    return found


def _header_at(document: AnalysedDocument, lines: Sequence[LayerLine], index: int) -> tuple[ProjectHeader | None, int]:
    """The headings that begin with a line, and the index of the line behind them.

    A heading that names nothing is a column's where one that does stands behind it; the first line that repeats a role
    or is no heading ends them.
    """
    columns: list[Heading] = []
    pending: list[Heading] = []
    after = position = index
    beside = 0
    while position < min(index + _MOST_LINES, len(lines)):
        line = lines[position]
        goes_on = bool(columns or pending) and (not line.is_first or (beside > 1 and line.block.gap == 0))
        headings, position = _next_headings(document, lines, position)
        beside = len(headings)
        if not headings or (not columns and headings[0].role not in ROLES):
            break
        joined = _joined(document, [*columns, *pending], headings) if goes_on else [*columns, *pending, *headings]
        if any(heading.role == PERIOD for heading in headings) and "results" in [one.role for one in columns]:
            break
        roles = [heading.role for heading in joined if heading.role not in (None, PERIOD)]
        if len(set(roles)) < len(roles) or sum(one.role is None for one in joined) > _MOST_UNKNOWN:
            break
        named = max((i for i, one in enumerate(joined) if one.role is not None or i < len(columns)), default=-1)
        if joined[: named + 1] != columns:
            after = position
        columns, pending = joined[: named + 1], joined[named + 1 :]
    if not _is_project_table([column.role for column in columns]):
        return None, index + 1
    return ProjectHeader(lines[index].span.start, lines[after - 1].span.end, tuple(columns)), after


def _is_project_table(roles: Sequence[str | None]) -> bool:
    known = {role for role in roles if role is not None}
    if sum(role == PERIOD for role in roles) > 1:
        known.add("results")
    return "project" in known and len(known & set(ROLES)) >= FEWEST_ROLES and len(known) * 2 > len(roles)


def _next_headings(document: AnalysedDocument, lines: Sequence[LayerLine], position: int) -> tuple[list[Heading], int]:
    """The headings of a block that is one heading, or of a line; none where it is no heading. With the index of the
    line behind."""
    line = lines[position]
    if line.is_first:
        spans = line.block.lines
        words = _words_of(document, spans)
        text = document.clean(spans[0].start, spans[-1].end)
        if words and len(words) <= LONGEST and len(text) <= _SHORT and not _PROSE.search(text):
            role = _role(words)
            if role is not None or (len(spans) == 1 and _is_unknown(document, words)):
                return [Heading(spans, role)], position + len(spans)
    words = _words_of(document, (line.span,))
    text = line.span.of(document.text).strip()
    if not words or _PROSE.search(text):
        return [], position + 1
    parted = _parted(words)
    unknown = [_words_of(document, one.spans) for one in parted if one.role is None]
    figures = any(not word.is_word for one in unknown for word in one)
    small = [one for one in parted[1:] if document.text[one.spans[0].start].islower()]
    is_prose = sum(map(len, unknown)) > max(1, len(words) // 3) or bool(small and text[0].isupper())
    return ([] if figures or is_prose else parted), position + 1


_PROSE = regex.compile(r"[.;!?](?:\s|$)|[,:-]$")
"""What a line of headings does not have: ends of sentences, or an end that wants more."""


def _words_of(document: AnalysedDocument, spans: Sequence[Span]) -> tuple[Token, ...]:
    return tuple(token for span in spans for token in document.tokens_in(*span) if token.is_word or token.pos == "NUM")


def _is_unknown(document: AnalysedDocument, words: Sequence[Token]) -> bool:
    """Whether words may head a column that no project row has: few, no figures, and opened by a capital."""
    return (
        all(word.is_word for word in words)
        and len(words) <= 3
        and words[0].text[0].isupper()
        and _parted(words)[0].role is None
    )


def _role(tokens: Sequence[Token]) -> str | None:
    """The one role that a heading's words name; None where they name none, or those of columns side by side."""
    weights = role_weights(tokens)
    figures = [token for token in tokens if not token.is_word]
    if figures:
        is_period = figures == list(tokens[-1:]) and is_period_label(tokens) and _YEAR.search(figures[0].text)
        return PERIOD if is_period else None
    best = max(weights, key=lambda role: weights[role], default=None)
    if best is None or weights[best] < (NAMES_ROLE if best in _FAMILY or best in ROLES else SURE):
        return None
    sure = {_FAMILY.get(role, role) for role, weight in weights.items() if weight >= SURE}
    return (_FAMILY.get(best, best)) if len(sure) <= 1 else None


PERIOD = "period"
"""What a column of one period's results holds: Tulokset keväällä 2021, Syksy 2021."""

_YEAR = regex.compile(r"\d\d$")

SURE = 0.9
"""Weight from which a word heads a column of its own: two such words in a line are two columns' headings."""

_FAMILY = {"note": "results", "status": "results", "target": "goal"}
"""Roles whose words stand beside others in a heading, and say the same in a table of projects."""


def _parted(words: Sequence[Token]) -> list[Heading]:
    """A line's words parted into headings: the fewest that name roles, with the fewest words that name none.

    Where not all is in capitals, a capital opens a heading, and a heading opens with one.
    """
    mixed = not all(word.text.isupper() for word in words if word.is_word)
    capital = [word.text[0].isupper() for word in words]
    best: list[tuple[float, tuple[tuple[int, int, str | None], ...]]] = [(0.0, ())]
    for end in range(1, len(words) + 1):
        options = []
        for first in range(max(0, end - LONGEST), end):
            role = _role(words[first:end])
            cost = 1.0 if role is not None else _UNKNOWN * (end - first)
            if mixed:
                cost += _AGAINST_CAPITALS * (sum(capital[first + 1 : end]) + (first > 0 and not capital[first]))
            options.append((best[first][0] + cost, (*best[first][1], (first, end, role))))
        best.append(min(options, key=lambda option: (option[0], len(option[1]))))
    return [Heading((Span(words[i].start, words[end - 1].end),), role) for i, end, role in best[-1][1]]


def _joined(document: AnalysedDocument, above: Sequence[Heading], below: Sequence[Heading]) -> list[Heading]:
    """Headings with those of the line below: a piece goes on with the heading above that names nothing yet, or with
    the last: TIETOJEN, below it KERUU/LÄHDE."""
    result = list(above)
    for heading in below:
        last = len(result) - 1
        place = _open_above(document, result, heading) if heading.role is not None else last
        if place is None:
            result.append(heading)
        else:
            spans = (*result[place].spans, *heading.spans)
            result[place] = Heading(spans, _role(_words_of(document, spans)) or result[place].role or heading.role)
    return result


def _open_above(document: AnalysedDocument, headings: list[Heading], below: Heading) -> int | None:
    """The place of the heading that wants more: one that names nothing, else the first word of a heading that makes a
    compound with the piece below (TIETOJEN, below it KERUU: tiedonkeruu), taken as a heading of its own; None where all
    are whole."""
    unknown = next((i for i, one in enumerate(headings) if one.role is None), None)
    if unknown is not None:
        return unknown
    piece = _words_of(document, below.spans)[0]
    for i in range(len(headings) - 1, -1, -1):
        words = _words_of(document, headings[i].spans)
        rest = words[1:]
        if len(words) > 1 and makes_compound(words[0], piece, below.role) and _role(rest) == headings[i].role:
            first, last = Span(words[0].start, words[0].end), Span(rest[0].start, headings[i].spans[-1].end)
            headings[i : i + 1] = [Heading((first,), None), Heading((last,), headings[i].role)]
            return i
    return None
