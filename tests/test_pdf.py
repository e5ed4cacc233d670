"""A PDF's text layer becomes source text with pages; a PDF without one, or none at all, is refused."""

from collections.abc import Sequence

import pytest

from extractors.document import Document
from pipeline.process import process
from pipeline.read import read
from pipeline.rejects import Reject

FIRST = ["Tavoiteltu muutos", "Kehittämistyö alkoi keväällä 2021.", "Äänekoskella 40 % – enemmän kuin ennen."]
SECOND = ["Hoitoon pääsee viikossa 1.3.2022 lähtien."]
LOCKED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"00" * 32, b"11" * 32)


def pdf(*pages: Sequence[str], trailer: bytes = b"") -> bytes:
    """A PDF by hand: a page for every list of lines, in Helvetica."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for lines in pages:
        shown = b" ".join(b"(%s) '" % line.encode("cp1252") for line in lines)
        stream = b"BT /F1 12 Tf 14 TL 72 720 Td %s ET" % shown
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (len(objects) + 2),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return data + head + b"".join(places) + tail % (len(objects) + 1, trailer, len(data))


def read_pdf(data: bytes) -> Document:
    return read(data, "raportti.pdf")


def rejection(data: bytes) -> Reject:
    with pytest.raises(Reject) as caught:
        read_pdf(data)
    return caught.value


def test_lines_and_pages_are_read() -> None:
    document = read_pdf(pdf(FIRST, SECOND))
    assert document.format == "pdf"
    assert document.text == "\n".join([*FIRST, *SECOND])
    assert [(page.number, document.text[page.start : page.end]) for page in document.pages] == [
        (1, "\n".join(FIRST)),
        (2, "\n".join(SECOND)),
    ]


def test_a_single_page_is_a_page_too() -> None:
    document = read_pdf(pdf(SECOND))
    assert [(page.number, page.start, page.end) for page in document.pages] == [(1, 0, len(SECOND[0]))]


def test_a_page_begins_a_block() -> None:
    blocks = read_pdf(pdf(FIRST, SECOND)).blocks
    assert [block.starts_page for block in blocks] == [False, False, False, True]


def test_an_empty_page_between_two_keeps_its_number() -> None:
    document = read_pdf(pdf(FIRST, [], SECOND))
    assert document.place(document.text.index("Hoitoon"), document.text.index("Hoitoon") + 1)[0] == 3


def test_a_fact_carries_its_page_and_its_words() -> None:
    records = process(pdf(FIRST, SECOND), "raportti.pdf").records
    (document,) = records["documents"]
    assert (document.n_pages, document.format) == (2, "pdf")
    facts = [(r.page, r.value, document.text[r.char_start : r.char_end]) for r in records["dates"]]
    assert facts == [(1, "2021-SP", "keväällä 2021"), (2, "2022-03-01", "1.3.2022")]
    assert [(r.page, r.value, r.text) for r in records["percentages"]] == [(1, 40.0, "40 %")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"Hoito alkoi 2021.\n", "wrong_format"),
        (b"PK\x03\x04" + bytes(100), "wrong_format"),
        (b"%PDF-1.4\n", "broken_pdf"),
        (pdf(FIRST, SECOND)[:500], "broken_pdf"),
        (pdf(FIRST, SECOND)[:-400], "broken_pdf"),
        (pdf([]), "no_text_layer"),
        (pdf(["   "], []), "no_text_layer"),
        (pdf(FIRST, trailer=LOCKED), "encrypted"),
    ],
    ids=["no bytes", "text", "zip", "mark only", "half", "no trailer", "no words", "blank words", "password"],
)
def test_what_gives_no_text_is_refused_with_its_cure(data: bytes, code: str) -> None:
    reject = rejection(data)
    assert (reject.stage, reject.code) == ("read", code)
    problem, _, cure = reject.message.partition(";")
    assert problem.strip() and cure.strip()


def test_a_pdf_without_pages_is_broken_whatever_was_read_before_it() -> None:
    assert rejection(pdf()).code == "broken_pdf"
    assert rejection(pdf(FIRST, trailer=LOCKED)).code == "encrypted"
    assert rejection(pdf()).code == "broken_pdf"


def test_bytes_after_the_end_do_no_harm() -> None:
    assert read_pdf(pdf(SECOND) + b"\n\x00\x00").text == SECOND[0]
