"""Threads through the reports of a region: which goal of a report is which of those before it.

Reports are taken in the order of their days. Each looks for its goals among the threads so far, also those that were
silent for a while. Wording decides; the code helps as far as the codes of the two reports can be relied on, which their
own wordings tell: where the goals of shared codes read alike, a code carries a goal through a rewording; where they do
not, codes were given out anew. A goal that is split or merged ends, and others begin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.series.likeness import Likeness

ALIKE = 0.5
"""Likeness from which on the wording alone makes two goals one."""

CODE_HELPS = 0.33
"""By how much less likeness is enough for goals of the same code, where codes can be relied on wholly."""

KEPT, GIVEN_AWAY = 0.45, 0.15
"""Likeness from which on a shared code counts as kept, and below which as given to another goal, where it is told how
far codes can be relied on."""

PREFERRED = 0.15
"""What the same code is worth when several goals would do, where codes can be relied on wholly."""

PART = 0.75
"""Share of a goal's words that another must have to be the whole of which it is a part; parts together must make up as
much of the whole, and none alone does."""

DISTINCT = 0.5
"""Share of a part's words that another part may have."""

UNCHANGED = 0.8
"""Likeness from which on a goal goes on, whatever parts of it there are."""

WORTH_A_LOOK = 0.4
"""What the likeness must be at most for a closer look."""

WORDINGS = 3
"""Wordings of a thread, the latest, that a goal is compared with."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A goal, indicator or project of one report: where it comes from, and its wording; `ids` are its records."""

    report: int
    code: str | None
    text: str
    ids: tuple[str, ...]
    same_as: str | None = None


@dataclass(eq=False, slots=True)
class Thread:
    """The units that are one over time, the earliest first; `pointers` only name one of them and have no wording."""

    units: list[Unit] = field(default_factory=list)
    pointers: list[Unit] = field(default_factory=list)
    has_ended: bool = False

    @property
    def last(self) -> Unit:
        return self.units[-1]

    @property
    def wordings(self) -> list[str]:
        """The latest wordings, each once."""
        return list(dict.fromkeys(unit.text for unit in reversed(self.units)))[:WORDINGS]


class Edge(NamedTuple):
    """What leads from one unit to a later one: `same`, `same_as`, `split`, `merge` or `reused_code`."""

    begin: Unit
    end: Unit
    relation: str
    score: float


