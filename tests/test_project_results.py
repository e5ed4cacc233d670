"""The results of project rows by season: one below the other in a cell, or a column each."""

from __future__ import annotations

import pytest

from extractors.project_results import extract
from extractors.projects import extract as projects
from tests.conftest import Analyse
from tests.texts import table


def report(*rows: list[str]) -> str:
    return f"Koealueen hanke\n\n{table(*rows)}\n\n\nTaulukko loppui.\n"


CELLS = [
    ("KEVÄT 2021\nAvattiin.\nSYKSY 2021\nLaajeni.", [("2021-SP", "Avattiin."), ("2021-FA", "Laajeni.")]),
    ("Kevät 2021\nAvattiin.\nSe juurtui.", [("2021-SP", "Avattiin. Se juurtui.")]),
    ("Toukokuu 2021\nAvattiin.", [("2021-05", "Avattiin.")]),
    ("2022\nAvattiin.", [("2022", "Avattiin.")]),
    ("KEVÄT 2021 Avattiin. SYKSY 2021 Laajeni.", [("2021-SP", "Avattiin."), ("2021-FA", "Laajeni.")]),
    ("KEVÄT 2021\nAvattiin syksyllä 2020.", [("2021-SP", "Avattiin syksyllä 2020.")]),
    ("KEVÄT 2021\nSYKSY 2021\nLaajeni.", [("2021-FA", "Laajeni.")]),
    ("Avattiin ennen kevättä.", []),
    ("Kevät -21: Avattiin.\nSyksy -21: Laajeni.", [("2021-SP", "Avattiin."), ("2021-FA", "Laajeni.")]),
    ("Kevät 2021 – Avattiin.", [("2021-SP", "Avattiin.")]),
    ("Kevät 2021\nAvattiin.\nsyksy 2021\nLaajeni.", [("2021-SP", "Avattiin."), ("2021-FA", "Laajeni.")]),
    ("KEVÄT 2021\nKatso kevät 2022 suunnitelmasta.", [("2021-SP", "Katso kevät 2022 suunnitelmasta.")]),
]


@pytest.mark.parametrize(("cell", "results"), CELLS)
def test_a_season_reaches_from_its_label_to_the_next(
    cell: str, results: list[tuple[str, str]], analyse: Analyse
) -> None:
    document = analyse(report(["Projekti", "Tavoitteet", "Tulokset"], ["Chat", "Apua saa heti.", cell]))
    (project,) = projects(document)
    found = list(extract(document))
    assert [(r.period, r.text) for r in found] == results
    assert {r.project_id for r in found} <= {project.project_id}
    assert [document.text[r.char_start : r.char_end].split() for r in found] == [text.split() for _, text in results]


def test_a_season_may_have_a_column(analyse: Analyse) -> None:
    document = analyse(
        report(
            ["Projekti", "Tavoitteet", "Kevät 2021", "Syksy 2021"],
            ["Chat", "Apua saa heti.", "Avattiin.", "–"],
            ["Omahoitaja", "Hoitaja on tuttu.", "", "Nimettiin."],
        )
    )
    assert [(r.project_id[-4:], r.period, r.text) for r in extract(document)] == [
        ("0001", "2021-SP", "Avattiin."),
        ("0002", "2021-FA", "Nimettiin."),
    ]
