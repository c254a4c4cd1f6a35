"""Calls of Slack's Web API: one session, the right token for each workspace, and what every failure means."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.platform import Office, in_background
from adapters.slack.tokens import LATER, Grant, Tokens
from bot.errors import Again, Ambiguous, Busy, LockedOut, Permanent, Undelivered
from bot.records import Installation

PATIENCE = aiohttp.ClientTimeout(total=8, connect=4)  # seconds
KEEP_ALIVE = 4.0  # seconds; shorter than any server's, so that no message meets a connection just closed
PRESENTLY = frozenset({"ratelimited", "rate_limited", "team_added_to_org"})
LOCKED_OUT = frozenset({"invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed"})
UNCERTAIN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
WAIT, LONGEST_WAIT = 30.0, 3600.0  # seconds, where Slack does not say

Call = Callable[[AsyncWebClient], Awaitable[AsyncSlackResponse]]
log = logging.getLogger(__name__)


class Calls:
    """No retries of its own, but one with the newest token where an older one is no longer taken."""

    def __init__(self, tokens: Tokens, api_url: str) -> None:
        self.tokens = tokens
        self._api_url = api_url
        self._session: aiohttp.ClientSession | None = None
        self._office: Office | None = None
        self._install_url = ""
        self._out: set[str] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Ends the session; a later call would open a new one."""
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self._session:
            await self._session.close()
        self._session = None

    def report_to(self, office: Office, install_url: str) -> None:
        """Who is told where we are locked out, and where one would install us again ("" for nowhere)."""
        self._office, self._install_url = office, install_url

    async def ask(self, tenant: str, call: Call) -> AsyncSlackResponse:
        """What Slack answers to a call with that workspace's token; Undelivered where it does not do it.

        Where no token is taken any more, that is reported; the first call that succeeds afterwards, too.
        """
        grant = await self.tokens.of(tenant, self._team)
        try:
            answer = await tried(call(self.client(grant.token)))
        except LockedOut as fault:
            grant, answer = await self._retried(tenant, grant, call, fault)
        if grant.locked_out:
            self._out.discard(tenant)
            await self._let_in(grant.home)
        return answer

    def heard(self, tenant: str) -> None:
        """Somebody there has just spoken to us: where we were locked out, that may be over."""
        if tenant in self._out:
            in_background(self.tasks, asyncio.create_task(self.suspect(tenant)))

    async def suspect(self, tenant: str) -> None:
        """A token was revoked there, or is good again: look, and tell whom it concerns. May raise Busy."""
        try:
            known = await self.tokens.of(tenant, self._team)
            self.tokens.forget(known.home)
            grant = await self.tokens.of(tenant, self._team)
        except LockedOut:
            return
        try:
            await tried(self.client(grant.token).auth_test())
        except LockedOut:
            self._out.add(tenant)
            await self._report(grant.home)
        except Undelivered as fault:
            log.warning("not known whether we are still let in at %s: %s", tenant, fault)
        else:
            self._out.discard(tenant)
            if grant.locked_out:
                await self._let_in(grant.home)

    async def _retried(
        self, tenant: str, refused: Grant, call: Call, fault: LockedOut
    ) -> tuple[Grant, AsyncSlackResponse]:
        """Somebody may have installed us again, in another process too; else it is told, and waits."""
        fresh = await self._fresh(tenant, refused)
        if fresh is None:
            self._out.add(tenant)
            try:
                await self._report(refused.home)
            except (Busy, TimeoutError):
                log.warning("locked out of %s; it will be told later", tenant)
            raise fault
        return fresh, await tried(call(self.client(fresh.token)))

    async def _fresh(self, tenant: str, refused: Grant) -> Grant | None:
        """Another token than the one that was refused, if there is one by now."""
        self.tokens.forget(refused.home)
        try:
            found = await self.tokens.of(tenant, self._team)
        except LockedOut:
            return None
        return found if found.token != refused.token else None

    async def _report(self, home: Installation) -> None:
        self.tokens.forget(home)
        if self._office:
            await self._office.locked_out(home, self._install_url)

    async def _let_in(self, home: Installation) -> None:
        """What waited goes. The call itself has succeeded, whatever becomes of this."""
        self.tokens.forget(home)
        try:
            if self._office:
                await self._office.let_in(home)
        except (Busy, TimeoutError):
            log.warning("let in at %s again; what waits there goes later", home.tenant)

    async def _team(self, token: str) -> str:
        """Whose token that is."""
        try:
            return str((await tried(self.client(token).auth_test())).get("team_id") or "")
        except Ambiguous as doubt:
            raise Again(str(doubt)) from None

    async def repeatable(self, tenant: str, call: Call) -> AsyncSlackResponse:
        """As `ask`, for a call that does no harm when made twice: doubt means again."""
        try:
            return await self.ask(tenant, call)
        except Ambiguous as doubt:
            raise Again(str(doubt)) from None

    def client(self, token: str = "") -> AsyncWebClient:
        """A client on our one session, which can only be made where a loop runs."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(keepalive_timeout=KEEP_ALIVE)
            self._session = aiohttp.ClientSession(timeout=PATIENCE, connector=connector)
        return AsyncWebClient(
            token=token,
            base_url=self._api_url,
            session=self._session,
            retry_handlers=[],
            logger=_quiet(),
        )


def verdict(fault: Exception) -> Undelivered:
    """What a failed call means: refused for good, certainly not arrived, or nobody knows."""
    match fault:
        case Undelivered():
            return fault
        case SlackApiError():
            return _refusal(fault)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError() | aiohttp.InvalidURL():
            return Again(f"no connection: {type(fault).__name__}")
        case _:
            return Ambiguous(type(fault).__name__)


def _refusal(fault: SlackApiError) -> Undelivered:
    """Sorted by Slack's own word; without one, by the HTTP status."""
    answer = fault.response
    data = getattr(answer, "data", None)
    word = str(data.get("error") or "") if isinstance(data, Mapping) else ""
    status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0))
    reason = word or f"HTTP {status}"
    if status == 429 or word in PRESENTLY:
        return Again(reason, _wait(getattr(answer, "headers", {})))
    if word in LOCKED_OUT:
        return LockedOut(word, LATER)
    if word in UNCERTAIN or status >= 500 or status == 408 or (not word and status < 400):
        return Ambiguous(reason)
    if not word:
        return Again(reason, WAIT)  # turned away by something in front of Slack
    return Permanent("message was deleted" if word == "message_not_found" else word)


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds that Slack asks us to wait."""
    try:
        return min(max(1.0, float(headers.get("Retry-After", WAIT))), LONGEST_WAIT)
    except ValueError:
        return WAIT


async def tried(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """The answer, or the verdict on its failure."""
    try:
        return await call
    except Exception as fault:
        raise verdict(fault) from None


def _quiet() -> logging.Logger:
    """The SDK writes whole messages to its debug log; these are other people's words."""
    logger = logging.getLogger("slack_sdk.parley")
    logger.setLevel(logging.WARNING)
    return logger
