"""Rebuild project tables that a PDF's text layer reads cell by cell, with no column edges left.

What is left is the order (cells left to right, rows downward; where a page ends inside a row, the rest of each of its
cells again left to right), the season labels that open the results, and how wide the lines are cut: each column has its
own width. A small hidden Markov model over the paragraphs puts these together. States are the columns (with how many
seasons of the row have been seen); line widths, closing punctuation, repeated names and typical words are the
emissions; column order is the transition. Column widths are learned from the document itself by iterating.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Block, Cell, Document, Span, Table, Token
from extractors.grammar.calendar import value
from extractors.grammar.ranges import scan
from extractors.labels import capital_seasons, is_time_label, squeeze
from extractors.section_goals import heading_goals
from lexicons import load
from lexicons.matcher import matcher

ROLES = ("development_area", "project", "goals", "measure", "collection", "results")
AREA, PROJECT, GOALS, MEASURE, COLLECTION, RESULTS = range(6)

START_WIDTHS = (18.0, 24.0, 28.0, 38.0, 21.0, 54.0)
"""Column widths in characters to begin with: the usual proportions of a landscape page."""

_WORDS = regex.compile(r"[^\s|]+")
_ITERATIONS = 4
_MIN_HEADER_ROLES = 4
_NEAR = 9
"""Paragraphs behind a cut name in which its rest is looked for."""

_NAME_PARAGRAPHS = 2
_NAME_WIDTH = 27
"""Paragraphs, and their width in characters, that may go on with the names of a row across columns."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a table region: its lines, its words, and what its line ends say about the column's width.

    `widest` is its longest line; `bound` the shortest line with the next line's first word behind it, which did not
    fit (None for a single line). `season` is the period of a label line, `inner_seasons` are labels inside lines that
    run across columns.
    """

    lines: tuple[Span, ...]
    text: str
    tokens: tuple[Token, ...]
    widest: int
    bound: int | None
    starts_page: bool
    season: str | None
    is_item: bool
    key: str
    inner_seasons: tuple[tuple[str, Span], ...] = ()

    @cached_property
    def words(self) -> frozenset[str]:
        """Which cells' typical words it holds: `measure`, `collection`."""
        return frozenset(hit.entry.id for hit in matcher("cell_words").find(self.tokens))

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
    widths, names = _learn(regions)
    decoded = [_decode(region, widths[index], names) for index, region in enumerate(regions)]
    known = _known_rows(regions, decoded)
    built = [_table(document, region, states, known) for region, states in zip(regions, decoded, strict=True)]
    cuts = [(region.start, region.end) for region in regions]
    blocks = [block for old in source.blocks for block in _outside(old, cuts)]
    blocks += [Block("paragraph", span.start, span.end, (span,)) for item in built for span in item.rest]
    return replace(
        source,
        blocks=tuple(sorted(blocks, key=lambda block: block.start)),
        tables=tuple(item.table for item in built),
    )


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
    rest: str = squeezed
    roles: set[str] = set()
    for term, role in _column_terms():
        if term in rest:
            roles.add(role)
            rest = rest.replace(term, "", 1)
    return roles, 1 - len(rest) / len(squeezed) if squeezed else 0.0


@cache
def _column_terms() -> tuple[tuple[str, str], ...]:
    names = [(role, role) for role in ROLES] + [("indicator", "measure"), ("source", "collection")]
    terms = [(squeeze(t.text), role) for name, role in names for t in load("table_columns").entry(name).terms]
    return tuple(sorted(terms, key=lambda item: -len(item[0])))


