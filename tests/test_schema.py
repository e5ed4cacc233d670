"""The tables keep the contract: their columns, their types, and what pandas and DuckDB make of them."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from extractors.records import TABLES, WARNINGS, DateRecord, Record, SectionGoalRecord
from pipeline.cli import app
from pipeline.load.schema import arrow_schema, data_dictionary, to_arrow
from pipeline.load.snapshot import PART
from pipeline.run import run

SAMPLES = Path(__file__).parents[1] / "data" / "raw"
SCHEMAS = {table.TABLE: arrow_schema(table) for table in TABLES}

CONTRACT = {
    "documents": "doc_id source_path format sha256 n_bytes n_pages n_chars n_tokens text kind title region programme"
    " funder contact_name contact_organisation contact_email created modified report_date period_start period_end"
    " known_word_share repaired",
    "sections": "section_id doc_id parent_id ordinal level heading heading_start heading_end field evaluation_date"
    " char_start char_end text",
    "section_goals": "section_id doc_id benefit_goal source score terms",
    "process_goals": "goal_id doc_id section_id code text kind benefit_goal work_package origin same_as"
    " char_start char_end",
    "goal_status": "goal_id doc_id code period raw percent stage char_start char_end",
    "measures": "measure_id doc_id goal_code status text percent char_start char_end",
    "indicators": "doc_id benefit_goal benefit_goal_text indicator work_package source period raw number unit"
    " char_start char_end",
    "projects": "project_id doc_id row benefit_goal development_area project goal_text indicator_text source_text"
    " char_start char_end",
    "project_results": "project_id doc_id period text char_start char_end",
    "dates": "doc_id section_id char_start char_end text type value mod start_date end_date anchor",
    "percentages": "doc_id section_id char_start char_end text value value_max comparator unit about goal_code period",
    "tokens": "doc_id section_id sentence char_start char_end text lemma pos compound_parts",
    "lexicon_hits": "doc_id section_id lexicon term_id char_start char_end text",
    "rejects": "doc_id source_path sha256 n_bytes stage code message",
}
DAY = DateRecord(
    doc_id="d1",
    section_id=None,
    char_start=3,
    char_end=13,
    text="syksy 2021",
    type="DATE",
    value="2021-FA",
    mod=None,
    start_date=date(2021, 9, 1),
    end_date=date(2021, 11, 30),
    anchor=None,
)
GOAL = SectionGoalRecord(
    section_id="s1", doc_id="d1", benefit_goal=1, source="content", score=0.5, terms=["jono"], term_weights=[0.9]
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run over two of our samples."""
    raw, folder = (tmp_path_factory.mktemp(name) for name in ("raw", "out"))
    for name in ("merenselka_kokonaisuus.txt", "aarnijoki_toimintamalli.txt"):
        (raw / name).write_bytes((SAMPLES / name).read_bytes())
    run(raw, folder)
    return folder


def columns_of(arrow: pa.DataType) -> set[str]:
    """The columns of a type, as `table.column`."""
    return {f"{name}.{field.name}" for name, schema in SCHEMAS.items() for field in schema if field.type == arrow}


@pytest.mark.parametrize("table", CONTRACT)
def test_every_column_of_the_contract_is_there(table: str) -> None:
    assert set(CONTRACT[table].split()) <= set(SCHEMAS[table].names)


def test_every_column_says_what_it_means() -> None:
    for table, columns in data_dictionary():
        assert table.MEANING
        assert [column.name for column in columns if not column.meaning] == []
    assert SCHEMAS["dates"].field("mod").metadata[b"meaning"].startswith(b"START, MID, END: first, middle or last")


def test_offsets_are_integers_of_32_bits_and_never_null() -> None:
    offsets = [
        field
        for schema in SCHEMAS.values()
        for field in schema
        if field.name in ("char_start", "char_end", "heading_start", "heading_end")
    ]
    assert len(offsets) == 2 * 17
    assert all(field.type == pa.int32() and not field.nullable for field in offsets)


WITH_PERIODS = ("goal_status", "indicators", "percentages", "quantities")
"""Tables whose rows have a period with its days; a document's period is in years."""


def test_dates_flags_figures_and_lists_have_their_types() -> None:
    assert columns_of(pa.date32()) == {
        "documents.created",
        "documents.modified",
        "documents.report_date",
        "sections.evaluation_date",
        "dates.start_date",
        "dates.end_date",
        "activities.start_date",
        "activities.end_date",
        *(f"{table}.{end}" for table in WITH_PERIODS for end in ("period_start", "period_end")),
    }
    assert columns_of(pa.bool_()) == {"documents.repaired", "activities.negated"}
    assert columns_of(pa.float64()) >= {
        "documents.known_word_share",
        "section_goals.score",
        "goal_status.percent",
        "measures.percent",
        "indicators.number",
        "percentages.value",
        "percentages.value_max",
    }
    lists = {"section_goals.terms", "tokens.compound_parts", "documents.warnings"}
    assert columns_of(pa.list_(pa.string())) == lists
    assert columns_of(pa.list_(pa.float64())) == {"section_goals.term_weights"}


