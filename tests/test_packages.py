"""Office files that are zip files of XML: what is damaged, locked, too large or sly is refused with a cure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from pipeline.read import packages, read
from pipeline.rejects import Reject
from tests.twins.office import box, odt, pptx, sheet, slide_text, text_cell, xlsx, zipped

FILES: dict[str, tuple[bytes, str]] = {
    "odt": (odt("<text:p>Jono lyheni 12 prosenttia.</text:p>"), "content.xml"),
    "xlsx": (xlsx(sheet(f"<row>{text_cell(0, 0, 'Jono lyheni 12 prosenttia.')}</row>")), "xl/workbook.xml"),
    "pptx": (pptx(box(slide_text("Jono lyheni 12 prosenttia."))), "ppt/presentation.xml"),
}
"""A small file of each format, and the part of it without which it is none."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
each_format = pytest.mark.parametrize("suffix", FILES)


def refusal(data: bytes, suffix: str) -> Reject:
    with pytest.raises(Reject) as caught:
        read(data, f"liite.{suffix}")
    assert caught.value.stage == "read" and ";" in caught.value.message
    return caught.value


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The file with a part that is changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {one: package.read(one).decode() for one in package.namelist()}
    parts[name] = change(parts.get(name, ""))
    return zipped(parts)


@each_format
def test_a_small_file_is_read(suffix: str) -> None:
    assert "Jono lyheni 12 prosenttia." in read(FILES[suffix][0], f"liite.{suffix}").text


@each_format
def test_a_file_cut_off_is_refused(suffix: str) -> None:
    data, _ = FILES[suffix]
    assert refusal(data[: len(data) // 2], suffix).code == f"broken_{suffix}"


@each_format
def test_a_locked_file_is_told_from_one_of_an_old_office(suffix: str) -> None:
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le"), suffix).code == "encrypted"
    assert refusal(OLE + "WordDocument".encode("utf-16-le"), suffix).code == "wrong_format"


def test_an_opendocument_text_is_locked_from_inside() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    locked = odt("<text:p>x</text:p>", **{"META-INF/manifest.xml": manifest})
    assert refusal(locked, "odt").code == "encrypted"


@each_format
def test_a_part_locked_by_the_zip_file_is_told_as_such(suffix: str) -> None:
    data = bytearray(FILES[suffix][0])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.infolist():
            data[part.header_offset + 6] |= 1
    start = data.index(b"PK\x01\x02")
    while start >= 0:
        data[start + 8] |= 1
        start = data.find(b"PK\x01\x02", start + 1)
    assert refusal(bytes(data), suffix).code == "encrypted"


@each_format
def test_what_would_unpack_to_too_much_is_not_unpacked(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, part = FILES[suffix]
    monkeypatch.setattr(packages, "MAX_PART", 100_000)
    padded = with_part(data, part, lambda text: text + " " * 100_000)
    assert refusal(padded, suffix).code == "too_large"
    monkeypatch.setattr(packages, "MAX_UNPACKED", 90_000)
    assert "unpacks to" in refusal(padded, suffix).message


@each_format
def test_entities_neither_grow_nor_fetch_anything(suffix: str) -> None:
    data, part = FILES[suffix]
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    grown = with_part(data, part, lambda text: f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>{text}')
    assert refusal(grown, suffix).code == "unsafe_xml"
    fetched = with_part(data, part, lambda text: f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>{text}')
    assert refusal(fetched, suffix).code == "unsafe_xml"


@each_format
def test_another_zip_file_is_none_of_the_format(suffix: str) -> None:
    found = refusal(zipped({"kuva.png": b"x"}), suffix)
    assert (found.code, f".{suffix}" in found.message) == ("wrong_format", True)


@each_format
def test_a_file_without_words_is_empty(suffix: str) -> None:
    data, part = FILES[suffix]
    empty = {"odt": odt("<text:p/>"), "xlsx": xlsx(sheet("")), "pptx": pptx("")}[suffix]
    assert refusal(empty, suffix).code == "empty"
    assert refusal(with_part(data, part, lambda text: text.replace("</", "<", 1)), suffix).code == f"broken_{suffix}"


def test_relations_lead_nowhere_outside() -> None:
    outside = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    listed = '<Relationship Id="rId1" Target="http://example.org/x" TargetMode="External"/>'
    listed += '<Relationship Id="rId2" Target="../../../../etc/passwd"/>'
    package = packages.Package(zipped({"a/_rels/b.xml.rels": outside.format(listed)}), ".xlsx")
    assert package.relations("a/b.xml") == {"rId2": "etc/passwd"}
    assert package.xml("etc/passwd") is None
