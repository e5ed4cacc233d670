"""Rebuild project tables of which a text layer has only the words, in rows of cells.

`project_headers` finds their headings, `column_model` says which column each run of words belongs to. A heading that a
page repeats goes on with the same table, and the page's running header and number above it belong to no cell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import regex

from extractors.document import AnalysedDocument, Block, Cell, Span, Table
from extractors.outline import six_column_tables
from extractors.outline.column_model import (
    AREA,
    CAPITAL,
    CLOSES,
    COLLECTION,
    FIGURE,
    GOAL,
    HYPHEN,
    INDICATOR,
    ITEM,
    LOWER,
    MEASURE,
    OTHER,
    PROJECT,
    RESULTS,
    RULED,
    SHORTEST_NAME,
    SOURCE,
    VERB,
    Line,
    Placed,
    Region,
    decode,
    learn,
)
from extractors.outline.column_weights import column_weights
from extractors.outline.contents import contents
from extractors.outline.enumerators import enumerator
from extractors.outline.labels import CLOSING, capital_seasons, period_label, signed_periods, squeeze
from extractors.outline.national_goals import heading_goals
from extractors.outline.project_headers import PERIOD, ROLES, LayerLine, ProjectHeader, layer_lines, project_headers
from extractors.outline.six_columns import NoReading, season_order
from lexicons import needs

_CELL_WORDS = needs("cell_words", "measure", "collection")

_CLOSING = needs("document_parts", "closing")
_CLOSES = (
    needs("reporting", "baseline_evaluation"),
    needs("reporting", "evaluation"),
    needs("document_parts", "appendix"),
)

_ROLES = {
    "development_area": AREA,
    "project": PROJECT,
    "goal": GOAL,
    "indicator": INDICATOR,
    "source": SOURCE,
    "results": RESULTS,
    PERIOD: RESULTS,
}

HEADING = 120
"""Code points of a line that heads rows or what follows a table."""


def rebuild(document: AnalysedDocument) -> AnalysedDocument:
    """The document with its linearised project tables as tables; unchanged where it has none."""
    lines = layer_lines(document)
    headers = project_headers(document, lines)
    if not headers:
        return document
    found = layers(document, lines, headers)
    if document.degraded and document.wrapped and _are_usual(document, headers, found):
        with suppress(NoReading):
            return six_column_tables.rebuild(document, [(header.start, header.end) for header in headers])
    regions = [layer.region for layer in found]
    weights = column_weights()
    widths, names = learn(regions, weights)
    tables = []
    for layer, width in zip(found, widths, strict=True):
        tables.append(_table(document, layer, decode(layer.region, width, names, weights)))
    cuts = [cut for layer in found for cut in layer.cuts]
    blocks = [block for old in document.blocks for block in old.outside(cuts)]
    tables = sorted([*document.tables, *tables], key=lambda table: table.start)
    return replace(document, blocks=tuple(blocks), tables=tuple(tables))


def _are_usual(document: AnalysedDocument, headers: Sequence[ProjectHeader], found: Sequence[Layer]) -> bool:
    """Whether all tables have the six usual columns in their usual order, seasons in capitals, and no row that goes on
    below a heading that a page repeats."""
    lines = [(words, line) for layer in found for words, line in zip(layer.spans, layer.region.lines, strict=True)]
    labels = (
        Span(words[first].start, words[end - 1].end).of(document.text)
        for words, line in lines
        for first, end, _ in line.labels
    )
    repeated = {header.end for header in headers} - {layer.header.end for layer in found}
    starts = [words[0].start for words, _ in lines]
    broken = any(
        0 < (index := bisect_left(starts, end)) < len(lines) and not _ends_row(lines[index - 1][1], lines[index][1])
        for end in repeated
    )
    return all(header.roles == ROLES for header in headers) and all(map(str.isupper, labels)) and not broken


def _ends_row(above: Line, below: Line) -> bool:
    """Whether a row may end with one line and the next begin with the other."""
    return bool(above.flags[-1] & CLOSES and below.flags[0] & CAPITAL)


@dataclass(frozen=True, slots=True)
class Layer:
    """A table's stretch of the text layer: its heading, the stretches it takes, its lines as the model reads them."""

    header: ProjectHeader
    cuts: tuple[Span, ...]
    spans: tuple[tuple[Span, ...], ...]
    region: Region


