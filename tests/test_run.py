"""The batch: every file below the input folder becomes a document or a reject row, whatever is wrong with it."""

import errno
import gc
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors.records import TABLES
from pipeline.batch import source
from pipeline.batch.work import Outcome
from pipeline.load.snapshot import PART
from pipeline.process import CHAIN
from pipeline.read import read
from pipeline.repair import repair
from pipeline.run import InputError, Options, run
from tests.processes import Gate, Poimuri, is_there, wait_for

GOOD = "Tavoiteltu muutos\nHoitoon pääsee keväällä 2021, ja 40 % asioi etänä.\n"
SAMPLES = Path(__file__).parents[1] / "data" / "raw"
BAD = {
    "garbage.txt": "binary",
    "kansio.txt": "is_a_folder",
    "kansiolinkki": "link_to_folder",
    "katkennut.txt": "dangling_link",
    "liian_suuri.txt": "too_large",
    "lukittu.txt": "unreadable",
    "muistio.docx": "broken_docx",
    "putki.txt": "not_a_file",
    "toinen/kopio.txt": "duplicate",
    "tyhja.txt": "empty",
    "ulkokansio": "link_outside",
    "ulos.txt": "link_outside",
}


def rows(out: Path, table: str) -> list[dict[str, object]]:
    return list(pq.read_table(out / table).to_pylist())


def paths(out: Path, table: str = "documents") -> list[object]:
    return [row["source_path"] for row in rows(out, table)]


def listing(folder: Path) -> list[tuple[str, int]]:
    """Everything below a folder with its size."""
    return sorted((path.relative_to(folder).as_posix(), path.lstat().st_size) for path in folder.rglob("*"))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "hyva.txt").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture
