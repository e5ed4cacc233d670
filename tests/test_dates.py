"""Dates, told by annotated sentences: `[expression]{value mod start end}`; a dash stands for none."""

from __future__ import annotations

import cProfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.dates import extract
from extractors.document import AnalysedDocument
from extractors.grammar import senses
from extractors.grammar.calendar import Point, interval, value
from extractors.records import DateRecord
from pipeline.process import process

Analyse = Callable[[str], AnalysedDocument]

_MARK = regex.compile(r"\[(?P<text>[^\]]+)\]\{(?P<facts>[^}]*)\}")

SENTENCES = [
    "Hakemus jätettiin [15.11.2021]{2021-11-15 - 2021-11-15 2021-11-15}.",
    "Raportti on päivätty [15.11. 2021]{2021-11-15 - 2021-11-15 2021-11-15} ja hyväksytty.",
    "Kokous pidettiin [3. toukokuuta 2021]{2021-05-03 - 2021-05-03 2021-05-03}.",
    "Laki tuli voimaan [1. päivänä tammikuuta 2022]{2022-01-01 - 2022-01-01 2022-01-01}.",
    "Päätös tehtiin [tammikuun 12. päivänä 2021]{2021-01-12 - 2021-01-12 2021-01-12}.",
    "Juhla on [kesäkuun 25.–26. päivänä 2021]{2021-06-25/2021-06-26 - 2021-06-25 2021-06-26}.",
    "Juhla on [kesäkuun 25–26 päivänä 2021]{2021-06-25/2021-06-26 - 2021-06-25 2021-06-26}.",
    "Juhla on 25.–[25. kesäkuuta 2021]{2021-06-25 - 2021-06-25 2021-06-25}.",
    "Juhla on 26.–[25. kesäkuuta 2021]{2021-06-25 - 2021-06-25 2021-06-25}.",
    "Kokous on [ke. 5. toukokuuta 2021]{2021-05-05 - 2021-05-05 2021-05-05}.",
    "Juhla oli [pääsiäisenä 2022]{2022-04-17 - 2022-04-17 2022-04-17}.",
    "Juhla oli [juhannuksena 2021]{2021-06-26 - 2021-06-26 2021-06-26}.",
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
    "Kokous oli [maanantaina 3. toukokuuta 2021]{2021-05-03 - 2021-05-03 2021-05-03}.",
    "Työ jatkuu [-22 alusta]{2022 START 2022-01-01 2022-04-30} alkaen.",
    "Talot ovat [80-luvulta]{198 - 1980-01-01 1989-12-31}, eivät 0-luvulta eikä 85-luvulta.",
    "Alue kasvoi [2020-luvulla]{202 - 2020-01-01 2029-12-31}.",
    "Talo on [1900-luvun alussa]{19 START 1900-01-01 1933-04-30} rakennettu.",
    "Rivitalot ovat [1980-]{198 - 1980-01-01 1989-12-31} ja [1990-luvuilta]{199 - 1990-01-01 1999-12-31}.",
    "Tulos [Q3/2022]{2022-Q3 - 2022-07-01 2022-09-30} on parempi kuin [2022/II]{2022-Q2 - 2022-04-01 2022-06-30}.",
    "Koulutus on [vko 12/2023]{2023-W12 - 2023-03-20 2023-03-26}.",
    "Palvelu on kiinni [jouluna 2021]{2021-12-25 - 2021-12-25 2021-12-25}.",
    "Kausi on [1-2/21]{2021-01/2021-02 - 2021-01-01 2021-02-28}.",
    "Kausi on [touko-/kesäkuussa 2021]{2021-05/2021-06 - 2021-05-01 2021-06-30}.",
    "Ne ovat [27.]{2021-10-27 - 2021-10-27 2021-10-27} ja [28. lokakuuta 2021]{2021-10-28 - 2021-10-28 2021-10-28}.",
    "Kokous oli [kesäkuun 25.–26. päivänä 2021]{2021-06-25/2021-06-26 - 2021-06-25 2021-06-26}.",
    "Kulut kasvoivat [vuoden 2021 viimeisellä neljänneksellä]{2021-Q4 - 2021-10-01 2021-12-31}.",
    "[Huhtikuussa 2022]{2022-04 - 2022-04-01 2022-04-30} käyntejä kirjattiin 900.",
    "[Vuosina 2019–2020]{2019/2020 - 2019-01-01 2020-12-31} asiakkaita ohjattiin eteenpäin.",
    "[Vv. 2020-21]{2020/2021 - 2020-01-01 2021-12-31} käyntejä siirrettiin.",
    "[Vuosina 2018]{2018 - 2018-01-01 2018-12-31} ja [2019]{2019 - 2019-01-01 2019-12-31} asiakkaita oli vähän.",
    "Opas julkaistiin [marrask. 2021]{2021-11 - 2021-11-01 2021-11-30}.",
    "Ryhmä kokoontuu [17 lokakuuta 2022]{2022-10-17 - 2022-10-17 2022-10-17}.",
    "Muistio: [ti huhti 12, 2022]{2022-04-12 - 2022-04-12 2022-04-12}.",
    "Neuvottelu oli [torstaina, 7. huhtikuuta 2022]{2022-04-07 - 2022-04-07 2022-04-07}.",
    "Katsaus: [elo 2021]{2021-08 - 2021-08-01 2021-08-31}, ei kesää.",
    "Talo on auki [talvella 2022–2023]{2023-WI - 2022-12-01 2023-02-28}.",
    "Väki kävi [keväällä 2021–2022]{2021-SP/2022-SP - 2021-03-01 2022-05-31}.",
    "Kartta tehtiin [kevättalvella 2021]{2021-02/2021-04 - 2021-02-01 2021-04-30}.",
    "Kokeilu oli [syys–tammikuussa 2021–2022]{2021-09/2022-01 - 2021-09-01 2022-01-31}.",
    "Ryhmät olivat [tammi-]{2022-01 - 2022-01-01 2022-01-31}, [huhti-]{2022-04 - 2022-04-01 2022-04-30} ja "
    "[elokuussa 2022]{2022-08 - 2022-08-01 2022-08-31}.",
    "Ryhmät olivat [alku-]{2021 START 2021-01-01 2021-04-30} ja [loppuvuodesta 2021]{2021 END 2021-09-01 2021-12-31}.",
    "Haku on auki [3–28.2.2022]{2022-02-03/2022-02-28 - 2022-02-03 2022-02-28}.",
    "Haku on auki [3.2 - 9.3.2022]{2022-02-03/2022-03-09 - 2022-02-03 2022-03-09}.",
    "Leiri on [pe 4. – su 6. helmikuuta 2022]{2022-02-04/2022-02-06 - 2022-02-04 2022-02-06}.",
    "Leiri on [viikonloppuna 5.–6.2.2022]{2022-02-05/2022-02-06 - 2022-02-05 2022-02-06}.",
    "Palvelu alkoi [1.3.-21]{2021-03-01 - 2021-03-01 2021-03-01}.",
    "Malli on [vuodelta '21]{2021 - 2021-01-01 2021-12-31}, ja TAE[2023]{2023 - 2023-01-01 2023-12-31} jatkaa.",
    "Luvut: [2021-07]{2021-07 - 2021-07-01 2021-07-31} ja [2021/08]{2021-08 - 2021-08-01 2021-08-31} ja "
    "[9.2021]{2021-09 - 2021-09-01 2021-09-30} ja [7/12/2021]{2021-12-07 - 2021-12-07 2021-12-07}.",
    "Päätös tehtiin [vuoden 2021 syyskuun 9. päivänä]{2021-09-09 - 2021-09-09 2021-09-09}.",
    "Päätös tehtiin [syyskuun toisena torstaina 2021]{2021-09-09 - 2021-09-09 2021-09-09}.",
    "Päätös tehtiin [syyskuun viimeisenä torstaina 2021]{2021-09-30 - 2021-09-30 2021-09-30}.",
    "Päätös tehtiin [syyskuun yhdeksäntenä 2021]{2021-09-09 - 2021-09-09 2021-09-09}.",
    "Kartoitus on [helmikuun aikana 2022]{2022-02 - 2022-02-01 2022-02-28}.",
    "Kartoitus on [helmikuun toisella viikolla 2022]{2022-02 - 2022-02-01 2022-02-28}.",
    "Malli siirtyy [vuoden 2022 vaihteessa]{2021-12/2022-01 - 2021-12-01 2022-01-31}.",
    "Malli nousi esiin [2022 kesän]{2022-SU - 2022-06-01 2022-08-31} aikana.",
    "Toimitus on [2022-W07]{2022-W07 - 2022-02-14 2022-02-20}.",
    "Kurssi on [viikoilla 7–9/2022]{2022-W07/2022-W09 - 2022-02-14 2022-03-06}.",
    "Kurssi on [7. viikolla 2022]{2022-W07 - 2022-02-14 2022-02-20}.",
    "Kurssi on [Q1–Q2/2022]{2022-Q1/2022-Q2 - 2022-01-01 2022-06-30} ja [2022Q4]{2022-Q4 - 2022-10-01 2022-12-31}.",
    "Kausi oli [2021/22]{2021/2022 - 2021-01-01 2022-12-31} toiminnassa.",
]

