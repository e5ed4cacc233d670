"""The `*_repaired` columns: the wording beside them with each misread word put right; null where a text is clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import regex

from extractors.records import EXTRACTED, DocumentRecord, RepairRecord
from pipeline.bench.scoring import load, share
from pipeline.process import Result
from tests.conftest import OTHERS, ROOT, SAMPLES, TRUTH, Processed

_WORD = regex.compile(r"[\p{L}\p{N}&@]+")

BARS = {"project_results.text": 0.7}
"""Five of its nineteen cells hold a word that is too far from any known one (siirtoviivepdivét, séastd)."""


def columns(result: Result) -> Iterator[tuple[str, str, str | None]]:
    """Every wording that has a repaired one beside it: its table and column, itself, the repaired one."""
    for kind in EXTRACTED:
        assert is_dataclass(kind)
        names = [item.name.removesuffix("_repaired") for item in fields(kind) if item.name.endswith("_repaired")]
        for record in result.of(kind) if kind is not DocumentRecord else ():
            for name in names:
                if (wording := getattr(record, name)) is not None:
                    yield f"{kind.TABLE}.{name}", wording, getattr(record, f"{name}_repaired")


@pytest.mark.parametrize("path", SAMPLES + OTHERS, ids=lambda path: path.stem)
def test_a_clean_text_has_none_and_a_degraded_one_has_all(path: Path, processed: Processed) -> None:
    result = processed(path)
    degraded = any(repair.kind in ("dots", "letters") for repair in result.of(RepairRecord))
    assert {repaired is not None for _, _, repaired in columns(result)} == {degraded}


def test_misread_words_are_put_right_in_every_column(processed: Processed) -> None:
    name = "pohjanselka_oma-arviointi"
    right = {row["as_read"]: row["right"] for row in load(TRUTH / name, "words") or []}
    found: dict[str, list[tuple[str, str | None]]] = {}
    for column, wording, repaired in columns(processed(ROOT / "data" / "raw" / f"{name}.txt")):
        expected = _WORD.sub(lambda match: right.get(match.group(), match.group()), wording)
        found.setdefault(column, []).append((expected, repaired))
    shares = {column: share(pairs) for column, pairs in found.items()}
    assert set(shares) >= {
        "sections.heading",
        "process_goals.text",
        "projects.development_area",
        "projects.project",
        "projects.goal_text",
        "projects.indicator_text",
        "projects.source_text",
        "project_results.text",
    }
    assert {column: round(value, 2) for column, value in shares.items() if value < BARS.get(column, 1.0)} == {}
