"""Mails and zip files among the inputs: opened before any document is worked on; a member is then a file as others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.batch.crew import Crew
from pipeline.batch.inventory import Choice, Inventory, unasked
from pipeline.batch.source import load, stat_of
from pipeline.batch.stamps import digest
from pipeline.batch.store import Store
from pipeline.batch.work import MEMBERS, Outcome, Task, as_shown
from pipeline.bounds import seconds_for
from pipeline.process import Entering
from pipeline.read.formats import BY_SUFFIX
from pipeline.read.members import Member, is_container, members
from pipeline.rejects import Reject


@dataclass(frozen=True, slots=True)
class Opened:
    """The inputs with their containers opened.

    The files of the inventory are those to work on: members, mails, files that are no containers, containers that could
    not be opened (their reader says why). `members` has what the list of its container says of a member, `containers`
    what the next run needs to know of each that was opened.
    """

    inventory: Inventory
    members: Mapping[str, Member]
    containers: Mapping[str, Outcome]

    @property
    def files(self) -> tuple[str, ...]:
        return self.inventory.files

    def with_lists(self, outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
        """The outcomes of files beside those of containers; a mail's own says which list its attachments stand in."""
        told = {
            path: replace(outcomes[path], members=one.members) if path in outcomes else one
            for path, one in self.containers.items()
        }
        return {**outcomes, **told}


class Opener:
    """Opens containers; lists of those that are as they were are taken over. `keeps` says that new lists are kept."""

    def __init__(self, raw: Path, store: Store, version: str, *, keeps: bool = True, fresh: bool = False) -> None:
        self._raw, self._store, self._version = raw, store, version
        self._keeps, self._fresh = keeps, fresh

    def open(self, inventory: Inventory, choice: Choice, before: Mapping[str, Outcome], n_workers: int = 1) -> Opened:
        """The inputs with every container opened. Raises WorkerError, StoreError."""
        paths = [path for path in inventory.files if is_container(path)]
        lists = {path: found for path in paths if (found := self._taken_over(path, before)) is not None}
        tasks = []
        for path in paths:
            if path not in lists:
                stat = stat_of(self._raw / path)
                tasks.append(Task(path, stat.size if stat is not None else 0))
        writable = [self._store.made()] if tasks and self._keeps else []
        crew: Crew[Task, _List | Reject] = Crew(
            self, n_workers, lambda task: seconds_for(task.n_bytes), writable=writable
        )
        for task, answer in crew.answers(tasks) if tasks else ():
            if not isinstance(answer, Reject):
                lists[task.source_path] = answer
        return _opened(inventory, choice, lists)

    def __call__(self, task: Task, entering: Entering) -> _List | Reject:
        """A worker's part: the list of one container, or why there is none."""
        entering("read")
        path = task.source_path
        try:
            data, stat = load(self._raw / path, self._raw)
            sha256 = hashlib.sha256(data).hexdigest()
            key = self._key(sha256, path)
            found = None if self._fresh else self._kept(key)
            if found is None:
                found = members(data, path)
                if self._keeps:
                    self._store.save(MEMBERS, key, {}, members=[_told(one) for one in found])
        except Reject as reject:
            return reject
        return _List(Outcome(as_shown(path), None, None, stat, sha256, members=key, fresh=False), found)

    def _taken_over(self, path: str, before: Mapping[str, Outcome]) -> _List | None:
        """The list of a container that is the file that it was in the last run."""
        known = before.get(path)
        if self._fresh or known is None or known.members is None or known.sha256 is None or known.stat is None:
            return None
        if known.stat != stat_of(self._raw / path) or known.members != self._key(known.sha256, path):
            return None
        found = self._kept(known.members)
        shell = Outcome(known.source_path, None, None, known.stat, known.sha256, members=known.members, fresh=False)
        return _List(shell, found) if found is not None else None

    def _key(self, sha256: str, path: str) -> str:
        return digest([sha256, PurePosixPath(path).suffix.lower(), self._version])

    def _kept(self, key: str) -> tuple[Member, ...] | None:
        stored = self._store.load(MEMBERS, key)
        return None if stored is None else tuple(_member(*row) for row in stored.header["members"])


@dataclass(frozen=True, slots=True)
class _List:
    """What a container holds, and what the next run needs to know of it."""

    container: Outcome
    members: tuple[Member, ...]


def _opened(inventory: Inventory, choice: Choice, lists: Mapping[str, _List]) -> Opened:
    files: list[str] = []
    found: dict[str, Member] = {}
    left_out = Counter(inventory.left_out)
    for path in inventory.files:
        held = lists.get(path)
        if held is None or BY_SUFFIX[PurePosixPath(path).suffix.lower()].reads:
            files.append(path)
        for member in held.members if held is not None else ():
            whole = f"{path}/{member.path}"
            why = next(filter(None, map(unasked, member.path.split("/"))), None) or choice.against(whole)
            if why is not None:
                left_out[why] += 1
            else:
                files.append(whole)
                found[whole] = member
    containers = {path: one.container for path, one in lists.items()}
    return Opened(Inventory(tuple(sorted(files)), dict(sorted(left_out.items()))), found, containers)


def _told(member: Member) -> tuple[str, int, tuple[str, str, str] | None]:
    """A member as the store keeps it."""
    reject = member.reject
    return member.path, member.n_bytes, (reject.stage, reject.code, reject.message) if reject is not None else None


def _member(path: str, n_bytes: int, reject: tuple[str, str, str] | None) -> Member:
    return Member(path, n_bytes, Reject(*reject) if reject is not None else None)
