"""Runs notebooks in this process, cell by cell, as a kernel would: `python -m tests.notebooks` writes their outputs.

`make test` runs them over one run of `data/raw` and holds them to the outputs that stand in their files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import select_figure_formats
from IPython.utils.capture import capture_output
from traitlets.config import Config

_FORMAT: Any = nbformat
_HOOK: Any = CapturingDisplayHook
_PICTURES: Any = select_figure_formats
ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

TABLES = "POIMURI_TABLES"
"""The variable of the environment that names the folder of tables which notebooks read."""


def executed(path: Path, tables: Path) -> Any:
    """A notebook with the outputs of its cells, run over a folder of tables in a shell of its own.

    Raises RuntimeError with the cell's number and error where one fails.
    """
    notebook = _FORMAT.read(path, as_version=4)
    with TemporaryDirectory() as home, _shell(tables, Path(home)) as shell:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for number, cell in enumerate(cells, 1):
            with capture_output() as captured:
                shell.display_trap.hook = _HOOK(shell=shell, outputs=captured._outputs)
                result = shell.run_cell(cell.source)
            if not result.success:
                raise RuntimeError(f"{path.name}, cell {number}: {result.error_before_exec or result.error_in_exec!r}")
            cell.execution_count = number
            cell.outputs = list(_outputs(captured.stdout, [one["data"] for one in captured._outputs], number))
    return notebook


class _Shell(InteractiveShell):
    """A shell that no window belongs to."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Nothing to do."""


@contextmanager
def _shell(tables: Path, home: Path) -> Iterator[Any]:
    """A fresh shell with pictures in its outputs, and nothing of it left behind."""
    import matplotlib.pyplot as plt

    before = {name: os.environ.get(name) for name in (TABLES, "MPLBACKEND")}
    os.environ[TABLES] = str(tables.resolve())
    _Shell.clear_instance()
    settings = Config({"HistoryManager": {"enabled": False}})
    shell: Any = _Shell.instance(config=settings, ipython_dir=str(home))
    hooks = sys.displayhook, sys.excepthook
    try:
        shell.run_line_magic("matplotlib", "inline")
        _PICTURES(shell, {"png"})
        yield shell
    finally:
        plt.close("all")
        _Shell.clear_instance()
        sys.displayhook, sys.excepthook = hooks
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def _outputs(printed: str, shown: Iterable[dict[str, Any]], number: int) -> Iterator[Any]:
    """What a cell printed and showed, in the form of a notebook's file."""
    if printed:
        yield _FORMAT.v4.new_output("stream", name="stdout", text=printed)
    for data in shown:
        kept: dict[str, Any] = {kind: data[kind] for kind in ("text/plain", "text/html", "image/png") if kind in data}
        if "image/png" in kept:
            yield _FORMAT.v4.new_output("display_data", data=_as_text(kept))
        else:
            yield _FORMAT.v4.new_output("execute_result", data=kept, execution_count=number)


def _as_text(data: dict[str, Any]) -> dict[str, Any]:
    from base64 import b64encode

    picture = data["image/png"]
    return {**data, "image/png": b64encode(picture).decode() if isinstance(picture, bytes) else picture}


def texts(notebook: Any) -> list[list[str]]:
    """What each cell shows as text; of a picture that there is one."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [[_text(output) for output in cell.outputs] for cell in cells]


def _text(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    return "picture" if "image/png" in output.data else str(output.data["text/plain"])


def main(tables: Path) -> None:
    """Write the outputs of all notebooks into their files."""
    for path in NOTEBOOKS:
        _FORMAT.write(executed(path, tables), path)
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "processed")
