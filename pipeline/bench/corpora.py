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
    for _, lines in _sentences(path):
        words = tuple(
            TreebankWord(line[1], line[2], line[3], _features(line[5])) for line in lines if line[0].isdigit()
        )
        if words:
            yield words


def _features(column: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in column.split("|") if "=" in pair)


class PlacedWord(NamedTuple):
    """A syntactic word's place in a treebank's running text; the words of a multiword token have that token's."""

    start: int
    end: int
    lemma: str


def running_text(path: Path) -> tuple[str, list[PlacedWord]]:
    """The text of a CoNLL-U file as its tokens say it, and its words in their places.

    A space stands between sentences, an empty line between paragraphs and documents that the file marks. Raises
    CorpusError as `treebank` does.
    """
    pieces: list[str] = []
    words: list[PlacedWord] = []
    position = last_of_token = 0
    for comments, lines in _sentences(path):
        if pieces and any(comment.startswith(("# newpar", "# newdoc")) for comment in comments):
            pieces.append("\n\n")
            position += 2
        start = end = position
        last_of_token = 0
        for number, form, lemma, *_, rest in lines:
            first, dash, last = number.partition("-")
            if "." in number:
                continue
            if int(first) > last_of_token:
                start, end = position, position + len(form)
                last_of_token = int(last or first)
                blank = "" if "SpaceAfter=No" in rest.split("|") else " "
                pieces += form, blank
                position = end + len(blank)
            if not dash:
                words.append(PlacedWord(start, end, lemma))
        if pieces and not pieces[-1]:
            pieces.append(" ")
            position += 1
    return "".join(pieces), words


def _sentences(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The comments of each sentence of a CoNLL-U file, and the columns of its lines."""
    comments: list[str] = []
    words: list[list[str]] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.startswith("#"):
                    comments.append(line)
                elif not line.strip():
                    yield comments, words
                    comments, words = [], []
                else:
                    words.append(line.rstrip("\n").split("\t"))
                    if len(words[-1]) != 10:
                        raise CorpusError(
                            f"{path}, line {number}: {len(words[-1])} columns, not ten; give a CoNLL-U file"
                        )
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}; give a CoNLL-U file") from None
    if words:
        yield comments, words


def comparable(lemma: str) -> str:
    """A lemma without its case and compound marks: UD Finnish writes `#` between parts, also for their hyphen."""
    return lemma.lower().replace("#", "").replace("-", "")
