"""Tables of goals with their measures: what a row's cells are, which goal they belong to, what state they tell."""

from __future__ import annotations

import pytest

from extractors.document import AnalysedDocument
from extractors.goal_status import extract as goal_status
from extractors.measures import extract as measures
from extractors.outline.tables import columns, kind
from extractors.process_goals import extract as process_goals
from pipeline.process import analysed


def page(*rows: str, above: str = "", below: str = "<p>Taulukko loppui tähän.</p>") -> AnalysedDocument:
    grid = "".join(f"<tr>{row}</tr>" for row in rows)
    opening = "<p>Koealueen oma-arviointi on päivätty 30.11.2022.</p>"
    html = f"<html lang='fi'><body>{opening}{above}<table>{grid}</table>{below}</body></html>"
    return analysed(html.encode(), "sivu.html")


def cells(*texts: str) -> str:
    return "".join(text if text.startswith("<td") else f"<td>{text}</td>" for text in texts)


def reported(document: AnalysedDocument) -> list[tuple[str | None, str, str | None]]:
    return [(m.goal_code, m.text, m.status) for m in measures(document)]


def readiness(document: AnalysedDocument) -> list[tuple[str | None, str, float | None]]:
    return [(r.code, r.period, r.percent) for r in goal_status(document)]


MERGED = page(
    cells("Tavoite", "Toimenpide", "Vastuu", "Aikataulu", "Tilanne"),
    cells("<td rowspan=2>P1 Asiakas saa ajan</td>", "Takaisinsoitto", "Kajaani", "2021–2022", "Valmis"),
    cells("Etävastaanotto", "Sotkamo", "kevät 2022", "Kesken"),
    cells("P2 Jonot lyhenevät", "Lisävastaanotto", "–", "", "Ei aloitettu"),
)


def test_a_goal_merged_over_rows_holds_the_measures_of_all() -> None:
    assert [(goal.code, goal.text) for goal in process_goals(MERGED)] == [
        ("P1", "Asiakas saa ajan"),
        ("P2", "Jonot lyhenevät"),
    ]
    assert reported(MERGED) == [
        ("P1", "Takaisinsoitto", "done"),
        ("P1", "Etävastaanotto", "in_progress"),
        ("P2", "Lisävastaanotto", "not_started"),
    ]


def test_a_measures_row_tells_who_when_and_which_cell_decided() -> None:
    text = MERGED.text
    found = [
        (m.responsible, m.schedule, m.status_source, text[m.status_start or 0 : m.status_end or 0])
        for m in measures(MERGED)
    ]
    assert found == [
        ("Kajaani", "2021–2022", "cell", "Valmis"),
        ("Sotkamo", "kevät 2022", "cell", "Kesken"),
        (None, None, "cell", "Ei aloitettu"),
    ]


def test_a_goal_that_stands_in_its_first_row_alone_is_carried_down() -> None:
    document = page(
        cells("Tavoite", "Toimenpide", "Tilanne"),
        cells("P1 Asiakas saa ajan", "Takaisinsoitto", "Valmis"),
        cells("", "Etävastaanotto", "Kesken"),
    )
    assert reported(document) == [("P1", "Takaisinsoitto", "done"), ("P1", "Etävastaanotto", "in_progress")]


def test_bullets_of_a_cell_are_measures_each() -> None:
    document = page(
        cells("Tavoite", "Toimenpiteet", "5/21", "11/21"),
        cells("P1 Asiakas saa ajan", "<td><ul><li>Takaisinsoitto</li><li>Chat</li></ul></td>", "20 %", "60 %"),
        cells("P2 Jonot lyhenevät", "<td><p>• Lisävastaanotto</p><p>• Iltavastaanotto</p></td>", "0 %", "100 %"),
        cells("P3 Laatu paranee", "Rekisteri", "0 %", "0 %"),
    )
    assert [(m.goal_code, m.text, m.status, m.percent) for m in measures(document)] == [
        ("P1", "Takaisinsoitto", "in_progress", 60.0),
        ("P1", "Chat", "in_progress", 60.0),
        ("P2", "Lisävastaanotto", "done", 100.0),
        ("P2", "Iltavastaanotto", "done", 100.0),
        ("P3", "Rekisteri", "not_started", 0.0),
    ]
    assert readiness(document)[:2] == [("P1", "2021-05", 20.0), ("P1", "2021-11", 60.0)]


