"""Repair of degraded text: what is put right, what is left alone, and how it is told."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.document import Twin
from extractors.repairs import extract
from pipeline.bench.repair import DAMAGES, degrade, measure, totals
from pipeline.cli import app
from pipeline.process import analysed
from pipeline.read import read
from pipeline.read.plain import plain
from pipeline.repair import repair
from pipeline.repair.spelling import MAX_LENGTH, Speller, candidates

CLEAN = Path(__file__).parent.parent / "data" / "raw" / "jarvi-kainuu_kokonaisuus.txt"


@pytest.fixture(scope="module")
def clean() -> str:
    return plain(CLEAN.read_text(encoding="utf-8"))


def repaired(text: str) -> Twin:
    return repair(read(text.encode(), "teksti.txt")).twin


def test_a_clean_text_keeps_every_letter(clean: str) -> None:
    assert repaired(clean).text == clean


def test_lost_dots_and_misread_letters_are_put_right(clean: str) -> None:
    by_damage = {one.damage: one for one in totals(list(measure(CLEAN.name, clean, seed=1)))}
    assert by_damage["none"].changed == 0
    assert by_damage["no dots"].degraded and by_damage["no dots"].accuracy >= 0.99
    assert by_damage["misread"].degraded and by_damage["misread"].precision >= 0.95
    assert by_damage["misread"].recall > 0.5
    assert list(by_damage) == [name for name, _ in DAMAGES]


def test_repairs_tell_all_that_changed_and_can_be_undone(clean: str) -> None:
    source = degrade(clean, dict(DAMAGES)["misread"], 2).text
    document = analysed(source.encode(), "rikki.txt")
    rows = list(extract(document))
    assert rows and {row.kind for row in rows} == {"dots", "letters", "line_end"}
    pieces: list[str] = []
    position = 0
    for row in rows:
        assert row.text == source[row.char_start : row.char_end] != row.repaired and 0 < row.confidence <= 1
        assert row.char_start >= position
        pieces += (source[position : row.char_start], row.repaired)
        position = row.char_end
    assert "".join([*pieces, source[position:]]) == document.twin.text


SPELLINGS = [
    *(("kyll&", "kyllä"), ("tybpajoja", "työpajoja"), ("TyOpajat", "Työpajat"), ("l&hityéntekijän", "lähityöntekijän")),
    *(("Kehitetd@an", "Kehitetään"), ("hoitoonpaasy", "hoitoonpääsy"), ("Innokylassa", "Innokylässä")),
    *(("Lansi-Uudenmaan", "Länsi-Uudenmaan"), ("THL:sta", "THL:stä"), ("EU:ssa", "EU:ssa"), ("malli", "malli")),
    *(("ty6ryhma", "työryhmä"), ("sote-keskusta", "sote-keskusta"), ("analyysia", "analyysiä")),
]


@pytest.mark.parametrize(("read_as", "word"), SPELLINGS)
def test_spellings(read_as: str, word: str) -> None:
    assert Speller(0.97, 0.03).corrections(read_as)[0].word == word


def test_the_sentence_and_the_documents_own_words_decide() -> None:
    speller = Speller(0.97, 0.03, {"kehräämö": 3})
    assert speller.corrections("kehraamo")[0].word == "kehräämö"
    lines = "Tana aamuna han lahti kotoa ja nain kavi myos silla kertaa. " * 6
    text = repaired(lines).text
    assert text.startswith("Tänä aamuna hän lähti kotoa ja näin kävi myös sillä kertaa.")


def test_words_broken_by_line_ends_are_joined_and_real_hyphens_kept() -> None:
    source = (
        "Kokemusasiantuntij\na kertoi terveyden-\nhuollosta. Uusi sote-\nkeskus avattiin, ja siellä toiminna\nn tuki"
        " sekä mielenterveys-\nja päihdetyö alkoivat Etelä-\nKarjalassa.\n"
    )
    expected = (
        "Kokemusasiantuntija kertoi terveydenhuollosta. Uusi sote-keskus avattiin, ja siellä toiminnan tuki sekä"
        " mielenterveys-\nja päihdetyö alkoivat Etelä-Karjalassa.\n"
    )
    assert repaired(source).text == expected


def test_one_degraded_block_is_repaired_and_the_others_are_not() -> None:
    clean = "Hanke kehittää perhekeskusten toimintaa, ja väli raportoidaan talvella. Saan tietoa hallissa.\n\n"
    scanned = (
        "Tyontekijat kehittavat lahipalveluja seka jarjestavat yhteisia tyopajoja, joissa kaydaan lapi nakemyksia.\n\n"
    )
    twin = repaired(clean * 8 + scanned + clean * 8)
    assert "Työntekijät kehittävät lähipalveluja sekä järjestävät yhteisiä työpajoja" in twin.text
    assert twin.text.count(clean) == 16


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over the lazy dog while the children are watching television at home. " * 9,
        "Kommunerna och välfärdsområdena utvecklar tjänster tillsammans med invånarna under hela året. " * 9,
        "Zorkamaatti ja Blorfi kiersivät Grünwaldin ja Xylofoniklubin, kun Kvax odotti Möttöskässä. " * 9,
    ],
)
def test_other_languages_and_unknown_names_stay_as_they_are(text: str) -> None:
    assert repaired(text).text == text


def test_no_word_takes_long_however_odd_it_is() -> None:
    chance = random.Random(1)
    for letters in ("ao", "é&@6", "aoé&d1lirnm", "1234567890"):
        word = "".join(chance.choice(letters) for _ in range(MAX_LENGTH))
        assert isinstance(candidates(word, True), tuple)
        assert Speller(0.97, 0.03).corrections(word)[0].word
    assert candidates("a" * (MAX_LENGTH + 1), True) == ()


def test_poimuri_repair_prints_a_diff_and_writes_a_copy(tmp_path: Path) -> None:
    source, out = tmp_path / "skannattu.txt", tmp_path / "korjattu.txt"
    source.write_text(
        "Tyontekijat kehittavat lahipalveluja seka jarjestavat yhteisia tyopajoja.\n" * 3, encoding="utf-8"
    )
    before = source.read_bytes()
    result = CliRunner().invoke(app, ["repair", str(source), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "Työntekijät" in result.output and "dots" in result.output and "known words" in result.output
    assert out.read_text(encoding="utf-8").startswith("Työntekijät kehittävät lähipalveluja sekä järjestävät")
    assert source.read_bytes() == before


def test_each_line_of_the_diff_is_printed_once(tmp_path: Path) -> None:
    source = tmp_path / "rivit.txt"
    source.write_text("Uusi mobii-\nlisovellus ja terveyden-\nhuolto kehittyvät.\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["repair", str(source)])
    assert result.output.count("mobiilisovellus") == result.output.count("terveydenhuolto") == 1
    assert result.output.count("kehittyvät") == 1


def test_poimuri_repair_says_what_is_wrong(tmp_path: Path) -> None:
    missing = CliRunner().invoke(app, ["repair", str(tmp_path / "ei_ole.txt")])
    assert missing.exit_code == 2 and "ei_ole.txt" in missing.output + missing.stderr
    source = tmp_path / "a.txt"
    source.write_text("Hei.\n", encoding="utf-8")
    unwritable = CliRunner().invoke(app, ["repair", str(source), "-o", str(tmp_path / "ei" / "b.txt")])
    assert unwritable.exit_code == 2 and "b.txt" in unwritable.output + unwritable.stderr


def test_the_benchmark_prints_all_damages(tmp_path: Path) -> None:
    path = tmp_path / "puhdas.txt"
    path.write_text("Työntekijät kehittävät lähipalveluja sekä järjestävät yhteisiä työpajoja.\n" * 4, encoding="utf-8")
    result = CliRunner().invoke(app, ["bench", "repair", "--corpus", str(path), "--json", str(tmp_path / "a.json")])
    assert result.exit_code == 0 and all(name in result.output for name, _ in DAMAGES)
    assert (tmp_path / "a.json").exists()
    assert CliRunner().invoke(app, ["bench", "repair", "--corpus", str(tmp_path / "ei.txt")]).exit_code == 2
