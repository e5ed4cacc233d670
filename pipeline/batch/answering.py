"""Looking at the input folder where nobody knows whether it answers: a share whose server is gone blocks for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lexicons.errors import UserError

SILENCE = 60.0
"""Seconds without an answer to anything after which a folder counts as gone: a share over a slow line takes some."""

SILENT_FILES = 3
"""Files one after the other that gave no answer, after which their folder counts as gone too."""

Heard = Callable[[], None]
"""Called by what looks at a folder, each time that it has had an answer."""

_Answer = TypeVar("_Answer")


class NoAnswer(UserError):
    """The input folder does not answer; the message says what to do."""


def unheard() -> None:
    """Nobody waits."""


def no_answer(folder: Path) -> NoAnswer:
    """The error for a folder that gives no answer, with its cure."""
    return NoAnswer(f"{folder} does not answer; check that its disk or share is still there, and run again")


def answered(folder: Path, look: Callable[[Heard], _Answer]) -> _Answer:
    """What a look at a folder gives, by a thread that is left behind where no answer comes: so a signal is heard too.

    Raises NoAnswer, and what the look raises.
    """
    answers: list[_Answer] = []
    errors: list[BaseException] = []
    last = time.monotonic()

    def hear() -> None:
        nonlocal last
        last = time.monotonic()

    def work() -> None:
        try:
            answers.append(look(hear))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(min(1.0, SILENCE))
        if thread.is_alive() and time.monotonic() - last > SILENCE:
            raise no_answer(folder)
    for error in errors:
        raise error
    return answers[0]
