"""The same goal in several reports: on seven invented regions and one more, by hand, and in the tables of a run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest

from pipeline.load.snapshot import PART
from pipeline.load.verify import faults
from pipeline.research.database import opened
from pipeline.research.query import asked
from pipeline.run import Options, run
from pipeline.series.matching import Edge, Matcher, Thread, Unit
from tests.conftest import ROOT

TRUTH = sorted((ROOT / "tests" / "series").glob("*.txt"))
UNSEEN = "ahvensalo"
"""The region that no limit was set by."""


class Told(NamedTuple):
    """A goal of a report and the name of the one that it truly is."""

    unit: Unit
    kind: str
    name: str


def truth(path: Path) -> Iterator[Told]:
    """What a file says: `# kind name`, then a line a report, `=` where the wording stays."""
    kind = name = text = ""
    lines = path.read_text(encoding="utf-8").splitlines()
    days = sorted({line.split(" ")[0] for line in lines if re.match(r"\d{4}-\d\d ", line)})
    for number, line in enumerate(lines):
        if line.startswith("# "):
            kind, name = line[2:].split()
        elif line and line.split(" ")[0] in days:
            day, code, said = line.split(" ", 2)
            text = text if said == "=" else said
            yield Told(Unit(days.index(day), None if code == "-" else code, text, (str(number),)), kind, name)


def matched(told: list[Told]) -> dict[Unit, Thread]:
    """The thread of each unit."""
    return {unit: thread for matcher in matchers(told) for thread in matcher.threads for unit in thread.units}


def matchers(told: list[Told]) -> list[Matcher]:
    return [Matcher([one.unit for one in told if one.kind == kind]) for kind in dict.fromkeys(t.kind for t in told)]


def pairs(told: list[Told]) -> tuple[int, int, int]:
    """How many pairs of one kind are rightly, wrongly and not found to be one."""
    threads = matched(told)
    right = wrong = missed = 0
    for one, other in combinations(told, 2):
        is_one, is_found = one[1:] == other[1:], threads[one.unit] is threads[other.unit]
        right, wrong, missed = right + (is_one and is_found), wrong + (is_found > is_one), missed + (is_one > is_found)
    return right, wrong, missed


def test_pairs_over_all_regions_are_found() -> None:
    assert len(TRUTH) >= 5
    found = [pairs(list(truth(path))) for path in TRUTH]
    right, wrong, missed = (sum(numbers) for numbers in zip(*found, strict=True))
    assert 2 * right / (2 * right + wrong + missed) >= 0.97
    assert wrong == 0


def test_pairs_of_a_region_that_no_limit_was_set_by() -> None:
    right, wrong, missed = pairs(list(truth(ROOT / "tests" / "series" / f"{UNSEEN}.txt")))
    assert 2 * right / (2 * right + wrong + missed) >= 0.92
    assert wrong == 0


def test_eleven_goals_eight_shared_codes_three_the_same_goal() -> None:
    told = [one for one in truth(ROOT / "tests" / "series" / "yla-vuoksi.txt") if one.unit.report < 2]
    before, now = ([one.unit for one in told if one.unit.report == report] for report in (0, 1))
    shared = {unit.code for unit in before} & {unit.code for unit in now}
    threads = matched(told)
    assert (len(now), len(shared)) == (11, 8)
    same = {(one.code, other.code) for one in before for other in now if threads[one] is threads[other]}
    assert same == {("1.1", "1.1"), ("2.1", "2.1"), ("3.1", "3.1")}
    (matcher,) = matchers(told)
    assert {edge.end.code for edge in matcher.edges if edge.relation == "reused_code"} == {
        *("1.2", "1.3", "2.2", "3.2", "4.1")
    }


def edges(region: str, relation: str) -> list[tuple[str | None, str | None, float]]:
    found: list[Edge] = [e for m in matchers(list(truth(ROOT / "tests" / "series" / f"{region}.txt"))) for e in m.edges]
    return [(edge.begin.code, edge.end.code, round(edge.score, 2)) for edge in found if edge.relation == relation]


def test_splits_and_merges_are_edges_between_series() -> None:
    assert edges("hiidenvuori", "split") == [("P2", "P2", 1.0), ("P2", "P3", 1.0)]
    assert edges("hiidenvuori", "merge") == [("P6", "2.2", 1.0), ("P5", "2.2", 1.0)]
    assert edges("meri-saimaa", "reused_code") == []


def follow(*goals: tuple[int, str | None, str]) -> list[int]:
    """Which goals are one: a number a goal, in order."""
    units = [Unit(report, code, text, (str(number),)) for number, (report, code, text) in enumerate(goals)]
    threads = Matcher(units).threads
    return [next(n for n, thread in enumerate(threads) if unit in thread.units) for unit in units]


def test_a_code_carries_a_goal_through_a_rewording_only_where_other_codes_are_kept() -> None:
    reworded = [(0, "1.1", "Perustetaan asiakasraati"), (1, "1.1", "Asiakasraadin toiminta vakiinnutetaan")]
    kept = [(report, f"2.{n}", f"Palvelu {word} toimii") for report in (0, 1) for n, word in enumerate("abcd")]
    words = ["neuvola avataan", "jonot puretaan", "auto hankitaan", "kysely tehdään"]
    others = ["laskutus yhtenäistyy", "kuraattori aloittaa", "ravinto arvioidaan", "rokotus etenee"]
    given = [(0, f"2.{n}", text) for n, text in enumerate(words)] + [(1, f"2.{n}", t) for n, t in enumerate(others)]
    found = follow(*reworded, *kept)
    assert found[0] == found[1]
    found = follow(*reworded, *given)
    assert found[0] != found[1]


def test_near_goals_go_one_to_one_and_a_silent_goal_comes_back() -> None:
    lapset, vanhat = "Lapset pääsevät hoitoon viikossa", "Ikäihmiset pääsevät hoitoon viikossa"
    found = follow((0, None, lapset), (0, None, vanhat), (1, None, vanhat), (2, None, vanhat), (2, None, lapset))
    assert found == [0, 1, 1, 1, 0]


def test_a_goal_that_only_points_to_another_joins_it_without_its_wording() -> None:
    units = [
        Unit(0, "1.1", "Hoitoon pääsee viikossa", ("a",)),
        Unit(0, None, "Sama kuin prosessitavoite 1.1", ("b",), same_as="1.1"),
        Unit(0, None, "Sama kuin prosessitavoite 9.9", ("c",), same_as="9.9"),
    ]
    matcher = Matcher(units)
    assert [(thread.units[0].ids, [one.ids for one in thread.pointers]) for thread in matcher.threads] == [
        (("a",), [("b",)]),
        (("c",), []),
    ]
    assert [(edge.begin.ids, edge.end.ids, edge.relation) for edge in matcher.edges] == [(("a",), ("b",), "same_as")]


REPORT = """Kuusiharjun sote-keskushankkeen oma-arviointi
Alue: Kuusiharju
Raportin päiväys {day}

