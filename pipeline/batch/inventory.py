"""Which files below the input folder are exports, and which are left out, by whose word."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pathspec import GitIgnoreSpec

from lexicons.errors import UserError
from pipeline.batch.answering import Heard, unheard
from pipeline.read.formats import BY_SUFFIX
from pipeline.read.page_folders import belongs_to_page

IGNORE_FILE = ".poimuriignore"
"""In the input folder: patterns of what is left out, written as in `.gitignore`."""

NO_EXPORTS = (
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "~$*",  # lock files of Word
    "~wrl*.tmp",
    "*.tmp",
    "*.part",
    "*.crdownload",
    "*.lnk",
    "*.url",
)
"""Names, lower case, of files that systems, editors and browsers leave behind: by nobody's judgement exports."""

HIDDEN, LEFT_BEHIND, OUTPUT = "hidden", "lock or system file", "tables of a run"
PAGE_FOLDER = "folder of a saved page"
IGNORED, EXCLUDED, NOT_INCLUDED = f"in {IGNORE_FILE}", "by --exclude", "not in --include"


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files to read, as relative paths with `/` separators in order, and how many were left out for which reason.

    A folder that is left out counts once.
    """

    files: tuple[str, ...]
    left_out: dict[str, int]


class Choice:
    """What a person says is to be read: the ignore file of a folder, `--include` and `--exclude`.

    All are written as in `.gitignore`. Raises UserError where the ignore file cannot be read.
    """

    def __init__(self, raw: Path, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> None:
        self._ignored = GitIgnoreSpec.from_lines(_lines(raw / IGNORE_FILE))
        self._excluded = GitIgnoreSpec.from_lines(exclude)
        self._included = GitIgnoreSpec.from_lines(include) if include else None

    def against(self, path: str, *, is_folder: bool = False) -> str | None:
        """The reason for which a file or folder is left out; None where it is read."""
        shown = f"{path}/" if is_folder else path
        if self._ignored.match_file(shown):
            return IGNORED
        if self._excluded.match_file(shown):
            return EXCLUDED
        if self._included is not None and not is_folder and not self._included.match_file(path):
            return NOT_INCLUDED
        return None


def take_inventory(raw: Path, out: Path, choice: Choice, heard: Heard = unheard) -> Inventory:
    """All files below a folder but those that are none to read; `heard` is called for each folder.

    A folder whose name ends like a file's, that is a link, or that may not be opened, is given as a file, so that it is
    rejected and not overlooked.
    """
    found: list[str] = []
    closed: list[OSError] = []
    left_out: Counter[str] = Counter()
    inner = out.resolve()
    for folder, folders, names in os.walk(raw, onerror=closed.append):
        heard()
        here = Path(folder)
        inside = here.relative_to(raw)
        odd = [name for name in folders if Path(name).suffix.lower() in BY_SUFFIX or (here / name).is_symlink()]
        kept: list[str] = []
        for name in folders:
            why = (
                unasked(name)
                or (PAGE_FOLDER if belongs_to_page(name, names) else None)
                or _is_output(here / name, inner)
                or choice.against(_join(inside, name), is_folder=True)
            )
            if why is not None:
                left_out[why] += 1
            elif name not in odd:
                kept.append(name)
        folders[:] = kept
        for name in [*names, *odd]:
            path = _join(inside, name)
            why = unasked(name) or choice.against(path, is_folder=_is_like_a_folder(name))
            if why is None:
                found.append(path)
            elif name not in odd:
                left_out[why] += 1
    found += [Path(error.filename).relative_to(raw).as_posix() for error in closed]
    return Inventory(tuple(sorted(found)), dict(sorted(left_out.items())))


def _join(folder: Path, name: str) -> str:
    return (folder / name).as_posix()


def _is_like_a_folder(name: str) -> bool:
    """Whether a file stands for what it holds only: a zip file, of whose members each is chosen or not."""
    kind = BY_SUFFIX.get(Path(name).suffix.lower())
    return kind is not None and kind.holds and not kind.reads


def unasked(name: str) -> str | None:
    """Why a name is left out before anybody says so."""
    if name.startswith("."):
        return HIDDEN
    if any(fnmatchcase(name.lower(), pattern) for pattern in NO_EXPORTS):
        return LEFT_BEHIND
    return None


def _is_output(folder: Path, inner: Path) -> str | None:
    """Why a folder of tables is left out: it is that of this run, or has the link and the runs of another."""
    if folder.resolve() == inner or ((folder / "current").is_symlink() and (folder / "runs").is_dir()):
        return OUTPUT
    return None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise UserError(f"{path}: {reason}; write it anew, a pattern a line, or remove it") from None
