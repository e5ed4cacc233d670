"""The benchmark of entities: its labels, corpus format, scores, files and errors, on sentences of our own."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.bench.corpora import CorpusError, tagged_sentences, tsv_files
from pipeline.bench.entities import Score, iob2, measure, spans, tag
from pipeline.bench.ontonotes import Entity
from pipeline.cli import app

SENTENCES = {
    "Kokous on 15 . 11 . 2021 Turussa .": ["15 . 11 . 2021:DATE"],
    "Noin kaksi vuotta sitten alkoi hanke .": ["Noin kaksi vuotta sitten:DATE"],
    "Yli 17 - vuotiaat pääsevät .": ["Yli 17 - vuotiaat:DATE"],
    "Se kasvoi n . 12 , 5 % : n verran .": ["n . 12 , 5 % : n:PERCENT"],
    "Hinta oli 2 , 4 miljoonaa euroa .": ["2 , 4 miljoonaa euroa:MONEY"],
    "Matkaa oli 30 kilometriä .": ["30 kilometriä:QUANTITY"],
    "Juna lähti perjantaina illalla .": ["perjantaina illalla:TIME"],
    "Loka - joulukuussa kävi 12 ihmistä .": ["Loka - joulukuussa:DATE", "12:CARDINAL"],
    "Elokuun alussa alkoi kolmas jakso .": ["Elokuun:DATE", "kolmas:ORDINAL"],
    "He kävivät 1980 - ja 1990 - luvuilla .": ["1980 - ja 1990 - luvuilla:DATE"],
    "Se oli 27 . ja 28 . lokakuuta auki .": ["27 . ja 28 . lokakuuta:DATE"],
    "Hän asui siellä vuosien 2001 ja 2004 välillä .": ["vuosien 2001 ja 2004 välillä:DATE"],
    "Se toistuu vuosittain .": [],
    "Näin kunnallisvaalit 2021 päättyivät .": [],
}


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES.items(), ids=list(SENTENCES))
def test_our_expressions_as_the_corpus_labels_them(sentence: str, expected: list[str]) -> None:
    words = sentence.split()
    assert [f"{' '.join(words[e.start : e.end])}:{e.label}" for e in tag(words)] == expected


def test_tags_and_spans_are_each_other_turned_round() -> None:
    found = [Entity(0, 2, "DATE"), Entity(2, 3, "DATE"), Entity(4, 5, "MONEY")]
    tags = iob2(found, 6)
    assert tags == ["B-DATE", "I-DATE", "B-DATE", "O", "B-MONEY", "O"]
    assert sorted(spans(tags)) == found
    assert spans(["O", "I-DATE", "I-TIME"]) == {Entity(1, 2, "DATE"), Entity(2, 3, "TIME")}


def test_a_score_is_the_harmonic_mean_of_precision_and_recall() -> None:
    score = Score(gold=10, found=8, right=6)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))
    assert Score(0, 0, 0).f1 == 0.0


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    lines = ["Kokous", "on", "vuonna", "2021", ".", "", "Se", "oli", "5", "%", "."]
    tags = {"vuonna": "B-DATE", "2021": "I-DATE", "5": "B-PERCENT", "%": "I-PERCENT"}
    path = tmp_path / "test.tsv"
    path.write_text("".join(f"{w}\t{tags.get(w, 'O')}\n" if w else "\n" for w in lines), encoding="utf-8")
    return path


def test_the_command_prints_figures_and_writes_them(corpus: Path, tmp_path: Path) -> None:
    predictions, figures = tmp_path / "out.tsv", tmp_path / "figures.json"
    options = ["--predictions", str(predictions), "--json", str(figures), "--no-rival"]
    result = CliRunner().invoke(app, ["bench", "entities", "--corpus", str(corpus), *options])
    assert result.exit_code == 0, result.output
    assert "test.tsv: 2 sentences, 10 tokens" in result.output
    assert list(tagged_sentences(predictions)) == list(tagged_sentences(corpus))
    (report,) = json.loads(figures.read_text(encoding="utf-8"))
    (ours,) = report["taggers"]
    assert (report["tokens"], ours["labels"]["DATE"]["f1"], ours["labels"]["PERCENT"]["f1"]) == (10, 1.0, 1.0)
    assert min(ours["tokens_per_second"].values()) > 0


def test_both_passes_find_the_same(corpus: Path) -> None:
    sentences = list(tagged_sentences(corpus))
    measured, predicted = measure(sentences)
    assert predicted == [tag(sentence.words) for sentence in sentences]
    assert set(measured.speeds) == {"cold", "warm"}


def test_measuring_leaves_nothing_frozen(corpus: Path) -> None:
    measure(list(tagged_sentences(corpus)))
    assert gc.get_freeze_count() == 0


def test_a_folder_is_measured_without_the_part_that_rules_are_tuned_on(corpus: Path) -> None:
    corpus.with_name("train.tsv").write_text("Se\tO\n", encoding="utf-8")
    assert tsv_files(corpus.parent) == [corpus]
    with pytest.raises(CorpusError, match=r"no \.tsv files"):
        tsv_files(corpus.parent / "none")


def test_a_line_without_a_tag_is_named(corpus: Path) -> None:
    corpus.write_text("Kokous\tO\non O\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["bench", "entities", "--corpus", str(corpus), "--no-rival"])
    assert result.exit_code == 2
    assert "line 2" in result.output
