"""How the time of hostile texts grows with their size: a table from 10 kB on, doubled until a bound.

    python -m tests.growth --most 10000000

Each family is what once took time with its square. Seconds are of one document through all stages in this process; the
last column is by how much the last doubling grew beyond doubling: 1.0 is linear, up to 1.5 is allowed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from pipeline.process import prepare, process
from pipeline.read.text import MAX_LINE
from pipeline.rejects import Reject

ALLOWED = 1.5
"""By how much a doubling of the size may grow the time beyond doubling it."""

FIRST, MOST = 10_000, 10_000_000
ENOUGH = 20.0
"""Seconds of one document from which on the next size is not tried."""

_WORDS = "Hoitoon pääsee nopeasti ja jonot lyhenevät alueella. "


def _rows(cell: str) -> Callable[[int], tuple[str, str]]:
    return lambda n: (
        "html",
        f"<table><tr>{f'<td>{cell}</td>' * (n // (len(cell) + 9))}</tr><tr><td>1</td></tr></table>",
    )


def _run(piece: str, between: str = "") -> Callable[[int], tuple[str, str]]:
    """A text of one piece over and over, in lines as long as a text may have them."""
    in_line = MAX_LINE // len(piece + between)

    def made(n: int) -> tuple[str, str]:
        count = n // len((piece + between).encode())
        lines = [between.join([piece] * min(in_line, count - first)) for first in range(0, count, in_line)]
        return "txt", "\n".join(lines)

    return made


FAMILIES: dict[str, Callable[[int], tuple[str, str]]] = {
    "prose": _run(_WORDS),
    "a row of percentages": _rows("5 %"),
    "a row of counts": _rows("5 kpl"),
    "closing quotes": _run("”"),
    "unclosed [image:": _run("[image: "),
    "digits": _run("1"),
    "digits apart": _run("1 "),
    "digits and dashes": _run("1-"),
    "percentages": _run("5 % "),
    "numbered lines": _run("1.1 Tavoite", "\n"),
    "deep numbers": _run("1."),
    "vowels": _run("a"),
    "capitals": _run("HOITO "),
    "combining marks": _run("a\u0308"),
    "unseen signs": _run("a\u200b"),
    "marks of direction": _run("\u202e5"),
    "question marks": _run("hyv?ksi "),
    "headings": _run("Tavoite", "\n\n"),
    "bullets": _run("• Opas", "\n"),
    "list of pages": lambda n: ("html", f"<ol>{'<li>Opas</li>' * (n // 13)}</ol>"),
    "attributes": lambda n: ("html", f"<p {' '.join(f'a{i:06}=1' for i in range(n // 10))}>Opas</p>"),
    "open tags": lambda n: ("html", "<b>sana " * (n // 8)),
    "cells": lambda n: ("html", f"<table>{'<tr><td>a</td><td>5 %</td></tr>' * (n // 31)}</table>"),
}
"""Each family's text of about so many bytes, and in which format."""


def seconds(name: str, size: int) -> float:
    """The time of a document of a family."""
    suffix, text = FAMILIES[name](size)
    data = text.encode()
    started = time.process_time()
    try:
        process(data, f"a.{suffix}")
    except Reject as reject:
        if reject.code == "internal_error":
            raise
    return time.process_time() - started


def grown(name: str, most: int) -> Iterator[tuple[int, float]]:
    """The sizes that were tried, each with its seconds."""
    size = FIRST
    while size <= most:
        took = seconds(name, size)
        yield size, took
        if took > ENOUGH:
            return
        size *= 2


def excess(found: Sequence[tuple[int, float]]) -> float:
    """By how much the time of the largest size grew beyond its size, against the first that took a tenth of a second.

    >>> excess([(10, 0.01), (20, 0.2), (40, 0.4), (80, 1.6)])
    2.0
    """
    measured = [one for one in found if one[1] >= 0.1]
    if len(measured) < 2:
        return 1.0
    (first, before), (last, after) = measured[0], measured[-1]
    return round((after / before) / (last / first), 2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code is 1 where a family grows beyond what is allowed."""
    parser = argparse.ArgumentParser(prog="python -m tests.growth", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--most", type=int, default=MOST, help="bytes of the largest text")
    parser.add_argument("families", nargs="*", default=[])
    asked = parser.parse_args(arguments)
    prepare()
    beyond = 0
    print(f"{'family':<22} {'first':>14} {'last':>20}  growth")
    for name in asked.families or FAMILIES:
        found = list(grown(name, asked.most))
        (first, before), (last, after) = found[0], found[-1]
        growth = excess(found)
        beyond += growth > ALLOWED
        print(f"{name:<22} {first:>6,} {before:6.2f} s {last:>11,} {after:6.2f} s  {growth:.2f}", flush=True)
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