class Matcher:
    """The threads through the reports of a region, for one kind of unit."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.threads: list[Thread] = []
        self.edges: list[Edge] = []
        self._likeness = Likeness(unit.text for unit in units)
        reports: dict[int, list[Unit]] = defaultdict(list)
        for unit in units:
            reports[unit.report].append(unit)
        for report in sorted(reports):
            self._take(reports[report])

    def _take(self, units: list[Unit]) -> None:
        """Find a thread for each unit of the next report, or begin one."""
        own = [unit for unit in units if unit.same_as is None]
        open_threads = [thread for thread in self.threads if not thread.has_ended]
        scores = self._scores(own, open_threads)
        parted = self._parted(own, open_threads, scores)
        threads = self._assigned(
            [unit for unit in own if unit not in parted], [one for one in open_threads if not one.has_ended], scores
        )
        self._tell_reused(own, threads, open_threads)
        for unit in own:
            thread = threads.get(unit)
            if thread is not None:
                self.edges.append(Edge(thread.last, unit, "same", scores[unit, thread]))
                thread.units.append(unit)
            else:
                self.threads.append(Thread([unit]))
        self._join_pointers([unit for unit in units if unit.same_as is not None], own)

    def _scores(self, units: list[Unit], threads: list[Thread]) -> dict[tuple[Unit, Thread], float]:
        """The likeness of units and threads that share a word or a code; a goal that says what it said is looked no
        further for."""
        by_key: dict[str, list[Thread]] = defaultdict(list)
        by_code: dict[str | None, list[Thread]] = defaultdict(list)
        for thread in threads:
            for key in {key for text in thread.wordings for key in self._likeness.keys(text)}:
                by_key[key].append(thread)
            by_code[thread.last.code].append(thread)
        found = {}
        for unit in units:
            near = by_code[unit.code] if unit.code is not None else []
            same = [thread for thread in near if thread.last.text == unit.text]
            keys = sorted(self._likeness.keys(unit.text)) if not same else []
            others = dict.fromkeys(one for key in keys for one in by_key[key])
            for thread in dict.fromkeys([*near, *(one for one in others if self._may_be(unit, one))]):
                found[unit, thread] = max(self._likeness.of(text, unit.text) for text in thread.wordings)
        return found

    def _may_be(self, unit: Unit, thread: Thread) -> bool:
        return any(self._likeness.at_most(text, unit.text) >= WORTH_A_LOOK for text in thread.wordings)

    def _assigned(
        self, units: list[Unit], threads: list[Thread], scores: dict[tuple[Unit, Thread], float]
    ) -> dict[Unit, Thread]:
        """Units with their threads, one to one, the surest pairs first."""
        known, free = set(units), set(threads)
        pairs = {pair: score for pair, score in scores.items() if pair[0] in known and pair[1] in free}
        trust = _trust(pairs)
        wanted = []
        for (unit, thread), score in pairs.items():
            same_code = unit.code is not None and unit.code == thread.last.code
            if score >= ALIKE - (CODE_HELPS * trust if same_code else 0.0):
                wanted.append((score + (PREFERRED * trust if same_code else 0.0), unit, thread))
        found: dict[Unit, Thread] = {}
        for _, unit, thread in sorted(wanted, key=lambda one: -one[0]):
            if unit not in found and thread in free:
                found[unit] = thread
                free.remove(thread)
        return found

    def _parted(self, units: list[Unit], threads: list[Thread], scores: dict[tuple[Unit, Thread], float]) -> set[Unit]:
        """The units that came by a split or a merge; the threads that they come from end."""
        goes_on = {one for pair, score in scores.items() if score >= UNCHANGED for one in pair}
        found: set[Unit] = set()
        near: dict[Thread, list[Unit]] = defaultdict(list)
        whole: dict[Unit, list[Thread]] = defaultdict(list)
        for unit, thread in scores:
            if unit not in goes_on and thread not in goes_on:
                near[thread].append(unit)
                whole[unit].append(thread)
        for thread, others in near.items():
            parts = self._parts(thread.last.text, [unit.text for unit in others])
            if parts:
                thread.has_ended = True
                for number, score in parts:
                    found.add(others[number])
                    self.edges.append(Edge(thread.last, others[number], "split", score))
        for unit, before in whole.items():
            open_before = [thread for thread in before if not thread.has_ended]
            parts = self._parts(unit.text, [thread.last.text for thread in open_before])
            if parts and unit not in found:
                found.add(unit)
                for number, score in parts:
                    open_before[number].has_ended = True
                    self.edges.append(Edge(open_before[number].last, unit, "merge", score))
        return found

    def _parts(self, whole: str, others: list[str]) -> list[tuple[int, float]]:
        """Which of the texts are parts that together make up a whole, and by what share it has their words."""
        covered = self._likeness.covered
        shares = [(number, covered(text, whole)) for number, text in enumerate(others)]
        parts = [(number, share) for number, share in shares if share >= PART > covered(whole, others[number])]
        parts.sort(key=lambda one: (-covered(whole, others[one[0]]), one[0]))
        chosen: list[tuple[int, float]] = []
        for number, share in parts:
            if all(self._apart(others[number], others[other]) for other, _ in chosen):
                chosen.append((number, share))
        together = sum(covered(whole, others[number]) for number, _ in chosen)
        return chosen if len(chosen) > 1 and together >= PART else []

    def _apart(self, one: str, other: str) -> bool:
        return max(self._likeness.covered(one, other), self._likeness.covered(other, one)) < DISTINCT

    def _tell_reused(self, units: list[Unit], threads: dict[Unit, Thread], before: list[Thread]) -> None:
        """Codes that now stand before another goal, while that which had them last is not in the report."""
        goes_on = set(threads.values())
        had = {thread.last.code: thread for thread in sorted(before, key=lambda one: one.last.report)}
        told = {(edge.begin, edge.end) for edge in self.edges}
        for unit in units:
            thread = had.get(unit.code) if unit.code is not None else None
            if thread is not None and thread not in goes_on and (thread.last, unit) not in told:
                score = self._likeness.of(thread.last.text, unit.text)
                self.edges.append(Edge(thread.last, unit, "reused_code", score))

    def _join_pointers(self, pointers: list[Unit], units: list[Unit]) -> None:
        """Goals that the report itself calls the same as another of its goals."""
        by_code = {unit.code: unit for unit in reversed(units) if unit.code is not None}
        thread_of = {thread.last: thread for thread in self.threads}
        for pointer in pointers:
            unit = by_code.get(pointer.same_as or "")
            if unit is None:
                self.threads.append(Thread([pointer]))
            else:
                thread_of[unit].pointers.append(pointer)
                self.edges.append(Edge(unit, pointer, "same_as", 1.0))


def _trust(pairs: dict[tuple[Unit, Thread], float]) -> float:
    """How far the codes of a report can be relied on, 0..1: the share of those kept among the clear ones."""
    shared = [score for (unit, thread), score in pairs.items() if unit.code and unit.code == thread.last.code]
    n_kept = sum(score >= KEPT for score in shared)
    return (1 + n_kept) / (2 + n_kept + sum(score < GIVEN_AWAY for score in shared))
