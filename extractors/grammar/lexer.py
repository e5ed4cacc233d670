"""Tokens to lexemes: a word is one, digits and signs are cut apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from extractors.grammar.lexemes import DASHES, MAX_DIGITS, LemmaToken, Lexeme, Sense
from extractors.grammar.misspelt import SHORTEST_FORM, glued, misspelt
from extractors.grammar.senses import sense_of
from extractors.grammar.terms import month_stems, terms, unit_terms


def lexemes(tokens: Sequence[LemmaToken]) -> list[Lexeme]:
    """The typed lexemes of a run of tokens."""
    found: list[Lexeme] = []
    end = -1
    for token in tokens:
        text, start = token.text, token.start
        if text.isalpha():
            sense = sense_of(token)
            if sense.kind == "month_noun" and found and (month := _parted_month(found[-1], token)) is not None:
                found[-1] = month
            else:
                found.append(Lexeme(start, token.end, start == end, sense, sense.kind, sense.value, text))
        elif text in _TAILS and start == end and found and (joined := _with_tail(found[-1], text)) is not None:
            found[-1] = joined
        else:
            if _is_year_text(text) and found and found[-1].kind == "word" and start != end:
                found[-1] = _spelt(found[-1])
            for length, sense in _pieces(token):
                stop = start + length if length is not None else token.end
                found.append(Lexeme(start, stop, start == end, sense, sense.kind, sense.value, sense.text))
                end = start = stop
        end = token.end
    return _with_roman_months(found) if any(item.kind == "roman" for item in found) else found


def _with_roman_months(found: list[Lexeme]) -> list[Lexeme]:
    """The lexemes, a Roman numeral between a day and its year, or a range's dash, as the month's number.

    15.II.2024 → 2024-02-15
    1.IV.2021–31.XII.2023 → 2021-04-01/2023-12-31
    kohta 2.I. → nothing
    """
    for place in range(2, len(found) - 2):
        day, dot, month, behind, last = found[place - 2 : place + 3]
        is_day = (day.kind, dot.kind, month.kind, behind.kind) == ("num", "dot", "roman", "dot")
        if is_day and dot.glued and month.glued and behind.glued and last.glued and last.kind in ("num", "dash"):
            found[place] = Lexeme(month.start, month.end, True, *_as_number(month))
    return found


def _as_number(roman: Lexeme) -> tuple[Sense, str, int | str | None, str]:
    sense = _digits(str(roman.integer))
    return sense, sense.kind, sense.value, sense.text


_TAILS = frozenset("€²³")
"""Signs that end a unit whose letters are a token of their own: M€, km²."""


def _with_tail(word: Lexeme, tail: str) -> Lexeme | None:
    """The unit that a word and the sign joined to it are.

    20 M€ → 20000000 €
    300 m² → 300 m²
    """
    text = word.text + tail
    entry, term = unit_terms().get(text.lower(), (None, None))
    if entry is None:
        return None
    sense = Sense("unit", None, text, unit=entry, unit_text=term)
    return Lexeme(word.start, word.end + len(tail), word.glued, sense, sense.kind, sense.value, text)


def _parted_month(stem: Lexeme, token: LemmaToken) -> Lexeme | None:
    """The month whose name is written as two words.

    touko kuussa 2022 → 2022-05
    kesä kuun 2022 → 2022-06
    """
    month = month_stems().get(stem.text.lower())
    if month is None or token.text[0].isupper():
        return None
    sense = Sense("month", month, stem.text + token.text, case=token.case, misspelt=True)
    return Lexeme(stem.start, token.end, stem.glued, sense, sense.kind, sense.value, sense.text)


def _is_year_text(text: str) -> bool:
    return len(text) == YEAR_DIGITS and text.isdecimal()


def _spelt(word: Lexeme) -> Lexeme:
    """A word before a year as the month or season that it is with a letter wrong; else as it stands."""
    sense = misspelt(word.text) if len(word.text) >= SHORTEST_FORM - 1 else None
    if sense is None:
        return word
    return Lexeme(word.start, word.end, word.glued, sense, sense.kind, sense.value, word.text)


_SIGNS = {
    sign: Sense(kind, None, sign)
    for sign, kind in (
        {".": "dot", "/": "slash", ",": "comma", ":": "colon", "%": "percent"} | dict.fromkeys(DASHES, "dash")
    ).items()
}

_DIGITS = regex.compile(r"\p{Nd}+|[.,/]")

_NAMED_NUMBERS = regex.compile(
    r"(?P<word>\p{L}+)(?P<number>\p{Nd}+)(?:(?P<dash>-)(?P=word)(?P<last>\p{Nd}+))?(?:(?P<colon>:)(?P<ending>\p{L}+))?"
)
"""A word and a number that are one token, perhaps with a dash and the same again, or an ending: Q3, Q1-Q2, Q3:lla."""


YEAR_DIGITS = 4


def _pieces(token: LemmaToken) -> Iterator[tuple[int | None, Sense]]:
    """The senses of a token that is no plain word, with their lengths (None: up to its end)."""
    text = token.text
    if text in _SIGNS:
        yield None, _SIGNS[text]
    elif text[0].isdecimal():
        for match in _DIGITS.finditer(text):
            yield len(match.group()), _digits(match.group())
    else:
        yield from _named_number(text) or [(None, sense_of(token))]


_NUMBERED = frozenset(("year", "quarter", "half", "week", "week_mark", "budget"))
"""Groups of `time_words` whose words stand right before their number."""


def _named_number(text: str) -> list[tuple[int | None, Sense]]:
    """The pieces of a time word and its number; none of other words with a number.

    v2021 → 2021
    vko12 → XXXX-W12
    v2021:n → 2021
    Kaiku24 → nothing
    TA2024 → 2024
    TP2 → nothing
    50 m2 → 50 m²
    syksyllä2021 → 2021-FA
    vuonna2022 → 2022
    """
    match = _NAMED_NUMBERS.fullmatch(text)
    if match is None:
        return []
    if _is_year_text(match["number"]) and not match["dash"] and (time := glued(match["word"])) is not None:
        return [(len(time.text), time), (YEAR_DIGITS, _digits(match["number"])), *_ending(match)]
    named = terms("time_words").get(match["word"]) or terms("time_words").get(match["word"].lower())
    if named is None or named.group not in _NUMBERED or len(match["number"]) > MAX_DIGITS:
        return []
    if named.group == "budget" and len(match["number"]) != YEAR_DIGITS:
        return []  # TP2 is a work package
    word = Sense(str(named.group), named.value if isinstance(named.value, str) else None, match["word"])
    pieces = [word, _digits(match["number"])]
    if match["dash"]:
        pieces += [_SIGNS[match["dash"]], word, _digits(match["last"])]
    return [(len(piece.text), piece) for piece in pieces] + _ending(match)


def _ending(match: regex.Match[str]) -> list[tuple[int | None, Sense]]:
    """The colon and the case ending behind a number."""
    if not match["colon"]:
        return []
    return [(1, _SIGNS[match["colon"]]), (len(match["ending"]), Sense("word", None, match["ending"]))]


KEPT = 20_000
"""Runs of digits whose senses are kept."""


@lru_cache(KEPT)
def _digits(text: str) -> Sense:
    if text in _SIGNS:
        return _SIGNS[text]
    return Sense("num", int(text), text) if len(text) <= MAX_DIGITS else Sense("word", None, text)