def grouped(*heads: str) -> AnalysedDocument:
    """Measures in rows below rows that name their goal."""
    return page(
        cells("Tehtävä", "Vetäjä", "Ajankohta", "Missä mennään"),
        cells(f"<td colspan=4>{heads[0]}</td>"),
        cells("Ohje hoitajille", "Laatutiimi", "5/2022", "valmis"),
        cells(f"<td colspan=4>{heads[1]}</td>"),
        cells("Opas", "Viestintä", "2022", "kesken"),
        above="<p>Tavoitteet P1 ja P2 etenivät.</p>",
    )


@pytest.mark.parametrize(("one", "other"), [("P1", "P2"), ("P1 Asiakas saa ajan", "P2 Jonot lyhenevät")])
def test_a_row_that_names_a_goal_heads_the_rows_below(one: str, other: str) -> None:
    assert reported(grouped(one, other)) == [("P1", "Ohje hoitajille", "done"), ("P2", "Opas", "in_progress")]


def test_a_goal_that_heads_rows_is_a_goal_of_the_project() -> None:
    document = grouped("P1 Asiakas saa ajan", "P2 Jonot lyhenevät")
    assert [(goal.code, goal.text) for goal in process_goals(document)] == [
        ("P1", "Asiakas saa ajan"),
        ("P2", "Jonot lyhenevät"),
    ]


GROUPED = [
    (cells("Toimenpide", "Tilanne"), cells("<td colspan=2>{}</td>"), cells("Opas", "kesken")),
    (
        cells("Toimenpide", "Vastuu", "Tilanne"),
        cells("Tavoite", "<td colspan=2>{}</td>"),
        cells("Opas", "Kuhmo", "kesken"),
    ),
    (
        cells("Tavoite", "Toimenpide", "Tilanne"),
        cells("{}", "", ""),
        cells("", "Opas", "kesken"),
    ),
]


@pytest.mark.parametrize(("heading", "group", "row"), GROUPED)
def test_a_goals_own_row_may_be_one_wide_cell_or_stand_behind_its_label(heading: str, group: str, row: str) -> None:
    goals = ("P1 Asiakas saa ajan", "P2 Jonot lyhenevät")
    document = page(heading, *(part for goal in goals for part in (group.format(goal), row)))
    assert reported(document) == [("P1", "Opas", "in_progress"), ("P2", "Opas", "in_progress")]


def test_a_row_that_names_something_else_leaves_the_goal_as_it_was() -> None:
    document = page(
        cells("Toimenpide", "Vastuu", "Tilanne"),
        cells("<td colspan=3>P1 Asiakas saa ajan</td>"),
        cells("<td colspan=3>TP 2 Viestintä</td>"),
        cells("Opas", "Kuhmo", "kesken"),
    )
    assert reported(document) == [("P1", "Opas", "in_progress")]


def test_codes_may_have_a_column_of_their_own() -> None:
    document = page(
        cells("Tunnus", "Mihin pyritään", "kevät -21", "syksy -21"),
        cells("P1", "Asiakas saa ajan", "20 %", "–"),
        cells("P2", "Jonot lyhenevät", "40 %", "50 %"),
    )
    assert [(goal.code, goal.text) for goal in process_goals(document)] == [
        ("P1", "Asiakas saa ajan"),
        ("P2", "Jonot lyhenevät"),
    ]
    assert readiness(document) == [("P1", "2021-SP", 20.0), ("P2", "2021-SP", 40.0), ("P2", "2021-FA", 50.0)]


def test_texts_beside_codes_are_the_goals_whatever_their_heading() -> None:
    document = page(
        cells("Nro", "Suunta", "Ryhmä", "kevät -21"),
        cells("P1", "Asiakas saa ajan viikossa", "A", "20 %"),
        cells("P2", "Jonot lyhenevät kaikkialla", "B", "40 %"),
    )
    assert [(goal.code, goal.text) for goal in process_goals(document)] == [
        ("P1", "Asiakas saa ajan viikossa"),
        ("P2", "Jonot lyhenevät kaikkialla"),
    ]


