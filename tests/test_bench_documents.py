"""The benchmark of documents with truth: its measures, the truth of another format, its errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.bench.corpora import CorpusError
from pipeline.bench.documents import measure, summed
from pipeline.cli import app

TEXT = "Koealueen hankkeen oma-arviointi\n\nOma-arviointi 31.8.2022\n\nHoitoon pääsi 40 % viikossa.\n"


def _corpus(folder: Path, texts: dict[str, str], percentages: dict[str, list[tuple[str, float]]]) -> Path:
    """Documents below `folder`, and below its `gold` for each the percentages that the first text holds."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for stem, rows in percentages.items():
        truth = folder / "gold" / stem
        truth.mkdir(parents=True)
        (truth / "document.json").write_text(json.dumps({"kind": "oma_arviointi"}), encoding="utf-8")
        lines = [
            {
                "char_start": TEXT.find(words),
                "char_end": TEXT.find(words) + len(words),
                "text": words,
                "value": value,
                "value_max": None,
                "comparator": None,
                "unit": "percent",
            }
            for words, value in rows
        ]
        for table, told in (("percentages", lines), ("sections", []), ("dates", None)):
            if told is not None:
                body = "".join(json.dumps(line) + "\n" for line in told)
                (truth / f"{table}.jsonl").write_text(body, encoding="utf-8")
    return folder


def test_each_measure_has_its_mean_and_the_document_where_it_is_lowest(tmp_path: Path) -> None:
    folder = _corpus(
        tmp_path,
        {"hyva.txt": TEXT, "huono.txt": TEXT, "muu.txt": TEXT},
        {"hyva": [("40 %", 40.0)], "huono": [("40 %", 41.0)]},
    )
    measured = list(measure(folder, folder / "gold"))
    assert [one.document for one in measured] == ["huono.txt", "hyva.txt"]  # muu.txt has no truth
    figures = {one.measure: one for one in summed(measured)}
    shares = figures["percentages"]
    assert (shares.documents, shares.mean, shares.lowest, shares.worst) == (2, 0.5, 0.0, "huono.txt")
    assert figures["document"].lowest == 1.0


def test_a_document_in_another_format_is_judged_by_what_its_records_say(tmp_path: Path) -> None:
    html = "<html lang='fi'><body>" + "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n")) + "</body></html>"
    folder = _corpus(tmp_path, {"hyva.html": f"<!-- {'x' * 50} -->{html}"}, {"hyva": [("40 %", 40.0)]})
    truth = folder / "gold" / "hyva" / "dates.jsonl"
    row = {"char_start": 48, "char_end": 57, "text": "31.8.2022", "value": "2022-08-31", "mod": None}
    truth.write_text(json.dumps(row | {"start": "2022-08-31", "end": "2022-08-31"}), encoding="utf-8")
    (one,) = measure(folder, folder / "gold")
    assert (one.measures["percentages"], one.measures["dates"]) == (1.0, 1.0)


def test_a_folder_without_truth_is_told(tmp_path: Path) -> None:
    folder = _corpus(tmp_path, {"muu.txt": TEXT}, {})
    with pytest.raises(CorpusError, match="has a folder of its own name"):
        list(measure(folder, folder / "gold"))


def test_the_command_prints_the_measures_and_writes_them(tmp_path: Path) -> None:
    folder = _corpus(tmp_path, {"huono.txt": TEXT}, {"huono": [("40 %", 41.0)]})
    report = tmp_path / "report.json"
    done = CliRunner().invoke(app, ["bench", "documents", str(folder), str(folder / "gold"), "--json", str(report)])
    assert done.exit_code == 0, done.output
    line = next(line for line in done.output.splitlines() if line.startswith("percentages"))
    assert line.split() == ["percentages", "1", "0.000", "0.000", "huono.txt"]
    assert json.loads(report.read_text(encoding="utf-8"))["huono.txt"]["percentages"] == 0.0
