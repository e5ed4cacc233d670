"""uncovered: what looks like a fact and is none, so that an analyst sees at once what was not extracted.

Every run of digits, every percent sign and every month or season that no record of dates, percentages, quantities,
indicators or goal_status covers, with the reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import regex

from extractors.document import AnalysedDocument, Span, Token
from extractors.facts.dated import dates_of
from extractors.facts.identifiers import identifier_at
from extractors.goal_status import extract as goal_status
from extractors.grammar.senses import sense_of
from extractors.ids import place
from extractors.indicators import extract as indicators
from extractors.percentages import percentages_of
from extractors.quantities import quantities_of
from extractors.records import UncoveredRecord

_DIGITS = regex.compile(r"\p{Nd}+")
_TIME_WORDS = frozenset(("month", "season", "months"))


def extract(document: AnalysedDocument) -> Iterator[UncoveredRecord]:
    """What no fact covers, in text order."""
    covered = _covered(document)
    starts = [start for start, _ in covered]
    for token in document.tokens:
        for start, end, kind in _candidates(token):
            index = bisect_right(starts, start) - 1
            if index >= 0 and start < covered[index][1]:
                continue
            yield UncoveredRecord(
                **place(document, Span(start, end)),
                kind=kind,
                reason=_reason(document, token, start, end, kind),
            )


def _covered(document: AnalysedDocument) -> list[tuple[int, int]]:
    """The stretches that facts cover, merged, in order."""
    facts = (
        dates_of(document),
        percentages_of(document),
        quantities_of(document),
        indicators(document),
        goal_status(document),
    )
    spans = sorted((fact.char_start, fact.char_end) for table in facts for fact in table)
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _candidates(token: Token) -> Iterator[tuple[int, int, str]]:
    """The digit runs of a token, the percent sign that it is, or the month or season."""
    if token.text == "%":
        yield token.start, token.end, "percent_sign"
    elif token.text.isalpha():
        if sense_of(token).kind in _TIME_WORDS:
            yield token.start, token.end, "time_word"
    elif token.end - token.start == len(token.text):
        for match in _DIGITS.finditer(token.text):
            yield token.start + match.start(), token.start + match.end(), "digits"
    elif any(ch.isdecimal() for ch in token.text):
        yield token.start, token.end, "digits"  # a repaired token: its letters do not stand where the source's do


def _reason(document: AnalysedDocument, token: Token, start: int, end: int, kind: str) -> str:
    if found := identifier_at(document, start, end):
        return found
    if kind == "percent_sign":
        return "bare_percent_sign"
    if kind == "time_word":
        return "names_time"
    if _stands_alone(document.text, start, end):
        return "page_number"
    following = document.text[end : end + 2]
    return "ordinal" if following[:1] == "." and following[1:].isspace() else "unknown"


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether digits are all that a line holds."""
    behind = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : behind if behind >= 0 else len(text)]
    return line.strip() == text[start:end] and end - start < 5
