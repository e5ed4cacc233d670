"""The weights of goals by content are fitted to texts that people read, and judged on those that were left out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from extractors.facts.goal_content import WEIGHTS, goal_model, parsed
from extractors.facts.goal_signs import Evidence, GoalSigns
from lexicons import UserError
from pipeline.cli import app
from pipeline.fit import report
from pipeline.fit.goal_samples import HEADED, HEADED_ELSEWHERE, Sample, Text, of_documents, of_texts, texts
from pipeline.fit.goals import (
    Bin,
    Judged,
    Score,
    agreement,
    best_threshold,
    calibration_error,
    fitted,
    left_out,
    reliability,
    score,
)
from pipeline.fit.logistic import Data, fit
from tests.conftest import ROOT

TEXTS = ROOT / "tests" / "goals" / "texts.jsonl"

PAGE = """Tuotokset ja tulokset

Jonot lyhenivät.

Tunnelma

Kahvi oli hyvää.

5. Kustannusten nousun hillitseminen

Talvella tehtiin laskelmia, joita verrattiin edelliseen vuoteen, ja syksyllä tiedettiin, mitä kuljetukset maksoivat
ennen muutosta ja sen jälkeen kussakin kunnassa.
"""


def _folder(tmp_path: Path, goals: dict[str, dict[str, list[int]]], name: str = "sivu") -> Path:
    rows = [
        {"char_start": PAGE.index(heading), "char_end": PAGE.index(heading) + len(heading), **labels}
        for heading, labels in goals.items()
    ]
    (tmp_path / "gold" / name).mkdir(parents=True)
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "gold" / name / "sections.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / f"{name}.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_sections_are_read_or_headed(tmp_path: Path) -> None:
    labels = {"content_goals": [1], "content_goals_disputed": [4]}
    folder = _folder(tmp_path, {"Tuotokset ja tulokset": labels, "Tunnelma": {"content_goals": []}})
    first, second, third = of_documents([folder], folder / "gold")
    assert (first.source, first.kind, first.says) == ("sivu", "read", (1, 0, 0, 0, 0))
    assert first.counts == (1, 1, 1, 0, 1)
    assert first.signs.terms(1) == ("jono", "lyhetä")
    assert (second.says, second.counts) == ((0,) * 5, (1,) * 5)
    assert (third.kind, third.says) == ("headed", (0, 0, 0, 0, 1))
    assert third.counts == (HEADED_ELSEWHERE,) * 4 + (HEADED,)
    assert "hillitä kustannus" not in third.signs.terms(5)  # the heading itself is not read
    with pytest.raises(UserError, match=r"no folder named as a document in .* has a sections\.jsonl"):
        list(of_documents([folder], folder))


def test_readers_that_differ_say_a_half(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"author": "a", "text": "Jonot lyhenivät.", "readers": [[1, 4], [1]]}), encoding="utf-8")
    (sample,) = of_texts(texts(path))
    assert (sample.source, sample.kind, sample.says) == ("author a", "collected", (1, 0, 0, 0.5, 0))
    path.write_text('{"author": "a"}', encoding="utf-8")
    with pytest.raises(UserError, match="give a file with author, text and readers on each line"):
        texts(path)


def test_agreement_is_f1_and_kappa() -> None:
    pairs = [({1}, {1}), ({1, 4}, {1}), (set(), {4}), (set(), set())]
    both, kappa = agreement([Text("a", "", (frozenset(a), frozenset(b))) for a, b in pairs])
    assert both == Score(2, 3, 3)
    assert both.f1 == pytest.approx(2 / 3)
    assert kappa[1] == 1.0
    assert kappa[4] == pytest.approx(-1 / 3)


def test_the_readers_of_our_texts_agree() -> None:
    found = texts(TEXTS)
    both, kappa = agreement(found)
    assert len(found) >= 300 and both.f1 >= 0.9 and min(kappa.values()) >= 0.85
    assert len({text.author for text in found}) >= 3


def test_weights_are_those_that_make_the_labels_likeliest() -> None:
    # a feature that is there in 3 of 4 rows with the label and in none without a pull: odds 3 to 1
    data = Data(np.zeros((4, 1, 1)), np.ones((4, 1)), np.array([[1.0], [1.0], [1.0], [0.0]]), np.ones((4, 1)))
    assert fit(data, 1.0, np.array([1e-9])).own[0, 0] == pytest.approx(np.log(3), abs=1e-3)
    pulled = fit(data, 1.0, np.array([1.0])).own[0, 0]
    assert 0 < pulled < np.log(3)
    # where its slope is 0: 4 · p - 3 + weight
    assert 4 / (1 + np.exp(-pulled)) - 3 + pulled == pytest.approx(0, abs=1e-3)


def _samples() -> list[Sample]:
    """Two documents in which only a section with the term and the word speaks about goal 1."""
    told = GoalSigns([Evidence(1, 0, "jono", 0.5)], ("jono", "lyhetä"), 40)
    idle = GoalSigns([], ("kahvi", "juoda"), 40)
    both = [(told, (1.0, 0, 0, 0, 0)), (idle, (0.0,) * 5)]
    return [Sample(source, "read", signs, says, (1.0,) * 5) for source in "ab" for signs, says in both * 4]


def test_a_model_tells_what_its_samples_say() -> None:
    model, kinds = fitted(_samples())
    told, idle = _samples()[0].signs, _samples()[1].signs
    assert model.log_odds(told)[0] > 1 > -1 > model.log_odds(idle)[0]
    assert all(odds < -1 for odds in model.log_odds(told)[1:])
    assert kinds["read"] == (0.0,) * 5
    assert model.words["kahvi"][0] < 0 < model.words["jono"][0]
    assert fitted(_samples())[0] == model


def test_what_is_judged_is_left_out() -> None:
    judged = left_out(_samples())
    assert len(judged) == len(_samples()) * 5
    assert score(judged, 0.5) == Score(8, 8, 8)
    assert best_threshold(judged) == 0.5


def test_scores_and_calibration() -> None:
    judged = [
        Judged("read", 1, 0.95, 1.0),
        Judged("read", 1, 0.91, 0.0),
        Judged("read", 1, 0.01, 0.0),
        Judged("read", 1, 0.2, 1.0),
        Judged("read", 1, 0.6, 0.5),
    ]
    assert score(judged, 0.5) == Score(1, 2, 2)
    bins = reliability(judged)
    assert bins[:3] == [Bin(1, 0.01, 0.0), Bin(1, 0.2, 1.0), Bin(1, 0.6, 0.5)]
    assert (bins[3].n, bins[3].true) == (2, 0.5)
    assert bins[3].said == pytest.approx(0.93)
    assert calibration_error(bins) == pytest.approx((0.01 + 0.8 + 0.1 + 2 * 0.43) / 5)


def test_the_command_writes_what_is_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goals = {"Tuotokset ja tulokset": {"content_goals": [1]}, "Tunnelma": {"content_goals": list[int]()}}
    folder = _folder(tmp_path, goals)
    monkeypatch.setattr(report, "WEIGHTS", tmp_path / WEIGHTS.name)
    command = ["fit", "goals", str(folder), str(folder / "gold")]
    alone = CliRunner().invoke(app, command)
    assert alone.exit_code == 2 and "one document is too few" in alone.stderr
    _folder(tmp_path, goals, "toinen")
    checked = CliRunner().invoke(app, [*command, "--check"])
    assert checked.exit_code == 0 and "4 sections read, 2 below a goal's heading, 0 texts" in checked.stdout
    assert not (tmp_path / WEIGHTS.name).exists()
    assert CliRunner().invoke(app, command).exit_code == 0
    assert len(parsed((tmp_path / WEIGHTS.name).read_text(encoding="utf-8")).base) == 5


def test_the_shipped_weights_are_few_and_cut_by_a_threshold_between() -> None:
    model = goal_model()
    assert 0.3 <= model.threshold <= 0.5
    assert 1000 <= sum(weight != 0 for row in model.words.values() for weight in row) <= 4000
    assert all(weight > 0 for weight in model.shape[:1] + model.shape[1:3])
