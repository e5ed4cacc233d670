"""Signs that nobody sees and letters that are written in parts: what a text is without them, and where that stood.

A soft hyphen, a zero-width space or a letter of two parts (a and ¨, as macOS writes) inside a word or number hides it
from every pattern and dictionary. All stages read the plain text; in a text file its twin maps every offset back.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

import regex

from extractors.document import Change, Twin

_UNSEEN = (
    r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f"
)
"""Soft hyphen, joiners, zero-width spaces, byte order marks, marks of direction and of variants, tags."""

_SPACES = r"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_MOST_MARKS = 8
"""Marks that one letter takes: more are ornament, and sorting them takes their square."""

_ODD = regex.compile(
    rf"(?P<broken>\u00ad(?=[ \t\r]*\n))|(?P<unseen>[{_UNSEEN}]+(?<!\u00ad(?=[ \t\r]*\n)))"
    rf"|(?P<letters>[\ufb00-\ufb06]|[^\p{{M}}\n]\p{{M}}{{1,{_MOST_MARKS}}}+)"
    rf"|(?P<space>(?<=\d)[{_SPACES}](?=\d))|(?P<gap>[{_SPACES}])"
)

_SIGN = regex.compile(f"[{_UNSEEN}]")
_HIDDEN = regex.compile(rf"(?!\u00ad)[{_UNSEEN}]")

LINE_ENDS = str.maketrans(dict.fromkeys("\x0b\x85\u2028\u2029", "\n"))
"""Line ends of word processors and of Unicode as line feeds, one for one."""


def is_plain(text: str) -> bool:
    """Whether a text has nothing that its plain form lacks, as far as a glance tells."""
    return text.isascii() or _ODD.search(text) is None


def plain(text: str) -> str:
    """A text without unseen signs, its letters whole, its spaces a typewriter's, between figures no-break ones.

    >>> plain("kesa\u0308kuu\u00adssa 2\u200b021, \ufb01rma")
    'kesäkuussa 2021, firma'
    """
    return text if text.isascii() else _ODD.sub(_plain, text)


def twin(text: str) -> Twin:
    """The plain text, aligned with the one that a file spells.

    >>> twin("5\u200b0 %").source_span(0, 2)
    Span(start=0, end=3)
    """
    if text.isascii():
        return Twin(text)
    changes = tuple(_changes(text))
    return Twin(plain(text) if changes else text, changes)


def n_hidden(text: str) -> int:
    """How many unseen signs a text has; soft hyphens, which word processors set, are none."""
    return 0 if text.isascii() else sum(1 for _ in _HIDDEN.finditer(text))


def _changes(text: str) -> Iterator[Change]:
    for match in _ODD.finditer(text):
        new = _plain(match)
        if new != match.group():
            yield Change(match.start(), match.end(), new)


def _plain(match: regex.Match[str]) -> str:
    if match["broken"]:
        return "-"
    if match["space"] or match["gap"]:
        return "\u00a0" if match["space"] else " "
    letters = match["letters"] or ""
    return normalize("NFKC", letters) if len(letters) == 1 else normalize("NFC", _SIGN.sub("", letters))
