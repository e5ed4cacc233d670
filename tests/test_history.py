"""The runs that are kept: which, whether they are whole, how one is brought back, and what they say differently."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import NOT_WHOLE, OK, SOME_REJECTED, USAGE, app
from pipeline.load.diff import changes
from pipeline.load.snapshot import PART, manifests
from pipeline.load.verify import faults
from pipeline.run import Options, run
from tests import processes
from tests.conftest import ROOT
from tests.processes import Gate

REPORT = """Perustiedot
Toimiaika
1.1.2021–31.12.2023

Lähtötilanne
Jonot olivat pitkät keväällä 2021, ja 40 % asioi etänä.

Tavoiteltavat tulokset
Hoitoon pääsee seitsemässä päivässä vuoden 2022 lopussa.
"""


def poimuri(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    (folder / "b.txt").write_text(REPORT.replace("40 %", "45 %"), encoding="utf-8")
    (folder / "tyhja.txt").touch()
    return folder


def edit(raw: Path, before: str, now: str) -> None:
    path = raw / "a.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(before, now), encoding="utf-8")


def runs(raw: Path, out: Path, n_runs: int) -> list[str]:
    """So many runs, each over another text; their ids."""
    found = []
    for number in range(n_runs):
        (raw / "c.txt").write_text(f"{REPORT}Kunta {number}.\n", encoding="utf-8")
        found.append(run(raw, out, Options(keep=3)).run_id)
    return found


def test_the_last_runs_are_kept_and_always_that_with_documents(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ids = runs(raw, out, 5)
    assert [manifest["run_id"] for manifest in manifests(out)] == ids[2:]
    for path in raw.iterdir():
        path.unlink()
    for number in range(4):
        (raw / f"tyhja{number}.txt").touch()
        run(raw, out, Options(allow_shrink=True, keep=1))
    kept = manifests(out)
    assert [manifest["rows"]["documents"] for manifest in kept] == [3, 0, 0]
    assert kept[0]["run_id"] == ids[-1]


def test_a_run_is_brought_back_and_the_next_one_goes_on_from_it(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second = runs(raw, out, 2)
    assert poimuri("restore", out, first).stdout == f"{out} shows run {first}\n"
    texts = pq.ParquetFile(out / "documents" / PART).read()["text"].to_pylist()
    assert any("Kunta 0." in text for text in texts)
    assert "(current)" in poimuri("history", out).stdout.splitlines()[0]
    assert run(raw, out).states["changed"] == 1
    wrong = poimuri("restore", out, "20200101T000000Z")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (USAGE, 1)
    assert second in wrong.stderr


def test_a_spoiled_run_is_not_brought_back(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, _ = runs(raw, out, 2)
    (out / "runs" / first / "dates" / PART).write_bytes(b"PAR1")
    assert "not whole" in poimuri("restore", out, first).stderr


def test_the_manifest_says_when_by_what_and_over_what(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out", Options(tokens=True))
    (told,) = (json.loads(line) for line in poimuri("history", tmp_path / "out", "--json").stdout.splitlines())
    assert told["started"] <= told["finished"]
    assert {"poimuri", "voikko", "dictionary", "python"} <= told["versions"].keys()
    assert (told["files"], told["rejects"], told["options"]["tokens"]) == (3, {"empty": 1}, True)
    inputs = pq.ParquetFile(tmp_path / "out" / "current" / "inputs.parquet").read().to_pylist()
    assert [row["path"] for row in inputs] == [b"a.txt", b"b.txt", b"tyhja.txt"]
    assert all(len(row["sha256"]) == 64 for row in inputs)


def rewrite(out: Path, table: str, change: object) -> None:
    """A table with some rows changed, as nobody should."""
    path = out / table / PART
    file = pq.ParquetFile(path)
    rows = file.read().to_pylist()
    change(rows)  # type: ignore[operator]
    pq.write_table(pa.Table.from_pylist(rows, schema=file.schema_arrow), path)


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("dates", lambda rows: rows.pop(), "dates: 7 rows, the manifest says 8"),
        ("dates", lambda rows: rows[0].update(text="syksyllä"), "dates: .* is not 'syksyllä'"),
        ("dates", lambda rows: rows[0].update(char_end=9999), "dates: .*–9999 lies outside the document"),
        ("dates", lambda rows: rows[0].update(section_id="s"), "dates: section_id s leads nowhere"),
        (
            "sections",
            lambda rows: rows[1].update(section_id=rows[2]["section_id"]),
            "sections: 1 rows have",
        ),
        ("documents", lambda rows: rows[1].update(doc_id="x"), "leads nowhere"),
        ("rejects", lambda rows: rows[0].update(source_path="a.txt"), "1 files stand twice"),
    ],
)
def test_verify_finds_what_is_wrong(raw: Path, tmp_path: Path, table: str, change: object, told: str) -> None:
    out = tmp_path / "out"
    run(raw, out)
    assert list(faults(out / "current")) == []
    rewrite(out, table, change)
    result = poimuri("verify", out)
    assert result.exit_code == NOT_WHOLE
    assert re.search(told, result.stdout), result.stdout


def test_verify_finds_a_byte_that_changed_on_the_disk(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    path = out / "documents" / PART
    data = bytearray(path.read_bytes())
    data[len(data) // 4] ^= 1
    path.write_bytes(data)
    assert poimuri("verify", out).exit_code == NOT_WHOLE


def test_the_samples_tables_are_whole(tmp_path: Path) -> None:
    run(ROOT / "data" / "raw", tmp_path, Options(tokens=True, workers=2))
    assert list(faults(tmp_path / "current")) == []


def told(out: Path) -> set[tuple[str, str, str, str]]:
    first, second = (out / "runs" / manifest["run_id"] for manifest in manifests(out)[-2:])
    return {(one.table, one.change, one.says, one.where) for one in changes(first, second)}


def test_a_line_more_is_one_record_more_though_all_offsets_move(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    edit(raw, "1.1.2021–", "Alku siirtyi kesällä 2020.\n1.1.2021–")
    run(raw, out)
    assert told(out) >= {("dates", "gained", "kesällä 2020", "Toimiaika"), ("sections", "changed", "Toimiaika", "")}
    assert {table for table, *_ in told(out)} == {"documents", "sections", "dates"}


def test_a_record_that_says_the_same_with_another_value_is_changed(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    edit(raw, "40 %", "41 %")
    run(raw, out)
    assert told(out) >= {
        ("percentages", "lost", "40 %", "Lähtötilanne"),
        ("percentages", "gained", "41 %", "Lähtötilanne"),
        ("documents", "changed", "", ""),
    }
    printed = poimuri("diff", out).stdout
    assert "percentages: 1 gained, 1 lost" in printed.splitlines()
    lines = [json.loads(line) for line in poimuri("diff", out, "--json").stdout.splitlines()]
    assert {line["source_path"] for line in lines} == {"a.txt"}
    poimuri("diff", out, "--parquet", tmp_path / "erot.parquet")
    assert pq.ParquetFile(tmp_path / "erot.parquet").read().num_rows == len(lines)


def test_a_file_under_another_name_is_no_change(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    (raw / "b.txt").rename(raw / "z.txt")
    run(raw, out)
    assert told(out) == set()
    assert poimuri("diff", out).stdout == "no record differs\n"


def test_two_folders_can_be_compared(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "one")
    (raw / "b.txt").unlink()
    run(raw, tmp_path / "other")
    printed = poimuri("diff", tmp_path / "one", tmp_path / "other").stdout
    assert "documents: 1 lost" in printed
    assert poimuri("diff", tmp_path / "one").exit_code == USAGE


def test_a_second_run_waits_where_it_is_told_to(raw: Path, tmp_path: Path, gate: Callable[..., Gate]) -> None:
    out, held = tmp_path / "out", gate("Jonot")
    with processes.Poimuri("run", raw, out) as first:
        processes.wait_for(lambda: first.workers)
        code, _, told = processes.poimuri("run", raw, out)
        assert (code, "wait for it (--wait)" in told) == (USAGE, True)
        with processes.Poimuri("run", raw, out, "--wait") as second:
            assert not second.has_ended(1)
            held.open()
            assert second.wait() == SOME_REJECTED
        assert first.wait() == SOME_REJECTED
    assert manifests(out)[-1]["rows"]["documents"] == 2
    assert poimuri("verify", out).exit_code == OK
