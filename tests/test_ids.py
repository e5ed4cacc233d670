"""Identifiers and places of records."""

from __future__ import annotations

from extractors.document import Span
from extractors.ids import place, record_id, section_id_at
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
