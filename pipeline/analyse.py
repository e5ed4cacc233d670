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
    tokens: list[Token] = []
    sentences: list[Span] = []
    for item in doc:
        if item.is_space:
            continue
        span = twin.source_span(item.idx, item.idx + len(item))
        if item.is_sent_start or not sentences:
            sentences.append(span)
        else:
            sentences[-1] = Span(sentences[-1].start, span.end)
        analysis: Analysis = item._.analysis
        tokens.append(
            Token(
                start=span.start,
                end=span.end,
                text=item.text,
                lemma=item.lemma_,
                pos=item.pos_,
                compound_parts=analysis.compound_parts,
                keys=analysis.keys,
                lemmas=analysis.lemmas,
                sentence=len(sentences) - 1,
                known=analysis.known,
                tense=analysis.tense,
                case=analysis.case,
                number=analysis.number,
                tag=analysis.tag,
            )
        )
    return tuple(tokens), tuple(sentences)
