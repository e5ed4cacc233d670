"""Lexicons: every file fits the schema, and a maintainer's mistake is told by file, line and cure."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.document import AnalysedDocument
from extractors.grammar.lexer import lexemes
from extractors.outline.labels import exact_label
from lexicons import Entry, Lexicon, LexiconError, Term, TermMatcher, available, check_lexicons, load, loader, needs
from lexicons.loader import FOLDER, read
from lexicons.needs import declared
from lexicons.source import read_source
from pipeline.language.lexicon_forms import inflected, told
from pipeline.process import prepare
from tests.test_doctests import _tokens

ROOT = Path(__file__).parents[1]

GOOD = """lexicon: koe
kuvaus: kokeilu
description: trial
match: lemma
entries:
  - {id: hoito, value: 1, terms: [hoito, {term: pitkä jono, weight: 0.5}]}
  - id: jono
    terms: [jono]
"""


@pytest.mark.parametrize("name", available())
def test_every_lexicon_loads_and_is_described_in_both_languages(name: str) -> None:
    lexicon = load(name)
    assert lexicon.name == name
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert "\nkuvaus:" in text and "\ndescription:" in text
    assert all(term.text == term.text.strip() for entry in lexicon.entries for term in entry.terms)


# A maintainer's mistakes

MISTAKES = [
    ("weight: 0.5", "weight: 5", "6: entry hoito: weight 5 is out of range; give a number from -1 to 1"),
    ("match: lemma", "match: lema", "4: match 'lema' is not known here; known are lemma, text; did you mean lemma?"),
    ("id: jono", "id: jono\n    paino: 1", "8: entry jono: unknown key 'paino'; known are id, name, value, group, "),
    ("id: jono", "id: jono\n    trems: [x]", "did you mean terms?"),
    (
        "id: hoito, value",
        "id: Hoito, value",
        "6: entry Hoito: id 'Hoito' is not allowed; use small letters a–z, digits and _ only",
    ),
    ("    terms: [jono]", "    note: ei sanoja", "7: entry jono: terms is missing; add it"),
    ("terms: [jono]", "terms: [jono, on]", "8: entry jono: term True is not a word; YAML reads yes, no, on, off, "),
    ("terms: [jono]", "terms: [112]", "8: entry jono: term 112 is not a word; put it in quotes"),
    ("terms: [jono]", "terms: jono", "8: entry jono: terms 'jono' is not a list; write it as the entries beside it"),
    ("terms: [jono]", "terms: []", "8: entry jono: terms is empty; write at least one word there"),
    ("terms: [jono]", "terms:", "8: entry jono: terms is empty; write at least one word there"),
    ("lexicon: koe", "lexicon: muu", "1: lexicon is 'muu' and the file koe.yaml; write 'lexicon: koe'"),
    ("id: jono", "id: hoito", "7: id hoito stands twice; give this entry an id of its own, or put its terms in the"),
    ("[hoito, ", "[hoito, , ", "6: not valid YAML: "),
    ("[jono]", "[jono", "look there and in the line above for a bracket, brace, comma or quote"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_names_file_line_and_cure(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(GOOD.replace(right, wrong), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^koe\.yaml, line \d+, column \d+: ") as error:
        read(path)
    assert said in re.sub(", column [0-9]+", "", str(error.value)).removeprefix("koe.yaml, line ")


def test_an_unknown_lexicon_lists_those_there_are() -> None:
    with pytest.raises(
        LexiconError, match=r"^nope\.yaml, line 1, column 1: no such lexicon; there are abbreviations, "
    ):
        load("nope")


def test_a_group_that_no_code_knows_is_refused_with_those_there_are(tmp_path: Path) -> None:
    text = (FOLDER / "changes.yaml").read_text(encoding="utf-8")
    path = tmp_path / "changes.yaml"
    path.write_text(text.replace("group: comparison", "group: comparisn"), encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        read(path)
    known = "known are change, comparative, comparison, since; did you mean comparison?"
    assert (
        str(error.value)
        == f"changes.yaml, line 16, column 27: entry vertailu: group 'comparisn' is not known here; {known}"
    )


def test_an_entry_without_its_group_and_a_group_without_meaning_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "changes.yaml"
    text = (FOLDER / "changes.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("group: comparison, ", ""), encoding="utf-8")
    with pytest.raises(
        LexiconError, match="entry vertailu: group is missing; add it: one of change, comparative, comparison, since"
    ):
        read(path)
    path = tmp_path / "region_words.yaml"
    text = (FOLDER / "region_words.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("id: county,", "id: county, group: area,"), encoding="utf-8")
    with pytest.raises(
        LexiconError, match="line 9, column 25: entry county: group means nothing in this lexicon; remove it"
    ):
        read(path)


# What code needs

prepare()
NEEDED = [
    *((need.lexicon, "id", entry) for need in declared() for entry in need.entries),
    *((need.lexicon, "group", group) for need in declared() for group in need.groups),
]


@pytest.mark.parametrize(("lexicon", "key", "value"), sorted(set(NEEDED)))
def test_what_code_needs_and_a_lexicon_lacks_is_told(lexicon: str, key: str, value: str, tmp_path: Path) -> None:
    path = tmp_path / f"{lexicon}.yaml"
    path.write_text(_without((FOLDER / path.name).read_text(encoding="utf-8"), key, value), encoding="utf-8")
    missing = f"entry {value} is missing" if key == "id" else f"no entry has group {value}"
    cure = rf"add it below: - {{id: {value}," if key == "id" else rf"give one its words: - {{id: ..., group: {value},"
    with pytest.raises(LexiconError, match=rf"^{lexicon}\.yaml, line \d+, column \d+: ") as error:
        read(path)
    assert (missing in str(error.value) and cure in str(error.value)) or "entries is empty" in str(error.value)


def _without(text: str, key: str, value: str) -> str:
    """A lexicon's text without the entries of an id or a group."""
    lines = text.splitlines(keepends=True)
    root: Any = yaml.compose(text)
    entries = next(node for name, node in root.value if name.value == "entries").value
    starts = [node.start_mark.line for node in entries] + [len(lines)]
    for index in range(len(entries) - 1, -1, -1):
        if any(name.value == key and node.value == value for name, node in entries[index].value):
            del lines[starts[index] : starts[index + 1]]
    return "".join(lines)


