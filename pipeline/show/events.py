"""What happens in a run as JSON, a line an event: for scripts on standard output, for later in a log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from lexicons.errors import UserError
from pipeline.show.stream import Unbreakable

if TYPE_CHECKING:
    from pipeline.batch.work import Outcome
    from pipeline.run import Summary


def start(raw: Path, out: Path, n_files: int) -> dict[str, Any]:
    """The run begins to work on so many files."""
    return {"event": "start", "raw": str(raw), "out": str(out), "to work on": n_files}


def file(done: int, total: int, outcome: Outcome) -> dict[str, Any]:
    """A file is done."""
    told: dict[str, Any] = {"event": "file", "done": done, "of": total, "path": outcome.source_path}
    if outcome.reject is not None:
        return told | {
            "rejected": outcome.reject.code,
            "stage": outcome.reject.stage,
            "message": outcome.reject.message,
        }
    return told | {"warnings": list(outcome.warnings), "pages without text": list(outcome.pages_without_text)}


def end(summary: Summary) -> dict[str, Any]:
    """The run is over."""
    return {
        "event": "end",
        "run": summary.run_id,
        "new run": summary.is_new,
        "files": summary.states,
        "worked on": summary.n_worked,
        "left out": summary.left_out,
        "rows": summary.rows,
        "new rejects": [{"path": one.source_path, "code": one.code, "message": one.message} for one in summary.news],
        "known rejects": len(summary.rejects) - len(summary.news),
        "seconds": round(summary.seconds, 1),
    }


class Events:
    """Where the events of a run are written: streams, a line an event with its time."""

    def __init__(self, *streams: TextIO | Unbreakable) -> None:
        self._streams = streams

    def tell(self, event: dict[str, Any]) -> None:
        """Write an event."""
        line = json.dumps({"time": datetime.now(UTC).isoformat(timespec="seconds"), **event}, ensure_ascii=False)
        for stream in self._streams:
            stream.write(f"{line}\n")
            stream.flush()


def log_file(path: Path) -> TextIO:
    """A log to append to. Raises UserError where it cannot be written."""
    try:
        return path.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}; give a log file in a folder that you may write to") from None
