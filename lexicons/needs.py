"""What code reads of the lexicons: the register of all declarations, against which each lexicon is checked on load."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """The entries and groups of a lexicon that some code reads; without any, the whole lexicon, whatever it holds."""

    lexicon: str
    entries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


_NEEDS: dict[Need, None] = {}
"""All declarations of the modules imported so far, in their order."""


def declare(need: Need) -> Need:
    """Register a declaration; the same one twice counts once."""
    _NEEDS[need] = None
    return need


def declared(lexicon: str | None = None) -> tuple[Need, ...]:
    """What the modules imported so far need, of one lexicon or of all."""
    return tuple(need for need in _NEEDS if lexicon in (None, need.lexicon))
