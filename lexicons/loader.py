"""Read a lexicon: YAML checked against `schema.json`, as typed values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lexicons.errors import UserError

FOLDER = Path(__file__).parent


class LexiconError(UserError):
    """A lexicon file that cannot be used; the message names the file, the place and the cure."""


@dataclass(frozen=True, slots=True)
class Term:
    """One wording of an entry; `weight` is 1 unless the lexicon says otherwise."""

    text: str
    weight: float = 1.0
    value: float | str | bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What several wordings stand for; `frozen` ones are found as they stand only, in no inflection of their own."""

    id: str
    terms: tuple[Term, ...]
    name: str | None = None
    value: float | str | bool | None = None
    group: str | None = None
    report: bool = False
    frozen: bool = False


@dataclass(frozen=True)
class Lexicon:
    """A lexicon file. `match` is `lemma` (base forms, any inflection, inside compounds) or `text` (as written)."""

    name: str
    match: str
    report: bool
    compounds: bool
    entries: tuple[Entry, ...]

    def entry(self, entry_id: str) -> Entry:
        """The entry with an id. Raises KeyError."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise KeyError(f"{self.name} has no entry {entry_id}")

    def group(self, group: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.group == group)


def available() -> tuple[str, ...]:
    """The names of all lexicons, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load(name: str) -> Lexicon:
    """Load a lexicon by its name, once a process.

    Raises LexiconError where the file is missing, is not YAML, or does not fit `schema.json`.
    """
    return read(FOLDER / f"{name}.yaml")


def read(path: Path) -> Lexicon:
    """Read and check one lexicon file. Raises LexiconError."""
    import yaml

    try:
        # libyaml's parser, where PyYAML was built with it, reads all lexicons in a fifth of the time
        data = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        raise LexiconError(f"{path.name}: no such lexicon; there are {', '.join(available())}") from None
    except yaml.YAMLError as error:
        raise LexiconError(f"{path.name}: not valid YAML: {' '.join(str(error).split())}") from None
    problem = next(iter(_validator().iter_errors(data)), None)
    if problem is not None:
        place = "/".join(str(part) for part in problem.absolute_path) or "top level"
        raise LexiconError(f"{path.name}: {place}: {problem.message}")
    if data["lexicon"] != path.stem:
        raise LexiconError(f"{path.name}: lexicon: is {data['lexicon']!r}, must be the file's name {path.stem!r}")
    report = data.get("report", False)
    entries = tuple(_entry(item, report) for item in data["entries"])
    ids = [entry.id for entry in entries]
    twice = {entry_id for entry_id in ids if ids.count(entry_id) > 1}
    if twice:
        raise LexiconError(f"{path.name}: id {', '.join(sorted(twice))} stands twice; every id must be its own")
    return Lexicon(data["lexicon"], data["match"], report, data.get("compounds", True), entries)


@cache
def _validator() -> Any:
    import jsonschema

    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _entry(item: dict[str, Any], report: bool) -> Entry:
    terms = tuple(
        Term(term) if isinstance(term, str) else Term(term["term"], term.get("weight", 1.0), term.get("value"))
        for term in item["terms"]
    )
    reports = report and item.get("report", True)
    frozen = item.get("frozen", False)
    return Entry(item["id"], terms, item.get("name"), item.get("value"), item.get("group"), reports, frozen)
