"""Dates, told by annotated sentences: `[expression]{value mod start end}`; a dash stands for none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.dates import extract
from extractors.document import AnalysedDocument
from extractors.timex import Point, interval, value

Analyse = Callable[[str], AnalysedDocument]

_MARK = regex.compile(r"\[(?P<text>[^\]]+)\]\{(?P<facts>[^}]*)\}")

SENTENCES = [
    "Hakemus jätettiin [15.11.2021]{2021-11-15 - 2021-11-15 2021-11-15}.",
    "Raportti on päivätty [15.11. 2021]{2021-11-15 - 2021-11-15 2021-11-15} ja hyväksytty.",
    "Kokous pidettiin [3. toukokuuta 2021]{2021-05-03 - 2021-05-03 2021-05-03}.",
    "Laki tuli voimaan [1. päivänä tammikuuta 2022]{2022-01-01 - 2022-01-01 2022-01-01}.",
    "Päätös tehtiin [tammikuun 12. päivänä 2021]{2021-01-12 - 2021-01-12 2021-01-12}.",
    "Malli valmistui [toukokuussa 2022]{2022-05 - 2022-05-01 2022-05-31}.",
    "Pilotti alkoi [kesäkuussa 22]{2022-06 - 2022-06-01 2022-06-30}.",
    "Arviointi tehdään [12/21]{2021-12 - 2021-12-01 2021-12-31} tai [2/2022]{2022-02 - 2022-02-01 2022-02-28}.",
    "Palvelu toimii [vuodesta 2017]{2017 - 2017-01-01 2017-12-31}.",
    "Työ jatkuu [v.2022]{2022 - 2022-01-01 2022-12-31} ja [v2023]{2023 - 2023-01-01 2023-12-31}.",
    "Kehitystyö siirtyy [2022 vuoden]{2022 - 2022-01-01 2022-12-31} puolelle.",
    "Koulutus pidetään [syksyllä 2021]{2021-FA - 2021-09-01 2021-11-30}.",
    "Hanke päättyi [talvella 2022]{2022-WI - 2021-12-01 2022-02-28}.",
    "Käyttö laajeni [loppuvuodesta 2021]{2021 END 2021-09-01 2021-12-31}.",
    "Mallia laajennettiin [vuoden 2021 lopulla]{2021 END 2021-09-01 2021-12-31}.",
    "Rekrytointi alkoi [tammikuun 2022 alusta]{2022-01 START 2022-01-01 2022-01-10}.",
    "Työ jatkuu [loppukeväästä 2022]{2022-SP END 2022-05-01 2022-05-31}.",
    "Hanke kestää [vv. 2020-2023]{2020/2023 - 2020-01-01 2023-12-31}.",
    "Pilotti toteutui [11/2021–02/2022]{2021-11/2022-02 - 2021-11-01 2022-02-28} välisenä aikana.",
    "Koulutus annettiin [09-11/2021]{2021-09/2021-11 - 2021-09-01 2021-11-30}.",
    "Suunnitelmaa tehtiin [elo-syyskuussa 2022]{2022-08/2022-09 - 2022-08-01 2022-09-30}.",
    "Kartoitus tehtiin [tammi- helmikuussa 2021]{2021-01/2021-02 - 2021-01-01 2021-02-28}.",
    "Jakso oli [huhtikuu 2019 –maaliskuu 2020]{2019-04/2020-03 - 2019-04-01 2020-03-31}.",
    "Käynnit ajalla [1.9.2018 - 31.8.2019]{2018-09-01/2019-08-31 - 2018-09-01 2019-08-31} laskettiin.",
    "Messut olivat [12.–14.5.2022]{2022-05-12/2022-05-14 - 2022-05-12 2022-05-14}.",
    "Määrittely tehtiin [loppuvuodesta 2021 – alkuvuodesta 2022]{2021/2022 - 2021-09-01 2022-04-30}.",
    "Koekäyttö oli [vuodenvaihteessa 2021–2022]{2021-12/2022-01 - 2021-12-01 2022-01-31}.",
    "Arviointi tehdään [v. 2021, 2022 vaihteessa]{2021-12/2022-01 - 2021-12-01 2022-01-31}.",
    "Työ jatkuu [2022–2023 vuoden vaihteen]{2022-12/2023-01 - 2022-12-01 2023-01-31} yli.",
    "Luvut ovat [vuoden 2022 kolmannella neljänneksellä]{2022-Q3 - 2022-07-01 2022-09-30} paremmat.",
    "[Vuoden 2021]{2021 - 2021-01-01 2021-12-31} ja [2022]{2022 - 2022-01-01 2022-12-31} aikana kehitettiin.",
    "Ryhmiä oli [keväällä]{2021-SP - 2021-03-01 2021-05-31} ja [syksyllä 2021]{2021-FA - 2021-09-01 2021-11-30}.",
    "Luvut ovat [2021 kevät]{2021-SP - 2021-03-01 2021-05-31} ja [2022 toukokuu]{2022-05 - 2022-05-01 2022-05-31}.",
    "Menetelmä on käytössä ISO-muodossa [2021-11-15]{2021-11-15 - 2021-11-15 2021-11-15}.",
]

NO_DATES = [
    "Neuvontaan voi soittaa 24/7 numeroon 050 123 2021.",
    "Prosessitavoite 1.2 ja tavoite 4.1. ovat käynnissä.",
    "Laki sosiaalihuollosta (1301/2014) ja pelastuslain 42 § koskevat alle 25-vuotiaita.",
    "Käyntejä oli 2312 kpl ja maksuja 2020 euroa.",
    "Ohje on osoitteessa https://esimerkki.fi/2021/11/ohje ja arvosana oli 4,2/5.",
    "Kesää odottaa moni, ja syksy on kiireinen.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_annotated_sentences(marked: str, analyse: Analyse) -> None:
    text, expected = _parse(marked)
    found = [(r.text, r.value, r.mod or "-", str(r.start_date), str(r.end_date)) for r in extract(analyse(text))]
    assert found == expected


def _parse(marked: str) -> tuple[str, list[tuple[str, ...]]]:
    expected = []
    for match in _MARK.finditer(marked):
        expected.append((match["text"], *match["facts"].split()))
    return _MARK.sub(lambda match: match["text"], marked), expected


@pytest.mark.parametrize("sentence", NO_DATES)
def test_what_looks_like_a_date_and_is_none(sentence: str, analyse: Analyse) -> None:
    assert [record.text for record in extract(analyse(sentence))] == []


ASSESSMENT = """Kokonaisuuden nimi
Koe: tulevaisuuden sote-keskus

