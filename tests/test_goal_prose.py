"""Paragraphs that open with a goal's code and tell what became of it: no headings, no goals, but measures."""

from __future__ import annotations

import pytest

from extractors.measures import extract as measures
from extractors.percentages import extract as percentages
from extractors.process_goals import extract as process_goals
from tests.conftest import Analyse
from tests.texts import table

TABLE = table(["Tavoite", "5/21", "11/21"], ["{0} Puheluihin vastataan heti", "10 %", "40 %"]) + "\n\n"
LISTED = "Arvio koskee tavoitetta {0}. Se kuuluu:\n• {0} Puheluihin vastataan heti\n"

PROSE = [
    "{0}: Takaisinsoitto otettiin käyttöön. Puheluista 85 % hoidetaan samana päivänä.",
    "{0} – Takaisinsoitto otettiin käyttöön. Puheluista 85 % hoidetaan samana päivänä.",
    "• {0}: Takaisinsoitto otettiin käyttöön. Puheluista 85 % hoidetaan samana päivänä.",
]


@pytest.mark.parametrize("code", ["T1", "PT 1.1", "Tavoite 2.1"])
@pytest.mark.parametrize("above", [TABLE, LISTED])
@pytest.mark.parametrize("prose", PROSE)
def test_what_became_of_a_goal_told_behind_its_code(analyse: Analyse, code: str, above: str, prose: str) -> None:
    opening = "Koealueen hankkeen oma-arviointi\n\nTilanne\nTässä luvussa kerrotaan tilanne.\n"
    document = analyse(f"{opening}{above}\nMitä saatiin aikaan\n{prose}\nTyö jatkuu.\n".format(code))
    number = code.split()[-1]
    assert [(goal.code, goal.text) for goal in process_goals(document)] == [(number, "Puheluihin vastataan heti")]
    assert [(m.goal_code, m.text, m.status) for m in measures(document)] == [
        (number, "Takaisinsoitto otettiin käyttöön.", "done"),
        (number, "Puheluista 85 % hoidetaan samana päivänä.", "in_progress"),
    ]
    assert [figure.goal_code for figure in percentages(document)][-1] == number
    assert [section.heading_text for section in document.sections if section.goal_codes] == []


def test_a_goals_heading_of_two_sentences_over_states_is_a_heading(analyse: Analyse) -> None:
    text = TABLE.format("T1") + "\nT1 Puheluihin vastattiin ennen hitaasti. Nyt heti.\nTehty\n• Opas jaettiin.\n"
    document = analyse("Tilanne\nTässä kerrotaan tilanne.\n" + text)
    assert [section.goal_codes for section in document.sections][-1] == ("T1",)
    assert [(m.goal_code, m.text) for m in measures(document)] == [("T1", "Opas jaettiin.")]
