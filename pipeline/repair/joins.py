"""Words broken over lines and cells: which line ends stand inside a word, and what the word is without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

import regex

from extractors.document import Block, Change, Document, Span, WordRepair
from lexicons import needs
from pipeline.language.frequencies import zipf_values
from pipeline.language.lemmatiser import word_readings
from pipeline.language.voikko import knows
from pipeline.read.compose import SOFT_HYPHEN
from pipeline.repair.spelling import near_candidates, undotted_words

_AFTER_PHRASE = needs("line_end_hyphens", "after_phrase")
_AFTER_SUSPENDED_HYPHEN = needs("line_end_hyphens", "after_suspended_hyphen")
_MONTHS = needs("time_words", groups=["month", "month_prefix"])

MOST_PIECES = 6
"""Pieces into which a narrow cell may cut a word."""

_PIECE = regex.compile(r"\p{L}+")

_GLUED = SOFT_HYPHEN + "–/"

_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}%)][^\s]*$")

_FIRST_WORD = regex.compile(r"[(\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*")

_ADDRESS_END = regex.compile(r"//|\w\.\w|@")

_ADDRESS_GOES_ON = regex.compile(r"[\w.-]*@|\.\w+\.\w")

_HEAD = regex.compile(r"[\p{L}\p{Nd}&@|!-]+$")

_TAIL = regex.compile(r"[\p{L}&@][\p{L}\p{Nd}&@|!]*|\p{Nd}+")


@dataclass(frozen=True, slots=True)
class Join:
    change: Change
    repair: WordRepair


_JOIN_SURE, _JOIN_LIKELY = 0.99, 0.95
"""Confidence of a join: neither half is a word; one half is."""


@cache
def _suspending() -> frozenset[str]:
    """Words before which a hyphen at a line end is one that suspends (sosiaali- ja terveyspalvelut)."""
    return frozenset(_AFTER_SUSPENDED_HYPHEN.texts)


@cache
def _month_stems() -> frozenset[str]:
    return frozenset(_MONTHS.texts)


def line_end_joins(document: Document, degraded: bool) -> list[Join]:
    """The line ends that break a word: within blocks and cells, and between paragraphs of a line each."""
    text = document.text
    runs: list[Sequence[Span]] = [block.lines for block in document.blocks]
    cells = [cell.spans for table in document.tables for cell in table.cells]
    across: list[tuple[Span, Span]] = []
    if document.knows_paragraphs:
        runs += [list(_lines(text, [span])) for spans in cells for span in spans]
    else:
        across += [pair for spans in cells for pair in pairwise(_lines(text, spans))]
        if not document.wrapped:
            across += [
                (above.lines[-1], below.lines[0])
                for above, below in pairwise(document.blocks)
                if below.gap == 0 and below.marker is None and below.kind == above.kind == "paragraph"
            ]
    tie: _Tie = "cut" if document.knows_paragraphs else "paragraph"
    if tie == "cut" and not document.breaks_words:
        tie = "whole"
    found = {}
    tied: list[tuple[Span, Span, _Tie]] = [(*pair, "loose") for pair in across]
    tied += [(*pair, tie) for lines in runs for pair in pairwise(lines)]
    for above, below, how in tied:
        between = text[above.end : below.start]
        if between.isspace() and "\n" in between and (join := _join(text, above, below, degraded, how)):
            found[join.change.start] = join
    for lines in runs if document.knows_paragraphs else ():
        for join in _in_pieces(text, lines, degraded):
            for inner in [start for start in found if join.change.start <= start < join.change.end]:
                del found[inner]
            found[join.change.start] = join
    return [found[start] for start in sorted(found)]


def _in_pieces(text: str, lines: Sequence[Span], degraded: bool) -> Iterator[Join]:
    """Words that a narrow cell cuts twice or more: the lines between are pieces of a word and nothing else."""
    first = 0
    while first < len(lines) - 2:
        for last in range(first + 2, min(first + MOST_PIECES, len(lines))):
            if not _PIECE.fullmatch(text, lines[last - 1].start, lines[last - 1].end):
                break
            if any(text[a.end : b.start] != "\n" for a, b in pairwise(lines[first : last + 1])):
                break
            head = _HEAD.search(text[lines[first].start : lines[first].end])
            tail = _TAIL.match(text[lines[last].start : lines[last].end])
            if head is None or tail is None:
                continue
            left, right = head.group(), tail.group()
            middle = [text[line.start : line.end] for line in lines[first + 1 : last]]
            rest = "".join(middle) + right
            word = left + rest
            one_case = rest.islower() or word.isupper()
            if not one_case or not _PIECE.fullmatch(left) or not _readable(word, degraded):
                continue
            if _are_words(left.lower(), rest.lower(), degraded):
                continue
            source = Span(lines[first].end - len(left), lines[last].start + len(right))
            change = Change(lines[first].end, lines[last].start, "".join(middle))
            yield Join(change, WordRepair(source.start, source.end, word, "line_end", _JOIN_SURE))
            first = last - 1
            break
        first += 1


def _lines(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        for match in regex.finditer(r"[^\n]+", text[span.start : span.end]):
            if match.group().strip():
                start = span.start + match.start() + len(match.group()) - len(match.group().lstrip())
                yield Span(start, start + len(match.group().strip()))


_Tie = Literal["loose", "paragraph", "cut", "whole"]
"""How two lines hang together: they may be one paragraph; they are one; and the first ends where a word may be cut; and
no program put hyphens there, so that each is its author's."""