THIRDS = [
    "Malli on tehty [tammikuun alussa 2022]{2022-01 START 2022-01-01 2022-01-10}.",
    "Malli on tehty [toukokuun 2022 puolivälissä]{2022-05 MID 2022-05-11 2022-05-20}.",
    "Malli on tehty [helmikuun lopulla 2022]{2022-02 END 2022-02-21 2022-02-28}.",
    "Malli on tehty [alkukesästä 2022]{2022-SU START 2022-06-01 2022-06-30}.",
    "Malli on tehty [keskitalvella 2022]{2022-WI MID 2022-01-01 2022-01-31}.",
    "Malli on tehty [loppusyksystä 2022]{2022-FA END 2022-11-01 2022-11-30}.",
    "Malli on tehty [vuoden 2022 puolivälissä]{2022 MID 2022-05-01 2022-08-31}.",
    "Malli on tehty [1990-luvun alussa]{199 START 1990-01-01 1993-04-30}.",
    "Malli on tehty [1990-luvun puolivälissä]{199 MID 1993-05-01 1996-08-31}.",
    "Malli on tehty [1990-luvun lopulla]{199 END 1996-09-01 1999-12-31}.",
    "Malli on tehty [1800-luvun lopulla]{18 END 1866-09-01 1899-12-31}.",
]