def test_a_goal_of_which_a_table_has_but_the_code_has_no_words_there() -> None:
    document = page(
        cells("Tunnus", "kevät -21"),
        cells("P1", "20 %"),
        above="<h2>P1 Asiakas saa ajan viikossa</h2><p>Ajan sai.</p><h2>P2 Jonot lyhenevät</h2><p>Jonoa purettiin.</p>",
    )
    assert [(goal.code, goal.text) for goal in process_goals(document)] == [
        ("P1", "Asiakas saa ajan viikossa"),
        ("P2", "Jonot lyhenevät"),
    ]
    assert readiness(document) == [("P1", "2021-SP", 20.0)]


def test_a_table_of_measures_belongs_to_the_goal_whose_section_holds_it() -> None:
    document = page(
        cells("Kehittämistoimi", "Kuka vastaa", "Milloin", "Missä mennään"),
        cells("Ohje hoitajille", "Laatutiimi", "5/2022", "valmis"),
        cells("Kurssi esihenkilöille", "HR", "2023", "siirtyy ensi vuoteen"),
        cells("Botti", "ICT", "2021", "luovuttu"),
        cells("Opas", "Viestintä", "2022", "80 %"),
        above="<h2>P1 Asiakas saa ajan</h2>",
        below="<h2>P2 Jonot lyhenevät</h2><p>Jonoa purettiin.</p>",
    )
    assert [(m.goal_code, m.text, m.status, m.percent) for m in measures(document)][:4] == [
        ("P1", "Ohje hoitajille", "done", None),
        ("P1", "Kurssi esihenkilöille", "not_started", None),
        ("P1", "Botti", "not_pursued", None),
        ("P1", "Opas", "in_progress", 80.0),
    ]


def test_a_measures_readiness_by_period_is_its_own() -> None:
    document = page(
        cells("Tavoite", "Toimenpide", "5/21"),
        cells("P1 Asiakas saa ajan", "Takaisinsoitto", "20 %"),
        cells("", "Chat", "60 %"),
    )
    own = {measure.measure_id: measure.text for measure in measures(document)}
    assert [(r.code, own[str(r.measure_id)], r.percent) for r in goal_status(document)] == [
        ("P1", "Takaisinsoitto", 20.0),
        ("P1", "Chat", 60.0),
    ]
    assert {r.measure_id for r in goal_status(page(cells("Tavoite", "5/21"), cells("P1 Jono", "20 %")))} == {None}


BARE = [
    (cells("Tavoite", "Valmiusaste (%) 5/21", "Valmiusaste (%) 11/21"),),
    (cells("Tavoite", "<td colspan=2>Valmiusaste (%)</td>"), cells("", "5/21", "11/21")),
    (cells("<td rowspan=2>Tavoite</td>", "<td colspan=2>Valmiusaste (%)</td>"), cells("5/21", "11/21")),
    (cells("Tavoite", "Valmiusaste (%)", ""), cells("", "5/21", "11/21")),
    (cells("Tavoite", "<td colspan=2>Valmius prosentteina</td>"), cells("", "5/21", "11/21")),
]


@pytest.mark.parametrize("heading", BARE)
def test_bare_numbers_below_a_heading_of_percents_are_percents(heading: tuple[str, ...]) -> None:
    document = page(*heading, cells("P1 Asiakas saa ajan", "2", "40"), cells("P2 Jonot lyhenevät", "–", "100"))
    assert readiness(document) == [("P1", "2021-05", 2.0), ("P1", "2021-11", 40.0), ("P2", "2021-11", 100.0)]


def test_a_note_in_the_goals_heading_says_nothing_of_bare_numbers() -> None:
    document = page(
        cells("Tavoite Huom! Prosentit ovat arvioita", "Valmiusaste 5/21", "Valmiusaste 11/21"),
        cells("P1 Asiakas saa ajan", "10 %", "3"),
        above="<p>1 = suunnitteilla</p><p>2 = kokeilussa</p><p>3 = käytössä</p><p>Taulukko on tässä.</p>",
    )
    assert [(r.percent, r.stage) for r in goal_status(document)] == [(10.0, None), (None, 3)]


