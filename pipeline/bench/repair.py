"""Benchmark of repair: clean Finnish is degraded, repaired through the whole stage, and compared word by word."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import regex

from extractors.document import RepairedDocument
from lexicons import needs
from pipeline.bench.corpora import CorpusError
from pipeline.language.alphabet import WITHOUT_DOTS
from pipeline.read import read
from pipeline.rejects import Reject
from pipeline.repair import repair

_CONFUSIONS = needs("ocr_confusions")

WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-’':][\p{L}\p{M}]+)*")

MISREAD, CUT = 0.03, 0.02
"""Shares of letters that are misread and of words that a line end cuts."""

_LETTERS = "abdefghijklmnoprstuvyäö"


class Degraded(NamedTuple):
    """A degraded text, and where each clean word stands in it."""

    text: str
    words: tuple[tuple[str, int, int], ...]


class RepairFigures(NamedTuple):
    """How repair did on one text and one kind of damage, in words; `degraded`: whether the stage saw the damage."""

    corpus: str
    damage: str
    words: int
    damaged: int
    right: int
    changed: int
    changed_right: int
    degraded: bool

    @property
    def accuracy(self) -> float:
        """The share of all words that are right after repair."""
        return self.right / self.words if self.words else 1.0

    @property
    def precision(self) -> float:
        """The share of changed words that are right."""
        return self.changed_right / self.changed if self.changed else 1.0

    @property
    def recall(self) -> float:
        """The share of damaged words that were made right."""
        return self.changed_right / self.damaged if self.damaged else 1.0


Damage = Callable[[str, random.Random], str]


def without_dots(word: str, _: random.Random) -> str:
    """A word without dots and rings."""
    return word.translate(WITHOUT_DOTS)


def untouched(word: str, _: random.Random) -> str:
    """The word itself."""
    return word


@cache
def _readings() -> dict[str, list[str]]:
    """A letter → what text recognition reads in its place, by the lexicon."""
    found: dict[str, list[str]] = {}
    for entry in _CONFUSIONS.entries:
        for term in entry.terms:
            found.setdefault(str(entry.value), []).append(term.text)
    return found


def misread(word: str, chance: random.Random) -> str:
    """A word with letters confused as the lexicon says, and now and then cut by a line end."""
    return _cut(_replaced(word, chance, lambda letter: _readings().get(letter, [letter])), chance)


def misread_anyhow(word: str, chance: random.Random) -> str:
    """A word with letters replaced by any others, which no lexicon foresees, and now and then cut by a line end."""
    return _cut(_replaced(word, chance, lambda letter: [other for other in _LETTERS if other != letter]), chance)


def _replaced(word: str, chance: random.Random, choices: Callable[[str], Sequence[str]]) -> str:
    letters = []
    for letter in word:
        if letter.isalpha() and chance.random() < MISREAD:
            other = chance.choice(choices(letter.lower()))
            letter = other.upper() if letter.isupper() else other
        letters.append(letter)
    return "".join(letters)


def _cut(word: str, chance: random.Random) -> str:
    if len(word) < 5 or chance.random() >= CUT:
        return word
    at = chance.randrange(2, len(word) - 1)
    return f"{word[:at]}{chance.choice(('-', ''))}\n{word[at:]}"


DAMAGES: tuple[tuple[str, Damage], ...] = (
    ("none", untouched),
    ("no dots", without_dots),
    ("misread", misread),
    ("any letter", misread_anyhow),
)


def degrade(text: str, damage: Damage, seed: int) -> Degraded:
    """A text with each word damaged; what stands between words stays."""
    chance = random.Random(seed)
    pieces: list[str] = []
    words: list[tuple[str, int, int]] = []
    position = length = 0
    for match in WORD.finditer(text):
        between, damaged = text[position : match.start()], damage(match.group(), chance)
        pieces += (between, damaged)
        start = length + len(between)
        length = start + len(damaged)
        words.append((match.group(), start, length))
        position = match.end()
    return Degraded("".join([*pieces, text[position:]]), tuple(words))


def texts(corpora: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Name and text of each file; of a CoNLL-U file its sentences, a line each; of a folder its .txt and .conllu files.

    Raises CorpusError where there is nothing to read.
    """
    for corpus in corpora:
        inside = sorted(corpus.iterdir()) if corpus.is_dir() else [corpus]
        files = [path for path in inside if path == corpus or path.suffix in (".txt", ".conllu")]
        if not files:
            raise CorpusError(f"{corpus}: no .txt or .conllu files; give clean Finnish text")
        for path in files:
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise CorpusError(f"{path}: {error}; give clean Finnish text in UTF-8") from None
            if path.suffix == ".conllu":
                lines = (line.partition("=")[2].strip() for line in text.splitlines() if line.startswith("# text ="))
                text = "\n".join(lines)
            yield path.name, text.replace("\r\n", "\n")


def measure(name: str, text: str, seed: int) -> Iterator[RepairFigures]:
    """Every kind of damage done to one text. Raises CorpusError where the reader rejects it."""
    for title, damage in DAMAGES:
        degraded = degrade(text, damage, seed)
        try:
            found = repair(read(degraded.text.encode(), name if name.endswith(".txt") else f"{name}.txt"))
        except Reject as reject:
            raise CorpusError(f"{name}: {reject.message}") from None
        yield _compared(name, title, degraded, found)


def _compared(name: str, title: str, degraded: Degraded, found: RepairedDocument) -> RepairFigures:
    damaged = right = changed = changed_right = 0
    for word, start, end in degraded.words:
        before, after = degraded.text[start:end], found.twin.repaired(start, end)
        is_right = after == word
        damaged += before != word
        right += is_right
        changed += after != before
        changed_right += after != before and is_right
    counts = (len(degraded.words), damaged, right, changed, changed_right)
    return RepairFigures(name, title, *counts, found.degraded)


def totals(measured: Sequence[RepairFigures]) -> Iterator[RepairFigures]:
    """The sums over all texts, by damage."""
    for title, _ in DAMAGES:
        rows = [one for one in measured if one.damage == title]
        yield RepairFigures(
            "all",
            title,
            words=sum(row.words for row in rows),
            damaged=sum(row.damaged for row in rows),
            right=sum(row.right for row in rows),
            changed=sum(row.changed for row in rows),
            changed_right=sum(row.changed_right for row in rows),
            degraded=any(row.degraded for row in rows),
        )
