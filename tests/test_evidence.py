"""Every record of every table shows its evidence: its place in the source text holds what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors.document import fold
from tests.conftest import EXPORTS, OTHERS, SAMPLES, Processed
from tests.scoring import letters

DOCUMENTS = SAMPLES + OTHERS + EXPORTS


def evidence(text: str, record: Any) -> str:
    return text[record.char_start : record.char_end]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_offsets_hold_the_evidence(path: Path, processed: Processed) -> None:
    records = processed(path)
    text: str = records["documents"][0].text  # type: ignore[attr-defined]
    for table in ("dates", "percentages", "tokens", "lexicon_hits", "sections"):
        for record in records[table]:
            assert evidence(text, record) == record.text, (table, record)  # type: ignore[attr-defined]
    for section in records["sections"]:
        heading = text[section.heading_start : section.heading_end]  # type: ignore[attr-defined]
        assert letters(heading) == letters(section.heading)  # type: ignore[attr-defined]
        assert heading == heading.strip()
    for table in ("process_goals", "measures"):
        for record in records[table]:
            assert letters(evidence(text, record)) == letters(record.text), (table, record)  # type: ignore[attr-defined]
    for table in ("goal_status", "indicators"):
        for record in records[table]:
            assert fold(evidence(text, record)) == record.raw, (table, record)  # type: ignore[attr-defined]
    for project in records["projects"]:
        shown = letters(evidence(text, project))
        assert shown and letters(project.project).startswith(shown)  # type: ignore[attr-defined]
    for result in records["project_results"]:
        shown = letters(evidence(text, result))
        assert shown and letters(result.text).startswith(shown)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_outline_has_no_gaps(path: Path, processed: Processed) -> None:
    records = processed(path)
    text: str = records["documents"][0].text  # type: ignore[attr-defined]
    sections: list[Any] = records["sections"]
    assert [section.ordinal for section in sections] == list(range(len(sections)))
    for here, following in zip(sections, [*sections[1:], None], strict=True):
        limit = following.heading_start if following else len(text)
        assert here.heading_start < here.heading_end <= here.char_start <= here.char_end <= limit
    levels = {section.section_id: section.level for section in sections}
    for section in sections:
        assert section.level == (levels[section.parent_id] + 1 if section.parent_id else 1)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_days_are_in_order_and_ids_are_unique(path: Path, processed: Processed) -> None:
    records = processed(path)
    for record in records["dates"]:
        start, end = record.start_date, record.end_date  # type: ignore[attr-defined]
        assert (start is None) == (end is None)
        assert start is None or start <= end
    for table, name in (("sections", "section_id"), ("process_goals", "goal_id"), ("measures", "measure_id")):
        ids = [getattr(record, name) for record in records[table]]
        assert len(ids) == len(set(ids))
    sections = {section.section_id for section in records["sections"]}  # type: ignore[attr-defined]
    for table in ("dates", "percentages", "process_goals", "measures", "lexicon_hits"):
        assert {r.section_id for r in records[table]} - {None} <= sections  # type: ignore[attr-defined]
