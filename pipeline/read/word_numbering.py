"""The numbers and bullets of a Word file's paragraphs, which Word works out when it shows them, and their styles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import regex

from lexicons import needs
from pipeline.read.numerals import BULLET, repeated_letters, roman, whole
from pipeline.read.word_package import MC, W, is_on, value

_HEADING = needs("heading_styles", "heading")
_LEVELS = 9
_CHAIN = 20
"""Styles that may stand on each other."""

_LONGEST_LABEL = 200


@cache
def _heading_style() -> regex.Pattern[str]:
    """The name of a heading's style, with its level."""
    names = _HEADING.pattern
    return regex.compile(rf"(?:{names})\s*([1-9])", regex.IGNORECASE)


class Styles:
    """What paragraphs and runs have by their styles."""

    def __init__(self, root: Any | None) -> None:
        found = root.iter(W + "style") if root is not None else ()
        self._by_id = {value(style, "styleId"): style for style in found}
        self._default = next(
            (
                name
                for name, style in self._by_id.items()
                if value(style, "default") in ("1", "true") and value(style, "type") == "paragraph"
            ),
            None,
        )

    def chain(self, name: str | None) -> Iterator[Any]:
        """A style and those that it stands on."""
        for _ in range(_CHAIN):
            style = self._by_id.get(name)
            if style is None:
                return
            yield style
            name = value(style.find(W + "basedOn"))

    def of_paragraph(self, element: Any) -> Iterator[Any]:
        """The styles of a paragraph."""
        return self.chain(value(element.find(f"{W}pPr/{W}pStyle")) or self._default)

    def heading_level(self, element: Any) -> int | None:
        """The level of a heading, from 1, by its outline level or its style's name."""
        for holder in (element, *self.of_paragraph(element)):
            outline = holder.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                level = whole(value(outline), _LEVELS, 0, _LEVELS)
                return level + 1 if level < _LEVELS else None
        for style in self.of_paragraph(element):
            match = _heading_style().fullmatch(value(style.find(W + "name")) or "")
            if match:
                return int(match[1])
        return None

    def is_hidden(self, properties: Any | None, paragraph: Any | None = None) -> bool:
        """Whether a run's or mark's properties hide it, by themselves or by a style."""
        own = properties.find(W + "vanish") if properties is not None else None
        if own is not None:
            return is_on(own)
        named = value(properties.find(W + "rStyle")) if properties is not None else None
        above = self.of_paragraph(paragraph) if paragraph is not None else ()
        for style in (*self.chain(named), *above):
            switch = style.find(f"{W}rPr/{W}vanish")
            if switch is not None:
                return is_on(switch)
        return False

    def is_prompt(self, properties: Any | None) -> bool:
        """Whether a run is a form's prompt, by its style."""
        named = value(properties.find(W + "rStyle")) if properties is not None else None
        return any((value(style.find(W + "name")) or "").lower() == "placeholder text" for style in self.chain(named))

    def list_of(self, name: str | None) -> str | None:
        """The list that a style of lists stands for."""
        for style in self.chain(name):
            found = value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            if found:
                return found
        return None


@dataclass(frozen=True, slots=True)
class _Level:
    """How a list's level is numbered: format, text with %1 for the first level's number, first number.

    `restart` is the level, from 1, whose paragraphs let it begin anew, 0 for none, None for all above it; `style` the
    paragraph style that stands for it.
    """

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str | None = None


