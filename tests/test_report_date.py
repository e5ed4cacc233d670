"""The date that a report gives as its own."""

from __future__ import annotations

from extractors.outline.report_date import report_date
from tests.conftest import Analyse
from tests.texts import REPORT


def test_a_report_says_when_it_was_made(analyse: Analyse) -> None:
    lead = "Raportti on päivitetty 31.5.2022. Hanke on osa laajempaa valmistelua, jota jatketaan vuosina 2022–2023."
    found = report_date(analyse(f"Koealueen hanke\n{lead}\n"))
    assert found is not None
    assert (str(found.first_day), found.text) == ("2022-05-31", "31.5.2022")


def test_the_report_is_dated_by_its_latest_filled_period(analyse: Analyse) -> None:
    found = report_date(analyse(REPORT))
    assert found is not None
    assert (str(found.first_day), str(found.last_day), found.text) == ("2021-09-01", "2021-11-30", "Syksy 2021")