Tuotokset ja tulokset

Tiivistelmä oma-arvioinnista 30.9.2022

1 Hoidon saatavuus ja jatkuvuus

{}
"""

BARE = [
    ("Suunnittelu on alkanut elokuussa.", "elokuussa", "2022-08"),
    ("Pilotti on valmis joulukuussa.", "joulukuussa", "2022-12"),
    ("Koulutus järjestettiin marraskuussa.", "marraskuussa", "2021-11"),
    ("Kontaktien määrä on kasvanut viime vuoteen verrattuna.", "viime vuoteen", "2021"),
    ("Työ jatkuu ensi vuonna.", "ensi vuonna", "2023"),
    ("Testaus kestää loppuvuoden ajan.", "loppuvuoden", "2022"),
    ("Tavoitteena käyttöönotto kesäkuussa.", "kesäkuussa", "2023-06"),
    ("Syksyn toimenpiteet on suunniteltu.", "Syksyn", "2022-FA"),
    ("Lokakuun oma-arvioinnissa on nostoja.", "Lokakuun", "2022-10"),
    ("Elokuun oma-arvioinnissa on nostoja.", "Elokuun", "2022-08"),
]


@pytest.mark.parametrize(("sentence", "text", "expected"), BARE)
def test_a_bare_month_takes_its_year_from_the_self_assessment(
    sentence: str, text: str, expected: str, analyse: Analyse
) -> None:
    record = next(r for r in extract(analyse(ASSESSMENT.format(sentence))) if r.text == text)
    assert (record.value, record.anchor) == (expected, "30.9.2022")


def test_a_line_of_a_timetable_is_read_by_the_day_that_opens_it(analyse: Analyse) -> None:
    sentence = "15.11.2021 Raportti kuvaa lokakuun lopun tilannetta"
    record = next(r for r in extract(analyse(ASSESSMENT.format(sentence))) if r.text == "lokakuun lopun")
    assert (record.value, record.mod, record.anchor) == ("2021-10", "END", "15.11.2021")


def test_without_an_anchor_the_year_stays_unknown(analyse: Analyse) -> None:
    (record,) = extract(analyse("Pilotti alkaa elokuussa."))
    assert (record.value, record.start_date, record.end_date, record.anchor) == ("XXXX-08", None, None, None)


def test_a_day_that_does_not_exist_keeps_its_value_and_has_no_days(analyse: Analyse) -> None:
    (record,) = extract(analyse("Kokous oli 31.2.2022."))
    assert (record.value, record.start_date, record.end_date) == ("2022-02-31", None, None)


points: Any = st.one_of(
    st.builds(Point, st.just("day"), st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 31)),
    st.builds(Point, st.just("month"), st.integers(1900, 2100), st.integers(1, 12)),
    st.builds(Point, st.just("year"), st.integers(1900, 2100), mod=st.sampled_from([None, "START", "MID", "END"])),
    st.builds(Point, st.just("season"), st.integers(1900, 2100), season=st.sampled_from(["SP", "SU", "FA", "WI"])),
)


@given(points)
def test_an_interval_never_ends_before_it_starts(point: Point) -> None:
    days = interval(point)
    assert days is None or days[0] <= days[1]
    assert value(point).startswith(f"{point.year:04d}")


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2059, 12, 31)))
def test_every_day_of_a_calendar_is_read_back(analyse: Analyse, day: Any) -> None:
    months = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
    for spelled in (
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.day}. {months[day.month - 1]}kuuta {day.year}",
        day.isoformat(),
    ):
        (record,) = extract(analyse(f"Sopimus on tehty {spelled} kokouksessa."))
        assert (record.text, record.start_date, record.end_date) == (spelled, day, day)
