"""Benchmarks against public corpora: accuracy and speed, ours beside a rival's in the same run."""

from __future__ import annotations

import resource
import sys


def peak_memory() -> float:
    """The most memory that this process has had, in MB (1,048,576 bytes)."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
