"""Every code of a reject is explained, and nothing else is; `poimuri rejects` groups and copies by them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractors.records import WARNINGS
from pipeline.batch.crew import NO_ANSWER
from pipeline.batch.source import _MOVED
from pipeline.cli import app
from pipeline.read.libreoffice import MISSING
from pipeline.run import run
from pipeline.show.codes import reject_codes
from tests.conftest import ROOT

NAMED = {"MISSING": MISSING, "NO_ANSWER": NO_ANSWER}
"""Codes that a constant holds."""


def given() -> Iterator[str]:
    """The codes with which the program makes rejects."""
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reject":
                match node.args[1:2]:
                    case [ast.Constant(value=str(code))]:
                        yield code
                    case [ast.Name(id=name)] if name in NAMED:
                        yield NAMED[name]
    yield from (*_MOVED, "mojibake", "lost_letters")  # of a table and of `garbled.check`


def test_every_code_is_explained_in_both_languages() -> None:
    codes = reject_codes()
    assert set(given()) <= set(codes)
    assert {code for code in codes if not code.startswith("broken_")} <= set(given())
    for said in codes.values():
        assert set(said) == {"en", "fi"} and all(text.count(". ") >= 1 and text.endswith(".") for text in said.values())


def told(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


@pytest.mark.parametrize("code", ["binary", "broken_pdf", "mojibake"])
def test_a_code_is_explained(code: str) -> None:
    for lang in ("en", "fi"):
        assert told("explain", code, "--lang", lang) == (0, f"{code} (reject): {reject_codes()[code][lang]}\n")


def test_a_warning_is_explained_with_or_without_its_number() -> None:
    for code in ("hidden_rows", "hidden_rows: 3"):
        assert told("explain", code)[1].startswith("hidden_rows (warning of documents.warnings): ")


def test_all_codes_are_listed() -> None:
    listed = told("explain")[1]
    assert all(f"  {code} " in listed for code in (*reject_codes(), *WARNINGS))


def test_no_code_is_told_with_the_nearest() -> None:
    assert told("explain", "binry") == (2, "poimuri: there is no code binry; near are binary\n")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    raw = tmp_path / "raw"
    (raw / "sub").mkdir(parents=True)
    (raw / "hyva.txt").write_text("Vuonna 2021 osuus oli 5 %.", encoding="utf-8")
    (raw / "sub" / "a\x1b.txt").write_bytes(b"\x00\x01")
    (raw / "b.txt").write_bytes(b"\x02")
    (raw / "c.txt").touch()
    (raw / "ulos.txt").symlink_to("/etc/hostname")
    run(raw, tmp_path / "out")
    return raw, tmp_path / "out"


def test_rejects_stand_by_their_codes(folders: tuple[Path, Path]) -> None:
    code, listed = told("rejects", str(folders[1]))
    lines = listed.splitlines()
    assert (code, lines[0]) == (3, "binary, 2: Control characters stand in a text file: it is no text, or UTF-16 "
                                "without its mark")  # fmt: skip
    assert [line.partition(":")[0].strip() for line in lines[1:5]] == ["b.txt", r"sub/a\x1b.txt", "empty, 1", "c.txt"]


def test_rejects_are_copied_out_for_a_second_look(folders: tuple[Path, Path], tmp_path: Path) -> None:
    raw, out = folders
    copies = tmp_path / "copies"
    listed = told("rejects", str(out), "--copy", str(copies), "--raw", str(raw))[1]
    copied = {path.relative_to(copies).as_posix(): path.read_bytes() for path in copies.rglob("*") if path.is_file()}
    assert copied == {r"binary/sub/a\x1b.txt": b"\x00\x01", "binary/b.txt": b"\x02", "empty/c.txt": b""}
    assert "not copied: ulos.txt: a link to /etc/hostname" in listed and f"3 copied to {copies}" in listed
    assert told("rejects", str(out), "--copy", str(copies), "--raw", str(raw))[0] == 2
    assert "name it with --raw" in told("rejects", str(out), "--copy", str(tmp_path / "x"))[1]
