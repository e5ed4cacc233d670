"""The data dictionary as a page: every table with its columns, codes, how it is found, how well, and what it misses.

Columns and meanings come from `extractors.records`, how a table is found from its module, figures from a folder's
`accuracy.json` (`make accuracy` writes it), limits from its `limits.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

from extractors import extractor
from extractors.records import EXTRACTED, TABLES, Record
from pipeline.bench.documents import Measured, Summary, summed
from pipeline.load.schema import columns
from pipeline.series import matching


def dictionary(folder: Path) -> str:
    """The tables in the contract's order, as Markdown. Raises KeyError where a table has no limits told."""
    told, measured = limits(folder), accuracy(folder)
    return "\n".join(line for table in TABLES for line in _table(table, told[table.TABLE], measured))


def _table(table: type[Record], limits: str, accuracy: Sequence[Summary]) -> Iterator[str]:
    yield f"\n## {table.TABLE}\n\n{_escaped(table.MEANING[0].upper() + table.MEANING[1:])}.\n"
    yield f"**How it is found.** {how(table)}\n"
    yield f"**Known limits.** {limits}\n"
    measured = [one for one in accuracy if one.measure.partition(".")[0] in (table.TABLE, _NAMED.get(table.TABLE))]
    if measured:
        yield "| measure | documents | mean | lowest |\n|---|---|---|---|"
        yield from (f"| {one.measure} | {one.documents} | {one.mean:.3f} | {one.lowest:.3f} |" for one in measured)
        yield ""
    yield "| column | type | null | meaning |\n|---|---|---|---|"
    for column in columns(table):
        null = "yes" if column.nullable else ""
        yield f"| `{column.name}` | {_escaped(str(column.type))} | {null} | {_escaped(column.meaning)} |"
    for column in columns(table):
        if column.codes:
            yield f"\nCodes of `{column.name}`:\n\n| code | meaning |\n|---|---|"
            yield from (f"| `{code}` | {_escaped(meaning)} |" for code, meaning in column.codes.items())


def how(table: type[Record]) -> str:
    """What a table's module says of itself; of tables that all documents together give, what their room says."""
    if table.TABLE == "rejects":
        return "Each file that a stage gave up, with the stage's reason."
    module = import_module(extractor(table).__module__) if table in EXTRACTED else matching
    told = cleandoc(module.__doc__ or "").removeprefix(f"{table.TABLE}: ").strip()
    return _escaped(told[0].upper() + told[1:])


_NAMED = {"documents": "document"}
"""Tables whose measure is called otherwise."""


def accuracy(folder: Path) -> list[Summary]:
    """The measures over the documents whose facts are known."""
    told = json.loads((folder / "accuracy.json").read_text(encoding="utf-8"))
    return summed([Measured(name, measures) for name, measures in told.items()])


def limits(folder: Path) -> dict[str, str]:
    """What each table misses, by table."""
    parts = re.split(r"^## (\w+)\n", (folder / "limits.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def _escaped(text: str) -> str:
    return re.sub(r"([|<>*])", r"\\\1", text)
