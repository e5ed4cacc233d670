"""Made-up exports: the same by the same seed, their truth where it says, found again by the readers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.records import DocumentRecord
from lexicons.errors import UserError
from pipeline.bench import runs, synth
from pipeline.bench.documents import measure, summed
from pipeline.bench.synth import FORMATS, Writer, synthesise
from pipeline.process import process
from pipeline.rejects import Reject

NUMBER = 12


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synth") / "corpus"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synth, "USUAL", 8.0)
        patch.setattr(synth, "SPREAD", 0.2)
        synthesise(NUMBER, folder, 4, 0.2, 0.1)
    return folder


def figures(text: str) -> str:
    return "".join(letter for letter in text if not letter.isalpha())


def test_truth_stands_where_it_says(corpus: Path) -> None:
    degraded = json.loads((corpus / "synth.json").read_text(encoding="utf-8"))["degraded"]
    checked = 0
    for export in (corpus / "exports").glob("*.txt"):
        text = export.read_text(encoding="utf-8")
        for file in (corpus / "truth" / export.stem).glob("*.jsonl"):
            for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
                stands = text[row["char_start"] : row["char_end"]]
                assert stands == row["text"] or (export.stem in degraded and figures(stands) == figures(row["text"]))
                checked += 1
    assert checked > 80


def test_what_is_told_is_found(corpus: Path) -> None:
    means = {one.measure: one.mean for one in summed(list(measure(corpus / "exports", corpus / "truth")))}
    assert means["document"] == 1.0
    assert means["dates"] > 0.9 and means["percentages"] > 0.9 and means["sections"] > 0.8


def test_broken_ones_are_refused_and_have_no_truth(corpus: Path) -> None:
    made = json.loads((corpus / "synth.json").read_text(encoding="utf-8"))
    assert sum(made["formats"].values()) == NUMBER and made["broken"]
    for stem in made["broken"]:
        assert not (corpus / "truth" / stem).exists()
        with pytest.raises(Reject):
            process((corpus / "exports" / f"{stem}.docx").read_bytes(), f"{stem}.docx")


def test_every_format_holds_the_same_words() -> None:
    _, _, text = Writer(2).document()
    words = {
        suffix: process(write(text), f"a.{suffix}").of(DocumentRecord)[0].text.split()
        for suffix, (write, _) in FORMATS.items()
    }
    assert words["docx"] == words["html"] == words["txt"] == words["pdf"]


def test_the_same_seed_gives_the_same_and_nothing_is_overwritten(corpus: Path, tmp_path: Path) -> None:
    first, second = (Writer(9).document() for _ in range(2))
    assert first == second != Writer(10).document()
    with pytest.raises(UserError, match="not empty"):
        synthesise(1, corpus, 1, 0, 0)


def test_a_fall_is_told_by_ratio() -> None:
    base = {"tokens": 1000, "tokens_per_yardstick": 100, "tokens_per_yardstick_two": 100}
    assert runs.falls(base | {"tokens_per_yardstick": 86}, base) == []
    (line,) = runs.falls(base | {"tokens_per_yardstick": 84}, base)
    assert line == "tokens_per_yardstick: 84 where it was 100 (84%)"
    with pytest.raises(UserError, match="of 1,000 tokens, these of 5,000"):
        runs.falls(base | {"tokens": 5000}, base)


def test_a_folder_of_exports_is_measured(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(UserError, match="has no exports"):
        runs.measure(tmp_path / "raw")
    (tmp_path / "raw" / "a.txt").write_text("Hankkeen tulokset\n\nTyö alkoi 1.3.2021.\n", encoding="utf-8")
    ran = runs.run(tmp_path / "raw", tmp_path / "out", 1)
    assert 0 < ran.cpu < 60 and ran.wall > 0
    assert ran.megabytes is None or ran.megabytes > 20
