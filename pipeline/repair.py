"""Stage *repair*: a degraded text gets a repaired twin, aligned with the source offsets.

Two kinds of change: a word broken over lines or cells is joined, and a misread word gets its letters back. Joins need
the layout only and are made in every document; letters are restored in documents, or single blocks, whose unknown words
become known by undoing what text recognition does (`pipeline.spelling`). A clean text keeps every letter.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

import regex

from extractors.document import Block, Change, Document, Span, Twin, WordRepair
from lexicons import load
from pipeline.disambiguate import EDGE, EDGE_FORM, Form, context_features, model
from pipeline.frequencies import zipf_values
from pipeline.lemmatiser import form, word_readings
from pipeline.read.compose import SOFT_HYPHEN
from pipeline.rejects import UNREADABLE_FONTS, Reject
from pipeline.spelling import MAX_SWITCHES, WITHOUT_DOTS, Correction, Pair, Speller, near_candidates, undotted_words
from pipeline.voikko import knows

CURED_SHARE, CURED_OF_UNKNOWN = 0.05, 0.4
"""A text is degraded where so many of its words, and so many of its unknown ones, become known by undoing confusions.

Clean exports have at most 0.026 of their words, mostly 0.005; without dots they have 0.19, with 3 % of the letters
confused 0.15 (`poimuri bench repair` prints the shares).
"""

HABIT = 8
"""Words that one confusion alone explains, from which on it is a document's habit, as likely as lost dots."""

MOST_PROBED = 2_000
"""Unknown words of a text that are looked into; of more, every second, third and so on."""

FEWEST_SHOWN = 200
"""Characters that a text must have to be called gibberish."""

FEWEST_CURED = 4
"""Different cured words that a block must have to count as degraded by itself."""

DOTS_SHARE = 0.042
"""Share of ä and ö among the letters of clean exports (0.038 to 0.049)."""

NO_DOTS = 200
"""Letters in which clean Finnish has an ä or ö: without any its chance is 0.958 to this power, 0.0002."""

_LEVELS = (0.03, 0.15, 0.4, 0.7, 0.97)
"""Probabilities of a lost dot that are told apart: few, so that a word's answers serve many blocks."""

MOST_PIECES = 6
"""Pieces into which a narrow cell may cut a word."""

SMOOTHING = 300
"""Letters of the whole document that a block's own share of dots is weighed with."""

SURE = 0.95
"""Probability that a correction must have; one that only restores dots must be likelier than all else."""

CONTESTED = 0.05
"""A spelling of this probability or more is weighed against the likeliest in the sentence."""

CONTEXT_WEIGHT = 0.2
"""Decadic logarithms that a point of the disambiguator's score is worth.

On 30,835 words of TurkuONE training text without dots, weights from 0 to 0.4 restore the same but for three words:
frequencies decide nearly all of what is contested.
"""

_ADDRESS = regex.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+)+|(?:https?://|www\.)\S++")
_WORD = regex.compile(
    r"(?<![\p{L}\p{Nd}]|[%\p{Nd}]:)(?:\p{Nd}(?=\p{L}{3}))?(?:[\p{L}&@$€]|[];|!\[](?=\p{L}{2}))"
    r"(?:[\p{L}\p{M}\p{Nd}&@$€|+]|[];!\[](?=\p{L}))*(?:[-’':][\p{L}&@](?:[\p{L}\p{M}\p{Nd}&@|]|[!;](?=\p{L}))*)*"
)
"""A word with the marks that stand in it where letters were misread."""

_PIECE = regex.compile(r"\p{L}+")
_GLUED = SOFT_HYPHEN + "–/"
_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}%)][^\s]*$")
_FIRST_WORD = regex.compile(r"[(\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*")
_ADDRESS_END = regex.compile(r"//|\w\.\w|@")
_ADDRESS_GOES_ON = regex.compile(r"[\w.-]*@|\.\w+\.\w")
_LATIN = regex.compile(r"\p{Latin}+")
_HEAD = regex.compile(r"[\p{L}\p{Nd}&@|!-]+$")
_TAIL = regex.compile(r"[\p{L}&@][\p{L}\p{Nd}&@|!]*|\p{Nd}+")


