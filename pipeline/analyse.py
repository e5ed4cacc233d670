"""Stage *analyse*: sentences, tokens, lemmas and compound parts of a repaired text, with source offsets."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from extractors.document import AnalysedDocument, Document, RepairedDocument, Span, Token, Twin
from pipeline.language import lemmatiser
from pipeline.language.lemmatiser import Analysis, analyse_word
from pipeline.language.tokenise import Word, begun_sentences, blank_lines, words_and_spans


def analyse(document: RepairedDocument) -> AnalysedDocument:
    """Analyse a document through its twin; sections are still empty. Raises VoikkoMissing where there is no Voikko."""
    twin = document.twin
    text = twin.text[: twin.twin_offset(document.body_length)]
    tokens, sentences = analysed_text(text, {twin.twin_offset(offset) for offset in _boundaries(document)}, twin)
    return document.grown(AnalysedDocument, tokens=tokens, sentences=sentences)


def _boundaries(document: Document) -> Iterator[int]:
    """Where blocks and cells begin: no sentence crosses them."""
    for block in document.blocks:
        yield document.text.rfind("\n", 0, block.start) + 1 if block.marker else block.start
    for table in document.tables:
        for cell in table.cells:
            yield cell.start
        yield table.end


def analysed_text(
    text: str, boundaries: Iterable[int] | None = None, twin: Twin | None = None
) -> tuple[tuple[Token, ...], tuple[Span, ...]]:
    """The tokens and the sentences of a text, with the source offsets of its twin, else its own.

    `boundaries` are offsets at which a sentence must begin; without them it must behind an empty line.
    """
    words, spans = words_and_spans(text)
    starts = begun_sentences(text, spans, blank_lines(text) if boundaries is None else boundaries)
    analyses: list[Analysis] = []
    sentence: list[str] = []
    for word in words:
        if word.start in starts and sentence:
            analyses += lemmatiser.analyse(sentence)
            sentence = []
        sentence.append(text[word.start : word.end])
    analyses += lemmatiser.analyse(sentence)
    return tokens_of(text, words, analyses, starts, twin or Twin(text))


def tokens_of(
    text: str, words: Iterable[Word], analyses: Sequence[Analysis], starts: Container[int], twin: Twin
) -> tuple[tuple[Token, ...], tuple[Span, ...]]:
    """The tokens of a text's words, and its sentences, which begin at `starts`, with source offsets.

    A word of several tokens (`1980-luvulla`) is cut into them: each has the likeliest analysis of its own form.
    """
    tokens: list[Token] = []
    sentences: list[Span] = []
    is_source = not twin.changes
    begun = ended = 0
    for (first, last, inner), analysis in zip(words, analyses, strict=True):
        for start, end in inner or ((first, last),):
            token = text[start:end]
            place = (start, end) if is_source else twin.source_span(start, end)
            if start in starts and tokens:
                sentences.append(Span(begun, ended))
                begun = place[0]
            elif not tokens:
                begun = place[0]
            ended = place[1]
            word = analyse_word(token) if inner else analysis
            tokens.append(Token._make((*place, len(sentences), token, *word)))
    if tokens:
        sentences.append(Span(begun, ended))
    return tuple(tokens), tuple(sentences)
