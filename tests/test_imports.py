"""Who may import whom: the direction in which data flows, and no circle anywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("pipeline", "extractors", "lexicons")
    for path in (ROOT / package).rglob("*.py")
}

TABLES = "extractors tables"
MAY_IMPORT = {
    "lexicons": set(),
    "extractors.document": set(),
    "extractors.records": set(),
    "extractors.ids": {"extractors.document"},
    "extractors.grammar": {"lexicons", "extractors.document"},
    "extractors.readings": {"lexicons", "extractors.document", "extractors.grammar"},
    "extractors.outline": {"lexicons", "extractors.document", "extractors.grammar", "extractors.readings"},
    "extractors.facts": {
        "lexicons",
        "extractors.document",
        "extractors.records",
        "extractors.ids",
        "extractors.grammar",
        "extractors.readings",
        "extractors.outline",
    },
    TABLES: {
        "lexicons",
        "extractors.document",
        "extractors.records",
        "extractors.ids",
        "extractors.grammar",
        "extractors.readings",
        "extractors.outline",
        "extractors.facts",
    },
    "pipeline.installed": set(),
    "pipeline.language": {"lexicons", "extractors.document", "pipeline.installed"},
    "pipeline.isolation": set(),
    "pipeline.read": {
        "lexicons",
        "extractors.document",
        "pipeline.rejects",
        "pipeline.bounds",
        "pipeline.installed",
        "pipeline.isolation",
    },
    "pipeline.repair": {
        "lexicons",
        "extractors.document",
        "pipeline.language",
        "pipeline.read",
        "pipeline.rejects",
    },
    "pipeline.redact": {"lexicons", "extractors.document", "extractors.outline", "pipeline.language"},
    "pipeline.load": {"lexicons", "extractors.records"},
    "pipeline.series": {"extractors.records", "extractors.facts"},
}
"""For each room the others that it may import; rooms that are not listed (the batch, what is shown, benches) stand at
the end of the flow and may import all, but nothing here may import them."""


def room(module: str) -> str:
    """The room that a module stands in: the longest listed folder, the tables for other modules of `extractors`."""
    rooms = [name for name in MAY_IMPORT if module == name or module.startswith(f"{name}.")]
    if rooms:
        return max(rooms, key=len)
    return TABLES if module.startswith("extractors") else module


def imported(path: Path) -> Iterator[str]:
    """The project's own modules that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            found = name if name in MODULES else name.rpartition(".")[0]
            if found in MODULES:
                yield found


@pytest.mark.parametrize("module", MODULES)
def test_arrows_point_one_way(module: str) -> None:
    here = room(module)
    if here not in MAY_IMPORT:
        return
    wrong = [name for name in imported(MODULES[module]) if room(name) != here and room(name) not in MAY_IMPORT[here]]
    assert wrong == []


def test_the_grammars_know_no_document() -> None:
    for module, path in MODULES.items():
        if room(module) == "extractors.grammar":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module == "extractors.document":
                    assert {alias.name for alias in node.names} <= {"Span"}, module


def test_no_module_imports_itself_round_a_circle() -> None:
    graph = {module: {name for name in imported(path) if name != module} for module, path in MODULES.items()}
    for module in graph:  # a package's __init__ may list its own modules, which then do not import the package
        graph[module] -= {name for name in graph[module] if name.startswith(f"{module}.") and module not in graph[name]}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' → '.join(error.args[1])}")
