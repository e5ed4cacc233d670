"""Tables that a word processor printed a cell a line behind a TAB come back as rows and columns."""

from pathlib import Path

import pytest

from extractors.document import Table
from pipeline.read.layout import split_lines
from pipeline.read.word_tables import find_tables

RAW = Path(__file__).parents[1] / "data" / "raw"

STATUS = """\
Tavoitteiden eteneminen
\tProsessitavoite
\tValmiusaste

\t
\t5/21
\t11/21

\t1.1 Hoito alkaa viikossa.\u0020
\t10 %
\t

Huomio: luvut ovat arvioita.
"""


def tables_of(text: str) -> list[Table]:
    return find_tables(text, list(split_lines(text)))[0]


def outside(text: str) -> list[str]:
    """The lines that stand outside the tables."""
    return [text[line.start : line.end] for line in find_tables(text, list(split_lines(text)))[1]]


def grid(text: str, number: int = 0) -> list[list[str]]:
    """A table's cells by row; a merged cell is written with its width."""
    return [
        [cell.text(text) + (f" <{cell.col_span}>" if cell.col_span > 1 else "") for cell in row]
        for row in tables_of(text)[number].rows
    ]


def test_a_header_over_two_rows_has_a_merged_last_cell_and_a_lone_tab_is_an_empty_cell() -> None:
    assert grid(STATUS) == [
        ["Prosessitavoite", "Valmiusaste <2>"],
        ["", "5/21", "11/21"],
        ["1.1 Hoito alkaa viikossa.", "10 %", ""],
    ]


def test_prose_before_and_after_a_table_stays_outside() -> None:
    assert outside(STATUS) == ["Tavoitteiden eteneminen", "Huomio: luvut ovat arvioita."]


def test_a_cells_offsets_give_its_words_in_the_source() -> None:
    (table,) = tables_of(STATUS)
    words = [STATUS[cell.start : cell.end] for cell in table.cells]
    assert words == ["Prosessitavoite", "Valmiusaste", "", "5/21", "11/21", "1.1 Hoito alkaa viikossa.", "10 %", ""]
    assert STATUS[table.start : table.end].startswith("\tProsessitavoite")
    assert "Huomio" not in STATUS[table.start : table.end]


def test_an_empty_cell_stands_at_its_tab() -> None:
    empty = [cell for cell in tables_of(STATUS)[0].cells if not cell.spans]
    assert [(cell.row, cell.col) for cell in empty] == [(1, 0), (2, 2)]
    assert [STATUS[cell.anchor] for cell in empty] == ["\t", "\t"]


def test_a_merged_cell_is_found_at_every_column_that_it_covers() -> None:
    (table,) = tables_of(STATUS)
    assert table.at(0, 1) is table.at(0, 2)
    assert table.at(2, 3) is None


def test_a_line_break_in_a_cell_gives_two_spans_of_one_cell() -> None:
    text = "\tAsukaskysely\n”Asiani hoitui”\n\t48 %\n\n\tJono\n\t12 vrk\n"
    assert grid(text) == [["Asukaskysely ”Asiani hoitui”", "48 %"], ["Jono", "12 vrk"]]
    (table,) = tables_of(text)
    assert [span.of(text) for span in table.cells[0].spans] == ["Asukaskysely", "”Asiani hoitui”"]


def test_an_empty_line_inside_a_cell_does_not_end_the_row() -> None:
    text = (
        "\tHyötytavoite\n\tMittari\n\tLähtötila\n\n"
        "\tHoitoon pääsee viikossa.\n\nAsia hoituu kerralla.\n\tHoitoon pääsy\n\t48 %\n\n"
        "\t\n\tTakaisinsoitto\n\t34 min\n"
    )
    assert grid(text) == [
        ["Hyötytavoite", "Mittari", "Lähtötila"],
        ["Hoitoon pääsee viikossa. Asia hoituu kerralla.", "Hoitoon pääsy", "48 %"],
        ["", "Takaisinsoitto", "34 min"],
    ]


def test_an_empty_line_between_two_cells_of_a_row_does_not_end_the_row() -> None:
    text = "\tTavoite\n\t5/21\n\t11/21\n\n\t1.1 Hoito alkaa.\n\n\t10 %\n\t20 %\n"
    assert grid(text) == [["Tavoite", "5/21", "11/21"], ["1.1 Hoito alkaa.", "10 %", "20 %"]]


def test_a_full_row_is_followed_by_the_next_without_an_empty_line() -> None:
    text = "\tTavoite\n\tTila\n\n\t1.1 Hoito alkaa.\n\tkesken\n\n\t1.2 Jono lyhenee.\n\tvalmis\n"
    assert grid(text) == [["Tavoite", "Tila"], ["1.1 Hoito alkaa.", "kesken"], ["1.2 Jono lyhenee.", "valmis"]]


