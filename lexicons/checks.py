"""Mistakes in a lexicon that has the right form: marks that do not belong there, terms that repeat, broken trees."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from typing import Any

from lexicons.mistakes import Mistake, meant
from lexicons.overlay import REMOVED, text_of
from lexicons.source import Parts, Source

_CURLY = "“”„‟«»‹›"
"""Quotation marks that word processors write, and YAML takes for letters."""

_CURLY_ENDS = "‘’‚"
"""The same where they stand around a word; inside one they are apostrophes."""


def term_mistakes(source: Source, shipped: dict[str, Any] | None = None) -> Iterator[Mistake]:
    """What is wrong with the texts of a file's terms and with where they stand, in the order of the file.

    `shipped` is the lexicon that it lies over, whose terms count as well.
    """
    shared = {**(shipped or {}), **source.data}.get("shared", ())
    held = _Held(source, shared)
    for entry in shipped["entries"] if shipped is not None else ():
        for term in entry["terms"]:
            held.hold(entry, text_of(term), None)
    for index, entry in enumerate(source.data.get("entries", ())):
        own: dict[str, int] = {}
        for place, term in enumerate(entry.get("terms", ())):
            text = text_of(term)
            parts: Parts = ("entries", index, "terms", place, *(() if isinstance(term, str) else ("term",)))
            wrong = _stray(source, parts, text)
            if wrong is not None:
                yield wrong
            if text in own:
                yield source.mistake("twice", parts, term=text, other=own[text])
            own.setdefault(text, source.place(parts)[0])
            if isinstance(term, str) or not term.get(REMOVED):
                yield from held.hold(entry, text, parts)


def tree_mistakes(source: Source, whole: dict[str, Any]) -> Iterator[Mistake]:
    """What is wrong with the parents that a file's entries name; `whole` holds all entries of the lexicon.

    A parent is an entry of the same lexicon that has none itself, so that a tree has two levels and no circle.
    """
    parents = {entry["id"]: entry.get("parent") for entry in whole["entries"]}
    for index, entry in enumerate(source.data.get("entries", ())):
        parent = entry.get("parent")
        parts: Parts = ("entries", index, "parent")
        if parent is None:
            continue
        about = {"id": entry["id"], "parent": parent}
        if parent not in parents:
            yield source.mistake("no_parent", parts, **about, meant=meant(parent, sorted(parents)))
        elif (above := _circle(entry["id"], parents)) is not None:
            yield source.mistake("parent_circle", parts, **about, circle=" → ".join(above))
        elif parents[parent] is not None:
            yield source.mistake("third_level", parts, **about, top=parents[parent])


def _circle(start: str, parents: dict[str, str | None]) -> list[str] | None:
    """The ids of a circle of parents that an id stands in, itself first and last."""
    path = [start]
    while (above := parents.get(path[-1])) is not None and above not in path[1:]:
        path.append(above)
        if above == start:
            return path
    return None


class _Held:
    """The terms seen so far, by group: a term that two entries have which mean different things is told."""

    def __init__(self, source: Source, shared: Collection[str]) -> None:
        self._source, self._shared = source, shared
        self._entries: dict[tuple[str, Any], tuple[dict[str, Any], Parts | None]] = {}

    def hold(self, entry: dict[str, Any], text: str, parts: Parts | None) -> list[Mistake]:
        other, place = self._entries.setdefault((text, entry.get("group")), (entry, parts))
        if parts is None or other["id"] == entry["id"] or entry.get("group") in self._shared:
            return []
        if all(entry.get(key) == other.get(key) for key in ("value", "name")):
            return []
        line = self._source.place(place)[0] if place is not None else 0
        code = "two_meanings" if place is not None else "shipped_meaning"
        return [self._source.mistake(code, parts, term=text, other_entry=other["id"], other=line)]


def _stray(source: Source, parts: Parts, text: str) -> Mistake | None:
    """Spaces and marks that are no part of the word that was meant."""
    if not text.strip():
        return source.mistake("blank", parts, term=text)
    bare = text.translate({ord(mark): None for mark in _CURLY}).strip(_CURLY_ENDS)
    if bare != text and bare.strip():
        return source.mistake("curly_quotes", parts, name="term", value=text, right=" ".join(bare.split()))
    hidden = next(
        (mark for mark in text if unicodedata.category(mark) in ("Cf", "Cc") or mark == "\N{NO-BREAK SPACE}"), ""
    )
    if hidden:
        right = " ".join(text.replace(hidden, " " if hidden == "\N{NO-BREAK SPACE}" else "").split())
        return source.mistake("invisible", parts, term=text, mark=ord(hidden), right=right)
    if text != (right := " ".join(text.split())):
        return source.mistake("space_around", parts, term=text, right=right)
    return None
