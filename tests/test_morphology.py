"""Voikko's parses as readings of Universal Dependencies: the conventions word by word."""

from __future__ import annotations

import pytest

from pipeline.language.lemmatiser import word_readings

READINGS = {
    # nominals
    "terveyskeskuksissa": {("terveyskeskus", "NOUN.Ine.Plur")},
    "vaaleissa": {("vaalit", "NOUN.Ine.Plur.Ptan"), ("vaali", "NOUN.Ine.Plur")},
    "vaalin": {("vaali", "NOUN.Gen.Sing")},
    "suomalainen": {("suomalainen", "ADJ.Nom.Sing"), ("suomalainen", "NOUN.Nom.Sing")},
    "Suomen": {("Suomi", "PROPN.Gen.Sing")},
    "kolmessa": {("kolme", "NUM.Ine.Sing")},
    "vanhempi": {("vanha", "ADJ.Nom.Sing.Cmp"), ("vanhempi", "NOUN.Nom.Sing.Cmp")},
    # adverbs
    "nopeasti": {("nopeasti", "ADV.Man")},
    "nopeammin": {("nopeasti", "ADV.Man.Cmp")},
    "nopeimmin": {("nopeasti", "ADV.Man.Sup")},
    "selvemmin": {("selvästi", "ADV.Man.Cmp")},
    "selvimmin": {("selvästi", "ADV.Man.Sup")},
    "helpommin": {("helposti", "ADV.Man.Cmp")},
    "helpoimmin": {("helposti", "ADV.Man.Sup")},
    "kauniimmin": {("kauniisti", "ADV.Man.Cmp")},
    "kauneimmin": {("kauniisti", "ADV.Man.Sup")},
    "tehokkaammin": {("tehokkaasti", "ADV.Man.Cmp")},
    "tehokkaimmin": {("tehokkaasti", "ADV.Man.Sup")},
    "tavallisimmin": {("tavallisesti", "ADV.Man.Sup")},
    "suuremmin": {("suuresti", "ADV.Man.Cmp")},
    "toimivasti": {("toimivasti", "ADV.Man")},
    "täällä": {("täällä", "ADV")},
    "edessään": {("edessä", "ADV.Ine")},
    "haltuunsa": {("haltuun", "ADV.Ill")},
    "yksinäni": {("yksinään", "ADV")},
    "äärimmilleen": {("äärimmilleen", "ADV")},
    "kyllähän": {("kyllä", "ADV")},
    "vaikkapa": {("vaikka", "CCONJ")},
    "kanssani": {("kanssa", "ADP")},
    # verbs
    "kehitetään": {("kehittää", "VERB.Ind.Pres.4")},
    "kehittämään": {("kehittää", "VERB.Inf3.Ill")},
    "kehittäisi": {("kehittää", "VERB.Cnd.Pres.3.Sing.b")},
    "kehittäminen": {("kehittäminen", "NOUN.Nom.Sing.Minen")},
    "kehittämistä": {("kehittäminen", "NOUN.Par.Sing.Minen")},
    "eivät": {("ei", "AUX.Ind.3.Plur")},
    # participles
    "kehitetyn": {("kehittää", "VERB.Part.Past.Pass.Gen.Sing"), ("kehitetty", "ADJ.Gen.Sing.Part")},
    "kehittävän": {("kehittää", "VERB.Part.Pres.Act.Gen.Sing"), ("kehittävä", "ADJ.Gen.Sing.Part")},
    "tulossa": {("tulla", "VERB"), ("tulo", "NOUN.Ine.Sing")},
    "kehittämätön": {("kehittämätön", "ADJ.Nom.Sing")},
    # pronouns and small words
    "heidän": {("hän", "PRON.Gen.Plur")},
    "johonkin": {("jokin", "PRON.Ill.Sing")},
    "mihinkään": {("mikään", "PRON.Ill.Sing")},
    "molempien": {("molemmat", "PRON"), ("molempi", "NOUN.Gen.Plur.Cmp")},
    "etteivät": {("etteivät", "SCONJ")},
    "voimin": {("voimin", "ADP")},
    "mukaansa": {("mukaan", "ADP")},
    "sekä": {("sekä", "CCONJ")},
}


def shown(word: str) -> set[tuple[str, str]]:
    return {(reading.lemma, reading.tag.replace("..", ".").strip(".")) for reading in word_readings(word)[0]}


@pytest.mark.parametrize("word", READINGS)
def test_readings(word: str) -> None:
    assert shown(word) >= READINGS[word]
