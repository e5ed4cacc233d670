"""Stage *analyse*: sentences, tokens, lemmas and compound parts of a repaired text, with source offsets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.document import AnalysedDocument, Document, RepairedDocument, Span, Token, Twin

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.language.lemmatiser import Analysis


def analyse(document: RepairedDocument) -> AnalysedDocument:
    """Analyse a document through its twin; sections are still empty."""
    from pipeline.language.spacy_pipeline import pipeline

    nlp, twin = pipeline(), document.twin
    doc = nlp.make_doc(twin.text[: twin.twin_offset(document.body_length)])
    doc.user_data["boundaries"] = sorted({twin.twin_offset(offset) for offset in _boundaries(document)})
    for _, component in nlp.pipeline:
        doc = component(doc)
    tokens, sentences = tokens_of(doc, twin)
    return document.grown(AnalysedDocument, tokens=tokens, sentences=sentences)


def _boundaries(document: Document) -> Iterator[int]:
    """Where blocks and cells begin: no sentence crosses them."""
    for block in document.blocks:
        yield document.text.rfind("\n", 0, block.start) + 1 if block.marker else block.start
    for table in document.tables:
        for cell in table.cells:
            yield cell.start
        yield table.end


def tokens_of(doc: Doc, twin: Twin) -> tuple[tuple[Token, ...], tuple[Span, ...]]:
    """The tokens of a Doc's words, and its sentences, with source offsets.

    A word of several tokens (`1980-luvulla`) is cut into them: each has the likeliest analysis of its own form.
    """
    from pipeline.language.lemmatiser import analyse_word
    from pipeline.language.spacy_pipeline import token_spans_of

    tokens: list[Token] = []
    sentences: list[Span] = []
    inner_starts = doc.user_data.get("inner_starts", ())
    for item in doc:
        if item.is_space:
            continue
        spans = token_spans_of(item)
        for start, end in spans:
            span = twin.source_span(start, end)
            begins = item.is_sent_start if start == item.idx else start in inner_starts
            if begins or not sentences:
                sentences.append(span)
            else:
                sentences[-1] = Span(sentences[-1].start, span.end)
            text = item.text[start - item.idx : end - item.idx]
            tokens.append(
                _token(text, span, analyse_word(text) if len(spans) > 1 else item._.analysis, len(sentences) - 1)
            )
    return tuple(tokens), tuple(sentences)


def _token(text: str, span: Span, analysis: Analysis, sentence: int) -> Token:
    return Token(
        start=span.start,
        end=span.end,
        text=text,
        lemma=analysis.lemma,
        pos=analysis.pos,
        compound_parts=analysis.compound_parts,
        keys=analysis.keys,
        lemmas=analysis.lemmas,
        sentence=sentence,
        known=analysis.known,
        tense=analysis.tense,
        case=analysis.case,
        number=analysis.number,
        tag=analysis.tag,
    )
