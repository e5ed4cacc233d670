"""Authors' own headings, known by how they stand: short, without closing punctuation, over a body, over another
heading, over a table. Lines are judged from the last to the first, so that a line over a heading can be one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import regex

from extractors.document import Token
from extractors.outline.candidates import CLOSING, Candidate
from extractors.outline.contents import contents_words, has_leaders
from extractors.outline.enumerators import enumerator
from extractors.outline.fields import is_furniture, is_label_value
from extractors.outline.heading_page import (
    CONTACT,
    COVER_LINES,
    MAX_COVER,
    MAX_NATIONAL,
    MAX_OWN,
    Heading,
    Page,
    is_title,
)
from extractors.outline.labels import is_time_label, readiness_value, squeeze
from extractors.outline.state_labels import is_label
from extractors.readings import points_in
from lexicons import needs

_BASELINE = needs("reporting", "baseline_evaluation")
_APPENDIX = needs("document_parts", "appendix")
_CLOSING = needs("document_parts", "closing")
_OPENS_LIST = needs("lead_ins", "opens_list")

LEAST_BODY = 60
"""Code points of a sentence below a cover from which on it is text; shorter ones tell the report's date or version."""


def headings_by_shape(page: Page, certain: dict[int, Heading]) -> dict[int, Heading]:
    """The authors' own headings beside those that are certain; none where the format marks all that there are."""
    return {} if page.states_headings else _Shapes(page, certain).headings()


