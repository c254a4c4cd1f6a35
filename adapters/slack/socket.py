"""Socket Mode: the same listeners on a connection that we open, where Slack can reach no address of ours."""

import asyncio
import json
import logging
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import shape
from adapters.slack.calls import verdict

PAUSE, LONGEST_PAUSE = 5.0, 60.0  # seconds between two attempts to connect
PATIENCE = 10.0  # seconds that a start waits, and that a stop gives to what is under way
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, RecursionError)

log = logging.getLogger(__name__)


class Socket:
    """One connection for as long as we run; Slack renews it every few hours, and the network breaks it.

    `pause` is the seconds between two attempts at first, and between two pings.
    """

    def __init__(self, bolt: AsyncApp, app_token: str, api_url: str, pause: float = PAUSE) -> None:
        self._bolt = bolt
        self._app_token = app_token
        self._api_url = api_url
        self._pause = pause
        self._client: _Client | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        """Connected, or still trying after a few seconds."""
        quiet = _quiet()
        api = AsyncWebClient(base_url=self._api_url, logger=quiet)
        self._client = _Client(self._app_token, logger=quiet, web_client=api, ping_interval=self._pause)
        self._client.socket_mode_request_listeners.append(self._hear)
        self._connecting = asyncio.create_task(self._client.connect())
        await asyncio.wait({self._connecting}, timeout=PATIENCE)

    async def close(self) -> None:
        """What was heard is answered first."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=PATIENCE)
        if self._client and self._connecting:
            self._connecting.cancel()
            await self._client.close()  # type: ignore[no-untyped-call]  # the SDK left it untyped

    async def _hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - coroutines always run in tasks
        self._under_way.add(task)
        try:
            answer = await self._answer(request)
            if answer:
                await client.send_socket_mode_response(answer)
        except Exception as fault:
            log.warning("an answer did not get back to Slack: %s", type(fault).__name__)
        finally:
            self._under_way.discard(task)

    async def _answer(self, request: SocketModeRequest) -> SocketModeResponse | None:
        """The acknowledgement; None where a listener failed, so that Slack sends it again."""
        if not shape.fits(request.payload):  # nobody could read it, now or later
            return SocketModeResponse(request.envelope_id)
        try:
            told = await self._bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=request.payload))
        except UNREADABLE:
            told = BoltResponse(status=404)
        if told.status not in (200, 404):  # 404: no listener of ours wants it
            return None
        payload = json.loads(told.body) if told.status == 200 and told.body else None
        return SocketModeResponse(request.envelope_id, payload)


class _Client(SocketModeClient):
    """The SDK's, but an address that led nowhere is not tried again: each is good for one connection."""

    async def connect(self) -> None:
        pause = self.ping_interval
        while not self.closed:
            try:
                self.wss_uri = self.wss_uri or await self.issue_new_wss_url()
                async with asyncio.timeout(2 * self.ping_interval):
                    await super().connect()  # type: ignore[no-untyped-call]  # the SDK left it untyped
                    return
            except Exception as fault:
                log.warning("Slack is not reached over Socket Mode, trying again: %s", verdict(fault))
            self.wss_uri = None
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _quiet() -> logging.Logger:
    """The SDK logs whole messages, and addresses that let one in."""
    logger = logging.getLogger("slack_sdk.parley.socket")
    logger.setLevel(logging.CRITICAL)
    return logger
