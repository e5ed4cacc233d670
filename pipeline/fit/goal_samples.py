"""Texts of which it is known what national goals they speak about: what the weights of `goal_content` are fitted to.

Three kinds. *read*: sections of documents with their truth (`sections.jsonl`). *headed*: sections of the same documents
that stand below the heading of a national goal, without that heading, as distant supervision: it says that they speak
about this goal and only little about the others. *collected*: single texts, each with what several readers found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from extractors.document import AnalysedDocument, Section
from extractors.facts.goal_signs import GOALS, GoalSigns, goal_signs
from extractors.section_goals import holds_prose
from lexicons import UserError
from pipeline.process import analysed

HEADED, HEADED_ELSEWHERE = 0.3, 0.1
"""How much a heading counts as a reader: for the goals that it names, and against the others."""

LEAST_HEADED = 15
"""Words that a section needs to say by itself what its heading says."""


class Sample(NamedTuple):
    """A text: its document (of a collected one its author), its signs, and by goal the share of readers who found it
    and how much that counts."""

    source: str
    kind: Literal["read", "headed", "collected"]
    signs: GoalSigns
    says: tuple[float, ...]
    counts: tuple[float, ...]


class Text(NamedTuple):
    """A collected text: its author, its words, the goals that each reader found."""

    author: str
    text: str
    readers: tuple[frozenset[int], ...]


def of_documents(folders: Sequence[Path], gold: Path) -> Iterator[Sample]:
    """The sections of the documents that have a folder with `sections.jsonl` of their name in `gold`.

    Raises UserError where there is none.
    """
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    known = [path for path in paths if (gold / path.stem / "sections.jsonl").exists()]
    if not known:
        raise UserError(f"{gold}: no folder named as a document in {', '.join(map(str, folders))} has a sections.jsonl")
    for path in known:
        rows = _rows(gold / path.stem / "sections.jsonl")
        truth = {(row["char_start"], row["char_end"]): row for row in rows}
        document = analysed(path.read_bytes(), path.name)
        for section in document.sections:
            sample = _sample(document, section, truth.get((section.heading.start, section.heading.end)), path.stem)
            if sample is not None:
                yield sample


def _sample(document: AnalysedDocument, section: Section, row: dict[str, Any] | None, source: str) -> Sample | None:
    signs = goal_signs(document.tokens_in(section.body.start, section.body.end))
    if not signs.n_words or not holds_prose(section):
        return None
    named = next((one.benefit_goals for one in document.ancestors(section) if one.benefit_goals), ())
    if row is not None and row.get("content_goals") is not None:
        known = {*GOALS} - {*named} - {*(row.get("content_goals_disputed") or ())}
        return Sample(source, "read", signs, _by_goal({*row["content_goals"]}), _by_goal(known))
    if named and signs.n_words >= LEAST_HEADED:
        counts = tuple(HEADED if goal in named else HEADED_ELSEWHERE for goal in GOALS)
        return Sample(source, "headed", signs, _by_goal({*named}), counts)
    return None


def _by_goal(goals: set[int]) -> tuple[float, ...]:
    return tuple(float(goal in goals) for goal in GOALS)


def texts(path: Path) -> list[Text]:
    """The texts of a file with one a line: `{"author": …, "text": …, "readers": [[1, 4], [1]]}`. Raises UserError."""
    try:
        return [
            Text(row["author"], row["text"], tuple(frozenset(goals) for goals in row["readers"])) for row in _rows(path)
        ]
    except (OSError, KeyError, json.JSONDecodeError) as error:
        raise UserError(f"{path}: {error}; give a file with author, text and readers on each line") from None


def of_texts(found: Sequence[Text]) -> Iterator[Sample]:
    """Collected texts as samples; a goal on which the readers differ says what share of them found it."""
    for one in found:
        signs = goal_signs(analysed(one.text.encode(), "text.txt").tokens)
        says = tuple(sum(goal in goals for goals in one.readers) / len(one.readers) for goal in GOALS)
        yield Sample(f"author {one.author}", "collected", signs, says, (1.0,) * len(GOALS))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