def test_a_few_words_and_a_period_in_brackets_head_a_period() -> None:
    document = page(
        cells("Nyt (6/2022)", "Tavoite", "Edellinen arvio (12/2021)"),
        cells("40 %", "P1 Asiakas saa ajan", "20 %"),
    )
    assert readiness(document) == [("P1", "2022-06", 40.0), ("P1", "2021-12", 20.0)]


def test_a_table_may_have_its_periods_down_and_its_goals_across() -> None:
    document = page(
        cells("Tavoite", "P1 Asiakas saa ajan", "P2 Jonot lyhenevät"),
        cells("Kevät 2021", "20 %", "0 %"),
        cells("Syksy 2021", "40 %", "60 %"),
    )
    assert sorted(readiness(document)) == [
        ("P1", "2021-FA", 40.0),
        ("P1", "2021-SP", 20.0),
        ("P2", "2021-FA", 60.0),
        ("P2", "2021-SP", 0.0),
    ]


PARTED = page(
    cells("Tavoite", "5/21", "11/21", "5/22"),
    cells("P1 Asiakas saa ajan", "20 %", "40 %", "–"),
    cells("Tavoite", "5/21", "11/21", "5/22"),
    cells("P2 Jonot lyhenevät", "0 %", "10 %", "–"),
    cells("<td colspan=2>Toimenpide</td>", "Vastuu", "Tilanne"),
    cells("<td colspan=2>Takaisinsoitto</td>", "Kajaani", "Valmis"),
    cells("<td colspan=2>Chat</td>", "Kuhmo", "Kesken"),
    above="<h2>P3 Palvelu on sujuvaa</h2>",
)


def test_a_table_with_a_second_heading_of_other_columns_is_two() -> None:
    assert [kind(PARTED, table) for table in PARTED.tables] == ["readiness", "deeds"]
    assert reported(PARTED)[:2] == [("P3", "Takaisinsoitto", "done"), ("P3", "Chat", "in_progress")]
    assert readiness(PARTED) == [
        ("P1", "2021-05", 20.0),
        ("P1", "2021-11", 40.0),
        ("P2", "2021-05", 0.0),
        ("P2", "2021-11", 10.0),
    ]


UNPARTED = [
    cells("Projekti", "Tilanne", "Riski", "Huomio"),  # no kind of table has these columns
    cells("Toimenpide", "Vastuun jako", "Uusi ohje", "Kesken"),  # not all cells are headings
]


@pytest.mark.parametrize("row", UNPARTED)
def test_a_row_of_words_that_also_head_columns_parts_no_table(row: str) -> None:
    document = page(
        cells("Tavoite", "5/21", "11/21", "5/22"),
        cells("P1 Asiakas saa ajan", "20 %", "40 %", "–"),
        row,
        cells("P2 Jonot lyhenevät", "0 %", "10 %", "–"),
    )
    assert len(document.tables) == 1


def test_a_card_of_labels_and_values_is_a_goal_with_its_measure() -> None:
    document = page(
        cells("Tavoite", "P1 Asiakas saa ajan"),
        cells("Toimenpide", "Takaisinsoitto"),
        cells("Vastuu", "Kajaani"),
        cells("Tilanne", "Valmis"),
    )
    assert [(m.goal_code, m.text, m.responsible, m.status) for m in measures(document)] == [
        ("P1", "Takaisinsoitto", "Kajaani", "done")
    ]


