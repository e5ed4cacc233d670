"""section_goals: which national benefit goals a section speaks about.

By heading: the heading's words add up to a goal in `lexicons/goal_headings.yaml`. Inherited: a heading above does.
By content: evidence words of `lexicons/goal_evidence.yaml` in the section's own body.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractors.document import AnalysedDocument, Section
from extractors.ids import section_id
from extractors.records import SectionGoalRecord
from lexicons import needs

_EVIDENCE = needs("goal_evidence")
_NEUTRAL = needs("goal_evidence", "neutral")
_METADATA = needs("template_fields", groups=["metadata"])

CONTENT_SCORE = 0.3
"""Strength of evidence from which a body counts as speaking about a goal."""


def extract(document: AnalysedDocument) -> Iterator[SectionGoalRecord]:
    """The goals of every section; a goal that the headings name is not given again for the content."""
    for section in document.sections:
        named = list(_by_heading(document, section))
        yield from named
        if _holds_prose(section):
            known = {record.benefit_goal for record in named}
            yield from (record for record in _by_content(document, section) if record.benefit_goal not in known)


def _holds_prose(section: Section) -> bool:
    """Whether a section may speak about a goal: a metadata field's value is a name, a date or a list of names."""
    return section.field not in _METADATA.ids


def _by_heading(document: AnalysedDocument, section: Section) -> Iterator[SectionGoalRecord]:
    for distance, above in enumerate(document.ancestors(section)):
        if above.benefit_goals:
            source = "heading" if distance == 0 else "inherited"
            for goal in above.benefit_goals:
                yield _record(document, section, goal, source, 1.0, [])
            return


def _by_content(document: AnalysedDocument, section: Section) -> Iterator[SectionGoalRecord]:
    tokens = [token for token in document.tokens_in(section.body.start, section.body.end) if token.pos != "PUNCT"]
    counts: dict[int, Counter[tuple[str, float]]] = defaultdict(Counter)
    hits = list(_EVIDENCE.find(tokens))
    neutral = {hit.start for hit in hits if hit.entry.id in _NEUTRAL.ids}
    for hit in hits:
        if hit.start in neutral:
            continue
        counts[int(hit.entry.value or 0)][hit.term.text, hit.term.weight] += 1
    n_words = sum(token.is_word for token in tokens)
    for goal, terms in sorted(counts.items()):
        score = content_score(terms, n_words)
        if score >= CONTENT_SCORE:
            strongest = sorted(terms, key=lambda term: (-term[1] * terms[term], term[0]))
            yield _record(document, section, goal, "content", round(score, 4), [text for text, _ in strongest])


def content_score(terms: Counter[tuple[str, float]], n_words: int) -> float:
    """Strength of evidence 0..1: repeated terms count less each time, long texts need more of them.

    1 - exp(-s / l), where s sums weight · (1 + ln n) over the terms and l = max(1, sqrt(words / 40)).
    """
    evidence = sum(weight * (1 + math.log(count)) for (_, weight), count in terms.items())
    return 1 - math.exp(-evidence / max(1.0, math.sqrt(n_words / 40)))


def _record(
    document: AnalysedDocument, section: Section, goal: int, source: str, score: float, terms: list[str]
) -> SectionGoalRecord:
    return SectionGoalRecord(
        section_id=section_id(document.doc_id, section),
        doc_id=document.doc_id,
        benefit_goal=goal,
        source=source,
        score=score,
        terms=terms,
    )
