"""Domain wording as data: YAML lexicons, one JSON Schema, their loader, and the words that code declares to need."""

from lexicons.errors import LexiconError, UserError
from lexicons.loader import Entry, Lexicon, Term, available, load
from lexicons.matcher import Hit, TermMatcher
from lexicons.words import Words, check_lexicons, needs

__all__ = [
    "Entry",
    "Hit",
    "Lexicon",
    "LexiconError",
    "Term",
    "TermMatcher",
    "UserError",
    "Words",
    "available",
    "check_lexicons",
    "load",
    "needs",
]
