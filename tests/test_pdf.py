"""A PDF becomes source text with places; what is damaged, locked, a picture or no PDF is told. Layouts: test_twins."""

import io
import shutil
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
import regex
from PIL import Image, ImageDraw, ImageFont
from typer.testing import CliRunner

from extractors.document import Document
from extractors.records import DateRecord, DocumentRecord, PercentageRecord, PlacedRecord
from pipeline.cli import app
from pipeline.process import analysed, process
from pipeline.read import pdf as reader
from pipeline.read import read
from pipeline.read.pdf.structure import damage, is_bomb
from pipeline.rejects import Reject
from tests.conftest import ROOT, Processed

FIRST = ["Tavoiteltu muutos", "Kehittämistyö alkoi keväällä 2021.", "Äänekoskella 40 % – enemmän kuin ennen."]
SECOND = ["Hoitoon pääsee viikossa 1.3.2022 lähtien."]
LOCKED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"00" * 32, b"11" * 32)


def pdf(*pages: Sequence[str], trailer: bytes = b"", packed: bool = False, top: int = 720) -> bytes:
    """A PDF by hand: a page for every list of lines, in Helvetica, the pages' contents deflated if `packed`."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for lines in pages:
        shown = b" ".join(b"(%s) '" % line.encode("cp1252") for line in lines)
        stream = b"BT /F1 12 Tf 14 TL 72 %d Td %s ET" % (top, shown)
        kind = b"/Filter /FlateDecode " if packed else b""
        stream = zlib.compress(stream) if packed else stream
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (len(objects) + 2),
            b"<< %s/Length %d >>\nstream\n%s\nendstream" % (kind, len(stream), stream),
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
    result = process(pdf(FIRST, SECOND), "raportti.pdf")
    (document,) = result.of(DocumentRecord)
    assert (document.n_pages, document.format) == (2, "pdf")
    facts = [(r.page, r.value, document.text[r.char_start : r.char_end]) for r in result.of(DateRecord)]
    assert facts == [(1, "2021-SP", "keväällä 2021"), (2, "2022-03-01", "1.3.2022")]
    assert [(r.page, r.value, r.text) for r in result.of(PercentageRecord)] == [(1, 40.0, "40 %")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"Hoito alkoi 2021.\n", "wrong_format"),
        (b"PK\x03\x04" + bytes(100), "wrong_format"),
        (b"<!DOCTYPE html><html><body><p>Hoito alkoi.</p></body></html>", "wrong_format"),
        (b"%PDF-1.4\n", "broken_pdf"),
        (pdf(FIRST, SECOND)[:500], "broken_pdf"),
        (pdf(FIRST, SECOND)[:-400], "broken_pdf"),
        (pdf([]), "no_text_layer"),
        (pdf(["   "], []), "no_text_layer"),
        (pdf(FIRST, trailer=LOCKED), "encrypted"),
    ],
    ids=[
        "no bytes",
        "text",
        "zip",
        "web page",
        "mark only",
        "half",
        "no trailer",
        "no words",
        "blank words",
        "password",
    ],
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


# Places


def test_every_record_of_a_pdf_stands_on_its_page(processed: Processed) -> None:
    result = processed(ROOT / "data" / "raw" / "hiidenvuori_oma-arviointi.pdf")
    placed = [record for rows in result.records.values() for record in rows if isinstance(record, PlacedRecord)]
    assert len(placed) > 100
    for record in placed:
        assert record.page is not None and 1 <= record.page <= 8
        assert record.x0 is not None and record.top is not None
        assert record.x1 is not None and record.bottom is not None
        assert 0 < record.x0 < record.x1 < 842 and 0 < record.top < record.bottom < 596


def test_a_box_is_where_the_words_are_drawn() -> None:
    (percentage,) = process(pdf(FIRST, SECOND), "raportti.pdf").of(PercentageRecord)
    assert percentage.page == 1
    assert percentage.x0 is not None and percentage.top is not None
    assert percentage.x1 is not None and percentage.bottom is not None
    # the third line of 14 points below 720: its baseline is 842 - 720 + 42 points from the top
    assert percentage.top < 842 - 720 + 42 < percentage.bottom
    width = percentage.x1 - percentage.x0
    assert 20 < width < 30 and 140 < percentage.x0 < 155


TURNS = {1: "0 1 -1 0 h 0", 2: "-1 0 0 -1 w h", 3: "0 -1 1 0 0 w"}
"""Matrices that lay a page of width w and height h on its side, as its /Rotate of so many quarters undoes."""


def altered(data: bytes, turn: int = 0, crop: tuple[float, float, float, float] = (0, 0, 0, 0)) -> bytes:
    """A PDF whose pages are stored turned and shown upright, or cropped by so much on each side."""
    import pypdfium2
    from pypdfium2 import raw

    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        width, height = page.get_size()
        if turn:
            matrix = [{"w": width, "h": height}.get(number) or float(number) for number in TURNS[turn].split()]
            raw.FPDFPage_TransFormWithClip(page.raw, raw.FS_MATRIX(*matrix), None)
            page.set_mediabox(0, 0, *((height, width) if turn % 2 else (width, height)))
            page.set_rotation(90 * turn)
            page.gen_content()
        else:
            page.set_cropbox(crop[0], crop[1], width - crop[2], height - crop[3])
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("turn", TURNS)
def test_pages_stored_turned_are_read_as_they_are_shown(turn: int) -> None:
    data = (ROOT / "data" / "raw" / "hiidenvuori_oma-arviointi.pdf").read_bytes()
    upright, turned = read_pdf(data), read_pdf(altered(data, turn=turn))
    assert turned.text == upright.text
    for at in (upright.text.index("KEVÄT"), upright.text.rindex("SYKSY")):
        (page, box), (same_page, same_box) = upright.place(at, at + 5), turned.place(at, at + 5)
        assert page == same_page and box == pytest.approx(same_box, abs=0.01)


def test_places_are_counted_from_the_corner_of_what_is_shown() -> None:
    data = (ROOT / "data" / "raw" / "hiidenvuori_oma-arviointi.pdf").read_bytes()
    whole, cropped = read_pdf(data), read_pdf(altered(data, crop=(20, 15, 5, 10)))
    at = whole.text.index("KEVÄT")
    (_, box), (_, moved) = whole.place(at, at + 5), cropped.place(at, at + 5)
    assert box is not None and moved is not None
    assert (box.x0 - moved.x0, box.top - moved.top) == pytest.approx((20, 10))


def test_a_text_has_no_boxes(processed: Processed) -> None:
    result = processed(ROOT / "data" / "raw" / "suursaari_oma-arviointi.txt")
    assert {(r.page, r.x0) for r in result.of(DateRecord)} == {(None, None)}


def test_running_headers_and_page_numbers_are_text_but_no_prose() -> None:
    lines = [f"Tavoite {number} toteutui vuonna 2021 kaikissa kunnissa." for number in range(5)]
    pages = [["Hankkeen raportti 5.5.2022", *[""] * 12, line, *[""] * 38, str(n)] for n, line in enumerate(lines, 1)]
    data = pdf(*pages, top=810)
    document = read_pdf(data)
    body = document.text[: document.body_length]
    assert body == "\n".join(lines)
    assert document.text[document.body_length :].count("Hankkeen raportti") == 5
    assert [r.value for r in process(data, "raportti.pdf").of(DateRecord)] == ["2021"] * 5


def test_words_that_lines_break_are_joined_in_the_twin_and_suspended_hyphens_kept() -> None:
    lines = [
        "Alueella kehitetään mielenterveys-",
        "ja päihdepalveluja, kotiin vietä-",
        "viä palveluja ja sosiaali- ja ter-",
        "veyskeskusta vuosina 2021–",
        "2022, kun mukana ovat Itä-",
        "Suomen kunnat.",
    ]
    document = analysed(pdf(lines), "raportti.pdf")
    (block,) = document.blocks
    assert document.wording(block.start, block.end) == (
        "Alueella kehitetään mielenterveys- ja päihdepalveluja, kotiin vietäviä palveluja ja sosiaali- ja "
        "terveyskeskusta vuosina 2021–2022, kun mukana ovat Itä-Suomen kunnat."
    )
    assert document.text.split("\n")[1] == "ja päihdepalveluja, kotiin vietä-"
    assert {one.kind for one in document.twin.repairs} == {"line_end"}


# Damage


def test_a_whole_file_has_no_damage() -> None:
    assert damage(pdf(FIRST, SECOND)) is None
    assert damage(pdf(FIRST, SECOND, packed=True)) is None
    assert damage(b"\n" * 20 + pdf(FIRST, packed=True)) is None
    for path in sorted((ROOT / "tests" / "twins").rglob("*.pdf")):
        assert damage(path.read_bytes()) is None, path


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "twins" / "word").glob("m*.pdf")), ids=lambda path: path.stem)
def test_bytes_taken_out_or_changed_are_damage(path: Path) -> None:
    data = path.read_bytes()
    streams = [
        match.span(1) for match in regex.finditer(rb"FlateDecode[^>]*>>\s*stream\r?\n(.*?)endstream", data, regex.S)
    ]
    start, end = max(streams, key=lambda span: span[1] - span[0])
    middle = (start + end) // 2
    assert damage(data[:middle] + data[middle + 50 :])
    assert damage(data[:middle] + bytes(20) + data[middle + 20 :])
    assert damage(data[: len(data) * 9 // 10])
    assert damage(data.replace(b"startxref", b"startxxxx"))


def test_a_damaged_file_that_opens_is_never_passed_off_as_whole() -> None:
    data = pdf(FIRST, SECOND)
    start = data.rindex(b"startxref")
    broken = data[:start] + b"startxref\n7\n%%EOF\n"
    (document,) = process(broken, "raportti.pdf").of(DocumentRecord)
    assert document.warnings == ["repaired_structure"]
    (whole,) = process(data, "raportti.pdf").of(DocumentRecord)
    assert whole.warnings == []


def test_glyph_numbers_are_not_passed_off_as_text() -> None:
    gibberish = pdf(['!---- "# $%& ---!! (()) **+ ' * 3] * 20)
    with pytest.raises(Reject) as caught:
        process(gibberish, "raportti.pdf")
    assert (caught.value.stage, caught.value.code) == ("repair", "unreadable_text")


def test_an_english_report_is_text() -> None:
    words = "The regional project reported its results to the ministry every autumn and they were good"
    assert process(pdf([words] * 20), "report.pdf").of(DocumentRecord)


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    assert rejection(pdf(FIRST, SECOND, FIRST)).code == "too_many_pages"


def test_a_page_of_very_many_glyphs_is_read() -> None:
    lines = ["sanoja " * 120] * 250
    assert len(read_pdf(pdf(lines)).text) > 150_000


def test_scripts_and_files_inside_are_ignored() -> None:
    script = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    data = pdf(FIRST).replace(b"/Type /Catalog", b"/Type /Catalog " + script)
    assert "Tavoiteltu muutos" in read_pdf(data).text


# Pictures


def picture(*lines: str) -> bytes:
    """A PDF whose one page is a picture of lines."""
    image = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(size=34)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((120, 150 + 60 * number), line, fill=0, font=font)
    out = io.BytesIO()
    image.save(out, format="PDF", resolution=150)
    return out.getvalue()


def joined(*files: bytes) -> bytes:
    """The pages of files in one."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for data in files:
        whole.import_pages(pypdfium2.PdfDocument(data))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def test_a_scan_is_refused_and_told_of_ocr() -> None:
    reject = rejection(picture("Hoito alkoi syksylla 2021."))
    assert reject.code == "no_text_layer" and "--ocr" in reject.message


