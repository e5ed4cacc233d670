"""What a broken file does to its reader stays in the reader's process."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import resource

import pytest

from pipeline import bounds
from pipeline.bounds import bound_memory, in_child, seconds_for, virtual_memory
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
    def crash() -> None:
        faulthandler.disable()
        ctypes.string_at(0)

    with pytest.raises(Reject) as caught:
        in_child(crash)
    assert caught.value.code == "reader_died" and ";" in caught.value.message


def test_memory_is_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MEMORY", 200_000_000)
    assert len(in_child(lambda: bytes(50_000_000))) == 50_000_000
    with pytest.raises(Reject) as caught:
        in_child(lambda: len(bytearray(2_000_000_000)))
    assert caught.value.code in ("too_much_memory", "reader_died")


@pytest.mark.parametrize(("n_bytes", "seconds"), [(0, 60), (500_000, 60), (1_000_000, 120), (50_000_000, 600)])
def test_a_document_has_a_minute_or_by_its_size_up_to_ten(n_bytes: int, seconds: float) -> None:
    assert seconds_for(n_bytes) == seconds


def test_a_limit_of_the_system_stands_before_ours() -> None:
    def limited() -> tuple[int, int]:
        most = virtual_memory() + 500_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        bound_memory(2_000_000_000)
        return resource.getrlimit(resource.RLIMIT_AS)[0], most

    limit, most = in_child(limited)
    assert limit == most


def test_no_child_is_left() -> None:
    child = in_child(os.getpid)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
