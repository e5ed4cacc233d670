"""Every record of every table shows its evidence: its place in the source text holds what it says."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pytest

from extractors.document import fold
from extractors.records import (
    ActivityRecord,
    DateRecord,
    DocumentRecord,
    GoalStatusRecord,
    IndicatorRecord,
    LexiconHitRecord,
    MeasureRecord,
    PercentageRecord,
    ProcessGoalRecord,
    ProjectRecord,
    ProjectResultRecord,
    QuantityRecord,
    RepairRecord,
    SectionRecord,
    TokenRecord,
    TopicRecord,
    UncoveredRecord,
)
from pipeline.bench.scoring import letters
from pipeline.process import Result
from tests.conftest import EXPORTS, OTHERS, SAMPLES, Processed

DOCUMENTS = SAMPLES + OTHERS + EXPORTS

Spelled = (
    DateRecord
    | PercentageRecord
    | QuantityRecord
    | TokenRecord
    | LexiconHitRecord
    | TopicRecord
    | ActivityRecord
    | UncoveredRecord
    | RepairRecord
)
"""Records whose evidence is their text to the letter, as a section's body is."""

Reworded = ProcessGoalRecord | MeasureRecord
"""Records whose text is their evidence with words rejoined."""


class Placed(Protocol):
    """A record of any table that says where it stands."""

    @property
    def char_start(self) -> int: ...
    @property
    def char_end(self) -> int: ...


def spelled(result: Result) -> list[Spelled]:
    return [
        *result.of(DateRecord),
        *result.of(PercentageRecord),
        *result.of(QuantityRecord),
        *result.of(TokenRecord),
        *result.of(LexiconHitRecord),
        *result.of(TopicRecord),
        *result.of(ActivityRecord),
        *result.of(UncoveredRecord),
        *result.of(RepairRecord),
    ]


def reworded(result: Result) -> list[Reworded]:
    return [*result.of(ProcessGoalRecord), *result.of(MeasureRecord)]


def source(result: Result) -> str:
    (document,) = result.of(DocumentRecord)
    return document.text


def evidence(text: str, record: Placed) -> str:
    return text[record.char_start : record.char_end]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_offsets_hold_the_evidence(path: Path, processed: Processed) -> None:
    result = processed(path)
    text = source(result)
    for record in (*spelled(result), *result.of(SectionRecord)):
        assert evidence(text, record) == record.text, record
    for section in result.of(SectionRecord):
        heading = text[section.heading_start : section.heading_end]
        assert letters(heading) == letters(section.heading)
        assert heading == heading.strip()
    for worded in reworded(result):
        assert letters(evidence(text, worded)) == letters(worded.text), worded
    cells: list[GoalStatusRecord | IndicatorRecord] = [*result.of(GoalStatusRecord), *result.of(IndicatorRecord)]
    for cell in cells:
        assert fold(evidence(text, cell)) == cell.raw, cell
    for project in result.of(ProjectRecord):
        shown = letters(evidence(text, project))
        assert shown and letters(project.project).startswith(shown)
    for season in result.of(ProjectResultRecord):
        shown = letters(evidence(text, season))
        assert shown and letters(season.text).startswith(shown)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_outline_has_no_gaps(path: Path, processed: Processed) -> None:
    result = processed(path)
    sections = result.of(SectionRecord)
    assert [section.ordinal for section in sections] == list(range(len(sections)))
    limits = [*(section.heading_start for section in sections[1:]), len(source(result))]
    for here, limit in zip(sections, limits, strict=True):
        assert (here.heading_start < here.heading_end) == bool(here.heading)
        assert here.heading_end <= here.char_start <= here.char_end <= limit
    levels = {section.section_id: section.level for section in sections}
    assert all(section.heading for section in sections[1:])
    for section in sections:
        assert section.level == (levels[section.parent_id] + 1 if section.parent_id else 1)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_record_is_in_the_section_that_holds_its_beginning(path: Path, processed: Processed) -> None:
    """A section reaches from its heading to the next one, a web page's leftovers before that included."""
    result = processed(path)
    sections = result.of(SectionRecord)
    opens = [*(section.heading_start for section in sections), len(source(result))]
    stretches = {section.section_id: pair for section, pair in zip(sections, pairwise(opens), strict=True)}
    for record in (*spelled(result), *reworded(result), *result.of(ProjectRecord)):
        first, end = stretches[record.section_id] if record.section_id else (0, opens[0])
        assert first <= record.char_start < end, record


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_days_are_in_order_and_ids_are_unique(path: Path, processed: Processed) -> None:
    result = processed(path)
    for record in result.of(DateRecord):
        assert (record.start_date is None) == (record.end_date is None)
        assert record.start_date is None or (record.end_date and record.start_date <= record.end_date)
    for ids in (
        [section.section_id for section in result.of(SectionRecord)],
        [goal.goal_id for goal in result.of(ProcessGoalRecord)],
        [measure.measure_id for measure in result.of(MeasureRecord)],
        [project.project_id for project in result.of(ProjectRecord)],
    ):
        assert len(ids) == len(set(ids))
