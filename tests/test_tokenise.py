"""Words as Universal Dependencies cut them, and the tokens in them that the extractors read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.analyse import analysed_text
from pipeline.language.tokenise import token_spans, words

SENTENCES = [
    # abbreviations and initials
    ("Mm. THL:n ja esim. S. Virtasen (o.s. Aho) työ.", "Mm.|THL:n|ja|esim.|S.|Virtasen|(|o.s.|Aho|)|työ|."),
    ("Sana (ven. slovo) on ev.-lut. seurakunnan.", "Sana|(|ven.|slovo|)|on|ev.-lut.|seurakunnan|."),
    ("Katso sivu 3 ym.", "Katso|sivu|3|ym|."),
    # ordinals and days
    ("Alkoi 31. maaliskuuta, päättyi 4.5. mennessä.", "Alkoi|31.|maaliskuuta|,|päättyi|4.5.|mennessä|."),
    ("1. Kehitetään. 2. Arvioidaan.", "1.|Kehitetään|.|2.|Arvioidaan|."),
    ("Niitä oli 31. Uusia tuli 4.", "Niitä|oli|31|.|Uusia|tuli|4|."),
    # numbers and what hangs on them
    ("1980-luvulla 12 000 alle 5-vuotiasta", "1980-luvulla|12 000|alle|5-vuotiasta"),
    ("2021–2022 tai 3-4 viikkoa klo 08:30", "2021–2022|tai|3-4|viikkoa|klo|08:30"),
    ("direktiivi 93/23/ETY, 15D-kysely 2,5mm 955:ltä", "direktiivi|93/23/ETY|,|15D-kysely|2,5mm|955:ltä"),
    ("laski -10 ja 15.11.–20.11.2021", "laski|-10|ja|15.11.|–|20.11.2021"),
    # words side by side
    ("ja/tai touko-/kesäkuussa", "ja/tai|touko-/kesäkuussa"),
    ("tuki-, neuvonta- ja –hanke", "tuki-|,|neuvonta-|ja|–hanke"),
    ("H&M:n otakantaa.fi-palvelu", "H&M:n|otakantaa.fi-palvelu"),
    ("”Koti”:n #sote *hymy* v1.3", "”|Koti|”|:n|#sote|*hymy*|v1.3"),
    # marks
    ("Hienoa! :) Kivaa.:D Niin...", "Hienoa|!|:)|Kivaa|.|:|D|Niin|..."),
    ("(ks. liite: kuva)", "(|ks.|liite|:|kuva|)"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_words_are_those_of_universal_dependencies(text: str, expected: str) -> None:
    assert "|".join(text[word.start : word.end] for word in words(text)) == expected


PIECES = [*"aäA14.,:;-–/&()@#*’ \n_+!?v", "\u0301", '"', "fi", ".fi", "12", "000", "ja", "ev.", "www.", "esim"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_tokens_of_all_words_are_those_of_the_text(text: str) -> None:
    tokens = [(start, end) for word in words(text) for start, end in (word.tokens or ((word.start, word.end),))]
    assert tokens == list(token_spans(text))


def test_extractors_read_the_tokens_of_words() -> None:
    text = "Esim. 1980-luvulla hoidettiin 12 000 asukasta. 2. Työ jatkui."
    tokens, sentences = analysed_text(text)
    assert [(token.text, token.lemma) for token in tokens][:9] == [
        ("Esim", "esim."),
        (".", "."),
        ("1980", "1980"),
        ("-", "-"),
        ("luvulla", "luku"),
        ("hoidettiin", "hoitaa"),
        ("12", "12"),
        ("000", "000"),
        ("asukasta", "asukas"),
    ]
    assert [text[start:end] for start, end in sentences][-1] == "Työ jatkui."
    assert {text[token.start : token.end] == token.text for token in tokens} == {True}


def test_a_boundary_within_a_word_begins_a_sentence() -> None:
    text = "Käynnit 12 000 asukasta"
    _, sentences = analysed_text(text, [11])
    assert [text[start:end] for start, end in sentences] == ["Käynnit 12", "000 asukasta"]
