"""Layouts of printed reports, built from lines and rules: what tells their rows, columns and paragraphs."""

from __future__ import annotations

import pytest

from extractors.document import Block, Box, Document, Span
from pipeline.read.compose import PlacedWord
from pipeline.read.pdf.column_tables import column_tables
from pipeline.read.pdf.page import PageContent, Rule, TextLine
from pipeline.read.pdf.page_breaks import continues, join_parts
from pipeline.read.pdf.paragraphs import Pitches, paragraphs
from pipeline.read.pdf.ruled_tables import RuledCell, RuledTable, ruled_tables
from pipeline.repair import repair

USUAL = Pitches({(20, False): 12.0})


def line(text: str, x0: float, baseline: float, page: int = 1, size: float = 10.0) -> TextLine:
    """A line of words half as wide as high a letter."""
    words = []
    x = x0
    for word in text.split():
        x1 = x + 0.5 * size * len(word)
        words.append(PlacedWord(word, page, x, baseline - 0.8 * size, x1, baseline + 0.2 * size))
        x = x1 + 0.3 * size
    return TextLine(words, [0] * len(words), baseline, size)


def part(page: int, columns: list[float], rows: list[float], texts: dict[tuple[int, int], str]) -> RuledTable:
    cells = []
    for row in range(len(rows) - 1):
        for col in range(len(columns) - 1):
            cell = RuledCell(row, col, 1, 1, Box(columns[col], rows[row], columns[col + 1], rows[row + 1]))
            if (row, col) in texts:
                cell.lines = [line(texts[row, col], columns[col] + 4, rows[row] + 12, page)]
            cells.append(cell)
    return RuledTable(page, Box(columns[0], rows[0], columns[-1], rows[-1]), columns, rows, cells)


def test_a_page_may_lack_the_rules_beside_the_rest_of_a_merged_cell() -> None:
    upper = part(1, [50, 150, 250, 400], [100, 120, 500], {(0, 0): "Alue", (0, 1): "Projekti", (0, 2): "Tulos"})
    upper.cells[3].lines = [line("Perheet", 54, 132)]
    upper.cells[5].lines = [line("Apua saatiin", 254, 132)]
    lower = part(2, [150, 250, 400], [50, 80, 100], {(0, 1): "nopeasti.", (1, 0): "Talo", (1, 1): "Tilat ovat."})
    upper.open_bottom = lower.open_top = True
    assert continues(upper, lower)
    table = join_parts([upper, lower], {1: 500.0})
    assert table.n_rows == 3
    found = {(cell.row, cell.col, cell.row_span): cell.text for cell in table.cells}
    assert found[1, 2, 1] == "Apua saatiin nopeasti."
    assert found[1, 0, 2] == "Perheet"
    assert found[2, 1, 1] == "Talo"


def test_a_closed_row_ends_although_the_next_page_opens_without_a_rule() -> None:
    upper = part(1, [50, 150, 250], [100, 500], {(0, 0): "Kysely", (0, 1): "tehdään"})
    lower = part(2, [50, 150, 250], [50, 100], {(0, 0): "hoidon jono", (0, 1): "lyhenee"})
    lower.open_top = True
    assert join_parts([upper, lower], {1: 500.0}).n_rows == 2


def test_a_cell_that_spans_rows_goes_on_where_the_rows_beside_it_end() -> None:
    upper = part(1, [50, 150, 250], [100, 500], {(0, 0): "Prosessitavoite", (0, 1): "Valmiusaste"})
    lower = part(2, [50, 150, 250], [50, 80, 100], {(0, 0): "ja sen eteneminen", (0, 1): "5/21", (1, 0): "PT 1"})
    upper.unclosed, lower.open_top = frozenset({0}), True
    table = join_parts([upper, lower], {1: 500.0})
    found = {(cell.row, cell.col, cell.row_span): cell.text for cell in table.cells}
    assert found[0, 0, 2] == "Prosessitavoite ja sen eteneminen"
    assert found[1, 1, 1] == "5/21"