@dataclass(frozen=True, slots=True)
class Repair:
    """The document with blocks that a broken word parts made one, its twins, and how readable it was and is.

    `known_word_share` is the share of words that Voikko knows as read, 0..1, None without words;
    `known_word_share_repaired` the same of the twin, None where nothing was degraded.
    """

    document: Document
    twin: Twin
    joined: Twin
    known_word_share: float | None
    known_word_share_repaired: float | None
    degraded: bool


def repair(document: Document) -> Repair:
    """Repair a document where it needs it.

    Raises Reject (stage `repair`) where a PDF's text is no language, VoikkoMissing, LexiconError.
    """
    words = [match.group() for match in _words(document.text)]
    evidence = _evidence(words)
    if document.format == "pdf" and _is_gibberish(document.text, evidence):
        raise Reject("repair", "unreadable_text", UNREADABLE_FONTS)
    joins = _joins(document, evidence.degraded)
    joined = _twin(document.text, [(join.change, [join.repair]) for join in joins])
    whole = replace(document, blocks=tuple(_merged(document.blocks, joins))) if joins else document
    degraded = list(_degraded_parts(whole, joined, evidence))
    if not degraded:
        return Repair(whole, joined, joined, evidence.known_share, None, False)
    twin = _restored(whole, joined, joins, degraded)
    known = [knows(match.group()) for match in _words(twin.text)]
    return Repair(whole, twin, joined, evidence.known_share, sum(known) / len(known) if known else None, True)


def _is_gibberish(text: str, evidence: _Evidence) -> bool:
    """Whether characters are the numbers of glyphs and no letters: few letters, or few known words and odd vowels.

    A vowel's share of the letters is 0.36 to 0.5 in English, Swedish and Finnish.
    """
    n_shown = sum(not ch.isspace() for ch in text)
    letters = "".join(_LATIN.findall(text)).lower()
    known = evidence.known_share or 0.0
    if n_shown < FEWEST_SHOWN or known >= 0.5:
        return False
    vowels = sum(map(letters.count, "aeiouyäöå"))
    return len(letters) < 0.6 * n_shown or (known < 0.2 and not 0.27 <= vowels / len(letters) <= 0.62)


def _words(text: str) -> Iterator[regex.Match[str]]:
    """The words of a text with the marks that a misread letter leaves; addresses are passed over."""
    barred = [match.span() for match in _ADDRESS.finditer(text)]
    following = 0
    for match in _WORD.finditer(text):
        while following < len(barred) and barred[following][1] <= match.start():
            following += 1
        if following == len(barred) or match.end() <= barred[following][0]:
            yield match