def test_pages_that_are_pictures_are_named() -> None:
    data = joined(pdf(FIRST), picture("Kuva"), pdf(SECOND))
    (document,) = process(data, "raportti.pdf").of(DocumentRecord)
    assert document.pages_without_text == [2] and document.n_pages == 3


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_text_recognition_reads_pictures() -> None:
    pytest.importorskip("pytesseract")
    data = joined(pdf(FIRST), picture("Hoitoon paasee viikossa", "vuoden 2022 alusta alkaen."))
    result = process(data, "raportti.pdf", ocr=True)
    (document,) = result.of(DocumentRecord)
    assert document.pages_by_ocr == [2] and document.pages_without_text == []
    assert [(r.page, r.value) for r in result.of(DateRecord)][-1] == (2, "2022")


# Drawing


def test_a_page_is_drawn_with_its_records(tmp_path: Path) -> None:
    out = tmp_path / "sivu.png"
    file = ROOT / "data" / "raw" / "hiidenvuori_oma-arviointi.pdf"
    result = CliRunner().invoke(app, ["show", str(file), "--page", "2", "--out", str(out)])
    assert result.exit_code == 0 and "projects" in result.output
    colours = {pixel for _, pixel in Image.open(out).convert("RGB").getcolors(1 << 24) or []}
    assert {(0xD9, 0x48, 0x0F), (0x7B, 0x3F, 0xB5)} <= colours  # dates, projects
    assert [path.name for path in tmp_path.iterdir()] == ["sivu.png"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["data/raw/suursaari_oma-arviointi.txt", "--page", "1"], "PDFs only"),
        (["data/raw/hiidenvuori_oma-arviointi.pdf", "--out", "x.png"], "--page N"),
        (["data/raw/hiidenvuori_oma-arviointi.pdf", "--page", "99", "--out", "x.png"], "has 8"),
        (["data/raw/hiidenvuori_oma-arviointi.pdf", "--page", "1", "--out", "/nowhere/x.png"], "may write to"),
    ],
    ids=["a text", "no page", "no such page", "no folder"],
)
def test_a_page_that_cannot_be_drawn_is_told(arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(app, ["show", *arguments])
    assert result.exit_code == 2 and said in result.output


def _stream(head: str, packed: bytes) -> bytes:
    return b"%PDF-1.7\n4 0 obj\n<<" + head.encode() + b"/Length 9>>\nstream\n" + packed + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    ("head", "packed"),
    [
        ("/Filter[/FlateDecode/FlateDecode]", zlib.compress(zlib.compress(bytes(201_000_000), 9), 9)),
        ("/Filter/FlateDecode", zlib.compress(bytes(201_000_000), 9)),
    ],
    ids=["packed twice", "large"],
)
def test_a_page_that_unpacks_to_too_much_is_refused(head: str, packed: bytes) -> None:
    with pytest.raises(Reject) as caught:
        read(_stream(head, packed), "a.pdf")
    assert (caught.value.stage, caught.value.code) == ("read", "too_large") and ";" in caught.value.message
    assert not is_bomb(_stream("/Subtype/Image/Filter/FlateDecode", packed[:100]))
    assert not is_bomb(_stream("/Filter[/FlateDecode/FlateDecode]", zlib.compress(zlib.compress(bytes(20_000)))))
