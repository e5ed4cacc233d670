"""The command line as a person meets it: what it prints where, and its exit codes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractors.records import TABLES
from pipeline.cli import OK, SOME_REJECTED, USAGE, app

SAMPLES = Path(__file__).parents[1] / "data" / "raw"
NAMES = [table.TABLE for table in TABLES]
GOOD = "Tavoiteltu muutos\nHoitoon pääsee keväällä 2021, ja 40 % asioi etänä.\n"


def poimuri(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def table_rows(output: str) -> dict[str, int]:
    """The tables and their rows as the closing summary lists them."""
    found = re.findall(r"^([a-z_]+) +([\d,]+)\s*$", output, re.MULTILINE)
    return {name: int(number.replace(",", "")) for name, number in found}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (folder / "b.txt").write_text(f"{GOOD}Toinen.\n", encoding="utf-8")
    return folder


def test_a_run_prints_a_plain_line_a_file_and_a_closing_summary(raw: Path, tmp_path: Path) -> None:
    result = poimuri("run", raw, tmp_path / "out")
    assert (result.exit_code, result.stderr) == (OK, "")
    assert result.stdout.splitlines()[:2] == ["[1/2] b.txt: ok", "[2/2] a.txt: ok"]
    assert "\x1b" not in result.stdout
    rows = table_rows(result.stdout)
    assert list(rows) == NAMES
    assert (rows["documents"], rows["dates"], rows["percentages"], rows["tokens"]) == (2, 2, 2, 0)
    assert re.search(r"^2 of 2 files read in \d+\.\d s$", result.stdout, re.MULTILINE)


def test_the_summary_names_the_output_folder_in_one_piece(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "taulut[vanhat]"
    assert str(out) in poimuri("run", raw, out).stdout


def test_tokens_are_written_when_asked_for(raw: Path, tmp_path: Path) -> None:
    rows = table_rows(poimuri("run", raw, tmp_path / "out", "--tokens").stdout)
    assert rows["tokens"] == 2 * 13 + 2


def test_rejected_files_give_exit_code_3_one_line_on_stderr_and_the_reason(raw: Path, tmp_path: Path) -> None:
    (raw / "tyhja.txt").touch()
    (raw / "vanha.wps").touch()
    result = poimuri("run", raw, tmp_path / "out")
    assert result.exit_code == SOME_REJECTED
    assert result.stderr == (
        "poimuri: 2 of 4 files rejected: tyhja.txt: the file is empty; export it again"
        " (and 1 more in the table rejects)\n"
    )
    assert "[3/4] tyhja.txt: rejected: the file is empty; export it again" in result.stdout.splitlines()
    assert table_rows(result.stdout)["rejects"] == 2


def test_accepted_rejects_are_no_news_until_something_is_new(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (raw / "muistio.wps").write_bytes(b"vanha")
    assert poimuri("run", raw, out).exit_code == SOME_REJECTED
    assert poimuri("rejects", out).exit_code == SOME_REJECTED
    listed = poimuri("rejects", out, "--accept")
    assert listed.exit_code == OK
    assert re.search(r"^  muistio\.wps: cannot read \.wps; .* \(accepted\)$", listed.stdout, re.MULTILINE)
    again = poimuri("run", raw, out)
    assert (again.exit_code, again.stderr) == (OK, "")
    assert "1 rejected files are known and accepted" in again.stdout
    (raw / "muistio.wps").write_bytes(b"uusi sisalto")
    assert poimuri("run", raw, out).exit_code == SOME_REJECTED


def test_only_a_named_reject_is_accepted(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (raw / "muistio.wps").write_bytes(b"vanha")
    (raw / "tyhja.txt").touch()
    poimuri("run", raw, out)
    poimuri("rejects", out, "tyhja.txt", "--accept")
    result = poimuri("run", raw, out)
    assert result.stderr.startswith("poimuri: 1 of 4 files rejected: muistio.wps: ")
    wrong = poimuri("rejects", out, "a.txt", "--accept")
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (USAGE, 1)
    assert "a.txt is not among the rejects" in wrong.stderr


def test_rejects_of_a_folder_without_tables_is_wrong_usage(raw: Path) -> None:
    result = poimuri("rejects", raw)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (USAGE, "", 1)


def test_status_tells_what_a_run_would_do_and_the_run_what_it_did(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = poimuri("status", raw, out)
    assert before.exit_code == OK
    assert re.findall(r"^ *(\d) (\w+)", before.stdout, re.MULTILINE)[0] == ("2", "new")
    assert "a.txt" in before.stdout and "a run would work on 2 files" in before.stdout
    assert not out.exists()
    assert "2 new: 2 worked on" in poimuri("run", raw, out).stdout
    (raw / "b.txt").unlink()
    told = json.loads(poimuri("status", raw, out, "--json").stdout)
    assert (told["removed"], told["unchanged"], told["why"]) == (["b.txt"], ["a.txt"], [])
    result = poimuri("run", raw, out)
    assert "1 removed, 1 unchanged: 0 worked on" in result.stdout
    assert "1 of 1 files read" in result.stdout


def test_events_are_json_lines_on_stdout_and_in_the_log(raw: Path, tmp_path: Path) -> None:
    (raw / "tyhja.txt").touch()
    log = tmp_path / "loki.jsonl"
    result = poimuri("run", raw, tmp_path / "out", "--json", "--log", log)
    assert result.exit_code == SOME_REJECTED
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [event["event"] for event in told] == ["start", "file", "file", "file", "end"]
    assert told[3].items() >= {"path": "tyhja.txt", "rejected": "empty", "done": 3, "of": 3}.items()
    assert (told[-1]["rows"]["documents"], told[-1]["new rejects"][0]["code"]) == (2, "empty")
    assert log.read_text(encoding="utf-8") == result.stdout
    poimuri("run", tmp_path / "ei_ole", tmp_path / "out", "--log", log)
    last = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], "does not exist" in last["message"]) == ("stopped", True)


def test_quiet_prints_nothing_but_what_went_wrong(raw: Path, tmp_path: Path) -> None:
    assert poimuri("run", raw, tmp_path / "out", "--quiet").stdout == ""
    (raw / "tyhja.txt").touch()
    result = poimuri("run", raw, tmp_path / "out", "-q")
    assert (result.stdout, result.stderr.count("\n")) == ("", 1)


def test_a_log_that_cannot_be_written_is_wrong_usage(raw: Path, tmp_path: Path) -> None:
    result = poimuri("run", raw, tmp_path / "out", "--log", tmp_path / "ei_ole" / "loki")
    assert (result.exit_code, "give a log file" in result.stderr) == (USAGE, True)


def test_settings_come_from_a_file_and_options_before_it(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "omat.toml").write_text(
        'raw = "raw"\nout = "taulut"\nexclude = ["b*"]\ntokens = true\n', encoding="utf-8"
    )
    config = "--config", tmp_path / "omat.toml"
    rows = table_rows(poimuri(*config, "run").stdout)
    assert (rows["documents"], rows["tokens"] > 0) == (1, True)
    assert "1 unchanged" in poimuri(*config, "status").stdout
    assert table_rows(poimuri(*config, "run", "--exclude", "a*").stdout)["documents"] == 1
    assert "b.txt" in poimuri(*config, "diff").stdout
    assert poimuri(*config, "verify").exit_code == OK


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("worker = 2", "no setting worker; there are exclude,"),
        ("workers = 'kaksi'", "workers = 'kaksi' is of another type"),
        ("workers 2", "mend that line"),
    ],
)
def test_settings_that_nobody_knows_are_refused(raw: Path, tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "omat.toml").write_text(line, encoding="utf-8")
    result = poimuri("--config", tmp_path / "omat.toml", "run", raw, tmp_path / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (USAGE, 1)
    assert told in result.stderr


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"poimuri \d+\.\d+\.\d+\n", poimuri("--version").stdout)


def test_lexicons_may_stand_elsewhere(raw: Path, tmp_path: Path) -> None:
    result = poimuri("run", raw, tmp_path / "out", "--lexicons", tmp_path / "ei_ole")
    assert (result.exit_code, "give one of lexicons" in result.stderr) == (USAGE, True)


def test_what_was_left_out_is_counted(raw: Path, tmp_path: Path) -> None:
    (raw / "Thumbs.db").touch()
    (raw / "~$a.docx").touch()
    result = poimuri("run", raw, tmp_path / "out", "--exclude", "b*")
    assert result.exit_code == OK
    assert "left out: 1 by --exclude, 2 lock or system file" in result.stdout


def test_an_empty_folder_is_no_fault_but_said(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    result = poimuri("run", tmp_path / "raw", tmp_path / "out")
    assert result.exit_code == OK
    assert "No files to read" in result.stdout


@pytest.mark.parametrize(
    ("where", "cure"),
    [
        (("ei_ole", "out"), "give the folder"),
        (("raw", "raw"), "choose another"),
        (("raw", "raw/a.txt"), "choose another"),
    ],
    ids=["no input", "the same", "output is a file"],
)
def test_folders_that_cannot_be_used_give_exit_code_2_and_one_line(
    raw: Path, tmp_path: Path, where: tuple[str, str], cure: str
) -> None:
    result = poimuri("run", *(tmp_path / name for name in where))
    assert (result.exit_code, result.stdout) == (USAGE, "")
    assert result.stderr.startswith("poimuri: ")
    assert cure in result.stderr
    assert result.stderr.count("\n") == 1


def test_no_workers_is_wrong_usage(raw: Path, tmp_path: Path) -> None:
    result = poimuri("run", raw, tmp_path / "out", "--workers", 0)
    assert result.exit_code == USAGE
    assert "--workers" in result.stderr


def test_the_schema_lists_every_table_with_its_columns() -> None:
    result = poimuri("schema")
    assert result.exit_code == OK
    titles = re.findall(r"^([a-z_]+) — ", result.stdout, re.MULTILINE)
    assert titles == NAMES
    assert re.search(r"^start_date +date32\S* +yes +first day, inclusive", result.stdout, re.MULTILINE)


def test_the_schema_of_one_table() -> None:
    result = poimuri("schema", "dates")
    assert re.findall(r"^([a-z_]+) — ", result.stdout, re.MULTILINE) == ["dates"]


def test_an_unknown_table_gives_exit_code_2_and_the_names_there_are() -> None:
    result = poimuri("schema", "nope")
    assert result.exit_code == USAGE
    assert result.stderr == f"poimuri: no table 'nope'; there are {', '.join(NAMES)}\n"


def test_show_prints_the_headings_with_their_facts() -> None:
    result = poimuri("show", SAMPLES / "aarnijoki_toimintamalli.txt")
    assert result.exit_code == OK
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0] == "Liikahduksia – elintapaohjauksen yhteinen polku"
    assert "Lähtötilanne [4 content]  lahtotilanne" in lines
    assert any("marraskuun 2020 – tammikuun 2021 →2020-11/2021-01" in line for line in lines)
    assert any("4–6 % →4–6" in line for line in lines)


def test_show_outline_tells_what_numbers_and_tables_were_taken_for() -> None:
    result = poimuri("show", SAMPLES / "yla-vuoksi_oma-arviointi.txt", "--outline")
    assert result.exit_code == OK
    told = " ".join(result.stdout.split())
    assert 'numbers PT 1.1 … (arabic, depth 2, 14 places): goal – "PT" is a word for it' in told
    assert "readiness: goal | " in told
    assert "PT 1.1 Puhelinpalvelu vastaa soittopyyntöön saman päivän aikana goals 1.1" in told


def test_show_outline_and_page_are_two_things(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    result = poimuri("show", tmp_path / "a.pdf", "--outline", "--page", "1")
    assert (result.exit_code, result.stderr) == (
        USAGE,
        "poimuri: --outline and --page show different things; give one of them\n",
    )


@pytest.mark.parametrize(("name", "code"), [("ei_ole.txt", USAGE), ("", USAGE), ("tyhja.txt", SOME_REJECTED)])
def test_show_says_in_one_line_why_it_cannot(tmp_path: Path, name: str, code: int) -> None:
    (tmp_path / "tyhja.txt").touch()
    result = poimuri("show", tmp_path / name)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(f"poimuri: {tmp_path / name}: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [[], ["run"], ["status"], ["rejects"], ["show"], ["schema"]])
def test_help_imports_nothing_heavy(command: list[str]) -> None:
    program = (
        "import sys\n"
        "from pipeline.cli import app\n"
        "try:\n    app(sys.argv[1:])\n"
        "except SystemExit as end:\n    print(end.code)\n"
        "print([name for name in ('spacy', 'pyarrow', 'pandas', 'libvoikko', 'rich.table') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command, "--help"], capture_output=True, text=True, check=True
    )
    *text, code, heavy = done.stdout.splitlines()
    assert "Usage:" in "".join(text)
    assert (code, heavy) == ("0", "[]")


def test_the_module_is_the_same_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "run", str(tmp_path / "ei_ole"), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (USAGE, "")
    assert done.stderr == (
        f"poimuri: input folder {tmp_path / 'ei_ole'} does not exist; give the folder that holds the exports\n"
    )


def test_a_run_does_not_import_pandas(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("Hankkeen tulokset\n\nTyö alkoi 1.3.2021.\n", encoding="utf-8")
    program = (
        "import sys\n"
        "from pipeline.cli import main\n"
        "try:\n"
        f"    sys.argv = ['poimuri', 'run', {str(tmp_path / 'raw')!r}, {str(tmp_path / 'out')!r}]\n"
        "    main()\n"
        "finally:\n"
        "    print([name for name in ('pandas', 'spacy') if name in sys.modules])\n"
        "    import pyarrow\n"
        "    print(len(pyarrow.table({'a': [1]}).to_pandas()))\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-2:] == ["[]", "1"]
