"""The report's page in a real browser: what it shows, where its marks lead, what it does to those who mean harm."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractors.records import TABLES, WARNINGS
from pipeline.cli import OK, USAGE, app
from pipeline.load.schema import columns
from pipeline.research.database import opened
from pipeline.research.report import build
from pipeline.research.report.chunks import LONGEST
from pipeline.research.reviews import REVIEWED, reviews
from pipeline.run import run
from tests.browser import CHROMIUM, Page, browser
from tests.conftest import ROOT

PAGE = ROOT / "pipeline" / "research" / "report" / "page"
AXE = ROOT / "tests" / "axe"
VIEWS = ("overview", "readiness", "indicators", "timeline", "figures", "goals", "quality")
SHOWN = "document.getElementById('main').dataset.shown"
MARKED = "document.querySelector('#evidence mark').textContent"
COUNT = "document.getElementById('count').textContent"

in_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def poimuri(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows(tables: Path, sql: str) -> list[tuple[Any, ...]]:
    return opened(tables).execute(sql).fetchall()


@pytest.fixture(scope="module")
def report(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sent") / "report"
    result = poimuri("report", tables, "-o", folder)
    assert (result.exit_code, result.stderr) == (OK, "")
    assert result.stdout.endswith("14 documents, 8 pages of PDFs; open it in a browser\n")
    return folder


HOSTILE = """Kuusiharjun <script>window.harmed = 1</script> "><img src=x onerror="window.harmed=2"> oma-arviointi
Raportin päiväys 15.11.2021

Hyötytavoite 1: <b onmouseover=window.harmed=3>Saatavuus</b> \u202egnippilf\u202c
Hoitoon pääsi <iframe src="javascript:parent.harmed=4"></iframe> 😀😀 viikossa 72 % </script>
<script>window.harmed=5</script> potilaista. \u2028 `${window.harmed=6}` </textarea>
Soittajista 40 % sai vastauksen heti.

