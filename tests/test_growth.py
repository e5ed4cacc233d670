"""The table of growth measures what it says."""

from __future__ import annotations

import pytest

from tests import growth


@pytest.mark.parametrize("name", growth.FAMILIES)
def test_a_family_has_the_size_that_is_asked(name: str) -> None:
    sizes = [len(growth.FAMILIES[name](size)[1].encode()) for size in (10_000, 20_000)]
    assert sizes[0] == pytest.approx(10_000, rel=0.2) and sizes[1] == pytest.approx(2 * sizes[0], rel=0.1)


def test_growth_is_what_a_size_takes_beyond_its_share() -> None:
    assert growth.excess([(10, 0.01), (20, 0.2), (40, 0.4), (80, 1.6)]) == 2.0
    assert growth.excess([(10, 0.01), (20, 0.2)]) == 1.0


def test_a_family_that_grows_too_much_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for power, code in ((1, 0), (2, 1)):
        monkeypatch.setattr(growth, "seconds", lambda _, size, power=power: (size / 10_000) ** power / 5)
        assert growth.main(["--most", "40000", "digits"]) == code
        assert capsys.readouterr().out.splitlines()[1].split()[-1] == f"{4 ** (power - 1)}.00"
