"""tokens: words, numbers and punctuation with their lemmas."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.document import AnalysedDocument
from extractors.ids import section_id_at
from extractors.records import TokenRecord


def extract(document: AnalysedDocument) -> Iterator[TokenRecord]:
    """Every token of a document in text order."""
    for token in document.tokens:
        yield TokenRecord(
            doc_id=document.doc_id,
            section_id=section_id_at(document, token.start),
            sentence=token.sentence,
            char_start=token.start,
            char_end=token.end,
            text=document.text[token.start : token.end],
            lemma=token.lemma,
            pos=token.pos,
            compound_parts=list(token.compound_parts),
        )
