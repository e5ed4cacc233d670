"""Stage *repair*: a degraded text gets a repaired twin, aligned with the source offsets.

Two kinds of change: a word broken over lines is joined (`join`), and letters that an OCR lost are restored
(`letters`). A clean text has no `letters` changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractors.document import Block, Change, Document, Twin
from lexicons import load
from pipeline.voikko import knows

DEGRADED_BELOW = 0.93
"""Share of known words under which a text counts as degraded; clean exports have 0.96 or more."""

LOST_DOTS_BELOW = 0.035
"""Share of ä and ö among letters that goes with it; Finnish prose has about 0.05 (5.4 % in the five exports)."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}&@]*(?:[-’':]\p{L}[\p{L}\p{M}&@]*)*")
_BROKEN_WORD = regex.compile(r"[\p{L}&@][\p{L}\p{M}&@0-9]*")
_RESTORED = {"a": "ä", "o": "ö", "A": "Ä", "O": "Ö", "&": "ä", "@": "ä", "é": "ä", "è": "ä", "á": "ä", "ó": "ö"}
_CONFUSED = {"d": "äö", "b": "ö", "t": "ö", "6": "ö", "0": "öo", "1": "l", "I": "l", "O": "ö"}
"""Letters that OCR reads in place of ä, ö and l; tried only after plain lost dots."""

_PLAIN = str.maketrans("äöå&@é", "aoaaae")

_SUSPENDING = frozenset(("ja", "tai", "sekä", "seka", "eli", "että", "etta", "kuin", "ym"))


@dataclass(frozen=True, slots=True)
class Repair:
    """The twin, and how well the source was readable: the share of words that Voikko knows as read, 0..1."""

    twin: Twin
    joined: Twin
    known_word_share: float | None
    degraded: bool


def repair(document: Document) -> Repair:
    """Repair a document where it needs it."""
    words = _WORD.findall(document.text)
    known = [word for word in words if knows(word)]
    share = len(known) / len(words) if words else None
    letters = [ch for ch in document.text if ch.isalpha()]
    dots = sum(ch in "äöÄÖ" for ch in letters) / len(letters) if letters else 1.0
    degraded = share is not None and share < DEGRADED_BELOW and dots < LOST_DOTS_BELOW
    attested: dict[str, str] = {}
    for word in known:
        attested.setdefault(_plain(word.lower()), word.lower())
    joins = list(_joins(document, degraded)) if document.wrapped else []
    changes = _with_letters(document.text, joins, attested) if degraded else joins
    return Repair(_twin(document.text, changes), _twin(document.text, joins), share, degraded)


def _twin(text: str, changes: list[Change]) -> Twin:
    pieces, position = [], 0
    for change in changes:
        pieces += [text[position : change.start], change.text]
        position = change.end
    return Twin("".join([*pieces, text[position:]]), tuple(changes))


def _joins(document: Document, degraded: bool) -> Iterator[Change]:
    """The line ends inside blocks that break a word."""
    for block in document.blocks:
        yield from _joins_in(document.text, block, degraded)


def _joins_in(text: str, block: Block, degraded: bool) -> Iterator[Change]:
    for above, below in zip(block.lines, block.lines[1:], strict=False):
        head = regex.search(r"[\p{L}&@-]+$", text[above.start : above.end])
        tail = regex.match(r"[\p{L}&@]+", text[below.start : below.end])
        if not head or not tail:
            continue
        left, right = head.group().lstrip("-"), tail.group()
        if left.endswith("-"):
            if right.lower() in _SUSPENDING or len(left) < 2:
                continue
            plain = left.rstrip("-").rpartition("-")[2] + right
            keeps_hyphen = right[0].isupper() or _is_month_stem(left) or not _readable(plain, degraded)
            yield Change(above.end - (0 if keeps_hyphen else 1), below.start, "")
        elif right[0].islower() and _is_broken(left, right, degraded):
            yield Change(above.end, below.start, "")


@cache
def _month_stems() -> frozenset[str]:
    groups = ("month", "month_prefix")
    return frozenset(term.text for group in groups for entry in load("time_words").group(group) for term in entry.terms)


def _is_month_stem(left: str) -> bool:
    """touko- before a line end opens "touko-kesäkuussa", two months and not a compound."""
    return left.rstrip("-").lower() in _month_stems()


