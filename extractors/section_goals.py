"""section_goals: which national benefit goals a section speaks about.

By heading: the heading's words add up to a goal in `lexicons/goal_headings.yaml`. Inherited: a heading above does.
By content: the words of the section's own body, weighed by a fitted model (`extractors/facts/goal_content.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.document import AnalysedDocument, Section
from extractors.facts.goal_content import goals_told
from extractors.facts.goal_signs import goal_signs
from extractors.ids import section_id
from extractors.records import SectionGoalRecord
from lexicons import needs

_METADATA = needs("template_fields", groups=["metadata"])


def extract(document: AnalysedDocument) -> Iterator[SectionGoalRecord]:
    """The goals of every section; a goal that the headings name is not given again for the content."""
    for section in document.sections:
        named = list(_by_heading(document, section))
        yield from named
        if holds_prose(section):
            known = {record.benefit_goal for record in named}
            yield from (record for record in _by_content(document, section) if record.benefit_goal not in known)


def holds_prose(section: Section) -> bool:
    """Whether a section may speak about a goal: a metadata field's value is a name, a date or a list of names."""
    return section.field not in _METADATA.ids


def _by_heading(document: AnalysedDocument, section: Section) -> Iterator[SectionGoalRecord]:
    for distance, above in enumerate(document.ancestors(section)):
        if above.benefit_goals:
            source = "heading" if distance == 0 else "inherited"
            for goal in above.benefit_goals:
                yield _record(document, section, goal, source, 1.0)
            return


def _by_content(document: AnalysedDocument, section: Section) -> Iterator[SectionGoalRecord]:
    tokens = document.tokens_in(section.body.start, section.body.end)
    for told in goals_told(goal_signs(tokens)) if tokens else ():
        yield _record(document, section, told.goal, "content", round(told.probability, 4), told.words)


def _record(
    document: AnalysedDocument,
    section: Section,
    goal: int,
    source: str,
    score: float,
    words: Sequence[tuple[str, float]] = (),
) -> SectionGoalRecord:
    return SectionGoalRecord(
        section_id=section_id(document.doc_id, section),
        doc_id=document.doc_id,
        benefit_goal=goal,
        source=source,
        score=score,
        terms=[word for word, _ in words],
        term_weights=[weight for _, weight in words],
    )