def layers(document: AnalysedDocument, lines: Sequence[LayerLine], headers: Sequence[ProjectHeader]) -> list[Layer]:
    furniture = _furniture(document, lines, headers)
    groups: list[list[tuple[ProjectHeader, list[LayerLine]]]] = []
    is_closed = True
    for index, header in enumerate(headers):
        limit = headers[index + 1].start if index + 1 < len(headers) else document.body_length
        inside = [line for line in lines if header.end <= line.span.start < limit]
        body, is_whole = _body(document, inside, index + 1 < len(headers), furniture)
        goes_on = bool(groups) and groups[-1][-1][0].roles == header.roles and not is_closed
        groups = [*groups[:-1], [*groups[-1], (header, body)]] if goes_on else [*groups, [(header, body)]]
        is_closed = not is_whole
    return [_layer(document, group) for group in groups]


def _furniture(
    document: AnalysedDocument, lines: Sequence[LayerLine], headers: Sequence[ProjectHeader]
) -> frozenset[int]:
    """Where lines start that a page prints above or below the text: a number alone, or what stands by several page
    breaks with nothing but its figures changed."""
    texts = {line.span.start: line.span.of(document.text).strip() for line in lines if line.is_first}
    kinds: dict[str, list[str]] = {}
    for text in texts.values():
        kinds.setdefault(_without_figures(text), []).append(text)
    starts = {header.start for header in headers}
    found = set()
    for index, line in enumerate(lines):
        text = texts.get(line.span.start, "")
        alike = kinds.get(_without_figures(text), [])
        near = line.block.starts_page or any(one.span.start in starts for one in lines[index + 1 : index + 4])
        numbered = text[-1:].isdigit() and len(set(alike)) == len(alike)
        recurs = len(alike) > 2 and len(text) < HEADING and (near or numbered)
        recurs = recurs and not _heads_rows(document, line) and period_label(document, line.span) is None
        if _PAGE_NUMBER.fullmatch(line.span.of(document.text).strip()) or recurs:
            found.add(line.span.start)
    return frozenset(found)


_PAGE_NUMBER = regex.compile(r"(?:[-–]\s*)?\d{1,3}(?:\s*[-–]|\s*\(\d{1,3}\)|\s*/\s*\d{1,3})?")

_FIGURES = regex.compile(r"[\d\s()/–-]+")


def _without_figures(text: str) -> str:
    return _FIGURES.sub(" ", text).strip()


def _body(
    document: AnalysedDocument, inside: list[LayerLine], another_follows: bool, furniture: frozenset[int]
) -> tuple[list[LayerLine], bool]:
    """The lines of a table below its heading, and whether they reach up to the next heading of a table."""
    kept = [line for line in inside if line.span.start not in furniture]
    if another_follows and (count := _national_heading(document, kept)):
        return kept[:-count], False
    for index, line in enumerate(kept):
        if line.is_first and _closes(document, line, another_follows):
            return kept[:index], False
    end = len(kept) if another_follows else _prose_behind(document, kept)
    return kept[:end], end == len(kept)


def _prose_behind(document: AnalysedDocument, lines: Sequence[LayerLine]) -> int:
    """The index of the line with which the text behind a table begins: a paragraph with a line wider than any of the
    table's, behind its last label of a period, or the heading right above it. The number of the lines where there is
    none."""
    labels = [index for index, line in enumerate(lines) if _names_period(document, line)]
    widest = max((line.span.end - line.span.start for line in lines[: labels[-1] + 1]), default=0) if labels else 0
    for index, line in list(enumerate(lines))[labels[-1] if labels else 0 :]:
        width = line.span.end - line.span.start
        is_wide = index >= _FEW_LINES and width > _WIDER * widest
        if is_wide and line.is_first and line.block.gap > 0 and document.text[line.span.start].isupper():
            above = lines[index - 1]
            text = document.text[above.block.start : above.block.end]
            heads = above.is_first and len(above.block.lines) == 1 and above.block.gap > 0 and text[-1] not in CLOSING
            return index - 1 if heads and text[0].isupper() and period_label(document, above.span) is None else index
        widest = max(widest, width)
    return len(lines)


def _names_period(document: AnalysedDocument, line: LayerLine) -> bool:
    return period_label(document, line.span) is not None or any(capital_seasons(document, line.span))


_FEW_LINES, _WIDER = 12, 1.3
"""Lines by which a table's widest line is known, and how much wider one of prose below it is."""


def _national_heading(document: AnalysedDocument, lines: Sequence[LayerLine]) -> int:
    """How many of a table's last lines are the heading of the next one: a national goal's name and nothing else, and
    below it perhaps the table's caption."""
    captions = 0
    while captions < min(_HEADING_LINES, len(lines)) and _is_caption(document, lines[-captions - 1]):
        captions += 1
    above_caption = lines[: len(lines) - captions]
    for count in range(1, min(_HEADING_LINES, len(above_caption)) + 1):
        first = above_caption[-count]
        above = above_caption[-count - 1].span.of(document.text).rstrip() if count < len(above_caption) else "."
        if first.is_first or above[-1:] in CLOSING:
            start, end = first.span.start, above_caption[-1].span.end
            found = enumerator(document.text, start, end)
            number = found.number if found is not None and found.prefix_kind in ("goal", "national") else None
            if heading_goals(document.tokens_in(found.end if found and number else start, end), number):
                return count + captions
    return captions


