"""The data dictionary on the terminal."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from extractors.records import TABLES
from lexicons.errors import UserError
from pipeline.show.console import Console


class UnknownTable(UserError):
    """A table name that the schema does not have; the message lists those it has."""


def show_schema(table: str | None) -> None:
    """Print the data dictionary. Raises UnknownTable."""
    from pipeline.load.schema import data_dictionary

    names = [item.TABLE for item in TABLES]
    if table is not None and table not in names:
        raise UnknownTable(f"no table {table!r}; there are {', '.join(names)}")
    console = Console(highlight=False)
    for item, columns in data_dictionary():
        if table is not None and table != item.TABLE:
            continue
        grid = Table(title=f"{item.TABLE} — {item.MEANING}", title_justify="left", box=None, pad_edge=False)
        for heading in ("column", "type", "null", "meaning"):
            grid.add_column(heading, overflow="fold")
        for column in columns:
            grid.add_row(
                column.name, escape(str(column.type)), "yes" if column.nullable else "", escape(column.meaning)
            )
        console.print(grid)
        for column in columns:
            codes = Table(title=f"codes of {item.TABLE}.{column.name}", title_justify="left", box=None, pad_edge=False)
            codes.add_column("code")
            codes.add_column("meaning", overflow="fold")
            for code, meaning in column.codes.items():
                codes.add_row(code, escape(meaning))
            if column.codes:
                console.print()
                console.print(codes)
        console.print()
