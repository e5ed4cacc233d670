"""Tables of a text whose rows are lines and whose cells are parted by TABs."""

from __future__ import annotations

import pytest

from extractors.goal_status import extract as goal_status
from pipeline.read.tabbed_tables import find_tabbed
from tests.conftest import Analyse


def grids(text: str) -> list[list[list[str]]]:
    """The tables of a text as rows of cells, a cell's lines joined by a blank."""
    found = []
    for table in find_tabbed(text):
        rows: list[list[str]] = [[""] * table.n_cols for _ in range(table.n_rows)]
        for cell in table.cells:
            rows[cell.row][cell.col] = " ".join(span.of(text) for span in cell.spans)
        found.append(rows)
    return found


def test_a_row_is_a_line_and_an_empty_cell_is_nothing_between_tabs() -> None:
    text = "Mittarit on koottu tähän.\nMittari\tLähtötaso\t5/21\nJono\t7 pv\t\n\tKäynnit\t40\n\nTyö jatkuu.\n"
    assert grids(text) == [[["Mittari", "Lähtötaso", "5/21"], ["Jono", "7 pv", ""], ["", "Käynnit", "40"]]]
    (table,) = find_tabbed(text)
    assert text[table.start : table.end] == "Mittari\tLähtötaso\t5/21\nJono\t7 pv\t\n\tKäynnit\t40"


def test_a_cell_may_hold_line_breaks() -> None:
    text = "Tavoite\tKevät\tSyksy\nAjan saa\nviikossa\t10 %\t20 %\nJono lyhenee\t0 %\talkoi\nhitaasti\nLoppu\t1\t2\n"
    assert grids(text) == [
        [
            ["Tavoite", "Kevät", "Syksy"],
            ["Ajan saa viikossa", "10 %", "20 %"],
            ["Jono lyhenee", "0 %", "alkoi hitaasti"],
            ["Loppu", "1", "2"],
        ]
    ]


def test_prose_below_the_last_row_is_none_of_it() -> None:
    text = "Mittari\tKevät\tSyksy\nJono\t7\t5\nLuvut ovat arvioita.\n"
    assert grids(text) == [[["Mittari", "Kevät", "Syksy"], ["Jono", "7", "5"]]]


def test_one_empty_line_parts_no_rows_and_two_part_tables() -> None:
    text = "A\tB\tC\n1\t2\t3\n\n4\t5\t6\n\n\nD\tE\tF\n7\t8\t9\n"
    assert grids(text) == [[["A", "B", "C"], ["1", "2", "3"], ["4", "5", "6"]], [["D", "E", "F"], ["7", "8", "9"]]]


NO_TABLES = [
    "Johdanto\t2\nTavoitteet\t4\nMittarit\t7\nLiitteet\t12\n",  # contents, with their pages
    "•\tJono lyhenee\n•\tPuheluihin vastataan\n•\tTyö jatkuu\n",
    "1.\tJono lyhenee\n2.\tPuheluihin vastataan\n3.\tTyö jatkuu\n",
    "Alue:\tKoeala\nOhjelma:\tTulevaisuus\nRahoittaja:\tMinisteriö\n",
    "\tTavoite\n\tKevät\n\n\tJono lyhenee\n\t10 %\n",  # Word's own: a cell a line
    "Jono lyhenee\tja puheluihin vastataan\n",
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_lists_and_labels_with_a_tab_are_no_tables(text: str) -> None:
    assert grids(text) == []


def test_two_columns_are_a_table_from_three_rows_on() -> None:
    assert grids("Tavoite\tTila\nJono lyhenee\tkesken\nPuheluihin vastataan\tvalmis\n") == [
        [["Tavoite", "Tila"], ["Jono lyhenee", "kesken"], ["Puheluihin vastataan", "valmis"]]
    ]


def test_both_ways_of_writing_a_table_stand_in_one_text(analyse: Analyse) -> None:
    document = analyse(
        "Koeala\n\nTavoite\t5/21\t11/21\n1.1 Ajan saa\t10 %\t20 %\n1.2 Jono lyhenee\t0 %\t5 %\n\n\n"
        "\tTavoite\n\t5/22\n\n\t1.3 Tuki tavoittaa\n\t30 %\n\n\nTyö jatkuu.\n"
    )
    assert [(row.code, row.period, row.percent) for row in goal_status(document)] == [
        ("1.1", "2021-05", 10.0),
        ("1.1", "2021-11", 20.0),
        ("1.2", "2021-05", 0.0),
        ("1.2", "2021-11", 5.0),
        ("1.3", "2022-05", 30.0),
    ]
