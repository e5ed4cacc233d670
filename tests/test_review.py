"""Marks of people: taken, kept over runs, shown beside what was extracted, counted as precision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import OK, USAGE, app
from pipeline.research.database import opened
from pipeline.research.query import asked
from pipeline.research.reviews import wilson
from pipeline.run import run

REPORT = """Kuusiharjun sote-hankkeen oma-arviointi
Raportin päiväys 15.11.2021

Hyötytavoite 1: Saatavuus
Hoitoon pääsi viikossa 72 % potilaista. Soittajista 40 % sai vastauksen heti. Etänä asioi 15 % asiakkaista.
"""


def poimuri(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows(out: Path, sql: str) -> list[tuple[Any, ...]]:
    return list(asked(opened(out), sql).rows())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(REPORT, encoding="utf-8")
    run(tmp_path / "raw", tmp_path / "out")
    return tmp_path / "out"


def mark(out: Path, value: float, verdict: str, **more: Any) -> dict[str, Any]:
    [(record_id,)] = rows(out, f"SELECT record_id FROM percentages WHERE value = {value}")
    told = {"table": "percentages", "record_id": record_id, "source_path": "a.txt", "verdict": verdict}
    return {**told, "reviewer": "Aino", **more}


def reviewed(out: Path, *marks: dict[str, Any] | str) -> Result:
    file = out.parent / "reviews.jsonl"
    file.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in marks), encoding="utf-8")
    return poimuri("review", out, file)


def test_marks_are_shown_beside_what_was_extracted_and_outlive_the_next_run(out: Path) -> None:
    result = reviewed(
        out,
        mark(out, 72, "right"),
        mark(out, 40, "wrong", note="osuus on soitoista"),
        mark(out, 15, "corrected", corrected={"value": 15.5, "role": "result", "period": None}),
    )
    assert (result.exit_code, result.stdout) == (OK, "3 marks taken: 1 right, 1 wrong, 1 corrected\n")
    seen = [(15.5, "result", "corrected"), (72.0, "other", "right")]
    sql = "SELECT value, role, verdict FROM percentages_reviewed ORDER BY value"
    assert rows(out, sql) == seen
    assert [value for (value,) in rows(out, "SELECT value FROM percentages ORDER BY value")] == [15.0, 40.0, 72.0]
    assert rows(out, "SELECT note FROM reviews WHERE verdict = 'wrong'") == [("osuus on soitoista",)]

    path = out.parent / "raw" / "a.txt"
    path.write_text(REPORT.replace("Raportin", "Hyvinvointialueen raportin"), encoding="utf-8")
    run(out.parent / "raw", out)
    assert rows(out, sql) == seen


def test_a_later_mark_of_the_same_person_counts_and_an_unmarked_record_stays(out: Path) -> None:
    reviewed(out, mark(out, 72, "wrong"))
    reviewed(out, mark(out, 72, "right"))
    assert rows(out, "SELECT value, verdict FROM percentages_reviewed ORDER BY value") == [
        *((15.0, None), (40.0, None), (72.0, "right"))
    ]
    reviewed(out, mark(out, 72, "wrong", reviewer="Eero"))
    assert len((out / "runs" / ".reviews.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert rows(out, "SELECT verdict FROM reviews") == [("wrong",)]


def test_precision_is_told_by_table_and_of_records_that_are_there(out: Path) -> None:
    reviewed(out, mark(out, 72, "right"), mark(out, 40, "wrong"), mark(out, 15, "corrected", corrected={"value": 16}))
    assert poimuri("review", out, "--score").stdout.splitlines() == [
        "table        right  wrong  corrected  precision   from     to",
        "───────────  ─────  ─────  ─────────  ─────────  ─────  ─────",
        "percentages      1      1          1      0.333  0.061  0.792",
    ]
    (out.parent / "raw" / "a.txt").write_text(REPORT.replace("72 %", "73 %"), encoding="utf-8")
    run(out.parent / "raw", out)
    told = poimuri("review", out, "--score").stdout.splitlines()
    assert told[2].split()[:4] == ["percentages", "0", "1", "1"]
    assert told[3] == "1 marked records are no longer in the tables"


def test_wilsons_interval_is_wide_for_few() -> None:
    assert [round(bound, 3) for bound in wilson(9, 10)] == [0.596, 0.982]
    assert wilson(10, 10)[1] == 1.0 > wilson(10, 10)[0] > 0.7


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "maybe"}, "verdict maybe is not one of right, wrong, corrected"),
        ({"table": "percent"}, "there is no table percent; there are sections, process_goals"),
        ({"record_id": "nothing"}, "percentages has no record nothing of a.txt; review the tables"),
        ({"record_id": 5}, "record_id is missing"),
        ({"colour": "red"}, "there is no field colour; there are corrected, note"),
        ({"verdict": "corrected"}, "corrected holds the right values by column where the verdict is corrected"),
        ({"corrected": {"value": 1}}, "corrected holds the right values by column where the verdict is corrected"),
        ({"verdict": "corrected", "corrected": {"value": "much"}}, "percentages.value is of type double, which 'much'"),
        ({"verdict": "corrected", "corrected": {"doc_id": "x"}}, "percentages.doc_id cannot be corrected; those that"),
        ({"verdict": "corrected", "corrected": {"period_start": "5/21"}}, "percentages.period_start is of type date32"),
    ],
)
def test_a_wrong_mark_is_told_and_none_is_taken(out: Path, change: dict[str, Any], message: str) -> None:
    result = reviewed(out, mark(out, 40, "right"), {**mark(out, 72, "right"), **change})
    assert result.exit_code == USAGE
    assert message in result.stderr and result.stderr.count("\n") == 1
    assert not (out / "runs" / ".reviews.jsonl").exists()


def test_no_json_and_no_file_are_told(out: Path) -> None:
    assert "reviews.jsonl:1: Expecting value" in reviewed(out, "right!").stderr
    assert "a mark is an object" in reviewed(out, "[]").stderr
    assert "No such file" in poimuri("review", out, out / "none.jsonl").stderr
    assert "give a file of marks, or --score" in poimuri("review", out).stderr
