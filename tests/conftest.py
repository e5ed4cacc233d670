"""What the tests share: documents analysed from a string, and the sample exports processed once a session."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pytest

from extractors.document import AnalysedDocument
from pipeline.process import CHAIN, Result, analysed, process
from pipeline.run import Options, run
from tests.processes import Gate

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
    """A text as an analysed document, read in this process: a child would cost more than most tests."""

    def analyse(text: str) -> AnalysedDocument:
        with patch("pipeline.read.in_child_writing", lambda _writable, reader, data: reader(data)):
            return analysed(text.encode(), "test.txt")

    return analyse


class Processed:
    """The records of whole documents, each processed once a session, by whichever of its processes asks first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._results: dict[Path, Result] = {}

    def __call__(self, path: Path) -> Result:
        if path not in self._results:
            self._results[path] = self._shared(path)
        return self._results[path]

    def _shared(self, path: Path) -> Result:
        kept = self._folder / sha256(str(path).encode()).hexdigest()
        if kept.exists():
            found: Result = pickle.loads(kept.read_bytes())
            return found
        result = process(path.read_bytes(), path.name)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(pickle.dumps(result))
        fresh.replace(kept)
        return result


@pytest.fixture(scope="session")
def processed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Processed:
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "processed"
    folder.mkdir(exist_ok=True)
    return Processed(folder)


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Gate]:
    """Builds the gate at which documents with some words are held in this test."""

    def build(*words: str) -> Gate:
        built = Gate(tmp_path / "open", *words)
        monkeypatch.setitem(CHAIN, "repair", built)
        return built

    return build


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The tables of `data/raw`, written once for all who run tests at the same time."""
    base = tmp_path_factory.getbasetemp()
    out = (base if worker_id == "master" else base.parent) / "tables"
    run(ROOT / "data" / "raw", out, Options(wait=True))
    return out
