"""Lines of prose that tell a goal's readiness: "Valmiusaste: kevät 2021 20 %, syksy 2021 40 %".

The period may stand in the label ("Valmiusaste 5/21: 20 %"), in its place ("Kevät 2021: 20 %" below the label), behind
the reading or before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Block, Section, Span, once_a_document
from extractors.facts.dated import dates_of
from extractors.facts.scales import percent_figure
from extractors.outline.goal_lines import goal_lines
from extractors.outline.labels import is_readiness_label, is_time_label, period_days, readiness_value
from extractors.outline.numbering import numbering
from lexicons import needs

_BESIDE = needs("readiness", "beside")
_CONJUNCTION = needs("numbering", "conjunction")

_SHORT = regex.compile(r"\b\p{L}{1,3}\.?\s?[-–'’]?(?:20)?\d\d\b")
_DAY = regex.compile(r"\d{4}-\d\d-\d\d.*")


class ReadinessLine(NamedTuple):
    """A readiness that prose tells: the goal's code, the period, the words, where the block begins that tells it.

    `goal` is where the wording of a goal begins that has no code.
    """

    code: str | None
    period: str
    span: Span
    block: int
    goal: int | None = None


class _Dated(NamedTuple):
    """A period named in a stretch, and where."""

    period: str
    span: Span


@once_a_document
def readiness_lines(document: AnalysedDocument) -> tuple[ReadinessLine, ...]:
    """What the bodies of goals' sections say of their readiness, in text order."""
    return tuple(line for section in document.sections for line in _in_section(document, section))


def _in_section(document: AnalysedDocument, section: Section) -> Iterator[ReadinessLine]:
    codes = next((above.goal_codes for above in document.ancestors(section) if above.goal_codes), ())
    is_below = bool(codes) and is_readiness_label(document.tokens_in(*section.heading))
    goal: int | None = None
    for block in _blocks(document, section):
        if (line := _by_code(document, section, block)) is not None:
            yield line
            continue
        if block.start in goal_lines(document):
            goal = goal_lines(document)[block.start].start
        if not codes and goal is None:
            continue
        told = list(_in_block(document, block, is_below))
        is_below = (is_below and bool(told)) or is_readiness_label(document.tokens_in(block.start, block.end))
        for code in codes if goal is None else (None,):
            yield from (ReadinessLine(code, period, span, block.start, goal) for period, span in told)


def _blocks(document: AnalysedDocument, section: Section) -> Sequence[Block]:
    """The blocks of a section's own body."""
    first, end = (bisect_left(document.blocks, place, key=lambda block: block.start) for place in section.body)
    return document.blocks[first:end]


_CODED = regex.compile(r"(?P<code>(?:\p{Lu}{1,3}\s?)?\d{1,2}(?:\.\d{1,2})*|\p{Lu})\s*[:–-]\s*(?=\S)")


def _by_code(document: AnalysedDocument, section: Section, block: Block) -> ReadinessLine | None:
    """A line of a dated assessment that is a goal's code and its readiness: "OT1: 60 %"."""
    match = _CODED.match(document.text, block.start, block.end)
    code = regex.sub(r"\s", "", match["code"]) if match is not None else None
    if match is None or section.evaluation_date is None or code not in _goal_codes(document):
        return None
    figure = percent_figure().search(document.text, match.end(), block.end)
    if figure is None or document.text[match.end() : block.end].strip(" .;,") != figure.group().strip():
        return None
    return ReadinessLine(code, f"{section.evaluation_date:%Y-%m}", Span(*figure.span()), block.start)


@once_a_document
def _goal_codes(document: AnalysedDocument) -> frozenset[str]:
    """The codes of the goals that the document numbers."""
    found = numbering(document)
    return frozenset(found.members[start].enumerator.code for start, kind in found.kinds.items() if kind == "goal")


