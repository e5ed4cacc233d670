"""`poimuri.toml`: what would else be given on every command line. What is given there comes first."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from lexicons.errors import UserError

NAME = "poimuri.toml"
"""Looked for in the current folder; `--config` names another."""

COMMANDS = ("run", "status", "rejects", "verify", "history", "diff", "restore")

SHOWN = ("ocr", "redact_contacts")
"""The settings that `poimuri show` has too; its other options are called as some of theirs and mean something else."""

PATHS = ("raw", "out", "log", "lexicons")
"""Settings that are paths; relative ones start at the file's folder."""

KNOWN = {
    **dict.fromkeys(PATHS, str),
    **dict.fromkeys(("include", "exclude"), list),
    **dict.fromkeys(("tokens", "ocr", "wait", "quiet", "redact_contacts"), bool),
    **dict.fromkeys(("workers", "keep"), int),
    "timeout": (int, float),
    "prefer": str,
}
"""The settings and their types; they are called as the options and arguments of the commands."""


def settings(path: Path | None) -> dict[str, dict[str, Any]]:
    """The settings by command; none where no file is named and there is none here.

    Raises UserError where the file cannot be read or says what nobody knows.
    """
    if path is None and not Path(NAME).exists():
        return {}
    path = path or Path(NAME)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}; name a file that is there with --config") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: {error}; mend that line") from None
    for name, value in found.items():
        if name not in KNOWN:
            raise UserError(f"{path}: there is no setting {name}; there are {', '.join(sorted(KNOWN))}")
        if not isinstance(value, KNOWN[name]):  # type: ignore[arg-type]
            raise UserError(f"{path}: {name} = {value!r} is of another type; write it as `poimuri run --help` does")
        if name in PATHS:
            found[name] = str(path.parent / value)
    shown = {name: found[name] for name in SHOWN if name in found}
    return dict.fromkeys(COMMANDS, found) | {"show": shown}