def _readable(word: str, degraded: bool) -> bool:
    return knows(word) or (degraded and restore(word) is not None)


def _is_broken(left: str, right: str, degraded: bool) -> bool:
    """Whether a line end without a hyphen cuts a word: the whole is a word and the tail, or the head, is none."""
    if len(left) < 4 or not _readable(left + right, degraded):
        return False
    if len(right) == 1:
        return True
    return not _readable(right, degraded) or not _readable(left, degraded)


def _with_letters(text: str, joins: list[Change], attested: dict[str, str]) -> list[Change]:
    """Joins and letter changes together, in order and without overlap."""
    changes: list[Change] = []
    joined_at = {change.start: change for change in joins}
    position = 0
    for match in _BROKEN_WORD.finditer(text):
        if match.start() < position:
            continue
        start, end, pieces, inner = match.start(), match.end(), [match.group()], []
        while (join := joined_at.get(end)) is not None:
            following = _BROKEN_WORD.match(text, join.end)
            if following is None:
                break
            inner.append(join)
            pieces.append(following.group())
            end = following.end()
        word = "".join(pieces)
        restored = None if knows(word) else _restore_attested(word, attested)
        if restored is not None and restored != word:
            if len(restored) == len(word):
                changes += _aligned(word, restored, start, inner, pieces)
            else:
                changes.append(Change(start, end, restored))
        else:
            changes += inner
        position = end
    seen = {change.start for change in changes}
    changes += [join for join in joins if join.start not in seen and not _inside(join, changes)]
    return sorted(changes, key=lambda change: change.start)


def _inside(join: Change, changes: list[Change]) -> bool:
    return any(change.start <= join.start < change.end for change in changes)


def _aligned(word: str, restored: str, start: int, joins: list[Change], pieces: list[str]) -> Iterator[Change]:
    """Letter-by-letter changes of a word that joins may cut, so that offsets inside it stay exact."""
    offset, index = start, 0
    for number, piece in enumerate(pieces):
        for letter in piece:
            if letter != restored[index]:
                yield Change(offset, offset + 1, restored[index])
            offset, index = offset + 1, index + 1
        if number < len(joins):
            yield joins[number]
            offset = joins[number].end


def _restore_attested(word: str, attested: dict[str, str]) -> str | None:
    restored = restore(word)
    if restored is None and "-" not in word and len(word) > 3:
        return attested.get(_plain(word.lower()))
    return restored


def _plain(word: str) -> str:
    """A word without its dots: the same for a clean spelling and a degraded one of as many letters."""
    return word.translate(_PLAIN)


@lru_cache(maxsize=100_000)
def restore(word: str) -> str | None:
    """The word that Voikko knows behind a degraded spelling, or None.

    Finnish vowel harmony orders the candidates: all front vowels, then one part of a compound front and the other
    back, then any mixture, then letters that OCR confuses.
    """
    if len(word) > 40 or len(word) < 2:
        return None
    positions = [index for index, letter in enumerate(word) if letter in _RESTORED]
    for candidate in _candidates(word, positions):
        if knows(candidate):
            return candidate
    for index, letter in enumerate(word):
        for other in _CONFUSED.get(letter, ""):
            swapped = word[:index] + other + word[index + 1 :]
            rest = [position for position in positions if position != index]
            for candidate in (swapped, *_candidates(swapped, rest, few=True)):
                if knows(candidate):
                    return candidate
    return None


def _candidates(word: str, positions: list[int], few: bool = False) -> Iterator[str]:
    n = len(positions)
    if not n:
        return
    yield _replaced(word, positions)
    for cut in range(1, n):
        yield _replaced(word, positions[:cut])
        yield _replaced(word, positions[cut:])
    if few:
        return
    for first in range(n):
        for last in range(first + 1, n):
            yield _replaced(word, positions[first:last])
            yield _replaced(word, positions[:first] + positions[last:])
    if n <= 7:
        for mask in range(1, 2**n):
            yield _replaced(word, [positions[bit] for bit in range(n) if mask >> bit & 1])


def _replaced(word: str, positions: list[int]) -> str:
    letters = list(word)
    for position in positions:
        letters[position] = _RESTORED[letters[position]]
    return "".join(letters)
