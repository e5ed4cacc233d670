"""The spaCy components on a plain Finnish pipeline, as a researcher adds them in a notebook."""

from __future__ import annotations

import doctest

import pytest
import spacy

from extractors.document import Twin
from pipeline.analyse import analysed_text
from pipeline.components import tokens_of_doc
from pipeline.language import spacy_pipeline


def test_components_work_on_a_blank_pipeline() -> None:
    nlp = spacy.blank("fi")
    nlp.add_pipe("poimuri_lemmatizer")
    nlp.add_pipe("poimuri_dates")
    doc = nlp("Etävastaanotot alkoivat toukokuussa 2021 terveyskeskuksissa.")
    assert [token.lemma_ for token in doc][:2] == ["etävastaanotto", "alkaa"]
    assert [(span.text, span.label_) for span in doc.spans["dates"]] == [("toukokuussa 2021", "2021-05")]


def test_the_section_tagger_labels_sections_with_goals() -> None:
    nlp = spacy.blank("fi")
    nlp.add_pipe("poimuri_lemmatizer")
    nlp.add_pipe("poimuri_sections")
    paragraphs = ("Tuotokset ja tulokset", "1. Saatavuus ja jatkuvuus", "Työ eteni.")
    text = "\n\n".join((*paragraphs, "5. Kustannusten nousun hillitseminen", "Säästöjä syntyi.\n"))
    doc = nlp(text)
    assert [(span.text.split("\n")[0], span.label_) for span in doc.spans["sections"]] == [
        ("Tuotokset ja tulokset", ""),
        ("1. Saatavuus ja jatkuvuus", "1"),
        ("5. Kustannusten nousun hillitseminen", "5"),
    ]


def test_the_pipelines_own_tokenizer_keeps_the_text() -> None:
    text = "Työ\tjatkuu  \n\n ja  päättyy. "
    doc = spacy_pipeline.pipeline()(text)
    assert doc.text == text
    assert [token.text for token in doc if not token.is_space] == ["Työ", "jatkuu", "ja", "päättyy", "."]


@pytest.mark.parametrize(
    "text",
    [
        "Esim. 1980-luvulla hoidettiin 12 000 asukasta. 2. Työ jatkui.\n\nTHL:n ja/tai KYS:n työ\x1c loppui!  ”Niin.” ",
        " \n\n Voi\n\n voi voi , 3.5.–4.5.2021\t klo 08:30 (ks. liite)…\n \n",
        "",
        " ",
    ],
)
def test_a_doc_has_the_tokens_sentences_and_lemmas_of_the_batch(text: str) -> None:
    assert tokens_of_doc(spacy_pipeline.pipeline()(text), Twin(text)) == analysed_text(text)


def test_the_documented_example_runs() -> None:
    assert doctest.testmod(spacy_pipeline).failed == 0
