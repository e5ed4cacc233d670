"""The document model: the typed values that the stages hand on to each other.

`Layout` → `Document` → `RepairedDocument` → `AnalysedDocument`: each is the one before with what a stage found.

Offsets are 0-based Unicode code points into the source text, end exclusive.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property, wraps
from operator import attrgetter
from typing import Any, Concatenate, Literal, NamedTuple, ParamSpec, TypeVar

import regex

_WHITE = regex.compile(r"\s+")

EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+)+"
"""How an e-mail address is written; its parts have at most so many characters (RFC 5321 and 1035)."""


def fold(text: str) -> str:
    """Fold every run of white space (no-break and thin spaces too) into one space and strip the ends."""
    return _WHITE.sub(" ", text).strip()


class Span(NamedTuple):
    """A stretch of the source text, `start` inclusive, `end` exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def without(self, holes: Iterable[Span], text: str) -> Iterator[Span]:
        """What of a stretch lies outside the holes (in order, apart), without white space at the ends."""
        position = self.start
        inside = ((hole.start, hole.end) for hole in holes if self.start <= hole.start < self.end)
        for start, end in (*inside, (self.end, self.end)):
            piece = text[position:start]
            if piece.strip():
                yield Span(position + len(piece) - len(piece.lstrip()), position + len(piece.rstrip()))
            position = end


class Box(NamedTuple):
    """A rectangle on a page in points, origin at the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    def around(self, other: Box) -> Box:
        """The smallest rectangle around both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1 and its stretch of the source text, from its first word to its last.

    A paragraph or a table row over a page break has words of two pages, in a row even in turns: `Places` is exact.
    """

    number: int
    start: int
    end: int


class Place(NamedTuple):
    """Where something stands: the page, and the smallest rectangle around its words on that page."""

    page: int
    box: Box


class Places:
    """Where each word of a paged document stands, in the order of the text."""

    def __init__(self) -> None:
        self._starts, self._ends, self._pages = array("i"), array("i"), array("i")
        self._boxes = array("f")

    def __len__(self) -> int:
        return len(self._starts)

    def append(self, start: int, end: int, page: int, box: Box) -> None:
        """Add a word behind those there are: its offsets, its page from 1, its box."""
        self._starts.append(start)
        self._ends.append(end)
        self._pages.append(page)
        self._boxes.extend(box)

    def words(self) -> Iterator[tuple[int, int, int, Box]]:
        """Each word as it was added."""
        boxes = zip(*[iter(self._boxes)] * 4, strict=True)
        for start, end, page, box in zip(self._starts, self._ends, self._pages, boxes, strict=True):
            yield start, end, page, Box(*box)

    def at(self, start: int, end: int) -> Place | None:
        """The page of a stretch's first word and the box of its words on that page; None where it has no word.

        Of a word that the stretch cuts, the share of its width by code points counts.
        """
        first = bisect_right(self._ends, start)
        found: Box | None = None
        page = 0
        for index in range(first, len(self._starts)):
            if self._starts[index] >= end:
                break
            if found is not None and self._pages[index] != page:
                continue
            box, page = self._cut(index, start, end), self._pages[index]
            found = box if found is None else found.around(box)
        return Place(page, found) if found is not None else None

    def _cut(self, index: int, start: int, end: int) -> Box:
        first, last = self._starts[index], self._ends[index]
        x0, top, x1, bottom = self._boxes[4 * index : 4 * index + 4]
        width = (x1 - x0) / (last - first)
        left, right = max(0, start - first), max(0, last - end)
        return Box(x0 + left * width, top, x1 - right * width, bottom)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, or a heading that the format itself marks.

    `start`..`end` cover the block's words without its list marker; `lines` are its lines as laid out.
    `gap` counts the empty lines above; `starts_page` says that a page break stands right before it, as far as the
    layout shows; `level` is the heading level where the format states one.
    """

    kind: Literal["paragraph", "list_item", "heading"]
    start: int
    end: int
    lines: tuple[Span, ...]
    gap: int = 0
    marker: str | None = None
    starts_page: bool = False
    level: int | None = None

    def outside(self, cuts: Sequence[tuple[int, int]]) -> Iterator[Block]:
        """What of the block stands outside these stretches: at most one block, of the lines that begin in none."""
        kept = [line for line in self.lines if not any(start <= line.start < end for start, end in cuts)]
        if len(kept) == len(self.lines):
            yield self
        elif kept:
            yield replace(self, start=kept[0].start, end=kept[-1].end, lines=tuple(kept))


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. `col` is its first column; a merged cell covers `col_span` columns and `row_span` rows.

    `spans` are its pieces in the source text in reading order: several where a page break or a column layout cuts
    it, none where the cell is empty (`anchor` is then where it would stand).
    """

    row: int
    col: int
    spans: tuple[Span, ...]
    anchor: int
    col_span: int = 1
    row_span: int = 1

    @property
    def start(self) -> int:
        return self.spans[0].start if self.spans else self.anchor

    @property
    def end(self) -> int:
        return self.spans[-1].end if self.spans else self.anchor

    @property
    def pieces(self) -> list[Span]:
        """Its contiguous pieces: lines with nothing but white space between them stand together."""
        found: list[Span] = []
        for span in self.spans:
            if found and span.start - found[-1].end <= 4:
                found[-1] = Span(found[-1].start, span.end)
            else:
                found.append(span)
        return found

    def text(self, source: str) -> str:
        """The cell's words as the source spells them, white space folded."""
        return fold(" ".join(span.of(source) for span in self.spans))


