"""Numbers of process goals: `1.1`, `PT 1.1`, `1.1.`; where they stand in a text and what they number."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from lexicons import needs

_PREFIX = needs("goal_words", "code_prefix")
_AND = needs("time_words", groups=["and"])


class NumberedText(NamedTuple):
    """A goal's number and the stretch of its wording, offsets into the text that was searched."""

    code: str
    start: int
    end: int


@cache
def _leading_code() -> regex.Pattern[str]:
    """A goal number that opens a wording: at a text's or a line's start, or behind a conjunction between two goals."""
    return regex.compile(
        rf"(?P<open>^|\n|(?<=[.!?\s]){_AND.pattern}\s+|[.;,]\s+(?={_PREFIX.pattern}))\s*"
        rf"(?:{_PREFIX.pattern}\s*:?\s*)?(?P<code>\d{{1,2}}\.\d{{1,2}})(?!\.?\d)[.:)]?(?=\s+[\p{{L}}\"”«(])",
        regex.IGNORECASE | regex.MULTILINE,
    )


def numbered_texts(text: str) -> list[NumberedText]:
    """The numbered goals that a heading or a cell names: none, one, or several when it holds several.

    The first number must open the text. A wording ends before the conjunction that leads to the next goal.
    """
    matches = list(_leading_code().finditer(text))
    if (
        not matches
        or text[: matches[0].start("code")].strip() != text[matches[0].start() : matches[0].start("code")].strip()
    ):
        return []
    found = []
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        end = following.start() if following else len(text)
        start = match.end()
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        found.append(NumberedText(match["code"], start, end))
    return found
