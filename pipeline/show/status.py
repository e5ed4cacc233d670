"""What a run would do and why, or has done: files by what became of them, as lines and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.run import Options

SHOWN = 20
"""Files of a state that are named before the rest is counted."""


def show_status(raw: Path, out: Path, options: Options, as_json: bool) -> None:
    """Print what a run would do. Raises as `pipeline.run.status`."""
    from pipeline.batch.plan import State
    from pipeline.run import status

    inventory, plan = status(raw, out, options)
    by_state = {state: [path for path, one in plan.states.items() if one is state] for state in State}
    if as_json:
        told = {state.value: paths for state, paths in by_state.items()}
        todo = [task.source_path for task in plan.tasks]
        print(json.dumps({**told, "to work on": todo, "why": plan.why, "left out": inventory.left_out}))
        return
    for state, paths in by_state.items():
        print(f"{len(paths):>7,} {state.value}")
        if state in (State.NEW, State.CHANGED, State.REMOVED):
            for path in paths[:SHOWN]:
                print(f"        {path}")
            if len(paths) > SHOWN:
                print(f"        … and {len(paths) - SHOWN:,} more")
    print(f"left out: {listed(inventory.left_out) or 'nothing'}")
    for reason in plan.why:
        print(f"{reason}: unchanged files are worked on too where that can matter")
    print(f"a run would work on {len(plan.tasks):,} files" if not plan.is_nothing else "a run has nothing to do")


def listed(counts: Mapping[str, int]) -> str:
    """Counts as a sentence lists them, without those that are 0."""
    return ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