def covering(row: Sequence[Cell], col: int) -> Cell | None:
    """The cell of a row, in the order of its columns, that covers a column."""
    index = bisect_right(row, col, key=_first_column) - 1
    return row[index] if index >= 0 and col < row[index].col + row[index].col_span else None


_first_column = attrgetter("col")


@dataclass(frozen=True, eq=False)
class Table:
    """A grid of cells in row order; `start`..`end` cover the whole table in the source text.

    `roles` are the columns' roles where a reader knows them (`lexicons/table_columns.yaml`); the table then has no
    header rows. Compared by identity.
    """

    start: int
    end: int
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    roles: tuple[str, ...] | None = None

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        grid: list[list[Cell]] = [[] for _ in range(self.n_rows)]
        for cell in self.cells:
            grid[cell.row].append(cell)
        return tuple(tuple(sorted(row, key=lambda cell: cell.col)) for row in grid)

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers a grid position, merged cells included."""
        own = covering(self.rows[row], col) if 0 <= row < self.n_rows else None
        if own is not None:
            return own
        for cell in self._tall:
            if cell.row <= row < cell.row + cell.row_span and cell.col <= col < cell.col + cell.col_span:
                return cell
        return None

    @cached_property
    def _tall(self) -> tuple[Cell, ...]:
        """The cells that cover several rows."""
        return tuple(cell for cell in self.cells if cell.row_span > 1)


@dataclass(frozen=True, eq=False, kw_only=True)
class Layout:
    """What a format's reader finds in a file: its source text and the parts of it. Compared by identity.

    `wrapped` says that lines are cut to a column's width (a PDF saved as text) instead of holding a paragraph each.
    What stands from `body_end` on are running headers, footers and page numbers: part of the source text, of nothing
    else. `pages_without_text` are images, `pages_by_ocr` what text recognition has read, `warnings` codes
    of what may be missing; `breaks_words` is false where every hyphen at a line's end is its author's. `spelled` is
    the text as the file spells it where `text` is that without unseen signs.
    """

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()
    wrapped: bool = False
    places: Places | None = None
    body_end: int | None = None
    pages_without_text: tuple[int, ...] = ()
    pages_by_ocr: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    breaks_words: bool = True
    spelled: Spelled | None = None

    def grown(self, kind: type[_Grown], **more: Any) -> _Grown:
        """The same as the value of the next stage, with what that stage adds."""
        return kind(**{item.name: getattr(self, item.name) for item in fields(self)}, **more)

    @property
    def source_text(self) -> str:
        """`documents.text`: the text as the file spells it."""
        return self.text if self.spelled is None else self.spelled.text

    @property
    def knows_paragraphs(self) -> bool:
        """Whether the format tells where paragraphs end, so that no paragraph goes on in the next block."""
        return self.body_end is not None

    @property
    def body_length(self) -> int:
        """Where the body ends and running headers and footers begin."""
        return len(self.text) if self.body_end is None else self.body_end

    def place(self, start: int, end: int) -> tuple[int | None, Box | None]:
        """The page and the box of a stretch, each None where the format does not tell."""
        if self.places is not None:
            found = self.places.at(start, end)
            return (found.page, found.box) if found else (None, None)
        return self._page_at(start), None

    def _page_at(self, offset: int) -> int | None:
        index = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[index].number if index >= 0 else None


_Grown = TypeVar("_Grown", bound=Layout)


@dataclass(frozen=True, eq=False, kw_only=True)
class Document(Layout):
    """What stage *read* gives: a file and its layout."""

    doc_id: str
    source_path: str
    format: str
    sha256: str
    n_bytes: int


@dataclass(frozen=True, slots=True)
class Change:
    """One repair: the source stretch it replaces and its new wording."""

    start: int
    end: int
    text: str


class WordRepair(NamedTuple):
    """A word that was repaired: its source stretch, its wording now, what was wrong, how sure the repair is (0..1).

    `kind` is `line_end` (broken over lines), `dots` (ä, ö or å without them) or `letters` (others misread).
    """

    start: int
    end: int
    text: str
    kind: str
    confidence: float


@dataclass(frozen=True)
class Twin:
    """The repaired text, aligned with the source by its changes; `repairs` are the same, word by word.

    A clean document's twin is the source itself and has no changes.
    """

    text: str
    changes: tuple[Change, ...] = ()
    repairs: tuple[WordRepair, ...] = ()

    @cached_property
    def _cuts(self) -> tuple[list[int], list[int], list[int]]:
        """For each change: its start in the twin, its end in the twin, and the shift after it."""
        starts, ends, shifts, shift = [], [], [], 0
        for change in self.changes:
            starts.append(change.start + shift)
            ends.append(change.start + shift + len(change.text))
            shift += len(change.text) - (change.end - change.start)
            shifts.append(shift)
        return starts, ends, shifts

    @cached_property
    def _source_starts(self) -> list[int]:
        return [change.start for change in self.changes]

    def source_span(self, start: int, end: int) -> Span:
        """The source stretch of a twin stretch; one that touches a change covers all that the change replaced."""
        return Span(self._to_source(start, False), self._to_source(end, True))

    def _to_source(self, offset: int, is_end: bool) -> int:
        starts, ends, shifts = self._cuts
        index = (bisect_left(starts, offset) if is_end else bisect_right(starts, offset)) - 1
        if index < 0:
            return offset
        inside = offset < ends[index] or (is_end and offset == ends[index])
        change = self.changes[index]
        if not inside:
            return offset - shifts[index]
        if len(change.text) == change.end - change.start:
            return change.start + offset - starts[index]
        return change.end if is_end else change.start

    def twin_offset(self, offset: int) -> int:
        """Where a source offset stands in the twin."""
        index = bisect_right(self._source_starts, offset) - 1
        if index < 0:
            return offset
        change, (starts, ends, shifts) = self.changes[index], self._cuts
        if offset >= change.end:
            return offset + shifts[index]
        return min(starts[index] + offset - change.start, ends[index])

    def repaired(self, start: int, end: int) -> str:
        """The repaired wording of a source stretch."""
        return self.text[self.twin_offset(start) : self.twin_offset(end)]


@dataclass(frozen=True)
class Spelled:
    """A text as its file spells it, and its twin: the text that all stages read, without unseen signs (`plain`)."""

    text: str
    twin: Twin

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the plain text stands in the file's."""
        found = self.twin.source_span(start, end)
        return Span(found.start, max(found))


