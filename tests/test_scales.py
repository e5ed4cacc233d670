"""A document's own scale of readiness, wherever it explains it, and what a cell says on it."""

from __future__ import annotations

import pytest

from extractors.document import AnalysedDocument
from extractors.facts.legends import scale
from extractors.facts.scales import Readiness, Stage, read
from extractors.goal_status import extract as goal_status
from pipeline.process import analysed
from tests.conftest import Analyse

TABLE = (
    "<table><tr><td>Tavoite</td><td>Kevät 2021</td><td>Syksy 2021</td></tr>"
    "<tr><td>P1 Asiakas saa ajan viikossa</td><td>suunnitteilla</td><td>kokeilussa</td></tr>"
    "<tr><td>P2 Jonot lyhenevät</td><td>kokeilussa</td><td>käytössä</td></tr></table>"
)

NUMBERED = [
    "<p>1 = suunnitteilla</p><p>2 = kokeilussa</p><p>3 = käytössä</p>",
    "<p>porras 1: suunnitteilla</p><p>porras 2: kokeilussa</p><p>porras 3: käytössä</p>",
    "<p>Vaihe 1 suunnitteilla</p><p>Vaihe 2 kokeilussa</p><p>Vaihe 3 käytössä</p>",
    "<p>Asteikko on 1 = suunnitteilla, 2 = kokeilussa, 3 = käytössä.</p>",
    "<p>Asteikko: 1 – suunnitteilla, 2 – kokeilussa, 3 – käytössä</p>",
    "<table><tr><td>1</td><td>suunnitteilla</td></tr><tr><td>2</td><td>kokeilussa</td></tr>"
    "<tr><td>3</td><td>käytössä</td></tr></table>",
    "<p>Asteikko on 1 = suunnitteilla, 2 = kokeilussa ja 3 = käytössä.</p>",
    "<p>Asteikko on suunnitteilla (1), kokeilussa (2) ja käytössä (3).</p>",
    "<p>suunnitteilla = 1, kokeilussa = 2, käytössä = 3</p>",
    "<p>Vaihe 1: suunnitteilla</p><p>Tarve on kuvattu ja työlle on tekijä.</p><p>Vaihe 2: kokeilussa</p>"
    "<p>Yksi yksikkö kokeilee mallia.</p><p>Vaihe 3: käytössä</p><p>Malli on arkea kaikkialla.</p>",
    "<table><tr><td>1</td><td>2</td><td>3</td></tr>"
    "<tr><td>suunnitteilla</td><td>kokeilussa</td><td>käytössä</td></tr></table>",
    "<table><tr><td>1 = suunnitteilla</td><td>2 = kokeilussa</td><td>3 = käytössä</td></tr></table>",
    "<table><tr><td>Valmiusaste (1 = suunnitteilla, 2 = kokeilussa, 3 = käytössä)</td></tr></table>",
    "<ul><li>1 = suunnitteilla: tarve on kuvattu</li><li>2 = kokeilussa: yksi yksikkö kokeilee</li>"
    "<li>3 = käytössä: malli on arkea</li></ul>",
]

NAMED = [
    "<ul><li>suunnitteilla</li><li>kokeilussa</li><li>käytössä</li></ul>",
    "<ul><li>suunnitteilla: tarve on kuvattu</li><li>kokeilussa – yksi yksikkö kokeilee</li><li>käytössä</li></ul>",
    "<p>Tavoite on suunnitteilla, kokeilussa ja käytössä.</p>",
    "<ol><li>suunnitteilla</li><li>kokeilussa</li><li>käytössä</li></ol>",
    "<p>Valmiusaste on jokin seuraavista: suunnitteilla, kokeilussa tai käytössä.</p>",
    "<p>Asteikko: suunnitteilla – kokeilussa – käytössä</p>",
    "<p>* suunnitteilla / kokeilussa / käytössä</p>",
    "<table><tr><td>Sana</td><td>Mitä se kertoo</td></tr><tr><td>suunnitteilla</td><td>tarve on kuvattu</td></tr>"
    "<tr><td>kokeilussa</td><td>yksi yksikkö kokeilee</td></tr><tr><td>käytössä</td><td>arkea</td></tr></table>",
]

STAGES = [("P1", "2021-SP", 1), ("P1", "2021-FA", 2), ("P2", "2021-SP", 2), ("P2", "2021-FA", 3)]


