"""How degraded a text is: whether its unknown words become known by undoing what text recognition does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractors.document import Document, Span, Twin
from pipeline.language.voikko import knows
from pipeline.repair.spelling import Pair, Speller, near_candidates

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

SMOOTHING = 300
"""Letters of the whole document that a block's own share of dots is weighed with."""

_ADDRESS = regex.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+)+|(?:https?://|www\.)\S++")

_WORD = regex.compile(
    r"(?<![\p{L}\p{Nd}]|[%\p{Nd}]:)(?:\p{Nd}(?=\p{L}{3}))?(?:[\p{L}&@$€]|[];|!\[](?=\p{L}{2}))"
    r"(?:[\p{L}\p{M}\p{Nd}&@$€|+]|[];!\[](?=\p{L}))*(?:[-’':][\p{L}&@](?:[\p{L}\p{M}\p{Nd}&@|]|[!;](?=\p{L}))*)*"
)
"""A word with the marks that stand in it where letters were misread."""

_LATIN = regex.compile(r"\p{Latin}+")


def is_gibberish(text: str, evidence: Evidence) -> bool:
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


def words_of(text: str) -> Iterator[regex.Match[str]]:
    """The words of a text with the marks that a misread letter leaves; addresses are passed over."""
    barred = [match.span() for match in _ADDRESS.finditer(text)]
    following = 0
    for match in _WORD.finditer(text):
        while following < len(barred) and barred[following][1] <= match.start():
            following += 1
        if following == len(barred) or match.end() <= barred[following][0]:
            yield match


@dataclass(frozen=True, slots=True)
class Evidence:
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


def evidence_of(words: Sequence[str]) -> Evidence:
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
    return Evidence(len(words), len(known), len(unknown), *cured, len(letters), dots, pairs, suspicious)


def _speller(evidence: Evidence, whole: Evidence, attested: Counter[str]) -> Speller:
    """The noise of a stretch, its own counts smoothed with the whole document's."""
    expected = DOTS_SHARE * (evidence.letters + SMOOTHING)
    seen = evidence.dots + SMOOTHING * (whole.dots / max(whole.letters, 1))
    lost = min(0.97, max(0.01, 1 - seen / expected))
    lost = next(level for level in _LEVELS if lost <= level)
    habits = (pair for pair, n in whole.pairs.items() if n >= HABIT and pair[1] in "äö" and len(pair[0]) == 1)
    confused = min(0.03, max(5e-4, whole.by_letters / max(whole.letters, 1)))
    return Speller(lost, confused, attested, tuple(sorted(habits)))


def degraded_parts(document: Document, joined: Twin, whole: Evidence) -> Iterator[tuple[Span, Speller]]:
    """The stretches of the joined text to restore: all parts of a degraded document, else its degraded blocks."""
    found: list[tuple[Span, Evidence]] = []
    for start, end in _parts(document):
        stretch = Span(joined.twin_offset(start), joined.twin_offset(end))
        evidence = evidence_of([match.group() for match in words_of(stretch.of(joined.text))])
        if not evidence.is_foreign and (whole.degraded or evidence.degraded):
            found.append((stretch, evidence))
    if not found:
        return
    attested = Counter(
        word.lower() for match in words_of(joined.text) if len(word := match.group()) > 3 and knows(word)
    )
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
