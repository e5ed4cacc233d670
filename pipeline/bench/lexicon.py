"""What terms cost a run: CPU seconds of whole runs with a lexicon of few and of many terms, in processes of their own.

The terms are words that general Finnish has, taken evenly from the common to the rare, so that many find nothing and
many something, as those of a lexicon do.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from lexicons.errors import UserError
from lexicons.form import schema
from pipeline.bench.batch import BatchBench

NAME = "bench_terms"


class LexiconCost(NamedTuple):
    """A lexicon's number of terms, and the CPU seconds of a run that has nothing to take over."""

    n_terms: int
    cpu: float


def measure(samples: Path, n_files: int, sizes: Sequence[int], rounds: int) -> Iterator[LexiconCost]:
    """The runs with lexicons of these sizes, round by round, so that a change of the machine's speed meets all alike.

    Raises UserError where the samples are none or there are too few words.
    """
    words = base_forms()
    if max(sizes) > len(words):
        raise UserError(f"there are {len(words)} words to make terms of; ask for no more")
    with tempfile.TemporaryDirectory(prefix="poimuri-bench-") as folder:
        bench = BatchBench(samples, n_files, Path(folder))
        for _ in range(rounds):
            for size in sizes:
                shutil.rmtree(bench.lexicons)
                bench.lexicons.mkdir()
                write_lexicon(bench.lexicons / f"{NAME}.yaml", words, size)
                out = Path(folder) / "fresh"
                yield LexiconCost(size, bench.run(f"{size} terms", out=out).cpu)
                shutil.rmtree(out)


def base_forms() -> list[str]:
    """Words that are base forms and stand in no sentence just as such, the commonest first."""
    from pipeline.language.frequencies import zipf_values
    from pipeline.language.lemmatiser import word_readings
    from pipeline.language.lexicon_forms import is_everywhere

    used = zipf_values()
    words = (word for word in sorted(used, key=lambda word: (-used[word], word)) if len(word) >= 5 and word.isalpha())
    return [word for word in words if word in word_readings(word)[1] and not is_everywhere(word)]


def write_lexicon(path: Path, words: Sequence[str], size: int) -> None:
    """Write a lexicon of so many of the words, ten an entry."""
    terms = [words[index * len(words) // size] for index in range(size)]
    entries = "".join(
        f"  - {{id: e{start}, terms: [{', '.join(terms[start : start + 10])}]}}\n" for start in range(0, size, 10)
    )
    told = {**dict.fromkeys(schema()["required"], NAME), "match": "lemma", "report": "true", "entries": ""}
    head = "".join(f"{key}: {value}\n" for key, value in told.items() if key != "entries")
    path.write_text(f"{head}entries:\n{entries}", encoding="utf-8")
