"""The state of a measure: what its label, its wording, its dates, its tense and the paragraph above tell."""

from __future__ import annotations

import pytest

from extractors.document import AnalysedDocument, Span
from extractors.facts.state_signs import Timed, Told, When, signs
from extractors.facts.statuses import STATES, state, weights
from extractors.measures import extract as measures
from tests.conftest import Analyse

BY_WORDING = [
    # done
    ("Opas on julkaistu.", "done"),
    ("Koulutus toteutui suunnitellusti.", "done"),
    ("Perehdytyskansio saatiin vihdoin valmiiksi maaliskuussa.", "done"),
    ("Käyttöön otettiin yhteinen lomake.", "done"),
    ("Toimintamalli on vakiintunut osaksi kotihoidon arkea.", "done"),
    ("Palveluohjaus siirtyi pysyväksi osaksi sosiaalitoimistoa.", "done"),
    ("Yhteinen numero on käytössä kaikissa kunnissa.", "done"),
    ("Ryhmä toimii nyt kahdessa kunnassa.", "done"),
    # in progress
    ("Kysely on parhaillaan menossa.", "in_progress"),
    ("Pilotti käynnistyi syyskuussa.", "in_progress"),
    ("Työ on jatkunut työpajoissa.", "in_progress"),
    ("Ohje ei ole vielä valmis.", "in_progress"),
    ("Lomake on testattavana neljässä yksikössä.", "in_progress"),
    ("Sopimus on lausuntokierroksella.", "in_progress"),
    # not started
    ("Koulutusta ei ole vielä aloitettu.", "not_started"),
    ("Työtä ei ole päästy aloittamaan.", "not_started"),
    ("Asiakasraatia ei ole perustettu.", "not_started"),
    ("Ryhmistä kerrotaan myöhemmin.", "not_started"),
    ("Käyttöönotto siirtyy syksylle.", "not_started"),
    ("Kilpailutus lykkääntyi ensi vuoteen.", "not_started"),
    ("Koulutukset siirrettiin myöhempään ajankohtaan.", "not_started"),
    ("Aloitus siirrettiin hallituksen päätettäväksi.", "not_started"),
    ("On tarkoitus käynnistää ryhmä yhdessä seurakunnan kanssa.", "not_started"),
    ("Kokeilu aiotaan aloittaa, kun tilat vapautuvat.", "not_started"),
    ("Selvitys on tekemättä.", "not_started"),
    ("Palaverikäytäntö on vielä suunnitteilla.", "not_started"),
    # dropped
    ("Sovelluksen hankinta on keskeytetty.", "not_pursued"),
    ("Kokeilua ei jatketa.", "not_pursued"),
    ("Etäryhmiä ei enää järjestetä.", "not_pursued"),
    ("Kurssi jäi pitämättä.", "not_pursued"),
    ("Kurssi jätettiin pitämättä.", "not_pursued"),
    ("Suunniteltua sovellusta ei hankita, koska hinta nousi.", "not_pursued"),
    ("Kotikäyntikokeilu peruttiin.", "not_pursued"),
    ("Kysely päätettiin lopettaa.", "not_pursued"),
    ("Päätettiin, ettei toimintaa aloiteta.", "not_pursued"),
    ("Ryhmien siirtäminen verkkoon pantiin kevään ajaksi jäihin.", "not_pursued"),
    # finished, and something is left
    ("Malli valmistui, ja sitä laajennetaan muihin kuntiin.", "in_progress"),
    ("Malli valmistui, ja sen jalkauttaminen kuntiin alkaa.", "in_progress"),
    ("Malli valmistui, ja se jalkautettiin kuntiin.", "done"),
    ("Malli on valmistunut, ja sen seuranta jatkuu.", "done"),
    ("Malli valmistui, ja sen käyttöönotto ja seuranta jatkuvat.", "in_progress"),
    ("Luokittelu on tehty, mutta tietoja siirretään vielä käsin.", "in_progress"),
    ("Luokittelu on tehty, ja tiedot siirretään joka yö.", "done"),
    ("Opas on valmis puolessa kunnista.", "done"),
    ("Luokittelusta on valmiina puolet.", "in_progress"),
    ("Sopimuksista on viety loppuun 40 %.", "in_progress"),
    ("Kurssi on pilotoitu, mutta laajaa käyttöönottoa ei ole aloitettu.", "in_progress"),
    ("Kokeilu on kesken, ja tuloksista raportoidaan myöhemmin.", "in_progress"),
    ("Sitä selvitetään, mutta työtä ei ole aloitettu.", "not_started"),
    ("Opas on valmis, mutta sen käännöksestä on luovuttu.", "not_pursued"),
    # relative clauses tell where the main clause only names the measure
    ("Toimenpiteenä on opas, joka on julkaistu.", "done"),
    ("Opas, jonka laatimista jatketaan.", "in_progress"),
    ("Kokonaisuuteen kuuluu kysely, josta raportoidaan myöhemmin.", "not_started"),
    # a label of its own
    ("Ei vielä aloitettu: Opas, joka laaditaan yhdessä.", "not_started"),
    ("Opas kunnille (luovuttu).", "not_pursued"),
    ("Opas kunnille (käynnissä, valmiusaste 20 %).", "in_progress"),
]


