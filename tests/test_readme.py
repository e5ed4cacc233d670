"""The README's examples print what the README says."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

from extractors.records import TABLES
from pipeline.run import run
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = regex.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", README, regex.DOTALL)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder laid out like the checkout after `make run`."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "data").mkdir()
    (folder / "data" / "raw").symlink_to(ROOT / "data" / "raw")
    run(folder / "data" / "raw", folder / "data" / "processed")
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize(("code", "printed"), EXAMPLES)
def test_an_example_prints_what_the_readme_says(code: str, printed: str) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {})
    assert out.getvalue().rstrip() == printed.rstrip()


def test_both_queries_are_there_and_every_table_is_named() -> None:
    assert len(EXAMPLES) == 2
    assert [table.TABLE for table in TABLES if f"`{table.TABLE}`" not in README] == []
