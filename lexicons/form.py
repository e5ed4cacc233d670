"""Whether a lexicon file has the form of `schema.json`, and what its maintainer probably meant where it has not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lexicons.mistakes import Mistake, Worded, meant
from lexicons.source import Parts, Source

_GLUED = re.compile(r"([a-z_]+):(\S.*)", re.DOTALL)
"""A key with its value where the space behind the colon was forgotten: one word for YAML."""

_COMMA = re.compile(r"-?\d+,\d+")
"""A number as Finnish writes it, which YAML takes for a word, and inside braces for two values."""


def form_mistakes(source: Source, whole: dict[str, Any]) -> Iterator[Mistake]:
    """What in a file does not have the form of the schema, in the order of the file.

    `whole` are its values with what it may leave out.
    """
    glued = dict(_glued(source, source.data, ()))
    if not glued and _fits(whole):
        return
    found: dict[tuple[int, int], Mistake] = {}
    for problem in _validator().iter_errors(whole):
        for one in _told(source, problem) if tuple(problem.absolute_path) not in glued else ():
            found.setdefault((one.line, one.column), one)
    found |= {(one.line, one.column): one for one in glued.values()}
    yield from (found[place] for place in sorted(found))


@cache
def schema() -> dict[str, Any]:
    """The published schema."""
    return json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _fits(whole: dict[str, Any]) -> bool:
    """Whether a file surely has the form; what is wrong with it, and where, the slower validator tells."""
    try:
        return _quick_validator().is_valid(whole)  # type: ignore[no-any-return]
    except ValueError:  # a value that JSON has none like, such as a date
        return False


@cache
def _quick_validator() -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema())


@cache
def _validator() -> Any:
    import jsonschema

    return jsonschema.Draft202012Validator(schema())


@cache
def _keys() -> frozenset[str]:
    """All keys that a lexicon can have."""
    definitions = schema()["$defs"]
    return frozenset({*schema()["properties"], *definitions["entry"]["properties"], *definitions["term"]["properties"]})


def _glued(source: Source, data: Any, parts: tuple[str | int, ...]) -> Iterator[tuple[Parts, Mistake]]:
    """Keys without a space behind the colon, by where they stand."""
    if isinstance(data, dict):
        for key, value in data.items():
            if (glued := _no_space(str(key))) is not None:
                yield parts, source.mistake("no_space", parts, key=str(key), **glued)
            elif isinstance(value, dict | list):
                yield from _glued(source, value, (*parts, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if isinstance(value, dict | list):
                yield from _glued(source, value, (*parts, index))
            elif isinstance(value, str) and (glued := _no_space(value)) is not None:
                yield (*parts, index), source.mistake("no_space", (*parts, index), **glued)


def _no_space(text: str) -> dict[str, Any] | None:
    match = _GLUED.fullmatch(text)
    if match is None or match[1] not in _keys():
        return None
    return {"wrong": repr(text), "right": repr(f"{match[1]}: {match[2]}")}


def _told(source: Source, problem: Any) -> Iterator[Mistake]:
    """What a rule of the schema says against a value, and the cure."""
    parts, value, rule, schema = list(problem.absolute_path), problem.instance, problem.validator_value, problem.schema
    about: dict[str, Any] = {"name": _name(parts), "value": value}
    match problem.validator:
        case "additionalProperties":
            yield from _unknown_keys(source, parts, value, tuple(schema["properties"]))
        case "required":
            missing = [key for key in rule if key not in value]
            if missing:
                kinds = [str(one) for one in schema.get("properties", {}).get(missing[0], {}).get("enum", ())]
                code = "missing_one_of" if kinds else "missing"
                yield source.mistake(code, parts, names=", ".join(missing), known=", ".join(kinds))
        case "enum":
            known = ", ".join(map(str, rule))
            yield source.mistake("unknown_value", parts, **about, known=known, meant=meant(value, rule))
        case "type" if value is None:
            yield source.mistake("empty", parts, **about)
        case "type":
            yield _wrong_type(source, parts, about, rule)
        case "minimum" | "maximum":
            yield source.mistake("out_of_range", parts, **about, least=schema["minimum"], most=schema["maximum"])
        case "pattern":
            code = "not_an_id" if about["name"] in ("id", "lexicon") else "not_a_code"
            yield source.mistake(code, parts, **about, pattern=rule)
        case "minItems" | "minLength":
            yield source.mistake("empty", parts, **about)
        case "maxLength":
            yield source.mistake("too_long", parts, name=about["name"], length=len(value), most=rule)
        case "not":
            yield source.mistake("meaningless", parts, **about)
        case _:
            yield source.mistake("no_form", parts, **about)


def _unknown_keys(source: Source, parts: Parts, value: dict[str, Any], known: tuple[str, ...]) -> Iterator[Mistake]:
    wrong = [str(key) for key in value if key not in known]
    for key in wrong:
        if key.isdigit() and (whole := _before(value, key)) is not None:
            comma = {"wrong": f"{whole},{key}", "right": f"{whole}.{key}"}
            yield source.mistake("decimal_comma", parts, key=key, **comma)
            return
    told = {"wrong": ", ".join(map(repr, wrong)), "known": ", ".join(known), "meant": meant(wrong[0], known)}
    yield source.mistake("unknown_key", parts, key=wrong[0], **told)


def _before(value: dict[str, Any], key: str) -> int | None:
    """The number that stands before a key that is a number itself: 0 of `weight: 0,4`."""
    values = list(value.items())
    index = [str(name) for name, _ in values].index(key)
    number = values[index - 1][1] if index else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _wrong_type(source: Source, parts: Parts, about: dict[str, Any], rule: Any) -> Mistake:
    value = about["value"]
    if isinstance(value, str) and "number" in rule and _COMMA.fullmatch(value):
        return source.mistake("decimal_comma", parts, wrong=value, right=value.replace(",", "."))
    kind = Worded(_TYPES.get(str(rule), "type_word"))
    code = "other_type"
    if "string" in rule and isinstance(value, bool):
        code = "yes_or_no"
    elif "string" in rule and isinstance(value, int | float):
        code = "number"
    return source.mistake(code, parts, **about, kind=kind)


_TYPES = {
    "string": "type_word",
    "array": "type_list",
    "object": "type_group",
    "boolean": "type_switch",
    "number": "type_number",
    "integer": "type_number",
}


def _name(parts: Parts) -> str:
    """What a value is called: by the nearest key above it."""
    key = next((part for part in reversed(parts) if isinstance(part, str)), "entries")
    return "term" if key == "terms" and parts and isinstance(parts[-1], int) else key
