"""What is wrong with a lexicon file, told to the person who wrote it: file, line, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexicons.errors import LexiconError

if TYPE_CHECKING:
    import yaml
    from jsonschema import ValidationError

Parts = Sequence[str | int]
"""The way to a place in a file, key by key and position by position: entries, 3, terms, 0."""


def mistake(path: Path, parts: Parts, what: str) -> LexiconError:
    """The error for a place in a lexicon file."""
    return LexiconError(f"{path.name}, line {line_of(path, parts)}: {what}")


def line_of(path: Path, parts: Parts) -> int:
    """The line of a place, from 1. Reads the file anew: only mistakes need lines, and they are few."""
    import yaml

    node = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    for part in parts:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), node)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
    return node.start_mark.line + 1 if node is not None else 1


def no_yaml(path: Path, error: yaml.YAMLError) -> LexiconError:
    """The error for a file that is no YAML."""
    mark = getattr(error, "problem_mark", None)
    line = f", line {mark.line + 1}" if mark is not None else ""
    problem = getattr(error, "problem", None) or " ".join(str(error).split())
    return LexiconError(
        f"{path.name}{line}: not valid YAML: {problem}; look there and in the line above for a bracket, brace, comma "
        f'or quote that is missing or too many; a word with : # & * ! % @ or , belongs in quotes ("n:o")'
    )


def no_form(path: Path, problem: ValidationError, data: Any) -> LexiconError:
    """The error for a file that does not have the form of `schema.json`."""
    parts = list(problem.absolute_path)
    here = f"entry {data['entries'][parts[1]]['id']}: " if _is_in_entry(parts, data) else ""
    return mistake(path, parts, f"{here}{_told(problem, parts)}")


def _is_in_entry(parts: Parts, data: Any) -> bool:
    if len(parts) < 2 or parts[0] != "entries" or not isinstance(parts[1], int):
        return False
    entry = data["entries"][parts[1]]
    return isinstance(entry, dict) and isinstance(entry.get("id"), str)


def _told(problem: Any, parts: Parts) -> str:
    """What a rule of the schema says against a value, and the cure."""
    value, rule, schema, name = problem.instance, problem.validator_value, problem.schema, _name(parts)
    match problem.validator:
        case "additionalProperties":
            known = tuple(schema["properties"])
            wrong = [key for key in value if key not in known]
            return f"unknown key {', '.join(map(repr, wrong))}; known are {', '.join(known)}{_meant(wrong[0], known)}"
        case "required":
            missing = [key for key in rule if key not in value]
            kinds = schema.get("properties", {}).get(missing[0], {}).get("enum", ())
            return f"{', '.join(missing)} is missing; add it{': one of ' if kinds else ''}{', '.join(kinds)}"
        case "enum":
            return f"{name} {value!r} is not known here; known are {', '.join(rule)}{_meant(value, rule)}"
        case "type" if value is None:
            return f"{name} is empty; write at least one word there"
        case "type":
            return f"{name} {value!r} is not {_TYPES.get(str(rule), rule)}; {_quoted(value)}"
        case "minimum" | "maximum":
            return f"{name} {value} is out of range; give a number from {schema['minimum']} to {schema['maximum']}"
        case "pattern":
            return f"{name} {value!r} is not allowed; use small letters a–z, digits and _ only"
        case "minItems" | "minLength":
            return f"{name} is empty; write at least one word there"
        case "not":
            return f"{name} means nothing in this lexicon; remove it"
        case _:
            return str(problem.message)


_TYPES = {
    "string": "a word",
    "array": "a list",
    "object": "a group of keys",
    "boolean": "true or false",
    "number": "a number",
    "['string', 'object']": "a word",
}


def _name(parts: Parts) -> str:
    """What a value is called: by the nearest key above it."""
    key = next((part for part in reversed(parts) if isinstance(part, str)), "the file")
    return "term" if key == "terms" and parts and isinstance(parts[-1], int) else key


def _quoted(value: Any) -> str:
    """The cure for a value of a wrong type: most are words that YAML takes for something else."""
    if isinstance(value, bool):
        return "YAML reads yes, no, on, off, true and false so; put the word in quotes"
    if isinstance(value, int | float):
        return "put it in quotes"
    return "write it as the entries beside it do"


def _meant(wrong: Any, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(str(wrong), known, 1)
    return f"; did you mean {close[0]}?" if close else ""