def _headers(document: AnalysedDocument, lines: Sequence[_Line]) -> list[tuple[int, int]]:
    """The stretches that head a project table: lines that together name most of its columns."""
    found: list[tuple[int, int]] = []
    texts = [document.clean(*line.span) for line in lines]
    named = [_roles_in(text) for text in texts]
    index = 0
    while index < len(lines):
        roles: set[str] = set()
        position, end, misses = index, index, 0
        while named[index][0] and position < len(lines) and position - index < 14:
            here, covered = named[position]
            if here and covered >= 0.6:
                roles |= here
                end = position
            elif len(texts[position]) > 30 or misses >= 2:
                break
            else:
                misses += 1
            position += 1
        if len(roles) >= _MIN_HEADER_ROLES:
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
    """Whether a line behind the last results heads what follows the tables: a baseline or an appendix."""
    text = document.clean(*line.span)
    if len(text) > 90 or text[-1] in ".,;:" or not any(ch.isupper() for ch in text[:3]):
        return False
    ids = {hit.entry.id for hit in matcher("layout_words").find(document.tokens_in(*line.span))}
    return bool(ids & {"baseline_evaluation", "appendix", "evaluation"})


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
        last = season or next((inner for inner, _ in capital_seasons(document.tokens_in(*line.span))), last)
    if group:
        yield _paragraph(document, group, page)


def _opens_row(document: AnalysedDocument, last: str | None, line: _Line) -> bool:
    """Whether a line across columns opens the next row: it holds a season that the lines above had or passed."""
    here = [season for season, _ in capital_seasons(document.tokens_in(*line.span))]
    return bool(here) and last is not None and _season_order(here[0]) <= _season_order(last)


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
        key=_skeleton(text),
        inner_seasons=tuple(capital_seasons(document.tokens_in(spans[0].start, spans[-1].end))),
    )


_SOFT = str.maketrans("", "", "aeiouydbt0169")
"""Letters that OCR takes for each other or loses; a name's other letters are its skeleton."""


def _skeleton(text: str) -> str:
    return squeeze(text).translate(_SOFT)


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


@dataclass(frozen=True)
class Names:
    """What a document's tables have in common, learned from it.

    `areas` and `projects` are skeletons of short paragraphs that recur from table to table, by what they were decoded
    as; `either` before the first decoding. `ends` is each column's share of paragraphs that end as sentences.
    """

    areas: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()
    ends: tuple[float, ...] = (0.02, 0.02, 0.5, 0.4, 0.3, 0.7)


def _closing_shares(regions: Sequence[Region], decoded: Sequence[Sequence[State]]) -> tuple[float, ...]:
    """For each column the share of its paragraphs that end as sentences; begun from START so that few count little."""
    shares = []
    for column in range(6):
        ends = [
            paragraph.ends_sentence
            for region, states in zip(regions, decoded, strict=True)
            for paragraph, state in zip(region.paragraphs, states, strict=True)
            if state.column == column and not paragraph.season and not state.wide
        ]
        shares.append((sum(ends) + 4 * Names().ends[column]) / (len(ends) + 4))
    return tuple(shares)


def _recurring(regions: Sequence[Region]) -> Counter[str]:
    """In how many tables a short paragraph stands just once."""
    counts: Counter[str] = Counter()
    for region in regions:
        inside = Counter(
            p.key for p in region.paragraphs if len(p.key) >= 4 and len(p.text) < 130 and not p.season and not p.is_item
        )
        counts.update(key for key, number in inside.items() if number == 1)
    return Counter({key: number for key, number in counts.items() if number > 1})


def _learn(regions: Sequence[Region]) -> tuple[list[tuple[float, ...]], Names]:
    """The column widths of every table and the recurring names, by decoding and measuring in turns."""
    widths: list[tuple[float, ...]] = [START_WIDTHS for _ in regions]
    recurring = _recurring(regions)
    names = Names(either=frozenset(recurring))
    for _ in range(_ITERATIONS):
        decoded = [_decode(region, widths[index], names) for index, region in enumerate(regions)]
        widths = [_measure(region, decoded[index], widths[index]) for index, region in enumerate(regions)]
        votes: dict[str, Counter[int]] = {key: Counter() for key in recurring}
        for region, states in zip(regions, decoded, strict=True):
            for paragraph, state in zip(region.paragraphs, states, strict=True):
                if paragraph.key in votes:
                    votes[paragraph.key][state.column] += 1
        leading = {key: vote.most_common(1)[0][0] for key, vote in votes.items() if vote}
        names = Names(
            areas=frozenset(key for key, column in leading.items() if column == AREA),
            projects=frozenset(key for key, column in leading.items() if column == PROJECT),
            ends=_closing_shares(regions, decoded),
        )
    return widths, names


