"""What is sent on: workbooks, CSV with its data package, a DuckDB file, projects for qualitative analysis."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml
from frictionless import Package
from openpyxl import load_workbook
from pyrefiqda import RefiProject
from typer.testing import CliRunner, Result

from extractors.records import TABLES
from pipeline.cli import OK, USAGE, app
from pipeline.load.snapshot import PART
from pipeline.research.qda import NAMESPACE
from pipeline.research.workbook import CUT, LONGEST, Workbook, cell_value

NAMES = [table.TABLE for table in TABLES]
BESIDE = ["CITATION.cff", "README.md", "datapackage.json"]


def poimuri(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def exported(tables: Path, form: str, folder: Path) -> Path:
    result = poimuri("export", tables, "--to", form, "-o", folder / form)
    assert (result.exit_code, result.stderr) == (OK, "")
    return folder / form


def n_dates(tables: Path) -> int:
    found: int = pq.read_metadata(tables / "dates" / PART).num_rows
    return found


HOSTILE: list[tuple[Any, Any]] = [
    ("=HYPERLINK(A1)", "=HYPERLINK(A1)"),
    ("+358 40", "+358 40"),
    ("-5 %", "-5 %"),
    ("@SUM(1)", "@SUM(1)"),
    ("a\x0bb\x1fc\x00", "abc"),
    ("sivu\fvaihtuu", "sivu\nvaihtuu"),
    ("<script>&", "<script>&"),
    ("_x0041_", "_x0041_"),
    (["a", "b"], "a; b"),
    ([], None),
    (None, None),
    (True, True),
    (date(2021, 5, 1), date(2021, 5, 1)),
    (1.5, 1.5),
]


def test_a_workbook_keeps_what_begins_like_a_formula_as_text(tmp_path: Path) -> None:
    book = Workbook()
    book.add("hostile", ["given", "told"], [[given, str(told)] for given, told in HOSTILE])
    book.save(tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx")["hostile"]
    for row, (_, told) in zip(sheet.iter_rows(min_row=2), HOSTILE, strict=True):
        value: Any = row[0].value
        assert (value.date() if hasattr(value, "date") else value) == told
        assert row[0].data_type != "f"
        if isinstance(told, str) and told[0] in "=+-@":
            assert row[0].quotePrefix


def test_long_texts_are_cut_with_a_mark() -> None:
    assert cell_value("ä" * LONGEST) == "ä" * LONGEST
    assert cell_value("ä" * (LONGEST + 1)) == "ä" * (LONGEST - len(CUT)) + CUT
    wide = cell_value("😀" * 20_000)
    assert isinstance(wide, str)
    assert wide.endswith(CUT) and len(wide.encode("utf-16-le")) <= 2 * LONGEST


@pytest.fixture(scope="module")
def workbook(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(tables, "xlsx", tmp_path_factory.mktemp("sent")) / "poimuri.xlsx"


def test_the_workbook_has_a_sheet_a_table_and_explains_itself_first(workbook: Path, tables: Path) -> None:
    assert sorted(path.name for path in workbook.parent.iterdir()) == [*BESIDE, "poimuri.xlsx"]
    book = load_workbook(workbook, read_only=True)
    assert book.sheetnames[: len(NAMES) + 1] == ["README", *NAMES]
    told = {row[0]: row[1:] for row in book["README"].iter_rows(values_only=True)}
    assert told["dates"] == ("calendar-anchored time expressions", n_dates(tables))
    assert "first day" in str(told["dates.start_date"][0])
    rows = list(book["percentages"].iter_rows(values_only=True))
    found = dict(zip(rows[0], rows[1], strict=True))
    assert str(found["text"]) in str(found["sentence"])
    assert found["source_path"] and found["heading_path"]
    with duckdb.connect() as connection:
        for name in NAMES:
            path = tables / name / PART
            ((n_rows,),) = connection.execute(f"SELECT count(*) FROM '{path}'").fetchall()
            assert sum(1 for _ in book[name].iter_rows(min_row=2)) == n_rows, name


def has_calc() -> bool:
    office = shutil.which("soffice")
    return office is not None and (Path(office).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_the_same_cells(workbook: Path, tmp_path: Path) -> None:
    book = Workbook()
    book.add("hostile", ["given"], [[given] for given, _ in HOSTILE])
    book.save(tmp_path / "a.xlsx")
    shutil.copyfile(workbook, tmp_path / "b.xlsx")
    (tmp_path / "again").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "again", "a.xlsx", "b.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    for name in ("a.xlsx", "b.xlsx"):
        ours, theirs = cells(tmp_path / name), cells(tmp_path / "again" / name)
        assert len(ours) > (10 if name == "a.xlsx" else 50_000)
        assert {place: (value, theirs.get(place)) for place, value in ours.items() if value != theirs.get(place)} == {}
        assert theirs.keys() == ours.keys()


def cells(path: Path) -> dict[tuple[str, int, int], Any]:
    """The filled cells of a workbook by sheet, row and column, figures to twelve of its fifteen digits."""
    found = {}
    for sheet in load_workbook(path, read_only=True, data_only=True):
        for row, values in enumerate(sheet.iter_rows(values_only=True)):
            for column, value in enumerate(values):
                if value is not None:
                    is_figure = isinstance(value, float)
                    found[sheet.title, row, column] = float(f"{value:.12g}") if is_figure else value
    return found


def test_csv_files_are_a_valid_data_package(tables: Path, tmp_path: Path) -> None:
    folder = exported(tables, "csv", tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*BESIDE, *(f"{name}.csv" for name in NAMES)])
    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.valid, [error.note for task in report.tasks for error in task.errors][:5]
    dates = package.get_resource("dates").schema
    assert (dates.get_field("start_date").type, dates.get_field("char_start").type) == ("date", "integer")
    assert {key["reference"]["resource"] for key in dates.foreign_keys} == {"documents", "sections"}
    with (folder / "section_goals.csv").open(encoding="utf-8", newline="") as file:
        terms = [row["terms"] for row in csv.DictReader(file)]
    assert any(value.startswith('["') for value in terms)


def test_every_export_says_how_to_cite_it_and_what_it_holds(tables: Path, workbook: Path) -> None:
    cited = yaml.safe_load((workbook.parent / "CITATION.cff").read_text(encoding="utf-8"))
    run_id = (tables / "current").resolve().name
    assert (cited["cff-version"], cited["type"], cited["version"]) == ("1.2.0", "dataset", run_id)
    assert set(cited) >= {"message", "title", "authors"}
    assert Package(str(workbook.parent / "datapackage.json")).resource_names == ["poimuri"]
    told = (workbook.parent / "README.md").read_text(encoding="utf-8")
    assert f"Run {run_id} of poimuri" in told
    assert f"| `dates` | {n_dates(tables)} | calendar-anchored time expressions |" in told


def test_the_database_has_the_tables_in_it_and_the_views(tables: Path, tmp_path: Path) -> None:
    folder = exported(tables, "duckdb", tmp_path)
    with duckdb.connect(str(folder / "poimuri.duckdb"), read_only=True) as database:
        assert database.execute("SELECT count(*) FROM dates").fetchall() == [(n_dates(tables),)]
        record_id = database.execute("SELECT record_id FROM percent_facts LIMIT 1").fetchall()[0][0]
        assert database.execute(f"SELECT evidence FROM evidence('{record_id}')").fetchall()
        sql = "SELECT comment FROM duckdb_tables() WHERE table_name = 'dates'"
        assert database.execute(sql).fetchall() == [("calendar-anchored time expressions",)]
        sql = "SELECT sql FROM duckdb_views() WHERE NOT internal"
        assert not [told for (told,) in database.execute(sql).fetchall() if "read_parquet" in told]


ORDER = {
    "Project": ["Users", "CodeBook", "Sources"],
    "TextSource": ["PlainTextSelection"],
    "PlainTextSelection": ["Description", "Coding"],
    "Coding": ["CodeRef"],
}
"""The elements below another in the order in which the schema wants them."""


def test_the_project_keeps_the_schema_and_codes_the_right_words(tables: Path, tmp_path: Path) -> None:
    folder = exported(tables, "qdpx", tmp_path)
    with zipfile.ZipFile(folder / "poimuri.qdpx") as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("sources/")}
    for element in root.iter():
        tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        assert element.tag != tag
        if tag in ORDER:
            below = [ORDER[tag].index(child.tag.removeprefix(f"{{{NAMESPACE}}}")) for child in element]
            assert below == sorted(below)
    guids = [guid for element in root.iter() if (guid := element.get("guid"))]
    assert len(guids) == len(set(guids))
    model = RefiProject.load(folder / "poimuri.qdpx", str(tmp_path / "unpacked"))
    codes = {code.guid: code.name for above in model.code_book.codes.code for code in above.code}
    sources = {source.name: source for source in model.sources.text_source}
    assert len(sources) == 14
    source = sources["yla-vuoksi_oma-arviointi.txt"]
    text = texts[source.plain_text_path.replace("internal://", "sources/")]
    found = {
        (codes[coding.code_ref.target_guid], text[selection.start_position : selection.end_position])
        for selection in source.plain_text_selection
        for coding in selection.coding
    }
    assert ("process_goal", "Puhelinpalvelu vastaa soittopyyntöön saman päivän aikana") in found
    assert ("2021-FA", "vaihe 3") in found
    assert ("DATE", "16.8.2021") in found
    assert {"own heading", "result", "benefit goal 1", "done"} <= {code for code, _ in found}


def test_a_folder_that_holds_something_is_left_alone(tables: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    result = poimuri("export", tables, "--to", "csv", "-o", tmp_path)
    assert result.exit_code == USAGE
    assert "is there already" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
