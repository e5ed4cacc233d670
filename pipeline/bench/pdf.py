"""Benchmark of PDF readers on files with known truth: speed, memory, text, cells and rows, each in its own process.

Beside `NAME.pdf` lies `NAME.truth.txt`: the text in reading order, a paragraph a line, a table row as its cells joined
by " | ", merged cells at their first place, running headers and footers left out.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import regex

from pipeline.bench import peak_memory
from pipeline.bench.corpora import CorpusError

Rows = list[tuple[str, ...]]
TRUTH = ".truth.txt"

_BULLET = regex.compile(r"[\uf000-\uf0ff·●▪]")
_SEPARATOR = regex.compile(r"(?:^|\s)\|(?=\s|$)")
_HYPHENED = regex.compile(r"(?<=\p{L})[-\u00ad\x02\ufffe]\s*\n\s*(?=\p{Ll})")


class Found(NamedTuple):
    """What a reader gives for a file: its text with words broken over lines rejoined, and its tables' rows."""

    text: str
    rows: Rows


class Score(NamedTuple):
    """A reader's figures on a file. Shares are 0..1, None where the truth has no tables.

    `missing`: characters of the truth that it lacks or has elsewhere; `extra`: characters beyond the truth, running
    headers and footers among them; `paragraphs`: paragraphs and rows in their place; `cells` and `rows`: F1 of the
    filled cells and of the whole rows, letters and digits only; `exact_cells`, `exact_rows`: to the letter.
    """

    missing: float
    extra: float
    paragraphs: float
    cells: float | None
    rows: float | None
    exact_cells: float | None
    exact_rows: float | None


class ReaderFigures(NamedTuple):
    """A reader's run over all files: peak memory in MB; by file name its pages a second and its figures."""

    name: str
    peak_memory: float
    speeds: dict[str, float]
    scores: dict[str, Score]


def _poimuri(path: Path) -> Callable[[], Found]:
    from pipeline.read.pdf import read

    layout = read(path.read_bytes())

    def finish() -> Found:
        from pipeline.read import read as read_document
        from pipeline.repair import repair

        found = repair(read_document(path.read_bytes(), path.name))
        text = found.joined.text[: found.joined.twin_offset(found.body_end or 0)]
        rows = [
            tuple(texts.get(col, "") for col in range(table.n_cols))
            for table in found.tables
            for row in table.rows
            for texts in [{c.col: " ".join(found.joined.repaired(*span) for span in c.spans) for c in row}]
        ]
        assert len(layout.text) == len(found.text)
        return Found(text, rows)

    return finish


def _pdfplumber(path: Path) -> Callable[[], Found]:
    import pdfplumber

    texts, rows = [], []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            texts.append(page.extract_text())
            rows += [tuple(cell or "" for cell in row) for table in page.extract_tables() for row in table]
            page.close()
    return lambda: Found(_rejoined("\n".join(texts)), rows)


def _pypdfium2(path: Path) -> Callable[[], Found]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    return lambda: Found(_rejoined(text.replace("\r", "").replace("\x02", "-\n").replace("\ufffe", "-\n")), [])


def _pdfminer(path: Path) -> Callable[[], Found]:
    from pdfminer.high_level import extract_text

    text = extract_text(path)
    return lambda: Found(_rejoined(text), [])


def _rejoined(text: str) -> str:
    """A rival's text with its line-end hyphens taken out before small letters, right more often than not."""
    return _HYPHENED.sub("", text)


class Reader(NamedTuple):
    """A reader by its name: reads a file, and gives what is left to do once the clock is stopped."""

    name: str
    read: Callable[[Path], Callable[[], Found]]


READERS = (
    Reader("poimuri", _poimuri),
    Reader("pdfplumber", _pdfplumber),
    Reader("pypdfium2", _pypdfium2),
    Reader("pdfminer.six", _pdfminer),
)


def _time(index: int, paths: Sequence[Path], rounds: int) -> tuple[list[float], float]:
    """Seconds a file, of the fastest of some rounds after a first one; peak memory of the process in MB."""
    reader = READERS[index]
    best = [float("inf")] * len(paths)
    for number in range(rounds + 1):
        for place, path in enumerate(paths):
            started = time.perf_counter()
            reader.read(path)
            if number:
                best[place] = min(best[place], time.perf_counter() - started)
    return best, peak_memory()


def _score(index: int, path: Path) -> Score:
    return score(READERS[index].read(path)(), path.with_name(path.stem + TRUTH).read_text(encoding="utf-8"))


