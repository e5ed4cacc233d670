"""Mails that Outlook saved: words as a page, as Rich Text or as lines; attachments; what is damaged or none."""

from __future__ import annotations

import struct

import pytest

from pipeline.read import read
from pipeline.read.members import member, members
from pipeline.read.outlook_rtf import page_within, unpacked
from pipeline.rejects import Reject
from tests.twins.compound import attachment, compound, outlook

SUBJECT, BODY, RTF, HTML, CODE_PAGE, PAGE_CODE_PAGE = 0x0037, 0x1000, 0x1009, 0x1013, 0x3FFD, 0x3FDE

PACKED = bytes.fromhex(
    "2d000000 2b000000 4c5a4675 f1c5c7a7 03000a00 72637067 31323542 320af320 68656c09 00206277 05b06c64 7d0a800f a0"
)
"""The example of MS-OXRTFCP 3.1, which unpacks to PLAIN."""

PLAIN = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def stored(data: bytes) -> bytes:
    """Rich Text as Outlook keeps it without packing it."""
    return struct.pack("<IIII", len(data) + 12, len(data), 0x414C454D, 0) + data


def test_a_page_counts_before_lines_in_the_code_page_that_is_said() -> None:
    page = "<p>Hoitoon pääsi <b>viikossa</b></p>"
    data = outlook({SUBJECT: "Väliraportti", BODY: "rivit"}, {HTML: page.encode("cp1252")}, {PAGE_CODE_PAGE: 1252})
    assert read(data, "v.msg").text == "Väliraportti\nHoitoon pääsi viikossa"
    wide = outlook({SUBJECT: "A"}, {HTML: page.encode()}, {PAGE_CODE_PAGE: 65001})
    assert read(wide, "v.msg").text == "A\nHoitoon pääsi viikossa"


def test_lines_where_there_is_no_page() -> None:
    assert (
        read(outlook({SUBJECT: "Jono", BODY: "Jono lyheni.\r\nToinen."}), "v.msg").text
        == "Jono\n\nJono lyheni.\nToinen."
    )
    narrow = compound(
        {
            "__properties_version1.0": bytes(32) + struct.pack("<HHIiI", 3, CODE_PAGE, 6, 1252, 0),
            "__substg1.0_0037001E": b"P\xe4iv\xe4",
            "__substg1.0_1000001E": b"Hoitoon p\xe4\xe4si.\0",
        }
    )
    assert read(narrow, "v.msg").text == "Päivä\n\nHoitoon pääsi."


def test_a_page_that_outlook_keeps_in_rich_text() -> None:
    kept = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\generator x}"
        rb"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hoitoon p\'e4\'e4si\u8211?viikossa "
        rb"{\*\htmltag84 <b>}\htmlrtf \b\htmlrtf0 "
        rb"12 %{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}}"
    )
    assert page_within(kept) == "<p>Hoitoon pääsi–viikossa <b>12 %</b></p>"
    data = outlook({SUBJECT: "A", BODY: "rivit"}, {RTF: stored(kept)})
    assert read(data, "v.msg").text == "A\nHoitoon pääsi–viikossa 12 %"
    assert page_within(PLAIN) == ""


def test_rich_text_is_unpacked_as_the_specification_shows() -> None:
    assert unpacked(PACKED) == PLAIN
    assert unpacked(stored(PLAIN)) == PLAIN
    assert unpacked(b"") == unpacked(bytes(40)) == b""
    for length in range(16, len(PACKED)):
        assert PLAIN.startswith(unpacked(PACKED[:length])[:10])


def test_attachments_of_known_formats_are_files_of_their_own() -> None:
    large = b"Hanke eteni. " * 600
    picture = attachment("logo.png", b"x", p3712="logo@x", p370E="image/png")
    data = outlook(
        {SUBJECT: "A"},
        {HTML: b"<p>Hei</p>"},
        attachments=[attachment("liite.txt", large), attachment("../winmail.dat", b"x"), picture],
    )
    assert [one.path for one in members(data, "v.msg")] == ["liite.txt"]
    assert member(data, "v.msg", "liite.txt") == large
    assert read(data, "v.msg").warnings == ("pictures: 1", "unread_attachment: winmail.dat")


def test_a_mail_in_a_mail_is_a_document_with_its_own_attachments() -> None:
    inside = "__substg1.0_3701000D"
    inner = {
        f"{inside}/__properties_version1.0": bytes(24) + struct.pack("<HHIiI", 3, PAGE_CODE_PAGE, 6, 1252, 0),
        f"{inside}/__substg1.0_0037001F": "Tulokset 5/2021".encode("utf-16-le"),
        f"{inside}/__substg1.0_10130102": "<p>Hoitoon pääsi</p>".encode("cp1252"),
        f"{inside}/__attach_version1.0_#00000000/__substg1.0_37010102": b"Hanke eteni.",
        f"{inside}/__attach_version1.0_#00000000/__substg1.0_3707001F": "liite.txt".encode("utf-16-le"),
    }
    data = outlook({SUBJECT: "A", BODY: "Välitän."}, attachments=[inner])
    assert [one.path for one in members(data, "v.msg")] == ["Tulokset 5_2021.eml", "Tulokset 5_2021.eml/liite.txt"]
    found = member(data, "v.msg", "Tulokset 5_2021.eml")
    assert read(found, "t.eml").text == "Tulokset 5/2021\nHoitoon pääsi"
    assert member(data, "v.msg", "Tulokset 5_2021.eml/liite.txt") == b"Hanke eteni."
    assert member(data, "v.msg", "Tulokset 5_2021.eml") == found


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Hei, tama on tekstia.", "wrong_format"),
        (compound({"WordDocument": bytes(600)}), "wrong_format"),
        (outlook({SUBJECT: ""}), "empty"),
        (outlook({SUBJECT: "A"})[:700], "broken_msg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "broken_msg"),
    ],
    ids=["text", "Word", "empty", "cut off", "zeros"],
)
def test_what_is_no_mail_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Reject) as caught:
        read(data, "v.msg")
    assert caught.value.code == code and ";" in caught.value.message
