"""What a reader leaves out of a document, counted by kind, as `documents.warnings` tells it."""

from __future__ import annotations

from collections import Counter


class Skipped(Counter[str]):
    """How much of which kind was left out: hidden rows, comments, speaker's notes …"""

    @property
    def warnings(self) -> tuple[str, ...]:
        """A warning a kind, with its count behind: `hidden_rows: 3`."""
        return tuple(f"{kind}: {number}" for kind, number in sorted(self.items()) if number)