YEARS = [
    "Kausi on [5/17]{2017-05 - 2017-05-01 2017-05-31}, ei 5/16.",
    "Kausi on [5/39]{2039-05 - 2039-05-01 2039-05-31}, ei 5/40.",
    "Kausi on [kesäkuussa 17]{2017-06 - 2017-06-01 2017-06-30}.",
    "Luvut ovat [1900]{1900 - 1900-01-01 1900-12-31} ja 1899.",
    "Luvut ovat [2100]{2100 - 2100-01-01 2100-12-31} ja 2101.",
    "Kirkko on [vuodelta 1000]{1000 - 1000-01-01 1000-12-31} ja [vuodelta 986]{0986 - 0986-01-01 0986-12-31}.",
    "Kirje on päivätty [1.5.1000]{1000-05-01 - 1000-05-01 1000-05-01}.",
    "Kirje on päivätty [1. toukokuuta 1250]{1250-05-01 - 1250-05-01 1250-05-01}.",
    "Tulos on [Q4/00]{2000-Q4 - 2000-10-01 2000-12-31} ja [Q1/49]{2049-Q1 - 2049-01-01 2049-03-31}, ei Q4/50.",
    "Tulos on [4Q14]{2014-Q4 - 2014-10-01 2014-12-31} ja [2H21]{2021-H2 - 2021-07-01 2021-12-31}.",
    "Tulos on [III/2022]{2022-Q3 - 2022-07-01 2022-09-30} ja [IV/21]{2021-Q4 - 2021-10-01 2021-12-31}.",
    "Tulos on [II–IV/2022]{2022-Q2/2022-Q4 - 2022-04-01 2022-12-31} ajalta.",
    "Tulos on [vuoden 2021 Q3]{2021-Q3 - 2021-07-01 2021-09-30}:lla parempi.",
    "Tulos on [2. vuosineljännes/2023]{2023-Q2 - 2023-04-01 2023-06-30}.",
    "Heinä [kesäkuussa 2021]{2021-06 - 2021-06-01 2021-06-30} kasvoi hyvin.",
    "Tulos on [vuoden 2022 III neljänneksellä]{2022-Q3 - 2022-07-01 2022-09-30} parempi.",
    "Tulos on [1. vuosipuolisko 2022]{2022-H1 - 2022-01-01 2022-06-30} mukaan lukien.",
]