# How degraded a text is


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a stretch's words tell: how many there are, are known, are unknown words of the running text (lower case),
    and how many of these lost dots or other letters explain. `letters` and `dots` count letters, and ä and ö, `pairs`
    the confusions that alone explain a word. `looked_into` is false where too few words are unknown to ask."""

    n_words: int
    known: int
    unknown: int
    by_dots: int
    by_letters: int
    different: int
    letters: int
    dots: int
    pairs: Counter[Pair]
    looked_into: bool

    @property
    def is_foreign(self) -> bool:
        """Whether its unknown words are no misread Finnish ones."""
        return self.looked_into and self.n_words >= 8 and self.by_dots + self.by_letters < 0.3 * self.unknown

    @property
    def known_share(self) -> float | None:
        return self.known / self.n_words if self.n_words else None

    @property
    def lacks_dots(self) -> bool:
        """Whether Finnish text of this length could not do without ä and ö."""
        return self.letters >= NO_DOTS and self.dots < 0.15 * DOTS_SHARE * self.letters

    @property
    def degraded(self) -> bool:
        cured = self.by_dots + self.by_letters
        if self.lacks_dots and self.by_dots >= 2 and self.known > 0.4 * self.n_words:
            return True
        return self.different >= FEWEST_CURED and cured >= max(
            CURED_SHARE * self.n_words, CURED_OF_UNKNOWN * self.unknown
        )


def _evidence(words: Sequence[str]) -> _Evidence:
    """What words tell; they are looked into only where so many are unknown that the text may be degraded."""
    known = [word for word in words if knows(word)]
    unknown = [word for word in words if len(word) > 3 and not word[0].isupper() and not knows(word)]
    by_dots = by_letters = 0
    different: set[str] = set()
    pairs: Counter[Pair] = Counter()
    letters = "".join(words)
    dots = sum(map(letters.count, "äöÄÖ"))
    suspicious = len(set(unknown)) >= FEWEST_CURED and len(unknown) >= CURED_SHARE * len(words)
    suspicious = suspicious or (len(letters) >= NO_DOTS and not dots)
    stride = max(1, len(unknown) // MOST_PROBED)
    for word in unknown[::stride] if suspicious else ():
        found = near_candidates(word)
        if any(one.dots and not one.confusions for one in found):
            by_dots += 1
        elif any(one.confusions == 1 or one.any_letter for one in found):
            by_letters += 1
            alone = {one.pair for one in found}
            if len(alone) == 1 and (pair := alone.pop()) is not None:
                pairs[pair] += 1
        else:
            continue
        different.add(word)
    cured = (by_dots * stride, by_letters * stride, len(different))
    return _Evidence(len(words), len(known), len(unknown), *cured, len(letters), dots, pairs, suspicious)


def _speller(evidence: _Evidence, whole: _Evidence, attested: Counter[str]) -> Speller:
    """The noise of a stretch, its own counts smoothed with the whole document's."""
    expected = DOTS_SHARE * (evidence.letters + SMOOTHING)
    seen = evidence.dots + SMOOTHING * (whole.dots / max(whole.letters, 1))
    lost = min(0.97, max(0.01, 1 - seen / expected))
    lost = next(level for level in _LEVELS if lost <= level)
    habits = (pair for pair, n in whole.pairs.items() if n >= HABIT and pair[1] in "äö" and len(pair[0]) == 1)
    confused = min(0.03, max(5e-4, whole.by_letters / max(whole.letters, 1)))
    return Speller(lost, confused, attested, tuple(sorted(habits)))


def _degraded_parts(document: Document, joined: Twin, whole: _Evidence) -> Iterator[tuple[Span, Speller]]:
    """The stretches of the joined text to restore: all parts of a degraded document, else its degraded blocks."""
    found: list[tuple[Span, _Evidence]] = []
    for start, end in _parts(document):
        stretch = Span(joined.twin_offset(start), joined.twin_offset(end))
        evidence = _evidence([match.group() for match in _words(stretch.of(joined.text))])
        if not evidence.is_foreign and (whole.degraded or evidence.degraded):
            found.append((stretch, evidence))
    if not found:
        return
    attested = Counter(word.lower() for match in _words(joined.text) if len(word := match.group()) > 3 and knows(word))
    kept: dict[tuple[float, float, tuple[Pair, ...]], Speller] = {}
    for stretch, evidence in found:
        one = _speller(evidence, whole if whole.degraded else evidence, attested)
        yield stretch, kept.setdefault((one.lost_dots, one.confused, one.habits), one)


def _parts(document: Document) -> list[Span]:
    """The text in stretches that end at blocks' and tables' edges, so that no letter is left out."""
    edges = {0, len(document.text)}
    for block in document.blocks:
        edges |= {document.text.rfind("\n", 0, block.start) + 1}
    edges |= {table.start for table in document.tables} | {table.end for table in document.tables}
    return [Span(start, end) for start, end in pairwise(sorted(edges))]


# Words broken over lines and cells


@dataclass(frozen=True, slots=True)
class _Join:
    change: Change
    repair: WordRepair


_JOIN_SURE, _JOIN_LIKELY = 0.99, 0.95
"""Confidence of a join: neither half is a word; one half is."""


