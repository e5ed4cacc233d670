"""The notebooks run from any folder, and show what stands in their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.notebooks import NOTEBOOKS, executed, texts

_FORMAT: Any = nbformat

WITH_PICTURES = [path for path in NOTEBOOKS if path.stem != "components"]


def test_there_are_six() -> None:
    assert len(NOTEBOOKS) == 6


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_stands_in_its_file(
    path: Path, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    stored = texts(_FORMAT.read(path, as_version=4))
    assert texts(executed(path, tables)) == stored, "the tables changed: look at it, then write it by `make notebooks`"
    assert any("picture" in cell for cell in stored) == (path in WITH_PICTURES)
    assert list(tmp_path.iterdir()) == []
