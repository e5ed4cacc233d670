"""The wheel: one name, the same bytes each time, the tables of a checkout beside whatever a user has in his folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from extractors.records import TABLES
from tests.conftest import ROOT

if find_spec("hatchling") is None:
    pytest.skip("hatchling is not installed", allow_module_level=True)

from pipeline.face import one_name


def _built(folder: Path) -> Path:
    """The wheel of this checkout, built into a folder, with the source distribution beside it."""
    building = f"import hatchling.build as b; b.build_wheel({str(folder)!r}); b.build_sdist({str(folder)!r})"
    subprocess.run([sys.executable, "-c", building], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Python that has the wheel and what it needs, and knows no checkout."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    paths = [str(folder), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}


def _python(installed: dict[str, str], folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-S", *arguments]  # without site: no .pth file leads to the checkout
    return subprocess.run(command, cwd=folder, env=installed, capture_output=True, text=True)


def test_all_stands_under_one_name(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"poimuri"}
    held = {"__init__.py", "py.typed", "pipeline/research/views/evidence.sql", "lexicons/regions.yaml"}
    held |= {
        f"pipeline/research/report/{name}" for name in ("wordings.toml", "page/index.html", "page/vendor/d3.min.js")
    }
    assert {f"poimuri/{name}" for name in held} <= {*names}
    assert not [name for name in names if "face/" in name or "__pycache__" in name]
    exports = {path.name for path in (ROOT / "data" / "raw").iterdir()}
    assert {name.rpartition("/")[2] for name in names if name.startswith("poimuri/samples/")} == exports


def test_built_again_it_has_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    again = _built(tmp_path)
    assert again.read_bytes() == wheel.read_bytes()
    (source,), (first,) = tmp_path.glob("*.tar.gz"), wheel.parent.glob("*.tar.gz")
    assert source.read_bytes() == first.read_bytes()


def test_each_import_of_a_room_is_renamed() -> None:
    source = "if x:\n    from lexicons import a\nfrom pipelines import b\nfrom . import c\nfrom pipeline.d import e\n"
    renamed = (
        "if x:\n    from poimuri.lexicons import a\nfrom pipelines import b\nfrom . import c\n"
        "from poimuri.pipeline.d import e\n"
    )
    assert one_name.under_one_name(source) == renamed
    with pytest.raises(ValueError, match="line 2"):
        one_name.under_one_name("import os\nimport pipeline.run\n")


def test_its_demo_gives_the_tables_of_a_checkout(installed: dict[str, str], tables: Path, tmp_path: Path) -> None:
    """Also in a folder with modules of our rooms' names, which Python finds first there."""
    (tmp_path / "lexicons").mkdir()
    for own in ("pipeline.py", "extractors.py", "lexicons/__init__.py"):
        (tmp_path / own).write_text("raise SystemExit('a module of the user')")
    told = _python(installed, tmp_path, "-m", "poimuri", "demo")
    assert told.returncode == 0, told.stderr
    assert "14 of 14 files read" in told.stdout
    assert (tmp_path / "poimuri-demo" / "report" / "index.html").is_file()
    for table in TABLES:
        found, same = (pq.read_table(out / table.TABLE) for out in (tmp_path / "poimuri-demo" / "tables", tables))
        assert found.equals(same), table.TABLE
    again = _python(installed, tmp_path, "-m", "poimuri", "demo")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_its_advice_is_that_of_a_wheel(installed: dict[str, str], tmp_path: Path) -> None:
    asked = "from poimuri.pipeline.installed import how_to_add, samples; print(how_to_add('ocr'), samples().is_dir())"
    assert _python(installed, tmp_path, "-c", asked).stdout == "pip install 'poimuri[ocr]' True\n"


def test_its_spacy_components_are_found_by_name(installed: dict[str, str], tmp_path: Path) -> None:
    asked = (
        "import spacy; nlp = spacy.blank('fi'); nlp.add_pipe('poimuri_lemmatizer'); nlp.add_pipe('poimuri_dates');"
        "doc = nlp('Hoitoon pääsee keväällä 2021.');"
        "print([(span.text, span.label_) for span in doc.spans['dates']])"
    )
    assert _python(installed, tmp_path, "-c", asked).stdout == "[('keväällä 2021', '2021-SP')]\n"


def test_hosted_ci_can_read_its_workflows() -> None:
    for path in (ROOT / ".github" / "workflows").iterdir():
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
        assert all(step.keys() & {"run", "uses"} for job in jobs.values() for step in job["steps"]), path.name


def test_the_image_is_built_with_the_uv_that_is_checked() -> None:
    (version,) = re.findall(r"^UV_VERSION := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for place in ("Dockerfile", ".github/workflows/test.yml"):
        assert set(re.findall(r"uv==([\d.]+)", (ROOT / place).read_text())) == {version}, place
