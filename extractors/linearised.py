"""Rebuild project tables that a PDF's text layer reads cell by cell, with no column edges left.

What is left is the order (cells left to right, rows downward; where a page ends inside a row, the rest of each of its
cells again left to right), the season labels that open the results, and how wide the lines are cut: each column has its
own width. A small hidden Markov model over the paragraphs puts these together. States are the columns (with how many
seasons of the row have been seen); line widths, closing punctuation, repeated names and typical words are the
emissions; column order is the transition. Column widths are learned from the document itself by iterating.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.document import AnalysedDocument, Block, Cell, Document, Span, Table, Token
from extractors.labels import is_time_label, squeeze
from extractors.section_goals import heading_goals
from extractors.timex import scan, value
from lexicons import load
from lexicons.matcher import matcher

ROLES = ("development_area", "project", "goals", "measure", "collection", "results")
AREA, PROJECT, GOALS, MEASURE, COLLECTION, RESULTS = range(6)

START_WIDTHS = (18.0, 24.0, 28.0, 38.0, 21.0, 54.0)
"""Column widths in characters to begin with: the usual proportions of a landscape page."""

_ITERATIONS = 4
_MIN_HEADER_ROLES = 4


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a table region: its lines, its words, and what its line ends say about the column's width.

    `widest` is its longest line; `bound` the shortest line with the next line's first word behind it, which did not
    fit (None for a single line). `season` is the period of a label line.
    """

    lines: tuple[Span, ...]
    text: str
    tokens: tuple[Token, ...]
    widest: int
    bound: int | None
    starts_page: bool
    season: str | None
    key: str

    @property
    def is_lower(self) -> bool:
        return self.text[:1].islower()

    @property
    def ends_sentence(self) -> bool:
        return self.text[-1:] in ".!?;:"


@dataclass(frozen=True)
class Region:
    """A project table's stretch: the lines of its header, and the paragraphs of its body."""

    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]


def rebuild(document: AnalysedDocument) -> Document:
    """The document with its linearised project tables as tables; unchanged where it has none."""
    source = document.document
    if not source.wrapped or source.tables:
        return source
    lines = _lines(document)
    headers = _headers(document, lines)
    if not headers:
        return source
    regions = _regions(document, lines, headers)
    names = _repeated_names(regions)
    widths = _learn(regions, names)
    tables = tuple(
        _table(document, region, _decode(region, widths[index], names)) for index, region in enumerate(regions)
    )
    cuts = [(header_start, region.end) for (header_start, _), region in zip(headers, regions, strict=True)]
    blocks = tuple(block for old in source.blocks for block in _outside(old, cuts))
    return replace(source, blocks=blocks, tables=tables)


# Regions


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    block: Block
    is_first: bool


def _lines(document: AnalysedDocument) -> list[_Line]:
    return [
        _Line(line, block, number == 0) for block in document.document.blocks for number, line in enumerate(block.lines)
    ]


def _roles_in(text: str) -> tuple[set[str], float]:
    """The project table columns that a line names, and the share of its letters that they cover."""
    squeezed = squeeze(text)
    rest, roles = squeezed, set()
    terms = [(squeeze(term.text), role) for role in ROLES for term in load("table_columns").entry(role).terms]
    for term, role in sorted(terms, key=lambda item: -len(item[0])):
        if term in rest:
            roles.add(role)
            rest = rest.replace(term, "", 1)
    return roles, 1 - len(rest) / len(squeezed) if squeezed else 0.0


def _headers(document: AnalysedDocument, lines: Sequence[_Line]) -> list[tuple[int, int]]:
    """The stretches that head a project table: lines that together name most of its columns."""
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        roles: set[str] = set()
        position, end, misses = index, index, 0
        while position < len(lines) and position - index < 14:
            here, covered = _roles_in(document.clean(*lines[position].span))
            text = document.clean(*lines[position].span)
            if here and covered >= 0.6:
                roles |= here
                end = position
            elif len(text) > 30 or misses >= 2:
                break
            else:
                misses += 1
            position += 1
        first, _ = _roles_in(document.clean(*lines[index].span))
        if first and len(roles) >= _MIN_HEADER_ROLES:
            end = _header_tail(document, lines, end)
            found.append((lines[index].span.start, lines[end].span.end))
            index = end + 1
        else:
            index += 1
    return found


def _header_tail(document: AnalysedDocument, lines: Sequence[_Line], end: int) -> int:
    """The last line of a header: a rest in capitals belongs to it (KERUU/LÄHDE below TIETOJEN)."""
    while end + 1 < len(lines):
        text = document.clean(*lines[end + 1].span)
        if not (text.isupper() and len(text) < 30 and not any(ch.isdigit() for ch in text)):
            break
        end += 1
    return end


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
    """Whether a line behind the last results heads what follows the tables: it speaks of the baseline or an appendix."""
    text = document.clean(*line.span)
    if len(text) > 90 or text[-1] in ".,;:" or not any(ch.isupper() for ch in text[:3]):
        return False
    ids = {hit.entry.id for hit in matcher("layout_words").find(document.tokens_in(*line.span))}
    return bool(ids & {"baseline_evaluation", "appendix", "evaluation"})


