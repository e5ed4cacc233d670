"""A zip file of exports: members by name and within bounds; what a member is called leads nowhere."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterable

import pytest

from pipeline.read import archive, read
from pipeline.read import members as holding
from pipeline.read.members import Member, clean, member, members
from pipeline.rejects import Reject
from tests.test_eml import attach, mail
from tests.twins.office import zipped

TEXT = b"Hanke eteni."


def pack(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file; names may stand in it twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def told(found: Iterable[Member]) -> list[tuple[str, str | None]]:
    return [(one.path, one.reject.code if one.reject else None) for one in found]


def refusal(data: bytes) -> Reject:
    with pytest.raises(Reject) as caught:
        members(data, "viennit.zip")
    assert caught.value.stage == "read" and ";" in caught.value.message
    return caught.value


def test_members_are_files_below_the_zip_file() -> None:
    data = zipped({"2021/raportti.txt": TEXT, "tyhja/": b"", "__MACOSX/._raportti.txt": b"x", "kuva.png": b"x"})
    assert told(members(data, "viennit.zip")) == [("2021/raportti.txt", None), ("kuva.png", None)]
    assert member(data, "viennit.zip", "2021/raportti.txt") == TEXT


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Temp\\raportti.txt", "Temp/raportti.txt"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("..", "unnamed"),
        ("ra\u202eportti\x07.txt", "ra_portti_.txt"),
        ("Pa\u0308iva\u0308.txt", "Päivä.txt"),
        ("x" * 500 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_a_name_leads_nowhere(name: str, path: str) -> None:
    assert clean(name) == path


def test_names_of_dos_and_of_the_macintosh_have_their_letters() -> None:
    spelt = {"cp437": "P\u00e4iv\u00e4.txt".encode("cp437"), "utf-8": "P\u00e4iv\u00e4.txt".encode()}
    for raw in spelt.values():
        placeholder = "X" * len(raw)
        data = pack([(placeholder, TEXT)]).replace(placeholder.encode(), raw)
        assert told(members(data, "a.zip")) == [("Päivä.txt", None)]


def test_members_of_one_name_are_told_apart() -> None:
    with pytest.warns(UserWarning):
        data = pack([("a.txt", b"1"), ("a.txt", b"2"), ("A/../a.txt", b"3")])
    assert told(members(data, "x.zip")) == [("a.txt", None), ("a (2).txt", None), ("A/a.txt", None)]
    assert member(data, "x.zip", "a (2).txt") == b"2"


def test_containers_within_containers_are_opened_to_a_depth() -> None:
    message = attach(mail(), TEXT, "liite.txt").as_bytes()
    data = pack([("sisa.zip", pack([("viesti.eml", message), ("tyhja.zip", pack([]))]))])
    assert told(members(data, "x.zip")) == [
        ("sisa.zip/viesti.eml", None),
        ("sisa.zip/viesti.eml/liite.txt", None),
        ("sisa.zip/tyhja.zip", "empty"),
    ]
    assert member(data, "x.zip", "sisa.zip/viesti.eml/liite.txt") == TEXT
    deep = pack([("a.txt", TEXT)])
    for _ in range(4):
        deep = pack([("z.zip", deep)])
    assert told(members(deep, "x.zip")) == [("z.zip/z.zip/z.zip", "nested")]


def test_a_member_locked_broken_or_a_link_is_refused_and_the_others_read() -> None:
    data = bytearray(pack([("lukossa.txt", TEXT), ("rikki.txt", TEXT * 50), ("ehja.txt", TEXT)]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        locked, broken, _ = package.infolist()
    central = data.index(b"PK\x01\x02")
    data[locked.header_offset + 6] |= 1
    data[central + 8] |= 1
    start = broken.header_offset + 30 + len("rikki.txt")
    data[start + 3] ^= 0xFF
    found = members(bytes(data), "x.zip")
    assert told(found) == [("lukossa.txt", "encrypted"), ("rikki.txt", "broken_zip"), ("ehja.txt", None)]
    with pytest.raises(Reject):
        member(bytes(data), "x.zip", "lukossa.txt")
    link = zipfile.ZipInfo("linkki.txt", (2024, 1, 1, 0, 0, 0))
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(link, "/etc/passwd")
    assert told(members(out.getvalue(), "x.zip")) == [("linkki.txt", "not_a_file")]


def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = pack([("nollia.txt", bytes(3_000_000)), ("ehja.txt", TEXT)])
    assert told(members(zeros, "x.zip")) == [("nollia.txt", "too_large"), ("ehja.txt", None)]
    lying = zeros.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 900_000))
    assert told(members(lying, "x.zip")) == [("nollia.txt", "broken_zip"), ("ehja.txt", None)]
    with monkeypatch.context() as patched:
        patched.setattr(archive, "MAX_MEMBER", 5)
        assert told(members(pack([("a.txt", TEXT)]), "x.zip")) == [("a.txt", "too_large")]
    monkeypatch.setattr(holding, "MAX_UNPACKED", 30)
    assert "unpack to more" in refusal(pack([(f"{n}.txt", TEXT) for n in range(3)])).message
    monkeypatch.setattr(holding, "MAX_UNPACKED", 30_000)
    monkeypatch.setattr(holding, "MAX_MEMBERS", 2)
    assert "more than 2 files" in refusal(pack([("sisa.zip", pack([("a", b""), ("b", b"")]))])).message


def test_what_is_no_zip_file_is_cut_off_or_holds_nothing_is_refused() -> None:
    data = pack([("a.txt", TEXT)])
    assert refusal(data[:-10]).code == refusal(b"Rar!").code == "broken_zip"
    assert refusal(pack([])).code == "empty"


def test_a_zip_file_has_no_words_of_its_own() -> None:
    with pytest.raises(Reject) as caught:
        read(pack([("a.txt", TEXT)]), "viennit.zip")
    assert caught.value.code == "holds_files"
