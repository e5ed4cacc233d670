"""Lines and cells that are labels: what a short text says when it stands alone (a state, a season, a column)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex

from extractors.document import Span, Token
from extractors.grammar.calendar import value
from extractors.grammar.ranges import scan
from lexicons import Entry, Words, needs

_STATES = needs("statuses", groups=["label", "filler"])
_ROUND = needs("reporting", "reporting_round")
_TIME_WORDS = needs("time_words")

KEPT = 10_000
"""Short texts of which is kept what label they are, in each way of looking: those of some hundred documents."""

_LOST = str.maketrans("äöåéáóü&@", "aoaeaouaa")

_NOT_LETTERS = regex.compile(r"[^a-z0-9%]+")


def squeeze(text: str) -> str:
    """Letters and digits only, lower case, dots lost: equal for a clean and a degraded spelling of the same label."""
    return _NOT_LETTERS.sub("", text.lower().translate(_LOST))


@cache
def _squeezed(words: Words) -> tuple[tuple[str, Entry], ...]:
    """Every wording with its entry, longest first."""
    terms = [(squeeze(term.text), entry) for entry in words.entries for term in entry.terms]
    return tuple(sorted(terms, key=lambda item: -len(item[0])))


@lru_cache(KEPT)
def exact_label(words: Words, text: str) -> Entry | None:
    """The entry of a `match: text` lexicon whose term is just this text, letter case, spacing and lost dots apart."""
    wanted = squeeze(text)
    return next((entry for term, entry in _squeezed(words) if term == wanted), None) if wanted else None


@lru_cache(KEPT)
def leading_label(words: Words, text: str) -> Entry | None:
    """The entry of a `match: text` lexicon with whose longest term the text begins."""
    wanted = squeeze(text)
    return next((entry for term, entry in _squeezed(words) if wanted.startswith(term)), None)


@lru_cache(KEPT)
def inner_label(words: Words, text: str) -> Entry | None:
    """The entry of a `match: text` lexicon whose longest term of six letters or more stands anywhere in the text."""
    wanted = squeeze(text)
    return next((entry for term, entry in _squeezed(words) if len(term) >= 6 and term in wanted), None)


def state_label(tokens: Sequence[Token]) -> str | None:
    """The state (`done`, `in_progress`, ...) that a short line of words names, as a heading over measures does.

    Every word must belong to the label: "Ei tällä hetkellä edistetä" is one, "Ennen aloitettu pilotti" is not.
    """
    words = [token for token in tokens if token.is_word]
    if not words or len(words) > 6 or any(token.pos == "NUM" for token in tokens):
        return None
    best: tuple[int, str] | None = None
    covered: set[int] = set()
    for hit in _STATES.find(words):
        covered.update(range(hit.first, hit.last + 1))
        if hit.entry.group != "label":
            continue
        length = hit.last - hit.first + 1
        if best is None or length > best[0]:
            best = (length, str(hit.entry.value))
    fillers = {index for index, token in enumerate(words) if token.pos in ("CCONJ", "ADV", "PRON")}
    return best[1] if best and covered | fillers == set(range(len(words))) else None


def capital_seasons(tokens: Sequence[Token]) -> Iterator[tuple[str, Span]]:
    """Season labels in capitals anywhere in a text ("KEVÄT 2021"), each with its period."""
    for expression in scan(tokens):
        words = [t.text for t in tokens if t.is_word and expression.span.start <= t.start < expression.span.end]
        if expression.begin.grain == "season" and expression.begin.year and words and all(map(str.isupper, words)):
            yield value(expression.begin), expression.span


def is_time_label(tokens: Sequence[Token]) -> bool:
    """Whether a text holds nothing but words and numbers of time ("KEVÄT 2021", "15.11.2021")."""
    content = [token for token in tokens if token.is_word or token.pos == "NUM"]
    return bool(content) and not _beyond_time(content)


def is_period_label(tokens: Sequence[Token]) -> bool:
    """Whether a column's heading names its reporting period: time, and words for a reporting round.

    "2. arviointi (11/21)" is one.
    """
    content = [token for token in tokens if token.is_word or token.pos == "NUM"]
    rounds = {index for hit in _ROUND.find(content) for index in range(hit.first, hit.last + 1)}
    return bool(content) and _beyond_time(content) <= rounds


def _beyond_time(content: Sequence[Token]) -> set[int]:
    """The indexes of words that are neither numbers nor words of time."""
    hits = {hit.first for hit in _TIME_WORDS.find(content)}
    return {index for index, token in enumerate(content) if index not in hits and token.pos != "NUM"}
