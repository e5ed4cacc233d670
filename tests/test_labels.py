"""Short texts that stand alone: a state, a season, a column."""

from __future__ import annotations

import pytest

from extractors.outline.labels import state_label
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