def _join(text: str, above: Span, below: Span, degraded: bool, tie: _Tie) -> Join | None:
    """What a line end breaks."""
    if tie != "loose" and text[above.end - 1] in _GLUED:
        return _glued(text, above, below)
    head, tail = _HEAD.search(text[above.start : above.end]), _TAIL.match(text[below.start : below.end])
    if not head or not tail:
        return None
    left, right = head.group().lstrip("-"), tail.group()
    if left.endswith("-") or head.group() == "-":
        bare = left.rstrip("-")
        if right.lower() in _suspending():
            return None
        if not bare:
            return _hyphen_before(text, above, below, right)
        plain = bare.rpartition("-")[2] + right
        is_word = _readable(right, degraded)
        halves = is_word and _readable(bare.rpartition("-")[2], degraded)
        keeps = (
            tie == "whole"
            or right[0].isupper()
            or bare.lower() in _month_stems()
            or bare.isupper()
            or bare[-1].isdigit()
            or right[0].isdigit()
            or _ADDRESS_GOES_ON.match(text, below.start + len(right)) is not None
        )
        keeps = keeps or (is_word and not _readable(plain, degraded))  # what is no word by itself needs no hyphen
        keeps = keeps or (halves and f"{bare}-{right}".lower() in text.lower())
        start, word = above.end - (0 if keeps else 1), f"{bare}-{right}" if keeps else bare + right
        sure = _JOIN_LIKELY if halves else _JOIN_SURE
    else:
        knows_paragraphs = tie in ("cut", "whole")
        one_case = right[0].islower() or (knows_paragraphs and (left + right).isupper())
        if not one_case or len(left) < 3:
            return None
        if not _readable(left + right, degraded) and not (knows_paragraphs and _are_pieces(left, right, degraded)):
            return None
        if len(right) == 1 and right.isupper() and _readable(left, degraded):
            return None
        known_left, known_right = _readable(left, degraded), len(right) > 1 and _readable(right, degraded)
        if knows_paragraphs:
            are_words = _are_words(left.lower(), right.lower(), degraded)
        else:
            are_words = ((known_left or len(right) > 4) and known_right) or (tie == "loose" and known_left)
        if are_words:
            return None
        start, word = above.end, left + right
        sure = _JOIN_LIKELY if known_left or known_right else _JOIN_SURE
    source = Span(above.start + head.start() + len(head.group()) - len(left), below.start + len(right))
    return Join(Change(start, below.start, ""), WordRepair(source.start, source.end, word, "line_end", sure))


