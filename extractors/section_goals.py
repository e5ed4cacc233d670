"""section_goals: which national benefit goals a section speaks about.

By heading: the heading's words add up to a goal in `lexicons/goal_headings.yaml`. Inherited: a heading above does.
By content: evidence words of `lexicons/goal_evidence.yaml` in the section's own body.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extractors.document import AnalysedDocument, Section, Token
from extractors.ids import section_id
from extractors.records import SectionGoalRecord
from lexicons import load
from lexicons.matcher import matcher

HEADING_SCORE = 1.0
"""Sum of weights at which a heading names a goal; a marker word or the goal's own number lowers it."""

MARKED_SCORE = 0.45
NUMBERED_SCORE = 0.5
COVERAGE = 0.65
"""Share of a heading's words that must belong to the goal; the rest would be another subject."""

CONTENT_SCORE = 0.3
"""Strength of evidence from which a body counts as speaking about a goal."""


def heading_goals(tokens: Sequence[Token], number: str | None) -> list[int]:
    """The national goals that a heading names, strongest first; none where it speaks of something else as well.

    `number` is the heading's own number, Roman or Arabic. "Hyötytavoite 2" names its goal by number alone.
    """
    words = [token for token in tokens if token.is_word and not _is_enumerator(token)]
    if not words or len(words) > 22:
        return []
    if named := _numbered_marker(tokens):
        return named
    weights: dict[int, float] = defaultdict(float)
    covered: dict[int, set[int]] = defaultdict(set)
    neutral: set[int] = {index for index, token in enumerate(words) if token.pos == "CCONJ"}
    marked = False
    for hit in matcher("goal_headings").find(words):
        places = range(hit.first, hit.last + 1)
        if hit.entry.id in ("neutral", "marker"):
            neutral.update(places)
            marked |= hit.entry.id == "marker"
        else:
            goal = int(hit.entry.value or 0)
            weights[goal] += hit.term.weight
            covered[goal].update(places)
    found = []
    for goal, weight in weights.items():
        needed = MARKED_SCORE if marked else NUMBERED_SCORE if _arabic(number) == goal else HEADING_SCORE
        if weight >= needed:
            found.append((weight, goal))
    mine = set().union(*(covered[goal] for _, goal in found)) if found else set()
    if len(mine | neutral) / len(words) < COVERAGE:
        return []
    return [goal for _, goal in sorted(found, reverse=True)]


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


def _arabic(number: str | None) -> int | None:
    """A goal's number 1..5 from Arabic or Roman digits."""
    if number is None:
        return None
    value = _ROMAN.get(number) or (int(number) if number.isdecimal() and len(number) < 3 else None)
    return value if value is not None and 1 <= value <= 5 else None


def _is_enumerator(token: Token) -> bool:
    return token.text in _ROMAN or (len(token.text) == 1 and token.text.isupper())


def _numbered_marker(tokens: Sequence[Token]) -> list[int]:
    """The numbers behind the word hyötytavoite: "Hyötytavoite 2", "Hyötytavoitteet 4 ja 5"."""
    found: list[int] = []
    for hit in matcher("goal_headings").find(tokens):
        if hit.entry.id != "marker":
            continue
        for token in tokens[hit.last + 1 :]:
            if (number := _arabic(token.text)) is not None:
                found.append(number)
            elif token.pos not in ("CCONJ", "PUNCT") or token.text in ":.–-":
                break
    return list(dict.fromkeys(found))


def benefit_goal_at(document: AnalysedDocument, offset: int, code: str | None = None) -> int | None:
    """The national goal of the headings above a place; where a heading names several, the one that opens the code."""
    section = document.section_at(offset)
    if section is None:
        return None
    for above in document.ancestors(section):
        if above.benefit_goals:
            named = [goal for goal in above.benefit_goals if code and code.startswith(f"{goal}.")]
            return (named or list(above.benefit_goals))[0]
    return None


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
    return section.field is None or load("template_fields").entry(section.field).group != "metadata"


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
    hits = list(matcher("goal_evidence").find(tokens))
    neutral = {hit.start for hit in hits if hit.entry.id == "neutral"}
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
