"""Readers of the public corpora that benchmarks run on: nothing of them is stored with the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lexicons.errors import UserError


def tsv_files(corpus: Path) -> list[Path]:
    """The files to measure on: the corpus itself, or of a folder all .tsv files but those that rules are tuned on.

    Raises CorpusError where there are none.
    """
    if corpus.is_file():
        return [corpus]
    found = sorted(path for path in corpus.glob("*.tsv") if path.stem != "train") if corpus.is_dir() else []
    if not found:
        raise CorpusError(f"{corpus}: no .tsv files to measure on; give a file, or a folder with dev.tsv or test.tsv")
    return found


class CorpusError(UserError):
    """A corpus that cannot be read; the message names the file and the cure."""


class TaggedSentence(NamedTuple):
    """A sentence's tokens and their IOB2 tags."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


def tagged_sentences(path: Path) -> Iterator[TaggedSentence]:
    """The sentences of a file with a token and its IOB2 tag a line, tab between, an empty line between sentences.

    Raises CorpusError where the file cannot be read or a line has no tag.
    """
    words: list[str] = []
    tags: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}; give a file of tokens and IOB2 tags, a tab between") from None
    for number, line in enumerate([*lines, ""], 1):
        if not line.strip():
            if words:
                yield TaggedSentence(tuple(words), tuple(tags))
            words, tags = [], []
            continue
        word, tab, tag = line.rpartition("\t")
        if not tab or not (tag == "O" or tag[:2] in ("B-", "I-")):
            raise CorpusError(f"{path}, line {number}: no token and IOB2 tag with a tab between")
        words.append(word)
        tags.append(tag)


class TreebankWord(NamedTuple):
    """A syntactic word of a treebank: form, lemma, universal part of speech, morphological features."""

    form: str
    lemma: str
    pos: str
    features: dict[str, str]


def treebank(path: Path) -> Iterator[tuple[TreebankWord, ...]]:
    """The sentences of a CoNLL-U file; multiword tokens and empty nodes are passed over.

    Raises CorpusError where the file cannot be read or a line has not ten columns.
    """
    words: list[TreebankWord] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.startswith("#"):
                    continue
                if not line.strip():
                    if words:
                        yield tuple(words)
                    words = []
                    continue
                columns = line.rstrip("\n").split("\t")
                if len(columns) != 10:
                    raise CorpusError(f"{path}, line {number}: {len(columns)} columns, not ten; give a CoNLL-U file")
                if columns[0].isdigit():
                    features = dict(pair.split("=", 1) for pair in columns[5].split("|") if "=" in pair)
                    words.append(TreebankWord(columns[1], columns[2], columns[3], features))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}; give a CoNLL-U file") from None
    if words:
        yield tuple(words)


def comparable(lemma: str) -> str:
    """A lemma without its case and compound marks: UD Finnish writes `#` between parts, also for their hyphen."""
    return lemma.lower().replace("#", "").replace("-", "")
