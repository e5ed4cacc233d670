"""The spaCy side: a tokenizer and components registered under `poimuri_*`, on `spacy.blank("fi")`.

>>> import spacy
>>> nlp = spacy.blank("fi")
>>> _ = nlp.add_pipe("poimuri_lemmatizer")
>>> [token.lemma_ for token in nlp("Terveyskeskuksissa kehitetään etävastaanottoja")]
['terveyskeskus', 'kehittää', 'etävastaanotto']
"""

from __future__ import annotations

from functools import cache

import numpy
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from extractors.document import Span as TextSpan
from pipeline.language.lemmatiser import analyse
from pipeline.language.tokenise import sentence_starts, token_spans

if not Token.has_extension("analysis"):
    Token.set_extension("analysis", default=None)
    Token.set_extension("compound_parts", getter=lambda token: token._.analysis.compound_parts)
    Token.set_extension("known", getter=lambda token: token._.analysis.known)


class FinnishTokenizer:
    """Tokens by `tokenise`; white space between them stays in the Doc, so that offsets are the text's own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for start, end in token_spans(text):
            if start > position:
                blank = text[position:start]
                if words and blank[0] == " ":
                    spaces[-1] = True
                    blank = blank[1:]
                if blank:
                    words.append(blank)
                    spaces.append(False)
            words.append(text[start:end])
            spaces.append(False)
            position = end
        rest = text[position:]
        if rest and words and rest[0] == " ":
            spaces[-1], rest = True, rest[1:]
        if rest:
            words.append(rest)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@Language.component("poimuri_sentencizer", assigns=["token.is_sent_start"])
def sentencizer(doc: Doc) -> Doc:
    """Begin sentences by closing punctuation, and where `doc.user_data["boundaries"]` (character offsets) says so.

    Without boundaries an empty line is one.
    """
    words = [token for token in doc if not token.is_space]
    boundaries = doc.user_data.get("boundaries")
    if boundaries is None:
        boundaries = [token.idx + len(token) for token in doc if token.is_space and token.text.count("\n") > 1]
    spans = [TextSpan(token.idx, token.idx + len(token)) for token in words]
    begins = dict(zip((token.i for token in words), sentence_starts(doc.text, spans, boundaries), strict=True))
    marks = [1 if begins.get(index, index == 0) else -1 for index in range(len(doc))]
    return doc.from_array([SENT_START], numpy.array(marks, dtype="int32").astype("uint64").reshape(-1, 1))  # type: ignore[arg-type]


@Language.component("poimuri_lemmatizer", assigns=["token.lemma", "token.pos"])
def lemmatizer(doc: Doc) -> Doc:
    """Lemma and part of speech in the sentence; the whole `Analysis` is `token._.analysis`.

    Sentences are those of the components before; without any the Doc is one.
    """
    for sentence in doc.sents if doc.has_annotation("SENT_START") else (doc[:],):
        words = [token for token in sentence if not token.is_space]
        for token, analysis in zip(words, analyse([token.text for token in words]), strict=True):
            token.lemma_, token.pos_, token._.analysis = analysis.lemma, analysis.pos, analysis
    for token in doc:
        if token.is_space:
            token.lemma_, token.pos_ = token.text, "SPACE"
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