def _is_caption(document: AnalysedDocument, line: LayerLine) -> bool:
    found = enumerator(document.text, line.block.start, line.block.end)
    return found is not None and found.prefix_kind == "caption" and len(line.block.lines) <= 2


_HEADING_LINES = 3
"""Lines that a national goal's name takes as a heading."""


def _closes(document: AnalysedDocument, line: LayerLine, another_follows: bool) -> bool:
    """Whether a block heads what follows a table: the chapter behind the one that the table stands in, an entry of the
    contents list, an appendix or a baseline on a page of its own."""
    block = line.block
    text = document.clean(block.start, block.end)
    if len(text) > HEADING or len(block.lines) > 2 or text[-1] in ".,;:":
        return False
    tokens = document.tokens_in(block.start, block.end)
    if text[0].islower() or period_label(document, Span(block.start, block.end)):
        return False
    if _next_chapter(document, block) or contents(document).depth(text)[0]:
        return True
    own = enumerator(document.text, block.start, block.end)
    if own is not None and own.prefix_kind == "appendix":
        return True
    said = {index for hit in _CLOSING.find(tokens) for index in range(hit.first, hit.last + 1)}
    if not another_follows and len(said) == len(tokens):
        return True  # Yhteenveto
    return block.starts_page and not another_follows and any(words.stand_in(tokens) for words in _CLOSES)


def _next_chapter(document: AnalysedDocument, block: Block) -> bool:
    """Whether a heading has the number that follows that of the last numbered heading above the table."""
    found = enumerator(document.text, block.start, block.end)
    if found is None or found.prefix or len(found.parts) > 2:
        return False
    above = _numbers_before(document, block.start).get(found.scheme)
    return above is not None and found.parts[:-1] == above[:-1] and found.parts[-1] == above[-1] + 1


def _numbers_before(document: AnalysedDocument, start: int) -> dict[tuple[str, str, int], tuple[int, ...]]:
    """By scheme the last number that opens a block's only line above a place."""
    return {
        found.scheme: found.parts
        for block in document.blocks
        if block.start < start
        and len(block.lines) <= 2
        and block.end - block.start <= HEADING
        and (found := enumerator(document.text, block.start, block.end)) is not None
    }


def _layer(document: AnalysedDocument, group: Sequence[tuple[ProjectHeader, Sequence[LayerLine]]]) -> Layer:
    """A table's lines under its heading and the headings that pages repeat."""
    cuts, spans, lines = [], [], []
    for number, (header, body) in enumerate(group):
        cuts.append(Span(header.start, body[-1].span.end if body else header.end))
        for index, line in enumerate(body):
            below = body[index + 1] if index + 1 < len(body) else None
            closes = below is None or (below.is_first and (document.wrapped or below.block.gap > 0))
            above = body[index - 1].span.of(document.text) if index and not line.is_first else "."
            page = number > 0 and index == 0
            block = _short_block(document, line) if line.is_first else ""
            words, read = _line(document, line, closes, page, block=block, behind_end=above.rstrip()[-1:] in CLOSING)
            if words:
                spans.append(words)
                lines.append(read)
    header = group[0][0]
    roles = tuple(_ROLES.get(role or "", OTHER) for role in header.roles)
    periods = sorted({period for line in lines for _, _, period in line.labels}, key=season_order)
    order = {period: rank for rank, period in enumerate(periods, 1)}
    return Layer(header, tuple(cuts), tuple(spans), Region(tuple(lines), roles, order))


_WORDS = regex.compile(r"[^\s|]+|\|")

_SOFT = str.maketrans("", "", "aeiouydbt0169")
"""Letters that text recognition takes for each other or loses; a name's other letters are its skeleton."""