KINDS = [
    (("Tavoite", "5/21"), ("P1 Jono", "20 %"), "readiness"),
    (("Tavoite", "Toimenpide", "Vastuu"), ("P1 Jono", "Chat", "Kuhmo"), "goals"),
    (("Toimenpide", "Vastuu", "Tilanne"), ("Chat", "Kuhmo", "valmis"), "deeds"),
    (("Mittari", "Lähtötaso", "5/21"), ("Jono", "7 pv", "5 pv"), "indicators"),
    (("Mittari", "Tavoitetaso"), ("Jono", "7 pv"), "indicators"),
    (("Projekti", "Tavoitteet", "Tulokset"), ("Chat", "Apua saa.", "Avattiin."), "projects"),
    (("Alkuperäiset tavoitteet", "Status"), ("TP 1. Jono", "Luovuttu"), "original_goals"),
    (("Riski", "Todennäköisyys", "Toimenpide", "Vastuu"), ("Jono", "suuri", "Chat", "Kuhmo"), "other"),
    (("Nimi", "Sähköposti", "Vastuu"), ("Liisa", "l@koe.example", "Kuhmo"), "other"),
    (("Kunta", "Asukkaita"), ("Kuhmo", "8 000"), "other"),
]


@pytest.mark.parametrize(("heading", "row", "wanted"), KINDS)
def test_a_tables_kind_is_told_by_all_its_columns(heading: tuple[str, ...], row: tuple[str, ...], wanted: str) -> None:
    document = page(cells(*heading), cells(*row))
    assert kind(document, document.tables[0]) == wanted


CELLS = [
    ("Mitä", ("P1", "P2", "P3"), "code"),
    ("Mitä", ("valmis", "kesken", "luovuttu"), "status"),
    ("Mitä", ("toukokuu 2022", "syksy 2022", "2023"), "schedule"),
    ("Mitä", ("pieni asia", "toinen asia", "kolmas asia"), None),
    ("Vastuu", ("valmis", "kesken", "luovuttu"), "responsible"),
    ("Mitä", ("valmis", "pieni asia", "toinen asia"), None),
]


@pytest.mark.parametrize(("heading", "column", "role"), CELLS)
def test_cells_tell_what_a_column_holds_where_its_heading_does_not(
    heading: str, column: tuple[str, ...], role: str | None
) -> None:
    rows = [cells("Opas kunnille", "Kuhmo", text) for text in column]
    document = page(cells("Toimenpide", "Vastuuhenkilö", heading), *rows)
    assert columns(document, document.tables[0]).by_index[2].role == role


@pytest.mark.parametrize("heading", ["Mihin tähdätään", "Asukkaalle luvattua", "Sanamuoto", ""])
def test_words_between_codes_and_periods_are_the_goals(heading: str) -> None:
    document = page(
        cells("Nro", heading, "5/21", "11/21"),
        cells("1.1", "Asukas saa ajan", "10 %", "20 %"),
        cells("1.2", "Jonot lyhenevät", "–", "30 %"),
    )
    assert [(goal.code, goal.text) for goal in process_goals(document)] == [
        ("1.1", "Asukas saa ajan"),
        ("1.2", "Jonot lyhenevät"),
    ]


def test_a_unit_beside_a_code_is_no_goal() -> None:
    document = page(cells("Nro", "Mittari", "5/21", "11/21"), cells("1", "Jonon pituus", "10 %", "20 %"))
    assert list(process_goals(document)) == []


@pytest.mark.parametrize("heading", ["Nyt (6/2022)", "Väliarvio (kesäkuu 2022)", "Ohjausryhmän arvio (6/22)"])
def test_a_period_in_brackets_behind_what_it_is_called(heading: str) -> None:
    document = page(
        cells("Prosessitavoite", heading, "Edellinen arvio (12/2021)"),
        cells("PT 1.1 Asukas saa ajan", "60 %", "30 %"),
        cells("PT 1.2 Jonot lyhenevät", "50 %", "–"),
    )
    assert readiness(document) == [("1.1", "2022-06", 60.0), ("1.1", "2021-12", 30.0), ("1.2", "2022-06", 50.0)]


def test_a_long_heading_with_a_time_in_brackets_is_no_period() -> None:
    heading = "Pitkä selostus siitä mitä kunnissa koettiin (6/2022)"
    document = page(cells("Prosessitavoite", heading, "6/2021"), cells("PT 1.1 Asukas saa ajan", "60 %", "30 %"))
    assert [period for _, period, _ in readiness(document)] == ["2021-06"]
