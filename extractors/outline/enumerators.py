"""What stands in front of a heading, an item or a cell to number it: "PT 1.1", "3.2", "IV.", "b)", "P7"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from lexicons import needs

_KINDS = {
    kind: needs("numbering", kind)
    for kind in ("goal", "national", "package", "chapter", "appendix", "caption", "measure", "stage")
}

MAX_PREFIX = 3
"""Letters of an abbreviation that no lexicon knows and that may still number something (P7, OT2.1)."""

_SIGNS = r"(?P<mark>[.):;])?"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Enumerator:
    """A number as written. `prefix` is the word or abbreviation before it, "" where there is none; `end` is where the
    numbered words begin, an offset into the text that was looked at."""

    prefix: str
    parts: tuple[int, ...]
    style: Literal["arabic", "roman", "letter", "lettered"]
    number: str
    mark: str
    end: int

    @property
    def prefix_kind(self) -> str | None:
        """What its prefix says that it numbers (an id of `lexicons/numbering.yaml`)."""
        return prefix_kinds().get(self.prefix.lower().rstrip("-")) if self.prefix else None

    @property
    def code(self) -> str:
        """A goal's code as the data contract has it: without a word for goal before a dotted number, else as spelt.

        "PT 1.1" → 1.1, "Tavoite 3" → 3, "P 9" → P9, "OT2.1" → OT2.1, "A-1" → A-1
        """
        if self.prefix_kind == "goal" and (len(self.parts) > 1 or len(self.prefix) > MAX_PREFIX):
            return self.number
        return f"{self.prefix}{self.number}"

    @property
    def depth(self) -> int:
        """Of a chapter: 2 for 3.2, and for IV.2."""
        return len(self.parts) + bool(self.prefix and set(self.prefix) <= set(_ROMAN_VALUES))

    @property
    def scheme(self) -> tuple[str, str, int]:
        """What enumerators of one scheme share: prefix, style and depth."""
        return self.prefix.lower(), self.style, len(self.parts)


GOALS = needs("numbering", "goals")
"""The word for goal in the plural: behind it their numbers are listed."""


@cache
def prefix_kinds() -> dict[str, str]:
    kinds = {text.lower(): kind for kind in _KINDS for text in _KINDS[kind].texts}
    return kinds | {text.lower(): "goal" for text in GOALS.texts}


@cache
def _numbered() -> regex.Pattern[str]:
    words = "|".join(
        regex.escape(word).replace(r"\ ", r"\s+") for word in sorted(prefix_kinds(), key=len, reverse=True)
    )
    prefix = rf"(?P<prefix>(?i:{words})|\p{{Lu}}{{1,{MAX_PREFIX}}}(?:-(?=\d))?)"
    number = r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?!\d|[.,/:]\d|:\p{Ll})"
    inner = r"\d{1,2}(?:\.\d{1,2})+\.?\s+\p{L}"
    lettered = r"(?P<number>\d{1,2})(?P<part>[a-h])(?![\p{L}\d]|[.,/:]\d|:\p{Ll})"
    behind = r"(?:\s*[–—-]\s+|\s*[–—]|\s*)(?=[\"”«(\p{L}]|,\s|$)"
    letter = rf"(?P<prefix>(?i:{words}))\s+(?P<capital>[IVX]{{2,5}}|\p{{Lu}})(?![\p{{L}}\d]|[-–][\p{{L}}\d]|:\p{{Ll}})"
    return regex.compile(
        rf"\s*(?:(?:{prefix}[\s.:]{{0,2}})?{lettered}{_SIGNS}(?:\s*[–—-]\s+|\s*[–—]|(?=\s*$)|\s+)(?=[\"”«(\p{{L}}]|,\s|$)"
        rf"|{prefix}[\s.:]{{0,2}}{number}{_SIGNS}{behind}"
        rf"|{letter}{_SIGNS}(?:\s*[–—-]\s+|\s*[–—]|\s*)(?=[\"”«(,\p{{L}}]|$)"
        rf"|(?P<number>\d{{1,2}}(?:\.\d{{1,3}})*){_SIGNS}(?!\S)\s+(?:[–—]\s+)?(?=[\"”«(\p{{L}}]|{inner})"
        rf"|(?P<roman>[IVX]{{1,5}}){_SIGNS}(?!\S)\s+(?=\p{{Lu}})"
        r"|(?P<letter>[A-Ha-h])(?P<mark>[.)])\s+(?=\S))"
    )


def enumerator(text: str, start: int = 0, end: int | None = None) -> Enumerator | None:
    """The enumerator that opens a text, or None. Examples:

    >>> enumerator("PT 1.1 Asukas saa ajan").code, enumerator("P9: Yhteinen suunnitelma").code
    ('1.1', 'P9')
    >>> enumerator("A-1 Asukas saa ajan").code, enumerator("IV.2 Lähtötilanne").depth, enumerator("OT-2: Jonot").code
    ('A-1', 2, 'OT-2')
    >>> enumerator("3.2. Lähtötilanne").parts, enumerator("IV Viestintä").parts, enumerator("b) Kuhmo").parts
    ((3, 2), (4,), (2,))
    >>> enumerator("2 – Jonot lyhenevät").number, enumerator("P3 – Jonot lyhenevät").code
    ('2', 'P3')
    >>> enumerator("12 kuntaa osallistui"), enumerator("2021 alkoi työ"), enumerator("Q3/2022 alkaen")
    (None, None, None)
    >>> enumerator("T3-aika on viikossa"), enumerator("12–17-vuotiaat"), enumerator("Tavoite 3:n vetäjä")
    (None, None, None)
    >>> enumerator("Tavoite A: Asukas saa ajan").code, enumerator("Tavoite II – Jonot lyhenevät").code
    ('A', 'II')
    >>> enumerator("1a Asukas saa ajan").code, enumerator("Tavoite 2b: Jonot lyhenevät").code, enumerator("2as on")
    ('1a', '2b', None)
    >>> enumerator("Tavoite A-luokan palvelusta"), enumerator("Tavoite Asukas saa ajan")
    (None, None)
    """
    match = _numbered().match(text, start, len(text) if end is None else end)
    if match is None:
        return None
    prefix, mark = regex.sub(r"\s+", " ", match["prefix"] or ""), match["mark"] or ""
    capital = match["capital"] or ""
    if roman := match["roman"] or (capital if set(capital) <= set(_ROMAN_VALUES) else None):
        return Enumerator(prefix, (_roman(roman),), "roman", roman, mark, match.end())
    if letter := match["letter"] or capital:
        return Enumerator(prefix, (ord(letter.lower()) - ord("a") + 1,), "letter", letter, mark, match.end())
    if match["part"]:  # 1a
        pair = int(match["number"]), ord(match["part"]) - ord("a") + 1
        return Enumerator(prefix, pair, "lettered", match["number"] + match["part"], mark, match.end())
    parts = tuple(int(part) for part in match["number"].split("."))
    bare = not prefix and not mark and len(parts) == 1
    if bare and not text[match.end() : match.end() + 1].isupper():
        return None  # 12 kuntaa
    return Enumerator(prefix, parts, "arabic", match["number"], mark, match.end())


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(
        -value if following > value else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
