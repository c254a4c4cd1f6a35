"""The playground: the bot in this process, a small Slack and Teams with their page in another."""

import contextlib
import json
import secrets
import socket
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer
from fastapi import FastAPI
from pydantic import SecretStr

from adapters.cli import page, serving
from adapters.cli.failed import Failed
from adapters.cli.node import NodeFailed
from adapters.settings import Settings

HOST = "127.0.0.1"
BOT_PORT_TAKEN = "stop what listens there, or choose with --bot-port"
PORT_TAKEN = "stop what listens there, or choose with --port"
APP_ID = "00000000-0000-4000-8000-00000000b07a"
LEAVES_WITHIN = 5.0  # seconds
Cast = dict[str, Any]


def settings(folder: Path, bot_port: int, page_port: int, secret: str) -> Settings:
    """A bot that knows only the playground at `page_port`, with a new record in `folder`."""
    own = f"http://{HOST}:{page_port}"
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it unseen
        database_url=f"sqlite:///{folder / 'parley.db'}",
        parley_port=bot_port,
        parley_url=f"http://{HOST}:{bot_port}",
        slack_signing_secret=SecretStr(secret),
        slack_bot_token=SecretStr("xoxb-playground"),
        slack_api_url=f"{own}/slack/api/",
        parley_secret_key=SecretStr(secret),
        teams_app_id=APP_ID,
        teams_app_password=SecretStr(secret),
        teams_app_tenant_id="playground",
        teams_tenants="11111111-aaaa-4aaa-8aaa-000000000001,22222222-bbbb-4bbb-8bbb-000000000002",
        teams_openid_metadata_url=f"{own}/teams/openid",
        teams_login_url=f"{own}/teams/login/",
        teams_service_urls=f"{own}/teams/",
        parley_dangerously_allow_anonymous_teams=False,
    )


def run(root: Path, port: int, bot_port: int, example: Callable[[Settings], tuple[FastAPI, Cast]]) -> None:
    """Open the playground at `port` and run until stopped. Raises Failed."""
    serving.end_as_on_ctrl_c()
    with contextlib.suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="parley-") as folder:
        bound, page_bound = serving.take(HOST, bot_port, BOT_PORT_TAKEN), serving.take(HOST, port, PORT_TAKEN)
        with bound, page_bound:
            _ensure_page(root)
            secret = secrets.token_hex(16)
            with _playground(root, page_bound, bot_port, secret) as tell:
                app, cast = example(settings(Path(folder), bot_port, port, secret))
                tell(cast)
                typer.echo(f"The playground is at http://{HOST}:{port} (stop it with Ctrl-C)")
                webbrowser.open(f"http://{HOST}:{port}")
                serving.serve(app, bound)


def _ensure_page(root: Path) -> None:
    try:
        page.ensure(root)
    except NodeFailed as failed:
        raise Failed(str(failed)) from None


@contextlib.contextmanager
def _playground(
    root: Path, bound: socket.socket, bot_port: int, secret: str
) -> Iterator[Callable[[Cast], None]]:
    """The other process, started early so that it is ready when it is told who plays; it ends with us."""
    words = {
        "--cast": "-",
        "--bot": f"http://{HOST}:{bot_port}",
        "--descriptor": str(bound.fileno()),
        "--secret": secret,
        "--app-id": APP_ID,
    }
    listed = [part for pair in words.items() for part in pair]
    other = subprocess.Popen(  # noqa: S603 - our own program, fixed words
        [sys.executable, "-m", "playground.server", *listed],
        cwd=root,
        stdin=subprocess.PIPE,
        pass_fds=[bound.fileno()],
        process_group=0,  # so that Ctrl-C reaches us alone, and we end the other
    )
    try:
        yield lambda cast: _tell(other, cast)
    finally:
        _end(other)


def _tell(other: subprocess.Popen[bytes], cast: Cast) -> None:
    """One line; the pipe stays open, and its end tells the other process that we are gone."""
    if other.stdin is None:
        raise ValueError("the other process was started without a pipe")
    other.stdin.write(json.dumps(cast).encode() + b"\n")
    other.stdin.flush()


def _end(other: subprocess.Popen[bytes]) -> None:
    other.terminate()
    try:
        other.wait(LEAVES_WITHIN)
    except subprocess.TimeoutExpired:
        other.kill()
        other.wait()
