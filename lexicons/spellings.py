"""The other ways to write a compound: apart, with a hyphen, or cut short beside another (suspended).

`etä vastaanotto` and `etä-vastaanotto` are *etävastaanotto*; `mielenterveys- ja päihdepalvelut` is also
*mielenterveyspalvelu*, `perheneuvojat ja -ohjaajat` also *perheohjaaja*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

HYPHENS = frozenset("-–‑")

SHORTEST_OPENING, SHORTEST_REST = 3, 4
"""Letters of the parts of a word at least that may be written apart: shorter ones are words of their own too often."""

LONGEST_CHAIN = 7
"""Tokens from a suspended part to the compound that completes it: mielenterveys-, päihde- ja vammaispalvelut."""


class Written(Protocol):
    """What is needed of a token: its form, its base forms, those of its parts, and where it stands."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def keys(self) -> frozenset[str]: ...
    @property
    def lemmas(self) -> frozenset[str]: ...


class Spelt(NamedTuple):
    """A word that tokens spell in another way: the word, the last token that is its own, and the stretch it stands in.

    A suspended part is a token of its own; the stretch goes on to the compound that completes it.
    """

    word: str
    last: int
    start: int
    end: int


def bare(word: str) -> str:
    """A word without its hyphens."""
    return word.replace("-", "").replace("–", "").replace("‑", "")


def openings(words: Sequence[str]) -> frozenset[str]:
    """The parts that words may begin with where they are written apart."""
    return frozenset(
        word[:cut] for word in map(bare, words) for cut in range(SHORTEST_OPENING, len(word) - SHORTEST_REST + 1)
    )


def is_cut(tokens: Sequence[Written], index: int) -> bool:
    """Whether a hyphen stands in a token or right behind it, which may cut a word short."""
    text = tokens[index].text
    if not text.isalpha() and not HYPHENS.isdisjoint(text):
        return True
    return index + 1 < len(tokens) and tokens[index + 1].text in HYPHENS and _has_hyphen_behind(tokens, index)


def spelt(tokens: Sequence[Written], index: int, opening: frozenset[str]) -> Iterator[Spelt]:
    """The words that a token spells in another way, by itself or with the next."""
    token = tokens[index]
    text = token.text
    if len(text) >= SHORTEST_OPENING and (text[-1] in HYPHENS or _has_hyphen_behind(tokens, index)):
        yield from _suspended(tokens, index)
    elif text[0] in HYPHENS and len(text) > SHORTEST_OPENING:
        yield from _continued(tokens, index)
    elif any(mark in text for mark in HYPHENS):
        yield from (
            Spelt(bare(key), index, token.start, token.end) for key in token.lemmas | token.keys if bare(key) != key
        )
    if index + 1 < len(tokens) and not opening.isdisjoint(token.lemmas):
        following, lower = tokens[index + 1], text.lower()
        if lower in opening and following.start > token.end and following.text[0].isalpha():
            yield from _apart(lower, token, following, index)


def _has_hyphen_behind(tokens: Sequence[Written], index: int) -> bool:
    """Whether a hyphen that is a token of its own cuts a word short: päihde-, before a comma."""
    if index + 1 == len(tokens):
        return False
    following = tokens[index + 1]
    return following.text in HYPHENS and following.start == tokens[index].end


def _apart(head: str, token: Written, following: Written, index: int) -> Iterator[Spelt]:
    """etä vastaanotto, etä- vastaanotto: two tokens that are one word."""
    for key in following.lemmas | following.keys:
        yield Spelt(head + bare(key), index + 1, token.start, following.end)


def _suspended(tokens: Sequence[Written], index: int) -> Iterator[Spelt]:
    """mielenterveys- … päihdepalvelut: the part with each end of the compound that follows."""
    token = tokens[index]
    head = bare(token.text.lower())
    if index + 1 < len(tokens) and tokens[index + 1].text[0].isalpha():
        yield from _apart(head, token, tokens[index + 1], index)
    n_plain = 0
    for other in tokens[index + 1 : index + LONGEST_CHAIN]:
        if other.text[-1] in HYPHENS or other.text == ",":
            n_plain = 0
            continue
        if ends := _ends(other):
            yield from (Spelt(head + end, index, token.start, other.end) for end in ends)
            return
        n_plain += 1
        if n_plain > 1 or not other.text[0].isalpha():
            return


def _continued(tokens: Sequence[Written], index: int) -> Iterator[Spelt]:
    """perheneuvojat ja -ohjaajat: each beginning of the compound before with the part."""
    token = tokens[index]
    for other in reversed(tokens[max(0, index - 3) : index]):
        if starts := _starts(other):
            words = (start + bare(lemma) for start in starts for lemma in token.lemmas)
            yield from (Spelt(word, index, other.start, token.end) for word in words)
            return


def _ends(token: Written) -> list[str]:
    """The ends of a compound: palvelu of päihdepalvelu."""
    return [key for key in token.keys for lemma in token.lemmas if lemma != key and lemma.endswith(key)]


def _starts(token: Written) -> list[str]:
    """The beginnings of a compound: perhe of perheneuvoja."""
    return [key for key in token.keys for lemma in token.lemmas if lemma != key and lemma.startswith(key)]
