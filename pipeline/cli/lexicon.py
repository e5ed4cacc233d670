"""`poimuri lexicon`: the workbench of those who keep the lexicons."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.base import NOT_WHOLE, app, fail, one_export, use_lexicons

lexicon = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Keep the lexicons: check them, try words, see what they do (docs/lexicons.md).",
)
app.add_typer(lexicon, name="lexicon")

Lang = Annotated[str | None, typer.Option("--lang", help="fi or en; else by the locale.")]
Json = Annotated[bool, typer.Option("--json", help="JSON lines.")]
Folder = Annotated[Path | None, typer.Option("--lexicons", help="Folder of lexicons that add to ours or change them.")]

Out = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of the tables of a run.")]


@lexicon.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Folder of your own lexicons; else those that ship.")
    ] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Say what is wrong with lexicons: file, line, column, cause and cure.

    Errors keep a run from starting; doubts (a word that is probably misspelt, an example that is not found) do not.

    Exit codes: 0 all is well, 4 something is wrong, 2 wrong usage.
    """
    from pipeline.show.lexicon import show_check
    from pipeline.workbench.wording import language

    if folder is not None and not folder.is_dir():
        fail(f"{folder} is not a folder; give one of lexicons")
    if show_check(folder.resolve() if folder is not None else None, language(lang), as_json):
        raise typer.Exit(NOT_WHOLE)


@lexicon.command("try")
def try_text(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE", help="A sentence in quotes, or one export.")],
    name: Annotated[str | None, typer.Option("--lexicon", help="Only this lexicon; else those that report.")] = None,
    term: Annotated[str | None, typer.Option("--term", help="Only this term.")] = None,
    folder: Folder = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Say which terms a text has, by which lemmas and compound parts, and why others are nearly found.

    Example: poimuri lexicon try "Etävastaanottojen jonot lyhenivät"
    """
    from pipeline.show.lexicon import show_trial
    from pipeline.workbench.wording import language

    use_lexicons(folder)
    with one_export(Path(text)):
        show_trial(text, language(lang), name=name, term=term, as_json=as_json)


@lexicon.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A lexicon, shipped or your own.")],
    terms: Annotated[list[str], typer.Argument(metavar="TERM...", help="Base forms; phrases in quotes.")],
    entry: Annotated[str | None, typer.Option("--entry", help="Id of the entry; else the only one.")] = None,
    weight: Annotated[float | None, typer.Option("--weight", help="How much one hit counts.")] = None,
    unless: Annotated[list[str] | None, typer.Option("--not", help="Where this stands, it is not meant.")] = None,
    example: Annotated[str | None, typer.Option("--example", help="A sentence in which it is found.")] = None,
    counterexample: Annotated[str | None, typer.Option("--counterexample", help="One in which it is not.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Where the word is from, or why it is here.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="Of a new entry: its name in the tables.")] = None,
    group: Annotated[str | None, typer.Option("--group", help="Of a new entry: its group.")] = None,
    value: Annotated[str | None, typer.Option("--value", help="Of a new entry: its value.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and show, and write nothing.")] = False,
    lang: Lang = None,
) -> None:
    """Write terms into a lexicon, checked before it is saved; comments and order stay.

    A FILE that is not there is made where a shipped lexicon has its name: it then adds to that one.
    Example: poimuri lexicon add omat/regions.yaml ekhva --entry etela_karjala --weight 0.9
    """
    from pipeline.show.lexicon import show_added
    from pipeline.workbench.adding import Addition
    from pipeline.workbench.wording import language

    about = {"weight": weight, "not": unless, "example": example, "counterexample": counterexample, "note": note}
    of_entry = {"name": name, "group": group, "value": _number_or_text(value)}
    addition = Addition(
        tuple(terms),
        {key: one for key, one in about.items() if one},
        entry,
        {key: one for key, one in of_entry.items() if one is not None},
    )
    show_added(file, addition, language(lang), save=not dry_run)


@lexicon.command()
def coverage(
    out: Out,
    name: Annotated[str | None, typer.Option("--lexicon", help="Only this lexicon.")] = None,
    folder: Folder = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Say what each term finds in the documents of a run, which find nothing, and which frequent words are missing."""
    from pipeline.show.lexicon import show_coverage
    from pipeline.workbench.wording import language

    use_lexicons(folder)
    show_coverage(out, language(lang), name=name, as_json=as_json)


@lexicon.command()
def suggest(
    term: Annotated[str, typer.Argument(metavar="TERM", help="A word in its base form.")],
    out: Out,
    folder: Folder = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Show a word's forms, compounds, other spellings and neighbours in the documents of a run, ready to paste."""
    from pipeline.show.lexicon import show_suggestions
    from pipeline.workbench.wording import language

    use_lexicons(folder)
    show_suggestions(term, out, language(lang), as_json=as_json)


@lexicon.command("diff")
def lexicon_diff(
    out: Out,
    folder: Folder = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the changes here as a page.")] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Say what lexicons would change in the tables of a run, each change with its sentence; nothing is written there.

    The documents are not read again: what the run analysed is kept. Example: poimuri lexicon diff taulut
    --lexicons omat --html muutokset.html
    """
    from pipeline.show.lexicon import show_changes
    from pipeline.workbench.wording import language

    use_lexicons(folder)
    show_changes(out, language(lang), as_json=as_json, html=html)


def _number_or_text(value: str | None) -> int | str | None:
    return int(value) if value is not None and value.isdecimal() and not value.startswith("0") else value