def page(legend: str, *, behind: bool) -> AnalysedDocument:
    inner = f"{TABLE}<p>Taulukko loppui.</p>{legend}" if behind else f"{legend}<p>Taulukko on tässä.</p>{TABLE}"
    html = f"<html lang='fi'><body><p>Koealueen oma-arviointi.</p>{inner}<p>Teksti jatkuu.</p></body></html>"
    return analysed(html.encode(), "sivu.html")


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("legend", [*NUMBERED, *NAMED])
def test_a_legend_without_percents_gives_stages_wherever_it_stands(legend: str, behind: bool) -> None:
    found = [(r.code, r.period, r.stage) for r in goal_status(page(legend, behind=behind))]
    assert found == STAGES


VALUED = [
    "<p>1 = suunnitteilla (10 %)</p><p>2 = kokeilussa (50 %)</p><p>3 = käytössä (100 %)</p>",
    "<p>suunnitteilla = 10 %</p><p>kokeilussa = 50 %</p><p>käytössä = 100 %</p>",
    "<p>10 % = suunnitteilla, 50 % = kokeilussa ja 100 % = käytössä</p>",
    "<p>Asteikko: suunnitteilla (10 %), kokeilussa (50 %) ja käytössä (100 %).</p>",
    "<p>1 = suunnitteilla, 10 %, 2 = kokeilussa, 50 %, 3 = käytössä, 100 %</p>",
    "<table><tr><td>Vaihe</td><td>Selitys</td><td>Valmiina (%)</td></tr><tr><td>1</td><td>suunnitteilla</td>"
    "<td>10</td></tr><tr><td>2</td><td>kokeilussa</td><td>50</td></tr><tr><td>3</td><td>käytössä</td><td>100</td></tr>"
    "</table>",
    "<table><tr><td>suunnitteilla</td><td>10 %</td></tr><tr><td>kokeilussa</td><td>50 %</td></tr>"
    "<tr><td>käytössä</td><td>100 %</td></tr></table>",
]


@pytest.mark.parametrize("legend", VALUED)
def test_a_legend_with_percents_says_what_its_stages_mean(legend: str) -> None:
    found = [(r.code, r.period, r.percent, r.stage) for r in goal_status(page(legend, behind=False))]
    assert [row[2] for row in found] == [10.0, 50.0, 50.0, 100.0]
    assert [row[3] for row in found] == [1, 2, 2, 3]


def test_a_stage_that_means_a_range_of_percents_means_no_percentage() -> None:
    legend = "<p>1 = suunnitteilla (0–20 %)</p><p>2 = kokeilussa (21–80 %)</p><p>3 = käytössä (81–100 %)</p>"
    assert [(r.percent, r.stage) for r in goal_status(page(legend, behind=False))] == [
        (None, 1),
        (None, 2),
        (None, 2),
        (None, 3),
    ]


def test_a_scale_may_count_from_naught(analyse: Analyse) -> None:
    document = analyse("Koealueen hanke\n\n0 = ei aloitettu\n1 = kokeilussa\n2 = käytössä\n\nTyö eteni hyvin.\n")
    assert [(stage.number, stage.name) for stage in scale(document)] == [
        (0, "eialoitettu"),
        (1, "kokeilussa"),
        (2, "kaytossa"),
    ]


def test_words_that_no_legend_explains_are_no_stages() -> None:
    assert [(r.raw, r.percent, r.stage) for r in goal_status(page("", behind=False))] == [
        ("suunnitteilla", None, None),
        ("kokeilussa", None, None),
        ("kokeilussa", None, None),
        ("käytössä", None, None),
    ]


NO_SCALES = [
    "1 = suunnitteilla\n2 = käytössä",
    "2 = suunnitteilla\n3 = kokeilussa\n4 = käytössä",
    "1 = suunnitteilla\n3 = kokeilussa\n4 = käytössä",
    "1. Kuhmo\n2. Sotkamo\n3. Ristijärvi",
    "Hyötytavoite 1: Saatavuus\nHyötytavoite 2: Ennakointi\nHyötytavoite 3: Laatu",
]


@pytest.mark.parametrize("lines", NO_SCALES)
def test_lists_gaps_and_other_words_with_numbers_are_no_scale(lines: str, analyse: Analyse) -> None:
    assert scale(analyse(f"Koealueen hanke\n\n{lines}\n\nTyö eteni hyvin.\n")) == ()


