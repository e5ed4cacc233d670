"""What state a measure is in: its signs (`state_signs`), weighed by a fitted model.

For each state the weights of the signs found are summed, and the state with the highest sum holds; a measure whose
words tell only a figure or a result has none. The weights are data, `state_weights.tsv`, a sign, a state and its weight
a line, built by `pipeline.bench.train_states`.

What the signs stand for is the data contract's: finished work that is still being rolled out is in progress, finished
work with only follow-up left is done, what is reported or carried out later is not started, what was dropped is not
pursued; the label above decides unless the text says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from extractors.document import Span, Token
from extractors.facts.state_signs import Sign, Timed, Told, is_plain, signs

WEIGHTS = Path(__file__).with_name("state_weights.tsv")

NONE = "none"
"""How the weights call the state of a measure that tells none."""

STATES = (NONE, "done", "in_progress", "not_started", "not_pursued")
"""The states that are weighed; none holds where others do no better."""

Source = Literal["label", "cell", "text", "date", "tense", "context"]

_SOURCES: dict[str, Source] = {"label": "label", "own": "label", "above": "context", "date": "date"}


class State(NamedTuple):
    """A state, what decided it and the deciding words; all None where nothing tells."""

    status: str | None
    source: Source | None = None
    span: Span | None = None


def state(
    tokens: Sequence[Token],
    label: Told | None = None,
    dates: Iterable[Timed] = (),
    above: Told | None = None,
    percent: float | None = None,
) -> State:
    """The state of a measure with these words under a label; the arguments are those of `signs`."""
    return weigh(signs(tokens, label, dates, above, percent))


def weigh(found: Sequence[Sign]) -> State:
    """The state with the highest sum of weights, and the sign that did most for it against the second best."""
    table = weights()
    sums = {status: sum(table.get((sign.name, status), 0.0) for sign in found) for status in STATES}
    first, second = sorted(STATES, key=lambda status: -sums[status])[:2]
    if not found or first == NONE:
        return State(None)
    sign = max(found, key=lambda one: table.get((one.name, first), 0.0) - table.get((one.name, second), 0.0))
    kind = sign.name.partition(" ")[0].partition(":")[0]
    return State(first, _SOURCES.get(kind, "tense" if is_plain(sign.name) else "text"), sign.span)


@cache
def weights() -> dict[tuple[str, str], float]:
    """The weight of each sign for each state, as shipped."""
    with WEIGHTS.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        return {(sign, status): float(weight) for sign, status, weight in rows}