def test_needs_are_checked_before_a_run(folder: Path) -> None:
    path = folder / "tense_words.yaml"
    path.write_text(_without(path.read_text(encoding="utf-8"), "id", "until"), encoding="utf-8")
    with pytest.raises(
        LexiconError, match=r"^tense_words\.yaml, line 12, column 3: entry until is missing, and the program"
    ):
        check_lexicons()


def test_a_need_declared_after_loading_is_checked_when_it_is_asked_for() -> None:
    load("changes")
    late = needs("changes", "never_there")
    with pytest.raises(LexiconError, match=r"^changes\.yaml, line \d+, column \d+: entry never_there is missing"):
        _ = late.entries
    _forget(late)


def test_a_lexicon_that_code_needs_and_that_is_gone_is_told(folder: Path) -> None:
    (folder / "units.yaml").unlink()
    with pytest.raises(LexiconError, match=r"^units\.yaml, line 1, column 1: no such lexicon"):
        check_lexicons()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the lexicons' folder, in use for the time of a test."""
    copy = tmp_path / "lexicons"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(loader, "FOLDER", copy)
    load.cache_clear()
    yield copy
    load.cache_clear()


def _forget(late: Any) -> None:
    from lexicons.needs import _NEEDS

    del _NEEDS[late.need]


