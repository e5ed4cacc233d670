"""Fit `extractors/outline/column_weights.tsv`: `python -m tests.columns.train GOLD... TEXT...`.

GOLD are folders of truth, of which each document with a `projects.jsonl` gives the rows of its tables; TEXT are files
that are text layers of such documents, named alike. Each document's rows are printed in many styles (`typeset`), so
that the right column of every word is known; a text layer's is found by the words of its rows (`aligned`). The weights
are fitted by passive-aggressive updates of a structured model (Crammer et al. 2006,
https://jmlr.org/papers/v7/crammer06a.html), averaged, from where they stand. First every document is judged with
weights fitted without it: the share of words in their right column and row, and that of rows whose every word is.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from extractors.document import AnalysedDocument
from extractors.outline.column_model import (
    AREA,
    GOAL,
    GROUP,
    INDICATOR,
    PROJECT,
    RESULTS,
    SOURCE,
    Decoder,
    Names,
    Placed,
    Region,
    Run,
    learn,
    measured,
    names_of,
    on_page,
    usual_widths,
)
from extractors.outline.column_weights import N_ROLES, Weights, column_weights, feature_names, from_values
from extractors.outline.labels import squeeze
from extractors.outline.project_headers import layer_lines, project_headers
from extractors.outline.project_tables import layers
from pipeline.files import write_whole
from pipeline.process import staged
from tests.columns.typeset import Row, drawn, named, printed, rows_of

STYLES, EPOCHS, RATE, PULL = 8, 4, 0.02, 0.004
"""Printings of each document, passes over them, the largest step, the share drawn back to the first weights at each."""

AGAIN = 0.5
"""Share of printings in which projects come again under another national goal."""

LAYERS_COUNT = 4
"""Times that a real text layer counts beside each printing."""

FILE = Path(__file__).resolve().parents[2] / "extractors" / "outline" / "column_weights.tsv"


@dataclass(frozen=True)
class Example:
    """A document's tables as one style prints them (`number` draws it) and the right reading of each."""

    name: str
    number: int
    regions: tuple[Region, ...]
    right: tuple[tuple[Placed, ...], ...]


def examples(name: str, rows: Sequence[Row], styles: int = STYLES) -> Iterator[Example]:
    """A document's rows in many styles; those whose headings are not found are left out."""
    for number in range(styles):
        rng = random.Random(f"{name} {number}")
        style = drawn(rng)
        page = printed(_again(rows, rng) if rng.random() < AGAIN else rows, style, rng)
        document = next(v for n, v in staged(page.text.encode(), f"{name}.txt") if n == "analyse")
        assert isinstance(document, AnalysedDocument)
        lines = layer_lines(document)
        headers = project_headers(document, lines)
        found = layers(document, lines, headers) if headers else []
        whole = [one.region for one in found if len(one.region.roles) == len(style.columns)]
        pairs = [(region, right) for region in whole if (right := _right(region, page.words)) is not None]
        if pairs:
            yield Example(name, number, tuple(region for region, _ in pairs), tuple(right for _, right in pairs))


