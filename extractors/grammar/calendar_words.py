"""What words of the calendar stand for: toukokuu, alkuvuosi, elo-syyskuu, perjantai-ilta; a compound by its parts."""

from __future__ import annotations

from functools import cache

from extractors.grammar.known import Claim, Known
from extractors.grammar.lexemes import LemmaToken
from extractors.grammar.terms import SHORTEST_HIDDEN, find, month_stems, plain, terms
from lexicons import Entry, Words, needs

_PARTS = needs("time_words", groups=["part"])
_DAY_PARTS = needs("time_words", groups=["day_part"])


def as_calendar(known: Known) -> Claim | None:
    """toukokuu, alkuvuosi, elo-syyskuu, perjantai-ilta; a compound by its parts"""
    if known.number:
        return None
    token, lemma = known.token, known.lemma
    keys = (lemma, token.text, token.text.lower())
    entry = find("time_words", token, keys) or _other_reading(token)
    if entry is not None:
        return _calendar_word(entry, token)
    if months := _two_months(lemma):
        return Claim("months", months)
    if seasons := _two_seasons(lemma):
        return Claim("seasons", seasons)
    if _two_weekdays(token.text.lower()):
        return Claim("weekdays")
    if with_part := _with_part_inside(token):
        mod, entry = with_part
        return Claim(str(entry.group), plain(entry.value), mod)
    if day_time := _with_day_inside(lemma):
        return Claim("day_time", day_time)
    return None


_HIDDEN = frozenset(
    (
        "part",
        "year",
        "and",
        "season",
        "weekday",
        "day_part",
        "relative",
        "told",
        "week",
        "day",
        "holiday",
        "turn",
        "month_noun",
    )
)
"""Groups of the calendar whose words are found by any reading: their forms often have another (alusta, talven)."""


def _other_reading(token: LemmaToken) -> Entry | None:
    """The entry of another of the word's base forms, of the groups whose forms often have one."""
    if token.pos in ("CCONJ", "SCONJ", "NUM"):
        return None
    return find("time_words", token, (key for key in sorted(token.lemmas) if _is_hidden_term(key)))


def _is_hidden_term(key: str) -> bool:
    entry = terms("time_words").get(key)
    return entry is not None and entry.group in _HIDDEN and len(key) >= SHORTEST_HIDDEN


def _calendar_word(entry: Entry, token: LemmaToken) -> Claim | None:
    """A word of the calendar. Month stems (heinä) count only before a dash; parts are no verbs, told words no adverbs.

    aiemmin viikolla → XXXX-WXX shift=0
    samalla viikko päättyi → nothing
    """
    if entry.group in ("week_mark", "budget"):
        return None  # only beside their number, which the lexer sees
    if entry.group == "part" and token.text.endswith("-"):
        return Claim("part_stem", plain(entry.value))
    if (entry.group == "part" and token.pos == "VERB") or (entry.group == "told" and token.case is None):
        return None
    is_month = entry.group in ("month", "month_prefix", "month_short")
    is_stem = is_month and (entry.group == "month_prefix" or token.text.endswith("-"))
    return Claim("month_stem" if is_stem else "month" if is_month else str(entry.group), plain(entry.value))


def _two_months(lemma: str) -> str | None:
    """The months from one to another in one word, as numbers around a dash.

    heinä-elokuussa → XXXX-07/XXXX-08
    """
    head, dash, tail = lemma.rpartition("-")
    last = terms("time_words").get(tail)
    if not dash or last is None or last.group not in ("month", "month_prefix"):
        return None
    named = terms("time_words").get(head)
    first = month_stems().get(head) or (named.value if named is not None and named.group == "month" else None)
    return f"{first}-{last.value}" if first is not None else None


def _two_weekdays(text: str) -> bool:
    """Whether a word is two abbreviated weekdays around a dash: ma-pe."""
    head, dash, tail = text.partition("-")
    both = [terms("time_words").get(part) for part in (head, tail)] if dash else []
    return bool(both) and all(entry is not None and entry.group == "weekday_short" for entry in both)


def _two_seasons(lemma: str) -> str | None:
    """The seasons from one to another in one word, around a dash.

    kevät-syksy 2022 → 2022-SP/2022-FA
    """
    head, dash, tail = lemma.rpartition("-")
    both = [terms("time_words").get(part) for part in (head, tail)] if dash else []
    named = [str(entry.value) for entry in both if entry is not None and entry.group == "season"]
    return "-".join(named) if len(named) == 2 else None


_TAILS = frozenset(("month", "season", "year", "week", "weekend", "day_part", "month_noun", "holiday"))
"""Groups of the calendar whose words may have a part inside: alkuvuosi, loppukesä."""


def _with_part_inside(token: LemmaToken) -> tuple[str, Entry] | None:
    """The part and the time word of a compound by any reading; of alkuvuoteen START and vuosi."""
    openings = tuple(text for text, _ in _terms_of(_PARTS))
    for lemma in sorted(token.lemmas):
        if not lemma.startswith(openings):
            continue
        for text, value in _terms_of(_PARTS):
            rest = terms("time_words").get(lemma.removeprefix(text)) if lemma.startswith(text) else None
            if rest is not None and rest.group in _TAILS:
                return value, rest
    return None


@cache
def _terms_of(words: Words) -> tuple[tuple[str, str], ...]:
    """Wordings with their values."""
    return tuple((term.text, str(entry.value)) for entry in words.entries for term in entry.terms)


def _with_day_inside(lemma: str) -> str | None:
    """The weekday and the part of the day in one word; of another day only the part.

    perjantai-iltana → TIME XXXX-WXX-5TEV
    jouluyönä → TIME TNI
    """
    for text, value in _terms_of(_DAY_PARTS):
        day = terms("time_words").get(lemma.removesuffix(text).rstrip("-")) if lemma.endswith(text) else None
        if day is not None and day.group in ("weekday", "holiday", "month_prefix"):
            return f"{day.value if day.group == 'weekday' else ''}{value}"
    return None