NO_DATES = [
    "Hankkeen vaihe II/2 ja liite III/2022 ovat valmiit.",
    "Ryhmän luku on V/2021 ja 5Q/2021.",
    "Neuvontaan voi soittaa 24/7 numeroon 050 123 2021.",
    "Prosessitavoite 1.2 ja tavoite 4.1. ovat käynnissä.",
    "Laki sosiaalihuollosta (1301/2014) ja pelastuslain 42 § koskevat alle 25-vuotiaita.",
    "Käyntejä oli 2312 kpl ja maksuja 2020 euroa.",
    "Ohje on osoitteessa https://esimerkki.fi/2021/11/ohje ja arvosana oli 4,2/5.",
    "Kesää odottaa moni, ja syksy on kiireinen.",
    "Ohjelman versio 2.1.3 ja laki (9/2008) sekä HE 6/2021 ovat voimassa.",
    "Tulos oli 4/5, ja 3,5 sekä 2.0 ovat lukuja.",
    "Samana päivänä soitettiin 050 123 4567.",
    "Kilpailutus koski 2000 tuntia ja 2021 euroa.",
    "Tavoitteet 1.1, 1.2 ja 2.1. ovat valmiita, samoin alaluku 3.4.",
    "Kutsun sai 1990 vanhempaa ja 2010 opettajaa.",
    "Palautetta antoi 1900–2100 asukasta.",
    "Ilmoituksen teki 2024 perus- ja lähihoitajan työtoveria.",
]


@pytest.mark.parametrize("marked", SENTENCES + THIRDS + YEARS)
def test_annotated_sentences(marked: str, analyse: Analyse) -> None:
    text, expected = _parse(marked)
    found = [
        (r.text, r.value, r.mod or "-", str(r.start_date), str(r.end_date))
        for r in extract(analyse(text))
        if r.type == "DATE"
    ]
    assert found == expected


def _parse(marked: str) -> tuple[str, list[tuple[str, ...]]]:
    expected = []
    for match in _MARK.finditer(marked):
        expected.append((match["text"], *match["facts"].split()))
    return _MARK.sub(lambda match: match["text"], marked), expected


@pytest.mark.parametrize("sentence", NO_DATES)
def test_what_looks_like_a_date_and_is_none(sentence: str, analyse: Analyse) -> None:
    assert [record.text for record in extract(analyse(sentence)) if record.type == "DATE"] == []


