"""What other lexicons would change, as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from lexicons.mistakes import Language
from pipeline.workbench.changes import Told
from pipeline.workbench.wording import say

_STYLE = """
body { font: 15px/1.4 sans-serif; margin: 2em; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .3em .6em; border-bottom: 1px solid #ccc; }
.gained td:nth-child(3) { color: #060; }
.lost td:nth-child(3) { color: #900; }
.changed td:nth-child(3) { color: #850; }
"""


def page(told: Iterable[Told], lang: Language) -> str:
    """A table of all changes, each with its sentence."""
    title = escape(say("html_title", lang))
    head = "".join(f"<th>{escape(name)}</th>" for name in say("html_head", lang).split("|"))
    rows = "".join(_row(one, lang) for one in told)
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"<h1>{title}</h1><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></html>\n"
    )


def _row(told: Told, lang: Language) -> str:
    change = told.change
    differences = "; ".join(f"{name}: {before} → {now}" for name, (before, now) in change.differences.items())
    values = (
        change.table,
        change.source_path,
        say(change.change, lang),
        change.says,
        change.where,
        differences,
        told.sentence,
    )
    return f'<tr class="{change.change}">{"".join(f"<td>{escape(value)}</td>" for value in values)}</tr>'
