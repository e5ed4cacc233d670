"""Words broken over lines and cells: which line ends stand inside a word, and what the word is without them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from pipeline.repair.spelling import undotted_words

_AFTER_PHRASE = needs("line_end_hyphens", "after_phrase")
_AFTER_SUSPENDED_HYPHEN = needs("line_end_hyphens", "after_suspended_hyphen")
_MONTHS = needs("time_words", groups=["month", "month_prefix"])

MOST_PIECES = 6
"""Pieces into which a narrow cell may cut a word."""

JOIN_SURE, JOIN_LIKELY = 0.99, 0.95
"""Confidence of a join: neither half is a word; one half is, or both."""

SHORTEST_LEFT = 3
"""Letters that stand before a line end inside a word: no program leaves fewer."""

LONG_HALF = 4
"""Letters of a word's second half beyond which it is a word by itself rather than an ending that looks like one."""

SHORT_PIECE = 3
"""Letters up to which a known word on the next line may yet be a word's last piece (on, se)."""

LONG_WORD, SHORT_WORD = 8, 3
"""Letters beyond which a known second half stands alone, and up to which it never does."""

ATTESTED_LETTERS = 6
"""First letters of a word whose hyphened twin elsewhere in the document is looked for: its ending may be another."""

_PIECE = regex.compile(r"\p{L}+")

_GLUED = SOFT_HYPHEN + "–/"

_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}%)][^\s]*$")

_FIRST_WORD = regex.compile(r"[(\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*")

_ADDRESS_END = regex.compile(r"//|\w\.\w|@")

_ADDRESS_GOES_ON = regex.compile(r"[\w.-]*@[\w-]+\.\w|\w+\.\w+\.\w")

_HEAD = regex.compile(r"[\p{L}\p{Nd}&@|!-]+$")

_TAIL = regex.compile(r"[\p{L}&@][\p{L}\p{Nd}&@|!]*|\p{Nd}+")

Tie = Literal["loose", "paragraph", "cut", "whole"]
"""How two lines hang together: they may be one paragraph; they are one; and the first ends where a word may be cut; and
no program put hyphens there, so that each is its author's."""


@dataclass(frozen=True, slots=True)
class Join:
    change: Change
    repair: WordRepair


def line_end_joins(document: Document, degraded: bool) -> list[Join]:
    """The line ends that break a word: within blocks and cells, and between paragraphs of a line each."""
    text = document.text
    found = {}
    for above, below, tie in _line_ends(document):
        between = text[above.end : below.start]
        if between.isspace() and "\n" in between and (join := join_at(text, above, below, degraded, tie)):
            found[join.change.start] = join
    for lines in _runs(document) if document.knows_paragraphs else ():
        for join in _in_pieces(text, lines, degraded):
            for inner in [start for start in found if join.change.start <= start < join.change.end]:
                del found[inner]
            found[join.change.start] = join
    return [found[start] for start in sorted(found)]


def _line_ends(document: Document) -> Iterator[tuple[Span, Span, Tie]]:
    """The pairs of lines between which a word may be broken; the surer ones last."""
    if not document.knows_paragraphs:
        for cell in _cells(document):
            yield from ((*pair, "loose") for pair in pairwise(_lines(document.text, cell)))
        if not document.wrapped:
            for above, below in pairwise(document.blocks):
                if below.gap == 0 and below.marker is None and below.kind == above.kind == "paragraph":
                    yield above.lines[-1], below.lines[0], "loose"
    tie: Tie = "paragraph"
    if document.knows_paragraphs:
        tie = "cut" if document.breaks_words else "whole"
    for lines in _runs(document):
        yield from ((*pair, tie) for pair in pairwise(lines))


def _runs(document: Document) -> Iterator[Sequence[Span]]:
    """The lines that surely follow each other: a block's, and a cell's paragraph's where the format tells them."""
    for block in document.blocks:
        yield block.lines
    for cell in _cells(document) if document.knows_paragraphs else ():
        yield from (list(_lines(document.text, [span])) for span in cell)


def _cells(document: Document) -> Iterator[Sequence[Span]]:
    return (cell.spans for table in document.tables for cell in table.cells)


