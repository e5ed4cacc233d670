"""Identifiers and places of records."""

from __future__ import annotations

from extractors.document import Span
from extractors.ids import place, record_id, section_id_at
from extractors.records import EXTRACTED, PlacedRecord
from pipeline.process import process
from tests.conftest import Analyse

TEXT = "Alku on tässä.\n\nTuotokset ja tulokset\n\nTyö eteni.\n\nVaikutukset ja vaikuttavuus\n\nTyö päättyi.\n"


def test_a_place_is_in_the_section_where_it_begins(analyse: Analyse) -> None:
    document = analyse(TEXT)
    assert [section.heading_text for section in document.sections] == [
        "",
        "Tuotokset ja tulokset",
        "Vaikutukset ja vaikuttavuus",
    ]
    over_heading = Span(TEXT.index("eteni"), TEXT.index("päättyi"))
    assert place(document, over_heading) == {
        "doc_id": document.doc_id,
        "section_id": f"{document.doc_id}-s0001",
        "char_start": over_heading.start,
        "char_end": over_heading.end,
        "text": "eteni.\n\nVaikutukset ja vaikuttavuus\n\nTyö ",
    }
    before_heading = Span(0, TEXT.index("ja tulokset"))
    assert place(document, before_heading)["section_id"] == f"{document.doc_id}-s0000"


def test_a_section_reaches_from_its_heading_to_the_next(analyse: Analyse) -> None:
    document = analyse(TEXT)
    first, second = (TEXT.index(heading) for heading in ("Tuotokset", "Vaikutukset"))
    ids = [section_id_at(document, offset) for offset in (0, first - 1, first, second - 1, second, len(TEXT))]
    opening, one, other = (f"{document.doc_id}-s000{number}" for number in range(3))
    assert ids == [opening, opening, one, one, other, other]


def test_records_are_numbered_with_four_digits() -> None:
    assert [record_id("abc", "g", number) for number in (1, 42, 12345)] == ["abc-g0001", "abc-g0042", "abc-g12345"]


SECTIONS = "\n\n".join(
    f"{heading}\n\nVuonna 2021 asiakkaita oli {number + 10} ja keväällä 2022 jo {number + 20}, eli 40 % enemmän."
    for number, heading in enumerate(
        ["Lähtötilanne", "Toimintaympäristö", "Tavoiteltu muutos", "Kohderyhmä", "Vaikutukset", "Vinkit", "Kohderyhmä"]
    )
)


def ids(text: str, name: str = "raportti.txt") -> dict[str, list[str | None]]:
    """The record ids of a text's records by table."""
    records = process(text.encode(), name).records
    return {
        table: [row.record_id for row in rows if isinstance(row, PlacedRecord)]
        for table, rows in records.items()
        if issubclass(next(one for one in EXTRACTED if table == one.TABLE), PlacedRecord)
    }


def test_all_sections_and_all_records_of_other_sections_keep_their_ids_after_an_edit() -> None:
    before = ids(SECTIONS)
    now = ids(SECTIONS.replace("jo 22,", "jo 22. Uutta väkeä tuli 3.3.2022, yhteensä 7 työntekijää,"))
    assert len(before["sections"]) == 7
    assert now["sections"] == before["sections"]
    for table in ("dates", "percentages", "quantities"):
        assert set(before[table]) <= set(now[table]), table
    assert len(now["dates"]) == len(before["dates"]) + 1


def test_ids_are_one_a_record_and_the_same_whatever_the_file_is_called() -> None:
    found = ids(SECTIONS)
    assert set(found.pop("tokens")) == {None}
    for table, one in found.items():
        assert None not in one
        assert len(set(one)) == len(one), table
    assert ids(SECTIONS, "toinen.txt").items() >= found.items()


def test_a_section_under_another_heading_is_another() -> None:
    before, now = ids(SECTIONS)["sections"], ids(SECTIONS.replace("Vinkit", "Arvioinnin tulokset"))["sections"]
    assert [one == other for one, other in zip(before, now, strict=True)].count(False) == 1