def test_a_hanging_paragraph_is_one() -> None:
    lines = [line("Hanke alkoi syksyllä ja se jatkuu edelleen vuoden", 50, 100), line("loppuun asti.", 72, 112)]
    assert len(list(paragraphs(lines, [300.0, 300.0], USUAL))) == 1


def test_lines_set_to_the_middle_are_one_paragraph() -> None:
    lines = [line("Asiakastietojärjestelm", 55, 100), line("än poiminta", 82, 112)]
    edges = [item.x0 + 112 for item in lines]
    [paragraph] = paragraphs(lines, edges, USUAL)
    assert paragraph.cut == {0}


def test_a_heading_of_two_lines_is_one_where_its_font_is_not_measured() -> None:
    lines = [line("Kiertävä auto palvelee kyliä, joista asema on", 50, 100, size=13), line("lakattu", 50, 127, size=13)]
    assert len(list(paragraphs(lines, [340.0, 340.0], USUAL))) == 1


@pytest.mark.parametrize(
    ("pieces", "word"),
    [
        (("KEHITTÄMISAL", "UE"), "KEHITTÄMISALUE"),
        (("KEHITTÄMISALU", "E"), "KEHITTÄMISALUE"),
        (("Asiakastie", "tojärjestel", "mä"), "Asiakastietojärjestelmä"),
        (("OSA", "A"), "OSA A"),
    ],
)
def test_words_that_narrow_cells_cut_are_joined(pieces: tuple[str, ...], word: str) -> None:
    text = "\n".join(pieces)
    spans, start = [], 0
    for piece in pieces:
        spans.append(Span(start, start + len(piece)))
        start += len(piece) + 1
    block = Block(kind="paragraph", start=0, end=len(text), lines=tuple(spans))
    document = Document(
        doc_id="test",
        source_path="test.pdf",
        format="pdf",
        sha256="0" * 64,
        n_bytes=len(text),
        text=text,
        blocks=(block,),
        body_end=len(text),
    )
    found = repair(document).joined
    assert found.text.replace("\n", " ") == word


def ruled_by_lines() -> PageContent:
    content = PageContent(1, 600.0, 800.0)
    content.horizontal = [Rule(y, 50.0, 500.0) for y in (120.0, 160.0, 200.0, 300.0)]
    rows = [(112, "Projekti", "Tavoite", "Tulos"), (132, "Kylä", "apua heti", "saatu"), (144, "", "kaikille", "jo nyt")]
    rows += [(172, "Talo", "tuki arkeen", "avattu"), (184, "", "ja kouluun", "ajallaan")]
    for baseline, *texts in rows:
        content.lines += [line(t, x, baseline) for t, x in zip(texts, (54, 200, 350), strict=True) if t]
    content.lines.append(line("Tämä on tavallista tekstiä, joka jatkuu sivun yli sarakkeista välittämättä.", 50, 240))
    content.lines.append(line("Projektit etenevät suunnitellusti, ja tulokset kirjataan keväällä 2023.", 50, 252))
    return content


def test_rows_that_are_ruled_alone_are_a_table() -> None:
    content = ruled_by_lines()
    items = column_tables(content, content.lines)
    [table] = [item for item in items if isinstance(item, RuledTable)]
    assert sum(isinstance(item, TextLine) for item in items) == 2
    texts = {(cell.row, cell.col): " ".join(one.text for one in cell.lines) for cell in table.cells}
    assert texts[0, 0] == "Projekti"
    assert texts[1, 1] == "apua heti kaikille"
    assert texts[2, 2] == "avattu ajallaan"


def test_rules_around_prose_are_no_table() -> None:
    content = ruled_by_lines()
    content.lines = content.lines[-2:]
    assert column_tables(content, content.lines) == content.lines


def test_frames_around_paragraphs_are_no_table() -> None:
    content = ruled_by_lines()
    content.vertical = [Rule(x, top, top + 40.0) for x in (50.0, 500.0) for top in (120.0, 160.0)]
    content.horizontal = content.horizontal[:3]
    assert not ruled_tables(content)
