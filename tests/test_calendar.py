"""The calendar: the days that a point in time means, and which numbers are years."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.dates import extract
from extractors.grammar.calendar import Point, interval, value
from tests.conftest import Analyse

THIRDS = [
    (Point("month", 2022, 2, mod="START"), "2022-02-01", "2022-02-10"),
    (Point("month", 2022, 2, mod="MID"), "2022-02-11", "2022-02-20"),
    (Point("month", 2022, 2, mod="END"), "2022-02-21", "2022-02-28"),
    (Point("season", 2022, season="WI", mod="START"), "2021-12-01", "2021-12-31"),
    (Point("season", 2022, season="FA", mod="END"), "2022-11-01", "2022-11-30"),
    (Point("quarter", 2022, 2, mod="MID"), "2022-05-01", "2022-05-31"),
    (Point("half", 2022, 2, mod="END"), "2022-11-01", "2022-12-31"),
    (Point("year", 2022, mod="START"), "2022-01-01", "2022-04-30"),
    (Point("year", 2022, mod="MID"), "2022-05-01", "2022-08-31"),
    (Point("year", 2022, mod="END"), "2022-09-01", "2022-12-31"),
    (Point("decade", 2010, mod="START"), "2010-01-01", "2013-04-30"),
    (Point("decade", 2010, mod="MID"), "2013-05-01", "2016-08-31"),
    (Point("decade", 2010, mod="END"), "2016-09-01", "2019-12-31"),
    (Point("century", 1900, mod="END"), "1966-09-01", "1999-12-31"),
    (Point("week", 2022, 1, mod="END"), "2022-01-03", "2022-01-09"),
]


@pytest.mark.parametrize(("point", "first", "last"), THIRDS)
def test_a_part_is_a_third(point: Point, first: str, last: str) -> None:
    assert interval(point) == (date.fromisoformat(first), date.fromisoformat(last))


WHOLES = [
    (Point("decade", 2010), "201", "2010-01-01", "2019-12-31"),
    (Point("century", 1900), "19", "1900-01-01", "1999-12-31"),
    (Point("half", 2022, 1), "2022-H1", "2022-01-01", "2022-06-30"),
    (Point("quarter", 2022, 4), "2022-Q4", "2022-10-01", "2022-12-31"),
    (Point("season", 2022, season="WI"), "2022-WI", "2021-12-01", "2022-02-28"),
    (Point("turn", 2021), "2021-12/2022-01", "2021-12-01", "2022-01-31"),
    (Point("week", 2020, 53), "2020-W53", "2020-12-28", "2021-01-03"),
    (Point("weekend", 2022, 1), "2022-W01-WE", "2022-01-08", "2022-01-09"),
]


@pytest.mark.parametrize(("point", "written", "first", "last"), WHOLES)
def test_a_point_has_its_value_and_its_days(point: Point, written: str, first: str, last: str) -> None:
    assert value(point) == written
    assert interval(point) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("point", [Point("week", 2021, 53), Point("month", 2022, 13), Point("day", 2022, 2, 30)])
def test_what_the_calendar_does_not_have_has_no_days(point: Point) -> None:
    assert interval(point) is None


SHORT_YEARS = [
    ("Arviointi tehtiin 5/17 alueella.", ["2017-05"]),
    ("Arviointi tehtiin 5/16 alueella.", []),
    ("Arviointi tehdään 5/39 alueella.", ["2039-05"]),
    ("Arviointi tehdään 5/40 alueella.", []),
    ("Ryhmä alkoi toukokuussa 17 alueella.", ["2017-05"]),
    ("Ryhmä päättyy syksyllä -39 alueella.", ["2039-FA"]),
    ("Vuonna 1900 kaikki oli toisin.", ["1900"]),
    ("Vuonna 2100 kaikki on toisin.", ["2100"]),
]


@pytest.mark.parametrize(("sentence", "values"), SHORT_YEARS)
def test_two_digits_are_a_year_of_the_reforms_own_decades(sentence: str, values: list[str], analyse: Analyse) -> None:
    assert [record.value for record in extract(analyse(sentence))] == values
