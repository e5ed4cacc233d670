"""The spaCy components, where the entry points find them, in a checkout and from an installed wheel."""

from __future__ import annotations

from pipeline.components import date_matcher, section_tagger
from pipeline.language.spacy_pipeline import lemmatizer, sentencizer

__all__ = ["date_matcher", "lemmatizer", "section_tagger", "sentencizer"]
