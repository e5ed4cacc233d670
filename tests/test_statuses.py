"""The state of a measure: what its label, its wording, its dates, its tense and the paragraph above tell."""

from __future__ import annotations

import pytest

from extractors.facts.statuses import Timing, state
from tests.conftest import Analyse

BY_WORDING = [
    # one wording
    ("Opas on julkaistu.", "done"),
    ("Koulutus toteutui suunnitellusti.", "done"),
    ("Kysely on parhaillaan menossa.", "in_progress"),
    ("Koulutusta ei ole vielä aloitettu.", "not_started"),
    ("Ryhmistä kerrotaan myöhemmin.", "not_started"),
    ("Sovelluksen hankinta on keskeytetty.", "not_pursued"),
    ("Kokeilua ei jatketa.", "not_pursued"),
    # finished, and something is left
    ("Malli valmistui, ja sitä laajennetaan muihin kuntiin.", "in_progress"),
    ("Malli valmistui, ja sen jalkauttaminen kuntiin alkaa.", "in_progress"),
    ("Malli valmistui, ja se jalkautetaan kuntiin.", "in_progress"),
    ("Malli valmistui, ja se jalkautettiin kuntiin.", "done"),
    ("Malli on valmistunut, ja sen seuranta jatkuu.", "done"),
    ("Malli valmistui, ja sen käyttöönotto ja seuranta jatkuvat.", "in_progress"),
    # followed up, as long as nothing says much more strongly that it goes on
    ("Opas on valmis, työ jatkuu ja käyttöä seurataan.", "done"),
    ("Opas on julkaistu, työ jatkuu ja käyttöä seurataan.", "in_progress"),
    ("Opas on valmis, käännös on kesken ja käyttöä seurataan.", "in_progress"),
    # the stronger of two
    ("Kurssi on pilotoitu, mutta laajaa käyttöönottoa ei ole aloitettu.", "in_progress"),
    ("Opas on julkaistu, ja vaikutuksista raportoidaan myöhemmin.", "in_progress"),
    ("Kokeilu on kesken, ja tuloksista raportoidaan myöhemmin.", "in_progress"),
    ("Sitä selvitetään, mutta työtä ei ole aloitettu.", "not_started"),
    ("Opas on valmis, mutta sen käännöksestä on luovuttu.", "not_pursued"),
]


@pytest.mark.parametrize(("sentence", "status"), BY_WORDING)
def test_wording_decides_where_there_is_no_label(sentence: str, status: str, analyse: Analyse) -> None:
    assert state(analyse(sentence).tokens, None) == (status, "text")


BY_TENSE = [
    ("Hoitajat soittavat asiakkaille viikoittain.", "in_progress"),
    ("Kurssi järjestettiin jokaisessa kunnassa.", "done"),
    ("Ryhmä on kokoontunut kolmesti.", "done"),
    ("Ryhmä on pitänyt kolme kokousta.", "done"),
    ("Asiakkaita on tavattu neuvolassa.", None),
    ("Hoitajat tapasivat asiakkaita.", None),
    ("Mallin kuvaus ja ohje.", None),
]


@pytest.mark.parametrize(("sentence", "status"), BY_TENSE)
def test_tense_decides_where_no_wording_does_unless_an_object_in_the_partitive_leaves_it_open(
    sentence: str, status: str | None, analyse: Analyse
) -> None:
    assert state(analyse(sentence).tokens, None) == (status, "tense" if status else None)


WEAK = [
    ("Malli otetaan käyttöön alueella.", ("in_progress", "tense")),
    ("Alueella tehtiin kehittämistyö.", ("done", "tense")),
]


@pytest.mark.parametrize(("sentence", "expected"), WEAK)
def test_a_weak_wording_decides_nothing(sentence: str, expected: tuple[str, str], analyse: Analyse) -> None:
    assert state(analyse(sentence).tokens, None) == expected


UNDER_LABELS = [
    # the label stands against what is merely told otherwise
    ("Opas on tekeillä.", "done", ("done", "label")),
    ("Opas on valmis.", "in_progress", ("in_progress", "label")),
    ("Opas on valmis.", "not_started", ("not_started", "label")),
    ("Opas on valmis.", "not_pursued", ("not_pursued", "label")),
    ("Hoitajat soittavat asiakkaille.", "done", ("done", "label")),
    # finished work that is being rolled out, told strongly enough (0.7)
    ("Malli valmistui, ja sen levittäminen jatkuu.", "done", ("in_progress", "text")),
    ("Malli valmistui, ja käyttöönotto on kesken.", "done", ("in_progress", "text")),
    ("Malli valmistui, ja sitä laajennetaan.", "done", ("done", "label")),
    ("Malli valmistui, ja jalkautustyö alkaa.", "done", ("done", "label")),
    ("Malli valmistui, ja työ jatkuu.", "done", ("done", "label")),
    # only follow-up is left
    ("Malli on valmis, ja käyttöä seurataan.", "in_progress", ("done", "text")),
    ("Malli on valmis, ja levittämistä seurataan.", "in_progress", ("in_progress", "label")),
    ("Malli valmistui, ja sen jalkautusta seurattiin.", "in_progress", ("in_progress", "label")),
    # what was dropped is heard under any label, what may be dropped is not (0.9)
    ("Sovelluksesta on luovuttu.", "done", ("not_pursued", "text")),
    ("Sovellus on jätetty pois.", "not_started", ("not_pursued", "text")),
    ("Kurssia ei jatketa.", "in_progress", ("not_pursued", "text")),
    ("Sovelluksesta voidaan luopua.", "in_progress", ("in_progress", "label")),
]


@pytest.mark.parametrize(("sentence", "label", "expected"), UNDER_LABELS)
def test_the_label_decides_unless_the_text_says_otherwise(
    sentence: str, label: str, expected: tuple[str, str], analyse: Analyse
) -> None:
    assert state(analyse(sentence).tokens, label) == expected


LATER, NOW = Timing(is_later=True), Timing(is_current=True)

BY_DATES = [
    ("Ryhmä kokoontuu keväällä.", LATER, ("not_started", "date")),
    ("Ryhmä kokoontuu keväällä.", NOW, ("in_progress", "date")),
    ("Ryhmä kokoontuu keväällä.", Timing(), ("in_progress", "tense")),
    ("Kokeilu aloitetaan keväällä.", LATER, ("not_started", "date")),
    ("Tuloksista raportoidaan keväällä.", LATER, ("not_started", "text")),
    ("Kokeilua määritellään keväällä.", LATER, ("not_started", "date")),
    ("Kokeilua määritellään keväällä.", NOW, ("in_progress", "text")),
    ("Kokeilu jatkuu keväällä.", LATER, ("in_progress", "text")),
    ("Ryhmä kokoontui keväällä.", LATER, ("done", "tense")),
    ("Opas on valmis keväällä.", LATER, ("done", "text")),
]


@pytest.mark.parametrize(("sentence", "timing", "expected"), BY_DATES)
def test_dates_after_the_report_tell_what_is_not_begun(
    sentence: str, timing: Timing, expected: tuple[str, str], analyse: Analyse
) -> None:
    assert state(analyse(sentence).tokens, None, timing) == expected


def test_the_paragraph_above_a_list_counts_where_nothing_else_tells(analyse: Analyse) -> None:
    item = analyse("Kirjaamisen ohje").tokens
    assert state(item, None, None, "in_progress") == ("in_progress", "context")
    assert state(item, None, None, "done") == (None, None)
    assert state(analyse("Ohje on julkaistu").tokens, None, None, "in_progress") == ("done", "text")
    assert state(item, "done", None, "in_progress") == ("done", "label")