PERIODS = [
    ("Vastauksen saa viikon kuluttua.", "viikon kuluttua", "DURATION", "P1W"),
    ("Ryhmä tapaa joka kuun toisena keskiviikkona.", "joka kuun toisena keskiviikkona", "SET", "P1M"),
    ("Ryhmä tapaa kuukauden viimeisenä perjantaina.", "kuukauden viimeisenä perjantaina", "SET", "P1M"),
    ("Hanke kesti vuoden.", "vuoden", "DURATION", "P1Y"),
    ("Talo oli kiinni viikon, sitten se avattiin.", "viikon", "DURATION", "P1W"),
    ("Kuukaudessa apua sai 40 perhettä.", "Kuukaudessa", "DURATION", "P1M"),
    ("Kurssi vie koko päivän ajan.", "koko päivän", "DURATION", "P1D"),
    ("Kokeilu kesti 2 vuotta ja 3 kuukautta.", "2 vuotta ja 3 kuukautta", "DURATION", "P2Y3M"),
    ("Tapaaminen vie 1 h 45 min.", "1 h 45 min", "DURATION", "PT1H45M"),
    ("Kolme varttia riittää tapaamiseen.", "Kolme varttia", "DURATION", "PT45M"),
    ("Tiimi tapaa kahdesti kuussa.", "kahdesti kuussa", "SET", "P1M"),
    ("Tiimi tapaa 3 x viikossa.", "3 x viikossa", "SET", "P1W"),
    ("Tiimi tapaa kerran kolmessa kuukaudessa.", "kerran kolmessa kuukaudessa", "SET", "P3M"),
    ("Ovi avataan puoli seitsemältä.", "puoli seitsemältä", "TIME", "T06:30"),
    ("Ovi avataan viittä vaille kahdeksan.", "viittä vaille kahdeksan", "TIME", "T07:55"),
    ("Ovi avataan illalla klo 7.", "illalla klo 7", "TIME", "T19"),
    ("Neuvonta palvelee ti–to 9-14.", "ti–to 9-14", "TIME", "T09/T14"),
    ("Jonotusaika oli 3 kk.", "3 kk", "DURATION", "P3M"),
    ("Hanke kesti kahden vuoden ajan.", "kahden vuoden", "DURATION", "P2Y"),
    ("Odotusaika on 4–6 kk.", "4–6 kk", "DURATION", "P4M/P6M"),
    ("Hoitoon pääsee 0-7 vrk kuluessa.", "0-7 vrk", "DURATION", "P0D/P7D"),
    ("Työ kesti puolitoista vuotta.", "puolitoista vuotta", "DURATION", "P1.5Y"),
    ("Työ kesti muutaman viikon.", "muutaman viikon", "DURATION", "PXW"),
    ("Vastaanotto kestää 20 minuuttia.", "20 minuuttia", "DURATION", "PT20M"),
    ("Kolmivuotinen hanke alkoi.", "Kolmivuotinen", "DURATION", "P3Y"),
    ("Ryhmä kokoontuu maanantaisin.", "maanantaisin", "SET", "XXXX-WXX-1"),
    ("Tulokset mitataan vuosittain.", "vuosittain", "SET", "P1Y"),
    ("Tulokset mitataan puolivuosittain.", "puolivuosittain", "SET", "P6M"),
    ("Tiimi tapaa kerran viikossa.", "kerran viikossa", "SET", "P1W"),
    ("Tiimi tapaa kahden viikon välein.", "kahden viikon välein", "SET", "P2W"),
    ("Työ kesti koko vuoden.", "koko vuoden", "DURATION", "P1Y"),
    ("Koko kuukausi meni jonossa.", "Koko kuukausi", "DURATION", "P1M"),
    ("Palvelu toimi viimeiset kaksi vuotta.", "viimeiset kaksi vuotta", "DURATION", "P2Y"),
    ("Luku on viimeisen 15 vuoden suurin.", "viimeisen 15 vuoden", "DURATION", "P15Y"),
    ("Jono kesti useita viikkoja.", "useita viikkoja", "DURATION", "PXW"),
    ("Malli tehtiin vuosia sitten.", "vuosia sitten", "DURATION", "PXY"),
    ("Työ alkaa kahden kuukauden kuluttua yhteydenotosta.", "kahden kuukauden kuluttua", "DURATION", "PXM"),
    ("Aika annetaan kolme päivää aiemmin.", "kolme päivää aiemmin", "DURATION", "PXD"),
    ("Se kesti puoli vuotta.", "puoli vuotta", "DURATION", "P0.5Y"),
    ("Se kesti kaksi ja puoli vuotta.", "kaksi ja puoli vuotta", "DURATION", "P2.5Y"),
    ("Tauko on 1,5 tuntia.", "1,5 tuntia", "DURATION", "PT1.5H"),
    ("Hanke on 3-vuotinen.", "3-vuotinen", "DURATION", "P3Y"),
    ("Työ on vuosikausia kesken.", "vuosikausia", "DURATION", "PXY"),
    ("Ryhmä kokoontuu kolmen kuukauden välein.", "kolmen kuukauden välein", "SET", "P3M"),
    ("Ryhmä kokoontuu joka kolmas kuukausi.", "joka kolmas kuukausi", "SET", "P3M"),
    ("Ryhmä tapaa päivittäin.", "päivittäin", "SET", "P1D"),
    ("Palvelu on auki klo 8–16.", "klo 8–16", "TIME", "T08/T16"),
    ("Kokous alkaa kello 16.", "kello 16", "TIME", "T16"),
    ("Kokous alkaa kello 14.30.", "kello 14.30", "TIME", "T14:30"),
    ("Kokous oli 15.11.2021 klo 9.00.", "klo 9.00", "TIME", "2021-11-15T09:00"),
]


@pytest.mark.parametrize(("sentence", "text", "kind", "expected"), PERIODS)
def test_durations_sets_and_times(sentence: str, text: str, kind: str, expected: str, analyse: Analyse) -> None:
    (record,) = [record for record in extract(analyse(sentence)) if record.type != "DATE"]
    assert (record.text, record.type, record.value) == (text, kind, expected)


FROZEN = [
    ("80 % on seitsemässä päivässä päässeet hoitoon.", "seitsemässä päivässä", "DURATION", "P7D"),
    ("Kiireetön asiakas pääsi kolmessa viikossa päästyään jonoon.", "kolmessa viikossa", "DURATION", "P3W"),
    ("Tavoite on 7 vuorokaudessa päästä hoitoon.", "7 vuorokaudessa", "DURATION", "P7D"),
    ("Ryhmä alkaa kahden viikon päästä.", "kahden viikon päästä", "DATE", "XXXX-WXX"),
    ("Ryhmä alkaa kahden viikon perästä.", "kahden viikon perästä", "DATE", "XXXX-WXX"),
    ("Ryhmä alkoi kolme vuotta sitten.", "kolme vuotta sitten", "DATE", "XXXX"),
    ("Se kesti kolme vuotta sittenkin.", "kolme vuotta", "DURATION", "P3Y"),
    ("Ryhmä kokoontuu joka viikko.", "joka viikko", "SET", "P1W"),
    ("Ryhmä kokoontuu joka toinen viikko.", "joka toinen viikko", "SET", "P2W"),
    ("Malli, joka vuonna 2021 luotiin, toimii.", "vuonna 2021", "DATE", "2021"),
]