@pytest.mark.parametrize(("sentence", "status"), BY_WORDING)
def test_wording_decides_where_there_is_no_label(sentence: str, status: str, analyse: Analyse) -> None:
    assert state(analyse(sentence).tokens).status == status


BY_TENSE = [
    ("Hoitajat soittavat asiakkaille viikoittain.", "in_progress"),
    ("Kurssi järjestettiin jokaisessa kunnassa.", "done"),
    ("Ryhmä on kokoontunut kolmesti.", "in_progress"),
    ("Ryhmä on pitänyt kolme kokousta.", "done"),
    ("Hoitajat koulutettiin käyttämään seulaa.", "done"),
    ("Asiakkaita on tavattu neuvolassa.", None),
    ("Hoitajat tapasivat asiakkaita.", None),
    ("Mallin kuvaus ja ohje.", None),
    ("Mallin arvioinnin ja seurannan tulokset.", None),
]


@pytest.mark.parametrize(("sentence", "status"), BY_TENSE)
def test_tense_decides_where_no_wording_does_unless_an_object_in_the_partitive_leaves_it_open(
    sentence: str, status: str | None, analyse: Analyse
) -> None:
    assert state(analyse(sentence).tokens).status == status


RESULTS = [
    "Asiakasmäärä kasvoi 12 prosenttia.",
    "Asiakkaista 44 % oli uusia.",
    "Odotusaika lyheni viidestä viikosta kahteen.",
    "Tyytyväisyys parani selvästi.",
    "Vastaajista 71 % piti palvelua hyvänä.",
    "Yleisimmät syyt olivat toimeentulo ja yksinäisyys.",
]


@pytest.mark.parametrize("sentence", RESULTS)
def test_a_sentence_that_only_tells_a_figure_or_a_result_has_no_state(sentence: str, analyse: Analyse) -> None:
    assert state(analyse(sentence).tokens) == (None, None, None)


LABEL = Span(0, 1)
"""Where a label stands that a test gives."""

