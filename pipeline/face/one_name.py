"""Build hook of the wheel: all packages stand under the one name `poimuri`, beside what people import.

A checkout has its rooms at the top, `pipeline`, `extractors`, `lexicons`. Installed, such names would meet those of a
user's own `pipeline.py`. So the wheel holds `poimuri/pipeline/…`, and in it each import of a room names it so:

>>> under_one_name("from extractors import records\\nfrom poimuri import x\\n")
'from poimuri.extractors import records\\nfrom poimuri import x\\n'
"""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "poimuri"
ROOMS = ("pipeline", "extractors", "lexicons")
FACE = Path("pipeline", "face")
SAMPLES = Path("data", "raw")


class OneName(BuildHookInterface[Any]):
    """Gives hatchling the files of a wheel; an editable install imports the checkout as it stands."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Lay the wheel's files out in a folder of their own and name that."""
        if version != "standard":
            return
        root = Path(self.root)
        self._laid_out = tempfile.TemporaryDirectory()
        for source, target in wheel_files(root):
            place = Path(self._laid_out.name, target)
            place.parent.mkdir(parents=True, exist_ok=True)
            data = source.read_bytes()
            is_python = source.suffix == ".py"
            place.write_bytes(under_one_name(data.decode()).encode() if is_python else data)
            place.chmod(0o644)
            build_data["force_include"][str(place)] = target.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder."""
        if version == "standard":
            self._laid_out.cleanup()


def wheel_files(root: Path) -> Iterator[tuple[Path, Path]]:
    """The files of a wheel, in order: where each stands in the checkout, and in the wheel."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            place = path.relative_to(root)
            if not place.is_relative_to(FACE) and _ships(path):
                yield path, Path(NAME) / place
    for folder, target in ((root / FACE / NAME, Path(NAME)), (root / SAMPLES, Path(NAME) / "samples")):
        for path in filter(_ships, sorted(folder.rglob("*"))):
            yield path, target / path.relative_to(folder)


def _ships(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def under_one_name(source: str) -> str:
    """A module's source with every import of a room by its name below `poimuri`.

    Raises ValueError at an `import room.module`, which would bind the room's own name.
    """
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import) and any(_is_room(alias.name) for alias in node.names):
            raise ValueError(f"line {node.lineno}: write `from … import …` for our own modules")
        if isinstance(node, ast.ImportFrom) and not node.level and _is_room(node.module or ""):
            line = lines[node.lineno - 1].encode()
            place = node.col_offset + len("from ")
            lines[node.lineno - 1] = (line[:place] + f"{NAME}.".encode() + line[place:]).decode()
    return "".join(lines)


def _is_room(module: str) -> bool:
    return module.partition(".")[0] in ROOMS
