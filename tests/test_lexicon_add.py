"""`poimuri lexicon add` and a folder of one's own lexicons: what they write, and how they lie over the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lexicons import LexiconError, loader
from lexicons.loader import FOLDER, lexicon_of
from lexicons.overlay import merged
from lexicons.source import read_source
from pipeline.workbench.adding import AddError, Addition, add
from tests.test_lexicon_check import poimuri

FILE = """# yaml-language-server: $schema=schema.json
lexicon: koe
kuvaus: kokeilu   # mitä varten
description: trial
match: lemma
entries:
  # jonot
  - id: jono
    terms: [jono, ruokajono]  # lyhyet
    note: "odotus"
  - id: hoito
    terms:
      - hoito   # ensin

      - term: avohoito
        weight: 0.5
      # viimeinen

  - {id: laatu, terms: [laatu,
                        palvelulaatu]}
"""

ADDED = [
    (Addition(("kotihoito",), {}, "hoito"), "        weight: 0.5\n", "        weight: 0.5\n      - kotihoito\n"),
    (
        Addition(("kotihoito", "omahoito"), {"weight": 0.4, "note": "Lähde: opas, s. 3"}, "hoito"),
        "        weight: 0.5\n",
        "        weight: 0.5\n      - {term: kotihoito, weight: 0.4, note: 'Lähde: opas, s. 3'}\n"
        "      - {term: omahoito, weight: 0.4, note: 'Lähde: opas, s. 3'}\n",
    ),
    (Addition(("pitkä jono",), {}, "jono"), "ruokajono]", "ruokajono, pitkä jono]"),
    (Addition(("pitkä jono",), {"not": ["kassa jono"]}, "jono"), "ruokajono]", None),
    (Addition(("hoitolaatu",), {}, "laatu"), "palvelulaatu]", "palvelulaatu, hoitolaatu]"),
    (
        Addition(("digipalvelu",), {}, "digi", {"name": "Digi", "value": 3}),
        "palvelulaatu]}\n",
        "palvelulaatu]}\n  - {id: digi, name: Digi, value: 3, terms: [digipalvelu]}\n",
    ),
]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(loader, "use", lambda folder: None)
    file = tmp_path / "koe.yaml"
    file.write_text(FILE, encoding="utf-8")
    return file


@pytest.mark.parametrize(("addition", "before", "after"), ADDED)
def test_a_term_is_written_in_its_place_and_all_else_stays(
    addition: Addition, before: str, after: str | None, path: Path
) -> None:
    add(path, addition)
    expected = after if after is not None else "ruokajono, {term: pitkä jono, not: [kassa jono]}]"
    assert path.read_text(encoding="utf-8") == FILE.replace(before, expected)


REFUSED = [
    (Addition(("hoidossa",), {}, "hoito"), "'hoidossa' is an inflected form; write 'hoito'"),
    (Addition(("jono",), {}, "jono"), "stands twice in this entry"),
    (Addition(("terveyskesus",), {}, "hoito"), "the nearest is 'terveyskeskus'"),
    (Addition(("kotihoito",), {"weight": 40}, "hoito"), "weight 40 is out of range"),
    (Addition(("kotihoito",), {"example": "Jono oli pitkä."}, "hoito"), "is not found in its example"),
]


@pytest.mark.parametrize(("addition", "said"), REFUSED)
def test_a_mistake_is_told_and_nothing_is_written(addition: Addition, said: str, path: Path) -> None:
    with pytest.raises(LexiconError, match=said):
        add(path, addition)
    assert path.read_text(encoding="utf-8") == FILE


def test_the_entry_must_be_known_and_one(path: Path) -> None:
    with pytest.raises(AddError, match="has several entries; name one with --entry: jono, hoito, laatu"):
        add(path, Addition(("kotihoito",)))
    with pytest.raises(AddError, match="no entry hoto; the nearest are hoito") as error:
        add(path, Addition(("kotihoito",), {}, "hoto"))
    assert error.value.told("fi").startswith("sanastossa koe.yaml ei ole kohtaa hoto; lähimmät ovat hoito")
    with pytest.raises(AddError, match="no such lexicon; begin a new one"):
        add(path.with_name("muu.yaml"), Addition(("kotihoito",)))


def test_a_dry_run_writes_nothing(path: Path) -> None:
    assert add(path, Addition(("kotihoito",), {}, "hoito"), save=False) == "      - kotihoito"
    assert path.read_text(encoding="utf-8") == FILE


# A folder of one's own

OWN = """lexicon: regions
entries:
  - id: etela_karjala
    terms:
      - {term: eksva, weight: 0.9, example: Eksvan alueella.}
      - {term: imatra, remove: true}
      - {term: eksote, weight: 0.5}
  - {id: uusi_alue, value: "99", name: Uusi alue, terms: [uusialue]}
