"""What a broken file does to its reader stays in the reader's process."""

from __future__ import annotations

import ctypes
import os
import time

import pytest

from pipeline import bounds
from pipeline.bounds import in_child, time_bound
from pipeline.rejects import Reject


def test_an_answer_comes_back() -> None:
    assert in_child(divmod, 17, 5) == (3, 2)


def test_an_error_comes_back() -> None:
    def refuse() -> None:
        raise Reject("read", "wrong_format", "not a PDF; export it again")

    with pytest.raises(Reject) as caught:
        in_child(refuse)
    assert caught.value.code == "wrong_format"


def test_a_crash_is_a_reject() -> None:
    with pytest.raises(Reject) as caught:
        in_child(lambda: ctypes.string_at(0))
    assert caught.value.code == "reader_died" and ";" in caught.value.message


def test_memory_is_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MEMORY", 200_000_000)
    assert len(in_child(lambda: bytes(50_000_000))) == 50_000_000
    with pytest.raises(Reject) as caught:
        in_child(lambda: len(bytearray(2_000_000_000)))
    assert caught.value.code in ("too_much_memory", "reader_died")


def test_a_reader_that_hangs_in_c_is_ended() -> None:
    started = time.monotonic()
    with pytest.raises(TimeoutError), time_bound(0.5):
        in_child(lambda: ctypes.CDLL(None).sleep(60))
    assert time.monotonic() - started < 20


def test_no_child_is_left() -> None:
    child = in_child(os.getpid)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
