"""The playground: the bot in this process, a small Slack and Teams with their page in another."""

import json
import secrets
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from adapters.cli import page
from adapters.cli.commands import Failed
from adapters.cli.node import NodeFailed
from adapters.settings import Settings

BOT_PORT = 3978
APP_ID = "00000000-0000-4000-8000-00000000b07a"
LEAVES_WITHIN = 5.0  # seconds
Cast = dict[str, Any]


def settings(folder: Path, bot_port: int, page_port: int, secret: str) -> Settings:
    """A bot that knows only the playground at `page_port`, with a new record in `folder`."""
    own = f"http://127.0.0.1:{page_port}"
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it unseen
        database_url=f"sqlite:///{folder / 'parley.db'}",
        parley_port=bot_port,
        slack_signing_secret=SecretStr(secret),
        slack_bot_token=SecretStr("xoxb-playground"),
        slack_api_url=f"{own}/slack/api/",
        teams_app_id=APP_ID,
        teams_app_password=SecretStr(secret),
        teams_app_tenant_id="playground",
        teams_tenants="11111111-aaaa-4aaa-8aaa-000000000001,22222222-bbbb-4bbb-8bbb-000000000002",
        teams_openid_metadata_url=f"{own}/teams/openid",
        teams_login_url=f"{own}/teams/login/",
        teams_service_urls=f"{own}/teams/",
        parley_dangerously_allow_anonymous_teams=False,
    )


def run(root: Path, port: int, example: Callable[[Settings], tuple[FastAPI, Cast]]) -> None:
    """Open the playground at `port` and run until stopped. Raises Failed."""
    try:
        page.ensure(root)
    except NodeFailed as failed:
        raise Failed(str(failed)) from None
    with tempfile.TemporaryDirectory(prefix="parley-") as name:
        folder, secret = Path(name), secrets.token_hex(16)
        app, cast = example(settings(folder, BOT_PORT, port, secret))
        (folder / "cast.json").write_text(json.dumps(cast))
        other = _playground(root, folder, port, secret)
        typer.echo(f"The playground is at http://127.0.0.1:{port} (stop it with Ctrl-C)")
        webbrowser.open(f"http://127.0.0.1:{port}")
        try:
            uvicorn.run(app, host="127.0.0.1", port=BOT_PORT, log_level="warning")
        finally:
            other.terminate()
            other.wait(LEAVES_WITHIN)


def _playground(root: Path, folder: Path, port: int, secret: str) -> subprocess.Popen[bytes]:
    words = {
        "--cast": str(folder / "cast.json"),
        "--bot": f"http://127.0.0.1:{BOT_PORT}",
        "--port": str(port),
        "--secret": secret,
        "--app-id": APP_ID,
    }
    listed = [part for pair in words.items() for part in pair]
    return subprocess.Popen([sys.executable, "-m", "playground.server", *listed], cwd=root)  # noqa: S603 our own program, fixed words