def test_the_wide_cell_of_a_short_row_is_the_merged_one_and_takes_its_first_column() -> None:
    text = (
        "\tTavoite\n\t5/21\n\t11/21\n\t5/22\n\n"
        "\t1.1 Hoito alkaa viikossa.\n\t10 %\n\t20 %\n\t30 %\n\n"
        "\t1.2 Jono lyhenee kesään mennessä.\n\tTyö käynnistyi vasta rekrytoinnin jälkeen.\n\t15 %\n"
    )
    assert grid(text)[2] == [
        "1.2 Jono lyhenee kesään mennessä.",
        "Työ käynnistyi vasta rekrytoinnin jälkeen. <2>",
        "15 %",
    ]
    assert [cell.col for cell in tables_of(text)[0].rows[2]] == [0, 1, 3]


def test_prose_parts_two_tables() -> None:
    text = "\tMittari\n\t5/21\n\n\tJono\n\t12 vrk\n\nToinen hanke mittaa muuta.\n\n\tMittari\n\t5/22\n\tLähde\n"
    assert grid(text, 0) == [["Mittari", "5/21"], ["Jono", "12 vrk"]]
    assert grid(text, 1) == [["Mittari", "5/22", "Lähde"]]
    assert outside(text) == ["Toinen hanke mittaa muuta."]


NARROW, WIDE = "\tTavoite\n\tTila\n\n\t1.1\n\tkesken\n", "\tMittari\n\t5/21\n\t11/21\n\n\tJono\n\t12 vrk\n\t9 vrk\n"
NARROW_GRID, WIDE_GRID = (
    [["Tavoite", "Tila"], ["1.1", "kesken"]],
    [["Mittari", "5/21", "11/21"], ["Jono", "12 vrk", "9 vrk"]],
)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [(f"{WIDE}\n\n{NARROW}", WIDE_GRID, NARROW_GRID), (f"{NARROW}\n\n{WIDE}", NARROW_GRID, WIDE_GRID)],
    ids=["narrower", "wider"],
)
def test_a_wide_gap_and_another_width_part_two_tables(
    text: str, first: list[list[str]], second: list[list[str]]
) -> None:
    assert [grid(text, number) for number in range(len(tables_of(text)))] == [first, second]


def test_a_row_that_broke_off_takes_no_rows_of_the_table_below() -> None:
    above = (
        "\tTavoite\n\t5/21\n\t11/21\n\t5/22\n\t11/22\n\n\t1.1 Jono\n\t0 %\n\t5 %\n\t9 %\n\t9 %\n\n\t1.2 Aika\n\t0 %\n"
    )
    below = "\tTavoite\n\tToimi\n\tTila\n\n\t1.1\n\tohje\n\tvalmis\n\n\t1.2\n\topas\n\tkesken\n"
    rows = [
        row for number in range(len(tables_of(f"{above}\n\n{below}"))) for row in grid(f"{above}\n\n{below}", number)
    ]
    assert [[text for text in row if text] for row in rows] == [
        ["Tavoite", "5/21", "11/21", "5/22", "11/22"],
        ["1.1 Jono", "0 %", "5 %", "9 %", "9 %"],
        ["1.2 Aika", "0 % <4>"],
        ["Tavoite", "Toimi", "Tila <3>"],
        ["1.1", "ohje", "valmis <3>"],
        ["1.2", "opas", "kesken <3>"],
    ]


def test_what_a_converter_left_is_no_part_of_a_cell() -> None:
    text = "\t[bookmark: _Hlk1234]Mittari\n\t5/21 [image: ]\n\n\t[bookmark: _Toc9]\n\t48 %\n"
    assert grid(text) == [["Mittari", "5/21"], ["", "48 %"]]
    (table,) = tables_of(text)
    assert text[table.cells[0].start : table.cells[0].end] == "Mittari"


def test_cells_on_one_line_are_parted_by_their_tabs() -> None:
    text = "\tMittari\t5/21\t11/21\n\n\tJono\t12 vrk\t9 vrk\n"
    assert grid(text) == [["Mittari", "5/21", "11/21"], ["Jono", "12 vrk", "9 vrk"]]


def test_a_text_without_tabs_has_no_tables() -> None:
    text = "Tavoite\n\nHoito alkaa 5/21.\n"
    assert tables_of(text) == []
    assert outside(text) == ["Tavoite", "Hoito alkaa 5/21."]


def test_our_sample_report_gives_its_two_tables() -> None:
    text = (RAW / "meri-saimaa_oma-arviointi.txt").read_text(encoding="utf-8")
    assert grid(text, 0)[:3] == [
        ["Prosessitavoite", "Valmiusaste <4>"],
        ["", "5/2021", "11/2021", "5/2022", "11/2022"],
        ["1.1 Asiakas saa ensimmäisen arvion kahden vuorokauden kuluessa", "-", "n. 20 %", "n. 40 %", ""],
    ]
    assert [cell.col for cell in tables_of(text)[0].rows[4]] == [0, 1, 3, 4]
    assert grid(text, 1)[1][:4] == [
        "Asukas saa yhteyden ensimmäisellä yrityksellä. Hoito alkaa, ennen kuin vaiva pahenee.",
        "Vastatut puhelut ensimmäisellä soitolla",
        "42 %",
        "45 %",
    ]
