"""The same report gives the same facts from every format: text, Word, a web page, and what programs print of both.

`tests/twins/make.py` makes the files. The text is the measure, because it is what the truth of other tests is about.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extractors.document import fold
from tests.conftest import ROOT, Processed

TWINS = ROOT / "tests" / "twins"
NAMES = sorted(path.name.removesuffix(".truth.txt") for path in (TWINS / "word").glob("*.truth.txt"))
OTHER_FORMATS = ("word/docx", "word/pdf", "browser/html", "browser/pdf")
FACTS = {
    "goal_status": ("code", "period", "percent", "stage"),
    "indicators": ("indicator", "period", "raw"),
    "process_goals": ("code", "kind", "benefit_goal", "text"),
    "measures": ("goal_code", "status", "text"),
    "projects": ("benefit_goal", "development_area", "project", "goal_text", "indicator_text", "source_text"),
    "project_results": ("period", "text"),
    "dates": ("value", "mod", "start_date", "end_date"),
    "percentages": ("value", "value_max", "comparator", "unit", "about"),
    "sections": ("heading", "level", "field"),
}

BULLETS = "Chromium draws a list's bullets as pictures, and the reader takes the items for paragraphs"
HYPHENS = "Chromium prints a soft hyphen as U+2010, which repair does not join"
DASHES = "a range's dash at a line's end gets a space behind it"
STAR = "in text, `about` keeps the star that marks a list item"
CELLS = "a narrow cell breaks words without a hyphen where both parts are words, and repair does not join them"
HEADINGS = "a heading's second line, wide below the first, becomes a paragraph"

KNOWN = {
    ("aarnijoki_toimintamalli", "word/docx", "percentages"): STAR,
    ("aarnijoki_toimintamalli", "word/pdf", "percentages"): STAR,
    ("aarnijoki_toimintamalli", "browser/html", "percentages"): STAR,
    ("aarnijoki_toimintamalli", "browser/pdf", "percentages"): f"{HYPHENS}; {STAR}; a dash that opens a line",
    ("aarnijoki_toimintamalli", "browser/pdf", "process_goals"): f"{BULLETS}; {HYPHENS}",
    ("aarnijoki_toimintamalli", "browser/pdf", "dates"): f"{HYPHENS}; a dash that opens a line is taken for a bullet",
    ("aarnijoki_toimintamalli", "browser/pdf", "sections"): f"{HYPHENS}; a justified line's wide gap parts it",
    ("hiidenvuori_oma-arviointi", "word/pdf", "project_results"): DASHES,
    ("hiidenvuori_oma-arviointi", "word/pdf", "percentages"): DASHES,
    ("hiidenvuori_oma-arviointi", "browser/pdf", "process_goals"): BULLETS,
    ("hiidenvuori_oma-arviointi", "browser/pdf", "projects"): BULLETS,
    ("hiidenvuori_oma-arviointi", "browser/pdf", "project_results"): DASHES,
    ("hiidenvuori_oma-arviointi", "browser/pdf", "percentages"): DASHES,
    ("kuusiharju_oma-arviointi", "browser/pdf", "measures"): BULLETS,
    ("lintusalo_kokonaisuus", "browser/pdf", "process_goals"): BULLETS,
    ("lintusalo_kokonaisuus", "browser/pdf", "sections"): BULLETS,
    ("merenselka_kokonaisuus", "word/docx", "percentages"): STAR,
    ("merenselka_kokonaisuus", "word/pdf", "percentages"): STAR,
    ("merenselka_kokonaisuus", "browser/html", "percentages"): STAR,
    ("merenselka_kokonaisuus", "browser/pdf", "percentages"): STAR,
    ("merenselka_kokonaisuus", "browser/pdf", "process_goals"): BULLETS,
    ("merenselka_kokonaisuus", "browser/pdf", "sections"): BULLETS,
    ("meri-saimaa_oma-arviointi", "word/pdf", "indicators"): CELLS,
    ("meri-saimaa_oma-arviointi", "word/pdf", "measures"): HEADINGS,
    ("meri-saimaa_oma-arviointi", "word/pdf", "sections"): HEADINGS,
    ("meri-saimaa_oma-arviointi", "browser/pdf", "process_goals"): BULLETS,
    ("suursaari_kokonaisuus", "browser/pdf", "process_goals"): BULLETS,
    ("suursaari_kokonaisuus", "browser/pdf", "sections"): BULLETS,
    ("suursaari_oma-arviointi", "browser/pdf", "process_goals"): BULLETS,
    ("suursaari_oma-arviointi", "browser/pdf", "measures"): BULLETS,
    ("yla-vuoksi_oma-arviointi", "word/pdf", "measures"): HEADINGS,
    ("yla-vuoksi_oma-arviointi", "word/pdf", "sections"): HEADINGS,
    ("yla-vuoksi_oma-arviointi", "browser/pdf", "process_goals"): BULLETS,
    ("yla-vuoksi_oma-arviointi", "browser/pdf", "measures"): BULLETS,
    ("yla-vuoksi_oma-arviointi", "browser/pdf", "sections"): BULLETS,
}
"""Comparisons that fail for a known cause."""


def text_twin(name: str) -> Path:
    """The text that a report's other formats are measured by."""
    written = TWINS / "sources" / f"{name}.txt"
    return written if written.exists() else ROOT / "data" / "raw" / f"{name}.txt"


def twin(name: str, form: str) -> Path:
    folder, _, suffix = form.partition("/")
    return TWINS / folder / f"{name}.{suffix}"


def facts(records: list[Any], fields: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    """Records by what they say, wherever they say it."""
    return Counter(tuple(_folded(getattr(record, name)) for name in fields) for record in records)


def _folded(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def comparisons() -> list[Any]:
    return [
        pytest.param(
            name,
            form,
            table,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN[name, form, table])]
            if (name, form, table) in KNOWN
            else [],
            id=f"{name}-{form}-{table}",
        )
        for name in NAMES
        for form in OTHER_FORMATS
        for table in FACTS
    ]


@pytest.mark.parametrize(("name", "form", "table"), comparisons())
def test_a_report_says_the_same_in_every_format(name: str, form: str, table: str, processed: Processed) -> None:
    wanted = facts(processed(text_twin(name))[table], FACTS[table])
    found = facts(processed(twin(name, form))[table], FACTS[table])
    assert {"lacks": wanted - found, "more": found - wanted} == {"lacks": Counter(), "more": Counter()}


def test_every_table_has_facts_to_compare(processed: Processed) -> None:
    counts = {table: sum(len(processed(text_twin(name))[table]) for name in NAMES) for table in FACTS}
    assert min(counts.values()) >= 10, counts
