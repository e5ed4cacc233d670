"""What a report's cover says of itself: labels with values on the line, below, printed twice, in a table."""

from __future__ import annotations

import pytest

from extractors.documents import extract as documents
from extractors.outline.fields import cover_fields, cover_label
from extractors.records import DocumentRecord
from tests.conftest import Analyse
from tests.texts import table

TITLE = "Kainuun sote-keskushanke\nOma-arviointiraportti\n\n"
BODY = "\n\nJohdanto\nHanke alkoi syksyllä 2020, ja se on edennyt suunnitelman mukaan kaikissa kunnissa.\n"

LABELS = [
    ("Alue", "Kainuu"),
    ("Ohjelma", "Tulevaisuuden sosiaali- ja terveyskeskus"),
    ("Rahoittaja", "Sosiaali- ja terveysministeriö"),
    ("Hankeaika", "1.9.2020–31.12.2022"),
    ("Yhteyshenkilö", "Liisa Virtanen"),
    ("Organisaatio", "Kainuun kehittämisyhtiö"),
    ("Sähköposti", "liisa.virtanen@kehitys.example"),
    ("Päivätty", "30.11.2022"),
]


def record(analyse: Analyse, text: str) -> DocumentRecord:
    (found,) = documents(analyse(text))
    return found


COVERS = {
    "on the line": "\n".join(f"{label}: {value}" for label, value in LABELS),
    "below": "\n".join(f"{label}\n{value}" for label, value in LABELS),
    "below, with gaps": "\n\n".join(f"{label}\n{value}" for label, value in LABELS),
    "below, with colons": "\n".join(f"{label}:\n{value}" for label, value in LABELS),
    "twice": "\n".join(f"{label}\n{label}\n{value}" for label, value in LABELS),
    "table": table(*([label, value] for label, value in LABELS)) + "\n\n",
}


@pytest.mark.parametrize("layout", COVERS)
def test_a_cover_tells_its_fields_in_any_layout(layout: str, analyse: Analyse) -> None:
    found = record(analyse, TITLE + COVERS[layout] + BODY)
    assert (found.kind, found.title, found.region) == ("oma_arviointi", "Kainuun sote-keskushanke", "Kainuu")
    assert found.programme == "Tulevaisuuden sosiaali- ja terveyskeskus"
    assert (found.funder, found.period_start, found.period_end) == ("Sosiaali- ja terveysministeriö", 2020, 2022)
    assert (found.contact_name, found.contact_organisation) == ("Liisa Virtanen", "Kainuun kehittämisyhtiö")
    assert (found.contact_email, str(found.report_date)) == ("liisa.virtanen@kehitys.example", "2022-11-30")


@pytest.mark.parametrize("layout", COVERS)
def test_a_cover_holds_no_sections(layout: str, analyse: Analyse) -> None:
    document = analyse(TITLE + COVERS[layout] + BODY)
    assert [section.heading_text for section in document.sections] == ["", "Johdanto"]


def test_a_contact_within_one_line_is_told_apart(analyse: Analyse) -> None:
    line = "Yhteyshenkilö: hankepäällikkö Liisa Virtanen, Kainuun kehittämisyhtiö, liisa.virtanen@kehitys.example"
    found = record(analyse, TITLE + line + BODY)
    assert (found.contact_name, found.contact_organisation, found.contact_email) == (
        "Liisa Virtanen",
        "Kainuun kehittämisyhtiö",
        "liisa.virtanen@kehitys.example",
    )


PAGE = """Kokonaisuuden nimi
Koeala: sote-keskus
Rahoittaja
Rahoittaja
Sosiaali- ja terveysministeriö, VN/123/2020
Sitra
Luotu
Luotu
4.3.2024
Tarkoitus ja tavoitteet
Tarkoitus on hyvä hoito.
"""


def test_a_pages_label_printed_twice_is_one_section_and_a_funder_has_all_its_lines(analyse: Analyse) -> None:
    document = analyse(PAGE)
    assert [(s.heading_text, s.field, s.body.of(document.text)) for s in document.sections] == [
        ("Kokonaisuuden nimi", "kokonaisuuden_nimi", "Koeala: sote-keskus"),
        ("Rahoittaja", "rahoittaja", "Sosiaali- ja terveysministeriö, VN/123/2020\nSitra"),
        ("Luotu", "luotu", "4.3.2024"),
        ("Tarkoitus ja tavoitteet", "tarkoitus_ja_tavoitteet", "Tarkoitus on hyvä hoito."),
    ]
    (found,) = documents(document)
    assert (found.funder, str(found.created)) == ("Sosiaali- ja terveysministeriö; Sitra", "2024-03-04")


def test_a_label_may_hold_values_that_go_on_behind_the_next_one_of_the_same_name(analyse: Analyse) -> None:
    document = analyse(TITLE + "Rahoittaja: Sosiaali- ja terveysministeriö\nRahoittaja: Sitra" + BODY)
    (found,) = documents(document)
    assert found.funder == "Sosiaali- ja terveysministeriö; Sitra"
    assert [span.of(document.text) for span in cover_fields(document)["rahoittaja"]] == [
        "Sosiaali- ja terveysministeriö",
        "Sitra",
    ]


def test_a_cover_ends_where_text_or_a_contents_list_begins(analyse: Analyse) -> None:
    text = TITLE + "Alue: Kainuu" + BODY + "\n• Rahoittaja: Sitra\n\nRahoittaja: Kela\n"
    assert set(cover_fields(analyse(text))) == {"alue"}


NAMES = [
    ("Rahoittaja", "rahoittaja"),
    ("RAHOITTAJA", "rahoittaja"),
    ("Sähköposti", "yhteyshenkilo_sahkoposti"),
    ("Huomautuksia", None),
]


@pytest.mark.parametrize(("words", "field"), NAMES)
def test_labels_are_known_however_they_are_written(words: str, field: str | None) -> None:
    assert cover_label(words) == field
