"""A lexicon file as it was written: its bytes as text, its text as YAML nodes with their places, without any trust.

What YAML can do beyond lists, groups and words is refused: tags that construct objects, references that grow without
end or lead round in a circle, a key that silently replaces another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexicons.errors import LexiconError
from lexicons.mistakes import Mistake

if TYPE_CHECKING:
    import yaml

Parts = Sequence[str | int]
"""The way to a place in a file, key by key and position by position: entries, 3, terms, 0."""

MOST_BYTES, MOST_VALUES, MOST_DEPTH = 8_000_000, 100_000, 12
"""Beyond these a file is no lexicon that a person keeps: its bytes, its keys and values, its values within values."""

_GLUED = re.compile(r"\s*(?:- +)?([a-z_]+):(\S.*)")
"""A line of a key with its value where the space behind the colon was forgotten: YAML reads on in the next line."""

_PLAIN = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Source:
    """A lexicon file: its path, its values, and where each stands."""

    path: Path
    data: Any
    root: yaml.Node | None

    def place(self, parts: Parts, key: str | None = None) -> tuple[int, int]:
        """Line and column, from 1, of a value; of its key where one is named."""
        import yaml

        node = self.node(parts)
        if key is not None and isinstance(node, yaml.MappingNode):
            node = next((name for name, _ in node.value if name.value == key), node)
        return _place(node.start_mark) if node is not None else (1, 1)

    def node(self, parts: Parts) -> Any:
        """YAML's node of a value, or the nearest above it where there is none."""
        import yaml

        node = self.root
        for part in parts:
            if isinstance(node, yaml.MappingNode):
                node = next((value for name, value in node.value if name.value == part), node)
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
        return node

    def mistake(self, code: str, parts: Parts = (), *, key: str | None = None, **told: Any) -> Mistake:
        """What is wrong at a place; told with the id of the entry that it stands in."""
        entry = None
        if len(parts) > 2 or (len(parts) == 2 and code != "id_twice"):
            entry = _value(self.data, (*parts[:2], "id")) if parts[0] == "entries" else None
        line, column = self.place(parts, key)
        return Mistake(self.path.name, line, column, code, told, entry if isinstance(entry, str) else None)


def read_source(path: Path) -> Source:
    """Read a lexicon file. Raises LexiconError where it is not there, not text, or not the YAML of a lexicon."""
    text = _text(path)
    line = next((index for index, one in enumerate(text.split("\n")) if "\t" in one.partition(" #")[0]), None)
    if line is not None:
        raise LexiconError([Mistake(path.name, line + 1, text.split("\n")[line].index("\t") + 1, "tab")])
    import yaml

    # libyaml's parser, where PyYAML was built with it, reads all lexicons in a fifth of the time
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        root = loader.get_single_node()
        _check_nodes(path, root)
        data = loader.construct_document(root) if root is not None else None
    except yaml.YAMLError as error:
        raise LexiconError([_no_yaml(path, text, error)]) from None
    except (ValueError, RecursionError):
        raise LexiconError([Mistake(path.name, 1, 1, "too_deep", {"most": MOST_DEPTH})]) from None
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        raise LexiconError([Mistake(path.name, 1, 1, "no_lexicon")])
    return Source(path, data, root)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise LexiconError([Mistake(path.name, 1, 1, "too_big", {"most": MOST_BYTES})])
        data = path.read_bytes()
    except OSError as error:
        told = {"reason": error.strerror or type(error).__name__}
        raise LexiconError([Mistake(path.name, 1, 1, "unreadable", told)]) from None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        guess = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "Windows-1252"
        about = {"byte": data[error.start], "guess": guess}
        raise LexiconError([Mistake(path.name, line, column, "not_utf8", about)]) from None


def _check_nodes(path: Path, root: yaml.Node | None) -> None:
    """Refuse what no lexicon has. Raises LexiconError for the first."""
    import yaml

    seen: set[int] = set()
    waiting = [(root, 1)] if root is not None else []
    while waiting:
        node, depth = waiting.pop()
        code = ""
        told: dict[str, Any] = {}
        if id(node) in seen:
            code = "alias"
        elif not node.tag.startswith(_PLAIN) or node.tag.startswith((f"{_PLAIN}python", f"{_PLAIN}binary")):
            code, told = "tag", {"tag": node.tag.replace(_PLAIN, "!!")}
        elif depth > MOST_DEPTH:
            code, told = "too_deep", {"most": MOST_DEPTH}
        elif len(seen) >= MOST_VALUES:
            code, told = "too_many", {"most": MOST_VALUES}
        if code:
            raise LexiconError([Mistake(path.name, *_place(node.start_mark), code, told)])
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            _check_keys(path, node)
            waiting += [(value, depth + 1) for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(value, depth + 1) for value in node.value]


def _check_keys(path: Path, node: yaml.MappingNode) -> None:
    import yaml

    known: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
            raise LexiconError([Mistake(path.name, *_place(key.start_mark), "no_key")])
        if key.value in known:
            raise LexiconError([Mistake(path.name, *_place(key.start_mark), "key_twice", {"key": key.value})])
        known.add(key.value)


def _no_yaml(path: Path, text: str, error: yaml.YAMLError) -> Mistake:
    """The mistake of a file that is no YAML, by what the parser says of it."""
    position = getattr(error, "position", None)
    if position is not None:  # the reader's own error has no line
        before = text[:position]
        place = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        return Mistake(path.name, *place, "control", {"mark": ord(text[position : position + 1] or "\0")})
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = _place(mark) if mark is not None else (1, 1)
    problem = getattr(error, "problem", None) or " ".join(str(error).split())
    if "another document" in problem:
        return Mistake(path.name, line, column, "documents")
    if "undefined alias" in problem or "duplicate anchor" in problem:
        return Mistake(path.name, line, column, "alias")
    if "mapping values are not allowed" in problem:
        above = _GLUED.fullmatch(text.split("\n")[line - 2]) if line > 1 else None
        if above is not None:
            told = {"wrong": repr(f"{above[1]}:{above[2]}"), "right": repr(f"{above[1]}: {above[2]}")}
            return Mistake(path.name, line - 1, above.start(1) + 1, "no_space", told)
        return Mistake(path.name, line, column, "yaml_colon")
    if "cannot start any token" in problem:
        letter = (text.split("\n")[line - 1][column - 1 :] or " ")[0]
        return Mistake(path.name, line, column, "yaml_letter", {"letter": letter})
    is_indented = "expected key" in problem or "block" in problem
    return Mistake(path.name, line, column, "yaml_indent" if is_indented else "yaml_open", {"problem": problem})


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _value(data: Any, parts: Parts) -> Any:
    """The value at a place; None where there is none."""
    for part in parts:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