def _paragraphs(document: AnalysedDocument, lines: Sequence[_Line]) -> Iterator[Paragraph]:
    group: list[_Line] = []
    page = False
    for line in lines:
        opens_page = line.is_first and line.block.starts_page
        season = _season(document, line.span, line.is_first)
        if group and (line.is_first or season or group[-1:] and _season(document, group[-1].span, group[-1].is_first)):
            yield _paragraph(document, group, page)
            group = []
        if not group:
            page = opens_page
        group.append(line)
    if group:
        yield _paragraph(document, group, page)


def _paragraph(document: AnalysedDocument, lines: Sequence[_Line], starts_page: bool) -> Paragraph:
    spans = tuple(line.span for line in lines)
    texts = [span.of(document.text) for span in spans]
    bounds = [len(a) + 1 + len(b.split()[0]) for a, b in zip(texts, texts[1:], strict=False)]
    text = document.clean(spans[0].start, spans[-1].end)
    return Paragraph(
        lines=spans,
        text=text,
        tokens=document.tokens_in(spans[0].start, spans[-1].end),
        widest=max(map(len, texts)),
        bound=min(bounds) if bounds else None,
        starts_page=starts_page,
        season=_season(document, spans[0], lines[0].is_first) if len(spans) == 1 else None,
        key=squeeze(text),
    )


def _season(document: AnalysedDocument, line: Span, is_first: bool) -> str | None:
    """The period of a season label: a line with nothing but a season and a year, in capitals or opening a paragraph."""
    if line.end - line.start > 24:
        return None
    tokens = document.tokens_in(*line)
    if not tokens or not is_time_label(tokens):
        return None
    words = [token.text for token in tokens if token.is_word]
    if not words or not (all(word.isupper() for word in words) or (is_first and words[0][0].isupper())):
        return None
    found = list(scan(tokens))
    if len(found) != 1 or found[0].begin.year is None or found[0].begin.grain not in ("season", "month", "half"):
        return None
    return value(found[0].begin)