def _line(
    document: AnalysedDocument, line: LayerLine, closes: bool, starts_page: bool, block: str, behind_end: bool
) -> tuple[tuple[Span, ...], Line]:
    """A line's words and what the model asks of them."""
    spans, flags = [], []
    ruled = False
    for match in _WORDS.finditer(document.text, *line.span):
        if match.group() == "|":
            ruled = True
            continue
        spans.append(Span(match.start(), match.end()))
        flags.append(_looks(match.group()) | (RULED if ruled and len(spans) > 1 else 0))
        ruled = False
    if flags and line.is_first and line.block.kind == "list_item":
        flags[0] |= ITEM
    places = {span.start: index for index, span in enumerate(spans)}
    tokens = [token for token in document.tokens_in(*line.span) if token.is_word]
    for token in tokens:
        if token.tense is not None and token.pos in ("VERB", "AUX") and token.start in places:
            flags[places[token.start]] |= VERB
    for hit in _CELL_WORDS.find(tokens):
        if (index := places.get(tokens[hit.first].start)) is not None:
            flags[index] |= {"measure": MEASURE, "collection": COLLECTION}.get(hit.entry.id, 0)
    return tuple(spans), Line(
        starts=tuple(span.start for span in spans),
        ends=tuple(span.end for span in spans),
        flags=tuple(flags),
        keys=tuple(squeeze(span.of(document.text)).translate(_SOFT) for span in spans),
        labels=tuple(_labels(document, line, spans, behind_end)),
        opens=line.is_first and (document.wrapped or line.block.gap > 0 or line.block.starts_page),
        closes=closes,
        starts_page=starts_page or (line.is_first and line.block.starts_page),
        is_group=_heads_rows(document, line),
        block=block,
    )


def _short_block(document: AnalysedDocument, line: LayerLine) -> str:
    """The skeleton of a block short enough to be a name; none of a period's label or of a list's item."""
    block = line.block
    if block.end - block.start > HEADING or block.kind == "list_item" or period_label(document, line.span):
        return ""
    key = squeeze(document.text[block.start : block.end]).translate(_SOFT)
    return key if len(key) >= SHORTEST_NAME else ""


def _looks(word: str) -> int:
    """What a word shows by its letters and signs alone."""
    flags = CAPITAL if word[0].isupper() else LOWER if word[0].islower() else 0
    if word[-1] in CLOSING:
        flags |= CLOSES
    elif word[-1] == "-" and len(word) > 1:
        flags |= HYPHEN
    if any(ch.isdigit() or ch == "%" for ch in word):
        flags |= FIGURE
    return flags | (ITEM if _ITEM.match(word) else 0)


_ITEM = regex.compile(r"[-–•▪◦‣*·](?:$|\p{Lu})|\d{1,2}[.)]$")


def _labels(
    document: AnalysedDocument, line: LayerLine, words: Sequence[Span], behind_end: bool
) -> Iterator[tuple[int, int, str]]:
    """The labels of periods in a line: the whole line, one in capitals anywhere, or one with a sign behind it."""
    if not words:
        return
    if (behind_end or document.text[words[0].start].isupper()) and (period := period_label(document, line.span)):
        yield 0, len(words), period
        return
    places = {span.start: index for index, span in enumerate(words)}
    found = dict(capital_seasons(document, line.span))
    found |= dict(signed_periods(document, line.span))
    for period, span in found.items():
        if span.start in places:
            yield places[span.start], sum(word.start < span.end for word in words), period


def _heads_rows(document: AnalysedDocument, line: LayerLine) -> bool:
    """Whether a line is a block's that names a national goal and nothing else: a heading within the table."""
    block = line.block
    own = enumerator(document.text, *line.span)
    if own is not None and own.prefix_kind == "national" and own.mark:
        return True
    if block.end - block.start > 2 * HEADING or len(block.lines) > 3 or document.text[block.start].islower():
        return False
    found = enumerator(document.text, block.start, block.end)
    if found is not None and len(block.lines) <= 2:
        named = heading_goals(document.tokens_in(found.end, block.end), found.number)
        return found.prefix_kind == "national" or (found.prefix_kind == "goal" and named == [found.parts[-1]])
    if found is not None:
        return False
    return (
        block.kind != "list_item"
        and len(block.lines) <= 2
        and bool(heading_goals(document.tokens_in(block.start, block.end), None))
    )


def _table(document: AnalysedDocument, layer: Layer, placed: Sequence[Placed]) -> Table:
    """The table with its heading as the first row; a line that heads rows is a row with one filled cell."""
    n_columns = len(layer.header.columns)
    cells: dict[tuple[int, int], list[Span]] = {
        (0, index): list(heading.spans) for index, heading in enumerate(layer.header.columns)
    }
    row, above = 0, False
    for words, line, one in zip(layer.spans, layer.region.lines, placed, strict=True):
        is_group = one.runs[0].column < 0
        row += one.opens and not (is_group and above and not line.opens)
        above = is_group
        for run in one.runs:
            span = Span(words[run.first].start, words[run.end - 1].end)
            cells.setdefault((row, max(run.column, 0)), []).append(span)
    start, end = layer.cuts[0].start, layer.cuts[-1].end
    built = tuple(
        Cell(number, column, tuple(cells.get((number, column), ())), start)
        for number in range(row + 1)
        for column in range(n_columns)
    )
    return Table(start, end, row + 1, n_columns, built)
