"""Lines and cells that are labels: what a short text says when it stands alone (a state, a season, a column)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex

from extractors.document import AnalysedDocument, Span, Token
from extractors.grammar.calendar import Days, Point, interval, value
from extractors.readings import points_in
from lexicons import Entry, Words, needs

_STATES = needs("statuses", groups=["label"])
_FILLERS = needs("statuses", groups=["filler"])
_STATE_WORDS = needs("state_words")
_QUESTION = needs("state_words", "question")
_ROUND = needs("reporting", "reporting_round")
_TIME_WORDS = needs("time_words")
_PERIODS = needs("period_labels")
_READINESS = needs("readiness", "label")

CLOSING = ".!?;:"
"""Signs that end a sentence, or what leads into a list."""

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


def state_label(tokens: Sequence[Token]) -> str | None:
    """The state (`done`, `in_progress`, ...) that a short line of words names, as a heading over measures does.

    Every word must belong to the label: "Ei vielä aloitettu" is one, "Ennen aloitettu pilotti" is not.
    """
    words = [token for token in tokens if token.is_word]
    if not words or len(words) > 6 or any(token.pos == "NUM" for token in tokens) or _QUESTION.stand_in(words[:1]):
        return None
    fillers = {index for hit in _FILLERS.find(words) for index in range(hit.first, hit.last + 1)}
    content = [token for index, token in enumerate(words) if index not in fillers]
    hits = sorted(_STATES.find(content), key=lambda hit: hit.first - hit.last)
    covered = {index for hit in hits for index in range(hit.first, hit.last + 1)}
    covered |= {index for index, token in enumerate(content) if token.pos in ("CCONJ", "ADV", "PRON")}
    return str(hits[0].entry.value) if hits and len(covered) == len(content) else None


def is_only_state(tokens: Sequence[Token]) -> bool:
    """Whether a short line holds nothing but words of states and what goes with them: "Toteutuksessa olevat".

    A noun in the nominative names a matter and no state: "Suunnittelu ja kokeilu".
    """
    words = [token for token in tokens if token.is_word]
    hits = [*_STATE_WORDS.find(words), *_FILLERS.find(words)]
    covered = {index for hit in hits for index in range(hit.first, hit.last + 1)}
    covered |= {index for index, token in enumerate(words) if token.pos in ("CCONJ", "AUX")}
    is_matter = any(token.pos == "NOUN" and token.case == "Nom" for token in words)
    return bool(words) and not is_matter and len(words) == len(tokens) == len(covered)


_NEGATED = {
    "finished": "not_started",
    "going_on": "not_started",
    "continuing": "not_pursued",
    "pursued": "not_pursued",
    "to_begin": "in_progress",
    "dropped": "not_pursued",
}
"""What a state's words say behind a negation: nothing is finished, begun; what is "ei edistetä" is dropped."""

_ORDER = ("dropped", "to_begin", "going_on", "continuing", "finished", "pursued")
"""Which class of words decides where a short text holds several: "aloittamatta" before "työ"."""


def state_of(tokens: Sequence[Token]) -> str | None:
    """The state that a short text names in whatever words: "Saatiin valmiiksi", "Ei ehditty aloittaa"; None where its
    words do not tell."""
    words = [token for token in tokens if token.is_word]
    hits = [] if _QUESTION.stand_in(words[:1]) else list(_STATE_WORDS.find(words))
    negations = [hit.first for hit in hits if hit.entry.id == "negation"]
    for name in _ORDER:
        for hit in hits:
            if hit.entry.id != name:
                continue
            if any(first < hit.first for first in negations):
                return _NEGATED[name]
            if name != "pursued":
                return str(hit.entry.value)
    return None


def only_state(tokens: Sequence[Token]) -> str | None:
    """The state that a short text names where it holds nothing else: a label's, or any words' for it."""
    return state_label(tokens) or (state_of(tokens) if is_only_state(tokens) else None)


def capital_seasons(document: AnalysedDocument, span: Span) -> Iterator[tuple[str, Span]]:
    """Season labels in capitals anywhere in a stretch ("KEVÄT 2021"), each with its period."""
    for expression in points_in(document, *span):
        words = [token.text for token in document.tokens_in(*expression.span) if token.is_word]
        if expression.begin.grain == "season" and expression.begin.year and words and all(map(str.isupper, words)):
            yield value(expression.begin), expression.span


