"""The column headings of project tables in a text layer: a line each, over lines, side by side, and what is none."""

from __future__ import annotations

import pytest

from extractors.document import AnalysedDocument
from extractors.outline.project_headers import ProjectHeader, layer_lines, project_headers
from pipeline.process import staged

LEAD = """Kukkulan hankkeen arviointiraportti

Raporttiin on kirjattu, mitä projektit ovat saaneet aikaan. Taulukot on täytetty ohjausryhmän kokouksia varten, ja
niitä täydennetään kaksi kertaa vuodessa.

"""

BELOW = "\n\nVastaanotot\n\nTakaisinsoitto\n\nAsiakas saa vastauksen samana päivänä.\n"


def analyse(text: str) -> AnalysedDocument:
    """The text before the outline makes tables of it."""
    document = next(value for name, value in staged(text.encode(), "test.txt") if name == "analyse")
    assert isinstance(document, AnalysedDocument)
    return document


def headers(document: AnalysedDocument) -> list[ProjectHeader]:
    return project_headers(document, layer_lines(document))


def spelled(document: AnalysedDocument, header: ProjectHeader) -> list[tuple[str | None, str]]:
    return [(one.role, " ".join(span.of(document.text) for span in one.spans)) for one in header.columns]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param(
            "Kehittämiskohde\n\nHanke tai projekti\n\nMihin pyritään\n\nMiten mitataan\n\nTietolähde\n\nTulokset",
            [
                ("development_area", "Kehittämiskohde"),
                ("project", "Hanke tai projekti"),
                ("goal", "Mihin pyritään"),
                ("indicator", "Miten mitataan"),
                ("source", "Tietolähde"),
                ("results", "Tulokset"),
            ],
            id="a line each",
        ),
        pytest.param(
            "Tavoitetila\n\nProjekti\n\nTunnusluvut\n\nTulokset ja havainnot kausittain\n\nSeurannan lähde",
            [
                ("goal", "Tavoitetila"),
                ("project", "Projekti"),
                ("indicator", "Tunnusluvut"),
                ("results", "Tulokset ja havainnot kausittain"),
                ("source", "Seurannan lähde"),
            ],
            id="another order, no area",
        ),
        pytest.param(
            "KEHITTÄMIS-\nKOKONAISUUS\n\nPROJEKTI\n\nTAVOITE\n\nTULOKSET",
            [
                ("development_area", "KEHITTÄMIS- KOKONAISUUS"),
                ("project", "PROJEKTI"),
                ("goal", "TAVOITE"),
                ("results", "TULOKSET"),
            ],
            id="over two lines",
        ),
        pytest.param(
            "KEHITTÄMISALUE | PROJEKTI TAVOITTEET ARVIOINTI/MITTARI TIETOJEN SEURANNAN TULOKSET\nKERUU/LÄHDE",
            [
                ("development_area", "KEHITTÄMISALUE"),
                ("project", "PROJEKTI"),
                ("goal", "TAVOITTEET"),
                ("indicator", "ARVIOINTI/MITTARI"),
                ("source", "TIETOJEN KERUU/LÄHDE"),
                ("results", "SEURANNAN TULOKSET"),
            ],
            id="side by side, one of them with its second line below",
        ),
        pytest.param(
            "Mihin pyritään Osahanke Tietolähde Näin pysymme kärryillä Tulokset, syksy 2021 Tulokset, kevät 2022",
            [
                ("goal", "Mihin pyritään"),
                ("project", "Osahanke"),
                ("source", "Tietolähde"),
                (None, "Näin pysymme kärryillä"),
                ("period", "Tulokset, syksy 2021"),
                ("period", "Tulokset, kevät 2022"),
            ],
            id="a column of each period, and one whose heading says nothing",
        ),
    ],
)
def test_the_columns_and_their_order_are_read_from_the_headings(
    text: str, columns: list[tuple[str | None, str]]
) -> None:
    document = analyse(LEAD + text + BELOW)
    (header,) = headers(document)
    assert spelled(document, header) == columns
    assert document.text[header.start : header.end] == text


def test_a_heading_that_each_page_repeats_is_found_each_time() -> None:
    heading = "Projekti Tavoitteet Mittarit Tulokset\n"
    document = analyse(LEAD + heading + BELOW + "\n3\n\n\f" + heading + BELOW)
    assert [header.roles for header in headers(document)] == [("project", "goal", "indicator", "results")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Hankkeen projektien tavoitteet ja tulokset on koottu lähteistä, ja\nmittarit kuvataan erikseen",
        "Projektissa listataan tavoitteet. Tulokset kerätään tietolähteistä",
        "Tavoitteet\n\nMittarit\n\nTulokset\n\nTietolähde",
        "Projekti 2021–2023\n\nTavoite 2:\n\nTulokset 5 %",
        "Projekti Yhteystiedot Vastuuhenkilö",
    ],
    ids=["prose", "sentences", "no project", "figures", "a list of contacts"],
)
def test_what_only_names_some_of_it_heads_no_project_table(text: str) -> None:
    assert headers(analyse(LEAD + text + BELOW)) == []
