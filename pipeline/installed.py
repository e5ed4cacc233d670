"""How this program stands here, as a checkout or as an installed wheel, and what one types to add to it."""

from __future__ import annotations

from pathlib import Path

_TOP = Path(__file__).resolve().parents[1]


def is_checkout() -> bool:
    """Whether the code runs from a clone of the repository, with its lock file beside it."""
    return (_TOP / "uv.lock").is_file()


def how_to_add(extra: str) -> str:
    """The command that installs an optional part of this program, such as `research`."""
    if is_checkout():
        return f".venv/bin/uv sync --locked --inexact --extra {extra}"
    return f"pip install 'poimuri[{extra}]'"


def samples() -> Path:
    """The folder of invented exports that ships with the program."""
    return _TOP / "data" / "raw" if is_checkout() else _TOP / "samples"
