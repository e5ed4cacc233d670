"""Finnish wording lives in the lexicons: no string literal of the code holds a Finnish word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from extractors.records import EXTRACTED
from lexicons import available, load
from pipeline.language.voikko import accepts

ROOT = Path(__file__).parents[1]

ELSEWHERE = ("pipeline/language/",)
"""Folders not held to this: tables of morphology (endings, vowels) stand in `pipeline/language`."""

DOCUMENTATION = {
    "extractors/records.py": "the data dictionary: descriptions of columns, with examples from documents",
    "pipeline/cli/base.py": "help texts",
}
"""Files whose literals are read by people."""

ALLOWED = {
    "poimuri": "our own name",
    "innokylä": "where the exports come from, in the title of what is sent on",
    "voikko": "name of a library",
    "äöåéáóü": "letters that lose their dots",
    "abdefghijklmnoprstuvyäö": "the alphabet of a benchmark",
    "muu": "the kind of a document of no kind, a value of documents.kind",
    "nsä": "an ending, morphology",
    "sana": "a token's text in the benchmark of lemmas",
    "iii": "a Roman numeral",
    "turku": "name of a corpus",
    "tue": "a weekday of TIMEX3's rules, in English",
    "öuy": "vowels in which a short stem ends",
    "ä": "a letter with dots",
    "ö": "a letter with dots",
    "äö": "letters with dots",
    "äöäö": "letters with dots, small and large",
    "äöå": "letters that lose dots and rings",
    "äöåäöå": "letters with dots and rings, small and large",
    "äöåäöåééüüššžž": "letters that encodings part",
    "aeiouyäöbcdfghjklmnprstv": "the alphabet of spelling candidates",
    "waouyäö": "vowels before an ending, morphology",
    "haitari": "a class of pages whose parts fold (Innokylä's theme)",
    "tiedostot": "the folder that a Finnish browser saves beside a page",
    "xxxx": "the unknown year of TIMEX3",
}
"""Finnish in literals that is no wording of documents, each with its reason."""

ENGLISH = {
    *(
        "atlas",
        "audio",
        "bin",
        "data",
        "demo",
        "file",
        "home",
        "http",
        "info",
        "into",
        "iso",
        "join",
        "kappa",
        "lemma",
        "made",
        "main",
        "metadata",
        "millennium",
        "ole",
        "person",
        "pivot",
    ),
    *("menu", "option", "pane", "position", "rad", "radio", "string"),
    *("show", "some", "status", "version", "video", "web", "www"),
}
"""English words that the Finnish dictionary knows too."""

WORD = re.compile(r"[^\W\d_]+")


def identifiers() -> frozenset[str]:
    """Ids, groups, values and names of lexicons, columns and tables: names of code that happen to be Finnish."""
    lexicons = [load(name) for name in available()]
    entries = [entry for lexicon in lexicons for entry in lexicon.entries]
    columns = {column.name for table in EXTRACTED for column in fields(table)}  # type: ignore[arg-type]
    return frozenset(
        columns
        | {table.TABLE for table in EXTRACTED}
        | {lexicon.name for lexicon in lexicons}
        | {str(name) for entry in entries for name in (entry.id, entry.group) if name}
    )


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module with their lines, docstrings and the like apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def known(text: str) -> list[str]:
    """The words of a text that may be Finnish: those of three letters or more that Voikko knows, all with ä or ö."""
    words = [word.lower() for word in WORD.findall(text)]
    return [word for word in words if set(word) & set("äö") or (len(word) >= 3 and accepts(word))]


def finnish(text: str) -> list[str]:
    """The Finnish words of a text but for those that may stand in code."""
    return [word for word in known(text) if word not in ENGLISH and word not in ALLOWED]


FILES = [
    path.relative_to(ROOT).as_posix()
    for package in ("extractors", "pipeline")
    for path in sorted((ROOT / package).rglob("*.py"))
]
HELD = [name for name in FILES if not name.startswith(ELSEWHERE) and name not in DOCUMENTATION]


@pytest.mark.parametrize("name", HELD)
def test_no_literal_holds_finnish(name: str) -> None:
    names = identifiers()
    found = [
        f"{name}:{line}: {', '.join(words)}"
        for line, text in literals(ROOT / name)
        if text not in names and (words := finnish(text))
    ]
    assert found == []


def test_no_allowance_is_stale() -> None:
    used = {word for name in HELD for _, text in literals(ROOT / name) for word in known(text)}
    assert set(ALLOWED) - used == set()


def test_finnish_is_told_from_names_and_english() -> None:
    assert finnish(r"(?:noin|n\.)\s+prosenttia") == ["noin", "prosenttia"]
    assert finnish("ja|sekä") == ["sekä"]
    assert finnish("char_start of the file; give a folder") == []
