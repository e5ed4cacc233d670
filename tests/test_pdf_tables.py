"""The same report in the layouts that offices use: whatever is drawn around its tables, it gives the same facts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.records import DocumentRecord, GoalStatusRecord, IndicatorRecord
from pipeline.process import Result, process
from pipeline.read import read
from tests.printing import LAYOUTS, TOP, Rows, drawn, table, text

GOALS = (
    ("Prosessitavoite", "5/21", "11/21", "5/22", "11/22"),
    ("1.1 Kiireettömälle vastaanotolle pääsee seitsemässä päivässä myös iltaisin", "20 %", "35 %", "50 %", ""),
    ("1.2 Chat on avattu kaikissa kunnissa", "-", "10 %", "40 %", ""),
    ("2.1 Perheiden tuki on koottu yhteen paikkaan ja siitä tiedotetaan", "30 %", "60 %", "80 %", ""),
)
INDICATORS = (
    ("Hyötytavoite", "Mittarit", "Lähtötila", "5/21", "11/21"),
    ("Asukas saa avun nopeasti", "Vastatut puhelut ensimmäisellä soitolla", "54 %", "61 %", "72 %"),
    ("", "Jonotusaika", "21 vrk", "14 vrk", "9 vrk"),
)
PERCENTS = {
    ("1.1", "2021-05"): 20.0,
    ("1.1", "2021-11"): 35.0,
    ("1.1", "2022-05"): 50.0,
    ("1.2", "2021-11"): 10.0,
    ("1.2", "2022-05"): 40.0,
    ("2.1", "2021-05"): 30.0,
    ("2.1", "2021-11"): 60.0,
    ("2.1", "2022-05"): 80.0,
}
VALUES = {
    ("Vastatut puhelut ensimmäisellä soitolla", "baseline"): "54 %",
    ("Vastatut puhelut ensimmäisellä soitolla", "2021-05"): "61 %",
    ("Vastatut puhelut ensimmäisellä soitolla", "2021-11"): "72 %",
    ("Jonotusaika", "baseline"): "21 vrk",
    ("Jonotusaika", "2021-05"): "14 vrk",
    ("Jonotusaika", "2021-11"): "9 vrk",
}
PROSE = (
    "Hankkeen etenemistä seurattiin puolivuosittain, ja arviot koottiin taulukoihin, joista alla on",
    "viimeisin. Taulukoiden jälkeen kerrotaan, mitä seuraavaksi tehdään.",
)


def prose(top: float) -> tuple[bytes, float]:
    lines = b"".join(text(line, 60, top - 12 * number) for number, line in enumerate(PROSE, 1))
    return lines, top - 12 * len(PROSE) - 14


def report(layout: str, turn: int = 0) -> bytes:
    """A self-assessment of one page; `turn` is its page's /Rotate while its words run as before."""
    y = TOP
    content = text("Koealueen hankkeen oma-arviointi 11/2021", 60, y, size=16)
    for heading, rows, widths in (
        ("Prosessitavoitteiden seurannan tulokset", GOALS, (240, 50, 55, 50, 55)),
        ("Hyötytavoitteiden seurannan tulokset", INDICATORS, (120, 150, 70, 60, 60)),
    ):
        content += text(heading, 60, y - 30, size=13)
        lines, y = prose(y - 34)
        grid, y = table(rows, widths, layout, y)
        content += lines + grid
    return drawn(content + prose(y - 10)[0], page=b"/Rotate %d" % turn)


def percents(result: Result) -> dict[tuple[str | None, str], float | None]:
    return {(row.code, row.period): row.percent for row in result.of(GoalStatusRecord) if row.percent is not None}


def values(result: Result) -> dict[tuple[str, str], str]:
    return {(row.indicator, row.period): row.raw for row in result.of(IndicatorRecord)}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_gives_its_facts_in_every_layout(layout: str) -> None:
    result = process(report(layout), "raportti.pdf")
    assert percents(result) == PERCENTS
    assert values(result) == VALUES


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_says_what_the_upright_one_says(turn: int) -> None:
    result, upright = process(report("ruled", turn), "raportti.pdf"), process(report("ruled"), "raportti.pdf")
    assert (percents(result), values(result)) == (PERCENTS, VALUES)
    assert result.of(DocumentRecord)[0].text == upright.of(DocumentRecord)[0].text


