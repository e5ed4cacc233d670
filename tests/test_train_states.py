"""The weights of a measure's signs are fitted to documents that were read, and start from what each sign means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.facts.statuses import WEIGHTS, weights
from lexicons import UserError
from pipeline.bench import train_states
from pipeline.bench.train_states import Sample, fit, meant, right, samples, shares
from tests.texts import REPORT


def test_what_no_document_has_keeps_its_meaning() -> None:
    fitted = fit([Sample("a", ("does past", "does past, passive"), "done")])
    assert fitted["drops past", "not_pursued"] == meant()["drops past", "not_pursued"]
    assert fitted["begins not yet past", "not_started"] == 3.0
    assert meant()["settles not present", "not_pursued"] == 1.5


def test_documents_move_the_weights_of_the_signs_that_they_have() -> None:
    found = [Sample("a", ("waits present",), "not_started")] * 8
    before, after = shares(meant(), ["waits present"]), shares(fit(found), ["waits present"])
    assert max(before, key=before.__getitem__) == "in_progress"
    assert max(after, key=after.__getitem__) == "not_started"
    assert right(fit(found), found) == 8
    assert fit(found) == fit(found)


def test_measures_are_paired_with_what_a_reader_found(tmp_path: Path) -> None:
    text = "Takaisinsoitto on otettu käyttöön."
    start = REPORT.index(text)
    gold = tmp_path / "gold" / "raportti"
    gold.mkdir(parents=True)
    row = {"char_start": start, "char_end": start + len(text), "text": text, "status": "done"}
    (gold / "measures.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (tmp_path / "raportti.txt").write_text(REPORT, encoding="utf-8")
    (sample,) = samples([tmp_path / "gold", tmp_path])
    assert (sample.signs, sample.status) == (("label:done", "completes past"), "done")
    with pytest.raises(UserError, match=r"no measures\.jsonl"):
        list(samples([tmp_path]))


def test_the_file_is_what_is_fitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = {key: value for key, value in weights().items() if key[0] == "drops past"}
    assert shown["drops past", "not_pursued"] >= 4
    monkeypatch.setattr(train_states, "WEIGHTS", tmp_path / WEIGHTS.name)
    monkeypatch.setattr(
        train_states,
        "samples",
        lambda folders: [Sample("a", ("ready",), "done"), Sample("b", ("ongoing",), "in_progress")],
    )
    train_states.main([])
    assert "left out 1.000, fitted 1.000, by meaning alone 1.000, 2 measures" in capsys.readouterr().out
    assert "drops past\tnot_pursued\t4.50" in (tmp_path / WEIGHTS.name).read_text(encoding="utf-8").splitlines()
