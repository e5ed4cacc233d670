"""The examples in docstrings are run: doctests everywhere, and `written form → what it reads` in the grammars."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import regex

from extractors.document import Token
from extractors.grammar.calendar import Point, value
from extractors.grammar.cursor import Cursor
from extractors.grammar.lexer import lexemes
from extractors.grammar.numbers import Amount, amounts, comparator_before
from extractors.grammar.ranges import Expression
from extractors.grammar.timings import Timing, times
from pipeline.language.lemmatiser import analyse
from pipeline.language.tokenise import token_spans

ROOT = Path(__file__).parents[1]
SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text("utf-8")
    for package in ("pipeline", "extractors", "lexicons")
    for path in sorted((ROOT / package).rglob("*.py"))
}


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if ">>> " in source])
def test_doctests(name: str) -> None:
    outcome = doctest.testmod(import_module(name))
    assert (outcome.failed, outcome.attempted > 0) == (0, True)


# Examples of written forms


class Example(NamedTuple):
    """A line `text → facts` in a docstring of a grammar, or at its end: `…: text → facts`."""

    module: str
    function: str
    text: str
    facts: str


_EXAMPLE = regex.compile(r"^(?:.*: )?(?P<text>\S.*?) → (?P<facts>\S.*?)\.?$", regex.MULTILINE)


def _examples() -> Iterator[Example]:
    for name, source in SOURCES.items():
        for node in ast.walk(ast.parse(source if name.startswith("extractors.grammar.") else "")):
            if isinstance(node, ast.FunctionDef):
                for match in _EXAMPLE.finditer(ast.get_docstring(node) or ""):
                    yield Example(name, node.name, match["text"], match["facts"])


EXAMPLES = list(_examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.function}: {one.text}")
def test_a_written_form_is_read_as_its_rule_says(example: Example) -> None:
    """All that the grammars read in the text of the example is what stands behind the arrow."""
    assert read(example.text) == example.facts


def _has_own_sign(example: Example) -> bool:
    """Whether a function reads at an index, and something: a rule, or a guard that tells what is none."""
    function = getattr(import_module(example.module), example.function)
    needed = [name for name, one in signature(function).parameters.items() if one.default is one.empty]
    is_guard = signature(function).return_annotation == "bool"
    return needed == ["cursor", "index"] and (is_guard or example.facts != "nothing")


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if _has_own_sign(one)],
    ids=lambda example: f"{example.function}: {example.text}",
)
def test_an_example_stands_at_the_rule_that_reads_it(example: Example) -> None:
    rule: Callable[[Cursor, int], Any] = getattr(import_module(example.module), example.function)
    cursor = Cursor(lexemes(_tokens(example.text)))
    assert any(rule(cursor, index) for index in range(len(cursor.lexemes)))


def test_every_written_form_has_examples() -> None:
    """The tables of rules name functions whose docstrings hold an example each."""
    with_examples = {(example.module, example.function) for example in EXAMPLES}
    rules = {(rule.__module__, rule.__name__) for rule in _rules()}
    assert {rule for rule in rules - with_examples if not rule[1].startswith("_")} == {
        ("extractors.grammar.numeric_points", "numeric_day")  # four forms, each with its own
    }


def _rules() -> Iterator[Any]:
    for module in {example.module for example in EXAMPLES}:
        for table in vars(import_module(module)).values():
            for rules in table.values() if isinstance(table, dict) else [table]:
                if isinstance(rules, tuple):
                    yield from (rule for rule in rules if callable(rule) and hasattr(rule, "__name__"))


def read(text: str) -> str:
    """All facts that the grammars read in a text, in order."""
    items = lexemes(_tokens(text))
    timed = [time for time in times(items) if not (isinstance(time, Expression) and time.is_name)]
    taken = {index for time in timed for index in range(time.first, time.last + 1)}
    found = sorted([*timed, *amounts(items, taken)], key=lambda fact: fact.first)
    shown = [_with_comparator(items, fact.first, _shown(fact)) for fact in found]
    return ", ".join(shown) or "nothing"


def _tokens(text: str) -> list[Token]:
    spans = list(token_spans(text))
    analyses = analyse([span.of(text) for span in spans])
    return [Token._make((*span, 0, span.of(text), *one)) for span, one in zip(spans, analyses, strict=True)]


def _shown(fact: Expression | Timing | Amount) -> str:
    if isinstance(fact, Expression):
        return "/".join(_point(point) for point in (fact.begin, fact.end) if point is not None)
    if isinstance(fact, Timing):
        return f"{fact.type} {fact.value}" + (f" times={fact.times:g}" if fact.times is not None else "")
    ends = [f"{number:.10g}" for number in (fact.value, fact.value_max) if number is not None]
    unit = str(fact.unit.value or fact.unit_text) if fact.unit is not None else None
    return " ".join(filter(None, ["share" if fact.is_fraction else None, "–".join(ends), unit]))


def _point(point: Point) -> str:
    """TIMEX3 value, part, and how far from now or from what was told."""
    shifts = [f"{name}={getattr(point, name)}" for name in ("shift", "outer") if getattr(point, name) is not None]
    return " ".join(filter(None, [value(point), point.mod, *shifts, "told" if point.told else None]))


def _with_comparator(items: Sequence[Any], first: int, shown: str) -> str:
    comparator = comparator_before(items, first)
    return f"{comparator.value} {shown}" if comparator is not None else shown
