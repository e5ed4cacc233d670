"""Compare a document's records with its truth: JSON Lines written by reading the document.

A measure is a share or an F1 in 0..1. Truth marked optional counts neither way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import regex

from pipeline.language.alphabet import WITHOUT_DOTS

Rows = list[dict[str, Any]]


def load(folder: Path, name: str) -> Rows | None:
    path = folder / f"{name}.jsonl"
    if not path.exists():
        return None
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


_PLAIN = WITHOUT_DOTS | str.maketrans("\xe9&", "ea")


def letters(text: str | None) -> str:
    """Letters and digits with their dots folded away: equal for a clean and a degraded spelling."""
    folded = (text or "").lower().translate(_PLAIN)
    return regex.sub(r"[^0-9a-z]", "", folded)


def f1(truth: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    wanted, got = Counter(truth), Counter(found)
    hits = sum((wanted & got).values())
    return 2 * hits / (len(truth) + len(found)) if truth or found else 1.0


def share(pairs: Sequence[tuple[Any, Any]]) -> float:
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else 1.0


def paired(truth: Rows, found: Sequence[Any]) -> tuple[list[tuple[dict[str, Any], Any]], int, int]:
    """Truth and records with the same wording or nearly the same place; the numbers of firm truth and of records."""
    left = list(found)
    pairs = []
    for row in truth:
        match = next((r for r in left if letters(r.text) == letters(row["text"]) and _near(row, r)), None)
        match = match or next((r for r in left if _overlap(row, r) >= 0.8), None)
        if match is not None:
            left.remove(match)
            if not row.get("optional"):
                pairs.append((row, match))
    n_truth = sum(not row.get("optional") for row in truth)
    return pairs, n_truth, len(pairs) + len(left)


def _near(row: dict[str, Any], record: Any) -> bool:
    same_code = "goal_code" not in row or row["goal_code"] == getattr(record, "goal_code", None)
    return bool(same_code and abs(row["char_start"] - record.char_start) < 5)


def _overlap(row: dict[str, Any], record: Any) -> float:
    inside = min(row["char_end"], record.char_end) - max(row["char_start"], record.char_start)
    around = max(row["char_end"], record.char_end) - min(row["char_start"], record.char_start)
    same_code = "goal_code" not in row or row["goal_code"] == getattr(record, "goal_code", None)
    return inside / around if around and same_code else 0.0


def document_fields(folder: Path, record: Any) -> float:
    truth = json.loads((folder / "document.json").read_text(encoding="utf-8"))
    checks = []
    for name, wanted in truth.items():
        if wanted is None:
            continue
        got = getattr(record, name)
        if name in ("created", "modified", "report_date", "period_start", "period_end"):
            checks.append((str(got)[: len(str(wanted))], str(wanted)))
        else:
            checks.append((letters(got), letters(wanted)))
    return share(checks)


def score(folder: Path, records: Mapping[str, Sequence[Any]]) -> dict[str, float]:
    """Every measure that a document's truth allows."""
    found = {"document": document_fields(folder, records["documents"][0])}
    if (rows := load(folder, "dates")) is not None:
        got = [
            (r.char_start, r.char_end, r.value, r.mod, _iso(r.start_date), _iso(r.end_date))
            for r in records["dates"]
            if r.type == "DATE"
        ]
        found["dates"] = f1(
            [
                (r["char_start"], r["char_end"], r["value"], r["mod"], r["start"], r["end"])
                for r in rows
                if not r.get("optional")
            ],
            _without(got, rows),
        )
    if (rows := load(folder, "percentages")) is not None:
        wanted = [
            (r["char_start"], r["char_end"], r["value"], r["value_max"], r["comparator"], r["unit"]) for r in rows
        ]
        found["percentages"] = f1(
            wanted,
            [(r.char_start, r.char_end, r.value, r.value_max, r.comparator, r.unit) for r in records["percentages"]],
        )
    if (rows := load(folder, "sections")) is not None:
        found |= _sections(rows, records)
    if (rows := load(folder, "process_goals")) is not None:
        pairs, n_truth, n_found = paired(rows, records["process_goals"])
        found["process_goals"] = 2 * len(pairs) / (n_truth + n_found) if n_truth + n_found else 1.0
        for name in ("code", "kind", "benefit_goal", "origin", "same_as"):
            given = [(row[name], getattr(record, name)) for row, record in pairs if row.get(name) is not None]
            found[f"process_goals.{name}"] = share(given)
    if (rows := load(folder, "goal_status")) is not None:
        found["goal_status"] = f1(
            [(r["code"], r["period"], r["percent"]) for r in rows],
            [(r.code, r.period, r.percent) for r in records["goal_status"]],
        )
        staged = {(r["code"], r["period"], r["raw"]) for r in rows if "stage" in r}
        found["goal_status.stage"] = f1(
            [(r["code"], r["period"], r["raw"], r["stage"]) for r in rows if "stage" in r],
            [(r.code, r.period, r.raw, r.stage) for r in records["goal_status"] if (r.code, r.period, r.raw) in staged],
        )
    if (rows := load(folder, "indicators")) is not None:
        found["indicators"] = f1(
            [(letters(r["indicator"]), r["period"], letters(r["raw"])) for r in rows],
            [(letters(r.indicator), r.period, letters(r.raw)) for r in records["indicators"]],
        )
        cells = {(letters(r.indicator), r.period, letters(r.raw)): r for r in records["indicators"]}
        keys = [(letters(r["indicator"]), r["period"], letters(r["raw"])) for r in rows]
        told = [(row, cells[key]) for row, key in zip(rows, keys, strict=True) if key in cells]
        for name in ("benefit_goal", "number", "unit"):
            given = [(row[name], getattr(record, name)) for row, record in told if row[name] is not None]
            found[f"indicators.{name}"] = share(given)
    if (rows := load(folder, "measures")) is not None:
        pairs, n_truth, n_found = paired(rows, records["measures"])
        found["measures"] = 2 * len(pairs) / (n_truth + n_found) if n_truth + n_found else 1.0
        found["measures.goal_code"] = share([(row["goal_code"], record.goal_code) for row, record in pairs])
        found["measures.status"] = share([(row["status"], record.status) for row, record in pairs])
        found["measures.percent"] = share([(row["percent"], record.percent) for row, record in pairs])
    if (rows := load(folder, "projects")) is not None:
        found |= _projects(rows, records)
    return found


