"""Records to one consistent snapshot on disk: its layout, what readers see meanwhile, what is never touched."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from pathlib import Path
from threading import Barrier
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors.records import SCHEMA_VERSION, TABLES, DateRecord, DocumentRecord
from pipeline.load import snapshot as load
from pipeline.load.schema import arrow_schema
from pipeline.load.snapshot import OutputError, Snapshot, locked

NAMES = {table.TABLE for table in TABLES}
KILLED = "20200101T000000Z"


def document(number: int) -> DocumentRecord:
    nothing: dict[str, Any] = {item.name: None for item in arrow_schema(DocumentRecord) if item.nullable}
    name = f"d{number}"
    known = {"doc_id": name, "source_path": f"{name}.txt", "format": "txt", "sha256": name, "n_bytes": 9, "n_chars": 9}
    pages: dict[str, Any] = {"pages_without_text": [], "pages_by_ocr": [], "warnings": []}
    text = {"n_tokens": 2, "text": "Syksy 2021", "kind": "muu", "repaired": False}
    return DocumentRecord(**nothing | known | text | pages)


def day(number: int) -> DateRecord:
    return DateRecord(
        doc_id=f"d{number}",
        section_id=None,
        char_start=0,
        char_end=10,
        text="Syksy 2021",
        type="DATE",
        value="2021-FA",
        mod=None,
        start_date=date(2021, 9, 1),
        end_date=date(2021, 11, 30),
        anchor=None,
    )


@contextmanager
def snapshot(out: Path) -> Iterator[Snapshot]:
    """A run in a folder that nobody else writes to meanwhile."""
    with locked(out), load.snapshot(out, keep=2) as run:
        yield run


def publish(out: Path, n_documents: int) -> Path:
    """Publish a run of so many documents with a date each; its folder."""
    with snapshot(out) as run:
        for number in range(n_documents):
            run.add({"documents": [document(number)], "dates": [day(number)]})
        run.publish({"files": n_documents})
    return run.folder


def rows(folder: Path) -> int:
    return int(pq.read_table(folder).num_rows)


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def runs(out: Path) -> set[str]:
    return {path.name for path in (out / "runs").iterdir() if path.is_dir()}


def test_a_snapshot_is_reached_through_one_link(tmp_path: Path) -> None:
    run = publish(tmp_path, 2)
    assert (tmp_path / "current").readlink() == Path("runs") / run.name
    assert {path.name for path in tmp_path.iterdir()} == {"runs", "current", *NAMES}
    for name in NAMES:
        assert (tmp_path / name).readlink() == Path("current") / name
    assert (rows(tmp_path / "documents"), rows(tmp_path / "dates")) == (2, 2)


def test_the_manifest_counts_the_rows(tmp_path: Path) -> None:
    run = publish(tmp_path, 2)
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["run_id"] == run.name
    assert manifest["schema_version"] == SCHEMA_VERSION
    assert manifest["files"] == 2
    assert manifest["rows"] == dict.fromkeys(NAMES, 0) | {"documents": 2, "dates": 2}


def test_empty_tables_have_a_file_and_their_schema(tmp_path: Path) -> None:
    publish(tmp_path, 0)
    for table in TABLES:
        read = pq.read_table(tmp_path / table.TABLE)
        assert (read.num_rows, read.schema) == (0, arrow_schema(table))


def test_many_rows_are_written_in_portions_and_read_as_one_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "PART_ROWS", 2)
    publish(tmp_path, 5)
    ids = pq.read_table(tmp_path / "dates")["doc_id"].to_pylist()
    assert ids == ["d0", "d1", "d2", "d3", "d4"]


def test_small_batches_that_wait_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "JOINED", 4)
    with snapshot(tmp_path) as run:
        for number in range(10):
            run.add({"dates": [day(number)]})
        assert [batch.num_rows for batch in run._buffers["dates"].batches] == [4, 4, 1, 1]
        run.publish({})
    assert pq.read_table(tmp_path / "dates")["doc_id"].to_pylist() == [f"d{number}" for number in range(10)]


def test_a_reader_that_listed_the_files_before_the_switch_reads_one_whole_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "PART_ROWS", 2)
    publish(tmp_path, 1)
    files = list((tmp_path / "dates").iterdir())
    publish(tmp_path, 5)
    assert sum(rows(file) for file in files) in (1, 5)


def test_a_run_that_fails_leaves_the_last_one_readable_and_nothing_of_its_own(tmp_path: Path) -> None:
    before = publish(tmp_path, 3)
    with pytest.raises(ZeroDivisionError), snapshot(tmp_path) as run:
        run.add({"documents": [document(9)]})
        raise ZeroDivisionError
    assert runs(tmp_path) == {before.name}
    assert rows(tmp_path / "documents") == 3


def test_a_run_that_fails_once_it_is_published_stays(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), snapshot(tmp_path) as run:
        run.add({"documents": [document(1)]})
        run.publish({})
        raise KeyboardInterrupt
    assert rows(tmp_path / "documents") == 1


def test_a_full_disk_is_an_output_error_and_leaves_the_last_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = publish(tmp_path, 3)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        publish(tmp_path, 4)
    assert runs(tmp_path) == {before.name}
    assert rows(tmp_path / "documents") == 3


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    (tmp_path / "runs" / KILLED / "dates").mkdir(parents=True)
    (tmp_path / "runs" / KILLED / "dates" / "part-00000.parquet").write_bytes(b"PAR1")
    run = publish(tmp_path, 1)
    assert runs(tmp_path) == {run.name}


def test_the_run_before_is_kept_and_no_older_one(tmp_path: Path) -> None:
    _, second, third = (publish(tmp_path, number) for number in (1, 2, 3))
    assert runs(tmp_path) == {second.name, third.name}
    assert (rows(second / "dates"), rows(tmp_path / "dates")) == (2, 3)


def test_the_run_before_is_kept_also_where_the_clock_was_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["20221231T000000Z", "20220101T000000Z", "20220102T000000Z"])
    monkeypatch.setattr(load, "_new_run_id", lambda out: next(names))
    for number in (1, 2, 3):
        publish(tmp_path, number)
    assert runs(tmp_path) == {"20220101T000000Z", "20220102T000000Z"}


@pytest.mark.parametrize("name", ["dates", "current", "runs"])
def test_a_strangers_file_under_our_name_is_refused_and_untouched(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("omat muistiinpanot", encoding="utf-8")
    with pytest.raises(OutputError, match=f"{name}.*; .*another.* folder"):
        publish(tmp_path, 1)
    assert listing(tmp_path) == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "omat muistiinpanot"


def test_a_strangers_folder_under_our_name_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "dates").mkdir()
    (tmp_path / "dates" / "kalenteri.csv").touch()
    with pytest.raises(OutputError, match="dates"):
        publish(tmp_path, 1)
    assert listing(tmp_path) == ["dates", "dates/kalenteri.csv"]


@pytest.mark.parametrize("name", ["dates", "current"])
def test_a_strangers_link_under_our_name_is_refused_and_untouched(tmp_path: Path, name: str) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "arkisto"
    out.mkdir()
    elsewhere.mkdir()
    (out / name).symlink_to(elsewhere)
    with pytest.raises(OutputError, match=name):
        publish(out, 1)
    assert (out / name).readlink() == elsewhere


def test_a_strangers_folder_beside_our_runs_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "runs" / "mallit").mkdir(parents=True)
    (tmp_path / "runs" / "mallit" / "painot.bin").write_bytes(b"\x01")
    try:
        publish(tmp_path, 1)
    except OutputError:
        assert listing(tmp_path / "runs") == ["mallit", "mallit/painot.bin"]
    assert (tmp_path / "runs" / "mallit" / "painot.bin").read_bytes() == b"\x01"


def test_a_second_run_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with snapshot(tmp_path) as first:
        with pytest.raises(OutputError, match=r"another run is writing to .*; wait"):
            publish(tmp_path, 2)
        first.add({"documents": [document(1)]})
        first.publish({})
    assert rows(tmp_path / "documents") == 1


def test_the_lock_is_free_after_a_run(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    with (tmp_path / "runs" / ".lock").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with pytest.raises(OutputError):
            publish(tmp_path, 2)
    publish(tmp_path, 3)
    assert rows(tmp_path / "documents") == 3


def test_readers_see_one_run_at_a_time_while_others_are_published(tmp_path: Path) -> None:
    n_rounds = 12
    publish(tmp_path, 1)
    round_begins = Barrier(3, timeout=20)

    def read() -> set[tuple[int, int, int]]:
        """What a reader sees that takes the run once and its tables from there, and what a table by itself shows."""
        seen = set()
        for _ in range(n_rounds):
            round_begins.wait()
            for _ in range(4):
                run = (tmp_path / "current").resolve()
                seen.add((rows(run / "documents"), rows(run / "dates"), rows(tmp_path / "dates")))
        return seen

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for number in range(2, n_rounds + 2):
            round_begins.wait()
            publish(tmp_path, number)
        seen = set().union(*(reader.result() for reader in readers))
    assert all(documents == dates and alone - dates in (0, 1) for documents, dates, alone in seen)
    assert len({documents for documents, _, _ in seen}) >= n_rounds // 2


def test_ids_of_runs_sort_as_the_runs_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Still:
            return cls(2026, 1, 1, tzinfo=tz)

    monkeypatch.setattr(load, "datetime", Still)
    began = [load._new_run_id(tmp_path)]
    for _ in range(2):
        (tmp_path / "runs" / began[-1]).mkdir(parents=True)
        began.append(load._new_run_id(tmp_path))
    (tmp_path / "runs" / began[0]).rmdir()  # pruned: its name is not free again
    (tmp_path / "runs" / began[-1]).mkdir()
    began.append(load._new_run_id(tmp_path))
    assert began == ["20260101T000000Z", "20260101T000000Z-02", "20260101T000000Z-03", "20260101T000000Z-04"]
    assert began == sorted(began)