_SIGN_BEHIND = regex.compile(r"\s*(?::|[–—-](?=\s))")


def signed_periods(document: AnalysedDocument, span: Span) -> Iterator[tuple[str, Span]]:
    """Labels of periods that open a result in a stretch, each with its period: "Syksy -21: Tiimi aloitti"."""
    for expression in points_in(document, *span):
        opens = document.text[expression.span.start].isupper()
        point = expression.begin
        is_label = opens and expression.end is None and point.year and point.grain in PERIODS
        if is_label and _SIGN_BEHIND.match(document.text, expression.span.end, span.end):
            yield value(point), expression.span


LABEL = 40
"""Code points of a line that may be nothing but a period's label."""


def period_label(document: AnalysedDocument, span: Span) -> str | None:
    """The reporting period that a line names when it holds nothing else: "KEVÄT 2021", "11/2021"."""
    if span.end - span.start > LABEL or not is_time_label(document.tokens_in(*span)):
        return None
    found = points_in(document, *span)
    if len(found) != 1 or found[0].begin.year is None or found[0].begin.grain not in PERIODS:
        return None
    return value(found[0].begin)


PERIODS = ("season", "month", "half", "year")


@cache
def _short_period() -> tuple[regex.Pattern[str], dict[str, str]]:
    seasons = {term.text.lower(): str(entry.value) for entry in _PERIODS.entries for term in entry.terms}
    names = "|".join(sorted(map(regex.escape, seasons), key=len, reverse=True))
    return regex.compile(rf"(?P<season>{names})\.?[\s/]?[-–'’]?(?:20)?(?P<year>\d\d)", regex.IGNORECASE), seasons


def period_days(text: str) -> tuple[str, Days | None] | None:
    """The period of a label in a short form that prose does not use, and its days: "K21" → 2021-SP."""
    pattern, seasons = _short_period()
    match = pattern.fullmatch(text.strip())
    if match is None:
        return None
    point = Point("season", 2000 + int(match["year"]), season=seasons[match["season"].lower()])
    return value(point), interval(point)


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


MAX_READINESS = 4
"""Words of a label of readiness, its period apart."""


def is_readiness_label(tokens: Sequence[Token]) -> bool:
    """Whether words are a label of readiness, perhaps with its period: "Tavoitteen tila", "Valmiusaste 5/21"."""
    content = [token for token in tokens if token.is_word]
    beyond = _beyond_time(content)
    words = [token for index, token in enumerate(content) if index in beyond and period_days(token.text) is None]
    named = list(_READINESS.find(words))
    return bool(named) and len(words) <= MAX_READINESS and named[-1].last == len(words) - 1


def readiness_value(tokens: Sequence[Token]) -> int | None:
    """Where the readiness begins that a labelled line tells: behind "Valmiusaste 5/21:", behind "5/21: valmiusaste"."""
    colon = next((index for index, token in enumerate(tokens) if token.text == ":"), None)
    if colon is None or colon + 1 >= len(tokens):
        return None
    if is_readiness_label(tokens[:colon]):
        return tokens[colon + 1].start
    opening = list(_READINESS.find(tokens[colon + 1 : colon + 3]))
    if not opening or not is_time_label(tokens[:colon]) or colon + opening[-1].last + 2 >= len(tokens):
        return None
    return tokens[colon + opening[-1].last + 2].start


_OF_CLAUSES = frozenset({"since", "during", "to_hour", "budget"})
"""Groups of words that stand behind a time in a sentence: "puoliväliin mennessä" is no label."""


def _beyond_time(content: Sequence[Token]) -> set[int]:
    """The indexes of words that are neither numbers nor words of time."""
    hits = {hit.first for hit in _TIME_WORDS.find(content) if hit.entry.group not in _OF_CLAUSES}
    return {
        index
        for index, token in enumerate(content)
        if index not in hits and token.pos != "NUM" and not _is_numbered_time(token.text)
    }


@lru_cache(KEPT)
def _is_numbered_time(text: str) -> bool:
    """Whether a word is a time's mark with its number: Q2, H1."""
    mark = text.rstrip("1234")
    return mark != text and bool(mark) and bool(_TIME_WORDS.of_word(mark))
