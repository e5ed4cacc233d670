"""The site's own parts: the data dictionary is whole, and no link of a page leads nowhere."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from extractors.records import TABLES
from pipeline.load.schema import columns
from pipeline.show.dictionary_page import accuracy, dictionary, limits
from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [*DOCS.glob("*.md"), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))]


@pytest.fixture(scope="module")
def conf() -> Any:
    """The site's settings, as Sphinx reads them."""
    spec = spec_from_file_location("conf", DOCS / "conf.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_table_and_column_is_told_with_how_and_what_it_misses() -> None:
    parts = dict(zip(*[iter(re.split(r"^## (\w+)$", dictionary(DOCS), flags=re.MULTILINE)[1:])] * 2, strict=True))
    assert list(parts) == [table.TABLE for table in TABLES] == list(limits(DOCS))
    for table in TABLES:
        told = parts[table.TABLE]
        assert [column.name for column in columns(table) if f"| `{column.name}` |" not in told] == []
        assert re.search(r"\*\*How it is found\.\*\* \w.{20}", told) and re.search(r"limits\.\*\* \S.{6}", told)
    assert "| `macros` | programs in a file; they are never run |" in parts["documents"]
    assert r"| `warnings` | list\<" in parts["documents"]
    assert "| dates | 66 | 0.9" in parts["dates"] and "| document | 66 | 0.99" in parts["documents"]


def test_every_measure_stands_with_its_table() -> None:
    told = dictionary(DOCS)
    assert [one.measure for one in accuracy(DOCS) if f"| {one.measure} | {one.documents} |" not in told] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_leads_nowhere(page: Path, conf: Any) -> None:
    conf.linked(page.read_text(encoding="utf-8"), page.parent)


def test_links_lead_to_pages_of_the_site_or_are_words(conf: Any) -> None:
    text = "[a](docs/running.md#cron), [b](CONTRIBUTING.md), [c](LICENSE), [d](https://x.fi), ![e](x.png)"
    assert conf.linked(text, ROOT) == "[a](running.md#cron), [b](contributing.md), c, [d](https://x.fi), ![e](x.png)"
    assert conf.linked("[a](../README.md#licence) [b](research.md)", DOCS) == "[a](index.md#licence) [b](research.md)"
    with pytest.raises(FileNotFoundError, match="leads nowhere"):
        conf.linked("[a](nowhere.md)", DOCS)
