"""Benchmark of dates, percentages and quantities on a corpus of tagged entities."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from extractors.grammar.lexemes import DASHES
from extractors.grammar.openings import KEPT, may_be_term
from extractors.grammar.senses import forget_senses, sense_of
from lexicons import needs
from pipeline.bench.corpora import TaggedSentence
from pipeline.bench.ontonotes import LABELS, Entity, entities, may_begin
from pipeline.files import write_whole
from pipeline.language import lemmatiser
from pipeline.language.native import open_voikko

_YEAR = needs("time_words", groups=["year"])


class CorpusWord(NamedTuple):
    """A token of a corpus in its place, as `extractors.lexemes` reads it."""

    start: int
    end: int
    text: str
    lemma: str
    lemmas: frozenset[str]
    compound_parts: tuple[str, ...]
    pos: str
    case: str | None
    number: str | None


@lru_cache(KEPT)
def _analysed(text: str) -> tuple[str, frozenset[str], tuple[str, ...], str, str | None, str | None]:
    """The analysis of a word that may be a term; other words are not looked up."""
    if not text.isdecimal() and may_be_term(text):
        one = lemmatiser.form(text)
        best = one.readings[one.best]
        parts = lemmatiser.compound_parts(best)
        return best.lemma, lemmatiser.all_lemmas(one), parts, best.pos, best.case, best.number
    return text, frozenset(), (), "X", None, None


def placed(words: Sequence[str]) -> list[CorpusWord]:
    """Tokens with the places that they would have in running text: signs between digits are joined to them."""
    found: list[CorpusWord] = []
    end = 0
    for index, text in enumerate(words):
        start = end if index == 0 or _joins(words, index) else end + 1
        end = start + len(text)
        found.append(CorpusWord(start, end, text, *_analysed(text)))
    return found


def _joins(words: Sequence[str], index: int) -> bool:
    """Whether a token follows the one before without white space, as Finnish is written."""
    text, before = words[index], words[index - 1]
    if text in (".", ",", ":", "/"):
        return True
    if text in DASHES:
        following = words[index + 1] if index + 1 < len(words) else ""
        return before[-1:].isalnum() and (text == "-" or following[:1].isdigit())
    if index < 2 or not (words[index - 2][-1:].isalnum() or words[index - 2] in ("%", "§")):
        return False
    if before == "," and (_opens_date(words, index) or (len(words[index - 2]) == 4 and len(text) != 2)):
        return False
    if before == ":":
        return text[0].islower() or text[0].isdigit()
    if before == "/":
        return True
    if before in (",", "."):
        return words[index - 2][-1:].isdigit() and text[0].isdigit()
    return before == "-" or (before in DASHES and text[0].isdigit())


def _opens_date(words: Sequence[str], index: int) -> bool:
    """Whether a day, a month and a year begin at a token."""
    return len(words) > index + 4 and words[index + 1] == "." == words[index + 3] and words[index + 4].isdigit()


@lru_cache(KEPT)
def _may_begin(text: str) -> bool:
    """Whether an expression can begin with a token; money signs and digits always can."""
    if not text.isalpha():
        return text not in _SIGNS
    return may_be_term(text) and may_begin(sense_of(CorpusWord(0, len(text), text, *_analysed(text))))


_SIGNS = frozenset(".,:;!?()/'\"”’–—*-")


def tag(words: Sequence[str]) -> list[Entity]:
    """The entities of a sentence's tokens."""
    return entities(placed(words)) if any(map(_may_begin, words)) else []


# Measuring


class Score(NamedTuple):
    """Exact spans of one label: how many the corpus has, how many were found, how many of these are right."""

    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


class TaggerFigures(NamedTuple):
    """A tagger's run over a corpus: its scores by label and its speed in tokens a second, by pass."""

    name: str
    scores: dict[str, Score]
    speeds: dict[str, float]


def spans(tags: Sequence[str]) -> set[Entity]:
    """The entities that IOB2 tags mark; an I- tag without a B- before it opens one."""
    found: set[Entity] = set()
    start, label = 0, ""
    for index, tag_ in enumerate([*tags, "O"]):
        if label and tag_ != f"I-{label}":
            found.add(Entity(start, index, label))
            label = ""
        if tag_ != "O" and not label:
            start, label = index, tag_[2:]
    return found


