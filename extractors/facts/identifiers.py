"""Numbers that are names: of goals and headings, of statutes and documents, telephones, addresses, versions, scores.

They are no dates, percentages or quantities; `uncovered` lists them with the reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from extractors.document import AnalysedDocument, once_a_document
from extractors.grammar.lexemes import Lexeme
from extractors.grammar.numbers import REACH
from extractors.grammar.years import is_year
from extractors.outline.numbering import numbering
from extractors.readings import Reading, readings

Identifier = tuple[int, int, str]
"""Start and end in the source, and the reason code."""

_PHONE = regex.compile(r"(?<![\d,.])(?:\+\d{1,3}[ -]?\d{1,3}|0\d{1,3})(?:[ -]\d{2,4}){1,4}(?![\d,.]\d|\d)")


_REASONS = {
    "law": "law_reference",
    "document": "document_reference",
    "number": "numbered_thing",
    "goal": "goal_number",
    "label": "numbered_thing",
    "phone": "phone",
    "address": "address",
}


def identifier_at(document: AnalysedDocument, start: int, end: int) -> str | None:
    """The reason code of the identifier that a stretch is part of, or None."""
    found = identifiers(document)
    index = bisect_right(found, start, key=lambda item: item[0])
    around = [item for item in found[max(0, index - 4) : index] if item[0] <= start and end <= item[1]]
    return max(around, key=lambda item: item[1] - item[0])[2] if around else None


@once_a_document
def goal_codes(document: AnalysedDocument) -> frozenset[str]:
    """The numbers of the process goals that the document names."""
    return frozenset(
        document.text[start:end].lstrip() for start, end, reason in _enumerators(document) if reason == "goal_number"
    )


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


_KINDS = {"goal": "goal_number", "chapter": "heading_number", "national": "heading_number", "list": "list_number"}
_KINDS |= {"package": "numbered_thing", "appendix": "numbered_thing", "caption": "numbered_thing"}
"""The reason of an enumerator by what it numbers."""


def _numbers_of_headings(document: AnalysedDocument) -> Iterator[Identifier]:
    """Numbers that open headings, blocks and cells: of goals, of chapters, of list items."""
    yield from _enumerators(document)
    for block in document.blocks:
        if block.marker is not None and block.lines:
            yield block.lines[0].start - len(block.marker) - 4, block.start, "list_number"


@once_a_document
def _enumerators(document: AnalysedDocument) -> tuple[Identifier, ...]:
    """The numbers that open blocks and cells, by what their scheme numbers."""
    found = numbering(document)
    places = []
    for start, member in found.members.items():
        reason = _KINDS.get(found.kinds[start])
        if reason is not None:
            first = document.text.find(member.enumerator.number, start, member.span.start)
            places.append((first, first + len(member.enumerator.number), reason))
    return tuple(places)


def _in_lexemes(document: AnalysedDocument) -> Iterator[Identifier]:
    codes = goal_codes(document)
    for reading in readings(document):
        items = reading.lexemes
        until = -1
        dated = {
            index for time in reading.times for index in range(time.first, time.last + 1) if items[index].kind == "num"
        }
        for index, item in enumerate(items):
            if item.kind != "num" or index in dated or index <= until:
                continue
            found = _page_number(reading, index) or _kind_of(items, index, codes)
            if found is not None:
                first, last, reason = found
                until = last
                yield items[first].start, items[last].end, reason


def _page_number(reading: Reading, index: int) -> tuple[int, int, str] | None:
    """A number that is a paragraph of its own, or ends a line of a table of contents behind dots."""
    items = reading.lexemes
    if reading.unit.block is None or index != len(items) - 1 or len(items[index].text) > 4:
        return None
    dotted = index >= 3 and all(item.text in (".", "…") for item in items[index - 2 : index])
    return (index, index, "page_number") if index == 0 or dotted or items[index - 1].text == "…" else None


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
    if behind is not None and behind.kind == "reference" and behind.value == "law" and behind.text.startswith("§"):
        return index, last, "law_reference"
    if before is not None and before.kind == "reference" and _numbers(items, index, last, str(before.value)):
        return index, last, _REASONS.get(str(before.value), "numbered_thing")
    hyphened = index >= 2 and items[index - 1].kind == "dash" and items[index].glued and items[index - 1].glued
    if hyphened and items[index - 2].kind == "word":
        return index, last, "name"  # covid-19
    text = items[index].text
    if last == index:
        return _alone(items, index)
    if last == index + 2 and f"{text}.{items[last].text}" in codes:
        return index, last, "goal_number"
    joints = {items[i].kind for i in range(index + 1, last, 2)}
    if joints == {"slash"}:
        if [items[i].text for i in (index, last)] == ["24", "7"]:
            return index, last, "always_open"
        if last == index + 2 and is_year(items[last]) and int(items[index].value or 0) > 12:
            return index, last, "law_reference"  # 1301/2014
        if last > index + 2 or len(text) > 2:
            return index, last, "document_reference"
        return index, last, "score"
    if joints == {"dot"} and last >= index + 4:
        return index, last, "version"
    return None


def _numbers(items: Sequence[Lexeme], first: int, last: int, group: str) -> bool:
    """Whether a number behind a word of reference is its number: of a goal or a label only where it counts nothing."""
    behind = items[last + 1] if last + 1 < len(items) else None
    dotted = last > first and items[first + 1].kind == "dot"
    if group not in ("goal", "label") or behind is None or dotted:
        return True
    if behind.kind in ("percent", "unit") or behind.sense.unit is not None:
        return False
    return not behind.text[0].isalpha() or behind.text[0].isupper()


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
    if index == 0 and len(item.text) < 3 and behind is not None and item.sense.unit is None:
        opens = behind.kind == "dash" and not behind.glued
        if opens or (behind.text[0].isupper() and behind.kind == "word"):
            return index, index, "list_number"  # 1 – ei aloitettu, 3 Hyvässä vauhdissa
    if len(item.text) > 1 and item.text[0] == "0" and not (behind is not None and behind.kind == "comma"):
        return index, index, "code"
    joined = behind is not None and behind.kind == "dash" and behind.glued
    if (
        joined
        and following is not None
        and following.glued
        and following.kind == "word"
        and following.sense.group is None
    ):
        return index, index, "name"  # 2-tyypin, Kaiku 24-palvelu
    return None
