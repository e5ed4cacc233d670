"""The types that the grammars read: a token as a typed lexeme, which has its spelling's sense and its place."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from lexicons import Entry

MAX_DIGITS = 15
"""Longer runs of digits are identifiers, no numbers: a float tells 15 digits apart."""

DASHES = frozenset("-–—−‐‑―")

_UP_TO_TWELVE = ["I", "II", "III", "IV", *("V" + "I" * n for n in range(4)), "IX", *("X" + "I" * n for n in range(3))]
ROMAN = {numeral: number for number, numeral in enumerate(_UP_TO_TWELVE, 1)}
"""Roman numerals as reports number goals, quarters, halves and months with them; in capitals only."""


class LemmaToken(Protocol):
    """What is read of a token: its place and its base forms; `extractors.document.Token` is one."""

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


class Sense(NamedTuple):
    """What a spelling stands for, wherever it stands.

    `kind` is num, dot, slash, dash, comma, colon, percent, word, number, fraction, ordinal, roman, unit, comparator,
    reference, event, months, month_stem, day_time, or a group of `time_words` or `durations`; `value` the number or the
    entry's value; `mod` a part named inside a compound (loppuvuosi: END). The rest say what else the word may be:
    `time_unit` (TIMEX3 unit), `number` (number word, or the one inside kuusivuotias), `scale` (tuhat: 1000),
    `fraction`, `unit` (entry of `units`), `group` (the entry's group in `durations`), `month` (that a bare stem such as
    kesä names before a dash), `misspelt` (a time word with a letter wrong or its year glued on).
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
    month: int | None = None
    misspelt: bool = False


class Lexeme(NamedTuple):
    """A sense in its place. `glued` says whether it follows the lexeme before without white space."""

    start: int
    end: int
    glued: bool
    sense: Sense
    kind: str
    value: int | str | None
    text: str

    @property
    def integer(self) -> int:
        """The value of a number, an ordinal, a month; 0 where there is none."""
        return self.value if isinstance(self.value, int) else 0


EDGE = Lexeme(-1, -1, False, Sense("edge", None, ""), "edge", None, "")
"""What stands beyond the ends of a run: a lexeme that is nothing."""
