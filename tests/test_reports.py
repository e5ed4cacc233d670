"""Goals, readiness, indicators and measures of a report, from small tables and lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from extractors.outline.goal_codes import numbered_texts

from extractors.document import AnalysedDocument
from extractors.goal_status import Stage, reading, scale
from extractors.goal_status import extract as goal_status
from extractors.indicators import extract as indicators
from extractors.indicators import reading as indicator_reading
from extractors.measures import extract as measures
from extractors.outline.labels import state_label
from extractors.outline.report_date import report_date
from extractors.process_goals import extract as process_goals

Analyse = Callable[[str], AnalysedDocument]


def table(*rows: list[str]) -> str:
    """A table as a word processor's text export prints it."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)


REPORT = "\n".join(
    [
        "Koealueen sote-hankkeen oma-arviointi",
        "Valmiusaste ilmoitetaan vaiheena.",
        "1 = suunnitteilla, 0 %",
        "2 = aloitettu, 20 %",
        "3 = vakiintunut, 100 %",
        "",
        "1 Saatavuus ja jatkuvuus",
        "Taulukossa ovat tavoitteet.",
        table(
            ["Prosessitavoite", "Kevät 2021", "Syksy 2021", "Kevät 2022"],
            ["PT 1.1 Asiakas saa ajan viikossa", "1", "vaihe 2", ""],
            ["PT 1.2 Jono lyhenee\n\nPT 1.3 Etäaika on tarjolla", "–", "vakiintunut", ""],
        ),
        "",
        "",
        "PT 1.1 Asiakas saa ajan viikossa",
        "Tehty",
        "• Takaisinsoitto on otettu käyttöön.",
        "Käynnissä",
        "• Ajanvarausta laajennetaan (valmiusaste 60 %).",
        "",
        "Mittarit",
        table(
            ["Hyötytavoite", "Mittari", "Tiedonkeruu", "Lähtötaso", "Syksy 2021", "Kevät 2022"],
            ["Hoitoon pääsee.\nPuheluihin vastataan.", "Vastatut puhelut", "Puhelinraportti", "54 %", "86 %", ""],
            ["", "Jono", "-", "-", "Tieto tulee myöhemmin", ""],
        ),
        "",
        "",
        "Liite 2; Alkuperäiset tavoitteet",
        table(
            ["Alkuperäiset prosessitavoitteet", "Status"],
            ["TP 1. Ajan saa kahdessa viikossa.", "Sama kuin prosessitavoite 1.1"],
            ["TP 2. Kirjaaminen on yhtenäistä.", "Osana prosessitavoitetta 1.2"],
        ),
        "",
    ]
)


def test_goals_stand_once_with_code_kind_and_origin(analyse: Analyse) -> None:
    found = [
        (g.code, g.text, g.kind, g.benefit_goal, g.origin, g.work_package, g.same_as)
        for g in process_goals(analyse(REPORT))
    ]
    current, original = "current", "original_application"
    assert found == [
        ("1.1", "Asiakas saa ajan viikossa", "process_goal", 1, current, None, None),
        ("1.2", "Jono lyhenee", "process_goal", 1, current, None, None),
        ("1.3", "Etäaika on tarjolla", "process_goal", 1, current, None, None),
        (None, "Hoitoon pääsee.", "outcome_goal", 1, current, None, None),
        (None, "Puheluihin vastataan.", "outcome_goal", 1, current, None, None),
        (None, "Ajan saa kahdessa viikossa.", "process_goal", None, original, "TP 1", "1.1"),
        (None, "Kirjaaminen on yhtenäistä.", "process_goal", None, original, "TP 2", None),
    ]


def test_readiness_by_stage_number_and_name(analyse: Analyse) -> None:
    document = analyse(REPORT)
    assert [(stage.number, stage.percent) for stage in scale(document)] == [(1, 0.0), (2, 20.0), (3, 100.0)]
    assert [(r.code, r.period, r.raw, r.percent, r.stage) for r in goal_status(document)] == [
        ("1.1", "2021-SP", "1", 0.0, 1),
        ("1.1", "2021-FA", "vaihe 2", 20.0, 2),
        ("1.2", "2021-FA", "vakiintunut", 100.0, 3),
        ("1.3", "2021-FA", "vakiintunut", 100.0, 3),
    ]


def test_reporting_rounds_and_bare_percentages(analyse: Analyse) -> None:
    text = "\n".join(
        [
            "Valmiusasteen asteikko",
            "1 Aloittamatta (0 %)",
            "2 Käynnistetty (25 %)",
            "3 Vauhdissa (60 %)",
            "",
            table(
                ["Prosessitavoite", "1. arviointi (5/21)", "2. arviointi (11/21)"],
                ["PT 1.1 Asiakas saa ajan viikossa", "0", "40"],
                ["PT 1.2 Jono lyhenee", "Käynnistetty", "50 prosenttia"],
                ["PT 1.3 Etäaika on tarjolla", "–", "3"],
            ),
            "",
        ]
    )
    assert [(r.code, r.period, r.percent, r.stage) for r in goal_status(analyse(text))] == [
        ("1.1", "2021-05", 0.0, None),
        ("1.1", "2021-11", 40.0, None),
        ("1.2", "2021-05", 25.0, 2),
        ("1.2", "2021-11", 50.0, None),
        ("1.3", "2021-11", 60.0, 3),
    ]


def test_a_report_says_when_it_was_made(analyse: Analyse) -> None:
    lead = "Raportti on päivitetty 31.5.2022. Hanke on osa laajempaa valmistelua, jota jatketaan vuosina 2022–2023."
    found = report_date(analyse(f"Koealueen hanke\n{lead}\n"))
    assert found is not None
    assert (str(found.first_day), found.text) == ("2022-05-31", "31.5.2022")


