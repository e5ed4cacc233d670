"""Mails and zip files in a run: each member has a record, a reject and a place in the next run of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.load.diff import changes
from pipeline.load.snapshot import current_run
from pipeline.load.verify import faults
from pipeline.run import Options, Summary, run, status
from tests.test_eml import attach, mail
from tests.test_incremental import check_against_fresh, tables, write
from tests.test_zip import pack

GOOD = "Tavoiteltu muutos\nHoitoon pääsee keväällä 2021, ja 40 % asioi etänä.\nKunta {}.\n"


def text(number: int) -> bytes:
    return GOOD.format(number).encode()


def put(path: Path, data: bytes) -> None:
    """A file that was written long ago, at a time that hangs on its bytes."""
    write(path, "")
    stamp = path.stat().st_mtime + sum(data)
    path.write_bytes(data)
    os.utime(path, (stamp, stamp))


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file, a mail with two attachments of which one is a copy, a zip file with a mail in it."""
    monkeypatch.setattr("pipeline.batch.index.SETTLED_NS", 0)
    folder = tmp_path / "raw"
    folder.mkdir()
    put(folder / "a.txt", text(0))
    message = attach(attach(mail("Hei, jono lyheni 12 prosenttia."), text(1), "liite.txt"), text(0), "kopio.txt")
    put(folder / "b.eml", message.as_bytes())
    put(folder / "c.zip", pack([("2021/x.txt", text(2)), ("kuva.png", b"x"), ("m.eml", mail("Toinen").as_bytes())]))
    return folder


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    return list(pq.read_table(out / table).to_pylist())


def paths(out: Path) -> list[str]:
    return [row["source_path"] for row in rows(out, "documents")]


def states(summary: Summary) -> dict[str, int]:
    return {state: number for state, number in summary.states.items() if number}


def test_each_member_is_a_document_or_a_reject_of_its_own(raw: Path, tmp_path: Path) -> None:
    summary = run(raw, tmp_path / "out", Options(workers=2))
    assert paths(tmp_path / "out") == ["a.txt", "b.eml", "b.eml/liite.txt", "c.zip/2021/x.txt", "c.zip/m.eml"]
    rejects = [(row["source_path"], row["code"]) for row in rows(tmp_path / "out", "rejects")]
    assert rejects == [("b.eml/kopio.txt", "duplicate"), ("c.zip/kuva.png", "unsupported_format")]
    by_path = {row["source_path"]: row for row in rows(tmp_path / "out", "documents")}
    assert by_path["b.eml/liite.txt"]["n_bytes"] == len(text(1))
    assert by_path["b.eml"]["format"] == "eml" and by_path["c.zip/2021/x.txt"]["format"] == "txt"
    assert summary.n_files == 7
    whole = current_run(tmp_path / "out")
    assert whole is not None and list(faults(whole)) == []


def test_the_tables_are_the_same_for_any_number_of_workers(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "one", Options(workers=1))
    run(raw, tmp_path / "four", Options(workers=4))
    assert tables(tmp_path / "one") == tables(tmp_path / "four")


def test_a_run_over_unchanged_containers_opens_none(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, tmp_path / "out")
    before = tables(tmp_path / "out")
    monkeypatch.setattr("os.fork", lambda: pytest.fail("a worker was started"))
    again = run(raw, tmp_path / "out")
    assert (again.is_new, again.n_worked, again.n_files) == (False, 0, 7)
    assert states(again) == {"unchanged": 5, "rejected before and unchanged": 2}
    assert tables(tmp_path / "out") == before


def test_of_a_container_that_changed_only_what_is_new_in_it_is_worked_on(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    put(raw / "c.zip", pack([("2021/x.txt", text(2)), ("uusi.txt", text(7)), ("m.eml", mail("Toisin").as_bytes())]))
    _, plan = status(raw, out)
    shown = {path: state.value for path, state in plan.states.items() if path.startswith("c.zip")}
    assert shown == {
        "c.zip/2021/x.txt": "unchanged",
        "c.zip/kuva.png": "removed",
        "c.zip/m.eml": "changed",
        "c.zip/uusi.txt": "new",
    }
    again = run(raw, out)
    assert again.n_worked == 2
    assert paths(out)[-3:] == ["c.zip/2021/x.txt", "c.zip/m.eml", "c.zip/uusi.txt"]
    check_against_fresh(raw, out)


def test_a_mail_that_moved_into_a_zip_file_costs_no_second_reading(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    put(raw / "d.zip", pack([("b.eml", (raw / "b.eml").read_bytes())]))
    (raw / "b.eml").unlink()
    again = run(raw, out)
    assert again.n_worked == 0
    assert [path for path in paths(out) if "b.eml" in path] == ["d.zip/b.eml", "d.zip/b.eml/liite.txt"]
    check_against_fresh(raw, out)


def test_a_container_that_cannot_be_opened_is_one_reject(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(raw / "c.zip", (raw / "c.zip").read_bytes()[:-30])
    put(raw / "d.msg", b"vanha")
    run(raw, out)
    rejects = {row["source_path"]: row["code"] for row in rows(out, "rejects")}
    assert rejects == {"b.eml/kopio.txt": "duplicate", "c.zip": "broken_zip", "d.msg": "wrong_format"}
    assert not run(raw, out).is_new
    put(raw / "c.zip", pack([("x.txt", text(2))]))
    run(raw, out)
    assert paths(out)[-1] == "c.zip/x.txt"
    check_against_fresh(raw, out)


def test_members_are_chosen_as_files_are(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(
        raw / "c.zip",
        pack([(".salattu.txt", text(3)), ("~$x.txt", b"x"), ("luonnos/x.txt", text(4)), ("y.txt", text(5))]),
    )
    found = run(raw, out, Options(exclude=["luonnos/"], include=["*.txt"]))
    assert paths(out) == ["a.txt", "c.zip/y.txt"]
    assert found.left_out == {"by --exclude": 1, "hidden": 1, "lock or system file": 1, "not in --include": 1}
    assert run(raw, out, Options(exclude=["*.zip", "*.eml"], allow_shrink=True)).n_files == 1


def test_a_locked_member_stays_known(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    data = bytearray(pack([("lukossa.txt", text(3))]))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    put(raw / "c.zip", bytes(data))
    first = run(raw, out)
    assert ("c.zip/lukossa.txt", "encrypted") in [(one.source_path, one.code) for one in first.rejects]
    assert not run(raw, out).is_new


def test_what_a_run_gained_names_the_member(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    before = current_run(out)
    put(raw / "c.zip", pack([("2021/x.txt", text(2) + b"Ja 55 % vastasi.\n"), ("m.eml", mail("Toinen").as_bytes())]))
    run(raw, out)
    now = current_run(out)
    assert before is not None and now is not None
    assert {one.source_path for one in changes(before, now)} == {"c.zip/2021/x.txt", "c.zip/kuva.png"}
