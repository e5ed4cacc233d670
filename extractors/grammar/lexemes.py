"""The types that the grammars read: a token as a typed lexeme."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from lexicons import Entry

MAX_DIGITS = 15
"""Longer runs of digits are identifiers, no numbers."""


class Word(Protocol):
    """What is read of a token; `extractors.document.Token` is one."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def lemma(self) -> str: ...
    @property
    def lemmas(self) -> frozenset[str]: ...
    @property
    def compound_parts(self) -> tuple[str, ...]: ...
    @property
    def pos(self) -> str: ...
    @property
    def case(self) -> str | None: ...
    @property
    def number(self) -> str | None: ...


class Form(NamedTuple):
    """What a spelling is, wherever it stands.

    `kind` is num, dot, slash, dash, comma, colon, percent, word, number, fraction, ordinal, unit, comparator,
    reference, event, months, month_stem, day_time, or a group of `time_words` or `durations`; `value` the number or the
    entry's value; `mod` a part named inside a compound (loppuvuosi → END). The rest say what else the word may be:
    `time_unit` (TIMEX3 unit), `number` (number word, or the one inside kuusivuotias), `scale` (tuhat → 1000),
    `fraction`, `unit` (entry of `units`), `group` (the entry's group in `durations`).
    """

    kind: str
    value: int | str | None
    text: str
    mod: str | None = None
    case: str | None = None
    plural: bool = False
    time_unit: str | None = None
    number: float | None = None
    scale: float | None = None
    fraction: float | None = None
    unit: Entry | None = None
    unit_text: str | None = None
    group: str | None = None


class Lexeme(NamedTuple):
    """A form in its place. `glued` says whether it follows the lexeme before without white space."""

    start: int
    end: int
    glued: bool
    form: Form
    kind: str
    value: int | str | None
    text: str
