"""Sentences that nobody annotated, labelled by a model that knows another pipeline's opinions on their words."""

from __future__ import annotations

import pytest

from pipeline.bench.corpora import TreebankWord
from pipeline.bench.second_opinion import Opinion, opinion_features, rejoined, told_form
from pipeline.bench.train_lemmas import accuracy, cross_validated, fit, fit_with_text, labelled
from pipeline.language.disambiguate import Model
from pipeline.language.lemmatiser import word_readings
from pipeline.language.morphology import Reading

SENTENCES = [
    ("Mielenterveys - ja päihdetyö - ohjelma .", "Mielenterveys-|ja|päihdetyö-ohjelma|."),
    ("THL : n mukaan 5 . toukokuuta 1980 - luvulla .", "THL:n|mukaan|5.|toukokuuta|1980-luvulla|."),
    ("Hän sanoi : niin on .", "Hän|sanoi|:|niin|on|."),
    ("Vaa ’ an ja 3 / 4 ( esim . täällä ) !", "Vaa’an|ja|3/4|(|esim.|täällä|)|!"),
    ("- Tule !", "-|Tule|!"),
]


@pytest.mark.parametrize(("cut", "words"), SENTENCES)
def test_what_a_corpus_cuts_at_every_sign_is_joined_again(cut: str, words: str) -> None:
    assert "|".join(rejoined(cut.split())) == words


def test_features_tell_where_a_reading_and_an_opinion_agree() -> None:
    reading = Reading("kuusi", "NUM", "NUM.Nom.Sing", "voikko", "", "Nom", "Sing")
    agreeing = opinion_features(reading, Opinion("Kuusi", "NUM", {"Case": "Nom", "Number": "Sing"}))
    other = opinion_features(reading, Opinion("kuu", "NOUN", {"Case": "Gen"}))
    assert {"o2 NUM NUM True True", "o7 True", "o5 Nom Nom NUM"} <= set(agreeing)
    assert {"o2 NOUN NUM False False", "o7 False", "o5 Gen Nom NUM"} <= set(other)


NUMERAL = TreebankWord("kuusi", "kuusi", "NUM", {"Case": "Nom", "Number": "Sing"})
TREE = TreebankWord("kuusi", "kuusi", "NOUN", {"Case": "Nom", "Number": "Sing"})
MY_MOON = TreebankWord("kuusi", "kuu", "NOUN", {"Case": "Nom", "Number": "Sing"})


def opinion(word: TreebankWord) -> Opinion:
    return Opinion(word.lemma, word.pos, word.features)


def test_the_opinion_decides_where_a_model_learnt_to_trust_it() -> None:
    sentences = [(NUMERAL,), (MY_MOON,)] * 4
    weights = fit(sentences, [[opinion(word) for word in sentence] for sentence in sentences])
    model = Model(weights)
    form = model.form("kuusi", word_readings("kuusi")[0])
    for word in (NUMERAL, MY_MOON):
        told = told_form(model, form, opinion(word))
        assert told.readings[told.best].lemma == word.lemma
    assert [[word.lemma for word in sentence] for sentence in labelled(weights, [(["kuusi"], [opinion(MY_MOON)])])] == [
        ["kuu"]
    ]


def test_labelled_text_teaches_the_model_that_knows_no_opinions() -> None:
    gold = [(NUMERAL,), (MY_MOON,)] * 2
    opinions = [[opinion(word) for word in sentence] for sentence in gold]
    text = [(["kuusi"], [opinion(MY_MOON)])] * 9
    assert accuracy(fit_with_text(gold, opinions, text), [(MY_MOON,)]) == 1.0
    assert accuracy(fit_with_text(gold, opinions, [(["kuusi"], [opinion(NUMERAL)])] * 9), [(MY_MOON,)]) == 0.0


def test_each_part_is_measured_without_itself() -> None:
    sentences = [(NUMERAL,)] * 40 + [(MY_MOON,)] * 10
    measured = cross_validated(sentences, (), [])
    assert len(measured) == 5 and sorted(measured)[:2] == [0.0, 1.0]
