"""The benchmark of PDF readers: what it counts as missing, extra, in place, right cells and rows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.bench.corpora import CorpusError
from pipeline.bench.pdf import Found, files, score
from pipeline.cli import app
from tests.conftest import ROOT

TRUTH = "Otsikko\n• Ensimmäinen kohta\nTavoite | 5/21 | 11/21\n1.1 Aika | - | 50 %\n | 10 % | \nLoppu hyvin."
TEXT = "Otsikko\n\uf0b7 Ensimmäinen kohta\nTavoite\t5/21\t11/21\n1.1 Aika\t-\t50 %\n10 %\nLoppu hyvin."
ROWS: list[tuple[str, ...]] = [("Tavoite", "5/21", "11/21"), ("1.1 Aika", "-", "50 %"), ("", "10 %", "")]


def test_the_same_text_has_no_errors() -> None:
    found = score(Found(TEXT, ROWS), TRUTH)
    assert found == (0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0)


def test_what_is_missing_and_extra_is_counted_by_characters() -> None:
    length = len(" ".join(TEXT.split())) + 1
    found = score(Found(TEXT.replace("hyvin", "hyin") + "\nSivu 3", ROWS), TRUTH)
    assert found.missing == pytest.approx(1 / length)
    assert found.extra == pytest.approx(len(" Sivu 3") / length)


def test_a_paragraph_out_of_place_is_missing_there() -> None:
    moved = TEXT.replace("Loppu hyvin.", "").replace("Otsikko", "Otsikko\nLoppu hyvin.")
    assert score(Found(moved, ROWS), TRUTH).paragraphs == pytest.approx(5 / 6)


def test_cells_and_rows_count_as_wholes() -> None:
    cut: list[tuple[str, ...]] = [
        ("Tavoite", "5/21", "11/21"),
        ("1.1", "-", "50 %"),
        ("Aika", "", ""),
        ("", "10 %", ""),
    ]
    found = score(Found(TEXT, cut), TRUTH)
    assert found.cells == pytest.approx(2 * 5 / (6 + 7)) and found.rows == pytest.approx(2 * 2 / (3 + 4))
    glued = score(Found(TEXT, [("Tavoite", "5/21", "11/21"), ("1.1  Ai ka", "-", "50%"), ("", "10 %", "")]), TRUTH)
    assert glued.rows == 1.0 and glued.exact_rows == pytest.approx(2 * 2 / 6)


def test_a_truth_without_tables_has_no_cells() -> None:
    assert score(Found("Otsikko", []), "Otsikko")[3:] == (None, None, None, None)


def test_only_files_with_their_truth_are_measured(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        files(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-")
    (tmp_path / "b.truth.txt").write_text("x", encoding="utf-8")
    assert [path.name for path in files(tmp_path)] == ["b.pdf"]


def test_the_command_measures_a_twin(tmp_path: Path) -> None:
    for suffix in (".pdf", ".truth.txt"):
        shutil.copy(ROOT / "tests" / "twins" / "word" / f"meri-saimaa_oma-arviointi{suffix}", tmp_path)
    report = tmp_path / "figures.json"
    arguments = ["bench", "pdf", str(tmp_path), "--no-rival", "--rounds", "1", "--json", str(report)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    (ours,) = json.loads(report.read_text(encoding="utf-8"))["readers"]
    figures = ours["scores"]["meri-saimaa_oma-arviointi"]
    assert figures["missing"] + figures["extra"] < 0.001 and figures["paragraphs"] >= 0.99
    assert figures["cells"] >= 0.99 and figures["rows"] >= 0.98
