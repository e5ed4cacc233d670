"""The scale on which a document measures readiness, wherever it explains it, and what a cell or a phrase says on it.

A legend may number its stages ("3 = kokeilussa", "porras 3: ...", a table, a list) or only name them in order; it may
give percents or none. A reading of a cell never guesses: what is neither a percentage nor a stage of the scale is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

import regex

from extractors.document import AnalysedDocument, Cell, Table, once_a_document
from extractors.outline.labels import squeeze
from lexicons import needs

_PERCENT_NAMES = needs("numbering", "percent")
_CONJUNCTION = needs("numbering", "conjunction")
_STAGE_NAMES = needs("readiness", "stage")

FEWEST_STAGES = 3
"""Stages from which on numbered lines are a scale and no list."""

NAMED_SHARE = 0.6
"""Share of the readiness words in use that a list must name to be the legend of an unnumbered scale."""

MAX_STAGE = 9

_NUMBER = regex.compile(r"(?:\p{Ll}{1,5}\.?\s+)?(?P<number>\d{1,3}(?:[,.]\d+)?)(?:\s*/\s*100)?")
_STAGE = regex.compile(r"(?:(?P<word>\p{L}+)\s+)?(?P<stage>[1-9])(?:\s*/\s*[1-9])?(?=$|\s*[(.,:;–-]|\s+\p{L})")
_LINE = regex.compile(
    r"(?:(?P<word>\p{L}+)\s+)?(?P<stage>[1-9])\s*(?P<sign>[=:.)–-]|\s(?=\p{L}))\s*(?P<name>\p{L}[^()\d%=:,;.\n]*)"
    r"(?P<rest>[^=\n]*)"
)
_INLINE = regex.compile(r"(?<![\d.,/])(?P<stage>[1-9])\s*(?:=|–|-|:|\()\s*(?P<name>\p{L}[^()\d%=:,;.\n]{2,60})")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a document's own scale, and what it means in percent (0..100), None where the legend does not say."""

    number: int
    name: str
    percent: float | None


class Readiness(NamedTuple):
    """Percent (0..100) and stage (from 1) that a cell or a phrase gives, None where it gives none."""

    percent: float | None
    stage: int | None


def scale(document: AnalysedDocument, words: Iterable[str] = ()) -> tuple[Stage, ...]:
    """The scale that a document explains, stage by stage; empty where it explains none.

    `words` are the readiness words in use (squeezed): a legend that only names its stages is known by them.
    """
    numbered = _numbered(document)
    return numbered or _named(document, tuple(sorted(set(words))))


@once_a_document
def _numbered(document: AnalysedDocument) -> tuple[Stage, ...]:
    candidates = [*_line_runs(document), *_table_runs(document), *_inline_runs(document)]
    scales = [found for found in candidates if len(found) >= FEWEST_STAGES]
    return max(scales, key=len, default=())


def _line_runs(document: AnalysedDocument) -> Iterator[tuple[Stage, ...]]:
    """Lines or list items that number stages from 1 on, one after the other."""
    run: list[Stage] = []
    for block in document.blocks:
        text = document.clean(block.start, block.end)
        marked = f"{block.marker} {text}" if block.marker and block.marker[:1].isdigit() else text
        match = _LINE.match(marked) if len(marked) < 200 else None
        if match is not None and int(match["stage"]) == len(run) + 1 and _is_legend(match):
            run.append(_stage(match))
            continue
        if run:
            yield tuple(run)
        run = [_stage(match)] if match is not None and match["stage"] == "1" and _is_legend(match) else []
    if run:
        yield tuple(run)


def _is_legend(match: regex.Match[str]) -> bool:
    """Whether a numbered line explains a stage: by its sign, its word for a stage (no other: "Hyötytavoite 1: ..." is
    none), or its percent."""
    word = (match["word"] or "").lower()
    told = word in stage_words() or match["sign"] == "=" or (match["sign"] in "–-:" and not word)
    return told or percent_figure().search(match["rest"]) is not None


