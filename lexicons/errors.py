"""The errors that a person at the command line can mend; here because every package imports this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lexicons.mistakes import Mistake


class UserError(Exception):
    """What a person asked for cannot be done; the message names the thing, says why and what to do."""


class LexiconError(UserError):
    """A lexicon file that cannot be used; the message names the file, the line and the cure of its first mistake."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(mistakes[0].told())
        self.mistakes = tuple(mistakes)
