"""`./parley export`: what one person may see, as a file; that it was taken is recorded for both companies."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, BinaryIO, Protocol

import typer

from adapters.cli.failed import Failed
from bot.governance.export import Format
from bot.handlers.export_operator import Wanted

NOBODY = "say through whose eyes: --as PERSON, for example --as PER-09"
NOWHERE = "say where it goes: --out FILE, or --out - for the standard output"
THERE = "{file} is there already and was left as it is; name another file, or say --force"


class Taken(Protocol):
    """An export that may be written down now: it is on the record that it was taken."""

    def write(self, out: BinaryIO) -> None: ...


class Operator(Protocol):
    """What the command asks for; it raises Refusal."""

    def export(self, wanted: Wanted) -> Taken: ...


class House(Protocol):
    """Where the operator comes from."""

    def operator(self) -> Operator: ...


def add(cli: typer.Typer, house: House) -> None:
    """The command."""

    @cli.command()
    def export(
        what: Annotated[
            list[str] | None, typer.Argument(help="NOR-ISS-008, HAL-301 enrolment, Northmere; else all.")
        ] = None,
        who: Annotated[
            str, typer.Option("--as", help="Through whose eyes: an id like PER-09, a name or a handle.")
        ] = "",
        form: Annotated[Format, typer.Option("--format", help="As what.")] = Format.JSON,
        out: Annotated[str, typer.Option(help="The file to write; - for the standard output.")] = "",
        reason: Annotated[str, typer.Option(help="Why you take it; both companies can read it.")] = "",
        force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    ) -> None:
        """Write down what one person may see; that you took it is recorded."""
        if not who.strip():
            raise Failed(NOBODY)
        if not out:
            raise Failed(NOWHERE)
        if out != "-":
            _look(Path(out), force)
        taken = house.operator().export(Wanted(who, " ".join(what or ()), form, " ".join(reason.split())))
        if out == "-":
            _print(taken.write)
        else:
            _put(taken.write, Path(out), force)


def _look(file: Path, force: bool) -> None:
    """Before anything is read or recorded: whether it can be written there."""
    if file.is_dir():
        raise Failed(f"{file} is a folder; name a file in it")
    if not file.parent.is_dir():
        raise Failed(f"there is no folder {file.parent}; make it first")
    if file.exists() and not force:
        raise Failed(THERE.format(file=file))


def _print(write: Callable[[BinaryIO], None]) -> None:
    try:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python would complain again when it closes what nobody reads.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Failed("whoever read the export stopped before its end") from None


def _put(write: Callable[[BinaryIO], None], file: Path, force: bool) -> None:
    """The whole file or none, for nobody else's eyes; a file that came in between is not written over."""
    with tempfile.TemporaryFile() as whole:
        write(whole)
        whole.seek(0)
        try:
            if force:
                file.unlink(missing_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise Failed(THERE.format(file=file)) from None
        except OSError as why:
            raise Failed(f"{file} cannot be written ({why.strerror})") from None
        with os.fdopen(descriptor, "wb") as out:
            shutil.copyfileobj(whole, out)
