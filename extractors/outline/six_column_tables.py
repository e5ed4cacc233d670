"""Rebuild project tables of the six usual columns, whose seasons stand in capitals, by paragraphs.

What is left of a table is the order (cells left to right, rows downward; where a page ends inside a row, the rest of
each of its cells again left to right), the season labels that open the results, and how wide the lines are cut: each
column has its own width. `six_columns` puts these together. `project_tables` calls it for such tables of misread texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.document import AnalysedDocument, Block, Cell, Span, Table
from extractors.outline.labels import capital_seasons, period_label
from extractors.outline.national_goals import heading_goals
from extractors.outline.row_names import KnownRow, Split, known_rows, spelled_names
from extractors.outline.six_columns import (
    AREA,
    PROJECT,
    RESULTS,
    ROLES,
    Paragraph,
    Region,
    State,
    decode,
    learn,
    season_order,
    skeleton,
)
from lexicons import needs

_CLOSES = (
    needs("reporting", "baseline_evaluation"),
    needs("reporting", "evaluation"),
    needs("document_parts", "appendix"),
)


def rebuild(document: AnalysedDocument, headers: Sequence[tuple[int, int]]) -> AnalysedDocument:
    """The document with its linearised project tables as tables, whose headings take the stretches given."""
    lines = _lines(document)
    regions = _regions(document, lines, headers)
    widths, names = learn(regions)
    decoded = [decode(region, widths[index], names) for index, region in enumerate(regions)]
    known = known_rows(regions, decoded)
    built = [_table(document, region, states, known) for region, states in zip(regions, decoded, strict=True)]
    cuts = [(region.start, region.end) for region in regions]
    blocks = [block for old in document.blocks for block in old.outside(cuts)]
    blocks += [Block("paragraph", span.start, span.end, (span,)) for item in built for span in item.rest]
    return replace(
        document,
        blocks=tuple(sorted(blocks, key=lambda block: block.start)),
        tables=(*document.tables, *(item.table for item in built)),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    block: Block
    is_first: bool


def _lines(document: AnalysedDocument) -> list[_Line]:
    return [_Line(line, block, number == 0) for block in document.blocks for number, line in enumerate(block.lines)]


def _regions(document: AnalysedDocument, lines: Sequence[_Line], headers: Sequence[tuple[int, int]]) -> list[Region]:
    regions = []
    for index, (start, body) in enumerate(headers):
        limit = headers[index + 1][0] if index + 1 < len(headers) else len(document.text)
        inside = [line for line in lines if body <= line.span.start < limit]
        end = _region_end(document, inside, limit, is_last=index + 1 == len(headers))
        paragraphs = tuple(_paragraphs(document, [line for line in inside if line.span.start < end]))
        regions.append(Region(start, end, paragraphs))
    return regions


def _region_end(document: AnalysedDocument, inside: Sequence[_Line], limit: int, is_last: bool) -> int:
    """Where a table ends: at the heading of the next one, or at a heading that opens a page behind it."""
    if not is_last:
        for position in range(len(inside) - 1, max(-1, len(inside) - 6), -1):
            stretch = Span(inside[position].span.start, inside[-1].span.end)
            tokens = document.tokens_in(*stretch)
            opens = inside[position].is_first or inside[position].block.starts_page
            if opens and heading_goals(tokens, None):
                return inside[position].span.start
        return limit
    seasons = [line.span.start for line in inside if _season(document, line.span, line.is_first)]
    last_season = seasons[-1] if seasons else 0
    for line in inside:
        if line.span.start > last_season and line.is_first and line.block.starts_page and _closes(document, line):
            return line.span.start
    return limit


def _closes(document: AnalysedDocument, line: _Line) -> bool:
    """Whether a line behind the last results heads what follows the tables: a baseline or an appendix."""
    text = document.clean(*line.span)
    if len(text) > 90 or text[-1] in ".,;:" or not any(ch.isupper() for ch in text[:3]):
        return False
    tokens = document.tokens_in(*line.span)
    return any(words.stand_in(tokens) for words in _CLOSES)


def _paragraphs(document: AnalysedDocument, lines: Sequence[_Line]) -> Iterator[Paragraph]:
    group: list[_Line] = []
    page = False
    last: str | None = None
    for line in lines:
        opens_page = line.is_first and line.block.starts_page
        season = _season(document, line.span, line.is_first)
        above = bool(group) and _season(document, group[-1].span, group[-1].is_first) is not None
        if group and (line.is_first or season or above or _opens_row(document, last, line)):
            yield _paragraph(document, group, page)
            group = []
        if not group:
            page = opens_page
        group.append(line)
        last = season or next((inner for inner, _ in capital_seasons(document, line.span)), last)
    if group:
        yield _paragraph(document, group, page)


def _opens_row(document: AnalysedDocument, last: str | None, line: _Line) -> bool:
    """Whether a line across columns opens the next row: it holds a season that the lines above had or passed."""
    here = [season for season, _ in capital_seasons(document, line.span)]
    return bool(here) and last is not None and season_order(here[0]) <= season_order(last)


def _paragraph(document: AnalysedDocument, lines: Sequence[_Line], starts_page: bool) -> Paragraph:
    spans = tuple(line.span for line in lines)
    texts = [span.of(document.text) for span in spans]
    bounds = [len(a) + 1 + len(b.split()[0]) for a, b in pairwise(texts)]
    text = document.clean(spans[0].start, spans[-1].end)
    return Paragraph(
        lines=spans,
        text=text,
        tokens=document.tokens_in(spans[0].start, spans[-1].end),
        widest=max(map(len, texts)),
        bound=min(bounds) if bounds else None,
        starts_page=starts_page,
        season=_season(document, spans[0], lines[0].is_first) if len(spans) == 1 else None,
        is_item=lines[0].block.kind == "list_item" or text[:1].isdigit(),
        key=skeleton(text),
        inner_seasons=tuple(capital_seasons(document, Span(spans[0].start, spans[-1].end))),
    )


def _season(document: AnalysedDocument, line: Span, is_first: bool) -> str | None:
    """The period of a season label: a line with nothing but a season and a year, in capitals or opening a paragraph."""
    words = [token.text for token in document.tokens_in(*line) if token.is_word]
    if not words or not (all(word.isupper() for word in words) or (is_first and words[0][0].isupper())):
        return None
    return period_label(document, line)


def _table(document: AnalysedDocument, region: Region, states: Sequence[State], known: Sequence[KnownRow]) -> _Built:
    cells: dict[tuple[int, int], list[Span]] = {}
    rest: list[Span] = []
    row = -1
    spelled = spelled_names(document, region, states, known)
    for index, (paragraph, state) in enumerate(zip(region.paragraphs, states, strict=True)):
        row += state.opens
        place = max(row, 0)
        names = spelled.get(index, Split((), (), paragraph.lines))
        cells.setdefault((place, AREA), []).extend(names.area)
        cells.setdefault((place, PROJECT), []).extend(names.project)
        if state.wide:
            labels = [span for _, span in paragraph.inner_seasons]
            cells.setdefault((place, RESULTS), []).extend(labels)
            rest += [piece for span in names.rest for piece in span.without(labels, document.text)]
        else:
            cells.setdefault((place, state.column), []).extend(names.rest)
    built = tuple(
        Cell(number, column, tuple(cells.get((number, column), ())), region.start)
        for number in range(row + 1)
        for column in range(6)
    )
    return _Built(Table(region.start, region.end, row + 1, 6, built, ROLES), tuple(rest))


@dataclass(frozen=True, slots=True)
class _Built:
    """A table, and what lines across columns left over: their words stand in the text, but in no cell."""

    table: Table
    rest: tuple[Span, ...]
