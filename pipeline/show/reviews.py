"""Marks of records as they are taken, and the precision that they measure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.load.snapshot import locked
from pipeline.research.database import opened
from pipeline.research.reviews import VERDICTS, latest, reviews, scores, take
from pipeline.show.answers import table_lines


def take_reviews(out: Path, file: Path) -> None:
    """Take a file's marks and say how many of each there are. Raises UserError."""
    connection = opened(out)
    with locked(out):
        taken = take(connection, out, file)
    counts = Counter(mark.verdict for mark in taken)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    print(f"{len(taken)} marks taken: {told}")


def show_scores(out: Path) -> None:
    """Print the precision by table with its 95 % interval. Raises UserError."""
    marks = reviews(out)
    found = list(scores(opened(out), marks))
    rows = [
        [score.table, str(score.n_right), str(score.n_wrong), str(score.n_corrected)]
        + [f"{share:.3f}" for share in (score.precision, score.low, score.high)]
        for score in found
    ]
    for line in table_lines(["table", *VERDICTS, "precision", "from", "to"], rows):
        print(line)
    n_scored = sum(score.n_right + score.n_wrong + score.n_corrected for score in found)
    if gone := len(latest(marks)) - n_scored:
        print(f"{gone} marked records are no longer in the tables")