@pytest.mark.parametrize(("sentence", "text", "kind", "expected"), FROZEN)
def test_a_word_that_is_not_inflected_is_read_as_it_stands_only(
    sentence: str, text: str, kind: str, expected: str, analyse: Analyse
) -> None:
    (record,) = extract(analyse(sentence))
    assert (record.text, record.type, record.value) == (text, kind, expected)


@pytest.mark.parametrize(
    "sentence", ["Malli, jonka vuoden työ loi, toimii.", "Se on alue, jossa päivän lämpö on nollassa."]
)
def test_a_relative_pronoun_is_no_repeated_time(sentence: str, analyse: Analyse) -> None:
    assert [record.text for record in extract(analyse(sentence)) if record.type == "SET"] == []


def test_a_set_tells_how_often(analyse: Analyse) -> None:
    (record,) = extract(analyse("Tulokset mitataan kaksi kertaa vuodessa."))
    assert (record.type, record.value, record.freq) == ("SET", "P1Y", "2X")


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Pilotti kesti syksystä 2021 kevääseen 2022.", ["2021-FA", "2022-SP"]),
        ("Työ tehtiin toukokuun 2022 ja elokuun 2022 välisenä aikana.", ["2022-05", "2022-08"]),
        ("Sitä kokeiltiin loppuvuodesta 2021 kevääseen 2022.", ["2021", "2022-SP"]),
        ("Osuus kasvoi vuodesta 2019 vuoteen 2021.", ["2019", "2021"]),
    ],
)
def test_a_range_told_in_words_is_two_dates_with_one_id(sentence: str, values: list[str], analyse: Analyse) -> None:
    one, other = extract(analyse(sentence))
    assert [one.value, other.value] == values
    assert one.range_id == other.range_id is not None


def test_two_dates_side_by_side_are_no_range(analyse: Analyse) -> None:
    records = list(extract(analyse("Vuoden 2021 ja 2022 aikana kehitettiin.")))
    assert [record.range_id for record in records] == [None, None]


@pytest.mark.parametrize(
    ("spelled", "expected", "warning"),
    [
        ("31.2.2022", "2022-02-31", "no_such_day"),
        ("45.1.2020", "2020-01-45", "no_such_day"),
        ("7.13.2021", "2021-13-07", "no_such_month"),
        ("13/21", "2021-13", "no_such_month"),
        ("1.9.2022–31.8.2021", "2022-09-01/2021-08-31", "ends_before_start"),
    ],
)
def test_a_bad_date_keeps_its_value_and_says_why_it_has_no_days(
    spelled: str, expected: str, warning: str, analyse: Analyse
) -> None:
    records = list(extract(analyse(f"Kokous oli {spelled} ja se pidettiin.")))
    assert all(
        record.start_date is None or (record.end_date and record.start_date <= record.end_date) for record in records
    )
    if warning != "ends_before_start":
        (record,) = records
        assert (record.value, record.start_date, record.end_date, record.warning) == (expected, None, None, warning)


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
    ("Se aloitettiin kolme vuotta sitten.", "kolme vuotta sitten", "2019"),
    ("Se päättyi viime vuoden lokakuussa.", "viime vuoden lokakuussa", "2021-10"),
    ("Kulut nousivat viime vuoden viimeisellä neljänneksellä.", "viime vuoden viimeisellä neljänneksellä", "2021-Q4"),
    ("Kulut nousivat edellisen vuoden lopussa.", "edellisen vuoden lopussa", "2021"),
    ("Kulut laskevat kuluvan vuoden aikana.", "kuluvan vuoden", "2022"),
    ("Ryhmä alkaa ensi keväänä.", "ensi keväänä", "2023-SP"),
    ("Ryhmä alkoi viime viikolla.", "viime viikolla", "2022-W38"),
    ("Raportti valmistui eilen.", "eilen", "2022-09-29"),
    ("Ryhmä alkoi maanantaina.", "maanantaina", "2022-09-26"),
    ("Ryhmä alkoi kaksi kuukautta sitten.", "kaksi kuukautta sitten", "2022-07"),
    ("Ryhmä jatkuu juhannuksena.", "juhannuksena", "2023-06-24"),
    ("Koulutus oli maanantaina 3. toukokuuta.", "maanantaina 3. toukokuuta", "2022-05-03"),
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
    assert record.warning == "year_unknown"


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("Uusi malli otetaan käyttöön kevällä 2023.", "kevällä 2023", "2023-SP"),
        ("Maaliskussa 2022 etäkäyntejä oli vähän.", "Maaliskussa 2022", "2022-03"),
        ("Ryhmä aloitti heniäkuussa 2021.", "heniäkuussa 2021", "2021-07"),
        ("Päivystys alkoi syksyllä2021.", "syksyllä2021", "2021-FA"),
        ("Päivystys alkoi 5. kesäkuuta2022.", "5. kesäkuuta2022", "2022-06-05"),
        ("Kokeilu päättyi touko kuussa 2022.", "touko kuussa 2022", "2022-05"),
    ],
)
def test_a_misspelt_month_or_season_before_its_year_is_read_with_a_warning(
    sentence: str, text: str, expected: str, analyse: Analyse
) -> None:
    (record,) = extract(analyse(sentence))
    assert (record.text, record.value, record.warning) == (text, expected, "misspelt")
    assert record.start_date is not None


