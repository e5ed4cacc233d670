"""Short texts that stand alone: a state, a season, a column."""

from __future__ import annotations

import pytest

from extractors.measures import extract as measures
from extractors.outline.labels import period_days, squeeze, state_label, state_of
from extractors.outline.state_labels import is_label, state_labels
from pipeline.process import analysed
from tests.conftest import Analyse

LABELS = [
    ("Valmistuneet", "done"),
    ("Työn alla", "in_progress"),
    ("Ei tällä hetkellä edistetä", "not_pursued"),
    ("Ei aloitettu", "not_started"),
    ("Luovuttu", "not_pursued"),
    ("Jätetty pois", "not_pursued"),
    ("Ennen aloitettu pilotti Kouvolassa", None),
]


@pytest.mark.parametrize(("line", "state"), LABELS)
def test_state_labels(line: str, state: str | None, analyse: Analyse) -> None:
    assert state_label(analyse(line).tokens) == state


STATES = [
    ("Saatiin valmiiksi", "done"),
    ("Vielä kesken", "in_progress"),
    ("Ei saatu valmiiksi", "not_started"),
    ("Emme ehtineet aloittaa", "not_started"),
    ("Ei jatketa", "not_pursued"),
    ("Luovuttu", "not_pursued"),
    ("Koulutus hoitajille", None),
]


@pytest.mark.parametrize(("line", "state"), STATES)
def test_a_short_text_tells_a_state_in_any_words(line: str, state: str | None, analyse: Analyse) -> None:
    assert state_of(analyse(line).tokens) == state


GOALS = """Koealueen oma-arviointi

P7 Asiakas saa ajan
{label}
• Ohje hoitajille

P8 Jono lyhenee
{label}
• Opas
"""

OWN_LABELS = [
    ("Saatiin valmiiksi", "done"),
    ("Näitä emme ehtineet aloittaa", "not_started"),
    ("Tehty tähän mennessä", "done"),
    ("Menossa", "in_progress"),
    ("Tulossa", "not_started"),
]


@pytest.mark.parametrize("colon", ["", ":"])
@pytest.mark.parametrize(("label", "state"), OWN_LABELS)
def test_an_offices_own_label_counts_for_the_list_below(label: str, state: str, colon: str, analyse: Analyse) -> None:
    document = analyse(GOALS.format(label=label + colon))
    assert [(m.goal_code, m.text, m.status, m.status_source) for m in measures(document)] == [
        ("P7", "Ohje hoitajille", state, "label"),
        ("P8", "Opas", state, "label"),
    ]
    assert [section.heading_text for section in document.sections if section.heading_text] == [
        "P7 Asiakas saa ajan",
        "P8 Jono lyhenee",
    ]


def test_words_of_a_state_are_a_label_where_they_come_back_over_lists(analyse: Analyse) -> None:
    twice = analyse(GOALS.format(label="Näitä emme ehtineet aloittaa"))
    once = analyse("Koealueen oma-arviointi\n\nP7 Asiakas saa ajan\nNäitä emme ehtineet aloittaa\n• Ohje\n")
    assert state_labels(twice) == {"naitaemmeehtineetaloittaa": "not_started"}
    assert state_labels(once) == {}
    assert is_label(twice, twice.tokens[:0], "Näitä emme ehtineet aloittaa")


ONCE = [
    ("Toteutuksessa", {"toteutuksessa": "in_progress"}),
    ("Peruutetut", {"peruutetut": "not_pursued"}),
    ("Suunnitelmissa olevat", {"suunnitelmissaolevat": "not_started"}),
    ("Kotikäynnit toteutuksessa", {}),
    ("Suunnittelu ja kokeilu", {}),
]


@pytest.mark.parametrize(("line", "labels"), ONCE)
def test_a_line_of_nothing_but_words_of_states_is_a_label_at_once(
    line: str, labels: dict[str, str], analyse: Analyse
) -> None:
    assert state_labels(analyse(f"Raportti\n\n{line}\n\n• Malli on otettu koealueella kokeiluun.\n")) == labels


PERIODS = [
    ("K21", "2021-SP"),
    ("S22", "2022-FA"),
    ("K 2021", "2021-SP"),
    ("S-22", "2022-FA"),
    ("P7", None),
    ("K211", None),
    ("Kokous", None),
]


@pytest.mark.parametrize(("label", "period"), PERIODS)
def test_short_periods_of_columns(label: str, period: str | None) -> None:
    found = period_days(label)
    assert (found[0] if found else None) == period


FLAT = (
    "<h1>Koealueen oma-arviointi</h1><h2>PT 1.1 Asiakas saa ajan</h2>"
    "<p>• {0}</p><p>• Opas jaettiin.</p><h2>PT 1.2 Jono lyhenee</h2><p>• {0}</p><p>• Jonoa purettiin.</p>"
)


@pytest.mark.parametrize(
    ("line", "is_label"),
    [("Saatu valmiiksi", True), ("Saatu valmiiksi.", False), ("Kuntien yhteinen opas saatu valmiiksi", False)],
)
def test_a_short_item_that_comes_back_over_others_is_a_label(line: str, is_label: bool) -> None:
    document = analysed(FLAT.format(line).encode(), "report.html")
    assert (squeeze(line) in state_labels(document)) == is_label
