"""Quantities and what is left uncovered, told by sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.document import AnalysedDocument
from extractors.grammar.lexer import lexemes
from extractors.grammar.numbers import amounts
from extractors.percentages import extract as percentages
from extractors.quantities import extract as quantities
from extractors.uncovered import extract as uncovered
from pipeline.bench.entities import placed
from tests.texts import table

Analyse = Callable[[str], AnalysedDocument]

_COUNTED = (None, None, "asiakas", "count", "asiakas")

SENTENCES = [
    ("Palvelut tuotetaan 128 000 asukkaalle.", "128 000", 128000, None, None, None, "count", "asukas"),
    ("Palvelut tuotetaan 128\u202f000 asukkaalle.", "128\xa0000", 128000, None, None, None, "count", "asukas"),
    ("Palvelut tuotetaan 128\u00a0000 asukkaalle.", "128\u00a0000", 128000, None, None, None, "count", "asukas"),
    ("Kontakteja oli 1 327 kpl.", "1 327 kpl", 1327, None, None, "kpl", "count", None),
    ("Ryhmiin osallistui 96 vanhempaa.", "96", 96, None, None, None, "count", "vanha"),
    ("Malli on käytössä kolmessa päiväkodissa.", "kolmessa", 3, None, None, None, "count", "päiväkoti"),
    ("Palkattiin neljä sosiaalityön opiskelijaa.", "neljä", 4, None, None, None, "count", "opiskelija"),
    ("Jonossa on noin 80 henkilöä.", "80 henkilöä", 80, None, "about", "henkilö", "count", "henkilö"),
    ("Hinta oli 1,2 miljoonaa euroa.", "1,2 miljoonaa euroa", 1200000, None, None, "€", "money", None),
    ("Hinta on enintään 350 €/kk.", "350 €/kk", 350, None, "at_most", "€/kk", "rate", None),
    ("Hinta on 25 euroa päivässä.", "25 euroa päivässä", 25, None, None, "€/pv", "rate", None),
    ("Odotusaika on 4–6 kk.", "4–6 kk", 4, 6, None, "kk", "duration", None),
    ("Jonossa on 2–3 miljoonaa käyntiä.", "2–3 miljoonaa käyntiä", 2e6, 3e6, None, "käynti", "count", "käynti"),
    ("Alle 25-vuotiaat saivat ehkäisyn.", "25-vuotiaat", 25, None, "under", "v", "duration", None),
    ("Kuusivuotiaat kutsutaan tarkastukseen.", "Kuusivuotiaat", 6, None, None, "v", "duration", None),
    ("Viidesosa asiakkaista vastasi.", "Viidesosa", 0.2, None, None, None, "share", "asiakas"),
    ("Kolme neljästä vastaajasta hyötyi.", "Kolme neljästä", 0.75, None, None, None, "share", "vastaaja"),
    (
        "Asia ratkesi kahdessa tapauksessa kolmesta.",
        "kahdessa tapauksessa kolmesta",
        2 / 3,
        None,
        None,
        None,
        "share",
        "tapaus",
    ),
    ("Hoitoon pääsi viikossa kolme lasta neljästä.", "kolme lasta neljästä", 0.75, None, None, None, "share", "lapsi"),
    ("Vastaus tulee kahden viikon kuluessa.", "kahden viikon", 2, None, "at_most", "vk", "duration", None),
    ("Yli puolet lapsista osallistui.", "puolet", 0.5, None, "over", None, "share", "lapsi"),
    ("Kaksi kolmasosaa asiakkaista hyötyi.", "Kaksi kolmasosaa", 2 / 3, None, None, None, "share", "asiakas"),
    ("Joka viides asiakas odotti.", "Joka viides", 0.2, None, None, None, "share", "asiakas"),
    ("Vastaajista 3/5 oli samaa mieltä.", "3/5", 0.6, None, None, None, "share", "vastaaja"),
    ("Apua sai 3/4:lla asiakkaista perhe.", "3/4", 0.75, None, None, None, "share", "asiakas"),
    ("Menot olivat 4 milj. € enemmän.", "4 milj. €", 4e6, None, None, "€", "money", None),
    ("Menot olivat 4 M€.", "4 M€", 4e6, None, None, "€", "money", None),
    ("Menot olivat 150 k€ enemmän.", "150 k€", 150000, None, None, "€", "money", None),
    ("Menot olivat 7,5 Me.", "7,5 Me", 7.5e6, None, None, "€", "money", None),
    ("Menot olivat 2–3 mrd. euroa.", "2–3 mrd. euroa", 2e9, 3e9, None, "€", "money", None),
    ("Menot olivat 120.000 euroa.", "120.000 euroa", 120000, None, None, "€", "money", None),
    ("Menot olivat 12.400,50 €.", "12.400,50 €", 12400.5, None, None, "€", "money", None),
    ("Maksu on 11.12 e kerralta.", "11.12 e", 11.12, None, None, "€", "money", None),
    ("Menot olivat 40 000 Ruotsin kruunua.", "40 000 Ruotsin kruunua", 40000, None, None, "kr", "money", None),
    ("Menot olivat 3 miljoonan euron luokkaa.", "3 miljoonan euron", 3e6, None, "about", "€", "money", None),
    ("Palvelua sai 2.400 asukasta.", "2.400", 2400, None, None, None, "count", "asukas"),
    ("Tiimissä on 5 hlöä.", "5 hlöä", 5, None, None, "henkilö", "count", "hlö"),
    ("Tontti on 450 m² laaja.", "450 m²", 450, None, None, "m²", "count", None),
    ("Jonon muutos (-12 kpl) on suuri.", "-12 kpl", -12, None, None, "kpl", "count", None),
    ("Ryhmiä pidettiin 48 vuonna 2021.", "48", 48, None, None, None, "count", None),
    ("Koulutettiin 30 uutta Lapset puheeksi -ohjaajaa.", "30", 30, None, None, None, "count", "ohjaaja"),
    ("Kutsun sai 1999 perhe- ja sosiaalityön ohjaajaa.", "1999", 1999, None, None, None, "count", "ohjaaja"),
    ("Suositteluindeksi oli hyvä (NPS > 40).", "40", 40, None, "over", None, "count", None),
    ("Palvelu on käytössä 9/13 kunnassa.", "9/13", 9 / 13, None, None, None, "share", "kunta"),
    ("Ikävakioitu indeksi oli 101,3 alueella.", "101,3", 101.3, None, None, None, "index", None),
    (
        "Kaksisataaviisi asiakasta osallistui.",
        "Kaksisataaviisi asiakasta",
        205,
        None,
        None,
        "asiakas",
        "count",
        "asiakas",
    ),
]


@pytest.mark.parametrize(("sentence", "text", "value", "value_max", "comparator", "unit", "kind", "counts"), SENTENCES)
def test_a_quantity_has_its_value_unit_and_kind(
    sentence: str,
    text: str,
    value: float,
    value_max: float | None,
    comparator: str | None,
    unit: str | None,
    kind: str,
    counts: str | None,
    analyse: Analyse,
) -> None:
    (record,) = quantities(analyse(sentence))
    assert (record.text, record.value_max, record.comparator, record.unit) == (text, value_max, comparator, unit)
    assert (record.unit_kind, record.counts) == (kind, counts)
    assert record.value == pytest.approx(value)


def test_fractions_in_words_are_never_percentages_and_know_the_figure_beside_them(analyse: Analyse) -> None:
    document = analyse("Noin viidennes (22 %) johti asiakkuuteen.")
    (fraction,), (figure,) = list(quantities(document)), list(percentages(document))
    assert (fraction.text, fraction.value, fraction.comparator) == ("viidennes", 0.2, "about")
    assert (figure.text, figure.comparator) == ("22 %", None)
    assert fraction.percentage_start == figure.char_start


@pytest.mark.parametrize(
    ("sentence", "change", "compared_to"),
    [
        ("Käyntien määrä on kasvanut n. 54 % vuoteen 2021 verrattuna.", "increase", "2021"),
        ("Osuus laski 3 prosenttiyksikköä.", "decrease", None),
        ("Osuus kasvoi 12 % vuoden 2019 tasosta.", "increase", "2019"),
        ("Osuus kasvoi 12 % vuodesta 2019 vuoteen 2021.", "increase", "2019"),
        ("Osuus on kasvanut 12 % vuodesta 2019 alkaen.", "increase", None),
        ("Osuus pysyi ennallaan 40 prosentissa.", "unchanged", None),
        ("Osuus on 40 %.", None, None),
    ],
)
def test_a_figure_tells_its_change(
    sentence: str, change: str | None, compared_to: str | None, analyse: Analyse
) -> None:
    (record,) = percentages(analyse(sentence))
    assert (record.change, record.compared_to) == (change, compared_to)


def test_the_period_is_not_the_one_that_is_compared_to(analyse: Analyse) -> None:
    (record,) = percentages(analyse("Osuus on vuonna 2022 kasvanut 5 % vuoteen 2021 verrattuna."))
    assert (record.period, record.compared_to) == ("2022", "2021")


NO_QUANTITIES = [
    "Tunnus on 7654321-2, puh. 050 765 4321.",
    "Koneissa on Linux 22 ja arvioinnissa RAI 3.0.",
    "Lain 3 §, 14 a §:n 3 momentti ja 8 a ja 9 b § muuttuvat.",
    "Katso luku 3.2 ja s. 4–6.",
    "Toimintalinja: 2. Terveys",
    "Talo on osoitteessa Koivutie 14, ja sivu on 2(9).",
    "Sisällys 1 ALKU... 2 1.1 TAUSTA... 3 2 LOPPU... 9",
    "Asia on KOEDno-2021-45, ja opas on STM 2015:22.",
    "Alue on 7:nneksi paras, ja ne alkoivat yhtä aikaa.",
    "Ensin (1) sovitaan, sitten (2) tehdään.",
    "Mukana on TP 2 lasten palveluista.",
    "Se kokoaa yhteen Etelä-Savon toimijat.",
    "Hyötytavoite 1: Palvelut paranevat.",
    "Teema 2: Lapset",
    "1 – ei aloitettu",
    "Covid-19 viivästytti työtä.",
    "Tyypin 2 diabeetikot kutsutaan.",
    "Sovellus on versio 2.0.",
    "Luku on puolella heistä.",
    "Lähetys heidän puolestaan tehtiin asetuksen N:o 2407/92 mukaan.",
]


@pytest.mark.parametrize("sentence", NO_QUANTITIES)
def test_what_is_no_quantity(sentence: str, analyse: Analyse) -> None:
    assert [record.text for record in quantities(analyse(sentence))] == []


def test_a_mark_of_documents_may_be_cut_apart() -> None:
    """Other tokenisers, such as a corpus', cut at the colon."""
    assert list(amounts(lexemes(placed(["asetus", "N", ":", "o", "2407", "/", "92"])))) == []


