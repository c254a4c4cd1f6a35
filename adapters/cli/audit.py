"""`./parley audit`: whether the record is as it was written, and what one keeps elsewhere to prove it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Protocol

import typer

Against = Annotated[
    Path | None, typer.Option(help="A file of signed heads, or an export in JSON, to compare with.")
]


class Inspector(Protocol):
    """What looks at the record; what it raises is in words for an operator."""

    def verify(self, against: Path | None = None) -> str: ...
    def heads(self) -> Iterator[str]: ...
    def key(self) -> str: ...
    def rotate(self) -> str: ...


class House(Protocol):
    """Where the inspector comes from."""

    def inspector(self) -> Inspector: ...


def add(cli: typer.Typer, house: House) -> None:
    """The commands."""
    audit = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    cli.add_typer(audit, name="audit", help="Prove that the record is as it was written.")

    @audit.command()
    def verify(against: Against = None) -> None:
        """Follow every chain line by line and name the first line that does not hold."""
        typer.echo(house.inspector().verify(against))

    @audit.command()
    def heads() -> None:
        """Print every signed head as a line of JSON, to keep elsewhere."""
        for line in house.inspector().heads():
            typer.echo(line)

    @audit.command()
    def key() -> None:
        """Print the public key that signs the heads, and its mark."""
        typer.echo(house.inspector().key())
