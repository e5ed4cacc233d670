"""The command line of `poimuri`, a module a group of commands; each imports what it runs only when it runs."""

from __future__ import annotations

from pipeline.cli import batch, bench, fit, lexicon, look, research  # noqa: F401 — each adds its commands
from pipeline.cli.base import NOT_WHOLE, OK, SOME_REJECTED, USAGE, app

__all__ = ["NOT_WHOLE", "OK", "SOME_REJECTED", "USAGE", "app", "main"]


def main() -> None:
    """Entry point of the command."""
    app()
