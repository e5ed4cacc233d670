"""The same report gives the same facts from every format: text, Word, a web page, what programs print of both, and the
formats that come as attachments.

`tests/twins/make.py` makes the files, `tests/twins/office.py` writes those of the other office formats when they are
asked for. The text is the measure, because it is what the truth of other tests is about.
"""

from __future__ import annotations

import plistlib
from collections import Counter
from collections.abc import Callable
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from pathlib import Path
from typing import Any

import pytest

from extractors.document import fold
from pipeline.read.formats import FORMATS
from tests.conftest import ROOT, Processed
from tests.twins import office
from tests.twins.make import contents
from tests.twins.restate import headings, letters

Made = Callable[[str, str], Path]
TWINS = ROOT / "tests" / "twins"
NAMES = sorted(path.name.removesuffix(".truth.txt") for path in (TWINS / "word").glob("*.truth.txt"))
SAVED = ("saved/mht", "saved/webarchive")
"""Web pages as browsers save them in one file."""
OTHER_FORMATS = (
    *("word/docx", "word/pdf", "browser/html", "browser/pdf", *SAVED),
    *(f"made/{name}" for name in office.WRITERS),
)
UNTAGGED = (("meri-saimaa_oma-arviointi", "browser/pdf"), ("suursaari_kokonaisuus", "browser/pdf"))
"""Prints that state no headings."""
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
    "documents": ("kind", "title", "region", "programme", "funder", "contact_name", "contact_email", "report_date"),
}

NOT_SAID = {
    "made/pptx": ("sections", "process_goals"),  # a slide's title has no level, and a goal stands below its chapter
    "made/xlsx": ("sections",),  # all stand one level below the sheet's name
}
"""Tables of which a format cannot say all."""


def text_twin(name: str) -> Path:
    """The text that a report's other formats are measured by."""
    written = TWINS / "sources" / f"{name}.txt"
    return written if written.exists() else ROOT / "data" / "raw" / f"{name}.txt"


def twin(name: str, form: str) -> Path:
    folder, _, suffix = form.partition("/")
    return TWINS / folder / f"{name}.{suffix}"


def saved(name: str, suffix: str) -> bytes:
    """A web page as one file: of Chromium (MIME) or of Safari (a property list)."""
    page = twin(name, "browser/html").read_bytes()
    if suffix == "webarchive":
        main = {"WebResourceData": page, "WebResourceURL": "https://example.org/", "WebResourceMIMEType": "text/html"}
        return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
    part = MIMEBase("text", "html")
    part.set_payload(page)
    encode_base64(part)
    mail = MIMEMultipart("related", type="text/html")
    mail.attach(part)
    return mail.as_bytes()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A report in a format, as a file: one of those that are kept, or written now."""
    folder = tmp_path_factory.mktemp("made")

    def find(name: str, form: str) -> Path:
        kind, _, suffix = form.partition("/")
        if kind not in ("made", "saved"):
            return twin(name, form)
        path = folder / f"{name}.{suffix}"
        if not path.exists():
            is_saved = kind == "saved"
            path.write_bytes(saved(name, suffix) if is_saved else office.WRITERS[suffix](contents(name)))
        return path

    return find


def facts(records: list[Any], fields: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    """Records by what they say, wherever they say it."""
    return Counter(tuple(_folded(getattr(record, name)) for name in fields) for record in records)


def _folded(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


@pytest.mark.parametrize("table", FACTS)
@pytest.mark.parametrize("form", OTHER_FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_the_same_in_every_format(
    name: str, form: str, table: str, processed: Processed, made: Made
) -> None:
    if table in NOT_SAID.get(form, ()):
        return
    wanted = facts(processed(text_twin(name)).records[table], FACTS[table])
    found = facts(processed(made(name, form)).records[table], FACTS[table])
    assert {"lacks": wanted - found, "more": found - wanted} == {"lacks": Counter(), "more": Counter()}


@pytest.mark.parametrize("form", ["word/pdf", "browser/pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_a_printed_file_states_the_headings_of_its_source(name: str, form: str) -> None:
    source = twin(name, {"word/pdf": "word/docx", "browser/pdf": "browser/html"}[form])
    wanted = [(level, letters(text)) for level, text in headings(source)]
    found = [(level, letters(text)) for level, text in headings(twin(name, form))]
    assert found == ([] if (name, form) in UNTAGGED else wanted)


def test_every_table_has_facts_to_compare(processed: Processed) -> None:
    counts = {table: sum(len(processed(text_twin(name)).records[table]) for name in NAMES) for table in FACTS}
    assert min(counts.values()) >= len(NAMES), counts


def test_every_format_is_held_to_the_others() -> None:
    told = {"txt", *(form.rpartition("/")[2] for form in OTHER_FORMATS)}
    assert {item.name for item in FORMATS if item.reads} == told
