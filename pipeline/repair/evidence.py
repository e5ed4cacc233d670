"""How degraded a text is: whether its unknown words become known by undoing what text recognition does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import regex

from extractors.document import EMAIL, Document, Span, Twin
from pipeline.language.alphabet import VOWELS
from pipeline.language.voikko import knows
from pipeline.repair.spelling import Candidate, Pair, Speller, near_candidates

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

LETTERS_SHARE = 0.6
"""Share of letters among a text's characters, figures with their signs apart; exports have 0.8 and more."""

READ_SHARE, UNREAD_SHARE = 0.5, 0.2
"""Shares of known words from which on a text is language in any case, and below which its vowels are looked at."""

VOWEL_SHARE = (0.27, 0.62)
"""Bounds for the share of vowels among letters: English, Swedish and Finnish have 0.36 to 0.5."""

OWN_SCRIPT = 0.5
"""Share of Latin letters among all, below which a text is in another script."""

FEWEST_CURED = 4
"""Different cured words that a block must have to count as degraded by itself."""

FOREIGN_WORDS, FOREIGN_CURED = 8, 0.3
"""Words from which on a stretch is judged, and the share of its unknown ones below which cures are chance."""

SHORTEST = 4
"""Letters of a word that is looked into: shorter ones are like many others."""

DOTS_SHARE = 0.042
"""Share of ä and ö among the letters of clean exports (0.038 to 0.049)."""

NO_DOTS = 200
"""Letters in which clean Finnish has an ä or ö: without any its chance is 0.958 to this power, 0.0002."""

FEW_DOTS = 0.15
"""Of the usual share of dots: fewer show that all were lost, and the few are misread marks."""

CURED_BY_DOTS, KNOWN_SHARE = 2, 0.4
"""Words that a text without dots must get back, and the share of known words that shows it to be Finnish."""

LEVELS = (0.03, 0.15, 0.4, 0.7, 0.97)
"""Probabilities of a lost dot that are told apart: few, so that a word's answers serve many blocks."""

CONFUSED = (5e-4, 0.03)
"""Bounds for the probability of a confused letter: what a good scan has, and what a text that is still read has."""

SMOOTHING = 300
"""Letters of the whole document that a block's own share of dots is weighed with."""

_ADDRESS = regex.compile(rf"{EMAIL}|(?:https?://|www\.)\S++")

_WORD = regex.compile(
    r"(?<![\p{L}\p{Nd}]|[%\p{Nd}]:)(?:\p{Nd}(?=\p{L}{3}))?(?:[\p{L}&@$€]|[];|!\[](?=\p{L}{2}))"
    r"(?:[\p{L}\p{M}\p{Nd}&@$€|+]|[];!\[](?=\p{L}))*(?:[-’':][\p{L}&@](?:[\p{L}\p{M}\p{Nd}&@|]|[!;](?=\p{L}))*)*"
)
"""A word with the marks that stand in it where letters were misread."""

_LATIN = regex.compile(r"\p{Latin}+")
_LETTERS = regex.compile(r"\p{L}+")
_FIGURE = regex.compile(r"[-–−+(]?\p{Nd}[\p{Nd}.,:/%‰€$£()–−-]*+")


def is_gibberish(text: str, evidence: Evidence) -> bool:
    """Whether characters are the numbers of glyphs and no letters: few letters, or few known words and odd vowels.

    Figures count for neither: a table of them has few letters, and those are abbreviations.
    """
    rest = _FIGURE.sub(" ", text)
    n_shown = sum(not ch.isspace() for ch in rest)
    known = evidence.known_share or 0.0
    if n_shown < FEWEST_SHOWN or known >= READ_SHARE:
        return False
    letters = "".join(_LETTERS.findall(rest))
    if len(letters) < LETTERS_SHARE * n_shown:
        return True
    latin = "".join(_LATIN.findall(letters)).lower()
    if len(latin) < OWN_SCRIPT * len(letters) or len(latin) < FEWEST_SHOWN:
        return False
    least, most = VOWEL_SHARE
    return known < UNREAD_SHARE and not least <= sum(map(latin.count, VOWELS)) / len(latin) <= most


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
        return self.looked_into and self.n_words >= FOREIGN_WORDS and self.cured < FOREIGN_CURED * self.unknown

    @property
    def cured(self) -> int:
        """Unknown words that undoing a confusion makes known."""
        return self.by_dots + self.by_letters

    @property
    def known_share(self) -> float | None:
        return self.known / self.n_words if self.n_words else None

    @property
    def lacks_dots(self) -> bool:
        """Whether Finnish text of this length could not do without ä and ö."""
        return self.letters >= NO_DOTS and self.dots < FEW_DOTS * DOTS_SHARE * self.letters

    @property
    def degraded(self) -> bool:
        if self.lacks_dots and self.by_dots >= CURED_BY_DOTS and self.known > KNOWN_SHARE * self.n_words:
            return True
        fewest = max(CURED_SHARE * self.n_words, CURED_OF_UNKNOWN * self.unknown)
        return self.different >= FEWEST_CURED and self.cured >= fewest


