"""The command line: every command, its words and its exit code; errors on stderr in one line."""

from pathlib import Path
from typing import Annotated, Protocol

import typer
from pydantic import ValidationError

from adapters.cli import suite
from adapters.cli.doctor import Line
from adapters.cli.failed import Failed
from bot.errors import Busy

ABOUT = (
    "Parley runs a sponsor-CRO partnership from Slack and Microsoft Teams: one shared record with two faces."
)
NO_RECORD = (
    "the database cannot be reached or is locked{why}; look at DATABASE_URL and at the database itself"
)
REASON = 160  # characters of what a database says


class House(Protocol):
    """What the composition root offers the command line; each raises Failed, or what it told `run`."""

    def serve(self) -> None: ...
    def demo(self, port: int, bot_port: int) -> None: ...
    def load(self, name: str, text: str) -> str: ...
    def migrate(self) -> str: ...
    def check(self) -> tuple[Line, ...]: ...


def build(house: House) -> typer.Typer:
    """The whole command line over a house."""
    # Typer's own way of showing a fault prints every variable, secrets included.
    cli = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=ABOUT,
    )
    _running(cli, house)
    _keeping(cli, house)
    _building(cli)
    return cli


def run(house: House, plain: tuple[type[Exception], ...] = ()) -> int:
    """Run the command that was typed; its exit code. The words of `plain` errors are for a person."""
    try:
        build(house)(standalone_mode=True)
    except Exception as error:
        told = str(error) if isinstance(error, plain) else said(error)
        typer.echo(f"parley: {' '.join(told.split())}", err=True)
        return 1
    return 0


def said(error: Exception) -> str:
    """An error as an operator reads it. Of a fault, its kind and place: its text might quote a secret."""
    match error:
        case Failed():
            return str(error)
        case Busy():
            return NO_RECORD.format(why=_cause(error))
        case TimeoutError():
            return "nobody knows whether it was saved; run the same command again, that does no harm"
        case ValidationError():
            return "; ".join(_setting(one["loc"], one["msg"]) for one in error.errors())
    return f"a fault of Parley's own: {type(error).__name__} at {_place(error)}; please report it"


def _cause(error: Busy) -> str:
    """The first line of what the database's driver said."""
    driver = getattr(error.__cause__, "orig", None)
    lines = str(driver or "").splitlines()
    return f" ({lines[0][:REASON]})" if lines else ""


def _setting(name: tuple[int | str, ...], wrong: str) -> str:
    return f"{'_'.join(map(str, name)).upper()} is wrong: {wrong}"


def _place(error: Exception) -> str:
    """The innermost line that a fault came through."""
    step = error.__traceback__
    while step and step.tb_next:
        step = step.tb_next
    return f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}" if step else "an unknown place"


def _running(cli: typer.Typer, house: House) -> None:
    @cli.command()
    def demo(
        port: Annotated[int, typer.Option(help="Where the playground's page opens.")] = 3979,
        bot_port: Annotated[int, typer.Option(help="Where the bot listens.")] = 3978,
    ) -> None:
        """Open the playground: a small Slack and a small Teams side by side, on the example world."""
        house.demo(port, bot_port)

    @cli.command()
    def serve() -> None:
        """Run the bot. Settings come from the environment or a .env file."""
        house.serve()


def _keeping(cli: typer.Typer, house: House) -> None:
    @cli.command()
    def load(file: Annotated[Path, typer.Argument(help="An oversight-example/1 file (YAML).")]) -> None:
        """Take a file into the record: whole or not at all; a second time changes nothing."""
        typer.echo(house.load(str(file), _text(file)))

    @cli.command()
    def migrate() -> None:
        """Bring the database to this version's schema."""
        typer.echo(house.migrate())

    @cli.command()
    def check() -> None:
        """Look for what is wrong with the configuration, the record and the deliveries; one line each."""
        lines = house.check()
        for fine, line in lines:
            typer.echo(f"{'ok    ' if fine else 'MEND  '} {line}")
        if not all(fine for fine, _ in lines):
            raise typer.Exit(1)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Failed(f"{file} is not UTF-8 text; nothing was loaded") from None
    except OSError as why:
        raise Failed(f"{file} cannot be read ({why.strerror}); nothing was loaded") from None


def _building(cli: typer.Typer) -> None:
    @cli.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
    def test(
        context: typer.Context,
        quick: Annotated[bool, typer.Option("--quick", help="Only what takes under a minute.")] = False,
    ) -> None:
        """Run every check and test; further words go to pytest."""
        raise typer.Exit(suite.test(quick, context.args))

    @cli.command()
    def bench(name: Annotated[str, typer.Argument(help="Which question to measure: commands.")]) -> None:
        """Measure, side by side with something named; prints JSON."""
        raise typer.Exit(suite.bench(name))