"""


def test_own_terms_are_added_changed_and_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "regions.yaml"
    path.write_text(OWN, encoding="utf-8")
    shipped = read_source(FOLDER / "regions.yaml").data
    source = read_source(path)
    assert loader.mistakes(source, shipped) == []
    before, after = lexicon_of(shipped), lexicon_of(merged(source.data, shipped))
    changed = next(entry for entry in after.entries if entry.id == "etela_karjala")
    assert [term.text for term in changed.terms] == [
        *("etelä-karjala", "etelä-karjalainen", "eksote", "lappeenranta", "ekhva", "södra karelen", "södra karelens"),
        "eksva",
    ]
    assert {term.text: term.weight for term in changed.terms}["eksote"] == 0.5
    assert (changed.name, changed.value) == ("Etelä-Karjala", "09")
    assert after.entries[-1].id == "uusi_alue"
    assert [entry for entry in after.entries if entry.id not in ("etela_karjala", "uusi_alue")] == [
        entry for entry in before.entries if entry.id != "etela_karjala"
    ]


def test_a_copy_of_the_shipped_lexicons_changes_nothing() -> None:
    for path in FOLDER.glob("*.yaml"):
        data = read_source(path).data
        assert lexicon_of(merged(data, data)) == lexicon_of(data), path.name


def test_a_term_that_means_something_else_in_the_shipped_lexicon_is_told(tmp_path: Path) -> None:
    path = tmp_path / "regions.yaml"
    path.write_text("lexicon: regions\nentries:\n  - {id: kainuu, terms: [porvoo]}\n", encoding="utf-8")
    (told,) = loader.mistakes(read_source(path), read_source(FOLDER / "regions.yaml").data)
    assert (told.line, "shipped entry ita_uusimaa, which means something else" in told.said()) == (3, True)


def test_a_new_file_is_a_new_lexicon_and_added_terms_reach_the_tables(tmp_path: Path) -> None:
    raw, own = tmp_path / "raw", tmp_path / "omat"
    raw.mkdir()
    own.mkdir()
    (raw / "a.txt").write_text("Eksvan alueella avattiin etä vastaanottoja.\n", encoding="utf-8")
    (own / "aiheet.yaml").write_text(
        "lexicon: aiheet\nkuvaus: aiheita\ndescription: topics\nmatch: lemma\nreport: true\n"
        "entries:\n  - {id: etapalvelut, terms: [etävastaanotto]}\n",
        encoding="utf-8",
    )
    added = poimuri("lexicon", "add", own / "regions.yaml", "eksva", "--entry", "etela_karjala", "--weight", 0.9)
    assert (added.returncode, added.stderr) == (0, "")
    checked = poimuri("lexicon", "check", own)
    assert (checked.returncode, checked.stdout) == (0, "2 lexicons, 2 terms: all is well\n")
    done = poimuri("run", raw, tmp_path / "out", "--lexicons", own, "-q")
    assert (done.returncode, done.stderr) == (0, "")
    hits = pq.read_table(tmp_path / "out" / "current" / "lexicon_hits").to_pylist()
    assert {(hit["lexicon"], hit["term_id"], hit["text"]) for hit in hits} >= {
        ("regions", "etela_karjala:eksva", "Eksvan"),
        ("aiheet", "etapalvelut:etävastaanotto", "etä vastaanottoja"),
    }
