"""The spaCy components that need extractors: `poimuri_dates`, `poimuri_sections`.

They are registered by entry points (`pyproject.toml`), as are those of `pipeline.language.spacy_pipeline`, so that
`nlp.add_pipe("poimuri_dates")` works after `pip install` without importing anything first.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from extractors import dates, section_goals
from extractors.document import AnalysedDocument, Span, Token, Twin
from extractors.ids import section_id
from extractors.outline import outline
from pipeline.analyse import tokens_of
from pipeline.language.spacy_pipeline import token_spans_of
from pipeline.language.tokenise import Word
from pipeline.read.layout import build_blocks, is_wrapped, split_lines


@Language.component("poimuri_dates", assigns=["doc.spans"], requires=["token.lemma"])
def date_matcher(doc: Doc) -> Doc:
    """Date expressions as `doc.spans["dates"]`; a span's label is its TIMEX3 value."""
    document = analysed_from_spacy(doc)
    spans = [
        doc.char_span(record.char_start, record.char_end, label=record.value, alignment_mode="expand")
        for record in dates.extract(document)
    ]
    doc.spans["dates"] = [span for span in spans if span is not None]
    return doc


@Language.component("poimuri_sections", assigns=["doc.spans"], requires=["token.lemma"])
def section_tagger(doc: Doc) -> Doc:
    """Sections with their benefit goals as `doc.spans["sections"]`; a span's label is `1,4` for goals 1 and 4."""
    document = analysed_from_spacy(doc)
    goals: dict[str, list[str]] = {}
    for record in section_goals.extract(document):
        goals.setdefault(record.section_id, []).append(str(record.benefit_goal))
    spans: list[DocSpan | None] = []
    for section in document.sections:
        label = ",".join(goals.get(section_id(document.doc_id, section), []))
        spans.append(doc.char_span(section.heading.start, section.body.end, label=label, alignment_mode="expand"))
    doc.spans["sections"] = [span for span in spans if span is not None]
    return doc


def analysed_from_spacy(doc: Doc) -> AnalysedDocument:
    """A spaCy Doc as an analysed document, so that extractors can run on it in a notebook.

    The Doc must have gone through `poimuri_lemmatizer`; its text is taken as clean.
    """
    text = doc.text
    lines = list(split_lines(text))
    wrapped = is_wrapped(text, lines)
    twin = Twin(text)
    tokens, sentences = tokens_of_doc(doc, twin)
    document = AnalysedDocument(
        doc_id="spacy",
        source_path="",
        format="txt",
        sha256="",
        n_bytes=0,
        text=text,
        blocks=tuple(build_blocks(text, lines, wrapped)),
        wrapped=wrapped,
        twin=twin,
        joined=twin,
        tokens=tokens,
        sentences=sentences,
    )
    return outline(document)


def tokens_of_doc(doc: Doc, twin: Twin) -> tuple[tuple[Token, ...], tuple[Span, ...]]:
    """The tokens and sentences of an analysed Doc, as the stage *analyse* gives them of its text."""
    found = [item for item in doc if not item.is_space]
    spans = [token_spans_of(item) for item in found]
    words = [
        Word(item.idx, item.idx + len(item), tuple(inner) if len(inner) > 1 else ())
        for item, inner in zip(found, spans, strict=True)
    ]
    starts = {item.idx for item in found if item.is_sent_start} | doc.user_data.get("inner_starts", set())
    return tokens_of(doc.text, words, [item._.analysis for item in found], starts, twin)
