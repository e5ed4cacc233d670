"""Which of six fixed columns of a linearised project table each paragraph belongs to: a small hidden Markov model.

It knows one kind of table: area, project, goals, indicators, sources, results, with seasons in capitals. On that kind
it still reads names better than `column_model`, which knows any columns (docs/architecture.md has the figures).

States are the columns (with how many seasons of the row have been seen); line widths, closing punctuation, repeated
names and typical words are the emissions; column order is the transition. Column widths are learned from the document
itself by iterating.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import NamedTuple

from extractors.document import Span, Token
from extractors.outline.labels import squeeze
from lexicons import needs

_CELL_WORDS = needs("cell_words", "measure", "collection")

ROLES = ("development_area", "project", "goal", "indicator", "source", "results")

AREA, PROJECT, GOALS, MEASURE, COLLECTION, RESULTS = range(6)

START_WIDTHS = (18.0, 24.0, 28.0, 38.0, 21.0, 54.0)
"""Column widths in characters to begin with: the usual proportions of a landscape page."""

_ITERATIONS = 4


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
        return frozenset(hit.entry.id for hit in _CELL_WORDS.find(self.tokens))

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


_SOFT = str.maketrans("", "", "aeiouydbt0169")
"""Letters that OCR takes for each other or loses; a name's other letters are its skeleton."""


def skeleton(text: str) -> str:
    return squeeze(text).translate(_SOFT)


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


def learn(regions: Sequence[Region]) -> tuple[list[tuple[float, ...]], Names]:
    """The column widths of every table and the recurring names, by decoding and measuring in turns."""
    widths: list[tuple[float, ...]] = [START_WIDTHS for _ in regions]
    recurring = _recurring(regions)
    names = Names(either=frozenset(recurring))
    for _ in range(_ITERATIONS):
        decoded = [decode(region, widths[index], names) for index, region in enumerate(regions)]
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


class NoReading(Exception):
    """No reading fits a region: its labels of seasons stand twice, or in no order."""


def decode(region: Region, widths: Sequence[float], names: Names) -> list[State]:
    """The likeliest columns of a table's paragraphs (Viterbi with a beam)."""
    labels = {p.season for p in region.paragraphs if p.season}
    labels |= {season for p in region.paragraphs if _is_interleaved(p, widths) for season, _ in p.inner_seasons}
    seasons = sorted(labels, key=season_order)
    order = {season: number + 1 for number, season in enumerate(seasons)}
    trail: list[dict[State, tuple[float, State | None]]] = []
    for paragraph in region.paragraphs:
        wide, ends = _is_interleaved(paragraph, widths), paragraph.ends_sentence
        emissions = [0.0 if wide else _emission(paragraph, column, widths, names) for column in range(6)]
        step: dict[State, tuple[float, State | None]] = {}
        sources: list[tuple[State | None, float]] = (
            [(held, cost) for held, (cost, _) in trail[-1].items()] if trail else [(None, 0.0)]
        )
        for source, cost in sources:
            moves = _moves_wide(source, paragraph, order) if wide else _moves(source, paragraph, order)
            for column, seen, broken, opens, move in moves:
                total = cost + move + emissions[column]
                before = 0 if opens or source is None else source.unfinished
                unfinished = before & ~(1 << column) if ends else before | 1 << column
                target = State(column, seen, broken, opens, unfinished, wide)
                held = step.get(target)
                if held is None or total < held[0]:
                    step[target] = (total, source)
        kept = sorted(step, key=lambda state: step[state][0])[:_BEAM]
        trail.append({state: step[state] for state in kept})
    if not trail:
        return []
    if not trail[-1]:
        raise NoReading
    state: State | None = min(trail[-1], key=lambda item: trail[-1][item][0])
    states: list[State] = []
    for step in reversed(trail):
        assert state is not None
        states.append(state)
        state = step[state][1]
    return states[::-1]


def season_order(season: str) -> tuple[str, int]:
    year, _, part = season.partition("-")
    return year, {"WI": 0, "SP": 1, "SU": 2, "FA": 3}.get(part, int(part) if part.isdigit() else 0)


_Move = tuple[int, int, bool, bool, float]
"""A step to the next paragraph: the first four fields of its state, and the cost."""


def _moves_wide(source: State | None, paragraph: Paragraph, order: dict[str, int]) -> Iterator[_Move]:
    """An interleaved paragraph opens a row, or goes on in one; behind it any column may follow."""
    seen = max((order[season] for season, _ in paragraph.inner_seasons), default=0)
    if source is None:
        yield PROJECT, seen, True, True, 0.0
        return
    if not seen or seen > source.seen:
        column = max(source.column, PROJECT)
        goes_on = source.wide and seen > source.seen
        yield column, max(seen, source.seen), True, False, 0.6 if goes_on else 1.5
    if source.seen:
        yield PROJECT, seen, True, True, 1.0


def _moves(source: State | None, paragraph: Paragraph, order: dict[str, int]) -> Iterator[_Move]:
    """The states that may follow a state, each with its cost."""
    if source is None:
        yield AREA, 0, False, True, 0.0
        yield PROJECT, 0, False, True, 2.0
        return
    label = order.get(paragraph.season) if paragraph.season else None
    broken = source.broken or paragraph.starts_page
    lower = 2.5 if paragraph.is_lower else 0.0
    if label is not None:
        if label > source.seen and source.column != AREA:
            skipped = 0.1 * max(0, RESULTS - source.column - 1)
            yield RESULTS, label, broken, False, skipped
        return
    yield from _within_row(source, paragraph, broken, lower)
    if source.seen and source.column != AREA:
        late = 0.0 if source.column == RESULTS else (0.8 if source.broken else 6.0)
        for column in (AREA, PROJECT):
            yield column, 0, False, True, 1.2 + lower + late


def _within_row(source: State, paragraph: Paragraph, broken: bool, lower: float) -> Iterator[_Move]:
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
        yield column, source.seen, broken, False, cost


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