def _outside(block: Block, cuts: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """What of a block stands outside the tables."""
    kept = [line for line in block.lines if not any(start <= line.start < end for start, end in cuts)]
    if len(kept) == len(block.lines):
        yield block
    elif kept:
        yield replace(block, start=kept[0].start, end=kept[-1].end, lines=tuple(kept))


# The model


def _repeated_names(regions: Sequence[Region]) -> Counter[str]:
    """In how many tables each short paragraph stands: areas and projects recur from goal to goal."""
    counts: Counter[str] = Counter()
    for region in regions:
        keys = {p.key for p in region.paragraphs if len(p.key) > 4 and len(p.text) < 130 and not p.season}
        counts.update(keys)
    return counts


def _learn(regions: Sequence[Region], names: Counter[str]) -> list[tuple[float, ...]]:
    """The column widths of every table, by decoding and measuring in turns."""
    widths = [START_WIDTHS for _ in regions]
    for _ in range(_ITERATIONS):
        columns = [_decode(region, widths[index], names) for index, region in enumerate(regions)]
        widths = [_measure(region, columns[index], widths[index]) for index, region in enumerate(regions)]
    return widths


def _measure(region: Region, states: Sequence[State], old: tuple[float, ...]) -> tuple[float, ...]:
    """Each column's width: a high quantile of its wrapped paragraphs' longest lines."""
    found = []
    for column in range(6):
        widest = sorted(
            p.widest
            for p, state in zip(region.paragraphs, states, strict=True)
            if state.column == column and p.bound is not None and not p.season
        )
        if len(widest) >= 3:
            found.append(0.5 * old[column] + 0.5 * widest[min(len(widest) - 1, len(widest) * 8 // 10)])
        elif widest:
            found.append(0.7 * old[column] + 0.3 * median(widest))
        else:
            found.append(old[column])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class State:
    """A paragraph's column, how many season labels its row has had, whether a page broke inside the row, and whether
    the paragraph opens a new row."""

    column: int
    seen: int
    broken: bool
    opens: bool


def _decode(region: Region, widths: Sequence[float], names: Counter[str]) -> list[State]:
    """The likeliest columns of a table's paragraphs (Viterbi)."""
    seasons = sorted({p.season for p in region.paragraphs if p.season}, key=_season_order)
    order = {season: number + 1 for number, season in enumerate(seasons)}
    trail: list[dict[State, tuple[float, State | None]]] = []
    for index, paragraph in enumerate(region.paragraphs):
        emissions = [_emission(paragraph, column, widths, names) for column in range(6)]
        step: dict[State, tuple[float, State | None]] = {}
        sources = trail[-1] if trail else {None: (0.0, None)}
        for source, (cost, _) in sources.items():
            for target, move in _moves(source, paragraph, order, region.paragraphs[index - 1] if index else None):
                total = cost + move + emissions[target.column]
                if target not in step or total < step[target][0]:
                    step[target] = (total, source)
        trail.append(step)
    if not trail:
        return []
    state: State | None = min(trail[-1], key=lambda item: trail[-1][item][0])
    states: list[State] = []
    for step in reversed(trail):
        assert state is not None
        states.append(state)
        state = step[state][1]
    return states[::-1]


def _season_order(season: str) -> tuple[str, int]:
    year, _, part = season.partition("-")
    return year, {"WI": 0, "SP": 1, "SU": 2, "FA": 3}.get(part, int(part) if part.isdigit() else 0)


def _moves(
    source: State | None, paragraph: Paragraph, order: dict[str, int], above: Paragraph | None
) -> Iterator[tuple[State, float]]:
    """The states that may follow a state, each with its cost."""
    if source is None:
        yield State(AREA, 0, False, True), 0.0
        yield State(PROJECT, 0, False, True), 2.0
        return
    label = order.get(paragraph.season) if paragraph.season else None
    broken = source.broken or paragraph.starts_page
    lower = 2.5 if paragraph.is_lower else 0.0
    if label is not None:
        if label > source.seen and source.column != AREA:
            yield State(RESULTS, label, broken, False), 0.2 * max(0, RESULTS - source.column - 1) * 0.5
        return
    yield from _within_row(source, paragraph, broken, lower, above)
    if source.seen and source.column != AREA:
        late = 0.0 if source.column == RESULTS else (0.8 if source.broken else 6.0)
        yield State(AREA, 0, False, True), 1.2 + lower + late
        yield State(PROJECT, 0, False, True), 1.2 + lower + late


def _within_row(
    source: State, paragraph: Paragraph, broken: bool, lower: float, above: Paragraph | None
) -> Iterator[tuple[State, float]]:
    open_sentence = above is not None and not above.ends_sentence
    stay_lower = 0.0 if open_sentence or paragraph.starts_page else lower
    for column in range(6):
        step = column - source.column
        if source.column == AREA and column not in (AREA, PROJECT):
            continue
        if column == RESULTS and not (source.seen and (source.column == RESULTS or broken)):
            continue
        if step == 0:
            cost = (3.0, 2.5, 0.3, 0.4, 0.5, 0.1)[column] + stay_lower
            if paragraph.starts_page:
                cost = 0.4
        elif step > 0:
            cost = 0.3 + 0.6 * (step - 1) + (0.0 if broken else lower)
        elif paragraph.starts_page:
            cost = 0.9 + (0.0 if paragraph.is_lower or open_sentence else 0.5)
            if column in (AREA, PROJECT):
                cost += 1.5
        else:
            continue
        yield State(column, source.seen, broken, False), cost


def _emission(paragraph: Paragraph, column: int, widths: Sequence[float], names: Counter[str]) -> float:
    """How badly a paragraph fits a column."""
    if paragraph.season:
        return 0.0 if column == RESULTS else 50.0
    cost = _width_cost(paragraph, widths[column])
    text = paragraph.text
    repeated = names.get(paragraph.key, 0) > 1
    if column in (AREA, PROJECT):
        cost += 2.5 * paragraph.ends_sentence + 1.5 * any(token.tense == "present" for token in paragraph.tokens)
        cost += 1.5 * text.startswith(("-", "–", "•")) + (2.0 if len(text) > (60, 140)[column] else 0.0)
        cost -= 1.2 if repeated else 0.0
    else:
        words = {hit.entry.id for hit in matcher("cell_words").find(paragraph.tokens)}
        if column == MEASURE:
            cost -= 0.5 * ("measure" in words)
        if column == COLLECTION:
            cost -= 0.8 * ("collection" in words)
            cost += 0.5 * (len(text) > 160)
        if column == GOALS:
            cost += 0.4 * bool(words) - 0.3 * paragraph.ends_sentence
        if column == RESULTS:
            cost += 0.8 * (repeated and not paragraph.ends_sentence)
    return cost


def _width_cost(paragraph: Paragraph, width: float) -> float:
    """Lines longer than the column cannot be in it; lines cut well before its edge speak against it.

    Letters differ in width, so ten per cent either way is free.
    """
    over = paragraph.widest / width - 1.12
    cost = 9.0 * over if over > 0 else 0.0
    if paragraph.bound is not None:
        under = 0.9 - paragraph.bound / width
        cost += 7.0 * under if under > 0 else 0.0
    return min(cost, 8.0)


# Tables


def _table(document: AnalysedDocument, region: Region, states: Sequence[State]) -> Table:
    cells: dict[tuple[int, int], list[Span]] = {}
    row = -1
    for paragraph, state in zip(region.paragraphs, states, strict=True):
        if state.opens:
            row += 1
        cells.setdefault((max(row, 0), state.column), []).extend(paragraph.lines)
    built = tuple(
        Cell(number, column, tuple(cells.get((number, column), ())), region.start)
        for number in range(row + 1)
        for column in range(6)
    )
    return Table(region.start, region.end, row + 1, 6, built, ROLES)