@cache
def _suspending() -> frozenset[str]:
    """Words before which a hyphen at a line end is one that suspends (sosiaali- ja terveyspalvelut)."""
    return frozenset(term.text for term in load("layout_words").entry("after_suspended_hyphen").terms)


@cache
def _month_stems() -> frozenset[str]:
    groups = ("month", "month_prefix")
    return frozenset(term.text for group in groups for entry in load("time_words").group(group) for term in entry.terms)


def _joins(document: Document, degraded: bool) -> list[_Join]:
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


def _in_pieces(text: str, lines: Sequence[Span], degraded: bool) -> Iterator[_Join]:
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
            yield _Join(change, WordRepair(source.start, source.end, word, "line_end", _JOIN_SURE))
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


def _join(text: str, above: Span, below: Span, degraded: bool, tie: _Tie) -> _Join | None:
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
    return _Join(Change(start, below.start, ""), WordRepair(source.start, source.end, word, "line_end", sure))


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


def _glued(text: str, above: Span, below: Span) -> _Join | None:
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
    return _Join(Change(above.end - is_soft, below.start, ""), repair)


def _hyphen_before(text: str, above: Span, below: Span, right: str) -> _Join | None:
    """A hyphen alone at a line's end that belongs to the word below, not a dash.

    The document has "-ohjelma" elsewhere, or the word is one that is joined to phrases so.
    """
    attested = regex.search(rf"[\p{{L}}\p{{N}}] -{regex.escape(right[:6])}", text, regex.IGNORECASE)
    if not attested and not (right[0].islower() and _follows_phrases(right)):
        return None
    repair = WordRepair(above.end - 1, below.start + len(right), f"-{right}", "line_end", _JOIN_LIKELY)
    return _Join(Change(above.end, below.start, ""), repair)


@cache
def _phrase_heads() -> tuple[str, ...]:
    return tuple(term.text for term in load("layout_words").entry("after_phrase").terms)


def _follows_phrases(word: str) -> bool:
    return any(reading.lemma.lower().endswith(_phrase_heads()) for reading in word_readings(word)[0])


def _readable(word: str, degraded: bool, misread: bool = False) -> bool:
    """Whether a word is known, in a degraded text with its dots restored, with `misread` with a letter put right."""
    if knows(word) or (degraded and undotted_words(word)):
        return True
    return misread and any(one.confusions == 1 for one in near_candidates(word))


def _merged(blocks: Sequence[Block], joins: Sequence[_Join]) -> Iterator[Block]:
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


# Misread letters


def _restored(document: Document, joined: Twin, joins: Sequence[_Join], parts: Sequence[tuple[Span, Speller]]) -> Twin:
    """The twin with joins and with the words of the degraded parts restored."""
    changes: list[tuple[Change, list[WordRepair]]] = []
    taken: list[Span] = []
    torn = _torn(joined.text, document.wrapped, parts[0][1].habits)
    for stretch, speller in parts:
        matches = list(_words(stretch.of(joined.text)))
        chosen = _chosen([match.group() for match in matches], speller)
        for match, correction in zip(matches, chosen, strict=True):
            if correction is None or stretch.start + match.start() in torn:
                continue
            start, end = stretch.start + match.start(), stretch.start + match.end()
            source = joined.source_span(start, end)
            word = match.group()
            lost_dots = word.translate(WITHOUT_DOTS) == correction.word.translate(WITHOUT_DOTS)
            sort = "dots" if lost_dots else "letters"
            repaired = WordRepair(source.start, source.end, correction.word, sort, round(correction.confidence, 3))
            if len(word) == len(correction.word):  # letter by letter, so that offsets inside the word stay exact
                letters = [
                    Change(*joined.source_span(start + index, start + index + 1), new)
                    for index, (old, new) in enumerate(zip(word, correction.word, strict=True))
                    if old != new
                ]
                changes += [(change, []) for change in letters[1:]]
                changes.append((letters[0], [repaired]))
            else:
                changes.append((Change(source.start, source.end, correction.word), [repaired]))
                taken.append(source)
    inner = {join.change.start for join in joins for span in taken if span.start <= join.change.start < span.end}
    changes += [(join.change, [join.repair]) for join in joins if join.change.start not in inner]
    return _twin(document.text, sorted(changes, key=lambda pair: pair[0].start))