REASONS = [
    ("Pelastuslain 42 § koskee tätä.", {"42": "law_reference"}),
    ("Laki 1301/2014 on voimassa.", {"1301": "law_reference", "2014": "law_reference"}),
    ("Palvelu toimii 24/7 kaikille.", {"24": "always_open", "7": "always_open"}),
    ("Arvosana oli 4/5.", {"4": "score", "5": "score"}),
    ("Soita puh. 050 123 4567 heti.", {"050": "phone", "123": "phone", "4567": "phone"}),
    ("Katso www.esimerkki.fi/2021 sivu.", {"2021": "url"}),
    ("Kirjoita osoitteeseen anna1@esimerkki.fi heti.", {"1": "email"}),
    ("Käytössä on Kaiku24 kaikilla.", {"24": "name"}),
    ("Työ jatkuu alueella.\n\n\n12\n\n\nUusi sivu alkaa.", {"12": "page_number"}),
    ("Kustannusten kasvu on nyt %", {"%": "bare_percent_sign"}),
    ("Kesää odottaa moni.", {"Kesää": "names_time"}),
    ("Tämä on 2. asteen koulutus.", {"2": "ordinal"}),
    ("Katso prosessitavoite 1.2 ensin.", {"1": "goal_number", "2": "goal_number"}),
    ("Puhelin on 0400 555 019 nyt.", {"0400": "phone", "555": "phone", "019": "phone"}),
    ("Liitto 612/2021 on voimassa.", {"612": "law_reference", "2021": "law_reference"}),
]


