"""`poimuri query`: what researchers ask in SQL, the words behind each record, and what a query cannot do."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from extractors.records import TABLES, PlacedRecord
from pipeline.cli import OK, USAGE, app
from pipeline.research.catalogue import relations
from pipeline.research.database import opened
from pipeline.research.query import asked
from pipeline.run import Options, run

REPORT = """Kuusiharjun sote-hankkeen oma-arviointi
Raportin päiväys 15.11.2021

Hyötytavoite 1: Saatavuus
Alueella on kuusi terveysasemaa.

PT 1.1 Hoitoon pääsee viikossa
Ennen muutosta n. 40 % soitti uudelleen. Keväällä 2021 hoitoon pääsi viikossa 72 % potilaista. Jono purettiin
kesäkuussa.

Hyötytavoite 5: Kustannukset
Tavoitteena on enintään 10 %:n osuus ostopalveluja vuoden 2022 lopussa.
"""


WIDTH = "pipeline.show.answers._width"
"""What says how wide the terminal is."""


def poimuri(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows(out: Path, sql: str) -> list[tuple[Any, ...]]:
    return list(asked(opened(out), sql).rows())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of one report, which is there twice."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text(REPORT, encoding="utf-8")
    (folder / "raw" / "b.txt").write_text(REPORT.replace("\n", "\r\n\r\n"), encoding="utf-8")
    run(folder / "raw", folder / "out", Options(allow_shrink=True))
    return folder / "out"


def test_percentages_come_with_their_sentences_and_copies_count_once(out: Path) -> None:
    found = rows(out, "SELECT value, role, sentence FROM percent_facts ORDER BY value")
    assert found == [
        (10.0, "target", "Tavoitteena on enintään 10 %:n osuus ostopalveluja vuoden 2022 lopussa."),
        (40.0, "result", "Ennen muutosta n. 40 % soitti uudelleen."),
        (72.0, "result", "Keväällä 2021 hoitoon pääsi viikossa 72 % potilaista."),
    ]
    assert rows(out, "SELECT count(*) FROM percentages") == [(6,)]


def test_a_record_is_found_with_its_sentence_headings_and_copies(out: Path) -> None:
    [(record_id,)] = rows(out, "SELECT record_id FROM percent_facts WHERE value = 72")
    found = rows(out, f"SELECT table_name, evidence, sentence, heading_path, is_copy FROM evidence('{record_id}')")
    sentence = "Keväällä 2021 hoitoon pääsi viikossa 72 % potilaista."
    headings = "Hyötytavoite 1: Saatavuus › PT 1.1 Hoitoon pääsee viikossa"
    assert ("percentages", "72 %", sentence, headings, False) in found


def test_the_sentence_of_a_date_ends_at_full_stops_but_not_behind_abbreviations(out: Path) -> None:
    found = rows(
        out, "SELECT text, sentence, start_date::VARCHAR FROM timeline WHERE text IN ('15.11.2021', 'Keväällä 2021')"
    )
    assert found == [
        ("Keväällä 2021", "Keväällä 2021 hoitoon pääsi viikossa 72 % potilaista.", "2021-03-01"),
        ("15.11.2021", "Raportin päiväys 15.11.2021", "2021-11-15"),
    ]
    cut = "SELECT sentence_at('Alku oli hidas. Sitten ks. liite ja n. 20 % muuttui. Loppu.', 0, 39, 43)"
    assert rows(out, cut) == [("Sitten ks. liite ja n. 20 % muuttui.",)]


def test_every_benefit_goal_has_a_row_in_the_topic_matrix(out: Path) -> None:
    found = rows(out, "SELECT benefit_goal, n_by_heading, n_chars FROM topic_matrix ORDER BY benefit_goal")
    assert [(goal, number) for goal, number, _ in found] == [(1, 2), (2, 0), (3, 0), (4, 0), (5, 1)]
    assert found[1][2] == 0 < found[0][2]


def test_what_most_of_a_kind_have_and_a_report_lacks_is_absent(tables: Path) -> None:
    found = rows(tables, "SELECT source_path FROM coverage WHERE table_name = 'goal_status' AND is_absent ORDER BY 1")
    assert [path for (path,) in found] == [
        "hiidenvuori_oma-arviointi.pdf",
        "koilliskaira_oma-arviointi.txt",
        "pohjanselka_oma-arviointi.txt",
    ]


def test_periods_sort_by_their_days(out: Path) -> None:
    periods = ["2021-FA", "2021-SP", "2021-11", "2021-WI", "2021-05-31", "2021", "2021-H2"]
    sql = f"SELECT p FROM (SELECT unnest({periods}) p) ORDER BY first_day_of(p), last_day_of(p)"
    assert [period for (period,) in rows(out, sql)] == [
        *("2021-WI", "2021", "2021-SP", "2021-05-31", "2021-H2", "2021-FA", "2021-11")
    ]
    days = "first_day_of(p)::VARCHAR, last_day_of(p)::VARCHAR, half_year_of(last_day_of(p))"
    periods = ["2021-WI", "2024-02", "2021-Q3", "baseline"]
    assert rows(out, f"SELECT {days} FROM (SELECT unnest({periods}) p)") == [
        ("2020-12-01", "2021-02-28", "2021-H1"),
        ("2024-02-01", "2024-02-29", "2024-H1"),
        ("2021-07-01", "2021-09-30", "2021-H2"),
        (None, None, None),
    ]


def test_every_placed_table_but_tokens_is_traced_and_every_word_is_the_sources(tables: Path) -> None:
    placed = {table.TABLE for table in TABLES if issubclass(table, PlacedRecord)} - {"tokens"}
    text = Path("pipeline/research/views/records.sql").read_text(encoding="utf-8")
    assert {name for name in placed if f"'{name}' AS table_name" not in text and name != "sections"} == set()
    [(n_records, n_ids)] = rows(tables, "SELECT count(*), count(DISTINCT (doc_id, record_id)) FROM evidence")
    assert n_records == n_ids > 3000
    wrong = (
        "SELECT count(*) FROM evidence e JOIN documents d USING (doc_id) "
        "WHERE e.evidence IS DISTINCT FROM substr(d.text, e.char_start + 1, e.char_end - e.char_start)"
    )
    assert rows(tables, wrong) == [(0,)]


def test_every_table_view_and_column_has_a_meaning(tables: Path) -> None:
    listed = list(relations(opened(tables)))
    assert [relation.name for relation in listed][: len(TABLES)] == [table.TABLE for table in TABLES]
    silent = [f"{r.name}.{c.name}" for r in listed for c in r.columns if not c.meaning]
    assert silent + [r.name for r in listed if not r.meaning] == []


def test_answers_in_every_form(out: Path, tmp_path: Path) -> None:
    sql = "SELECT value, role, ['a', 'b'] AS terms, DATE '2021-05-01' AS day FROM percent_facts ORDER BY value LIMIT 1"
    assert poimuri("query", out, sql).stdout.splitlines() == [
        "value  role    terms  day",
        "─────  ──────  ─────  ──────────",
        " 10.0  target  a, b   2021-05-01",
    ]
    printed = poimuri("query", out, sql, "--csv").stdout
    assert list(csv.reader(io.StringIO(printed))) == [
        ["value", "role", "terms", "day"],
        ["10.0", "target", "a; b", "2021-05-01"],
    ]
    assert json.loads(poimuri("query", out, sql, "--json").stdout) == {
        **{"value": 10.0, "role": "target", "terms": ["a", "b"], "day": "2021-05-01"}
    }
    assert poimuri("query", out, sql, "--parquet", tmp_path / "a.parquet").exit_code == OK
    assert str(pq.read_table(tmp_path / "a.parquet").schema.field("day").type) == "date32[day]"
    assert poimuri("query", out, sql, "--xlsx", tmp_path / "a.xlsx").exit_code == OK
    sheet = load_workbook(tmp_path / "a.xlsx")["answer"]
    assert [cell.value for cell in sheet[2]][:3] == [10.0, "target", "a; b"]


def test_the_list_is_cut_to_the_terminal_and_its_columns_stay(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = poimuri("query", out, "--list").stdout
    for width in (80, 120):
        monkeypatch.setattr(WIDTH, lambda width=width: width)
        lines = poimuri("query", out, "--list").stdout.splitlines()
        assert max(map(len, lines)) <= width
        assert " ".join(" ".join(lines).split()) == " ".join(whole.split())
    monkeypatch.setattr(WIDTH, lambda: 80)
    assert poimuri("query", out, "reports", "--list").stdout.splitlines()[:4] == [
        "reports (view, 1 rows): documents without their text, of copies of the same",
        "  report one",
        "  doc_id            VARCHAR    document, stable: derived from the file's bytes",
        "                               alone",
    ]
    assert "there is no table or view report; there are documents," in poimuri("query", out, "report", "--list").stderr


def test_a_row_is_a_block_where_the_terminal_is_too_narrow(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT 72 AS value, NULL AS page, repeat('ä ', 12) AS words FROM range(2)"
    monkeypatch.setattr(WIDTH, lambda: 34)
    assert poimuri("query", out, sql).stdout.splitlines()[:4] == [
        "─── row 1",
        "value  72",
        "words  ä ä ä ä ä ä ä ä ä ä ä ä",
        "─── row 2",
    ]
    monkeypatch.setattr(WIDTH, lambda: 60)
    assert poimuri("query", out, sql).stdout.splitlines()[0] == "value  page  words"


def test_a_query_may_come_from_standard_input(out: Path) -> None:
    result = CliRunner().invoke(app, ["query", str(out), "-", "--csv"], input="SELECT 1 AS x")
    assert result.stdout == "x\n1\n"


def test_long_answers_say_what_is_left(out: Path) -> None:
    result = poimuri("query", out, "SELECT repeat('ä', 120) AS a FROM range(205)")
    assert result.stdout.splitlines()[-1] == "ä" * 99 + "…"
    assert result.stderr == "poimuri: 5 more rows; --all prints them, --csv and --xlsx write them\n"
    assert "ä" * 120 in poimuri("query", out, "SELECT repeat('ä', 120) AS a FROM range(205)", "--all").stdout


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT * FROM percent_fact", "there is no table percent_fact; do you mean percent_facts or"),
        ("SELECT rol FROM percentages", "there is no column rol here; do you mean role or"),
        ("SELECT p.rol FROM percentages p", "there is no column rol in p; do you mean role or"),
        ("SELECT p.region FROM percentages p, documents d", "there is no column region in p; do you mean"),
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT nowt(1)", "Scalar Function with name nowt does not exist!"),
        ("SELECT text::INT FROM dates", "Could not convert string"),
        ("SELECT 1; SELECT 2", "one query at a time; there are 2 here"),
        ("", "one query at a time; there are none here"),
        ("PIVOT dates ON mod USING count(*)", "PIVOT needs its columns named"),
    ],
)
def test_a_wrong_query_is_told_in_one_line(out: Path, sql: str, message: str) -> None:
    result = poimuri("query", out, sql, "--csv")
    assert result.exit_code == USAGE
    assert result.stderr.startswith(f"poimuri: {message}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{}/secret.csv')",
        "SELECT * FROM '{}/secret.csv'",
        "FROM read_text('{}/secret.csv')",
        "FROM glob('{}/*')",
        "COPY (SELECT 1) TO '{}/new.csv'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{}/new.csv'",
        "EXPORT DATABASE '{}/new.csv'",
        "ATTACH '{}/new.csv' AS other",
        "CREATE TABLE mine AS SELECT 1",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_a_query_neither_reads_nor_writes_files(out: Path, tmp_path: Path, sql: str) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    result = poimuri("query", out, sql.format(tmp_path))
    assert (result.exit_code, result.stdout) == (USAGE, "")
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_the_tables_own_files_cannot_be_overwritten(out: Path) -> None:
    [(made_of,)] = rows(out, "SELECT sql FROM duckdb_views() WHERE view_name = 'dates'")
    path = Path(made_of.split("'")[1])
    before = path.read_bytes()
    assert poimuri("query", out, f"COPY (SELECT 1) TO '{path}'").exit_code == USAGE
    assert path.read_bytes() == before
    beside = f"FROM read_text('{path.parent}/../manifest.json')"
    assert "reads only the tables of OUT" in poimuri("query", out, beside).stderr


def test_an_open_database_shows_the_same_run_after_the_next(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_text(REPORT, encoding="utf-8")
    run(raw, out)
    connection = opened(out)
    (raw / "c.txt").write_text(REPORT.replace("72 %", "75 %"), encoding="utf-8")
    run(raw, out)
    assert list(asked(connection, "SELECT count(*) FROM documents").rows()) == [(1,)]
    assert rows(out, "SELECT count(*) FROM documents") == [(2,)]


def test_a_folder_without_tables_and_an_answer_that_fails_late_leave_nothing(out: Path, tmp_path: Path) -> None:
    assert "has no tables; give the folder" in poimuri("query", tmp_path, "SELECT 1").stderr
    late = "SELECT CASE WHEN i < 50000 THEN i ELSE error('late') END AS x FROM range(60000) t(i)"
    assert poimuri("query", out, late, "--parquet", tmp_path / "a.parquet").exit_code == USAGE
    assert list(tmp_path.iterdir()) == []


def test_a_missing_package_is_told_with_the_extra_that_brings_it(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    result = poimuri("query", out, "SELECT 1")
    assert result.exit_code == USAGE
    assert "needs the package duckdb" in result.stderr and "--extra research" in result.stderr
