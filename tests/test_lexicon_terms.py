"""What a term of a lexicon can ask for: gap, order, not; and the ways in which people write its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.document import AnalysedDocument
from lexicons import TermMatcher
from lexicons.loader import read

Analyse = Callable[[str], AnalysedDocument]


def found(analyse: Analyse, tmp_path: Path, terms: str, sentence: str, more: str = "") -> list[tuple[str, str]]:
    """The terms found in a sentence, each with the stretch that it stands in."""
    path = tmp_path / "koe.yaml"
    path.write_text(
        f"lexicon: koe\nkuvaus: a\ndescription: b\nmatch: lemma\nreport: true\n{more}"
        f"entries:\n  - id: koe\n    terms: [{terms}]\n",
        encoding="utf-8",
    )
    document = analyse(sentence)
    hits = TermMatcher(read(path)).find(document.tokens)
    return [(hit.term.text, document.text[hit.start : hit.end]) for hit in hits]


WRITTEN = [
    ("etävastaanotto", "Uusia etävastaanottoja avattiin.", ["etävastaanottoja"]),
    ("etävastaanotto", "Uusia etä vastaanottoja avattiin.", ["etä vastaanottoja"]),
    ("etävastaanotto", "Uusia etä-vastaanottoja avattiin.", ["etä-vastaanottoja"]),
    ("etävastaanotto", "Uusia etä- vastaanottoja avattiin.", ["etä- vastaanottoja"]),
    ("etä vastaanotto", "Uusia etävastaanottoja avattiin.", ["etävastaanottoja"]),
    ("etä-vastaanotto", "Uusia etävastaanottoja avattiin.", ["etävastaanottoja"]),
    ("etä-vastaanotto", "Uusia etä vastaanottoja avattiin.", ["etä vastaanottoja"]),
    ("etävastaanotto", "Etä- ja lähivastaanottoja avattiin.", ["Etä- ja lähivastaanottoja"]),
    ("mielenterveyspalvelu", "Tarjolla on mielenterveys- ja päihdepalveluja.", ["mielenterveys- ja päihdepalveluja"]),
    (
        "mielenterveyspalvelu",
        "Mielenterveys-, päihde- ja vammaispalvelut.",
        ["Mielenterveys-, päihde- ja vammaispalvelut"],
    ),
    ("perheohjaaja", "Perheneuvojat ja -ohjaajat tapaavat.", ["Perheneuvojat ja -ohjaajat"]),
    ("lastensuojelu", "Lasten suojelua kehitettiin.", ["Lasten suojelua"]),
    # no compound: another word between, a word of its own, a sentence that goes on
    ("etävastaanotto", "Etä ja sen vastaanotto.", []),
    ("mielenterveyspalvelu", "Mielenterveys- sekä uusi hyvä päihdepalvelu.", []),
    ("lääkäriaika", "Lääkäri sai aikaa.", []),
    ("=etävastaanotto", "Uusia etä vastaanottoja avattiin.", []),
]


@pytest.mark.parametrize(("term", "sentence", "stretches"), WRITTEN)
def test_a_compound_is_found_however_it_is_written(
    term: str, sentence: str, stretches: list[str], analyse: Analyse, tmp_path: Path
) -> None:
    assert found(analyse, tmp_path, term, sentence) == [(term.strip("="), stretch) for stretch in stretches]


def test_both_words_of_a_suspended_pair_are_found(analyse: Analyse, tmp_path: Path) -> None:
    assert found(analyse, tmp_path, "hoitotakuu, terapiatakuu", "Hoito- ja terapiatakuu toteutui.") == [
        ("hoitotakuu", "Hoito- ja terapiatakuu"),
        ("terapiatakuu", "terapiatakuu"),
    ]


def test_a_lexicon_can_ask_for_its_own_spelling_only(analyse: Analyse, tmp_path: Path) -> None:
    assert found(analyse, tmp_path, "etävastaanotto", "Etä vastaanotto avattiin.", "spellings: false\n") == []


def test_the_spelling_of_the_lexicon_comes_first(analyse: Analyse, tmp_path: Path) -> None:
    terms = "etä vastaanotto, etävastaanotto"
    assert found(analyse, tmp_path, terms, "Etävastaanotto avattiin.") == [("etävastaanotto", "Etävastaanotto")]


GAPS = [
    ("{term: hoito pääsy, gap: 2}", "Hoitoon nopea pääsy parani.", ["Hoitoon nopea pääsy"]),
    ("{term: hoito pääsy, gap: 1}", "Hoitoon nopea ja helppo pääsy parani.", []),
    ("{term: hoito pääsy, gap: 3}", "Hoitoon nopea ja helppo pääsy parani.", ["Hoitoon nopea ja helppo pääsy"]),
    ("hoito pääsy", "Hoitoon nopea pääsy parani.", []),
    ("{term: hoito pääsy, order: free}", "Pääsy hoitoon parani.", ["Pääsy hoitoon"]),
    ("{term: hoito pääsy, order: free}", "Pääsy nopeaan hoitoon parani.", []),
    ("{term: hoito pääsy, order: free, gap: 1}", "Pääsy nopeaan hoitoon parani.", ["Pääsy nopeaan hoitoon"]),
    ("{term: hoito pääsy}", "Pääsy hoitoon parani.", []),
    ("{term: hoito nopea pääsy, order: free}", "Nopea pääsy hoitoon parani.", ["Nopea pääsy hoitoon"]),
]


@pytest.mark.parametrize(("term", "sentence", "stretches"), GAPS)
def test_words_stand_apart_and_change_places_where_the_term_says_so(
    term: str, sentence: str, stretches: list[str], analyse: Analyse, tmp_path: Path
) -> None:
    assert [stretch for _, stretch in found(analyse, tmp_path, term, sentence)] == stretches


NOT = [
    ("{term: laatu, not: [elämänlaatu]}", "Elämänlaatu ja hoidon laatu paranivat.", ["laatu"]),
    ("{term: laatu, not: [elämä laatu]}", "Elämän laatu ja hoidon laatu paranivat.", ["laatu"]),
    ("{term: laatu, not: [laatu =kannalta]}", "Laadun kannalta hoidon laatu on tärkeä.", ["laatu"]),
    ("{term: jono, not: [kassajono, kaupan jono]}", "Kassajonot ja hoitojonot.", ["hoitojonot"]),
]


@pytest.mark.parametrize(("term", "sentence", "stretches"), NOT)
def test_a_term_is_not_meant_where_a_phrase_of_its_not_stands(
    term: str, sentence: str, stretches: list[str], analyse: Analyse, tmp_path: Path
) -> None:
    assert [stretch for _, stretch in found(analyse, tmp_path, term, sentence)] == stretches
