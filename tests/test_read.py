"""Bytes of a text export to source text: what is decoded, what is refused, and with which code."""

import hashlib

import pytest

from extractors.document import Document
from pipeline.read import MAX_BYTES, read
from pipeline.read.text import MAX_LINE
from pipeline.rejects import Reject

TEXT = "Lähtötilanne\nÄiti ja Åke pääsivät hoitoon keväällä 2021 – yhä useammin.\n"


def read_txt(data: bytes) -> Document:
    return read(data, "raportti.txt")


def rejection(data: bytes, name: str = "raportti.txt") -> Reject:
    with pytest.raises(Reject) as caught:
        read(data, name)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_an_encoding_that_is_sure_gives_the_text(encoding: str) -> None:
    assert read_txt(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_is_decoded_by_its_mark_and_the_mark_is_no_text(mark: bytes, encoding: str) -> None:
    assert read_txt(mark + TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_refused(encoding: str) -> None:
    assert rejection(TEXT.encode(encoding)).code == "binary"


def test_utf_16_that_breaks_off_inside_a_character_is_refused() -> None:
    assert rejection(TEXT.encode("utf-16")[:-1]).code == "encoding"


def test_latin_1_agrees_with_windows_1252_on_finnish_letters() -> None:
    assert read_txt("Äänekoski, Ähtäri ja Öölanti".encode("latin-1")).text == "Äänekoski, Ähtäri ja Öölanti"


def test_windows_1252_marks_stay_in_their_places() -> None:
    text = "”Hyvää hoitoa” – 5 § ja 20 € jää käyttämättä…"
    assert read_txt(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "mac_roman"])
@pytest.mark.parametrize("text", ["Päijät-Hämeen työttömät", "Hyvää päivää, Åke", "yötä päivää", "näkö- ja kuulovamma"])
def test_other_old_encodings_are_refused_and_not_guessed(text: str, encoding: str) -> None:
    assert rejection(text.encode(encoding)).code == "encoding"


def test_utf_8_with_a_broken_byte_is_refused() -> None:
    assert rejection(TEXT.encode() + b"\xc3").code == "encoding"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \t\r\n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"Hoito alkoi 2021.\x00", "binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "wrong_format"),
        (b"PK\x03\x04\x14\x00\x06\x00", "wrong_format"),
        (b"a" * (MAX_LINE + 1), "line_too_long"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
    ],
    ids=["no bytes", "blank", "mark only", "garbage", "picture", "a null", "PDF", "zip", "long line", "large"],
)
def test_what_is_no_text_export_is_refused_with_its_cure(data: bytes, code: str) -> None:
    reject = rejection(data)
    assert (reject.stage, reject.code) == ("read", code)
    problem, _, cure = reject.message.partition(";")
    assert problem.strip() and cure.strip()


def test_a_line_of_the_greatest_length_is_read() -> None:
    assert len(read_txt(b"a" * MAX_LINE + b"\nb").text) == MAX_LINE + 2


@pytest.mark.parametrize("name", ["raportti.wps", "raportti", "raportti.txt.bak"])
def test_an_unknown_suffix_is_refused_by_name(name: str) -> None:
    reject = rejection(TEXT.encode(), name)
    assert reject.code == "unsupported_format"
    assert ".odt, .pdf, .pptm" in reject.message


def test_a_suffix_in_capitals_is_the_same_format() -> None:
    assert read(TEXT.encode(), "Raportti.TXT").format == "txt"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    document = read_txt(f"Tavoite{end}{end}Hoito alkaa.{end}".encode())
    assert document.text == "Tavoite\n\nHoito alkaa.\n"
    assert [document.text[block.start : block.end] for block in document.blocks] == ["Tavoite", "Hoito alkaa."]


def test_nothing_but_line_ends_is_changed() -> None:
    text = "  Väli\u00a0lyönti\u00ad ja\u2009ohut a\u0308 \u2028\ttaulu \u000b loppu "
    document = read_txt(text.encode())
    assert document.source_text == text.replace("\u2028", "\n").replace("\u000b", "\n")
    assert document.text == "  Väli lyönti ja ohut ä \n\ttaulu \n loppu "


def test_form_feeds_part_pages() -> None:
    document = read_txt("Ensimmäinen\n\fToinen sivu\n\fKolmas".encode())
    pages = [(page.number, document.text[page.start : page.end]) for page in document.pages]
    assert pages == [(1, "Ensimmäinen\n"), (2, "Toinen sivu\n"), (3, "Kolmas")]
    assert document.place(document.text.index("sivu"), document.text.index("sivu") + 1)[0] == 2
    assert [block.starts_page for block in document.blocks] == [False, True, True]


def test_a_text_without_form_feeds_has_no_pages() -> None:
    document = read_txt(TEXT.encode())
    assert document.pages == ()
    assert document.place(5, 5 + 1)[0] is None


WRAPPED = """Tuotokset ja tulokset kootaan kaksi kertaa vuodessa, ja niistä kerrotaan alueen
kaikille toimijoille ennen kuin raportti toimitetaan eteenpäin. Kunnat saivat
tietoa hankkeen tuloksista, ja niiden edustajat osallistuivat arviointiin.

{number}

Seuraavalla sivulla kerrotaan, miten hankkeen muut projektit ovat edenneet ja
mitä niistä on opittu.
"""


def test_a_lone_page_number_in_wrapped_text_is_in_no_block_and_begins_a_page() -> None:
    document = read_txt(WRAPPED.format(number=12).encode())
    assert document.wrapped
    texts = [document.text[block.start : block.end] for block in document.blocks]
    assert [text.split()[0] for text in texts] == ["Tuotokset", "Seuraavalla"]
    assert [block.starts_page for block in document.blocks] == [False, True]


@pytest.mark.parametrize("line", ["2021", "12 %", "12.", "xii"])
def test_another_short_line_is_a_block(line: str) -> None:
    document = read_txt(WRAPPED.format(number=line).encode())
    assert [document.text[block.start : block.end] for block in document.blocks][1] == line


def test_a_number_right_below_its_text_is_no_page_number() -> None:
    document = read_txt(WRAPPED.format(number="").replace("arviointiin.", "arviointiin, joita oli\n12").encode())
    assert document.text[document.blocks[0].start : document.blocks[0].end].endswith("joita oli\n12")


def test_a_list_item_is_told_by_its_bullet_which_stays_outside() -> None:
    document = read_txt("Tavoitteet\n· Hoito alkaa ajoissa.\n- Jonot lyhenevät\n".encode())
    blocks = [(block.kind, block.marker, document.text[block.start : block.end]) for block in document.blocks]
    assert blocks == [
        ("paragraph", None, "Tavoitteet"),
        ("list_item", "·", "Hoito alkaa ajoissa."),
        ("list_item", "-", "Jonot lyhenevät"),
    ]


def test_the_id_comes_from_the_bytes_alone() -> None:
    data = TEXT.encode()
    document = read(data, "maakunta/raportti.txt")
    assert document.doc_id == read(data, "muu nimi.txt").doc_id
    assert document.doc_id != read_txt(data + b"\n").doc_id
    assert document.doc_id != read_txt(TEXT.encode("utf-16")).doc_id
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.sha256.startswith(document.doc_id)
    assert document.n_bytes == len(data)
