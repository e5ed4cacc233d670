"""Rejects that a person has looked at and accepted: the same file rejected for the same reason is no news."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from extractors.records import RejectRecord
from lexicons.errors import UserError
from pipeline.files import write_whole

NAME = ".accepted_rejects.json"
"""Beside the runs, so that it outlives each of them."""


class Known(NamedTuple):
    """What an accepted reject is known by: another content or another reason is a new one."""

    source_path: str
    code: str
    sha256: str | None
    n_bytes: int | None

    @classmethod
    def of(cls, reject: RejectRecord) -> Known:
        return cls(reject.source_path, reject.code, reject.sha256, reject.n_bytes)


def accepted(out: Path) -> frozenset[Known]:
    """The rejects that were accepted for an output folder. Raises UserError where their file is spoiled."""
    path = _path(out)
    try:
        return frozenset(Known(*item) for item in json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, TypeError) as error:
        raise UserError(f"{path}: {error}; remove it and accept the rejects anew") from None


def accept(out: Path, rejects: Iterable[RejectRecord]) -> None:
    """Accept rejects, beside those accepted before. Raises WriteError."""
    known = sorted(accepted(out) | {Known.of(reject) for reject in rejects}, key=lambda one: (one[0], one[1], str(one)))
    write_whole(_path(out), json.dumps(known, ensure_ascii=False, indent=1) + "\n")


def unaccepted(out: Path, rejects: Iterable[RejectRecord]) -> tuple[RejectRecord, ...]:
    """Those of a run's rejects that are news."""
    known = accepted(out)
    return tuple(reject for reject in rejects if Known.of(reject) not in known)


def _path(out: Path) -> Path:
    return out / "runs" / NAME
