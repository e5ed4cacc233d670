"""What a cell or a phrase says of readiness, in percent and on the document's own scale of stages.

A reading never guesses: what is neither a percentage nor a stage of the scale is null. The scale comes from `legends`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from extractors.outline.labels import squeeze
from lexicons import needs

_PERCENT_NAMES = needs("numbering", "percent")
_STAGE_NAMES = needs("readiness", "stage")

MAX_STAGE = 9

_NUMBER = regex.compile(r"(?:\p{Ll}{1,5}\.?\s+)?(?P<number>\d{1,3}(?:[,.]\d+)?)(?:\s*/\s*100)?")
_STAGE = regex.compile(r"(?:(?P<word>\p{L}+)\s+)?(?P<stage>\d)(?:\s*/\s*[1-9])?(?=$|\s*[(.,:;–-]|\s+\p{L})")


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
    return Readiness(None, number) if number and not stages and (word or bare == "stage") else None


def _as_number(raw: str, bare: str | None) -> Readiness | None:
    """A bare number as percent, where the table tells so."""
    match = _NUMBER.fullmatch(raw)
    if match is None or bare not in ("percent", "either"):
        return None
    number = float(match["number"].replace(",", "."))
    is_percent = number <= 100 and (bare == "percent" or not 0 < number <= MAX_STAGE)
    return Readiness(number if is_percent else None, None)
