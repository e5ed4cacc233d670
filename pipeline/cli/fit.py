"""`poimuri fit`: weights fitted to documents that people have read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.base import app

fit = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Fit weights to documents that people have read.")
app.add_typer(fit, name="fit")


@fit.callback()
def _fit() -> None:
    """Fit weights to documents that people have read."""


@fit.command("goals")
def goals(
    documents: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of documents as text.")],
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Folder with a folder a document, which holds sections.jsonl.")
    ],
    texts: Annotated[
        Path | None, typer.Option("--texts", help="Texts, a line each, with what several readers found.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Print the figures; leave the weights as they are.")] = False,
) -> None:
    """Weights of national goals by content.

    Prints how far the readers agree, how well goals are found in documents left out of the fitting, and how often what
    is said with a probability is true; then fits on all and writes the weights.
    Example: poimuri fit goals data/raw tests/documents tests/truth --texts tests/goals/texts.jsonl
    """
    from pipeline.fit.report import fit_goals

    fit_goals(documents, gold, texts, check)
