"""What a figure in prose is about: the words of its clause that name it, as one could quote them.

The figure itself, its comparator, other figures of its unit and a date in brackets behind it are left out, and so is
what only joins the clause to another or the figure to its subject: "ja", "oli".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extractors.document import AnalysedDocument, Span, Token
from extractors.grammar.numbers import Amount
from extractors.readings import Reading
from lexicons import needs

_COPULA = needs("tense_words", "auxiliary")

CLAUSE = 500
"""Characters on either side of a figure in which its clause is looked for."""

VERBS = 12
"""Words on either side of a conjunction among which a verb makes it part two clauses."""

SHORT_LINE = 0.6
"""A line this much shorter than its paragraph's longest that ends without a mark ends what it says."""

CASE_ENDING = regex.compile(r":\p{Ll}+")

NEAR = 6
"""Figures on either side of one that are left out of its words."""

_EDGES = " \t\n()[]•·*▪–-:;.,/"

_CUTS = frozenset((",", ";"))


def told_in(document: AnalysedDocument, reading: Reading, figure: Span) -> Span | None:
    """The sentence of a figure; in a wrapped paragraph without the short lines above and below it, which are no part.

    "Hyväksytty 1.9.2016" above "Tavoite on 72 prosenttia …" says something of its own.
    """
    sentence = document.sentence_at(figure.start)
    if sentence is None or reading.unit.block is None:
        return sentence
    start, end = sentence.start, sentence.end
    lines = [line for line in reading.unit.block.lines if line.start < end and line.end > start]
    longest = max((line.end - line.start for line in reading.unit.block.lines), default=0)
    for line, following in pairwise(lines):
        text = line.of(document.text).rstrip()
        ends = line.end - line.start < SHORT_LINE * longest and text[-1:].isalnum()
        if not ends or not document.text[following.start : following.end].lstrip()[:1].isupper():
            continue
        if following.start <= figure.start:
            start = max(start, following.start)
        elif line.end >= figure.end:
            end = min(end, line.end)
    return Span(start, end)


def about(document: AnalysedDocument, reading: Reading, figure: Span, start: int, sentence: Span) -> str | None:
    """What a figure measures; `start` is where its comparator begins. None where its clause says nothing else."""
    opening = max(sentence.start, reading.unit.spans[0].start if reading.unit.block is not None else 0, start - CLAUSE)
    ending = CASE_ENDING.match(document.text, figure.end)
    behind = ending.end() if ending else figure.end
    before = list(document.tokens_in(min(opening, start), start))
    after = list(document.tokens_in(behind, min(sentence.end, behind + CLAUSE)))
    others = list(_others(document, reading, figure))
    first = max((i + 1 for i in range(len(before)) if _parts(before, i, after, others)), default=0)
    last = next((i for i in range(len(after)) if _parts(after, i, before, others)), len(after))
    before, after = _unbracketed(before[first:], after[:last])
    holes = _touching(document, Span(start, behind), others)
    words = [_without(document, _trimmed(before, any(token.is_word for token in after)), holes)]
    words.append(_without(document, after, holes))
    text = " ".join(word for word in words if word)
    return text if any(map(str.isalpha, text)) else None


def _parts(tokens: Sequence[Token], index: int, others: Sequence[Token], figures: Sequence[Span]) -> bool:
    """Whether a token ends the clause: a comma, a semicolon, "ja" between verbs or before the next figure."""
    token = tokens[index]
    if token.text in _CUTS:
        return True
    if token.pos != "CCONJ":
        return False
    left, right = tokens[max(0, index - VERBS) : index], tokens[index + 1 : index + VERBS]
    is_before = bool(others) and others[0].start > token.start
    beyond = (tokens[0].start, token.start) if is_before else (token.end, tokens[-1].end)
    if any(beyond[0] <= figure.start < beyond[1] for figure in figures):
        return True
    sides = (left, [*right, *others]) if is_before else ([*others, *left], right)
    return all(any(word.tense for word in side) for side in sides)


def _unbracketed(before: list[Token], after: list[Token]) -> tuple[list[Token], list[Token]]:
    """The words around a figure without brackets that close on its other side.

    Of a figure in brackets what else stands in them names it ("(valmiusaste 60 %)"), else what stands before. A date in
    brackets right behind it is left out.
    """
    opened = _open_bracket(before)
    if opened is not None:
        inside = [token for token in before[opened + 1 :] if token.is_word]
        closed = next((i for i, token in enumerate(after) if token.text == ")"), len(after))
        if inside or any(token.is_word for token in after[:closed]):
            return before[opened + 1 :], after[:closed]
        return before[:opened], after[closed + 1 :]
    if after and after[0].text == "(":
        shut = next((i for i, token in enumerate(after) if token.text == ")"), len(after))
        if not any(token.is_word for token in after[1:shut]):
            after = after[shut + 1 :]
    ends = (i for i, token in enumerate(after) if token.text == ")" and _open_bracket(after[:i]) is None)
    return before, after[: next(ends, len(after))]


def _open_bracket(tokens: Sequence[Token]) -> int | None:
    """The index of the last bracket that opens and does not close."""
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.text == "(":
            opened.append(index)
        elif token.text == ")" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _others(document: AnalysedDocument, reading: Reading, figure: Span) -> Iterator[Span]:
    """The other figures near one that are percentages as it is, or none as it is none, with their case endings."""
    index = bisect_left(reading.amounts, figure.start, key=lambda one: reading.lexemes[one.first].start)
    near = reading.amounts[max(0, index - NEAR) : index + NEAR]
    own = next((one for one in near if reading.lexemes[one.last].end == figure.end), None)
    for one in near:
        if own is None or one is own or _is_percent(one) != _is_percent(own):
            continue
        end = reading.lexemes[one.last].end
        ending = CASE_ENDING.match(document.text, end)
        yield Span(reading.lexemes[one.first].start, ending.end() if ending else end)


def _is_percent(amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.group == "percent"


def _touching(document: AnalysedDocument, figure: Span, others: Sequence[Span]) -> list[Span]:
    """A figure and those that follow it, or that it follows, with nothing between: nousi 10 %:sta 20 %:iin."""
    found = [figure]
    for side in (others, list(reversed(others))):
        for other in side:
            first, last = min(found), max(found)
            low, high = (last.end, other.start) if other.start >= last.end else (other.end, first.start)
            if low <= high and not document.text[low:high].strip():
                found.append(other)
    return found


def _trimmed(before: list[Token], goes_on: bool) -> list[Token]:
    """The words before a figure without what only joins: "ja" at the beginning; "oli" at the end, where none follow."""
    while before and (before[0].pos == "CCONJ" or not before[0].is_word):
        before = before[1:]
    while before and not goes_on and (_is_copula(before[-1]) or before[-1].pos == "CCONJ"):
        before = before[:-1]
    return before


def _is_copula(token: Token) -> bool:
    """on, oli; not olevan"""
    return token.tense is not None and _COPULA.stand_in((token,))


def _without(document: AnalysedDocument, tokens: Sequence[Token], holes: Sequence[Span]) -> str:
    """The wording of some tokens but for those in the holes."""
    pieces: list[str] = []
    start = end = -1
    for token in tokens:
        if any(hole.start <= token.start < hole.end for hole in holes):
            if start >= 0:
                pieces.append(document.clean(start, end))
            start = -1
            continue
        start, end = (token.start if start < 0 else start), token.end
    if start >= 0:
        pieces.append(document.clean(start, end))
    return " ".join(text for piece in pieces if (text := piece.strip(_EDGES)))