@pytest.mark.parametrize("sentence", ["Kokouksessa 2022 sovittiin.", "Lokussa 2022 oli merkintä."])
def test_a_word_that_is_near_no_month_or_near_two_leaves_its_year_alone(sentence: str, analyse: Analyse) -> None:
    (record,) = extract(analyse(sentence))
    assert (record.text, record.warning) == ("2022", None)


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("Tiimi laajenee vielä ennen kesää.", "kesää", "XXXX-SU"),
        ("Tulokset saadaan ennen joulukuuta.", "joulukuuta", "XXXX-12"),
        ("Syksyä kohti mentäessä paine kasvaa.", "Syksyä", "XXXX-FA"),
        ("Kokous pidettiin 12.5. ja siitä sovittiin.", "12.5.", "XXXX-05-12"),
        ("Kysely on auki 7.6. asti.", "7.6.", "XXXX-06-07"),
    ],
)
def test_a_time_whose_year_is_unknown(sentence: str, text: str, expected: str, analyse: Analyse) -> None:
    (record,) = extract(analyse(sentence))
    assert (record.text, record.value, record.warning) == (text, expected, "year_unknown")


def test_a_day_that_does_not_exist_keeps_its_value_and_has_no_days(analyse: Analyse) -> None:
    (record,) = extract(analyse("Kokous oli 31.2.2022."))
    assert (record.value, record.start_date, record.end_date) == ("2022-02-31", None, None)


WRAPPED = """Raportti

Hankkeen toiminta alkoi alueella vuonna 2018 ja sen ensimmäinen jakso oli 1.9.2018 -
31.8.2019, jonka jälkeen toimintaa laajennettiin kaikkiin kuntiin ja uusi malli otettiin
käyttöön. Koulutukset järjestettiin pääosin etäyhteyksin kahdessa osassa touko-
kesäkuussa 2021 ja niihin osallistui lähes koko alueen henkilöstö. Toinen jakso elo–
syyskuussa 2022 keskittyi johtamiseen ja sen arviointiin, ja jakso huhtikuu 2019 –
maaliskuu 2020 jäi vertailuksi. Loppuarviointi tehdään vuosina 2020–
2023 kerätyn tiedon pohjalta, ja työ jatkuu 9/2021–
3/2022 saakka alueella. Väliarviointi valmistuu syyskuussa
2021 ja se esitellään johtoryhmälle sekä kuntien edustajille tulevissa kokouksissa.
"""


def test_a_date_goes_on_over_a_line_end() -> None:
    records = process(WRAPPED.encode(), "raportti.txt").of(DateRecord)
    assert [record.value for record in records if "\n" in record.text] == [
        "2018-09-01/2019-08-31",
        "2021-05/2021-06",
        "2022-08/2022-09",
        "2019-04/2020-03",
        "2020/2023",
        "2021-09/2022-03",
        "2021-09",
    ]


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


MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
WEEKDAYS = ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai")