class Token(NamedTuple):
    """A word, number or punctuation mark with its lemma.

    `text` is as repaired, `start`..`end` stand in the source. `lemmas` are the surface and
    the lemma of every analysis, lower case; `keys` also the contiguous parts of its compounds. `known` is false for
    a word that Voikko does not know. `tense` is set for finite verbs and past participles,
    `case` and `number` (Universal Dependencies: Nom, Gen, Par, ...; Sing, Plur) for nominals. `tag` is the whole
    reading: part of speech, mood, tense, person or case (`VERB.Ind.Pres.4..`, `VERB.Part.Past.Pass.Nom.Sing`).
    `is_word` is false for numbers, marks and symbols.
    """

    start: int
    end: int
    sentence: int
    text: str
    lemma: str
    pos: str
    compound_parts: tuple[str, ...]
    lemmas: frozenset[str]
    keys: frozenset[str]
    known: bool
    tense: Literal["past", "present"] | None
    case: str | None
    number: Literal["Sing", "Plur"] | None
    tag: str
    is_word: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its own body, without its subsections. The outline has no gaps from its first heading on.

    `goal_codes` are the numbers of the process goals that the heading names, `benefit_goals` the national goals.
    """

    ordinal: int
    parent: int | None
    level: int
    heading: Span
    heading_text: str
    body: Span
    field: str | None = None
    evaluation_date: date | None = None
    goal_codes: tuple[str, ...] = ()
    benefit_goals: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class RepairedDocument(Document):
    """What stage *repair* gives: blocks that a broken word parted are one, and the text has its twins.

    `twin` has joined and restored words, `joined` only the words that line ends had broken. `known_word_share` is the
    share of words that Voikko knows as read, 0..1, None without words; `known_word_share_repaired` the same of the
    twin, None where nothing was degraded.
    """

    twin: Twin
    joined: Twin
    known_word_share: float | None = None
    known_word_share_repaired: float | None = None
    degraded: bool = False

    def wording(self, start: int, end: int) -> str:
        """A stretch as the source spells it, white space folded and words broken over lines rejoined."""
        return fold(self.joined.repaired(start, end))

    def cell_wording(self, cell: Cell) -> str:
        """The same of a cell, over all its pieces."""
        return " ".join(self.wording(*piece) for piece in cell.pieces)

    def repaired(self, start: int, end: int) -> str | None:
        """The same with lost letters restored; None where the text is clean."""
        return fold(self.twin.repaired(start, end)) if self.is_repaired else None

    def clean(self, start: int, end: int) -> str:
        """The best wording there is: repaired where the text is degraded."""
        return fold(self.twin.repaired(start, end))

    @cached_property
    def is_repaired(self) -> bool:
        return self.twin != self.joined


@dataclass(frozen=True, eq=False, kw_only=True)
class AnalysedDocument(RepairedDocument):
    """What stage *analyse* gives, and with its sections stage *outline*: all that the extractors read.

    `text_answers` is what has been worked out about the text and its tokens, for all outlines of it.
    """

    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    sections: tuple[Section, ...] = ()
    text_answers: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def answers(self) -> dict[Any, Any]:
        """What has been worked out about the document once, by the function that did it."""
        return {}

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.heading.start for section in self.sections]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that begin inside a source stretch."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]

    def sentence_at(self, offset: int) -> Span | None:
        index = bisect_right(self._sentence_starts, offset) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        return None

    def sentences_in(self, start: int, end: int) -> Iterator[Span]:
        """The sentences of a stretch, cut to it."""
        first = max(0, bisect_right(self._sentence_starts, start) - 1)
        for sentence in self.sentences[first : bisect_left(self._sentence_starts, end)]:
            if sentence.end > start:
                yield Span(max(start, sentence.start), min(end, sentence.end))

    def section_at(self, offset: int) -> Section | None:
        """The section whose heading or body holds an offset."""
        index = bisect_right(self._section_starts, offset) - 1
        return self.sections[index] if index >= 0 else None

    def ancestors(self, section: Section) -> Iterator[Section]:
        """The section itself, then its parents up to the top."""
        current: Section | None = section
        while current is not None:
            yield current
            current = self.sections[current.parent] if current.parent is not None else None


_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")
_Asked = Callable[Concatenate[AnalysedDocument, _Arguments], _Answer]


def once_a_document(function: _Asked[_Arguments, _Answer]) -> _Asked[_Arguments, _Answer]:
    """Keep a function's answers about a document with the document. Arguments must be positional and hashable."""
    return _keeping(function, lambda document: document.answers)


def once_a_text(function: _Asked[_Arguments, _Answer]) -> _Asked[_Arguments, _Answer]:
    """The same for answers that hang on the text and its tokens alone: they outlive the stage *outline*."""
    return _keeping(function, lambda document: document.text_answers)


def _keeping(
    function: _Asked[_Arguments, _Answer], kept_in: Callable[[AnalysedDocument], dict[Any, Any]]
) -> _Asked[_Arguments, _Answer]:
    @wraps(function)
    def kept(document: AnalysedDocument, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Answer:
        answers = kept_in(document).setdefault(function, {})
        if args not in answers:
            answers[args] = function(document, *args, **kwargs)
        return answers[args]  # type: ignore[no-any-return]

    return kept