def _in_block(document: AnalysedDocument, block: Block, is_below: bool) -> Iterator[tuple[str, Span]]:
    """The readings of a line with a label, each with its period; `is_below`: the label stands above, the line opens
    with its period."""
    tokens = document.tokens_in(block.start, block.end)
    start = readiness_value(tokens)
    if start is None and is_below:
        colon = next((index for index, token in enumerate(tokens[:-1]) if token.text == ":"), None)
        start = tokens[colon + 1].start if colon is not None and is_time_label(tokens[:colon]) else None
    if start is not None:
        above = _period_in(document, Span(block.start, start))
        yield from _told(document, Span(start, block.end), above)


@cache
def _parts() -> regex.Pattern[str]:
    """Where the parts of a line begin that may each tell a period: "Kevät 2021: 20 %, syksy 2021: 40 % ja ..."."""
    return regex.compile(rf",(?!\d)|;|\.\s|\s(?={_CONJUNCTION.pattern}\s)")


def _told(document: AnalysedDocument, line: Span, above: _Dated | None) -> Iterator[tuple[str, Span]]:
    """A line's readings, each with the period that stands in its part of the sentence, else in the part beside it.

    `above` is the period that the label names.
    """
    waiting = above.period if above is not None else None
    read: Span | None = None
    position = line.start
    line = Span(line.start, _end_of_readings(document, line))
    cuts = [match.start() for match in _parts().finditer(document.text, line.start, line.end)]
    for cut in [*cuts, line.end]:
        part, position = Span(position, cut), cut
        dated = _period_in(document, part)
        span = _reading_in(document, part, dated.span if dated is not None else Span(part.start, part.start))
        period = dated.period if dated is not None else None
        if period is None and span is not None:
            period, waiting, read = waiting, None, read or span
        elif span is None and period is not None:
            span, read = read, None
            waiting = period if span is None else None
        if period is not None and span is not None:
            yield period, span
            read = None


_NEXT_SENTENCE = regex.compile(r"(?<=[\p{Ll}%)])\.\s+(?=\p{Lu})")


def _end_of_readings(document: AnalysedDocument, line: Span) -> int:
    """Where a line's readings end: before the first sentence behind them that gives no percentage."""
    for match in _NEXT_SENTENCE.finditer(document.text, *line):
        if percent_figure().search(document.text, match.end(), line.end) is None:
            return match.start() + 1
    return line.end


def _period_in(document: AnalysedDocument, part: Span) -> _Dated | None:
    """The first period that a stretch names: a month, a season or longer, no day."""
    for record in dates_of(document):
        if part.start <= record.char_start < part.end and record.start_date and not _DAY.fullmatch(record.value):
            return _Dated(record.value, Span(record.char_start, record.char_end))
    for match in _SHORT.finditer(document.text, *part):
        found = period_days(match.group())
        if found is not None:
            return _Dated(found[0], Span(*match.span()))
    return None


def _reading_in(document: AnalysedDocument, part: Span, dated: Span) -> Span | None:
    """What of a part is the readiness: its percentage, else its words without the period and words beside it."""
    figure = percent_figure().search(document.text, *part)
    if figure is not None:
        return Span(*figure.span())
    pieces = [Span(part.start, dated.start), Span(dated.end, part.end)]
    best = max(pieces, key=lambda piece: sum(map(str.isalnum, piece.of(document.text))))
    start, end = best.start, best.end
    while start < end and not document.text[start].isalnum():
        start += 1
    while end > start and not (document.text[end - 1].isalnum() or document.text[end - 1] in "%)"):
        end -= 1
    words = regex.split(r"\s+", document.text[start:end])
    while words and words[0].lower() in _beside():
        start += len(words[0])
        start += len(document.text[start:end]) - len(document.text[start:end].lstrip())
        words = words[1:]
    return Span(start, end) if any(map(str.isalnum, document.text[start:end])) else None


@cache
def _beside() -> frozenset[str]:
    return frozenset(_BESIDE.texts)