def _spellings(day: date) -> dict[str, tuple[date, date]]:
    """Every supported form of a day and of the month, week, quarter and year that hold it, with its days."""
    month = f"{MONTHS[day.month - 1]}kuu"
    first, last = interval(Point("month", day.year, day.month)) or (day, day)
    week_year, week, _ = day.isocalendar()
    monday = date.fromisocalendar(week_year, week, 1)
    quarter = interval(Point("quarter", day.year, (day.month + 2) // 3)) or (day, day)
    days = (
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day.day}.{day.month}. {day.year}",
        f"{day.day}. {month}ta {day.year}",
        f"{day.day}. päivänä {month}ta {day.year}",
        f"{month}n {day.day}. päivänä {day.year}",
        f"{WEEKDAYS[day.weekday()]}na {day.day}. {month}ta {day.year}",
        f"{WEEKDAYS[day.weekday()]}na {day.day}.{day.month}.{day.year}",
        day.isoformat(),
    )
    months = (
        f"{month}ssa {day.year}",
        f"{month}n {day.year}",
        f"{day.month}/{day.year}",
        f"{day.month:02d}/{day.year}",
    )
    return (
        dict.fromkeys(days, (day, day))
        | dict.fromkeys(months, (first, last))
        | dict.fromkeys(
            (f"viikolla {week}/{week_year}", f"vko {week}/{week_year}"), (monday, monday + timedelta(days=6))
        )
        | {f"Q{(day.month + 2) // 3}/{day.year}": quarter}
        | dict.fromkeys((f"vuonna {day.year}", f"v. {day.year}"), (date(day.year, 1, 1), date(day.year, 12, 31)))
    )


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2059, 12, 31)))
def test_every_day_of_a_calendar_is_read_back_in_every_form(analyse: Analyse, day: Any) -> None:
    for spelled, days in _spellings(day).items():
        (record,) = extract(analyse(f"Sopimus on tehty {spelled} kokouksessa."))
        assert (record.text, (record.start_date, record.end_date)) == (spelled, days)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)), st.integers(1, 2000))
def test_every_range_is_read_back(analyse: Analyse, first: Any, length: int) -> None:
    last = first + timedelta(days=length)
    for dash in ("–", " - ", "-"):
        spelled = f"{first.day}.{first.month}.{first.year}{dash}{last.day}.{last.month}.{last.year}"
        (record,) = extract(analyse(f"Jakso on {spelled} hankkeessa."))
        assert (record.text, record.start_date, record.end_date) == (spelled, first, last)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["1", "12", "31", "2021", "99", ".", "/", "-", "–", ",", " ", "%", "kk", " ja "]), max_size=40
    )
)
def test_no_run_of_digits_and_signs_gives_days_that_end_before_they_start(analyse: Analyse, pieces: list[str]) -> None:
    document = analyse(f"Luvut ovat {''.join(pieces)} tässä.")
    for record in extract(document):
        assert record.text == document.text[record.char_start : record.char_end]
        assert (record.start_date is None) == (record.end_date is None)
        assert record.start_date is None or (record.end_date and record.start_date <= record.end_date)
        assert (record.warning is None) == (record.start_date is not None or record.type != "DATE")


def test_the_senses_of_words_are_kept_up_to_a_bound(analyse: Analyse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senses, "KEPT", 5)
    senses.forget_senses()
    for month in MONTHS:
        list(extract(analyse(f"Työ alkoi {month}kuussa ja päättyi {month}kuun lopussa.")))
        assert 0 < len(senses._SENSES) <= 5


@pytest.mark.parametrize("run", ["1-", "1 ", "1/", "1. ", "1., ", "5 % ", "2021–", "3 kk/", "1. ja ", "viime "])
def test_the_work_grows_with_the_length_and_not_faster(run: str, analyse: Analyse) -> None:
    """Counted in calls of the readers, not in seconds."""
    calls = [_calls(analyse(f"Alku {run * n} loppu.")) for n in (200, 400)]
    assert calls[1] < 2.5 * calls[0]


def _calls(document: AnalysedDocument) -> int:
    from extractors.quantities import extract as quantities

    with cProfile.Profile() as profile:
        list(extract(document))
        list(quantities(document))
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    ("spring", "autumn"), [("K21", "S21"), ("KV21", "SY21"), ("K-21", "S-21"), ("K 2021", "S 2021")]
)
def test_short_labels_are_dates_where_a_document_uses_them_as_periods(
    spring: str, autumn: str, analyse: Analyse
) -> None:
    document = analyse(f"Käynnit lisääntyivät ({spring}) ja vähenivät ({autumn}).\n")
    assert [(found.text, found.value) for found in extract(document)] == [(spring, "2021-SP"), (autumn, "2021-FA")]


@pytest.mark.parametrize("text", ["Luokka K21 on tyhjä.", "Tavoite S2 ja tavoite K1 toteutuivat.", "Huone S22 ja S23."])
def test_letters_with_numbers_are_codes_elsewhere(text: str, analyse: Analyse) -> None:
    assert list(extract(analyse(f"{text}\n"))) == []