class _Shapes:
    """The lines of a page, each asked how it stands among the others."""

    def __init__(self, page: Page, certain: dict[int, Heading]) -> None:
        self.page = page
        self.certain = certain

    def headings(self) -> dict[int, Heading]:
        """The authors' own headings, judged from the last line to the first."""
        found: dict[int, Heading] = {}
        cover = self._cover_end()
        for index in range(len(self.page.units) - 1, self.page.opening - 1, -1):
            unit = self.page.units[index]
            if (
                index in self.certain
                or self.page.is_passed_over(unit)
                or index < cover
                or (self.page.is_template and index in self.page.labels)
            ):
                continue
            if self._follows_metadata(index) or (
                index < COVER_LINES and self.page.is_cover_label(index, _before(self.certain, index))
            ):
                continue
            may_be_title = index == self._first and cover == 0 and not self.page.document.wrapped and is_title(unit)
            if self._may_head(unit) and self._stands(index, unit, found):
                found[index] = Heading(unit.span, "own")
            elif may_be_title and (self._opens_page(index) or self._opens_text(index)):
                found[index] = Heading(unit.span, "main")
        return found

    def _opens_text(self, index: int) -> bool:
        """Whether a text stands right below a line."""
        return index + 1 < len(self.page.units) and self.page.units[index + 1].text[-1] in CLOSING

    def _opens_page(self, index: int) -> bool:
        """Whether the fields of a page stand right below a line: a toimintamalli page opens with its title."""
        return self.page.is_template and not self.page.opening and index + 1 in self.page.labels

    @cached_property
    def _first(self) -> int:
        """The first line that is none of the web site's around the page."""
        return next((index for index, unit in enumerate(self.page.units) if not is_furniture(unit.tokens)), 0)

    def _cover_end(self) -> int:
        """How many opening lines are a report's cover: short lines up to the one right over the first body.

        A page without a cover opens with its title over its text.
        """
        if self.page.is_template:
            return self.page.opening
        for index, unit in enumerate(self.page.units):
            told = len(unit.text) > MAX_OWN or any(token.tense for token in unit.tokens)
            ends = unit.text[-1] in ".!?" and len(unit.text) > LEAST_BODY and told
            if index in self.certain or unit.index in self.page.contents.blocks:
                return index
            if unit.block.kind == "list_item" or len(unit.text) > MAX_COVER or ends:
                return index - 1 if index > 1 else int(self.page.is_reports_title(0))
        return 0

    def _follows_metadata(self, index: int) -> bool:
        """Whether a line is the value of a metadata field: lists of names and dates hold no headings."""
        if not self.page.is_template:
            return False
        for place in range(index - 1, -1, -1):
            if place in self.certain:
                label = self.page.labels.get(place)
                return label is not None and label.entry.group == "metadata"
            if len(self.page.units[place].text) > MAX_NATIONAL:
                return False
        return False

    def _may_head(self, unit: Candidate) -> bool:
        """Whether a line could head anything by its own looks and words."""
        if unit.text[-1] == "?" and unit.block.gap == 0 and unit.index:
            return False  # questions that head a report's parts are certain headings
        return self._looks_like_heading(unit) and not self._says_something_else(unit)

    def _looks_like_heading(self, unit: Candidate) -> bool:
        """Whether a line is short, begins like a heading and ends like one."""
        text, block = unit.text, unit.block
        if block.kind == "list_item" or len(text) > MAX_OWN or (self.page.document.wrapped and len(block.lines) > 2):
            return False
        begins = text[0].isupper() or text[0] in '”"«' or _opens_numbered(text)
        return begins and text[-1] not in ".:;,!…" and any(map(str.isalpha, text))

    def _says_something_else(self, unit: Candidate) -> bool:
        """Whether a line's words are those of a list, a field, a contact, a date, a label, a name …"""
        text, tokens = unit.text, unit.tokens
        return (
            self.page.kind_at(unit) in ("caption", "list", "goal")
            or "=" in text
            or CONTACT.search(text) is not None
            or has_leaders(text)
            or is_label_value(text)
            or _holds_sentence(text)
            or readiness_value(tokens) is not None
            or (is_time_label(tokens) and not _CLOSING.stand_in(tokens))
            or squeeze(text) in contents_words()
            or is_label(self.page.document, tokens, text)
            or _is_lead_in(tokens)
            or self._ends_in_day(unit)
            or is_furniture(tokens)
            or _is_name(unit)
        )

    def _ends_in_day(self, unit: Candidate) -> bool:
        """Whether a line ends in a day ("Raportin päiväys 30.11.2021"): it dates something and heads nothing."""
        points = points_in(self.page.document, *unit.span)
        return bool(points) and points[-1].begin.grain == "day" and points[-1].span.end == unit.span.end

    def _stands(self, index: int, unit: Candidate, found: dict[int, Heading]) -> bool:
        """Whether what follows is a body, a table or a heading that a heading may stand over."""
        following = self.page.units[index + 1] if index + 1 < len(self.page.units) else None
        end = following.span.start if following is not None else len(self.page.document.text)
        if self.page.has_left_over and not _heads_prose(unit, following):
            return self._is_loose(unit)
        if self.page.table_between(unit.span.end, end):
            return True
        if following is not None and _goes_on(unit, following):
            return False
        if following is None or (index + 1 in self.page.labels and self.page.is_template):
            return False
        if following.block.kind == "list_item":
            return not _goes_on_in(unit, following)
        if index + 1 in self.certain or index + 1 in found:
            return self._over_heading(index, unit, following)
        if following.text[-1] in CLOSING or len(following.text) > MAX_OWN or ":" in following.text:
            return True
        if self.page.kind_at(following) in ("caption", "goal", "list") or _is_lead_in(following.tokens):
            return True
        behind = self.page.units[index + 2] if index + 2 < len(self.page.units) else None
        if behind is not None and behind.block.kind == "list_item" and _goes_on_in(following, behind):
            return True
        return self._over_lines(index, unit, following)

    def _over_heading(self, index: int, unit: Candidate, following: Candidate) -> bool:
        """A heading over a heading: both stand apart, or the lower one is a goal's or a national goal's."""
        below = self.certain.get(index + 1)
        if below is not None and below.sort in ("goal", "national"):
            return unit.block.gap > 0 or index == 0 or not self._shows_gaps
        if below is not None and below.sort in ("main", "chapter", "part") and below.stated is None:
            return False
        above = self.page.units[index - 1] if index else None
        ends = above is None or above.text[-1] in ".!?"  # a paragraph, a footnote
        if self._shows_gaps:
            return following.block.gap > 0 and (unit.block.gap > 0 or ends)
        return (
            above is None
            or ends
            or len(above.text) > MAX_OWN
            or above.block.kind == "list_item"
            or self.page.table_between(above.span.end, unit.span.start)
        )

    def _over_lines(self, index: int, unit: Candidate, following: Candidate) -> bool:
        """A heading over a date, or over short lines that hang together while it stands apart."""
        if unit.block.gap == 0 and self._shows_gaps:
            return False
        if is_time_label(following.tokens):
            return unit.block.gap > 0
        behind = self.page.units[index + 2] if index + 2 < len(self.page.units) else None
        return unit.block.gap > 0 and following.block.gap > 0 and behind is not None and behind.block.gap == 0

    @cached_property
    def _shows_gaps(self) -> bool:
        """Whether the document parts its paragraphs by empty lines."""
        return sum(unit.block.gap > 0 for unit in self.page.units) > 0.5 * len(self.page.units)

    def _is_loose(self, unit: Candidate) -> bool:
        """A heading outside the project tables of a wrapped report.

        The contents list names it, or it opens a page and carries a heading's bullet or speaks of the baseline.
        """
        if not unit.text[0].isupper():
            return False
        if self.page.contents.depth(unit.text)[0]:
            return True
        tokens = unit.tokens
        opens = unit.span.start > unit.block.start or _BASELINE.stand_in(tokens) or _APPENDIX.stand_in(tokens)
        return unit.block.starts_page and opens