def score_wording(folder: Path, records: Mapping[str, Sequence[Any]]) -> dict[str, float]:
    """The facts that hold wherever they stand: for another format of a document whose truth has its text's offsets."""
    found = {"document": document_fields(folder, records["documents"][0])}
    for table, fields in WORDED.items():
        rows = [row for row in load(folder, table) or [] if not row.get("optional")]
        got = [r for r in records[table] if table != "dates" or r.type == "DATE"]
        got = [r for r in got if table != "sections" or r.heading]
        wanted = [tuple(_folded(row[_KEYS.get(name, name)]) for name in fields) for row in rows]
        found[table] = f1(wanted, [tuple(_folded(getattr(record, name)) for name in fields) for record in got])
    return found


WORDED = {
    "dates": ("value", "mod", "text"),
    "percentages": ("value", "value_max", "comparator", "unit"),
    "sections": ("heading",),
    "process_goals": ("code", "kind", "benefit_goal", "origin", "same_as", "text"),
    "goal_status": ("code", "period", "percent"),
    "indicators": ("indicator", "period", "raw"),
    "measures": ("goal_code", "text"),
    "projects": ("benefit_goal", "project"),
}
"""What records of a table say by their words."""

_KEYS = {"heading": "text"}
"""Columns that truth names otherwise."""


def _folded(told: Any) -> Any:
    return letters(told) if isinstance(told, str) else told


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def _without(got: list[tuple[Any, ...]], rows: Rows) -> list[tuple[Any, ...]]:
    spared = {(r["char_start"], r["char_end"]) for r in rows if r.get("optional")}
    return [row for row in got if row[:2] not in spared]


def _sections(rows: Rows, records: Mapping[str, Sequence[Any]]) -> dict[str, float]:
    # the opening section has no heading that a truth could hold
    by_place = {(r.heading_start, r.heading_end): r for r in records["sections"] if r.heading}
    goals: dict[str, dict[int, str]] = {}
    for r in records["section_goals"]:
        goals.setdefault(r.section_id, {})[r.benefit_goal] = r.source
    matched = [(row, by_place.get((row["char_start"], row["char_end"]))) for row in rows]
    own = [
        (goals.get(r.section_id, {}).get(row["benefit_goal"]) in ("heading", "inherited") if r else False, True)
        for row, r in matched
        if row.get("benefit_goal")
    ]
    hits = wanted = got = 0
    for row, r in matched:
        if row.get("content_goals") is None:
            continue
        disputed = set(row.get("content_goals_disputed") or ())
        have = {g for g, s in goals.get(r.section_id, {}).items() if s == "content"} - disputed if r else set()
        hits, wanted, got = (
            hits + len(have & set(row["content_goals"])),
            wanted + len(row["content_goals"]),
            got + len(have),
        )
    return {
        "sections": f1([(r["char_start"], r["char_end"]) for r in rows], list(by_place)),
        "sections.level": share([(row["level"], r.level) for row, r in matched if r and row["level"]]),
        "sections.field": share([(row["field"], r.field if r else None) for row, r in matched if row.get("field")]),
        "sections.evaluation_date": share(
            [
                (row["evaluation_date"], (_iso(r.evaluation_date) or "")[: len(row["evaluation_date"])] if r else None)
                for row, r in matched
                if row.get("evaluation_date")
            ]
        ),
        "sections.goal": share(own),
        "sections.content": 2 * hits / (wanted + got) if wanted + got else 1.0,
    }


def _projects(rows: Rows, records: Mapping[str, Sequence[Any]]) -> dict[str, float]:
    keys = [(r["benefit_goal"], letters(r["project"])) for r in rows]
    by_key = {(r.benefit_goal, letters(r.project)): r for r in records["projects"]}
    results: dict[tuple[str, str], str] = {}
    for r in records["project_results"]:
        held = results.get((r.project_id, r.period), "")
        results[r.project_id, r.period] = f"{held} {r.text}"
    pairs = [
        (_bag(result["text"]), _bag(results.get((by_key[key].project_id, result["period"]), "")))
        for key, row in zip(keys, rows, strict=True)
        if key in by_key
        for result in row["results"]
    ]
    alike = [_likeness(a, b) >= 0.95 for a, b in pairs]
    texts = [
        _likeness(_bag(row.get(name) or ""), _bag(getattr(by_key[key], name) or "")) >= 0.95
        for key, row in zip(keys, rows, strict=True)
        if key in by_key
        for name in ("development_area", "goal_text", "indicator_text", "source_text")
    ]
    return {
        "projects.texts": sum(texts) / len(texts) if texts else 1.0,
        "projects": f1(keys, [(r.benefit_goal, letters(r.project)) for r in records["projects"]]),
        "project_results": sum(alike) / len(alike) if alike else 1.0,
    }


def _bag(text: str) -> Counter[str]:
    return Counter(regex.findall(r"\w+", text.lower().translate(_PLAIN)))


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values())) if a or b else 1.0
