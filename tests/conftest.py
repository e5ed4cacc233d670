"""What the tests share: documents analysed from a string, and the sample exports processed once a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractors.document import AnalysedDocument
from pipeline.process import Result, analysed, process
from pipeline.run import Options, run

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "data" / "raw").glob("*.txt"))
OTHERS = sorted((ROOT / "tests" / "documents").glob("*.txt"))
"""Documents in other authors' manner: invented contents under real regions' names."""

WORD_OTHERS = sorted((ROOT / "tests" / "documents").glob("*.docx"))
"""Some of them as Word files, whose truth is the text's."""

TEXT_LAYERS = [path for path in OTHERS if "tekstikerros" in path.stem]
"""Those that are the text layer of a PDF's landscape table."""

TRUTH = ROOT / "tests" / "truth"
SHARED = ROOT.parent / "shared"
EXPORTS = sorted((SHARED / "exports").glob("*.txt"))


Analyse = Callable[[str], AnalysedDocument]


@pytest.fixture(scope="session")
def analyse() -> Analyse:
    """A text as an analysed document."""
    return lambda text: analysed(text.encode(), "test.txt")


class Processed:
    """The records of whole documents, each processed once a session."""

    def __init__(self) -> None:
        self._results: dict[Path, Result] = {}

    def __call__(self, path: Path) -> Result:
        if path not in self._results:
            self._results[path] = process(path.read_bytes(), path.name)
        return self._results[path]


@pytest.fixture(scope="session")
def processed() -> Iterator[Processed]:
    yield Processed()


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The tables of `data/raw`, written once for all who run tests at the same time."""
    base = tmp_path_factory.getbasetemp()
    out = (base if worker_id == "master" else base.parent) / "tables"
    run(ROOT / "data" / "raw", out, Options(wait=True))
    return out
