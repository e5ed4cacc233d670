"""The errors that a person at the command line can mend; here because every package imports this one."""

from __future__ import annotations


class UserError(Exception):
    """What a person asked for cannot be done; the message names the thing, says why and what to do."""


class LexiconError(UserError):
    """A lexicon file that cannot be used; the message names the file, the line and the cure."""
