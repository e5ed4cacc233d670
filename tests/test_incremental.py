"""A run costs what has changed: what is taken over, what is worked on, and that the tables are those of a fresh run."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.records import TABLES
from lexicons.loader import FOLDER
from pipeline.batch.lexicon_edits import Edit, content, edit_between
from pipeline.load.snapshot import PART
from pipeline.process import CHAIN
from pipeline.run import Options, Summary, run, status
from tests.conftest import ROOT

GOOD = "Tavoiteltu muutos\nHoitoon pääsee keväällä 2021, ja 40 % asioi etänä.\n"
SOME = ["aarnijoki_toimintamalli.txt", "meri-saimaa_oma-arviointi.txt", "suursaari_kokonaisuus.txt"]


def write(path: Path, text: str) -> None:
    """A file that was written long ago, at a time that hangs on its text."""
    path.write_text(text, encoding="utf-8")
    second = 1_600_000_000 + sum(map(ord, text))
    os.utime(path, (second, second))


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five documents, one copy and one file that is none."""
    monkeypatch.setattr("pipeline.batch.index.SETTLED_NS", 0)
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(5):
        write(folder / f"{number}.txt", f"{GOOD}Kunta {number}.\n")
    write(folder / "9.txt", f"{GOOD}Kunta 0.\n")
    write(folder / "muistio.wps", "vanha")
    return folder


def tables(out: Path) -> dict[str, bytes]:
    return {table.TABLE: (out / table.TABLE / PART).read_bytes() for table in TABLES}


def runs(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "runs").iterdir() if not path.name.startswith("."))


def states(summary: Summary) -> dict[str, int]:
    return {state: number for state, number in summary.states.items() if number}


def check_against_fresh(raw: Path, out: Path) -> None:
    fresh = out.with_name("fresh")
    run(raw, fresh, Options(allow_shrink=True))
    assert tables(out) == tables(fresh)
    shutil.rmtree(fresh)


