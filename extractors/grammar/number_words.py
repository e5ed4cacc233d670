"""Number words that are spelled together, added up from their parts: kaksisataaviisi is 205."""

from __future__ import annotations

from functools import cache, lru_cache

from lexicons import needs

_NUMBERS = needs("numbers")
_ROUGH = needs("numbers", groups=["rough"])

KEPT = 20_000
"""Words whose value is kept: more than the compounds that a batch of reports holds."""


@lru_cache(KEPT)
def number_word(word: str) -> float | None:
    """The value of a number word in base form, None for other words.

    >>> number_word("kuusikymmen"), number_word("sata"), number_word("kuusitoista")
    (60.0, 100.0, 16.0)
    >>> number_word("kaksisataaviisi"), number_word("kolmetuhattaneljäkymmentä"), number_word("viisikko")
    (205.0, 3040.0, None)
    >>> number_word("kahdellesadalleviidelletoista"), number_word("toista")
    (215.0, None)
    """
    if not word.startswith(_beginnings()):
        return None
    values = _spelled_out(word)
    if not values or values[0] == 0 == len(values) - 1 or (values[0] == 0 and word not in _beginnings()):
        return None
    total = current = 0.0
    for value in values:
        if value >= 1000:
            total, current = total + (current or 1) * value, 0.0
        elif value in (10, 100):
            digit = current % 10
            current += (digit or 1) * value - digit
        else:
            current += value or TEEN
    return total + current


TEEN = 10
"""What -toista adds."""


def rough_number(word: str) -> float | None:
    """The value of a rough number in one word, None for other words.

    >>> rough_number("kymmenkunta"), rough_number("kolmisensataa"), rough_number("parisuhde")
    (10.0, 300.0, None)
    >>> rough_number("toistasataa"), rough_number("viitisentoista"), rough_number("toista")
    (100.0, 15.0, None)
    """
    if not word.startswith(_rough_beginnings()):
        return None
    for term, value in _rough():
        rest = word.removeprefix(term)
        if rest == word or (not rest and value == 1):
            continue
        if rest and _teens().get(rest) == 0:
            return value + TEEN
        if (size := _sizes().get(rest)) is not None:
            return value * size
    return None


@cache
def _teens() -> dict[str, float]:
    """What a number of 11 to 19 ends in."""
    return {text: value for text, value in _terms() if value == 0}


@cache
def _sizes() -> dict[str, float]:
    """What may stand behind a rough number in its word, with what it multiplies by: parisataa."""
    return {"": 1.0} | {text: value for text, value in _terms() if value in SIZES}


SIZES = (10, 100, 1000)


@cache
def _rough() -> tuple[tuple[str, float], ...]:
    """The rough numbers, longest first."""
    terms = [(term.text, float(entry.value or 0)) for entry in _ROUGH.entries for term in entry.terms]
    return tuple(sorted(terms, key=lambda term: -len(term[0])))


@cache
def _rough_beginnings() -> tuple[str, ...]:
    return tuple(term for term, _ in _rough())


@cache
def _terms() -> tuple[tuple[str, float], ...]:
    """The number words that compounds are made of, longest first."""
    entries = [entry for entry in _NUMBERS.entries if entry.group in (None, "scale", "form")]
    terms = [(term.text, float(entry.value or 0)) for entry in entries for term in entry.terms]
    return tuple(sorted(terms, key=lambda term: -len(term[0])))


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(term for term, _ in _terms())


def _spelled_out(word: str) -> list[float] | None:
    """The values of the number words that a compound is made of; None where there is a rest."""
    if not word:
        return []
    for term, value in _terms():
        if word.startswith(term) and (rest := _spelled_out(word.removeprefix(term))) is not None:
            return [value, *rest]
    return None
