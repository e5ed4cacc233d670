"""Tokens to lexemes: a word is one, digits and signs are cut apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from extractors.grammar.lexemes import DASHES, MAX_DIGITS, LemmaToken, Lexeme, Sense
from extractors.grammar.senses import sense_of
from extractors.grammar.terms import terms


def lexemes(tokens: Sequence[LemmaToken]) -> list[Lexeme]:
    """The typed lexemes of a run of tokens."""
    found: list[Lexeme] = []
    end = -1
    for token in tokens:
        text, start = token.text, token.start
        if text.isalpha():
            sense = sense_of(token)
            found.append(Lexeme(start, token.end, start == end, sense, sense.kind, sense.value, text))
        else:
            for length, sense in _pieces(token):
                stop = start + length if length is not None else token.end
                found.append(Lexeme(start, stop, start == end, sense, sense.kind, sense.value, sense.text))
                end = start = stop
        end = token.end
    return found


_SIGNS = {
    sign: Sense(kind, None, sign)
    for sign, kind in (
        {".": "dot", "/": "slash", ",": "comma", ":": "colon", "%": "percent"} | dict.fromkeys(DASHES, "dash")
    ).items()
}

_DIGITS = regex.compile(r"\p{Nd}+|[.,/]")

_NAMED_NUMBERS = regex.compile(r"(?P<word>\p{L}+)(?P<number>\p{Nd}+)(?:(?P<dash>-)(?P=word)(?P<last>\p{Nd}+))?")
"""A word and a number that are one token, and perhaps a dash and the same again: v2021, Q3, Q1-Q2."""


def _pieces(token: LemmaToken) -> Iterator[tuple[int | None, Sense]]:
    """The senses of a token that is no plain word, with their lengths (None: up to its end)."""
    text = token.text
    if text in _SIGNS:
        yield None, _SIGNS[text]
    elif text[0].isdecimal():
        for match in _DIGITS.finditer(text):
            yield len(match.group()), _digits(match.group())
    elif text[0].isalpha() and text[-1] in "0123456789":
        yield from _named_number(text)
    else:
        yield None, sense_of(token)


_NUMBERED = frozenset(("year", "quarter", "half", "week"))
"""Groups of `time_words` whose words stand right before their number."""


def _named_number(text: str) -> Iterator[tuple[int | None, Sense]]:
    """The pieces of a time word and its number; of other words with a number the whole.

    v2021 → 2021
    vko12 → XXXX-W12
    Kaiku24 → nothing
    """
    match = _NAMED_NUMBERS.fullmatch(text)
    known = terms("time_words")
    named = known.get(match["word"]) or known.get(match["word"].lower()) if match is not None else None
    if match is None or named is None or named.group not in _NUMBERED or len(match["number"]) > MAX_DIGITS:
        yield None, Sense("word", None, text)
        return
    word = Sense(str(named.group), named.value if isinstance(named.value, str) else None, match["word"])
    pieces = [word, _digits(match["number"])]
    if match["dash"]:
        pieces += [_SIGNS[match["dash"]], word, _digits(match["last"])]
    for piece in pieces:
        yield len(piece.text), piece


KEPT = 20_000
"""Runs of digits whose senses are kept."""


@lru_cache(KEPT)
def _digits(text: str) -> Sense:
    if text in _SIGNS:
        return _SIGNS[text]
    return Sense("num", int(text), text) if len(text) <= MAX_DIGITS else Sense("word", None, text)