def evidence_of(words: Sequence[str]) -> Evidence:
    """What words tell; they are looked into only where so many are unknown that the text may be degraded."""
    known = [word for word in words if knows(word)]
    unknown = [word for word in words if len(word) >= SHORTEST and not word[0].isupper() and not knows(word)]
    letters = "".join(words)
    dots = sum(map(letters.count, "äöÄÖ"))
    is_suspicious = len(set(unknown)) >= FEWEST_CURED and len(unknown) >= CURED_SHARE * len(words)
    is_suspicious = is_suspicious or (len(letters) >= NO_DOTS and not dots)
    stride = max(1, len(unknown) // MOST_PROBED)
    cures = [(word, _cure(near_candidates(word))) for word in unknown[::stride]] if is_suspicious else []
    return Evidence(
        n_words=len(words),
        known=len(known),
        unknown=len(unknown),
        by_dots=stride * sum(cure == "dots" for _, cure in cures),
        by_letters=stride * sum(cure == "letters" for _, cure in cures),
        different=len({word for word, cure in cures if cure}),
        letters=len(letters),
        dots=dots,
        pairs=Counter(pair for word, cure in cures if cure == "letters" and (pair := _only_pair(word)) is not None),
        looked_into=is_suspicious,
    )


def _cure(found: Sequence[Candidate]) -> Literal["dots", "letters"] | None:
    """What explains that a word is unknown, lost dots before all else."""
    if any(one.dots and not one.confusions for one in found):
        return "dots"
    return "letters" if any(one.confusions == 1 or one.any_letter for one in found) else None


def _only_pair(word: str) -> Pair | None:
    """The one confusion that explains a word, None where several do or any letter does."""
    pairs = {one.pair for one in near_candidates(word)}
    return pairs.pop() if len(pairs) == 1 else None


def _speller(evidence: Evidence, whole: Evidence, attested: Counter[str]) -> Speller:
    """The noise of a stretch, its own counts smoothed with the whole document's."""
    expected = DOTS_SHARE * (evidence.letters + SMOOTHING)
    seen = evidence.dots + SMOOTHING * (whole.dots / max(whole.letters, 1))
    lost = next((level for level in LEVELS if 1 - seen / expected <= level), LEVELS[-1])
    habits = (pair for pair, n in whole.pairs.items() if n >= HABIT and pair[1] in "äö" and len(pair[0]) == 1)
    least, most = CONFUSED
    confused = min(most, max(least, whole.by_letters / max(whole.letters, 1)))
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
        word.lower() for match in words_of(joined.text) if len(word := match.group()) >= SHORTEST and knows(word)
    )
    kept: dict[tuple[float, float, tuple[Pair, ...]], Speller] = {}
    for stretch, evidence in found:
        one = _speller(evidence, whole if whole.degraded else evidence, attested)
        yield stretch, kept.setdefault((one.lost_dots, one.confused, one.habits), one)


def _parts(document: Document) -> list[Span]:
    """The text in stretches that end at blocks' and tables' edges, so that no letter is left out."""
    edges = {0, len(document.text)}
    edges |= {document.text.rfind("\n", 0, block.start) + 1 for block in document.blocks}
    edges |= {edge for table in document.tables for edge in (table.start, table.end)}
    return [Span(start, end) for start, end in pairwise(sorted(edges))]
