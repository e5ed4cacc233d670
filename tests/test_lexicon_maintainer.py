"""A maintainer's day: terms, an organisation, a heading, a state; and twelve typical mistakes, none of which passes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest

from lexicons.loader import FOLDER
from tests.test_lexicon_check import ROOT, poimuri

REPORT = """Koealue: tulevaisuuden sote-keskus

Kehittämistoimenpiteet

Digisairaalan ja digi-aulan käyttö laajeni Eksvan alueella. Etä- ja lähisovittelua kokeiltiin.
Hyvinvointitarjotin, palvelutarjotin ja kotikuntoutusta antava kuntohoitaja ovat uusia.

Ruuhkattomuus ja sujuvuus

Asiakkaat pääsevät ajoissa.
"""

WORK = [
    ("goal_evidence.yaml", ["digisairaala", "digiaula"], ["--entry", "goal_1_contact", "--weight", "0.4"]),
    ("goal_evidence.yaml", ["etäsovittelu"], ["--entry", "goal_1_contact", "--weight", "0.3"]),
    ("goal_evidence.yaml", ["palvelutarjotin"], ["--entry", "goal_2_wellbeing", "--weight", "0.3"]),
    ("goal_evidence.yaml", ["kuntohoitaja"], ["--entry", "goal_2_wellbeing", "--weight", "0.2"]),
    ("regions.yaml", ["eksva"], ["--entry", "etela_karjala", "--weight", "0.9", "--note", "Lyhenne alueen sivuilta"]),
    ("goal_headings.yaml", ["ruuhkattomuus"], ["--entry", "goal_1", "--weight", "0.6"]),
    ("statuses.yaml", ["saattaa =maaliin"], ["--entry", "finishes"]),
]
"""Five terms, an organisation, a word of a heading, a state's phrase: file, terms, options."""


def test_a_maintainer_adds_words_and_sees_them_in_the_tables(tmp_path: Path) -> None:
    own, raw = tmp_path / "omat", tmp_path / "raw"
    own.mkdir()
    raw.mkdir()
    (raw / "koealue_kokonaisuus.txt").write_text(REPORT, encoding="utf-8")
    assert poimuri("run", raw, tmp_path / "out", "-q").returncode == 0
    for name, terms, options in WORK:
        done = poimuri("lexicon", "add", own / name, *terms, *options)
        assert (done.returncode, done.stderr) == (0, ""), (name, terms)
    assert poimuri("lexicon", "check", own).stdout == "4 lexicons, 8 terms: all is well\n"
    lines = poimuri("lexicon", "diff", tmp_path / "out", "--lexicons", own, "--json").stdout.splitlines()
    gained = {one["says"].rpartition(":")[2] for one in map(json.loads, lines) if one["table"] == "lexicon_hits"}
    expected = {"digisairaala", "digiaula", "etäsovittelu", "palvelutarjotin", "kuntohoitaja", "eksva"}
    assert gained == expected
    assert poimuri("run", raw, tmp_path / "out", "-q", "--lexicons", own).returncode == 0
    hits = pq.read_table(tmp_path / "out" / "current" / "lexicon_hits").to_pylist()
    assert {hit["term_id"].partition(":")[2] for hit in hits} >= expected


class Slip(NamedTuple):
    """A typical mistake: the file, what stands there and what was written; where and what must be told."""

    file: str
    right: str
    wrong: str
    cause: str
    cure: str


SLIPS = {
    "a blank term": Slip("regions", "terms: [kainuu, ", "terms: [kainuu, ' ', ", "nothing but space", "write a word"),
    "an unknown key": Slip("regions", "name: Kainuu", "nimi: Kainuu", "unknown key 'nimi'", "known are id, name"),
    "a weight of 40": Slip("regions", "kajaani, weight: 0.3", "kajaani, weight: 40", "out of range", "from -1 to 1"),
    "a decimal comma": Slip("regions", "kajaani, weight: 0.3", "kajaani, weight: 0,3", "has a comma", "write 0.3"),
    "no space": Slip("regions", "{term: kajaani", "{term:kajaani", "no space behind the colon", "'term: kajaani'"),
    "an inflected form": Slip("regions", "[kainuu, ", "[kainuu, kunnassa, ", "inflected form", "write 'kunta'"),
    "a typing error": Slip(
        "regions", "[kainuu, ", "[kainuu, terveyskesus, ", "lacks 'terveyskesus'", "'terveyskeskus'"
    ),
    "a duplicate": Slip("regions", "[kainuu, ", "[kainuu, kainuu, ", "stands twice in this entry", "remove one"),
    "curly quotes": Slip("regions", "[kainuu, ", "[kainuu, ”sote”, ", "curly quotes", "write 'sote' without them"),
    "a term in two goals": Slip(
        "goal_headings", "- {term: saatavuus,", "- {term: hillintä,", "which means something else", "remove: true"
    ),
    "the term ja": Slip(
        "regions", "[kainuu, ", "[kainuu, ja, ", "so common that every sentence", "another word beside"
    ),
    "a sixth benefit goal": Slip("goal_evidence", "value: 5", "value: 6", "value 6 is not known", "1, 2, 3, 4, 5"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `poimuri lexicon check` says of each mistake, made in a folder of its own."""
    found = {}
    for name, slip in SLIPS.items():
        folder = tmp_path_factory.mktemp("omat")
        path = folder / f"{slip.file}.yaml"
        shutil.copy(FOLDER / path.name, path)
        text = path.read_text(encoding="utf-8")
        assert slip.right in text, name
        path.write_text(text.replace(slip.right, slip.wrong, 1), encoding="utf-8")
        done = poimuri("lexicon", "check", folder)
        assert (done.returncode, done.stderr) == (4, ""), name
        found[name] = done.stdout
    return found


@pytest.mark.parametrize("name", SLIPS)
def test_a_typical_mistake_is_told_with_file_line_cause_and_cure(name: str, told: dict[str, str]) -> None:
    slip = SLIPS[name]
    line, counts = told[name].splitlines()
    assert re.match(rf"{slip.file}\.yaml, line \d+, column \d+: ", line)
    assert slip.cause in line and slip.cure in line
    assert counts.startswith("lexicons: 1, ")


def test_a_file_in_latin_1_is_told_too(tmp_path: Path) -> None:
    data = (FOLDER / "regions.yaml").read_text(encoding="utf-8").encode("latin-1")
    (tmp_path / "regions.yaml").write_bytes(data)
    line, _ = poimuri("lexicon", "check", tmp_path).stdout.splitlines()
    assert re.match(r"regions\.yaml, line \d+, column \d+: the file is not UTF-8 .* save it as UTF-8$", line)


def test_the_guide_shows_what_is_said(told: dict[str, str]) -> None:
    guide = (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8")
    for name, said in told.items():
        shown = re.sub(r"line \d+, column \d+", "line N, column N", said.splitlines()[0])
        assert shown in re.sub(r"line \d+, column \d+", "line N, column N", guide), name