def _measure(region: Region, states: Sequence[State], old: tuple[float, ...]) -> tuple[float, ...]:
    """Each column's width: a high quantile of its wrapped paragraphs' longest lines."""
    found = []
    for column in range(6):
        widest = sorted(
            p.widest
            for p, state in zip(region.paragraphs, states, strict=True)
            if state.column == column and p.bound is not None and not p.season and not _is_interleaved(p, old)
        )
        if len(widest) >= 3:
            found.append(0.5 * old[column] + 0.5 * widest[min(len(widest) - 1, len(widest) * 8 // 10)])
        elif widest:
            found.append(0.7 * old[column] + 0.3 * median(widest))
        else:
            found.append(old[column])
    return tuple(found)


def _is_interleaved(paragraph: Paragraph, widths: Sequence[float]) -> bool:
    """Whether a paragraph's lines run across columns: wider than the widest column, or with a rule read as |."""
    return paragraph.widest > 1.2 * widths[RESULTS] or (" | " in paragraph.text and len(paragraph.lines) > 1)


class State(NamedTuple):
    """A paragraph's column, how many season labels its row has had, whether a page broke inside the row, whether the
    paragraph opens a row, which cells of the row stop in mid-sentence (bits by column), and whether the paragraph runs
    across columns."""

    column: int
    seen: int
    broken: bool
    opens: bool
    unfinished: int
    wide: bool = False


_BEAM = 60
"""Hypotheses kept a paragraph."""


def _decode(region: Region, widths: Sequence[float], names: Names) -> list[State]:
    """The likeliest columns of a table's paragraphs (Viterbi with a beam)."""
    labels = {p.season for p in region.paragraphs if p.season}
    labels |= {season for p in region.paragraphs if _is_interleaved(p, widths) for season, _ in p.inner_seasons}
    seasons = sorted(labels, key=_season_order)
    order = {season: number + 1 for number, season in enumerate(seasons)}
    trail: list[dict[State, tuple[float, State | None]]] = []
    for paragraph in region.paragraphs:
        wide = _is_interleaved(paragraph, widths)
        emissions = [_emission(paragraph, column, widths, names) for column in range(6)]
        step: dict[State, tuple[float, State | None]] = {}
        sources: list[tuple[State | None, float]] = (
            [(held, cost) for held, (cost, _) in trail[-1].items()] if trail else [(None, 0.0)]
        )
        for source, cost in sources:
            moves = _moves_wide(source, paragraph, order) if wide else _moves(source, paragraph, order)
            for target, move in moves:
                total = cost + move + (0.0 if wide else emissions[target.column])
                bit = 1 << target.column
                open_end = target.unfinished & ~bit if paragraph.ends_sentence else target.unfinished | bit
                target = State(*target[:4], open_end, wide)
                if target not in step or total < step[target][0]:
                    step[target] = (total, source)
        kept = sorted(step, key=lambda state: step[state][0])[:_BEAM]
        trail.append({state: step[state] for state in kept})
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


def _moves_wide(source: State | None, paragraph: Paragraph, order: dict[str, int]) -> Iterator[tuple[State, float]]:
    """An interleaved paragraph opens a row, or goes on in one; behind it any column may follow."""
    seen = max((order[season] for season, _ in paragraph.inner_seasons), default=0)
    if source is None:
        yield State(PROJECT, seen, True, True, 0), 0.0
        return
    if not seen or seen > source.seen:
        column = max(source.column, PROJECT)
        goes_on = source.wide and seen > source.seen
        yield State(column, max(seen, source.seen), True, False, source.unfinished), 0.6 if goes_on else 1.5
    if source.seen:
        yield State(PROJECT, seen, True, True, 0), 1.0


def _moves(source: State | None, paragraph: Paragraph, order: dict[str, int]) -> Iterator[tuple[State, float]]:
    """The states that may follow a state, each with its cost."""
    if source is None:
        yield State(AREA, 0, False, True, 0), 0.0
        yield State(PROJECT, 0, False, True, 0), 2.0
        return
    label = order.get(paragraph.season) if paragraph.season else None
    broken = source.broken or paragraph.starts_page
    lower = 2.5 if paragraph.is_lower else 0.0
    if label is not None:
        if label > source.seen and source.column != AREA:
            skipped = 0.1 * max(0, RESULTS - source.column - 1)
            yield State(RESULTS, label, broken, False, source.unfinished), skipped
        return
    yield from _within_row(source, paragraph, broken, lower)
    if source.seen and source.column != AREA:
        late = 0.0 if source.column == RESULTS else (0.8 if source.broken else 6.0)
        for column in (AREA, PROJECT):
            yield State(column, 0, False, True, 0), 1.2 + lower + late


def _within_row(source: State, paragraph: Paragraph, broken: bool, lower: float) -> Iterator[tuple[State, float]]:
    for column in range(6):
        step = column - source.column
        if source.column == AREA and column not in (AREA, PROJECT):
            continue
        if column == RESULTS and not (source.seen and (source.column == RESULTS or broken)):
            continue
        goes_on = bool(source.unfinished >> column & 1)
        if step == 0 and not paragraph.starts_page:
            cost = (3.0, 2.5, 0.3, 0.4, 0.5, 0.1)[column] + (0.0 if goes_on else lower)
        elif step > 0:
            cost = 0.3 + 0.6 * (step - 1) + (0.0 if goes_on and broken else lower)
        elif paragraph.starts_page:
            cost = (0.4 if step == 0 else 0.6) + (0.0 if goes_on else lower)
            if column in (AREA, PROJECT):
                cost += 1.5
        else:
            continue
        yield State(column, source.seen, broken, False, source.unfinished), cost


def _emission(paragraph: Paragraph, column: int, widths: Sequence[float], names: Names) -> float:
    """How badly a paragraph fits a column."""
    if paragraph.season:
        return 0.0 if column == RESULTS else 50.0
    cost = _width_cost(paragraph, widths[column])
    text, key = paragraph.text, paragraph.key
    words = paragraph.words
    share = names.ends[column]
    cost -= 0.3 * math.log(share if paragraph.ends_sentence else 1 - share)
    if column in (AREA, PROJECT):
        cost += 1.5 * any(token.tense == "present" for token in paragraph.tokens)
        cost += 2.5 * paragraph.is_item + (2.0 if len(text) > (60, 140)[column] else 0.0)
        cost -= 1.5 * (key in names.either) + 2.5 * (key in (names.areas, names.projects)[column])
        cost += 2.0 * (key in (names.projects, names.areas)[column]) + 1.2 * ("collection" in words)
        return cost
    cost += 1.5 * (key in names.areas or key in names.projects or key in names.either)
    if column == MEASURE:
        cost -= 0.5 * ("measure" in words)
    if column == COLLECTION:
        cost += 0.5 * (len(text) > 160) - 0.8 * ("collection" in words)
    if column == GOALS:
        cost += 0.4 * bool(words)
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


def _table(document: AnalysedDocument, region: Region, states: Sequence[State], known: Sequence[_Known]) -> _Built:
    cells: dict[tuple[int, int], list[Span]] = {}
    rest: list[Span] = []
    row = -1
    spelled = _spelled_names(document, region, states, known)
    for index, (paragraph, state) in enumerate(zip(region.paragraphs, states, strict=True)):
        row += state.opens
        place = max(row, 0)
        names = spelled.get(index, _Split((), (), paragraph.lines))
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


@dataclass(frozen=True, slots=True)
class _Known:
    """A row's names as other tables spell them: skeletons of its area (empty where carried down) and its project."""

    area: str
    project: str


def _known_rows(regions: Sequence[Region], decoded: Sequence[Sequence[State]]) -> list[_Known]:
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
    return [_Known(*pair) for pair in sorted(pairs, key=lambda pair: (-len(pair[0] + pair[1]), pair))]


class _Split(NamedTuple):
    """Lines taken apart: what of them is the row's area, its project, and the rest."""

    area: tuple[Span, ...]
    project: tuple[Span, ...]
    rest: tuple[Span, ...]

    def within(self, lines: Sequence[Span]) -> _Split:
        """What of it stands in some of the lines."""
        return _Split(*(tuple(s for s in part if any(ln.start <= s.start < ln.end for ln in lines)) for part in self))


def _spelled_names(
    document: AnalysedDocument, region: Region, states: Sequence[State], known: Sequence[_Known]
) -> dict[int, _Split]:
    """Names that lines across columns hold or cut, read with the names that other tables spell out.

    Where lines run across columns, each begins with the next words of the area, then of the project; where a row shows
    only a name's beginning, its rest opens the lines of the next paragraphs. Gives a split by paragraph.
    """
    found: dict[int, _Split] = {}
    for index, (paragraph, state) in enumerate(zip(region.paragraphs, states, strict=True)):
        near = range(index + 1, min(index + _NEAR, len(states)))
        near_lines = [line for i in near if not states[i].opens for line in region.paragraphs[i].lines]
        split: _Split | None = None
        if state.wide and state.opens:
            lines = list(paragraph.lines)
            split = (
                _first_split(document, lines, known)
                or _first_split(document, lines + near_lines, known)
                or _guessed_split(
                    document, paragraph, [region.paragraphs[i] for i in near if not states[i].opens], known
                )
            )
        elif state.column == PROJECT and not state.wide and len(paragraph.key) >= 4:
            cut = [
                _Known("", names.project[len(paragraph.key) :])
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


def _first_split(document: AnalysedDocument, lines: Sequence[Span], known: Sequence[_Known]) -> _Split | None:
    """Lines split by the first names that fit all; the first line must begin with a name."""
    for names in known:
        split = _consume(document, lines, names)
        if split is not None and lines[0].start in {span.start for span in (*split.area[:1], *split.project[:1])}:
            return split
    return None


def _guessed_split(
    document: AnalysedDocument, paragraph: Paragraph, following: Sequence[Paragraph], known: Sequence[_Known]
) -> _Split | None:
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
    opening = _skeleton(Span(cells[0][0].start, cells[0][-1].end).of(document.text))
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
        while words and area and (key := _skeleton(words[0].of(document.text))) and area.startswith(key):
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
    return _Split(tuple(areas), tuple(project), tuple(trimmed))


def _words(document: AnalysedDocument, span: Span) -> list[Span]:
    return [Span(match.start(), match.end()) for match in _WORDS.finditer(document.text, *span)]


def _consume(document: AnalysedDocument, lines: Sequence[Span], names: _Known) -> _Split | None:
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
                skeleton = _skeleton(words[position].of(document.text))
                if not wanted[number].startswith(skeleton) or (not skeleton and position == first):
                    break
                wanted[number] = wanted[number][len(skeleton) :]
                position += 1
            if position > first:
                taken[number].append(Span(words[first].start, words[position - 1].end))
        if position < len(words):
            rest.append(Span(words[position].start, line.end))
    if wanted[1] or wanted[0] or len(names.project) < 4:
        return None
    return _Split(tuple(taken[0]), tuple(taken[1]), tuple(rest))