def _stage(match: regex.Match[str]) -> Stage:
    percent = percent_figure().search(match["rest"])
    return Stage(
        int(match["stage"]), squeeze(match["name"]), float(percent["percent"].replace(",", ".")) if percent else None
    )


def _table_runs(document: AnalysedDocument) -> Iterator[tuple[Stage, ...]]:
    """A table whose rows are a stage's number and its name."""
    for table in document.tables:
        run = [stage for row in table.rows if (stage := _row_stage(document, table, row)) is not None]
        if [stage.number for stage in run] == list(range(1, len(run) + 1)):
            yield tuple(run)


def _row_stage(document: AnalysedDocument, table: Table, row: Sequence[Cell]) -> Stage | None:
    texts = [document.cell_wording(cell) for cell in row if cell.spans]
    if not 2 <= len(texts) <= 3 or table.n_cols > 3:
        return None
    number = _STAGE.fullmatch(texts[0])
    if number is None or not texts[1][:1].isalpha():
        return None
    percent = next((match for text in texts[1:] if (match := percent_figure().search(text))), None)
    name = regex.split(r"[(:;,–]", texts[1])[0]
    return Stage(int(number["stage"]), squeeze(name), float(percent["percent"].replace(",", ".")) if percent else None)


def _inline_runs(document: AnalysedDocument) -> Iterator[tuple[Stage, ...]]:
    """A sentence that names all stages: "1 = ei aloitettu, 2 = suunnittelussa, ..."."""
    for block in document.blocks:
        text = document.clean(block.start, block.end)
        matches = list(_INLINE.finditer(text))
        run: list[Stage] = []
        for match, following in zip_longest(matches, matches[1:]):
            if int(match["stage"]) == len(run) + 1:
                percent = percent_figure().search(text, match.end(), following.start() if following else len(text))
                run.append(
                    Stage(
                        len(run) + 1,
                        squeeze(match["name"]),
                        float(percent["percent"].replace(",", ".")) if percent else None,
                    )
                )
        yield tuple(run)


@once_a_document
def _named(document: AnalysedDocument, words: tuple[str, ...]) -> tuple[Stage, ...]:
    """A list, or a sentence, that names the readiness words in use in their order."""
    if len(words) < FEWEST_STAGES:
        return ()
    for texts in _lists(document):
        names = [squeeze(regex.split(r"[=:(,;–]|\s-\s", text)[0]) for text in texts]
        if len(set(names) & set(words)) >= max(FEWEST_STAGES, NAMED_SHARE * len(words)):
            return tuple(Stage(number, name, None) for number, name in enumerate(names, 1))
    return ()


_BEHIND_NAME = regex.compile(r"\s*(?:[=:(,;–→]|\s-\s)")


@once_a_document
def legend_lines(document: AnalysedDocument, words: tuple[str, ...]) -> frozenset[int]:
    """Where the lines begin that explain a scale's stages one after the other, each by its name or its number.

    `words` are the readiness words in use (squeezed); each stands once in a legend.
    """
    found: set[int] = set()
    run: dict[str, int] = {}
    for block in (*document.blocks, None):
        text = document.clean(block.start, block.end) if block is not None else ""
        parted = _BEHIND_NAME.search(text)
        name = squeeze(text[: parted.start()]) if parted is not None else ""
        name = name if name in words else text[:1] if _is_numbered_stage(text) else ""
        if block is not None and name and name not in run:
            run[name] = block.start
            continue
        if len(run) >= FEWEST_STAGES:
            found.update(run.values())
        run = {name: block.start} if block is not None and name else {}
    return frozenset(found)


def _is_numbered_stage(text: str) -> bool:
    match = _LINE.match(text) if len(text) < 200 else None
    return match is not None and _is_legend(match)


