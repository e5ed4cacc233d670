"""Chunks of data: scripts that a page loads as it needs them, since one opened from a disk may fetch nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

LONGEST = 400
"""Characters of a text that a list shows; the evidence pane has it whole."""


def write_chunk(folder: Path, name: str, value: Any) -> None:
    """Write `data/<name>.js`, a call that hands the page one value. What documents say stands in it as JSON alone."""
    path = folder / "data" / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_json, allow_nan=False)
    path.write_text(f"poimuri.take({json.dumps(name)},{told});\n", encoding="utf-8")


def rows_chunk(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Rows of a list: names of columns once, long texts cut."""
    return {"columns": list(columns), "rows": [[_cut(value) for value in row] for row in rows]}


def _cut(value: Any) -> Any:
    return f"{value[:LONGEST].rstrip()} …" if isinstance(value, str) and len(value) > LONGEST else value


def _as_json(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