def _before(headings: dict[int, Heading], index: int) -> dict[int, Heading]:
    return {place: heading for place, heading in headings.items() if place < index}


def _holds_sentence(text: str) -> bool:
    """Whether a sentence ends inside a line: it is the beginning of a paragraph."""
    return _SENTENCE_END.search(text) is not None


_SENTENCE_END = regex.compile(r"(?:\p{Ll}{3}|%)[.!?]\s+\p{Lu}\p{Ll}+\s")
"""A sentence's end and the next one's first word, no abbreviation and no number before the stop."""


def _opens_numbered(text: str) -> bool:
    """Whether a line opens with a number that a heading may have; "1) luoda malli" is an item of a list."""
    own = enumerator(text)
    return own is not None and not (own.mark == ")" and text[own.end :].lstrip()[:1].islower())


def _goes_on(unit: Candidate, following: Candidate) -> bool:
    """Whether a line goes on in the next one: in small letters right below it, or as an item of a list that does."""
    if following.block.kind != "paragraph" or not following.text[0].islower() or enumerator(following.text) is not None:
        return False
    own = enumerator(unit.text)
    return following.block.gap == 0 or (own is not None and unit.text[own.end :].lstrip()[:1].islower())


def _is_lead_in(tokens: Sequence[Token]) -> bool:
    """Whether a line's last words open a list: "... ovat muun muassa"."""
    ends = [hit.end for hit in _OPENS_LIST.find(tokens)]
    is_open = tokens[-1].pos == "AUX" and tokens[-1].tense is not None  # "Sovitut tavoitteet ovat"
    return is_open or (bool(ends) and ends[-1] == tokens[-1].end)


def _goes_on_in(unit: Candidate, item: Candidate) -> bool:
    """Whether a sentence without an end goes on in the items of a list: "Lupasimme, että hankkeen jälkeen"."""
    is_sentence = any(token.tense and token.pos in ("VERB", "AUX") for token in unit.tokens)
    return item.text[0].islower() and is_sentence


def _is_name(unit: Candidate) -> bool:
    """Whether a line is a person's name, perhaps with a title behind a comma."""
    words = [token for token in unit.tokens if token.is_word]
    head = unit.text.partition(",")[0].split()
    names = [token for token in words[: len(head)] if token.pos == "PROPN" and token.text[0].isupper()]
    return 2 <= len(head) <= 3 and len(names) == len(head) and ("," in unit.text or len(words) == len(head))


def _heads_prose(unit: Candidate, following: Candidate | None) -> bool:
    """Whether a line stands alone over a wrapped paragraph of whole sentences."""
    if following is None or len(following.block.lines) < 2 or not following.text[0].isupper():
        return False
    return unit.block.gap > 0 and following.block.gap > 0 and following.text[-1] in ".!?"
