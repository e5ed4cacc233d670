"""What each code of a reject or a warning means and what to do: `codes.toml` beside this module, `WARNINGS`."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from extractors.records import WARNINGS
from lexicons.errors import UserError
from pipeline.read.formats import BY_SUFFIX

_FILE = Path(__file__).with_name("codes.toml")
_BROKEN = "broken"


@cache
def reject_codes() -> dict[str, dict[str, str]]:
    """Every code that a reject can have, with its meaning and cure by language."""
    found: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    broken = found.pop(_BROKEN)
    return dict(sorted({**found, **{f"{_BROKEN}_{suffix[1:]}": broken for suffix in BY_SUFFIX}}.items()))


def meaning(code: str) -> str:
    """What a reject's code means, in one sentence; empty for one that no version knows."""
    said = reject_codes().get(code, {}).get("en", "")
    return said.partition(". ")[0].rstrip(".")


def explain(code: str | None, language: str) -> None:
    """Print what a code means, or all codes with one line each. Raises UserError where there is no such code."""
    codes = reject_codes()
    if code is None:
        _list(language)
    elif (known := code.partition(":")[0].strip()) in codes:
        print(f"{known} (reject): {codes[known][language]}")
    elif known in WARNINGS:
        print(f"{known} (warning of documents.warnings): {WARNINGS[known]}. The number behind it says how many.")
    else:
        near = get_close_matches(known, [*codes, *WARNINGS], 3)
        hint = f"; near are {', '.join(near)}" if near else "; `poimuri explain` lists them"
        raise UserError(f"there is no code {known}{hint}")


def _list(language: str) -> None:
    codes = reject_codes()
    print("rejects: files that gave no document")
    for name, said in codes.items():
        print(f"  {name:<20} {said[language]}")
    print("warnings: documents that may lack something")
    for name, warning in WARNINGS.items():
        print(f"  {name:<24} {warning}")