def _again(rows: Sequence[Row], rng: random.Random) -> list[Row]:
    """The rows and some of them under another national goal, with the other cells of another row: a project that
    serves several goals stands in the table of each."""
    copies = []
    for row in rng.sample(list(rows), max(1, len(rows) // 2)):
        other = rng.choice(rows)
        cells = {**other.cells, "project": row.cells["project"]}
        copies.append(Row(row.area, (row.national or 1) % 5 + 1, cells, other.results))
    return [*rows, *sorted(copies, key=lambda one: one.area)]


def _right(region: Region, words: dict[int, tuple[int, int]]) -> tuple[Placed, ...] | None:
    """The right reading of a table; None where a line holds words that are none of its cells'."""
    placed, row, last = [], -1, None
    for line in region.lines:
        known = [words.get(start) for start in line.starts]
        if None in known:
            return None
        runs: list[Run] = []
        for index, (_, column) in enumerate(known):  # type: ignore[misc]
            if runs and runs[-1].column == column:
                runs[-1] = Run(runs[-1].first, index + 1, column)
            else:
                runs.append(Run(index, index + 1, column))
        number = known[0][0]  # type: ignore[index]
        opens = number != last
        row, last = row + opens, number
        if [run.column for run in runs] != sorted({run.column for run in runs}):
            return None
        placed.append(Placed(tuple(runs), row, opens))
    return tuple(placed)


def layer_examples(name: str, rows: Sequence[Row], path: Path) -> Iterator[Example]:
    """A real text layer and its right reading, found by the words of the rows' cells; none where too few agree."""
    document = next(v for n, v in staged(path.read_bytes(), path.name) if n == "analyse")
    assert isinstance(document, AnalysedDocument)
    lines = layer_lines(document)
    headers = project_headers(document, lines)
    regions = [one.region for one in layers(document, lines, headers)] if headers else []
    if regions and (right := aligned(document, regions, rows)):
        yield Example(name, -1, tuple(regions), tuple(right))


def aligned(document: AnalysedDocument, regions: Sequence[Region], rows: Sequence[Row]) -> list[tuple[Placed, ...]]:
    """The reading of a layer's lines that agrees with the most words of the rows, rows in order (Viterbi)."""
    bags = [_bags(row, above) for row, above in zip(rows, [None, *rows], strict=False)]
    flat = [(number, line) for number, region in enumerate(regions) for line in region.lines]
    nowhere: dict[int, tuple[float, int, tuple[Run, ...]]] = {-1: (0.0, -1, ())}
    best: list[dict[int, tuple[float, int, tuple[Run, ...]]]] = []
    for number, line in flat:
        words = [squeeze(document.text[a:b]) for a, b in zip(line.starts, line.ends, strict=True)]
        step: dict[int, tuple[float, int, tuple[Run, ...]]] = {}
        for row in range(len(rows)):
            before = best[-1] if best else nowhere
            option = max(((before[r][0], r) for r in (row - 1, row) if r in before), default=None)
            if option is not None:
                score, runs = _agreed(words, bags[row], regions[number].roles, line.is_group)
                step[row] = (option[0] + score, option[1], runs)
        best.append(step)
    row = max(best[-1], key=lambda one: best[-1][one][0])
    readings: list[list[Placed]] = [[] for _ in regions]
    for index in range(len(flat) - 1, -1, -1):
        _, above, runs = best[index][row]
        opens = above != row or runs[0].column < 0 or index == 0 or flat[index - 1][0] != flat[index][0]
        readings[flat[index][0]].append(Placed(runs, row, opens))
        row = above
    return [_behind_groups(reading[::-1]) for reading in readings]


def _behind_groups(reading: list[Placed]) -> tuple[Placed, ...]:
    """The line behind one that heads rows opens a row, whatever row the heading was counted to."""
    groups = [False, *(one.runs[0].column < 0 for one in reading)]
    return tuple(one._replace(opens=one.opens or group) for one, group in zip(reading, groups, strict=False))


def _bags(row: Row, above: Row | None) -> dict[int, set[str]]:
    """The words of a row's cells by role; those of its area only where it opens the area's rows."""
    texts = {
        PROJECT: row.cells["project"],
        GOAL: row.cells["goal"],
        INDICATOR: row.cells["indicator"],
        SOURCE: row.cells["source"],
        RESULTS: " ".join(f"{named(period)} {text}" for period, text in row.results),
    }
    if above is None or (above.area, above.national) != (row.area, row.national):
        texts[AREA] = texts[GROUP] = row.area
    return {role: {squeeze(word) for word in text.split()} for role, text in texts.items()}


def _agreed(
    words: Sequence[str], bags: dict[int, set[str]], roles: Sequence[int], is_group: bool
) -> tuple[float, tuple[Run, ...]]:
    """How many of a line's words agree with a row's cells, and the runs by which they do."""
    whole = (Run(0, len(words), -1),)
    if is_group:
        return 0.0, whole
    nothing: tuple[float, tuple[Run, ...]] = (0.0, ())
    best: list[list[tuple[float, tuple[Run, ...]]]] = [[nothing] * (len(roles) + 1)]
    for end in range(1, len(words) + 1):
        never: tuple[float, tuple[Run, ...]] = (-1e9, ())
        line = [never]
        for column, role in enumerate(roles):
            options = [line[-1]] if column else [never]
            for first in range(end):
                score, runs = best[first][column]
                hits = sum(_is_in(word, bags.get(role, set())) for word in words[first:end])
                options.append((score + hits - 0.6, (*runs, Run(first, end, column))))
            line.append(max(options, key=lambda option: option[0]))
        best.append(line)
    score, runs = best[-1][-1]
    if AREA not in roles and all(_is_in(word, bags.get(GROUP, set())) for word in words):
        return max(score, len(words) - 0.5), whole
    return score, runs


def _is_in(word: str, bag: set[str]) -> bool:
    """Whether a cell has a word, or, of a word that a line's end breaks, a part of one."""
    return word in bag or (len(word) > 3 and any(word in one or one in word for one in bag if len(one) > 3))


_NAMES = feature_names()


def _vectors() -> Weights:
    """Weights whose values are unit vectors: a cost is then the count of every feature in it."""
    unit = np.eye(len(_NAMES))
    place = {name: index for index, name in enumerate(_NAMES)}
    given = {}
    for item in fields(Weights):
        if (item.name, None) in place:
            given[item.name] = unit[place[item.name, None]]
        else:
            given[item.name] = tuple(unit[place[item.name, role]] for role in range(N_ROLES))
    return Weights(**given)


def as_vector(weights: Weights) -> np.ndarray:
    return np.array([getattr(weights, n) if r is None else getattr(weights, n)[r] for n, r in _NAMES])


def as_weights(vector: np.ndarray) -> Weights:
    return from_values(dict(zip(_NAMES, map(float, vector), strict=True)))


def fitted(training: Sequence[Example], start: Weights, seed: int = 1) -> Weights:
    """The averaged weights after all passes."""
    rng, unit = random.Random(seed), _vectors()
    first = as_vector(start)
    vector, total, steps = first.copy(), np.zeros(len(first)), 0
    known = {id(one): _first_look(one) for one in training}
    for _ in range(EPOCHS):
        order = [one for one in training for _ in range(LAYERS_COUNT if one.number < 0 else 1)]
        rng.shuffle(order)
        for one in order:
            weights = as_weights(vector)
            widths, names = known[id(one)]
            found = [Decoder(r, widths[i], names, weights).decode() for i, r in enumerate(one.regions)]
            for i, region in enumerate(one.regions):
                if tuple(found[i]) != one.right[i]:
                    counter = Decoder(region, widths[i], names, unit)
                    wrong, right = counter.cost(found[i]), counter.cost(one.right[i])
                    step = np.asarray(right) - np.asarray(wrong)
                    short = _wrong_words(region, found[i], one.right[i]) ** 0.5 + vector @ step
                    if (size := step @ step) > 0 and short > 0:
                        vector = vector - min(RATE, short / size) * step
            vector += PULL * (first - vector)
            known[id(one)] = (
                on_page(one.regions, measured(one.regions, found, widths)),
                names_of(one.regions, found, names.recurring),
            )
            total += vector
            steps += 1
    return as_weights(total / max(1, steps))


def _wrong_words(region: Region, mine: Sequence[Placed], right: Sequence[Placed]) -> int:
    pairs = zip(region.lines, mine, right, strict=True)
    return sum(_place(a, i) != _place(b, i) for line, a, b in pairs if a != b for i in range(len(line.starts)))


def _first_look(one: Example) -> tuple[list[tuple[float, ...]], Names]:
    return usual_widths(one.regions), Names()


def judged(one: Example, weights: Weights) -> tuple[int, int, int, int]:
    """Words in their right column of the right row, words, rows that are right as a whole, rows."""
    widths, names = learn(one.regions, weights)
    good = words = whole = rows = 0
    for i, region in enumerate(one.regions):
        found = Decoder(region, widths[i], names, weights).decode()
        wrong_rows = set()
        for line, mine, right in zip(region.lines, found, one.right[i], strict=True):
            for index in range(len(line.starts)):
                ok = _place(mine, index) == _place(right, index)
                good += ok
                words += 1
                if not ok:
                    wrong_rows.add(right.row)
        n_rows = max((one.row for one in one.right[i]), default=-1) + 1
        whole += n_rows - len(wrong_rows)
        rows += n_rows
    return good, words, whole, rows


def _place(placed: Placed, index: int) -> tuple[bool, int]:
    """What is to be right of a word: whether its line opens a row, and its column."""
    column = next(run.column for run in placed.runs if run.first <= index < run.end)
    return placed.opens, column


@dataclass(frozen=True)
class Source:
    """A document's rows, and its text layer where there is one."""

    name: str
    rows: list[Row]
    layer: Path | None


def sources(paths: Sequence[Path]) -> list[Source]:
    """Every document with a project table; of one in two forms that with a text layer."""
    texts = {path.stem: path for path in paths if path.is_file()}
    found: list[Source] = []
    for path in sorted(one for folder in paths if folder.is_dir() for one in folder.glob("*/projects.jsonl")):
        rows = rows_of(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
        name = path.parent.name
        if rows:
            found.append(Source(name, rows, texts.get(name)))
    chosen: list[Source] = []
    for one in sorted(found, key=lambda source: source.layer is None):
        if not any(_alike(one, other) for other in chosen):
            chosen.append(one)
    return chosen


def _alike(one: Source, other: Source) -> bool:
    mine, others = ({row.cells["project"] for row in source.rows} for source in (one, other))
    return len(mine & others) * 2 >= len(mine)


def _all_examples(source: Source) -> list[Example]:
    layer = layer_examples(source.name, source.rows, source.layer) if source.layer is not None else ()
    return [*examples(source.name, source.rows), *layer]


def _left_out(item: tuple[str, list[Example], Weights]) -> tuple[str, np.ndarray, np.ndarray]:
    """What is right of a document's printings and of its text layer with weights fitted without it."""
    name, every, start = item
    weights = fitted([one for one in every if one.name != name], start)
    mine = [one for one in every if one.name == name]
    printings = sum((np.array(judged(one, weights)) for one in mine if one.number >= 0), np.zeros(4))
    return name, printings, sum((np.array(judged(one, weights)) for one in mine if one.number < 0), np.zeros(4))


def _shares(counts: np.ndarray) -> str:
    good, words, whole, rows = counts
    return f"words {good / words:.3f}  rows {whole / rows:.3f}  ({rows:.0f} rows)" if words else "none"


def main(arguments: Sequence[str]) -> None:
    start = column_weights()
    found = sources([Path(argument) for argument in arguments])
    with ProcessPoolExecutor() as pool:
        every = [one for many in pool.map(_all_examples, found) for one in many]
        layers_found = sum(one.number < 0 for one in every)
        print(f"{len(found)} documents, {len(every) - layers_found} printings, {layers_found} text layers", flush=True)
        printed_total, layer_total = np.zeros(4), np.zeros(4)
        for name, printings, layer in pool.map(_left_out, [(source.name, every, start) for source in found]):
            print(f"{name:52} printed {_shares(printings)}   layer {_shares(layer)}", flush=True)
            printed_total += printings
            layer_total += layer
        print(f"{'all, each left out':52} printed {_shares(printed_total)}   layer {_shares(layer_total)}")
    write_whole(FILE, table(fitted(every, start)))


def table(weights: Weights) -> str:
    """The weights as their file has them."""
    lines = ["# Weights of extractors/outline/column_model.py, fitted by tests.columns.train"]
    for (name, role), value in zip(_NAMES, as_vector(weights), strict=True):
        lines.append(f"{name}\t{'' if role is None else role}\t{value:.3f}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
