"""Read a lexicon: YAML checked against `schema.json` and against what code needs of it, as typed values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lexicons.checks import term_mistakes, tree_mistakes
from lexicons.errors import LexiconError
from lexicons.form import form_mistakes
from lexicons.mistakes import Mistake
from lexicons.needs import Need, declared
from lexicons.overlay import filled, merged
from lexicons.source import Source, read_source

FOLDER = Path(__file__).parent
"""Where the shipped lexicons are."""

OWN: Path | None = None
"""A folder of one's own lexicons, laid over the shipped ones by `use`."""

FIXED = "="
"""Before a word of a `match: lemma` term: the text must have this very form (=käynnissä), not the base form's."""


@dataclass(frozen=True, slots=True)
class Term:
    """One wording of an entry; `weight` is 1 unless the lexicon says otherwise.

    `fixed` are those of its words that are found in this form only (`=käynnissä` in the file). `unless` are phrases
    that hold it and mean something else (`not` in the file). Up to `gap` words may stand between two of its own, which
    come in any order where it `is_free`. It must be found in its `examples` and must not in its `counterexamples`.
    """

    text: str
    weight: float = 1.0
    value: float | str | bool | None = None
    fixed: frozenset[str] = frozenset()
    unless: tuple[str, ...] = ()
    gap: int = 0
    is_free: bool = False
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What several wordings stand for. `parent` is the id of the entry above it, in a tree of two levels."""

    id: str
    terms: tuple[Term, ...]
    name: str | None = None
    value: float | str | bool | None = None
    group: str | None = None
    report: bool = False
    parent: str | None = None


@dataclass(frozen=True)
class Lexicon:
    """A lexicon file. `match` is `lemma` (base forms, any inflection, inside compounds) or `text` (as written).

    Its entries are topics where `topics` says so.
    With `spellings` a compound of a `lemma` lexicon is found however it is written: apart, with a hyphen, suspended. In
    its `counterexamples` none of its terms must be found.
    """

    name: str
    match: str
    report: bool
    compounds: bool
    entries: tuple[Entry, ...]
    spellings: bool = False
    counterexamples: tuple[str, ...] = ()
    topics: bool = False


def use(own: Path | None) -> None:
    """From now on lay a folder of one's own lexicons over the shipped ones; before any is loaded."""
    global OWN
    OWN = own
    load.cache_clear()


def files() -> tuple[Path, ...]:
    """All lexicon files in use, the shipped ones first, each group sorted by name."""
    own = sorted(OWN.glob("*.yaml")) if OWN is not None else []
    return (*sorted(FOLDER.glob("*.yaml")), *own)


def available() -> tuple[str, ...]:
    """The names of all lexicons, sorted."""
    return tuple(sorted({path.stem for path in files()}))


@cache
def load(name: str) -> Lexicon:
    """Load a lexicon by its name, once a process.

    Raises LexiconError where the file is missing, is not YAML, does not fit `schema.json`, or lacks what code needs.
    """
    paths = [path for path in files() if path.stem == name]
    if not paths:
        raise LexiconError([Mistake(f"{name}.yaml", 1, 1, "no_file", {"known": ", ".join(available())})])
    return read(paths[-1])


def read(path: Path) -> Lexicon:
    """Read and check one lexicon file; where it lies over a shipped one, the whole that they make.

    Raises LexiconError with all its mistakes.
    """
    source = read_source(path)
    shipped = shipped_below(path)
    found = mistakes(source, shipped)
    if found:
        raise LexiconError(found)
    return lexicon_of(source.data if shipped is None else merged(source.data, shipped))


def shipped_below(path: Path) -> dict[str, Any] | None:
    """The shipped lexicon's values over which a file lies; None for shipped files and lexicons of one's own."""
    below = FOLDER / path.name
    if OWN is None or path.parent != OWN or not below.exists():
        return None
    return read_source(below).data  # type: ignore[no-any-return]


