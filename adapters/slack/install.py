"""Installing from a browser: Slack's own flow over our vault, for a workspace or a whole organisation."""

import html
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from fastapi import FastAPI, Request
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation as Granted
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from starlette.responses import Response

from adapters.platform import Office
from adapters.settings import Settings
from adapters.slack.calls import Calls
from adapters.slack.scopes import SCOPES
from adapters.slack.tokens import PLATFORM, Tokens, sealed
from bot.errors import Busy, Undelivered
from bot.ports import Vault

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
GOOD_FOR = timedelta(minutes=10)
REASONS = {
    "access_denied": "You chose not to install Parley.",
    "invalid_browser": "This install was not begun in this browser.",
    "invalid_state": "This install was begun elsewhere, too long ago, or is done already.",
    "missing_code": "Slack sent no code along.",
    "invalid_code": "Slack did not accept the code; it may have been used before or be too old.",
    "storage_error": "The record could not be reached in time.",
}
ELSE = "Slack did not go through with it."
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem}}
h1{{font-size:1.5rem}}</style><h1>{title}</h1><p>{words}</p></html>"""
SAFE: dict[str, str | Sequence[str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class Registration:
    """Our app at Slack. `url` is where the world reaches us, without a slash at the end."""

    client_id: str
    client_secret: str
    url: str

    @classmethod
    def of(cls, settings: Settings) -> "Registration | None":
        """None where the settings do not say all of it."""
        if not settings.installs_slack:
            return None
        secret = settings.slack_client_secret.get_secret_value()
        return cls(settings.slack_client_id, secret, settings.public_url)

    @property
    def install_url(self) -> str:
        """Where an administrator begins."""
        return f"{self.url}{INSTALL}"


class Installing:
    """Where we are installed, and how that comes and goes. Without a `vault` nothing is remembered.

    Without a `registration` nobody is installed from a browser: the operator's own token serves all.
    """

    def __init__(
        self, vault: Vault | None, registration: Registration | None, wall: Callable[[], datetime]
    ) -> None:
        self._vault = vault
        self._registration = registration
        self._wall = wall
        self._learnt: set[tuple[str, str]] = set()

    def tokens(self, own: str) -> Tokens:
        """Those of every installation, beside the operator's own."""
        return Tokens(own, self._vault, several=self._registration is not None)

    @property
    def install_url(self) -> str:
        """Where one installs us, "" where nobody can."""
        return self._registration.install_url if self._registration else ""

    def listen(self, bolt: AsyncApp, office: Office, calls: Calls) -> None:
        """Hears which workspace belongs to which organisation, and where we are no longer let in."""
        calls.report_to(office, self.install_url)

        async def learn(body: dict[str, Any], next_: Callable[[], Awaitable[None]]) -> None:
            await self._learn(body)
            calls.heard(str(body.get("team_id") or (body.get("team") or {}).get("id") or ""))
            await next_()

        async def revoked(ack: AsyncAck, body: dict[str, Any]) -> None:
            await calls.suspect(str(body.get("team_id") or body.get("enterprise_id") or ""))
            await ack()

        bolt.use(learn)
        bolt.event("tokens_revoked")(revoked)
        bolt.event("app_uninstalled")(revoked)

    async def _learn(self, body: Mapping[str, Any]) -> None:
        """Only from who says that the whole organisation installed us; once for each process."""
        team, organisation = organised(body)
        if not (team and organisation and self._vault) or (team, organisation) in self._learnt:
            return
        await self._vault.belongs(PLATFORM, team, organisation)
        self._learnt.add((team, organisation))

    def mount(self, app: FastAPI, office: Office, calls: Calls) -> None:
        """GET /slack/install and GET /slack/oauth_redirect, where somebody can be installed that way."""
        own, vault = self._registration, self._vault
        if own is None or vault is None:
            return
        flow = _Flow(own, vault, self._wall)
        flow.mount(app, office, calls)


