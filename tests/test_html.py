"""A saved web page: its content without the site around it, in blocks and tables."""

from __future__ import annotations

import pytest

from extractors.document import Document
from pipeline.read import read
from pipeline.rejects import Reject


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!DOCTYPE html><html><head>{head}<title>Sivu</title></head><body>{body}</body></html>".encode()


def read_page(data: bytes) -> Document:
    return read(data, "sivu.html")


def test_only_the_page_s_own_content_is_read() -> None:
    document = read_page(
        page(
            "<header><a href='/'>Etusivu</a></header><nav>Murupolku</nav>"
            "<main><h1>Kehittäminen</h1><script>x()</script><p>Se <b>alkoi</b> <a href='#'>keväällä</a>.</p>"
            "<p hidden>Piilossa</p><p class='visually-hidden'>Lukijalle</p><p style='display: none'>Poissa</p>"
            "<svg><title>icon/chevron-down</title></svg><form><button>Lähetä</button></form></main>"
            "<footer>Ylläpitäjä</footer>"
        )
    )
    assert document.text == "Kehittäminen\nSe alkoi keväällä."
    assert [(block.kind, block.level) for block in document.blocks] == [("heading", 1), ("paragraph", None)]


def test_what_is_folded_is_content_but_overlays_are_not() -> None:
    folded = "Kehittämistyö jatkuu koko alueella. " * 20
    overlay = "Käytämme evästeitä sivuston kehittämiseen. " * 20
    text = read_page(
        page(
            f"<main><h2>Lähtötilanne</h2><div aria-hidden='true' style='display:none'><p>{folded}</p></div>"
            f"<div class='cookie-banner' hidden><p>{overlay}</p></div></main>"
        )
    ).text
    assert text == f"Lähtötilanne\n{folded.strip()}"


def test_a_header_inside_the_content_is_content() -> None:
    assert read_page(page("<article><header><h1>Otsikko</h1></header>Teksti.</article>")).text == "Otsikko\nTeksti."


def test_lists_keep_their_bullets_and_numbers() -> None:
    document = read_page(
        page(
            "<ul><li>yksi</li><li>kaksi<ul><li>alla</li></ul></li></ul><ol start='3'><li>kolme</li><li>neljä</li></ol>"
        )
    )
    assert document.text.split("\n") == ["• yksi", "• kaksi", "• alla", "3. kolme", "4. neljä"]
    assert [block.kind for block in document.blocks] == ["list_item"] * 3 + ["paragraph"] * 2


def test_line_breaks_and_loose_words_are_paragraphs() -> None:
    document = read_page(page("<div>Ensin<br>sitten <div>laatikko</div>lopuksi</div><pre>a  b\nc</pre>"))
    assert document.text.split("\n") == ["Ensin", "sitten", "laatikko", "lopuksi", "a b", "c"]


def test_labels_and_values_follow_each_other() -> None:
    document = read_page(page("<dl><dt>Rahoittaja</dt><dd><p>STM</p></dd><dt>Luotu</dt><dd>1.2.2021</dd></dl>"))
    assert document.text.split("\n") == ["Rahoittaja", "STM", "Luotu", "1.2.2021"]


def test_a_table_keeps_its_merged_cells() -> None:
    document = read_page(
        page(
            "<table><thead><tr><th rowspan=2>Tavoite</th><th colspan=2>Valmiusaste</th></tr>"
            "<tr><th>5/21</th><th>11/21</th></tr></thead>"
            "<tbody><tr><td>1.1 Aika</td><td>-</td><td><p>50 %</p><p>arvio</p></td></tr></tbody></table>"
        )
    )
    (table,) = document.tables
    cells = [(c.row, c.col, c.row_span, c.col_span, c.text(document.text)) for c in table.cells]
    assert cells == [
        (0, 0, 2, 1, "Tavoite"),
        (0, 1, 1, 2, "Valmiusaste"),
        (1, 1, 1, 1, "5/21"),
        (1, 2, 1, 1, "11/21"),
        (2, 0, 1, 1, "1.1 Aika"),
        (2, 1, 1, 1, "-"),
        (2, 2, 1, 1, "50 % arvio"),
    ]


def test_a_table_that_only_sets_the_page_is_none() -> None:
    document = read_page(page("<table><tr><td><p>Yksi palsta</p></td></tr></table>"))
    assert not document.tables and document.text == "Yksi palsta"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (page("<p>Hyvää työtä</p>", ""), "Hyvää työtä"),
        ("<html><body><p>Hyvää työtä</p></body></html>".encode("cp1252"), "Hyvää työtä"),
        ('<html><meta charset="iso-8859-15"><body><p>Hyvää €</p></body></html>'.encode("iso-8859-15"), "Hyvää €"),
        ("<html><body><p>Hyvää työtä</p></body></html>".encode("utf-16"), "Hyvää työtä"),
        ('<html><meta charset="no-such"><body><p>Työ</p></body></html>'.encode("cp1252"), "Työ"),
    ],
    ids=["utf-8 unnamed", "windows", "latin-9 named", "utf-16", "unknown name"],
)
def test_letters_are_right_in_every_encoding(data: bytes, text: str) -> None:
    assert read_page(data).text == text


def test_broken_markup_is_read_as_browsers_do() -> None:
    assert read_page(b"<p>Yksi<p>kaksi<div>kolme").text == "Yksi\nkaksi\nkolme"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4\n", "wrong_format"),
        (b"PK\x03\x04", "wrong_format"),
        (b"<html><body><script>x</script></body></html>", "empty"),
        (b"   ", "empty"),
        (b"<!-- -->", "empty"),
    ],
    ids=["pdf", "zip", "scripts only", "blank", "comment only"],
)
def test_what_shows_no_text_is_refused_with_its_cure(data: bytes, code: str) -> None:
    with pytest.raises(Reject) as caught:
        read_page(data)
    assert (caught.value.stage, caught.value.code) == ("read", code) and ";" in caught.value.message
