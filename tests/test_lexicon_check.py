"""`poimuri lexicon check`: whatever is wrong with a lexicon is told by file, line, column, cause and cure."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from lexicons import LexiconError
from lexicons.form import schema
from lexicons.loader import FOLDER, mistakes, read
from lexicons.mistakes import DOUBTS, WORDINGS, Mistake, wording
from lexicons.source import MOST_BYTES, read_source
from pipeline.cli import app
from pipeline.workbench.check import check

ROOT = Path(__file__).parents[1]

GOOD = """lexicon: koe
kuvaus: kokeilu
description: trial
match: lemma
report: true
entries:
  - id: hoito
    value: 1
    terms: [hoito, {term: pitkä jono, weight: 0.5}]
  - id: jono
    value: 2
    terms:
      - jono
"""


SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(
    ["pipeline.cli", "pipeline.run", "pipeline.language.spacy_pipeline", "pipeline.workbench"]
)
"""Starts processes that have imported all that a command needs, and have read no lexicon yet."""


def poimuri(*args: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, since lexicons are loaded once a process."""
    with tempfile.TemporaryDirectory() as folder:
        told = [Path(folder) / name for name in ("out", "err")]
        process = SERVER.Process(target=_serve, args=([str(one) for one in args], told, environment))
        process.start()
        process.join()
        out, err = (path.read_text(encoding="utf-8") for path in told)
    return subprocess.CompletedProcess([str(one) for one in args], process.exitcode or 0, out, err)


