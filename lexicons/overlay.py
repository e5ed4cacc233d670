"""A folder of one's own lexicons over the shipped ones: it adds to them, changes them and takes from them term by term.

A file of a shipped lexicon's name needs to hold only what differs; a file of another name is a lexicon of its own.
"""

from __future__ import annotations

from typing import Any

_Data = dict[str, Any]

REMOVED = "remove"
"""The key of a term in a folder of one's own that takes the shipped term away."""


def filled(own: _Data, shipped: _Data) -> _Data:
    """One's own file with what it leaves out as the shipped one has it; places of what it holds stay as they are."""
    known = {entry["id"]: entry for entry in shipped["entries"]}
    entries = own.get("entries")
    if isinstance(entries, list):
        entries = [_filled_entry(entry, known) for entry in entries]
    return {**own, **{key: value for key, value in shipped.items() if key not in own}} | (
        {"entries": entries} if "entries" in own else {}
    )


def _filled_entry(entry: Any, known: dict[str, _Data]) -> Any:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or entry["id"] not in known:
        return entry
    shipped = known[entry["id"]]
    return {**entry, **{key: value for key, value in shipped.items() if key not in entry}}


def merged(own: _Data, shipped: _Data) -> _Data:
    """The shipped lexicon with one's own over it: known entries keep their place, new ones follow."""
    entries = {entry["id"]: entry for entry in shipped["entries"]}
    for entry in filled(own, shipped)["entries"]:
        before = entries.get(entry["id"])
        entries[entry["id"]] = entry if before is None else {**entry, "terms": _terms(entry["terms"], before["terms"])}
    return {**shipped, **own, "entries": list(entries.values())}


def _terms(own: list[Any], shipped: list[Any]) -> list[Any]:
    found = {text_of(term): term for term in shipped}
    for term in own:
        found[text_of(term)] = term
    return [term for term in found.values() if isinstance(term, str) or not term.get(REMOVED)]


def text_of(term: str | _Data) -> str:
    """A term's wording as the file has it."""
    return term if isinstance(term, str) else term["term"]