@cache
def _joints() -> regex.Pattern[str]:
    """What parts the phrases of a sentence that strings some together."""
    return regex.compile(rf"\s*(?:,|;|\b{_CONJUNCTION.pattern}\b|→|>)\s*")


def _lists(document: AnalysedDocument) -> Iterator[list[str]]:
    """The items of every list, and the phrases of every sentence that strings some together."""
    run: list[str] = []
    for block in document.blocks:
        text = document.clean(block.start, block.end)
        if block.kind == "list_item":
            run.append(text)
            continue
        if run:
            yield run
        run = []
        for sentence in document.sentences_in(block.start, block.end):
            phrases = _joints().split(document.clean(*sentence).rstrip("."))
            if len(phrases) >= FEWEST_STAGES:
                yield [" ".join(phrase.split()[-1:]) for phrase in phrases[:1]] + phrases[1:]
    if run:
        yield run


@cache
def percent_figure() -> regex.Pattern[str]:
    """A percentage with its sign or its word: 60 %, 60 prosenttia, 12,5 prosentissa."""
    words = _PERCENT_NAMES.pattern
    return regex.compile(rf"(?<![\d,.])(?P<percent>\d{{1,3}}(?:[,.]\d+)?)\s*(?:%|\p{{Ll}}*{words}\p{{Ll}}*)")


@cache
def stage_words() -> frozenset[str]:
    return frozenset(_STAGE_NAMES.texts)


def read(raw: str, stages: Sequence[Stage], bare: str | None = None) -> Readiness:
    """What a cell says; `bare` tells what a bare number means there: `percent`, `stage`, `either` (a stage
    where the scale has it, else percent), or None where nothing tells.

    >>> read("lähtötilanne 50 %", ())
    Readiness(percent=50.0, stage=None)
    >>> read("vaihe 3", (Stage(1, "", 0.0), Stage(2, "", 25.0), Stage(3, "", 50.0)))
    Readiness(percent=50.0, stage=3)
    >>> read("3", (Stage(1, "", None), Stage(2, "", None), Stage(3, "", None)), "stage")
    Readiness(percent=None, stage=3)
    """
    for reading in (_as_percent(raw, stages), _as_stage(raw, stages, bare), _as_number(raw, bare)):
        if reading is not None:
            return reading
    squeezed = squeeze(raw)
    named = next((stage for stage in stages if len(stage.name) > 2 and squeezed.startswith(stage.name)), None)
    return Readiness(named.percent, named.number) if named is not None else Readiness(None, None)


def _as_percent(raw: str, stages: Sequence[Stage]) -> Readiness | None:
    """A percentage, perhaps beside the name of its stage: "kokeilussa 50 %"."""
    match = percent_figure().search(raw)
    if match is None:
        return None
    inside = next((stage for stage in stages if len(stage.name) > 2 and stage.name in squeeze(raw)), None)
    return Readiness(float(match["percent"].replace(",", ".")), inside.number if inside else None)


def _as_stage(raw: str, stages: Sequence[Stage], bare: str | None) -> Readiness | None:
    """A stage by its number: "vaihe 3", "3 – kokeilu", "3"; one that the scale lacks is none."""
    match = _STAGE.match(raw)
    if match is None or bare == "percent":
        return None
    word, number = (match["word"] or "").lower(), int(match["stage"])
    if word and word not in stage_words() and bare not in ("stage", "either"):
        return None
    found = next((stage for stage in stages if stage.number == number), None)
    if found is not None:
        return Readiness(found.percent, number)
    return Readiness(None, number) if not stages and (word or bare == "stage") else None


def _as_number(raw: str, bare: str | None) -> Readiness | None:
    """A bare number as percent, where the table tells so."""
    match = _NUMBER.fullmatch(raw)
    if match is None or bare not in ("percent", "either"):
        return None
    number = float(match["number"].replace(",", "."))
    is_percent = number <= 100 and (bare == "percent" or not 0 < number <= MAX_STAGE)
    return Readiness(number if is_percent else None, None)