def test_indicator_cells_with_source_and_carried_goal(analyse: Analyse) -> None:
    found = [(r.indicator, r.source, r.period, r.raw, r.number, r.unit) for r in indicators(analyse(REPORT))]
    assert found == [
        ("Vastatut puhelut", "Puhelinraportti", "baseline", "54 %", 54.0, "%"),
        ("Vastatut puhelut", "Puhelinraportti", "2021-FA", "86 %", 86.0, "%"),
        ("Jono", None, "2021-FA", "Tieto tulee myöhemmin", None, None),
    ]
    assert {r.benefit_goal_text for r in indicators(analyse(REPORT))} == {"Hoitoon pääsee. Puheluihin vastataan."}


def test_measures_with_the_label_above(analyse: Analyse) -> None:
    found = [(m.goal_code, m.text, m.status, m.status_source, m.percent) for m in measures(analyse(REPORT))]
    assert found == [
        ("1.1", "Takaisinsoitto on otettu käyttöön.", "done", "label", None),
        ("1.1", "Ajanvarausta laajennetaan (valmiusaste 60 %).", "in_progress", "label", 60.0),
    ]


def test_the_report_is_dated_by_its_latest_filled_period(analyse: Analyse) -> None:
    found = report_date(analyse(REPORT))
    assert found is not None
    assert (str(found.first_day), str(found.last_day), found.text) == ("2021-09-01", "2021-11-30", "Syksy 2021")


MEASURES = [
    ("Opas on jaettu kaikille yksiköille.", "done"),
    ("Pilotti on käynnissä kahdella asemalla.", "in_progress"),
    ("Työtä jatketaan ensi vuonna.", "in_progress"),
    ("Malli valmistui lopulta, mutta sen levittäminen muihin kuntiin jatkuu.", "in_progress"),
    ("Tuloksista raportoidaan keväällä 2023.", "not_started"),
    ("Erillisen sovelluksen tekemisestä on luovuttu.", "not_pursued"),
    ("Kokeilu alkaa tammikuussa 2023.", "not_started"),
    ("Botin hankinnasta on päätetty luopua.", "not_pursued"),
    ("Ohje on valmis (valmiusaste 90 %).", "in_progress"),
    ("Digitukea annetaan maaliskuuhun 2023 asti.", "in_progress"),
]


@pytest.mark.parametrize(("sentence", "status"), MEASURES)
def test_a_sentence_tells_its_state(sentence: str, status: str, analyse: Analyse) -> None:
    headings = "1 Saatavuus ja jatkuvuus\nTausta on tässä.\n1.1 Asiakas saa ajan viikossa"
    text = f"Raportin päiväys 30.11.2022\n\n{headings}\n{sentence}\n"
    assert [(m.text, m.status) for m in measures(analyse(text))] == [(sentence, status)]


LABELS = [
    ("Valmistuneet", "done"),
    ("Työn alla", "in_progress"),
    ("Ei tällä hetkellä edistetä", "not_pursued"),
    ("Ei aloitettu", "not_started"),
    ("Luovuttu", "not_pursued"),
    ("Jätetty pois", "not_pursued"),
    ("Ennen aloitettu pilotti Kouvolassa", None),
]


@pytest.mark.parametrize(("line", "state"), LABELS)
def test_state_labels(line: str, state: str | None, analyse: Analyse) -> None:
    assert state_label(analyse(line).tokens) == state


READINESS = [
    ("Malli on kuvattu, valmiusaste on 60 %.", 60.0),
    ("Kehittämisen valmius nyt n. 40 %.", 40.0),
    ("Ohje on 75-prosenttisesti tehty, työ 80 prosenttia valmis.", 80.0),
    ("Valmiusasteella 55 prosenttia.", 55.0),
    ("Vastaajista 60 % oli valmiita kokeilemaan.", None),
    ("Valmiusastetta ei arvioitu, mutta 30 % asiakkaista on mukana.", None),
]


@pytest.mark.parametrize(("measure", "percent"), READINESS)
def test_a_measure_states_its_readiness(measure: str, percent: float | None, analyse: Analyse) -> None:
    text = f"PT 1.1 Asiakas saa ajan viikossa\nKehittämistoimenpiteet:\n- {measure}\n- Toinen kohta on kesken.\n"
    assert [found.percent for found in measures(analyse(text))][:1] == [percent]


def test_numbered_texts() -> None:
    text = "PT 1.5 Aikoja on ja 1.6 Malli toimii"
    assert [(n.code, text[n.start : n.end]) for n in numbered_texts(text)] == [
        ("1.5", "Aikoja on"),
        ("1.6", "Malli toimii"),
    ]
    assert numbered_texts("Vuonna 1.1 ei ole mitään") == []
    assert numbered_texts("15.11.2021 alkaen") == []


def test_cell_readings(analyse: Analyse) -> None:
    stages = (Stage(1, "aloitettu", 0.0), Stage(2, "kokeilussa", 50.0), Stage(3, "valmis", 100.0))
    assert [reading(raw, stages) for raw in ("2/3", "Kokeilussa", "ei arvioitu")] == [
        (50.0, 2),
        (50.0, 2),
        (None, None),
    ]
    assert reading("lähtötilanne 50 %", stages, 50.0) == (50.0, None)
    cells = ("670 kpl", "n. 40 kpl", "12 asiakasta", "-15", "-30--45", "1 327", "0,4 %", "yli 20", "3 tai 4")
    assert [indicator_reading(analyse(raw).tokens) for raw in cells] == [
        (670.0, "kpl"),
        (40.0, "kpl"),
        (12.0, "asiakasta"),
        (-15.0, None),
        (None, None),
        (1327.0, None),
        (0.4, "%"),
        (None, None),
        (None, None),
    ]