def test_the_longer_of_two_scales_is_the_documents(analyse: Analyse) -> None:
    short = "1 = hyvä\n2 = kohtalainen\n3 = huono"
    long = "1 = idea\n2 = suunnitteilla\n3 = kokeilussa\n4 = käytössä"
    document = analyse(f"Koealueen hanke\n\n{short}\n\nSitten asteikko:\n{long}\n\nTyö eteni hyvin.\n")
    assert [stage.name for stage in scale(document)] == ["idea", "suunnitteilla", "kokeilussa", "kaytossa"]


THREE = (Stage(1, "suunnitteilla", 0.0), Stage(2, "kokeilussa", 50.0), Stage(3, "kaytossa", 100.0))
PLAIN = (Stage(1, "suunnitteilla", None), Stage(2, "kokeilussa", None), Stage(3, "kaytossa", None))

READINGS = [
    ("60 %", THREE, None, 60.0, None),
    ("n. 60 %", THREE, None, 60.0, None),
    ("60 prosenttia", (), None, 60.0, None),
    ("12,5 %", (), None, 12.5, None),
    ("kokeilussa, 60 %", THREE, None, 60.0, 2),
    ("vaihe 2", THREE, None, 50.0, 2),
    ("vaihe 2", (), None, None, 2),
    ("porras 3 / 5", (), None, None, 3),
    ("2", THREE, None, 50.0, 2),
    ("2", PLAIN, None, None, 2),
    ("2/3", PLAIN, None, None, 2),
    ("4", THREE, None, None, None),
    ("2", (), None, None, None),
    ("2", (), "stage", None, 2),
    ("2", (), "percent", 2.0, None),
    ("2", THREE, "percent", 2.0, None),
    ("40", (), "percent", 40.0, None),
    ("40", THREE, "either", 40.0, None),
    ("0", THREE, "either", 0.0, None),
    ("2", THREE, "either", 50.0, 2),
    ("140", (), "percent", None, None),
    ("40", (), None, None, None),
    ("Kokeilussa", PLAIN, None, None, 2),
    ("kokeilussa Kuhmossa", THREE, None, 50.0, 2),
    ("ei arvioitu", THREE, None, None, None),
    ("kohta 2", THREE, None, None, None),
]


@pytest.mark.parametrize(("raw", "stages", "bare", "percent", "stage"), READINGS)
def test_a_cell_is_a_percentage_a_stage_or_neither(
    raw: str, stages: tuple[Stage, ...], bare: str | None, percent: float | None, stage: int | None
) -> None:
    assert read(raw, stages, bare) == Readiness(percent, stage)


PROSE = [
    ("Valmiusaste: kevät 2021 20 %, syksy 2021 40 %", [("2021-SP", "20 %", 20.0), ("2021-FA", "40 %", 40.0)]),
    ("Valmiusaste: 5/2021 noin 12,5 %; 11/2021 40 %", [("2021-05", "12,5 %", 12.5), ("2021-11", "40 %", 40.0)]),
    ("Tavoitteen tila: K21 suunnitteilla", [("2021-SP", "suunnitteilla", None)]),
    ("Huomio: keväällä 2021 40 % puuttui", []),
    ("Valmiusaste 5/21: 20 %", [("2021-05", "20 %", 20.0)]),
    ("Valmius keväällä 2022: noin 60 %", [("2022-SP", "60 %", 60.0)]),
    ("Valmiusaste keväällä 2021: 20 %, koska alku viivästyi", [("2021-SP", "20 %", 20.0)]),
    ("Tavoitteen tila: vaihe 3 (kokeilussa), kevät 2022", [("2022-SP", "vaihe 3 (kokeilussa)", None)]),
    ("Kevät 2022: valmiusaste noin 60 %", [("2022-SP", "60 %", 60.0)]),
    ("Valmiusaste:\n5/21: 20 %\n11/21: 40 %", [("2021-05", "20 %", 20.0), ("2021-11", "40 %", 40.0)]),
    ("• Valmiusaste: 5/21 20 %", [("2021-05", "20 %", 20.0)]),
    ("5/21: 20 % asukkaista vastasi", []),
]


@pytest.mark.parametrize(("line", "found"), PROSE)
def test_a_line_below_a_goal_may_tell_its_readiness(
    line: str, found: list[tuple[str, str, float | None]], analyse: Analyse
) -> None:
    text = f"Koealueen oma-arviointi\n\nP7 Asiakas saa ajan\n{line}\nTyö eteni.\n\nP8 Jono lyhenee\nTyö jatkuu.\n"
    document = analyse(text)
    assert [(r.period, r.raw, r.percent) for r in goal_status(document)] == found
    assert {r.code for r in goal_status(document)} <= {"P7"}