Hyötytavoite 2: Pitkä
"""


HOSTILE_NAME = '"><img src=x onerror=window.harmed=7>.txt'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The tables of an export that means harm, and their report."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "raw").mkdir()
    (folder / "raw" / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    (folder / "raw" / "long.txt").write_text("väsymätön " * 1_000_000, encoding="utf-8")
    run(folder / "raw", folder / "out")
    assert poimuri("report", folder / "out", "-o", folder / "report").exit_code == OK
    return folder / "out", folder / "report"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def show(page: Page, report: Path) -> Any:
    """Opens the report at an address in English and waits until it is shown."""

    def opens(address: str, folder: Path = report, **window: Any) -> Page:
        page.open(f"{(folder / 'index.html').as_uri()}{address}", **window)
        page.wait(SHOWN)
        page.run("document.getElementById('language-en').click()")
        return page

    return opens


def test_the_words_are_there_in_three_languages() -> None:
    words = build.wordings()
    assert [key for key, said in words.items() if set(said) != {"fi", "sv", "en"} or not all(said.values())] == []
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (PAGE / "app").glob("*.js"))
    asked = set(re.findall(r'\b[tT]\("([a-z_]+\.[a-z_]+)"\)', scripts))
    asked |= set(re.findall(r'\? "([a-z]+\.[a-z_]+)" : "', scripts)) | set(
        re.findall(r' : "([a-z]+\.[a-z_]+)"\)', scripts)
    )
    codes = {f"table.{table.TABLE}" for table in REVIEWED} | {f"warning.{code}" for code in WARNINGS}
    for table, column, group in (("uncovered", "reason", "reason"), ("percentages", "role", "role")):
        (meaning,) = (
            field.meaning for one in TABLES if table == one.TABLE for field in columns(one) if field.name == column
        )
        listed = meaning.rpartition(": ")[2].replace(" or ", ", ")
        codes |= {f"{group}.{code}" for code in listed.split(", ")}
    assert len(asked) > 80
    assert (asked | codes) - set(words) == set()


def test_bundled_libraries_are_the_published_files() -> None:
    for folder in (PAGE / "vendor", AXE):
        sums = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
        assert {path.name for path in folder.glob("*.js")} == set(sums)
        for name, digest in sums.items():
            assert sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_a_report_replaces_a_report_and_nothing_else(tables: Path, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("x", encoding="utf-8")
    result = poimuri("report", tables, "-o", tmp_path / "mine")
    assert result.exit_code == USAGE
    assert "is there already" in result.stderr
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / build.MARKER).write_text("{}", encoding="utf-8")
    (folder / "old.js").write_text("", encoding="utf-8")

    def breaks(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(build, "write_chunk", breaks)
        result = poimuri("report", tables, "-o", folder)
    assert result.exit_code == USAGE
    assert "No space left on device" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["old.js", build.MARKER]
    result = poimuri("report", tables, "-o", folder, "--raw", tmp_path / "mine")
    assert "PDFs without pictures of their pages: 1 (such as hiidenvuori_oma-arviointi.pdf)" in result.stdout
    assert not (folder / "old.js").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "report"]
    assert poimuri("report", tables, "-o", folder, "--raw", tmp_path / "none").exit_code == USAGE


@in_browser
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_opens_from_the_disk_and_axe_finds_nothing_serious(show: Any, view: str) -> None:
    page = show(f"#view={view}")
    page.wait(f"{SHOWN} === '{view}'")
    assert page.troubles == []
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    """What axe says of the page that hinders people, light and dark."""
    page.run((AXE / "axe.min.js").read_text(encoding="utf-8") + "; 0")
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        told = page.run("axe.run({ preload: false, resultTypes: ['violations'] }).then((said) => said.violations)")
        found += [
            f"{one['id']} ({scheme}): {one['nodes'][0]['html'][:200]}"
            for one in told
            if one["impact"] in ("serious", "critical")
        ]
    return found


@in_browser
def test_filters_and_search_change_the_counts(show: Any, tables: Path) -> None:
    page = show("#view=readiness")
    [(n_all, n_region, n_round)] = rows(
        tables,
        "SELECT count(*), count(*) FILTER (region = 'Suursaari'), "
        "count(*) FILTER (region = 'Suursaari' AND reporting_round = '2021-H2') FROM goal_progress",
    )
    assert n_all > n_region > n_round > 0
    assert page.wait(COUNT) == f"Readiness cells: {n_all} / {n_all}"
    choose(page, "region", "Suursaari")
    page.wait(f"{COUNT} === 'Readiness cells: {n_region} / {n_all}'")
    choose(page, "round", "2021-H2")
    page.wait(f"{COUNT} === 'Readiness cells: {n_round} / {n_all}'")
    assert page.run("document.querySelectorAll('td.heat a').length") == n_round
    page.run("document.getElementById('clear').click()")
    page.wait(f"{COUNT} === 'Readiness cells: {n_all} / {n_all}'")
    page.run("const box = document.getElementById('search'); box.value = 'OMAHOITAJA nimetty'")
    page.run("document.getElementById('search').dispatchEvent(new Event('input'))")
    sql = "SELECT count(*) FROM goal_progress WHERE goal ILIKE '%omahoitaja%' AND goal ILIKE '%nimetty%'"
    [(n_found,)] = rows(tables, sql)
    assert 0 < n_found < n_all
    page.wait(f"{COUNT} === 'Readiness cells: {n_found} / {n_all}'")


def choose(page: Page, name: str, value: str) -> None:
    page.run(f"document.getElementById('filter-{name}').value = '{value}'")
    page.run(f"document.getElementById('filter-{name}').dispatchEvent(new Event('change'))")


@in_browser
def test_a_cell_leads_to_its_words_in_the_source(show: Any, tables: Path) -> None:
    [(record_id, words)] = rows(
        tables,
        "SELECT s.record_id, substr(d.text, s.char_start + 1, s.char_end - s.char_start) FROM goal_status s "
        "JOIN documents d USING (doc_id) WHERE d.region = 'Suursaari' AND s.code = '1.1' AND s.period = '2021-11'",
    )
    page = show("#view=readiness")
    page.wait(SHOWN + " === 'readiness'")
    page.run(f"document.querySelector('td a[href*=\"{record_id}\"]').click()")
    assert page.wait(MARKED) == words
    assert record_id in page.run("location.hash")
    assert page.run("document.querySelectorAll('#evidence .source a.fact').length") > 0
    assert page.troubles == []
    page.press("Escape")
    page.wait("document.getElementById('evidence').hidden")
    assert record_id in page.run("document.activeElement.getAttribute('href')")


@in_browser
def test_a_mark_of_a_chart_is_reached_and_opened_by_keyboard(show: Any) -> None:
    page = show("#view=indicators")
    page.wait(SHOWN + " === 'indicators'")
    told = page.run(
        "(() => { const marks = [...document.querySelectorAll('svg a')];"
        "const mark = marks.find((one) => one.getAttribute('aria-label').includes('2022-11: 83 %'));"
        "mark.focus(); return mark.getAttribute('aria-label') })()"
    )
    page.press("Enter")
    assert page.wait(MARKED) == "83 %"
    assert told == "Saman päivän aikana vastatut puhelut, 2022-11: 83 %"
    assert page.run("document.activeElement.id") == "evidence-title"
    assert page.troubles == []


@in_browser
def test_a_record_of_a_pdf_is_boxed_on_its_page(show: Any, tables: Path) -> None:
    [(record_id, text, number, x0, top)] = rows(
        tables,
        "SELECT record_id, p.text, page, x0, top FROM percentages p JOIN documents d USING (doc_id) "
        "WHERE d.format = 'pdf' AND value = 85",
    )
    page = show(f"#record={record_id}")
    assert page.wait(MARKED) == text
    page.wait("document.querySelector('#evidence img').naturalWidth > 1000")
    image = "document.querySelector('#evidence img')"
    assert page.run(f"{image}.getAttribute('src')").endswith(f"-{number}.webp")
    width, height = page.run(f"[{image}.width, {image}.height]")
    left, above = page.run(
        "(() => { const box = document.querySelector('#evidence .box'), sheet = box.parentNode;"
        "const one = box.getBoundingClientRect(), other = sheet.getBoundingClientRect();"
        "return [one.left - other.left, one.top - other.top] })()"
    )
    points = json.loads(page.run(f"JSON.stringify([{image}.getAttribute('width'), {image}.getAttribute('height')])"))
    assert abs(left - x0 * width / int(points[0])) < 5
    assert abs(above - top * height / int(points[1])) < 5
    assert serious(page) == []
    assert page.troubles == []


@in_browser
def test_a_record_that_several_documents_have_asks_which(show: Any, tables: Path) -> None:
    [(record_id, paths)] = rows(
        tables,
        "SELECT record_id, list(source_path ORDER BY source_path) AS paths FROM sections JOIN documents USING (doc_id) "
        "WHERE heading = 'Vinkit toimintamallin soveltajille' GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1",
    )
    page = show(f"#record={record_id}")
    page.wait("document.querySelectorAll('#evidence li a').length")
    told = page.run("[...document.querySelectorAll('#evidence li')].map((one) => one.textContent)")
    assert [one.rpartition(" (")[2].rstrip(")") for one in told] == paths
    page.run("document.querySelectorAll('#evidence li a')[1].click()")
    assert page.wait(MARKED) == "Vinkit toimintamallin soveltajille"
    assert page.run("document.querySelector('#evidence .file').textContent") == paths[1]
    show("#record=0123456789abcdef")
    page.wait("document.querySelector('#evidence h2').textContent === 'This report has no such record'")
    assert page.troubles == []


@in_browser
def test_the_page_speaks_three_languages(show: Any) -> None:
    page = show("#view=goals")
    for code, name in (("fi", "Hyötytavoitteet"), ("sv", "Nyttomål"), ("en", "Benefit goals")):
        page.run(f"document.getElementById('language-{code}').click()")
        assert page.run("document.querySelector('[aria-current]').textContent") == name
        assert page.run("document.documentElement.lang") == code


@in_browser
def test_marks_are_kept_and_saved_as_review_reads_them(show: Any, hostile: tuple[Path, Path], tmp_path: Path) -> None:
    out, folder = hostile
    [(record_id,)] = rows(out, "SELECT record_id FROM percentages WHERE value = 72")
    page = show(f"#record={record_id}", folder)
    page.wait(MARKED)
    page.run("document.querySelector('.marks [value=corrected]').click()")
    submit = "document.querySelector('.marks [type=submit]').click()"
    page.run("document.getElementById('mark-value').value = 'seitsemän'")
    page.run(submit)
    assert "value: the value is not of its type" in page.run("document.querySelector('.marks .status').textContent")
    page.run("document.getElementById('mark-value').value = '72,5'")
    page.run("document.getElementById('mark-reviewer').value = 'Aino'")
    page.run(submit)
    page = show(f"#record={record_id}", folder)  # kept in the browser
    page.wait("document.querySelector('.marks [value=corrected]').checked")
    page.send("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.run("document.getElementById('save-marks').click()")
    saved = tmp_path / "reviews.jsonl"
    for _ in range(200):
        if saved.exists() and saved.read_text(encoding="utf-8").endswith("\n"):
            break
        page.run("new Promise((resolve) => setTimeout(resolve, 20))")
    assert poimuri("review", out, saved).exit_code == OK
    [mark] = reviews(out)
    assert (mark.verdict, mark.corrected, mark.reviewer) == ("corrected", {"value": "72.5"}, "Aino")
    assert mark.source_path == HOSTILE_NAME
    assert poimuri("report", out, "-o", tmp_path / "next").exit_code == OK
    page = show(f"#record={record_id}", tmp_path / "next")
    assert "Marked before: corrected (Aino)" in page.wait("document.querySelector('.marks').textContent")
    assert page.troubles == []


@in_browser
def test_a_correction_that_changes_nothing_is_none(show: Any, tables: Path) -> None:
    [(record_id, path)] = rows(
        tables,
        "SELECT record_id, source_path FROM repairs JOIN documents USING (doc_id) "
        "WHERE repairs.text LIKE E'%\\n%' ORDER BY 1 LIMIT 1",
    )
    page = show(f"#record={record_id}&file={path}")
    page.wait(MARKED)
    page.run("document.querySelector('.marks [value=corrected]').click()")
    page.run("document.querySelector('.marks [type=submit]').click()")
    assert page.run("document.querySelector('.marks .status').textContent") == "No value is changed."
    page.run("document.querySelector('.marks [value=right]').click()")
    page.run("document.querySelector('.marks [type=submit]').click()")
    assert page.run("poimuri.marks.lines()").startswith('{"table":"repairs","record_id":"' + record_id)
    page.run("document.querySelector('.marks [type=button]').click()")
    assert page.run("poimuri.marks.lines()") == ""
    assert set(page.run("Object.keys(poimuri.overview.forms.measures)")) == {
        *("goal_code", "status", "status_source", "responsible", "schedule", "text", "percent"),
    }
    assert page.troubles == []


@in_browser
def test_a_hostile_export_is_harmless(show: Any, hostile: tuple[Path, Path]) -> None:
    out, folder = hostile
    for view in VIEWS:
        page = show(f"#view={view}", folder)
        page.wait(f"{SHOWN} === '{view}'")
        assert page.troubles == [], view
        assert page.run("document.querySelectorAll('#main img, #main iframe, #main script, #main b').length") == 0
        assert page.run("window.harmed === undefined")
        if view == "quality":
            assert "line_too_long" in page.run("document.getElementById('main').textContent")
    [(record_id,)] = rows(out, "SELECT record_id FROM percentages WHERE value = 72")
    longer(folder / "data" / "documents" / "00000.js", 10_000_000)
    page = show(f"#record={record_id}", folder)
    assert page.wait(MARKED) == "72 %"
    source = page.run("document.querySelector('#evidence .source').textContent")
    assert '<iframe src="javascript:parent.harmed=4"></iframe> 😀😀 viikossa 72 % </script>' in source
    assert "\ufffdgnippilf\ufffd" in page.run("document.getElementById('evidence').textContent")
    assert len(source) < 5_000
    assert page.run("document.querySelectorAll('#evidence :is(img, iframe, script, b)').length") == 0
    assert page.run("window.harmed === undefined")
    assert page.troubles == []


def longer(chunk: Path, number: int) -> None:
    """Let a document's last paragraph go on for a number of characters."""
    head, told = chunk.read_text(encoding="utf-8").removesuffix(");\n").split(",", 1)
    source = json.loads(told)
    source["text"] = source["text"].rstrip() + "ä" * number
    chunk.write_text(f"{head},{json.dumps(source)});\n", encoding="utf-8")


@in_browser
def test_topics_are_counted_by_region(show: Any, tables: Path) -> None:
    page = show("#view=topics")
    page.wait(f"{SHOWN} === 'topics'")
    [(n_rows, n_documents)] = rows(
        tables,
        "SELECT count(*), count(DISTINCT doc_id) FILTER (region = 'Harjulaakso' AND topic = 'omahoitaja') "
        "FROM topics JOIN reports USING (doc_id)",
    )
    assert page.wait(COUNT) == f"Topics in sections: {n_rows} / {n_rows}"
    assert page.run("document.querySelector('[aria-label^=\"Omahoitaja, Harjulaakso\"]').textContent") == str(
        n_documents
    )
    assert page.troubles == []


def test_lists_cut_long_texts(report: Path) -> None:
    for name in ("timeline", "figures", "goals"):
        told = json.loads(
            (report / "data" / f"{name}.js").read_text(encoding="utf-8").removesuffix(");\n").split(",", 1)[1]
        )
        assert max(len(value) for row in told["rows"] for value in row if isinstance(value, str)) <= LONGEST + 2
