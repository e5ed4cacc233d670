"""The benchmarks of topics and of what terms cost: what counts as right, what is told, how the terms are made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lexicons.errors import UserError
from lexicons.loader import read
from pipeline.bench import lexicon
from pipeline.bench.batch import BatchBench, Measured
from pipeline.bench.corpora import CorpusError
from pipeline.bench.topics import judge, share, total
from pipeline.cli import app

TEXT = "Koealueen oma-arviointi\n\nEtävastaanottoa kokeiltiin Kuhmossa keväällä 2021. Chat avattiin. Neuvola muutti.\n"


def _row(words: str, topic: str, **more: object) -> dict[str, object]:
    start = TEXT.index(words)
    return {"char_start": start, "char_end": start + len(words), "text": words, "topic": topic, **more}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A document; its truth has a topic that nobody would find, none for the neuvola, and another state of the chat."""
    (tmp_path / "koe.txt").write_text(TEXT, encoding="utf-8")
    truth = tmp_path / "gold" / "koe"
    truth.mkdir(parents=True)
    topics = [_row("Etävastaanottoa", "etavastaanotto"), _row("Chat", "chat"), _row("muutti", "kotihoito")]
    piloted = {"state": "piloted", "planned_state": None, "negated": False, "start": "2021-03-01", "place": "Kajaani"}
    activities = [
        _row("Etävastaanottoa", "etavastaanotto", **piloted),
        _row("Chat", "chat", **{**piloted, "start": None, "place": None}),
    ]
    for name, rows in (("topics", topics), ("activities", activities)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (truth / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_what_is_right_too_much_and_missed(corpus: Path) -> None:
    found = list(judge([corpus], corpus / "gold"))
    assert total(found, "topics") == (2, 1, 1)
    assert total(found, "activities") == (1, 1, 1)
    assert (total(found, "activities").precision, total(found, "topics").recall) == (0.5, 2 / 3)
    assert (share(found, "start"), share(found, "place"), share(found, "planned_state")) == ((1, 1), (0, 1), (0, 0))


def test_the_command_tells_each_miss_with_its_cause(corpus: Path) -> None:
    done = CliRunner().invoke(app, ["bench", "topics", str(corpus), "--gold", str(corpus / "gold"), "--misses"])
    assert done.exit_code == 0, done.output
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert "topics 1 2 1 1 0.667 0.667" in lines
    assert "activities | another state | koe.txt | chat piloted | Chat avattiin. Neuvola muutti." in lines
    assert "activities | not told in truth | koe.txt | chat in_use | Chat avattiin." in lines
    assert "topics | not found | koe.txt | kotihoito | muutti." in lines
    assert "topics | not named in truth | koe.txt | neuvola | Neuvola" in lines


def test_documents_in_a_format_that_was_not_read_for_it_are_left_out(corpus: Path) -> None:
    (corpus / "koe.html").write_text("<p>Chat avattiin.</p>", encoding="utf-8")
    assert [one.document for one in judge([corpus], corpus / "gold")] == ["koe.txt"]
    with pytest.raises(CorpusError, match="has a folder of its own name"):
        next(judge([corpus / "gold"], corpus / "gold"))


def test_a_lexicon_of_any_size_is_made_of_the_words_evenly(tmp_path: Path) -> None:
    path = tmp_path / "bench_terms.yaml"
    lexicon.write_lexicon(path, [f"sana{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"], 13)
    terms = [[term.text for term in entry.terms] for entry in read(path).entries]
    assert [len(one) for one in terms] == [10, 3]
    assert terms[0][:3] == ["sanaa", "sanac", "sanae"]


def test_each_size_is_run_in_every_round_and_too_few_words_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "koe.txt").write_text(TEXT, encoding="utf-8")

    def run(bench: BatchBench, name: str, workers: int = 1, out: Path | None = None) -> Measured:
        assert out is not None and workers == 1
        out.mkdir()
        n_terms = sum(len(entry.terms) for entry in read(bench.lexicons / "bench_terms.yaml").entries)
        return Measured(name, float(n_terms), 0.0, 0.0)

    monkeypatch.setattr(BatchBench, "run", run)
    monkeypatch.setattr(lexicon, "base_forms", lambda: [f"sana{number}" for number in range(40)])
    found = list(lexicon.measure(tmp_path, 10, (10, 40), 2))
    assert found == [(10, 10.0), (40, 40.0), (10, 10.0), (40, 40.0)]
    with pytest.raises(UserError, match="there are 40 words"):
        next(lexicon.measure(tmp_path, 10, (10, 41), 1))