def _torn(text: str, wrapped: bool, habits: tuple[Pair, ...]) -> set[int]:
    """Where words begin that may be halves of one which a line end tears.

    They stand beside it and are unknown: both in wrapped text, one of them in other text.
    """
    torn: set[int] = set()
    for one, other in pairwise(_words(text)):
        between = text[one.end() : other.start()]
        if between.strip("-") == "\n" and not other.group()[0].isupper():
            known = [bool(undotted_words(match.group(), MAX_SWITCHES, habits)) for match in (one, other)]
            if not any(known) or not (wrapped or all(known)):
                torn |= {one.start(), other.start()}
    return torn


def _chosen(words: Sequence[str], speller: Speller) -> list[Correction | None]:
    """For each word of a stretch its correction, None where it stays."""
    options = [_options(word, speller) for word in words]
    chosen = [found[0] for found in options]
    for index, found in enumerate(options):
        if len(found) > 1:
            chosen[index] = _in_context(found, [one.word for one in chosen], index)
    return [_accepted(word, (one, *found), speller) for word, one, found in zip(words, chosen, options, strict=True)]


def _options(word: str, speller: Speller) -> list[Correction]:
    if speller.lost_dots < 0.3 and knows(word):
        return [Correction(word, 1.0)]
    found = speller.corrections(word)
    return [one for one in found if one.confidence >= CONTESTED or one is found[0]]


def _accepted(word: str, ranked: Sequence[Correction], speller: Speller) -> Correction | None:
    """The likeliest spelling that may be set in a word's place, None where the word itself comes before it."""
    for one in ranked:
        if one.word == word:
            return None
        if speller.only_dots(word, one.word):
            if one.confidence >= SURE or (speller.lost_dots >= 0.3 and (one is ranked[0] or knows(one.word))):
                return one
        elif one.confidence >= SURE and (len(word) > 4 or not word.isalpha()):  # short ones are abbreviations as often
            return one
    return None


def _in_context(found: Sequence[Correction], words: Sequence[str], index: int) -> Correction:
    """The spelling that fits its neighbours best, by the disambiguator's features of the sentence."""
    line = [form(word) for word in words[max(0, index - 2) : index + 3]]
    at = min(index, 2)
    scores = []
    for one in found:
        line[at] = form(one.word)
        scores.append(math.log10(one.confidence) + CONTEXT_WEIGHT * _fit(line, at))
    top = max(scores)
    powers = [10 ** (score - top) for score in scores]
    best = scores.index(top)
    return Correction(found[best].word, powers[best] / sum(powers))


def _fit(line: Sequence[Form], at: int) -> float:
    """The best score of a form's readings by their context alone."""
    before = line[at - 1].readings[line[at - 1].best] if at else EDGE
    before2 = line[at - 2].readings[line[at - 2].best] if at > 1 else EDGE
    after = line[at + 1] if at + 1 < len(line) else EDGE_FORM
    after2 = line[at + 2] if at + 2 < len(line) else EDGE_FORM
    get, one = model().weights.get, line[at]
    return max(
        sum(get(name, 0.0) for name in context_features(reading, one.text, before, before2, after, after2))
        for reading in one.readings
    )


def _twin(text: str, changes: Sequence[tuple[Change, Sequence[WordRepair]]]) -> Twin:
    pieces, position = [], 0
    for change, _ in changes:
        pieces += [text[position : change.start], change.text]
        position = change.end
    repairs = sorted({one for _, ones in changes for one in ones})
    letters = [one for one in repairs if one.kind != "line_end"]
    repairs = [
        one
        for one in repairs
        if one.kind != "line_end" or not any(other.start <= one.start and one.end <= other.end for other in letters)
    ]
    return Twin("".join([*pieces, text[position:]]), tuple(change for change, _ in changes), tuple(repairs))