def _lines(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        for match in regex.finditer(r"[^\n]+", text[span.start : span.end]):
            if match.group().strip():
                start = span.start + match.start() + len(match.group()) - len(match.group().lstrip())
                yield Span(start, start + len(match.group().strip()))


# Words in three pieces and more


def _in_pieces(text: str, lines: Sequence[Span], degraded: bool) -> Iterator[Join]:
    """Words that a narrow cell cuts twice or more."""
    first = 0
    while first < len(lines) - 2:
        found = (_pieces(text, run, degraded) for run in _runs_of_pieces(text, lines, first))
        number, join = next(((number, one) for number, one in enumerate(found) if one is not None), (0, None))
        if join is not None:
            yield join
            first += number + 1
        first += 1


def _runs_of_pieces(text: str, lines: Sequence[Span], first: int) -> Iterator[Sequence[Span]]:
    """Three lines and more from `first` on, shortest first, of which those between the outer ones are letters alone."""
    for last in range(first + 2, min(first + MOST_PIECES, len(lines))):
        run = lines[first : last + 1]
        if not _PIECE.fullmatch(text, run[-2].start, run[-2].end):
            return
        if any(text[above.end : below.start] != "\n" for above, below in pairwise(run)):
            return
        yield run


def _pieces(text: str, run: Sequence[Span], degraded: bool) -> Join | None:
    """The word whose pieces lines are, the first one's last letters and the last one's first letters included."""
    head, tail = _HEAD.search(run[0].of(text)), _TAIL.match(run[-1].of(text))
    if head is None or tail is None or not _PIECE.fullmatch(head.group()):
        return None
    left, middle, right = head.group(), "".join(line.of(text) for line in run[1:-1]), tail.group()
    word, rest = left + middle + right, middle + right
    if not (rest.islower() or word.isupper()) or not _readable(word, degraded):
        return None
    if _are_words(left.lower(), rest.lower(), degraded):
        return None
    source = Span(run[0].end - len(left), run[-1].start + len(right))
    return Join(Change(run[0].end, run[-1].start, middle), WordRepair(*source, word, "line_end", JOIN_SURE))


# Words in two halves


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A line end between what may be two halves of a word; `left` is without the hyphen that may stand behind it.

    `degraded` says whether the text's words lost letters.
    """

    text: str
    above: Span
    below: Span
    tie: Tie
    degraded: bool
    left: str
    right: str
    has_hyphen: bool

    @property
    def knows_paragraphs(self) -> bool:
        return self.tie in ("cut", "whole")

    @property
    def last_part(self) -> str:
        """The left half behind its last hyphen."""
        return self.left.rpartition("-")[2]

    @property
    def are_known(self) -> bool:
        """Whether both halves are words."""
        return self.is_known(self.right) and self.is_known(self.last_part)

    def is_known(self, word: str) -> bool:
        return _readable(word, self.degraded)

    def join(self, confidence: float, keeps_hyphen: bool = False) -> Join:
        """The halves as one word, a hyphen between them kept or dropped."""
        change = Change(self.above.end - (self.has_hyphen and not keeps_hyphen), self.below.start, "")
        start, end = self.above.end - len(self.left) - self.has_hyphen, self.below.start + len(self.right)
        word = f"{self.left}-{self.right}" if keeps_hyphen else self.left + self.right
        return Join(change, WordRepair(start, end, word, "line_end", confidence))


def join_at(text: str, above: Span, below: Span, degraded: bool, tie: Tie) -> Join | None:
    """The word that the end of a line breaks; None where it breaks none."""
    if tie != "loose" and text[above.end - 1] in _GLUED:
        return _glued(text, above, below)
    head, tail = _HEAD.search(above.of(text)), _TAIL.match(below.of(text))
    if head is None or tail is None or head.group().endswith("--"):  # two hyphens are a dash
        return None
    has_hyphen = head.group().endswith("-")
    end = LineEnd(text, above, below, tie, degraded, head.group().strip("-"), tail.group(), has_hyphen)
    if not has_hyphen:
        return _at_bare_end(end)
    if end.right.lower() in _suspending():
        return None
    return _at_hyphen(end) if end.left else _at_lone_hyphen(end)


def _at_hyphen(end: LineEnd) -> Join:
    """terveyden-|huollon, sote-|keskus"""
    keeps = any(rule(end) for rule in KEEPS_HYPHEN)
    return end.join(JOIN_LIKELY if end.are_known else JOIN_SURE, keeps)


def is_authors_hyphen(end: LineEnd) -> bool:
    """No program broke words here."""
    return end.tie == "whole"


def begins_capital(end: LineEnd) -> bool:
    """Etelä-|Karjala"""
    return end.right[0].isupper()


def follows_month(end: LineEnd) -> bool:
    """touko-|kesäkuu"""
    return end.left.lower() in _month_stems()


def follows_abbreviation(end: LineEnd) -> bool:
    """THL-|raportti"""
    return end.left.isupper()


def is_beside_figure(end: LineEnd) -> bool:
    """20-|vuotias, covid-|19"""
    return end.left[-1].isdigit() or end.right[0].isdigit()


def is_in_address(end: LineEnd) -> bool:
    """etu-|suku@kunta.fi, etu-|sivu.kunta.fi"""
    return _ADDRESS_GOES_ON.match(end.text, end.below.start) is not None


def is_no_word_without(end: LineEnd) -> bool:
    """sote-|keskus: sotekeskus is no word, keskus is one; what is no word by itself needs no hyphen."""
    return end.is_known(end.right) and not end.is_known(end.last_part + end.right)


def is_attested_with(end: LineEnd) -> bool:
    """kumppanuus-|verkosto where the document has kumppanuus-verkosto elsewhere."""
    return end.are_known and f"{end.left}-{end.right}".lower() in end.text.lower()


KEEPS_HYPHEN: tuple[Callable[[LineEnd], bool], ...] = (
    is_authors_hyphen,
    begins_capital,
    follows_month,
    follows_abbreviation,
    is_beside_figure,
    is_in_address,
    is_no_word_without,
    is_attested_with,
)
"""Why a hyphen at a line end belongs to the word; where none holds it only marks the break."""


def _at_lone_hyphen(end: LineEnd) -> Join | None:
    """A hyphen alone at a line's end that belongs to the word below (Ikäkaste |-ohjelma), not a dash.

    The document has "-ohjelma" elsewhere, or the word is one that is joined to phrases so.
    """
    opening = regex.escape(end.right[:ATTESTED_LETTERS])
    is_attested = regex.search(rf"[\p{{L}}\p{{N}}] -{opening}", end.text, regex.IGNORECASE)
    if not is_attested and not (end.right[0].islower() and _follows_phrases(end.right)):
        return None
    return end.join(JOIN_LIKELY, keeps_hyphen=True)


def _at_bare_end(end: LineEnd) -> Join | None:
    """toiminna|n"""
    if any(rule(end) for rule in NO_BREAK):
        return None
    knows_half = end.is_known(end.left) or (len(end.right) > 1 and end.is_known(end.right))
    return end.join(JOIN_LIKELY if knows_half else JOIN_SURE)


def changes_case(end: LineEnd) -> bool:
    """Within a word capitals follow capitals only, and these only where the format tells paragraphs."""
    all_capitals = end.knows_paragraphs and (end.left + end.right).isupper()
    return not (end.right[0].islower() or all_capitals)


def is_left_short(end: LineEnd) -> bool:
    """se|n"""
    return len(end.left) < SHORTEST_LEFT


def makes_no_word(end: LineEnd) -> bool:
    """kunta|vaikka; in a cell two pieces that are no words make one that Voikko lacks."""
    if end.is_known(end.left + end.right):
        return False
    return not (end.knows_paragraphs and _are_pieces(end.left, end.right, end.degraded))


def names_letter(end: LineEnd) -> bool:
    """OSA|A"""
    return len(end.right) == 1 and end.right.isupper() and end.is_known(end.left)


def are_two_words(end: LineEnd) -> bool:
    """hoito|on, where on is a word and hoito one too."""
    if end.knows_paragraphs:
        return _are_words(end.left.lower(), end.right.lower(), end.degraded)
    knows_left, knows_right = end.is_known(end.left), len(end.right) > 1 and end.is_known(end.right)
    if end.tie == "loose" and knows_left:
        return True
    return knows_right and (knows_left or len(end.right) > LONG_HALF)


NO_BREAK: tuple[Callable[[LineEnd], bool], ...] = (
    changes_case,
    is_left_short,
    makes_no_word,
    names_letter,
    are_two_words,
)
"""Why a line end without a hyphen stands between two words."""


def _glued(text: str, above: Span, below: Span) -> Join | None:
    """A line's end behind a soft hyphen, which vanishes with it, or behind a dash or slash between words."""
    mark = text[above.end - 1]
    head, tail = _LAST_WORD.search(above.of(text)), _FIRST_WORD.match(below.of(text))
    if head is None or tail is None:
        return None
    if mark != SOFT_HYPHEN and tail.group().lower() in _suspending():
        return None
    if mark == "/" and _ADDRESS_END.search(head.group()):
        return None
    is_soft = mark == SOFT_HYPHEN
    word = (head.group()[:-1] if is_soft else head.group()) + tail.group()
    repair = WordRepair(above.start + head.start(), below.start + tail.end(), word, "line_end", JOIN_SURE)
    return Join(Change(above.end - is_soft, below.start, ""), repair)


# What is a word


def _readable(word: str, degraded: bool) -> bool:
    """Whether a word is known, in a degraded text with its dots restored."""
    return knows(word) or (degraded and bool(undotted_words(word)))


def _are_pieces(left: str, right: str, degraded: bool) -> bool:
    """Whether what fills a cell's line is no word, nor what follows on the next: parts of a word that Voikko lacks."""
    return not _readable(left, degraded) and (len(right) <= SHORT_PIECE or not _readable(right, degraded))


def _are_words(left: str, right: str, degraded: bool) -> bool:
    """Whether the two parts of what may be a cut word are rather two words (small letters).

    They are not where the whole is a common form, or where a noun stands in its base form before another: such nouns
    are written together.
    """
    if not (_readable(left, degraded) and len(right) > 1 and _readable(right, degraded)):
        return False
    if left + right in zipf_values() or (_is_base_noun(left) and _is_noun(right)):
        return False
    return left in zipf_values() or _stands_alone(right, degraded)


def _stands_alone(word: str, degraded: bool) -> bool:
    """Whether a known word is long or common enough to be no ending that looks like one."""
    spellings = (word, *(spelling for spelling, _ in undotted_words(word))) if degraded else (word,)
    is_common = any(spelling.lower() in zipf_values() for spelling in spellings)
    return len(word) > LONG_WORD or (len(word) > SHORT_WORD and is_common)


def _is_noun(word: str) -> bool:
    readings = {reading.pos for reading in word_readings(word)[0]}
    return "NOUN" in readings and not readings & {"VERB", "AUX", "ADV", "CCONJ", "SCONJ", "PRON", "ADP"}


def _is_base_noun(word: str) -> bool:
    return _is_noun(word) and any(reading.lemma.lower() == word for reading in word_readings(word)[0])


@cache
def _suspending() -> frozenset[str]:
    """Words before which a hyphen at a line end is one that suspends (sosiaali- ja terveyspalvelut)."""
    return frozenset(_AFTER_SUSPENDED_HYPHEN.texts)


@cache
def _month_stems() -> frozenset[str]:
    return frozenset(_MONTHS.texts)


def _follows_phrases(word: str) -> bool:
    return any(reading.lemma.lower().endswith(_AFTER_PHRASE.texts) for reading in word_readings(word)[0])


def merged(blocks: Sequence[Block], joins: Sequence[Join]) -> Iterator[Block]:
    """The blocks, those that a broken word parts made one."""
    broken = {join.change.start for join in joins} | {join.change.start + 1 for join in joins}  # a hyphen may go along
    held: Block | None = None
    for block in blocks:
        if held is None:
            held = block
        elif held.end in broken:
            held = replace(held, end=block.end, lines=(*held.lines, *block.lines))
        else:
            yield held
            held = block
    if held is not None:
        yield held
