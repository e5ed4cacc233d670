"""Tables with and without contacts never share a folder: earlier runs and the store would hold what was taken out."""

from __future__ import annotations

from pathlib import Path

from pipeline.files import write_whole
from pipeline.load.snapshot import RUNS, OutputError

REDACTED = ".redacted"
"""Beside the runs of a folder that holds no contacts."""


def keep_apart(out: Path, redact: bool) -> None:
    """Mark a new folder as one without contacts where that is asked for. Raises OutputError where it is of the other
    kind, WriteError where it cannot be marked."""
    mark = out / RUNS / REDACTED
    is_empty = {one.name for one in mark.parent.iterdir()} <= {".lock", REDACTED}
    if is_empty:
        mark.unlink(missing_ok=True)
    elif mark.exists() and not redact:
        raise OutputError(f"{out} was written with --redact-contacts; give that again, or another folder")
    elif redact and not mark.exists():
        raise OutputError(
            f"{out} was written without --redact-contacts and keeps runs with contacts; give another folder, "
            "or remove this one first"
        )
    if redact:
        write_whole(mark, "")
