"""What `poimuri fit` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.table import Table

from extractors.facts.goal_content import WEIGHTS, written
from extractors.facts.goal_signs import GOALS
from lexicons import UserError
from pipeline.files import write_whole
from pipeline.fit.goal_samples import Text, of_documents, of_texts, texts
from pipeline.fit.goals import (
    Judged,
    agreement,
    best_threshold,
    calibration_error,
    fitted,
    left_out,
    reliability,
    score,
)
from pipeline.show.console import Console


def fit_goals(folders: Sequence[Path], gold: Path, collected: Path | None, check: bool) -> None:
    """Fit the weights of goals by content, print how good they are, and write them. Raises UserError."""
    console = Console(highlight=False)
    found = texts(collected) if collected is not None else []
    if found:
        _print_agreement(console, found)
    samples = [*of_documents(folders, gold), *of_texts(found)]
    kinds = {kind: sum(sample.kind == kind for sample in samples) for kind in ("read", "headed", "collected")}
    console.print(
        f"{kinds['read']} sections read, {kinds['headed']} below a goal's heading, {kinds['collected']} texts collected"
    )
    if len({sample.source for sample in samples}) < 2:
        raise UserError(f"{gold}: one document is too few, since each is judged by the others; give two or more")
    judged = left_out(samples)
    threshold = best_threshold(judged)
    for kind, name in (("read", "sections, their document left out"), ("collected", "texts, their author left out")):
        own = [one for one in judged if one.kind == kind]
        if own:
            _print_score(console, name, own, threshold)
    model, _ = fitted(samples)
    if not check:
        head = "# Weights of goal_content.py: kind, name, goal, weight; fitted by `poimuri fit goals`\n"
        write_whole(WEIGHTS, head + written(replace(model, threshold=threshold)))
    n_weights = sum(weight != 0 for row in model.words.values() for weight in row)
    console.print(
        f"threshold {threshold}, {n_weights:,} weights of {len(model.words):,} words"
        f"{'' if check else f' written to {WEIGHTS}'}"
    )


def _print_agreement(console: Console, found: Sequence[Text]) -> None:
    both, kappas = agreement(found)
    kappa = ", ".join(f"{goal}: {value:.3f}" for goal, value in kappas.items())
    console.print(f"{len(found)} texts, two readers: F1 {both.f1:.3f} of one against the other; kappa by goal {kappa}")


def _print_score(console: Console, name: str, judged: Sequence[Judged], threshold: float) -> None:
    grid = Table(name, "F1", "precision", "recall", "found by readers", box=None, pad_edge=False)
    for goal in (None, *GOALS):
        one = score([one for one in judged if goal in (None, one.goal)], threshold)
        precision, recall = one.hits / max(one.found, 1), one.hits / max(one.gold, 1)
        label = "all" if goal is None else f"goal {goal}"
        grid.add_row(label, f"{one.f1:.3f}", f"{precision:.3f}", f"{recall:.3f}", str(one.gold))
    console.print(grid)
    _print_reliability(console, judged)


def _print_reliability(console: Console, judged: Sequence[Judged]) -> None:
    bins = reliability(judged)
    grid = Table("probability said", "true", "goals", box=None, pad_edge=False)
    for one in bins:
        grid.add_row(f"{one.said:.3f}", f"{one.true:.3f}", str(one.n))
    console.print(grid)
    console.print(f"expected calibration error {calibration_error(bins):.3f}\n")