Hyötytavoite 1: Saatavuus

\tProsessitavoite
{heads}

\tPT 1.1 {first}
{one}

\tPT 1.2 {second}
{two}

Mittarit

\tMittari
\tLähtötaso
{heads}

\tVastatut puhelut saman päivän aikana
\t54 %
{three}
"""


def report(day: str, heads: str, first: str, one: str, second: str, two: str, three: str) -> str:
    def cells(text: str) -> str:
        return "\n".join(f"\t{cell}" for cell in text.split("|"))

    return REPORT.format(
        day=day, heads=cells(heads), first=first, one=cells(one), second=second, two=cells(two), three=cells(three)
    )


SPRING = report("31.5.2021", "5/21", "Puheluun vastataan heti", "20 %", "Ilta-aikoja on", "10 %", "60 %")
AUTUMN = report(
    "30.11.2021", "5/21|11/21", "Puheluihin vastataan heti", "25 %|60 %", "Jonot on purettu", "–|30 %", "60 %|71 %"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rounds")
    (folder / "raw").mkdir()
    (folder / "raw" / "a_syksy.txt").write_text(AUTUMN, encoding="utf-8")
    (folder / "raw" / "b_kopio.txt").write_text(AUTUMN.replace("\n", "\r\n").replace("ä", "a"), encoding="utf-8")
    (folder / "raw" / "c_kevat.txt").write_text(SPRING, encoding="utf-8")
    run(folder / "raw", folder / "out", Options(allow_shrink=True))
    return folder / "out"


def rows(out: Path, sql: str) -> list[tuple[Any, ...]]:
    return list(asked(opened(out), sql).rows())


def test_series_of_a_run_go_over_its_reports_and_leave_copies_out(out: Path) -> None:
    sql = "SELECT kind, region, code, text, first_period, last_period, n FROM series ORDER BY kind, code, text"
    assert rows(out, sql) == [
        ("indicator", "Kuusiharju", None, "Vastatut puhelut saman päivän aikana", "2021-H1", "2021-H2", 2),
        ("process_goal", "Kuusiharju", "1.1", "Puheluihin vastataan heti", "2021-H1", "2021-H2", 2),
        ("process_goal", "Kuusiharju", "1.2", "Ilta-aikoja on", "2021-H1", "2021-H1", 1),
        ("process_goal", "Kuusiharju", "1.2", "Jonot on purettu", "2021-H2", "2021-H2", 1),
    ]
    sql = "SELECT relation, why FROM series_links ORDER BY relation, why DESC"
    found = rows(out, sql)
    assert [relation for relation, _ in found] == ["reused_code", "same", "same"]
    assert found[0][1] == "number 1.2, wording 0.14"
    assert list(faults((out / "current").resolve())) == []


def test_readiness_follows_the_goal_not_its_number_and_the_latest_report_counts(out: Path) -> None:
    columns = "code, goal, period, percent, change, source_path"
    assert rows(out, f"SELECT {columns} FROM goal_progress ORDER BY code, goal DESC, period_end") == [
        ("1.1", "Puheluihin vastataan heti", "2021-05", 25.0, None, "a_syksy.txt"),
        ("1.1", "Puheluihin vastataan heti", "2021-11", 60.0, 35.0, "a_syksy.txt"),
        ("1.2", "Jonot on purettu", "2021-11", 30.0, None, "a_syksy.txt"),
        ("1.2", "Ilta-aikoja on", "2021-05", 10.0, None, "c_kevat.txt"),
    ]


def test_indicators_have_baseline_latest_and_change(out: Path) -> None:
    columns = "indicator, unit_code, baseline, latest, latest_period, change, n_figures, n_reports"
    assert rows(out, f"SELECT {columns} FROM indicator_series") == [
        ("Vastatut puhelut saman päivän aikana", "percent", 54.0, 71.0, "2021-11", 17.0, 2, 2)
    ]


def test_series_are_the_same_bytes_after_a_run_that_took_everything_over(tmp_path: Path) -> None:
    raw, out, fresh = (tmp_path / name for name in ("raw", "out", "fresh"))
    raw.mkdir()
    (raw / "a.txt").write_text(SPRING, encoding="utf-8")
    run(raw, out)
    before = [row["series_id"] for row in pq.read_table(out / "series" / PART).to_pylist()]
    (raw / "b.txt").write_text(AUTUMN, encoding="utf-8")
    run(raw, out)
    run(raw, fresh)
    for name in ("series", "series_members", "series_links"):
        assert (out / name / PART).read_bytes() == (fresh / name / PART).read_bytes()
    now = {row["series_id"]: row["n"] for row in pq.read_table(out / "series" / PART).to_pylist()}
    assert set(before) <= set(now)
    assert sorted(now.values()) == [1, 1, 2, 2]