class _Flow:
    """The two addresses of an install."""

    def __init__(self, registration: Registration, vault: Vault, wall: Callable[[], datetime]) -> None:
        self._registration = registration
        self._vault = vault
        self._wall = wall

    def mount(self, app: FastAPI, office: Office, calls: Calls) -> None:
        """Both, on the door."""

        async def begin(request: Request) -> Response:
            return await self._answered(request, self._flow(office, calls).handle_installation)

        async def finish(request: Request) -> Response:
            return await self._answered(request, self._flow(office, calls).handle_callback)

        app.router.add_route(INSTALL, begin, methods=["GET"])
        app.router.add_route(REDIRECT, finish, methods=["GET"])

    def _flow(self, office: Office, calls: Calls) -> AsyncOAuthFlow:
        own = self._registration
        settings = AsyncOAuthSettings(
            client_id=own.client_id,
            client_secret=own.client_secret,
            scopes=[scope.name for scope in SCOPES],
            redirect_uri=f"{own.url}{REDIRECT}",
            install_page_rendering_enabled=False,
            installation_store=_Store(self._vault, office, self._wall),
            state_store=_States(self._vault, self._wall),
            state_expiration_seconds=int(GOOD_FOR.total_seconds()),
            callback_options=AsyncCallbackOptions(success=_installed, failure=self._failed),
            logger=_quiet(),
        )
        return AsyncOAuthFlow(settings=settings, client=calls.client(), logger=_quiet())

    async def _answered(
        self, request: Request, answer: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]
    ) -> Response:
        try:
            said = await answer(to_async_bolt_request(request, b""))
        except (Busy, TimeoutError):
            said = self._refused("storage_error", 503)
        except (aiohttp.ClientError, Undelivered):
            said = self._refused("", 502)
        return to_starlette_response(said)

    async def _failed(self, failure: AsyncFailureArgs) -> BoltResponse:
        return self._refused(failure.reason, max(failure.suggested_status_code, 400))

    def _refused(self, reason: str, status: int) -> BoltResponse:
        again = f"Nothing was saved; begin again at {self._registration.install_url}"
        return page("Parley was not installed", f"{REASONS.get(reason, ELSE)} {again}", status)


class _Store(AsyncInstallationStore):
    """Slack's own flow hands over what it was granted; we keep what we speak with."""

    def __init__(self, vault: Vault, office: Office, wall: Callable[[], datetime]) -> None:
        self._vault = vault
        self._office = office
        self._wall = wall

    async def async_save(self, installation: Granted) -> None:
        """Keep it, and let what waited go. BoltError where the record is out of reach."""
        scopes: Any = installation.bot_scopes or ""
        home = sealed(
            _tenant(installation),
            _name(installation),
            installation.bot_token or "",
            scopes if isinstance(scopes, str) else ",".join(scopes),
            self._wall(),
        )
        try:
            await self._vault.keep(home)
            await self._office.let_in(home)
        except (Busy, TimeoutError):
            raise BoltError("the record is out of reach") from None


class _States(AsyncOAuthStateStore):
    """One-time states, for as long as an install may take."""

    def __init__(self, vault: Vault, wall: Callable[[], datetime]) -> None:
        self._vault = vault
        self._wall = wall

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        return self._vault.issue(self._wall() + GOOD_FOR)

    async def async_consume(self, state: str) -> bool:
        return await self._vault.consume(state, self._wall())


def organised(body: Mapping[str, Any]) -> tuple[str, str]:
    """The workspace a body speaks of and the organisation that installed us for it; "" for what it is not."""
    grants = body.get("authorizations") or [body]
    if str(grants[0].get("is_enterprise_install", "")).lower() != "true":
        return "", ""
    team = body.get("team_id") or (body.get("team") or {}).get("id")
    above = grants[0].get("enterprise_id") or body.get("enterprise_id")
    return str(team or ""), str(above or (body.get("enterprise") or {}).get("id") or "")


def page(title: str, words: str, status: int = 200) -> BoltResponse:
    """A page of one sentence or two."""
    body = PAGE.format(title=html.escape(title), words=html.escape(words))
    return BoltResponse(status=status, body=body, headers=dict(SAFE))


async def _installed(success: AsyncSuccessArgs) -> BoltResponse:
    name = _name(success.installation)
    words = f"Parley is installed in {name}. Write “help” to Parley in a direct message there."
    answer = page("Parley is installed", words)
    spent = success.settings.state_utils.build_set_cookie_for_deletion()
    answer.headers["set-cookie"] = [spent]
    return answer


def _tenant(granted: Granted) -> str:
    return str((granted.enterprise_id if granted.is_enterprise_install else granted.team_id) or "")


def _name(granted: Granted) -> str:
    told = granted.enterprise_name if granted.is_enterprise_install else granted.team_name
    return str(told or _tenant(granted))


def _quiet() -> logging.Logger:
    """The flow would log the code of an install."""
    logger = logging.getLogger("slack_bolt.parley.install")
    logger.setLevel(logging.CRITICAL)
    return logger