def bad_raw(raw: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two more good files in other encodings, and a file of every kind that gives no document."""
    (raw / "utf16.txt").write_bytes(f"{GOOD}Toinen.\n".encode("utf-16"))
    (raw / "windows.txt").write_bytes(f"{GOOD}Kolmas.\n".encode("cp1252"))
    (raw / "garbage.txt").write_bytes(bytes(range(256)))
    (raw / "kansio.txt").mkdir()
    (raw / "katkennut.txt").symlink_to("ei_ole.txt")
    (raw / "kansiolinkki").symlink_to("toinen")
    (raw / "ulkokansio").symlink_to(SAMPLES)
    (raw / "ulos.txt").symlink_to(next(SAMPLES.glob("*.txt")))
    (raw / "liian_suuri.txt").write_bytes(b"a" * 5001)
    (raw / "lukittu.txt").write_text("Salainen 2021.", encoding="utf-8")
    (raw / "muistio.docx").write_bytes(b"PK\x03\x04")
    os.mkfifo(raw / "putki.txt")
    (raw / "toinen").mkdir()
    (raw / "toinen" / "kopio.txt").write_text(GOOD, encoding="utf-8")
    (raw / "tyhja.txt").touch()
    (raw / ".piilossa.txt").touch()
    opened = Path.open

    def refuse_locked(path: Path, *arguments: Any, **more: Any) -> Any:
        if path.name == "lukittu.txt":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse_locked)
    monkeypatch.setattr(source, "MAX_BYTES", 5000)
    return raw


def test_a_bad_batch_gives_the_good_documents_and_a_row_for_every_other_file(bad_raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = listing(bad_raw)
    summary = run(bad_raw, out)
    assert paths(out) == ["hyva.txt", "utf16.txt", "windows.txt"]
    assert {row["source_path"]: row["code"] for row in rows(out, "rejects")} == BAD
    assert (summary.n_files, len(summary.rejects)) == (15, len(BAD))
    assert {row["stage"] for row in rows(out, "rejects")} == {"read"}
    for row in rows(out, "rejects"):
        problem, _, cure = str(row["message"]).partition(";")
        assert problem.strip() and cure.strip(), row
    assert listing(bad_raw) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]


def test_a_link_to_a_file_of_the_folder_is_that_file(raw: Path, tmp_path: Path) -> None:
    (raw / "linkki.txt").symlink_to("hyva.txt")
    run(raw, tmp_path / "out")
    assert {row["source_path"]: row["code"] for row in rows(tmp_path / "out", "rejects")} == {"linkki.txt": "duplicate"}


def test_the_tables_follow_the_umask(raw: Path, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        run(raw, tmp_path / "out")
    finally:
        os.umask(before)
    written = [path for path in (tmp_path / "out").rglob("*") if not path.is_symlink()]
    assert written and all(path.stat().st_mode & 0o077 == 0 for path in written)


def test_names_that_are_no_utf_8_and_those_that_spell_the_same_are_two(raw: Path, tmp_path: Path) -> None:
    for number, name in enumerate((b"\xe4.txt", rb"\xe4.txt")):
        Path(os.fsdecode(os.fsencode(raw) + b"/" + name)).write_text(f"{GOOD}{number}\n", encoding="utf-8")
    run(raw, tmp_path / "out")
    assert paths(tmp_path / "out") == [r"\\xe4.txt", "hyva.txt", r"\xe4.txt"]
    run(raw, tmp_path / "out")
    assert len(paths(tmp_path / "out")) == 3


def test_a_reject_row_tells_what_could_be_known_of_the_file(bad_raw: Path, tmp_path: Path) -> None:
    run(bad_raw, tmp_path / "out")
    known = {row["source_path"]: row for row in rows(tmp_path / "out", "rejects")}
    (document,) = [row for row in rows(tmp_path / "out", "documents") if row["source_path"] == "hyva.txt"]
    copy = known["toinen/kopio.txt"]
    assert (copy["doc_id"], copy["sha256"]) == (document["doc_id"], document["sha256"])
    assert "hyva.txt" in str(copy["message"])
    assert (known["garbage.txt"]["n_bytes"], known["tyhja.txt"]["n_bytes"]) == (256, 0)
    assert "5,001" in str(known["liian_suuri.txt"]["message"])
    assert "ei_ole.txt" in str(known["katkennut.txt"]["message"])
    assert [known[name]["sha256"] for name in ("katkennut.txt", "lukittu.txt", "liian_suuri.txt")] == [None] * 3


def test_the_same_wording_in_three_encodings_gives_the_same_facts(bad_raw: Path, tmp_path: Path) -> None:
    run(bad_raw, tmp_path / "out")
    facts = [(row["text"], row["value"], row["char_start"]) for row in rows(tmp_path / "out", "dates")]
    assert facts == [("keväällä 2021", "2021-SP", GOOD.index("keväällä"))] * 3


def test_a_fault_of_our_own_is_a_reject_row_and_stops_nothing(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(document: object) -> list[object]:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("extractors.dates.extract", fail)
    run(raw, tmp_path / "out")
    (reject,) = rows(tmp_path / "out", "rejects")
    assert (reject["stage"], reject["code"]) == ("extract", "internal_error")
    assert "ZeroDivisionError: oops" in str(reject["message"])


def test_a_name_that_is_no_unicode_does_not_stop_the_batch(raw: Path, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(raw) + b"/p\xe4\xe4.txt")).write_text("Hoito alkoi 2022.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    run(raw, tmp_path / "out")
    found = [*paths(tmp_path / "out"), *paths(tmp_path / "out", "rejects")]
    assert "hyva.txt" in found
    assert len(found) == 2


def test_a_file_that_may_not_even_be_looked_at_is_unreadable(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw / "suljettu.txt").touch()
    stat = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "suljettu.txt":
            raise PermissionError(errno.EACCES, "Permission denied")
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    run(raw, tmp_path / "out")
    assert [(row["source_path"], row["code"]) for row in rows(tmp_path / "out", "rejects")] == [
        ("suljettu.txt", "unreadable")
    ]


def test_a_folder_that_may_not_be_opened_is_rejected_and_not_overlooked(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw / "suljettu").mkdir()
    scandir = os.scandir

    def refuse(path: str | int) -> object:
        if not isinstance(path, int) and Path(path).name == "suljettu":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    run(raw, tmp_path / "out")
    assert paths(tmp_path / "out", "rejects") == ["suljettu"]


def test_an_output_folder_inside_the_input_is_not_read(raw: Path) -> None:
    out = raw / "taulut"
    for _ in range(2):
        assert run(raw, out).n_files == 1
    assert paths(out) == ["hyva.txt"]


def test_an_empty_folder_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    assert run(tmp_path / "raw", tmp_path / "out").n_files == 0
    assert rows(tmp_path / "out", "documents") == []


def filled(raw: Path, out: Path, n_files: int = 5) -> list[object]:
    """A run over so many files; the documents that readers then see."""
    for number in range(1, n_files):
        (raw / f"{number}.txt").write_text(f"{GOOD}{number}\n", encoding="utf-8")
    run(raw, out)
    return paths(out)


def test_an_empty_folder_does_not_replace_filled_tables(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = filled(raw, out)
    for path in raw.iterdir():
        path.unlink()
    for _ in range(2):
        with pytest.raises(InputError, match=r"gives 0 files, .* of 5 and stay .* --allow-shrink"):
            run(raw, out)
    assert paths(out) == before
    run(raw, out, Options(allow_shrink=True))
    assert paths(out) == []


@pytest.mark.parametrize(("left", "refused"), [(2, True), (3, False)])
def test_fewer_than_half_of_the_files_are_refused(raw: Path, tmp_path: Path, left: int, refused: bool) -> None:
    out = tmp_path / "out"
    filled(raw, out)
    for path in sorted(raw.iterdir())[left:]:
        path.unlink()
    if refused:
        with pytest.raises(InputError, match="--allow-shrink"):
            run(raw, out)
    else:
        run(raw, out)
    assert len(paths(out)) == (5 if refused else left)


def test_files_that_became_unreadable_do_not_replace_filled_tables(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = filled(raw, out)
    for path in raw.iterdir():
        path.write_bytes(b"")
    with pytest.raises(InputError, match="gives 0 documents"):
        run(raw, out)
    assert paths(out) == before


@pytest.mark.parametrize("name", ["ei_ole", "hyva.txt"])
def test_an_input_that_is_no_folder_is_refused(raw: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=f"{name} .*; give the folder"):
        run(raw / name, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_input_and_output_must_differ_whatever_they_are_called(raw: Path) -> None:
    with pytest.raises(InputError, match="same folder"):
        run(raw, raw / ".." / "raw")
    assert listing(raw) == [("hyva.txt", len(GOOD.encode()))]


def test_the_number_of_workers_changes_nothing(raw: Path, tmp_path: Path) -> None:
    for name in ("aarnijoki_toimintamalli.txt", "merenselka_kokonaisuus.txt", "meri-saimaa_oma-arviointi.txt"):
        (raw / name).write_bytes((SAMPLES / name).read_bytes())
    (raw / "kopio.txt").write_text(GOOD, encoding="utf-8")
    (raw / "tyhja.txt").touch()

    def note(seen: list[str], done: int, total: int, outcome: Outcome | None) -> None:
        if outcome is not None:
            seen.append(outcome.source_path)

    order: dict[int, list[str]] = {1: [], 2: []}
    tables: dict[int, dict[str, bytes]] = {}
    for workers, seen in order.items():
        out = tmp_path / f"out{workers}"
        run(raw, out, Options(tokens=True, workers=workers), partial(note, seen))
        tables[workers] = {table.TABLE: (out / table.TABLE / PART).read_bytes() for table in TABLES}
    sizes = {path.name: -path.stat().st_size for path in raw.iterdir()}
    assert order[1] == sorted(sizes, key=lambda name: (sizes[name], name))
    assert sorted(order[2]) == sorted(sizes)
    assert tables[1] == tables[2]
    assert (
        min(
            pq.read_table(tmp_path / "out1" / name).num_rows
            for name in ("dates", "goal_status", "indicators", "tokens")
        )
        > 10
    )
    assert paths(tmp_path / "out2", "rejects") == ["kopio.txt", "tyhja.txt"]


ODD = {
    "a lone leftover": "Lyhyt kuvaus\ne\nTyö jatkuu.\n\uf0b7\nCreated with Sketch.\n§\n",
    "the last half": "Raportin päiväys 30.11.2022\n\nTyö valmistui viime vuoden viimeisellä puoliskolla.\n",
    "nothing but a table": "KEHITTÄMISALUE\n\nPROJEKTI\n\nTAVOITTEET\n\nMITTARI\n\nTIETOLÄHDE\n\nTULOKSET\n\nLapset\n",
    "digits that are none": "Osuus on 5 m² % ja ² % sekä v² ja ①.\nHyötytavoite ²\n",
    "a number without end": "Osuus on " + "9" * 5000 + " % ja v" + "1" * 5000 + ".\n",
    "hyphens without end": "-".join(["sote"] * 2000) + " on sana.\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_one_odd_line_costs_no_document(text: str, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "outo.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path / "raw", tmp_path / "out").rejects == ()


def test_a_cell_behind_a_form_feed_is_a_cell() -> None:
    text = "\tProsessitavoite\n\tKevät 2021\n\f\t1.1 Aika saadaan\n\t40 %\n"
    (table,) = read(text.encode(), "raportti.txt").tables
    assert [[cell.text(text) for cell in row] for row in table.rows] == [
        ["Prosessitavoite", "Kevät 2021"],
        ["1.1 Aika saadaan", "40 %"],
    ]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux to find the workers")
def test_workers_end_with_their_parent(raw: Path, tmp_path: Path, gate: Callable[..., Gate]) -> None:
    """A killed run leaves no worker behind that holds the output's lock, whatever its workers were doing."""
    (raw / "toinen.txt").write_text(f"{GOOD}Toinen.\n", encoding="utf-8")
    held = gate("Hoitoon")
    with Poimuri("run", raw, tmp_path / "out", "--workers", 2) as process:
        wait_for(lambda: len(process.workers) == 2)
        workers = process.workers
    try:
        wait_for(lambda: not any(map(is_there, workers)), seconds=30)
    finally:
        held.open()
        for pid in filter(is_there, workers):
            os.kill(pid, signal.SIGKILL)
    assert run(raw, tmp_path / "out").n_worked == 2


def test_a_document_that_takes_too_long_is_rejected_and_the_batch_goes_on(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw / "hidas.txt").write_text(GOOD + "hidas\n", encoding="utf-8")

    def slow(document: Any) -> Any:
        while "hidas" in document.text:
            time.sleep(0.01)
        return repair(document)

    monkeypatch.setitem(CHAIN, "repair", slow)
    run(raw, tmp_path / "out", Options(timeout=2))
    (reject,) = rows(tmp_path / "out", "rejects")
    assert (reject["source_path"], reject["stage"], reject["code"]) == ("hidas.txt", "repair", "too_slow")
    assert "--timeout" in str(reject["message"])
    assert paths(tmp_path / "out") == ["hyva.txt"]


def test_the_collector_is_spared_while_workers_run_and_free_again(raw: Path, tmp_path: Path) -> None:
    counts = []
    run(raw, tmp_path / "a", progress=lambda done, total, outcome: counts.append(gc.get_freeze_count()))
    assert counts[-1] > 10_000
    assert gc.get_freeze_count() == 0
