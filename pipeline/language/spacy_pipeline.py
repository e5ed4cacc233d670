"""The spaCy side: a tokenizer and components registered under `poimuri_*`, on `spacy.blank("fi")`.

>>> import spacy
>>> nlp = spacy.blank("fi")
>>> _ = nlp.add_pipe("poimuri_lemmatizer")
>>> [token.lemma_ for token in nlp("Terveyskeskuksissa kehitetään etävastaanottoja")]
['terveyskeskus', 'kehittää', 'etävastaanotto']
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from extractors.document import Span as TextSpan
from pipeline.language.lemmatiser import analyse
from pipeline.language.tokenise import begun_sentences, words

if not Token.has_extension("analysis"):
    Token.set_extension("analysis", default=None)
    Token.set_extension("compound_parts", getter=lambda token: token._.analysis.compound_parts)
    Token.set_extension("known", getter=lambda token: token._.analysis.known)


class FinnishTokenizer:
    """Words by `tokenise`; white space between them stays in the Doc, so that offsets are the text's own.

    `doc.user_data["tokens"]` gives the tokens of the words that have several, by the words' offsets.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        found: list[str] = []
        spaces: list[bool] = []
        position = 0
        tokens: dict[int, tuple[TextSpan, ...]] = {}
        for start, end, inner in words(text):
            if start > position:
                blank = text[position:start]
                if found and blank[0] == " ":
                    spaces[-1] = True
                    blank = blank[1:]
                if blank:
                    found.append(blank)
                    spaces.append(False)
            found.append(text[start:end])
            spaces.append(False)
            position = end
            if inner:
                tokens[start] = inner
        rest = text[position:]
        if rest and found and rest[0] == " ":
            spaces[-1], rest = True, rest[1:]
        if rest:
            found.append(rest)
            spaces.append(False)
        return Doc(self.vocab, words=found, spaces=spaces, user_data={"tokens": tokens})


def token_spans_of(word: Token) -> Sequence[TextSpan]:
    """The tokens of a Doc's word: itself, or those that our tokenizer says."""
    inner = word.doc.user_data.get("tokens", {}).get(word.idx)
    return inner or (TextSpan(word.idx, word.idx + len(word)),)


@Language.component("poimuri_sentencizer", assigns=["token.is_sent_start"])
def sentencizer(doc: Doc) -> Doc:
    """Begin sentences by closing punctuation, and where `doc.user_data["boundaries"]` (character offsets) says so.

    Without boundaries an empty line is one. A boundary within a word, as between two numbers of a table that
    read as one, is kept in `doc.user_data["inner_starts"]`.
    """
    words = list(doc)
    boundaries = doc.user_data.get("boundaries")
    if boundaries is None:
        boundaries = [word.idx + len(word) for word in words if word.is_space and word.text.count("\n") > 1]
    inner = doc.user_data.get("tokens", {})
    spans: list[TextSpan] = []
    for word in words:
        if word.idx in inner:
            spans += inner[word.idx]
        elif not word.is_space:
            spans.append(TextSpan(word.idx, word.idx + len(word)))
    starts = begun_sentences(doc.text, spans, boundaries)
    marks = [1 if not word.i or word.idx in starts else -1 for word in words]
    doc.user_data["inner_starts"] = starts.difference(word.idx for word in words)
    return doc.from_array([SENT_START], numpy.array(marks, dtype="int32").astype("uint64").reshape(-1, 1))  # type: ignore[arg-type]


@Language.component("poimuri_lemmatizer", assigns=["token.lemma", "token.pos"])
def lemmatizer(doc: Doc) -> Doc:
    """Lemma and part of speech in the sentence; the whole `Analysis` is `token._.analysis`.

    Sentences are those of the components before; without any the Doc is one.
    """
    for sentence in doc.sents if doc.has_annotation("SENT_START") else (doc[:],):
        tokens: list[Token] = []
        for token in sentence:
            if token.is_space:
                token.lemma_, token.pos_ = token.text, "SPACE"
            else:
                tokens.append(token)
        for token, analysis in zip(tokens, analyse([token.text for token in tokens]), strict=True):
            token.lemma_, token.pos_, token._.analysis = analysis.lemma, analysis.pos, analysis
    return doc


@cache
def pipeline() -> Language:
    """The stage's own pipeline, built once a process: tokenizer, sentences, lemmas."""
    nlp = spacy.blank("fi")
    nlp.tokenizer = FinnishTokenizer(nlp.vocab)
    nlp.max_length = 50_000_000
    nlp.add_pipe("poimuri_sentencizer")
    nlp.add_pipe("poimuri_lemmatizer")
    return nlp