def test_a_run_over_unchanged_files_reads_nothing_and_writes_nothing(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(raw, tmp_path / "out")
    before = tables(tmp_path / "out"), runs(tmp_path / "out")
    monkeypatch.setattr("pipeline.run.prepare", lambda: pytest.fail("the stages were loaded"))
    monkeypatch.setattr("os.fork", lambda: pytest.fail("a worker was started"))
    again = run(raw, tmp_path / "out")
    assert (again.is_new, again.n_worked, again.run_id) == (False, 0, first.run_id)
    assert (again.rows, again.rejects) == (first.rows, first.rejects)
    assert states(again) == {"unchanged": 5, "rejected before and unchanged": 2}
    assert (tables(tmp_path / "out"), runs(tmp_path / "out")) == before


def test_only_what_is_new_or_changed_is_worked_on(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    write(raw / "1.txt", f"{GOOD}Kunta 11.\n")
    write(raw / "5.txt", f"{GOOD}Kunta 5.\n")
    (raw / "2.txt").unlink()
    os.utime(raw / "3.txt", (1, 1))
    told = status(raw, out)[1].counts
    summary = run(raw, out)
    assert states(summary) == {"new": 1, "changed": 1, "removed": 1, "unchanged": 3, "rejected before and unchanged": 2}
    assert told == summary.states
    assert summary.n_worked == 2
    check_against_fresh(raw, out)


def test_a_file_under_another_name_is_not_worked_on_again(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    (raw / "0.txt").rename(raw / "95.txt")
    summary = run(raw, out)
    assert (states(summary)["new"], states(summary)["removed"], summary.n_worked) == (1, 1, 0)
    check_against_fresh(raw, out)


def test_a_copy_is_a_document_once_the_file_that_it_repeats_is_gone(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert [reject.source_path for reject in run(raw, out).rejects] == ["9.txt", "muistio.wps"]
    (raw / "0.txt").unlink()
    assert [reject.source_path for reject in run(raw, out).rejects] == ["muistio.wps"]
    assert states(run(raw, out)) == {"unchanged": 5, "rejected before and unchanged": 1}
    check_against_fresh(raw, out)


def test_a_run_with_tables_that_are_not_whole_writes_them_again(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    before = tables(out)
    (out / "dates" / PART).unlink()
    assert run(raw, out).is_new
    assert tables(out) == before


def test_the_store_may_be_spoiled_or_removed_at_any_time(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    for path in sorted((out / "runs" / ".store").rglob("*.rows"))[:2]:
        path.write_bytes(b"roskaa")
    write(raw / "5.txt", f"{GOOD}Kunta 5.\n")
    assert run(raw, out).n_worked >= 3
    check_against_fresh(raw, out)
    shutil.rmtree(out / "runs" / ".store")
    write(raw / "5.txt", f"{GOOD}Kunta 55.\n")
    run(raw, out)
    check_against_fresh(raw, out)


def test_fresh_takes_nothing_over(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    assert run(raw, tmp_path / "out", Options(fresh=True)).n_worked == 7


def test_other_options_are_a_reason(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    assert status(raw, out, Options(tokens=True))[1].why == ("other options: tokens",)
    assert run(raw, out, Options(tokens=True)).rows["tokens"] > 0
    assert run(raw, out).n_worked == 0
    check_against_fresh(raw, out)


def test_a_changed_program_reads_the_stored_analyses(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(raw, out)
    before = tables(out)
    from pipeline.batch import stamps

    monkeypatch.setattr(stamps, "_EXTRACTION", ("extractors/records.py",))
    assert status(raw, out)[1].why == ("the program changed",)
    monkeypatch.setattr("pipeline.batch.work.staged", lambda *_, **__: pytest.fail("a document was analysed again"))
    (raw / "muistio.wps").unlink()
    summary = run(raw, out)
    assert (summary.n_worked, summary.rejects[0].code) == (5, "duplicate")
    monkeypatch.undo()
    assert {name: data for name, data in tables(out).items() if name != "rejects"} == {
        name: data for name, data in before.items() if name != "rejects"
    }


def test_what_was_too_slow_is_tried_again_with_other_bounds_only(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, repair = tmp_path / "out", CHAIN["repair"]

    def slow(document: Any) -> Any:
        while "Kunta 3" in document.text:
            time.sleep(0.01)
        return repair(document)

    monkeypatch.setitem(CHAIN, "repair", slow)
    assert [one.code for one in run(raw, out, Options(timeout=2)).rejects] == [
        "too_slow",
        "duplicate",
        "unsupported_format",
    ]
    monkeypatch.setitem(CHAIN, "repair", repair)
    kept = run(raw, out, Options(timeout=2))
    assert (kept.is_new, states(kept)["rejected before and unchanged"]) == (False, 3)
    assert [one.code for one in run(raw, out, Options(timeout=60)).rejects] == ["duplicate", "unsupported_format"]


def entry(id_: str, *terms: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "terms": [{"text": term} for term in terms], "group": None, **more}


def lexicon(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"sanat": {"match": "lemma", "entries": list(entries), **more}}


@pytest.mark.parametrize(
    ("before", "now", "terms"),
    [
        (lexicon(entry("a", "x")), lexicon(entry("a", "x")), set()),
        (lexicon(entry("a", "x")), lexicon(entry("a", "x", "y")), {"y"}),
        (lexicon(entry("a", "x", "y")), lexicon(entry("a", "y")), {"x"}),
        (lexicon(entry("a", "x", "y")), lexicon(entry("a", "y", "x")), {"x", "y"}),
        (lexicon(entry("a", "x", "y")), lexicon(entry("a", "x", "y", group="g")), {"x", "y"}),
        (lexicon(entry("a", "x"), entry("b", "y")), lexicon(entry("c", "z"), entry("a", "x"), entry("b", "y")), {"z"}),
        (lexicon(entry("a", "x"), entry("b", "y")), lexicon(entry("b", "y"), entry("a", "x")), {"x", "y"}),
        (lexicon(entry("a", "x")), lexicon(), {"x"}),
    ],
    ids=["the same", "one more", "one less", "another order", "another group", "inserted", "entries moved", "removed"],
)
def test_an_edit_of_the_lexicons_is_of_these_terms(before: Any, now: Any, terms: set[str]) -> None:
    assert edit_between(before, now).terms == terms
    assert edit_between(before, now).is_more is False


def test_an_edit_tells_whether_the_lexicons_have_other_words() -> None:
    before = lexicon(entry("a", "x", "y"))
    assert edit_between(before, lexicon(entry("a", "x", "y z"))).new_words
    assert not edit_between(before, lexicon(entry("a", "y", "x", group="g"))).new_words


@pytest.mark.parametrize("now", [lexicon(entry("a", "x"), match="text"), {}, lexicon(entry("a", "x")) | {"muut": {}}])
def test_an_edit_of_more_than_terms_concerns_all(now: Any) -> None:
    assert edit_between(lexicon(entry("a", "x")), now).is_more


def test_the_lexicons_as_they_are_differ_from_themselves_in_nothing() -> None:
    assert edit_between(content(), content()) == Edit(frozenset())


def poimuri_run(lexicons: Path, raw: Path, out: Path) -> None:
    """A run with lexicons of another folder."""
    command = [sys.executable, "-m", "pipeline.cli", "run", str(raw), str(out), "--lexicons", str(lexicons)]
    subprocess.run(command, check=True, stdout=subprocess.PIPE)


def add_term(text: str, dice: random.Random) -> str:
    """A lexicon with one more term in some entry: a word that some documents have."""
    data = yaml.safe_load(text)
    word = dice.choice(["hyvinvointi", "omaolo", "perhekeskus", "vastaanotto"])
    dice.choice([entry for entry in data["entries"] if entry["group"] == "together"])["terms"].append(word)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def drop_term(text: str, dice: random.Random) -> str:
    """A lexicon without a term of an entry that has several."""
    data = yaml.safe_load(text)
    entries = [one for one in data["entries"] if len(one["terms"]) > 1]
    terms = dice.choice(entries)["terms"]
    place = dice.randrange(len(terms))
    terms[place] = {"term": terms[place] if isinstance(terms[place], str) else terms[place]["term"], "remove": True}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


EDITS: list[tuple[str, Callable[[str, random.Random], str]]] = [
    ("goal_evidence.yaml", add_term),
    ("measure_words.yaml", drop_term),
    ("units.yaml", drop_term),
]


def test_after_an_edit_of_a_lexicon_the_tables_are_those_of_a_fresh_run(raw: Path, tmp_path: Path) -> None:
    for name in SOME:
        shutil.copy(ROOT / "data" / "raw" / name, raw / name)
    lexicons = tmp_path / "lexicons"
    shutil.copytree(FOLDER, lexicons, ignore=shutil.ignore_patterns("*.py", "*.json", "__pycache__"))
    (raw / "muistio.wps").unlink()
    (raw / "9.txt").unlink()
    poimuri_run(lexicons, raw, tmp_path / "out")
    dice = random.Random(7)
    for name, edit in EDITS:
        path = lexicons / name
        path.write_text(edit(path.read_text(encoding="utf-8"), dice), encoding="utf-8")
        poimuri_run(lexicons, raw, tmp_path / "out")
    poimuri_run(lexicons, raw, tmp_path / "fresh")
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


def test_an_edit_concerns_documents_that_have_a_word_of_it(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write(raw / "5.txt", f"{GOOD}Omaolon zorbeloissa on 3 jonoa.\n")
    run(raw, out)
    for term, n_concerned in {"zorbelo": 1, "kyläkoutsi": 0, "kunta": 6, "hoitoonpääsy": 0, "40 %": 7}.items():
        monkeypatch.setattr("pipeline.batch.plan._edit", lambda folder, term=term: Edit(frozenset({term})))
        monkeypatch.setattr("pipeline.batch.stamps.lexicons", lambda: "others")
        _, plan = status(raw, out)
        assert plan.why == ("the lexicons changed",)
        assert len(plan.tasks) - 1 == n_concerned, term
