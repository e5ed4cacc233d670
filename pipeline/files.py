"""Files that a command writes beside the tables: whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from lexicons.errors import UserError


class WriteError(UserError):
    """A file that cannot be written; the message names it and the cure."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step: it is whole or not there. Raises WriteError."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        part.replace(path)
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror}; give a file in a folder that you may write to") from None