def _are_pieces(left: str, right: str, degraded: bool) -> bool:
    """Whether what fills a cell's line is no word, nor what follows on the next: parts of a word that Voikko lacks."""
    return not _readable(left, degraded) and (len(right) <= 3 or not _readable(right, degraded))


def _are_words(left: str, right: str, degraded: bool) -> bool:
    """Whether the two parts of what may be a cut word are rather two words (small letters).

    They are not where the whole is a common form, or where a noun stands in its base form before another: such nouns
    are written together.
    """
    if not (_readable(left, degraded) and len(right) > 1 and _readable(right, degraded)):
        return False
    if left + right in zipf_values() or (_is_base_noun(left) and _is_noun(right)):
        return False
    spellings = (right, *(word for word, _ in undotted_words(right))) if degraded else (right,)
    stands_alone = len(right) > 8 or (len(right) > 3 and any(word.lower() in zipf_values() for word in spellings))
    return left in zipf_values() or stands_alone


def _is_noun(word: str) -> bool:
    readings = {reading.pos for reading in word_readings(word)[0]}
    return "NOUN" in readings and not readings & {"VERB", "AUX", "ADV", "CCONJ", "SCONJ", "PRON", "ADP"}


def _is_base_noun(word: str) -> bool:
    return _is_noun(word) and any(reading.lemma.lower() == word for reading in word_readings(word)[0])


def _glued(text: str, above: Span, below: Span) -> Join | None:
    """A line's end behind a soft hyphen, which vanishes with it, or behind a dash or slash between words."""
    head = _LAST_WORD.search(text[above.start : above.end])
    tail = _FIRST_WORD.match(text[below.start : below.end])
    if head is None or tail is None or (text[above.end - 1] != SOFT_HYPHEN and tail.group().lower() in _suspending()):
        return None
    if text[above.end - 1] == "/" and _ADDRESS_END.search(head.group()):
        return None
    is_soft = text[above.end - 1] == SOFT_HYPHEN
    word = (head.group()[:-1] if is_soft else head.group()) + tail.group()
    repair = WordRepair(above.start + head.start(), below.start + tail.end(), word, "line_end", _JOIN_SURE)
    return Join(Change(above.end - is_soft, below.start, ""), repair)


def _hyphen_before(text: str, above: Span, below: Span, right: str) -> Join | None:
    """A hyphen alone at a line's end that belongs to the word below, not a dash.

    The document has "-ohjelma" elsewhere, or the word is one that is joined to phrases so.
    """
    attested = regex.search(rf"[\p{{L}}\p{{N}}] -{regex.escape(right[:6])}", text, regex.IGNORECASE)
    if not attested and not (right[0].islower() and _follows_phrases(right)):
        return None
    repair = WordRepair(above.end - 1, below.start + len(right), f"-{right}", "line_end", _JOIN_LIKELY)
    return Join(Change(above.end, below.start, ""), repair)


def _follows_phrases(word: str) -> bool:
    return any(reading.lemma.lower().endswith(_AFTER_PHRASE.texts) for reading in word_readings(word)[0])


def _readable(word: str, degraded: bool, misread: bool = False) -> bool:
    """Whether a word is known, in a degraded text with its dots restored, with `misread` with a letter put right."""
    if knows(word) or (degraded and undotted_words(word)):
        return True
    return misread and any(one.confusions == 1 for one in near_candidates(word))


def merged(blocks: Sequence[Block], joins: Sequence[Join]) -> Iterator[Block]:
    """The blocks, those that a broken word parts made one."""
    ends = {join.change.start for join in joins} | {join.change.start + 1 for join in joins}
    held: Block | None = None
    for block in blocks:
        if held is not None and held.end in ends and any(held.end - 1 <= j.change.start < block.start for j in joins):
            held = replace(held, end=block.end, lines=(*held.lines, *block.lines))
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held
