"""How cells show their numbers: what a reader of the sheet sees, and no other figure."""

from __future__ import annotations

import pytest

from pipeline.read.number_formats import shown

TUESDAY = 44348
"""1 June 2021 as a sheet counts days."""


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (5, "General", "5"),
        (0.1 + 0.2, "General", "0,3"),
        (1e-7, "General", "1E-07"),
        (123456789012, "General", "123456789012"),
        (0.545, "0.0%", "54,5%"),
        (0.545, "0 %", "55 %"),
        (0.125, "0.0 %", "12,5 %"),
        (2.5, "0", "3"),
        (-0.5, "0%", "-50%"),
        (-0.001, "0.00", "0,00"),
        (1234567, "#,##0", "1 234 567"),
        (1234567, "# ##0", "1 234 567"),
        (1234.5, '#,##0.00 "€"', "1 234,50 €"),
        (1234.5, "#,##0.00\\ [$€-40B]", "1 234,50 €"),
        (12345678, '0.0,,"M"', "12,3M"),
        (0.5, "0.##", "0,5"),
        (7, "000", "007"),
        (7, '0 "kpl"', "7 kpl"),
        (3, '"vaihe "0', "vaihe 3"),
        (-3.5, "0.00;[Red]-0.00", "-3,50"),
        (-3.5, "0.00;(0.00)", "(3,50)"),
        (0, '0;-0;"-"', "-"),
        (0.5, ";;;", ""),
        (5, '[<10]"alle 10";0', "alle 10"),
        (12, '[<10]"alle 10";0', "12"),
        (-5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "-5,00 €"),
        (1234567, "0.00E+00", "1,23E+06"),
        (1.5, "# ?/?", "1 1/2"),
        (0.25, "?/?", "1/4"),
    ],
)
def test_a_number(value: float, code: str, seen: str) -> None:
    assert shown(value, code) == seen


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (TUESDAY, "d.m.yyyy", "1.6.2021"),
        (TUESDAY, "[$-40B]d. mmmm yyyy;@", "1. kesäkuu 2021"),
        (TUESDAY, "mmm yy", "kesä 21"),
        (TUESDAY, "dddd d.m.", "tiistai 1.6."),
        (TUESDAY, "ddd", "ti"),
        (TUESDAY, "yyyy-mm-dd", "2021-06-01"),
        (TUESDAY, "dd/mm/yyyy", "01.06.2021"),
        (TUESDAY, "m/d/yy", "1.6.21"),
        (TUESDAY, "m/yyyy", "6/2021"),
        (TUESDAY + 0.5, "d.m.yyyy h:mm", "1.6.2021 12:00"),
        (TUESDAY + 0.75, "h:mm AM/PM", "6:00 PM"),
        (0.999999, "h:mm:ss", "0:00:00"),
        (1.5, "[h]:mm", "36:00"),
        (TUESDAY + 1 / 1440, "mm:ss.0", "01:00,0"),
        (1, "d.m.yyyy", "1.1.1900"),
        (61, "d.m.yyyy", "1.3.1900"),
        (-1, "d.m.yyyy", "-1"),
        (3_000_000, "d.m.yyyy", "3000000"),
    ],
)
def test_a_moment(value: float, code: str, seen: str) -> None:
    assert shown(value, code) == seen


def test_days_may_be_counted_from_1904() -> None:
    assert shown(TUESDAY - 1462, "d.m.yyyy", since_1904=True) == "1.6.2021"


@pytest.mark.parametrize("code", ["", ";", "[", '"', "\\", "0/0", "e+", "[h", "0.0.0", "%%%%%", "/?", "#/", "0" * 5000])
@pytest.mark.parametrize("value", [0.0, 1.5, -1e300, 5e-324, float("inf"), float("nan")])
def test_no_format_is_too_odd(code: str, value: float) -> None:
    assert isinstance(shown(value, code), str)
