"""Benchmark of lemmatisers on a treebank: accuracy, speed and peak memory, each in a process of its own.

Accuracy is measured on the treebank's words and, as the CoNLL shared task does (Zeman et al. 2018,
https://aclanthology.org/K18-2001), on its running text: there a lemma is right where its word is too, and counts as F1.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.bench import peak_memory
from pipeline.bench.corpora import CorpusError, comparable, running_text, treebank
from pipeline.bench.entities import RIVAL
from pipeline.files import write_whole

Lemmas = list[list[str]]
Placed = list[tuple[int, int, str]]
"""Words of a text with their lemmas: start, end, lemma."""

Words = Sequence[Sequence[str]]


class LemmatiserFigures(NamedTuple):
    """A lemmatiser's run over a treebank: share of right lemmas, tokens a second by pass, peak memory in MB."""

    name: str
    accuracy: float
    speeds: dict[str, float]
    peak_memory: float


class TextFigures(NamedTuple):
    """A pipeline's run over running text: F1 of its words and of their lemmas, words a second by pass."""

    name: str
    words: float
    lemmas: float
    speeds: dict[str, float]


def _poimuri() -> Callable[[Words], Lemmas]:
    from pipeline.language import lemmatiser

    # opens dictionary, weights, frequencies and lexicons, which no corpus should pay for
    lemmatiser.lemmatise(["Sana", "Sanhq"])
    lemmatiser.forget_forms()
    return lambda sentences: [[reading.lemma for reading in lemmatiser.lemmatise(words)] for words in sentences]


def _poimuri_text() -> Callable[[str], Placed]:
    from pipeline.language import lemmatiser
    from pipeline.language.spacy_pipeline import pipeline

    pipeline()("Sana. Sanhq.")
    lemmatiser.forget_forms()
    return lambda text: _placed(pipeline()(text))


def _placed(doc: Any) -> Placed:
    return [(token.idx, token.idx + len(token), token.lemma_) for token in doc if not token.is_space]


def _voikko() -> Callable[[Words], Lemmas]:
    """Voikko's first analysis of every word."""
    from pipeline.language.native import open_voikko

    voikko = open_voikko()

    def lemma(word: str) -> str:
        found = voikko.analyze(word)
        return str(found[0]["BASEFORM"]) if found else word

    return lambda sentences: [[lemma(word) for word in words] for words in sentences]


def _simplemma() -> Callable[[Words], Lemmas]:
    import simplemma

    simplemma.lemmatize("sana", lang="fi")
    return lambda sentences: [[simplemma.lemmatize(word, lang="fi") for word in words] for words in sentences]


def _spacy() -> Callable[[Words], Lemmas]:
    import spacy
    from spacy.tokens import Doc

    nlp = spacy.load(RIVAL)

    def run(sentences: Words) -> Lemmas:
        docs = nlp.pipe(Doc(nlp.vocab, words=list(words)) for words in sentences)
        return [[token.lemma_ for token in doc] for doc in docs]

    return run


def _spacy_text() -> Callable[[str], Placed]:
    import spacy

    nlp = spacy.load(RIVAL)
    nlp.max_length = 50_000_000
    return lambda text: _placed(nlp(text))


class Lemmatiser(NamedTuple):
    """A lemmatiser by its name: the package that it needs beside the project's own, and how it is opened.

    `open_text` is for running text; None for one that finds no words.
    """

    name: str
    package: str | None
    open: Callable[[], Callable[[Words], Lemmas]]
    passes: tuple[str, ...] = ("",)
    open_text: Callable[[], Callable[[str], Placed]] | None = None


LEMMATISERS = (
    Lemmatiser("poimuri", None, _poimuri, ("cold", "warm"), _poimuri_text),
    Lemmatiser("Voikko, first analysis", None, _voikko),
    Lemmatiser("simplemma", "simplemma", _simplemma, ("cold", "warm")),
    Lemmatiser(RIVAL, RIVAL, _spacy, open_text=_spacy_text),
)


