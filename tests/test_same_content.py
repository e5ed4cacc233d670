"""Files that say the same in another format or encoding."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from pipeline.batch.same_content import Contents, sketch
from pipeline.run import InputError, Options, run

TEXT = " ".join(
    f"Kunnassa {number} otettiin käyttöön tapa {number * 7}, ja tavoitteita tarkistettiin taas {number + 3} kertaa."
    for number in range(40)
)


def test_line_ends_letter_case_and_lost_dots_do_not_matter() -> None:
    contents = Contents()
    assert contents.first_with("a", sketch(TEXT)) is None
    assert contents.first_with("b", sketch(TEXT.replace(" ", "\n"))) == "a"
    assert contents.first_with("c", sketch(TEXT.replace("ä", "a").upper())) == "a"


def test_another_text_and_a_text_that_grew_are_others() -> None:
    contents = Contents()
    assert contents.first_with("a", sketch(TEXT)) is None
    grown = TEXT + TEXT.replace("tapa", "malli").replace("tavoitteita tarkistettiin", "jonoja tasattiin")
    assert contents.first_with("b", sketch(grown)) is None
    assert contents.first_with("c", sketch("Aivan muuta tekstiä.")) is None


def test_short_texts_are_the_same_where_all_their_letters_are() -> None:
    contents = Contents()
    assert contents.first_with("a", sketch("Jonot lyhenivät.")) is None
    assert contents.first_with("b", sketch("JONOT\nlyhenivät")) == "a"
    assert contents.first_with("c", sketch("Jonot lyhenevät.")) is None
    assert sketch("–\n") == ()


def test_the_first_file_in_the_order_of_paths_is_named(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_text(TEXT, encoding="utf-8")
    (raw / "b.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    (raw / "c.txt").write_text(TEXT, encoding="cp1252")
    (raw / "d.txt").write_text("Muuta tekstiä.", encoding="utf-8")
    run(raw, out)
    rows = parquet.read_table(out / "documents").to_pylist()
    ids = {row["source_path"]: row["doc_id"] for row in rows}
    found = {row["source_path"]: row["same_content_as"] for row in rows}
    assert found == {"a.txt": None, "b.html": ids["a.txt"], "c.txt": ids["a.txt"], "d.txt": None}


def test_the_preferred_format_counts_whatever_the_paths(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_text(TEXT, encoding="utf-8")
    (raw / "b.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    (raw / "c.html").write_text(f"<html><body><div>{TEXT}</div></body></html>", encoding="utf-8")
    run(raw, out, Options(prefer=("pdf", "html")))
    rows = parquet.read_table(out / "documents").to_pylist()
    ids = {row["source_path"]: row["doc_id"] for row in rows}
    assert [row["same_content_as"] for row in rows] == [ids["b.html"], None, ids["b.html"]]
    with pytest.raises(InputError, match="no format wps; --prefer takes txt, pdf, docx, odt, "):
        run(raw, out, Options(prefer=("wps",)))
