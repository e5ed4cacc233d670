"""Months and seasons with one letter wrong, or with their year glued on: kevällä 2023, syksyllä2021.

A word is taken for one of them only right before a year, and only where one month or season alone lies that near. What
is read so carries a warning.
"""

from __future__ import annotations

from functools import cache, lru_cache

from extractors.grammar.lexemes import Sense
from extractors.grammar.terms import plain
from lexicons import needs

_MONTHS = needs("time_words", groups=["month"])
_SEASONS = needs("time_words", groups=["season"])

SHORTEST_FORM = 6
"""Letters of the shortest form that a misspelt word is compared with; shorter ones have too many neighbours."""

KEPT = 5_000
"""Words before a year whose answer is kept."""

_ENDINGS = ("", "n", "ta", "ssa", "sta", "hun", "lla", "lle", "lta", "na", "ksi")
"""Case endings of the months' common last part, kuu; the forms of the seasons stand in the lexicon."""


@lru_cache(KEPT)
def misspelt(text: str) -> Sense | None:
    """The month or season that a word is but for one letter: left out, put in, changed, or swapped with the next.

    maaliskussa 2022 → 2022-03
    kevällä 2023 → 2023-SP
    Tamikuussa 2022 → 2022-01
    heniäkuussa 2021 → 2021-07
    kokouksessa 2022 → 2022
    """
    word = text.lower()
    near = [(_cost(word, form), sense) for form, sense in _forms().items() if len(form) >= SHORTEST_FORM]
    least = min(cost for cost, _ in near)
    named = {(sense.kind, sense.value): sense for cost, sense in near if cost == least}
    if least > OTHER_LETTER or len(named) != 1:
        return None
    return next(iter(named.values()))._replace(text=text, misspelt=True)


@lru_cache(KEPT)
def glued(word: str) -> Sense | None:
    """The month or the season that a year is glued to.

    syksyllä2021 → 2021-FA
    toukokuussa2022 → 2022-05
    """
    found = _forms().get(word.lower())
    return found._replace(text=word, misspelt=True) if found is not None else misspelt(word)


LETTER_OF_TWO, OTHER_LETTER, FAR = 1, 2, 3
"""How far a word lies from a form: a double letter written once or the other way round, the commonest slip in Finnish;
another letter; more."""


def _cost(one: str, other: str) -> int:
    """How far two words lie from each other, up to one letter more, less or other, or two swapped (Damerau 1964)."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return FAR
    at = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), None)
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if at is None:
        at = len(shorter)
    if len(longer) > len(shorter) and longer[at + 1 :] == shorter[at:]:
        return LETTER_OF_TWO if longer[at] == longer[at - 1 : at] else OTHER_LETTER
    swapped = one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    is_near = len(one) == len(other) and (one[at + 1 :] == other[at + 1 :] or swapped == other[at:])
    return OTHER_LETTER if is_near else FAR


@cache
def _forms() -> dict[str, Sense]:
    """Forms of months and seasons, with what they stand for."""
    found: dict[str, Sense] = {}
    for words, endings in ((_MONTHS, _ENDINGS), (_SEASONS, ("",))):
        for entry in words.entries:
            for term in entry.terms:
                for ending in endings:
                    found[term.text + ending] = Sense(str(entry.group), plain(entry.value), term.text + ending)
    return found
