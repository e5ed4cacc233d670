"""More text to fit the lemmas' model on: sentences without gold lemmas, each word with the neural pipeline's opinion.

The pipeline (`RIVAL`) is right about parts of speech and cases more often than our model, about lemmas less often. A
model that sees its opinions on our readings is better than either, and labels the sentences on which ours is fitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from lexicons import needs
from pipeline.bench.corpora import CorpusError, comparable, tagged_sentences
from pipeline.bench.entities import RIVAL
from pipeline.language.disambiguate import Model, WordForm
from pipeline.language.morphology import Reading
from pipeline.language.spacy_pipeline import pipeline
from pipeline.language.tokenise import words
from pipeline.language.unknown_words import CASE_OF_COLON

SENTENCES = 14_000
"""Sentences that are read. Behind them TurkuONE's training part has text that may not be adapted (CC BY-ND-NC)."""


class Opinion(NamedTuple):
    """What the neural pipeline says of a word: lemma, universal part of speech, morphological features."""

    lemma: str
    pos: str
    features: dict[str, str]


Told = tuple[list[str], list[Opinion]]


def told_sentences(path: Path) -> list[Told]:
    """Sentences of a corpus (.tsv) or of running texts (a folder's .txt) with an opinion on each word.

    Raises CorpusError where the corpus cannot be read or the pipeline is not installed.
    """
    if path.is_dir():
        found = [sentence for file in sorted(path.glob("*.txt")) for sentence in _sentences(file)]
    else:
        found = [rejoined(sentence.words) for sentence in islice(tagged_sentences(path), SENTENCES)]
    return list(zip(found, opinions_on(found), strict=True))


def _sentences(path: Path) -> Iterator[list[str]]:
    try:
        doc = pipeline()(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}; give running text") from None
    for sentence in doc.sents:
        if found := [word.text for word in sentence if not word.is_space]:
            yield found


def opinions_on(sentences: Sequence[list[str]]) -> list[list[Opinion]]:
    """An opinion on each word of each sentence. Raises CorpusError where the pipeline is not installed."""
    try:
        import spacy
        from spacy.tokens import Doc

        nlp = spacy.load(RIVAL, exclude=["ner", "parser"])
    except (ImportError, OSError):
        raise CorpusError(f"{RIVAL} is not installed; .venv/bin/uv sync --locked --group bench") from None
    docs = nlp.pipe((Doc(nlp.vocab, words=sentence) for sentence in sentences), batch_size=256)
    return [[Opinion(token.lemma_, token.pos_, token.morph.to_dict()) for token in doc] for doc in docs]


def rejoined(tokens: Sequence[str]) -> list[str]:
    """The words of a sentence of which a corpus cuts every sign: `sote - keskus` is one, `THL : n` and `5 .` too."""
    text = "".join(_spaced(tokens))
    return [text[word.start : word.end] for word in words(text)]


def _spaced(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens, and white space where the text most likely had it."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else ""
        after = tokens[index + 1] if index + 1 < len(tokens) else ""
        joins_before = before in _JOINERS and index > 1 and tokens[index - 2][-1:].isalnum() and token[:1].isalnum()
        joins_after = token in _JOINERS and before[-1:].isalnum() and after[:1].isalnum()
        if before == ":":
            joins_before = joins_before and token in CASE_OF_COLON
        elif token == ":":
            joins_after = joins_after and after in CASE_OF_COLON
        elif before == "-":
            joins_before = joins_before and token not in _AFTER_CUT
        if index and not (joins_before or joins_after or token in ".,!?;)"):
            yield " "
        yield token


_JOINERS = frozenset("-:’'/")

_AFTER_CUT = frozenset(
    term.text for entry in needs("base_forms").entries if entry.group == "CCONJ" for term in entry.terms
)
"""What stands behind a word that a hyphen cuts short: mielenterveys- ja."""


def opinion_features(reading: Reading, opinion: Opinion) -> list[str]:
    """How a reading agrees with an opinion, as features of the model."""
    lemma, pos, features = opinion
    get = features.get
    same_lemma = comparable(lemma) == comparable(reading.lemma)
    form = f"{get('VerbForm')} {get('PartForm')} {get('Voice')}"
    return [
        f"o1 {pos} {form} {reading.tag}",
        f"o2 {pos} {reading.pos} {get('Case') == reading.case} {get('Number') == reading.number}",
        f"o3 {same_lemma} {pos} {reading.source}",
        f"o4 {same_lemma} {reading.pos} {reading.source}",
        f"o5 {get('Case')} {reading.case} {reading.pos}",
        f"o6 {get('Mood')} {get('Person')} {reading.tag}",
        f"o7 {same_lemma}",
    ]


def told_form(model: Model, form: WordForm, opinion: Opinion) -> WordForm:
    """A word form whose readings' scores know an opinion."""
    get = model.weights.get
    scores = tuple(
        score + sum([get(name, 0.0) for name in opinion_features(reading, opinion)])
        for reading, score in zip(form.readings, form.scores, strict=True)
    )
    return form._replace(scores=scores, best=scores.index(max(scores)))