def _serve(arguments: list[str], told: list[Path], environment: dict[str, str]) -> None:
    os.chdir(ROOT)
    os.environ.update({"LC_ALL": "C.UTF-8", **environment})
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 — as long as the process lives
    for number, path in enumerate(told, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", buffering=1, closefd=False) for number in (1, 2))
    app(arguments)


def test_the_shipped_lexicons_are_sound_and_every_term_is_found() -> None:
    checked = check()
    assert [mistake.told() for mistake in checked.mistakes] == []
    assert checked.n_lexicons == len(list(FOLDER.glob("*.yaml")))
    assert checked.n_terms > 5000


def test_every_shipped_lexicon_has_a_sentence_in_which_nothing_is_found() -> None:
    for path in FOLDER.glob("*.yaml"):
        assert read(path).counterexamples, path.name


# The form of the file

FORM = [
    (GOOD.replace("0.5", "0,5"), "9:49", "the number 0,5 has a comma; write 0.5"),
    (GOOD.replace("{term: pitkä jono, weight: 0.5}", '{term: x, weight: "0,5"}'), "9:38", "the number 0,5 has a comma"),
    (
        GOOD.replace("term: pitkä", "term:pitkä"),
        "9:21",
        "no space behind the colon in 'term:pitkä jono'; write 'term: ",
    ),
    (GOOD.replace("id: jono", "id:jono"), "10:5", "no space behind the colon in 'id:jono'; write 'id: jono'"),
    (GOOD.replace("      - jono", "      - term:jono"), "13:9", "no space behind the colon in 'term:jono'"),
    (GOOD.replace("    value: 2", "\tvalue: 2"), "11:1", "the line has a tab"),
    (GOOD.replace("      - jono", '      - "jo\tno"'), "13:12", "the line has a tab"),
    (GOOD.replace("weight: 0.5", "weight: 40"), "9:47", "weight 40 is out of range; give a number from -1 to 1"),
    (GOOD.replace("weight", "wieght"), "9:39", "unknown key 'wieght'; known are term, weight"),
    (GOOD.replace("weight", "wieght"), "9:39", "did you mean weight?"),
    (GOOD.replace("value: 2", "value: 2\n    value: 3"), "12:5", "the key value stands twice; remove one"),
    (GOOD + "---\nx: 1\n", "14:1", "a line --- begins a second document"),
    (GOOD.replace("terms: [hoito, {", "terms: [hoito, , {"), "9:20", "not valid YAML"),
    (
        GOOD.replace("terms: [hoito,", "terms: [@hoito,"),
        "9:13",
        "the mark @ cannot begin a value; put the word in quotes",
    ),
    (GOOD.replace("terms: [hoito", 'terms: ["hoito'), "", "not valid YAML"),
    (GOOD.replace("kokeilu", "koe: ilu"), "2:12", "a colon inside a value; put the word in quotes"),
    (GOOD.replace("kokeilu", "ko\x01e"), "2:11", "an invisible control character (U+0001)"),
    ("", "1:1", "the file holds no lexicon; it begins with lexicon:, kuvaus:"),
    ("- hoito\n- jono\n", "1:1", "the file holds no lexicon"),
    (
        GOOD.replace("      - jono", "      - " + "a" * 10_000),
        "13:9",
        "is 10000 characters long; a word or phrase has up to",
    ),
]


@pytest.mark.parametrize(("text", "place", "said"), FORM)
def test_a_mistake_of_form_is_told_at_its_place(text: str, place: str, said: str, tmp_path: Path) -> None:
    told = _mistakes(tmp_path, text)
    assert any(said in one.said() for one in told), [one.told() for one in told]
    assert any(f"{one.line}:{one.column}".startswith(place) for one in told if said in one.said())
    assert len(told) == 1


def test_all_mistakes_of_a_file_are_told_at_once_in_its_order(tmp_path: Path) -> None:
    text = GOOD.replace("0.5", "40").replace("match: lemma", "match: lema").replace("      - jono", "      - 112")
    assert [one.line for one in _mistakes(tmp_path, text)] == [4, 9, 13]


def _mistakes(folder: Path, text: str | bytes) -> tuple[Mistake, ...]:
    path = folder / "koe.yaml"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    with pytest.raises(LexiconError) as error:
        read(path)
    return error.value.mistakes


@pytest.mark.parametrize(
    ("data", "guess"),
    [(GOOD.encode("latin-1"), "Windows-1252"), (GOOD.encode("utf-16"), "UTF-16")],
)
def test_another_encoding_is_told_with_the_place_of_its_first_byte(data: bytes, guess: str, tmp_path: Path) -> None:
    (told,) = _mistakes(tmp_path, data)
    assert (told.code, f"probably {guess}" in told.said()) == ("not_utf8", True)
    assert (told.line, told.column) == ((9, 31) if guess == "Windows-1252" else (1, 1))


def test_a_mark_of_byte_order_and_line_ends_of_windows_are_no_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_bytes(GOOD.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read(path).entries[1].terms[0].text == "jono"


HOSTILE = [
    ("lexicon: !!python/object/apply:os.system [ls]\n", "would make an object of the program"),
    ("lexicon: !oma koe\n", "the tag !oma would make an object"),
    ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "& and * refer to another place"),
    ("lexicon: &a [*a]\n", "& and * refer to another place"),
    ("lexicon: *a\n", "& and * refer to another place"),
    ("<<: {lexicon: koe}\n", "a key is no word"),
    ("? [a]\n: b\n", "a key is no word"),
    ("[" * 5000, "not valid YAML"),
    ("- " * 3000 + "x", "values are nested more than 12 deep"),
    ("a: " + "9" * 5000, "values are nested more than 12 deep"),
    (GOOD + "".join(f"      - sana{number}\n" for number in range(100_001)), "more than 100000 values"),
]


@pytest.mark.parametrize(("text", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_one_clear_message(text: str, said: str, tmp_path: Path) -> None:
    (told,) = _mistakes(tmp_path, text)
    assert said in told.said()


def test_a_file_of_any_size_is_not_read(tmp_path: Path) -> None:
    (told,) = _mistakes(tmp_path, b" " * (MOST_BYTES + 1))
    assert told.code == "too_big"


def test_no_damage_is_a_traceback(tmp_path: Path) -> None:
    """Letters lost, doubled and changed, lines swapped: a file is read or told, in both languages."""
    chance = random.Random(17)
    path = tmp_path / "koe.yaml"
    for _ in range(400):
        letters = list(GOOD)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(letters))
            letters[place] = chance.choice(["", letters[place] * 2, *"[]{}:,-#&*!|>'\"%@`?\t \n19"])
        path.write_text("".join(letters), encoding="utf-8")
        try:
            read(path)
        except LexiconError as error:
            assert all(one.told("fi") and one.told("en") for one in error.mistakes)


@pytest.mark.parametrize("value", ["null", "true", "1", "[a]", "{a: 1}", "2020-01-01", "''"])
def test_a_value_of_any_kind_in_any_place_is_told(value: str, tmp_path: Path) -> None:
    data = yaml.safe_load(GOOD)
    wrong = yaml.safe_load(value)
    for text in _with(data, wrong):
        (tmp_path / "koe.yaml").write_text(text, encoding="utf-8")
        try:
            read(tmp_path / "koe.yaml")
        except LexiconError as error:
            assert all(one.told("fi") and one.told("en") for one in error.mistakes)


def _with(data: object, wrong: object, whole: Callable[[object], object] = lambda value: value) -> list[str]:
    """A lexicon's values with a wrong one in each place in turn."""
    texts = [yaml.safe_dump(whole(wrong), allow_unicode=True)]
    if isinstance(data, dict):
        for key in data:
            texts += _with(data[key], wrong, lambda value, key=key: whole({**data, key: value}))  # type: ignore[misc]
    elif isinstance(data, list):
        for index, one in enumerate(data):
            put = [*data[:index], None, *data[index + 1 :]]
            texts += _with(
                one,
                wrong,
                lambda value, put=put, index=index: whole(
                    [value if at == index else old for at, old in enumerate(put)]
                ),  # type: ignore[misc]
            )
    return texts


# Terms

TERMS = [
    ("- jono\n      - ' '", "14:9", "the term ' ' is nothing but space"),
    ("- jono\n      - '  pitkä  jono '", "14:9", "a space too many; write 'pitkä jono'"),
    ("- jono\n      - pitkä\N{NO-BREAK SPACE}jono", "14:9", "an invisible character (U+00A0); write 'pitkä jono'"),
    ("- jono\n      - jo\N{SOFT HYPHEN}nottaa", "14:9", "an invisible character (U+00AD); write 'jonottaa'"),
    ("- ”jono”", "13:9", "curly quotes are part of the word for YAML; write 'jono'"),
    ("- jono\n      - jonottaa\n      - jono", "15:9", "the term 'jono' stands twice in this entry (also in line 13)"),
    ("- hoito", "13:9", "the term 'hoito' is also in entry hoito (line 9), which means something else"),
]


@pytest.mark.parametrize(("terms", "place", "said"), TERMS)
def test_a_mistake_in_a_term_is_told_at_its_place(terms: str, place: str, said: str, tmp_path: Path) -> None:
    (told,) = _mistakes(tmp_path, GOOD.replace("- jono\n", f"{terms}\n"))
    assert said in told.said()
    assert f"{told.line}:{told.column}" == place


def test_the_same_term_may_stand_in_groups_that_share_theirs_and_where_it_means_the_same(tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    double = GOOD.replace("- jono\n", "- hoito\n")
    path.write_text(double.replace("value: 2", "value: 1"), encoding="utf-8")
    assert read(path).entries[1].terms[0].text == "hoito"
    grouped = double.replace("value:", "group: yhdessä\n    value:").replace("report: true", "shared: [yhdessä]")
    path.write_text(grouped, encoding="utf-8")
    assert read(path).entries[1].terms[0].text == "hoito"


def test_a_sixth_benefit_goal_is_refused_in_both_lexicons_of_goals(tmp_path: Path) -> None:
    for name in ("goal_evidence", "goal_headings"):
        text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").replace("value: 5", "value: 6", 1)
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(LexiconError, match="value 6 is not known here; known are 1, 2, 3, 4, 5"):
            read(path)


def test_what_a_grammar_reads_word_by_word_takes_no_rule_of_phrases(tmp_path: Path) -> None:
    text = (FOLDER / "changes.yaml").read_text(encoding="utf-8").replace(" lisäys,", " {term: lisäys, gap: 2},", 1)
    path = tmp_path / "changes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match="gap means nothing in this lexicon; remove it"):
        read(path)


# The command

WORDS = """lexicon: koe
kuvaus: kokeilu
description: trial
match: lemma
report: true
counterexample: Laatu on tärkeä.
entries:
  - id: koe
    terms:
      - terveyskeskuksissa
      - terveyskesus
      - ja
      - {term: laatu, example: Jono oli pitkä., counterexample: Laatua on.}
      - {term: eksva, example: Eksvan alueella kokeiltiin.}
      - {term: jono, not: [jonotusaika], counterexample: Jonotusaika piteni.}
"""

WORDS_TOLD = [
    ("10:9", "inflected", "write 'terveyskeskus', which finds all its forms, or '=terveyskeskuksissa'"),
    ("11:9", "misspelt", "Voikko's dictionary lacks 'terveyskesus'; the nearest is 'terveyskeskus'"),
    ("12:9", "common_word", "'ja' is so common that every sentence has it"),
    ("13:9", "example_fails", "'laatu' is not found in its example 'Jono oli pitkä.'"),
    ("13:9", "counterexample_hits", "'laatu' is found where it must not be, in 'Laatua on.'"),
    ("6:17", "lexicon_hits", "'laatu' is found in 'Laatu on tärkeä.', where the lexicon must find nothing"),
]


def test_the_command_tells_mistakes_of_words_and_examples(tmp_path: Path) -> None:
    (tmp_path / "koe.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "toinen.yml").write_text(WORDS, encoding="utf-8")
    done = poimuri("lexicon", "check", tmp_path, "--json")
    assert (done.returncode, done.stderr) == (4, "")
    *told, counts = map(json.loads, done.stdout.splitlines())
    found = [(f"{one['line']}:{one['column']}", one["code"]) for one in told if one["file"] == "koe.yaml"]
    assert sorted(found) == sorted((place, code) for place, code, _ in WORDS_TOLD)
    for _, code, said in WORDS_TOLD:
        assert any(said in one["message"] for one in told if one["code"] == code)
    assert "call it toinen.yaml" in told[-1]["message"]
    assert counts == {"n_lexicons": 1, "n_terms": 6, "errors": 1, "doubts": 6}


def test_the_command_speaks_the_language_of_the_locale_or_the_one_asked_for(tmp_path: Path) -> None:
    (tmp_path / "koe.yaml").write_text(GOOD.replace("0.5", "0,5"), encoding="utf-8")
    finnish = "koe.yaml, rivi 9, sarake 49: kohta hoito: luvussa on pilkku: 0,5; kirjoita 0.5"
    assert poimuri("lexicon", "check", tmp_path, LC_ALL="fi_FI.UTF-8").stdout.splitlines()[0] == finnish
    assert poimuri("lexicon", "check", tmp_path, "--lang", "fi").stdout.splitlines()[0] == finnish
    assert "the number 0,5 has a comma" in poimuri("lexicon", "check", tmp_path).stdout


def test_no_run_starts_with_a_broken_lexicon(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("Jonot lyhenivät.\n", encoding="utf-8")
    (tmp_path / "omat").mkdir()
    (tmp_path / "omat" / "koe.yaml").write_text(GOOD.replace("      - jono", "      - term:jono"), encoding="utf-8")
    done = poimuri("run", tmp_path / "raw", tmp_path / "out", "--lexicons", tmp_path / "omat")
    said = (
        "koe.yaml, line 13, column 9: entry jono: there is no space behind the colon in 'term:jono'; write 'term: jono'"
    )
    assert (done.returncode, done.stderr) == (2, f"poimuri: {said}\n")
    assert not (tmp_path / "out" / "current").exists()


# The wordings


def test_every_mistake_has_both_languages_and_every_doubt_is_one() -> None:
    import tomllib

    wordings = tomllib.loads(WORDINGS.read_text(encoding="utf-8"))
    assert wordings.keys() >= DOUBTS
    for code, said in wordings.items():
        assert said.keys() == {"fi", "en"}, code
        names = [
            {part.split("!")[0] for _, part, _, _ in __import__("string").Formatter().parse(said[lang]) if part}
            for lang in ("fi", "en")
        ]
        assert names[0] - {"problem"} == names[1] - {"problem"}, code
    assert wording("too_deep", "fi") != wording("too_deep", "en")


def test_the_schema_describes_every_key_of_a_term() -> None:
    keys = schema()["$defs"]["term"]["properties"]
    assert {key for key, about in keys.items() if "description" not in about} <= {"term", "weight", "value", "note"}


def test_places_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    path.write_text(GOOD, encoding="utf-8")
    source = read_source(path)
    assert source.place(["entries", 0, "terms", 1, "weight"]) == (9, 47)
    assert source.place(["entries", 0, "terms", 1], "weight") == (9, 39)
    assert source.place(["entries", 7, "terms"]) == (7, 3)


# A tree of topics

TREES = [
    ("parent: ylin", "parent: ylim", "no_parent", "parent ylim is no entry of this lexicon", "did you mean ylin?"),
    ("id: ylin", "id: ylin, parent: ala", "parent_circle", "in a circle: ylin → ala → ylin", "take parent away"),
    ("id: ylin", "id: ylin, parent: ylin", "parent_circle", "in a circle: ylin → ylin", "take parent away"),
    ("parent: ala", "parent: muu", "third_level", "muu stands below ylin itself", "write parent: ylin"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "cause", "cure"), TREES)
def test_a_broken_tree_is_told(right: str, wrong: str, code: str, cause: str, cure: str, tmp_path: Path) -> None:
    path = tmp_path / "koe.yaml"
    text = (
        "lexicon: koe\nkuvaus: a\ndescription: b\nmatch: lemma\ntopics: true\nentries:\n"
        "  - {id: ylin, terms: [palvelu]}\n  - {id: ala, parent: ylin, terms: [etäpalvelu]}\n"
        "  - {id: muu, parent: ylin, terms: [lähipalvelu]}\n"
    )
    third = "  - {id: alin, parent: ala, terms: [lähiapu]}\n" if code == "third_level" else ""
    path.write_text((text + third).replace(right, wrong, 1), encoding="utf-8")
    found = mistakes(read_source(path))
    assert [one.code for one in found if one.code == code][:1] == [code]
    told = next(one.told() for one in found if one.code == code)
    assert re.match(r"koe\.yaml, line \d+, column \d+: entry ", told) and cause in told and cure in told
