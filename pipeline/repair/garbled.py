"""Text whose letters a wrong encoding has spoilt: "kÃ¤ynti", "k?ynti", "k=E4ynti" for käynti.

Nothing undoes it for sure once it is in a file, so a document in which most dotted letters are spoilt is refused; where
a pasted line is, the document tells how many words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from html.entities import codepoint2name
from typing import NamedTuple

import regex

from extractors.document import Document
from pipeline.language.voikko import knows
from pipeline.rejects import Reject

_DOTTED = "äöåÄÖÅ"
_PARTS = "\u0308\u030a"
"""The dots and the ring of letters that are written in parts."""

_NAMES = {"cp1252": "Windows-1252", "latin-1": "Latin-1", "iso8859-15": "ISO-8859-15", "mac_roman": "MacRoman",
          "cp850": "CP850", "cp437": "CP437"}  # fmt: skip
_OLD = ("cp1252", "mac_roman", "cp850", "cp437")
"""Encodings of one byte a letter that differ in Finnish letters."""

FEWEST = 2
"""Letters that must be spoilt where what they became stands in other texts too."""

KNOWN = 0.5
"""Share of the spoilt words that must be words once that is undone."""

MOST_ASKED = 200
"""Different spoilt words that the dictionary is asked about."""

SHORTEST, LONGEST = 3, 60
"""Characters of a word; shorter ones are words by chance, longer runs are addresses, codes or figures."""

_GOOD = regex.compile(f"[{_DOTTED}]")
_NO_WORD = regex.compile(r"https?:|www\.|@|[\w-]\.[\w-]+/|\?\w+=")
_EDGES = "".join((".,;:!?()[]\"'”’“„«»…*-–", "\u00a0"))
_CONTROLS = regex.compile("[\x80-\x9f]")
_LOST = regex.compile(r"\ufffd")
_ASKED = regex.compile(r"(?<=\p{L})\?+(?=\p{L})|(?<=\p{L}{2})\?{2}(?!\?)|(?<![^\s(])\?(?=\p{Ll}{3})")


class _Scheme(NamedTuple):
    """A way to spoil letters: what it is called, the letters by what they become, a pattern of that.

    A `sure` one leaves nothing that stands in a language.
    """

    name: str
    letters: dict[str, str]
    pattern: regex.Pattern[str]
    sure: bool

    def undone(self, word: str) -> str:
        return self.pattern.sub(lambda match: self.letters[match.group()], word)


@cache
def _schemes() -> tuple[_Scheme, ...]:
    """UTF-8 taken for an old encoding, once and twice; what mails, pages and programs write; old ones confused."""
    found = [_scheme(f"UTF-8 read as {name}", _misread(wrong)) for wrong, name in _NAMES.items()]
    found += [_scheme(f"UTF-8 read as {name}, twice", _misread(wrong, 2)) for wrong, name in _NAMES.items()]
    found += [_scheme(name, spoil) for name, spoil in _TRANSPORTED]
    for right in _OLD:
        found += [
            _scheme(f"{_NAMES[right]} read as {_NAMES[wrong]}", _confused(right, wrong), sure=False)
            for wrong in _OLD
            if right != wrong
        ]
    return tuple(scheme for scheme in found if scheme.letters)


def _scheme(name: str, spoil: Callable[[str], str], *, sure: bool = True) -> _Scheme:
    """A scheme by what it makes of a letter; letters of which nothing readable is left are left out."""
    letters: dict[str, str] = {}
    for letter in _DOTTED + _PARTS * sure:
        with suppress(UnicodeError, KeyError):
            image = spoil(letter)
            shown = _CONTROLS.sub("", image)  # what is left where a reader drops control characters
            letters |= dict.fromkeys((image, shown) if len(shown) > 1 else (image,), letter)
    letters = {image: letter for image, letter in letters.items() if image not in _DOTTED + _PARTS}
    return _Scheme(name, letters, regex.compile("|".join(map(regex.escape, letters))), sure)


def _misread(wrong: str, times: int = 1) -> Callable[[str], str]:
    def spoil(text: str) -> str:
        for _ in range(times):
            text = text.encode().decode(wrong)
        return text

    return spoil


def _confused(right: str, wrong: str) -> Callable[[str], str]:
    return lambda letter: letter.encode(right).decode(wrong)


def _quoted(encoding: str) -> Callable[[str], str]:
    return lambda letter: "".join(f"={byte:02X}" for byte in letter.encode(encoding))


_TRANSPORTED: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("quoted-printable", _quoted("utf-8")),
    ("quoted-printable", _quoted("cp1252")),
    ("HTML", lambda letter: f"&{codepoint2name[ord(letter)]};"),
    ("HTML", lambda letter: f"&#{ord(letter)};"),
    ("HTML", lambda letter: f"&#x{ord(letter):X};"),
    ("escapes of a program", lambda letter: f"\\u{ord(letter):04x}"),
    ("escapes of a program", lambda letter: f"\\x{ord(letter):02x}"),
    ("Rich Text", lambda letter: f"\\'{ord(letter):02x}"),
    ("UTF-7", lambda letter: letter.encode("utf-7").decode("ascii")),
)


class Spoilt(NamedTuple):
    """What spoilt a text: the way, a word as an example, how many words it has spoilt, how many have their dots."""

    name: str
    example: str
    n_words: int
    n_good: int


def check(document: Document) -> tuple[str, ...]:
    """The warnings of a document of which some words are spoilt. Raises Reject (stage `repair`) where most are."""
    if document.format == "pdf":  # its fonts say which letters they show, or `unmapped_characters` counts them
        return ()
    words = [word for word in document.text.split() if len(word) <= LONGEST]
    told = []
    for code, found in (("mojibake", _spoilt(words)), ("lost_letters", _lost(words))):
        if found is None:
            continue
        if found.n_words > found.n_good:
            raise Reject("repair", code, _MESSAGES[code].format(found=found))
        told.append(f"{code}: {found.n_words}")
    return tuple(told)


_MESSAGES = {
    "mojibake": "its letters ä and ö are spoilt ({found.example}: {found.name}); save the original as UTF-8 text",
    "lost_letters": "its letters ä and ö are lost ({found.example}); export the original again, as UTF-8 text",
}


def _spoilt(words: list[str]) -> Spoilt | None:
    """The way that spoilt most words."""
    odd = [word for word in words if not word.isascii() or _ESCAPE.search(word)]
    found = []
    for scheme in _schemes():
        hit = [word for word in odd if scheme.pattern.search(word)]
        if not hit:
            continue
        n_good = sum(1 for word in odd if _GOOD.search(scheme.pattern.sub("", word)))
        n_signs = sum(len(scheme.pattern.findall(word)) for word in hit)
        if scheme.sure or (len(hit) > n_good and n_signs >= FEWEST and _known(map(scheme.undone, hit))):
            found.append(Spoilt(scheme.name, hit[0].strip(_EDGES), len(hit), n_good))
    return max(found, key=lambda one: one.n_words, default=None)


_ESCAPE = regex.compile(r"=[0-9A-F]{2}|&#?\w{1,8};|\\u00|\\x|\\'[0-9a-f]{2}|\+A[A-Z]")
"""What spoilt words have that are ASCII."""


def _known(words: Iterable[str]) -> bool:
    """Whether what has been undone are words."""
    asked = list(dict.fromkeys(word.strip(_EDGES) for word in words))[:MOST_ASKED]
    known = sum(len(word) >= SHORTEST and knows(word) for word in asked)
    return known > 0 and known >= KNOWN * len(asked)


def _lost(words: list[str]) -> Spoilt | None:
    """Letters that became U+FFFD or a question mark."""
    gone = [word for word in words if _LOST.search(word)]
    asked = [word for word in words if "?" in word and _ASKED.search(word) and not _NO_WORD.search(word)]
    if asked and _known(map(_answered, asked)):
        gone += asked
    n_good = sum(1 for word in words if _GOOD.search(word))
    return Spoilt("", gone[0].strip(_EDGES), len(gone), n_good) if gone else None


def _answered(word: str) -> str:
    """A word with its likeliest letter for the question marks; the last may be one."""
    inner = word.rstrip(_EDGES)
    whole = word.rstrip(_EDGES.replace("?", ""))
    return max((one.replace("?", letter) for one in (inner, whole) for letter in "äö"), key=knows)
