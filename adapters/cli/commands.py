"""The command line: every command, its words and its exit code; errors on stderr in one line."""

from pathlib import Path
from typing import Annotated, Protocol

import typer
from pydantic import ValidationError

from adapters.cli import access, attention, audit, export, manifests, suite
from adapters.cli.failed import Failed
from adapters.platform import Line
from bot.errors import Busy, Refusal

ABOUT = (
    "Parley runs a sponsor-CRO partnership from Slack and Microsoft Teams: one shared record with two faces."
)
NO_RECORD = (
    "the database cannot be reached or is locked{why}; look at DATABASE_URL and at the database itself"
)
NO_WRITERS: manifests.Writers = {}
REASON = 160  # characters of what a database says


class Operator(access.Operator, attention.Operator, export.Operator, Protocol):
    """What whoever runs Parley looks at and takes away."""


class House(Protocol):
    """What the composition root offers the command line; each raises Failed, or what it told `run`."""

    def serve(self, workers: int) -> None: ...
    def demo(self, port: int, bot_port: int) -> None: ...
    def load(self, name: str, text: str) -> str: ...
    def invite(self) -> str: ...
    def migrate(self) -> str: ...
    def restored(self) -> str: ...
    def check(self, mend: bool = False) -> tuple[Line, ...]: ...
    def say(self, person: str) -> Line: ...
    def operator(self) -> Operator: ...
    def inspector(self) -> audit.Inspector: ...


def build(house: House, writers: manifests.Writers = NO_WRITERS) -> typer.Typer:
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
    attention.add(cli, house)
    export.add(cli, house)
    access.add(cli, house)
    audit.add(cli, house)
    _building(cli)
    manifests.add(cli, writers)
    return cli


def run(
    house: House, plain: tuple[type[Exception], ...] = (), writers: manifests.Writers = NO_WRITERS
) -> int:
    """Run the command that was typed; its exit code. The words of `plain` errors are for a person."""
    try:
        build(house, writers)(standalone_mode=True, prog_name="./parley")
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
        case Refusal():
            return error.sentence
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
    return f"{'_'.join(map(str, name)).upper()} is wrong: {wrong.removeprefix('Value error, ')}"


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
    def serve(
        workers: Annotated[int, typer.Option(min=1, help="Processes on one port; PostgreSQL only.")] = 1,
    ) -> None:
        """Run the bot. Settings come from the environment or a .env file."""
        house.serve(workers)


def _keeping(cli: typer.Typer, house: House) -> None:
    @cli.command()
    def load(file: Annotated[Path, typer.Argument(help="An oversight-example/1 file (YAML).")]) -> None:
        """Take a file into the record: whole or not at all; a second time changes nothing."""
        typer.echo(house.load(str(file), _text(file)))

    @cli.command()
    def invite() -> None:
        """Make a one-time code; with it, somebody in chat makes their company and administers it."""
        typer.echo(house.invite())

    @cli.command()
    def migrate() -> None:
        """Bring the database to this version's schema."""
        typer.echo(house.migrate())

    @cli.command()
    def restored() -> None:
        """Say that this database comes from a backup, once, before anything is served on it."""
        typer.echo(house.restored())

    @cli.command()
    def rotate() -> None:
        """Encrypt what is kept encrypted under the first key of PARLEY_SECRET_KEY (new,old)."""
        typer.echo(house.inspector().rotate())

    @cli.command()
    def check(
        say: Annotated[str, typer.Option(help="Send a test message to the person with this id, too.")] = "",
        mend: Annotated[bool, typer.Option("--mend", help="Set clocks anew that are not set.")] = False,
    ) -> None:
        """Look for what is wrong with the configuration, the record and the deliveries; one line each."""
        lines = (*house.check(mend), *((house.say(say),) if say else ()))
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
