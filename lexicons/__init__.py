"""Domain wording as data: YAML lexicons, one JSON Schema, their loader and the matcher of terms over tokens."""

from lexicons.errors import UserError
from lexicons.loader import Entry, Lexicon, LexiconError, Term, available, load
from lexicons.matcher import Hit, TermMatcher

__all__ = ["Entry", "Hit", "Lexicon", "LexiconError", "Term", "TermMatcher", "UserError", "available", "load"]
