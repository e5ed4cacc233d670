"""What a run has to do: which files are new, changed, gone or as they were, and what can be taken over."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.batch import lexicon_edits
from pipeline.batch.analyses import ANALYSIS
from pipeline.batch.answering import Heard, unheard
from pipeline.batch.index import read_index
from pipeline.batch.source import Stat, load_input, on_disk, refused, stat_of
from pipeline.batch.stamps import Stamps
from pipeline.batch.store import Store
from pipeline.batch.work import ROWS, Outcome, Task, as_shown, reject_row
from pipeline.load.snapshot import current_run, last_manifest
from pipeline.read import libreoffice
from pipeline.read.members import Member
from pipeline.rejects import Reject

PROGRAM, LEXICONS = "the program changed", "the lexicons changed"


class State(StrEnum):
    """What became of a file since the last run."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected before and unchanged"


@dataclass(frozen=True)
class Plan:
    """What there is to do.

    `states` says of every file, gone ones too, what became of it; `tasks` are to be read, `kept` are taken over; `why`
    tells for which reasons unchanged files are worked on anew.
    """

    states: dict[str, State]
    tasks: tuple[Task, ...]
    kept: dict[str, Outcome]
    why: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the tables would come out as they are."""
        changed = {State.NEW, State.CHANGED, State.REMOVED} & set(self.states.values())
        return not self.tasks and not changed and not self.why

    @property
    def counts(self) -> dict[str, int]:
        """How many files are in each state."""
        return counted(self.states)


def counted(states: dict[str, State]) -> dict[str, int]:
    """How many files are in each state."""
    found = Counter(states.values())
    return {state.value: found[state] for state in State}


class Planner:
    """The last run of an output folder, and this program as it is now. `asked` are the options that change rows."""

    def __init__(self, out: Path, store: Store, stamps: Stamps, asked: dict[str, Any]) -> None:
        self._store = store
        folder = current_run(out)
        self._last = last_manifest(out)
        self._before = read_index(folder) if folder is not None else {}
        self._why = tuple(_reasons(self._last, stamps, asked)) if self._before else ()
        self._same_time = self._last.get("options", {}).get("timeout") == asked["timeout"]
        is_whole = not asked["redact_contacts"]  # words that were masked cannot be looked for
        self._edit = _edit(folder) if self._why == (LEXICONS,) and is_whole else None

    @property
    def knows_lexicons(self) -> bool:
        """Whether the last run had the lexicons as they are."""
        return bool(self._before) and LEXICONS not in self._why

    @property
    def before(self) -> Mapping[str, Outcome]:
        """What became of the files of the last run, by their paths."""
        return self._before

    def plan(
        self,
        raw: Path,
        files: Sequence[str],
        members: Mapping[str, Member] = MappingProxyType({}),
        heard: Heard = unheard,
    ) -> Plan:
        """Compare the files, containers' members too, with those of the last run; `heard` is called for each."""
        states: dict[str, State] = {}
        tasks: list[Task] = []
        kept: dict[str, Outcome] = {}
        for path in files:
            heard()
            known, stat, member = self._before.get(path), stat_of(on_disk(raw, path)), members.get(path)
            reject = member.reject if member is not None else refused(raw / path, raw)
            if reject is not None:
                kept[path] = _refused(path, reject, stat if member is None else None)
                states[path] = _state(known, known is not None and known.reject == kept[path].reject)
                continue
            is_same = known is not None and known.stat is not None and stat == known.stat
            states[path] = _state(known, is_same)
            if known is not None and is_same and self._lasts(known) and self._holds(known):
                kept[path] = known
            else:
                tasks.append(Task(path, member.n_bytes if member is not None else stat.size if stat else 0))
        gone = (path for path, known in self._before.items() if path not in states and not known.is_opened)
        states |= dict.fromkeys(gone, State.REMOVED)
        return Plan(states, tuple(tasks), kept, self._why)

    def settled(self, plan: Plan, outcomes: dict[str, Outcome]) -> dict[str, State]:
        """The states after the run: a file that was only touched has the bytes that it had."""
        states = dict(plan.states)
        for path, state in plan.states.items():
            known, outcome = self._before.get(path), outcomes.get(path)
            if state is State.CHANGED and known and outcome and known.sha256 and known.sha256 == outcome.sha256:
                states[path] = _state(known, True)
        return states

    def looked_at(self, raw: Path, plan: Plan) -> dict[str, Outcome]:
        """Files that look changed, by their bytes."""
        found = {}
        for path, state in plan.states.items():
            known = self._before.get(path)
            if state is State.CHANGED and known is not None and known.sha256 is not None:
                try:
                    data, stat = load_input(raw, path)
                except Reject:
                    continue
                found[path] = replace(known, stat=stat, sha256=hashlib.sha256(data).hexdigest())
        return found

    def _lasts(self, known: Outcome) -> bool:
        """Whether what became of a file is kept, and would be the same another time on this machine."""
        if known.key is not None:
            return self._store.has(ROWS, known.key)
        if known.reject is None:
            return False
        is_missing = known.reject.code == libreoffice.MISSING and libreoffice.program() is None
        return is_missing or (known.reject.code == "too_slow" and self._same_time)

    def _holds(self, known: Outcome) -> bool:
        """Whether program, options and lexicons would give a file the same rows again."""
        if not self._why:
            return True
        if self._edit is None or known.analysis is None:
            return False
        stored = self._store.load(ANALYSIS, known.analysis)
        return stored is not None and not self._edit.concerns(stored)


def _reasons(last: dict[str, Any], stamps: Stamps, asked: dict[str, Any]) -> Iterator[str]:
    """For which reasons unchanged files are worked on anew."""
    then = last.get("stamps", {})
    if (then.get("analysis"), then.get("extraction")) != (stamps.analysis, stamps.extraction):
        yield PROGRAM
    if then.get("lexicons") != stamps.lexicons:
        yield LEXICONS
    changed = [name for name, value in asked.items() if last.get("options", {}).get(name) != value]
    if set(changed) - {"timeout"}:
        yield f"other options: {', '.join(changed)}"


def _edit(folder: Path | None) -> lexicon_edits.Edit | None:
    """What was edited in the lexicons since a run; None where it is not known."""
    before = lexicon_edits.read_lexicons(folder) if folder is not None else None
    return None if before is None else lexicon_edits.edit_between(before, lexicon_edits.content())


def _state(known: Outcome | None, is_same: bool) -> State:
    if known is None:
        return State.NEW
    if not is_same:
        return State.CHANGED
    return State.REJECTED if known.rejected else State.UNCHANGED


def _refused(path: str, reject: Reject, stat: Stat | None) -> Outcome:
    shown = as_shown(path)
    row = reject_row(reject, shown, n_bytes=stat.size if stat and reject.code == "too_large" else None)
    return Outcome(shown, None, row, rejected=True, fresh=False)
