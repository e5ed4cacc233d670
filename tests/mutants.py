"""Which faults would the tests let through? Breaks the code on purpose, one place at a time, and runs the tests.

`make mutants` draws a reproducible sample of the mutants and prints, as it goes, the survivors with place and change,
and at the end the share that a test kills. A mutant runs in a fork of this process, which has the third-party packages
loaded: its module is compiled from the changed source (nothing is written), the tests that run the changed function
are run, the most direct ones first, up to the first failure.

Tried before: mutmut 3 leaves out module constants, properties and everything decorated, where thresholds and caches
live; cosmic-ray starts a process a mutant, runs all its tests, and puts eleven operators in the place of each.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]

LOADED = ("hypothesis", "spacy", "numpy", "pyarrow.parquet", "lxml.html", "docx", "pypdfium2", "pdfplumber",
          "regex", "yaml", "jsonschema", "typer.testing", "rich.table")  # fmt: skip
"""Packages that take long to import and hold nothing of ours."""

LEFT_OUT = frozenset(("test_evidence.py", "test_embedded.py", "test_imports.py", "test_readme.py", "test_bench_pdf.py",
                      "test_native.py", "test_ways_to_end.py", "test_report.py", "test_wheel.py", "test_notebooks.py",
                      "test_redact.py", "test_fuzz.py", "test_habits.py"))  # fmt: skip
"""Slow test files, and those that run next to nothing of what is mutated."""

SLACK, STARTUP = 5, 10
"""A test may take so many times its usual seconds, and so many more: what takes longer is an endless loop, and dead."""


class Mutant(NamedTuple):
    """A change: where it stands, the source with and without it, the lines of the function around it (0 for none)."""

    path: Path
    line: int
    source: str
    before: str
    first: int
    last: int


class Test(NamedTuple):
    """A test: how long it takes, its pytest id, the first lines of the functions that it runs, by path."""

    seconds: float
    name: str
    ran: dict[str, list[int]]


def _module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


# What is changed

_OPPOSITES: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """The faults that a node alone can have."""
    match node:
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(float() as value) if value:
            yield ast.Constant(value * 1.5)
            yield ast.Constant(value / 1.5)
        case ast.Constant(str() as value):
            yield ast.Constant("XX" + value)
        case ast.Compare(left, [operator], comparators) if type(operator) in _OPPOSITES:
            yield ast.Compare(left, [_OPPOSITES[type(operator)]()], comparators)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(_OPPOSITES[type(operator)](), values)
        case ast.BinOp(left, operator, right) if type(operator) in _OPPOSITES:
            yield ast.BinOp(left, _OPPOSITES[type(operator)](), right)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand) if not isinstance(operand, ast.Constant):
            yield operand
        case ast.Break() | ast.Continue():
            yield _OPPOSITES[type(node)]()
        case ast.If(test) | ast.IfExp(test) | ast.While(test) if isinstance(test, ast.Call | ast.Name | ast.Attribute):
            yield ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


_SILENT = (ast.Raise, ast.Import, ast.ImportFrom, ast.JoinedStr)
"""What holds nothing to test: messages of errors and for people, names."""


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that do something: no docstrings, annotations, decorators, type aliases, descriptions."""
    for name, value in ast.iter_fields(node):
        if name == "args" and isinstance(node, ast.Call) and ast.unparse(node.func) == "column":
            continue  # what a column holds, for people
        if name in ("annotation", "returns", "decorator_list", "bases", "type_params", "format_spec"):
            continue
        for child in value if isinstance(value, list) else [value]:
            is_text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            is_strict = isinstance(child, ast.keyword) and child.arg in ("strict", "slots", "frozen", "maxsize")
            if isinstance(child, ast.AST) and not (is_text or is_strict or isinstance(child, _SILENT) or _types(child)):
                yield child


