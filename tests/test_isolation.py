"""A process that reads a stranger's file reaches no network and writes nowhere but in its own folder."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from pipeline.batch.crew import Crew
from pipeline.bounds import in_child
from pipeline.isolation import isolate
from pipeline.read import formats, read
from pipeline.rejects import Reject
from pipeline.run import run
from tests.processes import wait_for
from tests.test_docx_shown import packed

CAN = in_child(lambda: sorted(isolate()))
"""What this system lets be taken away."""

pytestmark = pytest.mark.skipif(CAN != ["network", "writes"], reason="the system has no seccomp or no Landlock")


@pytest.fixture
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """A server that nobody may reach: its address, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                asked.append(connection.recv(1000))
                connection.close()

        Thread(target=listen, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)


def connect(address: str) -> str:
    host, _, port = address.partition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=2):
            return "connected"
    except OSError as error:
        return type(error).__name__


def test_a_reader_cannot_connect(canary: tuple[str, list[bytes]]) -> None:
    address, asked = canary
    assert connect(address) == "connected"
    wait_for(lambda: asked == [b""])
    asked.clear()
    assert in_child(connect, address) == "PermissionError"
    crew: Crew[str, str] = Crew(lambda task, _: connect(task), 1, lambda task: 30)
    assert [answer for _, answer in crew.answers([address])] == ["PermissionError"]
    assert asked == []


def test_what_a_reader_starts_cannot_connect_either(canary: tuple[str, list[bytes]]) -> None:
    host, _, port = canary[0].partition(":")
    code = f"import socket; socket.create_connection(({host!r}, {port}))"
    done = in_child(lambda: subprocess.run([sys.executable, "-c", code], capture_output=True, text=True))
    assert "PermissionError" in done.stderr and canary[1] == []


@pytest.mark.parametrize("kind", [item for item in formats.FORMATS if item.reads], ids=lambda item: item.name)
def test_every_format_is_read_in_such_a_process(kind: formats.Format, monkeypatch: pytest.MonkeyPatch) -> None:
    def tried(*_: object, **__: object) -> None:
        raise Reject("read", connect("127.0.0.1:9"), f"{os.getpid()};")

    monkeypatch.setattr(f"pipeline.read.{kind.module}.read", tried)
    with pytest.raises(Reject) as caught:
        read(b"x", f"a{kind.suffixes[0]}")
    assert caught.value.code == "PermissionError" and caught.value.message != f"{os.getpid()};"


def test_nothing_is_written_but_in_a_folder_of_its_own(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("x")

    def write() -> tuple[list[str], bool]:
        told = []
        for change in (
            lambda: (tmp_path / "new").write_text("x"),
            lambda: kept.write_text("y"),
            kept.unlink,
            (tmp_path / "folder").mkdir,
            lambda: (tmp_path / "link").symlink_to(kept),
            lambda: kept.rename(tmp_path / "renamed"),
        ):
            try:
                change()
            except OSError as error:
                told.append(type(error).__name__)
        Path(os.devnull).write_text("x")
        with tempfile.NamedTemporaryFile() as own:
            own.write(b"x")
            return told, Path(own.name).is_relative_to(os.environ["TMPDIR"])

    assert in_child(write) == (["PermissionError"] * 6, True)
    assert kept.read_text() == "x" and list(tmp_path.iterdir()) == [kept]


def test_the_folder_goes_with_its_process() -> None:
    folder = in_child(lambda: (Path(tempfile.gettempdir()), (Path(tempfile.gettempdir()) / "left").write_text("x"))[0])
    assert folder != Path(tempfile.gettempdir()) and not folder.exists()
    crew: Crew[str, str] = Crew(lambda task, _: tempfile.gettempdir(), 1, lambda task: 30)
    ((_, own),) = crew.answers(["one"])
    assert isinstance(own, str) and own != tempfile.gettempdir() and not Path(own).exists()


def test_no_canary_is_fetched(canary: tuple[str, list[bytes]], tmp_path: Path) -> None:
    """External entities, pictures, styles, frames, templates and files of the machine that documents ask for."""
    address, asked = canary
    (tmp_path / "secret").write_text("salaisuus")
    secret = (tmp_path / "secret").as_uri()
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "sivu.html").write_text(
        f'<!DOCTYPE html SYSTEM "http://{address}/dtd"><html><head><link rel=stylesheet href="http://{address}/css">'
        f'<base href="http://{address}/"><script src="http://{address}/js"></script></head><body><p>Teksti 5 %.</p>'
        f'<img src="http://{address}/png"><iframe src="{secret}"></iframe><object data="{secret}"></object>'
        f'<iframe src="http://{address}/frame"></iframe></body></html>'
    )
    (raw / "sivu.xhtml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "http://{address}/x"><!ENTITY y SYSTEM "{secret}">]>'
        "<html><body><p>Teksti 6 % &x; &y;</p></body></html>"
    )
    (raw / "malli.docx").write_bytes(packed("<w:p><w:r><w:t>Teksti 7 %</w:t></w:r></w:p>", settings="<settings/>"))
    with zipfile.ZipFile(raw / "malli.docx", "a") as package:
        package.writestr(
            "word/_rels/settings.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            f'Type="http://x/attachedTemplate" Target="http://{address}/dotm" TargetMode="External"/></Relationships>',
        )
    (raw / "rtf.rtf").write_text(
        r"{\rtf1 Teksti 8 % {\field{\*\fldinst INCLUDETEXT " + f'"http://{address}/rtf"' + "}}{\\*\\template http://"
        f"{address}/dot}}}}"
    )
    (raw / "posti.eml").write_text(
        "From: a@b.fi\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
        f'<p>Teksti 9 %</p><img src="http://{address}/mail">\n'
    )
    summary = run(raw, tmp_path / "out")
    assert asked == [] and summary.rows["documents"] == summary.n_files == 5, summary.rejects
    assert not any(b"salaisuus" in path.read_bytes() for path in (tmp_path / "out").rglob("*.parquet"))


def test_a_machine_that_we_do_not_know_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert in_child(lambda: sorted(isolate())) == ["writes"]