@pytest.mark.parametrize(("sentence", "expected"), REASONS)
def test_what_is_left_over_says_why(sentence: str, expected: dict[str, str], analyse: Analyse) -> None:
    assert {record.text: record.reason for record in uncovered(analyse(sentence))} == expected


def test_every_number_is_a_fact_or_left_over(analyse: Analyse) -> None:
    document = analyse("Vuonna 2021 kävi 1 327 asiakasta eli 12,5 %, ja 3 kk myöhemmin (42 §) luku oli 24/7.")
    from extractors.dates import extract as dates

    facts: list[Any] = [*dates(document), *percentages(document), *quantities(document), *uncovered(document)]
    for offset, letter in enumerate(document.text):
        if letter.isdecimal():
            assert any(fact.char_start <= offset < fact.char_end for fact in facts), document.text[offset:]


NO_COUNTS = [
    "Yksikään asema ei ole auki.",
    "Tapaamme joka toinen perjantai.",
    "Teemme tätä neljättä kertaa.",
    "Vahvistaminen on yksi uudistuksen keskeisistä keinoista.",
    "Se on yksi keskeinen osa työtä.",
    "Yhden luukun periaate toimii.",
]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_number_words_that_count_nothing(text: str, analyse: Analyse) -> None:
    assert list(quantities(analyse(text))) == []


def test_a_unit_column_gives_bare_numbers_their_unit_and_makes_no_percentages(analyse: Analyse) -> None:
    rows = table(
        ["Mittari", "Yksikkö", "Lähtötaso", "5/21"], ["Jonotusaika", "vrk", "21", "19"], ["Puhelut", "%", "61", "74"]
    )
    document = analyse(f"Koealueen raportti\nTaulukko on tässä.\n{rows}\n\n\nTeksti jatkuu.\n")
    found = [(record.value, record.unit, record.about) for record in quantities(document)]
    assert found[:2] == [(21, "pv", "Jonotusaika"), (19, "pv", "Jonotusaika")]
    assert list(percentages(document)) == []


def test_a_figure_in_a_goal_is_its_target(analyse: Analyse) -> None:
    rows = table(["Prosessitavoite", "5/21"], ["PT 1.1 Ajan saa 7 päivässä", "40 %"])
    document = analyse(f"Koealueen raportti\nTaulukko on tässä.\n{rows}\n\n\nTeksti jatkuu.\n")
    assert [(record.text, record.role) for record in quantities(document)] == [("7 päivässä", "target")]
