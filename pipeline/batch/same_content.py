"""Which files say the same in another format or encoding: their texts are compared by samples of their letters."""

from __future__ import annotations

from binascii import crc32
from collections import defaultdict

import regex

from extractors.outline.labels import squeeze

SAMPLES = 64
"""Samples of a text that are kept, those with the smallest check sums; about all that two texts share is among them."""

FEWEST = 16
"""Samples below which a text is too short to be compared by them: its letters as a whole are."""

SAME = 0.9
"""Share of their samples that two files with the same content have in common; running headers and footers differ."""

_PLACES = regex.compile(r"(?=t[ai](.{16}))")
"""Where samples begin: behind letters that stand together in every Finnish text, wherever lines and pages end."""


def sketch(text: str) -> tuple[int, ...]:
    """The check sums by which a text is compared; none for a text without letters."""
    letters = squeeze(text)
    if not letters:
        return ()
    sums = sorted({crc32(match[1].encode()) for match in _PLACES.finditer(letters)})
    return tuple(sums[:SAMPLES]) if len(sums) >= FEWEST else (crc32(letters.encode()),)


class Contents:
    """The contents of the files so far, in the order of their paths."""

    def __init__(self) -> None:
        self._sketches: dict[str, tuple[int, ...]] = {}
        self._by_sum: dict[int, list[str]] = defaultdict(list)

    def first_with(self, doc_id: str, sketch: tuple[int, ...]) -> str | None:
        """The first document with this content; None, and the document is kept, where there was none."""
        candidates = dict.fromkeys(other for one in sketch for other in self._by_sum.get(one, ()))
        for other in candidates:
            if _alike(self._sketches[other], sketch):
                return other
        self._sketches[doc_id] = sketch
        for one in sketch[:FEWEST]:
            self._by_sum[one].append(doc_id)
        return None


def _alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether the smallest sums of both texts together are mostly shared."""
    both = sorted({*one, *other})[:SAMPLES]
    return len(set(both) & set(one) & set(other)) >= SAME * len(both)
