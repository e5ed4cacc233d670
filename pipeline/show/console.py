"""The terminal as rich prints on it; what texts and names hold of control characters is shown, never sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich import console
from rich.console import ConsoleOptions, RenderableType
from rich.segment import Segment

from pipeline.show.stream import raw_output, shown


class Console(console.Console):
    """A console on standard output whose colours are its own: escape sequences in what it is given are shown."""

    def __init__(self, **options: Any) -> None:
        super().__init__(file=raw_output(), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of what is printed. The base class strips only what moves the cursor."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else shown(text), style, control)