def test_records_become_rows_in_their_order() -> None:
    table = to_arrow(DateRecord, [DAY, replace(DAY, char_start=20, char_end=30, section_id="s1")])
    assert table.schema == SCHEMAS["dates"]
    assert table["char_start"].to_pylist() == [3, 20]
    assert table["section_id"].to_pylist() == [None, "s1"]
    assert table["start_date"].to_pylist() == [date(2021, 9, 1)] * 2


def changed(record: DateRecord | SectionGoalRecord, name: str, value: Any) -> Record:
    """A record with a value that its declaration does not allow."""
    return replace(record, **{name: value})


@pytest.mark.parametrize("name", ["doc_id", "char_start", "text"])
def test_a_null_where_there_must_be_a_value_is_refused_by_name(name: str) -> None:
    with pytest.raises(pa.ArrowInvalid, match=rf"dates\.{name}"):
        to_arrow(DateRecord, [DAY, changed(DAY, name, None)])


@pytest.mark.parametrize(
    ("record", "name", "value"),
    [
        (DAY, "char_start", "3"),
        (DAY, "char_start", 3.5),
        (DAY, "char_start", True),
        (DAY, "char_start", 2**31),
        (DAY, "text", 2021),
        (DAY, "start_date", "2021-09-01"),
        (DAY, "start_date", 18871),
        (GOAL, "score", "0.5"),
        (GOAL, "terms", "jono"),
        (GOAL, "terms", [1]),
        (GOAL, "terms", ["jono", None]),
    ],
)
def test_a_value_of_another_type_is_refused(record: DateRecord | SectionGoalRecord, name: str, value: object) -> None:
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        to_arrow(type(record), [changed(record, name, value)])


def queried(query: str) -> tuple[list[str], list[Any]]:
    """The columns and the rows that DuckDB gives for a query."""
    relation = duckdb.sql(query)
    assert relation is not None
    return relation.columns, relation.fetchall()


def test_pandas_and_duckdb_read_the_same_dates(out: Path) -> None:
    with_pandas = pandas.read_parquet(out / "dates")
    names, expected = queried(f"SELECT * FROM read_parquet('{out}/dates/*.parquet')")
    assert list(with_pandas.columns) == names == SCHEMAS["dates"].names
    assert len(expected) > 20
    for column, values in zip(names, zip(*expected, strict=True), strict=True):
        read = with_pandas[column].astype(object)
        assert tuple(read.where(read.notna(), None)) == values, column


def test_duckdb_joins_a_fact_to_the_words_it_was_found_in(out: Path) -> None:
    query = f"""
        SELECT dates.text, documents.text[dates.char_start + 1 : dates.char_end], dates.value, dates.start_date
        FROM read_parquet('{out}/dates/*.parquet') AS dates
        JOIN read_parquet('{out}/documents/*.parquet') AS documents USING (doc_id)
        WHERE documents.source_path = 'aarnijoki_toimintamalli.txt'
    """
    _, found = queried(query)
    assert all(text == evidence for text, evidence, *_ in found)
    words = "marraskuun 2020 – tammikuun 2021"
    assert (words, words, "2020-11/2021-01", date(2020, 11, 1)) in found


def test_an_empty_table_is_read_with_its_columns(out: Path) -> None:
    assert list(pandas.read_parquet(out / "tokens").columns) == SCHEMAS["tokens"].names
    _, count = queried(f"SELECT count(*) FROM read_parquet('{out}/tokens/*.parquet')")
    assert count == [(0,)]


def test_every_warning_of_a_reader_is_declared() -> None:
    """The readers count what they leave out under its code: `skipped["comments"] += 1`."""
    sources = [path.read_text(encoding="utf-8") for path in (SAMPLES.parents[1] / "pipeline" / "read").rglob("*.py")]
    counted = {code for source in sources for code in re.findall(r"skipped\[\"(\w+)\"\] \+=", source)}
    assert len(counted) > 10 and counted <= set(WARNINGS)


def test_codes_stand_one_by_one_in_the_dictionary_and_in_the_files(out: Path) -> None:
    meaning = pq.read_schema(out / "documents" / PART).field("warnings").metadata[b"meaning"].decode()
    assert meaning.startswith("what may be missing: codes, with how much") and len(meaning) > 1000
    assert "macros (programs in a file; they are never run)" in meaning
    told = CliRunner().invoke(app, ["schema", "documents"]).stdout
    assert re.search(r"codes of documents\.warnings\s+code +meaning", told)
    assert re.search(r"^macros +programs in a file; they are never run", told, re.MULTILINE)
