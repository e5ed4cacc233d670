"""What is wrong with a lexicon, told to the person who wrote it: file, line, column, cause, and what to write instead.

A mistake is a code and what it is about; `wordings.toml` says it in Finnish and English.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["fi", "en"]

DOUBTS = frozenset(
    {"misspelt", "common_word", "never_found", "example_fails", "counterexample_hits", "lexicon_hits", "other_suffix"}
)
"""Mistakes with which a run can still start: the lexicon is whole, but some term is probably not what was meant."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where it stands, its code in `wordings.toml`, and what fills the braces there."""

    file: str
    line: int
    column: int
    code: str
    about: dict[str, Any] = field(default_factory=dict)
    entry: str | None = None

    @property
    def is_doubt(self) -> bool:
        """Whether a run can start all the same."""
        return self.code in DOUBTS

    def said(self, language: Language = "en") -> str:
        """Cause and cure, without the place."""
        about = {
            name: value.told(language) if isinstance(value, Worded) else value for name, value in self.about.items()
        }
        said = wording(self.code, language).format(file=self.file, **about)
        return said if self.entry is None else wording("in_entry", language).format(entry=self.entry, said=said)

    def told(self, language: Language = "en") -> str:
        """The whole line."""
        place = {"file": self.file, "line": self.line, "column": self.column}
        return wording("place", language).format(said=self.said(language), **place)


@dataclass(frozen=True, slots=True)
class Worded:
    """A part of a mistake that has a wording of its own in each language; empty without a code."""

    code: str = ""
    about: dict[str, Any] = field(default_factory=dict)

    def told(self, language: Language) -> str:
        return wording(self.code, language).format(**self.about) if self.code else ""


WORDINGS = Path(__file__).with_name("wordings.toml")


@cache
def _wordings(path: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def wording(code: str, language: Language, path: Path = WORDINGS) -> str:
    """What a code says in a language, with its braces; from another file of wordings where one is named."""
    return _wordings(path)[code][language]


def meant(wrong: object, known: Iterable[object]) -> Worded:
    """Which of the known ones was probably meant."""
    close = difflib.get_close_matches(str(wrong), [str(one) for one in known], 1)
    return Worded("meant", {"close": close[0]}) if close else Worded()
