"""Which files are read: all below the folder but what nobody calls an export and what a person leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from lexicons import UserError
from pipeline.batch.inventory import Choice, Inventory, take_inventory

FILES = (
    "2021/raportti.txt",
    "2021/Thumbs.db",
    "2021/~$raportti.docx",
    "vanhat/raportti.txt",
    "liite.pdf",
    "luonnos.docx",
    "luonnos.docx.part",
    ".DS_Store",
    ".poimuriignore",
)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "raw" / name).touch()
    return tmp_path / "raw"


def taken(raw: Path, *ignored: str, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> Inventory:
    (raw / ".poimuriignore").write_text("\n".join(ignored), encoding="utf-8")
    return take_inventory(raw, raw.parent / "out", Choice(raw, include, exclude))


def test_what_systems_and_editors_leave_behind_is_left_out_and_counted(raw: Path) -> None:
    assert taken(raw) == Inventory(
        ("2021/raportti.txt", "liite.pdf", "luonnos.docx", "vanhat/raportti.txt"),
        {"hidden": 2, "lock or system file": 3},
    )


def test_the_ignore_file_is_written_as_for_git(raw: Path) -> None:
    found = taken(raw, "# luonnokset eivät kuulu aineistoon", "luonnos*", "!luonnos.docx", "/vanhat/")
    assert found.files == ("2021/raportti.txt", "liite.pdf", "luonnos.docx")
    assert found.left_out["in .poimuriignore"] == 1


def test_a_pattern_of_the_command_line_leaves_out_or_chooses(raw: Path) -> None:
    found = taken(raw, include=("*.txt", "*.docx"), exclude=("vanhat/",))
    assert found.files == ("2021/raportti.txt", "luonnos.docx")
    assert (found.left_out["by --exclude"], found.left_out["not in --include"]) == (1, 1)


def test_tables_of_any_run_below_the_input_are_left_out(raw: Path) -> None:
    for name in ("taulut", "vanhat_taulut"):
        (raw / name / "runs" / "20220101T000000Z").mkdir(parents=True)
        (raw / name / "current").symlink_to("runs/20220101T000000Z")
        (raw / name / "runs" / "muistio.txt").touch()
    found = take_inventory(raw, raw / "taulut", Choice(raw))
    assert found.left_out["tables of a run"] == 2
    assert not [path for path in found.files if "taulut" in path]


def test_the_folder_of_a_saved_page_belongs_to_it(raw: Path) -> None:
    for name in ("Sivu.html", "Sivu_files/mainos.html", "sivu2.htm", "sivu2_tiedostot/a.html", "muu_files/b.html"):
        (raw / name).parent.mkdir(exist_ok=True)
        (raw / name).touch()
    found = taken(raw)
    assert [path for path in found.files if "htm" in path] == ["Sivu.html", "muu_files/b.html", "sivu2.htm"]
    assert found.left_out["folder of a saved page"] == 2


def test_a_folder_named_like_a_file_is_given_as_one(raw: Path) -> None:
    (raw / "kansio.txt").mkdir()
    (raw / "kansio.txt" / "sisalla.txt").touch()
    assert "kansio.txt" in taken(raw).files
    assert "kansio.txt/sisalla.txt" not in taken(raw).files
    assert "kansio.txt" not in taken(raw, exclude=("kansio.txt",)).files


def test_an_ignore_file_that_cannot_be_read_is_told(raw: Path) -> None:
    (raw / ".poimuriignore").write_bytes(b"\xff\xfe\xe4")
    with pytest.raises(UserError, match=r"\.poimuriignore: it is no UTF-8; write it anew"):
        Choice(raw)