UNDER_LABELS = [
    # the label stands against what is merely told otherwise
    ("Opas on tekeillä.", "done", ("done", "label")),
    ("Opas on laadittu kahdessa kunnassa.", "in_progress", ("in_progress", "label")),
    ("Opas on valmis.", "not_started", ("not_started", "label")),
    ("Opas on valmis.", "not_pursued", ("not_pursued", "label")),
    ("Hoitajat soittavat asiakkaille.", "done", ("done", "label")),
    ("Opas kunnille.", "not_started", ("not_started", "label")),
    ("Sovelluksesta voidaan luopua.", "in_progress", ("in_progress", "label")),
    # finished work that is being rolled out or goes on
    ("Malli valmistui, ja sen levittäminen jatkuu.", "done", ("in_progress", "text")),
    ("Malli valmistui, ja käyttöönotto on kesken.", "done", ("in_progress", "text")),
    ("Tiedot on luokiteltu, mutta niitä siirretään vielä käsin.", "done", ("in_progress", "text")),
    ("Malli valmistui, ja työ jatkuu.", "done", ("done", "label")),
    # only follow-up is left
    ("Malli on valmis, ja käyttöä seurataan.", "in_progress", ("done", "text")),
    ("Malli on valmis, ja levittämistä seurataan.", "in_progress", ("in_progress", "text")),
    # wordings that count against any label
    ("Sovelluksesta on luovuttu.", "done", ("not_pursued", "text")),
    ("Ruotsinkielinen versio jäi tekemättä.", "done", ("not_pursued", "text")),
    ("Sovellus on jätetty pois.", "not_started", ("not_pursued", "text")),
    ("Kurssi peruttiin.", "in_progress", ("not_pursued", "text")),
    ("Kurssia ei jatketa.", "in_progress", ("not_pursued", "text")),
    ("Suunnitelma jätettiin sikseen.", "in_progress", ("not_pursued", "text")),
    ("Lomakkeen uudistaminen siirrettiin myöhempään ajankohtaan.", "in_progress", ("not_started", "text")),
    ("Toimintatapa on vakiintunut kaikille asemille.", "in_progress", ("done", "text")),
    # what only tells a result is no measure in that state
    ("Käyntien määrä kasvoi 8 prosenttia.", "done", (None, None)),
]


@pytest.mark.parametrize(("sentence", "label", "expected"), UNDER_LABELS)
def test_the_label_decides_unless_the_text_says_otherwise(
    sentence: str, label: str, expected: tuple[str | None, str | None], analyse: Analyse
) -> None:
    assert state(analyse(sentence).tokens, Told(label, LABEL))[:2] == expected


def dated(document: AnalysedDocument, word: str, when: When) -> Timed:
    start = document.text.index(word)
    return Timed(Span(start, start + len(word)), when)


BY_DATES: list[tuple[str, When, tuple[str, str]]] = [
    ("Ryhmä kokoaa palautteen keväällä.", "later", ("not_started", "date")),
    ("Ryhmä kokoaa palautteen keväällä.", "current", ("in_progress", "date")),
    ("Ryhmä kokoaa palautteen keväällä.", "past", ("in_progress", "tense")),
    ("Kokeilu aloitetaan keväällä.", "later", ("not_started", "date")),
    ("Tuloksista raportoidaan keväällä.", "later", ("not_started", "text")),
    ("Kokeilu jatkuu keväällä.", "later", ("in_progress", "text")),
    ("Ryhmä keräsi palautteen keväällä.", "later", ("done", "tense")),
    ("Tiimi täydentyy, kun asema avataan keväällä.", "later", ("not_started", "date")),
    ("Ohje kirjataan, kuten keväällä sovittiin.", "later", ("in_progress", "tense")),
    ("Koulutus hoitajille keväällä.", "past", ("done", "date")),
]


@pytest.mark.parametrize(("sentence", "when", "expected"), BY_DATES)
def test_dates_after_the_report_tell_what_is_not_begun(
    sentence: str, when: When, expected: tuple[str, str], analyse: Analyse
) -> None:
    document = analyse(sentence)
    assert state(document.tokens, dates=[dated(document, "keväällä", when)])[:2] == expected


def test_work_that_goes_on_is_in_progress_though_a_later_clause_names_a_later_day(analyse: Analyse) -> None:
    document = analyse("Opas on lausunnolla, ja se julkaistaan keväällä.")
    assert state(document.tokens, dates=[dated(document, "keväällä", "later")]).status == "in_progress"