def iob2(found: Sequence[Entity], length: int) -> list[str]:
    """A sentence's tags from its entities."""
    tags = ["O"] * length
    for entity in found:
        tags[entity.start : entity.end] = [f"I-{entity.label}"] * (entity.end - entity.start)
        tags[entity.start] = f"B-{entity.label}"
    return tags


def _scores(sentences: Sequence[TaggedSentence], predicted: Sequence[Sequence[Entity]]) -> dict[str, Score]:
    counts = {label: [0, 0, 0] for label in LABELS}
    for sentence, entities_ in zip(sentences, predicted, strict=True):
        gold = {entity for entity in spans(sentence.tags) if entity.label in counts}
        found = {entity for entity in entities_ if entity.label in counts}
        for index, group in enumerate((gold, found, gold & found)):
            for entity in group:
                counts[entity.label][index] += 1
    return {label: Score(*numbers) for label, numbers in counts.items()}


def measure(sentences: Sequence[TaggedSentence]) -> tuple[TaggerFigures, list[list[Entity]]]:
    """Our tagger: the first pass analyses every word form once, the second finds them kept."""
    open_voikko()
    # opens dictionary, weights, frequencies and lexicons, which no corpus should pay for
    year = _YEAR.texts[0]
    tag((year, "2021"))
    lemmatiser.lemmatise([year.title(), "Qwrt"])
    for cache in (_may_begin, _analysed, may_be_term):
        cache.cache_clear()
    forget_senses()
    lemmatiser.forget_forms()
    gc.collect()
    gc.freeze()  # what has been opened is not to be walked through while the corpus is read
    n_tokens = sum(len(sentence.words) for sentence in sentences)
    speeds: dict[str, float] = {}
    predicted: list[list[Entity]] = []
    try:
        for name in ("cold", "warm"):
            started = time.perf_counter()
            predicted = [tag(sentence.words) for sentence in sentences]
            speeds[name] = n_tokens / (time.perf_counter() - started)
    finally:
        gc.unfreeze()  # what stays frozen is not freed at the process' end, and libraries in C complain of it
    return TaggerFigures("poimuri", _scores(sentences, predicted), speeds), predicted


RIVAL = "spacy_fi_experimental_web_md"


def measure_rival(sentences: Sequence[TaggedSentence]) -> TaggerFigures | None:
    """The neural pipeline on the same tokens, as installed and with its entity recogniser alone; None without it."""
    import spacy
    from spacy.tokens import Doc

    if not spacy.util.is_package(RIVAL):
        return None
    n_tokens = sum(len(sentence.words) for sentence in sentences)
    speeds: dict[str, float] = {}
    predicted: list[list[Entity]] = []
    for name, parts in (("whole pipeline", None), ("entities only", ("tok2vec", "ner"))):
        nlp = spacy.load(RIVAL) if parts is None else spacy.load(RIVAL, enable=list(parts))
        docs = [Doc(nlp.vocab, words=list(sentence.words)) for sentence in sentences]
        started = time.perf_counter()
        predicted = [[Entity(span.start, span.end, span.label_) for span in doc.ents] for doc in nlp.pipe(docs)]
        speeds[name] = n_tokens / (time.perf_counter() - started)
    return TaggerFigures(RIVAL, _scores(sentences, predicted), speeds)


def write_predictions(path: Path, sentences: Sequence[TaggedSentence], predicted: Sequence[Sequence[Entity]]) -> None:
    """A token and its tag a line, an empty line behind each sentence: the corpus' own format."""
    lines = []
    for sentence, found in zip(sentences, predicted, strict=True):
        tags = iob2(found, len(sentence.words))
        lines += [f"{word}\t{tag_}\n" for word, tag_ in zip(sentence.words, tags, strict=True)]
        lines.append("\n")
    write_whole(path, "".join(lines))


def figures(corpus: Path, sentences: Sequence[TaggedSentence], taggers: Sequence[TaggerFigures]) -> dict[str, Any]:
    """All figures of a run, as `--json` writes them."""
    return {
        "corpus": corpus.name,
        "sentences": len(sentences),
        "tokens": sum(len(sentence.words) for sentence in sentences),
        "taggers": [
            {
                "name": item.name,
                "tokens_per_second": {name: round(speed, 1) for name, speed in item.speeds.items()},
                "labels": {
                    label: {**score._asdict(), "precision": score.precision, "recall": score.recall, "f1": score.f1}
                    for label, score in item.scores.items()
                },
            }
            for item in taggers
        ],
    }