def _run(index: int, path: Path) -> tuple[LemmatiserFigures, Lemmas]:
    """Measure one lemmatiser; the memory is that of the whole process with the treebank in it."""
    chosen = LEMMATISERS[index]
    sentences = list(treebank(path))
    words = [[word.form for word in sentence] for sentence in sentences]
    n_tokens = sum(map(len, words))
    run = chosen.open()
    gc.collect()
    gc.freeze()  # the treebank and the models are not to be walked through while a lemmatiser runs
    speeds: dict[str, float] = {}
    found: Lemmas = []
    for name in chosen.passes:
        started = time.perf_counter()
        found = run(words)
        speeds[name] = n_tokens / (time.perf_counter() - started)
    right = sum(
        comparable(lemma) == comparable(word.lemma)
        for lemmas, sentence in zip(found, sentences, strict=True)
        for lemma, word in zip(lemmas, sentence, strict=True)
    )
    return LemmatiserFigures(chosen.name, right / n_tokens, speeds, peak_memory()), found


def _run_text(index: int, path: Path) -> TextFigures:
    chosen = LEMMATISERS[index]
    assert chosen.open_text is not None
    text, gold = running_text(path)
    run = chosen.open_text()
    speeds: dict[str, float] = {}
    found: Placed = []
    for name in chosen.passes:
        started = time.perf_counter()
        found = run(text)
        speeds[name] = len(gold) / (time.perf_counter() - started)
    words, lemmas = text_scores(found, [(word.start, word.end, word.lemma) for word in gold])
    return TextFigures(chosen.name, words, lemmas, speeds)


def text_scores(found: Placed, gold: Placed) -> tuple[float, float]:
    """F1 of words and of lemmas; who keeps a multiword token whole finds none of its words."""
    right: dict[tuple[int, int], list[str]] = {}
    for start, end, lemma in gold:
        right.setdefault((start, end), []).append(comparable(lemma))
    there = [
        (right[start, end], comparable(lemma)) for start, end, lemma in found if len(right.get((start, end), ())) == 1
    ]
    total = (len(found) + len(gold)) or 1
    return 2 * len(there) / total, 2 * sum(lemmas == [lemma] for lemmas, lemma in there) / total


def measure_text(path: Path, rivals: bool) -> Iterator[TextFigures]:
    """The figures on running text of each installed lemmatiser that finds words; ours comes first.

    Raises CorpusError where the treebank cannot be read.
    """
    spawn = multiprocessing.get_context("spawn")
    for index, one in enumerate(LEMMATISERS[: None if rivals else 1]):
        if one.open_text and (one.package is None or find_spec(one.package)):
            with spawn.Pool(1) as pool:
                yield pool.apply(_run_text, (index, path))


def measure(path: Path, rivals: bool) -> Iterator[tuple[LemmatiserFigures, Lemmas] | str]:
    """For each lemmatiser its figures and lemmas, or the name of one that is not installed; ours comes first.

    Raises CorpusError where the treebank cannot be read or is empty.
    """
    if not any(True for _ in treebank(path)):
        raise CorpusError(f"{path}: no sentences; give a CoNLL-U file with lemmas")
    spawn = multiprocessing.get_context("spawn")
    for index, one in enumerate(LEMMATISERS):
        if index and not rivals:
            return
        if one.package and not find_spec(one.package):
            yield one.name
            continue
        with spawn.Pool(1) as pool:
            yield pool.apply(_run, (index, path))


def write_predictions(path: Path, sentences: Words, lemmas: Lemmas) -> None:
    """A token and its lemma a line, a tab between, in UD's way: `#` for a compound's hyphen."""
    lines = [
        f"{word}\t{ud_lemma(lemma)}\n"
        for words, found in zip(sentences, lemmas, strict=True)
        for word, lemma in zip(words, found, strict=True)
    ]
    write_whole(path, "".join(lines))


def ud_lemma(lemma: str) -> str:
    """A lemma with the hyphen of a common compound as UD Finnish writes it: raaka-aine is raaka#aine."""
    parts = lemma.split("-")
    if len(parts) > 1 and parts[-1][:1].islower() and all(parts):
        return "#".join(parts)
    return lemma


def figures(
    corpus: Path,
    n_sentences: int,
    n_tokens: int,
    measured: Sequence[LemmatiserFigures],
    on_text: Sequence[TextFigures],
) -> dict[str, Any]:
    """All figures of a run, as `--json` writes them."""
    return {
        "corpus": corpus.name,
        "sentences": n_sentences,
        "tokens": n_tokens,
        "lemmatisers": [one._asdict() for one in measured],
        "running_text": [one._asdict() for one in on_text],
    }
