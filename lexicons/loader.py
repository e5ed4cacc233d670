"""Read a lexicon: YAML checked against `schema.json` and against what code needs of it, as typed values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lexicons.errors import LexiconError
from lexicons.mistakes import mistake, no_form, no_yaml
from lexicons.needs import Need, declared

FOLDER = Path(__file__).parent

FIXED = "="
"""Before a word of a `match: lemma` term: the text must have this very form (=käynnissä), not the base form's."""


@dataclass(frozen=True, slots=True)
class Term:
    """One wording of an entry; `weight` is 1 unless the lexicon says otherwise.

    `fixed` are those of its words that are found in this form only (`=käynnissä` in the file).
    """

    text: str
    weight: float = 1.0
    value: float | str | bool | None = None
    fixed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """What several wordings stand for."""

    id: str
    terms: tuple[Term, ...]
    name: str | None = None
    value: float | str | bool | None = None
    group: str | None = None
    report: bool = False


@dataclass(frozen=True)
class Lexicon:
    """A lexicon file. `match` is `lemma` (base forms, any inflection, inside compounds) or `text` (as written)."""

    name: str
    match: str
    report: bool
    compounds: bool
    entries: tuple[Entry, ...]


def available() -> tuple[str, ...]:
    """The names of all lexicons, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load(name: str) -> Lexicon:
    """Load a lexicon by its name, once a process.

    Raises LexiconError where the file is missing, is not YAML, does not fit `schema.json`, or lacks what code needs.
    """
    return read(path_of(name))


def read(path: Path) -> Lexicon:
    """Read and check one lexicon file. Raises LexiconError."""
    data = _parsed(path)
    problem = next(iter(_validator().iter_errors(data)), None)
    if problem is not None:
        raise no_form(path, problem, data)
    if data["lexicon"] != path.stem:
        what = f"lexicon is {data['lexicon']!r} and the file {path.name}; write 'lexicon: {path.stem}'"
        raise mistake(path, ["lexicon"], what)
    report, is_lemma = data.get("report", False), data["match"] == "lemma"
    lexicon = Lexicon(
        data["lexicon"],
        data["match"],
        report,
        data.get("compounds", True),
        tuple(_entry(item, report, is_lemma) for item in data["entries"]),
    )
    _check_ids(path, lexicon)
    for need in declared(lexicon.name):
        _check_need(path, lexicon, need)
    return lexicon


def require(lexicon: Lexicon, need: Need) -> None:
    """Check a loaded lexicon against a declaration of a module that was imported later. Raises LexiconError."""
    _check_need(path_of(lexicon.name), lexicon, need)


def path_of(name: str) -> Path:
    """Where a lexicon of this name stands, or would stand."""
    return FOLDER / f"{name}.yaml"


def _parsed(path: Path) -> Any:
    import yaml

    try:
        # libyaml's parser, where PyYAML was built with it, reads all lexicons in a fifth of the time
        return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        raise LexiconError(f"{path.name}: no such lexicon; there are {', '.join(available())}") from None
    except yaml.YAMLError as error:
        raise no_yaml(path, error) from None


@cache
def _validator() -> Any:
    import jsonschema

    schema = json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _check_ids(path: Path, lexicon: Lexicon) -> None:
    seen: set[str] = set()
    for index, entry in enumerate(lexicon.entries):
        if entry.id in seen:
            what = f"id {entry.id} stands twice; give this entry an id of its own, or put its terms in the other one"
            raise mistake(path, ["entries", index], what)
        seen.add(entry.id)


def _check_need(path: Path, lexicon: Lexicon, need: Need) -> None:
    ids = {entry.id for entry in lexicon.entries}
    groups = {entry.group for entry in lexicon.entries}
    for entry in need.entries:
        if entry not in ids:
            cure = f"add it below: - {{id: {entry}, terms: [...]}}"
            raise mistake(path, ["entries"], f"entry {entry} is missing, and the program reads it; {cure}")
    for group in need.groups:
        if group not in groups:
            cure = f"give one its words: - {{id: ..., group: {group}, terms: [...]}}"
            raise mistake(path, ["entries"], f"no entry has group {group}, which the program reads; {cure}")


def _entry(item: dict[str, Any], report: bool, is_lemma: bool) -> Entry:
    terms = tuple(_term(term, is_lemma) for term in item["terms"])
    reports = report and item.get("report", True)
    return Entry(item["id"], terms, item.get("name"), item.get("value"), item.get("group"), reports)


def _term(item: str | dict[str, Any], is_lemma: bool) -> Term:
    written = item if isinstance(item, str) else item["term"]
    weight, value = (1.0, None) if isinstance(item, str) else (item.get("weight", 1.0), item.get("value"))
    if not is_lemma or FIXED not in written:
        return Term(written, weight, value)
    words = written.split()
    fixed = frozenset(word.removeprefix(FIXED).lower() for word in words if word.startswith(FIXED))
    return Term(" ".join(word.removeprefix(FIXED) for word in words), weight, value, fixed)
