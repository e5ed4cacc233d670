"""Headings that a format states: their kind and level count, unless they are captions or whole sentences."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.document import AnalysedDocument
from extractors.measures import extract as measures
from pipeline.process import analysed
from tests.test_docx import word

LONG = (
    "Kehittämistyössä yhdistettiin viiden kunnan avosairaanhoidon vastaanotot yhdeksi toiminnalliseksi "
    "kokonaisuudeksi vuosina 2020–2022"
)


def outline(document: AnalysedDocument) -> list[tuple[int, str]]:
    return [(section.level, section.heading_text) for section in document.sections]


def page(body: str) -> AnalysedDocument:
    return analysed(f"<html lang='fi'><body>{body}</body></html>".encode(), "sivu.html")


PAGES = [
    (
        "<h2>Tulokset</h2><p>Hyvin meni.</p><h3>Ryhmät</h3><p>Ryhmiä on viisi</p>",
        [(1, "Tulokset"), (2, "Ryhmät")],
    ),
    (
        "<h2>Tulokset</h2><p>Hyvin meni.</p><h3>Hoito</h3><h3>Kotihoito</h3><p>Kotihoito laajeni.</p>",
        [(1, "Tulokset"), (2, "Hoito"), (2, "Kotihoito")],
    ),
    (f"<h1>Raportti</h1><h2>{LONG}</h2><p>Se onnistui.</p>", [(1, "Raportti"), (2, LONG)]),
    (
        "<h2>Tulokset</h2><h4>Hoito</h4><p>Hyvin meni.</p><h3>Talous</h3><p>Rahat riittivät.</p>",
        [(1, "Tulokset"), (2, "Hoito"), (2, "Talous")],
    ),
    ("<h2>Tulokset</h2><h3>Kuva 1. Asiakkaan polku</h3><p>Polku on pitkä.</p>", [(1, "Tulokset")]),
    (
        "<h2>Tulokset</h2><h3>Asiakas on tyytyväinen saamaansa palveluun kaikissa kunnissa.</h3><p>Näin on.</p>",
        [(1, "Tulokset")],
    ),
    (
        "<h2>Tulokset</h2><p>Hyvin meni</p><p>Ryhmät</p><p>Ryhmiä on viisi, ja ne kokoontuvat viikoittain.</p>",
        [(1, "Tulokset")],
    ),
]


GOALS = "<h2>Tavoitteet</h2><h3>PT 1.1 Hoito</h3><p>Alkoi.</p>"
PAGES += [
    (  # a sentence that names a goal stands where the format says
        f"{GOALS}<h3>PT 1.2 Asiakas saa ajan lääkärille viikon sisällä yhteydenotosta.</h3><p>Alkoi.</p>",
        [
            (1, "Tavoitteet"),
            (2, "PT 1.1 Hoito"),
            (2, "PT 1.2 Asiakas saa ajan lääkärille viikon sisällä yhteydenotosta."),
        ],
    ),
    (  # a template's label, printed twice
        "<h2>Kokonaisuuden nimi</h2><p>Hoito kuntoon</p><h2>Toimiaika</h2><h2>Toimiaika</h2><p>2021–2023</p>",
        [(1, "Kokonaisuuden nimi"), (1, "Toimiaika")],
    ),
]


@pytest.mark.parametrize(("body", "wanted"), PAGES)
def test_a_web_pages_headings_are_those_that_it_marks(body: str, wanted: list[tuple[int, str]]) -> None:
    assert outline(page(body)) == wanted


def test_the_paragraph_below_a_heading_is_its_body() -> None:
    document = page("<h2>Tulokset</h2><h3>Ryhmät</h3><p>Ryhmiä on viisi</p>")
    assert document.sections[1].body.of(document.text) == "Ryhmiä on viisi"


def test_a_word_files_headings_are_those_of_its_styles() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Koealueen hanke", style="Title")
        document.add_heading("Tulokset", 1)
        document.add_paragraph("Hyvin meni.")
        document.add_heading("Ryhmät", 2)
        document.add_paragraph("Ryhmiä on viisi")
        document.add_heading("Hoito", 2)
        document.add_heading("Kotihoito", 3)
        document.add_paragraph("Kotihoito laajeni.")
        document.add_heading("Kuva 1. Asiakkaan polku", 3)
        document.add_heading("Asiakas on tyytyväinen saamaansa palveluun kaikissa kunnissa.", 2)
        document.add_heading(LONG, 2)
        document.add_paragraph("Se onnistui.")

    document = analysed(word(build), "raportti.docx")
    assert outline(document) == [
        (1, ""),
        (1, "Tulokset"),
        (2, "Ryhmät"),
        (2, "Hoito"),
        (3, "Kotihoito"),
        (2, LONG),
    ]
    assert document.sections[0].body.of(document.text) == "Koealueen hanke"


def test_a_marked_heading_may_name_a_goal() -> None:
    document = page(
        "<h2>Tulokset</h2><p>Hyvin meni.</p><h3>PT 1.1 Asiakas saa ajan viikossa</h3><p>Valmistuneet</p>"
        "<ul><li>Opas</li></ul><h2>Liitteet</h2><ul><li>Kartta</li></ul>"
    )
    assert [(section.level, section.goal_codes) for section in document.sections] == [(1, ()), (2, ("1.1",)), (1, ())]
    assert [(m.goal_code, m.text, m.status) for m in measures(document)] == [("1.1", "Opas", "done")]


@pytest.mark.parametrize(
    "subtitle", ["Hankkeen itsearviointi", "Loppuraportti ohjausryhmälle", "Oma-arvioinnin tulokset"]
)
def test_a_lone_title_over_a_subtitle_that_names_a_report_is_its_cover(subtitle: str) -> None:
    body = "<h2>Tausta</h2><p>Työ alkoi.</p><h2>Tulokset</h2><p>Hyvin meni.</p>"
    found = page(f"<h1>Jokilaakson silta</h1><p>{subtitle}</p>{body}")
    assert outline(found)[1:] == [(1, "Tausta"), (1, "Tulokset")]


def test_a_first_heading_over_text_or_beside_others_of_its_level_is_a_section() -> None:
    body = "<h2>Tausta</h2><p>Työ alkoi.</p><h2>Tulokset</h2><p>Hyvin meni.</p>"
    assert (
        outline(page(f"<h1>Jokilaakson silta</h1><p>Silta yhdistää palvelut.</p>{body}"))[0][1] == "Jokilaakson silta"
    )
    beside = page(f"<h2>Jokilaakson silta</h2><p>Hankkeen itsearviointi</p>{body}")
    assert outline(beside)[0][1] == "Jokilaakson silta"