def mistakes(source: Source, shipped: dict[str, Any] | None = None) -> list[Mistake]:
    """What is wrong with a file: its form, or where that is right its terms and what code needs of it.

    `shipped` is the lexicon that it lies over: what that has, it may leave out.
    """
    found = list(form_mistakes(source, source.data if shipped is None else filled(source.data, shipped)))
    if found:
        return found
    data = source.data
    if data["lexicon"] != source.path.stem:
        found.append(source.mistake("wrong_name", ["lexicon"], value=data["lexicon"], right=source.path.stem))
    whole = data if shipped is None else merged(data, shipped)
    found += [*term_mistakes(source, shipped), *_ids_twice(source), *tree_mistakes(source, whole)]
    lexicon = lexicon_of(whole)
    return [*found, *(lack for need in declared(lexicon.name) for lack in _lacks(source, lexicon, need))]


def require(lexicon: Lexicon, need: Need) -> None:
    """Check a loaded lexicon against a declaration of a module that was imported later. Raises LexiconError."""
    if any(_lacking(lexicon, need)):
        raise LexiconError(list(_lacks(read_source(path_of(lexicon.name)), lexicon, need)))


def path_of(name: str) -> Path:
    """Where a lexicon of this name stands, one's own before the shipped, or would stand."""
    return next((path for path in reversed(files()) if path.stem == name), FOLDER / f"{name}.yaml")


def _ids_twice(source: Source) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, entry in enumerate(source.data.get("entries", ())):
        if entry["id"] in seen:
            yield source.mistake("id_twice", ["entries", index], id=entry["id"])
        seen.add(entry["id"])


def _lacks(source: Source, lexicon: Lexicon, need: Need) -> Iterator[Mistake]:
    for code, about in _lacking(lexicon, need):
        yield source.mistake(code, ["entries"], **about)


def _lacking(lexicon: Lexicon, need: Need) -> Iterator[tuple[str, dict[str, str]]]:
    """The entries and groups of a declaration that a lexicon has not."""
    ids = {entry.id for entry in lexicon.entries}
    groups = {entry.group for entry in lexicon.entries}
    yield from (("entry_missing", {"id": entry}) for entry in need.entries if entry not in ids)
    yield from (("group_missing", {"group": group}) for group in need.groups if group not in groups)


def lexicon_of(data: dict[str, Any]) -> Lexicon:
    report, is_lemma = data.get("report", False), data["match"] == "lemma"
    return Lexicon(
        data["lexicon"],
        data["match"],
        report,
        data.get("compounds", True),
        tuple(_entry(item, report, is_lemma) for item in data["entries"]),
        is_lemma and data.get("spellings", report),
        _several(data.get("counterexample", ())),
        data.get("topics", False),
    )


def _entry(item: dict[str, Any], report: bool, is_lemma: bool) -> Entry:
    terms = tuple(term_of(term, is_lemma) for term in item["terms"])
    reports = report and item.get("report", True)
    return Entry(item["id"], terms, item.get("name"), item.get("value"), item.get("group"), reports, item.get("parent"))


def term_of(item: str | dict[str, Any], is_lemma: bool) -> Term:
    """A term as the file has it: its wording alone, or a group of keys."""
    about: dict[str, Any] = {"term": item} if isinstance(item, str) else item
    written, fixed = about["term"], frozenset[str]()
    if is_lemma and FIXED in written:
        words = written.split()
        fixed = frozenset(word.removeprefix(FIXED).lower() for word in words if word.startswith(FIXED))
        written = " ".join(word.removeprefix(FIXED) for word in words)
    return Term(
        written,
        about.get("weight", 1.0),
        about.get("value"),
        fixed,
        tuple(about.get("not", ())),
        about.get("gap", 0),
        about.get("order") == "free",
        _several(about.get("example", ())),
        _several(about.get("counterexample", ())),
    )


def _several(sentences: str | list[str]) -> tuple[str, ...]:
    return (sentences,) if isinstance(sentences, str) else tuple(sentences)