def _types(node: ast.AST) -> bool:
    is_all = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    return is_all or (isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("Literal", "Callable", "dict"))


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a file, in the order of its nodes."""
    data = path.read_bytes()
    offsets = [0]
    for row in data.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(row))
    stack: list[tuple[ast.AST, int, int]] = [(ast.parse(data), 0, 0)]
    while stack:
        node, first, last = stack.pop()
        if isinstance(node, ast.FunctionDef) and "cache" not in map(ast.unparse, node.decorator_list):
            first, last = min([node.lineno, *(one.lineno for one in node.decorator_list)]), node.end_lineno or 0
        for change in _changes(node):
            place: Any = node.test if isinstance(node, ast.If | ast.IfExp | ast.While) else node
            start, end = (offsets[row - 1] + column for row, column in _ends(place))
            shown = ast.unparse(ast.fix_missing_locations(change)).encode()
            shown = shown if isinstance(change, ast.Break | ast.Continue) else b"(" + shown + b")"
            yield Mutant(path, place.lineno, (data[:start] + shown + data[end:]).decode(), data.decode(), first, last)
        stack += [(child, first, last) for child in reversed(list(_children(node)))]


def _ends(node: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


# Running


class _Changed(SourceFileLoader):
    """Imports the mutated module from its changed source; as a finder it knows no other."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(_module(mutant.path), str(mutant.path))
        self._source = mutant.source

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        return spec_from_file_location(fullname, self.path, loader=self) if fullname == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec")


