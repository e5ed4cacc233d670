"""Write terms into a lexicon file: in the right place, with all else as it stands, and checked before it is saved.

The file is edited as text at the place that YAML's own marks name, so that comments, order and line breaks stay.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from lexicons import LexiconError, UserError, loader
from lexicons.mistakes import Language, Mistake
from lexicons.overlay import filled, text_of
from lexicons.source import Source, read_source
from pipeline.files import write_whole
from pipeline.process import declare_needs
from pipeline.workbench.check import word_mistakes
from pipeline.workbench.wording import say


class AddError(UserError):
    """Terms that cannot be added; the message says why and what to do, `told` in the person's language."""

    def __init__(self, code: str, **about: Any) -> None:
        super().__init__(say(code, "en", **about))
        self._code, self._about = code, about

    def told(self, lang: Language) -> str:
        return say(self._code, lang, **self._about)


@dataclass(frozen=True)
class Addition:
    """What is to be written: terms, what each of them has beside its wording, the entry, what a new entry has."""

    terms: tuple[str, ...]
    about: dict[str, Any] = field(default_factory=dict)
    entry: str | None = None
    of_entry: dict[str, Any] = field(default_factory=dict)


def add(path: Path, addition: Addition, *, save: bool = True) -> str:
    """Write terms into a file, and give the lines that changed.

    A file that is not there is made where a shipped lexicon has its name: it then lies over that. Raises LexiconError
    where the file would have a mistake in it (with doubts about the new terms alone), AddError, WriteError.
    """
    declare_needs()
    shipped_path = loader.FOLDER / path.name
    if path.parent.resolve() != loader.FOLDER:
        loader.use(path.parent.resolve())
    if not path.exists() and not shipped_path.exists():
        raise AddError("no_such_file", file=path)
    before = path.read_bytes().decode("utf-8") if path.exists() else f"lexicon: {path.stem}\nentries: []\n"
    after = _with_terms(path, before, addition)
    _refuse_mistakes(path, after, addition)
    if save:
        write_whole(path, after)
    known = set(before.splitlines())
    return "\n".join(line for line in after.splitlines() if line not in known)


def _with_terms(path: Path, text: str, addition: Addition) -> str:
    source = _source(path.name, text)
    shipped = loader.shipped_below(path.parent.resolve() / path.name)
    entries = source.data.get("entries") or []
    wanted = _entry_id(path, [*entries, *(shipped["entries"] if shipped is not None else ())], addition)
    index = next((place for place, entry in enumerate(entries) if entry.get("id") == wanted), None)
    items = [_written({"term": term, **addition.about}) for term in addition.terms]
    if index is None:
        of_entry = "".join(f", {key}: {_scalar(value)}" for key, value in addition.of_entry.items())
        return _into(source, text, ("entries",), [f"{{id: {wanted}{of_entry}, terms: [{', '.join(items)}]}}"])
    return _into(source, text, ("entries", index, "terms"), items)


def _entry_id(path: Path, entries: Sequence[dict[str, Any]], addition: Addition) -> str:
    """The entry that is meant: the one named, the only one there is."""
    ids = list(dict.fromkeys(str(entry.get("id")) for entry in entries))
    if addition.entry is None and len(ids) == 1:
        return ids[0]
    if addition.entry is None:
        raise AddError("which_entry", file=path.name, ids=", ".join(ids))
    if addition.entry not in ids and not addition.of_entry:
        close = get_close_matches(addition.entry, ids, 3) or ids
        raise AddError("no_such_entry", file=path.name, entry=addition.entry, ids=", ".join(close))
    return addition.entry


def _into(source: Source, text: str, parts: tuple[str | int, ...], items: Sequence[str]) -> str:
    """A file's text with more items at the end of the list at a place."""
    node = source.node(parts)
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if node.flow_style:
        end = _offset(lines, node.end_mark) - 1
        if parts == ("entries",):  # `entries: []` of a fresh file
            dashed = "".join(f"{newline}  - {item}" for item in items)
            return text[: _offset(lines, node.start_mark)].rstrip() + dashed + text[end + 1 :]
        head = text[:end].rstrip()
        comma = "" if head.endswith("[") else " " if head.endswith(",") else ", "
        return head + comma + ", ".join(items) + text[len(head) :]
    column, last = node.start_mark.column, node.value[-1].start_mark.line + 1
    while last < len(lines) and (_indent(lines[last]) > column or _is_inside(lines, last, column)):
        last += 1
    if lines[last - 1] and not lines[last - 1].endswith("\n"):
        lines[last - 1] += newline
    return "".join([*lines[:last], *(f"{' ' * column}- {item}{newline}" for item in items), *lines[last:]])


def _is_inside(lines: Sequence[str], index: int, column: int) -> bool:
    """Whether a blank line stands within an item: another of its lines follows."""
    following = next((line for line in lines[index:] if line.strip()), "")
    return not lines[index].strip() and _indent(following) > column


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" ")) if line.strip() else -1


def _offset(lines: Sequence[str], mark: Any) -> int:
    return sum(map(len, lines[: mark.line])) + int(mark.column)


def _written(term: dict[str, Any]) -> str:
    """A term as it stands in a list within one line."""
    if len(term) == 1:
        return _scalar(term["term"])
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in term.items()) + "}"


def _scalar(value: Any) -> str:
    """A value as YAML, in quotes where it needs them inside brackets."""
    import yaml

    dumped = yaml.safe_dump([value], allow_unicode=True, default_flow_style=True, width=10_000)
    return dumped.strip().removeprefix("[").removesuffix("]")


def _source(name: str, text: str) -> Source:
    """A text as the file of this name would be read. Raises LexiconError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode("utf-8"))
        return read_source(path)


def _refuse_mistakes(path: Path, text: str, addition: Addition) -> None:
    """Raise LexiconError where the file would have a mistake, or a new term a doubtful one."""
    shipped = loader.shipped_below(path.parent.resolve() / path.name)
    source = _source(path.name, text)
    wrong = loader.mistakes(source, shipped)
    if wrong:
        raise LexiconError(wrong)
    lexicon = loader.lexicon_of(source.data if shipped is None else filled(source.data, shipped))
    new = {
        source.place(("entries", index, "terms", place))
        for index, entry in enumerate(source.data["entries"])
        for place, term in enumerate(entry.get("terms", ()))
        if text_of(term) in addition.terms
    }
    doubts: list[Mistake] = [one for one in word_mistakes(source, lexicon) if (one.line, one.column) in new]
    if doubts:
        raise LexiconError(doubts)
