"""Files and folders that a command writes beside the tables: whole, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def whole_folder(target: Path, is_ours: Callable[[Path], bool] = lambda _folder: False) -> Iterator[Path]:
    """A folder beside the target that takes its place when the block ends well.

    The target may be new or empty, or one that `is_ours` knows, which is replaced. Raises UserError where it holds
    something else or cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())) and not is_ours(target):
        raise UserError(f"{target} is there already; give a new or empty folder with -o")
    fresh, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        yield fresh
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    except OSError as error:
        raise UserError(f"{target}: {error.strerror or error}; give a folder that you may write to") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