class _Notes:
    """Notes for each test the functions that it runs, by path and first line, and how long it takes.

    What the mutated modules keep by text is forgotten before each test, so that every test runs what it needs itself;
    data that is loaded once (`@cache`) is not. Tests that share a longer-lived fixture count as running what any does.
    """

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = modules
        self._by_fixtures: dict[tuple[str, ...], set[tuple[str, int]]] = {}
        self.tests: dict[str, tuple[float, set[tuple[str, int]]]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Generator[None, object, object]:
        for module in filter(None, map(sys.modules.get, self._modules)):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear") and kept.cache_parameters()["maxsize"] is not None:
                    kept.cache_clear()
        fixtures = item._fixtureinfo.name2fixturedefs
        shared = tuple(sorted(name for name, found in fixtures.items() if found[-1].scope in ("module", "session")))
        ran = self._by_fixtures.setdefault(shared or (item.nodeid,), set())
        started = time.monotonic()
        sys.settrace(lambda frame, *_: ran.add((frame.f_code.co_filename, frame.f_code.co_firstlineno)))
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.tests[item.nodeid] = time.monotonic() - started, ran


class _Chosen:
    """Lets only the tests given run, in their order, and none without end."""

    def __init__(self, tests: Sequence[Test]) -> None:
        self._places = {test.name: (place, test.seconds) for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        chosen = [item for item in items if item.nodeid in self._places]
        items[:] = sorted(chosen, key=lambda item: self._places[item.nodeid])

    def pytest_runtest_setup(self, item: Any) -> None:
        seconds = STARTUP + SLACK * self._places[item.nodeid][1]
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)  # of the processor, whatever else the machine does
        signal.alarm(int(10 * seconds))  # for a worker process that the test waits for


def _run_tests(files: Iterable[str], plugin: object) -> int:
    options = ["-q", "-x", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
    return int(pytest.main([*options, *files], plugins=[plugin]))


def _noted(file: str, modules: Sequence[str], out: Path) -> int:
    """Run a test file and write down its tests with what they run."""
    notes = _Notes(modules)
    code = _run_tests([file], notes)
    out.write_text(json.dumps([(seconds, name, _by_path(ran)) for name, (seconds, ran) in notes.tests.items()]))
    return code


def _by_path(ran: set[tuple[str, int]]) -> dict[str, list[int]]:
    ours = sorted(place for place in ran if place[0].startswith(str(ROOT)) and ".venv" not in place[0])
    return {path: [line for _, line in places] for path, places in groupby(ours, key=itemgetter(0))}


def _tried(mutant: Mutant, tests: Sequence[Test]) -> int:
    """Run tests with a mutant in its module's place."""
    if not tests:
        return 0
    sys.meta_path.insert(0, _Changed(mutant))
    return _run_tests(dict.fromkeys(test.name.partition("::")[0] for test in tests), _Chosen(tests))


def _in_forks(jobs: Sequence[Callable[[], int]], n_processes: int) -> Iterator[tuple[int, bool]]:
    """Run jobs side by side, each in a silent fork of its own; as one ends, its place and whether it ended well (0)."""
    running: dict[int, int] = {}
    for number, job in enumerate(jobs):
        while len(running) >= n_processes:
            yield _reaped(running)
        pid = os.fork()
        if not pid:
            silence = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(silence, stream)
            code = 1
            try:
                code = job()
            finally:
                os._exit(code)
        running[pid] = number
    while running:
        yield _reaped(running)


def _reaped(running: dict[int, int]) -> tuple[int, bool]:
    pid, status = os.wait()
    return running.pop(pid), status == 0


def _tests_of(mutant: Mutant, tests: Sequence[Test]) -> list[Test]:
    """The tests that run the function around a mutant, of one outside any of its module.

    Those that run the fewest functions come first: what tests a module directly; whole documents come last.
    """

    def runs(test: Test) -> bool:
        lines = test.ran.get(str(mutant.path), ())
        return any(mutant.first <= line <= mutant.last for line in lines) if mutant.last else bool(lines)

    return sorted(filter(runs, tests), key=lambda test: (sum(map(len, test.ran.values())), test.name))


def main() -> None:
    parser = argparse.ArgumentParser(description="the share of faults, put in at random places, that a test finds")
    parser.add_argument("-n", type=int, default=200, help="mutants to draw")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--tests", type=int, help="tests to try on a mutant, the most direct first (all)")
    parser.add_argument("paths", nargs="*", default=["extractors", "pipeline/repair"])
    asked = parser.parse_args()
    files = sorted({file for path in asked.paths for file in [*(ROOT / path).rglob("*.py")] or [ROOT / path]})
    every = [mutant for file in files for mutant in mutants(file)]
    drawn = random.Random(asked.seed).sample(every, min(asked.n, len(every)))
    os.chdir(ROOT)
    for name in LOADED:
        import_module(name)
    tests = _all_tests([_module(file) for file in files], asked.processes)
    print(f"{len(every):,} mutants of {len(files)} files, {len(drawn)} drawn with seed {asked.seed}", flush=True)
    chosen = [_tests_of(mutant, tests)[: asked.tests] for mutant in drawn]
    jobs = [partial(_tried, *pair) for pair in zip(drawn, chosen, strict=True)]
    n_killed = 0
    for n_tried, (number, survives) in enumerate(_in_forks(jobs, asked.processes), 1):
        n_killed += not survives
        if survives:
            _print(drawn[number], is_run=bool(chosen[number]))
        if survives or not n_tried % 10:
            print(f"{n_killed} of {n_tried} killed", flush=True)
    print(f"killed {n_killed} of {len(drawn)}: {n_killed / len(drawn):.1%}")


def _all_tests(modules: Sequence[str], n_processes: int) -> list[Test]:
    """Every test with what it runs. Ends the program where one fails without any fault."""
    files = sorted(path.name for path in (ROOT / "tests").glob("test_*.py") if path.name not in LEFT_OUT)
    with TemporaryDirectory() as folder:
        outs = [Path(folder) / name for name in files]
        jobs = [partial(_noted, f"tests/{name}", modules, out) for name, out in zip(files, outs, strict=True)]
        failing = sorted(files[number] for number, ended_well in _in_forks(jobs, n_processes) if not ended_well)
        if failing:
            sys.exit(f"these fail without any fault: {' '.join(failing)}")
        return [Test(*test) for out in outs for test in json.loads(out.read_text())]


def _print(mutant: Mutant, is_run: bool) -> None:
    lines = difflib.unified_diff(mutant.before.splitlines(), mutant.source.splitlines(), n=0, lineterm="")
    shown = [line for line in lines if line[:1] in "-+" and line[:3] not in ("---", "+++")]
    print(f"{mutant.path.relative_to(ROOT)}:{mutant.line}{'' if is_run else ' (no test runs it)'}", *shown, sep="\n  ")


if __name__ == "__main__":
    main()
