"""The command line: every command, its words and its exit code; errors on stderr in one line."""

from pathlib import Path
from typing import Annotated, Protocol

import typer


class Failed(Exception):
    """A command could not do its work; the message is the one line a person reads, remedy included."""


class House(Protocol):
    """What the composition root offers the command line; each raises Failed."""

    def serve(self) -> None: ...
    def demo(self, port: int) -> None: ...
    def load(self, file: Path) -> str: ...
    def migrate(self) -> str: ...
    def check(self) -> tuple[tuple[bool, str], ...]: ...
    def test(self, quick: bool, args: list[str]) -> int: ...
    def bench(self, name: str) -> int: ...


def build(house: House) -> typer.Typer:
    """The whole command line over a house."""
    cli = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=ABOUT)
    _running(cli, house)
    _keeping(cli, house)
    _building(cli, house)
    return cli


ABOUT = (
    "Parley runs a sponsor-CRO partnership from Slack and Microsoft Teams: one shared record with two faces."
)


def run(house: House) -> int:
    """Run the command that was typed; its exit code."""
    try:
        build(house)(standalone_mode=True)
    except Failed as failed:
        typer.echo(f"parley: {failed}", err=True)
        return 1
    return 0


def _running(cli: typer.Typer, house: House) -> None:
    @cli.command()
    def demo(
        port: Annotated[int, typer.Option(help="Where the playground's page opens.")] = 3979,
    ) -> None:
        """Open the playground: a small Slack and a small Teams side by side, on the example world."""
        house.demo(port)

    @cli.command()
    def serve() -> None:
        """Run the bot. Settings come from the environment or a .env file."""
        house.serve()


def _keeping(cli: typer.Typer, house: House) -> None:
    @cli.command()
    def load(file: Annotated[Path, typer.Argument(help="An oversight-example/1 file (YAML).")]) -> None:
        """Take a file into the record: whole or not at all; a second time changes nothing."""
        typer.echo(house.load(file))

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


def _building(cli: typer.Typer, house: House) -> None:
    @cli.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
    def test(
        context: typer.Context,
        quick: Annotated[bool, typer.Option("--quick", help="Only what takes under a minute.")] = False,
    ) -> None:
        """Run every check and test; further words go to pytest."""
        raise typer.Exit(house.test(quick, context.args))

    @cli.command()
    def bench(name: Annotated[str, typer.Argument(help="Which question to measure: commands.")]) -> None:
        """Measure, side by side with something named; prints JSON."""
        raise typer.Exit(house.bench(name))
