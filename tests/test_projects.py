"""The rows of project tables that a document prints as tables."""

from __future__ import annotations

import pytest

from extractors.process_goals import extract as process_goals
from extractors.projects import extract
from pipeline.process import process
from tests.conftest import ROOT, Analyse
from tests.texts import table

HEADER = ["Kehittämisalue", "Projekti", "Tavoitteet", "Arviointi/mittari", "Tietojen keruu/lähde", "Tulokset"]


def report(*tables: str) -> str:
    return "Koealueen hanke\n\n" + "".join(f"{one}\n\n\n" for one in tables) + "Taulukko loppui.\n"


def test_a_row_is_a_project_under_its_area_and_goal(analyse: Analyse) -> None:
    text = report(
        "1 Saatavuus ja jatkuvuus\n"
        + table(
            HEADER,
            ["Neuvola", "Chat", "Apua saa heti.", "Keskustelut", "Tilasto", "Avattiin."],
            ["", "Perhe-\nkeskus", "–", "", "-", "Kuvattiin."],
            ["Koulu", "", "Tavoite ilman projektia.", "", "", ""],
        ),
        "2 Ennaltaehkäisy ja ennakointi\n" + table(HEADER, ["", "Elintapaohjaus", "Ohjausta saa.", "", "", ""]),
    )
    document = analyse(text)
    found = [
        (r.row, r.benefit_goal, r.development_area, r.project, r.goal_text, r.indicator_text, r.source_text)
        for r in extract(document)
    ]
    assert found == [
        (1, 1, "Neuvola", "Chat", "Apua saa heti.", "Keskustelut", "Tilasto"),
        (2, 1, "Neuvola", "Perhekeskus", None, None, None),
        (3, 2, None, "Elintapaohjaus", "Ohjausta saa.", None, None),
    ]
    assert [r.project_id for r in extract(document)] == [f"{document.doc_id}-p000{number}" for number in (1, 2, 3)]
    assert [text[r.char_start : r.char_end] for r in extract(document)] == ["Chat", "Perhe-\nkeskus", "Elintapaohjaus"]


def test_the_goal_cell_of_a_row_is_a_goal_of_the_project(analyse: Analyse) -> None:
    text = report("2 Ennaltaehkäisy ja ennakointi\n" + table(HEADER, ["", "Chat", "Apua saa heti.", "", "", ""]))
    (goal,) = process_goals(analyse(text))
    assert (goal.kind, goal.text, goal.code, goal.benefit_goal) == ("project_goal", "Apua saa heti.", None, 2)


def test_columns_of_an_indicator_table_serve_where_the_projects_own_are_lacking(analyse: Analyse) -> None:
    rows = table(["Hanke", "Tavoite", "Mittari", "Tietolähde"], ["Chat", "Apua saa.", "Keskustelut", "Tilasto"])
    (record,) = extract(analyse(report(rows)))
    assert (record.project, record.indicator_text, record.source_text) == ("Chat", "Keskustelut", "Tilasto")


def test_a_table_of_projects_has_their_areas_goals_or_results(analyse: Analyse) -> None:
    contacts = table(["Hanke", "Puhelin"], ["Chat", "kolme"])
    results = table(["Hanke", "Tulokset"], ["Chat", "Avattiin."])
    assert [list(extract(analyse(report(contacts)))), len(list(extract(analyse(report(results)))))] == [[], 1]


def test_the_column_that_no_heading_names_tells_how_the_change_shows(analyse: Analyse) -> None:
    for heading in ("Näin näemme muutoksen", "Todennus", ""):
        rows = table(
            ["Mihin pyritään", "Osahanke", "Tietolähde", heading, "Tulokset, syksy 2021"],
            ["Apua saa heti.", "Chat", "Tilasto", "Keskustelujen määrä", "Avattiin."],
        )
        (record,) = extract(analyse(report(rows)))
        assert (record.goal_text, record.indicator_text) == ("Apua saa heti.", "Keskustelujen määrä")


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("KEVAT 2022\n", "KEVAT 2022\n\nKEVAT 2022\n"),
        ("SYKSY 2022", "KEVAT 2022"),
        ("KEVAT 2022", "SYKSY 2023"),
    ],
    ids=["doubled", "one season throughout", "out of order"],
)
def test_odd_labels_of_seasons_lose_no_document(before: str, now: str) -> None:
    text = (ROOT / "data" / "raw" / "pohjanselka_oma-arviointi.txt").read_text(encoding="utf-8")
    found = process(text.replace(before, now).encode(), "raportti.txt").records
    assert len(found["projects"]) >= 11
    assert len(found["project_results"]) >= 11
