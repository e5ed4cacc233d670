"""The command itself, what all its subcommands share, and the exit codes."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from lexicons import UserError
from pipeline.read.formats import FORMATS
from pipeline.rejects import Reject


class _Commands(TyperGroup):
    """Commands whose `UserError`s are one line on stderr and the exit code for wrong usage."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            fail(str(error))
        except KeyboardInterrupt as stopped:
            say("stopped; what was read is kept, run again to go on" if ctx.invoked_subcommand == "run" else "stopped")
            raise typer.Exit(128 + getattr(stopped, "number", signal.SIGINT)) from None


app = typer.Typer(
    name="poimuri",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich's help pages alone cost a third of a second to import
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        f"Read Innokylä exports ({', '.join(item.name for item in FORMATS)}) into Parquet tables, "
        "each fact with the place it came from.\n\n"
        "Poimi Innokylän vientitiedostoista taulukot: `poimuri run` lukee kansion, `poimuri show` näyttää yhden "
        "asiakirjan, `poimuri schema` selittää sarakkeet."
    ),
    epilog="Example: poimuri run exports/ tables/   then in Python: pandas.read_parquet('tables/dates')",
)

OK, USAGE, SOME_REJECTED, NOT_WHOLE = 0, 2, 3, 4


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"poimuri {version('poimuri')}")
        raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", help="Settings; else poimuri.toml of this folder. Options come first.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    from pipeline.settings import settings
    from pipeline.show.stream import print_unbreakably

    print_unbreakably()
    ctx.default_map = settings(config)


def use_lexicons(folder: Path | None) -> None:
    """Lay the lexicons of another folder over the shipped ones, before any is read."""
    if folder is None:
        return
    from lexicons import loader

    if not folder.is_dir():
        fail(f"{folder} is not a folder; give one of lexicons, with what they add to the shipped ones or change")
    loader.use(folder.resolve())


def say(message: str) -> None:
    print(f"poimuri: {' '.join(message.split())}", file=sys.stderr)


@contextmanager
def one_export(file: Path) -> Iterator[None]:
    """What goes wrong with the file that a command is about, as one line that names it."""
    try:
        yield
    except OSError as error:
        fail(f"{error.filename or file}: {error.strerror}; give the path of one export")
    except Reject as reject:
        say(f"{file}: {reject.message} ({reject.code})")
        raise typer.Exit(SOME_REJECTED) from None


def fail(message: str) -> NoReturn:
    """One line on stderr, exit code for wrong usage."""
    say(message)
    raise typer.Exit(USAGE)