def test_the_paragraph_above_a_list_counts_where_the_item_tells_no_more_than_a_tense(analyse: Analyse) -> None:
    item = analyse("Kirjaamisen ohje").tokens
    above = Told("in_progress", LABEL)
    assert state(item, above=above) == ("in_progress", "context", LABEL)
    assert state(item, above=Told("done", LABEL)) == (None, None, None)
    assert state(analyse("Ohje on julkaistu").tokens, above=above)[:2] == ("done", "text")
    assert state(analyse("Ohjeita laadittu kahdeksan").tokens, above=above)[:2] == ("in_progress", "context")
    assert state(item, Told("done", LABEL), above=above)[:2] == ("done", "label")


PERCENTS = [(100.0, "done"), (60.0, "in_progress")]


@pytest.mark.parametrize(("percent", "status"), PERCENTS)
def test_readiness_counts_beside_the_words(percent: float, status: str, analyse: Analyse) -> None:
    assert state(analyse("Opas on laadittu").tokens, percent=percent).status == status


EVIDENCE = [
    ("Kurssi jäi rahoituksen vuoksi pitämättä, kertoi ohjaaja.", "jäi rahoituksen vuoksi pitämättä"),
    ("Työtä ei ole vielä aloitettu.", "ei ole vielä aloitettu"),
    ("Hanke päätti viime keväänä luopua kyselystä.", "päätti viime keväänä luopua"),
    ("Kysely on kesken kolmessa kunnassa.", "kesken"),
    ("Opas kunnille (luovuttu).", "luovuttu"),
]


@pytest.mark.parametrize(("sentence", "words"), EVIDENCE)
def test_the_words_that_decided(sentence: str, words: str, analyse: Analyse) -> None:
    found = state(analyse(sentence).tokens)
    assert found.span is not None
    assert found.span.of(sentence) == words


SIGNS = [
    ("Työtä ei ole vielä aloitettu.", ["begins not yet past"]),
    ("Kokeilu päätettiin lopettaa.", ["drops decided"]),
    ("Malli on otettu vihdoin käyttöön.", ["completes past"]),
    ("Mallia ei oteta käyttöön.", ["completes not present"]),
    ("Asiakkaita on tavattu.", ["does past", "does past, passive, open object"]),
    ("Ohje on valmis.", ["ready"]),
    ("Ohje ei ole valmis.", ["not ready"]),
    ("Malli kuvattiin ilman valmista ohjetta.", ["does past", "does past, passive"]),
    ("Ohje ilman valmista mallia.", ["not ready"]),
    ("Kävijöitä oli 41 prosenttia enemmän.", ["is past", "percent told, past"]),
    ("Luona kävi 41 asiakasta.", ["does past", "does past, active", "count told, past, active"]),
]


@pytest.mark.parametrize(("sentence", "names"), SIGNS)
def test_the_signs_of_a_sentence(sentence: str, names: list[str], analyse: Analyse) -> None:
    assert [sign.name for sign in signs(analyse(sentence).tokens)] == names


def test_every_weight_is_of_a_state_and_labels_weigh_more_than_tenses() -> None:
    table = weights()
    assert {status for _, status in table} <= set(STATES)
    for status in ("done", "in_progress", "not_started", "not_pursued"):
        assert table[f"label:{status}", status] > table["does past, passive", "done"]


def test_what_is_decided_to_be_left_undone_is_dropped(analyse: Analyse) -> None:
    goals = "Koealueen oma-arviointi\n\nTavoite 1.1 Ajan saa\n\n{}\nTavoite 1.2 Apu tulee\n\n• Ohje on valmis.\n"
    told = [
        ("Kysely päätettiin jättää tekemättä.", "not_pursued"),
        ("Kysely jätettiin tekemättä.", "not_pursued"),
        ("Kysely on vielä tekemättä.", "not_started"),
        ("Kokeilua ei jatketa.", "not_pursued"),  # an item that ends in a full stop is no label of states
    ]
    document = analyse(goals.format("".join(f"• {text}\n" for text, _ in told)))
    assert [(record.text, record.status) for record in measures(document)][: len(told)] == told