def test_all_that_declare_needs_are_imported_before_a_run() -> None:
    declaring = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for package in ("extractors", "pipeline")
        for path in (ROOT / package).rglob("*.py")
        if any(_calls_needs(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    }
    code = "import sys; from pipeline.process import prepare; prepare(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {name for name in declaring - set(done.stdout.split()) if not name.startswith("pipeline.bench")} == set()


def _calls_needs(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "needs"


def test_the_schema_knows_each_lexicon_and_what_code_reads_of_it() -> None:
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    lexicons = [clause["if"]["properties"]["lexicon"] for clause in schema["allOf"] if "if" in clause]
    clauses = {lexicon["const"] for lexicon in lexicons if "const" in lexicon}
    assert clauses == set(available()) <= set(schema["$defs"])
    for name in available():
        allowed = schema["$defs"][name]["properties"]
        groups = allowed["group"].get("enum", [])
        read_groups = {group for need in declared(name) for group in need.groups}
        read_ids = {entry for need in declared(name) for entry in need.entries}
        assert read_groups <= set(groups), name
        assert read_ids <= set(allowed["id"]["enum"] if "id" in allowed else read_ids), name
        assert {entry.group for entry in load(name).entries} - {None} <= set(groups), name


# Base forms and fixed forms


@pytest.mark.parametrize("name", available())
def test_terms_of_lemma_lexicons_are_base_forms(name: str) -> None:
    assert [found.word for found in inflected(load(name))] == []


INFLECTED = [
    ("terveyskeskuksissa", "terveyskeskus"),
    ("etävastaanottojen", "etävastaanotto"),
    ("matalan kynnys", "matala"),
    ("otetaan", "ottaa"),
    ("terveydenhuollon palvelu", "terveydenhuolto"),
]


@pytest.mark.parametrize(("term", "base"), INFLECTED)
def test_an_inflected_form_is_refused_with_the_base_form(term: str, base: str, tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(GOOD.replace("terms: [jono]", f"terms: [jono, {term}]"), encoding="utf-8")
    found = list(inflected(read(path)))
    assert [one.base for one in found] == [base]
    word = found[0].word
    assert told(read_source(path), found[0]).said() == (
        f"entry jono: {word!r} is an inflected form; write {base!r}, which finds all its forms, "
        f"or '={word}' where this very form is meant"
    )


AS_WRITTEN = [
    "jono",
    "=käynnissä",
    "lisäksi",
    "Kymsote",
    "sote-keskus",
    "n:o",
    "sosiaali- ja terveyspalvelu",
    "nopeasti",
]


@pytest.mark.parametrize("term", AS_WRITTEN)
def test_base_forms_fixed_forms_and_unknown_words_are_taken(term: str, tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(GOOD.replace("terms: [jono]", f"terms: [{term}]"), encoding="utf-8")
    assert list(inflected(read(path))) == []


def test_terms_are_found_in_inflection_in_compounds_and_the_longest_wins(
    analyse: Callable[[str], AnalysedDocument],
) -> None:
    entry = Entry("jono", (Term("jono"), Term("pitkä jono", 0.5), Term("etävastaanotto")))
    tokens = analyse("Pitkiin jonoihin vastataan etävastaanottomallilla ja hoitojonolla.").tokens
    hits = TermMatcher(Lexicon("koe", "lemma", False, True, (entry,))).find(tokens)
    assert [hit.term.text for hit in hits] == ["pitkä jono", "etävastaanotto", "jono"]
    whole_words = TermMatcher(Lexicon("koe", "lemma", False, False, (entry,))).find(tokens)
    assert [hit.term.text for hit in whole_words] == ["pitkä jono"]


def test_a_fixed_form_is_found_in_that_form_only(tmp_path: Path, analyse: Callable[[str], AnalysedDocument]) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(GOOD.replace("terms: [jono]", "terms: [=päästä, =hoitoon pääsy]"), encoding="utf-8")
    lexicon = read(path)
    assert [term.text for term in lexicon.entries[1].terms] == ["päästä", "hoitoon pääsy"]
    tokens = analyse("Viikon päästä päässeet kokosivat hoitoon pääsyä; Päästä asti hoidon pääsy.").tokens
    found = [hit.term.text for hit in TermMatcher(lexicon).find(tokens) if hit.entry.id == "jono"]
    assert found == ["päästä", "hoitoon pääsy", "päästä"]


def test_what_is_kept_of_texts_is_bounded() -> None:
    assert exact_label.cache_parameters()["maxsize"] is not None


# The guide


def test_the_guide_lists_every_lexicon_and_no_other() -> None:
    guide = (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8")
    finnish, english = guide.split("## In English")
    for part in (finnish, english):
        rows = re.findall(r"^\| `([a-z_]+)\.yaml` \|", part, re.MULTILINE)
        assert sorted(rows) == list(available())


DEAD = {
    "%": "the sign itself, a kind of lexeme of its own",
    "%-yks": "the beginning of a word, which the reader of the percent sign joins",
    "%-piste": "the beginning of a word, which the reader of the percent sign joins",
}
"""Terms of `units` that are no word by themselves."""


@pytest.mark.parametrize(
    ("term", "entry"),
    [
        (term.text, entry.id)
        for entry in load("units").entries
        for term in entry.terms
        if entry.group not in ("comparator", "comparator_behind", "index_name") and term.text not in DEAD
    ],
)
def test_every_unit_is_found_behind_a_number(term: str, entry: str) -> None:
    """A term that no tokeniser, lexer or rule lets through is dead."""
    items = lexemes(_tokens(f"Niitä on 5 {term} tänään."))
    units = [item.sense.unit for item in items if item.sense.unit is not None]
    assert entry in {unit.id for unit in units}