def files(folder: Path) -> list[Path]:
    """The PDFs of a folder that have a truth beside them. Raises CorpusError where there are none."""
    found = sorted(path for path in folder.glob("*.pdf") if path.with_name(path.stem + TRUTH).exists())
    if not found:
        raise CorpusError(f"{folder}: no NAME.pdf with NAME{TRUTH} beside it; give a folder that has them")
    return found


def n_pages(path: Path) -> int:
    """Pages of a file. Raises CorpusError where it is no PDF."""
    import pypdfium2

    try:
        return len(pypdfium2.PdfDocument(path))
    except pypdfium2.PdfiumError as error:
        raise CorpusError(f"{path}: {error}; give PDFs that can be opened") from None


def measure(folder: Path, rivals: bool, rounds: int) -> Iterator[ReaderFigures]:
    """The figures of each reader, ours first. Raises CorpusError where the folder has nothing to measure on."""
    if not find_spec("rapidfuzz"):
        raise CorpusError("rapidfuzz is not installed; .venv/bin/uv sync --locked")
    paths = files(folder)
    pages = [n_pages(path) for path in paths]
    spawn = multiprocessing.get_context("spawn")
    for index in range(len(READERS) if rivals else 1):
        with spawn.Pool(1, maxtasksperchild=1) as pool:
            seconds, memory = pool.apply(_time, (index, paths, rounds))
        with spawn.Pool(1) as pool:
            scores = {path.stem: pool.apply(_score, (index, path)) for path in paths}
        speeds = {path.stem: n / one for path, n, one in zip(paths, pages, seconds, strict=True)}
        yield ReaderFigures(READERS[index].name, memory, speeds, scores)


# Scores


def score(found: Found, truth: str) -> Score:
    """A reader's figures against the truth of a file."""
    from rapidfuzz.distance import Indel, Levenshtein

    paragraphs = [_words(" ".join(_SEPARATOR.split(line))) for line in truth.split("\n") if line.strip(" |")]
    wanted = [word for words in paragraphs for word in words]
    got = _words(found.text)
    owner = [number for number, words in enumerate(paragraphs) for _ in words]
    matched = [0] * len(paragraphs)
    missing = extra = 0
    pending_a: list[str] = []
    pending_b: list[str] = []
    opcodes: list[Any] = [*Indel.opcodes(wanted, got), ("equal", 0, 0, 0, 0)]
    for tag, a0, a1, b0, b1 in opcodes:
        if tag != "equal":
            pending_a += wanted[a0:a1]
            pending_b += got[b0:b1]
            continue
        for index in range(a0, a1):
            matched[owner[index]] += 1
        for edit in Levenshtein.editops(" ".join(pending_a), " ".join(pending_b)).as_list():
            missing += edit[0] != "insert"
            extra += edit[0] == "insert"
        pending_a, pending_b = [], []
    n_chars = max(1, sum(len(word) + 1 for word in wanted))
    rows = [tuple(map(str.strip, _SEPARATOR.split(line))) for line in truth.split("\n") if _SEPARATOR.search(line)]
    right = sum(hit >= 0.95 * len(words) for hit, words in zip(matched, paragraphs, strict=True))
    exact = _f1(rows, found.rows, _folded) if rows else (None, None)
    letters = _f1(rows, found.rows, _letters) if rows else (None, None)
    return Score(missing / n_chars, extra / n_chars, right / max(1, len(paragraphs)), *letters, *exact)


def _words(text: str) -> list[str]:
    return _BULLET.sub("•", text).split()


def _folded(text: str) -> str:
    return " ".join(_words(text))


def _letters(text: str) -> str:
    return regex.sub(r"[^\p{L}\p{N}]", "", text).lower()


def _f1(wanted: Rows, got: Rows, key: Callable[[str], str]) -> tuple[float, float]:
    """F1 of the filled cells and of the whole rows, as multisets."""
    gold_rows = Counter(tuple(map(key, row)) for row in wanted)
    got_rows = Counter(row for raw in got if any(row := tuple(map(key, raw))))
    gold_rows = Counter({row: n for row, n in gold_rows.items() if any(row)})
    gold_cells = Counter(cell for row, n in gold_rows.items() for cell in row * n if cell)
    got_cells = Counter(cell for row, n in got_rows.items() for cell in row * n if cell)
    return _dice(gold_cells, got_cells), _dice(gold_rows, got_rows)


def _dice(one: Counter[Any], other: Counter[Any]) -> float:
    return 2 * sum((one & other).values()) / max(1, sum(one.values()) + sum(other.values()))


def figures(folder: Path, measured: Sequence[ReaderFigures]) -> dict[str, Any]:
    """All figures of a run, as `--json` writes them."""
    readers = [one._asdict() | {"scores": {name: s._asdict() for name, s in one.scores.items()}} for one in measured]
    return {"folder": folder.name, "readers": readers}