def rows_of(data: bytes) -> list[list[str]]:
    document = read(data, "raportti.pdf")
    return [
        [" ".join(" ".join(span.of(document.text) for span in cell.spans).split()) for cell in row]
        for grid in document.tables
        for row in grid.rows
    ]


STATISTICS = (
    ("Alue", "2019", "2020", "Muutos"),
    ("Koivula", "1 689", "1 702", "0,8 %"),
    ("Lehtola", "479", "481", "0,4 %"),
    ("Koko maakunta", "5 525", "5 533", "0,1 %"),
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lines_of_figures_are_rows(layout: str) -> None:
    grid, y = table(STATISTICS, (120, 60, 60, 60), layout, TOP)
    note = text(
        "Lähde: aluehallinnon tilastot, joista puuttuvat kuntayhtymien omat luvut ja yksityiset palvelut.", 60, y - 12
    )
    assert rows_of(drawn(grid + note)) == [list(row) for row in STATISTICS]


def test_a_caption_and_a_note_stay_outside() -> None:
    caption = text("Taulukko 1. Asukkaat alueittain", 60, TOP + 8)
    grid, y = table(STATISTICS, (120, 60, 60, 60), "nothing drawn", TOP)
    document = read(drawn(caption + grid + text("Lähde: aluetilasto.", 60, y - 14)), "raportti.pdf")
    assert [document.text[block.start : block.end] for block in document.blocks] == [
        "Taulukko 1. Asukkaat alueittain",
        "Lähde: aluetilasto.",
    ]
    assert document.tables[0].n_rows == len(STATISTICS)


def parts(rows: Rows, first: int) -> Sequence[bytes]:
    """A table over two pages, its heading on the first alone."""
    widths = (120, 60, 60, 60)
    upper, _ = table(rows[:first], widths, "nothing drawn", 150)
    lower, y = table(rows[first:], widths, "nothing drawn", TOP)
    before = b"".join(text(f"{line} Rivi {number}.", 60, 760 - 12 * number) for number, line in enumerate(PROSE * 24))
    return before + upper, lower + text("Taulukon jälkeen jatkuu tavallinen teksti, joka ei kuulu siihen.", 60, y - 30)


@pytest.mark.parametrize("first", [2, 3])
def test_a_table_without_rules_goes_on_on_the_next_page(first: int) -> None:
    assert rows_of(drawn(*parts(STATISTICS, first))) == [list(row) for row in STATISTICS]


def test_a_list_of_contents_and_labels_are_no_tables() -> None:
    contents = [("Johdanto", "3"), ("Tavoitteet", "5"), ("Tulokset", "9"), ("Lähteet", "14")]
    lines = b"".join(text(a, 60, 700 - 14 * n) + text(b, 480, 700 - 14 * n) for n, (a, b) in enumerate(contents))
    labels = [("Alue:", "12"), ("Kuntia:", "8"), ("Asukkaita:", "31")]
    lines += b"".join(text(a, 60, 500 - 14 * n) + text(b, 160, 500 - 14 * n) for n, (a, b) in enumerate(labels))
    assert rows_of(drawn(lines)) == []


def test_a_table_that_words_alone_show_is_named_where_it_has_few_rows() -> None:
    few = (("Tehtävä", "Vastuu", "Tila"), ("Opas julkaistaan", "tiimi", "kesken"), ("Kysely", "hanke", "valmis"))
    grid, _ = table(few, (160, 80, 80), "nothing drawn", TOP)
    assert "uncertain_table: 1" in process(drawn(grid), "raportti.pdf").of(DocumentRecord)[0].warnings
    ruled, _ = table(few, (160, 80, 80), "ruled", TOP)
    assert "uncertain_table: 1" not in process(drawn(ruled), "raportti.pdf").of(DocumentRecord)[0].warnings
