"""`./parley manifest`: what Slack and Teams are told about the app, written where it is wanted."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.failed import Failed
from adapters.manifest import NoManifest, Wish
from adapters.settings import Settings

URL = typer.Option(help="Where the world reaches Parley (https://…); else PARLEY_URL.")


Writers = Mapping[str, Callable[[Wish], bytes]]  # by platform; each raises NoManifest


def add(cli: typer.Typer, writers: Writers) -> None:
    """`manifest slack` and `manifest teams`."""
    # As the whole command line: Typer's own way of showing a fault prints every variable.
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    _slack(group, writers)
    _teams(group, writers)
    cli.add_typer(group, name="manifest", help="Write the app's manifest for Slack or Teams.")


def _slack(group: typer.Typer, writers: Writers) -> None:
    @group.command()
    def slack(
        url: Annotated[str, URL] = "",
        socket: Annotated[bool, typer.Option("--socket", help="Socket Mode: no address is needed.")] = False,
        short: Annotated[bool, typer.Option(help="The short forms, such as /issue, beside /parley.")] = True,
        org: Annotated[bool, typer.Option(help="May be installed for a whole organisation.")] = True,
        out: Annotated[Path | None, typer.Option(help="A file; else it is printed.")] = None,
    ) -> None:
        """Slack's manifest, as JSON."""
        wish = Wish(url=url, socket=socket, short=short, whole_organisation=org)
        told = _made(writers, "slack", wish)
        if out is None:
            typer.echo(told.decode(), nl=False)
        else:
            _save(out, told)


def _teams(group: typer.Typer, writers: Writers) -> None:
    @group.command()
    def teams(
        url: Annotated[str, URL] = "",
        out: Annotated[Path, typer.Option(help="The zip to write.")] = Path("parley-teams.zip"),
        icons: Annotated[
            Path | None, typer.Option(help="A folder with your color.png and outline.png.")
        ] = None,
        privacy_url: Annotated[str, typer.Option(help="Your privacy page; else the address itself.")] = "",
        terms_url: Annotated[str, typer.Option(help="Your terms of use; else the address itself.")] = "",
    ) -> None:
        """The app package for Teams: manifest and icons, as a zip."""
        wish = Wish(url=url, icons=icons, privacy_url=privacy_url, terms_url=terms_url)
        _save(out, _made(writers, "teams", wish))


def _made(writers: Writers, platform: str, wish: Wish) -> bytes:
    settings = Settings()
    told = replace(wish, url=wish.url or settings.public_url, app_id=settings.teams_app_id)
    try:
        return writers[platform](told)
    except NoManifest as why:
        raise Failed(f"{why}; nothing was written") from None


def _save(out: Path, told: bytes) -> None:
    try:
        out.write_bytes(told)
    except OSError as why:
        raise Failed(f"{out} cannot be written ({why.strerror})") from None
    typer.echo(f"Wrote {out}.")
