"""Numbers that are names: of goals and headings, of statutes and documents, telephones, addresses, versions, scores.

They are no dates, percentages or quantities; `uncovered` lists them with the reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from extractors.amounts import REACH
from extractors.document import AnalysedDocument, once_a_document
from extractors.goal_codes import numbered_texts
from extractors.lexemes import Lexeme
from extractors.readings import readings

Identifier = tuple[int, int, str]
"""Start and end in the source, and the reason code."""

_PHONE = regex.compile(r"(?<![\d,.])(?:\+\d{1,3}[ -]?\d{1,3}|0\d{1,3})(?:[ -]\d{2,4}){1,4}(?![\d,.]\d|\d)")
_HEADING_NUMBER = regex.compile(r"\s*\d{1,2}(?:\.\d{1,2})*[.)]?(?=\s)")
_REASONS = {"law": "law_reference", "document": "document_reference", "number": "numbered_thing"} | {
    "phone": "phone",
    "address": "address",
}


def identifier_at(document: AnalysedDocument, start: int, end: int) -> str | None:
    """The reason code of the identifier that a stretch is part of, or None."""
    found = identifiers(document)
    index = bisect_right(found, start, key=lambda item: item[0]) - 1
    while index >= 0 and index > bisect_right(found, start, key=lambda item: item[0]) - 4:
        if found[index][0] <= start and end <= found[index][1]:
            return found[index][2]
        index -= 1
    return None


@once_a_document
def goal_codes(document: AnalysedDocument) -> frozenset[str]:
    """The numbers of the process goals that the document's headings name."""
    return frozenset(code for section in document.sections for code in section.goal_codes)


@once_a_document
def identifiers(document: AnalysedDocument) -> tuple[Identifier, ...]:
    """All identifiers of a document by their place."""
    return tuple(
        sorted({*_in_words(document), *_numbers_of_headings(document), *_in_lexemes(document), *_phones(document)})
    )


def _in_words(document: AnalysedDocument) -> Iterator[Identifier]:
    """Web and e-mail addresses, and digits inside a word (Kaiku24)."""
    for token in document.tokens:
        text = token.text
        if not any(ch.isdecimal() for ch in text):
            continue
        if "://" in text or text.startswith("www."):
            yield token.start, token.end, "url"
        elif "@" in text:
            yield token.start, token.end, "email"
        elif text[0].isalpha():
            yield token.start, token.end, "name"


def _phones(document: AnalysedDocument) -> Iterator[Identifier]:
    for match in _PHONE.finditer(document.text):
        if sum(ch.isdecimal() for ch in match.group()) >= 7:
            yield match.start(), match.end(), "phone"


def _numbers_of_headings(document: AnalysedDocument) -> Iterator[Identifier]:
    """Numbers that open headings, blocks and cells: of goals, of chapters, of list items."""
    for section in document.sections:
        reason = "goal_number" if section.goal_codes else "heading_number"
        if match := _HEADING_NUMBER.match(document.text, section.heading.start, section.heading.end + 1):
            yield match.start(), match.end(), reason
    for reading in readings(document):
        for span in reading.unit.spans[:1]:
            for goal in numbered_texts(document.text[span.start : span.end]):
                start = document.text.rfind(goal.code, span.start, span.start + goal.start)
                if start >= 0:
                    yield start, start + len(goal.code), "goal_number"
    for block in document.document.blocks:
        if block.marker is not None and block.lines:
            yield block.lines[0].start - len(block.marker) - 4, block.start, "list_number"


def _in_lexemes(document: AnalysedDocument) -> Iterator[Identifier]:
    for reading in readings(document):
        items = reading.lexemes
        codes = goal_codes(document)
        dated = {
            index for time in reading.times for index in range(time.first, time.last + 1) if items[index].kind == "num"
        }
        for index, item in enumerate(items):
            if item.kind == "num" and index not in dated and (found := _kind_of(items, index, codes)) is not None:
                first, last, reason = found
                yield items[first].start, items[last].end, reason


def _kind_of(items: Sequence[Lexeme], index: int, codes: frozenset[str]) -> tuple[int, int, str] | None:
    """First and last lexeme of an identifier that begins with a number, and its reason."""
    last = index
    while (
        last - index < REACH
        and last + 2 < len(items)
        and items[last + 1].kind in ("slash", "dot", "dash")
        and items[last + 2].glued
    ):
        if items[last + 2].kind != "num" or not items[last + 1].glued:
            break
        last += 2
    behind = items[last + 1] if last + 1 < len(items) else None
    before = items[index - 1] if index else None
    if before is not None and before.text in "(`" and index >= 2:
        before = items[index - 2]
    if behind is not None and behind.kind == "reference" and behind.value == "law" and behind.text in ("§", "§:n"):
        return index, last, "law_reference"
    if before is not None and before.kind == "reference":
        return index, last, _REASONS.get(str(before.value), "numbered_thing")
    text = items[index].text
    if last == index:
        return _alone(items, index)
    if last == index + 2 and f"{text}.{items[last].text}" in codes:
        return index, last, "goal_number"
    joints = {items[i].kind for i in range(index + 1, last, 2)}
    if joints == {"slash"}:
        if [items[i].text for i in (index, last)] == ["24", "7"]:
            return index, last, "always_open"
        if last > index + 2 or len(text) > 2:
            return index, last, "document_reference"
        return index, last, "score"
    if joints == {"dot"} and last >= index + 4:
        return index, last, "version"
    return None


def _alone(items: Sequence[Lexeme], index: int) -> tuple[int, int, str] | None:
    """A single number: of a list ("1." that opens a text, "2)"), an ordinal ("2. asteen"), a code (007), a name's."""
    item = items[index]
    before = items[index - 1] if index else None
    behind = items[index + 1] if index + 1 < len(items) else None
    following = items[index + 2] if index + 2 < len(items) else None
    if behind is not None and behind.glued and behind.text in (")", ":") and (before is None or before.text != "("):
        opens = before is None or before.kind != "dot" or behind.text == ")"
        if opens and len(item.text) < 3 and (behind.text == ")" or index == 0):
            return index, index, "list_number"
    if behind is not None and behind.kind == "dot" and behind.glued and following is not None and not following.glued:
        if index == 0 and len(item.text) < 3:
            return index, index, "list_number"
        if following.text[0].islower() and following.kind not in ("month", "day"):
            return index, index, "ordinal"
    if len(item.text) > 1 and item.text[0] == "0" and not (behind is not None and behind.kind == "comma"):
        return index, index, "code"
    is_named = before is not None and index > 1 and before.kind == "word" and before.text[0].isupper()
    if is_named and behind is not None and behind.kind == "dash" and behind.glued:
        return index, index, "name"
    return None
