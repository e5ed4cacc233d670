"""Which year a time without one takes: from what the document is dated by, and what the clause tells of it."""

from __future__ import annotations

import pytest

from extractors.dates import extract
from tests.conftest import Analyse

TIMES = [
    # told as past: the latest that has begun by the day of the report
    ("Ryhmä aloitti toukokuussa.", "31.5.2022", "2022-05"),
    ("Ryhmä aloitti toukokuussa.", "1.5.2022", "2022-05"),
    ("Ryhmä aloitti toukokuussa.", "30.4.2022", "2021-05"),
    ("Ryhmä aloitti syksyllä.", "31.8.2022", "2021-FA"),
    # planned: the first that is not over by that day
    ("Ryhmä aloittaa toukokuussa.", "31.5.2022", "2022-05"),
    ("Ryhmä aloittaa toukokuussa.", "1.5.2022", "2022-05"),
    ("Ryhmä aloittaa toukokuussa.", "1.6.2022", "2023-05"),
    ("Ryhmä aloittaa keväällä.", "31.5.2022", "2022-SP"),
    ("Ryhmä aloittaa keväällä.", "1.6.2022", "2023-SP"),
    ("Aloitus on suunniteltu toukokuuhun.", "31.5.2022", "2022-05"),
    # told as neither: the nearest
    ("Toukokuussa kokous.", "31.8.2022", "2022-05"),
    ("Toukokuussa kokous.", "31.12.2022", "2023-05"),
    # the clause decides, not the sentence
    ("Opas tehtiin, ja toukokuussa ryhmä aloittaa.", "1.6.2022", "2023-05"),
    ("Opas tehdään, ja toukokuussa ryhmä aloitti.", "1.6.2022", "2022-05"),
    # told from now
    ("Viime vuonna ryhmä aloitti.", "31.5.2022", "2021"),
    ("Ensi keväänä ryhmä aloittaa.", "31.5.2022", "2023-SP"),
    ("Viime vuoden lokakuussa ryhmä aloitti.", "31.5.2022", "2021-10"),
    ("Viime viikolla ryhmä aloitti.", "31.5.2022", "2022-W21"),
    ("Ensi viikolla ryhmä aloittaa.", "31.12.2022", "2023-W01"),
    ("Ensi viikon torstaina ryhmä aloittaa.", "31.5.2022", "2022-06-09"),
    ("Ryhmä aloitti perjantaina.", "31.5.2022", "2022-05-27"),
    ("Ryhmä aloittaa perjantaina.", "31.5.2022", "2022-06-03"),
    ("Ryhmä aloitti tiistaina.", "31.5.2022", "2022-05-31"),
    ("Ryhmä aloitti viime tiistaina.", "31.5.2022", "2022-05-24"),
    ("Ryhmä aloittaa ensi tiistaina.", "31.5.2022", "2022-06-07"),
    ("Ryhmä aloitti eilen.", "1.6.2022", "2022-05-31"),
    ("3. toukokuuta ryhmä aloitti.", "31.5.2022", "2022-05-03"),
    ("Ryhmä aloitti jouluna.", "31.5.2022", "2021-12-25"),
]


@pytest.mark.parametrize(("sentence", "day", "value"), TIMES)
def test_a_report_dates_what_names_no_year(sentence: str, day: str, value: str, analyse: Analyse) -> None:
    document = analyse(f"Koealueen hanke\n\nRaportin päiväys {day}\n\nTuotokset ja tulokset\n\n{sentence}\n")
    found = [record for record in extract(document) if record.char_start >= document.text.index(sentence)]
    assert [(record.value, record.anchor) for record in found] == [(value, day)]


TOLD_ON = [
    ("Ryhmä aloitti toukokuussa 2021, ja työ päättyi helmikuussa.", "2022-02"),  # not the February before
    ("Ryhmä aloitti toukokuussa 2021, ja työ päättyi kesäkuussa.", "2021-06"),
    ("Ryhmä aloitti toukokuussa 2021, ja toukokuussa työ päättyi.", "2021-05"),
    ("Ryhmä aloitti syksyllä 2021, ja keväällä työ päättyi.", "2022-SP"),
]


@pytest.mark.parametrize(("sentence", "value"), TOLD_ON)
def test_where_nothing_else_dates_it_the_telling_goes_on(sentence: str, value: str, analyse: Analyse) -> None:
    first, then = extract(analyse(sentence))
    assert (then.value, then.anchor) == (value, first.text)
