"""The examples in docstrings are run."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "name",
    ["extractors.goal_status", "pipeline.language.spacy_pipeline"],
)
def test_examples(name: str) -> None:
    outcome = doctest.testmod(import_module(name))
    assert (outcome.failed, outcome.attempted > 0) == (0, True)
