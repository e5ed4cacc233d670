"""What state a measure is in: by the label above it, by its own wording, by its tense.

The rules are the data contract's: finished work that is still being rolled out is in progress, finished work with only
follow-up left is done, what is reported or carried out later is not started, what was dropped is not pursued; the label
above decides unless the text says otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from extractors.document import Token
from lexicons import Hit, needs

_WORDING = needs("statuses", groups=["text", "rollout", "follow_up"])
_AUXILIARY = needs("tense_words", "auxiliary")

OVERRULES = 0.7
"""Weight of a wording that is heard against the label above."""

DROPPED = 0.9
"""Weight from which a wording that work was dropped is heard against any label."""

STARTS = 0.6
"""Weight up to which a word of beginning (alkaa, käynnistyy) says no more than its date."""

DECIDES = 0.4
"""Weight below which a wording decides nothing."""


class State(NamedTuple):
    """A state and what decided it: `label`, `text`, `date`, `context` or `tense`; both None where nothing tells."""

    status: str | None
    source: str | None


class Timing(NamedTuple):
    """How the dates that a measure names lie against the report's own: all after it, or one reaching over it."""

    is_later: bool = False
    is_current: bool = False


def state(tokens: Sequence[Token], label: str | None, timing: Timing | None = None, above: str | None = None) -> State:
    """The state of a measure with these words under a label.

    `above` is the state of the paragraph whose list the measure belongs to; it counts where nothing else tells.
    """
    hits = list(_WORDING.find(tokens))
    weights: dict[str, float] = defaultdict(float)
    for hit in hits:
        if hit.entry.group == "text":
            weights[str(hit.entry.value)] = max(weights[str(hit.entry.value)], hit.term.weight)
    own = _own_state(weights, tokens, hits)
    if label is not None:
        overruled = own is not None and own != label and _overrules(label, own, weights, hits)
        return State(own, "text") if overruled else State(label, "label")
    return _unlabelled(tokens, own, weights["in_progress"], timing or Timing(), above)


def _unlabelled(tokens: Sequence[Token], own: str | None, going_on: float, timing: Timing, above: str | None) -> State:
    """The state of a measure under no label: by its dates, by its wording, by the paragraph above, by its tense.

    `own` is the state that its wording tells, `going_on` the weight of the wording that it goes on.
    """
    is_past = any(token.tense == "past" for token in tokens)
    is_present = any(
        token.tense == "present" and (token.lemma not in _AUXILIARY.texts or not is_past) for token in tokens
    )
    if is_present and not is_past and (dated := _by_dates(timing, own, going_on)):
        return State(dated, "date")
    if own is not None:
        return State(own, "text")
    if above == "in_progress":
        return State(above, "context")
    if is_present:
        return State("in_progress", "tense")
    return State("done", "tense") if is_past and _is_finished(tokens) else State(None, None)


def _by_dates(timing: Timing, own: str | None, going_on: float) -> str | None:
    """The state that the dates of a present-tense measure tell, where its wording tells no more than a beginning."""
    begins = own in ("not_started", "in_progress") and timing.is_later and 0 < going_on <= STARTS
    if own is not None and not begins:
        return None
    return "not_started" if timing.is_later else "in_progress" if timing.is_current else None


def _is_finished(tokens: Sequence[Token]) -> bool:
    """Whether a perfect or imperfect tells of something finished: with a partitive object the work may go on."""
    last = max(index for index, token in enumerate(tokens) if token.tense == "past")
    has_auxiliary = any(token.lemma in _AUXILIARY.texts for token in tokens)
    is_imperfect = tokens[last].pos == "VERB" and not has_auxiliary
    has_partitive = any(
        token.case == "Par" and token.pos in ("NOUN", "PROPN") and not (index and tokens[index - 1].pos == "NUM")
        for index, token in enumerate(tokens[: last + 4])
    )
    return (has_auxiliary or is_imperfect) and not has_partitive


def _own_state(weights: dict[str, float], tokens: Sequence[Token], hits: Sequence[Hit]) -> str | None:
    """The state that the wording itself tells."""
    strong = {status: weight for status, weight in weights.items() if weight >= DECIDES}
    if not strong:
        return None
    if "not_pursued" in strong:
        return "not_pursued"
    if "done" in strong:
        if "in_progress" in strong or (_has(hits, "rollout") and _is_open(tokens)):
            return "done" if _only_follow_up(hits, strong) else "in_progress"
        if "not_started" in strong and strong["not_started"] > strong["done"]:
            return "in_progress"
        return "done"
    if "in_progress" in strong and "not_started" in strong:
        return "not_started" if strong["not_started"] > strong["in_progress"] else "in_progress"
    return max(strong, key=lambda status: strong[status])


def _has(hits: Sequence[Hit], group: str) -> bool:
    return any(hit.entry.group == group for hit in hits)


def _is_open(tokens: Sequence[Token]) -> bool:
    """Whether a present-tense verb tells that something is still to do."""
    return any(token.tense == "present" for token in tokens)


def _only_follow_up(hits: Sequence[Hit], strong: dict[str, float]) -> bool:
    return (
        _has(hits, "follow_up") and not _has(hits, "rollout") and strong["done"] >= strong.get("in_progress", 0) - 0.1
    )


def _overrules(label: str, own: str, weights: dict[str, float], hits: Sequence[Hit]) -> bool:
    """Whether the wording is strong enough against its label."""
    if own == "not_pursued":
        return weights[own] >= DROPPED
    if label == "done":
        return own == "in_progress" and _has(hits, "rollout") and weights["in_progress"] >= OVERRULES
    if label == "in_progress":
        return own == "done" and (_has(hits, "follow_up") and not _has(hits, "rollout"))
    return False