@dataclass(slots=True)
class _Series:
    """A list's numbers as its paragraphs come; lists of one definition go on in each other."""

    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    """A list: its levels, the numbers it goes on with, the levels at which it begins its own."""

    levels: dict[int, _Level]
    series: _Series
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The labels of a document's numbered paragraphs."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        abstract = {value(item, "abstractNumId") or "": item for item in root.iter(W + "abstractNum")}
        named = {
            value(item, "numId") or "": value(item.find(W + "abstractNumId")) or "" for item in root.iter(W + "num")
        }
        series: dict[str, _Series] = {}
        for item in root.iter(W + "num"):
            name = value(item, "numId") or ""
            definition = self._definition(abstract, named, named[name])
            levels = _levels(abstract[definition]) if definition in abstract else {}
            starts: dict[int, int] = {}
            for override in item.iter(W + "lvlOverride"):
                depth = whole(value(override, "ilvl"), 0, 0, _LEVELS)
                levels |= _levels(override)
                start = override.find(W + "startOverride")
                if start is not None:
                    starts[depth] = whole(value(start), 1, 0)
                    levels[depth] = replace(levels.get(depth, _Level()), start=starts[depth])
            self._lists[name] = _List(levels, series.setdefault(definition, _Series()), starts)

    def _definition(self, abstract: dict[str, Any], named: dict[str, str], name: str) -> str:
        """The definition that has the levels, where a list only names a style of lists."""
        for _ in range(_CHAIN):
            link = value(abstract[name].find(W + "numStyleLink")) if name in abstract else None
            if link is None:
                return name
            name = named.get(self._styles.list_of(link) or "", "")
        return name

    def label(self, element: Any) -> str | None:
        """The label that Word shows before a paragraph: a bullet, its number, or none. Counts it."""
        name: str | None = None
        depth: int | None = None
        for holder in (element, *self._styles.of_paragraph(element)):
            item = holder.find(f"{W}pPr/{W}numPr")
            if item is None:
                continue
            level, number = item.find(W + "ilvl"), item.find(W + "numId")
            if depth is None and level is not None:
                depth = whole(value(level), 0, 0, _LEVELS - 1)
            if number is not None:
                name = value(number)
                break
        known = self._lists.get(name or "")
        if known is None or name == "0":
            return None
        return self._next(known, depth if depth is not None else self._styled(known, element))

    def _styled(self, known: _List, element: Any) -> int:
        """The level that a paragraph's style stands for."""
        names = [value(style, "styleId") for style in self._styles.of_paragraph(element)]
        return next((depth for depth, level in known.levels.items() if level.style and level.style in names), 0)

    def _next(self, known: _List, depth: int) -> str | None:
        level = known.levels.get(depth, _Level("none"))
        counts = known.series.counts
        if depth in known.starts and depth not in known.begun:
            counts.pop(depth, None)
        known.begun.add(depth)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth and _begins_anew(known.levels.get(key), depth)]:
            del counts[deeper]
        if level.hidden or (level.format == "bullet" and not level.text):
            return None
        return BULLET if level.format == "bullet" else _label(known, level)


def _begins_anew(level: _Level | None, above: int) -> bool:
    """Whether a level's numbers begin anew behind a paragraph of a level above it."""
    return level is None or level.restart is None or above < level.restart


def _label(known: _List, level: _Level) -> str | None:
    """A level's text with the numbers in it."""

    def shown(match: regex.Match[str]) -> str:
        place = int(match[1]) - 1
        held = known.levels.get(place, _Level())
        form = "decimal" if level.legal and held.format not in ("none", "bullet") else held.format
        return _formatted(known.series.counts.get(place, held.start), form)

    return regex.sub(r"%([1-9])", shown, level.text[:_LONGEST_LABEL]).strip() or None


def _levels(holder: Any) -> dict[int, _Level]:
    """The levels that a definition or an override holds."""
    return {whole(value(item, "ilvl"), 0, 0, _LEVELS): _level(item) for item in holder.iterchildren(W + "lvl")}


def _level(item: Any) -> _Level:
    shown = item.find(W + "numFmt")
    if shown is None:  # newer formats stand beside the old one for programs that do not know them
        shown = item.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
    restart = item.find(W + "lvlRestart")
    return _Level(
        format=value(shown) or "decimal",
        text=value(item.find(W + "lvlText")) or ("•" if item.find(W + "lvlPicBulletId") is not None else ""),
        start=whole(value(item.find(W + "start")), 1, 0),
        restart=whole(value(restart), 0, 0, _LEVELS) if restart is not None else None,
        legal=is_on(item.find(W + "isLgl")),
        hidden=is_on(item.find(f"{W}rPr/{W}vanish")),
        style=value(item.find(W + "pStyle")),
    )


def _formatted(number: int, form: str) -> str:
    """A number as Word prints it in a format.

    >>> [_formatted(4, form) for form in ("decimal", "lowerLetter", "upperRoman", "ordinal", "decimalZero", "none")]
    ['4', 'd', 'IV', '4.', '04', '']
    >>> _formatted(28, "upperLetter"), _formatted(10 ** 9, "lowerRoman"), _formatted(7, "decimalEnclosedParen")
    ('BB', '1000000000', '(7)')
    """
    if form in ("lowerLetter", "upperLetter"):
        shown = repeated_letters(number)
    elif form in ("lowerRoman", "upperRoman"):
        shown = roman(number)
    else:
        return _IN_DIGITS.get(form, "{}").format(number)
    return shown.upper() if form.startswith("upper") else shown


_IN_DIGITS = {
    "none": "",
    "bullet": "",
    "ordinal": "{}.",
    "decimalEnclosedFullstop": "{}.",
    "decimalEnclosedParen": "({})",
    "numberInDash": "- {} -",
    "decimalZero": "{:02d}",
}
"""How the formats print that are a number with signs around it; in Finnish an ordinal number has a full stop."""
