"""`poimuri lexicon coverage`, `suggest` and `diff`: what the lexicons do over a whole corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lexicons import UserError
from pipeline.workbench.corpus import corpus
from pipeline.workbench.coverage import Place, coverage
from pipeline.workbench.suggest import suggest
from tests.test_lexicon_check import poimuri

TEXTS = {
    "a.txt": "Tulokset\n\nKainuun jonot lyhenivät. Uusia etä vastaanottoja avattiin, ja ruokajonoja oli.\n",
    "b.txt": "Tulokset\n\nJonoja purettiin Kainuussa. Etävastaanotot toimivat hyvin. Jonni pulkkasi.\n",
    "c.txt": "Tulokset\n\nEksvan alueella pulkattiin. Nopeat etävastaanotot ja etävastaanottomallit.\n",
}

RARE = "kelirikko"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = tmp_path_factory.mktemp("raw")
    for name, text in TEXTS.items():
        (raw / name).write_text(f"{text}{RARE.capitalize()} alkoi.\n", encoding="utf-8")
    folder = tmp_path_factory.mktemp("out")
    done = poimuri("run", raw, folder, "-q")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_terms_are_counted_by_hit_document_and_section(out: Path) -> None:
    found = coverage(corpus(out))
    use = found.uses[Place("regions", "kainuu", "kainuu")]
    assert (use.hits, len(use.documents), len(use.sections)) == (2, 2, 2)
    use = found.uses[Place("goal_evidence", "goal_1_contact", "etävastaanotto")]
    assert (use.hits, len(use.documents)) == (4, 3)
    assert Place("regions", "lappi", "lappi") in found.unused("regions")
    assert found.n_documents == 3


def test_words_that_no_lexicon_has_are_told_with_a_sentence(out: Path) -> None:
    lacks = {one.lemma: one for one in coverage(corpus(out)).lacks}
    assert (lacks[RARE].count, lacks[RARE].documents) == (3, 3)
    assert lacks[RARE].sentence == f"{RARE.capitalize()} alkoi."
    assert lacks[RARE].keyness > 20
    assert "jono" not in lacks and "jonni" not in lacks


def test_a_word_has_its_forms_compounds_spellings_and_neighbours(out: Path) -> None:
    found = suggest(corpus(out), "etävastaanotto")
    assert dict(found.forms) == {"etävastaanotot": 2}
    assert dict(found.compounds) == {"etävastaanottomalli": 1}
    assert dict(found.spellings) == {"etä vastaanotto": 1}
    assert dict(found.neighbours) == {"nopea etävastaanotto": 1}
    assert suggest(corpus(out), "hammaslääkäri").forms == ()


def test_the_commands_print_and_give_json(out: Path) -> None:
    done = poimuri("lexicon", "coverage", out, "--lexicon", "regions", "--lang", "fi")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 asiakirjaa" in done.stdout and "  kainuu (kainuu)" in done.stdout and "ei kertaakaan: " in done.stdout
    lines = list(map(json.loads, poimuri("lexicon", "coverage", out, "--json").stdout.splitlines()))
    assert {
        "lexicon": "regions",
        "entry": "kainuu",
        "term": "kainuu",
        "hits": 2,
        "documents": 2,
        "sections": 2,
    } in lines
    done = poimuri("lexicon", "suggest", "etävastaanotto", out)
    assert "to paste:\n      - etävastaanotto\n      - etävastaanottomalli\n" in done.stdout
    assert "the corpus has no 'hammaslääkäri'" in poimuri("lexicon", "suggest", "hammaslääkäri", out).stdout


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("omat")
    (folder / "regions.yaml").write_text(
        "lexicon: regions\nentries:\n  - {id: etela_karjala, terms: [eksva]}\n"
        "  - {id: kainuu, terms: [{term: kainuu, remove: true}]}\n",
        encoding="utf-8",
    )
    return folder


def test_the_changes_of_other_lexicons_are_those_that_a_run_would_make(out: Path, own: Path, tmp_path: Path) -> None:
    page = tmp_path / "muutokset.html"
    done = poimuri("lexicon", "diff", out, "--lexicons", own, "--json", "--html", page)
    assert (done.returncode, done.stderr) == (0, "")
    told: list[dict[str, Any]] = list(map(json.loads, done.stdout.splitlines()))
    hits = {(one["source_path"], one["change"], one["says"]) for one in told if one["table"] == "lexicon_hits"}
    assert hits == {
        ("a.txt", "lost", "regions · kainuu:kainuu"),
        ("b.txt", "lost", "regions · kainuu:kainuu"),
        ("c.txt", "gained", "regions · etela_karjala:eksva"),
    }
    assert {one["sentence"] for one in told if one["source_path"] == "c.txt" and one["table"] == "lexicon_hits"} == {
        "Eksvan alueella pulkattiin."
    }
    assert "<td>Eksvan alueella pulkattiin.</td>" in page.read_text(encoding="utf-8")
    assert_a_run_gives_the_same(told, out, own, tmp_path)


def assert_a_run_gives_the_same(told: list[dict[str, Any]], out: Path, own: Path, folder: Path) -> None:
    """Make the tables with the other lexicons too: the changes between the two are those that were told."""
    raw = folder / "raw"
    raw.mkdir()
    for name, text in TEXTS.items():
        (raw / name).write_text(f"{text}{RARE.capitalize()} alkoi.\n", encoding="utf-8")
    poimuri("run", raw, folder / "other", "-q", "--lexicons", own)
    lines = poimuri("diff", out, folder / "other", "--json").stdout.splitlines()
    made = sorted((one["table"], one["source_path"], one["change"], one["says"]) for one in map(json.loads, lines))
    assert made == sorted((one["table"], one["source_path"], one["change"], one["says"]) for one in told)


def test_the_same_lexicons_change_nothing_and_no_document_is_looked_at(out: Path) -> None:
    done = poimuri("lexicon", "diff", out)
    assert done.stdout == "nothing changes\n0 of 3 documents have words of what was edited\n"


def test_a_folder_without_a_run_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has no run yet; give the folder of tables"):
        corpus(tmp_path)
    done = poimuri("lexicon", "coverage", tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
