"""Tokens to lexemes: a word is one, digits and signs are cut apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex

from extractors.grammar.forms import DASHES, FORMS, form_of, time_words
from extractors.grammar.lexemes import MAX_DIGITS, Form, Lexeme, Word


def lexemes(tokens: Sequence[Word]) -> list[Lexeme]:
    """The typed lexemes of a run of tokens."""
    found: list[Lexeme] = []
    end = -1
    for token in tokens:
        text, start = token.text, token.start
        if text.isalpha():
            form = form_of(token)
            found.append(Lexeme(start, token.end, start == end, form, form.kind, form.value, text))
        else:
            for length, form in _pieces(token):
                stop = start + length if length is not None else token.end
                found.append(Lexeme(start, stop, start == end, form, form.kind, form.value, form.text))
                end = start = stop
        end = token.end
    return found


_SIGNS = {".": "dot", "/": "slash", ",": "comma", ":": "colon", "%": "percent"} | dict.fromkeys(DASHES, "dash")

_DIGITS = regex.compile(r"\p{Nd}+|[.,/]")


def _pieces(token: Word) -> Iterator[tuple[int | None, Form]]:
    """The forms of a token that is no plain word, with their lengths (None: up to its end)."""
    text = token.text
    if text in _SIGNS:
        yield None, _sign(text)
    elif text[0].isdecimal():
        for match in _DIGITS.finditer(text):
            yield len(match.group()), _digits(match.group())
    elif text[0].isalpha() and text[-1] in "0123456789":
        head = text.rstrip("0123456789")
        named = time_words().get(head.lower())
        if named is not None and named.group in ("year", "quarter", "week") and len(text) - len(head) <= MAX_DIGITS:
            yield len(head), Form(str(named.group), named.value if isinstance(named.value, str) else None, head)
            yield None, _digits(text[len(head) :])
        else:
            yield None, Form("word", None, text)
    else:
        yield None, form_of(token)


@cache
def _sign(text: str) -> Form:
    return Form(_SIGNS[text], None, text)


@lru_cache(FORMS)
def _digits(text: str) -> Form:
    if text in _SIGNS:
        return _sign(text)
    return Form("num", int(text), text) if len(text) <= MAX_DIGITS else Form("word", None, text)
